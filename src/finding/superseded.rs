#![doc = include_str!("../../docs/findings/superseded.md")]

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::extract::Role;
use crate::lang::{Nature, measure};
use crate::normalise::{Claim, Period};
use crate::quantity::{Dimension, day_in_words};
use crate::reconcile::{Agreement, Relation, Times, Topic};

use super::disagreement::{notation, side};
use super::{Case, Finding, Rule, Severity, Side, identity, wording};

pub(super) const RULE: Rule =
    Rule { id: "superseded", page: include_str!("../../docs/findings/superseded.md"), raise };

fn raise(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = case.topics.iter().filter_map(|topic| one(case, topic)).collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (place, finding) in findings.iter().enumerate() {
        places.entry(finding.id.clone()).or_insert(place);
    }
    for finding in case.claims.iter().filter_map(|claim| told_inside(case, claim)) {
        // What several reports tell of one revision is one finding.
        match places.get(&finding.id).and_then(|place| findings.get_mut(*place)) {
            Some(same) => {
                for (side, told) in same.sides.iter_mut().zip(finding.sides) {
                    side.claims.extend(told.claims);
                }
            }
            None => {
                places.insert(finding.id.clone(), findings.len());
                findings.push(finding);
            }
        }
    }
    findings
}

/// "Raising an earlier figure of 41 to 57": a running figure and the one before it, as one report tells them.
fn told_inside(case: &Case<'_>, earlier: &Claim) -> Option<Finding> {
    // "Up from €5.9m in 2025" is of another year, and nothing that ran on.
    let is_of_year = earlier.period.as_ref().is_some_and(Period::is_term);
    let is_figure = earlier.value().is_some() && earlier.block != BlockKind::Furniture;
    if earlier.role != Role::Before || !is_figure || is_of_year {
        return None;
    }
    let current = beside(case, earlier)?;
    let label = current.measure.and_then(measure).map(|measure| measure.label.as_str())?;
    let values = [notation(earlier), notation(current)];
    Some(Finding {
        id: identity(RULE.id, &[current.measure.unwrap_or_default()], &values),
        rule: RULE.id,
        severity: Severity::Note,
        topic: case.topic_of(current),
        document: None,
        message: format!(
            "{} changed in {}: “{}”, then “{}”",
            wording::capitalised(label),
            case.path(current),
            case.quote(earlier),
            case.quote(current)
        ),
        sides: vec![
            Side { reads: notation(earlier), claims: vec![earlier.id] },
            Side { reads: notation(current), claims: vec![current.id] },
        ],
        working: Vec::new(),
        causes: Vec::new(),
        advice: format!("use the latest figure, “{}”, with its date", case.quote(current)),
        accepted: None,
    })
}

/// The current figure of an earlier one's sentence: of several the nearest in size, and one that grew sooner than one that fell.
fn beside<'a>(case: &Case<'a>, earlier: &Claim) -> Option<&'a Claim> {
    const REACH: usize = 4;
    let is_count =
        |claim: &Claim| matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number);
    let near = earlier.id.saturating_sub(REACH)..(earlier.id + REACH).min(case.claims.len());
    let own = case.claims.get(near)?.iter().filter(|claim| {
        is_current(claim, earlier)
            && claim.sentence == earlier.sentence
            && (earlier.measure.is_none() || earlier.measure == claim.measure)
            && (claim.quantity.unit == earlier.quantity.unit || is_count(claim) && is_count(earlier))
    });
    let then = earlier.value()?;
    let grown = |claim: &&Claim| claim.value()?.checked_sub(then);
    own.min_by_key(|claim| {
        let grown = grown(claim);
        (grown.is_none_or(|grown| grown < Decimal::ZERO), grown.map(|grown| grown.abs()), claim.id)
    })
}

/// Whether a claim of an earlier figure's report is a running figure that holds now.
fn is_current(claim: &Claim, earlier: &Claim) -> bool {
    claim.document == earlier.document
        && claim.role == Role::Own
        && claim.is_compared()
        && claim.value().is_some()
        && claim.measure.and_then(measure).is_some_and(|measure| measure.nature == Nature::Running)
}

/// One finding for a topic: its revised figures in the order of their reports. It is a note, but for a draft that prints
/// an earlier one of them.
fn one(case: &Case<'_>, topic: &Topic) -> Option<Finding> {
    let Chain { sides, order } = chain(case, topic);
    let latest = sides.last().and_then(|side| side.first())?;
    let made: Vec<_> = sides
        .iter()
        .map(|members| side(case, topic, &members.iter().map(|claim| claim.id).collect::<Vec<_>>()))
        .collect();
    let told: Vec<String> = sides.iter().filter_map(|side| told(case, side)).collect();
    let (severity, message) = match older_in_draft(case, &sides) {
        Some(own) => {
            let prints = if order == Order::Known { "prints" } else { "may print" };
            let figure = format!("“{}” in {}; {}", case.quote(own), case.path(own), told.last()?);
            (Severity::Warning, format!("The draft {prints} an older figure for {}: {figure}", topic.label))
        }
        None => {
            let label = wording::capitalised(&topic.label);
            let message = match order {
                Order::Known => format!("{label} changed: {}", told.join(", then ")),
                Order::ByDay => format!("{label} changed: {}", told.join(", ")),
                Order::OfOneDay => {
                    format!("{label} differs between reports of one day: {}", told.join(", "))
                }
                Order::Undated => {
                    format!("{label} differs between reports of which not all are dated: {}", told.join(", "))
                }
            };
            (Severity::Note, message)
        }
    };
    let advice = match order {
        Order::Known => format!("use the latest figure, “{}”, with its date", case.quote(latest)),
        Order::ByDay => {
            "use the latest day's figure, with its date; of two of one day, find out which is later"
                .to_owned()
        }
        Order::OfOneDay | Order::Undated => {
            "a running figure may have grown: find out which report is later".to_owned()
        }
    };
    let values: Vec<String> = made.iter().map(|side| side.reads.clone()).collect();
    Some(Finding {
        id: identity(RULE.id, &[latest.measure.unwrap_or_default()], &values),
        rule: RULE.id,
        severity,
        topic: Some(topic.id),
        document: None,
        message,
        sides: made,
        working: Vec::new(),
        causes: Vec::new(),
        advice,
        accepted: None,
    })
}

/// The figures of a topic that were revised, side by side in the order of time.
struct Chain<'a> {
    sides: Vec<Vec<&'a Claim>>,
    order: Order,
}

/// What is known of the order of some figures; where it is open, the higher of two is taken for the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Which is later of each two.
    Known,
    /// Which is of a later day; some are of one, and not both tell the hour.
    ByDay,
    /// All are of one day, and not all tell the hour.
    OfOneDay,
    /// Some report has no date.
    Undated,
}

fn chain<'a>(case: &Case<'a>, topic: &Topic) -> Chain<'a> {
    let revised: BTreeSet<(usize, usize)> = topic
        .relations
        .iter()
        .filter(|(_, _, relation)| {
            matches!(relation, Relation::Superseded | Relation::Agrees(Agreement::Outgrown))
        })
        .map(|(a, b, _)| (*a, *b))
        .collect();
    let ids: BTreeSet<usize> = revised.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let mut members: Vec<&Claim> = ids.into_iter().filter_map(|id| case.claim(id)).collect();
    let times = Times::of_topic(case.documents, case.claims, topic);
    let order = order(case, &times, &members, &revised);
    members.sort_by_key(|claim| {
        let moment = times.of(claim).filter(|_| order != Order::Undated);
        (
            moment.map(|(day, _)| day),
            moment.and_then(|(_, hour)| hour).filter(|_| order == Order::Known),
            claim.role == Role::Own,
            claim.value().filter(|_| order != Order::Known),
            case.sentence(claim),
            claim.id,
        )
    });
    let mut others: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (a, b) in &revised {
        others.entry(*a).or_default().push(*b);
        others.entry(*b).or_default().push(*a);
    }
    let mut sides: Vec<Vec<&Claim>> = Vec::new();
    let mut side_of: BTreeMap<usize, usize> = BTreeMap::new();
    for claim in members {
        let others = others.get(&claim.id).into_iter().flatten();
        let taken: BTreeSet<usize> = others.filter_map(|other| side_of.get(other).copied()).collect();
        let free = (0..sides.len()).find(|place| !taken.contains(place)).unwrap_or(sides.len());
        side_of.insert(claim.id, free);
        match sides.get_mut(free) {
            Some(side) => side.push(claim),
            None => sides.push(vec![claim]),
        }
    }
    Chain { sides, order }
}

fn order(
    case: &Case<'_>,
    times: &Times<'_>,
    members: &[&Claim],
    revised: &BTreeSet<(usize, usize)>,
) -> Order {
    let is_open = |(a, b): &(usize, usize)| {
        // A report that gives both says which came first, and so does one that tells the earlier figure as such.
        let are_own = |a: &Claim, b: &Claim| a.role == Role::Own && b.role == Role::Own;
        let of_two = case.claim(*a).zip(case.claim(*b));
        let of_two = of_two.filter(|(a, b)| a.document != b.document && are_own(a, b));
        let moments = of_two.and_then(|(a, b)| times.of(a).zip(times.of(b)));
        moments.is_some_and(|(a, b)| a.0 == b.0 && a.1.zip(b.1).is_none())
    };
    let days: BTreeSet<_> = members.iter().map(|claim| times.of(claim).map(|(day, _)| day)).collect();
    if days.contains(&None) {
        Order::Undated
    } else if !revised.iter().any(is_open) {
        Order::Known
    } else if days.len() == 1 {
        Order::OfOneDay
    } else {
        Order::ByDay
    }
}

/// The draft's figure, where it prints an earlier one and not the latest.
fn older_in_draft<'a>(case: &Case<'_>, sides: &[Vec<&'a Claim>]) -> Option<&'a Claim> {
    let own = |side: &Vec<&'a Claim>| side.iter().copied().find(|claim| case.is_of_draft(claim.id));
    let (latest, earlier) = sides.split_last()?;
    earlier.iter().find_map(own).filter(|_| own(latest).is_none())
}

/// A side by its first report that gives it as its own and without a hedge, a source before the draft: "“19” (c.txt, 13 March 2026)".
fn told(case: &Case<'_>, side: &[&Claim]) -> Option<String> {
    let claim = side.iter().min_by_key(|claim| {
        (case.is_of_draft(claim.id), claim.role == Role::Before, claim.hedge.is_some())
    })?;
    let when = case.documents.get(claim.document).and_then(|document| document.when(claim.post));
    let hour = when.and_then(|when| when.time).filter(|_| claim.post.is_some());
    let hour = hour.map(|hour| format!(", {}", hour.strftime("%H:%M"))).unwrap_or_default();
    let date = when.map(|when| format!(", {}{hour}", day_in_words(when.date))).unwrap_or_default();
    Some(format!("“{}” ({}{date})", case.quote(claim), case.path(claim)))
}
