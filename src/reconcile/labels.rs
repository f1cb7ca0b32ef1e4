//! The figures that a report gives for names, each right beside its own: "North 31, South 42".

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::Claim;

/// Which figures of a report stand beside a name, and which one beside each.
pub(super) struct Labels {
    /// By claim: the group of its report's figures that are of its dimension.
    groups: Vec<usize>,
    /// The figures of each group that a name stands beside.
    labelled: BTreeSet<(usize, usize)>,
    /// The figure beside each name, by the group.
    figures: BTreeMap<(usize, String), usize>,
}

impl Labels {
    /// Gathers the names that stand beside one figure of their group alone.
    pub(super) fn new(
        claims: &[Claim],
        groups: Vec<usize>,
        figures: &[usize],
        names: &[Vec<String>],
    ) -> Labels {
        let mut labels = Labels { groups, labelled: BTreeSet::new(), figures: BTreeMap::new() };
        for claim in claims.iter().filter(|claim| claim.is_compared() && claim.restates.is_none()) {
            let place = labels.groups.get(claim.id).copied().zip(figures.get(claim.id).copied());
            let (Some((group, figure)), Some(own)) = (place, names.get(claim.id)) else { continue };
            if !own.is_empty() {
                labels.labelled.insert((group, figure));
            }
            labels.figures.extend(own.iter().map(|name| ((group, name.clone()), figure)));
        }
        labels
    }

    /// Whether a claim's report gives another figure of its dimension for one of some names.
    pub(super) fn have_another(&self, names: &[String], claim: &Claim, figures: &[usize]) -> bool {
        let group = self.groups.get(claim.id).copied().unwrap_or_default();
        let figure = |name: &String| self.figures.get(&(group, name.clone()));
        names.iter().filter_map(figure).any(|figure| Some(figure) != figures.get(claim.id))
    }

    /// Whether a claim's report gives a figure of its dimension for a name.
    pub(super) fn has_label(&self, claim: &Claim, figure: usize) -> bool {
        self.groups.get(claim.id).is_some_and(|group| self.labelled.contains(&(*group, figure)))
    }
}
