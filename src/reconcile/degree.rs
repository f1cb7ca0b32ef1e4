//! What only the whole story tells of a bare degree: the scale on which the other reports give the same number, or on which
//! it lies among their temperatures.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::extract::Role;
use crate::normalise::{Claim, Compared, Kind};
use crate::quantity::{Dimension, Interval, Unit, significant_digits};

/// The scales that a bare degree may be of.
const SCALES: [&str; 2] = ["°C", "°F"];
/// So many degrees Celsius beyond the coldest and the hottest figure still lie among the story's.
const MARGIN: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Temperatures of so many significant digits are hardly the same by chance.
const TELLING_DIGITS: usize = 3;

/// Gives the bare degrees of a report the scale on which other reports print a number of its own ("45.2C" beside "45.2
/// degrees"); else the one scale on which they lie among the other reports' temperatures.
pub(super) fn settle(claims: &mut [Claim]) {
    let open = claims.iter().filter(|claim| is_open(claim));
    let open: Vec<(usize, Unit)> = open.filter_map(|claim| Some((claim.id, scale(claims, claim)?))).collect();
    for (id, unit) in open {
        let Some(claim) = claims.get_mut(id) else { continue };
        let told = format!("a degree here is {unit}, by the other reports' temperatures");
        if claim.take(unit).is_some() {
            claim.reading.push(told);
            claim.compared = Compared::Yes;
        }
    }
}

/// Whether a temperature would be compared if its scale were known.
fn is_open(claim: &Claim) -> bool {
    let unit = &claim.quantity.unit;
    unit.dimension == Dimension::Temperature
        && !SCALES.contains(&unit.code.as_str())
        && claim.kind == Kind::Level
        && claim.role == Role::Own
        && claim.block != BlockKind::Furniture
        && !claim.is_compared()
}

/// The scale of a claim's degrees, where the other reports tell.
fn scale(claims: &[Claim], claim: &Claim) -> Option<Unit> {
    let is_given = |other: &&Claim| {
        other.document != claim.document
            && other.is_compared()
            && other.quantity.unit.dimension == Dimension::Temperature
            && other.kind == Kind::Level
    };
    let given = || claims.iter().filter(is_given);
    let own = claims.iter().filter(|own| own.document == claim.document);
    let numbers: BTreeSet<Decimal> = own.filter_map(bare_number).collect();
    let shared: BTreeSet<&Unit> = given()
        .filter(|other| other.value().is_some_and(|value| numbers.contains(&value.normalize())))
        .map(|other| &other.quantity.unit)
        .collect();
    let mut shared = shared.into_iter();
    if let (Some(only), None) = (shared.next(), shared.next()) {
        return Some(only.clone());
    }
    let bases = || given().filter_map(Claim::in_base);
    let span = Interval::closed(bases().min()?.checked_sub(MARGIN)?, bases().max()?.checked_add(MARGIN)?);
    let value = claim.value()?;
    let lies_among = |unit: &Unit| unit.to_base(value).is_some_and(|value| span.contains(value));
    let mut fitting = SCALES.iter().filter_map(|scale| Unit::measured(scale)).filter(lies_among);
    let only = fitting.next();
    only.filter(|_| fitting.next().is_none())
}

/// A number that a report prints without a scale, if chance does not repeat it.
fn bare_number(claim: &Claim) -> Option<Decimal> {
    let is_bare = claim.quantity.unit.dimension == Dimension::Number || is_open(claim);
    let value = claim.value().filter(|_| is_bare)?;
    (significant_digits(value).len() >= TELLING_DIGITS).then(|| value.normalize())
}
