//! A report depends on its texts alone: not on the order of files, the number of threads, which report has which name,
//! or where in the file a sentence stands.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crosscheck::document::{Document, Format, Known, Story, find_story, read_bytes};
use crosscheck::report::{Report, StoryReport};
use crosscheck::settings::Settings;

use crate::corpora;

/// A finding by what it says: its rule, and the figures of each side as they are quoted.
type Said = (&'static str, BTreeSet<BTreeSet<String>>);

fn said(report: &StoryReport) -> BTreeSet<Said> {
    let quote = |id: &usize| {
        let claim = &report.claims[*id];
        corpora::folded(report.documents[claim.document].slice(&claim.text))
    };
    report
        .findings
        .iter()
        .map(|finding| {
            let sides = finding.sides.iter().map(|side| side.claims.iter().map(quote).collect()).collect();
            (finding.rule, sides)
        })
        .collect()
}

fn ids(report: &StoryReport) -> BTreeSet<(&'static str, String)> {
    report.findings.iter().map(|finding| (finding.rule, finding.id.clone())).collect()
}

fn in_a_pool(threads: usize, stories: &[Story]) -> Report {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| crosscheck::check(stories, &Settings::new()))
}

#[test]
fn neither_the_order_of_files_nor_the_number_of_threads_changes_a_byte() {
    let mut problems = String::new();
    for story in corpora::all_stories() {
        let story = [story];
        let mut reversed = story.clone();
        reversed[0].files.reverse();
        let report = crosscheck::check(&story, &Settings::new());
        let expected: Vec<String> =
            corpora::formats().map(|format| corpora::written(&report, format)).collect();
        for threads in [1, 2, 5] {
            for (files, order) in [(&story, "in order"), (&reversed, "reversed")] {
                let report = in_a_pool(threads, files);
                for (format, expected) in corpora::formats().zip(&expected) {
                    if corpora::written(&report, format) != *expected {
                        let name = &story[0].name;
                        let _ = writeln!(
                            problems,
                            "{name}: {format:?} differs, {threads} threads, files {order}"
                        );
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn documents_given_in_another_order_give_the_same_bytes() {
    for story in corpora::all_stories() {
        let documents = corpora::open_as(&story, |_, found| found.shown.clone());
        let mut reversed = documents.clone();
        reversed.reverse();
        let report = |documents| {
            let story = crosscheck::check_documents(&story.name, documents, &Settings::new());
            Report { stories: vec![story], command: Vec::new() }
        };
        let (one, other) = (report(documents), report(reversed));
        for format in corpora::formats() {
            assert_eq!(corpora::written(&one, format), corpora::written(&other, format), "{}", story.name);
        }
    }
}

#[test]
fn findings_do_not_depend_on_which_report_comes_first_by_name() {
    let mut problems = String::new();
    for story in corpora::all_stories().iter().filter(|story| 1 < story.files.len()) {
        let last = story.files.len();
        let check = |rename: &dyn Fn(usize) -> usize| {
            let documents = corpora::open_as(story, |idx, _| format!("{:02}", rename(idx)));
            crosscheck::check_documents(&story.name, documents, &Settings::new())
        };
        let (one, other) = (check(&|idx| idx), check(&|idx| last - idx));
        if said(&one) != said(&other) {
            let _ = writeln!(
                problems,
                "{}: {:?}\n  the other way round: {:?}",
                story.name,
                said(&one),
                said(&other)
            );
        } else if ids(&one) != ids(&other) {
            let _ = writeln!(problems, "{}: ids {:?}, {:?}", story.name, ids(&one), ids(&other));
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

/// The file with room between its paragraphs: every line break doubled in a page, every blank line in other texts.
fn with_more_lines(format: Format, text: &str) -> String {
    match format {
        Format::Html => text.replace('\n', "\n\n"),
        Format::Text | Format::Markdown => text.replace("\n\n", "\n\n\n\n"),
    }
}

/// The file with a paragraph more at its end, about nothing.
fn with_a_last_word(format: Format, text: &str) -> String {
    match format {
        Format::Html => text.replace("</article>", "<p>The weather stayed mild.</p>\n</article>"),
        Format::Text | Format::Markdown => format!("{text}\n\nThe weather stayed mild.\n"),
    }
}

/// A change to a file that leaves what it says.
type Edit = fn(Format, &str) -> String;

/// Such changes, by their names.
pub(super) const EDITS: [(&str, Edit); 3] = [
    ("lines inserted", with_more_lines),
    ("CRLF line ends", |_, text| text.replace('\n', "\r\n")),
    ("a paragraph added", with_a_last_word),
];

#[test]
fn an_id_survives_inserted_lines_and_other_line_ends() {
    let mut problems = String::new();
    for folder in corpora::story_folders().iter().chain(&corpora::case_folders()) {
        let story = find_story(folder).unwrap();
        let expected = corpora::check(&story);
        for (what, edit) in EDITS {
            let documents: Vec<Document> = story
                .files
                .iter()
                .map(|found| {
                    let bytes = fs::read(&found.path).unwrap();
                    let edited = match std::str::from_utf8(&bytes) {
                        Ok(text) => edit(found.format, text).into_bytes(),
                        Err(_) => bytes,
                    };
                    read_bytes(&found.shown, found.format, &edited, &Known::default())
                })
                .collect();
            let edited = crosscheck::check_documents(&story.name, documents, &Settings::new());
            if ids(&edited) != ids(&expected) {
                let (was, is) = (ids(&expected), ids(&edited));
                let _ = writeln!(problems, "{}, {what}: {was:?} became {is:?}", story.name);
            }
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_ids_of_a_story_are_told_apart() {
    for story in corpora::all_stories() {
        let report = corpora::check(&story);
        assert_eq!(ids(&report).len(), report.findings.len(), "{}: two findings of one id", story.name);
    }
}
