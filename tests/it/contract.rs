//! The JSON report keeps the contract of `docs/report.schema.json`, and its ids and spans point at what exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crosscheck::configuration::Configuration;
use crosscheck::document::{Story, find_story};
use crosscheck::finding::{Acceptance, AcceptedBy, RULES, UNREAD};
use crosscheck::report::{Format, Terminal};
use crosscheck::settings::Settings;
use jiff::civil::date;
use jsonschema::Validator;
use serde_json::Value;

use crate::corpora;

const SCHEMA: &str = "docs/report.schema.json";
const CONFIGURATION: &str = "docs/config.schema.json";

fn read(path: &str) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|cause| panic!("{path}: {cause}"));
    serde_json::from_str(&text).unwrap()
}

fn validator() -> Validator {
    let schema = read(SCHEMA);
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn json(stories: &[Story]) -> Value {
    let report = crosscheck::check(stories, &Settings::new());
    serde_json::from_str(&corpora::written(&report, Format::Json)).unwrap()
}

fn stories_and_drafts() -> Vec<Story> {
    corpora::all_stories().into_iter().chain(corpora::drafts()).collect()
}

#[test]
fn the_report_of_every_story_keeps_the_schema() {
    let validator = validator();
    let mut problems = String::new();
    for story in stories_and_drafts() {
        let report = json(std::slice::from_ref(&story));
        for error in validator.iter_errors(&report).take(5) {
            let _ = writeln!(problems, "{} at {}: {error}", story.name, error.instance_path());
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let validator = validator();
    let story = find_story(Path::new("corpora/stories/korea-mega-projects")).unwrap();
    let report = json(&[story]);
    assert!(validator.is_valid(&report));
    for key in ["schema_version", "stories", "documents", "claims", "topics", "findings", "summary"] {
        let mut broken = report.clone();
        broken.as_object_mut().unwrap().remove(key);
        assert!(!validator.is_valid(&broken), "a report without `{key}` is valid");
    }
    for (place, value) in [
        ("/claims/0/span/start", Value::from("five")),
        ("/claims/0/quantity/value", Value::from(5.5)),
        ("/documents/0/status", Value::from("perhaps")),
        ("/findings/0/severity", Value::from("grave")),
        ("/topics/0/verdict", Value::from("grave")),
        ("/claims/0/standing/is", Value::from("perhaps")),
        ("/topics/0/first", Value::from(1)),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(place).unwrap() = value;
        assert!(!validator.is_valid(&broken), "a report with a wrong {place} is valid");
    }
}

fn strings<'a>(values: &'a Value, key: &str) -> Vec<&'a str> {
    values.as_array().unwrap().iter().map(|value| value[key].as_str().unwrap()).collect()
}

/// What a report points at that does not exist.
fn dangling(report: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let sizes: BTreeMap<&str, u64> = strings(&report["documents"], "path")
        .into_iter()
        .map(|path| (path, fs::metadata(path).map_or(0, |metadata| metadata.len())))
        .collect();
    let claims: BTreeSet<&str> = strings(&report["claims"], "id").into_iter().collect();
    let topics: BTreeSet<&str> = strings(&report["topics"], "id").into_iter().collect();
    for (key, ids) in [("claims", &claims), ("topics", &topics)] {
        if ids.len() != report[key].as_array().unwrap().len() {
            problems.push(format!("two {key} of one id"));
        }
    }
    for claim in report["claims"].as_array().unwrap() {
        let (start, end) = (claim["span"]["start"].as_u64().unwrap(), claim["span"]["end"].as_u64().unwrap());
        match sizes.get(claim["document"].as_str().unwrap()) {
            Some(size) if start < end && end <= *size => {}
            Some(size) => problems.push(format!("{}: span {start}..{end} of {size} bytes", claim["id"])),
            None => problems.push(format!("{}: no document {}", claim["id"], claim["document"])),
        }
        if !claim["restates"].is_null() && !claims.contains(claim["restates"].as_str().unwrap()) {
            problems.push(format!("{} restates no claim: {}", claim["id"], claim["restates"]));
        }
    }
    let known = |id: &Value| claims.contains(id.as_str().unwrap());
    for claim in report["claims"].as_array().unwrap() {
        if !claim["standing"]["by"].as_array().unwrap().iter().all(known) {
            problems.push(format!("{}: stands by {}", claim["id"], claim["standing"]["by"]));
        }
    }
    for topic in report["topics"].as_array().unwrap() {
        let own = topic["claims"].as_array().unwrap();
        let told = topic["repeats"].as_array().unwrap().iter().chain([&topic["first"]]);
        if !told.filter(|id| !id.is_null()).all(|id| own.contains(id)) {
            problems.push(format!("{}: first {}, repeats {}", topic["id"], topic["first"], topic["repeats"]));
        }
        if topic["witnesses"] != topic["sources"].as_array().unwrap().len() {
            problems.push(format!("{}: {} witnesses", topic["id"], topic["witnesses"]));
        }
        if own.is_empty() || !own.iter().all(known) {
            problems.push(format!("{}: claims {}", topic["id"], topic["claims"]));
        }
    }
    for finding in report["findings"].as_array().unwrap() {
        if !finding["topic"].is_null() && !topics.contains(finding["topic"].as_str().unwrap()) {
            problems.push(format!("{}: no topic {}", finding["id"], finding["topic"]));
        }
        for side in finding["sides"].as_array().unwrap() {
            let own = side["claims"].as_array().unwrap();
            if own.is_empty() || !own.iter().all(known) {
                problems.push(format!("{}: side {side}", finding["id"]));
            }
        }
    }
    problems.extend(unlisted(report));
    problems.extend(suspects(report));
    problems
}

/// Figures to check first that are no claims, and findings they clear that are none of their story's.
fn suspects(report: &Value) -> Vec<String> {
    let claims: BTreeSet<&str> = strings(&report["claims"], "id").into_iter().collect();
    let mut problems = Vec::new();
    for story in report["stories"].as_array().unwrap() {
        let findings = story["findings"].as_array().unwrap();
        for suspect in story["check_first"].as_array().unwrap() {
            let ids = |key: &str| suspect[key].as_array().unwrap().iter();
            let are_claims = ids("claims").chain(ids("or")).all(|id| claims.contains(id.as_str().unwrap()));
            if !are_claims || !ids("clears").all(|id| findings.contains(id)) {
                problems.push(format!("{}: check first {suspect}", story["name"]));
            }
        }
    }
    problems
}

/// Documents and findings that no story lists as its own, or that one lists though the report does not hold them.
fn unlisted(report: &Value) -> Vec<String> {
    let stories = report["stories"].as_array().unwrap();
    let mut problems = Vec::new();
    for (key, id) in [("documents", "path"), ("findings", "id")] {
        let held: BTreeSet<&str> = strings(&report[key], id).into_iter().collect();
        let own = stories.iter().flat_map(|story| story[key].as_array().unwrap());
        let listed: BTreeSet<&str> = own.map(|id| id.as_str().unwrap()).collect();
        if held != listed {
            let differ: Vec<&&str> = held.symmetric_difference(&listed).collect();
            problems.push(format!("{key} that stand in the report or under its stories alone: {differ:?}"));
        }
    }
    problems
}

#[test]
fn ids_and_spans_point_at_what_exists() {
    let mut problems = Vec::new();
    for story in stories_and_drafts() {
        let report = json(std::slice::from_ref(&story));
        problems.extend(dangling(&report).iter().map(|problem| format!("{}: {problem}", story.name)));
    }
    problems.extend(
        dangling(&json(&corpora::all_stories())).iter().map(|problem| format!("all in one: {problem}")),
    );
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn an_accepted_finding_stays_in_the_report_and_counts_apart() {
    let story = find_story(Path::new("corpora/stories/korea-mega-projects")).unwrap();
    let mut report = crosscheck::check(&[story], &Settings::new());
    let open = report.summary();
    for (by, place) in [
        (AcceptedBy::Entry { until: Some(date(2026, 12, 31)) }, "until 2026-12-31"),
        (AcceptedBy::Comment { document: 2, line: 9 }, "03-weekly"),
    ] {
        let first = &mut report.stories[0].findings[0];
        first.accepted = Some(Acceptance { reason: "asked the ministry".to_owned(), by });
        let id = first.id.clone();
        let told: Value = serde_json::from_str(&corpora::written(&report, Format::Json)).unwrap();
        let problems: Vec<String> = validator().iter_errors(&told).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(told["findings"][0]["accepted"]["reason"], "asked the ministry");
        assert_eq!(told["summary"]["accepted"], 1);
        assert_eq!(told["summary"]["errors"], open.errors - 1);
        for format in [Format::Human(Terminal::PLAIN), Format::Markdown] {
            let text = corpora::written(&report, format);
            assert!(text.contains(&id) && text.contains("asked the ministry"), "{text}");
            assert!(text.contains(place) && text.contains(", 1 accepted"), "{text}");
        }
    }
}

#[test]
fn the_summary_counts_what_the_report_holds() {
    let report = json(&corpora::all_stories());
    let count = |key: &str| report[key].as_array().unwrap().len() as u64;
    let of_severity = |severity: &str| {
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == severity)
            .count() as u64
    };
    let summary = &report["summary"];
    assert_eq!(summary["documents"], count("documents"));
    assert_eq!(summary["claims"], count("claims"));
    assert_eq!(summary["errors"], of_severity("error"));
    assert_eq!(summary["warnings"], of_severity("warning"));
    assert_eq!(summary["notes"], of_severity("note"));
    for (standing, key) in [
        ("corroborated", "corroborated"),
        ("alone", "alone"),
        ("disputed", "disputed"),
        ("superseded", "superseded"),
        ("not-checked", "not_checked"),
    ] {
        let claims = report["claims"].as_array().unwrap().iter();
        let standing = claims.filter(|claim| claim["standing"]["is"] == standing).count() as u64;
        assert_eq!(summary["standings"][key], standing, "{key}");
    }
}

/// The words that a message lists between backticks behind "expected".
fn expected_words(told: &str) -> BTreeSet<String> {
    let (_, expected) = told.split_once("expected").unwrap();
    let (expected, _) = expected.split_once(';').unwrap_or((expected, ""));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_configuration_and_its_schema_know_the_same_words() {
    let schema = read(CONFIGURATION);
    let keys = schema["properties"].as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(keys, expected_words(&Configuration::read("unknown = 1").unwrap_err().told));
    let levels = strings_of(&schema["properties"]["rules"]["additionalProperties"]["enum"]);
    assert_eq!(levels, expected_words(&Configuration::read("rules.superseded = 'high'").unwrap_err().told));
    let rules = strings_of(&schema["properties"]["rules"]["propertyNames"]["enum"]);
    assert_eq!(rules, RULES.iter().map(|rule| rule.id.to_owned()).filter(|id| id != UNREAD).collect());
}

fn strings_of(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_schema_of_the_configuration_takes_what_the_command_takes() {
    let schema = read(CONFIGURATION);
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (text, is_meant) in [
        ("", true),
        ("home = 'AU'\nbase = 'eur'\nas-of = '2026-07-02'\ntolerance-percent = 2.5", true),
        ("own = ['drafts/**']\nexclude = []\n[rules]\nvalue-conflict = 'off'\nunused-ignore = 'error'", true),
        ("homes = 'AU'", false),
        ("home = 'Australia'", false),
        ("base = 3", false),
        ("as-of = 'soon'", false),
        ("tolerance-percent = 11", false),
        ("tolerance-percent = '2'", false),
        ("own = 'drafts'", false),
        ("rules = ['off']", false),
        ("[rules]\nunread-document = 'off'", false),
        ("[rules]\nvalue-conflict = 'none'", false),
    ] {
        let value: Value = toml::from_str(text).unwrap();
        assert_eq!(Configuration::read(text).is_ok(), is_meant, "the command, on {text:?}");
        assert_eq!(validator.is_valid(&value), is_meant, "the schema, on {text:?}");
    }
}
