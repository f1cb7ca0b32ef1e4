//! Products: so many at a price each and what they cost together; a sum over some years and what that is a year.

use rust_decimal::Decimal;

use crate::lang::Term;
use crate::normalise::part::EACH;
use crate::normalise::{Claim, Kind, Period};
use crate::quantity::{Dimension, Interval};

use super::breakdown::{NEARLY, is_slip, is_total};
use super::passage::{Calculation, Miscalculation, Passage, Stretch, is_of_one_unit, is_own};

/// A product whose total is the claim, or the yearly part of a sum.
pub(super) fn product(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    of_each(passage, stated).or_else(|| a_year(passage, stated))
}

/// "The 30 families get £2,000 each, £66,000 in all": a count, the price of one beside the price of all.
fn of_each(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    let is_price = |claim: &Claim| is_own(claim) && claim.kind != Kind::Change && claim.hedge.is_none();
    let is_money = total.quantity.unit.dimension == Dimension::Money;
    (is_money && is_total(total) && is_price(total)).then_some(())?;
    let is_one = |claim: &&Claim| {
        claim.id.abs_diff(total.id) == 1
            && is_price(claim)
            && claim.is_part(EACH)
            && is_of_one_unit(claim, total)
    };
    let price = passage.sentence.iter().find(is_one)?;
    let is_count = |claim: &&Claim| {
        matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
            && claim.value().is_some()
    };
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_count).collect();
    let around: Vec<&Claim> = passage.before.iter().filter(is_count).collect();
    let times = |count: &Claim| {
        let low = price.hard.low.value()?.checked_mul(count.hard.low.value()?)?;
        let high = price.hard.high.value()?.checked_mul(count.hard.high.value()?)?;
        Some(Interval::closed(low, high))
    };
    let fits = |count: &&Claim| times(count).is_none_or(|product| product.overlaps(&total.hard));
    if own.iter().chain(&around).copied().any(|count| fits(&count)) {
        return None;
    }
    // "Twelve had applied. Those chosen get 4,000 each": the count of another sentence is not that of the prices.
    let [count] = own.as_slice() else { return None };
    let comes_to = price.value()?.checked_mul(count.value()?)?;
    let terms = vec![count.id, price.id];
    (is_own(count) && is_meant(comes_to, total)).then_some(Miscalculation {
        kind: Calculation::Product,
        terms,
        stated: total.id,
        comes_to,
    })
}

/// "240 million over three years, or 90 million a year": a sum, and what is told again of it for one year.
fn a_year(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    const YEAR: &str = "year";
    const YEARS: &str = "a";
    let is_amount = |claim: &Claim| is_own(claim) && claim.kind != Kind::Change && claim.hedge.is_none();
    let is_yearly = matches!(&stated.period, Some(Period::Every(unit)) if unit == YEAR);
    (is_yearly && is_amount(stated) && stated.quantity.unit.dimension.adds_up()).then_some(())?;
    let of_unit = |claim: &&Claim| is_of_one_unit(claim, stated);
    let amounts: Vec<&Claim> = passage.sentence.iter().filter(of_unit).collect();
    let [sum, last] = amounts.as_slice() else { return None };
    let Some(Period::Span(years)) = sum.period.as_ref().filter(|_| last.id == stated.id) else { return None };
    let is_stretch = |claim: &&Claim| {
        claim.quantity.unit.code == YEARS
            && claim.value() == Some(Decimal::from(*years))
            && claim.id < stated.id
    };
    let stretch = passage.sentence.iter().find(is_stretch)?;
    let between = Stretch::of(passage.document, sum.text.end.max(stretch.text.end)..stated.text.start);
    (is_amount(sum) && between.ends_with(|term| matches!(term, Term::Restating))).then_some(())?;
    let years = Decimal::from(*years);
    let part = |of: Option<Decimal>| of?.checked_div(years);
    let share = Interval::closed(part(sum.hard.low.value())?, part(sum.hard.high.value())?);
    let comes_to = part(sum.value())?;
    let terms = vec![sum.id, stretch.id];
    (!share.overlaps(&stated.hard) && is_meant(comes_to, stated)).then_some(Miscalculation {
        kind: Calculation::Average,
        terms,
        stated: stated.id,
        comes_to,
    })
}

/// Whether a figure is near enough to what its terms come to, or a slip of it, to be meant as that.
fn is_meant(comes_to: Decimal, stated: &Claim) -> bool {
    let ratio = || {
        let value = stated.value()?;
        comes_to.max(value).checked_div(comes_to.min(value))
    };
    ratio().is_some_and(|ratio| ratio <= NEARLY) || is_slip(comes_to, stated)
}
