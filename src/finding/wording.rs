//! The words that all rules share: how an interval, a weekday and a distance are said.

use rust_decimal::Decimal;

use crate::normalise::Claim;
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
