//! CSV, one claim on a row: for sorting and filtering in a spreadsheet. Figures stand in the base unit of what they
//! measure, so that they compare; as printed they are in the quotation. What was not read has a row of its own.
//!
//! RFC 4180, with a byte order mark, without which a spreadsheet takes "€" for three letters of its own country. Text of
//! strangers never begins a formula; figures have columns of their own and stay numbers.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::untrusted::visible;
use super::{Report, StoryReport};
use crate::coverage::Standing;
use crate::document::{Document, Status};
use crate::finding::{Finding, Severity};
use crate::normalise::{Claim, Source};
use crate::quantity::{Bound, Dimension, Hedge, Plain, Quantity, day_of};

const BYTE_ORDER_MARK: &str = "\u{feff}";
#[rustfmt::skip]
const COLUMNS: [&str; 28] = [
    "story", "document", "outlet", "published", "line", "column", "quote", "sentence",
    "hedge", "value", "low", "high", "unit", "kind", "measure", "subject", "part", "period", "modality", "source",
    "topic", "about", "sources", "standing", "because", "findings", "severity", "accepted",
];

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    let mut rows = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    rows.write_record(COLUMNS).map_err(cause)?;
    let mut first_topic = 1;
    for story in &report.stories {
        for claim in &story.claims {
            if let Some(document) = story.documents.get(claim.document) {
                rows.write_record(row(story, document, claim, first_topic)).map_err(cause)?;
            }
        }
        for document in &story.documents {
            if let Status::Partly(reason) | Status::Skipped(reason) = &document.status {
                rows.write_record(unread(story, document, reason)).map_err(cause)?;
            }
        }
        first_topic += story.topics.len();
    }
    rows.flush()
}

/// What went wrong in writing, such as a pipe that its reader closed.
fn cause(error: csv::Error) -> io::Error {
    let told = error.to_string();
    if let csv::ErrorKind::Io(cause) = error.into_kind() { cause } else { io::Error::other(told) }
}

fn row(
    story: &StoryReport,
    document: &Document,
    claim: &Claim,
    first_topic: usize,
) -> [String; COLUMNS.len()] {
    let (line, column) = (claim.place.line(), claim.place.column());
    let quantity = claim.canonical().unwrap_or_else(|| claim.quantity.clone());
    let [value, low, high] = numbers(&quantity);
    let topic = story.topics.iter().find(|topic| topic.claims.contains(&claim.id));
    let findings: Vec<&Finding> = story.findings_on(claim.id).collect();
    let standing = story.coverage.standings.get(claim.id);
    let published = document.published.as_ref().map(|when| when.date.to_string());
    [
        text(&story.name),
        text(&document.path),
        text(document.outlet.as_deref().unwrap_or_default()),
        published.unwrap_or_default(),
        line.to_string(),
        column.to_string(),
        text(document.slice(&claim.text)),
        text(document.slice(&claim.sentence)),
        claim.hedge.map_or("", Hedge::as_str).to_owned(),
        value,
        low,
        high,
        text(&quantity.unit.code),
        claim.kind.as_str().to_owned(),
        claim.measure.unwrap_or_default().to_owned(),
        text(&claim.subject.join(", ")),
        text(claim.part.as_deref().unwrap_or_default()),
        claim.period.as_ref().map(ToString::to_string).unwrap_or_default(),
        claim.modality.as_str().to_owned(),
        text(claim.source.as_ref().map(Source::as_str).unwrap_or_default()),
        topic.map(|topic| format!("t{}", first_topic + topic.id)).unwrap_or_default(),
        text(topic.map(|topic| topic.label.as_str()).unwrap_or_default()),
        topic.map(|topic| topic.witnesses().to_string()).unwrap_or_default(),
        standing.map_or("", Standing::as_str).to_owned(),
        text(&standing.map(|standing| because(story, standing)).unwrap_or_default()),
        joined(findings.iter().map(|finding| format!("{} {}", finding.rule, finding.id))),
        findings.iter().map(|finding| finding.severity).max().map_or("", Severity::as_str).to_owned(),
        text(&joined(
            findings.iter().filter_map(|finding| Some(story.told_acceptance(finding.accepted.as_ref()?))),
        )),
    ]
}

/// The row of a report of which something was not read: there is no claim to tell it by.
fn unread(story: &StoryReport, document: &Document, reason: &str) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| match column {
        "story" => text(&story.name),
        "document" => text(&document.path),
        "standing" => "not-read".to_owned(),
        "because" => text(reason),
        _ => String::new(),
    })
}

/// Why a claim was not checked, or the claims by which it stands as it does.
fn because(story: &StoryReport, standing: &Standing) -> String {
    match standing {
        Standing::NotChecked { because } => because.clone(),
        Standing::Corroborated { by } | Standing::Disputed { by } | Standing::Superseded { by } => {
            joined(by.iter().filter_map(|id| story.told(*id)))
        }
        Standing::Alone => String::new(),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<String>>().join("; ")
}

/// Value, low and high: a figure has a value alone, a range its two ends.
fn numbers(quantity: &Quantity) -> [String; 3] {
    let is_date = quantity.unit.dimension == Dimension::Date;
    let shown = |value: Decimal| match is_date.then(|| day_of(value)).flatten() {
        Some(day) => day.to_string(),
        None => Plain(value).to_string(),
    };
    let end = |bound: Bound| bound.value().map(shown).unwrap_or_default();
    match quantity.best {
        Some(value) => [shown(value), String::new(), String::new()],
        None => [String::new(), end(quantity.interval.low), end(quantity.interval.high)],
    }
}

/// Text on one line that no spreadsheet takes for a formula: where one would begin, an apostrophe stands before it. So
/// it does behind a semicolon, which parts the cells where the comma is the sign of decimals.
fn text(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    let mut safe = String::with_capacity(line.len());
    let mut begins = true;
    for c in visible(&line).chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        begins = c == ';' || begins && matches!(c, ' ' | '"');
        safe.push(c);
    }
    safe
}
