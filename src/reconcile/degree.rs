//! What only the whole story tells of a bare degree: the scale on which the other reports give the same number, or on which
//! it lies among their temperatures.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::extract::Role;
use crate::normalise::{Claim, Compared, Kind};
use crate::quantity::{Dimension, Interval, Unit, significant_digits};

/// The measure of temperatures.
const TEMPERATURE: &str = "temperature";
/// The scales that a bare degree may be of.
const SCALES: [&str; 2] = ["°C", "°F"];
/// So many degrees Celsius beyond the coldest and the hottest figure still lie among the story's.
const MARGIN: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Temperatures of so many significant digits are hardly the same by chance.
const TELLING_DIGITS: usize = 3;

/// Gives the bare degrees of a report the scale on which other reports print a number of its own ("30.4C" beside "30.4
/// degrees"); else the one scale on which they lie among the other reports' temperatures.
pub(super) fn settle(claims: &mut [Claim]) {
    let reports: BTreeSet<usize> =
        claims.iter().filter(|claim| is_open(claim)).map(|claim| claim.document).collect();
    let given: BTreeMap<usize, Given> =
        reports.into_iter().filter_map(|report| Some((report, Given::to(report, claims)?))).collect();
    for claim in claims.iter_mut().filter(|claim| is_open(claim)) {
        let unit = given.get(&claim.document).and_then(|given| given.scale(claim));
        let Some(unit) = unit else { continue };
        let told = format!("a degree here is {unit}, by the other reports' temperatures");
        if claim.take(unit).is_some() {
            claim.reading.push(told);
            claim.compared = Compared::Yes;
        }
    }
}

/// What the other reports give to one.
struct Given {
    /// The one scale on which they print a number of its own.
    shared: Option<Unit>,
    /// From their coldest figure to their hottest, and a little beyond.
    span: Interval,
}

impl Given {
    fn to(report: usize, claims: &[Claim]) -> Option<Given> {
        let own = claims.iter().filter(|own| own.document == report);
        let numbers: BTreeSet<Decimal> = own.filter_map(bare_number).collect();
        let is_given = |other: &&Claim| {
            other.document != report
                && other.is_compared()
                && other.quantity.unit.dimension == Dimension::Temperature
                && other.kind == Kind::Level
        };
        let mut shared: BTreeSet<&Unit> = BTreeSet::new();
        let mut ends: Option<(Decimal, Decimal)> = None;
        for other in claims.iter().filter(is_given) {
            if other.value().is_some_and(|value| numbers.contains(&value.normalize())) {
                shared.insert(&other.quantity.unit);
            }
            let Some(base) = other.in_base() else { continue };
            ends = Some(ends.map_or((base, base), |(low, high)| (low.min(base), high.max(base))));
        }
        let (low, high) = ends?;
        let mut shared = shared.into_iter();
        let shared = shared.next().filter(|_| shared.next().is_none()).cloned();
        Some(Given { shared, span: Interval::closed(low.checked_sub(MARGIN)?, high.checked_add(MARGIN)?) })
    }

    /// The scale of a bare degree, where there is no doubt. What is not said to be a temperature may be an angle.
    fn scale(&self, claim: &Claim) -> Option<Unit> {
        let value = claim.value()?;
        let lies_among = |unit: &Unit| unit.to_base(value).is_some_and(|value| self.span.contains(value));
        let mut fitting = SCALES.iter().filter_map(|scale| Unit::measured(scale)).filter(lies_among);
        let only = fitting.next();
        let only = only.filter(|_| fitting.next().is_none() && claim.measure == Some(TEMPERATURE));
        self.shared.clone().or(only)
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

/// A number that a report prints without a scale, if chance does not repeat it.
fn bare_number(claim: &Claim) -> Option<Decimal> {
    let is_bare = claim.quantity.unit.dimension == Dimension::Number || is_open(claim);
    let value = claim.value().filter(|_| is_bare)?;
    (significant_digits(value).len() >= TELLING_DIGITS).then(|| value.normalize())
}
