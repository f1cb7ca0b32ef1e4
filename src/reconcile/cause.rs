//! The likely cause of a disagreement: what turns one figure into the other.

use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::{parse_decimal, readable};

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
    ("1e3", "thousand for million, million for billion, billion for trillion, or a decimal comma read as a thousands mark"),
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
    let (Some(first), Some(second)) = (in_base(one), in_base(other)) else { return causes };
    let same_unit = one.quantity.unit.base() == other.quantity.unit.base();
    if !same_unit || first.is_zero() || second.is_zero() {
        return causes;
    }
    let (low, high) = if first.abs() < second.abs() { (first, second) } else { (second, first) };
    for (factor, what) in SCALES {
        let Some(factor) = parse_decimal(factor) else { continue };
        if low.checked_mul(factor) == Some(high) {
            causes.push(Cause { cause: "scale-slip", why: format!("the same digits, {} times apart: {what}", readable(factor)) });
        }
    }
    if let Some(why) = digits(&one.quantity.best, &other.quantity.best) {
        causes.push(Cause { cause: "digits", why });
    }
    let ratio = high.checked_div(low).unwrap_or_default();
    for (factor, what) in UNITS {
        let Some(factor) = parse_decimal(factor) else { continue };
        let off = (ratio - factor).abs().checked_div(factor).unwrap_or(Decimal::ONE);
        if off <= Decimal::new(FACTOR_TOLERANCE_PERCENT, 2) {
            causes.push(Cause { cause: "unit-slip", why: format!("the ratio is that of {what}") });
        }
    }
    causes
}

/// Transposed or mistyped digits of two figures of one length.
fn digits(one: &Option<Decimal>, other: &Option<Decimal>) -> Option<String> {
    let digits = |value: &Option<Decimal>| {
        let text = value.as_ref()?.normalize().to_string().replace(['.', '-'], "");
        Some(text.trim_matches('0').as_bytes().to_vec())
    };
    let (one, other) = (digits(one)?, digits(other)?);
    if one.len() != other.len() || one.len() < 2 {
        return None;
    }
    let differ: Vec<usize> = (0..one.len()).filter(|idx| one.get(*idx) != other.get(*idx)).collect();
    match differ.as_slice() {
        [left, right] if right - left == 1 && one.get(*left) == other.get(*right) && one.get(*right) == other.get(*left) => {
            Some("two neighbouring digits changed places".to_owned())
        }
        [_] if one.len() >= 3 => Some("one digit differs: a slip of the keys".to_owned()),
        _ => None,
    }
}
