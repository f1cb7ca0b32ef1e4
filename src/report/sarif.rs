//! SARIF 2.1.0, for code scanning: each finding is a result that stands at the figure itself and links to the others.
//!
//! One run holds all stories: a file may hold no more than 20 runs, and a story that is gone takes its results along.
//! Limits and hints are those of GitHub's documentation.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::untrusted::{self, link_target, visible};
use super::{Report, StoryReport, counted, in_words};
use crate::document::{Document, Place, Status};
use crate::finding::{Acceptance, AcceptedBy, Finding, RULES, Rule, Severity, UNREAD};
use crate::normalise::Claim;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The most results of a run; what weighs least is left out, and the run says so.
const MOST_RESULTS: usize = 25_000;
/// The most places of a result, its own included.
const MOST_PLACES: usize = 1_000;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run(report)] });
    writeln!(out, "{}", untrusted::json(&serde_json::to_string_pretty(&log)?))
}

fn run(report: &Report) -> Value {
    let mut findings = report.findings();
    findings.sort_by_key(|(_, finding)| finding.accepted.is_some());
    let left_out = findings.len().saturating_sub(MOST_RESULTS);
    findings.truncate(MOST_RESULTS);
    let raised: Vec<&Rule> =
        RULES.iter().filter(|rule| findings.iter().any(|(_, finding)| finding.rule == rule.id)).collect();
    let results: Vec<Value> =
        findings.iter().map(|(story, finding)| result(story, finding, &raised)).collect();
    json!({
        "tool": { "driver": {
            "name": "crosscheck",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": raised.into_iter().map(rule).collect::<Vec<Value>>(),
        } },
        "automationDetails": { "id": category(report) },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report, left_out)],
        "artifacts": artifacts(report),
        "results": results,
    })
}

/// Under which name a later upload takes the place of this one: the part before the last slash.
fn category(report: &Report) -> String {
    match report.stories.as_slice() {
        [story] => format!("crosscheck/{}/", visible(&story.name)),
        [] | [..] => "crosscheck/".to_owned(),
    }
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.meaning() },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity().as_str() },
        "properties": { "tags": ["numbers"] },
    })
}

/// Whether everything was read, and what was not.
fn invocation(report: &Report, left_out: usize) -> Value {
    let mut notifications: Vec<Value> = Vec::new();
    for document in report.stories.iter().flat_map(|story| &story.documents) {
        let (what, reason) = match &document.status {
            Status::Read => continue,
            Status::Partly(reason) => ("read only in part", reason),
            Status::Skipped(reason) => ("not read", reason),
        };
        notifications.push(json!({
            "level": "error",
            "message": { "text": plain(&format!("{} was {what}: {reason}", document.path)) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&document.path) } } }],
        }));
    }
    for remark in report.stories.iter().flat_map(|story| &story.remarks) {
        notifications.push(json!({ "level": "note", "message": { "text": plain(remark) } }));
    }
    if left_out > 0 {
        let told = format!("{} left out: a run holds {MOST_RESULTS} at most", counted(left_out, "finding"));
        notifications.push(json!({ "level": "warning", "message": { "text": told } }));
    }
    let is_failed =
        |(_, finding): &(_, &Finding)| finding.rule == UNREAD && finding.severity == Severity::Error;
    json!({
        "executionSuccessful": !report.findings().iter().any(is_failed),
        "toolExecutionNotifications": notifications,
    })
}

/// The files that were looked at, each once.
fn artifacts(report: &Report) -> Vec<Value> {
    let documents = report.stories.iter().flat_map(|story| &story.documents);
    let mut seen = BTreeSet::new();
    let artifact = |document: &Document| {
        let mut artifact = json!({
            "location": { "uri": uri(&document.path) },
            "roles": ["analysisTarget"],
        });
        if document.is_read() {
            artifact["encoding"] = document.encoding.into();
            artifact["hashes"] = json!({ "sha-256": document.sha256 });
        }
        artifact
    };
    documents.filter(|document| seen.insert(&document.path)).map(artifact).collect()
}

fn result(story: &StoryReport, finding: &Finding, raised: &[&Rule]) -> Value {
    let mut claims = story.claims_of(finding);
    let own = claims.next();
    let others: Vec<&Claim> = claims.collect();
    // A result is shown at a place or not at all; what is of no report is shown at the story's first.
    let locations: Vec<Value> = match (own, story.home(finding).or(story.documents.first())) {
        (Some(claim), _) => located(story, claim).into_iter().collect(),
        (None, Some(document)) => vec![location(document, first_character())],
        (None, None) => Vec::new(),
    };
    let related = others.iter().take(MOST_PLACES - 1).enumerate().filter_map(|(at, claim)| {
        let mut place = located(story, claim)?;
        place["id"] = (at + 1).into();
        let told = format!("“{}” reads {}", story.quote(claim.id)?, in_words(claim));
        place["message"] = json!({ "text": plain(&told) });
        Some(place)
    });
    json!({
        "ruleId": finding.rule,
        "ruleIndex": raised.iter().position(|rule| rule.id == finding.rule),
        "level": finding.severity.as_str(),
        "message": { "text": message(story, finding, &others) },
        "locations": locations,
        "relatedLocations": related.collect::<Vec<Value>>(),
        "partialFingerprints": { "numericClaim/v1": finding.id },
        // On every result or on none, by section 3.27.23.
        "suppressions": finding.accepted.iter().map(|own| suppression(story, own)).collect::<Vec<Value>>(),
        "properties": { "story": visible(&story.name), "working": shown(&finding.working) },
    })
}

/// The finding, a link to the first figure of each other side, the likely causes and what to do.
fn message(story: &StoryReport, finding: &Finding, others: &[&Claim]) -> String {
    let mut text = sentence(&finding.message);
    let firsts = finding.sides.iter().skip(1).filter_map(|side| side.claims.first());
    let links: Vec<String> = firsts
        .filter_map(|id| {
            let at = others.iter().take(MOST_PLACES - 1).position(|claim| claim.id == *id)?;
            Some(format!("[{}]({})", plain(&story.address(*id)?), at + 1))
        })
        .collect();
    if !links.is_empty() {
        text.push_str(&format!(" Compare {}.", links.join(", ")));
    }
    if others.len() >= MOST_PLACES {
        text.push_str(&format!(" It stands in {} places; {MOST_PLACES} are shown.", others.len() + 1));
    }
    for cause in &finding.causes {
        text.push_str(&format!(" Likely cause, {}: {}", cause.cause, sentence(&cause.why)));
    }
    text.push_str(&format!(" What to do: {}", sentence(&finding.advice)));
    text
}

fn suppression(story: &StoryReport, acceptance: &Acceptance) -> Value {
    let kind = match acceptance.by {
        AcceptedBy::Entry { .. } => "external",
        AcceptedBy::Comment { .. } => "inSource",
    };
    let justification = plain(&story.told_acceptance(acceptance));
    json!({ "kind": kind, "status": "accepted", "justification": justification })
}

fn located(story: &StoryReport, claim: &Claim) -> Option<Value> {
    let document = story.documents.get(claim.document)?;
    let region = match (claim.place, document.place_behind(&claim.text)) {
        (Place::Line { line, column }, Place::Line { line: end_line, column: end_column }) => json!({
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }),
        (Place::Line { .. } | Place::Page { .. } | Place::Paragraph { .. }, _) => first_character(),
    };
    Some(location(document, region))
}

/// Where a file as a whole is shown: a place needs a line.
fn first_character() -> Value {
    json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2 })
}

fn location(document: &Document, region: Value) -> Value {
    json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&document.path) }, "region": region } })
}

/// The address of a file: relative as it was named, or absolute.
fn uri(path: &str) -> String {
    let target = link_target(path);
    if target.starts_with('/') { format!("file://{target}") } else { target }
}

fn shown(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| visible(text)).collect()
}

fn sentence(text: &str) -> String {
    let text = plain(text);
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}

/// Text for a message, in which brackets are links and braces placeholders (sections 3.11.5 and 3.11.6).
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '[' | ']' | '\\' => safe.push('\\'),
            '{' | '}' => safe.push(c),
            _ => {}
        }
        safe.push(c);
    }
    safe
}
