//! What only the whole story tells of its money: which currency a shared name means, and which ones nothing converts.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::BlockKind;
use crate::extract::Role;
use crate::normalise::{Claim, Compared};
use crate::quantity::currency::{Currency, currencies};
use crate::quantity::{Dimension, Unit};

use super::{Exchange, verdict};

/// "Pesos" of which no report says whose they are: those that another report of the story names, where it names one;
/// else the same pesos in all of them.
pub(super) fn share_name(claims: &mut [Claim]) {
    let Some((family, only)) = open_name(claims) else { return };
    for claim in claims.iter_mut().filter(|claim| is_open(claim)) {
        if let Some(currency) = only {
            claim.quantity.unit = Unit::money(&currency.code);
        }
        let told = only.map_or_else(
            || format!("a {family} is taken for the same one in all reports of the story"),
            |currency| format!("another report of the story names {}", currency.name),
        );
        claim.reading.push(told);
        claim.compared = Compared::Yes;
    }
}

/// Whether an amount would be compared if it were known which currency its name means.
fn is_open(claim: &Claim) -> bool {
    claim.quantity.unit == Unit::unsettled_money()
        && claim.role == Role::Own
        && claim.block != BlockKind::Furniture
}

/// The one shared name that is open, where the story settles it, with the one currency of that name that a report states.
fn open_name(claims: &[Claim]) -> Option<(String, Option<&'static Currency>)> {
    let open = || claims.iter().filter(|claim| is_open(claim));
    let families: BTreeSet<&String> = open().filter_map(|claim| claim.family.as_ref()).collect();
    let documents: BTreeSet<usize> = open().map(|claim| claim.document).collect();
    // Two names that are open could be any two currencies.
    let mut families = families.into_iter();
    let (Some(family), None) = (families.next(), families.next()) else { return None };
    let is_stated =
        |currency: &&Currency| claims.iter().any(|claim| claim.quantity.unit.code == currency.code);
    let mut stated = currencies().members(family).filter(is_stated);
    match (stated.next(), stated.next()) {
        (_, Some(_)) => None,
        (None, None) => (documents.len() > 1).then(|| (family.clone(), None)),
        (only, None) => Some((family.clone(), only)),
    }
}

/// Marks the amounts of a currency that nothing converts and no other claim shares.
pub(super) fn mark_alone(claims: &mut [Claim], exchange: &Exchange) {
    let is_money = |claim: &Claim| claim.is_compared() && claim.quantity.unit.dimension == Dimension::Money;
    let mut currencies: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| is_money(claim)) {
        *currencies.entry(claim.quantity.unit.code.clone()).or_default() += 1;
    }
    let is_alone = |claim: &Claim| {
        currencies.len() > 1
            && currencies.get(&claim.quantity.unit.code) == Some(&1)
            && claim.restates.is_none()
    };
    let kept: Vec<usize> = claims
        .iter()
        .filter(|claim| is_money(claim) && is_alone(claim))
        .filter(|claim| claims.iter().any(|other| is_money(other) && verdict::is_kept_number(claim, other)))
        .map(|claim| claim.id)
        .collect();
    for claim in claims.iter_mut().filter(|claim| is_money(claim) && is_alone(claim)) {
        let unit = &claim.quantity.unit;
        if kept.contains(&claim.id) {
            continue;
        }
        let mut others = currencies.keys().filter(|code| **code != unit.code);
        if !others.any(|code| exchange.rate(&unit.code, code, claim.document).is_some()) {
            claim.compared = Compared::No(format!("no exchange rate for {} on that date", unit.code));
        }
    }
}
