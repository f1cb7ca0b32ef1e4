//! A group of statements as the topic that is told.

use crate::extract::Role;
use crate::lang::{Nature, measure};
use crate::normalise::Claim;
use crate::quantity::Dimension;

use super::evidence::Evidence;
use super::groups::Group;
use super::likeness::Apart;
use super::pairing::{likeness, link};
use super::witness::{Origins, Testimony};
use super::{Agreement, Relation, Times, Topic, Verdict, label, lineage};

/// The pairs of a group whose relation is told: every two of a few; of many, those next in size.
fn told_pairs(evidence: &Evidence<'_>, group: &[usize]) -> Vec<(usize, usize)> {
    const FEW: usize = 128;
    const NEAREST: usize = 6;
    let mut order = group.to_vec();
    let reach = if group.len() <= FEW { group.len() } else { NEAREST };
    if group.len() > FEW {
        order.sort_by_key(|idx| evidence.first(*idx).and_then(Claim::value));
    }
    let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(order.len() * reach);
    for (at, one) in order.iter().enumerate() {
        let others = order.iter().skip(at + 1).take(reach);
        pairs.extend(others.map(|other| (*one.min(other), *one.max(other))));
    }
    pairs.sort_unstable();
    pairs
}

/// Makes the topic of a group.
pub(super) fn describe(evidence: &Evidence<'_>, group: &Group, testimony: &Testimony<'_>) -> Topic {
    let Evidence { documents, claims, statements, .. } = *evidence;
    let pairs = told_pairs(evidence, &group.statements);
    let is_told = |(one, other): &(usize, usize)| {
        evidence
            .first(*one)
            .zip(evidence.first(*other))
            .is_some_and(|(one, other)| evidence.is_told(one, other))
    };
    // Two figures that meet by way of one that a report says was replaced, must be alike themselves to be held against each other.
    let is_earlier = |idx: &usize| evidence.first(*idx).is_some_and(|claim| claim.role == Role::Before);
    let is_revised = group.statements.iter().any(is_earlier) || pairs.iter().any(is_told);
    // So must those that meet by way of one that changed since, unless they are tolls: a day's figures are of many things.
    let is_changed = is_changed(evidence, &group.statements, &pairs);
    // Reports tell of several earthquakes.
    let is_of_shocks = group
        .statements
        .first()
        .and_then(|idx| evidence.first(*idx))
        .is_some_and(|claim| claim.quantity.unit.dimension == Dimension::Magnitude);
    let related = |times: &Times<'_>| {
        let between = |(one, other): &(usize, usize)| {
            let relation = evidence.relation_at(times, *one, *other);
            let is_told = match relation {
                Relation::Agrees(_) | Relation::Incomparable(_) => true,
                Relation::Disagrees(_) if is_revised || is_of_shocks => {
                    likeness(evidence, (*one, *other)).is_ok()
                }
                Relation::Disagrees(_) if is_changed => {
                    are_alike(evidence, times, &group.statements, (*one, *other))
                }
                Relation::Disagrees(_) | Relation::Superseded => {
                    !group.is_mixed || !is_vetoed(evidence, (*one, *other))
                }
            };
            let (first, second) = (evidence.first(*one)?, evidence.first(*other)?);
            is_told.then_some((first.id, second.id, relation))
        };
        let mut related = Vec::with_capacity(pairs.len());
        related.extend(pairs.iter().filter_map(between));
        related
    };
    let relations = related(&Times::printed(documents));
    let mut ids: Vec<usize> =
        group.statements.iter().flat_map(|idx| statements[*idx].claims.iter().copied()).collect();
    ids.sort_unstable();
    let members: Vec<&Claim> = ids.iter().filter_map(|id| claims.get(*id)).collect();
    let firsts = group.statements.iter().filter_map(|idx| evidence.first(*idx));
    let Origins { sources, of_draft } = testimony.origins(&members);
    let printed: Vec<&Claim> = firsts.filter(|claim| !of_draft.contains(&claim.document)).collect();
    let mut topic = Topic {
        id: 0,
        label: label::of(documents, &members),
        sources,
        of_draft,
        lineage: lineage::of(documents, &printed, &relations),
        claims: ids,
        links: group.links.iter().filter_map(|pair| link(evidence, *pair)).collect(),
        verdict: Verdict::Single,
        relations,
    };
    // What the draft agrees with tells how old its figures are, and that what they take the place of.
    if !topic.of_draft.is_empty() {
        topic.relations = related(&Times::of_topic(documents, claims, &topic));
    }
    if group.statements.len() > 1 {
        topic.verdict = verdict(&topic.relations);
    }
    topic
}

/// Whether a topic of what is no toll holds two figures of which the one took the other's place.
fn is_changed(evidence: &Evidence<'_>, group: &[usize], pairs: &[(usize, usize)]) -> bool {
    let nature = |idx: &usize| Some(measure(evidence.first(*idx)?.measure?)?.nature);
    let runs = |idx: &usize| nature(idx) == Some(Nature::Running);
    let is_update =
        |(one, other): &(usize, usize)| matches!(evidence.relation(*one, *other), Relation::Superseded);
    !group.iter().any(runs) && pairs.iter().any(is_update)
}

/// Whether two statements of a group are alike, or some of those that say the same as each.
fn are_alike(evidence: &Evidence<'_>, times: &Times<'_>, group: &[usize], pair: (usize, usize)) -> bool {
    const SOME: usize = 4;
    let is_alike = |one: usize, other: usize| likeness(evidence, (one, other)).is_ok();
    let says_the_same = |idx: usize, other: usize| {
        let relation = evidence.relation_at(times, idx, other);
        idx == other || matches!(relation, Relation::Agrees(Agreement::Exact | Agreement::Rounded))
    };
    let of = |idx: usize| -> Vec<usize> {
        group.iter().copied().filter(|other| says_the_same(idx, *other)).take(SOME).collect()
    };
    is_alike(pair.0, pair.1) || {
        let (these, those) = (of(pair.0), of(pair.1));
        these.iter().any(|one| those.iter().any(|other| is_alike(*one, *other)))
    }
}

/// Whether something keeps two statements apart that met by way of others.
fn is_vetoed(evidence: &Evidence<'_>, pair: (usize, usize)) -> bool {
    matches!(likeness(evidence, pair), Err(Apart::Veto(_)))
}

/// How claims stand to each other on the whole, by the gravest relation between two of them.
fn verdict(relations: &[(usize, usize, Relation)]) -> Verdict {
    let of_pair = |relation: &Relation| match relation {
        Relation::Disagrees(_) => Verdict::Disagree,
        Relation::Superseded | Relation::Agrees(Agreement::Outgrown) => Verdict::Superseded,
        Relation::Agrees(_) | Relation::Incomparable(_) => Verdict::Agree,
    };
    relations.iter().map(|(_, _, relation)| of_pair(relation)).max().unwrap_or(Verdict::Agree)
}
