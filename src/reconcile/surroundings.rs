//! What stands around each claim in its report: the other figures of its sentence, those of the text around it, the one
//! length of time that it is of.

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::Dimension;

use super::figures::digits_of;

/// What the other figures of each claim's sentence say, sorted, each once; dates and small counts say too little.
pub(super) fn neighbours(claims: &[Claim], says: &[usize]) -> Vec<Vec<usize>> {
    let is_telling = |claim: &Claim| {
        let is_small = claim.precision.is_count && claim.value().is_some_and(|value| value < Decimal::TEN);
        !is_small
            && !matches!(claim.quantity.unit.dimension, Dimension::Date | Dimension::Year | Dimension::Number)
    };
    let mut neighbours = vec![Vec::new(); claims.len()];
    let is_one = |a: &Claim, b: &Claim| a.document == b.document && a.sentence == b.sentence;
    for sentence in claims.chunk_by(is_one) {
        for claim in sentence {
            let root = |claim: &Claim| claim.restates.unwrap_or(claim.id);
            let others = sentence.iter().filter(|other| root(other) != root(claim) && is_telling(other));
            let mut own: Vec<usize> = others.filter_map(|other| says.get(other.id).copied()).collect();
            own.sort_unstable();
            own.dedup();
            if let Some(place) = neighbours.get_mut(claim.id) {
                *place = own;
            }
        }
    }
    neighbours
}

/// What the claims before and behind each one say, sorted, each once.
pub(super) fn around(claims: &[Claim], says: &[usize]) -> Vec<Vec<usize>> {
    let of = |claim: &Claim| {
        let mut own: Vec<usize> =
            around_of(claims, claim).filter_map(|other| says.get(other.id).copied()).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    claims.par_iter().map(of).collect()
}

/// The claims before and behind one in its report, a few either way: figures of two digits or more, but for dates.
pub(super) fn around_of<'a>(claims: &'a [Claim], claim: &'a Claim) -> impl Iterator<Item = &'a Claim> {
    const REACH: usize = 8;
    const FEWEST_DIGITS: usize = 2;
    let root = |claim: &Claim| claim.restates.unwrap_or(claim.id);
    let is_telling = |other: &&Claim| {
        digits_of(other).len() >= FEWEST_DIGITS
            && !matches!(other.quantity.unit.dimension, Dimension::Date | Dimension::Year)
    };
    let near = claim.id.saturating_sub(REACH)..(claim.id + REACH + 1).min(claims.len());
    let near = claims.get(near).unwrap_or_default().iter();
    near.filter(move |other| other.document == claim.document && root(other) != root(claim))
        .filter(is_telling)
}

/// Whether each claim is the only figure of its unit, or the only count of its noun, in its sentence.
pub(super) fn lone(claims: &[Claim]) -> Vec<bool> {
    let is_one = |a: &Claim, b: &Claim| a.document == b.document && a.sentence == b.sentence;
    let root = |claim: &Claim| claim.restates.unwrap_or(claim.id);
    let is_alike = |a: &Claim, b: &Claim| {
        let (one, other) = (&a.quantity.unit, &b.quantity.unit);
        one.dimension == other.dimension && (one.dimension != Dimension::Count || one.code == other.code)
    };
    let mut lone = Vec::with_capacity(claims.len());
    for sentence in claims.chunk_by(is_one) {
        lone.extend(
            sentence.iter().map(|claim| {
                !sentence.iter().any(|other| root(other) != root(claim) && is_alike(claim, other))
            }),
        );
    }
    lone
}

/// Bytes between a figure and the length of time that it is of: "120 millimetres of rain fell in three hours".
const MOST_TO_SPAN: usize = 32;

/// The one length of time of each claim's sentence, where it stands beside a figure that it is the time of: of that figure,
/// and of the length itself.
pub(super) fn spans(claims: &[Claim], figures: &[usize]) -> Vec<Option<usize>> {
    let is_one = |a: &Claim, b: &Claim| a.document == b.document && a.sentence == b.sentence;
    let is_span =
        |claim: &&Claim| claim.quantity.unit.dimension == Dimension::Duration && claim.restates.is_none();
    let mut spans = vec![None; claims.len()];
    for sentence in claims.chunk_by(is_one) {
        let mut lengths = sentence.iter().filter(is_span);
        let (Some(only), None) = (lengths.next(), lengths.next()) else { continue };
        let is_near = |claim: &&Claim| {
            let (first, second) = if claim.id < only.id { (*claim, only) } else { (only, *claim) };
            second.text.start.saturating_sub(first.text.end) <= MOST_TO_SPAN
        };
        let near: Vec<usize> =
            sentence.iter().filter(is_near).map(|claim| claim.id).filter(|id| *id != only.id).collect();
        let own = near.first().map(|_| only.id);
        for id in near.into_iter().chain(own) {
            if let Some(place) = spans.get_mut(id) {
                *place = figures.get(only.id).copied();
            }
        }
    }
    spans
}
