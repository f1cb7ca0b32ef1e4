//! HTML: one file for a browser, to read, to print and to sign. No network, no script needed, nothing in it but what this
//! folder holds and the report's own text.
//!
//! The pages are Jinja templates, checked when the program is built. Every text goes through [`Shown`], which neither
//! lets markup nor a character that acts through; only the style and the script are written as they are.

mod axis;
mod plot;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::sync::LazyLock;

use askama::Template;
use askama::filters::Escaper;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::untrusted::visible_char;
use super::{Part, Quotation, Report, StoryReport, Summary, counted, in_words};
use crate::document::{Document, Status};
use crate::finding::{Finding, Severity, Side};
use crate::normalise::Claim;
use crate::quantity::{day_in_words, rate_in_words};
use crate::reconcile::{NearMiss, Topic, Verdict};
use plot::Plot;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut anchors = Anchors::default();
    let stories = report.stories.iter().enumerate();
    let stories: Vec<StoryPart<'_>> =
        stories.map(|(idx, story)| StoryPart::of(story, idx, &mut anchors)).collect();
    let summary = report.summary();
    let standfirst = format!(
        "{} in {} with {}.",
        summary.findings(),
        counted(summary.documents, "report"),
        counted(summary.claims, "figure")
    );
    let rules = rules(report);
    Page {
        policy: &POLICY,
        headline: headline(&summary),
        standfirst,
        rules,
        summary,
        stories,
        command: &report.command,
    }
    .write_into(out)
}

/// The one place through which text enters the page: markup becomes text, and what acts instead of showing a sign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: fmt::Write>(&self, mut page: W, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| match c {
            '<' => page.write_str("&lt;"),
            '>' => page.write_str("&gt;"),
            '&' => page.write_str("&amp;"),
            '"' => page.write_str("&quot;"),
            '\'' => page.write_str("&#39;"),
            _ => page.write_char(visible_char(c)),
        })
    }
}

/// What a browser may do with the page: use its own style and its own script, and nothing else.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src 'none'; base-uri 'none'; \
         form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    policy: &'static str,
    headline: String,
    standfirst: String,
    rules: Vec<&'static str>,
    summary: Summary,
    stories: Vec<StoryPart<'a>>,
    command: &'a [String],
}

/// What the page shows of a story.
struct StoryPart<'a> {
    anchor: String,
    story: &'a StoryReport,
    folder: &'a str,
    summary: Summary,
    bar: Vec<Segment>,
    findings: Vec<FindingPart<'a>>,
    accepted: Vec<FindingPart<'a>>,
    agreed: Vec<&'a Topic>,
    alone: Vec<(&'a Document, Vec<&'a Claim>)>,
    not_checked: BTreeMap<&'a str, Vec<&'a Claim>>,
}

impl<'a> StoryPart<'a> {
    fn of(story: &'a StoryReport, idx: usize, anchors: &mut Anchors) -> StoryPart<'a> {
        let summary = story.summary();
        let folder = story.folder();
        let mut drawn: BTreeMap<usize, String> = BTreeMap::new();
        let mut shown = |finding| FindingPart::of(story, finding, folder, anchors, &mut drawn);
        let findings = story.open().map(&mut shown).collect();
        let accepted = story.accepted().map(|(finding, _)| finding).map(&mut shown).collect();
        let mut not_checked: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
        for (claim, why) in story.not_compared() {
            not_checked.entry(why).or_default().push(claim);
        }
        let alone: Vec<&Claim> = story.alone().collect();
        let by_report = alone.chunk_by(|one, other| one.document == other.document);
        StoryPart {
            anchor: format!("story-{}", idx + 1),
            story,
            folder,
            bar: bar(&summary),
            summary,
            findings,
            accepted,
            agreed: story.topics.iter().filter(|topic| topic.verdict == Verdict::Agree).collect(),
            alone: by_report
                .filter_map(|own| Some((story.document_of(own.first()?.id)?, own.to_vec())))
                .collect(),
            not_checked,
        }
    }

    /// A path without the folder that all reports of the story share.
    fn short(&self, path: &'a str) -> &'a str {
        path.strip_prefix(self.folder).unwrap_or(path)
    }

    /// The claims that tell a topic: the first of each report.
    fn told(&self, topic: &Topic) -> Vec<(&'a Document, &'a Claim)> {
        let claims: Vec<&Claim> = topic.claims.iter().filter_map(|id| self.story.claims.get(*id)).collect();
        let firsts = claims.chunk_by(|one, other| one.document == other.document);
        firsts
            .filter_map(|own| {
                let claim = own.first()?;
                Some((self.story.documents.get(claim.document)?, *claim))
            })
            .collect()
    }

    fn document(&self, claim: &Claim) -> Option<&'a Document> {
        self.story.documents.get(claim.document)
    }

    /// The day a report was published, in words.
    fn published(&self, document: &Document) -> String {
        document.published.as_ref().map_or_else(|| "undated".to_owned(), |when| day_in_words(when.date))
    }

    /// The day that undated reports are taken to speak of, in words.
    fn as_of(&self) -> Option<String> {
        self.story.as_of.map(day_in_words)
    }

    /// Two like figures that were not taken together, with their places.
    fn told_both(&self, miss: &NearMiss) -> Option<(String, String)> {
        let told = |id| Some(without_folder(&self.story.told(id)?, self.folder));
        Some((told(miss.a)?, told(miss.b)?))
    }

    fn rates(&self) -> Vec<String> {
        let rates = self.story.rates().into_iter();
        rates.map(|(from, to, rate)| rate_in_words(&from, &to, &rate)).collect()
    }
}

/// What the page shows of a finding.
struct FindingPart<'a> {
    anchor: String,
    finding: &'a Finding,
    /// What it is about, and the figures that stand against each other.
    label: String,
    message: String,
    sides: Vec<SidePart<'a>>,
    plot: Option<Plot<'a>>,
    /// The finding that shows the picture of the same topic.
    drawn_at: Option<String>,
    balance: Option<String>,
    lineage: Option<String>,
    /// Why it no longer counts, where somebody accepted it.
    accepted: Option<String>,
}

impl<'a> FindingPart<'a> {
    fn of(
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

    fn severity(&self) -> &'static str {
        self.finding.severity.as_str()
    }

    fn mark(&self) -> &'static str {
        match self.finding.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        }
    }
}

/// What the page shows of a side of a finding.
struct SidePart<'a> {
    letter: String,
    sources: Option<String>,
    quotations: Vec<Quotation<'a>>,
    readings: Vec<Reading<'a>>,
}

impl<'a> SidePart<'a> {
    fn of(story: &'a StoryReport, finding: &Finding, side: &Side, idx: usize) -> SidePart<'a> {
        let reports = story.reports(side).len();
        let sources = story.sources(finding, side);
        let told = counted(sources, "independent source");
        let told = if sources < reports { format!("{told} in {}", counted(reports, "report")) } else { told };
        SidePart {
            letter: letter(idx),
            sources: story.balance(finding).map(|_| told),
            quotations: story.quotations(side),
            readings: readings(story, side),
        }
    }
}

/// A figure as it is read, in its own unit and in the base currency.
struct Reading<'a> {
    quote: &'a str,
    reads: String,
    in_base: Option<String>,
    rate: Option<String>,
}

impl Reading<'_> {
    /// Whether another reading says the same of the same words.
    fn says(&self, other: &Reading<'_>) -> bool {
        self.reads == other.reads
            && self.rate == other.rate
            && self.quote.to_lowercase() == other.quote.to_lowercase()
    }
}

/// The figures of a side as they are read, each wording once.
fn readings<'a>(story: &'a StoryReport, side: &Side) -> Vec<Reading<'a>> {
    let mut readings: Vec<Reading<'a>> = Vec::new();
    for claim in side.claims.iter().filter_map(|id| story.claims.get(*id)) {
        let reads = in_words(claim);
        let rate = story.rate_to(claim, &story.settings.base);
        let reading = Reading {
            quote: story.quote(claim.id).unwrap_or_default(),
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

/// A part of the bar that shows how the claims stand.
struct Segment {
    class: &'static str,
    name: &'static str,
    number: usize,
    /// Where it begins and how wide it is, in percent.
    from: Decimal,
    width: Decimal,
}

fn bar(summary: &Summary) -> Vec<Segment> {
    let standings = &summary.standings;
    let numbers = [
        ("corroborated", "corroborated", standings.corroborated),
        ("alone", "from one source alone", standings.alone),
        ("disputed", "disputed", standings.disputed),
        ("superseded", "superseded", standings.superseded),
        ("unchecked", "not checked", standings.not_checked),
    ];
    let all = Decimal::from(numbers.iter().map(|(_, _, number)| number).sum::<usize>().max(1));
    let percent =
        |number: usize| (Decimal::from(number) * Decimal::ONE_HUNDRED / all).round_dp(2).normalize();
    let mut before = 0;
    let segments = numbers.map(|(class, name, number)| {
        let from = percent(before);
        before += number;
        Segment { class, name, number, from, width: percent(before) - from }
    });
    segments.into_iter().filter(|segment| segment.number > 0).collect()
}

/// What a run comes to, in one sentence.
fn headline(summary: &Summary) -> String {
    let Summary { documents, unread, claims, standings, .. } = summary;
    if standings.disputed > 0 {
        format!("{} of {} are disputed", standings.disputed, counted(*claims, "figure"))
    } else if *unread > 0 {
        format!("{unread} of {} not read, or only in part", counted(*documents, "report"))
    } else if *claims == 0 {
        format!("No figures in {}", counted(*documents, "report"))
    } else {
        "No disagreement among the figures that could be compared".to_owned()
    }
}

/// The rules of which a report holds findings.
fn rules(report: &Report) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> =
        report.stories.iter().flat_map(|story| &story.findings).map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
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

/// A text that names reports by their paths, without the folder that all of them share.
fn without_folder(text: &str, folder: &str) -> String {
    if folder.is_empty() { text.to_owned() } else { text.replace(folder, "") }
}

/// The name of a side: A, B, C; numbers once the letters are used up.
fn letter(idx: usize) -> String {
    let letter = u8::try_from(idx).ok().filter(|idx| *idx < 26).map(|idx| char::from(b'A' + idx));
    letter.map_or_else(|| (idx + 1).to_string(), String::from)
}

/// The names by which findings are linked: their ids, and a number behind where two stories hold the same.
#[derive(Default)]
struct Anchors {
    used: BTreeMap<String, usize>,
}

impl Anchors {
    fn next(&mut self, id: &str) -> String {
        let times = self.used.entry(id.to_owned()).or_default();
        *times += 1;
        if *times == 1 { id.to_owned() } else { format!("{id}-{times}") }
    }
}
