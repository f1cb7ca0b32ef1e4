//! What `stale-conversion` and `broken-conversion` share: the stated conversions of a story, and how one is told.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::disagreement::notation;
use super::{Case, Side};
use crate::normalise::Claim;
use crate::quantity::{Dimension, rate_value_in_words, readable};
use crate::reconcile::stated_rate;

/// An original and its conversion.
pub(super) type Pair<'a> = (&'a Claim, &'a Claim);

/// The conversions of a story; one that a report repeats stands in one list.
pub(super) fn conversions<'a>(case: &Case<'a>) -> Vec<Vec<Pair<'a>>> {
    let mut repeats: BTreeMap<(usize, String, String), Vec<Pair<'a>>> = BTreeMap::new();
    for converted in case.claims {
        let Some(original) = converted.restates.and_then(|id| case.claim(id)) else {
            continue;
        };
        if original.is_compared() {
            let key = (converted.document, notation(original), notation(converted));
            repeats.entry(key).or_default().push((original, converted));
        }
    }
    repeats.into_values().collect()
}

/// The original on one side, the conversion on the other.
pub(super) fn sides(pairs: &[Pair<'_>]) -> Vec<Side> {
    let side = |pick: fn(&Pair<'_>) -> usize, reads: Option<String>| Side {
        reads: reads.unwrap_or_default(),
        claims: pairs.iter().map(pick).collect(),
    };
    let first = pairs.first();
    vec![
        side(|pair| pair.0.id, first.map(|pair| notation(pair.0))),
        side(|pair| pair.1.id, first.map(|pair| notation(pair.1))),
    ]
}

/// "“€412 million” is given as “$445 million” in a.txt; at the day's rate it is 469.6 million USD".
pub(super) fn message(case: &Case<'_>, pairs: &[Pair<'_>], expected: Decimal) -> Option<String> {
    let (original, converted) = *pairs.first()?;
    let times = if pairs.len() > 1 { format!(", {} times", pairs.len()) } else { String::new() };
    let is_money = original.quantity.unit.dimension == Dimension::Money;
    Some(format!(
        "“{}” is given as “{}” in {}{times}; {}it is {} {}",
        case.quote(original),
        case.quote(converted),
        case.path(original),
        if is_money { "at the day's rate " } else { "" },
        readable(expected.round_sf(4).unwrap_or(expected)),
        converted.quantity.unit.code,
    ))
}

/// "445,000,000 USD ÷ 412,000,000 EUR = 1.0801 USD for 1 EUR".
pub(super) fn stated(original: &Claim, converted: &Claim) -> Option<String> {
    let (from, to) = (&original.quantity.unit.code, &converted.quantity.unit.code);
    Some(format!(
        "{} {to} ÷ {} {from} = {} {to} for 1 {from}",
        readable(converted.value()?),
        readable(original.value()?),
        rate_value_in_words(stated_rate(original, converted)?)
    ))
}

pub(super) fn advice(case: &Case<'_>, original: &Claim, converted: &Claim, expected: Decimal) -> String {
    let to = &converted.quantity.unit.code;
    let is =
        format!("{} is {} {to}", case.quote(original), readable(expected.round_sf(3).unwrap_or(expected)));
    if original.quantity.unit.dimension == Dimension::Money {
        format!("convert again, or name the rate's date ({is})")
    } else {
        format!("convert again ({is})")
    }
}
