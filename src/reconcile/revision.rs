//! Which figures the reports say theirs take the place of: "rose to 58,000 from 41,000", "173, five more than on Saturday".

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::document::Document;
use crate::extract::Role;
use crate::normalise::{Claim, Direction, Kind, is_of_term_before};
use crate::quantity::{Dimension, Unit};

/// What the reports of a story tell of figures that took the place of others.
pub(super) struct Revisions<'a> {
    /// By the figure before and the one after, in their base unit: the claims that give the latter.
    told: FxHashMap<(Decimal, Decimal), Vec<&'a Claim>>,
}

impl<'a> Revisions<'a> {
    pub(super) fn new(documents: &[Document], claims: &'a [Claim]) -> Revisions<'a> {
        let mut told: FxHashMap<(Decimal, Decimal), Vec<&Claim>> = FxHashMap::default();
        for claim in claims {
            let before = earlier_than(documents, claims, claim).map(|(now, then)| (now, [Some(then), None]));
            let changed = grown_by(documents, claims, claim);
            for (now, thens) in before.into_iter().chain(changed) {
                let Some(after) = now.in_base() else { continue };
                for then in thens.into_iter().flatten() {
                    told.entry((then.normalize(), after.normalize())).or_default().push(now);
                }
            }
        }
        Revisions { told }
    }

    /// Whether some report tells that one claim's figure took the place of another's, of one kind of unit. A percentage may be
    /// of anything, and a digit comes twice by chance: both must be of one measure.
    pub(super) fn tell(&self, earlier: &Claim, later: &Claim) -> bool {
        let Some((then, now)) = earlier.in_base().zip(later.in_base()) else { return false };
        let is_common = matches!(later.quantity.unit.dimension, Dimension::Percent | Dimension::Points)
            || later.precision.is_count && then.min(now) < Decimal::TEN;
        let is_of_one_measure = later.measure.is_some() && earlier.measure == later.measure;
        are_of_one_kind(&earlier.quantity.unit, &later.quantity.unit)
            && (!is_common || is_of_one_measure)
            && self.told.get(&(then.normalize(), now.normalize())).is_some_and(|told| {
                told.iter().any(|told| are_of_one_kind(&told.quantity.unit, &later.quantity.unit))
            })
    }
}

/// Whether two units count, or measure the same: whatever they count.
fn are_of_one_kind(one: &Unit, other: &Unit) -> bool {
    one.has_base_of(other) || one.dimension == Dimension::Count && other.dimension == Dimension::Count
}

/// The figure that takes the place of one that its sentence tells as the earlier one, the nearest of its kind, and the earlier
/// one in the same unit.
fn earlier_than<'a>(
    documents: &[Document],
    claims: &'a [Claim],
    earlier: &Claim,
) -> Option<(&'a Claim, Decimal)> {
    const REACH: usize = 3;
    if earlier.role != Role::Before || is_of_term(documents, earlier) {
        return None;
    }
    let is_bare = earlier.quantity.unit.dimension == Dimension::Number;
    let is_of_kind = |now: &&Claim| is_bare || are_of_one_kind(&now.quantity.unit, &earlier.quantity.unit);
    let near = earlier.id.saturating_sub(REACH)..(earlier.id + REACH + 1).min(claims.len());
    let own = claims.get(near)?.iter().filter(|now| is_beside(earlier, now) && now.role == Role::Own);
    let now = own.filter(is_of_kind).min_by_key(|now| (now.id.abs_diff(earlier.id), now.id))?;
    let then = if is_bare { now.to_base(earlier.value()?)? } else { earlier.in_base()? };
    Some((now, then))
}

/// The figure that a change led to, right beside it, and what it may have begun with: "173, five more than on Saturday". Where
/// no word says which way it went ("raised by 300 million to 84.9 billion"), it may be either.
fn grown_by<'a>(
    documents: &[Document],
    claims: &'a [Claim],
    change: &Claim,
) -> Option<(&'a Claim, [Option<Decimal>; 2])> {
    let is_share = matches!(change.quantity.unit.dimension, Dimension::Percent | Dimension::Points);
    let is_change = change.kind == Kind::Change && change.role == Role::Own && !is_share;
    if !is_change || is_of_term(documents, change) {
        return None;
    }
    let near = change.id.saturating_sub(1)..(change.id + 2).min(claims.len());
    let is_level = |now: &&Claim| {
        is_beside(change, now)
            && now.role == Role::Own
            && (now.kind == Kind::Level || change.direction.is_none() || now.id < change.id)
            && are_of_one_kind(&now.quantity.unit, &change.quantity.unit)
    };
    let now = claims.get(near)?.iter().find(is_level)?;
    let (after, by) = (now.in_base()?, change.in_base()?);
    let less = after.checked_sub(by).filter(|_| change.direction != Some(Direction::Fall));
    let more = after.checked_add(by).filter(|_| change.direction != Some(Direction::Rise));
    Some((now, [less, more]))
}

/// Whether a claim is another figure of one's sentence, and compared.
fn is_beside(one: &Claim, other: &Claim) -> bool {
    other.id != one.id
        && other.document == one.document
        && other.sentence == one.sentence
        && other.is_compared()
        && other.value().is_some()
}

/// Whether a figure is one of an earlier year, quarter or day, and revised by none.
fn is_of_term(documents: &[Document], claim: &Claim) -> bool {
    documents.get(claim.document).is_none_or(|document| {
        is_of_term_before(document, claim.text.end..claim.sentence.end, claim.measure, claim.period.as_ref())
    })
}
