#![doc = include_str!("../../docs/findings/broken-sum.md")]

use super::calculations::finding;
use super::{Case, Finding, Rule};
use crate::reconcile::Calculation;

pub(super) const RULE: Rule =
    Rule { id: "broken-sum", page: include_str!("../../docs/findings/broken-sum.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let is_sum =
        |kind: Calculation| matches!(kind, Calculation::Difference | Calculation::Part | Calculation::Sum);
    let broken = case.miscalculations.iter().filter(|miss| is_sum(miss.kind));
    broken.filter_map(|miss| finding(case, RULE.id, miss)).collect()
}
