//! HTML: one file for a browser, to read, to print and to sign. No network, no script needed, nothing in it but what this
//! folder holds and the report's own text.
//!
//! The pages are Jinja templates, checked when the program is built. Every text goes through [`Shown`], which neither
//! lets markup nor a character that acts through; only the style and the script are written as they are.

mod axis;
mod finding;
mod plot;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::sync::LazyLock;

use askama::Template;
use askama::filters::Escaper;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::article::{Article, Figure, Passage, Stretch, article, is_head, sign};
use super::untrusted::{completes_command, visible_char};
use super::{Part, Report, Standings, StoryReport, Summary, counted, grouped};
use crate::document::{Document, Status};
use crate::finding::Finding;
use crate::normalise::Claim;
use crate::quantity::{day_in_words, rate_in_words};
use crate::reconcile::{NearMiss, Topic, Verdict};
use finding::FindingPart;

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

/// The one place through which text enters the page: markup becomes text, what acts instead of showing a sign, and what
/// would begin a command in the log of a job is spelled as a page may spell it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown;

impl Escaper for Shown {
    fn write_escaped_str<W: fmt::Write>(&self, mut page: W, text: &str) -> fmt::Result {
        let mut before = [' '; 2];
        text.chars().try_for_each(|c| {
            let commands = completes_command(before, c);
            before = [before[1], c];
            match c {
                _ if commands => write!(page, "&#{};", u32::from(c)),
                '<' => page.write_str("&lt;"),
                '>' => page.write_str("&gt;"),
                '&' => page.write_str("&amp;"),
                '"' => page.write_str("&quot;"),
                '\'' => page.write_str("&#39;"),
                _ => page.write_char(visible_char(c)),
            }
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
    /// How the draft's figures stand, or those of all reports where there is none.
    bar: Vec<Segment>,
    /// The draft, figure by figure.
    article: Option<Article<'a>>,
    /// The numbers of the draft's figures, by their claims.
    numbers: BTreeMap<usize, usize>,
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
        let article = article(story);
        let by_report = alone.chunk_by(|one, other| one.document == other.document);
        StoryPart {
            anchor: format!("story-{}", idx + 1),
            story,
            folder,
            bar: bar(summary.draft.as_ref().unwrap_or(&summary.standings), article.as_ref()),
            numbers: article.as_ref().map(Article::numbers).unwrap_or_default(),
            article,
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

    /// The draft's figures among some claims, by their numbers.
    fn figures<'b>(&self, claims: impl IntoIterator<Item = &'b usize>) -> BTreeSet<usize> {
        claims.into_iter().filter_map(|id| self.numbers.get(id).copied()).collect()
    }

    /// The draft's figures that stand in a finding.
    fn figures_in(&self, finding: &Finding) -> BTreeSet<usize> {
        self.figures(finding.sides.iter().flat_map(|side| &side.claims))
    }

    /// The findings that are told at a figure of the draft.
    fn told_at(&self, figure: &Figure<'_>) -> Vec<&FindingPart<'a>> {
        let is_here = |item: &&FindingPart<'_>| figure.findings.iter().any(|own| own.id == item.finding.id);
        self.findings.iter().filter(is_here).collect()
    }

    /// The topic of a figure of the draft, where it stands among those that agree.
    fn agreed_on(&self, figure: &Figure<'_>) -> Option<&'a Topic> {
        self.agreed.iter().copied().find(|topic| Some(topic.id) == figure.topic)
    }

    /// Where the first figure of a finding stands among all figures of the story, report by report.
    fn place(&self, finding: &Finding) -> Option<usize> {
        self.story.claims_of(finding).map(|claim| claim.id).min()
    }

    fn topic_of(&self, finding: &Finding) -> Option<&'a Topic> {
        self.story.topics.get(finding.topic?)
    }

    /// Why the claims of a topic are taken to be about the same thing.
    fn links(&self, topic: &Topic) -> Vec<String> {
        self.story.told_links(topic).iter().map(|told| without_folder(told, self.folder)).collect()
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

    /// How many of the reports were read, "4 of 5".
    fn read(&self) -> String {
        let Summary { documents, unread, .. } = self.summary;
        format!("{} of {}", grouped(documents - unread), grouped(documents))
    }

    /// The day that undated reports are taken to speak of, in words.
    fn as_of(&self) -> Option<String> {
        self.story.as_of.map(day_in_words)
    }

    /// Two like figures that were not taken together, and why.
    fn told_miss(&self, miss: &NearMiss) -> Option<String> {
        Some(without_folder(&self.story.told_miss(miss)?, self.folder))
    }

    fn rates(&self) -> Vec<String> {
        let rates = self.story.rates().into_iter();
        rates.map(|(from, to, rate)| rate_in_words(&from, &to, &rate)).collect()
    }
}

/// A part of the bar that shows how figures stand.
struct Segment {
    class: &'static str,
    name: &'static str,
    /// The sign of such figures in the draft.
    sign: &'static str,
    number: usize,
    /// Where it begins and how wide it is, in percent.
    from: Decimal,
    width: Decimal,
}

fn bar(standings: &Standings, article: Option<&Article<'_>>) -> Vec<Segment> {
    let numbers = [
        ("corroborated", "corroborated", standings.corroborated),
        ("alone", "from one source alone", standings.alone),
        ("disputed", "disputed", standings.disputed),
        ("superseded", "superseded", standings.superseded),
        ("not-checked", "not checked", standings.not_checked),
    ];
    let figures: Vec<&Figure<'_>> = article
        .into_iter()
        .flat_map(|article| &article.passages)
        .flat_map(|passage| &passage.figures)
        .collect();
    let sign_of = |class: &str| figures.iter().find(|figure| figure.standing.as_str() == class);
    let all = Decimal::from(standings.all().max(1));
    let percent =
        |number: usize| (Decimal::from(number) * Decimal::ONE_HUNDRED / all).round_dp(2).normalize();
    let mut before = 0;
    let segments = numbers.map(|(class, name, number)| {
        let from = percent(before);
        before += number;
        let sign = sign_of(class).map_or("", |figure| sign(figure.standing));
        Segment { class, name, sign, number, from, width: percent(before) - from }
    });
    segments.into_iter().filter(|segment| segment.number > 0).collect()
}

/// What a run comes to, in one sentence.
fn headline(summary: &Summary) -> String {
    let Summary { documents, unread, claims, standings, draft, .. } = summary;
    let figures = match draft {
        Some(draft) => format!("the draft’s {}", counted(draft.all(), "figure")),
        None => counted(*claims, "figure"),
    };
    let Standings { disputed, superseded, corroborated, .. } = draft.unwrap_or(*standings);
    let wrong = disputed + if draft.is_some() { superseded } else { 0 };
    let verb = if wrong == 1 { "is" } else { "are" };
    if superseded > 0 && draft.is_some() {
        format!("{} of {figures} {verb} disputed or out of date", grouped(wrong))
    } else if disputed > 0 {
        format!("{} of {figures} {verb} disputed", grouped(wrong))
    } else if *unread > 0 {
        format!("{} of {} not read, or only in part", grouped(*unread), counted(*documents, "report"))
    } else if *claims == 0 {
        format!("No figures in {}", counted(*documents, "report"))
    } else if draft.is_some() {
        format!(
            "{} of {figures} {} borne out, none is disputed",
            grouped(corroborated),
            if corroborated == 1 { "is" } else { "are" }
        )
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

/// A number as a person reads it, by value or, as templates hand it on, by reference.
fn number(number: impl Borrow<usize>) -> String {
    grouped(*number.borrow())
}

/// A figure of a passage of the draft, by its place in it.
fn figure_at<'a, 'b>(passage: &'b Passage<'a>, at: &usize) -> Option<&'b Figure<'a>> {
    passage.figures.get(*at)
}

/// The element of a passage of the draft.
fn tag(passage: &Passage<'_>) -> &'static str {
    if is_head(passage.kind) { "h3" } else { "p" }
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
