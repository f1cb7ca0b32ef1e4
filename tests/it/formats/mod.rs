//! The formats: one sample in each of them, side by side, and what each promises to those who read it.

mod junit;
pub(crate) mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crosscheck::document::find_story;
use crosscheck::finding::{Acceptance, AcceptedBy, Severity};
use crosscheck::report::{Colour, Format, Report, Terminal};
use crosscheck::settings::Settings;
use regex::Regex;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::corpora;
use crate::stories::assert_snapshot;

/// A story with an error, a warning, a note, an agreement and a file that is not read. The warning is accepted by an
/// entry, the note by a comment.
fn sample() -> Report {
    let story = find_story(Path::new("corpora/sample")).unwrap();
    let mut report = crosscheck::check(&[story], &Settings::new());
    for finding in &mut report.stories[0].findings {
        let by = match finding.severity {
            Severity::Error => continue,
            Severity::Warning => AcceptedBy::Entry { until: Some(jiff::civil::date(2026, 12, 31)) },
            Severity::Note => AcceptedBy::Comment { document: 1, line: 5 },
        };
        finding.accepted = Some(Acceptance { reason: "the council's own rate".to_owned(), by });
    }
    report
}

/// Every story of the corpora in one report.
fn all() -> &'static Report {
    static ALL: LazyLock<Report> =
        LazyLock::new(|| crosscheck::check(&corpora::all_stories(), &Settings::new()));
    &ALL
}

fn sarif(report: &Report) -> Value {
    serde_json::from_str(&corpora::written(report, Format::Sarif)).unwrap()
}

#[test]
fn the_sample_in_each_format() {
    let report = sample();
    // The style and the script are files of their own, and their hashes change with them.
    let own = Regex::new(r"(?s)(<style>).*?(</style>)|(<script>).*?(</script>)|(sha256-)[\w+/=]+").unwrap();
    for format in Format::ALL {
        let text = corpora::written(&report, format);
        let text = if format == Format::Html { own.replace_all(&text, "$1$3$5…$2$4") } else { text.into() };
        assert_snapshot(&format!("format-{}", format.about().name), &text);
    }
}

#[test]
fn names_and_endings_of_formats_are_unlike() {
    let names: BTreeSet<&str> = Format::ALL.iter().map(|format| format.about().name).collect();
    assert_eq!(names.len(), Format::ALL.len());
    for format in Format::ALL {
        assert_eq!(Format::named(format.about().name), Some(format));
        for ending in format.about().endings {
            assert_eq!(Format::of_path(format!("a/report.{ending}").as_ref()), Some(format));
        }
    }
}

/// What is wrong with a SARIF log by the OASIS schema.
fn problems(log: &Value) -> Vec<String> {
    let schema = fs::read_to_string("tests/schemas/sarif-2.1.0.json").unwrap();
    // A bracket that closes nothing, which not every engine lets pass.
    let schema: Value = serde_json::from_str(&schema.replace("{2}]?$", "{2}?$")).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// What a log holds that GitHub refuses or does not show, though the schema allows it.
fn refused(log: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    if ids.len() != rules.len() {
        problems.push("two rules of one id".to_owned());
    }
    for result in run["results"].as_array().unwrap() {
        let message = result["message"]["text"].as_str().unwrap();
        let mut tell = |what: &str| problems.push(format!("{what}: {message}"));
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        if rule["id"] != result["ruleId"] {
            tell("the rule's index is not its own");
        }
        if result["locations"].as_array().unwrap().len() != 1 {
            tell("one place is shown");
        }
        let related = result["relatedLocations"].as_array().unwrap();
        let known: BTreeSet<u64> = related.iter().map(|place| place["id"].as_u64().unwrap()).collect();
        let links = message.match_indices("](").map(|(at, _)| {
            let number = message.get(at + 2..).unwrap().split(')').next().unwrap();
            number.parse().unwrap()
        });
        let links: Vec<u64> = links.collect();
        if !links.iter().all(|link| known.contains(link)) || links.is_empty() != related.is_empty() {
            tell("links and related places differ");
        }
    }
    if log.to_string().contains("\"\"") {
        problems.push("an empty text".to_owned());
    }
    problems
}

#[test]
fn the_sarif_log_keeps_its_schema_and_what_github_asks_for() {
    for report in [&sample(), all()] {
        let log = sarif(report);
        assert_eq!(problems(&log), Vec::<String>::new());
        assert_eq!(refused(&log), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_no_sarif_log() {
    let log = sarif(&sample());
    for (place, value) in [
        ("/runs/0/results/0/level", Value::from("grave")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", Value::from(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", Value::from("a b%")),
        ("/runs/0/invocations/0/executionSuccessful", Value::from("no")),
        ("/runs/0/results/2/suppressions/0/kind", Value::from("perhaps")),
    ] {
        let mut broken = log.clone();
        *broken.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
        assert_ne!(problems(&broken), Vec::<String>::new(), "a log with a wrong {place} is valid");
    }
}

#[test]
fn a_sarif_region_cut_out_of_its_file_is_the_figure() {
    let documents = all().stories.iter().flat_map(|story| &story.documents);
    let sources: BTreeMap<&str, &str> =
        documents.map(|document| (document.path.as_str(), document.source.as_str())).collect();
    let log = sarif(all());
    let results = log["runs"][0]["results"].as_array().unwrap().iter();
    let mut cut = 0;
    for place in results.flat_map(|result| result["relatedLocations"].as_array().unwrap()) {
        let told = place["message"]["text"].as_str().unwrap();
        let quote = told.strip_prefix('“').and_then(|told| told.split_once('”')).unwrap().0;
        let region = &place["physicalLocation"]["region"];
        let number = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap();
        let source = sources[place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap()];
        // What stands in a file as an entity or beside markup is not printed as it is read.
        if number("startLine") != number("endLine") || source.contains(['&', '*', '<']) {
            continue;
        }
        let line: Vec<char> = source.split('\n').nth(number("startLine") - 1).unwrap().chars().collect();
        let own: String = line[number("startColumn") - 1..number("endColumn") - 1].iter().collect();
        assert_eq!(own.replace(['\u{a0}', '\u{202f}'], " "), quote, "{place}");
        cut += 1;
    }
    assert!(cut > 100, "{cut} regions were cut out");
}

/// The rows of a CSV file, each by its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let body = text.strip_prefix('\u{feff}').unwrap();
    assert!(body.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_table_has_a_row_for_each_claim_and_for_each_unread_report() {
    let report = sample();
    let story = &report.stories[0];
    let rows = rows(&corpora::written(&report, Format::Csv));
    assert_eq!(rows.len(), story.claims.len() + 1);
    assert!(rows.iter().any(|row| row["document"].ends_with("04-scan.pdf") && row["standing"] == "not-read"));
    let row = rows.iter().find(|row| row["quote"] == "€210 million").unwrap();
    assert_eq!([&row["value"], &row["unit"], &row["standing"]], ["210000000", "EUR", "disputed"]);
    assert!(row["because"].contains("€120 million"), "{row:?}");
    assert!(row["findings"].starts_with("value-conflict "), "{row:?}");
}

#[test]
fn annotations_are_capped_and_the_rest_is_counted() {
    let text = corpora::written(all(), Format::Github);
    let of_level = |level: &str| text.lines().filter(|line| line.starts_with(&format!("::{level} "))).count();
    assert_eq!((of_level("error"), of_level("warning")), (9, 9));
    assert_eq!(of_level("notice"), 10);
    let last = text.lines().last().unwrap();
    let summary = all().summary();
    let more = [(summary.errors, "errors"), (summary.warnings, "warnings"), (summary.notes, "notes")];
    for (number, what) in more {
        assert!(last.contains(&format!("{} more {what}", number - 9)), "{last}");
    }
}

#[test]
fn quotations_are_cut_to_the_terminal() {
    let columns = 64;
    let text = corpora::written(all(), Format::Human(Terminal { columns, ..Terminal::PLAIN }));
    // "9 | ...sts another €12.4 million": what stands behind the bar of a quotation.
    let is_quoted =
        |line: &&str| line.split_once(" |").is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok());
    let quoted: Vec<&str> = text.lines().filter(is_quoted).collect();
    let longest = quoted.iter().map(|line| line.width()).max();
    assert!(longest.is_some_and(|longest| longest <= columns), "{longest:?} of {}", quoted.len());
}

#[test]
fn what_is_not_looked_at_is_in_every_format() {
    let report = sample();
    for format in
        Format::ALL.into_iter().chain([Format::Human(Terminal { colour: Colour::On, ..Terminal::PLAIN })])
    {
        assert!(corpora::written(&report, format).contains("04-scan.pdf"), "{format:?}");
    }
}
