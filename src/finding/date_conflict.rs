#![doc = include_str!("../../docs/findings/date-conflict.md")]

use super::calculations;
use super::disagreement::{finding, notation, of_each};
use super::{Case, Finding, Rule, Severity, Side, identity};
use crate::normalise::{Claim, Kind};
use crate::quantity::{day_in_words, weekday_in_words};
use crate::reconcile::{Calculation, WrongWeekday};

pub(super) const RULE: Rule =
    Rule { id: "date-conflict", page: include_str!("../../docs/findings/date-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = case.weekdays.iter().filter_map(|wrong| weekday(case, wrong)).collect();
    let years = case.miscalculations.iter().filter(|miss| matches!(miss.kind, Calculation::Years));
    findings.extend(years.filter_map(|miss| calculations::finding(case, RULE.id, miss)));
    findings.extend(of_each(case, |conflict| {
        let sets = conflict.sets.iter().filter(|_| conflict.is_of_dates);
        sets.filter_map(|set| finding(case, RULE.id, conflict, set)).collect()
    }));
    findings
}

/// Dates of other reports that are told beside a wrong weekday.
const MOST_TOLD: usize = 8;

fn weekday(case: &Case<'_>, wrong: &WrongWeekday) -> Option<Finding> {
    let (weekday, date) = (case.claim(wrong.weekday)?, case.claim(wrong.date)?);
    let own = weekday_in_words(wrong.day.weekday());
    let day = day_in_words(wrong.day);
    // What other reports date so, their own day included, bears the date out against the weekday.
    let bears_out = |claim: &&Claim| {
        claim.kind == Kind::Date && claim.value() == date.value() && claim.document != date.document
    };
    // A source's slip of the weekday is nothing against a draft that gives its date.
    let told = case.claims.iter().filter(bears_out).map(|claim| claim.id).filter(|id| !case.is_of_draft(*id));
    let mut same: Vec<usize> = told.take(MOST_TOLD).collect();
    if same.is_empty() {
        same.push(date.id);
    }
    Some(Finding {
        id: identity(RULE.id, &[case.quote(weekday)], &[notation(date)]),
        rule: RULE.id,
        severity: Severity::Error,
        topic: case.topic_of(date),
        document: None,
        message: format!(
            "“{}” beside “{}” in {}: {day} is a {own}",
            case.quote(weekday),
            case.quote(date),
            case.path(date)
        ),
        sides: vec![
            Side { reads: case.quote(weekday).to_owned(), claims: vec![weekday.id] },
            Side { reads: notation(date), claims: same },
        ],
        working: vec![format!("{day} is a {own}")],
        causes: Vec::new(),
        advice: "check which of the two is meant, the weekday or the date".to_owned(),
        accepted: None,
    })
}
