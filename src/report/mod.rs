//! Reports: one file per format. A format writes what stands in the [`Report`]; it computes nothing.

mod human;
mod json;
mod markdown;
mod untrusted;

use std::io::{self, Write};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::document::{Document, Status};
use crate::finding::{Finding, Severity};
use crate::normalise::{Claim, Compared};
use crate::quantity::{Dimension, Interval, Unit, figure_in_words, interval_in_words};
use crate::reconcile::{Exchange, NearMiss, Topic, Verdict};

pub use human::write_claims as write_claims_human;
pub use json::{claims_line, write_claims as write_claims_json};

/// What a run found, story by story.
#[derive(Debug)]
pub struct Report {
    /// The stories in the order they were named.
    pub stories: Vec<StoryReport>,
    /// The currency in which figures of several currencies are shown beside each other.
    pub base: String,
}

/// What was found in one story. Ids of documents, claims and topics are places in these lists.
#[derive(Debug)]
pub struct StoryReport {
    /// The story's name.
    pub name: String,
    /// Its reports, read or not, by path.
    pub documents: Vec<Document>,
    /// Every claim, by document and place.
    pub claims: Vec<Claim>,
    /// The topics, by their first claim.
    pub topics: Vec<Topic>,
    /// Like claims that were not taken together, where the settings ask for them.
    pub near_misses: Vec<NearMiss>,
    /// The findings, errors first.
    pub findings: Vec<Finding>,
    /// Files beside the reports that hold none.
    pub others: Vec<String>,
    /// The date that undated reports were taken to speak of.
    pub as_of: Option<Date>,
    /// The rates at which its money was converted.
    pub exchange: Exchange,
}

/// The figures of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Reports that were found.
    pub documents: usize,
    /// Reports of which something was not read.
    pub unread: usize,
    /// Claims.
    pub claims: usize,
    /// Claims that are not compared, but for those of page furniture and datelines.
    pub not_compared: usize,
    /// Statements that no other one speaks to: nothing was there to compare them with.
    pub alone: usize,
    /// Topics of more than one statement.
    pub topics: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Summary {
    /// What was found: "2 errors, 1 warning, 0 notes".
    #[must_use]
    pub fn findings(&self) -> String {
        let [errors, warnings, notes] =
            [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
                .map(|(number, what)| counted(number, what));
        format!("{errors}, {warnings}, {notes}")
    }

    /// How far the comparison reached: "3 topics compared, 5 statements with nothing to compare them with, 2 claims not
    /// checked".
    #[must_use]
    pub fn coverage(&self) -> String {
        format!(
            "{} compared, {} with nothing to compare them with, {} not checked",
            counted(self.topics, "topic"),
            counted(self.alone, "statement"),
            counted(self.not_compared, "claim")
        )
    }
}

impl Report {
    /// The figures of the run.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for story in &self.stories {
            summary.documents += story.documents.len();
            summary.unread +=
                story.documents.iter().filter(|document| document.status != Status::Read).count();
            summary.claims += story.claims.len();
            summary.not_compared += story.not_compared().count();
            summary.alone += story.topics.iter().filter(|topic| topic.verdict == Verdict::Single).count();
            summary.topics += story.topics.iter().filter(|topic| topic.verdict != Verdict::Single).count();
            for finding in &story.findings {
                match finding.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Note => summary.notes += 1,
                }
            }
        }
        summary
    }
}

impl StoryReport {
    /// The claims of the reports themselves that were not compared, with the reason.
    pub fn not_compared(&self) -> impl Iterator<Item = (&Claim, &str)> {
        let is_told = |claim: &&Claim| {
            let dateline = self.documents.get(claim.document).and_then(|document| document.dateline.as_ref());
            let is_dateline = dateline.is_some_and(|range| range.contains(&claim.text.start));
            claim.block != crate::document::BlockKind::Furniture && !is_dateline
        };
        self.claims.iter().filter(is_told).filter_map(|claim| match &claim.compared {
            Compared::Yes => None,
            Compared::No(why) => Some((claim, why.as_str())),
        })
    }

    /// A claim's figure in a currency, in words, with the rate's date; nothing where it is no money or has no rate.
    #[must_use]
    pub fn in_base(&self, claim: &Claim, base: &str) -> Option<String> {
        let unit = &claim.quantity.unit;
        if unit.dimension != Dimension::Money {
            return None;
        }
        if unit.code == base {
            return Some(interval_words(claim, &claim.quantity.interval, unit));
        }
        // With no date there is no day's rate: the range over years is for comparing, not for a reader.
        self.exchange.date(claim.document)?;
        let rate = self.exchange.rate(&unit.code, base, claim.document)?;
        let exact = |value: Decimal| value.checked_mul(rate.value).and_then(|value| value.round_sf(4));
        let interval = claim.quantity.interval.map(exact)?;
        Some(match claim.quantity.best.and_then(exact) {
            Some(value) => format!("{}{}", hedge_words(claim), figure_words(value, &Unit::money(base))),
            None => interval_words(claim, &interval, &Unit::money(base)),
        })
    }
}

/// A number with its noun: "1 error", "2 errors".
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn hedge_words(claim: &Claim) -> String {
    claim.hedge.map(|hedge| format!("{} ", hedge.as_str())).unwrap_or_default()
}

/// A claim's figure in words: "about 1.08 trillion USD", "200 to 999 trillion KRW".
#[must_use]
pub fn in_words(claim: &Claim) -> String {
    match claim.quantity.best {
        Some(value) => format!("{}{}", hedge_words(claim), figure_words(value, &claim.quantity.unit)),
        None => interval_words(claim, &claim.quantity.interval, &claim.quantity.unit),
    }
}

fn figure_words(value: Decimal, unit: &Unit) -> String {
    let figure = figure_in_words(value, unit.dimension);
    let is_bare = unit.code.is_empty() || matches!(unit.dimension, Dimension::Date | Dimension::Year);
    if is_bare { figure } else { format!("{figure} {}", unit.code) }
}

fn interval_words(claim: &Claim, interval: &Interval, unit: &Unit) -> String {
    match claim.quantity.best {
        Some(value) if unit == &claim.quantity.unit => {
            format!("{}{}", hedge_words(claim), figure_words(value, unit))
        }
        Some(_) | None => interval_in_words(interval, unit),
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal, with or without colour.
    Human(Colour),
    /// The JSON contract.
    Json,
    /// To paste into a document.
    Markdown,
}

/// Whether a terminal report is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With colours.
    On,
    /// Plain.
    Off,
}

/// Writes a report.
///
/// # Errors
///
/// Only where writing fails.
pub fn write(report: &Report, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human(colour) => human::write(report, colour, out),
        Format::Json => json::write(report, out),
        Format::Markdown => markdown::write(report, out),
    }
}
