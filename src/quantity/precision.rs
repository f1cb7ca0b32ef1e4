//! The one table of what a printed figure leaves open: its rounding and its hedge become two intervals.
//!
//! Outside the *hard* interval a figure is contradicted; outside the *soft* one a reader would object. Sources: closed
//! rounding intervals and "same precision must be equal" from XBRL Calculations 1.1 and the SEC's EDGAR rules 6.5.12;
//! hedge words as intervals from Ferson et al., International Journal of Approximate Reasoning 57 (2015); round
//! numbers from Krifka (2007). The caps in percent are our own choice.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Bound, Interval};

/// What a writer put before or behind a figure to say how far it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hedge {
    /// "exactly", "precisely".
    Exactly,
    /// "about", "some", "roughly".
    About,
    /// "nearly", "almost", "just under".
    Nearly,
    /// "just over".
    #[serde(rename = "just over")]
    JustOver,
    /// "more than", "over", "-plus".
    #[serde(rename = "more than")]
    Over,
    /// "at least".
    #[serde(rename = "at least")]
    AtLeast,
    /// "less than", "under".
    #[serde(rename = "less than")]
    Under,
    /// "up to", "as many as", "at most".
    #[serde(rename = "up to")]
    UpTo,
}

impl Hedge {
    /// The word by which reports name the hedge.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Hedge::Exactly => "exactly",
            Hedge::About => "about",
            Hedge::Nearly => "nearly",
            Hedge::JustOver => "just over",
            Hedge::Over => "more than",
            Hedge::AtLeast => "at least",
            Hedge::Under => "less than",
            Hedge::UpTo => "up to",
        }
    }

    /// Whether the hedge only limits one side, so that the figure is a threshold and not a value.
    #[must_use]
    pub fn is_bound(self) -> bool {
        match self {
            Hedge::Over | Hedge::AtLeast | Hedge::Under | Hedge::UpTo => true,
            Hedge::Exactly | Hedge::About | Hedge::Nearly | Hedge::JustOver => false,
        }
    }
}

/// The figure itself, before any hedge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintedFigure {
    /// One number.
    One(Decimal),
    /// "A to B": the two ends, lower first.
    Range(Decimal, Decimal),
    /// "Hundreds of": the two ends, both inclusive.
    Vague(Decimal, Decimal),
    /// "Two-thirds": a share of one.
    Fraction(Decimal),
}

/// How precisely a figure was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// The place value of the last significant digit as written, times the scale word: 0.1e12 for "1.3 trillion".
    pub grain: Decimal,
    /// Whether the grain is a guess from trailing zeros ("188,000").
    pub from_zeros: bool,
    /// Whether the figure counts things one by one.
    pub is_count: bool,
}

/// The smallest count at which a number with trailing zeros is taken as rounded.
const ROUNDED_COUNT: Decimal = Decimal::ONE_HUNDRED;

impl Precision {
    /// That of a figure of which nothing is known but its value: its last digit that is no zero is significant.
    #[must_use]
    pub fn of_value(value: Decimal, is_count: bool) -> Precision {
        let value = value.normalize();
        let mut grain = Decimal::new(1, value.scale());
        let tenfold = |grain: Decimal| {
            let next = grain.checked_mul(Decimal::TEN)?;
            (!value.is_zero() && value.checked_rem(next)?.is_zero()).then_some(next)
        };
        let is_rounded = tenfold(grain).is_some();
        while let Some(next) = tenfold(grain) {
            grain = next;
        }
        Precision { grain, from_zeros: is_rounded, is_count }
    }

    /// The two intervals, hard and soft, of a figure printed with this precision and hedge; nothing on overflow.
    ///
    /// With g the grain and w = min(g/2, 15 %), at most 5 % where g comes from trailing zeros; see the page
    /// `ARCHITECTURE.md` for the whole table.
    #[must_use]
    pub fn intervals(&self, figure: PrintedFigure, hedge: Option<Hedge>) -> Option<(Interval, Interval)> {
        match figure {
            PrintedFigure::One(value) => self.of_one(value, hedge),
            PrintedFigure::Range(low, high) => {
                let range = Interval::closed(
                    low.checked_sub(self.rounding(low)?)?,
                    high.checked_add(self.rounding(high)?)?,
                );
                Some((range, range))
            }
            PrintedFigure::Vague(low, high) => {
                let range = match hedge {
                    Some(Hedge::Over | Hedge::AtLeast) => {
                        Interval { low: Bound::Closed(low), high: Bound::Unbounded }
                    }
                    Some(Hedge::Under | Hedge::UpTo) => {
                        Interval { low: Bound::Unbounded, high: Bound::Closed(high) }
                    }
                    Some(Hedge::Exactly | Hedge::About | Hedge::Nearly | Hedge::JustOver) | None => {
                        Interval::closed(low, high)
                    }
                };
                Some((range, Interval::closed(low, high)))
            }
            PrintedFigure::Fraction(value) if hedge.is_some_and(Hedge::is_bound) => self.of_one(value, hedge),
            PrintedFigure::Fraction(value) => {
                let width = Decimal::new(if hedge.is_some() { 4 } else { 2 }, 2);
                let around = Interval::closed(value.checked_sub(width)?, value.checked_add(width)?);
                Some((around, around))
            }
        }
    }

    fn of_one(&self, value: Decimal, hedge: Option<Hedge>) -> Option<(Interval, Interval)> {
        let grain = self.grain;
        let upwards = |width: Decimal| value.checked_add(width);
        let downwards = |width: Decimal| value.checked_sub(width);
        let around = |width: Decimal| Some(Interval::closed(downwards(width)?, upwards(width)?));
        let reach = share(value, 25)?.min(grain.max(share(value, 10)?));
        Some(match hedge {
            None => {
                let both = around(self.rounding(value)?)?;
                (both, both)
            }
            Some(Hedge::Exactly) => {
                let printed = if self.from_zeros { Decimal::ZERO } else { self.rounding(value)? };
                (around(printed)?, around(printed)?)
            }
            Some(Hedge::About) => {
                let own = self.rounding(value)?;
                let wide = |percent| Some(own.max(grain.min(share(value, percent)?)));
                (around(wide(10)?)?, around(wide(5)?)?)
            }
            Some(Hedge::Nearly) => {
                let below =
                    |percent| Some(Interval::closed(downwards(grain.min(share(value, percent)?))?, value));
                (below(15)?, below(8)?)
            }
            Some(Hedge::JustOver) => {
                let above = Interval {
                    low: Bound::Open(value),
                    high: Bound::Closed(upwards(grain.min(share(value, 10)?))?),
                };
                (above, above)
            }
            Some(Hedge::Over) => (
                Interval { low: Bound::Open(value), high: Bound::Unbounded },
                Interval { low: Bound::Open(value), high: Bound::Closed(upwards(reach)?) },
            ),
            Some(Hedge::AtLeast) => (
                Interval { low: Bound::Closed(value), high: Bound::Unbounded },
                Interval::closed(value, upwards(share(value, 50)?)?),
            ),
            Some(Hedge::Under) => (
                Interval { low: Bound::Unbounded, high: Bound::Open(value) },
                Interval { low: Bound::Closed(downwards(reach)?), high: Bound::Open(value) },
            ),
            Some(Hedge::UpTo) => {
                let below = Interval { low: Bound::Unbounded, high: Bound::Closed(value) };
                (below, around(self.rounding(value)?)?)
            }
        })
    }

    /// What the printed digits leave open on either side of the value.
    fn rounding(&self, value: Decimal) -> Option<Decimal> {
        let is_whole = self.grain <= Decimal::ONE && !self.from_zeros;
        if self.is_count && (is_whole || value.abs() < ROUNDED_COUNT) {
            return Some(Decimal::ZERO);
        }
        let cap = share(value, if self.from_zeros { 5 } else { 15 })?;
        Some(self.grain.checked_div(Decimal::TWO)?.min(cap))
    }

    /// The interval in which a more precise figure counts as cut off rather than rounded: [value, value + grain), at
    /// most 15 % of it, and 5 % where a single digit and zeros leave the grain to guess: nobody cuts 985 off to 900.
    #[must_use]
    pub fn truncation(&self, value: Decimal) -> Option<Interval> {
        let is_guess = self.from_zeros && self.grain.checked_mul(Decimal::TEN)? > value.abs();
        let width = self.grain.min(share(value, if is_guess { 5 } else { 15 })?);
        Some(Interval { low: Bound::Closed(value), high: Bound::Open(value.checked_add(width)?) })
    }
}

/// So many percent of a value's size.
fn share(value: Decimal, percent: u32) -> Option<Decimal> {
    value.abs().checked_mul(Decimal::from(percent))?.checked_div(Decimal::ONE_HUNDRED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_decimal;

    /// `value grain` and a hedge, then the hard and the soft interval.
    #[test]
    fn the_table_reads_as_it_is_written() {
        let number = |text: &str| parse_decimal(text).unwrap();
        for (value, grain, from_zeros, hedge, hard, soft) in [
            ("1.3e12", "1e11", false, None, "[1.25e12,1.35e12]", "[1.25e12,1.35e12]"),
            ("188000", "1000", true, None, "[187500,188500]", "[187500,188500]"),
            ("2e6", "1e6", true, None, "[1.9e6,2.1e6]", "[1.9e6,2.1e6]"),
            ("1.08e12", "1e10", false, Some(Hedge::About), "[1.07e12,1.09e12]", "[1.07e12,1.09e12]"),
            ("10000", "10000", true, Some(Hedge::About), "[9000,11000]", "[9500,10500]"),
            ("500", "100", true, Some(Hedge::Nearly), "[425,500]", "[460,500]"),
            ("1.1e12", "1e11", false, Some(Hedge::Over), "(1.1e12,inf)", "(1.1e12,1.21e12]"),
            ("800", "100", true, Some(Hedge::AtLeast), "[800,inf)", "[800,1200]"),
            ("300000", "100000", true, Some(Hedge::Under), "(-inf,300000)", "[225000,300000)"),
        ] {
            let precision = Precision { grain: number(grain), from_zeros, is_count: false };
            let read = precision.intervals(PrintedFigure::One(number(value)), hedge).unwrap();
            assert_eq!(
                (read.0.to_string(), read.1.to_string()),
                (hard.to_owned(), soft.to_owned()),
                "{value}"
            );
        }
    }

    #[test]
    fn a_small_count_is_the_number_itself() {
        let precision = Precision { grain: Decimal::TEN, from_zeros: true, is_count: true };
        let (hard, _) = precision.intervals(PrintedFigure::One(Decimal::from(40)), None).unwrap();
        assert!(hard.is_point());
    }
}
