//! How each claim stands to what the other reports say.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::document::Document;
use crate::finding::{Finding, SUPERSEDED, Severity};
use crate::normalise::{Claim, Compared};
use crate::reconcile::{Relation, Topic};

/// How a claim stands to the others of its story. The claims it stands so by are given by their ids, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// An independent source says what it says.
    Corroborated {
        /// The claims that agree, of sources of their own.
        by: Vec<usize>,
    },
    /// No independent source speaks to it: its own report may repeat it, or a copy of it.
    Alone,
    /// It stands on a side of an error or a warning, or cannot be true together with another claim.
    Disputed {
        /// The claims on the other sides.
        by: Vec<usize>,
    },
    /// A later figure takes its place.
    Superseded {
        /// The claims of the later figure.
        by: Vec<usize>,
    },
    /// It was not compared.
    NotChecked {
        /// Why not.
        because: String,
    },
}

impl Standing {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Standing::Corroborated { .. } => "corroborated",
            Standing::Alone => "alone",
            Standing::Disputed { .. } => "disputed",
            Standing::Superseded { .. } => "superseded",
            Standing::NotChecked { .. } => "not-checked",
        }
    }

    /// The claims it stands so by.
    #[must_use]
    pub fn by(&self) -> &[usize] {
        match self {
            Standing::Corroborated { by } | Standing::Disputed { by } | Standing::Superseded { by } => by,
            Standing::Alone | Standing::NotChecked { .. } => &[],
        }
    }
}

/// By claim: the others that make it stand as it does, in no order and perhaps repeated.
#[derive(Clone, Default)]
struct Others {
    against: Vec<usize>,
    later: Vec<usize>,
    agreeing: Vec<usize>,
}

fn in_order(mut ids: Vec<usize>) -> Vec<usize> {
    ids.sort_unstable();
    ids.dedup();
    ids.shrink_to_fit();
    ids
}

/// How each claim stands, by its id, and which of other sources agree with it. A dispute outweighs a later figure, and
/// that a corroboration.
pub(super) fn of_each(
    documents: &[Document],
    claims: &[Claim],
    topics: &[Topic],
    findings: &[Finding],
) -> (Vec<Standing>, Vec<Vec<usize>>) {
    let mut others = vec![Others::default(); claims.len()];
    for topic in topics {
        add_relations(claims, topic, &mut others);
    }
    // What a statement says again in another unit stands as the statement does.
    for claim in claims {
        let stated = claim.restates.and_then(|root| others.get(root)).cloned();
        if let (Some(stated), Some(own)) = (stated, others.get_mut(claim.id)) {
            own.against.extend(stated.against);
            own.agreeing.extend(stated.agreeing);
        }
    }
    // What a draft itself tells as the earlier figure is no older one of it.
    let is_told = |id: usize| {
        let is_draft =
            |claim: &&Claim| documents.get(claim.document).is_some_and(|document| document.is_draft);
        claims.get(id).filter(is_draft).is_some_and(|claim| !claim.is_compared())
    };
    for finding in findings {
        // Whatever it is taken for, a later figure is no opponent.
        if finding.rule == SUPERSEDED {
            add_later(finding, &mut others, is_told);
        } else if finding.severity != Severity::Note {
            add_opponents(finding, &mut others);
        }
    }
    claims.par_iter().zip(others).map(|(claim, others)| standing(claim, others)).unzip()
}

fn standing(claim: &Claim, others: Others) -> (Standing, Vec<usize>) {
    let Others { against, later, agreeing } = others;
    let agreeing = in_order(agreeing);
    let standing = if let (Compared::No(because), true) = (&claim.compared, later.is_empty()) {
        Standing::NotChecked { because: because.clone() }
    } else if !against.is_empty() {
        Standing::Disputed { by: in_order(against) }
    } else if !later.is_empty() {
        Standing::Superseded { by: in_order(later) }
    } else if !agreeing.is_empty() {
        Standing::Corroborated { by: agreeing.clone() }
    } else {
        Standing::Alone
    };
    (standing, agreeing)
}

/// Which statements of a topic disagree, and which of two sources agree.
fn add_relations(claims: &[Claim], topic: &Topic, others: &mut [Others]) {
    let mut sources: BTreeMap<usize, usize> = BTreeMap::new();
    for (source, reports) in topic.sources.iter().enumerate() {
        sources.extend(reports.iter().map(|report| (*report, source)));
    }
    let source = |id: usize| claims.get(id).and_then(|claim| sources.get(&claim.document));
    for (a, b, relation) in &topic.relations {
        for (own, other) in [(*a, *b), (*b, *a)] {
            let Some(place) = others.get_mut(own) else { continue };
            match relation {
                Relation::Disagrees(_) => place.against.push(other),
                // What has a figure from the draft bears nothing out.
                Relation::Agrees(_) if source(other).is_some_and(|other| source(own) != Some(other)) => {
                    place.agreeing.push(other);
                }
                Relation::Agrees(_) | Relation::Superseded | Relation::Incomparable(_) => {}
            }
        }
    }
}

/// The claims of each side stand against those of the others.
fn add_opponents(finding: &Finding, others: &mut [Others]) {
    for (at, side) in finding.sides.iter().enumerate() {
        let opposite = finding.sides.iter().enumerate().filter(|(other, _)| *other != at);
        let against: Vec<usize> = opposite.flat_map(|(_, other)| other.claims.iter().copied()).collect();
        for id in &side.claims {
            if let Some(own) = others.get_mut(*id) {
                own.against.extend(&against);
            }
        }
    }
}

/// The last side of a revised figure takes the place of those before it.
fn add_later(finding: &Finding, others: &mut [Others], is_told: impl Fn(usize) -> bool) {
    let Some((latest, earlier)) = finding.sides.split_last() else { return };
    for id in earlier.iter().flat_map(|side| &side.claims).filter(|id| !is_told(**id)) {
        if let Some(own) = others.get_mut(*id) {
            own.later.extend(&latest.claims);
        }
    }
}
