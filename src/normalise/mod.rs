//! Mentions to claims: what each figure says, of what, of whom, for when.
//!
//! Here ambiguity is settled from the phrase, the document and the settings, or left standing as "not compared" with
//! its reason. Nothing is guessed.

mod content;
mod context;
mod denomination;
mod ellipsis;
mod measure;
mod period;
mod points;
mod restate;
mod subject;

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::{Block, BlockKind, Document};
use crate::extract::{Excerpt, Mention, Number, Reads, Role};
use crate::lang::words::TokenKind;
use crate::lang::{Lexicon, StatedDate, Term, Tokens, YearPart, sentence_around};
use crate::quantity::{
    Bound, Dimension, Hedge, Interval, Precision, PrintedFigure, Quantity, Unit, day_number,
};
use crate::settings::Settings;
use crate::span::Span;

pub use content::add_words;
pub use period::Period;

/// A figure and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The place among the story's claims.
    pub id: usize,
    /// The document's place in the story.
    pub document: usize,
    /// Where it stands in the file, in bytes.
    pub span: Span,
    /// Where it stands in the document's text.
    pub text: Range<usize>,
    /// The sentence around it, in the document's text.
    pub sentence: Range<usize>,
    /// The kind of block it stands in.
    pub block: BlockKind,
    /// The post that it stands in, by its place among its document's; nothing where the report is of one piece.
    pub post: Option<usize>,
    /// What it says, as stated.
    pub quantity: Quantity,
    /// What its digits and hedge leave open, in the stated unit: outside it is a contradiction.
    pub hard: Interval,
    /// What a reader takes it for, in the stated unit: outside it readers object.
    pub soft: Interval,
    /// How precisely it was printed.
    pub precision: Precision,
    /// Whether it is a range or a magnitude without a figure of its own.
    pub figure: PrintedFigure,
    /// The hedge beside it.
    pub hedge: Option<Hedge>,
    /// The shared name or sign that the currency was settled from without a word of the report: a family's id.
    pub family: Option<String>,
    /// The claim that it states again in another unit.
    pub restates: Option<usize>,
    /// What is counted or measured: an id of `measures.toml`.
    pub measure: Option<&'static str>,
    /// Whether that is no more than the noun that is counted: "4,200 students" may be any students.
    pub is_measure_noun: bool,
    /// Whose it is: names in the figure's clause, folded.
    pub subject: Vec<String>,
    /// The names right beside the figure, folded.
    pub owners: Vec<String>,
    /// Which part of the whole: an id of the pages' `[parts]`.
    pub part: Option<String>,
    /// For when it holds.
    pub period: Option<Period>,
    /// Whether it is a fact or a plan.
    pub modality: Modality,
    /// Who said so.
    pub source: Option<String>,
    /// Level, change, share, rank or date.
    pub kind: Kind,
    /// Whether a change is a rise or a fall, where the report says.
    pub direction: Option<Direction>,
    /// The day of the week, 1 for Monday, where it is one and no date.
    pub weekday: Option<i8>,
    /// Whether it stands for itself, or beside another as what was before or as its whole.
    pub role: Role,
    /// Whether it is compared with others, or why not.
    pub compared: Compared,
    /// What was settled on the way from the quotation to the quantity, step by step.
    pub reading: Vec<String>,
    /// The sentence's words of content: lemmas, sorted, each once; none until [`add_words`] adds them.
    pub words: Arc<[String]>,
}

/// Whether a figure is said to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// It holds.
    Fact,
    /// It is to come, as decided.
    Planned,
    /// Someone expects it.
    Forecast,
    /// Someone aims at it.
    Target,
    /// It is the most that is possible or allowed.
    Maximum,
}

impl Modality {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Fact => "fact",
            Modality::Planned => "planned",
            Modality::Forecast => "forecast",
            Modality::Target => "target",
            Modality::Maximum => "maximum",
        }
    }

    fn of_key(key: &str) -> Option<Modality> {
        [Modality::Planned, Modality::Forecast, Modality::Target, Modality::Maximum]
            .into_iter()
            .find(|modality| modality.as_str() == key)
    }
}

/// What sort of figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// How much there is.
    Level,
    /// How much it moved.
    Change,
    /// How much of a whole.
    Share,
    /// A place in an order.
    Rank,
    /// A day, a month, a year.
    Date,
}

impl Kind {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Level => "level",
            Kind::Change => "change",
            Kind::Share => "share",
            Kind::Rank => "rank",
            Kind::Date => "date",
        }
    }
}

/// Which way a figure moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Up.
    Rise,
    /// Down.
    Fall,
}

impl Direction {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Rise => "rise",
            Direction::Fall => "fall",
        }
    }

    fn of_key(key: &str) -> Option<Direction> {
        [Direction::Rise, Direction::Fall].into_iter().find(|direction| direction.as_str() == key)
    }
}

/// Whether a claim is compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// It is.
    Yes,
    /// It is not, and why.
    No(String),
}

impl Claim {
    /// Whether it is compared.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        self.compared == Compared::Yes
    }

    /// How it was read, step by step: the quotation, and what was settled from it.
    #[must_use]
    pub fn steps(&self, document: &Document) -> Vec<String> {
        let first = format!("reads \"{}\" as {}", document.slice(&self.text), self.quantity);
        std::iter::once(first).chain(self.reading.iter().cloned()).collect()
    }

    /// The figure itself, in the stated unit, or nothing for a range.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        self.quantity.best
    }
}

/// Builds the claims of one document, in reading order; `first_id` is the first claim's id.
#[must_use]
pub fn build(
    document: &Document,
    excerpts: &[Excerpt<'_>],
    lexicon: &Lexicon,
    settings: &Settings,
    first_id: usize,
) -> Vec<Claim> {
    let denominations = denomination::evidence(excerpts.iter().flat_map(|excerpt| &excerpt.mentions));
    let mentions = excerpts.iter().map(|excerpt| excerpt.mentions.len()).sum();
    let mut claims: Vec<Claim> = Vec::with_capacity(mentions);
    for excerpt in excerpts {
        let Some(block) = document.blocks.get(excerpt.block) else {
            continue;
        };
        let passage = Passage::new(document, block, &excerpt.tokens, lexicon);
        for mention in &excerpt.mentions {
            let surroundings =
                Surroundings { mentions: &excerpt.mentions, denominations: &denominations, before: &claims };
            if let Some(mut claim) = read(&passage, mention, document, settings, &surroundings) {
                claim.id = first_id + claims.len();
                claims.push(claim);
            }
        }
    }
    restate::link(document, lexicon, &mut claims);
    claims
}

/// A block's tokens and page, shared by the readers of slots.
struct Passage<'a> {
    document: &'a Document,
    block: &'a Block,
    tokens: &'a Tokens<'a>,
    /// The tokens of the blocks that name it.
    heads: Vec<Tokens<'a>>,
    lexicon: &'a Lexicon,
}

/// Bytes of a table cell's head that are read: what is longer names nothing.
const LONGEST_HEAD: usize = 512;

impl<'a> Passage<'a> {
    fn new(
        document: &'a Document,
        block: &'a Block,
        tokens: &'a Tokens<'a>,
        lexicon: &'a Lexicon,
    ) -> Passage<'a> {
        let heads = block.heads.iter().filter_map(|idx| document.blocks.get(*idx)).map(|head| {
            let end = document.text.floor_char_boundary(head.text.start + LONGEST_HEAD);
            lexicon.tokens(&document.text, head.text.start..end.min(head.text.end))
        });
        Passage { document, block, tokens, heads: heads.collect(), lexicon }
    }

    fn text(&self) -> &'a str {
        &self.document.text
    }

    /// "And" sets things side by side: "36 engines and four helicopters".
    fn is_conjunction(&self, idx: usize) -> bool {
        let is_word = self.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && self.tokens.longest(idx, |term| matches!(term, Term::NumberJoiner).then_some(())).is_some()
    }

    fn word(&self, idx: usize) -> &'a str {
        self.tokens.get(idx).and_then(|token| self.document.text.get(token.range())).unwrap_or_default()
    }
}

/// Where a mention stands among its block's tokens.
struct Spot {
    /// The mention's own tokens.
    own: Range<usize>,
    /// The sentence's tokens.
    sentence: Range<usize>,
}

/// The unit of "twice" and "threefold".
const MULTIPLE: &str = "times";

/// Tokens on either side of a figure that its sentence holds at most.
const WINDOW: usize = 80;

fn spot(passage: &Passage<'_>, mention: &Mention) -> Spot {
    let start = passage.tokens.partition_point(|token| token.end <= mention.text.start);
    let end = passage.tokens.partition_point(|token| token.start < mention.text.end).max(start + 1);
    let sentence = sentence_around(passage.lexicon, passage.text(), passage.tokens, start);
    // The dateline is no part of the first sentence: its names are those of the place and the outlet.
    let dateline = passage.document.dateline.as_ref().filter(|range| range.end <= mention.text.start);
    let behind = dateline.map_or(0, |range| passage.tokens.partition_point(|token| token.start < range.end));
    let sentence_start = if passage
        .document
        .dateline
        .as_ref()
        .is_some_and(|range| passage.block.text.contains(&range.start))
    {
        sentence.start.max(behind)
    } else {
        sentence.start
    };
    let sentence = sentence_start..sentence.end;
    // A list without an end is no sentence: what stands far away says nothing of the figure.
    let sentence = sentence.start.max(start.saturating_sub(WINDOW))..sentence.end.min(end + WINDOW);
    let sentence = sentence.start.min(start)..sentence.end.max(end).min(passage.tokens.len());
    Spot { own: start..end.min(passage.tokens.len()), sentence }
}

/// What the rest of the document says that bears on a figure.
struct Surroundings<'a> {
    /// The figures of its block.
    mentions: &'a [Mention],
    /// What the document names without doubt.
    denominations: &'a denomination::Evidence,
    /// The claims read so far.
    before: &'a [Claim],
}

fn read(
    passage: &Passage<'_>,
    mention: &Mention,
    document: &Document,
    settings: &Settings,
    surroundings: &Surroundings<'_>,
) -> Option<Claim> {
    let Surroundings { mentions, denominations, before } = *surroundings;
    let spot = spot(passage, mention);
    let mut reading = Vec::new();
    let mut obstacle;
    let mut family = None;
    let mut stated = match &mention.reads {
        Reads::Figure { number, candidates } => {
            let settled = denomination::settle(number, candidates, passage.lexicon, settings, denominations)?;
            obstacle = settled.obstacle;
            family = settled.family;
            reading.extend(settled.step);
            figure(number, settled.scale, settled.unit, mention.hedge)?
        }
        Reads::Date(_) | Reads::Weekday(_) | Reads::Year(_) => {
            let year = denominations.year;
            let (stated, open) = of_calendar(&mention.reads, document, settings, year, &mut reading)?;
            obstacle = open;
            stated
        }
    };
    if points::are_of_percent(passage, &spot, &stated.quantity, mentions) {
        reading.push("points beside a share are percentage points".to_owned());
        stated.take(Unit::measured("pp")?, mention.hedge)?;
    } else if let Some(other) = unit_before(passage, &spot, &stated, before) {
        reading.push(format!("no unit stands beside it: it has that of {}, before it", other.quantity));
        family.clone_from(&other.family);
        stated.take(other.quantity.unit.clone(), mention.hedge)?;
    }
    let dimension = stated.quantity.unit.dimension;
    let mut slots = context::slots(passage, &spot, &stated.quantity.unit, document);
    // "From A to B" opens a range as well as a comparison.
    slots.is_previous &= !matches!(stated.figure, PrintedFigure::Range(..));
    slots.is_previous |= mention.role == Role::Before;
    let role = if slots.is_previous { Role::Before } else { mention.role };
    if mention.role == Role::Whole {
        obstacle = Some("the whole that a part is given of".to_owned());
    }
    if dimension == Dimension::Number
        && let Some(noun) = slots.counts.as_ref().filter(|_| matches!(stated.figure, PrintedFigure::One(_)))
    {
        reading.push(format!("no noun stands beside it: it counts \"{noun}\", by the measure of its clause"));
        stated.take(Unit::count(noun), mention.hedge)?;
    }
    let compared = compared(passage, &slots, &stated.quantity.unit, mention.text.start, obstacle);
    let sentence = sentence_text(passage, &spot);
    Some(Claim {
        id: 0,
        document: document.id,
        span: document.span(&mention.text),
        text: mention.text.clone(),
        sentence,
        block: passage.block.kind,
        post: passage.block.post,
        hard: stated.hard,
        soft: stated.soft,
        precision: stated.precision,
        figure: stated.figure,
        quantity: stated.quantity,
        hedge: mention.hedge,
        family,
        restates: None,
        measure: slots.measure,
        is_measure_noun: slots.is_measure_noun,
        subject: slots.subject,
        owners: slots.owners,
        part: slots.part,
        period: slots.period,
        modality: slots.modality,
        source: slots.source,
        kind: slots.kind,
        direction: slots.direction,
        weekday: if let Reads::Weekday(day) = mention.reads { Some(day) } else { None },
        role,
        compared,
        reading,
        words: Arc::from([]),
    })
}

/// The claim whose unit a bare number of running text takes.
fn unit_before<'a>(
    passage: &Passage<'_>,
    spot: &Spot,
    stated: &Stated,
    before: &'a [Claim],
) -> Option<&'a Claim> {
    let is_bare =
        stated.quantity.unit.dimension == Dimension::Number && passage.block.kind != BlockKind::Cell;
    let sentence = sentence_text(passage, spot);
    is_bare.then(|| ellipsis::unit_before(passage, spot, &stated.quantity, &sentence, before)).flatten()
}

fn sentence_text(passage: &Passage<'_>, spot: &Spot) -> Range<usize> {
    let start = passage.tokens.get(spot.sentence.start).map_or(passage.block.text.start, |token| token.start);
    let end = spot.sentence.end.checked_sub(1).and_then(|idx| passage.tokens.get(idx));
    start..end.map_or(passage.block.text.end, |token| token.end)
}

/// A figure with its intervals, in the stated unit.
struct Stated {
    quantity: Quantity,
    hard: Interval,
    soft: Interval,
    precision: Precision,
    figure: PrintedFigure,
}

impl Stated {
    /// Gives the figure a unit that its surroundings tell; nothing on overflow.
    fn take(&mut self, unit: Unit, hedge: Option<Hedge>) -> Option<()> {
        self.precision.is_count = unit.dimension == Dimension::Count;
        (self.hard, self.soft) = self.precision.intervals(self.figure, hedge)?;
        if self.quantity.best.is_some() {
            self.quantity.interval = self.hard;
        }
        self.quantity.unit = unit;
        Some(())
    }
}

fn figure(number: &Number, scale: Decimal, unit: Unit, hedge: Option<Hedge>) -> Option<Stated> {
    let times = |value: Decimal| value.checked_mul(scale).map(|value| value.normalize());
    let figure = match number.figure {
        PrintedFigure::One(value) => PrintedFigure::One(times(value)?),
        PrintedFigure::Range(low, high) => PrintedFigure::Range(times(low)?, times(high)?),
        PrintedFigure::Vague(low, high) => PrintedFigure::Vague(times(low)?, times(high)?),
        PrintedFigure::Fraction(value) => PrintedFigure::Fraction(value),
    };
    let is_count = matches!(unit.dimension, Dimension::Count | Dimension::Ordinal) && scale == Decimal::ONE;
    let precision = Precision { grain: times(number.grain)?, from_zeros: number.from_zeros, is_count };
    let (hard, soft) = precision.intervals(figure, hedge)?;
    let (best, interval) = match figure {
        PrintedFigure::One(value) | PrintedFigure::Fraction(value) => (Some(value), hard),
        PrintedFigure::Range(low, high) | PrintedFigure::Vague(low, high) => {
            (None, Interval::closed(low, high))
        }
    };
    Some(Stated { quantity: Quantity { interval, best, unit }, hard, soft, precision, figure })
}

/// A day, a weekday or a year, with what keeps it open.
fn of_calendar(
    reads: &Reads,
    document: &Document,
    settings: &Settings,
    named_year: Option<i16>,
    reading: &mut Vec<String>,
) -> Option<(Stated, Option<String>)> {
    match reads {
        Reads::Date(date) => dated(*date, document, settings, named_year, reading),
        Reads::Weekday(day) => {
            weekday(*day, document, settings, reading).map(|(stated, open)| (stated, Some(open)))
        }
        Reads::Year(year) => Some((year_figure(*year), None)),
        Reads::Figure { .. } => None,
    }
}

/// A date; one without a year takes it from the report's own date, or from its other dates.
fn dated(
    date: StatedDate,
    document: &Document,
    settings: &Settings,
    named_year: Option<i16>,
    reading: &mut Vec<String>,
) -> Option<(Stated, Option<String>)> {
    let own = document.published.as_ref().map(|when| when.date).or(settings.as_of);
    let year = own.map(jiff::civil::Date::year).or(named_year);
    if date.year.is_none() {
        // "In September" may be the last or the next one; a day is mostly near the report's own.
        if matches!(date.part, YearPart::Month(_)) {
            return Some((open_date(), Some("a month of which no year is stated".to_owned())));
        }
        match (own, named_year) {
            (Some(own), _) => {
                reading.push(format!("the year {} is taken from the report's date, {own}", own.year()));
            }
            (None, Some(year)) => {
                reading.push(format!("the year {year} is that of the report's other dates"));
            }
            (None, None) => {
                return Some((open_date(), Some("a day of which no year is known".to_owned())));
            }
        }
    }
    let (first, last) = date.days(year)?;
    let (low, high) = (day_number(first), day_number(last));
    let interval = Interval::closed(low, high);
    let is_day = low == high;
    let figure = if is_day { PrintedFigure::One(low) } else { PrintedFigure::Range(low, high) };
    let quantity = Quantity { interval, best: is_day.then_some(low), unit: Unit::of(Dimension::Date) };
    Some((exact(quantity, figure), None))
}

/// A weekday is that of the last seven days before the report, its own day included.
fn weekday(
    day: i8,
    document: &Document,
    settings: &Settings,
    reading: &mut Vec<String>,
) -> Option<(Stated, String)> {
    let Some(own) = document.published.as_ref().map(|when| when.date).or(settings.as_of) else {
        return Some((open_date(), "a weekday of which no date is known".to_owned()));
    };
    let since = (own.weekday().to_monday_one_offset() - day).rem_euclid(7);
    let date = own.checked_sub(jiff::Span::new().days(i64::from(since))).ok()?;
    reading.push(format!("the last such day up to the report's date, {own}"));
    let value = day_number(date);
    let stated = exact(Quantity::exactly(value, Unit::of(Dimension::Date)), PrintedFigure::One(value));
    Some((stated, "a weekday".to_owned()))
}

/// A date that may be any.
fn open_date() -> Stated {
    let interval = Interval { low: Bound::Unbounded, high: Bound::Unbounded };
    let quantity = Quantity { interval, best: None, unit: Unit::of(Dimension::Date) };
    // Nothing of it can be compared: neither its figure nor its precision is looked at.
    exact(quantity, PrintedFigure::Range(Decimal::ZERO, Decimal::ZERO))
}

fn year_figure(year: i16) -> Stated {
    let value = Decimal::from(year);
    exact(Quantity::exactly(value, Unit::of(Dimension::Year)), PrintedFigure::One(value))
}

fn exact(quantity: Quantity, figure: PrintedFigure) -> Stated {
    let precision = Precision { grain: Decimal::ONE, from_zeros: false, is_count: true };
    Stated { hard: quantity.interval, soft: quantity.interval, quantity, precision, figure }
}

/// Whether a claim takes part in the comparison, by what it is and where it stands.
fn compared(
    passage: &Passage<'_>,
    slots: &context::Slots,
    unit: &Unit,
    start: usize,
    obstacle: Option<String>,
) -> Compared {
    let no = |why: &str| Compared::No(why.to_owned());
    if passage.block.kind == BlockKind::Furniture {
        return no("belongs to the page, not to the report");
    }
    if passage.document.dateline.as_ref().is_some_and(|range| range.contains(&start)) {
        return no("the report's own date");
    }
    if let Some(why) = obstacle {
        return Compared::No(why);
    }
    if slots.is_previous {
        return no("an earlier or another's figure, given beside the present one");
    }
    if unit.code == MULTIPLE {
        return no("a multiple of another figure");
    }
    match unit.dimension {
        Dimension::Number => no("a number without a unit or a noun"),
        Dimension::Age => no("an age"),
        Dimension::Clock => no("a time of day"),
        Dimension::Ordinal => no("a rank"),
        Dimension::Money
        | Dimension::Percent
        | Dimension::Points
        | Dimension::Count
        | Dimension::Power
        | Dimension::Energy
        | Dimension::Length
        | Dimension::Area
        | Dimension::Volume
        | Dimension::Mass
        | Dimension::Speed
        | Dimension::Temperature
        | Dimension::Duration
        | Dimension::Date
        | Dimension::Year
        | Dimension::Data
        | Dimension::Emissions
        | Dimension::Frequency
        | Dimension::Pressure
        | Dimension::Magnitude
        | Dimension::Rate => Compared::Yes,
    }
}
