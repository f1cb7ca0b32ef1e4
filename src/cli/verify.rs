//! `crosscheck verify`: a JSON report, made again from the same files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, Parser};
use crosscheck::error::Error;
use crosscheck::limit;
use crosscheck::report::{self, counted};
use serde_json::Value;

use super::{Cli, Outcome, Talk, Verb, check, input, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A report that `check --format json` wrote; its paths count from where this command runs
    #[arg(value_name = "REPORT")]
    report: PathBuf,
}

pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    let then = load(&arguments.report)?;
    let check = command(&then).map_err(|problem| unfit(&arguments.report, &problem))?;
    let now = talk.working("reading and comparing once more", || now(&check))?;
    let lines = differences(&then, &now);
    let reader = output::to_stdout(|out| {
        for line in &lines {
            writeln!(out, "{}", report::visible(line))?;
        }
        Ok(())
    })?;
    let told = format!(
        "{}, {}",
        counted(list(&now, "documents").len(), "document"),
        counted(list(&now, "findings").len(), "finding")
    );
    let number = lines.len();
    let versions = versions(&then, &now);
    let outcome = match number {
        0 => Outcome::new(0, format!("{told}, the same as in the report{versions}")),
        _ => Outcome::new(1, format!("{}{versions}", counted(number, "difference"))),
    };
    Ok(outcome.unless_left(reader))
}

fn unfit(path: &Path, problem: &str) -> Error {
    Error::ExpectedArgument {
        problem: format!(
            "{}: expected a report of `crosscheck check --format json`: {problem}",
            path.display()
        ),
    }
}

fn load(path: &Path) -> Result<Value, Error> {
    let text = input::bytes(path, limit::REPORT).map_err(|cause| unfit(path, &cause.to_string()))?;
    let report: Value = serde_json::from_slice(&text).map_err(|cause| unfit(path, &cause.to_string()))?;
    match (report["tool"]["name"].as_str(), report["schema_version"].as_u64()) {
        (Some("crosscheck"), Some(1)) => Ok(report),
        (Some("crosscheck"), Some(version)) => {
            Err(unfit(path, &format!("found schema version {version}, know 1")))
        }
        _ => Err(unfit(path, "found other JSON")),
    }
}

/// The check that a report tells it was made by.
fn command(report: &Value) -> Result<check::Arguments, String> {
    let words: Vec<&str> = list(report, "command").iter().filter_map(Value::as_str).collect();
    let parsed = Cli::try_parse_from(["crosscheck"].into_iter().chain(words));
    match parsed.map(|cli| cli.verb) {
        Ok(Verb::Check(arguments)) => Ok(arguments),
        Ok(_) | Err(_) => Err("it names no check that can be made again".to_owned()),
    }
}

/// The report as it is made now.
fn now(arguments: &check::Arguments) -> Result<Value, Error> {
    let report = check::again(arguments)?;
    let mut written = Vec::new();
    let value = report::write(&report, report::Format::Json, &mut written)
        .and_then(|()| serde_json::from_slice(&written).map_err(Into::into));
    value.map_err(|cause| Error::ExpectedOutput { path: PathBuf::from("-"), cause })
}

fn list<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    report[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Which versions made the two, where they are not the same.
fn versions(then: &Value, now: &Value) -> String {
    let (then, now) = (text(&then["tool"], "version"), text(&now["tool"], "version"));
    if then == now { String::new() } else { format!("; made by crosscheck {then}, made again by {now}") }
}

/// What is not the same, a line each. Of other files, other claims are expected, and what is said of them in other words.
fn differences(then: &Value, now: &Value) -> Vec<String> {
    let mut lines = documents(then, now);
    let same_documents = lines.is_empty();
    lines.extend(stories(then, now));
    lines.extend(findings(then, now, same_documents));
    if same_documents {
        for key in ["claims", "topics"] {
            let (before, after) = (list(then, key), list(now, key));
            let moved = before.iter().zip(after).filter(|(one, other)| one != other).count();
            match moved + before.len().abs_diff(after.len()) {
                0 => {}
                number => lines.push(format!("{key}: {number} of {} differ", before.len().max(after.len()))),
            }
        }
    }
    // Where a finding differs, so does what is made of it.
    if lines.is_empty() {
        lines.extend(beside(list(then, "stories"), list(now, "stories"), "name").into_iter().filter_map(
            |(story, (before, after))| {
                altered(unlike(before?, after?)).map(|altered| format!("story {story}: {altered}"))
            },
        ));
    }
    // What is told by name is told once: a thing that stands there twice, or in another place, is seen in the whole.
    if lines.is_empty() {
        let mut keys = unlike(then, now);
        keys.retain(|key| !["command", "tool"].contains(key));
        lines.extend(altered(keys));
    }
    lines
}

/// The keys under which two objects hold something else, sorted.
fn unlike<'a>(before: &'a Value, after: &'a Value) -> BTreeSet<&'a str> {
    let keys = [before, after].into_iter().filter_map(Value::as_object).flat_map(|map| map.keys());
    keys.map(String::as_str).filter(|key| before[*key] != after[*key]).collect()
}

/// The keys in a row, for a line that says what is not as it was; none where there are none.
fn altered(keys: BTreeSet<&str>) -> Option<String> {
    let keys: Vec<&str> = keys.into_iter().collect();
    (!keys.is_empty()).then(|| format!("not as in the report: {}", keys.join(", ")))
}

/// Things by what names them, of two reports, side by side.
fn beside<'a>(
    then: &'a [Value],
    now: &'a [Value],
    key: &str,
) -> BTreeMap<&'a str, (Option<&'a Value>, Option<&'a Value>)> {
    let mut pairs: BTreeMap<&str, (Option<&Value>, Option<&Value>)> = BTreeMap::new();
    for value in then {
        pairs.entry(text(value, key)).or_default().0 = Some(value);
    }
    for value in now {
        pairs.entry(text(value, key)).or_default().1 = Some(value);
    }
    pairs
}

fn documents(then: &Value, now: &Value) -> Vec<String> {
    let pairs = beside(list(then, "documents"), list(now, "documents"), "path");
    let difference = |(path, pair): (&str, _)| match pair {
        (Some(_), None) => Some(format!("{path}: missing")),
        (None, Some(_)) => Some(format!("{path}: new")),
        (Some(before), Some(after)) if text(before, "sha256") != text(after, "sha256") => {
            Some(format!("{path}: changed"))
        }
        (Some(before), Some(after)) if text(before, "status") != text(after, "status") => {
            Some(format!("{path}: {} then, {} now", text(before, "status"), text(after, "status")))
        }
        (Some(before), Some(after)) => {
            altered(unlike(before, after)).map(|altered| format!("{path}: {altered}"))
        }
        (None, None) => None,
    };
    pairs.into_iter().filter_map(difference).collect()
}

/// Settings that a story was checked by, its rates among them.
fn stories(then: &Value, now: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for (story, pair) in beside(list(then, "stories"), list(now, "stories"), "name") {
        let (Some(before), Some(after)) = pair else {
            lines.push(format!("story {story}: {}", if pair.0.is_some() { "missing" } else { "new" }));
            continue;
        };
        let (set, sets) = (&before["settings"], &after["settings"]);
        lines.extend(
            unlike(set, sets).into_iter().map(|key| {
                format!("story {story}: {key} {} then, {} now", told(&set[key]), told(&sets[key]))
            }),
        );
    }
    lines
}

fn told(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_null() => "not given".to_owned(),
        None => value.to_string(),
    }
}

fn findings(then: &Value, now: &Value, same_documents: bool) -> Vec<String> {
    let pairs = beside(list(then, "findings"), list(now, "findings"), "id");
    let line = |how: &str, finding: &Value| {
        let [severity, rule, id, message] =
            ["severity", "rule", "id", "message"].map(|key| text(finding, key));
        format!("{how} {severity}[{rule}] {id}: {message}")
    };
    let difference = |pair| match pair {
        (Some(before), None) => Some(line("lost", before)),
        (None, Some(after)) => Some(line("gained", after)),
        (Some(before), Some(after)) if text(before, "severity") != text(after, "severity") => {
            Some(line(&format!("{} then, now", text(before, "severity")), after))
        }
        (Some(before), Some(after)) if before["accepted"].is_null() != after["accepted"].is_null() => {
            let how = if after["accepted"].is_null() { "accepted then, not now:" } else { "now accepted:" };
            Some(line(how, after))
        }
        (Some(before), Some(after)) if same_documents => {
            altered(unlike(before, after)).map(|altered| line(&format!("{altered}, in"), after))
        }
        (Some(_) | None, Some(_) | None) => None,
    };
    pairs.into_values().filter_map(difference).collect()
}
