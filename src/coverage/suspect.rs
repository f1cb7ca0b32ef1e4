//! The fewest figures to check first: those whose correction would clear most errors and warnings.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
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

/// A source's figure: its topic, the first report of its source, and what it says.
type Figure = (Option<usize>, usize, String);

/// The claims that say a source's figure.
type Sayings = BTreeMap<Figure, BTreeSet<usize>>;

/// An error or a warning by the figures of its sides.
struct Conflict {
    /// The finding's place.
    finding: usize,
    sides: Vec<BTreeSet<Figure>>,
}

impl Conflict {
    /// Whether it goes once some figures are corrected: those left stand on one side.
    fn is_cleared(&self, corrected: &BTreeSet<Figure>) -> bool {
        self.sides.iter().filter(|side| !side.is_subset(corrected)).count() < 2
    }
}

/// Figures whose correction leaves one side of a finding standing.
struct Correction {
    finding: usize,
    figures: BTreeSet<Figure>,
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
    let mut sayings = Sayings::new();
    let mut conflicts: Vec<Conflict> = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        if finding.asks_for_correction() {
            conflicts.push(conflict(claims, topic_of, (at, finding), &mut sayings));
        }
    }
    let mut suspects: Vec<Suspect> = Vec::new();
    let mut corrected: BTreeSet<Figure> = BTreeSet::new();
    loop {
        conflicts.retain(|conflict| !conflict.is_cleared(&corrected));
        let left = MOST_SUSPECTS - suspects.len();
        let mut possible = corrections(claims, &sayings, &conflicts, &corrected);
        possible.retain(|correction| correction.figures.len() <= left);
        let place = |correction: &Correction| {
            correction.figures.first().and_then(|figure| sayings.get(figure)?.first().copied())
        };
        let Some(best) = possible.iter().max_by_key(|found| (found.rank, Reverse(place(found)))) else {
            return suspects;
        };
        let or = even_match(best, &possible);
        for figure in &best.figures {
            corrected.insert(figure.clone());
            let own = |figure: &Figure| sayings.get(figure).into_iter().flatten().copied().collect();
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

/// A finding by the figures of its sides.
fn conflict(
    claims: &[Claim],
    topic_of: &[Option<&Topic>],
    (at, finding): (usize, &Finding),
    sayings: &mut Sayings,
) -> Conflict {
    let mut sides = Vec::new();
    for side in &finding.sides {
        let mut figures = BTreeSet::new();
        for claim in side.claims.iter().filter_map(|id| claims.get(*id)) {
            // What a statement says again in another unit is no figure of its own, unless that is in question.
            let stated = claim.restates.filter(|root| side.claims.contains(root));
            let stated = stated.and_then(|root| claims.get(root)).unwrap_or(claim);
            let topic = topic_of.get(stated.id).copied().flatten();
            let figure = (topic.map(|topic| topic.id), source_of(topic, claim.document), says(stated));
            sayings.entry(figure.clone()).or_default().insert(claim.id);
            figures.insert(figure);
        }
        sides.push(figures);
    }
    Conflict { finding: at, sides }
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
    corrected: &BTreeSet<Figure>,
) -> Vec<Correction> {
    let is_reckoned = |figure: &Figure| {
        let mut own = sayings.get(figure).into_iter().flatten().filter_map(|id| claims.get(*id));
        own.any(|claim| claim.restates.is_some())
    };
    // Only findings that a figure stands in can go with it.
    let mut of_figure: BTreeMap<&Figure, BTreeSet<usize>> = BTreeMap::new();
    for (at, conflict) in conflicts.iter().enumerate() {
        for figure in conflict.sides.iter().flatten() {
            of_figure.entry(figure).or_default().insert(at);
        }
    }
    let mut corrections = Vec::new();
    for conflict in conflicts {
        for (right, kept) in conflict.sides.iter().enumerate() {
            let others = conflict.sides.iter().enumerate().filter(|(at, _)| *at != right);
            let wrong: BTreeSet<Figure> =
                others.flat_map(|(_, side)| side.difference(corrected)).cloned().collect();
            if wrong.is_empty() || MOST_SUSPECTS < wrong.len() {
                continue;
            }
            let after: BTreeSet<Figure> = corrected.union(&wrong).cloned().collect();
            let touched: BTreeSet<usize> =
                wrong.iter().filter_map(|figure| of_figure.get(figure)).flatten().copied().collect();
            let cleared =
                touched.iter().filter_map(|at| conflicts.get(*at)).filter(|other| other.is_cleared(&after));
            let clears: BTreeSet<usize> = cleared.map(|other| other.finding).collect();
            /// A number that every count of figures divides.
            const ALL: usize = 60;
            let rank = Rank {
                clears_each: clears.len() * ALL / wrong.len(),
                is_reckoned: wrong.iter().all(is_reckoned),
                against: kept.iter().map(|(_, source, _)| source).collect::<BTreeSet<&usize>>().len(),
            };
            corrections.push(Correction { finding: conflict.finding, figures: wrong, clears, rank });
        }
    }
    corrections
}

/// The one figure against the best one, where as much speaks for it.
fn even_match<'a>(best: &Correction, possible: &'a [Correction]) -> Option<&'a Figure> {
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
