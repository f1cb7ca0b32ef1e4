//! Stretches of numbers: what a printed figure leaves open.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Notation, parse_day, parse_decimal};

/// One end of an [`Interval`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The end itself belongs to the interval.
    Closed(Decimal),
    /// The end itself does not belong to the interval.
    Open(Decimal),
    /// There is no end on this side.
    Unbounded,
}

impl Bound {
    /// The end's value, if there is one.
    #[must_use]
    pub fn value(self) -> Option<Decimal> {
        match self {
            Bound::Closed(value) | Bound::Open(value) => Some(value),
            Bound::Unbounded => None,
        }
    }

    fn map(self, f: impl Fn(Decimal) -> Option<Decimal>) -> Option<Bound> {
        Some(match self {
            Bound::Closed(value) => Bound::Closed(f(value)?),
            Bound::Open(value) => Bound::Open(f(value)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }
}

/// All numbers between two ends.
///
/// The notation is the mathematical one: square brackets hold their end, round ones do not.
///
/// ```
/// use crosscheck::quantity::Interval;
/// let over: Interval = "(1.08e12,inf)".parse().unwrap();
/// let point: Interval = "[1.08e12,1.08e12]".parse().unwrap();
/// assert!(!over.overlaps(&point));
/// assert_eq!(over.to_string(), "(1.08e12,inf)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub low: Bound,
    /// The upper end.
    pub high: Bound,
}

impl Interval {
    /// The interval that holds one number alone.
    #[must_use]
    pub fn point(value: Decimal) -> Interval {
        Interval::closed(value, value)
    }

    /// The interval from `low` to `high`, both inclusive.
    #[must_use]
    pub fn closed(low: Decimal, high: Decimal) -> Interval {
        Interval { low: Bound::Closed(low), high: Bound::Closed(high) }
    }

    /// Whether some number lies in both.
    #[must_use]
    pub fn overlaps(&self, other: &Interval) -> bool {
        starts_before_end(self.low, other.high) && starts_before_end(other.low, self.high)
    }

    /// Whether the number lies in the interval.
    #[must_use]
    pub fn contains(&self, value: Decimal) -> bool {
        self.overlaps(&Interval::point(value))
    }

    /// The interval with both ends multiplied by a positive factor, or nothing where a product is too large.
    #[must_use]
    pub fn times(&self, factor: Decimal) -> Option<Interval> {
        self.map(|value| value.checked_mul(factor))
    }

    /// The interval with both ends taken through a rising function, or nothing where that fails.
    #[must_use]
    pub fn map(&self, f: impl Fn(Decimal) -> Option<Decimal>) -> Option<Interval> {
        Some(Interval { low: self.low.map(&f)?, high: self.high.map(&f)? })
    }

    /// The interval on the other side of zero.
    ///
    /// ```
    /// use crosscheck::quantity::Interval;
    /// use rust_decimal::Decimal;
    ///
    /// let fall = Interval::closed(Decimal::from(-17), Decimal::from(-7));
    /// assert_eq!(fall.negated(), Interval::closed(Decimal::from(7), Decimal::from(17)));
    /// ```
    #[must_use]
    pub fn negated(&self) -> Interval {
        let other = |bound: Bound| match bound {
            Bound::Closed(value) => Bound::Closed(-value),
            Bound::Open(value) => Bound::Open(-value),
            Bound::Unbounded => Bound::Unbounded,
        };
        Interval { low: other(self.high), high: other(self.low) }
    }

    /// The interval multiplied by everything between two positive factors, `low_factor` not above `high_factor`.
    #[must_use]
    pub fn times_between(&self, low_factor: Decimal, high_factor: Decimal) -> Option<Interval> {
        let pick = |value: Decimal, outward: Decimal, inward: Decimal| {
            value.checked_mul(if value.is_sign_negative() { inward } else { outward })
        };
        Some(Interval {
            low: self.low.map(|value| pick(value, low_factor, high_factor))?,
            high: self.high.map(|value| pick(value, high_factor, low_factor))?,
        })
    }

    /// The distance between two intervals that do not overlap, as a share of the nearer end's size; zero where they
    /// touch or overlap.
    ///
    /// Two intervals at 100 and 120 are 0.2 apart: the distance 20 is measured against the smaller end.
    #[must_use]
    pub fn gap(&self, other: &Interval) -> Decimal {
        if self.overlaps(other) {
            return Decimal::ZERO;
        }
        let is_below = !starts_before_end(other.low, self.high);
        let (below, above) = if is_below { (self.high, other.low) } else { (other.high, self.low) };
        let (Some(from), Some(to)) = (below.value(), above.value()) else {
            return Decimal::ZERO;
        };
        let size = from.abs().min(to.abs());
        let size = if size.is_zero() { from.abs().max(to.abs()) } else { size };
        if size.is_zero() {
            return Decimal::ZERO;
        }
        to.checked_sub(from).and_then(|distance| distance.checked_div(size)).unwrap_or(Decimal::MAX).abs()
    }

    /// What two intervals have in common, or nothing where they do not overlap.
    #[must_use]
    pub fn meet(&self, other: &Interval) -> Option<Interval> {
        self.overlaps(other).then(|| Interval {
            low: tighter(self.low, other.low, Ordering::Greater),
            high: tighter(self.high, other.high, Ordering::Less),
        })
    }

    /// Whether the interval is one number alone.
    #[must_use]
    pub fn is_point(&self) -> bool {
        matches!((self.low, self.high), (Bound::Closed(low), Bound::Closed(high)) if low == high)
    }
}

/// The bound that leaves less: of two low ones the greater, of two high ones the less; an open one of equal ones.
fn tighter(one: Bound, other: Bound, wanted: Ordering) -> Bound {
    let (Some(first), Some(second)) = (one.value(), other.value()) else {
        return if one == Bound::Unbounded { other } else { one };
    };
    match first.cmp(&second) {
        Ordering::Equal if matches!(one, Bound::Open(_)) => one,
        Ordering::Equal => other,
        order if order == wanted => one,
        Ordering::Less | Ordering::Greater => other,
    }
}

/// Whether a low bound lies at or before a high bound, so that something is left between them.
fn starts_before_end(low: Bound, high: Bound) -> bool {
    match (low, high) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
        (Bound::Closed(low), Bound::Closed(high)) => low <= high,
        (Bound::Closed(low) | Bound::Open(low), Bound::Open(high))
        | (Bound::Open(low), Bound::Closed(high)) => low.cmp(&high) == Ordering::Less,
    }
}

impl Interval {
    /// Writes the notation with each number as the caller writes numbers.
    pub(super) fn write_with(
        &self,
        f: &mut fmt::Formatter<'_>,
        number: impl Fn(Decimal, &mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        let end =
            |bound: Bound, f: &mut fmt::Formatter<'_>| bound.value().map_or(Ok(()), |value| number(value, f));
        f.write_str(match self.low {
            Bound::Closed(_) => "[",
            Bound::Open(_) => "(",
            Bound::Unbounded => "(-inf",
        })?;
        end(self.low, f)?;
        f.write_str(",")?;
        end(self.high, f)?;
        f.write_str(match self.high {
            Bound::Closed(_) => "]",
            Bound::Open(_) => ")",
            Bound::Unbounded => "inf)",
        })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_with(f, |value, f| write!(f, "{}", Notation(value)))
    }
}

impl FromStr for Interval {
    type Err = String;

    fn from_str(text: &str) -> Result<Interval, String> {
        let problem =
            || format!("expected an interval such as [1.25e12,1.35e12] or (40,inf), found `{text}`");
        let open_low = text.starts_with('(');
        let open_high = text.ends_with(')');
        let inner = text
            .strip_prefix(['[', '('])
            .and_then(|rest| rest.strip_suffix([']', ')']))
            .ok_or_else(problem)?;
        let (low, high) = inner.split_once(',').ok_or_else(problem)?;
        let bound = |word: &str, is_open: bool, unbounded: &str| {
            if word == unbounded {
                return Ok(Bound::Unbounded);
            }
            // Days are written as dates where the unit is one.
            let value = parse_decimal(word).or_else(|| parse_day(word)).ok_or_else(problem)?;
            Ok::<Bound, String>(if is_open { Bound::Open(value) } else { Bound::Closed(value) })
        };
        Ok(Interval { low: bound(low, open_low, "-inf")?, high: bound(high, open_high, "inf")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(text: &str) -> Interval {
        text.parse().unwrap()
    }

    #[test]
    fn an_open_end_does_not_meet_a_closed_one_at_the_same_number() {
        assert!(!interval("(5,inf)").overlaps(&interval("[1,5]")));
        assert!(interval("[5,inf)").overlaps(&interval("[1,5]")));
        assert!(!interval("(5,9]").overlaps(&interval("[1,5)")));
    }

    #[test]
    fn a_gap_is_measured_against_the_smaller_end() {
        assert_eq!(interval("[120,130]").gap(&interval("[90,100]")), Decimal::new(2, 1));
        assert_eq!(interval("[90,100]").gap(&interval("[120,130]")), Decimal::new(2, 1));
        assert_eq!(interval("(-inf,100]").gap(&interval("[150,inf)")), Decimal::new(5, 1));
        assert_eq!(interval("[90,100]").gap(&interval("[100,130]")), Decimal::ZERO);
    }

    #[test]
    fn what_two_intervals_share_keeps_the_tighter_ends() {
        for (one, other, shared) in [
            ("[1,5]", "(3,inf)", Some("(3,5]")),
            ("[1,5]", "(1,5)", Some("(1,5)")),
            ("(-inf,inf)", "[2,2]", Some("[2,2]")),
            ("[1,2]", "[3,4]", None),
        ] {
            assert_eq!(interval(one).meet(&interval(other)), shared.map(interval));
            assert_eq!(interval(other).meet(&interval(one)), shared.map(interval));
        }
    }

    #[test]
    fn multiplying_between_two_factors_widens_both_ends() {
        let wide = interval("[100,200]").times_between(Decimal::new(9, 1), Decimal::new(11, 1));
        assert_eq!(wide, Some(interval("[90,220]")));
    }
}
