//! A number with everything around it: sign, unit, the other end of its range, its smaller units.

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::{self, Numeral, length_of};
use super::range::{self, Joint};
use super::{Candidate, CandidateUnit, Number, Passage, bracket, noise, noun, smaller, unit};
use crate::lang::words::{TokenKind, fold, is_unspaced};
use crate::lang::{CHANGE_REACH, Term, YEARS};
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// A number with its signs and units.
pub(super) struct Figure {
    pub(super) numeral: Numeral,
    /// The tokens of the digits or words.
    pub(super) tokens: Range<usize>,
    /// The bytes from the sign before to the unit behind.
    pub(super) bytes: Range<usize>,
    /// What stands before it: "US$", "百分之".
    pub(super) before: Option<Candidate>,
    pub(super) tail: unit::Tail,
    /// Whether it is the first of before and after.
    pub(super) is_before: bool,
}

impl Figure {
    /// Whether neither a unit nor a scale is stated.
    pub(super) fn is_bare(&self) -> bool {
        self.before.is_none()
            && self.tail.units.is_empty()
            && self.tail.scale.is_none()
            && self.numeral.scale == Decimal::ONE
    }

    /// The units it may be in, the likeliest first, without the suffix's scale; empty for a bare number.
    fn units(&self) -> Vec<Candidate> {
        match &self.before {
            Some(before) if !self.tail_names_member(before) => vec![before.clone()],
            Some(_) | None => self.tail.units.clone(),
        }
    }

    /// "$5m CAD", "¥48元": the name behind says what the shared sign before means.
    fn tail_names_member(&self, before: &Candidate) -> bool {
        let (CandidateUnit::Family(family), [candidate]) = (&before.unit, self.tail.units.as_slice()) else {
            return false;
        };
        let is_same = matches!(&candidate.unit, CandidateUnit::Family(other) if other == family);
        is_money(candidate) && candidate.scale == Decimal::ONE && !is_same
    }

    /// The units with every scale multiplied in.
    pub(super) fn candidates(&self) -> Option<Vec<Candidate>> {
        let scale = self.tail.scale.unwrap_or(Decimal::ONE);
        self.units()
            .into_iter()
            .map(|candidate| Some(Candidate { scale: candidate.scale.checked_mul(scale)?, ..candidate }))
            .collect()
    }
}

/// What stands at a token.
#[expect(clippy::large_enum_variant, reason = "one stands on the stack at a time")]
pub(super) enum Read {
    Figure(Figure),
    /// No figure up to this token.
    Skip(usize),
}

/// The figure at a token, with its sign and unit; nothing before the byte `floor` belongs to it.
pub(super) fn read(passage: &Passage<'_>, idx: usize, floor: usize) -> Read {
    let named = unit::named_before(passage, idx);
    let first = named.as_ref().map_or(idx, |(length, _)| idx + length);
    let numeral = match numeral::read(passage, first) {
        numeral::Read::Numeral(numeral) => numeral,
        numeral::Read::Other(next) => return Read::Skip(next),
        numeral::Read::Nothing => return Read::Skip(idx + 1),
    };
    let idx = first;
    let next = numeral.next;
    if let Some(behind) = label_behind(passage, idx, &numeral) {
        return Read::Skip(behind);
    }
    let (Some(start), Some(end)) =
        (passage.token(idx).map(|token| token.start), next.checked_sub(1).and_then(|at| passage.token(at)))
    else {
        return Read::Skip(next);
    };
    let before = unit::before(passage, idx, floor);
    let is_money_before = before.as_ref().is_some_and(|before| is_money(&before.candidate));
    let (numeral, tail) = bracket::shared_behind(passage, numeral, end.end)
        .unwrap_or_else(|| (numeral, unit::tail(passage, end.end, is_money_before, &numeral)));
    // A sign that is also a word or a letter needs more than a short number to be money: "TOP 10", "W3".
    let before =
        before.filter(|before| !before.is_weak || tail.scale.is_some() || numeral.scale > Decimal::ONE);
    let before = before.or_else(|| unit::name_before(passage, idx, floor, &tail, &numeral));
    let is_open = tail.scale.is_none() && tail.units.is_empty();
    if !numeral.is_words && before.is_none() {
        // "150MW/300MWh": a unit behind makes it a figure whatever stands before the slash.
        let is_second =
            passage.word(idx.saturating_sub(1)) == "/" && passage.is_glued(idx) && !tail.units.is_empty();
        if !is_second && noise::is_name(passage, idx, next) && !is_late_part(passage, idx) {
            return Read::Skip(next);
        }
    }
    let is_power = passage.is_glued(next) && passage.word(next) == "^";
    let is_letters = is_open && (runs_into_letters(passage, next) || is_in_name(passage, next));
    if !numeral.is_words && before.is_none() && (is_letters || is_power) {
        return Read::Skip(next + 1);
    }
    let begin = before.as_ref().map_or(start, |before| before.start);
    let (begin, numeral) = match minus_before(passage, begin, start, floor) {
        Some(at) => (at, negative(numeral)),
        None if is_loss(passage) => (begin, negative(numeral)),
        None => (begin, numeral),
    };
    let mut before = before.map(|before| before.candidate);
    let mut tail = tail;
    if let Some(candidate) = before.as_mut().filter(|_| tail.units.is_empty())
        && let Some((per, end)) = unit::per_unit(passage, tail.end, None)
    {
        candidate.per = Some(per);
        tail.end = end;
    }
    let settled = |candidate: &Candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) => Some(unit.clone()),
        CandidateUnit::Family(_) => None,
    };
    for candidate in before.iter_mut().chain(&mut tail.units).filter(|candidate| candidate.per.is_none()) {
        candidate.per = unit::per_before(passage, passage.token_at(begin), settled(candidate).as_ref());
    }
    let bytes = begin..tail.end;
    Read::Figure(Figure { numeral, tokens: idx..next, bytes, before, tail, is_before: false })
}

/// The last day of a month.
const LAST_DAY: Decimal = Decimal::from_parts(31, 0, 0, false, 0);

/// The first hour that "h" and two figures make a time of day.
const EARLIEST_HOUR: Decimal = Decimal::from_parts(6, 0, 0, false, 0);

/// The token behind a label or a time of day that a number opens: "3条", "14.30 Uhr", "20-Uhr-".
fn label_behind(passage: &Passage<'_>, start: usize, numeral: &Numeral) -> Option<usize> {
    let next = numeral.next;
    if let Some(behind) = hour_behind(passage, start, numeral) {
        return Some(behind);
    }
    let unit = numeral::unit_length(passage, next);
    // "12, rue des Cordiers".
    let comma = usize::from(passage.word(next) == ",");
    let label = length_of(passage, next + comma, &Term::LabelAfter);
    // No month has 90 days: "90日" is how long something takes.
    let is_past_month = label == unit && numeral.value().is_some_and(|value| value > LAST_DAY);
    let is_time = is_past_month && is_time_unit(passage, next);
    if label > 0 && label >= unit && !is_time {
        return Some(next + comma + label);
    }
    if let Some(behind) = street_behind(passage, next).filter(|_| passage.is_digits(next - 1)) {
        return Some(behind);
    }
    // "20 h 30"; "2 h 30" is how long something took.
    let is_late = numeral.value().is_some_and(|value| value >= EARLIEST_HOUR && value <= Decimal::from(24));
    let minutes = passage.word(next + 1);
    let is_minutes = minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit());
    if passage.word(next) == "h" && is_minutes && is_late && numeral::unit_length(passage, next + 2) == 0 {
        return Some(next + 2);
    }
    let hyphen = usize::from(passage.is_glued(next) && noise::is_hyphen(passage.word(next)));
    let clock = length_of(passage, next + hyphen, &Term::Clock);
    let is_hour = numeral.value().is_some_and(|value| value <= Decimal::from(24) && value >= Decimal::ZERO);
    (clock > 0 && clock >= unit && is_hour).then(|| minutes_behind(passage, next + hyphen + clock))
}

/// The token behind the name of a street whose number ends before a token: "1247 Maple Street", "777 S. Alder". What is
/// counted behind such a name is no number of a house: "12 Wall Street banks".
fn street_behind(passage: &Passage<'_>, next: usize) -> Option<usize> {
    /// Words of a street's name.
    const LONGEST: usize = 3;
    let is_name = |idx: usize| passage.word(idx).starts_with(char::is_uppercase);
    // "40 W LED" is of watts.
    let is_spelled = |idx: usize| is_name(idx) && passage.word(idx).contains(char::is_lowercase);
    let bearing = length_of(passage, next, &Term::Bearing);
    let bearing = if is_name(next) { bearing } else { 0 };
    let is_short = passage.word(next).len() <= 2;
    let mut at = next + bearing;
    for _ in 0..LONGEST {
        // "12th": the digits, and the letters glued to them.
        let is_ordinal = passage.is_digits(at) && passage.is_glued(at + 1);
        let length = if is_ordinal { 2 } else { usize::from(is_name(at)) };
        let street = length_of(passage, at, &Term::Street);
        if street > 0 && is_name(at) && at > next {
            return noun::counted(passage, at + street).is_none().then_some(at + street);
        }
        if length == 0 {
            return None;
        }
        at += length;
        if bearing > 0 && is_short && is_spelled(at - length) && length_of(passage, at, &Term::Street) == 0 {
            return noun::counted(passage, at).is_none().then_some(at);
        }
    }
    None
}

/// The token behind "à 18 heures", "às 9h30": a time of day, and not how far off something is ("à trois heures de route").
fn hour_behind(passage: &Passage<'_>, start: usize, numeral: &Numeral) -> Option<usize> {
    passage.tokens.ending_before(start, |term| matches!(term, Term::HourBefore).then_some(()))?;
    let is_hour =
        |value: Decimal| value >= Decimal::ZERO && value <= Decimal::from(24) && value.fract().is_zero();
    numeral.value().filter(|value| is_hour(*value))?;
    let named = numeral::term(passage, numeral.next, |term| {
        matches!(term, Term::Unit(id) if id == HOUR).then_some(())
    });
    let length = named.map(|(length, ())| length).or((passage.word(numeral.next) == HOUR).then_some(1))?;
    let end = numeral.next + length;
    let per = length_of(passage, end, &Term::Per);
    let is_per_unit = per > 0 && numeral::unit_length(passage, end + per) > 0;
    // "À trois heures de route", but "às 18 horas de ontem".
    let of = length_of(passage, end, &Term::VagueConnector);
    let is_day = |term: &Term| matches!(term, Term::Weekday(_) | Term::Month(_)).then_some(());
    let is_said_of_a_day = passage.lexicon.is_stop_word(&fold(passage.word(end + of)))
        || numeral::term(passage, end + of, is_day).is_some();
    let goes_on = is_per_unit || of > 0 && !is_said_of_a_day;
    let minutes = passage.word(end);
    let is_minutes = minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit());
    (!goes_on).then_some(end + usize::from(is_minutes))
}

/// The unit of an hour, and its sign.
const HOUR: &str = "h";

fn is_time_unit(passage: &Passage<'_>, idx: usize) -> bool {
    let unit = |term: &Term| if let Term::Unit(id) = term { Unit::measured(id) } else { None };
    numeral::term(passage, idx, unit).is_some_and(|(_, unit)| unit.dimension == Dimension::Duration)
}

/// The token behind the minutes of a time of day: "3時20分".
fn minutes_behind(passage: &Passage<'_>, idx: usize) -> usize {
    match numeral::whole(passage, idx) {
        // "一時8％安": another unit makes it a figure of its own.
        numeral::Read::Numeral(minutes)
            if unit::begins(passage, minutes.next) && !is_time_unit(passage, minutes.next) =>
        {
            idx
        }
        numeral::Read::Numeral(minutes) if passage.is_glued(idx) || passage.word(idx).len() == 2 => {
            minutes.next + numeral::unit_length(passage, minutes.next)
        }
        numeral::Read::Numeral(_) | numeral::Read::Other(_) | numeral::Read::Nothing => idx,
    }
}

fn negative(numeral: Numeral) -> Numeral {
    let PrintedFigure::One(mut value) = numeral.number.figure else { return numeral };
    value.set_sign_negative(true);
    Numeral { number: Number { figure: PrintedFigure::One(value), ..numeral.number }, ..numeral }
}

/// "(12)" alone in the cell of a table of amounts: bookkeepers' minus.
fn is_loss(passage: &Passage<'_>) -> bool {
    let cell = passage.text.get(passage.range.clone()).unwrap_or_default().trim();
    !passage.heads.is_empty() && cell.starts_with('(') && cell.ends_with(')')
}

/// Where a minus sign begins that stands glued before the figure or between its currency sign and its digits.
fn minus_before(passage: &Passage<'_>, begin: usize, digits: usize, floor: usize) -> Option<usize> {
    let inside = passage.text.get(begin..digits).unwrap_or_default();
    if inside.ends_with(['-', '−']) {
        return Some(begin);
    }
    let mut before = passage.text.get(passage.range.start..begin)?.chars().rev();
    let sign = before.next().filter(|c| matches!(c, '-' | '−') && begin - c.len_utf8() >= floor)?;
    let outer = before.next();
    // "75 -300mm" is a range with an uneven blank.
    let is_behind_digit =
        outer.is_some_and(char::is_whitespace) && before.next().is_some_and(|c| c.is_ascii_digit());
    let is_free = !is_behind_digit
        && outer.is_none_or(|c| c.is_whitespace() || is_unspaced(c) || matches!(c, '(' | '[' | '（'));
    (is_free || sign == '−').then_some(begin - sign.len_utf8())
}

/// "Mid-2027": a year behind a hyphen is one all the same.
fn is_late_part(passage: &Passage<'_>, idx: usize) -> bool {
    let value: Option<i16> = passage.word(idx).parse().ok();
    let hyphenated = idx > 0 && noise::is_hyphen(passage.word(idx - 1));
    hyphenated && passage.word(idx).len() == 4 && value.is_some_and(|year| (1900..=2100).contains(&year))
}

/// Letters glued behind bare digits make a name: "5G", "4x4", "1990s".
fn runs_into_letters(passage: &Passage<'_>, next: usize) -> bool {
    passage.is_glued(next)
        && passage.token(next).is_some_and(|token| token.kind == TokenKind::Word)
        && !passage.is_unspaced(next)
        && numeral::unit_length(passage, next) == 0
}

/// "11-Septembre", "15-M": a name behind a hyphen, where nouns have no capital of their own.
fn is_in_name(passage: &Passage<'_>, next: usize) -> bool {
    let is_capital = passage.word(next + 1).starts_with(char::is_uppercase);
    !passage.lexicon.noun_phrase.capitals
        && passage.is_glued(next)
        && passage.is_glued(next + 1)
        && noise::is_hyphen(passage.word(next))
        && is_capital
}

/// Joins a figure with the second end of its range or with its smaller units; returns the token behind all.
pub(super) fn join(passage: &Passage<'_>, first: Figure) -> (Figure, usize) {
    let behind = passage.token_at(first.bytes.end).max(first.tokens.end);
    let (first, behind) = smaller::with_smaller_units(passage, first, behind);
    let start = passage.token_at(first.bytes.start).min(first.tokens.start);
    // "15人から20人", "vier- bis fünfhundert": a counter or a hanging hyphen stands between.
    let counter = counter_at(passage, behind);
    let is_hanging =
        passage.is_glued(behind) && noise::is_hyphen(passage.word(behind)) && !passage.is_glued(behind + 1);
    let at = behind + counter.as_ref().map_or(0, |(length, _)| *length) + usize::from(is_hanging);
    let is_measured = !first.is_bare() || at > behind;
    let Some((joint, second_at)) = range::joint(passage, start, at, is_measured) else {
        return (first, behind);
    };
    // The second end may have a sign of its own.
    const SIGN: usize = 4;
    let is_digits = |at: &usize| passage.token(*at).is_some_and(|token| token.kind == TokenKind::Digits);
    let digits_at = (second_at..second_at + SIGN).find(is_digits).unwrap_or(second_at);
    let second = [second_at, digits_at].into_iter().find_map(|at| match read(passage, at, first.bytes.end) {
        Read::Figure(figure) if passage.token_at(figure.bytes.start) <= second_at => Some(figure),
        Read::Figure(_) | Read::Skip(_) => None,
    });
    let Some(second) = second.filter(|second| are_of_one_thing(passage, &first, second, counter)) else {
        return (first, behind);
    };
    // "A fall of 24 % to 30 %", where the language's "of" opens the way from one figure to another as well.
    let joint = if is_fall_by(passage, start, &first, &second) { Joint::Range } else { joint };
    match joint {
        Joint::Change => {
            let first = with_units_of(passage, first, &second);
            // "Fell 3.2 points to 45%" gives how far it fell.
            let unit = |figure: &Figure| figure.units().first().map(|candidate| candidate.unit.clone());
            let is_before = unit(&first) == unit(&second) || unit(&second).is_none();
            (Figure { is_before, ..first }, behind)
        }
        Joint::Instead if may_be_year(&first) => (first, behind),
        Joint::Instead => (with_units_of(passage, first, &second), behind),
        Joint::Range if are_step_and_level(passage, &first, &second) => (first, behind),
        Joint::Range => match merge(&first, &second, counts(passage, &second)) {
            Some(figure) => {
                let next = passage.token_at(figure.bytes.end).max(figure.tokens.end);
                (figure, next)
            }
            // "From 2.4 to 2.1 percent" has no low end: what fell is told before and after.
            None if is_fall(passage, &first, &second, at) => {
                (Figure { is_before: true, ..with_units_of(passage, first, &second) }, behind)
            }
            None => (first, behind),
        },
    }
}

/// Whether what fell by a percentage cannot have fallen to the one behind it, which is more.
fn is_fall_by(passage: &Passage<'_>, start: usize, first: &Figure, second: &Figure) -> bool {
    let rises = first.numeral.value().zip(second.numeral.value()).is_some_and(|(low, high)| low < high);
    let are_shares = [first, second].iter().all(|figure| figure.units().iter().any(is_percent));
    let of = passage.tokens.ending_before(start, |term| matches!(term, Term::VagueConnector).then_some(()));
    let Some((of, ())) = of.filter(|_| rises && are_shares) else { return false };
    let is_way = |term: &Term| {
        let Term::Kind(key) = term else { return None };
        matches!(key.as_str(), "rise" | "fall").then(|| key == "fall")
    };
    let mut before = (of.saturating_sub(CHANGE_REACH)..of).rev();
    before.find_map(|idx| numeral::term(passage, idx, is_way)).is_some_and(|(_, is_fall)| is_fall)
}

/// Whether a figure may be the number of a year.
fn may_be_year(figure: &Figure) -> bool {
    let years = Decimal::from(*YEARS.start())..=Decimal::from(*YEARS.end());
    figure.numeral.value().is_some_and(|value| value.is_integer() && years.contains(&value))
}

/// Whether a figure that may be a year is the low end of a count: "zwischen 2000 und 3000 Demonstranten".
pub(super) fn opens_a_count(passage: &Passage<'_>, first: &Figure) -> bool {
    let Some((Joint::Range, at)) = range::joint(passage, first.tokens.start, first.tokens.end, false) else {
        return false;
    };
    let numeral::Read::Numeral(high) = numeral::whole(passage, at) else { return false };
    let is_year = |value: Decimal| value < Decimal::from(*YEARS.end());
    let rises =
        high.value().zip(first.numeral.value()).is_some_and(|(high, low)| high > low && !is_year(high));
    rises && noun::counted(passage, high.next).is_some_and(|noun| noun.distance == 0)
}

/// Whether a word joins a figure that says nothing but its size with a smaller one.
fn is_fall(passage: &Passage<'_>, first: &Figure, second: &Figure, joint: usize) -> bool {
    let is_word = passage.token(joint).is_some_and(|token| token.kind == TokenKind::Word);
    let mantissa = second.numeral.value().and_then(|value| value.checked_div(second.numeral.factors));
    let falls = first.numeral.value().zip(mantissa).is_some_and(|(high, low)| high > low);
    is_word && falls && first.is_bare() && !second.is_bare() && !passage.is_unspaced(joint)
}

fn counter_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, String)> {
    numeral::term(
        passage,
        idx,
        |term| if let Term::Counter(lemma) = term { Some(lemma.clone()) } else { None },
    )
}

/// Whether two figures may be the ends of one range: not a share and points ("0.4 percent or 62 points"), nor countries
/// and people, which `counter` counts behind the first.
fn are_of_one_thing(
    passage: &Passage<'_>,
    first: &Figure,
    second: &Figure,
    counter: Option<(usize, String)>,
) -> bool {
    let is_measured = !first.units().is_empty() && second.units().is_empty();
    let other = counter_at(passage, second.tokens.end);
    let are_counted_alike = match (counter, other) {
        (Some((_, one)), Some((_, other))) => one == other,
        (Some(_) | None, _) => true,
    };
    // "Fell 12% to 41,300", "lost 0.4% to 11.30": words leave no sign to the first end alone.
    let hundred = |figure: &Figure| figure.numeral.value().is_some_and(|value| value <= Decimal::ONE_HUNDRED);
    let is_word = passage.word(second.tokens.start.saturating_sub(1)).starts_with(char::is_alphabetic);
    let is_share = first.units().iter().any(is_percent) && (hundred(first) && !hundred(second) || is_word);
    are_counted_alike && !(is_measured && (is_share || noun::is_close(passage, second.tokens.end)))
}

/// "From 4 to 3.75 percent": before and after are in one unit, and in one scale where the first fits it.
fn with_units_of(passage: &Passage<'_>, first: Figure, second: &Figure) -> Figure {
    if !first.is_bare() {
        return first;
    }
    if second.is_bare() {
        // "From 120 to 150 employees".
        let noun = noun::counted(passage, second.tokens.end).filter(|noun| noun.distance == 0);
        let unit = noun.map(|noun| CandidateUnit::Settled(Unit::count(&noun.lemma)));
        let units = unit.map(Candidate::of).into_iter().collect();
        return Figure { tail: unit::Tail { units, ..first.tail }, ..first };
    }
    let is_smaller = match (first.numeral.value(), second.numeral.value()) {
        (Some(low), Some(high)) => low.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|low| low < high),
        _ => false,
    };
    let number = match first.numeral.value().and_then(|value| value.checked_mul(second.numeral.scale)) {
        Some(value) if is_smaller => {
            let grain = first.numeral.number.grain.checked_mul(second.numeral.scale);
            Number {
                figure: PrintedFigure::One(value),
                grain: grain.unwrap_or(value),
                ..first.numeral.number
            }
        }
        Some(_) | None => first.numeral.number,
    };
    Figure {
        numeral: Numeral { number, ..first.numeral },
        before: second.before.clone(),
        tail: unit::Tail { end: first.tail.end, more: Decimal::ZERO, ..second.tail.clone() },
        ..first
    }
}

fn is_percent(candidate: &Candidate) -> bool {
    matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == Dimension::Percent)
}

pub(super) fn is_money(candidate: &Candidate) -> bool {
    match &candidate.unit {
        CandidateUnit::Settled(unit) => unit.dimension == Dimension::Money,
        CandidateUnit::Family(_) => true,
    }
}

/// Whether two figures with a unit each are how far and where to, and no range: "gained 15 dollars, to 2,345 dollars".
fn are_step_and_level(passage: &Passage<'_>, first: &Figure, second: &Figure) -> bool {
    let start = first.tokens.start;
    let are_whole = !first.is_bare() && !second.is_bare() && first.before.is_none();
    let opens = |term: &Term| matches!(term, Term::RangeOpener(_)).then_some(());
    let between = passage.text.get(first.bytes.end..second.bytes.start).unwrap_or_default();
    are_whole
        && passage.tokens.ending_before(start, opens).is_none()
        && (between.contains(',')
            || range::is_change(passage, start) && !first.units().iter().any(is_percent))
}

/// Whether a noun is counted right behind a figure.
fn counts(passage: &Passage<'_>, figure: &Figure) -> bool {
    noun::counted(passage, figure.tokens.end).is_some_and(|noun| noun.distance < 2)
}

/// The range of two figures, where something is counted or measured: they share the sign, the scale and the unit that only one of them states.
fn merge(first: &Figure, second: &Figure, counts: bool) -> Option<Figure> {
    let (low, high) = (first.numeral.value()?, second.numeral.value()?);
    let fits = |one: &[Candidate], other: &[Candidate]| one == other || one.is_empty() || other.is_empty();
    let same_sign = first.before == second.before || first.before.is_none() || second.before.is_none();
    let is_bare = first.is_bare() && second.is_bare();
    // "Up 6,2 % a $ 1,45 bilhões": a share and a sum are two figures.
    let mixes = second.before.is_some() && !first.tail.units.is_empty() && first.before.is_none()
        || first.before.is_some() && !second.tail.units.is_empty() && second.before.is_none();
    let is_one_unit = |one: &[Candidate], other: &[Candidate]| one.iter().any(|unit| other.contains(unit));
    let is_mixed = mixes && !is_one_unit(&first.units(), &second.units());
    if !same_sign
        || is_mixed
        || !fits(&first.tail.units, &second.tail.units)
        || first.numeral.is_words != second.numeral.is_words && !counts
        || is_bare && first.numeral.is_words && !counts
    {
        return None;
    }
    // "2–3 billion" shares its scale where the first end stays below the second.
    let suffix = second.tail.scale.unwrap_or(Decimal::ONE);
    let mantissa = high.checked_div(second.numeral.factors)?;
    let is_scaled = second.tail.scale.is_some() || second.numeral.scale > Decimal::ONE;
    let factor = match first.tail.scale {
        Some(scale) => scale.checked_div(suffix)?,
        None if first.numeral.scale > Decimal::ONE => Decimal::ONE.checked_div(suffix)?,
        None if low < mantissa => second.numeral.factors,
        // "From 95 to 61 million" fell; "500 to 1 million" has a scale for its second end alone.
        None if is_scaled && first.is_bare() && low < mantissa.checked_mul(Decimal::TEN)? => return None,
        None => Decimal::ONE.checked_div(suffix)?,
    };
    let low = low.checked_mul(factor)?;
    if low >= high {
        return None;
    }
    let units = if second.tail.units.is_empty() { &first.tail.units } else { &second.tail.units };
    let grain = first.numeral.number.grain.checked_mul(factor)?;
    let number = Number {
        figure: PrintedFigure::Range(low, high),
        grain: grain.min(second.numeral.number.grain),
        from_zeros: first.numeral.number.from_zeros && second.numeral.number.from_zeros,
    };
    Some(Figure {
        numeral: Numeral { number, is_words: first.numeral.is_words, ..second.numeral },
        tokens: first.tokens.start..second.tokens.end,
        bytes: first.bytes.start..second.bytes.end,
        before: first.before.clone().or_else(|| second.before.clone()),
        tail: unit::Tail { units: units.clone(), ..second.tail.clone() },
        is_before: false,
    })
}
