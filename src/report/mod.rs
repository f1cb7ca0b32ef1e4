//! Reports: one file per format. A format writes what stands in the [`Report`]; it computes nothing.

mod article;
mod chart;
mod csv;
mod github;
mod html;
mod human;
mod json;
mod junit;
mod markdown;
mod quotation;
mod sarif;
mod untrusted;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;

use crate::coverage::{Coverage, Standing};
use crate::document::{BlockKind, Document, Status};
use crate::finding::{Acceptance, Finding, Severity, Side};
use crate::normalise::{Claim, Compared};
use crate::reconcile::{Exchange, NearMiss, Topic, Verdict};
use crate::settings::Settings;

pub use chart::{Chart, Drawn, Row, Stance};
pub use human::write_claims as write_claims_human;
pub(crate) use json::{claim_value, document_value, line as json_line};
pub use json::{claims_line, write_claims as write_claims_json, write_line as write_json_line};
pub use quotation::{Part, Quotation};
pub use untrusted::visible;
pub use words::{counted, in_words};

use words::grouped;

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
    /// The claims' ids by which reports name them, where they were given some; none where they are numbered.
    pub claim_ids: Vec<String>,
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
    /// How the draft's claims stand, where there is one.
    pub draft: Option<Standings>,
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
    /// Of those not compared, how many stand in page furniture or a dateline.
    pub outside: usize,
}

impl fmt::Display for Standings {
    /// "9 corroborated, 2 alone, 4 disputed, 0 superseded, 3 not checked (1 outside the text)", that is, in page furniture
    /// or a dateline.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Standings { corroborated, alone, disputed, superseded, not_checked, outside } = self;
        let [corroborated, alone, disputed, superseded, not_checked] =
            [corroborated, alone, disputed, superseded, not_checked].map(|number| grouped(*number));
        write!(
            f,
            "{corroborated} corroborated, {alone} alone, {disputed} disputed, {superseded} superseded, \
             {not_checked} not checked"
        )?;
        if *outside > 0 { write!(f, " ({} outside the text)", grouped(*outside)) } else { Ok(()) }
    }
}

impl Standings {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.corroborated + self.alone + self.disputed + self.superseded + self.not_checked
    }

    fn count(&mut self, story: &StoryReport, (claim, standing): (&Claim, &Standing)) {
        let number = match standing {
            Standing::Corroborated { .. } => &mut self.corroborated,
            Standing::Alone => &mut self.alone,
            Standing::Disputed { .. } => &mut self.disputed,
            Standing::Superseded { .. } => &mut self.superseded,
            Standing::NotChecked { .. } => &mut self.not_checked,
        };
        *number += 1;
        self.outside += usize::from(!claim.is_compared() && story.is_outside(claim));
    }
}

impl Summary {
    /// Adds the figures of a story.
    pub fn count(&mut self, story: &StoryReport) {
        self.documents += story.documents.len();
        self.unread += story.documents.iter().filter(|document| document.status != Status::Read).count();
        self.claims += story.claims.len();
        if story.draft().is_some() {
            self.draft.get_or_insert_default();
        }
        for (claim, standing) in story.claims.iter().zip(&story.coverage.standings) {
            self.standings.count(story, (claim, standing));
            if let Some(draft) = self.draft.as_mut().filter(|_| story.is_draft(claim.document)) {
                draft.count(story, (claim, standing));
            }
        }
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

    /// How the draft's figures stand, where there is one: "14 figures in the draft: 9 corroborated, …".
    #[must_use]
    pub fn draft(&self) -> Option<String> {
        let standings = self.draft?;
        Some(format!("{} in the draft: {standings}", counted(standings.all(), "figure")))
    }
}

impl Report {
    /// Every finding with its story, errors first.
    #[must_use]
    pub fn findings(&self) -> Vec<(&StoryReport, &Finding)> {
        let mut all = Vec::new();
        for story in &self.stories {
            all.extend(story.findings.iter().map(|finding| (story, finding)));
        }
        all.sort_by_key(|(_, finding)| Reverse(finding.severity));
        all
    }

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
        let folder = |path: &str| path.rfind('/').map_or(0, |at| at + 1);
        let mut paths = self.documents.iter().map(|document| document.path.as_str());
        let first = paths.next().unwrap_or_default();
        let mut shared = first.get(..folder(first)).unwrap_or_default();
        for path in paths {
            while !path.starts_with(shared) {
                let above = shared.trim_end_matches('/');
                shared = above.get(..folder(above)).unwrap_or_default();
            }
        }
        shared
    }

    /// The claims of the reports themselves that were not compared, with the reason.
    pub fn not_compared(&self) -> impl Iterator<Item = (&Claim, &str)> {
        let is_told = |claim: &&Claim| !self.is_outside(claim);
        self.claims.iter().filter(is_told).filter_map(|claim| match &claim.compared {
            Compared::Yes => None,
            Compared::No(why) => Some((claim, why.as_str())),
        })
    }

    /// Whether a claim stands outside a report's text: in page furniture or the dateline.
    fn is_outside(&self, claim: &Claim) -> bool {
        let dateline = self.documents.get(claim.document).and_then(|document| document.dateline.as_ref());
        let is_dateline = dateline.is_some_and(|range| range.contains(&claim.text.start));
        claim.block == BlockKind::Furniture || is_dateline
    }

    /// The newsroom's own copy, where the reports are its sources.
    #[must_use]
    pub fn draft(&self) -> Option<&Document> {
        self.documents.iter().find(|document| document.is_draft)
    }

    fn is_draft(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.is_draft)
    }

    /// The claims that no independent source speaks to.
    pub fn alone(&self) -> impl Iterator<Item = &Claim> {
        let stands = |claim: &&Claim| self.coverage.standings.get(claim.id) == Some(&Standing::Alone);
        self.claims.iter().filter(stands)
    }

    /// How many independent sources stand on a side of a finding; a draft and its copies are none.
    #[must_use]
    pub fn sources(&self, finding: &Finding, side: &Side) -> usize {
        let topic = finding.topic.and_then(|id| self.topics.get(id));
        let mut reports = self.reports(side);
        let Some(topic) = topic else { return reports.len() };
        reports.retain(|report| !topic.of_draft.contains(report));
        let sources = topic.sources.iter();
        let n_sources = sources
            .filter(|source| source.iter().filter(|report| reports.remove(report)).count() > 0)
            .count();
        n_sources + reports.len()
    }

    /// The reports on a side of a finding.
    #[must_use]
    pub fn reports(&self, side: &Side) -> BTreeSet<usize> {
        side.claims.iter().filter_map(|id| self.claims.get(*id)).map(|claim| claim.document).collect()
    }

    /// What a claim quotes.
    #[must_use]
    pub fn quote(&self, id: usize) -> Option<&str> {
        let claim = self.claims.get(id)?;
        Some(self.documents.get(claim.document)?.slice(&claim.text))
    }

    /// The findings that a claim stands in.
    pub fn findings_on(&self, claim: usize) -> impl Iterator<Item = &Finding> {
        let stands = move |finding: &&Finding| finding.sides.iter().any(|side| side.claims.contains(&claim));
        self.findings.iter().filter(stands)
    }

    /// The claims of a finding, side by side.
    pub fn claims_of(&self, finding: &Finding) -> impl Iterator<Item = &Claim> {
        finding.sides.iter().flat_map(|side| &side.claims).filter_map(|id| self.claims.get(*id))
    }

    /// The report that a finding is shown at: that of its first figure, or the one that it is about as a whole.
    #[must_use]
    pub fn home(&self, finding: &Finding) -> Option<&Document> {
        let first = self.claims_of(finding).next().map(|claim| claim.document);
        self.documents.get(first.or(finding.document)?)
    }

    /// The report that a claim stands in.
    #[must_use]
    pub fn document_of(&self, id: usize) -> Option<&Document> {
        self.documents.get(self.claims.get(id)?.document)
    }

    /// The open errors and warnings of which some figure can be checked.
    #[must_use]
    pub fn to_clear(&self) -> usize {
        self.findings.iter().filter(|finding| finding.asks_for_correction()).count()
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Human(Terminal),
    /// The JSON contract.
    Json,
    /// To paste into a document.
    Markdown,
    /// One file for a browser, to read, to print and to sign.
    Html,
    /// For code scanning.
    Sarif,
    /// For annotations in a GitHub job.
    Github,
    /// For the tests' page of a continuous integration.
    Junit,
    /// For a spreadsheet.
    Csv,
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
    /// Every format, the one for a terminal plain.
    pub const ALL: [Format; 8] = [
        Format::Human(Terminal::PLAIN),
        Format::Json,
        Format::Markdown,
        Format::Html,
        Format::Sarif,
        Format::Github,
        Format::Junit,
        Format::Csv,
    ];

    /// Its name, the endings of its files and what it is good for.
    #[must_use]
    pub fn about(self) -> About {
        let (name, endings, purpose): (_, &[_], _) = match self {
            Format::Human(_) => ("human", &["txt"], "For a terminal: quotations, arithmetic, causes"),
            Format::Json => ("json", &["json"], "For programs: the contract of docs/report.schema.json"),
            Format::Markdown => ("markdown", &["md", "markdown"], "To paste into a document"),
            Format::Html => ("html", &["html", "htm"], "One file for a browser: to read, to print, to sign"),
            Format::Sarif => ("sarif", &["sarif"], "For code scanning: SARIF 2.1.0"),
            Format::Github => ("github", &[], "For annotations in a GitHub job: workflow commands"),
            Format::Junit => ("junit", &["xml"], "For the tests' page of a continuous integration"),
            Format::Csv => ("csv", &["csv"], "For a spreadsheet: one claim on a row"),
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

/// What a report for a person is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Whether it is coloured.
    pub colour: Colour,
    /// Columns of a line, of which a report takes 40 to 120: longer quotations are cut around the figure.
    pub columns: usize,
}

impl Terminal {
    /// No terminal, but a file or a pipe: no colour, and lines as long as any.
    pub const PLAIN: Terminal = Terminal { colour: Colour::Off, columns: 120 };

    /// The columns that a quotation takes.
    fn quotation(self) -> usize {
        const NARROWEST: usize = 40;
        self.columns.clamp(NARROWEST, Terminal::PLAIN.columns)
    }

    /// The columns of a line of prose.
    fn prose(self) -> usize {
        const EASY_TO_READ: usize = 100;
        self.quotation().min(EASY_TO_READ)
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
        Format::Human(terminal) => human::write(report, terminal, out),
        Format::Json => json::write(report, out),
        Format::Markdown => markdown::write(report, out),
        Format::Html => html::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Csv => csv::write(report, out),
    }
}
