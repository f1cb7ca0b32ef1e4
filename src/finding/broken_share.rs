#![doc = include_str!("../../docs/findings/broken-share.md")]

use super::calculations::finding;
use super::{Case, Finding, Rule};
use crate::reconcile::Calculation;

pub(super) const RULE: Rule =
    Rule { id: "broken-share", page: include_str!("../../docs/findings/broken-share.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let is_share = |kind: Calculation| match kind {
        Calculation::Average | Calculation::Change | Calculation::Product | Calculation::Share => true,
        Calculation::Difference | Calculation::Part | Calculation::Sum | Calculation::Years => false,
    };
    let broken = case.miscalculations.iter().filter(|miss| is_share(miss.kind));
    broken.filter_map(|miss| finding(case, RULE.id, miss)).collect()
}
