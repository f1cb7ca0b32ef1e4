//! The likely cause of a disagreement: what turns one figure into the other.

use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::{Dimension, parse_decimal, readable};

/// A likely cause, best first in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// A short name: `scale-slip`.
    pub cause: &'static str,
    /// What speaks for it.
    pub why: String,
}

/// Factors by which slips multiply, with what they come from.
const SCALES: [(&str, &str); 7] = [
    (
        "1e3",
        "thousand for million, million for billion, billion for trillion, or a decimal comma read as a thousands mark",
    ),
    ("1e6", "million for trillion, or the long scale for the short"),
    ("1e4", "万 or 만 dropped or doubled"),
    ("1e8", "億, 亿 or 억 dropped or doubled"),
    ("1e5", "lakh dropped or doubled"),
    ("10", "a digit too many or too few"),
    ("100", "two digits too many or too few"),
];

/// Factors between units that share a name or stand beside each other (NIST Handbook 44).
const UNITS: [(&str, &str); 5] = [
    ("1.609344", "miles and kilometres"),
    ("2.4710538", "hectares and acres"),
    ("3.28084", "metres and feet"),
    ("1.10231", "metric and short tons"),
    ("2.20462", "kilograms and pounds"),
];

/// Two figures' ratio may miss a unit's factor by so much, in percent.
const FACTOR_TOLERANCE_PERCENT: i64 = 1;

/// Every cause that turns one claim's figure into the other's, the surest first.
#[must_use]
pub fn causes(one: &Claim, other: &Claim) -> Vec<Cause> {
    let mut causes = Vec::new();
    let in_base = |claim: &Claim| claim.value().and_then(|value| claim.quantity.unit.to_base(value));
    let (unit, other_unit) = (&one.quantity.unit, &other.quantity.unit);
    if unit.dimension == Dimension::Money && unit.code != other_unit.code && one.value() == other.value() {
        let why = format!(
            "the same number in {} and in {}: a sum that was not converted",
            unit.code, other_unit.code
        );
        causes.push(Cause { cause: "currency-slip", why });
    }
    let is_number_kept =
        unit != other_unit && unit.dimension != Dimension::Money && unit.dimension != Dimension::Count;
    if is_number_kept && one.value().is_some() && one.value() == other.value() {
        let is_points = unit.dimension == Dimension::Points || other_unit.dimension == Dimension::Points;
        let cause = if is_points { "percent-for-points" } else { "unit-slip" };
        let why = format!(
            "the same number in {unit} and in {other_unit}: the unit changed, and the number did not"
        );
        causes.push(Cause { cause, why });
    }
    let (Some(first), Some(second)) = (in_base(one), in_base(other)) else {
        return causes;
    };
    let same_unit = one.quantity.unit.base() == other.quantity.unit.base();
    if !same_unit || first.is_zero() || second.is_zero() {
        return causes;
    }
    let (low, high) = if first.abs() < second.abs() { (first, second) } else { (second, first) };
    for (factor, what) in SCALES {
        let Some(factor) = parse_decimal(factor) else {
            continue;
        };
        if low.checked_mul(factor) == Some(high) {
            causes.push(Cause {
                cause: "scale-slip",
                why: format!("the same digits, {} times apart: {what}", readable(factor)),
            });
        }
    }
    if let Some((_, why)) = digits(&one.quantity.best, &other.quantity.best) {
        causes.push(Cause { cause: "digits", why: why.to_owned() });
    }
    let ratio = high.checked_div(low).unwrap_or_default();
    for (factor, what) in UNITS {
        let Some(factor) = parse_decimal(factor) else {
            continue;
        };
        let off = (ratio - factor).abs().checked_div(factor).unwrap_or(Decimal::ONE);
        if off <= Decimal::new(FACTOR_TOLERANCE_PERCENT, 2) {
            let why = format!("the ratio is that of {what}");
            if !causes.iter().any(|cause| cause.cause == "unit-slip") {
                causes.push(Cause { cause: "unit-slip", why });
            }
        }
    }
    causes
}

/// The slip of scale between what a figure should be and what it is, both rounded to what the rougher one says; of
/// money a rate lies between, so that the digits need not be the same.
#[must_use]
pub fn scale_slip(expected: Decimal, stated: Decimal, is_rough: bool) -> Option<Cause> {
    const EXACT_PERCENT: i64 = 2;
    const ROUGH_PERCENT: i64 = 20;
    let (low, high) = if expected.abs() < stated.abs() { (expected, stated) } else { (stated, expected) };
    let ratio = high.checked_div(low)?;
    let tolerance = Decimal::new(if is_rough { ROUGH_PERCENT } else { EXACT_PERCENT }, 2);
    SCALES.iter().find_map(|(factor, what)| {
        let factor = parse_decimal(factor)?;
        let off = (ratio - factor).abs().checked_div(factor)?;
        (off <= tolerance).then(|| Cause {
            cause: "scale-slip",
            why: format!(
                "about {} times too {}: {what}",
                readable(factor),
                if stated == high { "much" } else { "little" }
            ),
        })
    })
}

/// Whether two figures have the same digits, at least two, but another scale or currency, or two neighbouring digits
/// changed places, or one of four differs: so alike that chance is the lesser explanation.
#[must_use]
pub fn is_slip(one: &Claim, other: &Claim) -> bool {
    let significant = |claim: &Claim| {
        let mantissa = claim.value()?.normalize().mantissa().unsigned_abs().to_string();
        Some(mantissa.trim_end_matches('0').to_owned())
    };
    let (Some(first), Some(second)) = (significant(one), significant(other)) else {
        return false;
    };
    let same_measure = one.measure.is_some() && one.measure == other.measure;
    let slip = digits(&one.quantity.best, &other.quantity.best).map(|(slip, _)| slip);
    let is_mistyped = match slip {
        Some(Slip::Transposed) => true,
        Some(Slip::Mistyped { is_last }) => {
            first.len() >= 4 || same_measure && !is_last && one.document != other.document
        }
        None => false,
    };
    let is_small_count = |claim: &Claim| {
        claim.precision.is_count && claim.value().is_some_and(|value| value < Decimal::ONE_HUNDRED)
    };
    let same_unit = one.quantity.unit == other.quantity.unit
        || one.quantity.unit.dimension == Dimension::Count
            && other.quantity.unit.dimension == Dimension::Count;
    let same_grain = same_unit && (one.precision.grain == other.precision.grain || same_measure);
    // A single digit, or a factor of ten, says little unless the same is measured.
    let is_large = |claim: &Claim| !is_small_count(claim);
    let is_thousandfold = ratio(one, other).is_none_or(|ratio| ratio >= Decimal::ONE_THOUSAND);
    let is_same_noun =
        one.quantity.unit.dimension == Dimension::Count && one.quantity.unit == other.quantity.unit;
    let is_telling = match first.len() {
        0 | 1 => same_measure && is_large(one) && is_large(other),
        2 => (same_measure || is_same_noun) && is_large(one) && is_large(other) || is_thousandfold,
        _ => true,
    };
    first == second && (is_telling || is_same_value(one, other))
        || first.len() >= 2 && same_grain && !is_small_count(one) && !is_small_count(other) && is_mistyped
}

/// The slip of digits or of scale between what a figure should be, rounded as it is printed, and what it is.
#[must_use]
pub fn slip_of_digits(expected: Decimal, stated: Decimal, grain: Decimal) -> Option<Cause> {
    let rounded = expected.checked_div(grain)?.round().checked_mul(grain)?;
    let slip = digits(&Some(rounded), &Some(stated));
    slip.map(|(_, why)| Cause { cause: "digits", why: why.to_owned() })
        .or_else(|| scale_slip(expected, stated, false))
}

fn is_same_value(one: &Claim, other: &Claim) -> bool {
    one.value() == other.value()
}

/// How many times the larger figure is the smaller one; nothing where one is zero.
fn ratio(one: &Claim, other: &Claim) -> Option<Decimal> {
    let (one, other) = (one.value()?.abs(), other.value()?.abs());
    one.max(other).checked_div(one.min(other))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    Transposed,
    /// One digit differs, of three or more.
    Mistyped {
        is_last: bool,
    },
}

/// Transposed or mistyped digits of two figures of one length.
fn digits(one: &Option<Decimal>, other: &Option<Decimal>) -> Option<(Slip, &'static str)> {
    let (mut one, mut other) = (one.as_ref()?.normalize(), other.as_ref()?.normalize());
    let scale = one.scale().max(other.scale());
    one.rescale(scale);
    other.rescale(scale);
    let digits = |value: Decimal| value.mantissa().unsigned_abs().to_string().into_bytes();
    let (mut one, mut other) = (digits(one), digits(other));
    while one.len() > 2 && one.last() == Some(&b'0') && other.last() == Some(&b'0') {
        one.pop();
        other.pop();
    }
    if one.len() != other.len() || one.len() < 2 {
        return None;
    }
    let differ: Vec<usize> = (0..one.len()).filter(|idx| one.get(*idx) != other.get(*idx)).collect();
    match differ.as_slice() {
        [left, right]
            if right - left == 1
                && one.get(*left) == other.get(*right)
                && one.get(*right) == other.get(*left) =>
        {
            Some((Slip::Transposed, "two neighbouring digits changed places"))
        }
        [at] if one.len() >= 3 => {
            let is_last = at + 1 == one.len();
            Some((Slip::Mistyped { is_last }, "one digit differs: a slip of the keys"))
        }
        _ => None,
    }
}
