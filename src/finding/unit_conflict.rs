#![doc = include_str!("../../docs/findings/unit-conflict.md")]

use super::disagreement::{Standing, finding, is_of_dates, is_of_units, statements};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "unit-conflict", page: include_str!("../../docs/findings/unit-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for topic in case.topics.iter().filter(|topic| !is_of_dates(case, topic)) {
        let standing = Standing::new(topic);
        let sets = standing.sides(&statements(case, topic));
        for set in sets.iter().filter(|set| is_of_units(&standing, set)) {
            findings.extend(finding(case, RULE.id, topic, &standing, set));
        }
    }
    findings
}
