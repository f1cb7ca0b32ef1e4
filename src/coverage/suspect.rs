//! The fewest figures to check first: those whose correction would clear most errors and warnings.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Side};
use crate::normalise::Claim;
use crate::quantity::{Dimension, Quantity, Unit};
use crate::reconcile::Topic;

/// The most figures that are named.
pub const MOST_SUSPECTS: usize = 5;

/// A figure to check: what one source says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// The claims that say it, ascending.
    pub claims: Vec<usize>,
    /// The claims of the figure against it, where as much speaks for checking that one; else empty.
    pub or: Vec<usize>,
    /// The findings, by their places, that are cleared once this figure and those named before it are right.
    pub clears: Vec<usize>,
}

/// What one source says of one thing: the topic, the first report of the source, and what it says.
type Figure = (Option<usize>, usize, String);

/// The claims of a finding's sides, each with its figure.
type Sides = Vec<Vec<(usize, Figure)>>;

/// The figures of the findings, in order, and the claims that say each; elsewhere a figure is its place among them.
struct Sayings {
    claims: Vec<BTreeSet<usize>>,
    sources: Vec<usize>,
}

/// An error or a warning by the figures of its sides.
struct Conflict {
    /// The finding's place.
    finding: usize,
    sides: Vec<BTreeSet<usize>>,
}

impl Conflict {
    /// Whether it goes once some figures are corrected: those left stand on one side.
    fn is_cleared(&self, corrected: &BTreeSet<usize>) -> bool {
        self.sides.iter().filter(|side| !side.is_subset(corrected)).count() < 2
    }
}

/// Figures whose correction leaves one side of a finding standing.
struct Correction {
    finding: usize,
    figures: BTreeSet<usize>,
    /// The findings that it clears, by their places.
    clears: BTreeSet<usize>,
    rank: Rank,
}

/// What speaks for a correction, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// The findings that it clears, for as many figures as each correction has at most.
    clears_each: usize,
    /// Whether the figures are what a report reckoned from others.
    is_reckoned: bool,
    /// The sources that stand against it in its finding.
    against: usize,
}

/// The figures to check first, the most telling first: a greedy cover of the findings by corrections.
pub(super) fn first(claims: &[Claim], topic_of: &[Option<&Topic>], findings: &[Finding]) -> Vec<Suspect> {
    let (sayings, mut conflicts) = conflicts(claims, topic_of, findings);
    let mut suspects: Vec<Suspect> = Vec::new();
    let mut corrected: BTreeSet<usize> = BTreeSet::new();
    loop {
        conflicts.retain(|conflict| !conflict.is_cleared(&corrected));
        let left = MOST_SUSPECTS - suspects.len();
        let mut possible = corrections(claims, &sayings, &conflicts, &corrected);
        possible.retain(|correction| correction.figures.len() <= left);
        let place = |correction: &Correction| {
            correction.figures.first().and_then(|figure| sayings.claims.get(*figure)?.first().copied())
        };
        let Some(best) = possible.iter().max_by_key(|found| (found.rank, Reverse(place(found)))) else {
            return suspects;
        };
        let or = even_match(best, &possible);
        for figure in &best.figures {
            corrected.insert(*figure);
            let own = |figure: &usize| sayings.claims.get(*figure).into_iter().flatten().copied().collect();
            let cleared = conflicts.iter().filter(|conflict| conflict.is_cleared(&corrected));
            suspects.push(Suspect {
                claims: own(figure),
                or: or.map(own).unwrap_or_default(),
                clears: cleared.map(|conflict| conflict.finding).collect(),
            });
            conflicts.retain(|conflict| !conflict.is_cleared(&corrected));
        }
    }
}

/// The findings that ask for a correction, by the figures of their sides.
fn conflicts(
    claims: &[Claim],
    topic_of: &[Option<&Topic>],
    findings: &[Finding],
) -> (Sayings, Vec<Conflict>) {
    let mut places: BTreeMap<Figure, usize> = BTreeMap::new();
    let open = findings.iter().enumerate().filter(|(_, finding)| finding.asks_for_correction());
    let told: Vec<(usize, Sides)> =
        open.map(|(at, finding)| (at, figures(claims, topic_of, finding))).collect();
    for (_, figure) in told.iter().flat_map(|(_, sides)| sides.iter().flatten()) {
        places.entry(figure.clone()).or_default();
    }
    for (place, own) in places.values_mut().enumerate() {
        *own = place;
    }
    let mut sayings = Sayings {
        claims: vec![BTreeSet::new(); places.len()],
        sources: places.keys().map(|(_, source, _)| *source).collect(),
    };
    let mut place = |(claim, figure): (usize, Figure)| {
        let place = places.get(&figure).copied()?;
        sayings.claims.get_mut(place)?.insert(claim);
        Some(place)
    };
    let conflicts = told.into_iter().map(|(finding, sides)| Conflict {
        finding,
        sides: sides.into_iter().map(|side| side.into_iter().filter_map(&mut place).collect()).collect(),
    });
    let conflicts = conflicts.collect();
    (sayings, conflicts)
}

/// The claims of a finding's sides, each with its figure.
fn figures(claims: &[Claim], topic_of: &[Option<&Topic>], finding: &Finding) -> Sides {
    let of_side = |side: &Side| {
        let figure = |claim: &Claim| {
            // What a statement says again in another unit is no figure of its own, unless that is in question.
            let stated = claim.restates.filter(|root| side.claims.contains(root));
            let stated = stated.and_then(|root| claims.get(root)).unwrap_or(claim);
            let topic = topic_of.get(stated.id).copied().flatten();
            (claim.id, (topic.map(|topic| topic.id), source_of(topic, claim.document), says(stated)))
        };
        side.claims.iter().filter_map(|id| claims.get(*id)).map(figure).collect()
    };
    finding.sides.iter().map(of_side).collect()
}

/// The first report of the source that a report has its figure from.
fn source_of(topic: Option<&Topic>, document: usize) -> usize {
    let first = |topic: &Topic| match topic.source_of(document) {
        Some(source) => topic.sources.get(source)?.first().copied(),
        None => topic.of_draft.first().copied(),
    };
    topic.and_then(first).unwrap_or(document)
}

/// What a claim says, whatever noun it counts by: "14 dead" and "14 people".
fn says(claim: &Claim) -> String {
    let is_count = claim.quantity.unit.dimension == Dimension::Count;
    let unit = if is_count { Unit::of(Dimension::Number) } else { claim.quantity.unit.clone() };
    Quantity { unit, ..claim.quantity.clone() }.to_string()
}

/// Every way to clear an open finding: one of its sides is right, the figures of the others are corrected.
fn corrections(
    claims: &[Claim],
    sayings: &Sayings,
    conflicts: &[Conflict],
    corrected: &BTreeSet<usize>,
) -> Vec<Correction> {
    let is_reckoned = |figure: &usize| {
        let mut own = sayings.claims.get(*figure).into_iter().flatten().filter_map(|id| claims.get(*id));
        // A weekday follows from its date.
        own.any(|claim| claim.restates.is_some() || claim.weekday.is_some())
    };
    // Only findings that a figure stands in can go with it.
    let mut of_figure: Vec<Vec<usize>> = vec![Vec::new(); sayings.claims.len()];
    for (at, conflict) in conflicts.iter().enumerate() {
        for figure in conflict.sides.iter().flatten() {
            if let Some(place) = of_figure.get_mut(*figure) {
                place.push(at);
            }
        }
    }
    let mut corrections = Vec::new();
    for conflict in conflicts {
        for (right, kept) in conflict.sides.iter().enumerate() {
            let others = conflict.sides.iter().enumerate().filter(|(at, _)| *at != right);
            let wrong: BTreeSet<usize> =
                others.flat_map(|(_, side)| side.difference(corrected)).copied().collect();
            if wrong.is_empty() || MOST_SUSPECTS < wrong.len() {
                continue;
            }
            let after: BTreeSet<usize> = corrected.union(&wrong).copied().collect();
            let touched: BTreeSet<usize> =
                wrong.iter().filter_map(|figure| of_figure.get(*figure)).flatten().copied().collect();
            let cleared =
                touched.iter().filter_map(|at| conflicts.get(*at)).filter(|other| other.is_cleared(&after));
            let clears: BTreeSet<usize> = cleared.map(|other| other.finding).collect();
            /// A number that every count of figures divides.
            const ALL: usize = 60;
            let rank = Rank {
                clears_each: clears.len() * ALL / wrong.len(),
                is_reckoned: wrong.iter().all(is_reckoned),
                against: kept
                    .iter()
                    .filter_map(|figure| sayings.sources.get(*figure))
                    .collect::<BTreeSet<_>>()
                    .len(),
            };
            corrections.push(Correction { finding: conflict.finding, figures: wrong, clears, rank });
        }
    }
    corrections
}

/// The one figure against the best one, where as much speaks for it.
fn even_match<'a>(best: &Correction, possible: &'a [Correction]) -> Option<&'a usize> {
    let is_even = |other: &&Correction| {
        other.finding == best.finding
            && other.figures != best.figures
            && (other.rank, &other.clears) == (best.rank, &best.clears)
    };
    let mut even = possible.iter().filter(is_even);
    let other = even.next().filter(|_| even.next().is_none())?;
    match (best.figures.len(), other.figures.len()) {
        (1, 1) => other.figures.first(),
        (_, _) => None,
    }
}
