//! Figures that are told of an earlier time than their report's: "four years ago turnout was 61 %", "at the last election,
//! it was 61 %".

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Passage, Period, Spot};
use crate::document::Document;
use crate::extract::{CandidateUnit, Mention, Reads};
use crate::lang::Term;
use crate::lang::words::is_unspaced;
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// The scope of a figure that is told of an earlier time.
pub const EARLIER: &str = "earlier";

/// Keys of the pages' `[periods]`: what stands behind a length of time or before it, behind a number, or alone.
const AGO: &str = "ago";
const AGO_AHEAD: &str = "ago ahead";
const YEARS_AGO: &str = "years ago";
const LAST_YEAR: &str = "last year";
const THEN: &str = "then";
/// Words of the present, behind which a figure is of it again.
const NOW: &str = "now";
const THIS_YEAR: &str = "this year";

/// Tokens before words that open a sentence: "But just".
const LEAD: usize = 2;

/// When a figure was true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Earlier {
    /// In this year.
    Year(i16),
    /// Before, and nobody says when.
    Before,
}

impl Earlier {
    /// The year as a period.
    pub(super) fn period(self) -> Option<Period> {
        match self {
            Earlier::Year(year) => Some(Period::Year(year)),
            Earlier::Before => None,
        }
    }
}

/// The earlier time of a figure, as the words around it tell: those that open its sentence, or stand right beside it.
pub(super) fn find(passage: &Passage<'_>, spot: &Spot, document: &Document) -> Option<Earlier> {
    let mut told = spot.sentence.clone().filter_map(|idx| time_at(passage, spot, idx));
    let (_, back) = told.find(|(words, _)| is_of(passage, spot, words))?;
    let own = document.published.as_ref().map(|published| published.date.year());
    let year = back.zip(own).and_then(|(back, own)| own.checked_sub(back));
    Some(year.map_or(Earlier::Before, Earlier::Year))
}

/// The words for an earlier time at a token, and how many years ago it is where they say so.
fn time_at(passage: &Passage<'_>, spot: &Spot, idx: usize) -> Option<(Range<usize>, Option<i16>)> {
    let keys = [AGO, AGO_AHEAD, YEARS_AGO, THEN, LAST_YEAR];
    let key =
        |term: &Term| if let Term::Period(id) = term { keys.iter().find(|key| *key == id) } else { None };
    let (length, key) = passage.tokens.longest(idx, key)?;
    let behind = idx + length;
    match *key {
        AGO => {
            let end = passage.tokens.get(idx.checked_sub(1)?)?.end;
            let at = passage.mentions.partition_point(|mention| mention.text.end < end);
            let mention = passage.mentions.get(at).filter(|mention| mention.text.end == end)?;
            let first = passage.tokens.partition_point(|token| token.start < mention.text.start);
            Some((first..behind, years(mention)?))
        }
        AGO_AHEAD => {
            let start = passage.tokens.get(behind)?.start;
            let at = passage.mentions.partition_point(|mention| mention.text.start < start);
            let mention = passage.mentions.get(at).filter(|mention| mention.text.start == start)?;
            let end = passage.tokens.partition_point(|token| token.start < mention.text.end);
            Some((idx..end, years(mention)?))
        }
        YEARS_AGO => {
            let number = idx.checked_sub(1)?;
            let is_number = passage.is_digits(number)
                || passage.tokens.get(number).is_some_and(|token| token.starts_figure);
            is_number.then(|| (number..behind, passage.word(number).parse().ok()))
        }
        THEN => Some((idx..behind, None)),
        // "66 % on the year" is of this one.
        _ => (idx <= spot.sentence.start + LEAD).then_some((idx..behind, Some(1))),
    }
}

/// How many years a length of time comes to, as far as it says; nothing where it is less than one.
fn years(mention: &Mention) -> Option<Option<i16>> {
    let Reads::Figure { number, candidates } = &mention.reads else { return None };
    let CandidateUnit::Settled(unit) = &candidates.first()?.unit else { return None };
    if unit.dimension != Dimension::Duration {
        return None;
    }
    let value = match number.figure {
        PrintedFigure::One(value) => value,
        PrintedFigure::Range(low, _) | PrintedFigure::Vague(low, _) => low,
        PrintedFigure::Fraction(value) => value,
    };
    let year = Unit::measured("a")?;
    (unit.to_base(value)? >= year.to_base(Decimal::ONE)?).then_some(())?;
    Some(i16::try_from(value).ok().filter(|_| *unit == year && value.is_integer()))
}

/// Whether words for an earlier time are told of a figure.
fn is_of(passage: &Passage<'_>, spot: &Spot, words: &Range<usize>) -> bool {
    /// Tokens between a figure and words elsewhere in its clause.
    const NEAR: usize = 4;
    let is_end = |idx: usize| passage.is_edge(idx) || is_now(passage, idx);
    let parts = |idx: usize| is_end(idx) || passage.is_digits(idx) || passage.is_conjunction(idx);
    let is_word = |idx: usize| !is_end(idx) && !passage.is_digits(idx);
    if words.end <= spot.own.start {
        let opens = words.start.saturating_sub(spot.sentence.start) <= LEAD
            && words.start >= spot.sentence.start
            && (spot.sentence.start..words.start).all(is_word);
        if opens {
            return !(behind_opener(passage, words.end)..spot.own.start).any(is_end);
        }
        // "More than four years ago, when they were 54".
        let mut between = words.end + usize::from(is_comma(passage, words.end))..spot.own.start;
        between.len() <= NEAR && !between.any(parts)
    } else {
        let mut between = spot.own.end..words.start;
        words.start >= spot.own.end && between.len() <= NEAR && !between.any(parts)
    }
}

/// Where the clause begins that words opening a sentence are of: behind a comma, and behind a phrase that goes on about the
/// time ("a year ago, on the same day, there were").
fn behind_opener(passage: &Passage<'_>, end: usize) -> usize {
    const LONGEST_PHRASE: usize = 6;
    if !is_comma(passage, end) {
        return end;
    }
    let begin = end + 1;
    let next = (begin..begin + LONGEST_PHRASE)
        .take_while(|idx| !passage.is_digits(*idx))
        .find(|idx| is_comma(passage, *idx));
    next.map_or(begin, |comma| comma + 1)
}

fn is_comma(passage: &Passage<'_>, idx: usize) -> bool {
    matches!(passage.word(idx), "," | "，" | "、")
}

/// Whether a word of the present stands at a token.
fn is_now(passage: &Passage<'_>, idx: usize) -> bool {
    let is_now = |term: &Term| matches!(term, Term::Period(id) if id == NOW || id == THIS_YEAR).then_some(());
    passage.tokens.longest(idx, is_now).is_some()
}

/// The year that a head of a table's column or row names, and no other.
pub(super) fn year_of_heads(passage: &Passage<'_>) -> Option<Period> {
    let year = |word: &str| {
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse().ok().filter(|year: &i16| is_year && (1900..2100).contains(year))
    };
    let text = passage.text();
    passage.heads.iter().find_map(|head| {
        let words = || head.iter().filter_map(|token| text.get(token.range()));
        let mut found = words().filter_map(year);
        // A script without spaces has a word for the year behind it; a head with other figures is of something else.
        let n_figures =
            words().filter(|word| word.starts_with(|c: char| c.is_numeric() && !is_unspaced(c))).count();
        found.next().filter(|_| n_figures == 1).map(Period::Year)
    })
}
