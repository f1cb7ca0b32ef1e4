#![doc = include_str!("../../docs/findings/self-conflict.md")]

use std::collections::BTreeMap;

use super::disagreement::{Conflict, finding, of_each};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "self-conflict", page: include_str!("../../docs/findings/self-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    of_each(case, |conflict| if conflict.is_of_dates { Vec::new() } else { inside_reports(case, conflict) })
}

/// Each report's own sides.
fn inside_reports(case: &Case<'_>, conflict: &Conflict<'_>) -> Vec<Finding> {
    let mut by_report: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for id in &conflict.statements {
        if let Some(claim) = case.claim(*id) {
            by_report.entry(claim.document).or_default().push(*id);
        }
    }
    let sets = by_report.values().flat_map(|own| conflict.standing.sides(own));
    let sets = sets.filter(|set| !conflict.is_of_units(set));
    sets.filter_map(|set| finding(case, RULE.id, conflict, &set)).collect()
}
