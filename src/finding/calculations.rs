//! What `broken-sum` and `broken-share` share: how a calculation that does not hold is told.

use super::disagreement::notation;
use super::{Case, Finding, Severity, Side, identity, wording};
use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::{figure_in_words, readable};
use crate::reconcile::cause::{Cause, slip_of_digits};
use crate::reconcile::{Calculation, Miscalculation};

pub(super) fn finding(case: &Case<'_>, rule: &'static str, miss: &Miscalculation) -> Option<Finding> {
    let stated = case.claim(miss.stated)?;
    let terms: Vec<&Claim> = miss.terms.iter().filter_map(|id| case.claim(*id)).collect();
    let unit = &stated.quantity.unit;
    let result = miss.comes_to.round_sf(4).unwrap_or(miss.comes_to).normalize();
    let in_words =
        format!("{} {}", figure_in_words(result, unit.dimension), unit.shown()).trim_end().to_owned();
    let working = working(miss, stated, &terms, &in_words)?;
    let quotes: Vec<String> = terms.iter().map(|claim| format!("“{}”", case.quote(claim))).collect();
    let (quotes, quote, path) = (wording::list(&quotes), case.quote(stated), case.path(stated));
    let told = |verb: &str| format!("{quotes} {verb} {in_words}, not “{quote}”, in {path}");
    let message = match miss.kind {
        Calculation::Part => format!("“{quote}” is more than {quotes}, of which it is a part, in {path}"),
        Calculation::Sum => told("make"),
        Calculation::Difference => told("leave"),
        Calculation::Average | Calculation::Change | Calculation::Product | Calculation::Share => {
            told("come to")
        }
        Calculation::Years => told("are apart by"),
    };
    let mut values: Vec<String> = terms.iter().map(|claim| notation(claim)).collect();
    let reads = values.join(if miss.kind == Calculation::Sum { " + " } else { ", " });
    values.push(notation(stated));
    Some(Finding {
        id: identity(rule, &[stated.measure.unwrap_or_default()], &values),
        rule,
        severity: Severity::Error,
        topic: case.topic_of(stated),
        document: None,
        message,
        sides: vec![
            Side { reads, claims: miss.terms.clone() },
            Side { reads: notation(stated), claims: vec![miss.stated] },
        ],
        working: vec![working],
        causes: causes(miss, stated, &terms),
        advice: "reckon again: one of these figures is wrong, or they are not of one thing".to_owned(),
        accepted: None,
    })
}

/// The arithmetic and its result: "(60 − 50) ÷ 50 = 20 %".
fn working(miss: &Miscalculation, stated: &Claim, terms: &[&Claim], in_words: &str) -> Option<String> {
    let value = |claim: &Claim| claim.value().map(readable);
    let values = || terms.iter().map(|claim| value(claim)).collect::<Option<Vec<String>>>();
    if miss.kind == Calculation::Part {
        return values().map(|whole| format!("{} > {}", value(stated).unwrap_or_default(), whole.join(", ")));
    }
    let [first, second, ..] = terms else { return None };
    let working = match miss.kind {
        Calculation::Change => {
            format!("({} − {}) ÷ {}", value(second)?, value(first)?, value(first)?)
        }
        Calculation::Average | Calculation::Share => format!("{} ÷ {}", value(first)?, value(second)?),
        Calculation::Product => format!("{} × {}", value(first)?, value(second)?),
        Calculation::Years => format!("{} − {}", second.value()?.normalize(), first.value()?.normalize()),
        Calculation::Difference => values()?.join(" − "),
        Calculation::Part | Calculation::Sum => values()?.join(" + "),
    };
    Some(format!("{working} = {in_words}"))
}

/// A change in percent of the figure that it leads to, without its sign.
fn of_the_later(from: &Claim, to: &Claim) -> Option<Decimal> {
    let (from, to) = (from.value()?, to.value()?);
    let share = to.checked_sub(from)?.checked_div(to)?.checked_mul(Decimal::ONE_HUNDRED)?;
    share.abs().round_sf(3)
}

/// What makes the calculation right: points told as percent, a slip of digits.
fn causes(miss: &Miscalculation, stated: &Claim, terms: &[&Claim]) -> Vec<Cause> {
    let mut causes = Vec::new();
    if miss.kind == Calculation::Change
        && let [from, to] = terms
        && from.quantity.unit.dimension == stated.quantity.unit.dimension
        && let (Some(from), Some(to)) = (from.value(), to.value())
        && let Some(points) = to.checked_sub(from)
        && stated.value().is_some_and(|value| value == points.abs())
    {
        let why =
            format!("from {} to {} % are {} points", readable(from), readable(to), readable(points.abs()));
        causes.push(Cause { cause: "percent-for-points", why });
    }
    if miss.kind == Calculation::Change
        && let [from, to] = terms
        && let Some(backwards) = of_the_later(from, to)
        && stated.hard.contains(backwards)
    {
        let why = format!("{} % is the change in percent of the later figure", readable(backwards));
        causes.push(Cause { cause: "wrong-base", why });
    }
    causes.extend(
        stated.value().and_then(|value| slip_of_digits(miss.comes_to, value, stated.precision.grain)),
    );
    causes
}
