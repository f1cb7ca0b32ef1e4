#![doc = include_str!("../../docs/findings/attributed-conflict.md")]

use crate::reconcile::cause::Cause;

use super::disagreement::{Conflict, Members, finding, of_each, speakers};
use super::{Case, Finding, Rule, Severity, wording};

pub(super) const RULE: Rule = Rule {
    id: "attributed-conflict",
    page: include_str!("../../docs/findings/attributed-conflict.md"),
    raise,
};

fn raise(case: &Case<'_>) -> Vec<Finding> {
    of_each(case, |conflict| {
        let sets = conflict.sets.iter().filter_map(|set| Some((set, speakers(case, conflict, set)?)));
        sets.filter_map(|(set, speakers)| told(case, conflict, set, &speakers)).collect()
    })
}

/// The note on a set of sides, each of another speaker.
fn told(case: &Case<'_>, conflict: &Conflict<'_>, set: &[Members], speakers: &[&str]) -> Option<Finding> {
    let found = finding(case, RULE.id, conflict, set)?;
    let speakers: Vec<String> = speakers.iter().map(|speaker| format!("the {speaker}")).collect();
    let why = format!("the figures are those of {}", wording::list(&speakers));
    let mut causes = vec![Cause { cause: "other-source", why }];
    causes.extend(found.causes);
    let advice = "give each figure with who says so".to_owned();
    Some(Finding { severity: Severity::Note, causes, advice, ..found })
}
