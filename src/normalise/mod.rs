//! Mentions to claims: what each figure says, of what, of whom, for when.
//!
//! Here ambiguity is settled from the phrase, the document and the settings, or left standing as "not compared" with
//! its reason. Nothing is guessed.

mod carried;
mod claim;
mod content;
mod context;
mod denomination;
mod earlier;
mod ellipsis;
mod measure;
pub mod part;
mod period;
mod points;
mod restate;
mod source;
mod stated;
mod subject;

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::{Block, BlockKind, Document};
use crate::extract::{Excerpt, Mention, Reads, Role};
use crate::lang::words::{TokenKind, parts_clauses};
use crate::lang::{Lexicon, Nature, Term, Tokens, measure as measure_of, sentence_around};
use crate::quantity::{Dimension, PrintedFigure, Unit};
use crate::settings::Settings;

use stated::Stated;

pub use claim::{Claim, Compared, Direction, Kind, Modality, Source};
pub use content::add_words;
pub use context::{MEDIAN, NEW, REJECTED};
pub use earlier::EARLIER;
pub use period::Period;

/// Builds the claims of one document, in reading order; their ids count from 0.
#[must_use]
pub fn build(document: &Document, excerpts: &[Excerpt<'_>], settings: &Settings) -> Vec<Claim> {
    let denominations =
        denomination::evidence(document, excerpts.iter().flat_map(|excerpt| &excerpt.mentions));
    let mentions = excerpts.iter().map(|excerpt| excerpt.mentions.len()).sum();
    let mut claims: Vec<Claim> = Vec::with_capacity(mentions);
    for excerpt in excerpts {
        let Some(block) = document.blocks.get(excerpt.block) else {
            continue;
        };
        let passage = Passage::new(document, block, excerpt);
        let first = claims.len();
        for mention in &excerpt.mentions {
            let surroundings = Surroundings { denominations: &denominations, before: &claims };
            if let Some(mut claim) = read(&passage, mention, document, settings, &surroundings) {
                claim.id = claims.len();
                claims.push(claim);
            }
        }
        restate::link(document, &excerpt.tokens, &mut claims, first);
        period::spread(document, excerpt.lexicon, &mut claims, first);
    }
    restate::hedge_headlines(&mut claims);
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
    /// The figures of the block.
    mentions: &'a [Mention],
}

/// Bytes of a table cell's head that are read: what is longer names nothing.
const LONGEST_HEAD: usize = 512;

impl<'a> Passage<'a> {
    /// The country that is named at a token, by its code, with the tokens of its name.
    fn country_at(&self, idx: usize) -> Option<(usize, &'a str)> {
        self.tokens.country_at(&self.document.text, idx)
    }

    fn new(document: &'a Document, block: &'a Block, excerpt: &'a Excerpt<'a>) -> Passage<'a> {
        let lexicon = excerpt.lexicon;
        let heads = block.heads.iter().filter_map(|idx| document.blocks.get(*idx)).map(|head| {
            let end = document.text.floor_char_boundary(head.text.start + LONGEST_HEAD);
            lexicon.tokens(&document.text, head.text.start..end.min(head.text.end))
        });
        let (tokens, mentions) = (&excerpt.tokens, excerpt.mentions.as_slice());
        Passage { document, block, tokens, heads: heads.collect(), lexicon, mentions }
    }

    /// What is told of a block in another language than its document.
    fn foreign_language(&self) -> Option<String> {
        let is_foreign = self.lexicon.name != Lexicon::of(self.document.language).name;
        is_foreign.then(|| format!("its paragraph is in {}", self.lexicon.name))
    }

    fn text(&self) -> &'a str {
        &self.document.text
    }

    /// "And" sets things side by side: "nine boats and two cranes".
    fn is_conjunction(&self, idx: usize) -> bool {
        let is_word = self.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && self.tokens.longest(idx, |term| matches!(term, Term::NumberJoiner).then_some(())).is_some()
    }

    /// Whether a clause ends at a token: what stands behind it is of something else, more often than not.
    fn is_edge(&self, idx: usize) -> bool {
        let is_symbol = self.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Symbol);
        is_symbol && (parts_clauses(self.word(idx)) || self.is_quotation_mark(idx))
    }

    /// Whether a token is of printed digits.
    fn is_digits(&self, idx: usize) -> bool {
        self.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Digits)
    }

    fn is_quotation_mark(&self, idx: usize) -> bool {
        matches!(self.word(idx), "\"" | "“" | "”" | "«" | "»" | "„" | "「" | "」")
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
    let Surroundings { denominations, before } = *surroundings;
    let spot = spot(passage, mention);
    let mut reading: Vec<String> = passage.foreign_language().into_iter().collect();
    let mut obstacle;
    let mut family = None;
    let mut stated = match &mention.reads {
        Reads::Figure { number, candidates } => {
            let told = restate::currency_ahead(passage, &spot);
            let settled =
                denomination::settle(number, candidates, passage.lexicon, settings, denominations, told)?;
            (obstacle, family) = (settled.obstacle, settled.family);
            reading.extend(settled.step);
            stated::figure(number, settled.scale, settled.unit, mention.hedge)?
        }
        Reads::Date(_) | Reads::Weekday(_) | Reads::Year(_) | Reads::Endless => {
            let year = denominations.year;
            let (stated, open) = stated::of_no_unit(&mention.reads, document, settings, year, &mut reading)?;
            obstacle = open;
            stated
        }
    };
    let lent = lent(passage, &spot, &stated, before);
    if let Some(lent) = &lent {
        family = lent.from.map_or(family, |other| other.family.clone());
        reading.push(lent.step());
        stated.take(lent.unit.clone(), mention.hedge)?;
    }
    let dimension = stated.quantity.unit.dimension;
    let mut slots = context::slots(passage, &spot, &stated.quantity.unit, document);
    ellipsis::go_on(lent.as_ref(), &mut slots, dimension);
    let role = role(mention, &mut slots, stated.figure);
    ellipsis::complete(passage, &spot, &stated.quantity, &mut slots, before);
    if mention.role == Role::Whole {
        obstacle = Some("the whole that a part is given of".to_owned());
    }
    if dimension == Dimension::Number
        && !is_day_of_week(passage, &spot)
        && let Some(unit) = counted(&slots, &stated, &mut reading)
    {
        stated.take(unit, mention.hedge)?;
    }
    let compared = compared(passage, &slots, &stated, mention, obstacle);
    Some(Claim {
        id: 0,
        document: document.id,
        span: document.span(&mention.text),
        place: document.place(&mention.text),
        text: mention.text.clone(),
        sentence: sentence_text(passage, &spot),
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
        things: slots.things,
        part: slots.part,
        scopes: slots.scopes,
        qualifiers: slots.qualifiers,
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

/// What a figure is to the others of its sentence, which its clause may say as well as its place.
fn role(mention: &Mention, slots: &mut context::Slots, figure: PrintedFigure) -> Role {
    // "From A to B" opens a range as well as a comparison.
    slots.is_previous &= !matches!(figure, PrintedFigure::Range(..));
    slots.is_previous |= mention.role == Role::Before;
    if slots.is_previous { Role::Before } else { mention.role }
}

/// Whether a sum without a scale is told in one breath with one that has it, so that it may be of both: "€112 and €45 million".
fn shares_scale(passage: &Passage<'_>, mention: &Mention) -> bool {
    const SMALL: Decimal = Decimal::ONE_THOUSAND;
    let value = |mention: &Mention| match &mention.reads {
        Reads::Figure { number, candidates } => match number.figure {
            PrintedFigure::One(value) => value.checked_mul(candidates.first()?.scale),
            PrintedFigure::Range(..) | PrintedFigure::Vague(..) | PrintedFigure::Fraction(_) => None,
        },
        Reads::Date(_) | Reads::Weekday(_) | Reads::Year(_) | Reads::Endless => None,
    };
    let behind = passage.mentions.partition_point(|other| other.text.start < mention.text.end);
    let end = passage.tokens.partition_point(|token| token.start < mention.text.end);
    let Some(next) = passage.mentions.get(behind).filter(|_| passage.is_conjunction(end)) else {
        return false;
    };
    let is_right_behind = passage.tokens.get(end + 1).is_some_and(|token| token.start == next.text.start);
    is_right_behind
        && value(mention).is_some_and(|value| value < SMALL)
        && value(next).is_some_and(|value| value >= ellipsis::LARGE)
}

/// Whether a day of the week stands right before a number: "on Sunday 25".
fn is_day_of_week(passage: &Passage<'_>, spot: &Spot) -> bool {
    let is_weekday = |term: &Term| matches!(term, Term::Weekday(_)).then_some(());
    passage.tokens.ending_before(spot.own.start, is_weekday).is_some()
}

/// Whether a figure is a "one" in letters that another of its kind or its whole stands beside: "one passenger train struck
/// another", "one of three tickets".
fn is_any_one(mention: &Mention, stated: &Stated, slots: &context::Slots, passage: &Passage<'_>) -> bool {
    let is_in_letters =
        passage.text().get(mention.text.clone()).is_some_and(|text| !text.contains(char::is_numeric));
    stated.quantity.unit.dimension == Dimension::Count
        && matches!(stated.figure, PrintedFigure::One(value) if value == Decimal::ONE)
        && mention.hedge.is_none()
        && is_in_letters
        && slots.has_another
}

/// What a bare number counts by the measure of its clause.
fn counted(slots: &context::Slots, stated: &Stated, reading: &mut Vec<String>) -> Option<Unit> {
    let noun = slots.counts.as_ref().filter(|_| !matches!(stated.figure, PrintedFigure::Fraction(_)))?;
    let is_magnitude =
        slots.measure.and_then(measure_of).is_some_and(|found| found.of.contains(&Dimension::Magnitude));
    // "One dead after 5.9 quake": nobody dies in tenths.
    (is_magnitude || stated.quantity.best.is_none_or(|value| value.is_integer())).then_some(())?;
    reading.push(format!("no noun stands beside it: it counts \"{noun}\", by the measure of its clause"));
    Some(if is_magnitude { Unit::of(Dimension::Magnitude) } else { Unit::count(noun) })
}

/// What a bare number of running text takes from the figures before it, or from what is said of it; points beside a share
/// are those of percent.
fn lent<'a>(
    passage: &Passage<'_>,
    spot: &Spot,
    stated: &Stated,
    before: &'a [Claim],
) -> Option<ellipsis::Lent<'a>> {
    if points::are_of_percent(passage, spot, &stated.quantity, before) {
        return Some(ellipsis::Lent::told(
            Unit::measured("pp")?,
            "points beside a share are percentage points",
        ));
    }
    let is_bare =
        stated.quantity.unit.dimension == Dimension::Number && passage.block.kind != BlockKind::Cell;
    if !is_bare || matches!(stated.figure, PrintedFigure::Fraction(_)) {
        return None;
    }
    ellipsis::unit_before(passage, spot, &stated.quantity, before)
        .or_else(|| carried::count(passage, spot, &stated.quantity, before))
        .or_else(|| carried::amount(passage, spot, &stated.quantity, before))
}

fn sentence_text(passage: &Passage<'_>, spot: &Spot) -> Range<usize> {
    let end = spot.sentence.end.checked_sub(1).and_then(|idx| passage.tokens.get(idx));
    sentence_start(passage, spot)..end.map_or(passage.block.text.end, |token| token.end)
}

/// The first byte of a figure's sentence.
fn sentence_start(passage: &Passage<'_>, spot: &Spot) -> usize {
    passage.tokens.get(spot.sentence.start).map_or(passage.block.text.start, |token| token.start)
}

/// Whether a claim takes part in the comparison, by what it is and where it stands.
fn compared(
    passage: &Passage<'_>,
    slots: &context::Slots,
    stated: &Stated,
    mention: &Mention,
    obstacle: Option<String>,
) -> Compared {
    let no = |why: &str| Compared::No(why.to_owned());
    if passage.block.kind == BlockKind::Furniture {
        return no("belongs to the page, not to the report");
    }
    if passage.document.dateline.as_ref().is_some_and(|range| range.contains(&mention.text.start)) {
        return no("the report's own date");
    }
    if let Some(why) = obstacle {
        return Compared::No(why);
    }
    let behind = mention.text.end..passage.block.text.end;
    if slots.is_previous && is_of_term_before(passage.document, behind, slots.measure, slots.period.as_ref())
    {
        return no("an earlier or another's figure, given beside the present one");
    }
    if stated.quantity.unit.dimension == Dimension::Money && shares_scale(passage, mention) {
        return no("the scale of the next sum may be its own as well");
    }
    if is_any_one(mention, stated, slots, passage) {
        return no("one of several, told in passing");
    }
    obstacle_of(&stated.quantity.unit).map_or(Compared::Yes, no)
}

/// Whether an earlier figure, or a change since, is told with its time and of what does not run: "48 million, up from 41 million
/// a year earlier" gives the figure of another year, and none that was revised. What stands behind the figure is given by its
/// place in the document's text.
#[must_use]
pub fn is_of_term_before(
    document: &Document,
    behind: Range<usize>,
    measure: Option<&str>,
    period: Option<&Period>,
) -> bool {
    const REACH: usize = 4;
    if measure.and_then(measure_of).is_some_and(|measure| measure.nature == Nature::Running) {
        return false;
    }
    let is_of_term = period.is_some_and(|period| period.is_term() || matches!(period, Period::Against(_)));
    let behind =
        Lexicon::of(document.language).tokens(&document.text, behind.start..behind.end.max(behind.start));
    let near = |first: usize, wanted: &dyn Fn(&Term) -> bool| {
        let is_wanted = |term: &Term| wanted(term).then_some(());
        (first..behind.len().min(first + REACH)).find_map(|idx| Some(idx + behind.longest(idx, is_wanted)?.0))
    };
    // "13 million more than announced in March": the month is that of the announcement.
    let is_time = |term: &Term| matches!(term, Term::Month(_) | Term::Period(_) | Term::YearBefore);
    let is_told = near(0, &|term| matches!(term, Term::PreviousTold))
        .is_some_and(|end| !is_of_term || near(end, &is_time).is_some());
    let is_before = || near(0, &|term| matches!(term, Term::PreviousAfter | Term::PreviousBeside)).is_some();
    !is_told && (is_of_term || is_before())
}

/// Why figures of a unit are compared with none; nothing for those that are.
#[must_use]
pub fn obstacle_of(unit: &Unit) -> Option<&'static str> {
    if unit.code == MULTIPLE {
        return Some("a multiple of another figure");
    }
    match unit.dimension {
        Dimension::Number => Some("a number without a unit or a noun"),
        Dimension::Age => Some("an age"),
        Dimension::Clock => Some("a time of day"),
        Dimension::Ordinal => Some("a rank"),
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
        | Dimension::Rate => None,
    }
}
