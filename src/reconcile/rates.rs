//! Rates of two counts that are told beside them: "with 30 million out of work and 90 million at work, the jobless rate is 12 %".

use rust_decimal::Decimal;

use crate::lang::Term;
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, Interval};

use super::completed::opposite_sides;
use super::elsewhere::may_be_share;
use super::passage::{
    Calculation, Miscalculation, Passage, Stretch, TOLERANCE_PERCENT, is_own, is_percent, is_single,
};

/// A rate that is not what one of two opposite counts of its sentence is of both.
pub(super) fn rate_of_two<'a>(passage: &Passage<'a>, stated: &Claim) -> Option<Miscalculation> {
    let is_rate = may_be_share(stated) && is_percent(stated) && is_single(stated) && stated.hedge.is_none();
    is_rate.then_some(())?;
    let is_of_time = |claim: &Claim| {
        matches!(claim.quantity.unit.dimension, Dimension::Date | Dimension::Year | Dimension::Clock)
    };
    let others = passage.sentence.iter().filter(|claim| claim.id != stated.id && !is_of_time(claim));
    let [one, other] = others.collect::<Vec<&Claim>>()[..] else { return None };
    let is_counted = |claim: &Claim| {
        is_own(claim)
            && claim.hedge.is_none()
            && claim.kind == Kind::Level
            && matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
    };
    let are_beside = stated.id < one.id || other.id < stated.id;
    (is_counted(one) && is_counted(other) && are_beside).then_some(())?;
    let edge = if stated.id < one.id { stated.text.end } else { one.sentence.start };
    let (clause, end) = clause(passage, other, stated)?;
    let stretch = |from: usize, to: usize| Stretch::of(passage.document, from..to);
    let behind = (stretch(one.text.start, other.text.start), stretch(other.text.start, end));
    let before = (stretch(edge, one.text.start), stretch(one.text.end, other.text.start));
    let sides = |(first, second): (Stretch<'a>, Stretch<'a>)| {
        Some((opposite_sides(&first, &second, side_of)?, first, second))
    };
    let ((pair, side), first, second) = sides(behind).or_else(|| sides(before))?;
    let is_named = |wanted: bool| clause.has(|term| side_of(term) == Some((pair, wanted)));
    let is_measured = |words: &Stretch<'_>| {
        words.has(|term| matches!(term, Term::Measure(id) if stated.measure == Some(id.as_str())))
    };
    let of_first = is_named(side) || is_measured(&first);
    let is_one_side = of_first != (is_named(!side) || is_measured(&second));
    let is_told = |term: &Term| side_of(term).is_some() || matches!(term, Term::Measure(_) | Term::Kind(_));
    let behind = Stretch::of(passage.document, stated.text.end..stated.sentence.end);
    let closes = !behind.has_content(passage.document, |_| false) || stated.id < one.id;
    (is_one_side && closes && !clause.has_content(passage.document, is_told)).then_some(())?;
    let fits = |claim: &Claim, rest: &Claim| {
        let told = stated.hard.map(|value| stated.to_base(value));
        shares(claim, rest).zip(told).is_none_or(|(shares, told)| {
            let tolerance = Decimal::new(TOLERANCE_PERCENT, 2);
            shares.iter().any(|share| share.overlaps(&told) || share.gap(&told) <= tolerance)
        })
    };
    let (part, rest) = if of_first { (one, other) } else { (other, one) };
    let whole = part.in_base()?.checked_add(rest.in_base()?)?;
    let comes_to = part.in_base()?.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?;
    (!fits(one, other) && !fits(other, one)).then(|| Miscalculation {
        kind: Calculation::Rate,
        terms: vec![part.id, rest.id],
        stated: stated.id,
        comes_to,
    })
}

/// The pair that a term is one side of, and whether it is the second: only pairs of which a rate is told. Men and women may be
/// those of the day, and the rate that of all.
fn side_of(term: &Term) -> Option<(usize, bool)> {
    if let Term::Rated(pair, is_second) = term { Some((*pair, *is_second)) } else { None }
}

/// The clause of a rate, and where that of the second count ends.
fn clause<'a>(passage: &Passage<'a>, other: &Claim, stated: &Claim) -> Option<(Stretch<'a>, usize)> {
    let document = passage.document;
    if stated.id < other.id {
        return Some((Stretch::of(document, stated.sentence.start..stated.text.start), other.sentence.end));
    }
    let gap = document.text.get(other.text.end..stated.text.start)?;
    let comma = gap.char_indices().rfind(|(_, letter)| matches!(letter, ',' | '，' | '、' | ';'));
    let start = match comma {
        Some((at, _)) => other.text.end + at,
        None => {
            let behind = Stretch::of(document, other.text.end..stated.text.start);
            let side = |term: &Term| side_of(term).is_some();
            let at = (0..behind.words.len()).find_map(|idx| Some(idx + behind.length_at(idx, side)?))?;
            behind.words.get(at)?.start
        }
    };
    Some((Stretch::of(document, start..stated.text.start), start))
}

/// What one count is of both in percent, and what it is of the other one, over all that their rounding leaves open.
fn shares(part: &Claim, rest: &Claim) -> Option<[Interval; 2]> {
    let ends = |claim: &Claim| {
        let open = claim.hard.map(|value| claim.to_base(value))?;
        Some((open.low.value()?, open.high.value()?))
    };
    let ((part_low, part_high), (rest_low, rest_high)) = (ends(part)?, ends(rest)?);
    let percent = |part: Decimal, of: Decimal| part.checked_div(of)?.checked_mul(Decimal::ONE_HUNDRED);
    Some([
        Interval::closed(
            percent(part_low, part_low.checked_add(rest_high)?)?,
            percent(part_high, part_high.checked_add(rest_low)?)?,
        ),
        Interval::closed(percent(part_low, rest_high)?, percent(part_high, rest_low)?),
    ])
}
