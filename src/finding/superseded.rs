#![doc = include_str!("../../docs/findings/superseded.md")]

use crate::normalise::Claim;
use crate::reconcile::{Relation, Topic};

use super::disagreement::side;
use super::{Case, Finding, Rule, Severity, identity, wording};

pub(super) const RULE: Rule =
    Rule { id: "superseded", page: include_str!("../../docs/findings/superseded.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    case.topics.iter().filter_map(|topic| one(case, topic)).collect()
}

/// One note for a topic: its revised figures in the order of their reports.
fn one(case: &Case<'_>, topic: &Topic) -> Option<Finding> {
    let is_superseded = |relation: &Relation| matches!(relation, Relation::Superseded);
    let mut members: Vec<&Claim> = topic
        .relations
        .iter()
        .filter(|(_, _, relation)| is_superseded(relation))
        .flat_map(|(a, b, _)| [*a, *b])
        .filter_map(|id| case.claim(id))
        .collect();
    let when = |claim: &Claim| {
        let when = case.documents.get(claim.document).and_then(|document| document.published.as_ref());
        when.map(|when| (when.date, when.time))
    };
    let is_dated = members.iter().all(|claim| when(claim).is_some());
    // Without dates the higher of two running figures is taken for the later one.
    members.sort_by_key(|claim| {
        (
            when(claim).filter(|_| is_dated),
            claim.value().filter(|_| !is_dated),
            case.sentence(claim),
            claim.id,
        )
    });
    members.dedup_by_key(|claim| claim.id);
    let mut sides: Vec<Vec<&Claim>> = Vec::new();
    for claim in members {
        let revises = |other: &&Claim| {
            topic.relations.iter().any(|(a, b, relation)| {
                is_superseded(relation) && (*a, *b) == (claim.id.min(other.id), claim.id.max(other.id))
            })
        };
        match sides.iter_mut().find(|side| !side.iter().any(revises)) {
            Some(side) => side.push(claim),
            None => sides.push(vec![claim]),
        }
    }
    let latest = sides.last().and_then(|side| side.first())?;
    let told: Vec<String> = sides
        .iter()
        .filter_map(|side| side.first())
        .map(|claim| {
            let date = when(claim).map(|(date, _)| format!(", {}", wording::date(date))).unwrap_or_default();
            format!("“{}” ({}{date})", case.quote(claim), case.path(claim))
        })
        .collect();
    let made: Vec<_> = sides
        .iter()
        .map(|members| side(case, topic, &members.iter().map(|claim| claim.id).collect::<Vec<_>>()))
        .collect();
    let label = wording::capitalised(&topic.label);
    let (message, advice) = if is_dated {
        let advice = format!("use the latest figure, “{}”, with its date", case.quote(latest));
        (format!("{label} was revised: {}", told.join(", then ")), advice)
    } else {
        let message =
            format!("{label} differs between reports of which not all are dated: {}", told.join(", "));
        (message, "a running figure may have grown: find out which report is later".to_owned())
    };
    let values: Vec<String> = made.iter().map(|side| side.reads.clone()).collect();
    Some(Finding {
        id: identity(RULE.id, &[latest.measure.unwrap_or_default(), &topic.label], &values),
        rule: RULE.id,
        severity: Severity::Note,
        topic: Some(topic.id),
        message,
        sides: made,
        working: Vec::new(),
        causes: Vec::new(),
        advice,
    })
}
