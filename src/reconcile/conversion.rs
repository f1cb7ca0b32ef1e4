//! A figure that a report gives in two units: whether the conversion fits a rate, old or new, or the units' factor.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::normalise::{Claim, Kind, Period};
use crate::quantity::currency::currencies;
use crate::quantity::rate::{Rate, RateSource};
use crate::quantity::{Dimension, Interval, PrintedFigure};

use super::Exchange;

/// An implied rate this close to the week's rates, in percent, is current.
const CURRENT_PERCENT: i64 = 2;
/// A conversion that fits no rate and no factor is broken where it misses by more than this, in percent: readers round
/// what they convert.
const BROKEN_PERCENT: i64 = 5;

/// How a stated conversion stands to the rates and factors that are known.
#[derive(Debug, Clone, PartialEq)]
pub enum Conversion {
    /// It fits the report's days.
    Current,
    /// It fits only an old rate.
    Stale {
        /// The rate of the report's days.
        rate: Rate,
        /// The last day on which the rate it implies was the market's.
        last: Date,
    },
    /// It fits no rate, old or new, or not the units' factor.
    Broken {
        /// The original in the second unit, as it should be.
        expected: Decimal,
        /// The rate of the report's days, where it is money.
        rate: Option<Rate>,
    },
}

/// How a conversion stands; nothing where no rate or factor is known, or a figure is a range.
#[must_use]
pub fn conversion(exchange: &Exchange, original: &Claim, converted: &Claim) -> Option<Conversion> {
    if original.quantity.unit.dimension == Dimension::Money {
        of_money(exchange, original, converted)
    } else {
        of_units(original, converted)
    }
}

/// The rate that a conversion states: the converted figure over the original.
#[must_use]
pub fn stated_rate(original: &Claim, converted: &Claim) -> Option<Decimal> {
    converted.value()?.checked_div(original.value()?)
}

fn of_money(exchange: &Exchange, original: &Claim, converted: &Claim) -> Option<Conversion> {
    let (from, to) = (original.quantity.unit.code.as_str(), converted.quantity.unit.code.as_str());
    let (low, high) = implied(original, converted)?;
    let rate = exchange.rate_or_latest(from, to, original.document)?;
    let is_near = low <= rate.high * Decimal::TWO && rate.low <= high * Decimal::TWO;
    if fits(&rate, low, high) || is_near && is_of_another_member(exchange, original, converted, (low, high)) {
        return Some(Conversion::Current);
    }
    if let Some(last) = exchange.last_within(from, to, low, high, original.document) {
        // "Bought in 2014 for €60 million ($80 million at the time)": at the rate of its year.
        let year = original.period.as_ref().and_then(Period::year);
        let is_past = |year: &i16| exchange.date(original.document).is_some_and(|own| *year < own.year());
        if year.filter(is_past).is_some_and(|year| year <= last.year()) {
            return Some(Conversion::Current);
        }
        // Without a date no rate is old.
        return exchange.date(original.document).map(|_| Conversion::Stale { rate, last });
    }
    let expected = original.value()?.checked_mul(rate.value)?;
    let stated = Interval::closed(low, high);
    let is_far = stated.gap(&Interval::closed(rate.low, rate.high)) > Decimal::new(BROKEN_PERCENT, 2);
    is_far.then_some(Conversion::Broken { expected, rate: Some(rate) })
}

fn fits(rate: &Rate, low: Decimal, high: Decimal) -> bool {
    let tolerance = Decimal::new(CURRENT_PERCENT, 2);
    low <= rate.high * (Decimal::ONE + tolerance) && rate.low * (Decimal::ONE - tolerance) <= high
}

/// A sign that several currencies share may be another's: "€412 million ($700 million)" is right in Canada. That
/// explains a rate up to twice as high, or half: beyond it the reader, too, would stumble. Nobody means the dollar of a small
/// island by the bare sign: only currencies of which the European Central Bank gives the rate of each day explain one.
fn is_of_another_member(
    exchange: &Exchange,
    original: &Claim,
    converted: &Claim,
    (low, high): (Decimal, Decimal),
) -> bool {
    let members = |claim: &Claim| -> Vec<String> {
        let own = claim.quantity.unit.code.clone();
        match &claim.family {
            Some(family) => currencies().members(family).map(|currency| currency.code.clone()).collect(),
            None => vec![own],
        }
    };
    let (from, to) = (members(original), members(converted));
    let mut pairs = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
    pairs.any(|(from, to)| {
        let rate = exchange.rate(from, to, original.document);
        rate.is_some_and(|rate| rate.source == RateSource::EcbDaily && fits(&rate, low, high))
    })
}

/// The rates that a conversion may have used: the converted figure's rounding over the original as printed.
fn implied(original: &Claim, converted: &Claim) -> Option<(Decimal, Decimal)> {
    let (PrintedFigure::One(value), PrintedFigure::One(was)) = (original.figure, converted.figure) else {
        return None;
    };
    let rounding = converted.precision.grain.checked_div(Decimal::TWO)?;
    let low = was.checked_sub(rounding)?.checked_div(value)?;
    let high = was.checked_add(rounding)?.checked_div(value)?;
    (low > Decimal::ZERO).then_some((low, high))
}

fn of_units(original: &Claim, converted: &Claim) -> Option<Conversion> {
    let (PrintedFigure::One(value), PrintedFigure::One(_)) = (original.figure, converted.figure) else {
        return None;
    };
    let (from, to) = (&original.quantity.unit, &converted.quantity.unit);
    let is_off = |convert: &dyn Fn(Decimal) -> Option<Decimal>| {
        let should = original.hard.map(convert)?;
        Some(should.gap(&converted.hard) > Decimal::new(BROKEN_PERCENT, 2))
    };
    // A difference of degrees has no zero: 1.1 °C more are 2 °F more.
    let (zero_from, zero_to) = (from.to_base(Decimal::ZERO)?, to.to_base(Decimal::ZERO)?);
    let difference =
        |value: Decimal| to.from_base(from.to_base(value)?.checked_sub(zero_from)?.checked_add(zero_to)?);
    let level = |value: Decimal| to.from_base(from.to_base(value)?);
    let is_change = original.kind == Kind::Change;
    // What is not said to be a change may be one all the same: "5.1 °C (9.2 °F) above the average".
    let is_broken = is_off(&difference)? && (is_change || is_off(&level)?);
    let expected = if is_change { difference(value) } else { level(value) }?;
    Some(if is_broken { Conversion::Broken { expected, rate: None } } else { Conversion::Current })
}
