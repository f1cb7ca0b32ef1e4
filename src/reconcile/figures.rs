//! What two figures say of each other by their digits, scales and units.

use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::{Dimension, Interval, significant_digits};

/// How two figures stand to each other, as far as likeness asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// The same.
    Same,
    /// Compatible.
    Agree,
    /// Not compatible, but of the same digits: a slip of scale, of currency, or of two neighbouring digits.
    Slip,
    /// Not compatible: the one is what the other's report gives as the earlier figure.
    Earlier,
    /// One takes the other's place, as a report says itself.
    Replaced,
    /// One later takes the other's place.
    Revised,
    /// Not compatible.
    Differ,
}

/// Whether a figure has so few significant digits that chance repeats them.
pub(super) fn is_short(claim: &Claim) -> bool {
    const MOST_DIGITS: usize = 2;
    digits_of(claim).len() <= MOST_DIGITS
}

/// Whether two figures of one unit, or two counts, are ten or a hundred times apart.
pub(super) fn is_ten_times(a: &Claim, b: &Claim) -> bool {
    let (Some(one), Some(other)) = (a.in_base(), b.in_base()) else { return false };
    let ratio = one.max(other).checked_div(one.min(other));
    let are_counted = [a, b].iter().all(|claim| claim.quantity.unit.dimension == Dimension::Count);
    (are_counted || a.quantity.unit.has_base_of(&b.quantity.unit))
        && ratio.is_some_and(|ratio| ratio == Decimal::TEN || ratio == Decimal::ONE_HUNDRED)
}

/// Whether one slip makes one figure the other: of the number or of the unit, not of both.
pub(super) fn is_one_slip(a: &Claim, b: &Claim) -> bool {
    let are_counted = [a, b].iter().all(|claim| claim.quantity.unit.dimension == Dimension::Count);
    // A tenth of two digits is a share as often as a slip: a bounty of 10 per cent.
    let is_part = |times: Decimal| {
        let (one, other) = (a.in_base(), b.in_base());
        let is_times = |one: Option<Decimal>, other: Option<Decimal>| {
            one.and_then(|value| value.checked_mul(times)).is_some_and(|value| Some(value) == other)
        };
        is_times(one, other) || is_times(other, one)
    };
    let is_of_one_measure = a.measure.is_some() && a.measure == b.measure;
    let may_be_part =
        is_short(a) && !is_of_one_measure && (is_part(Decimal::TEN) || is_part(Decimal::ONE_HUNDRED));
    (a.quantity.unit == b.quantity.unit
        || are_counted
        || a.value() == b.value()
        || are_prefixed(a, b)
        || is_under_another_unit(a, b))
        && !may_be_part
}

/// Whether two figures have the same digits in their base unit, too: kilowatts and gigawatts.
pub(super) fn are_prefixed(a: &Claim, b: &Claim) -> bool {
    let digits = |claim: &Claim| Some(significant_digits(claim.in_base()?));
    a.quantity.unit.has_base_of(&b.quantity.unit) && digits(a).is_some() && digits(a) == digits(b)
}

/// Whether two figures have the same digits, two or more, in another scale or unit.
pub(super) fn are_digits_kept(a: &Claim, b: &Claim) -> bool {
    let digits = digits_of(a);
    a.value().is_some() && b.value().is_some() && digits.len() >= 2 && digits == digits_of(b)
}

/// The significant digits of a claim's figure; none of a range.
pub(super) fn digits_of(claim: &Claim) -> String {
    claim.value().map(significant_digits).unwrap_or_default()
}

/// Whether two claims print the same number in two units.
pub(super) fn is_same_number(one: &Claim, other: &Claim) -> bool {
    one.quantity.unit.dimension != Dimension::Count
        && one.quantity.unit != other.quantity.unit
        && one.value().is_some()
        && one.value() == other.value()
}

/// The same number in units of two kinds that are taken for each other: gigawatts and gigawatt-hours, percent and points.
pub(super) fn is_under_another_unit(one: &Claim, other: &Claim) -> bool {
    let (a, b) = (one.quantity.unit.dimension, other.quantity.unit.dimension);
    CONFUSED.iter().any(|(first, second)| (a, b) == (*first, *second) || (b, a) == (*first, *second))
        && (is_same_number(one, other) || is_same_size(one, other))
}

/// Whether slips take units of a kind for those of another.
pub(super) fn may_be_confused(dimension: Dimension) -> bool {
    CONFUSED.iter().any(|(first, second)| dimension == *first || dimension == *second)
}

/// Kinds of units that slips take for each other.
const CONFUSED: [(Dimension, Dimension); 4] = [
    (Dimension::Power, Dimension::Energy),
    (Dimension::Percent, Dimension::Points),
    (Dimension::Length, Dimension::Area),
    (Dimension::Mass, Dimension::Volume),
];

/// A power and an energy of one size: 1,000,000 kilowatt-hours and one gigawatt.
fn is_same_size(one: &Claim, other: &Claim) -> bool {
    let [a, b] = [one, other].map(|claim| claim.quantity.unit.dimension);
    matches!((a, b), (Dimension::Power, Dimension::Energy) | (Dimension::Energy, Dimension::Power))
        && one.in_base().is_some()
        && one.in_base() == other.in_base()
}

/// The thousand or million by which two figures of one unit are apart, as far as their rounding and hedges tell.
pub(super) fn thousands_apart(a: &Claim, b: &Claim) -> Option<Decimal> {
    const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
    let base = |claim: &Claim| claim.soft.map(|value| claim.to_base(value));
    let (one, other) = (base(a)?, base(b)?);
    let times = |interval: &Interval, factor: Decimal| interval.times_between(factor, factor);
    let is_scale = |factor: &Decimal| {
        times(&one, *factor).is_some_and(|scaled| scaled.overlaps(&other))
            || times(&other, *factor).is_some_and(|scaled| scaled.overlaps(&one))
    };
    let is_of_one_unit = a.quantity.unit.has_base_of(&b.quantity.unit);
    [Decimal::ONE_THOUSAND, MILLION].into_iter().find(|factor| is_of_one_unit && is_scale(factor))
}
