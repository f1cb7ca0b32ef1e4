//! What only the whole story tells of a bare number: the unit under which a report gives the very same one.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::extract::Role;
use crate::normalise::{Claim, Compared};
use crate::quantity::{Dimension, PrintedFigure, Unit, significant_digits};

/// Numbers of so many significant digits are hardly the same by chance.
const TELLING_DIGITS: usize = 3;

/// Gives bare numbers the unit under which the story gives the same number, where it is one unit alone; then the same
/// unit to the numbers of their sentence that are written alike: "Education gets 248 billion and health 221 billion". What
/// two reports give alike is held together whatever its unit.
pub(super) fn settle(claims: &mut [Claim]) {
    let stated = stated(claims);
    let mut settled: Vec<(usize, usize)> = Vec::new();
    for claim in claims.iter().filter(|claim| is_bare(claim) && is_telling(claim)) {
        let units = claim.value().and_then(|value| stated.get(&value.normalize()));
        let mut units = units.into_iter().flatten();
        if let (Some((_, giver)), None) = (units.next(), units.next()) {
            settled.push((claim.id, *giver));
        }
    }
    for (id, giver) in &settled {
        take(claims, *id, *giver);
    }
    let beside = |claim: &&Claim| is_bare(claim);
    let alike: Vec<(usize, usize)> = claims
        .iter()
        .filter(beside)
        .filter_map(|claim| {
            let is_alike =
                |(id, _): &&(usize, usize)| claims.get(*id).is_some_and(|it| is_written_alike(it, claim));
            settled.iter().find(is_alike).map(|(id, _)| (claim.id, *id))
        })
        .collect();
    for (id, giver) in alike {
        take(claims, id, giver);
    }
    for id in repeated(claims) {
        if let Some(claim) = claims.get_mut(id) {
            claim
                .reading
                .push("no unit stands beside it, and another report gives the same bare number".to_owned());
            claim.compared = Compared::Yes;
        }
    }
}

/// Bare numbers that two reports or more give alike.
fn repeated(claims: &[Claim]) -> Vec<usize> {
    let bare = || claims.iter().filter(|claim| is_bare(claim) && is_telling(claim));
    let mut givers: BTreeMap<Decimal, BTreeSet<usize>> = BTreeMap::new();
    for claim in bare() {
        if let Some(value) = claim.value() {
            givers.entry(value.normalize()).or_default().insert(claim.document);
        }
    }
    let is_repeated =
        |value: Decimal| givers.get(&value.normalize()).is_some_and(|reports| reports.len() > 1);
    bare().filter(|claim| claim.value().is_some_and(is_repeated)).map(|claim| claim.id).collect()
}

/// The units under which each number is given, each with the first claim that gives it.
fn stated(claims: &[Claim]) -> BTreeMap<Decimal, BTreeMap<Unit, usize>> {
    let mut stated: BTreeMap<Decimal, BTreeMap<Unit, usize>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.is_compared() && is_measured(&claim.quantity.unit)) {
        if let Some(value) = claim.value() {
            let unit = &claim.quantity.unit;
            // Whatever is counted: "people", "inhabitants".
            let unit = if unit.dimension == Dimension::Count { Unit::count("") } else { unit.clone() };
            stated.entry(value.normalize()).or_default().entry(unit).or_insert(claim.id);
        }
    }
    stated
}

/// Whether a bare number might be of a unit: days, years and rates are written in full.
fn is_measured(unit: &Unit) -> bool {
    !matches!(
        unit.dimension,
        Dimension::Date | Dimension::Year | Dimension::Rate | Dimension::Percent | Dimension::Points
    )
}

/// Whether a claim is a number without a unit or a noun, which stands for itself.
fn is_bare(claim: &Claim) -> bool {
    claim.quantity.unit.dimension == Dimension::Number
        && claim.role == Role::Own
        && claim.block != BlockKind::Furniture
        && matches!(claim.figure, PrintedFigure::One(_))
}

/// Whether a number is one that chance does not repeat, and no year.
fn is_telling(claim: &Claim) -> bool {
    let is_year =
        |value: Decimal| value.is_integer() && (Decimal::from(1900)..=Decimal::from(2100)).contains(&value);
    claim.value().is_some_and(|value| significant_digits(value).len() >= TELLING_DIGITS && !is_year(value))
}

/// Whether two large numbers stand in one sentence, to the same place.
fn is_written_alike(one: &Claim, other: &Claim) -> bool {
    one.document == other.document
        && one.sentence == other.sentence
        && one.precision.grain == other.precision.grain
        && one.precision.grain >= Decimal::ONE_THOUSAND
}

/// Gives one claim the unit of another.
fn take(claims: &mut [Claim], id: usize, giver: usize) {
    let Some(unit) = claims.get(giver).map(|claim| claim.quantity.unit.clone()) else { return };
    let Some(claim) = claims.get_mut(id) else { return };
    if claim.take(unit).is_some() {
        let code = claim.quantity.unit.code.clone();
        claim.reading.push(format!("no unit stands beside it: the story gives the same number in {code}"));
        claim.compared = Compared::Yes;
    }
}
