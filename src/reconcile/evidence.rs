//! What the statements of a story are judged by.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::Document;
use crate::normalise::Claim;

use super::reckoned::Reckoned;
use super::revision::Revisions;
use super::story::Story;
use super::wording::Wording;
use super::{Exchange, Times};

/// A claim and those that state it again in other units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The claims' ids; the first is the one restated.
    pub(super) claims: Vec<usize>,
}

impl Statement {
    pub(super) fn first<'a>(&self, claims: &'a [Claim]) -> Option<&'a Claim> {
        self.claims.first().and_then(|id| claims.get(*id))
    }
}

/// What the statements of a story are judged by.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) documents: &'a [Document],
    pub(super) claims: &'a [Claim],
    pub(super) statements: &'a [Statement],
    pub(super) story: &'a Story,
    pub(super) reckoned: &'a Reckoned,
    pub(super) revisions: &'a Revisions<'a>,
    pub(super) exchange: &'a Exchange,
    /// How far apart soft intervals may lie and still agree, as a share of the nearer end.
    pub(super) tolerance: Decimal,
}

impl<'a> Evidence<'a> {
    /// The claim of a statement that restates no other.
    pub(super) fn first(&self, statement: usize) -> Option<&'a Claim> {
        self.statements.get(statement)?.first(self.claims)
    }

    /// Whether some report says that the figure of one of two claims took the other's place.
    pub(super) fn is_told(&self, one: &Claim, other: &Claim) -> bool {
        let times = Times::printed(self.documents);
        self.is_told_at(&times, one, other) || self.is_told_at(&times, other, one)
    }

    /// Whether some report says that one figure took the other's place, and that is not told on a later day than this.
    pub(super) fn is_told_at(&self, times: &Times<'_>, earlier: &Claim, later: &Claim) -> bool {
        let days = times.of(earlier).zip(times.of(later));
        self.revisions.tell(earlier, later) && days.is_none_or(|((then, _), (now, _))| then <= now)
    }

    /// What a claim's sentence says of how long its figure holds.
    pub(super) fn wording(&self, claim: &Claim) -> Wording {
        self.reckoned.wording(self.documents, claim)
    }

    /// The statements of a report: they stand in the order of their claims.
    pub(super) fn statements_of(&self, document: usize) -> Range<usize> {
        let before = |end: usize| {
            self.statements.partition_point(|statement| {
                statement.first(self.claims).is_some_and(|own| own.document < end)
            })
        };
        before(document)..before(document + 1)
    }
}

/// The statements of the claims that are compared.
pub(super) fn statements(claims: &[Claim]) -> Vec<Statement> {
    let mut by_root: BTreeMap<usize, Statement> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.is_compared()) {
        let root = claim.restates.unwrap_or(claim.id);
        by_root.entry(root).or_insert(Statement { claims: Vec::new() }).claims.push(claim.id);
    }
    by_root.into_values().collect()
}
