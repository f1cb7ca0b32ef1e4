//! One quantity told in two units: "3 hours and 20 minutes", "5ft 9in", "15 dollars 50".

use rust_decimal::Decimal;

use super::figure::{Figure, Read, is_money, read};
use super::numeral::{self, Numeral};
use super::{Candidate, CandidateUnit, Number, Passage, kept, quotient, unit};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold};
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// Units that one quantity may be told in: hours, minutes and seconds.
const MOST_UNITS: usize = 3;

/// Adds the smaller units that follow a figure: "3 hours and 20 minutes". Returns the token behind all.
pub(super) fn with_smaller_units(passage: &Passage<'_>, first: Figure, behind: usize) -> (Figure, usize) {
    let (mut figure, mut next) = (first, behind);
    // "5 km 300 m" is written without decimals.
    if !figure.numeral.value().is_some_and(|value| value.fract().is_zero()) {
        return (figure, next);
    }
    for _ in 1..MOST_UNITS {
        match with_smaller_unit(passage, &figure, next) {
            Some(longer) => (figure, next) = longer,
            None => break,
        }
    }
    (figure, next)
}

/// "3 hours and 20 minutes", "2ドル3セント": the same quantity goes on in a smaller unit.
fn with_smaller_unit(passage: &Passage<'_>, first: &Figure, behind: usize) -> Option<(Figure, usize)> {
    if first.is_bare() || !first.tail.more.is_zero() {
        return None;
    }
    let joins = |term: &Term| matches!(term, Term::NumberJoiner | Term::FractionJoiner).then_some(());
    let joiner = numeral::term(passage, behind, joins).map_or(0, |(length, ())| length);
    if let Some(taller) = with_hyphened_inches(passage, first, behind) {
        return Some(taller);
    }
    // "Three hours, 12 minutes".
    let is_comma = passage.word(behind) == "," && first.tail.units.iter().all(unit::is_time);
    let joiner = joiner.max(usize::from(is_comma));
    let second = match read(passage, behind + joiner, first.bytes.end) {
        Read::Figure(second) if passage.token_at(second.bytes.start) >= behind => second,
        Read::Figure(_) | Read::Skip(_) => {
            return with_named_smaller_unit(passage, first, behind + joiner)
                .or_else(|| with_padded_unit(passage, first, behind));
        }
    };
    let (larger, smaller) = (first.candidates()?, second.candidates()?);
    let part = second.numeral.value()?;
    let ratio = match (larger.as_slice(), smaller.as_slice()) {
        ([large], [small]) => smaller_by(large, small)?,
        ([large], []) if is_change(passage, large, &second) => Decimal::ONE_HUNDRED,
        ([_], []) => return with_named_smaller_unit(passage, first, behind + joiner),
        _ => return None,
    };
    // An hour has no 80 minutes.
    if part >= ratio || second.before.is_some() && first.before.is_none() {
        return None;
    }
    let next = passage.token_at(second.bytes.end).max(second.tokens.end);
    longer(passage, first, &second.numeral, ratio, next)
}

/// "6-foot-7", "5-foot-10-inch": behind a hyphen feet go on in inches, with or without their name.
fn with_hyphened_inches(passage: &Passage<'_>, feet: &Figure, behind: usize) -> Option<(Figure, usize)> {
    let hyphen = passage.hyphen(behind);
    let Some(numeral::Read::Numeral(part)) = (hyphen > 0).then(|| numeral::whole(passage, behind + hyphen))
    else {
        return None;
    };
    let inch = Candidate::of(CandidateUnit::Settled(Unit::measured("in")?));
    let foot = CandidateUnit::Settled(Unit::measured("ft")?);
    let large = feet.tail.units.iter().find(|candidate| candidate.unit == foot)?;
    let end = passage.token(part.next.checked_sub(1)?)?.end;
    let named = unit::unit_at(passage, end).filter(|(units, _)| units.contains(&inch));
    let next = named.map_or(part.next, |(_, end)| passage.token_at(end));
    let ratio = smaller_by(large, &inch).filter(|ratio| part.value().is_some_and(|part| part < *ratio))?;
    longer(passage, feet, &part, ratio, next)
}

/// "5ft 9in": the smaller unit has a name that is read nowhere else.
fn with_named_smaller_unit(passage: &Passage<'_>, first: &Figure, idx: usize) -> Option<(Figure, usize)> {
    let numeral::Read::Numeral(part) = numeral::whole(passage, idx) else { return None };
    let larger = first.candidates()?;
    let [large] = larger.as_slice() else { return None };
    let (length, ratio) = smaller_unit(passage, part.next, large)?;
    if part.value()? >= ratio {
        return None;
    }
    longer(passage, first, &part, ratio, part.next + length)
}

/// "312円08銭", "2 h 05 min": a part that is filled up with a zero, which is a code elsewhere.
fn with_padded_unit(passage: &Passage<'_>, first: &Figure, idx: usize) -> Option<(Figure, usize)> {
    let word = passage.word(idx);
    let value: u8 = word.parse().ok().filter(|_| word.len() == 2 && word.starts_with('0'))?;
    let (smaller, end) = unit::unit_at(passage, passage.token(idx)?.end)?;
    let larger = first.candidates()?;
    let ([large], [small]) = (larger.as_slice(), smaller.as_slice()) else { return None };
    let ratio = smaller_by(large, small)?;
    let part = Numeral::of_words(PrintedFigure::One(value.into()), Decimal::ONE, idx + 1);
    longer(passage, first, &part, ratio, passage.token_at(end))
}

/// A figure and a part in a unit so many times smaller, up to the token `next`.
fn longer(
    passage: &Passage<'_>,
    first: &Figure,
    part: &Numeral,
    ratio: Decimal,
    next: usize,
) -> Option<(Figure, usize)> {
    let value = kept(first.numeral.value()?.checked_add(quotient(part.value()?, ratio)?)?);
    let grain = quotient(part.number.grain, ratio)?;
    let number = Number { figure: PrintedFigure::One(value), grain, from_zeros: false };
    let end = passage.token(next.checked_sub(1)?)?.end;
    let figure = Figure {
        numeral: Numeral { number, ..first.numeral },
        tokens: first.tokens.start..part.next,
        bytes: first.bytes.start..end,
        before: first.before.clone(),
        tail: unit::Tail { end, ..first.tail.clone() },
        is_before: false,
    };
    Some((figure, next))
}

/// "15 dollars 50", "treize euros et quarante-cinq": a bare number of two figures that ends the phrase is hundredths.
fn is_change(passage: &Passage<'_>, large: &Candidate, second: &Figure) -> bool {
    let behind = second.tokens.end;
    let ends = passage.token(behind).is_none_or(|token| token.kind == TokenKind::Symbol)
        || !second.numeral.is_words && passage.lexicon.is_stop_word(&fold(passage.word(behind)));
    let is_two_figures = second.numeral.is_words || passage.word(second.tokens.start).len() == 2;
    let hundred = Decimal::ONE_HUNDRED;
    let fits = second
        .numeral
        .value()
        .is_some_and(|value| value.fract().is_zero() && value > Decimal::ZERO && value < hundred);
    // "1 metro 50", "9秒98".
    let has_hundredths =
        |unit: &Unit| unit.code == "m" || unit.code == "s" && passage.is_glued(second.tokens.start);
    let is_measured = matches!(&large.unit, CandidateUnit::Settled(unit) if has_hundredths(unit));
    (is_money(large) || is_measured)
        && large.scale == Decimal::ONE
        && second.is_bare()
        && is_two_figures
        && ends
        && fits
}

/// The length of the name at a token that a smaller unit has only behind a larger one, and how many make one of that.
fn smaller_unit(passage: &Passage<'_>, idx: usize, large: &Candidate) -> Option<(usize, Decimal)> {
    let mut terms = passage.tokens.terms_at(idx);
    terms.find_map(|(length, term)| {
        let Term::SmallerUnit(factor, code) = term else { return None };
        let unit = Unit::measured(code).unwrap_or_else(|| Unit::money(code));
        let small = Candidate::scaled(*factor, CandidateUnit::Settled(unit));
        smaller_by(large, &small).map(|ratio| (length, ratio))
    })
}

/// How many of a smaller unit make a larger one, where one quantity is told in both.
fn smaller_by(large: &Candidate, small: &Candidate) -> Option<Decimal> {
    // Cents behind an amount are that currency's, whatever they are a part of elsewhere.
    let is_minor =
        is_money(large) && is_money(small) && large.scale == Decimal::ONE && small.scale < Decimal::ONE;
    if is_minor {
        return Decimal::ONE.checked_div(small.scale);
    }
    let (CandidateUnit::Settled(one), CandidateUnit::Settled(other)) = (&large.unit, &small.unit) else {
        return None;
    };
    let is_measure = matches!(one.dimension, Dimension::Duration | Dimension::Length | Dimension::Mass);
    if one.dimension != other.dimension
        || !is_measure
        || large.scale != Decimal::ONE
        || small.scale != Decimal::ONE
    {
        return None;
    }
    let ratio = one.to_base(Decimal::ONE)?.checked_div(other.to_base(Decimal::ONE)?)?;
    (ratio > Decimal::ONE).then_some(ratio)
}
