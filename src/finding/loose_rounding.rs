#![doc = include_str!("../../docs/findings/loose-rounding.md")]

use crate::normalise::Claim;
use crate::reconcile::{Agreement, Relation, Topic};

use super::disagreement::side;
use super::{Case, Finding, Rule, Severity, identity, wording};

pub(super) const RULE: Rule =
    Rule { id: "loose-rounding", page: include_str!("../../docs/findings/loose-rounding.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    case.topics.iter().filter_map(|topic| one(case, topic)).collect()
}

/// One note for a topic: of its pairs that agree only just the first by their words, whichever report comes first.
fn one(case: &Case<'_>, topic: &Topic) -> Option<Finding> {
    let pairs = topic.relations.iter().filter_map(|(a, b, relation)| match relation {
        Relation::Agrees(how @ (Agreement::Truncated | Agreement::Loose)) => {
            Some((case.claim(*a)?, case.claim(*b)?, *how))
        }
        Relation::Agrees(
            Agreement::Exact
            | Agreement::Rounded
            | Agreement::Hedged
            | Agreement::Converted
            | Agreement::Outgrown,
        )
        | Relation::Superseded
        | Relation::Disagrees(_)
        | Relation::Incomparable(_) => None,
    });
    let words = |a: &Claim, b: &Claim| {
        let (a, b) = (case.quote(a), case.quote(b));
        (a.min(b).to_owned(), a.max(b).to_owned())
    };
    let (a, b, how) = pairs.min_by_key(|(a, b, _)| words(a, b))?;
    let (coarse, fine) = if a.precision.grain >= b.precision.grain { (a, b) } else { (b, a) };
    let why = match how {
        Agreement::Truncated => "was cut off, not rounded",
        Agreement::Loose
        | Agreement::Exact
        | Agreement::Rounded
        | Agreement::Hedged
        | Agreement::Converted
        | Agreement::Outgrown => "holds only by a generous reading",
    };
    let told = |claim: &Claim| format!("“{}” ({})", case.quote(claim), case.path(claim));
    let sides = vec![side(case, topic, &[a.id]), side(case, topic, &[b.id])];
    let values: Vec<String> = sides.iter().map(|side| side.reads.clone()).collect();
    Some(Finding {
        id: identity(RULE.id, &[a.measure.unwrap_or_default()], &values),
        rule: RULE.id,
        severity: Severity::Note,
        topic: Some(topic.id),
        document: None,
        message: format!("For {}, {} beside {} {why}", topic.label, told(coarse), told(fine)),
        sides,
        working: [a, b]
            .iter()
            .map(|claim| format!("“{}” reads {}", case.quote(claim), wording::reads(claim)))
            .collect(),
        causes: Vec::new(),
        advice: "round to the nearest, or say \"more than\"".to_owned(),
        accepted: None,
    })
}
