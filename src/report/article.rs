//! The draft as it reads: passage by passage, each figure with how it stands and the evidence for that.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::words::stamp;
use super::{StoryReport, counted, in_words};
use crate::coverage::Standing;
use crate::document::{Block, BlockKind, Document};
use crate::finding::{Finding, Severity};
use crate::normalise::Claim;
use crate::quantity::Dimension;
use crate::reconcile::{Moment, Relation, Topic};

/// The newsroom's own copy, annotated.
pub(super) struct Article<'a> {
    /// The copy itself.
    pub(super) draft: &'a Document,
    /// What it is held against: "4 sources".
    pub(super) sources: String,
    /// Its passages from top to bottom; what belongs to the page is left out.
    pub(super) passages: Vec<Passage<'a>>,
    /// The open findings that are told under none of its figures.
    pub(super) others: Vec<&'a Finding>,
}

/// A paragraph, a headline, a row of a table.
pub(super) struct Passage<'a> {
    /// What it is to the reader.
    pub(super) kind: BlockKind,
    /// Its text from left to right.
    pub(super) text: Vec<Stretch<'a>>,
    /// The figures in it.
    pub(super) figures: Vec<Figure<'a>>,
}

/// A stretch of a passage.
#[derive(Clone, Copy)]
pub(super) enum Stretch<'a> {
    /// Words between figures.
    Words(&'a str),
    /// A figure, and its place among those of the passage.
    Figure(&'a str, usize),
    /// What parts two cells of a row.
    Rule,
}

/// A figure of the draft.
pub(super) struct Figure<'a> {
    /// Its number in the draft, 1-based.
    pub(super) number: usize,
    /// As it is printed.
    pub(super) quote: &'a str,
    /// Its claim's id.
    pub(super) claim: usize,
    /// Its topic's place among the story's topics.
    pub(super) topic: Option<usize>,
    /// How it stands.
    pub(super) standing: &'a Standing,
    /// That in words: "corroborated by 2 sources".
    pub(super) verdict: String,
    /// What the sources print, those that say the same first.
    pub(super) evidence: Vec<Evidence<'a>>,
    /// The findings that are told here.
    pub(super) findings: Vec<&'a Finding>,
    /// The figures, by their numbers, under which the rest is told.
    pub(super) see: BTreeSet<usize>,
}

impl Article<'_> {
    /// The numbers of its figures, by their claims.
    pub(super) fn numbers(&self) -> BTreeMap<usize, usize> {
        let figures = self.passages.iter().flat_map(|passage| &passage.figures);
        figures.map(|figure| (figure.claim, figure.number)).collect()
    }
}

impl<'a> Figure<'a> {
    /// The evidence by its bearing: what is to be quoted, and how many more sources there are.
    pub(super) fn quoted(&self) -> Vec<(Bearing, Vec<&Evidence<'a>>, usize)> {
        const MOST: usize = 5;
        let all = [Bearing::Same, Bearing::Against, Bearing::Later, Bearing::OfDraft, Bearing::Alike];
        let of = |bearing: Bearing| self.evidence.iter().filter(move |found| found.bearing == bearing);
        all.into_iter()
            .map(|bearing| {
                (bearing, of(bearing).take(MOST).collect(), of(bearing).count().saturating_sub(MOST))
            })
            .collect()
    }
}

/// What a source says of a figure.
pub(super) struct Evidence<'a> {
    /// How it bears on the figure.
    pub(super) bearing: Bearing,
    /// The report.
    pub(super) document: &'a Document,
    /// Who says so: "Tern Post, 2026-03-03".
    pub(super) who: String,
    /// The line it stands in, 1-based.
    pub(super) line: usize,
    /// Its sentence: what stands before the figure, the figure, what follows.
    pub(super) quotation: [String; 3],
    /// What the figure reads as, where another unit or language prints it.
    pub(super) reads: Option<String>,
    /// The places of those who have it from there or from where it has it: "b.txt:4".
    pub(super) also: Vec<String>,
}

/// How a source bears on a figure of the draft.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bearing {
    /// It says the same.
    Same,
    /// It says something else.
    Against,
    /// It gives a later figure.
    Later,
    /// It says the same, but is the draft's own text or outlet.
    OfDraft,
    /// It prints the same figure, of what may be something else.
    Alike,
}

impl Bearing {
    /// The words before its name.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Bearing::Same => "says so",
            Bearing::Against => "says otherwise",
            Bearing::Later => "is newer",
            Bearing::OfDraft => "does not count, has the draft's text or outlet",
            Bearing::Alike => "has the same figure, perhaps of something else",
        }
    }
}

/// The sign of a standing; the words stand beside it wherever it is explained.
pub(super) fn sign(standing: &Standing) -> &'static str {
    match standing {
        Standing::Corroborated { .. } => "✓",
        Standing::Alone => "?",
        Standing::Disputed { .. } => "!",
        Standing::Superseded { .. } => "↑",
        Standing::NotChecked { .. } => "–",
    }
}

/// The story's draft, annotated; nothing where it has none.
pub(super) fn article(story: &StoryReport) -> Option<Article<'_>> {
    let draft = story.draft()?;
    let is_shown = |claim: &&Claim| claim.document == draft.id && !story.is_outside(claim);
    let mut own: Vec<&Claim> = story.claims.iter().filter(is_shown).collect();
    own.sort_by_key(|claim| (claim.text.start, claim.id));
    let numbers: BTreeMap<usize, usize> =
        own.iter().enumerate().map(|(at, claim)| (claim.id, at + 1)).collect();
    // A finding is told once, under the first of its figures.
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut others = Vec::new();
    for finding in story.open() {
        let claims = finding.sides.iter().flat_map(|side| &side.claims);
        match claims.filter_map(|id| numbers.get(id)).min() {
            Some(number) => {
                homes.insert(&finding.id, *number);
            }
            None => others.push(finding),
        }
    }
    let mut view = View {
        story,
        draft,
        own,
        numbers,
        homes,
        findings: BTreeMap::new(),
        topics: BTreeMap::new(),
        printed: BTreeMap::new(),
    };
    view.look_up();
    let mut rows: Vec<Vec<&Block>> = Vec::new();
    for block in draft.blocks.iter().filter(|block| block.kind != BlockKind::Furniture) {
        let goes_on = block.kind == BlockKind::Cell && !block.begins_row;
        match rows.last_mut().filter(|row| goes_on && row.iter().all(|cell| cell.kind == BlockKind::Cell)) {
            Some(row) => row.push(block),
            None => rows.push(vec![block]),
        }
    }
    let mut passages: Vec<Passage<'_>> = rows.iter().map(|row| view.passage(row)).collect();
    tell_once(&mut passages);
    let sources = counted(story.documents.len() - 1, "source");
    Some(Article { draft, sources, passages, others })
}

/// Leaves out the evidence of a figure that is printed again and stands alike: the first one shows it.
fn tell_once(passages: &mut [Passage<'_>]) {
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    for figure in passages.iter_mut().flat_map(|passage| &mut passage.figures) {
        let sources: Vec<_> =
            figure.evidence.iter().map(|found| (found.bearing, found.document.id)).collect();
        let Some(topic) = figure.topic.filter(|_| !sources.is_empty()) else { continue };
        let told = *first.entry((topic, figure.standing.as_str(), sources)).or_insert(figure.number);
        if told < figure.number {
            figure.evidence.clear();
            figure.see.insert(told);
        }
    }
}

/// What the passages are made from.
struct View<'a> {
    story: &'a StoryReport,
    draft: &'a Document,
    /// The draft's claims in the order of its text.
    own: Vec<&'a Claim>,
    /// Their numbers, by id.
    numbers: BTreeMap<usize, usize>,
    /// By finding: the number of the figure under which it is told.
    homes: BTreeMap<&'a str, usize>,
    /// By claim: the open findings that it stands in.
    findings: BTreeMap<usize, Vec<&'a Finding>>,
    /// By claim: its topic.
    topics: BTreeMap<usize, &'a Topic>,
    /// By what they say in their base unit: the claims of the sources.
    printed: BTreeMap<Decimal, Vec<&'a Claim>>,
}

impl<'a> View<'a> {
    fn look_up(&mut self) {
        for finding in self.story.open() {
            let claims: BTreeSet<usize> =
                finding.sides.iter().flat_map(|side| side.claims.iter().copied()).collect();
            for claim in claims.into_iter().filter(|claim| self.numbers.contains_key(claim)) {
                self.findings.entry(claim).or_default().push(finding);
            }
        }
        for topic in &self.story.topics {
            let own = topic.claims.iter().filter(|claim| self.numbers.contains_key(claim));
            self.topics.extend(own.map(|claim| (*claim, topic)));
        }
        let is_source = |claim: &&Claim| claim.document != self.draft.id && !self.story.is_outside(claim);
        for claim in self.story.claims.iter().filter(is_source) {
            if let Some(value) = claim.in_base() {
                self.printed.entry(value).or_default().push(claim);
            }
        }
    }

    fn passage(&self, row: &[&'a Block]) -> Passage<'a> {
        let kind = row.first().map_or(BlockKind::Body, |block| block.kind);
        let mut passage = Passage { kind, text: Vec::new(), figures: Vec::new() };
        for block in row {
            if !passage.text.is_empty() {
                passage.text.push(Stretch::Rule);
            }
            let mut at = block.text.start;
            let first = self.own.partition_point(|claim| claim.text.start < block.text.start);
            let inside = |claim: &&&Claim| block.text.contains(&claim.text.start);
            for claim in self.own.iter().skip(first).take_while(inside) {
                let (start, end) = (claim.text.start.max(at), claim.text.end.max(at));
                passage.text.push(Stretch::Words(self.draft.slice(&(at..start))));
                passage.text.push(Stretch::Figure(self.draft.slice(&(start..end)), passage.figures.len()));
                passage.figures.extend(self.figure(claim));
                at = end;
            }
            passage.text.push(Stretch::Words(self.draft.slice(&(at..block.text.end.max(at)))));
        }
        passage
    }

    fn figure(&self, claim: &'a Claim) -> Option<Figure<'a>> {
        let standing = self.story.coverage.standings.get(claim.id)?;
        let number = *self.numbers.get(&claim.id)?;
        let evidence = self.evidence(claim, standing);
        let all = self.findings.get(&claim.id).map(Vec::as_slice).unwrap_or_default();
        let is_here = |finding: &&Finding| self.homes.get(finding.id.as_str()) == Some(&number);
        let (findings, elsewhere): (Vec<&Finding>, Vec<&Finding>) = all.iter().copied().partition(is_here);
        let told = elsewhere.iter().filter(|finding| finding.severity != Severity::Note);
        Some(Figure {
            number,
            quote: self.draft.slice(&claim.text),
            claim: claim.id,
            topic: self.topics.get(&claim.id).map(|topic| topic.id),
            standing,
            verdict: verdict(standing, &evidence),
            see: told.filter_map(|finding| self.homes.get(finding.id.as_str()).copied()).collect(),
            evidence,
            findings,
        })
    }

    /// What the sources say of a figure, each source once.
    fn evidence(&self, own: &Claim, standing: &Standing) -> Vec<Evidence<'a>> {
        let agreeing = self.story.coverage.agreeing.get(own.id).map(Vec::as_slice).unwrap_or_default();
        let topic = self.topics.get(&own.id).copied();
        let of_draft = topic.filter(|_| agreeing.is_empty()).map(|topic| self.of_draft(own, topic));
        let alike = (*standing == Standing::Alone).then(|| self.alike(own));
        let bearing = match standing {
            Standing::Superseded { .. } => Bearing::Later,
            Standing::Corroborated { .. } => Bearing::Same,
            Standing::Disputed { .. } | Standing::Alone | Standing::NotChecked { .. } => Bearing::Against,
        };
        let all = [
            (Bearing::Same, agreeing),
            (bearing, standing.by()),
            (Bearing::OfDraft, &of_draft.unwrap_or_default()),
            (Bearing::Alike, &alike.unwrap_or_default()),
        ];
        let mut sources: BTreeMap<(Bearing, Result<usize, usize>), Vec<&'a Claim>> = BTreeMap::new();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for (bearing, ids) in all {
            let mut claims: Vec<&Claim> = ids.iter().filter_map(|id| self.story.claims.get(*id)).collect();
            // What the draft says itself, its copies do not say against it.
            if claims.iter().any(|claim| claim.document == self.draft.id) {
                let of_draft = topic.map(|topic| topic.of_draft.as_slice()).unwrap_or_default();
                claims.retain(|claim| claim.document != self.draft.id && !of_draft.contains(&claim.document));
            }
            // A report's text says more than its headline.
            claims.sort_by_key(|claim| (is_head(claim.block), claim.id));
            for claim in claims {
                if seen.insert(claim.document) {
                    let source = topic.and_then(|topic| topic.source_of(claim.document));
                    sources.entry((bearing, source.ok_or(claim.document))).or_default().push(claim);
                }
            }
        }
        let mut evidence: Vec<_> = sources
            .into_iter()
            .filter_map(|((bearing, _), claims)| self.witness(own, bearing, claims))
            .collect();
        evidence.sort_by_key(|found| (found.bearing, order(found.document), found.document.id));
        evidence
    }

    /// The claims that agree with one of the draft's and stand in its copies.
    fn of_draft(&self, own: &Claim, topic: &Topic) -> Vec<usize> {
        let stated = own.restates.unwrap_or(own.id);
        let agrees = |(a, b, relation): &(usize, usize, Relation)| {
            let other = if *a == stated { *b } else { *a };
            let document = self.story.claims.get(other)?.document;
            let is_copy = document != self.draft.id && topic.of_draft.contains(&document);
            let is_same = [*a, *b].contains(&stated) && matches!(relation, Relation::Agrees(_));
            (is_copy && is_same).then_some(other)
        };
        topic.relations.iter().filter_map(agrees).collect()
    }

    /// The sources' claims that print the same figure in the same unit and were not taken to be about the same thing. Of one
    /// digit without a unit of measure that says nothing.
    fn alike(&self, own: &Claim) -> Vec<usize> {
        let is_count = |claim: &Claim| {
            matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number | Dimension::Percent)
        };
        let Some(value) = own.in_base() else { return Vec::new() };
        if is_count(own) && value.normalize().mantissa().abs() < 10 {
            return Vec::new();
        }
        let unit = own.quantity.unit.base();
        let is_alike =
            |claim: &&&Claim| is_count(claim) && is_count(own) || claim.quantity.unit.base() == unit;
        let same = self.printed.get(&value).into_iter().flatten();
        same.filter(is_alike).map(|claim| claim.id).collect()
    }

    /// A source by its first report; its others are named.
    fn witness(&self, own: &Claim, bearing: Bearing, mut claims: Vec<&'a Claim>) -> Option<Evidence<'a>> {
        let document = |claim: &Claim| self.story.documents.get(claim.document);
        claims.sort_by_key(|claim| (document(claim).map(order), claim.id));
        let first = claims.first()?;
        // Where it is stated in the draft's unit, too, that is what to quote.
        let is_alike =
            |again: &&Claim| again.restates == Some(first.id) && again.quantity.unit == own.quantity.unit;
        let shown = match self.story.claims.iter().skip(first.id).take(REACH).find(is_alike) {
            Some(again) if first.quantity.unit != own.quantity.unit => again,
            Some(_) | None => first,
        };
        let document = document(shown)?;
        let place = |claim: &&Claim| self.story.address(claim.id);
        let outlet = document.outlet.as_deref();
        let date = document.published.as_ref().map(stamp);
        Some(Evidence {
            bearing,
            document,
            who: outlet.into_iter().map(str::to_owned).chain(date).collect::<Vec<String>>().join(", "),
            line: shown.place.line(),
            quotation: quotation(document, shown),
            reads: self.reads(own, shown, document),
            also: claims.iter().skip(1).filter_map(place).collect(),
        })
    }

    /// What a source's figure reads as, in the draft's unit where that is another one.
    fn reads(&self, own: &Claim, shown: &Claim, document: &Document) -> Option<String> {
        let (unit, wanted) = (&shown.quantity.unit, &own.quantity.unit);
        let is_count = |dimension: Dimension| matches!(dimension, Dimension::Count | Dimension::Number);
        if is_count(unit.dimension) && is_count(wanted.dimension) || unit == wanted {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let reads = in_words(shown);
            return (digits(document.slice(&shown.text)) != digits(&reads)).then_some(reads);
        }
        let told = match self.story.in_unit(shown, wanted)? {
            (told, None) => told,
            (told, Some(rate)) => format!(
                "{told} at {} {} for 1 {} ({}, {})",
                rate.value.round_sf(5)?.normalize(),
                wanted.code,
                unit.code,
                rate.source,
                rate.date
            ),
        };
        Some(format!("{}, that is {told}", in_words(shown)))
    }
}

/// The order of reports in time; those without a date come last.
fn order(document: &Document) -> (bool, Option<Moment>) {
    let when = document.published.as_ref().map(|when| (when.date, when.time));
    (when.is_none(), when)
}

/// Whether a block is set above others.
pub(super) fn is_head(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Headline | BlockKind::Heading)
}

/// Claims after one among which those stand that state it again.
const REACH: usize = 4;

/// A standing in words.
fn verdict(standing: &Standing, evidence: &[Evidence<'_>]) -> String {
    let number = |bearing: Bearing| evidence.iter().filter(|found| found.bearing == bearing).count();
    let by = |bearing: Bearing| counted(number(bearing), "source");
    match standing {
        Standing::Corroborated { .. } => format!("corroborated by {}", by(Bearing::Same)),
        Standing::Alone if number(Bearing::OfDraft) > 0 => "alone: no other source says so".to_owned(),
        Standing::Alone => "alone: no source says so".to_owned(),
        Standing::Disputed { .. } => {
            let disputed = match number(Bearing::Against) {
                0 => "disputed by other figures of the draft".to_owned(),
                _ => format!("disputed by {}", by(Bearing::Against)),
            };
            match number(Bearing::Same) {
                0 => disputed,
                _ => format!("{disputed}, borne out by {}", by(Bearing::Same)),
            }
        }
        Standing::Superseded { .. } => "superseded: there is a newer figure".to_owned(),
        Standing::NotChecked { because } => format!("not checked: {because}"),
    }
}

/// A claim's sentence around it, cut between words.
fn quotation(document: &Document, claim: &Claim) -> [String; 3] {
    const BEFORE: usize = 90;
    const BEHIND: usize = 60;
    let before = document.slice(&(claim.sentence.start.min(claim.text.start)..claim.text.start));
    let behind = document.slice(&(claim.text.end..claim.sentence.end.max(claim.text.end)));
    let cut = before.chars().count().saturating_sub(BEFORE);
    let before = match before.char_indices().nth(cut) {
        Some((at, _)) if cut > 0 => {
            let rest = before.get(at..).unwrap_or_default();
            format!("…{}", rest.find(' ').and_then(|space| rest.get(space..)).unwrap_or(rest))
        }
        Some(_) | None => before.to_owned(),
    };
    let behind = match behind.char_indices().nth(BEHIND) {
        Some((at, _)) => {
            let kept = behind.get(..at).unwrap_or_default();
            format!("{}…", kept.rfind(' ').and_then(|space| kept.get(..=space)).unwrap_or(kept))
        }
        None => behind.to_owned(),
    };
    [before, document.slice(&claim.text).to_owned(), behind]
}
