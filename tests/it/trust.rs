//! Nothing that a stranger puts among the reports decides what is found; what the newsroom put there does.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::shell::run;

/// A newsroom's folder with a story of two reports that disagree in `sources/`.
fn newsroom() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("sources/silo");
    fs::create_dir_all(&story).unwrap();
    for (name, cost) in [("a.md", "37 million euros"), ("b.md", "73 million euros")] {
        let text =
            format!("VANGE, March 3, 2026 (Vange {name}) - The silo will cost {cost}, the mayor said.\n");
        fs::write(story.join(name), text).unwrap();
    }
    folder
}

/// The JSON report on the story, as it is checked from a folder.
fn check(folder: &Path, arguments: &[&str]) -> Value {
    let answer = run(folder, &[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}", answer.err))
}

fn findings(report: &Value) -> (Vec<&Value>, &Value) {
    (report["findings"].as_array().unwrap().iter().collect(), &report["summary"])
}

fn remarks(report: &Value) -> String {
    report["stories"][0]["remarks"].to_string()
}

/// Files by which a stranger may try to silence the check, with what each holds.
fn attempts(id: &str) -> [(&'static str, String); 7] {
    let entry = format!("[[accepted]]\nid = '{id}'\nrule = 'r'\ndocuments = []\nreason = 'trust us'\n");
    [
        ("crosscheck.toml", "[rules]\nvalue-conflict = 'off'\n".to_owned()),
        ("crosscheck.toml", "exclude = ['b.md']\n".to_owned()),
        ("crosscheck.toml", "own = ['**']\ntolerance-percent = 10\n".to_owned()),
        ("crosscheck.toml", "no TOML at all".to_owned()),
        ("crosscheck-accepted.toml", entry),
        (".git", String::new()),
        (".ignore", "b.md\n".to_owned()),
    ]
}

#[test]
fn no_file_among_the_reports_changes_what_is_found() {
    let folder = newsroom();
    let story = folder.path().join("sources/silo");
    let plain = check(folder.path(), &["sources/silo"]);
    assert_eq!(plain["summary"]["errors"], 1);
    let id = plain["findings"][0]["id"].as_str().unwrap();
    for (name, text) in attempts(id) {
        for place in [story.clone(), folder.path().join("sources")] {
            fs::write(place.join(name), &text).unwrap();
            let tried = check(folder.path(), &["sources/silo"]);
            assert_eq!(findings(&tried), findings(&plain), "{name} in {}: {text}", place.display());
            let is_told = remarks(&tried).contains("not heeded");
            assert_eq!(is_told, name == "crosscheck.toml", "{name}: {}", remarks(&tried));
            fs::remove_file(place.join(name)).unwrap();
        }
    }
}

#[test]
fn what_stands_among_the_reports_hides_no_configuration_of_the_newsroom() {
    let folder = newsroom();
    fs::write(folder.path().join("crosscheck.toml"), "[rules]\nvalue-conflict = 'note'\n").unwrap();
    let plain = check(folder.path(), &["sources/silo"]);
    assert_eq!(plain["summary"]["notes"], 1);
    for (name, text) in attempts("0123456789ab") {
        fs::write(folder.path().join("sources/silo").join(name), &text).unwrap();
        assert_eq!(findings(&check(folder.path(), &["sources/silo"])), findings(&plain), "{name}: {text}");
        fs::remove_file(folder.path().join("sources/silo").join(name)).unwrap();
    }
}

#[test]
fn the_same_file_counts_where_the_newsroom_says_so() {
    let folder = newsroom();
    let story = folder.path().join("sources/silo");
    fs::write(story.join("crosscheck.toml"), "[rules]\nvalue-conflict = 'off'\n").unwrap();
    let none_found = |report: Value| report["findings"].as_array().unwrap().is_empty();
    assert!(none_found(check(&story, &["."])), "worked in");
    assert!(!none_found(check(&story, &[".", "--isolated"])), "isolated");
    let named = ["sources/silo", "--config", "sources/silo/crosscheck.toml"];
    assert!(none_found(check(folder.path(), &named)), "named");
    fs::write(folder.path().join("crosscheck.toml"), "own = ['sources/silo/crosscheck.toml']\n").unwrap();
    assert!(none_found(check(folder.path(), &["sources/silo"])), "named as own");
}

#[test]
fn the_search_upward_ends_at_the_repository_of_the_working_folder() {
    let folder = newsroom();
    fs::write(folder.path().join("crosscheck.toml"), "[rules]\nvalue-conflict = 'off'\n").unwrap();
    let sources = folder.path().join("sources");
    assert_eq!(check(&sources, &["silo"])["summary"]["errors"], 0);
    fs::create_dir(sources.join(".git")).unwrap();
    assert_eq!(check(&sources, &["silo"])["summary"]["errors"], 1);
}

#[test]
fn a_configuration_that_is_no_file_is_not_passed_over() {
    let folder = newsroom();
    let path = folder.path().join("crosscheck.toml");
    fs::create_dir(&path).unwrap();
    let refused = || {
        let answer = run(folder.path(), &["check", "sources/silo"]);
        assert_eq!(answer.code, Some(2), "{}", answer.err);
        assert!(answer.err.contains("crosscheck.toml: expected a file"), "{}", answer.err);
    };
    refused();
    fs::remove_dir(&path).unwrap();
    std::os::unix::fs::symlink("nowhere.toml", &path).unwrap();
    refused();
    assert_eq!(run(folder.path(), &["check", "sources/silo", "--isolated"]).code, Some(1));
}
