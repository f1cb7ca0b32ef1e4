//! Which figures the reports say theirs take the place of: "rose to 15,300 from 12,700", "46, four more than on Sunday".

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::Document;
use crate::extract::Role;
use crate::lang::{Nature, measure};
use crate::normalise::{Claim, Direction, Kind, Period, is_of_term_before};
use crate::quantity::{Dimension, Unit};

/// What the reports of a story tell of figures that took the place of others.
pub(super) struct Revisions<'a> {
    /// By the figure before and the one after, in their base unit: the claims that give the latter.
    told: FxHashMap<(Decimal, Decimal), Vec<&'a Claim>>,
    /// The claims that are such earlier figures.
    before: FxHashSet<usize>,
}

impl<'a> Revisions<'a> {
    pub(super) fn new(documents: &[Document], claims: &'a [Claim]) -> Revisions<'a> {
        let mut told: FxHashMap<(Decimal, Decimal), Vec<&Claim>> = FxHashMap::default();
        let mut earlier = FxHashSet::default();
        for claim in claims {
            let before = earlier_than(documents, claims, claim);
            if before.is_some() {
                earlier.insert(claim.id);
            }
            for (now, then) in before.into_iter().chain(grown_by(documents, claims, claim)) {
                let Some(after) = now.in_base() else { continue };
                told.entry((then.normalize(), after.normalize())).or_default().push(now);
            }
        }
        Revisions { told, before: earlier }
    }

    /// Whether some report tells that one claim's figure took the place of another's, of one kind of unit. A percentage may be
    /// of anything, and a digit comes twice by chance: both must be of one measure.
    pub(super) fn tell(&self, earlier: &Claim, later: &Claim) -> bool {
        let Some((then, now)) = earlier.in_base().zip(later.in_base()) else { return false };
        let is_common = matches!(later.quantity.unit.dimension, Dimension::Percent | Dimension::Points)
            || later.precision.is_count && then.min(now) < Decimal::TEN;
        let is_of_one_measure = later.measure.is_some() && earlier.measure == later.measure;
        are_of_one_kind(&earlier.quantity.unit, &later.quantity.unit)
            && !is_of_other_year(earlier, later)
            && (!is_common || is_of_one_measure)
            && self.told.get(&(then.normalize(), now.normalize())).is_some_and(|told| {
                told.iter().any(|told| may_be_one(told, later) && are_of_one_thing(told, earlier))
            })
    }

    /// Whether a claim is an earlier figure that another one of its sentence takes the place of.
    pub(super) fn has_before(&self, claim: &Claim) -> bool {
        self.before.contains(&claim.id)
    }
}

/// Whether a figure is the one that a report tells with the one before it, or says the same of one measure elsewhere.
fn may_be_one(told: &Claim, later: &Claim) -> bool {
    are_of_one_kind(&told.quantity.unit, &later.quantity.unit)
        && (told.document == later.document || told.measure.is_some() && told.measure == later.measure)
}

/// Whether two figures may be of one thing: of one measure, of one noun, or measured where nobody says of what.
fn are_of_one_thing(told: &Claim, earlier: &Claim) -> bool {
    let is_count = told.quantity.unit.dimension == Dimension::Count;
    let are_measured = told.measure.is_some() && earlier.measure.is_some();
    told.measure == earlier.measure && told.measure.is_some()
        || is_count && told.quantity.unit == earlier.quantity.unit
        || !is_count && !are_measured
}

/// Whether the earlier figure is told of a year, a quarter or months of its own: "2021: 279 trillion". A price has the year in
/// which it was told: "approved in 2017 at 1.8 billion".
fn is_of_other_year(earlier: &Claim, later: &Claim) -> bool {
    let stays = earlier.measure.and_then(measure).is_some_and(|measure| {
        measure.nature == Nature::Settled && measure.of.contains(&Dimension::Money) && !measure.flows
    });
    earlier.kind != Kind::Date
        && !stays
        && earlier.period.as_ref().is_some_and(Period::is_term)
        && earlier.period != later.period
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
    let near = claims.get(near)?;
    let own = near.iter().filter(|now| is_beside(earlier, now) && now.role == Role::Own);
    let beside = own.filter(is_of_kind).min_by_key(|now| (now.id.abs_diff(earlier.id), now.id));
    let now = beside.or_else(|| near.iter().rfind(|now| is_told_before(now, earlier) && is_of_kind(now)))?;
    // "410 metres, against 310 metres for the bridge of Tarn" is of another one.
    let is_of_another = |name: &String| !now.owners.contains(name);
    let is_told_behind = now.text.end <= earlier.text.start;
    let is_anothers = earlier.speaker().is_some() && earlier.speaker() != now.speaker();
    if is_anothers || is_told_behind && earlier.owners.iter().any(is_of_another) {
        return None;
    }
    let then = if is_bare { now.to_base(earlier.value()?)? } else { earlier.in_base()? };
    Some((now, then))
}

/// The figure that a change led to, right beside it, and the one it began with: "46, four more than on Sunday".
fn grown_by<'a>(documents: &[Document], claims: &'a [Claim], change: &Claim) -> Option<(&'a Claim, Decimal)> {
    let is_share = matches!(change.quantity.unit.dimension, Dimension::Percent | Dimension::Points);
    let is_change = change.kind == Kind::Change && change.role == Role::Own && !is_share;
    if !is_change || is_of_term(documents, change) {
        return None;
    }
    let near = change.id.saturating_sub(1)..(change.id + 2).min(claims.len());
    let is_level = |now: &&Claim| {
        is_beside(change, now)
            && now.role == Role::Own
            && (now.kind == Kind::Level || now.id < change.id)
            && are_of_one_kind(&now.quantity.unit, &change.quantity.unit)
    };
    let near = claims.get(near)?;
    let now = near.iter().find(is_level).or_else(|| near.iter().find(|now| is_told_before(now, change)))?;
    let (after, by) = (now.in_base()?, change.in_base()?);
    let then = match change.direction? {
        Direction::Rise => after.checked_sub(by),
        Direction::Fall => after.checked_add(by),
    };
    Some((now, then?))
}

/// Whether a figure stands in the sentence before an earlier one that counts the same or says no more than its number: "The toll
/// rose to 19. A day before it had been 12."
fn is_told_before(now: &Claim, earlier: &Claim) -> bool {
    /// Bytes from the end of one sentence to the start of the next.
    const GAP: usize = 3;
    let is_next =
        now.sentence.end <= earlier.sentence.start && earlier.sentence.start - now.sentence.end <= GAP;
    let is_count = now.quantity.unit.dimension == Dimension::Count;
    let is_same = now.quantity.unit == earlier.quantity.unit && (now.measure.is_some() || is_count)
        || earlier.quantity.unit.dimension == Dimension::Number;
    now.document == earlier.document
        && is_next
        && is_same
        && now.role == Role::Own
        && now.is_compared()
        && now.value().is_some()
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
