//! Two figures that share what stands behind a bracket: "228 (143) million euros".

use rust_decimal::Decimal;

use super::numeral::{self, Numeral};
use super::{Number, Passage, unit};
use crate::lang::NumberPart;
use crate::lang::words::TokenKind;
use crate::quantity::PrintedFigure;

/// "228 (a year earlier: 143) million euros": the scale and the unit behind a bracket are of the figure before it and of the
/// last one in it.
pub(super) fn shared_behind(
    passage: &Passage<'_>,
    numeral: Numeral,
    end: usize,
) -> Option<(Numeral, unit::Tail)> {
    const LONGEST_BRACKET: usize = 10;
    let is_digits = |at: usize| passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits);
    let closes = |at: &usize| passage.word(*at) == ")";
    let behind = match passage.word(numeral.next) {
        "(" => (numeral.next + 1..numeral.next + LONGEST_BRACKET).find(closes)?,
        ")" => {
            let first = numeral.next.saturating_sub(LONGEST_BRACKET);
            let open = (first..numeral.next).rev().find(|at| passage.word(*at) == "(")?;
            open.checked_sub(1).filter(|before| is_digits(*before)).map(|_| numeral.next)?
        }
        _ => return None,
    };
    if numeral.is_words || numeral.scale > Decimal::ONE || !is_digits(behind.checked_sub(1)?) {
        return None;
    }
    let PrintedFigure::One(value) = numeral.number.figure else { return None };
    let (length, part) = numeral::factor_at(passage, behind + 1).unwrap_or((0, NumberPart::Joiner));
    let factor = if let NumberPart::Scale(factor) = part { factor } else { Decimal::ONE };
    let number = Number {
        figure: PrintedFigure::One(value.checked_mul(factor)?),
        grain: numeral.number.grain.checked_mul(factor)?,
        ..numeral.number
    };
    let numeral = Numeral { number, scale: factor, factors: factor, ..numeral };
    let tail = unit::tail(passage, passage.token(behind + length)?.end, false, &numeral);
    let is_shared = !tail.units.is_empty() && (tail.scale.is_some() || factor > Decimal::ONE);
    is_shared.then_some((numeral, unit::Tail { end, ..tail }))
}
