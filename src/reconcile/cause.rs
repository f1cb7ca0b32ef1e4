//! The likely cause of a disagreement: what turns one figure into the other.

use jiff::ToSpan as _;
use rust_decimal::Decimal;

use crate::extract::Role;
use crate::lang::measure;
use crate::normalise::Claim;
use crate::quantity::{Dimension, parse_decimal, readable, significant_digits};

use super::figures::{is_under_another_unit, thousands_apart};
use super::{Conversion, Exchange, conversion, stated_rate};

/// A likely cause, best first in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// A short name: `scale-slip`.
    pub cause: &'static str,
    /// What speaks for it.
    pub why: String,
}

/// Factors by which slips multiply, with what they come from.
const SCALES: [(&str, &str); 7] = [
    (
        "1e3",
        "thousand for million, million for billion, billion for trillion, or a decimal comma read as a thousands mark",
    ),
    ("1e6", "million for trillion, or the long scale for the short"),
    ("1e4", "four digits too many or too few, as where 万 or 만 is dropped or doubled"),
    ("1e8", "eight digits too many or too few, as where 億, 亿 or 억 is dropped or doubled"),
    ("1e5", "five digits too many or too few, as where lakh is dropped or doubled"),
    ("10", "a digit too many or too few"),
    ("100", "two digits too many or too few, or lakh for crore"),
];

/// Factors between units that share a name or stand beside each other (NIST Handbook 44).
const UNITS: [(Dimension, &str, &str); 6] = [
    (Dimension::Length, "1.609344", "miles and kilometres"),
    (Dimension::Speed, "1.609344", "miles and kilometres"),
    (Dimension::Area, "2.4710538", "hectares and acres"),
    (Dimension::Length, "3.28084", "metres and feet"),
    (Dimension::Mass, "1.10231", "metric and short tons"),
    (Dimension::Mass, "2.20462", "kilograms and pounds"),
];

/// Two figures' ratio may miss a unit's factor by so much, in percent.
const FACTOR_TOLERANCE_PERCENT: i64 = 1;

/// How sure a cause is where it fits, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The same number in another unit or currency.
    NumberKept,
    /// The same number but for the prefixes of two kinds of units.
    SizeKept,
    /// The figure that the other report gives as the earlier one.
    Earlier,
    /// What befell people in another way is counted with it.
    Mixed,
    /// The same digits in another scale.
    Scale,
    /// The ratio of two units.
    Factor,
    Transposed,
    Mistyped,
    /// A rate that was once the market's: many rates were, and so it is sought only where nothing else fits.
    OldRate,
}

/// Two rates further apart than this share are no older and newer rate of one sum.
const STALE_AT_MOST_PERCENT: i64 = 15;

/// A rate that was last the market's longer ago than this is in nobody's head or table.
const STALE_AT_MOST_YEARS: i32 = 5;

/// Claims of a side that are held against those of another at most.
const MOST_OF_A_SIDE: usize = 12;

/// Every cause that turns a figure of one side into one of the other, the surest first, each name once.
///
/// All claims of the sides are held against each other, those that restate another too: the sum that was not converted
/// stands in the restatement.
#[must_use]
pub fn causes(claims: &[Claim], exchange: &Exchange, left: &[usize], right: &[usize]) -> Vec<Cause> {
    let side = |ids: &[usize]| -> Vec<&Claim> {
        ids.iter().take(MOST_OF_A_SIDE).filter_map(|id| claims.get(*id)).collect()
    };
    let (left, right) = (side(left), side(right));
    let mut found: Vec<(Rank, Cause)> = Vec::new();
    for one in &left {
        for other in &right {
            found.extend(between(one, other));
            found.extend(earlier(claims, one, other).map(|cause| (Rank::Earlier, cause)));
            found.extend(mixed(claims, one, other).map(|cause| (Rank::Mixed, cause)));
        }
    }
    if found.is_empty() {
        let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
        let mut pairs = pairs.filter_map(|(one, other)| old_rate(exchange, one, other));
        found.extend(pairs.next().map(|cause| (Rank::OldRate, cause)));
    }
    found.sort_by_key(|(rank, _)| *rank);
    let mut causes: Vec<Cause> = Vec::new();
    for (_, cause) in found {
        if causes.iter().all(|known| known.cause != cause.cause) {
            causes.push(cause);
        }
    }
    causes
}

/// What turns one claim's figure into the other's.
fn between(one: &Claim, other: &Claim) -> Vec<(Rank, Cause)> {
    let mut found: Vec<(Rank, Cause)> = number_kept(one, other).into_iter().collect();
    if one.is_of_other_stretch(other)
        && one.value() == other.value()
        && let (Some(first), Some(second)) = (&one.period, &other.period)
    {
        let why = format!("one number, {first} in one report and {second} in the other");
        found.push((Rank::NumberKept, Cause { cause: "period-slip", why }));
    }
    let (Some(first), Some(second)) = (one.in_base(), other.in_base()) else {
        return found;
    };
    let (unit, other_unit) = (&one.quantity.unit, &other.quantity.unit);
    // The nouns of one count differ between languages, and within one.
    let is_counted = unit.dimension == Dimension::Count && other_unit.dimension == Dimension::Count;
    if !is_counted && !unit.has_base_of(other_unit) || first.is_zero() || second.is_zero() {
        return found;
    }
    let (low, high) = if first.abs() < second.abs() { (first, second) } else { (second, first) };
    for (factor, what) in SCALES {
        if parse_decimal(factor).and_then(|factor| low.checked_mul(factor)) == Some(high) {
            let times = parse_decimal(factor).map(readable).unwrap_or_default();
            let why = format!("the same digits, {times} times apart: {what}");
            found.push((Rank::Scale, Cause { cause: "scale-slip", why }));
        }
    }
    if found.is_empty()
        && let Some(factor) = thousands_apart(one, other)
        && let Some((_, what)) = SCALES.iter().find(|(scale, _)| parse_decimal(scale) == Some(factor))
    {
        let why = format!("about {} times apart: {what}", readable(factor));
        found.push((Rank::Scale, Cause { cause: "scale-slip", why }));
    }
    if let Some((slip, why)) = keys(one, other) {
        let rank = match slip {
            Slip::Transposed => Rank::Transposed,
            Slip::Mistyped { .. } => Rank::Mistyped,
        };
        found.push((rank, Cause { cause: "digits", why: why.to_owned() }));
    }
    let ratio = high.checked_div(low).unwrap_or_default();
    let tolerance = Decimal::new(FACTOR_TOLERANCE_PERCENT, 2);
    let is_of = |factor: &str| {
        let off = parse_decimal(factor).and_then(|factor| (ratio - factor).abs().checked_div(factor));
        off.is_some_and(|off| off <= tolerance)
    };
    let mut units = UNITS.iter().filter(|(dimension, ..)| *dimension == unit.dimension);
    if let Some((_, _, what)) = units.find(|(_, factor, _)| is_of(factor)) {
        let why = format!("the ratio is that of {what}");
        found.push((Rank::Factor, Cause { cause: "unit-slip", why }));
    }
    found
}

/// The same number in another currency or unit.
fn number_kept(one: &Claim, other: &Claim) -> Option<(Rank, Cause)> {
    let (unit, other_unit) = (&one.quantity.unit, &other.quantity.unit);
    let is_printed = one.value().is_some() && is_same_value(one, other);
    let is_kept = unit != other_unit && (is_printed || is_under_another_unit(one, other));
    let is_counted = [unit, other_unit].iter().any(|unit| unit.dimension == Dimension::Count);
    if !is_kept || is_counted {
        return None;
    }
    let of = |dimension: Dimension| unit.dimension == dimension || other_unit.dimension == dimension;
    let money = "a sum that was not converted";
    let (cause, what) = if of(Dimension::Money) {
        ("currency-slip", money)
    } else if of(Dimension::Points) {
        ("percent-for-points", "the unit changed, and the number did not")
    } else {
        ("unit-slip", "the unit changed, and the number did not")
    };
    let (rank, units) = if is_printed {
        (Rank::NumberKept, [unit.clone(), other_unit.clone()])
    } else {
        (Rank::SizeKept, [unit.base(), other_unit.base()])
    };
    let why = format!("the same number in {} and in {}: {what}", units[0], units[1]);
    Some((rank, Cause { cause, why }))
}

/// One report's figure is what the other gives beside its own as the earlier one.
fn earlier(claims: &[Claim], one: &Claim, other: &Claim) -> Option<Cause> {
    let (told, _) = told_as_earlier(claims, one, other)?;
    let figure = readable(told.value()?);
    let why = format!(
        "{figure} {} is the earlier figure that the other report gives beside its own",
        told.quantity.unit
    );
    Some(Cause { cause: "previous-period", why })
}

/// One report counts those of whom worse may be told later, whom the other tells beside its own figure: the missing among
/// the dead.
fn mixed(claims: &[Claim], one: &Claim, other: &Claim) -> Option<Cause> {
    let (toll, beside) = taken_in(claims, one, other)?;
    let (toll, rest) = (readable(toll.value()?), readable(beside.value()?));
    let label = &measure(beside.measure?)?.label;
    let why = format!("{toll} and the {rest} told beside it as {label} come to the other figure");
    Some(Cause { cause: "part-of-total", why })
}

/// The smaller of two figures of one measure, and that of another which may become this beside it, where both make the larger.
pub(super) fn taken_in<'a>(
    claims: &'a [Claim],
    one: &'a Claim,
    other: &'a Claim,
) -> Option<(&'a Claim, &'a Claim)> {
    const REACH: usize = 3;
    let own = one.measure.filter(|id| other.measure == Some(*id) && one.document != other.document)?;
    let may_become = |claim: &Claim| {
        let becomes = claim.measure.and_then(measure).map(|measure| measure.becomes.as_slice());
        becomes.unwrap_or_default().iter().any(|id| id == own)
    };
    let (toll, all) = if one.value()? < other.value()? { (one, other) } else { (other, one) };
    let rest = all.value()?.checked_sub(toll.value()?)?;
    let near = toll.id.saturating_sub(REACH)..(toll.id + REACH + 1).min(claims.len());
    let is_rest = |claim: &&Claim| {
        claim.document == toll.document
            && claim.value() == Some(rest)
            && claim.is_compared()
            && is_counted(claim)
            && may_become(claim)
    };
    claims.get(near)?.iter().find(is_rest).map(|beside| (toll, beside))
}

/// Which of two reports' figures is what the other report gives beside its own as the earlier one.
#[must_use]
pub fn earlier_of<'a>(claims: &[Claim], one: &'a Claim, other: &'a Claim) -> Option<&'a Claim> {
    told_as_earlier(claims, one, other).map(|(_, taken)| taken)
}

/// The earlier figure right behind one of two claims, where it is the other report's, which comes second: "4.6 billion, up
/// from 4.4". One that stands before, "to grow from 78 to 92", may still be the present one.
pub(super) fn told_as_earlier<'a, 'b>(
    claims: &'a [Claim],
    one: &'b Claim,
    other: &'b Claim,
) -> Option<(&'a Claim, &'b Claim)> {
    const REACH: usize = 3;
    let behind = |present: &'b Claim, taken: &'b Claim| {
        let is_of_sentence =
            |claim: &&Claim| claim.document == present.document && claim.sentence == present.sentence;
        // "Rose to 43.6 years from 40.1": the earlier one need not repeat the unit.
        let is_bare =
            |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number && claim.role == Role::Before;
        let is_of_unit =
            |claim: &&Claim| is_bare(claim) || claim.quantity.unit.has_base_of(&taken.quantity.unit);
        let is_earlier = |claim: &&Claim| {
            let is_taken = claim.in_base().is_some() && claim.in_base() == taken.in_base();
            claim.role == Role::Before && (is_taken || is_bare(claim) && is_same_value(claim, taken))
        };
        // "Five members against four", "half": a digit is too common to be known again.
        let is_digit = taken.value().is_some_and(|value| significant_digits(value).len() < 2);
        if is_digit || present.document == taken.document {
            return None;
        }
        let mut own = claims.iter().skip(present.id + 1).take(REACH).take_while(is_of_sentence);
        let told = own.find(is_of_unit).filter(is_earlier)?;
        // "14 ships, with which the fleet grows from 78 to 92": where a change of its own begins.
        let next = claims.get(told.id + 1).filter(is_of_sentence);
        next.is_none_or(|next| !is_of_unit(&next)).then_some((told, taken))
    };
    behind(one, other).or_else(|| behind(other, one))
}

/// One sum is the other at a rate that was the market's once, and is not at its day.
fn old_rate(exchange: &Exchange, one: &Claim, other: &Claim) -> Option<Cause> {
    let (unit, other_unit) = (&one.quantity.unit, &other.quantity.unit);
    let is_of_money = unit.dimension == Dimension::Money && other_unit.dimension == Dimension::Money;
    if !is_of_money || unit.code == other_unit.code {
        return None;
    }
    let implied = stated_rate(one, other)?;
    let rate = exchange.rate_or_latest(&unit.code, &other_unit.code, one.document)?;
    let off = (implied - rate.value).abs().checked_div(rate.value)?;
    if off > Decimal::new(STALE_AT_MOST_PERCENT, 2) {
        return None;
    }
    let Conversion::Stale { last, .. } = conversion(exchange, one, other)? else { return None };
    let day = exchange.date(one.document).or_else(|| exchange.date(other.document))?;
    let is_remembered = day.checked_sub(STALE_AT_MOST_YEARS.years()).is_ok_and(|oldest| oldest <= last);
    is_remembered.then(|| Cause {
        cause: "stale-rate",
        why: format!(
            "{} {} for 1 {} was last the rate on {last}",
            readable(implied.round_sf(4).unwrap_or(implied)),
            other_unit.code,
            unit.code
        ),
    })
}

/// The slip of scale between what a figure should be and what it is, both rounded to what the rougher one says; of
/// money a rate lies between, so that the digits need not be the same.
#[must_use]
pub fn scale_slip(expected: Decimal, stated: Decimal, is_rough: bool) -> Option<Cause> {
    const EXACT_PERCENT: i64 = 2;
    const ROUGH_PERCENT: i64 = 20;
    let (low, high) = if expected.abs() < stated.abs() { (expected, stated) } else { (stated, expected) };
    let ratio = high.checked_div(low)?;
    let tolerance = Decimal::new(if is_rough { ROUGH_PERCENT } else { EXACT_PERCENT }, 2);
    SCALES.iter().find_map(|(factor, what)| {
        let factor = parse_decimal(factor)?;
        let off = (ratio - factor).abs().checked_div(factor)?;
        (off <= tolerance).then(|| Cause {
            cause: "scale-slip",
            why: format!(
                "about {} times too {}: {what}",
                readable(factor),
                if stated == high { "much" } else { "little" }
            ),
        })
    })
}

/// Whether a ratio is that of two words for a scale: of thousands, or of ten thousands.
fn is_scale_word(ratio: Decimal) -> bool {
    let is_power_of = |base: Decimal| {
        let mut rest = std::iter::successors(Some(ratio), |rest| rest.checked_div(base));
        rest.find(|rest| *rest <= Decimal::ONE) == Some(Decimal::ONE)
    };
    is_power_of(Decimal::ONE_THOUSAND) || is_power_of(Decimal::ONE_THOUSAND * Decimal::TEN)
}

/// Whether two figures have the same digits, at least two, but another scale or currency, or two neighbouring digits
/// changed places, or one of four differs: so alike that chance is the lesser explanation.
#[must_use]
pub fn is_slip(one: &Claim, other: &Claim) -> bool {
    let (Some(first), Some(second)) = (one.value(), other.value()) else { return false };
    let [first, second] = [first, second].map(significant_digits);
    let same_measure = one.measure.is_some() && one.measure == other.measure;
    let is_of_two_reports = one.document != other.document;
    let is_small_count = |claim: &Claim| {
        claim.precision.is_count && claim.value().is_some_and(|value| value < Decimal::ONE_HUNDRED)
    };
    let is_large = |claim: &Claim| !is_small_count(claim);
    if first != second {
        let same_unit = one.quantity.unit == other.quantity.unit || is_counted(one) && is_counted(other);
        let is_of_one_base = || one.quantity.unit.has_base_of(&other.quantity.unit);
        let same_grain = same_unit && one.precision.grain == other.precision.grain
            || same_measure && (same_unit || is_of_one_base());
        return first.len() >= 2
            && same_grain
            && is_large(one)
            && is_large(other)
            && match keys(one, other).map(|(slip, _)| slip) {
                Some(Slip::Transposed) => true,
                Some(Slip::Mistyped { is_last }) => {
                    first.len() >= 4 || first.len() >= 3 && !is_last && is_of_two_reports
                }
                None => false,
            };
    }
    // A single digit, or a factor of ten, says little unless the same is measured; two digits are as often by chance ten
    // million times apart as they are a slip.
    let is_thousandfold = ratio(one, other).is_none_or(is_scale_word);
    let is_tenfold = ratio(one, other).is_none_or(|ratio| ratio <= Decimal::ONE_HUNDRED);
    let is_same_noun =
        one.quantity.unit.dimension == Dimension::Count && one.quantity.unit == other.quantity.unit;
    let is_telling = match first.len() {
        0 | 1 if same_measure => is_large(one) && is_large(other),
        0 | 1 => !is_counted(one) && !is_counted(other) && is_of_two_reports && is_thousandfold,
        2 => {
            is_thousandfold
                || is_tenfold
                    && is_large(one)
                    && is_large(other)
                    && (same_measure || is_same_noun || !is_counted(one))
        }
        _ => true,
    };
    is_telling || is_same_value(one, other) || is_under_another_unit(one, other)
}

/// Whether two figures differ in one digit of three or more.
#[must_use]
pub fn is_mistyped(one: &Claim, other: &Claim) -> bool {
    let slip = keys(one, other);
    matches!(slip, Some((Slip::Mistyped { .. }, _)))
}

/// Whether two neighbouring digits of one figure stand in the other order in the other.
#[must_use]
pub fn is_transposed(one: &Claim, other: &Claim) -> bool {
    let slip = keys(one, other);
    matches!(slip, Some((Slip::Transposed, _)))
}

/// The slip of digits or of scale between what a figure should be, rounded as it is printed, and what it is.
#[must_use]
pub fn slip_of_digits(expected: Decimal, stated: Decimal, grain: Decimal) -> Option<Cause> {
    let rounded = expected.checked_div(grain)?.round().checked_mul(grain)?;
    let slip = digits(&Some(rounded), &Some(stated));
    slip.map(|(_, why)| Cause { cause: "digits", why: why.to_owned() })
        .or_else(|| scale_slip(expected, stated, false))
}

/// Whether two figures have the same digits, two or more, ten times apart or more: no update does that.
#[must_use]
pub fn is_rescaled(one: &Claim, other: &Claim) -> bool {
    let digits = |claim: &Claim| claim.in_base().map(significant_digits).filter(|digits| digits.len() >= 2);
    let of_one_base = one.quantity.unit.has_base_of(&other.quantity.unit);
    of_one_base && digits(one).is_some() && digits(one) == digits(other) && one.in_base() != other.in_base()
}

fn is_same_value(one: &Claim, other: &Claim) -> bool {
    one.value() == other.value()
}

/// How many times the larger figure is the smaller one; nothing where one is zero.
fn ratio(one: &Claim, other: &Claim) -> Option<Decimal> {
    let size = |claim: &Claim| {
        let is_of_one_base = one.quantity.unit.has_base_of(&other.quantity.unit);
        if is_of_one_base { claim.in_base() } else { claim.value() }
    };
    let (one, other) = (size(one)?.abs(), size(other)?.abs());
    one.max(other).checked_div(one.min(other))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slip {
    Transposed,
    /// One digit differs, of three or more.
    Mistyped {
        is_last: bool,
    },
}

/// The slip of the keys between two claims' figures: as printed, or in their base unit where they are of two.
fn keys(one: &Claim, other: &Claim) -> Option<(Slip, &'static str)> {
    let is_printed_alike = one.quantity.unit == other.quantity.unit || is_counted(one) || is_counted(other);
    if is_printed_alike {
        digits(&one.value(), &other.value())
    } else {
        let is_of_one_base = one.quantity.unit.has_base_of(&other.quantity.unit);
        is_of_one_base.then(|| digits(&one.in_base(), &other.in_base())).flatten()
    }
}

fn is_counted(claim: &Claim) -> bool {
    claim.quantity.unit.dimension == Dimension::Count
}

/// Whether two numbers differ in the order of two neighbouring digits alone.
pub(super) fn is_transposition(one: Decimal, other: Decimal) -> bool {
    matches!(digits(&Some(one), &Some(other)), Some((Slip::Transposed, _)))
}

/// Transposed or mistyped digits of two figures of one length.
fn digits(one: &Option<Decimal>, other: &Option<Decimal>) -> Option<(Slip, &'static str)> {
    let (mut one, mut other) = (one.as_ref()?.normalize(), other.as_ref()?.normalize());
    let scale = one.scale().max(other.scale());
    one.rescale(scale);
    other.rescale(scale);
    let digits = |value: Decimal| value.mantissa().unsigned_abs().to_string().into_bytes();
    let (mut one, mut other) = (digits(one), digits(other));
    while one.len() > 2 && one.last() == Some(&b'0') && other.last() == Some(&b'0') {
        one.pop();
        other.pop();
    }
    if one.len() != other.len() || one.len() < 2 {
        return None;
    }
    let differ: Vec<usize> = (0..one.len()).filter(|idx| one.get(*idx) != other.get(*idx)).collect();
    match differ.as_slice() {
        [left, right]
            if right - left == 1
                && one.get(*left) == other.get(*right)
                && one.get(*right) == other.get(*left) =>
        {
            Some((Slip::Transposed, "two neighbouring digits changed places"))
        }
        [at] if one.len() >= 3 => {
            let is_last = at + 1 == one.len();
            Some((Slip::Mistyped { is_last }, "one digit differs: a slip of the keys"))
        }
        _ => None,
    }
}
