#![doc = include_str!("../../docs/findings/value-conflict.md")]

use std::collections::BTreeSet;

use super::disagreement::{Members, finding, of_each, speakers};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "value-conflict", page: include_str!("../../docs/findings/value-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    of_each(case, |conflict| {
        let is_ours = |set: &&Vec<Members>| {
            !conflict.is_of_dates
                && is_across(case, set)
                && !conflict.is_of_units(set)
                && speakers(case, conflict, set).is_none()
        };
        let sets = conflict.sets.iter().filter(is_ours);
        sets.filter_map(|set| finding(case, RULE.id, conflict, set)).collect()
    })
}

/// Whether some two sides stand in different reports.
fn is_across(case: &Case<'_>, set: &[Members]) -> bool {
    let reports = set.iter().flatten().filter_map(|id| case.claim(*id)).map(|claim| claim.document);
    reports.collect::<BTreeSet<usize>>().len() > 1
}
