//! How each claim stands to what the other reports say.

use std::collections::BTreeSet;

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

/// How each claim stands, by its id. A dispute outweighs a later figure, and that a corroboration.
pub(super) fn of_each(claims: &[Claim], topic_of: &[Option<&Topic>], findings: &[Finding]) -> Vec<Standing> {
    let mut disputed: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); claims.len()];
    let mut superseded = disputed.clone();
    for finding in findings {
        match finding.severity {
            Severity::Error | Severity::Warning => add_opponents(finding, &mut disputed),
            Severity::Note if finding.rule == SUPERSEDED => add_later(finding, &mut superseded),
            Severity::Note => {}
        }
    }
    let standing = |claim: &Claim| {
        if let Compared::No(because) = &claim.compared {
            return Standing::NotChecked { because: because.clone() };
        }
        let (mut against, mut agreeing) = (BTreeSet::new(), BTreeSet::new());
        let topic = topic_of.get(claim.id).copied().flatten();
        for (other, relation) in topic.iter().flat_map(|topic| relations_of(topic, claim)) {
            match relation {
                Relation::Disagrees(_) => against.insert(other),
                Relation::Agrees(_) if is_independent(claims, topic, claim, other) => agreeing.insert(other),
                Relation::Agrees(_) | Relation::Superseded | Relation::Incomparable(_) => false,
            };
        }
        against.extend(disputed.get(claim.id).into_iter().flatten());
        let later: Vec<usize> = superseded.get(claim.id).into_iter().flatten().copied().collect();
        if !against.is_empty() {
            Standing::Disputed { by: against.into_iter().collect() }
        } else if !later.is_empty() {
            Standing::Superseded { by: later }
        } else if !agreeing.is_empty() {
            Standing::Corroborated { by: agreeing.into_iter().collect() }
        } else {
            Standing::Alone
        }
    };
    claims.iter().map(standing).collect()
}

/// The claims of each side stand against those of the others.
fn add_opponents(finding: &Finding, disputed: &mut [BTreeSet<usize>]) {
    for (at, side) in finding.sides.iter().enumerate() {
        let others = finding.sides.iter().enumerate().filter(|(other, _)| *other != at);
        let against: Vec<usize> = others.flat_map(|(_, other)| other.claims.iter().copied()).collect();
        for id in &side.claims {
            if let Some(own) = disputed.get_mut(*id) {
                own.extend(&against);
            }
        }
    }
}

/// The last side of a revised figure takes the place of those before it.
fn add_later(finding: &Finding, superseded: &mut [BTreeSet<usize>]) {
    let Some((latest, earlier)) = finding.sides.split_last() else { return };
    for id in earlier.iter().flat_map(|side| &side.claims) {
        if let Some(own) = superseded.get_mut(*id) {
            own.extend(&latest.claims);
        }
    }
}

/// How the statement that a claim belongs to stands to the others of its topic.
fn relations_of<'a>(topic: &'a Topic, claim: &Claim) -> impl Iterator<Item = (usize, &'a Relation)> {
    let statement = claim.restates.filter(|root| topic.claims.contains(root)).unwrap_or(claim.id);
    topic.relations.iter().filter_map(move |(a, b, relation)| match statement {
        own if own == *a => Some((*b, relation)),
        own if own == *b => Some((*a, relation)),
        _ => None,
    })
}

/// Whether another claim comes from a source of its own.
fn is_independent(claims: &[Claim], topic: Option<&Topic>, claim: &Claim, other: usize) -> bool {
    let source = |document: usize| topic.and_then(|topic| topic.source_of(document));
    claims.get(other).is_some_and(|other| source(other.document) != source(claim.document))
}
