//! The texts of `corpora/`, as the tests read them. Paths are relative to the package, so that reports show them
//! alike on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use crosscheck::document::{Document, Found, Known, Story, find_story, read_bytes};
use crosscheck::report::{self, Colour, Format, Report, StoryReport};
use crosscheck::settings::Settings;

/// The folders right below a folder, by name.
fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The folders of `corpora/stories`.
pub(crate) fn story_folders() -> Vec<PathBuf> {
    subfolders(Path::new("corpora/stories"))
}

/// The folders of `corpora/findings/<rule>/<case>`.
pub(crate) fn case_folders() -> Vec<PathBuf> {
    let rules = subfolders(Path::new("corpora/findings"));
    rules.iter().flat_map(|rule| subfolders(rule)).collect()
}

/// Every story of the corpora: those of `stories` and the small ones of `findings`.
pub(crate) fn all_stories() -> Vec<Story> {
    story_folders().iter().chain(&case_folders()).map(|folder| find_story(folder).unwrap()).collect()
}

/// Every report of the corpora.
pub(crate) fn all_files() -> Vec<Found> {
    find_story(Path::new("corpora")).unwrap().files
}

/// A report as it is stored, and as it was read.
pub(crate) fn open(found: &Found) -> (Vec<u8>, Document) {
    let bytes = fs::read(&found.path).unwrap();
    let document = read_bytes(&found.shown, found.format, &bytes, &Known::default());
    (bytes, document)
}

/// The reports of a story, each under the name that `rename` gives it.
pub(crate) fn open_as(story: &Story, rename: impl Fn(usize, &Found) -> String) -> Vec<Document> {
    let read = |(idx, found): (usize, &Found)| {
        let bytes = fs::read(&found.path).unwrap();
        read_bytes(&rename(idx, found), found.format, &bytes, &Known::default())
    };
    story.files.iter().enumerate().map(read).collect()
}

/// What one story comes to under the settings of a run that is told nothing.
pub(crate) fn check(story: &Story) -> StoryReport {
    let report = crosscheck::check(std::slice::from_ref(story), &Settings::new());
    report.stories.into_iter().next().unwrap()
}

/// A report in one of the formats.
pub(crate) fn written(report: &Report, format: Format) -> String {
    let mut bytes = Vec::new();
    report::write(report, format, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Every format that a report is written in, the one for a terminal with colour and without.
pub(crate) fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().chain([Format::Human(Colour::On)])
}

/// The text with each run of white space drawn together to one space.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
