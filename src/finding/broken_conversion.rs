#![doc = include_str!("../../docs/findings/broken-conversion.md")]

use super::conversions::{Pair, advice, conversions, message, sides, stated};
use super::disagreement::notation;
use super::{Case, Finding, Rule, Severity, identity};
use crate::quantity::{Dimension, rate_in_words, rate_value_in_words, readable};
use crate::reconcile::Conversion;
use crate::reconcile::cause::scale_slip;

pub(super) const RULE: Rule =
    Rule { id: "broken-conversion", page: include_str!("../../docs/findings/broken-conversion.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    conversions(case).iter().filter_map(|pairs| one(case, pairs)).collect()
}

fn one(case: &Case<'_>, pairs: &[Pair<'_>]) -> Option<Finding> {
    let (original, converted) = *pairs.first()?;
    let Conversion::Broken { expected, rate } = case.conversion(original, converted)? else {
        return None;
    };
    let (from, to) = (original.quantity.unit.code.as_str(), converted.quantity.unit.code.as_str());
    let working = match rate {
        Some(rate) => {
            vec![
                stated(original, converted)?,
                format!("the rate was {}, and it was never that", rate_in_words(from, to, &rate)),
            ]
        }
        None => {
            let value = readable(original.value()?);
            vec![format!("{value} {from} = {} {to}", rate_value_in_words(expected))]
        }
    };
    let is_money = original.quantity.unit.dimension == Dimension::Money;
    Some(Finding {
        id: identity(RULE.id, &[from, to], &[notation(original), notation(converted)]),
        rule: RULE.id,
        severity: Severity::Error,
        topic: case.topic_of(original),
        document: None,
        message: message(case, pairs, expected)?,
        working,
        causes: scale_slip(expected, converted.value()?, is_money).into_iter().collect(),
        advice: advice(case, original, converted, expected),
        sides: sides(pairs),
        accepted: None,
    })
}
