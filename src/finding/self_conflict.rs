#![doc = include_str!("../../docs/findings/self-conflict.md")]

use std::collections::BTreeSet;

use super::disagreement::{Standing, finding, is_of_dates, is_of_units, statements};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "self-conflict", page: include_str!("../../docs/findings/self-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for topic in case.topics.iter().filter(|topic| !is_of_dates(case, topic)) {
        let standing = Standing::new(topic);
        let all = statements(case, topic);
        let reports: BTreeSet<usize> =
            all.iter().filter_map(|id| case.claim(*id)).map(|claim| claim.document).collect();
        for report in reports {
            let own: Vec<usize> = all
                .iter()
                .copied()
                .filter(|id| case.claim(*id).is_some_and(|claim| claim.document == report))
                .collect();
            for set in standing.sides(&own).into_iter().filter(|set| !is_of_units(&standing, set)) {
                findings.extend(finding(case, RULE.id, topic, &standing, &set));
            }
        }
    }
    findings
}
