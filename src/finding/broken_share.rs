#![doc = include_str!("../../docs/findings/broken-share.md")]

use super::calculations::finding;
use super::{Case, Finding, Rule};
use crate::reconcile::Calculation;

pub(super) const RULE: Rule =
    Rule { id: "broken-share", page: include_str!("../../docs/findings/broken-share.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let broken = case
        .miscalculations
        .iter()
        .filter(|miss| matches!(miss.kind, Calculation::Change | Calculation::Share));
    broken.filter_map(|miss| finding(case, RULE.id, miss)).collect()
}
