//! A finding as the page shows it: what is said on each side, the figures as they are read, and its picture.

use std::collections::BTreeMap;

use super::plot::Plot;
use super::{Anchors, letter, without_folder};
use crate::finding::{Finding, Severity, Side};
use crate::quantity::rate_in_words;
use crate::report::words::is_as_printed;
use crate::report::{Quotation, StoryReport, counted, in_words};

/// What the page shows of a finding.
pub(super) struct FindingPart<'a> {
    pub(super) anchor: String,
    pub(super) finding: &'a Finding,
    /// What it is about, and the figures that stand against each other.
    pub(super) label: String,
    pub(super) message: String,
    pub(super) sides: Vec<SidePart<'a>>,
    pub(super) plot: Option<Plot<'a>>,
    /// The finding that shows the picture of the same topic.
    pub(super) drawn_at: Option<String>,
    pub(super) balance: Option<String>,
    pub(super) lineage: Option<String>,
    /// Why it no longer counts, where somebody accepted it.
    pub(super) accepted: Option<String>,
}

impl<'a> FindingPart<'a> {
    pub(super) fn of(
        story: &'a StoryReport,
        finding: &'a Finding,
        folder: &str,
        anchors: &mut Anchors,
        drawn: &mut BTreeMap<usize, String>,
    ) -> FindingPart<'a> {
        let anchor = anchors.next(&finding.id);
        let drawn_at = finding.topic.and_then(|topic| drawn.get(&topic).cloned());
        let chart = story.chart(finding).filter(|_| drawn_at.is_none());
        let topic = finding.topic.and_then(|id| story.topics.get(id));
        let plot = chart.zip(topic).and_then(|(chart, topic)| Plot::of(story, topic, &chart));
        if let (Some(topic), Some(_)) = (finding.topic, &plot) {
            drawn.insert(topic, anchor.clone());
        }
        let sides = finding.sides.iter().enumerate();
        FindingPart {
            finding,
            label: label(story, finding),
            message: without_folder(&finding.message, folder),
            sides: sides.map(|(idx, side)| SidePart::of(story, finding, side, idx)).collect(),
            plot,
            drawn_at,
            balance: story.balance(finding),
            lineage: story.lineage(finding).map(|told| without_folder(&told, folder)),
            accepted: finding.accepted.as_ref().map(|acceptance| story.told_acceptance(acceptance)),
            anchor,
        }
    }

    pub(super) fn severity(&self) -> &'static str {
        self.finding.severity.as_str()
    }

    pub(super) fn mark(&self) -> &'static str {
        match self.finding.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        }
    }
}

/// What the page shows of a side of a finding.
pub(super) struct SidePart<'a> {
    pub(super) letter: String,
    pub(super) sources: Option<String>,
    pub(super) quotations: Vec<Quotation<'a>>,
    pub(super) readings: Vec<Reading<'a>>,
}

impl<'a> SidePart<'a> {
    fn of(story: &'a StoryReport, finding: &Finding, side: &Side, idx: usize) -> SidePart<'a> {
        let reports = story.reports(side).len();
        let told = match story.sources(finding, side) {
            0 => "no independent source".to_owned(),
            sources if sources < reports => {
                format!("{} in {}", counted(sources, "independent source"), counted(reports, "report"))
            }
            sources => counted(sources, "independent source"),
        };
        SidePart {
            letter: letter(idx),
            sources: story.balance(finding).map(|_| told),
            quotations: story.quotations(side),
            readings: readings(story, side),
        }
    }
}

/// A figure as it is read, in its own unit and in the base currency.
pub(super) struct Reading<'a> {
    pub(super) quote: &'a str,
    pub(super) reads: String,
    pub(super) in_base: Option<String>,
    pub(super) rate: Option<String>,
}

impl Reading<'_> {
    /// Whether another reading says the same of the same words.
    fn says(&self, other: &Reading<'_>) -> bool {
        self.reads == other.reads
            && self.rate == other.rate
            && self.quote.to_lowercase() == other.quote.to_lowercase()
    }
}

/// The figures of a side as they are read, each wording once, but for those that read as they are printed.
fn readings<'a>(story: &'a StoryReport, side: &Side) -> Vec<Reading<'a>> {
    let mut readings: Vec<Reading<'a>> = Vec::new();
    for claim in side.claims.iter().filter_map(|id| story.claims.get(*id)) {
        let quote = story.quote(claim.id).unwrap_or_default();
        if is_as_printed(quote, claim) {
            continue;
        }
        let reads = in_words(claim);
        let rate = story.rate_to(claim, &story.settings.base);
        let reading = Reading {
            quote,
            in_base: story.in_base(claim).filter(|told| *told != reads),
            rate: rate.map(|(from, to, rate)| rate_in_words(&from, &to, &rate)),
            reads,
        };
        if !readings.iter().any(|known| known.says(&reading)) {
            readings.push(reading);
        }
    }
    readings
}

/// Figures that a label names; more are counted by the finding itself.
const MOST_NAMED: usize = 3;

/// What a finding is about: its topic, and the figures of its sides.
fn label(story: &StoryReport, finding: &Finding) -> String {
    let quotes: Vec<String> = finding
        .sides
        .iter()
        .take(MOST_NAMED)
        .filter_map(|side| Some(format!("“{}”", story.quote(*side.claims.first()?)?)))
        .collect();
    let more = if finding.sides.len() > MOST_NAMED { " …" } else { "" };
    match finding.topic.and_then(|id| story.topics.get(id)) {
        Some(topic) => format!("{}: {}{more}", topic.label, quotes.join(" / ")),
        None if quotes.is_empty() => finding.message.clone(),
        None => format!("{}{more}", quotes.join(" / ")),
    }
}
