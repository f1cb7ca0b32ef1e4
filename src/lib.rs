//! crosscheck reads several reports of one story, finds every numeric claim in them, converts the claims to comparable
//! quantities, and says where they disagree, with both quotations, the arithmetic and the likely cause.
//!
//! The program is eight verbs, each a module with one public function:
//!
//! | module | verb | gives |
//! | --- | --- | --- |
//! | [`document`] | [`read`](document::read) | files as text, with the way back to their bytes |
//! | [`extract`] | [`find`](extract::find) | mentions: figures as the eye sees them |
//! | [`normalise`] | [`build`](normalise::build) | claims: what the figures say |
//! | [`reconcile`] | [`compare`](reconcile::compare) | topics: claims about the same thing, and how they stand |
//! | [`finding`] | [`raise`](finding::raise) | findings: what an editor should look at |
//! | [`decision`] | [`apply`](decision::apply) | findings as the newsroom decided on them |
//! | [`coverage`] | [`survey`](coverage::survey) | how each claim stands, and which figures to check first |
//! | [`report`] | [`write`](report::write) | a report in one of the formats |
//!
//! ```
//! use crosscheck::document::{Format, Known, read_bytes};
//! use crosscheck::settings::Settings;
//!
//! let a = b"NORVALE, March 3, 2026 (Norvale Press) - The new bridge will cost 120 million euros, the city said.";
//! let b = b"NORVALE, March 3, 2026 (Daily Tern) - The city said the new bridge will cost 210 million euros.";
//! let documents = vec![
//!     read_bytes("a.txt", Format::Text, a, &Known::default()),
//!     read_bytes("b.txt", Format::Text, b, &Known::default()),
//! ];
//! let story = crosscheck::check_documents("bridge", documents, &Settings::new());
//! assert_eq!(story.findings[0].rule, "value-conflict");
//! ```

pub mod error;
pub mod span;
pub mod digest;
pub mod limit;
pub mod quantity;
pub mod lang;
pub mod settings;
pub mod document;
pub mod extract;
pub mod normalise;
pub mod reconcile;
pub mod finding;
pub mod decision;
pub mod coverage;
pub mod report;
pub mod stream;
pub mod configuration;

use rayon::prelude::*;

use coverage::Coverage;
use document::{Document, Story};
use lang::Lexicon;
use normalise::Claim;
use reconcile::{Comparison, Exchange};
use report::{Report, StoryReport};
use settings::Settings;
use stream::Told;

/// Reads and compares the reports of each story.
///
/// The report depends on the files and the settings alone: not on the order in which files were named, the number of
/// threads or the time.
#[must_use]
pub fn check(stories: &[Story], settings: &Settings) -> Report {
    Report {
        stories: stories.iter().map(|story| check_story(story, settings)).collect(),
        command: Vec::new(),
    }
}

/// Reads and compares the reports of one story.
#[must_use]
pub fn check_story(story: &Story, settings: &Settings) -> StoryReport {
    StoryReport { others: story.others.clone(), ..check_documents(&story.name, read(story), settings) }
}

/// Compares the reports of one story. Where one of them is a draft, it is held against the others, its sources.
#[must_use]
pub fn check_documents(name: &str, documents: Vec<Document>, settings: &Settings) -> StoryReport {
    judge(extract_documents(name, documents, settings))
}

/// Compares the claims of a story that were read elsewhere; their documents and their own ids are places in the lists.
#[must_use]
pub fn check_claims(told: Told, settings: &Settings) -> StoryReport {
    let Told { name, documents, claims, claim_ids, left_out: others } = told;
    judge(StoryReport { claim_ids, others, ..unjudged(&name, documents, claims, settings) })
}

/// Compares what was read.
fn judge(mut read: StoryReport) -> StoryReport {
    let settings = &read.settings;
    read.claims.par_chunk_by_mut(|one, other| one.document == other.document).for_each(|own| {
        if let Some(document) = own.first().and_then(|claim| read.documents.get(claim.document)) {
            normalise::add_words(document, own);
        }
    });
    reconcile::settle(&mut read.claims, &read.exchange);
    let comparison = reconcile::compare(&read.documents, &read.claims, settings);
    let findings = finding::raise(&read.documents, &read.claims, &comparison, &read.exchange);
    let findings = decision::apply(findings, &read.documents, &read.claims, settings);
    let remarks = decision::unheeded(&read.documents, settings).into_iter().collect();
    let Comparison { topics, near_misses, .. } = comparison;
    let coverage = coverage::survey(&read.documents, &read.claims, &topics, &findings);
    StoryReport { topics, near_misses, findings, coverage, remarks, ..read }
}

/// Reads the claims of each story without comparing them.
#[must_use]
pub fn extract(stories: &[Story], settings: &Settings) -> Report {
    Report {
        stories: stories.iter().map(|story| extract_story(story, settings)).collect(),
        command: Vec::new(),
    }
}

/// Reads the claims of one story without comparing them.
#[must_use]
pub fn extract_story(story: &Story, settings: &Settings) -> StoryReport {
    StoryReport { others: story.others.clone(), ..extract_documents(&story.name, read(story), settings) }
}

/// The reports of a story, and the draft that they are the sources of.
fn read(story: &Story) -> Vec<Document> {
    let mut documents: Vec<Document> = story.files.par_iter().map(document::read).collect();
    documents.extend(story.draft.as_ref().map(|found| document::read(found).as_draft()));
    documents
}

/// The claims of one document.
#[must_use]
pub fn claims_of(document: &Document, settings: &Settings) -> Vec<Claim> {
    let excerpts = extract::find(document, Lexicon::of(document.language));
    normalise::build(document, &excerpts, settings)
}

/// Reads the claims of the reports of one story without comparing them.
#[must_use]
pub fn extract_documents(name: &str, mut documents: Vec<Document>, settings: &Settings) -> StoryReport {
    documents.sort_by(|one, other| (!one.is_draft, &one.path).cmp(&(!other.is_draft, &other.path)));
    for (id, document) in documents.iter_mut().enumerate() {
        document.id = id;
    }
    document::keep_to_limit(&mut documents);
    document::settle_dates(&mut documents);
    let by_document: Vec<Vec<Claim>> =
        documents.par_iter().map(|document| claims_of(document, settings)).collect();
    // Claims are large: a list that grows step by step holds twice as many.
    let mut claims: Vec<Claim> = Vec::with_capacity(by_document.iter().map(Vec::len).sum());
    for own in by_document {
        let first = claims.len();
        claims.extend(own.into_iter().map(|claim| Claim {
            id: claim.id + first,
            restates: claim.restates.map(|id| id + first),
            ..claim
        }));
    }
    unjudged(name, documents, claims, settings)
}

/// A story of which no claims were compared yet.
fn unjudged(name: &str, documents: Vec<Document>, claims: Vec<Claim>, settings: &Settings) -> StoryReport {
    let exchange = Exchange::new(&documents, &claims, settings);
    let is_undated = documents.iter().any(|document| document.is_read() && document.published.is_none());
    let as_of = exchange.date(usize::MAX).filter(|_| is_undated);
    StoryReport {
        name: name.to_owned(),
        documents,
        claims,
        claim_ids: Vec::new(),
        topics: Vec::new(),
        near_misses: Vec::new(),
        findings: Vec::new(),
        coverage: Coverage::default(),
        others: Vec::new(),
        as_of,
        settings: settings.clone(),
        exchange,
        remarks: Vec::new(),
    }
}
