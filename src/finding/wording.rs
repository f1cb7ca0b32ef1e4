//! The words that all rules share: how a figure, an interval and a date are said.

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use crate::normalise::Claim;
use crate::quantity::rate::Rate;
use crate::quantity::{interval_in_words, readable};

/// How a claim is taken: its hard interval, and the soft one where that is narrower.
pub(super) fn reads(claim: &Claim) -> String {
    let unit = &claim.quantity.unit;
    let hard = interval_in_words(&claim.hard, unit);
    if claim.hard == claim.soft {
        hard
    } else {
        format!("{hard}, and is taken as {}", interval_in_words(&claim.soft, unit))
    }
}

/// A date as people write it: "2 July 2026".
pub(super) fn date(date: Date) -> String {
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

/// The day of the week of a date.
pub(super) fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A rate with at most five significant digits.
pub(super) fn rate_value(value: Decimal) -> String {
    const DIGITS: u32 = 5;
    let rounded = if value >= Decimal::ONE_THOUSAND {
        value.round_dp(2)
    } else {
        value.round_sf(DIGITS).unwrap_or(value)
    };
    readable(rounded)
}

/// The rate of a conversion with its source, date and range: "1.1399 USD for 1 EUR (ECB, 2 July 2026; …)".
pub(super) fn rate(from: &str, to: &str, rate: &Rate) -> String {
    format!(
        "{} {to} for 1 {from} ({}, {}; {} to {} within a week)",
        rate_value(rate.value),
        rate.source,
        date(rate.date),
        rate_value(rate.low),
        rate_value(rate.high)
    )
}

/// A share as a percentage: 0.0526 → "5.3 %".
pub(super) fn percent(share: Decimal) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX);
    let rounded = if percent >= Decimal::TEN { percent.round_dp(0) } else { percent.round_dp(1) };
    format!("{} %", readable(rounded))
}

/// How far two figures are apart, of the nearer one's share: "5.3 % apart"; from three times on, "12 times apart".
pub(super) fn apart(gap: Decimal) -> String {
    const MANY: Decimal = Decimal::TWO;
    if gap < MANY {
        return format!("{} apart", percent(gap));
    }
    let times = gap.checked_add(Decimal::ONE).unwrap_or(Decimal::MAX);
    let rounded = if times >= Decimal::TEN { times.round_sf(2).unwrap_or(times) } else { times.round_dp(1) };
    format!("{} times apart", readable(rounded))
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(told: &[String]) -> String {
    match told {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Small numbers in words, as text has them.
pub(super) fn count(number: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// The first letter in capitals.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
