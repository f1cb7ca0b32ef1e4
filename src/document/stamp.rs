//! The day and the time that a passage opens with: "10:42 – ", "Tuesday, 21.40", "3 May: ".

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use regex::Regex;

use super::published::time_of_day;
use super::{Block, Document};
use crate::lang::words::TokenKind;
use crate::lang::{Lexicon, StatedDate, Term, Tokens, date_at};

/// What a passage opens with: a day, a time or both.
pub(super) struct Opening {
    day: Option<Day>,
    /// The time of day.
    pub(super) time: Option<Time>,
    /// The zone beside the time.
    pub(super) zone: Option<String>,
    /// Whether nothing follows in its block.
    is_alone: bool,
}

/// A day as it is written.
enum Day {
    Stated(StatedDate),
    /// A day of the week, 1 for Monday.
    Weekday(i8),
}

impl Opening {
    /// Whether it is a day that stands alone on its line.
    pub(super) fn is_day_alone(&self) -> bool {
        self.time.is_none() && self.is_alone
    }

    /// Whether it is a day with its passage behind it.
    pub(super) fn is_day_of_passage(&self) -> bool {
        self.time.is_none() && !self.is_alone
    }

    /// The day, for a report of a day: one without a year or a date is the last such day.
    pub(super) fn date(&self, published: Date) -> Option<Date> {
        match self.day.as_ref()? {
            Day::Stated(stated) => {
                let (date, _) = stated.days(Some(published.year()))?;
                // In January a report speaks of December; "12 May" in a report of the 8th is still to come.
                let is_last_year =
                    stated.year.is_none() && published.until(date).ok()?.get_days() > MOST_AHEAD;
                let date = if is_last_year { stated.days(Some(published.year() - 1))?.0 } else { date };
                (date <= published).then_some(date)
            }
            Day::Weekday(day) => {
                let past = (published.weekday().to_monday_one_offset() - day).rem_euclid(7);
                published.checked_sub(past.days()).ok()
            }
        }
    }
}

/// A day that is further ahead than so many days is that of the year before.
const MOST_AHEAD: i32 = 183;

/// A time of day in figures, at the start of a text.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([01]?[0-9]|2[0-3])(?:[:.]| ?[hH] ?)([0-5][0-9])\b(?::[0-5][0-9]\b)?(?: ?([AaPp])\.?[Mm]\b\.?)?(?: ?([A-Z]{2,4})\b)?")
        .expect("the pattern is tested")
});

/// Reads what a block opens with, where that stands alone or is set off from what follows: by a dash, a colon or a
/// bracket, or, behind a time, by a new sentence ("18.30 Night is falling").
pub(super) fn read(document: &Document, block: &Block, lexicon: &Lexicon) -> Option<Opening> {
    /// Longer than any day and time in words.
    const LONGEST: usize = 96;
    let text = &document.text;
    let end = text.floor_char_boundary((block.text.start + LONGEST).min(block.text.end));
    let cut = lexicon.tokens(text, block.text.start..end);
    let word = |idx: usize| cut.get(idx).and_then(|token| text.get(token.range())).unwrap_or_default();
    let bracket = usize::from(matches!(word(0), "[" | "("));
    let (mut next, mut day) = day(lexicon, text, &cut, bracket);
    // "UPDATE 10:40 –", "Stand: 14.30 Uhr".
    let is_labelled = next == bracket && is_word(&cut, bracket);
    if is_labelled {
        let behind = bracket + 1 + usize::from(word(bracket + 1) == ":");
        (next, day) = self::day(lexicon, text, &cut, behind);
    }
    if day.is_some() {
        while word(next) == "," || is_word(&cut, next) && lexicon.is_stop_word(word(next)) {
            next += 1;
        }
    }
    let (behind, time, zone) = time(text, &cut, next).unwrap_or((next, None, None));
    let is_timed = behind > next;
    if !is_timed && day.is_none() {
        return None;
    }
    let is_clock = |term: &Term| matches!(term, Term::Clock).then_some(());
    let clock = cut.longest(behind, is_clock).filter(|_| is_timed).map_or(0, |(length, ())| length);
    let next = behind + clock;
    let is_alone = cut.get(next).is_none_or(|token| block.text.end <= token.end) && end == block.text.end;
    let spaced = |idx: usize| cut.get(idx).is_some_and(|token| token.spaced);
    let is_set_off = match word(next) {
        "]" | ")" => bracket > 0,
        ":" | "|" => true,
        "-" | "–" | "—" => spaced(next),
        _ => false,
    };
    let begins = is_timed && !is_labelled && spaced(next) && opens_sentence(&cut, next, word(next));
    (is_alone || is_set_off || begins).then_some(Opening { day, time, zone, is_alone })
}

/// The token behind the day that is named at a token, and that day.
fn day(lexicon: &Lexicon, text: &str, cut: &Tokens<'_>, idx: usize) -> (usize, Option<Day>) {
    let weekday = cut.longest(idx, |term| if let Term::Weekday(day) = term { Some(*day) } else { None });
    let comma = |idx: usize| {
        let sign = cut.get(idx).and_then(|token| text.get(token.range()));
        usize::from(sign.is_some_and(|sign| matches!(sign, "," | ".")))
    };
    let behind = idx + weekday.map_or(0, |(length, _)| length + comma(idx + length));
    let stated = date_at(lexicon, text, cut, behind).filter(|(_, date)| date.month_and_day().is_some());
    match (stated, weekday) {
        (Some((length, date)), _) => (behind + length, Some(Day::Stated(date))),
        (None, Some((length, day))) => (idx + length, Some(Day::Weekday(day))),
        (None, None) => (idx, None),
    }
}

/// The token behind the time of day at a token, that time and its zone.
fn time(text: &str, cut: &Tokens<'_>, idx: usize) -> Option<(usize, Option<Time>, Option<String>)> {
    let start = cut.get(idx)?.start;
    let found = TIME.captures(text.get(start..)?)?;
    let part = |group: usize| found.get(group).map(|part| part.as_str());
    let time = time_of_day(part(1)?, part(2)?, part(3))?;
    let end = start + found.get(0)?.len();
    let behind = cut.iter().position(|token| end <= token.start).unwrap_or(cut.len());
    Some((behind, Some(time), part(4).map(str::to_owned)))
}

/// Whether a sentence may begin with the word at a token: "10.40 Police say", and not "10.40 was the last" nor "10.40 Mrd.".
fn opens_sentence(cut: &Tokens<'_>, idx: usize, word: &str) -> bool {
    let is_unit = |term: &Term| matches!(term, Term::Unit(_) | Term::Scale(_)).then_some(());
    word.chars().next().is_some_and(|first| !first.is_lowercase()) && cut.longest(idx, is_unit).is_none()
}

fn is_word(cut: &Tokens<'_>, idx: usize) -> bool {
    cut.get(idx).is_some_and(|token| token.kind == TokenKind::Word)
}
