//! What judging asks of each claim over and over, settled once: its figure in the base unit, its paragraph, what its
//! sentence adds to it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::document::Document;
use crate::normalise::Claim;
use crate::quantity::{Dimension, Interval, PrintedFigure};

use super::arithmetic::one_more;
use super::breakdown;
use super::wording::{Wording, is_provisional};

/// Claims on either side of a figure that are close to it.
const COUNT_REACH: usize = 20;

/// What is reckoned with, by claim.
pub(super) struct Reckoned {
    figures: Vec<Option<InBase>>,
    /// The place of the paragraph in its report.
    paragraphs: Vec<usize>,
    /// What is counted: the report and the number.
    counts: Vec<Option<(usize, Decimal)>>,
    /// What the sentence adds to a count without a figure: "and a teacher".
    one_more: Vec<Option<Decimal>>,
    /// By report: the largest figure of each measure.
    largest: Vec<Vec<(&'static str, Decimal)>>,
    /// The total that it is a part of in its own report.
    totals: Vec<Option<usize>>,
    /// What its sentence says of how long it holds, read when first asked for.
    wordings: Vec<OnceLock<Wording>>,
    /// The reports that say of themselves that another will follow with final figures.
    provisional: Vec<bool>,
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
        let is_count = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
        let count = |claim: &Claim| Some((claim.document, claim.value().filter(|_| is_count(claim))?));
        Reckoned {
            figures: claims.par_iter().map(in_base).collect(),
            paragraphs: claims.iter().map(paragraph).collect(),
            one_more: claims.par_iter().map(|claim| one_more(documents, claim)).collect(),
            counts: claims.iter().map(count).collect(),
            largest: largest(documents, claims),
            totals: breakdown::totals(documents, claims),
            wordings: vec![OnceLock::new(); claims.len()],
            provisional: documents.par_iter().map(is_provisional).collect(),
        }
    }

    /// What a claim's sentence says of how long its figure holds.
    pub(super) fn wording(&self, documents: &[Document], claim: &Claim) -> Wording {
        let read = || Wording::of(documents, claim);
        self.wordings.get(claim.id).map(|known| *known.get_or_init(read)).unwrap_or_default()
    }

    /// Whether a claim's sentence, or its report as a whole, says that another figure will follow.
    pub(super) fn is_provisional(&self, documents: &[Document], claim: &Claim) -> bool {
        self.provisional.get(claim.document).copied().unwrap_or(false)
            || self.wording(documents, claim).is_provisional
    }

    /// A claim's figure in its base unit; nothing where that is too large.
    pub(super) fn in_base(&self, claim: &Claim) -> Option<&InBase> {
        self.figures.get(claim.id)?.as_ref()
    }

    /// Whether two claims of a report stand in one paragraph.
    pub(super) fn is_one_paragraph(&self, one: &Claim, other: &Claim) -> bool {
        one.document == other.document && self.paragraphs.get(one.id) == self.paragraphs.get(other.id)
    }

    /// Whether a claim close to another one in its report counts just so many.
    pub(super) fn is_counted_near(&self, home: &Claim, wanted: Decimal) -> bool {
        let around = home.id.saturating_sub(COUNT_REACH)..(home.id + COUNT_REACH + 1).min(self.counts.len());
        self.counts.get(around).unwrap_or_default().contains(&Some((home.document, wanted)))
    }

    /// What a count's sentence adds to it without a figure.
    pub(super) fn one_more(&self, claim: &Claim) -> Option<Decimal> {
        self.one_more.get(claim.id).copied().flatten()
    }

    /// Whether a claim is a part of a total that its own report gives, and a figure is nearer to that total: it is no part.
    pub(super) fn is_nearer_total(&self, claims: &[Claim], part: &Claim, other: &Claim) -> bool {
        let total = self.totals.get(part.id).copied().flatten().and_then(|total| claims.get(total));
        let value = |claim: &Claim| {
            let figure = self.in_base(claim)?;
            figure.value.or(figure.hard.high.value()).or(figure.hard.low.value())
        };
        let distances = || {
            let (part, total, other) = (value(part)?, value(total?)?, value(other)?);
            Some((other.checked_sub(total)?.abs(), other.checked_sub(part)?.abs()))
        };
        distances().is_some_and(|(to_total, to_part)| to_total <= to_part)
    }

    /// The largest figure that a report gives of a measure.
    pub(super) fn largest(&self, document: usize, measure: &'static str) -> Option<Decimal> {
        let own = self.largest.get(document)?;
        own.iter().find(|(of, _)| *of == measure).map(|(_, value)| *value)
    }
}

fn largest(documents: &[Document], claims: &[Claim]) -> Vec<Vec<(&'static str, Decimal)>> {
    let mut largest: Vec<BTreeMap<&'static str, Decimal>> = vec![BTreeMap::new(); documents.len()];
    for claim in claims.iter().filter(|claim| claim.is_compared()) {
        let (Some(own), Some(measure)) = (largest.get_mut(claim.document), claim.measure) else { continue };
        if let Some(value) = claim.value() {
            let most = own.entry(measure).or_insert(value);
            *most = value.max(*most);
        }
    }
    largest.into_iter().map(|own| own.into_iter().collect()).collect()
}

fn in_base(claim: &Claim) -> Option<InBase> {
    let base = |value: Decimal| claim.to_base(value);
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
