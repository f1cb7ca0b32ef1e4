//! The texts of `corpora/`, as the tests read them. Paths are relative to the package, so that reports show them
//! alike on every machine.

use std::fs;
use std::path::{Path, PathBuf};

use crosscheck::configuration::{Configuration, read_accepted};
use crosscheck::document::{Document, Found, Known, Story, find_sources, find_story, read_bytes};
use crosscheck::report::{self, Colour, Format, Report, StoryReport, Terminal};
use crosscheck::settings::{ACCEPTED_FILE, CONFIGURATION_FILE, Settings};
use jiff::civil::{Date, date};

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

/// The folders of `corpora/quiet`.
pub(crate) fn quiet_folders() -> Vec<PathBuf> {
    subfolders(Path::new("corpora/quiet"))
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

/// The articles of `corpora/drafts`, each with its sources.
pub(crate) fn drafts() -> Vec<Story> {
    let draft_of = |folder: &PathBuf| {
        let mut files = find_story(folder).unwrap().files.into_iter().map(|found| found.path);
        files.find(|path| path.file_stem().is_some_and(|name| name == "draft")).unwrap()
    };
    let folders = subfolders(Path::new("corpora/drafts"));
    folders
        .iter()
        .map(|folder| find_sources(&draft_of(folder), std::slice::from_ref(folder)).unwrap())
        .collect()
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

/// The day on which the cases of `findings` are checked.
const TODAY: Date = date(2026, 6, 30);

/// What a newsroom's files beside the reports of a story make of it.
pub(crate) fn check_configured(folder: &Path) -> StoryReport {
    let story = find_story(folder).unwrap();
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let configuration = Configuration::read(&text(CONFIGURATION_FILE)).unwrap();
    let entries = read_accepted(&text(ACCEPTED_FILE)).unwrap();
    let place = |found: &Found| found.path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    let own = story.files.iter().filter(|found| configuration.own.name(&place(found)));
    let shown =
        |path: &str| story.files.iter().find(|found| place(found) == path).map(|found| found.shown.clone());
    let settings = Settings {
        today: Some(TODAY),
        own: own.map(|found| found.shown.clone()).collect(),
        accepted: entries.iter().map(|(line, entry)| entry.entry(line.to_string(), shown)).collect(),
        ..configuration.over(Settings::new())
    };
    crosscheck::check_story(&story, &settings)
}

/// A report in one of the formats.
pub(crate) fn written(report: &Report, format: Format) -> String {
    let mut bytes = Vec::new();
    report::write(report, format, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Every format that a report is written in, the one for a terminal with colour and without.
pub(crate) fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().chain([Format::Human(Terminal { colour: Colour::On, ..Terminal::PLAIN })])
}

/// The text with each run of white space drawn together to one space.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
