//! Ranks: "42nd", "fourth".

use rust_decimal::Decimal;

use super::digits::{self, Digits};
use super::{Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role, numeral};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold};
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// A rank: "42nd", "fourth".
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let token = passage.token(idx)?;
    let (value, next) = if token.kind == TokenKind::Digits {
        // "3.º" has a full stop before its suffix.
        let dot = usize::from(passage.word(idx + 1) == "." && passage.is_glued(idx + 1));
        let suffix_at = idx + 1 + dot;
        let suffix = fold(passage.word(suffix_at));
        let suffixes = &passage.lexicon.ordinal_suffixes;
        // "99º F" is a temperature.
        let is_unit = numeral::unit_length(passage, suffix_at) > 0;
        if is_unit || !passage.is_glued(suffix_at) || !suffixes.iter().any(|known| *known == suffix) {
            return None;
        }
        let Digits::Number(number, behind) = digits::read(passage, idx)? else { return None };
        let PrintedFigure::One(value) = number.figure else {
            return None;
        };
        (value, behind.max(suffix_at) + 1)
    } else {
        let (length, value) = passage
            .tokens
            .longest(idx, |term| if let Term::Ordinal(value) = term { Some(*value) } else { None })?;
        if value <= Decimal::TWO && !is_second_of_its_kind(passage, idx, value, idx + length) {
            return None;
        }
        if matches!(numeral::read(passage, idx), numeral::Read::Numeral(_)) {
            return None;
        }
        (value, idx + length)
    };
    // "5th Avenue", "the Fifth Amendment": a name.
    let is_name = passage.word(next).starts_with(char::is_uppercase)
        && passage.token(next).is_some_and(|token| token.spaced);
    if is_name && !passage.lexicon.noun_phrase.capitals {
        return None;
    }
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::of(Dimension::Ordinal)))];
    let text = token.start..passage.token(next - 1)?.end;
    Some((Mention { text, reads: Reads::Figure { number, candidates }, hedge: None, role: Role::Own }, next))
}

/// "A second death", "the second driver": behind an article and before what is measured or counted, neither a stretch of
/// time nor the talk of second chances.
fn is_second_of_its_kind(passage: &Passage<'_>, idx: usize, rank: Decimal, behind: usize) -> bool {
    let is_article =
        |term: &Term| matches!(term, Term::Article | Term::Determiner | Term::Definite).then_some(());
    let is_measure = |term: &Term| matches!(term, Term::Measure(_)).then_some(());
    rank == Decimal::TWO
        && passage.tokens.ending_before(idx, is_article).is_some()
        && (passage.tokens.longest(behind, is_measure).is_some()
            || passage.lexicon.is_people(&fold(passage.word(behind))))
}
