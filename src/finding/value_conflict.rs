#![doc = include_str!("../../docs/findings/value-conflict.md")]

use std::collections::BTreeSet;

use super::disagreement::{Members, Standing, finding, is_of_dates, is_of_units, statements};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "value-conflict", page: include_str!("../../docs/findings/value-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for topic in case.topics.iter().filter(|topic| !is_of_dates(case, topic)) {
        let standing = Standing::new(topic);
        for set in standing.sides(&statements(case, topic)) {
            if is_across(case, &set) && !is_of_units(&standing, &set) {
                findings.extend(finding(case, RULE.id, topic, &standing, &set));
            }
        }
    }
    findings
}

/// Whether some two sides stand in different reports.
fn is_across(case: &Case<'_>, set: &[Members]) -> bool {
    let reports = set.iter().flatten().filter_map(|id| case.claim(*id)).map(|claim| claim.document);
    reports.collect::<BTreeSet<usize>>().len() > 1
}
