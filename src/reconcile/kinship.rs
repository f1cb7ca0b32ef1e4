//! Whether two claims are known to be of one measure, or of kin.

use crate::lang::measure;
use crate::normalise::Claim;
use crate::quantity::Dimension;

pub(super) fn are_kin(one: &str, other: &str) -> bool {
    measure(one).is_some_and(|measure| measure.kin.iter().any(|kin| kin == other))
}

/// Whether the measures of both are known, and one.
pub(super) fn is_of_one_measure(a: &Claim, b: &Claim) -> bool {
    a.measure.is_some() && a.measure == b.measure
}

/// Whether the measures of both are known, and may go by each other's name.
pub(super) fn are_of_kin(a: &Claim, b: &Claim) -> bool {
    a.measure.zip(b.measure).is_some_and(|(one, other)| are_kin(one, other))
}

/// Whether both measures are known, or both count the same noun: figures that differ need no less.
pub(super) fn is_measure_known(a: &Claim, b: &Claim) -> bool {
    let same_noun =
        a.quantity.unit.dimension == Dimension::Count && a.quantity.unit.code == b.quantity.unit.code;
    same_noun || a.measure.is_some() && b.measure.is_some()
}
