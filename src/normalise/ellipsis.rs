//! Figures without a unit that take it from the figure before them: "620 million euros for tunnels and 340 million for
//! stations", "5,200 passengers, of whom 840 were hurt".

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Claim, Passage, context, restate};
use crate::quantity::{Dimension, Quantity, Unit};

/// From here on a figure without a unit is an amount, or a count, of what the large figure before it is of.
const LARGE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// The unit that a bare number of a sentence takes from the claims before it, with the claim it comes from.
///
/// Large numbers take it from the nearest large figure; others take a noun, where they are said to be part of its count.
pub(super) fn unit_before<'a>(
    passage: &Passage<'_>,
    quantity: &Quantity,
    part: Option<&str>,
    sentence: &Range<usize>,
    before: &'a [Claim],
) -> Option<&'a Claim> {
    let size = |quantity: &Quantity| quantity.best.or(quantity.interval.high.value());
    let own = size(quantity)?;
    let first = before.partition_point(|claim| claim.text.start < sentence.start);
    let own_sentence = before.get(first..)?;
    if own >= LARGE {
        let is_large = |claim: &Claim| size(&claim.quantity).is_some_and(|size| size >= LARGE);
        let nearest = own_sentence.iter().rposition(is_large)?;
        let claim = own_sentence.get(nearest)?;
        // "11 trillion rupees ($129bn), up from 10 trillion": of rupees, not of what stands in brackets.
        let original = nearest.checked_sub(1).and_then(|idx| own_sentence.get(idx));
        let original =
            original.filter(|other| restate::states_again(passage.document, passage.lexicon, other, claim));
        return Some(original.unwrap_or(claim)).filter(|claim| is_shared(&claim.quantity.unit));
    }
    let is_count = |claim: &&Claim| claim.quantity.unit.dimension == Dimension::Count;
    let is_part = part == Some(context::OF_WHICH);
    own_sentence
        .iter()
        .rev()
        .find(is_count)
        .filter(|claim| is_part && own.fract().is_zero() && claim.value().is_some_and(|whole| own < whole))
}

/// Whether a unit is left out behind a second figure: amounts, masses and counts are, dates and shares are not.
fn is_shared(unit: &Unit) -> bool {
    matches!(
        unit.dimension,
        Dimension::Money
            | Dimension::Mass
            | Dimension::Volume
            | Dimension::Energy
            | Dimension::Emissions
            | Dimension::Count
    )
}
