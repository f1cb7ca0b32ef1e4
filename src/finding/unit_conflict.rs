#![doc = include_str!("../../docs/findings/unit-conflict.md")]

use super::disagreement::{finding, of_each};
use super::{Case, Finding, Rule};

pub(super) const RULE: Rule =
    Rule { id: "unit-conflict", page: include_str!("../../docs/findings/unit-conflict.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    of_each(case, |conflict| {
        let sets = conflict.sets.iter().filter(|set| !conflict.is_of_dates && conflict.is_of_units(set));
        sets.filter_map(|set| finding(case, RULE.id, conflict, set)).collect()
    })
}
