//! Hostile stories end in an exit code, and what is not read of them is told. `benches/hostile.py` measures what the full
//! ones cost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crosscheck::document::{Document, Format, Known, Status, find_story, read_bytes};
use crosscheck::finding::UNREAD;
use crosscheck::limit;
use crosscheck::settings::Settings;
use rayon::prelude::*;
use serde_json::Value;

use crate::hostile::{OTHERS, TEXTS, build};
use crate::shell::command;

/// The tests take a part of what is repeated.
const SHRINK: usize = 500;

/// The files of a folder, as reports show them; a hidden folder is one of them.
fn files(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(Result::unwrap) {
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().unwrap().is_dir() && !is_hidden {
            files(&entry.path(), root, found);
        } else {
            let path = entry.path();
            found.insert(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        }
    }
}

/// What is wrong with the answer to a story.
fn problems(root: &Path, story: &str) -> Vec<String> {
    let output = root.join(format!("{story}.json"));
    let both = ["check", story, "--format", "human", "--output", output.to_str().unwrap()];
    let human = command(root).args(both).output().unwrap();
    let mut problems = Vec::new();
    if !matches!(human.status.code(), Some(0..=2)) {
        problems.push(format!("ended with {}", human.status));
    }
    let told = String::from_utf8_lossy(&human.stderr);
    if told.contains("fault")
        || told.contains("panicked")
        || !told.lines().last().unwrap_or("").starts_with("exit ")
    {
        problems.push(format!("said {told}"));
    }
    let acts = |c: &char| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c);
    problems.extend(
        [&human.stdout, &human.stderr]
            .iter()
            .filter_map(|text| String::from_utf8_lossy(text).chars().find(acts))
            .map(|c| format!("wrote {c:?}")),
    );
    let report: Value = serde_json::from_slice(&fs::read(&output).unwrap()).unwrap();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let documents = list(&report["documents"]);
    let mut told: BTreeSet<String> =
        documents.iter().map(|document| document["path"].as_str().unwrap().to_owned()).collect();
    let stories = list(&report["stories"]);
    told.extend(
        stories
            .iter()
            .flat_map(|story| list(&story["left_out"]))
            .map(|path| path.as_str().unwrap().to_owned()),
    );
    let mut there = BTreeSet::new();
    files(&root.join(story), root, &mut there);
    problems.extend(there.difference(&told).take(3).map(|path| format!("{path:?} is nowhere in the report")));
    let unread = documents.iter().filter(|document| document["status"] != "read").count();
    let findings = list(&report["findings"]);
    let raised = findings.iter().filter(|finding| finding["rule"] == "unread-document").count();
    if unread != raised || (0 < unread) != (human.status.code() == Some(2)) {
        problems.push(format!("{unread} unread, {raised} told, {}", human.status));
    }
    problems
}

#[test]
fn hostile_files_end_no_run_and_none_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), SHRINK).unwrap();
    let stories: Vec<&str> =
        TEXTS.iter().map(|text| text.story).chain(OTHERS.iter().map(|(story, _)| *story)).collect();
    assert!(40 <= stories.len(), "{}", stories.len());
    let told: Vec<String> = stories
        .par_iter()
        .flat_map_iter(|story| {
            problems(folder.path(), story).into_iter().map(move |told| format!("{story}: {told}"))
        })
        .collect();
    open(folder.path());
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

/// Lets the folder be removed.
#[cfg(unix)]
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(folder.join("forbidden/closed"), fs::Permissions::from_mode(0o700));
}

#[cfg(not(unix))]
fn open(_folder: &Path) {}

#[test]
fn what_is_beyond_the_limits_of_a_report_or_a_story_is_told_as_not_read() {
    let read = |path: &str, text: &str| read_bytes(path, Format::Text, text.as_bytes(), &Known::default());
    let why = |document: &Document| match &document.status {
        Status::Skipped(reason) => reason.clone(),
        Status::Read | Status::Partly(_) => String::new(),
    };
    assert!(
        why(&read("a.txt", &"word ".repeat(limit::PARAGRAPH / 4))).contains("paragraph of more than 1 MiB")
    );
    assert!(why(&read("a.txt", &"7 \n\n".repeat(limit::NUMBERS + 1))).contains("beyond the first 65000"));
    let many = "7 \n\n".repeat(limit::NUMBERS - 3);
    let two = "The dam will cost $5 million and hold 40 people.";
    let documents =
        vec![read("a.txt", two), read("b.txt", &many), read("c.txt", two), read("d.txt", "8 men dug.")];
    let story = crosscheck::check_documents("story", documents, &Settings::new());
    let unread = story.documents.iter().filter(|document| !document.is_read());
    assert_eq!(unread.map(|document| document.path.as_str()).collect::<Vec<_>>(), ["c.txt"]);
    assert_eq!(story.findings.iter().filter(|finding| finding.rule == UNREAD).count(), 1);
}

#[test]
fn files_beyond_the_most_of_a_folder_are_told_as_one() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..limit::FILES + 2 {
        fs::write(folder.path().join(format!("{number:05}.txt")), "8 men dug.").unwrap();
    }
    let story = find_story(folder.path()).unwrap();
    let unread: Vec<&str> = story.files.iter().filter_map(|file| file.obstacle.as_deref()).collect();
    assert_eq!(story.files.len(), limit::FILES + 1);
    let [only] = unread.as_slice() else { panic!("{unread:?}") };
    assert!(only.starts_with("2 of its files, from ") && only.contains("10000.txt on"), "{only}");
}
