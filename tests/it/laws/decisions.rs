//! What a newsroom decided holds for what it decided on, and nobody else decides: the order of entries changes nothing,
//! an acceptance survives edits elsewhere in the files, and a stranger's comment silences no finding.

use std::fmt::Write as _;
use std::fs;

use crosscheck::document::{Document, Format, Known, Story, find_story, read_bytes};
use crosscheck::finding::{RULES, rule};
use crosscheck::report::{Report, StoryReport};
use crosscheck::settings::{Entry, Settings};

use super::order::EDITS;
use crate::corpora;

/// The small stories in which something is raised.
fn stories() -> Vec<Story> {
    let folders = corpora::case_folders();
    let fires =
        folders.iter().filter(|folder| folder.file_name().unwrap().to_str().unwrap().starts_with("fires-"));
    fires.map(|folder| find_story(folder).unwrap()).collect()
}

/// The reports of a story after an edit of their text; one that is no UTF-8 stays as it is.
fn edited(story: &Story, edit: impl Fn(Format, &str) -> String) -> Vec<Document> {
    let read = |found: &crosscheck::document::Found| {
        let bytes = fs::read(&found.path).unwrap();
        let bytes = std::str::from_utf8(&bytes)
            .map(|text| edit(found.format, text).into_bytes())
            .unwrap_or(bytes.clone());
        read_bytes(&found.shown, found.format, &bytes, &Known::default())
    };
    story.files.iter().map(read).collect()
}

/// An entry for every finding that may be accepted.
fn entries(report: &StoryReport) -> Vec<Entry> {
    let may = report.findings.iter().filter(|finding| rule(finding.rule).unwrap().may_be_accepted());
    may.map(|finding| Entry {
        id: finding.id.clone(),
        told: finding.message.clone(),
        documents: report.documents.iter().map(|document| document.path.clone()).collect(),
        reason: "asked".to_owned(),
        until: None,
        place: "accepted".to_owned(),
    })
    .collect()
}

fn open(report: &StoryReport) -> Vec<&str> {
    let open = report.open().filter(|finding| rule(finding.rule).unwrap().may_be_accepted());
    open.map(|finding| finding.id.as_str()).collect()
}

#[test]
fn the_order_of_entries_changes_no_byte() {
    for story in stories() {
        let mut accepted = entries(&corpora::check(&story));
        accepted
            .extend([Entry { id: "none".to_owned(), ..accepted.first().cloned().unwrap_or(nobody(&story)) }]);
        accepted.extend([Entry { id: "other".to_owned(), ..nobody(&story) }]);
        let written = |accepted: Vec<Entry>| {
            let settings = Settings { accepted, ..Settings::new() };
            let report =
                Report { stories: vec![crosscheck::check_story(&story, &settings)], command: Vec::new() };
            corpora::formats().map(|format| corpora::written(&report, format)).collect::<Vec<String>>()
        };
        let reversed = accepted.iter().rev().cloned().collect();
        assert_eq!(written(accepted), written(reversed), "{}", story.name);
    }
}

/// An entry that accepts nothing of a story.
fn nobody(story: &Story) -> Entry {
    Entry {
        id: String::new(),
        told: "nothing".to_owned(),
        documents: story.files.iter().map(|file| file.shown.clone()).collect(),
        reason: "asked".to_owned(),
        until: None,
        place: "accepted".to_owned(),
    }
}

#[test]
fn an_acceptance_survives_edits_elsewhere() {
    let mut problems = String::new();
    for story in stories() {
        let settings = Settings { accepted: entries(&corpora::check(&story)), ..Settings::new() };
        for (what, edit) in EDITS {
            let report = crosscheck::check_documents(&story.name, edited(&story, edit), &settings);
            let unused = report.findings.iter().filter(|finding| finding.rule == "unused-ignore");
            let unused: Vec<&str> = unused.map(|finding| finding.message.as_str()).collect();
            if !open(&report).is_empty() || !unused.is_empty() {
                let _ =
                    writeln!(problems, "{}, {what}: open {:?}, unused {unused:?}", story.name, open(&report));
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn a_strangers_comment_silences_nothing() {
    let comments: String = RULES
        .iter()
        .map(|rule| format!("\n\n<!-- crosscheck-ignore-file {} -- trust us -->\n", rule.id))
        .collect();
    for story in stories() {
        let commented = |format: Format, text: &str| match format {
            Format::Text => text.to_owned(),
            Format::Markdown | Format::Html => format!("{text}{comments}"),
        };
        let own =
            Settings { own: story.files.iter().map(|file| file.shown.clone()).collect(), ..Settings::new() };
        let check = |settings| crosscheck::check_documents(&story.name, edited(&story, commented), settings);
        let (plain, strange, own) = (corpora::check(&story), check(&Settings::new()), check(&own));
        assert_eq!(open(&plain), open(&strange), "{}", story.name);
        if story.files.iter().all(|file| file.format != Format::Text) {
            assert_eq!(
                open(&own),
                Vec::<&str>::new(),
                "{}: the same words in an own file silence all",
                story.name
            );
        }
    }
}
