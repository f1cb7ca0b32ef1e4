//! What a number may be a number of: the signs and words around it.

use rust_decimal::Decimal;

use super::word_number::scale_term;
use super::{Candidate, CandidateUnit, Passage, signs};
use crate::lang::Term;
use crate::lang::words::TokenKind;
use crate::quantity::{Dimension, Unit};

/// What stands behind a number: scale and unit, as far as they are stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tail {
    /// The scale word or suffix.
    pub(super) scale: Option<Decimal>,
    /// The units that may be meant, each with a scale of its own (0.01 for cents, 10^6 where "m" is a million).
    pub(super) units: Vec<Candidate>,
    /// The byte behind it.
    pub(super) end: usize,
}

/// The currency sign before a number, and the byte it begins at.
pub(super) fn sign_before(passage: &Passage<'_>, start: usize) -> Option<(CandidateUnit, usize)> {
    let (length, unit) = signs::currency_before(passage.before(start))?;
    Some((unit, start - length))
}

/// Reads scale and unit behind a number that ends at a byte; `money` says that a currency stands before it.
pub(super) fn tail(passage: &Passage<'_>, end: usize, money: bool) -> Tail {
    let mut tail = Tail { scale: None, units: Vec::new(), end };
    let mut idx = passage.token_at(end);
    while let Some((length, scale)) = scale_term(passage, idx + hyphen(passage, idx)) {
        let Some(product) = tail.scale.unwrap_or(Decimal::ONE).checked_mul(scale) else {
            break;
        };
        tail.scale = Some(product);
        idx += hyphen(passage, idx) + length;
        tail.end = passage.token(idx - 1).map_or(tail.end, |token| token.end);
    }
    let suffix = if tail.scale.is_none() {
        signs::suffix_after(passage.rest(end), &passage.lexicon.scale_suffixes)
    } else {
        None
    };
    if let Some((length, scale)) = suffix {
        let behind = end + length;
        let after = unit_at(passage, behind);
        let clash = signs::unit_after(passage.rest(end)).filter(|(unit_length, _)| *unit_length == length);
        match (money || after.is_some(), clash) {
            (false, Some((unit_length, unit))) => {
                // "96m" is metres or millions: millions where a noun is counted right behind it.
                let measured = Candidate { scale: Decimal::ONE, unit };
                let noun = super::scan::counted_noun(passage, passage.token_at(behind));
                tail.units = match noun.filter(|noun| noun.distance == 0) {
                    Some(noun) => {
                        let unit = CandidateUnit::Settled(Unit::count(&noun.lemma));
                        vec![Candidate { scale, unit }, measured]
                    }
                    None => {
                        let unit = CandidateUnit::Settled(Unit::of(Dimension::Number));
                        vec![measured, Candidate { scale, unit }]
                    }
                };
                tail.end = end + unit_length;
                return tail;
            }
            (true | false, _) => {
                tail.scale = Some(scale);
                tail.end = behind;
            }
        }
    }
    if let Some((candidate, unit_end)) = unit_at(passage, tail.end) {
        tail.units = vec![candidate];
        tail.end = unit_end;
    }
    tail
}

fn hyphen(passage: &Passage<'_>, idx: usize) -> usize {
    usize::from(
        passage.is_glued(idx) && passage.is_glued(idx + 1) && super::noise::is_hyphen(passage.word(idx)),
    )
}

/// The unit or currency that begins at a byte, after at most one blank, a hyphen or "of".
fn unit_at(passage: &Passage<'_>, end: usize) -> Option<(Candidate, usize)> {
    let plain = |unit: CandidateUnit| Candidate { scale: Decimal::ONE, unit };
    let idx = passage.token_at(end);
    let glued_hyphen = hyphen(passage, idx);
    let connector = passage
        .lexicon
        .longest(passage.text, &passage.tokens, idx, |term| {
            matches!(term, Term::VagueConnector).then_some(())
        })
        .map_or(0, |(length, ())| length);
    for at in [idx, idx + glued_hyphen, idx + connector] {
        if let Some((length, candidate)) = named_unit(passage, at) {
            let unit_end = passage.token(at + length - 1)?.end;
            // A sign that is longer than the name wins: "m³" over "m".
            let sign = signs::unit_after(passage.rest(end)).filter(|(sign, _)| end + sign > unit_end);
            return Some(match sign {
                Some((length, unit)) => (plain(unit), end + length),
                None => (candidate, unit_end),
            });
        }
    }
    let rest = passage.rest(end);
    let currency = signs::currency_after(rest);
    let unit = signs::unit_after(rest).or_else(|| {
        let start = passage.token(idx + glued_hyphen).filter(|_| glued_hyphen > 0)?.start;
        signs::unit_after(passage.rest(start)).map(|(length, unit)| (start - end + length, unit))
    });
    match (currency, unit) {
        (Some((length, unit)), None) => Some((plain(unit), end + length)),
        (Some((length, unit)), Some((other, _))) if length >= other => Some((plain(unit), end + length)),
        (_, Some((length, unit))) => Some((plain(unit), end + length)),
        (None, None) => None,
    }
}

/// The currency or unit that the words at a token name.
fn named_unit(passage: &Passage<'_>, idx: usize) -> Option<(usize, Candidate)> {
    if passage.token(idx)?.kind == TokenKind::Digits {
        return None;
    }
    passage.lexicon.longest(passage.text, &passage.tokens, idx, |term| {
        let settled = |unit: Unit| CandidateUnit::Settled(unit);
        let (scale, unit) = if let Term::Currency(code) = term {
            (Decimal::ONE, settled(Unit::money(code)))
        } else if let Term::CurrencyFamily(id) = term {
            (Decimal::ONE, CandidateUnit::Family(id.clone()))
        } else if let Term::MinorUnit(id) = term {
            let is_code = crate::quantity::currency::currencies().get(id).is_some();
            let unit = if is_code { settled(Unit::money(id)) } else { CandidateUnit::Family(id.clone()) };
            (Decimal::new(1, 2), unit)
        } else if let Term::Unit(id) = term {
            (Decimal::ONE, settled(Unit::measured(id)?))
        } else {
            return None;
        };
        Some(Candidate { scale, unit })
    })
}
