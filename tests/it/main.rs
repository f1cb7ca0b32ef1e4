//! Everything that is tested from outside, in one binary: it links once, and one run shows everything that fails.
//!
//! | module | holds |
//! | --- | --- |
//! | [`laws`] | what is true of every input: notation, order, spans, hostile files |
//! | [`findings`] | the small stories of `corpora/findings`, each with its expectation |
//! | [`gold`] | the stories of `corpora/stories` against their marks |
//! | [`quiet`] | the true stories of `corpora/quiet`, which raise no alarm |
//! | [`mutations`] | the marked stories with slips put into their agreeing figures |
//! | [`stories`] | snapshots of what the reader sees |
//! | [`drafts`] | an article held against its sources |
//! | [`contract`] | the JSON report against its schema |
//! | [`formats`] | one sample in every format, and what each promises |
//! | [`pages`] | the examples of each language page, and texts of figures that are no quantities |
//! | [`browser`] | the HTML report in a real browser |
//! | [`trust`] | what a stranger puts among the reports, and what the newsroom does |
//! | [`house`] | the source: modules in order, no language, no floats, no `unwrap` |
//! | [`command`] | the command line, case by case |
//! | [`manners`] | how the command behaves beside its report |
//! | [`hostile_files`] | stories whose files try to do harm |
//! | [`fuzzed`] | what the fuzz targets found |
//! | [`action`] | the step of the GitHub action |
//! | [`verify`] | reports that are made again |

#![expect(clippy::disallowed_methods, reason = "tests read the corpora and the source")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod corpora;
mod browser;
mod action;
mod command;
mod contract;
mod drafts;
mod findings;
mod formats;
mod fuzzed;
mod gold;
#[path = "../../examples/hostile_files.rs"]
mod hostile;
mod hostile_files;
mod house;
mod laws;
mod manners;
mod mutations;
mod pages;
mod quiet;
mod shell;
mod stories;
mod trust;
mod verify;
