//! The JUnit report keeps its schema, counts its cases, and holds its own elements alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crosscheck::report::Format;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{all, sample};
use crate::corpora;
use crate::shell;

const SCHEMA: &str = "tests/schemas/junit.xsd";
const ELEMENTS: [&str; 6] = ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"];
const ATTRIBUTES: [&str; 10] =
    ["name", "tests", "failures", "errors", "skipped", "classname", "file", "line", "type", "message"];

/// What a suite says it holds, and what it does: numbers by what they count.
type Counts = BTreeMap<String, usize>;

fn attributes(start: &BytesStart<'_>) -> BTreeMap<String, String> {
    let all = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    all.collect()
}

/// How many cases each suite says it holds, and how many it does; panics where something in the file is not the report's own.
pub(super) fn counts(text: &str) -> Vec<[Counts; 2]> {
    let is_legal =
        |c: char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_legal), "{text:?}");
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut counts: Vec<[Counts; 2]> = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let own = attributes(&start);
                assert!(ELEMENTS.contains(&name.as_str()), "{name}");
                assert!(own.keys().all(|key| ATTRIBUTES.contains(&key.as_str())), "{own:?}");
                if name.starts_with("testsuite") {
                    let said = own.iter().filter_map(|(key, value)| Some((key.clone(), value.parse().ok()?)));
                    counts.push([said.collect(), BTreeMap::new()]);
                }
                let kind = match name.as_str() {
                    "testcase" => "tests",
                    "failure" => "failures",
                    other => other,
                };
                let last = counts.len() - 1;
                for at in [0, last] {
                    *counts[at][1].entry(kind.to_owned()).or_default() += 1;
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            Event::Text(_) => {}
            Event::GeneralRef(reference) => {
                assert!(matches!(&*reference, "amp" | "lt" | "gt" | "quot" | "apos"));
            }
            Event::Decl(_) => assert_eq!(depth, 0),
            other @ (Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::DocType(_)) => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0);
    counts
}

#[test]
fn the_junit_file_counts_its_cases() {
    for report in [&sample(), all()] {
        for [said, held] in counts(&corpora::written(report, Format::Junit)) {
            for kind in ["tests", "failures", "skipped"] {
                if let Some(said) = said.get(kind) {
                    assert_eq!(*said, held.get(kind).copied().unwrap_or_default(), "{kind}");
                }
            }
        }
    }
}

/// What is wrong with a JUnit file by its schema.
fn problems(xmllint: &Path, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("junit.xml");
    fs::write(&path, text).unwrap();
    let answer =
        Command::new(xmllint).args(["--noout", "--nonet", "--schema", SCHEMA]).arg(path).output().unwrap();
    if answer.status.success() { String::new() } else { String::from_utf8_lossy(&answer.stderr).into_owned() }
}

#[test]
fn the_junit_file_keeps_its_schema() {
    let Some(xmllint) = shell::tool(&["xmllint"], "whether the JUnit report keeps its schema") else {
        return;
    };
    for report in [&sample(), all()] {
        assert_eq!(problems(&xmllint, &corpora::written(report, Format::Junit)), "");
    }
    let text = corpora::written(&sample(), Format::Junit);
    for (own, other) in [
        ("<testsuite ", "<suite "),
        ("</testsuites>", ""),
        ("type=\"error\"", "type=\"grave\""),
        (" line=\"7\"", " line=\"0\""),
        (" classname=\"corpora/sample/04-scan.pdf\"", ""),
        (" failures=\"2\"", " failures=\"two\""),
        ("<skipped ", "<skipped by=\"me\" "),
        ("stale-conversion: cost (Holm) [cd4f22c91c32]", "loose-rounding: passengers [7cc571cf4537]"),
    ] {
        assert!(text.contains(own), "no {own} in\n{text}");
        assert_ne!(
            problems(&xmllint, &text.replacen(own, other, 1)),
            "",
            "{other} in place of {own} is valid"
        );
    }
}
