//! Quantities as a person reads them.

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use super::rate::Rate;
use super::{Bound, Dimension, Interval, Unit, format_day, format_decimal, times_power_of_ten};

/// Writes a number as a person reads it: "1.3 trillion", "8,400", "0.05".
///
/// Rounded to at most four significant digits above a million; exact below.
#[must_use]
pub fn readable(value: Decimal) -> String {
    let size = value.abs();
    let (scale, name) = scale_in_words(value);
    if !name.is_empty()
        && let Some(mantissa) = value.checked_div(scale)
    {
        let decimals = if mantissa.abs() >= Decimal::ONE_THOUSAND { 0 } else { 3 };
        let digits = mantissa.round_dp(decimals).normalize();
        return format!("{} {name}", grouped(&digits.to_string()));
    }
    let digits = if size < Decimal::ONE && !size.is_zero() {
        value.round_sf(4).unwrap_or(value)
    } else {
        value.round_dp(4)
    };
    let text = digits.normalize().to_string();
    if text.is_empty() { format_decimal(value) } else { grouped(&text) }
}

/// The scale word that a number is written with, and what it stands for: a million and "million"; one and nothing below.
#[must_use]
pub fn scale_in_words(value: Decimal) -> (Decimal, &'static str) {
    let scales = [(12, "trillion"), (9, "billion"), (6, "million")];
    let scales = scales.map(|(exponent, name)| (times_power_of_ten(Decimal::ONE, exponent), name));
    let fits = scales
        .into_iter()
        .find_map(|(scale, name)| Some((scale.filter(|scale| value.abs() >= *scale)?, name)));
    fits.unwrap_or((Decimal::ONE, ""))
}

/// Puts commas between groups of three digits.
fn grouped(digits: &str) -> String {
    let (whole, decimals) =
        digits.split_once('.').map_or((digits, ""), |(whole, decimals)| (whole, decimals));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut out = String::from(sign);
    for (idx, c) in whole.chars().enumerate() {
        if idx > 0 && (whole.len() - idx) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

/// Writes a figure of a dimension as a person reads it: a day as its date, a year without commas.
#[must_use]
pub fn figure_in_words(value: Decimal, dimension: Dimension) -> String {
    if dimension == Dimension::Date {
        format_day(value)
    } else if dimension == Dimension::Year {
        value.normalize().to_string()
    } else {
        readable(value)
    }
}

/// Writes an interval as a person reads it: "1.25 to 1.35 trillion USD", "more than 40".
#[must_use]
pub fn interval_in_words(interval: &Interval, unit: &Unit) -> String {
    let number = |value: Decimal| figure_in_words(value, unit.dimension);
    let code = unit.shown();
    let code = if code.is_empty() { String::new() } else { format!(" {code}") };
    match (interval.low, interval.high) {
        (Bound::Closed(low), Bound::Closed(high)) if low == high => format!("{}{code}", number(low)),
        (Bound::Unbounded, Bound::Unbounded) => "anything".to_owned(),
        (Bound::Unbounded, Bound::Closed(high)) => format!("at most {}{code}", number(high)),
        (Bound::Unbounded, Bound::Open(high)) => format!("less than {}{code}", number(high)),
        (Bound::Closed(low), Bound::Unbounded) => format!("at least {}{code}", number(low)),
        (Bound::Open(low), Bound::Unbounded) => format!("more than {}{code}", number(low)),
        (Bound::Closed(low) | Bound::Open(low), Bound::Closed(high) | Bound::Open(high)) => {
            format!("{} to {}{code}", shared_scale(&number(low), &number(high)), number(high))
        }
    }
}

/// The low end without the scale word that the high end repeats: "1.25 trillion", "1.35 trillion" → "1.25".
fn shared_scale<'a>(low: &'a str, high: &str) -> &'a str {
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((digits, scale)), Some((_, other))) if scale == other => digits,
        _ => low,
    }
}

/// A day of the week by its name: "Monday".
#[must_use]
pub fn weekday_in_words(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A date as people write it: "2 July 2026".
#[must_use]
pub fn day_in_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|idx| MONTHS.get(idx)).copied().unwrap_or("");
    format!("{} {month} {}", date.day(), date.year())
}

/// A rate with at most five significant digits.
#[must_use]
pub fn rate_value_in_words(value: Decimal) -> String {
    const DIGITS: u32 = 5;
    let rounded = if value >= Decimal::ONE_THOUSAND {
        value.round_dp(2)
    } else {
        value.round_sf(DIGITS).unwrap_or(value)
    };
    readable(rounded)
}

/// The rate of a conversion with its source, date and range: "1.1399 USD for 1 EUR (ECB, 2 July 2026; …)".
#[must_use]
pub fn rate_in_words(from: &str, to: &str, rate: &Rate) -> String {
    format!(
        "{} {to} for 1 {from} ({}, {}; {} to {} within a week)",
        rate_value_in_words(rate.value),
        rate.source,
        day_in_words(rate.date),
        rate_value_in_words(rate.low),
        rate_value_in_words(rate.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_decimal;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        for (value, written) in [
            ("1300000000000", "1.3 trillion"),
            ("2014000000000000", "2,014 trillion"),
            ("8400", "8,400"),
            ("1139900000000", "1.14 trillion"),
            ("43", "43"),
            ("0.05", "0.05"),
            ("-1250.5", "-1,250.5"),
        ] {
            assert_eq!(readable(parse_decimal(value).unwrap()), written);
        }
    }

    #[test]
    fn intervals_are_said_in_words() {
        let unit = Unit::money("USD");
        for (notation, words) in [
            ("[1.25e12,1.35e12]", "1.25 to 1.35 trillion USD"),
            ("(1.08e12,inf)", "more than 1.08 trillion USD"),
            ("(-inf,500]", "at most 500 USD"),
            ("[9.5e8,1.05e9]", "950 million to 1.05 billion USD"),
        ] {
            assert_eq!(interval_in_words(&notation.parse().unwrap(), &unit), words);
        }
    }
}
