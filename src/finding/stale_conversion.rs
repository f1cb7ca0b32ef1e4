#![doc = include_str!("../../docs/findings/stale-conversion.md")]

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::{Dimension, PrintedFigure, readable};

use super::disagreement::notation;
use super::{Case, Finding, Rule, Severity, Side, identity, wording};
use crate::reconcile::cause::Cause;

pub(super) const RULE: Rule =
    Rule { id: "stale-conversion", page: include_str!("../../docs/findings/stale-conversion.md"), raise };

/// An implied rate this close to the week's rates, in percent, is current.
const TOLERANCE_PERCENT: i64 = 2;

/// An original and its conversion.
type Pair<'a> = (&'a Claim, &'a Claim);

fn raise(case: &Case<'_>) -> Vec<Finding> {
    // A conversion that a report repeats is one finding.
    let mut repeats: BTreeMap<(usize, String, String), Vec<Pair<'_>>> = BTreeMap::new();
    for converted in case.claims {
        let Some(original) = converted.restates.and_then(|id| case.claim(id)) else {
            continue;
        };
        if original.quantity.unit.dimension == Dimension::Money && original.is_compared() {
            let key = (converted.document, notation(original), notation(converted));
            repeats.entry(key).or_default().push((original, converted));
        }
    }
    repeats.values().filter_map(|pairs| one(case, pairs)).collect()
}

fn one(case: &Case<'_>, pairs: &[Pair<'_>]) -> Option<Finding> {
    let (original, converted) = *pairs.first()?;
    let (from, to) = (original.quantity.unit.code.as_str(), converted.quantity.unit.code.as_str());
    let (low, high) = implied(original, converted)?;
    // Without a date no rate is old.
    case.exchange.date(original.document)?;
    let rate = case.exchange.rate(from, to, original.document)?;
    let tolerance = Decimal::new(TOLERANCE_PERCENT, 2);
    let is_current =
        low <= rate.high * (Decimal::ONE + tolerance) && rate.low * (Decimal::ONE - tolerance) <= high;
    if is_current {
        return None;
    }
    let last = case.exchange.last_within(from, to, low, high, original.document)?;
    let stated = stated_rate(original, converted)?;
    let (PrintedFigure::One(value), PrintedFigure::One(was)) = (original.figure, converted.figure) else {
        return None;
    };
    let now = value.checked_mul(rate.value)?;
    let pick = |which: fn(&(&Claim, &Claim)) -> usize| pairs.iter().map(which).collect::<Vec<_>>();
    let sides = vec![
        Side { reads: notation(original), claims: pick(|pair| pair.0.id) },
        Side { reads: notation(converted), claims: pick(|pair| pair.1.id) },
    ];
    let topic = case.topics.iter().find(|topic| topic.claims.contains(&original.id)).map(|topic| topic.id);
    let times = if pairs.len() > 1 { format!(", {} times", pairs.len()) } else { String::new() };
    Some(Finding {
        id: identity(RULE.id, &[from, to], &[notation(original), notation(converted)]),
        rule: RULE.id,
        severity: Severity::Warning,
        topic,
        message: format!(
            "“{}” is given as “{}” in {}{times}; at the day's rate it is {} {to}",
            case.quote(original),
            case.quote(converted),
            case.path(original),
            readable(now.round_sf(4).unwrap_or(now)),
        ),
        working: vec![
            format!(
                "{} {to} ÷ {} {from} = {} {to} for 1 {from}",
                readable(was),
                readable(value),
                wording::rate_value(stated)
            ),
            format!("the rate was {}", wording::rate(from, to, &rate)),
        ],
        causes: vec![Cause {
            cause: "stale-rate",
            why: format!(
                "{} {to} for 1 {from} was last the rate on {}",
                wording::rate_value(stated),
                wording::date(last)
            ),
        }],
        advice: format!(
            "convert again, or name the rate's date ({} is {} {to})",
            case.quote(original),
            readable(now.round_sf(3).unwrap_or(now))
        ),
        sides,
    })
}

fn stated_rate(original: &Claim, converted: &Claim) -> Option<Decimal> {
    converted.value()?.checked_div(original.value()?)
}

/// The rates that a conversion may have used: the converted figure's rounding over the original as printed.
fn implied(original: &Claim, converted: &Claim) -> Option<(Decimal, Decimal)> {
    let (PrintedFigure::One(value), PrintedFigure::One(was)) = (original.figure, converted.figure) else {
        return None;
    };
    let rounding = converted.precision.grain.checked_div(Decimal::TWO)?;
    let low = was.checked_sub(rounding)?.checked_div(value)?;
    let high = was.checked_add(rounding)?.checked_div(value)?;
    (low > Decimal::ZERO).then_some((low, high))
}
