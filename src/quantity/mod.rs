//! Numbers with a unit, exactly: intervals, units, currencies and exchange rates.
//!
//! Everything here is arithmetic and tables; nothing knows about text.

pub mod currency;
mod interval;
mod precision;
pub mod rate;
mod rate_table;
mod unit;
mod words;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

pub use interval::{Bound, Interval};
pub use precision::{Hedge, Precision, PrintedFigure};
pub use unit::{Dimension, Unit, UnitEntry, units};
pub use words::{
    day_in_words, figure_in_words, interval_in_words, rate_in_words, rate_value_in_words, readable,
    scale_in_words, weekday_in_words,
};

/// A number, or a stretch of numbers, of one unit.
///
/// It has one written notation, which [`Display`](fmt::Display) writes and [`FromStr`] reads back unchanged:
///
/// | written | means |
/// | --- | --- |
/// | `1.3e12 USD` | exactly that many dollars |
/// | `1.3e12 in [1.25e12,1.35e12] USD` | that figure, and what its rounding leaves open, both ends inclusive |
/// | `>=40 person` | forty or more; also `>`, `<`, `<=` |
/// | `[2e14,9.99e14] KRW` | somewhere in between, no figure given |
/// | `2026-07-02 date` | a day; the unit `year` counts years |
///
/// ```
/// use crosscheck::quantity::Quantity;
/// let quantity: Quantity = "1.3e12 in [1.25e12,1.35e12] USD".parse().unwrap();
/// assert_eq!(quantity.to_string(), "1.3e12 in [1.25e12,1.35e12] USD");
/// assert!("1.3e12 of [USD".parse::<Quantity>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Everything the quantity may be.
    pub interval: Interval,
    /// The figure itself, where one was given.
    pub best: Option<Decimal>,
    /// What is counted or measured.
    pub unit: Unit,
}

impl Quantity {
    /// The quantity that is one number exactly.
    #[must_use]
    pub fn exactly(value: Decimal, unit: Unit) -> Quantity {
        Quantity { interval: Interval::point(value), best: Some(value), unit }
    }

    /// The same quantity in its dimension's base unit, or nothing where the unit has none or a product is too large.
    ///
    /// Money and counts are their own base.
    #[must_use]
    pub fn canonical(&self) -> Option<Quantity> {
        let base = self.unit.base();
        let interval = self.interval.map(|value| self.unit.to_base(value))?;
        let best = match self.best {
            Some(value) => Some(self.unit.to_base(value)?),
            None => None,
        };
        Some(Quantity { interval, best, unit: base })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_date = self.unit.dimension == Dimension::Date;
        let number =
            |value: Decimal, f: &mut fmt::Formatter<'_>| match is_date.then(|| day_of(value)).flatten() {
                Some(day) => write!(f, "{day}"),
                None => write!(f, "{}", Notation(value)),
            };
        let Interval { low, high } = self.interval;
        let (sign, alone) = match (low, high, self.best) {
            (Bound::Closed(low), Bound::Closed(high), Some(best)) if low == high && low == best => ("", true),
            (Bound::Closed(low), Bound::Unbounded, Some(best)) if low == best => (">=", true),
            (Bound::Open(low), Bound::Unbounded, Some(best)) if low == best => (">", true),
            (Bound::Unbounded, Bound::Closed(high), Some(best)) if high == best => ("<=", true),
            (Bound::Unbounded, Bound::Open(high), Some(best)) if high == best => ("<", true),
            (_, _, Some(_) | None) => ("", false),
        };
        if let Some(best) = self.best {
            f.write_str(sign)?;
            number(best, f)?;
        }
        if !alone {
            f.write_str(if self.best.is_some() { " in " } else { "" })?;
            self.interval.write_with(f, number)?;
        }
        if self.unit.code.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

impl FromStr for Quantity {
    type Err = String;

    fn from_str(text: &str) -> Result<Quantity, String> {
        let (head, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (interval_text, unit_text) = match rest.strip_prefix("in ") {
            Some(after) if is_interval(after) => {
                let (interval, unit) = after.split_once(' ').unwrap_or((after, ""));
                (Some(interval), unit)
            }
            Some(_) | None => (None, rest),
        };
        if unit_text.strip_prefix("in ").is_some_and(is_interval) {
            return Err(format!("expected a unit behind the interval, found `{unit_text}`"));
        }
        let unit: Unit = unit_text.parse()?;
        if head.starts_with(['[', '(']) {
            return Ok(Quantity { interval: head.parse()?, best: None, unit });
        }
        let digits = head.trim_start_matches(['<', '>', '=']);
        let is_date = unit.dimension == Dimension::Date;
        let value = if is_date { parse_day(digits) } else { parse_decimal(digits) }
            .ok_or_else(|| format!("expected a number such as 1.3e12, found `{head}`"))?;
        let interval = match (head.strip_suffix(digits).unwrap_or(""), interval_text) {
            ("", Some(interval)) => interval.parse()?,
            ("", None) => Interval::point(value),
            (">=", None) => Interval { low: Bound::Closed(value), high: Bound::Unbounded },
            (">", None) => Interval { low: Bound::Open(value), high: Bound::Unbounded },
            ("<=", None) => Interval { low: Bound::Unbounded, high: Bound::Closed(value) },
            ("<", None) => Interval { low: Bound::Unbounded, high: Bound::Open(value) },
            (sign, _) => {
                return Err(format!("expected >=, >, <= or < alone before a number, found `{sign}`"));
            }
        };
        Ok(Quantity { interval, best: Some(value), unit })
    }
}

/// Whether a text begins with an interval: "(count)" does not.
fn is_interval(text: &str) -> bool {
    text.starts_with('[') || text.starts_with('(') && text.contains(',')
}

/// Reads a decimal with or without an exponent, exactly; nothing where it has more than 28 digits or is no number.
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let mantissa = Decimal::from_str_exact(mantissa).ok()?;
    times_power_of_ten(mantissa, exponent)
}

/// A number's digits from the first to the last that is no zero, without sign and decimal mark: what a slip of scale keeps.
///
/// ```
/// use crosscheck::quantity::significant_digits;
/// use rust_decimal::Decimal;
///
/// assert_eq!(significant_digits(Decimal::new(-10_500, 1)), "105");
/// assert_eq!(significant_digits(Decimal::ZERO), "");
/// ```
#[must_use]
pub fn significant_digits(value: Decimal) -> String {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').to_owned()
}

/// Multiplies by a power of ten, exactly; nothing where the product has too many digits.
#[must_use]
pub fn times_power_of_ten(value: Decimal, exponent: i32) -> Option<Decimal> {
    let mut result = value;
    for _ in 0..exponent.unsigned_abs().min(60) {
        result = if exponent < 0 {
            let quotient = result.checked_div(Decimal::TEN)?;
            if quotient.checked_mul(Decimal::TEN)? != result {
                return None;
            }
            quotient
        } else {
            result.checked_mul(Decimal::TEN)?
        };
    }
    Some(result.normalize())
}

/// Writes a decimal in the shorter of the plain and the exponent notation: `1.3e12`, `188000`, `0.05`.
#[must_use]
pub fn format_decimal(value: Decimal) -> String {
    Notation(value).to_string()
}

/// A decimal in the shorter of the plain and the exponent notation.
struct Notation(Decimal);

impl fmt::Display for Notation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Whole numbers below have no shorter notation.
        const FEWEST: u128 = 1_000_000;
        let value = self.0.normalize();
        let whole = value.mantissa().unsigned_abs();
        if value.scale() > 0 || whole < FEWEST {
            return plain(value, f);
        }
        let exponent = whole.ilog10();
        let (mut significant, mut digits) = (whole, exponent + 1);
        while significant.is_multiple_of(10) {
            significant /= 10;
            digits -= 1;
        }
        let point = u32::from(digits > 1);
        let scientific = digits + point + 1 + exponent.ilog10() + 1;
        if scientific > exponent {
            return plain(value, f);
        }
        let sign = if value.is_sign_negative() { "-" } else { "" };
        let first = 10_u128.pow(digits - 1);
        write!(f, "{sign}{}", significant / first)?;
        if digits > 1 {
            let width = digits as usize - 1;
            write!(f, ".{:0width$}", significant % first)?;
        }
        write!(f, "e{exponent}")
    }
}

/// A decimal as it is, without zeros behind its last digit.
#[derive(Debug, Clone, Copy)]
pub struct Plain(pub Decimal);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        plain(self.0.normalize(), f)
    }
}

/// Writes a normal decimal as it is; most are small whole numbers.
fn plain(value: Decimal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match i64::try_from(value.mantissa()) {
        Ok(whole) if value.scale() == 0 => write!(f, "{whole}"),
        Ok(_) | Err(_) => write!(f, "{value}"),
    }
}

/// The number by which dates are compared: days since 1 January 1970, negative before it.
#[must_use]
pub fn day_number(date: jiff::civil::Date) -> Decimal {
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = epoch.until(date).map_or(0, |span| span.get_days());
    Decimal::from(days)
}

/// The date of a [`day_number`], or nothing outside the calendar.
#[must_use]
pub fn day_of(number: Decimal) -> Option<jiff::civil::Date> {
    let days = Some(number).filter(|number| number.fract().is_zero())?;
    let days = i64::try_from(days).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Writes a day number as an ISO 8601 date.
#[must_use]
pub fn format_day(number: Decimal) -> String {
    day_of(number).map_or_else(|| format_decimal(number), |date| date.to_string())
}

pub(crate) fn parse_day(text: &str) -> Option<Decimal> {
    text.parse::<jiff::civil::Date>().ok().map(day_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_written_in_the_shorter_notation() {
        for (value, written) in [
            ("1300000000000", "1.3e12"),
            ("188000", "188000"),
            ("8400000000", "8.4e9"),
            ("1234567890", "1234567890"),
            ("0.05", "0.05"),
            ("-2000000", "-2e6"),
        ] {
            assert_eq!(format_decimal(parse_decimal(value).unwrap()), written);
            assert_eq!(parse_decimal(written), parse_decimal(value));
        }
    }

    #[test]
    fn a_day_is_written_as_its_date() {
        let quantity: Quantity = "2026-07-02 date".parse().unwrap();
        assert_eq!(quantity.best, Some(day_number(jiff::civil::date(2026, 7, 2))));
        assert_eq!(quantity.to_string(), "2026-07-02 date");
    }

    #[test]
    fn a_number_too_large_to_hold_is_refused() {
        assert_eq!(parse_decimal("1e40"), None);
        assert_eq!(parse_decimal("99999999999999999999999999999999"), None);
    }
}
