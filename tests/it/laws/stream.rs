//! A story told as lines gives the same bytes as its files, and no line ends a run.

use std::fmt::Write as _;
use std::path::Path;

use crosscheck::document::{Format, Known, find_story, read_bytes};
use crosscheck::report::{self, Format as Written, Report, StoryReport};
use crosscheck::settings::Settings;
use crosscheck::stream::{self, Problem, Stories, Told};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use super::tried;
use crate::corpora;

/// The lines of a story whose claims were read.
fn lines(story: &StoryReport) -> String {
    let mut lines = Vec::new();
    stream::write(story, &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

/// The stories that lines tell.
fn told(lines: &str) -> Result<Vec<Told>, Problem> {
    let mut stories = Stories::default();
    let mut told = Vec::new();
    for (idx, line) in lines.lines().enumerate() {
        told.extend(stories.take(idx + 1, line)?);
    }
    told.extend(stories.close()?);
    Ok(told)
}

fn judged(lines: &str) -> Result<Report, Problem> {
    let stories = told(lines)?.into_iter().map(|told| crosscheck::check_claims(told, &Settings::new()));
    Ok(Report { stories: stories.collect(), command: Vec::new() })
}

/// What differs first between the report on files and the one on the lines that tell them.
fn difference(read: StoryReport, checked: StoryReport) -> Option<String> {
    let report = Report { stories: vec![checked], command: Vec::new() };
    let expected = corpora::written(&report, Written::Json);
    let found = match judged(&lines(&read)) {
        Ok(report) => corpora::written(&report, Written::Json),
        Err(problem) => return Some(format!("{problem:?}")),
    };
    let mut pairs = expected.lines().zip(found.lines());
    let first = pairs.find(|(one, other)| one != other).map(|(one, other)| format!("{one} and {other}"));
    (expected != found).then(|| first.unwrap_or_default())
}

#[test]
fn told_as_lines_a_story_gives_the_same_bytes() {
    let mut problems = String::new();
    let other = ["sample", "read"].map(|folder| find_story(&Path::new("corpora").join(folder)).unwrap());
    for story in corpora::all_stories().into_iter().chain(other) {
        let read = crosscheck::extract_story(&story, &Settings::new());
        if let Some(found) = difference(read, corpora::check(&story)) {
            let _ = writeln!(problems, "{}: {found}", story.name);
        }
    }
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn so_does_a_live_blog_whose_posts_have_times_of_their_own() {
    let post = |hour: u32, toll: u32| {
        format!(
            "<section><time datetime=\"2026-03-04T{hour:02}:10\"></time><p>{toll} people died in Torv.</p></section>"
        )
    };
    let blog = format!(
        "<title>Torv</title><meta property=\"article:published_time\" content=\"2026-03-04T18:00\"><article>{}{}{}</article>",
        post(16, 14),
        post(12, 9),
        post(8, 4)
    );
    let wire = b"TORV, March 4, 2026 (Torv Wire) - 14 people died in Torv.".as_slice();
    let documents = || {
        let known = Known::default();
        vec![
            read_bytes("blog.html", Format::Html, blog.as_bytes(), &known),
            read_bytes("wire.txt", Format::Text, wire, &known),
        ]
    };
    let checked = crosscheck::check_documents("torv", documents(), &Settings::new());
    assert_eq!(checked.documents[0].posts.len(), 3);
    let read = crosscheck::extract_documents("torv", documents(), &Settings::new());
    assert_eq!(difference(read, checked), None);
}

/// The claims of a story in the shape that the JSON report has, and nothing else.
fn bare(lines: &str) -> Vec<Value> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let claims = lines.filter(|line| line.get("document").is_some());
    claims
        .map(|mut claim| {
            claim.as_object_mut().unwrap().remove("read");
            claim
        })
        .collect()
}

fn joined(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn claims_alone_are_compared_by_their_sentences() {
    let story = find_story(Path::new("corpora/sample")).unwrap();
    let claims = bare(&lines(&crosscheck::extract_story(&story, &Settings::new())));
    let report = judged(&joined(&claims)).unwrap();
    let [found] = report.stories.as_slice() else { panic!("one story") };
    let rules = |story: &StoryReport| story.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>();
    let of_files = corpora::check(&story);
    let of_files: Vec<_> = rules(&of_files).into_iter().filter(|rule| *rule == "value-conflict").collect();
    assert!(!of_files.is_empty());
    let of_lines: Vec<_> = rules(found).into_iter().filter(|rule| *rule == "value-conflict").collect();
    assert_eq!(of_lines, of_files);
}

#[test]
fn ids_stay_those_of_the_lines() {
    let claim = |id: Value, document: &str, value: &str| {
        let quantity = json!({"value": value, "unit": "EUR", "dimension": "money"});
        let sentence = format!("The bridge over the Tarn will cost {value} euros.");
        json!({"story": 7, "id": id, "document": document, "quantity": quantity, "quote": value,
               "sentence": sentence, "measure": "cost"})
    };
    let lines = joined(&[claim(json!("row 12"), "b", "120000000"), claim(json!(3), "a", "210000000")]);
    let report = judged(&lines).unwrap();
    let mut written = Vec::new();
    report::write_json_line(&report, &mut written).unwrap();
    assert_eq!(written.iter().filter(|byte| **byte == b'\n').count(), 1, "one line for one story");
    let written: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(written["stories"][0]["name"], "7");
    let sides = written["findings"][0]["sides"].as_array().unwrap();
    let claims: Vec<&Value> = sides.iter().flat_map(|side| side["claims"].as_array().unwrap()).collect();
    assert_eq!(claims, ["3", "row 12"]);
}

/// A claim of so much money, in a sentence of its own.
fn costs(story: &str, id: &str, quantity: &Value) -> Value {
    json!({"story": story, "id": id, "document": id, "quantity": quantity, "quote": "so much",
           "sentence": "The bridge over the Tarn will cost so much.", "measure": "cost"})
}

#[test]
fn a_number_too_large_to_judge_is_an_error() {
    for value in ["70000000000000000000000000000", "-7e28", "1e28", "79228162514264337593543950335"] {
        let line = costs("s", "a", &json!({"value": value, "unit": "EUR"})).to_string();
        let problem = told(&line).map(|told| told.len());
        assert!(
            problem.as_ref().is_err_and(|problem| problem.what.contains("a smaller number")),
            "{value}: {problem:?}"
        );
    }
}

fn problem(line: &Value) -> String {
    told(&line.to_string()).err().map(|problem| problem.what).unwrap_or_default()
}

#[test]
fn a_quantity_without_a_number_or_with_its_ends_turned_round_is_an_error() {
    for (quantity, found) in [
        (json!({"unit": "EUR"}), "found none of them"),
        (json!({"low": "1", "unit": "EUR"}), "found `low` alone"),
        (json!({"high": "1", "unit": "EUR"}), "found `high` alone"),
        (json!({"low": "2", "high": "1", "unit": "EUR"}), "found 2 and 1"),
    ] {
        let mut line = costs("s", "a", &quantity);
        assert!(problem(&line).ends_with(found), "{quantity}: {}", problem(&line));
        line["compared"] = json!({"because": "its day is not known"});
        assert_eq!(problem(&line).is_empty(), found != "found 2 and 1", "{quantity}");
    }
}

#[test]
fn intervals_stand_both_in_the_unit_of_the_quantity() {
    let with = |hard: Value, soft: Value| {
        let mut line = costs("s", "a", &json!({"value": "5", "unit": "EUR"}));
        (line["hard"], line["soft"]) = (hard, soft);
        problem(&line)
    };
    let own = || json!("5 in [4,6] EUR");
    assert_eq!(with(own(), own()), "");
    assert_eq!(with(own(), json!(null)), "expected `soft` beside `hard`, found `hard` alone");
    assert_eq!(with(json!(null), own()), "expected `hard` beside `soft`, found `soft` alone");
    let found = with(own(), json!("5 in [4,6] USD"));
    assert_eq!(found, "expected `soft` in the unit of `quantity`, `EUR`, found `USD`");
}

#[test]
fn periods_are_those_that_are_known() {
    let periods = ["2026", "2026-Q3", "every day", "every year", "against the quarter before"];
    let strange = ["26", "+2026", "20260", "2026-Q03", "2026-Q5", "every eon", "against the week before", ""];
    for (period, is_known) in
        periods.map(|one| (one, true)).into_iter().chain(strange.map(|one| (one, false)))
    {
        let mut line = costs("s", "a", &json!({"value": "5", "unit": "EUR"}));
        line["period"] = json!(period);
        assert_eq!(problem(&line).is_empty(), is_known, "{period}: {}", problem(&line));
    }
}

#[test]
fn a_story_that_a_bad_line_ends_is_given() {
    let line = |story: &str| costs(story, "a", &json!({"value": "5", "unit": "EUR"}));
    let mut bad = line("t");
    bad["quantity"] = json!(5);
    let mut stories = Stories::default();
    assert!(stories.take(1, &line("s").to_string()).unwrap().is_none());
    assert_eq!(stories.take(2, &bad.to_string()).unwrap().unwrap().name, "s");
    assert_eq!(stories.close().unwrap_err().line, 2);
}

#[test]
fn a_document_without_a_text_is_plain_whatever_its_format() {
    let document = json!({"story": "s", "path": "a", "format": "html"});
    let mut claim = costs("s", "a", &json!({"value": "5", "unit": "EUR"}));
    claim["sentence"] = json!("<p>The bridge & so much</p>");
    let told = told(&joined(&[document, claim])).unwrap();
    assert_eq!(told[0].documents[0].format, Format::Html);
    assert_eq!(told[0].documents[0].text.trim_end(), "<p>The bridge & so much</p>");
}

#[test]
fn a_file_with_two_byte_order_marks_reads_back() {
    let text = "\u{feff}\u{feff}14 people died in Torv.".as_bytes();
    let documents = || vec![read_bytes("a.txt", Format::Text, text, &Known::default())];
    let checked = crosscheck::check_documents("torv", documents(), &Settings::new());
    assert_eq!(checked.claims.len(), 1);
    let read = crosscheck::extract_documents("torv", documents(), &Settings::new());
    assert_eq!(difference(read, checked), None);
}

/// Values that a line may hold in place of its own.
fn strange() -> impl Strategy<Value = Option<Value>> {
    let texts = select(vec![
        "",
        "x",
        "0",
        "-1",
        "1e999",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "70000000000000000000000000000",
        "-7e28",
        "1e28",
        "0.0000000001",
        "2026-02-30",
        "2026-07-02",
        "9999-12-31",
        "[1,2] USD",
        "(5,2] km",
        "GW",
        "USD",
        "XXX",
        "km/h",
        "date",
        "%",
        "\u{202e}",
        "\n",
        "c1",
        "c2",
        "deaths",
        "before",
        "headline",
        "count",
        "year",
        "quarter",
        "every day",
        "2026-Q9",
    ]);
    prop_oneof![
        8 => texts.prop_map(|text| Some(json!(text))),
        2 => select(vec![json!(null), json!(true), json!(0), json!(-3), json!(u64::MAX), json!(1.5), json!([]), json!({}),
                         json!(["a", "a"]), json!({"start": 9, "end": 2}), json!([{}])]).prop_map(Some),
        1 => Just(None),
        1 => any::<String>().prop_map(|text| Some(json!(text))),
    ]
}

/// Puts a value, or nothing, in the place of one that a line has.
fn disturb(line: &mut Value, place: &Index, with: Option<Value>) {
    let Some(object) = line.as_object_mut() else { return };
    let key = object.keys().nth(place.index(object.len())).unwrap().clone();
    match (object.get_mut(&key), with) {
        (Some(Value::Object(inner)), with) if !inner.is_empty() && place.index(3) > 0 => {
            let mut inner_line = Value::Object(std::mem::take(inner));
            disturb(&mut inner_line, place, with);
            object.insert(key, inner_line);
        }
        (_, Some(with)) => {
            object.insert(key, with);
        }
        (_, None) => {
            object.remove(&key);
        }
    }
}

fn survives(lines: &str) {
    if let Ok(report) = judged(lines) {
        for format in corpora::formats() {
            corpora::written(&report, format);
        }
    }
}

proptest! {
    #![proptest_config(tried())]

    #[test]
    fn no_line_ends_a_run(slips in prop::collection::vec((any::<Index>(), any::<Index>(), strange()), 1..4), with_text: bool) {
        let story = find_story(Path::new("corpora/stories/korea-mega-projects")).unwrap();
        let own = lines(&crosscheck::extract_story(&story, &Settings::new()));
        let mut lines: Vec<Value> = own.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        if !with_text {
            lines = bare(&own);
        }
        for (line, place, with) in slips {
            let at = line.index(lines.len());
            disturb(&mut lines[at], &place, with);
        }
        survives(&joined(&lines));
    }

    #[test]
    fn no_text_does_either(text in any::<String>(), key in select(vec!["path", "document", "left_out"])) {
        survives(&text);
        survives(&json!({"story": "s", "id": text, key: text, "text": text, "quantity": {"value": "5"}}).to_string());
    }
}
