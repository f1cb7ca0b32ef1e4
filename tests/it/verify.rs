//! `crosscheck verify` says "the same" of an unchanged story, and names each thing that changed.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::shell::{Answer, run};

/// A story of two reports that disagree, and the JSON report on it.
fn checked(arguments: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("tower");
    fs::create_dir(&story).unwrap();
    for (name, cost) in [("a.txt", "120 million euros"), ("b.txt", "210 million euros")] {
        let text = format!("MIRE, March 3, 2026 (Mire {name}) - The tower will cost {cost}, the mayor said.");
        fs::write(story.join(name), text).unwrap();
    }
    let all = [&["check", "tower", "--output", "json:report.json"], arguments].concat();
    assert_eq!(run(folder.path(), &all).code, Some(1));
    folder
}

fn verify(folder: &Path) -> Answer {
    run(folder, &["verify", "report.json"])
}

#[test]
fn an_unchanged_story_is_the_same() {
    let folder = checked(&["--home", "us", "--as-of=2026-03-03", "--explain"]);
    let answer = verify(folder.path());
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""), "{}", answer.err);
    assert_eq!(answer.err, "exit 0: 2 documents, 1 finding, the same as in the report\n");
}

#[test]
fn a_changed_a_missing_and_a_new_file_are_told() {
    let folder = checked(&[]);
    let story = folder.path().join("tower");
    let text = fs::read_to_string(story.join("b.txt")).unwrap();
    fs::write(story.join("b.txt"), text.replace("210", "220")).unwrap();
    fs::rename(story.join("a.txt"), story.join("c.txt")).unwrap();
    let answer = verify(folder.path());
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for told in
        ["tower/a.txt: missing", "tower/b.txt: changed", "tower/c.txt: new", "lost error", "gained error"]
    {
        assert!(answer.out.contains(told), "no {told:?} in\n{}", answer.out);
    }
}

#[test]
fn a_finding_that_went_and_one_that_came_are_told_by_what_they_say() {
    let folder = checked(&[]);
    let report = folder.path().join("report.json");
    let text = fs::read_to_string(&report).unwrap();
    let mut edited: Value = serde_json::from_str(&text).unwrap();
    edited["findings"][0]["id"] = "000000000000".into();
    fs::write(&report, edited.to_string()).unwrap();
    let answer = verify(folder.path());
    assert_eq!(answer.code, Some(1));
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", answer.out);
    assert!(lines[0].starts_with("lost error[value-conflict] 000000000000: Two figures"), "{}", lines[0]);
    assert!(lines[1].starts_with("gained error[value-conflict] ") && lines[1].contains("Two figures"));
}

/// Every place in a value that holds a text, a number or a yes or no, as a JSON pointer.
fn places(value: &Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, own)| self::places(own, &format!("{at}/{key}"), places));
        }
        Value::Array(own) => {
            own.iter().enumerate().for_each(|(idx, own)| self::places(own, &format!("{at}/{idx}"), places));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => places.push(at.to_owned()),
    }
}

/// Whatever is edited in what a report says, it is no longer "the same".
#[test]
fn no_edited_place_of_a_report_passes() {
    let folder = checked(&[]);
    let report = folder.path().join("report.json");
    let whole: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    let mut edited = Vec::new();
    places(&whole, "", &mut edited);
    // Who made it and how is no claim about the reports: another command makes another report.
    edited.retain(|place| !["/tool", "/command", "/schema_version"].iter().any(|key| place.starts_with(key)));
    assert!(edited.len() > 100, "{}", edited.len());
    for place in edited {
        let mut forged = whole.clone();
        *forged.pointer_mut(&place).unwrap() = "forged".into();
        fs::write(&report, forged.to_string()).unwrap();
        let answer = verify(folder.path());
        assert_eq!(answer.code, Some(1), "{place}: {}", answer.err);
        assert!(!answer.out.is_empty(), "{place}");
    }
}

#[test]
fn what_stands_in_a_report_twice_does_not_hide_behind_the_other() {
    let folder = checked(&[]);
    let report = folder.path().join("report.json");
    let whole: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    for (list, key) in [("findings", "message"), ("documents", "outlet"), ("stories", "remarks")] {
        let mut forged = whole.clone();
        let mut twin = whole[list][0].clone();
        twin[key] = "forged".into();
        forged[list].as_array_mut().unwrap().insert(0, twin);
        fs::write(&report, forged.to_string()).unwrap();
        let answer = verify(folder.path());
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (Some(1), &*format!("not as in the report: {list}\n"))
        );
    }
}

#[test]
fn other_rates_and_another_version_are_told() {
    let folder = checked(&[]);
    let report = folder.path().join("report.json");
    let text = fs::read_to_string(&report).unwrap();
    let mut edited: Value = serde_json::from_str(&text).unwrap();
    edited["tool"]["version"] = "0.0.1".into();
    fs::write(&report, edited.to_string()).unwrap();
    let answer = verify(folder.path());
    assert_eq!(answer.code, Some(0), "another version that finds the same is no difference");
    assert!(answer.err.contains("made by crosscheck 0.0.1, made again by"), "{}", answer.err);
    edited["stories"][0]["settings"]["rates"]["sha256"] = "0".repeat(64).into();
    fs::write(&report, edited.to_string()).unwrap();
    let answer = verify(folder.path());
    assert_eq!(answer.code, Some(1));
    assert!(answer.out.starts_with("story tower: rates "), "{}", answer.out);
}

#[test]
fn what_cannot_be_made_again_is_told() {
    let folder = checked(&[]);
    fs::write(folder.path().join("other.json"), "{\"tool\": 1}").unwrap();
    for (report, told) in
        [("other.json", "found other JSON"), ("none.json", "No such file"), ("tower", "directory")]
    {
        let answer = run(folder.path(), &["verify", report]);
        assert_eq!((answer.code, answer.out.as_str()), (Some(2), ""));
        assert!(answer.err.contains(told), "{}", answer.err);
    }
    fs::remove_dir_all(folder.path().join("tower")).unwrap();
    assert_eq!(verify(folder.path()).code, Some(2));
}
