//! What judging asks of each claim over and over, settled once: its figure in the base unit, its paragraph, what its
//! sentence adds to it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::Document;
use crate::normalise::Claim;
use crate::quantity::{Interval, PrintedFigure};

use super::arithmetic::one_more;

/// What is reckoned with, by claim.
pub(super) struct Reckoned {
    figures: Vec<Option<InBase>>,
    /// The place of the paragraph in its report.
    paragraphs: Vec<usize>,
    /// What the sentence adds to a count without a figure: "and a teacher".
    one_more: Vec<Option<Decimal>>,
    /// The largest figure that a report gives of a measure.
    largest: BTreeMap<(usize, &'static str), Decimal>,
}

/// A claim's figure in its base unit.
pub(super) struct InBase {
    /// The figure itself; nothing for a range.
    pub(super) value: Option<Decimal>,
    /// What is printed, one number or two ends.
    pub(super) printed: Option<(Decimal, Option<Decimal>)>,
    pub(super) hard: Interval,
    pub(super) soft: Interval,
}

impl Reckoned {
    pub(super) fn new(documents: &[Document], claims: &[Claim]) -> Reckoned {
        let paragraph = |claim: &Claim| {
            let blocks = documents.get(claim.document).map(|document| document.blocks.as_slice());
            blocks.unwrap_or_default().partition_point(|block| block.text.start <= claim.text.start)
        };
        let mut largest: BTreeMap<(usize, &'static str), Decimal> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| claim.is_compared()) {
            if let (Some(measure), Some(value)) = (claim.measure, claim.value()) {
                let most = largest.entry((claim.document, measure)).or_insert(value);
                *most = value.max(*most);
            }
        }
        Reckoned {
            figures: claims.par_iter().map(in_base).collect(),
            paragraphs: claims.iter().map(paragraph).collect(),
            one_more: claims.par_iter().map(|claim| one_more(documents, claim)).collect(),
            largest,
        }
    }

    /// A claim's figure in its base unit; nothing where that is too large.
    pub(super) fn in_base(&self, claim: &Claim) -> Option<&InBase> {
        self.figures.get(claim.id)?.as_ref()
    }

    /// Whether two claims of a report stand in one paragraph.
    pub(super) fn is_one_paragraph(&self, one: &Claim, other: &Claim) -> bool {
        one.document == other.document && self.paragraphs.get(one.id) == self.paragraphs.get(other.id)
    }

    /// What a count's sentence adds to it without a figure.
    pub(super) fn one_more(&self, claim: &Claim) -> Option<Decimal> {
        self.one_more.get(claim.id).copied().flatten()
    }

    /// The largest figure that a report gives of a measure.
    pub(super) fn largest(&self, document: usize, measure: &'static str) -> Option<Decimal> {
        self.largest.get(&(document, measure)).copied()
    }
}

fn in_base(claim: &Claim) -> Option<InBase> {
    let base = |value: Decimal| claim.quantity.unit.to_base(value);
    let printed = || match claim.figure {
        PrintedFigure::One(value) | PrintedFigure::Fraction(value) => Some((base(value)?, None)),
        PrintedFigure::Range(low, high) | PrintedFigure::Vague(low, high) => {
            Some((base(low)?, Some(base(high)?)))
        }
    };
    Some(InBase {
        value: claim.value().and_then(base),
        printed: printed(),
        hard: claim.hard.map(base)?,
        soft: claim.soft.map(base)?,
    })
}
