//! Reports: one file per format. A format writes what stands in the [`Report`]; it computes nothing.

mod chart;
mod html;
mod human;
mod json;
mod markdown;
mod quotation;
mod untrusted;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::coverage::{Coverage, Standing, Suspect};
use crate::document::{Document, Place, Status, When};
use crate::finding::{Acceptance, AcceptedBy, Finding, Severity, Side};
use crate::normalise::{Claim, Compared};
use crate::quantity::{Dimension, Interval, Unit, figure_in_words, interval_in_words};
use crate::reconcile::{Exchange, NearMiss, Topic, Verdict};
use crate::settings::Settings;

pub use chart::{Chart, Drawn, Row, Stance};
pub use human::write_claims as write_claims_human;
pub use json::{claims_line, write_claims as write_claims_json};
pub use quotation::{Part, Quotation};
pub use untrusted::visible;

/// What a run found, story by story.
#[derive(Debug)]
pub struct Report {
    /// The stories in the order they were named.
    pub stories: Vec<StoryReport>,
    /// The verb and arguments that it is made with, as far as they bear on it: enough to make it again. Empty where no
    /// command was given.
    pub command: Vec<String>,
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
    /// How each claim stands, and which figures to check first.
    pub coverage: Coverage,
    /// Files beside the reports that hold none.
    pub others: Vec<String>,
    /// The date that undated reports were taken to speak of.
    pub as_of: Option<Date>,
    /// What it was checked by.
    pub settings: Settings,
    /// The rates at which its money was converted.
    pub exchange: Exchange,
    /// What else a reader must know of the run: which configuration it goes by, what that leaves out, which comments
    /// did not count.
    pub remarks: Vec<String>,
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
    /// How the claims stand.
    pub standings: Standings,
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
    /// Findings that somebody accepted; they are none of the errors, warnings and notes.
    pub accepted: usize,
}

/// How many claims stand in each way; together they are all that were compared, or could not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standings {
    /// An independent source says the same.
    pub corroborated: usize,
    /// No independent source speaks to them.
    pub alone: usize,
    /// They cannot be true together with others.
    pub disputed: usize,
    /// A later figure takes their place.
    pub superseded: usize,
    /// They were not compared.
    pub not_checked: usize,
}

impl Standings {
    fn count(&mut self, standing: &Standing) {
        let number = match standing {
            Standing::Corroborated { .. } => &mut self.corroborated,
            Standing::Alone => &mut self.alone,
            Standing::Disputed { .. } => &mut self.disputed,
            Standing::Superseded { .. } => &mut self.superseded,
            Standing::NotChecked { .. } => &mut self.not_checked,
        };
        *number += 1;
    }
}

impl Summary {
    fn count(&mut self, story: &StoryReport) {
        self.documents += story.documents.len();
        self.unread += story.documents.iter().filter(|document| document.status != Status::Read).count();
        self.claims += story.claims.len();
        story.coverage.standings.iter().for_each(|standing| self.standings.count(standing));
        self.not_compared += story.not_compared().count();
        self.alone += story.topics.iter().filter(|topic| topic.verdict == Verdict::Single).count();
        self.topics += story.topics.iter().filter(|topic| topic.verdict != Verdict::Single).count();
        self.accepted += story.accepted().count();
        for finding in story.open() {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    /// What was found: "2 errors, 1 warning, 0 notes", and "1 accepted" where any is.
    #[must_use]
    pub fn findings(&self) -> String {
        let [errors, warnings, notes] =
            [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
                .map(|(number, what)| counted(number, what));
        let accepted = match self.accepted {
            0 => String::new(),
            accepted => format!(", {accepted} accepted"),
        };
        format!("{errors}, {warnings}, {notes}{accepted}")
    }

    /// How the claims stand: "9 corroborated, 2 alone, 4 disputed, 0 superseded, 3 not checked (1 outside the text)",
    /// that is, in page furniture or a dateline.
    #[must_use]
    pub fn coverage(&self) -> String {
        let Standings { corroborated, alone, disputed, superseded, not_checked } = self.standings;
        let apart = not_checked.saturating_sub(self.not_compared);
        let apart = match apart {
            0 => String::new(),
            _ => format!(" ({apart} outside the text)"),
        };
        format!(
            "{corroborated} corroborated, {alone} alone, {disputed} disputed, {superseded} superseded, \
             {not_checked} not checked{apart}"
        )
    }
}

impl Report {
    /// The figures of the run.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        self.stories.iter().for_each(|story| summary.count(story));
        summary
    }
}

impl StoryReport {
    /// The findings that count: those that nobody accepted.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.accepted.is_none())
    }

    /// The findings that somebody accepted, each with their word.
    pub fn accepted(&self) -> impl Iterator<Item = (&Finding, &Acceptance)> {
        self.findings.iter().filter_map(|finding| Some((finding, finding.accepted.as_ref()?)))
    }

    /// Why a finding no longer counts: "checked with the ministry (until 2026-12-31)", "a slogan (a.md:9)".
    #[must_use]
    pub fn told_acceptance(&self, acceptance: &Acceptance) -> String {
        let Acceptance { reason, by } = acceptance;
        match by {
            AcceptedBy::Entry { until: None } => reason.clone(),
            AcceptedBy::Entry { until: Some(until) } => format!("{reason} (until {until})"),
            AcceptedBy::Comment { document, line } => {
                let path = self.documents.get(*document).map_or("", |document| document.path.as_str());
                format!("{reason} ({path}:{line})")
            }
        }
    }

    /// The figures of the story.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        summary.count(self);
        summary
    }

    /// The folder that all of its reports lie in, with its last `/`; empty where they share none.
    #[must_use]
    pub fn folder(&self) -> &str {
        let folder = |path: &'_ str| path.rfind('/').map_or(0, |at| at + 1);
        let mut paths = self.documents.iter().map(|document| document.path.as_str());
        let first = paths.next().unwrap_or_default();
        let shared = paths.fold(first.get(..folder(first)).unwrap_or_default(), |sofar, path| {
            let mut shared = sofar;
            while !path.starts_with(shared) {
                let above = shared.trim_end_matches('/');
                shared = above.get(..folder(above)).unwrap_or_default();
            }
            shared
        });
        shared
    }

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

    /// The claims that no independent source speaks to.
    pub fn alone(&self) -> impl Iterator<Item = &Claim> {
        let stands = |claim: &&Claim| self.coverage.standings.get(claim.id) == Some(&Standing::Alone);
        self.claims.iter().filter(stands)
    }

    /// How many independent sources stand on a side of a finding.
    #[must_use]
    pub fn sources(&self, finding: &Finding, side: &Side) -> usize {
        let topic = finding.topic.and_then(|id| self.topics.get(id));
        let source = |document: usize| topic.and_then(|topic| topic.source_of(document)).ok_or(document);
        self.reports(side).into_iter().map(source).collect::<BTreeSet<_>>().len()
    }

    /// The reports on a side of a finding.
    #[must_use]
    pub fn reports(&self, side: &Side) -> BTreeSet<usize> {
        side.claims.iter().filter_map(|id| self.claims.get(*id)).map(|claim| claim.document).collect()
    }

    /// How many independent sources stand on each side, "2 independent sources for “43”, 1 for “34”": nothing where one
    /// report stands alone against itself.
    #[must_use]
    pub fn balance(&self, finding: &Finding) -> Option<String> {
        let all: BTreeSet<usize> = finding.sides.iter().flat_map(|side| self.reports(side)).collect();
        if all.len() < 2 {
            return None;
        }
        let told = finding.sides.iter().enumerate().filter_map(|(at, side)| {
            let number = self.sources(finding, side);
            let number = if at == 0 { counted(number, "independent source") } else { number.to_string() };
            let reports = self.reports(side).len();
            let copies = if self.sources(finding, side) < reports {
                format!(" (printed in {reports} reports)")
            } else {
                String::new()
            };
            Some(format!("{number} for “{}”{copies}", self.quote(*side.claims.first()?)?))
        });
        Some(told.collect::<Vec<String>>().join(", "))
    }

    /// What a claim quotes.
    #[must_use]
    pub fn quote(&self, id: usize) -> Option<&str> {
        let claim = self.claims.get(id)?;
        Some(self.documents.get(claim.document)?.slice(&claim.text))
    }

    /// A claim with its place: "“43” in a.txt:9".
    #[must_use]
    pub fn told(&self, id: usize) -> Option<String> {
        let claim = self.claims.get(id)?;
        let document = self.documents.get(claim.document)?;
        let line = match document.place(&claim.text) {
            Place::Line { line, .. } | Place::Page { line, .. } => line,
            Place::Paragraph { number } => number,
        };
        Some(format!("“{}” in {}:{line}", document.slice(&claim.text), document.path))
    }

    /// A figure to check, with its place and with what it is given as: "“43” in a.txt:9".
    #[must_use]
    pub fn told_suspect(&self, suspect: &Suspect) -> Option<String> {
        let first = *suspect.claims.first()?;
        let again = self.claims.get(first + 1).filter(|next| next.restates == Some(first));
        let again =
            again.filter(|next| suspect.claims.contains(&next.id)).and_then(|next| self.quote(next.id));
        let again = again.map(|quote| format!(", given as “{quote}”")).unwrap_or_default();
        Some(format!("{}{again}", self.told(first)?))
    }

    /// The figure that may be wrong instead, with its place.
    #[must_use]
    pub fn told_instead(&self, suspect: &Suspect) -> Option<String> {
        self.told(*suspect.or.first()?)
    }

    /// What is cleared once a figure and those before it are right: "clears value-conflict on deaths".
    #[must_use]
    pub fn told_clears(&self, suspect: &Suspect) -> String {
        let name = |finding: &Finding| match finding.topic.and_then(|id| self.topics.get(id)) {
            Some(topic) => format!("{} on {}", finding.rule, topic.label),
            None => finding.rule.to_owned(),
        };
        let mut names: Vec<(String, usize)> = Vec::new();
        for told in suspect.clears.iter().filter_map(|at| self.findings.get(*at)).map(name) {
            match names.iter_mut().find(|(known, _)| *known == told) {
                Some((_, times)) => *times += 1,
                None => names.push((told, 1)),
            }
        }
        let times = |(name, times): &(String, usize)| match times {
            1 => name.clone(),
            times => format!("{times} of {name}"),
        };
        match names.as_slice() {
            [] => "needed with the next one".to_owned(),
            _ => format!("clears {}", names.iter().map(times).collect::<Vec<String>>().join(", ")),
        }
    }

    /// Who printed a finding's figure first, and who repeats it, as far as it is known: "“34” in a.txt, 3 March 2026;
    /// repeated in b.txt".
    #[must_use]
    pub fn lineage(&self, finding: &Finding) -> Option<String> {
        let topic = self.topics.get(finding.topic?)?;
        let first = topic.lineage.first?;
        let is_shown = finding.sides.iter().any(|side| side.claims.contains(&first));
        let own = self.claims.get(first).filter(|_| is_shown)?;
        let repeats: Vec<&str> = topic
            .lineage
            .repeats
            .iter()
            .filter_map(|id| Some(self.document_of(*id)?.path.as_str()))
            .collect();
        let again =
            if repeats.is_empty() { String::new() } else { format!("; repeated in {}", repeats.join(", ")) };
        let document = self.documents.get(own.document)?;
        let when = document.published.as_ref().map(stamp)?;
        Some(format!("“{}” in {}, {when}{again}", document.slice(&own.text), document.path))
    }

    /// The report that a claim stands in.
    #[must_use]
    pub fn document_of(&self, id: usize) -> Option<&Document> {
        self.documents.get(self.claims.get(id)?.document)
    }

    /// The open errors and warnings of which some figure can be checked.
    #[must_use]
    pub fn to_clear(&self) -> usize {
        let is_told = |finding: &&Finding| finding.severity != Severity::Note && !finding.sides.is_empty();
        self.open().filter(is_told).count()
    }

    /// A claim's figure in the base currency, in words; nothing where it is no money or has no rate.
    #[must_use]
    pub fn in_base(&self, claim: &Claim) -> Option<String> {
        let base = self.settings.base.as_str();
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

/// A report's date, with its clock where it states one.
fn stamp(when: &When) -> String {
    match (when.time, when.zone.as_deref()) {
        (Some(time), zone) => {
            let zone = zone.map(|zone| format!(" {zone}")).unwrap_or_default();
            format!("{} {}{zone}", when.date, time.strftime("%H:%M"))
        }
        (None, _) => when.date.to_string(),
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
    /// One file for a browser, to read, to print and to sign.
    Html,
}

/// What a person is told of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its name on the command line.
    pub name: &'static str,
    /// The endings of file names that mean it.
    pub endings: &'static [&'static str],
    /// What it is good for.
    pub purpose: &'static str,
}

impl Format {
    /// Every format, the one for a terminal without colour.
    pub const ALL: [Format; 4] = [Format::Human(Colour::Off), Format::Json, Format::Markdown, Format::Html];

    /// Its name, the endings of its files and what it is good for.
    #[must_use]
    pub fn about(self) -> About {
        let (name, endings, purpose): (_, &[_], _) = match self {
            Format::Human(_) => ("human", &["txt"], "For a terminal: quotations, arithmetic, causes"),
            Format::Json => ("json", &["json"], "For programs: the contract of docs/report.schema.json"),
            Format::Markdown => ("markdown", &["md", "markdown"], "To paste into a document"),
            Format::Html => ("html", &["html", "htm"], "One file for a browser: to read, to print, to sign"),
        };
        About { name, endings, purpose }
    }

    /// The format of a name, as [`About`] has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.about().name == name)
    }

    /// The format that a file's name promises.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::ALL.into_iter().find(|format| format.about().endings.contains(&ending.as_str()))
    }
}

/// Whether a terminal report is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With colours.
    On,
    /// With colours, and with links to the files for a terminal that follows them.
    Linked,
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
        Format::Html => html::write(report, out),
    }
}
