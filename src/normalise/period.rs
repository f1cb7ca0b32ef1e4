//! For when a figure holds: the year, the quarter, or the day, week or month it recurs in.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::lang::words::{TokenKind, fold, is_unspaced};
use crate::lang::{Lexicon, Term, YEARS, YearPart, date_at};

use super::{Claim, Kind, Passage, Spot, context};
use crate::document::Document;
use crate::extract::{CandidateUnit, Reads};
use crate::quantity::{Dimension, Hedge};

/// The stretch of time a figure is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A quarter of a year.
    Quarter(i16, i8),
    /// A quarter of a year that is not named.
    QuarterOf(i8),
    /// Each day, week, month or year.
    Every(String),
    /// Of a change: against the year, quarter or month before.
    Against(String),
    /// In all, over so many years.
    Span(u16),
    /// In all, over so many months: a quarter, a half, the first nine.
    Months(u16),
}

const YEAR: &str = "year";

impl Period {
    /// Whether two periods cannot both be a figure's. A change against the year before may be that of a year.
    #[must_use]
    pub fn clashes_with(&self, other: &Period) -> bool {
        let is_date = |period: &Period| matches!(period, Period::Year(_) | Period::Quarter(..));
        let is_of_year = |period: &Period| matches!(period, Period::Against(unit) if unit == YEAR);
        let is_stretch =
            |period: &Period| matches!(period, Period::Span(_) | Period::Months(_) | Period::QuarterOf(_));
        if let Some((one, other)) = self.quarter().zip(other.quarter())
            && one != other
        {
            return true;
        }
        if is_stretch(self) || is_stretch(other) {
            return self.excludes(other);
        }
        self != other && !(is_date(self) && is_of_year(other) || is_of_year(self) && is_date(other))
    }

    /// Whether it is one stretch of time of its own: a year, a quarter, the first nine months.
    #[must_use]
    pub fn is_term(&self) -> bool {
        match self {
            Period::Year(_) | Period::Quarter(..) | Period::QuarterOf(_) | Period::Months(_) => true,
            Period::Every(_) | Period::Against(_) | Period::Span(_) => false,
        }
    }

    /// Which quarter it is.
    fn quarter(&self) -> Option<i8> {
        match self {
            Period::Quarter(_, quarter) | Period::QuarterOf(quarter) => Some(*quarter),
            Period::Year(_) | Period::Every(_) | Period::Against(_) | Period::Span(_) | Period::Months(_) => {
                None
            }
        }
    }

    /// The year that it is, or is of.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        match self {
            Period::Year(year) | Period::Quarter(year, _) => Some(*year),
            Period::QuarterOf(_)
            | Period::Every(_)
            | Period::Against(_)
            | Period::Span(_)
            | Period::Months(_) => None,
        }
    }

    /// Whether one figure cannot hold for both, whatever it is of: "40 million a year", "40 million a month", "40 million over
    /// five years", "40 million in the first nine months".
    #[must_use]
    pub fn excludes(&self, other: &Period) -> bool {
        match (self, other) {
            (Period::Every(one), Period::Every(other)) => one != other,
            (Period::Span(one), Period::Span(other)) => one != other,
            (Period::Span(_) | Period::Months(_) | Period::QuarterOf(_), Period::Every(_))
            | (Period::Every(_), Period::Span(_) | Period::Months(_) | Period::QuarterOf(_)) => true,
            (Period::Months(one), Period::Months(other)) => one != other,
            (Period::Months(count), Period::Quarter(..) | Period::QuarterOf(_))
            | (Period::Quarter(..) | Period::QuarterOf(_), Period::Months(count)) => *count != QUARTER,
            (
                Period::Year(_)
                | Period::Quarter(..)
                | Period::QuarterOf(_)
                | Period::Against(_)
                | Period::Every(_)
                | Period::Span(_)
                | Period::Months(_),
                _,
            ) => false,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year}"),
            Period::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Period::QuarterOf(quarter) => write!(f, "Q{quarter}"),
            Period::Every(unit) => write!(f, "every {unit}"),
            Period::Against(unit) => write!(f, "against the {unit} before"),
            Period::Span(count) => write!(f, "over {count} years"),
            Period::Months(count) => write!(f, "over {count} months"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Period, String> {
        let year = |text: &str| {
            let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            is_year.then(|| text.parse().ok()).flatten()
        };
        let which = |text: &str| text.parse().ok().filter(|read| (1..=4).contains(read) && text.len() == 1);
        let quarter = |(of, quarter): (&str, &str)| match of {
            "" => which(quarter).map(Period::QuarterOf),
            of => Some(Period::Quarter(year(of.strip_suffix('-')?)?, which(quarter)?)),
        };
        let known = |unit: &str, units: &[&str]| units.contains(&unit).then(|| unit.to_owned());
        let every = text.strip_prefix("every ").and_then(|unit| known(unit, &UNITS)).map(Period::Every);
        let against = text.strip_prefix("against the ").and_then(|rest| rest.strip_suffix(" before"));
        let over = |unit: &str| {
            let count = text.strip_prefix("over ")?.strip_suffix(unit)?.parse().ok()?;
            (FEWEST_OF_SPAN..).contains(&count).then_some(count)
        };
        every
            .or_else(|| over(" years").map(Period::Span))
            .or_else(|| over(" months").map(Period::Months))
            .or_else(|| against.and_then(|unit| known(unit, &BASES)).map(Period::Against))
            .or_else(|| text.split_once('Q').and_then(quarter))
            .or_else(|| year(text).map(Period::Year))
            .ok_or_else(|| {
                format!(
                    "expected a period such as 2026, 2026-Q3, Q3, every year, over 5 years or against the quarter before, found `{text}`"
                )
            })
    }
}

/// The months of a quarter, and of a half.
const QUARTER: u16 = 3;
const HALF: u16 = 6;
/// Keys of words for stretches of a year that no date names: "the first nine months", "the three months to June".
const STRETCHES: [(&str, u16); 3] = [("three months", QUARTER), ("six months", HALF), ("nine months", 9)];

/// The units of time in which a figure recurs.
const UNITS: [&str; 4] = ["day", "week", "month", YEAR];
/// What a change is told against: the one before.
const BASES: [&str; 3] = ["year", "quarter", "month"];

/// The fewest years of a stretch over which a figure is told in all.
const FEWEST_OF_SPAN: u16 = 2;

/// Gives amounts and quantities the stretch of years beside them, which they are told over in all: "38 million over
/// five years". From one claim on.
pub(super) fn spread(document: &Document, lexicon: &Lexicon, claims: &mut [Claim], first: usize) {
    for idx in first.max(1)..claims.len() {
        let (before, rest) = claims.split_at_mut(idx);
        let (Some(one), Some(other)) = (before.last_mut(), rest.first_mut()) else { continue };
        if one.sentence != other.sentence || one.document != other.document {
            continue;
        }
        let range = one.text.end..other.text.start;
        if let Some(span) = span_of(other).filter(|_| is_spread_by(document, lexicon, range.clone(), other)) {
            take_span(one, span);
        } else if let Some(span) = span_of(one).filter(|_| is_spread_by(document, lexicon, range, one)) {
            take_span(other, span);
        }
    }
}

/// So many years, as a claim says.
fn span_of(claim: &Claim) -> Option<Period> {
    let is_years = claim.quantity.unit.dimension == Dimension::Duration && claim.quantity.unit.code == "a";
    let count = claim.value().filter(|value| is_years && value.is_integer() && claim.part.is_none())?;
    u16::try_from(count).ok().filter(|count| *count >= FEWEST_OF_SPAN).map(Period::Span)
}

/// Whether nothing but small words ("over the next", which may have been read as a hedge) or a colon part a length of time
/// from the figure beside it.
fn is_spread_by(document: &Document, lexicon: &Lexicon, gap: Range<usize>, span: &Claim) -> bool {
    const MOST_BETWEEN: usize = 24;
    let between = lexicon.tokens(&document.text, gap.clone());
    let word = |idx: usize| between.get(idx).and_then(|token| document.text.get(token.range()));
    let is_small = word(0).is_none_or(|word| word == ":" || lexicon.is_stop_word(&fold(word)));
    let is_word = |idx: usize| between.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let joins = |term: &Term| matches!(term, Term::NumberJoiner | Term::FractionJoiner).then_some(());
    // "12 years and a fine of 5 million".
    let is_joined = (0..between.len()).any(|idx| between.longest(idx, joins).is_some());
    let is_led = !between.is_empty() || span.hedge == Some(Hedge::Over);
    gap.len() <= MOST_BETWEEN && is_led && !is_joined && is_small && (1..between.len()).all(is_word)
}

fn take_span(claim: &mut Claim, span: Period) {
    let dimension = claim.quantity.unit.dimension;
    let may_be_spread = dimension.adds_up() && dimension != Dimension::Duration;
    let is_open = matches!(claim.period, None | Some(Period::Year(_)));
    if may_be_spread && is_open && claim.kind == Kind::Level {
        claim.period = Some(span);
    }
}

/// Tokens around a figure in which a period belongs to it.
const REACH: usize = 14;
/// The same for what is built once and not year by year: a line of 87 km, a plant of 30 MW.
const REACH_OF_THINGS: usize = 4;

/// The period named near a figure, or nothing.
pub(super) fn find(
    passage: &Passage<'_>,
    spot: &Spot,
    (dimension, kind): (Dimension, Kind),
    document: &Document,
) -> Option<Period> {
    let basis = if kind == Kind::Change { basis(passage, spot) } else { None };
    let reach = if is_of_things(dimension) { REACH_OF_THINGS } else { REACH };
    // "12,000 passengers a day", "月12万円".
    let behind = (0..=NOUN_REACH).map(|gap| spot.own.end + gap);
    let mut near = behind.take_while(|at| *at < spot.sentence.end && is_word_run(passage, spot.own.end, *at));
    if let Some(every) =
        near.find_map(|at| recurring(passage, at)).or_else(|| recurring_before(passage, spot))
    {
        return Some(Period::Every(every));
    }
    let start = spot.sentence.start.max(spot.own.start.saturating_sub(reach));
    let end = spot.sentence.end.min(spot.own.end + reach);
    // "7 % more than in 2015" is not of 2015.
    let is_compared = kind == Kind::Change && context::is_gap(passage, spot);
    let mut best: Option<(usize, Period)> = None;
    for idx in start..end {
        let is_of_basis = basis.as_ref().is_some_and(|(words, _)| words.contains(&idx));
        if is_of_basis
            || spot.own.contains(&idx)
            || !may_name(passage, idx)
            || is_of_figure_between(passage, spot, idx)
            || is_in_bracket_behind(passage, spot, idx)
        {
            continue;
        }
        // What stands behind a semicolon is of the next figure: "a month ago, $4.20; a year ago, $4.45".
        let is_of_next = || (spot.own.end..idx).any(|at| matches!(passage.word(at), ";" | "；"));
        if idx >= spot.own.end && (is_compared || is_of_next()) {
            continue;
        }
        let Some((length, period)) = stated(passage, idx).or_else(|| relative(passage, idx, document)) else {
            continue;
        };
        if is_compared_with(passage, spot, idx..idx + length) {
            continue;
        }
        let distance = if idx < spot.own.start { spot.own.start - idx } else { idx - spot.own.end };
        let edges = (idx.min(spot.own.start)..idx.max(spot.own.start))
            .filter(|at| passage.is_edge(*at) || passage.is_conjunction(*at))
            .count();
        let distance = distance + edges * 2;
        if distance <= reach && best.as_ref().is_none_or(|(nearest, _)| distance < *nearest) {
            best = Some((distance, period));
        }
    }
    // "In the three months to October 2025, a 94 percent jump on the year before": what stands nearer says more.
    let away = |words: &Range<usize>| {
        if words.start < spot.own.start { spot.own.start - words.start } else { words.start - spot.own.end }
    };
    match (best, basis) {
        (Some((distance, _)), Some((words, against))) if away(&words) < distance => Some(against),
        (Some((_, period)), _) => Some(period),
        (None, basis) => basis.map(|(_, against)| against),
    }
}

/// Tokens before a part of a year that opens a sentence, and so is that of all its figures: "In the third quarter".
const LEAD: usize = 2;

/// The part of a year nearest to a figure that is told in all over it, where no year stands beside: "in the third quarter".
pub(super) fn stretch(passage: &Passage<'_>, spot: &Spot) -> Option<Period> {
    let start = spot.sentence.start.max(spot.own.start.saturating_sub(REACH));
    let lead = spot.sentence.start..(spot.sentence.start + LEAD + 1).min(start);
    let range = lead.chain(start..spot.sentence.end.min(spot.own.end + REACH));
    // "In the first nine months": the nine is the stretch's own.
    let is_own = |words: &Range<usize>| {
        !spot.own.contains(&words.start)
            && !is_of_figure_between(passage, spot, words.start)
            && !is_in_bracket_behind(passage, spot, words.start)
            && (words.start <= spot.sentence.start + LEAD || !is_figure_before(passage, spot, words.end - 1))
    };
    let mut covered = 0;
    let mut best: Option<(usize, Period)> = None;
    for idx in range {
        let Some((length, period)) = part_of_year_at(passage, idx).filter(|_| covered <= idx) else {
            continue;
        };
        covered = idx + length;
        if !is_own(&(idx..covered)) || is_compared_with(passage, spot, idx..covered) {
            continue;
        }
        let distance = if idx < spot.own.start { spot.own.start - idx } else { idx - spot.own.end };
        if best.as_ref().is_none_or(|(nearest, _)| distance < *nearest) {
            best = Some((distance, period));
        }
    }
    best.map(|(_, period)| period)
}

/// The quarter without a year that a figure's sentence opens with.
pub(super) fn opening_quarter(passage: &Passage<'_>, spot: &Spot) -> Option<Period> {
    let mut lead = spot.sentence.start..(spot.sentence.start + LEAD + 1).min(spot.own.start);
    lead.find_map(|idx| part_of_year_at(passage, idx))
        .map(|(_, period)| period)
        .filter(|period| matches!(period, Period::QuarterOf(_)))
}

/// Whether another figure stands between a word and the figure behind it: what it says is that one's. A percentage is how far the
/// figure itself moved: "third-quarter revenue rose 8% to 1.42 billion".
fn is_figure_before(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    let first = passage.tokens.get(idx).map_or(0, |token| token.end);
    let own = passage.tokens.get(spot.own.start).map_or(0, |token| token.start);
    let is_figure = |reads: &Reads| {
        let Reads::Figure { candidates, .. } = reads else { return false };
        let unit = candidates.first().map(|candidate| &candidate.unit);
        !matches!(unit, Some(CandidateUnit::Settled(unit)) if unit.dimension == Dimension::Percent)
    };
    let behind = passage.mentions.partition_point(|mention| mention.text.start < first);
    let between = passage.mentions.iter().skip(behind).take_while(|mention| mention.text.end <= own);
    between.into_iter().any(|mention| is_figure(&mention.reads))
}

/// The part of a year that is named at a token without a year, with the tokens it takes.
fn part_of_year_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, Period)> {
    let listed = |term: &Term| {
        let Term::Period(id) = term else { return None };
        STRETCHES.iter().find(|(key, _)| key == id).map(|(_, months)| Period::Months(*months))
    };
    let named = |term: &Term| {
        if let Term::Quarter(quarter) = term {
            return Some(Period::QuarterOf(*quarter));
        }
        if matches!(term, Term::Half(_)) { Some(Period::Months(HALF)) } else { listed(term) }
    };
    passage.tokens.longest(idx, named)
}

/// Whether a quarter of a year is named at a token.
pub(super) fn is_quarter(passage: &Passage<'_>, idx: usize) -> bool {
    passage.tokens.longest(idx, |term| matches!(term, Term::Quarter(_)).then_some(())).is_some()
}

/// What a change is told against, with the place of its words: behind it ("up 22% on the year"), or right before it.
fn basis(passage: &Passage<'_>, spot: &Spot) -> Option<(Range<usize>, Period)> {
    let named = |term: &Term| {
        let Term::Period(id) = term else { return None };
        let over = || id.strip_suffix(" before").map(|unit| Period::Against(unit.to_owned()));
        period_of(term).filter(|_| id == ANNUAL_RATE).map(Period::Every).or_else(over)
    };
    let found =
        |idx: usize| passage.tokens.longest(idx, named).map(|(length, period)| (idx..idx + length, period));
    let is_edge = |idx: &usize| passage.is_digits(*idx) || passage.is_edge(*idx);
    let end = spot.sentence.end.min(spot.own.end + BASIS_REACH);
    let behind = (spot.own.end..end).take_while(|idx| !is_edge(idx)).find_map(found);
    let first = spot.sentence.start.max(spot.own.start.saturating_sub(BASIS_REACH));
    let before = (first..spot.own.start).rev();
    let mut before = before.take_while(|idx| !is_edge(idx) && !passage.is_conjunction(*idx));
    // "지난해 같은 기간보다 12.4%": words of many syllables, right before it.
    let right_before = || {
        let (start, period) = passage.tokens.ending_before(spot.own.start, named)?;
        Some((start..spot.own.start, period))
    };
    behind.or_else(right_before).or_else(|| before.find_map(found))
}

/// The key of words for a change over a shorter time, reckoned up to a year.
const ANNUAL_RATE: &str = "annual rate";

/// Tokens between a change and what it is told against.
const BASIS_REACH: usize = 6;

/// Whether another figure stands between the figure and a word behind it: "4.6 billion, from 4.4 billion last year".
fn is_of_figure_between(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    (spot.own.end..idx).any(|at| passage.is_digits(at) && stated(passage, at).is_none())
}

/// Whether a word stands before another figure in a bracket behind this one: "228 (a year earlier: 143) million".
fn is_in_bracket_behind(passage: &Passage<'_>, spot: &Spot, idx: usize) -> bool {
    const LONGEST_BRACKET: usize = 10;
    let opens = |at: usize| matches!(passage.word(at), "(" | "（");
    let closes = |at: &usize| matches!(passage.word(*at), ")" | "）");
    let mut rest = (idx + 1..idx + LONGEST_BRACKET).take_while(|at| !closes(at));
    (spot.own.end..idx).any(opens) && rest.any(|at| passage.is_digits(at) && stated(passage, at).is_none())
}

/// Whether a token is of figures, or one that the page knows: a period begins with nothing else.
fn may_name(passage: &Passage<'_>, idx: usize) -> bool {
    let is_digits = passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Digits);
    is_digits || passage.tokens.terms_at(idx).next().is_some()
}

fn is_of_things(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Power
            | Dimension::Length
            | Dimension::Area
            | Dimension::Speed
            | Dimension::Pressure
            | Dimension::Magnitude
    )
}

/// Words of what is counted between a figure and its "a day".
const NOUN_REACH: usize = 3;

fn is_word_run(passage: &Passage<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|at| passage.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word))
}

/// The period right before a figure, in a script without spaces.
fn recurring_before(passage: &Passage<'_>, spot: &Spot) -> Option<String> {
    let is_unspaced = passage.word(spot.own.start.checked_sub(1)?).starts_with(is_unspaced);
    let (start, id) = passage.tokens.ending_before(spot.own.start, period_of)?;
    // "去年产量": the year of another term.
    let is_of_other = start.checked_sub(1).is_some_and(|before| {
        let named = passage.tokens.longest(before, |term| matches!(term, Term::Period(_)).then_some(()));
        named.is_some_and(|(length, ())| length > 1)
    });
    (is_unspaced && !is_of_other && start >= spot.sentence.start).then_some(id)
}

/// The period that recurs, of a term that names one.
fn period_of(term: &Term) -> Option<String> {
    let Term::Period(id) = term else { return None };
    let unit = if id == ANNUAL_RATE { YEAR } else { id.as_str() };
    UNITS.contains(&unit).then(|| unit.to_owned())
}

fn recurring(passage: &Passage<'_>, idx: usize) -> Option<String> {
    // "A year ago" is not "a year".
    let any = |term: &Term| {
        let is_any = matches!(term, Term::Period(_) | Term::PreviousAfter);
        is_any.then(|| period_of(term))
    };
    passage.tokens.longest(idx, any).and_then(|(_, id)| id)
}

/// The period named at a token by its date or year, with the tokens it takes.
fn stated(passage: &Passage<'_>, idx: usize) -> Option<(usize, Period)> {
    if let Some((length, date)) = date_at(passage.lexicon, passage.text(), passage.tokens, idx) {
        let year = date.year?;
        return match date.part {
            YearPart::Quarter(quarter) => Some((length, Period::Quarter(year, quarter))),
            YearPart::Half(_) | YearPart::Month(_) | YearPart::Day { .. } => {
                Some((length, Period::Year(year)))
            }
        };
    }
    let word = passage.word(idx);
    let year: i16 =
        word.parse().ok().filter(|year| word.len() == 4 && YEARS.contains(year) && *year >= 1900)?;
    let is_part_of_date = (idx.saturating_sub(4)..idx).any(|at| {
        date_at(passage.lexicon, passage.text(), passage.tokens, at)
            .is_some_and(|(length, _)| at + length > idx)
    });
    let is_its = !is_part_of_date
        && !is_of_figure(passage, idx)
        && !is_beginning(passage, idx)
        && !is_of_years(passage, idx);
    // A script without spaces has a word for the year behind it.
    let length = 1 + usize::from(passage.word(idx + 1).starts_with(is_unspaced));
    is_its.then_some((length, Period::Year(year)))
}

/// Whether a token is part of a figure that is no year: "2000 people".
fn is_of_figure(passage: &Passage<'_>, idx: usize) -> bool {
    let start = passage.tokens.get(idx).map_or(0, |token| token.start);
    let behind = passage.mentions.partition_point(|mention| mention.text.start <= start);
    let mention = behind.checked_sub(1).and_then(|at| passage.mentions.get(at));
    mention
        .is_some_and(|mention| matches!(mention.reads, Reads::Figure { .. }) && mention.text.contains(&start))
}

/// Whether a year is one end of a stretch of them: "the 1991-2020 mean", "1991 bis 2020".
fn is_of_years(passage: &Passage<'_>, idx: usize) -> bool {
    let is_sign = |at: usize| matches!(passage.word(at), "-" | "–" | "—" | "~" | "～" | "〜");
    let is_year = |at: usize| passage.is_digits(at) && passage.word(at).len() == 4;
    // A script without spaces has a word for the year behind it.
    let is_word = |at: usize| passage.word(at).starts_with(is_unspaced);
    let joins = |term: &Term| matches!(term, Term::RangeJoiner).then_some(());
    let ends_before = |at: usize| {
        let last = at.checked_sub(1);
        last.is_some_and(is_year) || last.is_some_and(is_word) && at.checked_sub(2).is_some_and(is_year)
    };
    let sign = idx.checked_sub(1).filter(|at| is_sign(*at));
    let joiner = sign.or_else(|| passage.tokens.ending_before(idx, joins).map(|(start, ())| start));
    let behind = idx + 1 + usize::from(is_word(idx + 1));
    let length = passage.tokens.longest(behind, joins).map(|(length, ())| length);
    let length = length.or_else(|| is_sign(behind).then_some(1));
    joiner.is_some_and(ends_before) || length.is_some_and(|length| is_year(behind + length))
}

/// The key of words that say from when on.
const SINCE: &str = "since";

/// Whether a year is where a stretch begins, or what a record is told against: "the lowest since 2014", "2014年以来".
fn is_beginning(passage: &Passage<'_>, idx: usize) -> bool {
    /// The year's own word, in a script without spaces.
    const YEAR_WORD: usize = 1;
    let since = |term: &Term| matches!(term, Term::Period(id) if id == SINCE).then_some(());
    passage.tokens.ending_before(idx, since).is_some()
        || passage.tokens.longest(idx + 1 + YEAR_WORD, since).is_some()
            && passage.word(idx + 1).starts_with(is_unspaced)
}

/// "Last year" beside a report's date, with the tokens it takes.
fn relative(passage: &Passage<'_>, idx: usize, document: &Document) -> Option<(usize, Period)> {
    let id = |term: &Term| if let Term::Period(id) = term { Some(id.clone()) } else { None };
    let (length, id) = passage.tokens.longest(idx, id)?;
    // "一昨年" is not the "昨年" in it.
    let is_inner = |start: usize| {
        let outer = passage.tokens.longest(start, |term| matches!(term, Term::Period(_)).then_some(()));
        outer.is_some_and(|(outer, ())| start + outer >= idx + length)
    };
    if idx.checked_sub(1).is_some_and(is_inner) {
        return None;
    }
    let step = match id.as_str() {
        "this year" => 0,
        "last year" => -1,
        "year before last" => -2,
        "next year" => 1,
        _ => return None,
    };
    let year = document.published.as_ref()?.date.year();
    Some((length, Period::Year(year.checked_add(step)?)))
}

/// The key of words before a period that a figure is held against.
const THAN: &str = "than";

/// Whether a period is what a figure is held against, and not its own: "compared with 2019", "올해보다", "比上年".
fn is_compared_with(passage: &Passage<'_>, spot: &Spot, own: Range<usize>) -> bool {
    let than = |term: &Term| matches!(term, Term::Period(id) if id == THAN).then_some(());
    passage.tokens.ending_before(own.start, than).is_some()
        || context::is_previous(passage, &Spot { own, sentence: spot.sentence.clone() })
}
