//! Intervals, units and quantities parse what they print.

use crosscheck::normalise::Claim;
use crosscheck::quantity::currency::currencies;
use crosscheck::quantity::{
    Bound, Dimension, Interval, Quantity, Unit, format_decimal, parse_decimal, units,
};
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::hostile::any_text;
use super::tried;
use crate::corpora;

/// Nouns that look like something else in the notation: a unit, a number, a bound, a mark of the notation itself.
const ODD_NOUNS: &[&str] = &[
    "bar",
    "date",
    "year",
    "clock",
    "USD",
    "GW",
    "m",
    "%",
    "‰",
    "s old",
    "a old",
    "US/UK border",
    "and/or",
    "in",
    "inf",
    "-inf",
    "1e5",
    "1,000",
    "in 1",
    ">=5",
    "(x)",
    "in (a",
    "bar (count)",
    " (count)",
    "man of war",
    "l'œil",
    "学校",
    "person",
];

fn decimal() -> impl Strategy<Value = Decimal> + Clone {
    const LARGEST: i128 = (1 << 96) - 1;
    prop_oneof![
        (-1_000_i64..100_000).prop_map(Decimal::from),
        (-LARGEST..=LARGEST, 0_u32..=28)
            .prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale)),
        (-9_999_i128..=9_999, 0_u32..=24)
            .prop_map(|(digits, zeros)| { Decimal::from_i128_with_scale(digits * 10_i128.pow(zeros), 0) }),
        (-9_999_i128..=9_999, 0_u32..=28)
            .prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits, scale)),
        select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO, -Decimal::ZERO, Decimal::ONE]),
    ]
}

fn day() -> impl Strategy<Value = Decimal> + Clone {
    (-9_999_i16..=9_999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| crosscheck::quantity::day_number(Date::new(year, month, day).unwrap()))
}

fn bounds(number: impl Strategy<Value = Decimal> + Clone) -> impl Strategy<Value = Interval> {
    (number.clone(), number, 0_u8..3, 0_u8..3).prop_map(|(one, other, low, high)| {
        let bound = |kind: u8, value: Decimal| match kind {
            0 => Bound::Closed(value),
            1 => Bound::Open(value),
            _ => Bound::Unbounded,
        };
        Interval { low: bound(low, one.min(other)), high: bound(high, one.max(other)) }
    })
}

fn codes(dimension: Option<Dimension>) -> Vec<String> {
    let table = units().all.iter().filter(|entry| dimension.is_none_or(|wanted| entry.dimension == wanted));
    table
        .flat_map(|entry| {
            let prefixed = entry.prefixes.iter().map(|prefix| format!("{prefix}{}", entry.id));
            std::iter::once(entry.id.clone()).chain(prefixed)
        })
        .collect()
}

fn noun() -> impl Strategy<Value = String> {
    prop_oneof![
        select(ODD_NOUNS.to_vec()).prop_map(str::to_owned),
        "[a-z]{1,12}",
        "[\\p{L}\\p{N}'’.&/% -]{1,16}",
        "[^\\[\\]\\n]{1,16}",
    ]
}

/// Units of every dimension but that of dates, which count their days from one value alone.
fn unit() -> impl Strategy<Value = Unit> {
    let codes_of_money: Vec<String> = currencies().all.iter().map(|currency| currency.code.clone()).collect();
    let of_one_code =
        [Dimension::Year, Dimension::Clock, Dimension::Ordinal, Dimension::Magnitude, Dimension::Number];
    prop_oneof![
        select(codes_of_money).prop_map(|code| Unit::money(&code)),
        select(codes(None)).prop_map(|code| Unit::measured(&code).unwrap()),
        select(codes(Some(Dimension::Duration))).prop_map(|code| Unit::age(&Unit::measured(&code).unwrap())),
        select(of_one_code.to_vec()).prop_map(Unit::of),
        noun().prop_map(|noun| Unit::count(&noun)),
    ]
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let plain = (decimal(), bounds(decimal()), 0_u8..5, unit());
    let dated = (day(), bounds(day()), 0_u8..5, Just(Unit::of(Dimension::Date)));
    prop_oneof![4 => plain.boxed(), 1 => dated.boxed()].prop_map(|(value, interval, shape, unit)| {
        let half =
            |low, high| Quantity { interval: Interval { low, high }, best: Some(value), unit: unit.clone() };
        match shape {
            0 => Quantity::exactly(value, unit),
            1 => half(Bound::Open(value), Bound::Unbounded),
            2 => half(Bound::Unbounded, Bound::Closed(value)),
            3 => Quantity { interval, best: None, unit },
            _ => Quantity { interval, best: Some(value), unit },
        }
    })
}

/// What is wrong with how a claim's figures are written, if anything is.
fn misread(claim: &Claim) -> Option<String> {
    let unit = &claim.quantity.unit;
    let hard = Quantity { interval: claim.hard, best: None, unit: unit.clone() };
    let soft = Quantity { interval: claim.soft, best: None, unit: unit.clone() };
    [&claim.quantity, &hard, &soft].into_iter().find_map(|quantity| {
        let written = quantity.to_string();
        let read = written.parse::<Quantity>();
        (read.as_ref() != Ok(quantity)).then(|| format!("`{written}` reads as {read:?}, not as {quantity:?}"))
    })
}

proptest! {
    #![proptest_config(tried())]

    #[test]
    fn a_decimal_reads_back(value in decimal()) {
        prop_assert_eq!(parse_decimal(&format_decimal(value)), Some(value));
    }

    #[test]
    fn an_interval_reads_back(interval in bounds(decimal())) {
        prop_assert_eq!(interval.to_string().parse::<Interval>(), Ok(interval));
    }

    #[test]
    fn a_unit_reads_back(unit in unit()) {
        prop_assert_eq!(unit.to_string().parse::<Unit>(), Ok(unit));
    }

    #[test]
    fn a_quantity_reads_back(quantity in quantity()) {
        prop_assert_eq!(quantity.to_string().parse::<Quantity>(), Ok(quantity));
    }

    #[test]
    fn whatever_is_read_in_a_text_is_written_so_that_it_reads_back((format, text) in any_text()) {
        for claim in super::hostile::claims(format, text.as_bytes()) {
            let problem = misread(&claim);
            prop_assert!(problem.is_none(), "{}", problem.unwrap_or_default());
        }
    }
}

#[test]
fn every_claim_of_the_corpora_is_written_so_that_it_reads_back() {
    let problems: Vec<String> = corpora::all_files()
        .iter()
        .flat_map(|found| {
            let (bytes, _) = corpora::open(found);
            let claims = super::hostile::claims(found.format, &bytes);
            claims
                .iter()
                .filter_map(misread)
                .map(|problem| format!("{}: {problem}", found.shown))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
