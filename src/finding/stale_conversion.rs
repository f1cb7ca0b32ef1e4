#![doc = include_str!("../../docs/findings/stale-conversion.md")]

use super::conversions::{Pair, advice, conversions, message, sides, stated};
use super::disagreement::notation;
use super::{Case, Finding, Rule, Severity, identity};
use crate::quantity::{day_in_words, rate_in_words, rate_value_in_words};
use crate::reconcile::cause::Cause;
use crate::reconcile::{Conversion, stated_rate};

pub(super) const RULE: Rule =
    Rule { id: "stale-conversion", page: include_str!("../../docs/findings/stale-conversion.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    conversions(case).iter().filter_map(|pairs| one(case, pairs)).collect()
}

fn one(case: &Case<'_>, pairs: &[Pair<'_>]) -> Option<Finding> {
    let (original, converted) = *pairs.first()?;
    let Conversion::Stale { rate, last } = case.conversion(original, converted)? else {
        return None;
    };
    let (from, to) = (original.quantity.unit.code.as_str(), converted.quantity.unit.code.as_str());
    let expected = original.value()?.checked_mul(rate.value)?;
    let implied = rate_value_in_words(stated_rate(original, converted)?);
    Some(Finding {
        id: identity(RULE.id, &[from, to], &[notation(original), notation(converted)]),
        rule: RULE.id,
        severity: Severity::Warning,
        topic: case.topic_of(original),
        document: None,
        message: message(case, pairs, expected)?,
        working: vec![
            stated(original, converted)?,
            format!("the rate was {}", rate_in_words(from, to, &rate)),
        ],
        causes: vec![Cause {
            cause: "stale-rate",
            why: format!("{implied} {to} for 1 {from} was last the rate on {}", day_in_words(last)),
        }],
        advice: advice(case, original, converted, expected),
        sides: sides(pairs),
        accepted: None,
    })
}
