//! What is reckoned with: the figures of a sentence and of the one before it; and what is told where it does not come out.

use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::extract::Role;
use crate::normalise::Claim;
use crate::quantity::{Dimension, PrintedFigure};

/// A calculation that does not come to what the report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Miscalculation {
    /// What was reckoned.
    pub kind: Calculation,
    /// The figures it was reckoned from: the earlier and the later one, the part and the whole, the parts.
    pub terms: Vec<usize>,
    /// The figure stated as the result.
    pub stated: usize,
    /// What the terms come to, in the stated figure's unit.
    pub comes_to: Decimal,
}

/// What can be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calculation {
    /// From one figure to another, in percent of the first.
    Change,
    /// A part, in percent of its whole.
    Share,
    /// Parts that make a total.
    Sum,
    /// From one year to another.
    Years,
}

/// The claims of a sentence, and those of the sentence before it in the same paragraph.
pub(super) struct Passage<'a> {
    pub(super) sentence: &'a [Claim],
    pub(super) before: &'a [Claim],
}

/// The claims of a report: they stand in the order of the reports.
pub(super) fn report_of(claims: &[Claim], document: usize) -> &[Claim] {
    let start = claims.partition_point(|claim| claim.document < document);
    let end = claims.partition_point(|claim| claim.document <= document);
    claims.get(start..end).unwrap_or_default()
}

/// Whether two claims stand in one paragraph.
pub(super) fn is_beside(documents: &[Document], a: &Claim, b: &Claim) -> bool {
    let block = |claim: &Claim| {
        let blocks = &documents.get(claim.document)?.blocks;
        Some(blocks.partition_point(|block| block.text.start <= claim.text.start))
    };
    a.document == b.document && block(a) == block(b)
}

/// Whether a claim is one figure of the report, and no range.
pub(super) fn is_single(claim: &Claim) -> bool {
    matches!(claim.figure, PrintedFigure::One(_))
        && claim.block != BlockKind::Furniture
        && claim.value().is_some()
}

/// Whether a claim is one figure of its own: no other one again, nor an earlier one, nor the whole of another.
pub(super) fn is_own(claim: &Claim) -> bool {
    is_single(claim) && claim.restates.is_none() && claim.role == Role::Own
}

const PERCENT: &str = "%";

/// Whether a claim is a percentage.
pub(super) fn is_percent(claim: &Claim) -> bool {
    // "Doubled" and "a third" are of the same dimension, and no percentages.
    claim.quantity.unit.dimension == Dimension::Percent && claim.quantity.unit.code == PERCENT
}

/// Whether two figures can be reckoned with each other as printed.
pub(super) fn is_of_one_unit(a: &Claim, b: &Claim) -> bool {
    let (one, other) = (&a.quantity.unit, &b.quantity.unit);
    one == other
        && !matches!(one.dimension, Dimension::Date | Dimension::Year | Dimension::Clock | Dimension::Ordinal)
}
