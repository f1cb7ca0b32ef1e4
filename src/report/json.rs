//! JSON: the contract for programs, in `docs/report.schema.json`. Decimals are strings, dates ISO 8601, spans bytes of
//! the file as stored, 0-based and end-exclusive.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write as _};
use std::io::{self, BufWriter, Write};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::untrusted::{Harmless, json};
use super::{Report, Standings, StoryReport, Summary};
use crate::coverage::Suspect;
use crate::document::{Document, Status};
use crate::finding::{Acceptance, AcceptedBy, Finding};
use crate::normalise::{Claim, Compared, Period, Source};
use crate::quantity::rate::RateSource;
use crate::quantity::{Bound, Dimension, Interval, Plain, Quantity, Unit, day_of};
use crate::reconcile::Topic;
use crate::settings::Settings;

/// The version of the contract; within one, it only grows.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct ReportWire<'a, Claims: Serialize> {
    schema_version: u32,
    tool: ToolWire,
    command: &'a [String],
    stories: Vec<StoryWire<'a>>,
    documents: Vec<DocumentWire<'a>>,
    claims: Claims,
    topics: Vec<TopicWire<'a>>,
    findings: Vec<FindingWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near_misses: Vec<NearMissWire<'a>>,
    summary: SummaryWire,
}

#[derive(Serialize)]
struct ToolWire {
    name: &'static str,
    version: &'static str,
}

const TOOL: ToolWire = ToolWire { name: "crosscheck", version: env!("CARGO_PKG_VERSION") };

/// A story, by the documents and findings that are its own.
#[derive(Serialize)]
struct StoryWire<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<&'a str>,
    documents: Vec<&'a str>,
    findings: Vec<&'a str>,
    as_of: Option<String>,
    settings: SettingsWire<'a>,
    left_out: &'a [String],
    remarks: &'a [String],
    check_first: Vec<SuspectWire<'a>>,
}

/// What a story was checked by; with the files it is all that its findings depend on.
#[derive(Serialize)]
struct SettingsWire<'a> {
    as_of: Option<String>,
    home: Option<&'a str>,
    base: &'a str,
    rates: RatesWire,
    tolerance_percent: String,
    levels: BTreeMap<&'a str, &'static str>,
    own: Vec<&'a str>,
}

#[derive(Serialize)]
struct RatesWire {
    source: String,
    last: Option<String>,
    sha256: String,
}

/// A figure to check.
#[derive(Serialize)]
struct SuspectWire<'a> {
    claims: ClaimIds<'a>,
    or: ClaimIds<'a>,
    clears: Vec<&'a str>,
}

#[derive(Serialize)]
struct DocumentWire<'a> {
    path: &'a str,
    format: &'static str,
    encoding: &'static str,
    language: &'static str,
    published: Option<String>,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    sha256: &'a str,
    status: &'static str,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct ClaimWire<'a> {
    id: ClaimId<'a>,
    document: &'a str,
    span: SpanWire,
    line: usize,
    column: usize,
    quote: &'a str,
    sentence: &'a str,
    quantity: QuantityWire<'a>,
    canonical: Option<CanonicalWire>,
    hard: String,
    soft: String,
    hedge: Option<&'static str>,
    restates: Option<ClaimId<'a>>,
    measure: Option<&'static str>,
    subject: &'a [String],
    part: Option<&'a str>,
    period: Option<Shown<&'a Period>>,
    modality: &'static str,
    source: Option<&'a str>,
    kind: &'static str,
    direction: Option<&'static str>,
    block: &'static str,
    compared: ComparedWire<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<StandingWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<Vec<String>>,
}

/// What is made only as it is written: a story's claims would take more memory than all that was read.
struct Each<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Each<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// The id of a claim in the whole report: the one that it was given, else one by its 0-based place there.
#[derive(Clone, Copy)]
enum ClaimId<'a> {
    Given(&'a str),
    Numbered(usize),
}

impl Serialize for ClaimId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ClaimId::Given(id) => serializer.serialize_str(id),
            ClaimId::Numbered(place) => serializer.collect_str(&format_args!("c{}", place + 1)),
        }
    }
}

/// The ids of some claims of a story.
struct ClaimIds<'a> {
    of_story: &'a [usize],
    ids: Ids<'a>,
}

impl Serialize for ClaimIds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.of_story.iter().map(|id| self.ids.claim(*id)))
    }
}

/// A value whose text is written straight into the JSON.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[derive(Serialize)]
struct SpanWire {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct QuantityWire<'a> {
    value: Option<Shown<NumberWire>>,
    low: Option<Shown<NumberWire>>,
    high: Option<Shown<NumberWire>>,
    unit: Option<&'a str>,
    dimension: &'static str,
}

#[derive(Serialize)]
struct CanonicalWire {
    value: Option<Shown<NumberWire>>,
    low: Option<Shown<NumberWire>>,
    high: Option<Shown<NumberWire>>,
    unit: Option<String>,
}

/// A number, or a day by its number.
#[derive(Clone, Copy)]
struct NumberWire {
    value: Decimal,
    is_date: bool,
}

impl Display for NumberWire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_date.then(|| day_of(self.value)).flatten() {
            Some(day) => write!(f, "{day}"),
            None => write!(f, "{}", Plain(self.value)),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum ComparedWire<'a> {
    Yes(bool),
    No { because: &'a str },
}

/// How a claim stands, and the claims it stands so by.
#[derive(Serialize)]
struct StandingWire<'a> {
    is: &'static str,
    by: ClaimIds<'a>,
}

#[derive(Serialize)]
struct TopicWire<'a> {
    id: String,
    label: &'a str,
    claims: ClaimIds<'a>,
    verdict: &'static str,
    witnesses: usize,
    sources: Vec<Vec<&'a str>>,
    first: Option<ClaimId<'a>>,
    repeats: ClaimIds<'a>,
}

#[derive(Serialize)]
struct FindingWire<'a> {
    id: &'a str,
    rule: &'static str,
    severity: &'static str,
    topic: Option<String>,
    message: &'a str,
    sides: Vec<SideWire<'a>>,
    working: &'a [String],
    causes: Vec<CauseWire<'a>>,
    advice: &'a str,
    accepted: Option<AcceptanceWire<'a>>,
}

/// Why a finding no longer counts.
#[derive(Serialize)]
struct AcceptanceWire<'a> {
    reason: &'a str,
    by: &'static str,
    until: Option<String>,
    document: Option<&'a str>,
    line: Option<usize>,
}

/// Two claims that are alike and yet not taken together; `check --explain` alone writes them.
#[derive(Serialize)]
struct NearMissWire<'a> {
    a: ClaimId<'a>,
    b: ClaimId<'a>,
    because: &'a str,
}

#[derive(Serialize)]
struct SideWire<'a> {
    reads: &'a str,
    claims: ClaimIds<'a>,
    witnesses: usize,
}

#[derive(Serialize)]
struct CauseWire<'a> {
    cause: &'static str,
    why: &'a str,
}

#[derive(Serialize)]
struct SummaryWire {
    documents: usize,
    unread: usize,
    claims: usize,
    standings: StandingsWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<StandingsWire>,
    not_compared: usize,
    alone: usize,
    topics: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

#[derive(Serialize)]
struct StandingsWire {
    corroborated: usize,
    alone: usize,
    disputed: usize,
    superseded: usize,
    not_checked: usize,
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_as(report, Layout::Pretty, out)
}

/// Writes the JSON report on one line.
///
/// # Errors
///
/// Only where writing fails.
pub fn write_line(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_as(report, Layout::Line, out)
}

/// Over how many lines JSON is spread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Pretty,
    Line,
}

fn write_as(report: &Report, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let stories: Vec<(&StoryReport, Ids<'_>)> = numbered(report).collect();
    let claims = stories.iter().flat_map(|(story, ids)| {
        story.claims.iter().filter_map(move |found| claim(story, found, ids, Reading::Left))
    });
    let mut wire = ReportWire {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        command: &report.command,
        stories: Vec::new(),
        documents: Vec::new(),
        claims: Each(claims),
        topics: Vec::new(),
        findings: Vec::new(),
        near_misses: Vec::new(),
        summary: summary(&report.summary()),
    };
    for (story, ids) in &stories {
        wire.stories.push(StoryWire {
            name: &story.name,
            draft: story.draft().map(|document| document.path.as_str()),
            documents: story.documents.iter().map(|document| document.path.as_str()).collect(),
            findings: story.findings.iter().map(|finding| finding.id.as_str()).collect(),
            as_of: story.as_of.map(|date| date.to_string()),
            settings: settings(&story.settings),
            left_out: &story.others,
            remarks: &story.remarks,
            check_first: story.coverage.suspects.iter().map(|found| suspect(story, found, ids)).collect(),
        });
        wire.documents.extend(story.documents.iter().map(document));
        wire.topics.extend(story.topics.iter().map(|found| topic(story, found, ids)));
        wire.findings.extend(story.findings.iter().map(|finding| finding_wire(story, finding, ids)));
        wire.near_misses.extend(story.near_misses.iter().map(|miss| NearMissWire {
            a: ids.claim(miss.a),
            b: ids.claim(miss.b),
            because: &miss.because,
        }));
    }
    write_wire(&wire, layout, out)
}

/// Writes as it goes: no text of the whole is held.
fn write_wire(wire: &impl Serialize, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    // Half of the pieces are a byte or two: they are looked at many at a time.
    let mut out = BufWriter::new(Harmless(out));
    match layout {
        Layout::Pretty => serde_json::to_writer_pretty(&mut out, wire)?,
        Layout::Line => serde_json::to_writer(&mut out, wire)?,
    }
    writeln!(out)?;
    out.flush()
}

/// Each story with what its ids begin at.
fn numbered(report: &Report) -> impl Iterator<Item = (&StoryReport, Ids<'_>)> {
    report.stories.iter().scan(Ids::default(), |next, story| {
        let own = Ids { given: &story.claim_ids, ..*next };
        next.first_claim += story.claims.len();
        next.first_topic += story.topics.len();
        Some((story, own))
    })
}

fn settings(settings: &Settings) -> SettingsWire<'_> {
    SettingsWire {
        as_of: settings.as_of.map(|date| date.to_string()),
        home: settings.home.as_deref(),
        base: &settings.base,
        rates: RatesWire {
            source: RateSource::EcbDaily.to_string(),
            last: settings.rates.last_day().map(|date| date.to_string()),
            sha256: settings.rates.sha256(),
        },
        tolerance_percent: settings.tolerance.to_string(),
        levels: settings.levels.iter().map(|(rule, level)| (*rule, level.as_str())).collect(),
        own: settings.own.iter().map(String::as_str).collect(),
    }
}

/// Ids are unique in the whole report: each story's begin where the one before it ended.
#[derive(Clone, Copy, Default)]
struct Ids<'a> {
    first_claim: usize,
    first_topic: usize,
    given: &'a [String],
}

impl<'a> Ids<'a> {
    fn claim(&self, id: usize) -> ClaimId<'a> {
        match self.given.get(id) {
            Some(given) => ClaimId::Given(given),
            None => ClaimId::Numbered(self.first_claim + id),
        }
    }

    fn claims(&self, of_story: &'a [usize]) -> ClaimIds<'a> {
        ClaimIds { of_story, ids: *self }
    }

    fn topic(&self, id: usize) -> String {
        format!("t{}", self.first_topic + id + 1)
    }
}

/// Whether the steps of each reading are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Told,
    Left,
}

/// Writes the documents and claims of a run without comparing them; `explain` adds how each was read.
///
/// # Errors
///
/// Only where writing fails.
pub fn write_claims(report: &Report, explain: bool, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Wire<Documents: Serialize, Claims: Serialize> {
        schema_version: u32,
        tool: ToolWire,
        documents: Documents,
        claims: Claims,
    }
    let reading = if explain { Reading::Told } else { Reading::Left };
    let stories: Vec<(&StoryReport, Ids<'_>)> = numbered(report).collect();
    let claims = stories.iter().flat_map(|(story, ids)| {
        story.claims.iter().filter_map(move |found| claim(story, found, ids, reading))
    });
    let wire = Wire {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        documents: Each(report.stories.iter().flat_map(|story| &story.documents).map(document)),
        claims: Each(claims),
    };
    write_wire(&wire, Layout::Pretty, out)
}

/// The claims of one document as one line of JSON: `{"id": …, "claims": […]}`, with a `reason` where it was not read, or
/// only in part.
///
/// # Panics
///
/// Never: every key is text, and memory takes every byte.
#[must_use]
pub fn claims_line(id: &serde_json::Value, document: &Document, claims: &[Claim]) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        id: &'a serde_json::Value,
        claims: Vec<ClaimWire<'a>>,
        /// Why it was not read, or only in part.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
    }
    let reason = match &document.status {
        Status::Partly(reason) | Status::Skipped(reason) => Some(reason.as_str()),
        Status::Read => None,
    };
    let ids = Ids::default();
    let claims = claims.iter().map(|found| claim_of(document, found, &ids, Reading::Left)).collect();
    line(&Line { id, claims, reason })
}

/// A value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> String {
    let line = serde_json::to_string(value).expect("every key is text");
    let mut line = match json(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(safe) => safe,
    };
    line.push('\n');
    line
}

/// A claim as JSON; ids count from the story's first claim.
pub(crate) fn claim_value<'a>(document: &'a Document, claim: &'a Claim) -> impl Serialize + 'a {
    claim_of(document, claim, &Ids::default(), Reading::Left)
}

/// A document as JSON.
pub(crate) fn document_value(of: &Document) -> impl Serialize + '_ {
    document(of)
}

fn document(document: &Document) -> DocumentWire<'_> {
    let (status, reason) = match &document.status {
        Status::Read => ("read", None),
        Status::Partly(reason) => ("partly", Some(reason.as_str())),
        Status::Skipped(reason) => ("skipped", Some(reason.as_str())),
    };
    let published = document.published.as_ref().map(|when| match when.time {
        Some(time) => format!("{}T{time}", when.date),
        None => when.date.to_string(),
    });
    DocumentWire {
        path: &document.path,
        format: document.format.as_str(),
        encoding: document.encoding,
        language: document.language,
        published,
        outlet: document.outlet.as_deref(),
        title: document.title.as_deref(),
        sha256: &document.sha256,
        status,
        reason,
    }
}

fn topic<'a>(story: &'a StoryReport, topic: &'a Topic, ids: &Ids<'a>) -> TopicWire<'a> {
    let path = |id: &usize| story.documents.get(*id).map(|document| document.path.as_str());
    TopicWire {
        id: ids.topic(topic.id),
        label: &topic.label,
        claims: ids.claims(&topic.claims),
        verdict: topic.verdict.as_str(),
        witnesses: topic.witnesses(),
        sources: topic.sources.iter().map(|reports| reports.iter().filter_map(path).collect()).collect(),
        first: topic.lineage.first.map(|id| ids.claim(id)),
        repeats: ids.claims(&topic.lineage.repeats),
    }
}

fn suspect<'a>(story: &'a StoryReport, suspect: &'a Suspect, ids: &Ids<'a>) -> SuspectWire<'a> {
    let findings = suspect.clears.iter().filter_map(|at| story.findings.get(*at));
    SuspectWire {
        claims: ids.claims(&suspect.claims),
        or: ids.claims(&suspect.or),
        clears: findings.map(|finding| finding.id.as_str()).collect(),
    }
}

fn claim<'a>(
    story: &'a StoryReport,
    claim: &'a Claim,
    ids: &Ids<'a>,
    reading: Reading,
) -> Option<ClaimWire<'a>> {
    let standing = story.coverage.standings.get(claim.id);
    let standing =
        standing.map(|standing| StandingWire { is: standing.as_str(), by: ids.claims(standing.by()) });
    let document = story.documents.get(claim.document)?;
    Some(ClaimWire { standing, ..claim_of(document, claim, ids, reading) })
}

/// Bytes that the notation of a quantity has at most, as a rule.
const NOTATION_BYTES: usize = 64;

fn claim_of<'a>(document: &'a Document, claim: &'a Claim, ids: &Ids<'a>, reading: Reading) -> ClaimWire<'a> {
    let unit = &claim.quantity.unit;
    let canonical = claim.canonical().map(|canonical| {
        let [value, low, high] = numbers(&canonical);
        CanonicalWire { value, low, high, unit: Some(canonical.unit.code).filter(|code| !code.is_empty()) }
    });
    let [value, low, high] = numbers(&claim.quantity);
    let notation = |interval: &Interval| {
        let best = claim.quantity.best.filter(|value| interval.contains(*value));
        let mut text = String::with_capacity(NOTATION_BYTES);
        let _ = write!(text, "{}", Quantity { interval: *interval, best, unit: unit.clone() });
        text
    };
    let hard = notation(&claim.hard);
    let soft = if claim.soft == claim.hard { hard.clone() } else { notation(&claim.soft) };
    ClaimWire {
        id: ids.claim(claim.id),
        document: &document.path,
        span: SpanWire { start: claim.span.start, end: claim.span.end },
        line: claim.place.line(),
        column: claim.place.column(),
        quote: document.slice(&claim.text),
        sentence: document.slice(&claim.sentence),
        quantity: QuantityWire { value, low, high, unit: code(unit), dimension: unit.dimension.as_str() },
        canonical,
        hard,
        soft,
        hedge: claim.hedge.map(crate::quantity::Hedge::as_str),
        restates: claim.restates.map(|id| ids.claim(id)),
        measure: claim.measure,
        subject: &claim.subject,
        part: claim.part.as_deref(),
        period: claim.period.as_ref().map(Shown),
        modality: claim.modality.as_str(),
        source: claim.source.as_ref().map(Source::as_str),
        kind: claim.kind.as_str(),
        direction: claim.direction.map(crate::normalise::Direction::as_str),
        block: claim.block.as_str(),
        compared: match &claim.compared {
            Compared::Yes => ComparedWire::Yes(true),
            Compared::No(because) => ComparedWire::No { because },
        },
        standing: None,
        reading: (reading == Reading::Told).then(|| claim.steps(document)),
    }
}

fn code(unit: &Unit) -> Option<&str> {
    Some(unit.code.as_str()).filter(|code| !code.is_empty())
}

/// Value, low and high: a figure has a value alone, a range or a magnitude its two ends alone.
fn numbers(quantity: &Quantity) -> [Option<Shown<NumberWire>>; 3] {
    let is_date = quantity.unit.dimension == Dimension::Date;
    let shown = |value: Decimal| Shown(NumberWire { value, is_date });
    let end = |bound: Bound| bound.value().map(shown);
    match quantity.best {
        Some(value) => [Some(shown(value)), None, None],
        None => [None, end(quantity.interval.low), end(quantity.interval.high)],
    }
}

fn finding_wire<'a>(story: &'a StoryReport, finding: &'a Finding, ids: &Ids<'a>) -> FindingWire<'a> {
    FindingWire {
        id: &finding.id,
        rule: finding.rule,
        severity: finding.severity.as_str(),
        topic: finding.topic.map(|id| ids.topic(id)),
        message: &finding.message,
        sides: finding
            .sides
            .iter()
            .map(|side| SideWire {
                reads: &side.reads,
                claims: ids.claims(&side.claims),
                witnesses: story.sources(finding, side),
            })
            .collect(),
        working: &finding.working,
        causes: finding
            .causes
            .iter()
            .map(|cause| CauseWire { cause: cause.cause, why: &cause.why })
            .collect(),
        advice: &finding.advice,
        accepted: finding.accepted.as_ref().map(|acceptance| acceptance_wire(story, acceptance)),
    }
}

fn acceptance_wire<'a>(story: &'a StoryReport, acceptance: &'a Acceptance) -> AcceptanceWire<'a> {
    let reason = &acceptance.reason;
    match &acceptance.by {
        AcceptedBy::Entry { until } => AcceptanceWire {
            reason,
            by: "entry",
            until: until.map(|date| date.to_string()),
            document: None,
            line: None,
        },
        AcceptedBy::Comment { document, line } => AcceptanceWire {
            reason,
            by: "comment",
            until: None,
            document: story.documents.get(*document).map(|document| document.path.as_str()),
            line: Some(*line),
        },
    }
}

fn standings(counts: &Standings) -> StandingsWire {
    let Standings { corroborated, alone, disputed, superseded, not_checked, outside: _ } = *counts;
    StandingsWire { corroborated, alone, disputed, superseded, not_checked }
}

fn summary(summary: &Summary) -> SummaryWire {
    SummaryWire {
        documents: summary.documents,
        unread: summary.unread,
        claims: summary.claims,
        standings: standings(&summary.standings),
        draft: summary.draft.as_ref().map(standings),
        not_compared: summary.not_compared,
        alone: summary.alone,
        topics: summary.topics,
        errors: summary.errors,
        warnings: summary.warnings,
        notes: summary.notes,
        accepted: summary.accepted,
    }
}
