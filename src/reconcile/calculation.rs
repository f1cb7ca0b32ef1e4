//! What a report reckons from its own figures: changes from one figure to another, shares of a whole, years between two
//! years, and the sums of `breakdown.rs` and `listed.rs`.
//!
//! Only what is plainly reckoned is checked, and whatever makes the arithmetic right is believed.

use rust_decimal::Decimal;

use crate::document::Document;
use crate::extract::Role;
use crate::lang::{Lexicon, Term};
use crate::normalise::{Claim, Direction, Kind};
use crate::quantity::{Dimension, Interval, significant_digits};

use super::antecedent::share_of_them;
use super::breakdown;
use super::cause::slip_of_digits;
use super::elsewhere::share_of_another;
use super::levels::told_again;
use super::listed;
use super::passage::{
    Calculation, MOST_BETWEEN, Miscalculation, Passage, Stretch, TOLERANCE_PERCENT, is_of_one_unit,
    is_percent, is_single, report_of,
};
use super::product::product;

/// More percent than this are of two things: of a price a share, and of a whole company's.
const MOST_PERCENT: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Every calculation of a story that does not hold, by the place of its result.
#[must_use]
pub(super) fn miscalculations(documents: &[Document], claims: &[Claim]) -> Vec<Miscalculation> {
    let sentences: Vec<&[Claim]> =
        claims.chunk_by(|a, b| a.document == b.document && a.sentence == b.sentence).collect();
    let mut found = Vec::new();
    for (idx, sentence) in sentences.iter().enumerate() {
        let Some(passage) = Passage::around(documents, &sentences, idx) else { continue };
        let report = sentence.first().map_or(&[][..], |first| report_of(claims, first.document));
        found.extend(sentence.iter().filter_map(|stated| {
            change(&passage, stated).or_else(|| points_told_as_percent(report, &passage, stated))
        }));
        found.extend(sentence.iter().filter_map(|stated| {
            share(documents, &passage, stated)
                .or_else(|| mistyped_share(&passage, stated))
                .or_else(|| share_of_another(report, &passage, stated))
                .or_else(|| share_of_them(report, &passage, stated))
        }));
        found.extend(sentence.iter().filter_map(|stated| years(documents, sentence, stated)));
        found.extend(
            sentence
                .iter()
                .filter_map(|stated| product(&passage, stated).or_else(|| told_again(&passage, stated))),
        );
        found.extend(sentence.iter().filter_map(|stated| breakdown::sum(report, &passage, stated)));
    }
    found.extend(listed::columns(documents, claims));
    found.extend(listed::lists(documents, claims));
    found.sort_by_key(|miss| (miss.stated, miss.kind));
    found
}

/// "Up 12 % from 50 to 60": a change in percent beside the figures that it leads from and to.
fn change(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    if !is_percent(stated) || stated.kind != Kind::Change || !is_single(stated) {
        return None;
    }
    let is_figure = |claim: &&Claim| is_single(claim) && claim.id != stated.id && claim.restates.is_none();
    let earlier: Vec<&Claim> =
        passage.sentence.iter().filter(is_figure).filter(|claim| claim.role == Role::Before).collect();
    let changes =
        passage.sentence.iter().filter(|claim| is_percent(claim) && claim.kind == Kind::Change).count();
    let behind = earlier.iter().find(|claim| claim.id == stated.id + 1);
    let base = match (behind, earlier.as_slice()) {
        (Some(base), _) => *base,
        (None, [base]) if changes == 1 => *base,
        (None, _) => return None,
    };
    if let Some(amount) = amount(passage, stated).filter(|amount| is_of_one_unit(amount, base)) {
        // "By 20 million, or 10 %, while imports fell from 500 million" is of two things.
        return behind.and_then(|base| change_by(amount, base, stated));
    }
    // "27 % more than a year before (3.2bn) and 14 % more than in 2019 (3.6bn)": what another change leads from.
    let is_of_another = |claim: &Claim| {
        let mut between = passage.sentence.iter().filter(|other| other.id > base.id && other.id < claim.id);
        between.any(|other| is_percent(other) && other.kind == Kind::Change)
    };
    let is_result = |claim: &&Claim| {
        is_figure(claim)
            && !is_of_another(claim)
            && claim.role == Role::Own
            && claim.kind != Kind::Change
            && is_of_one_unit(claim, base)
            // "From 91 cents per $100".
            && !Stretch::of(passage.document, base.text.end..claim.text.start.max(base.text.end))
                .ends_with(|term| matches!(term, Term::Per))
    };
    let mut results: Vec<&Claim> = passage.sentence.iter().filter(is_result).collect();
    if results.is_empty() {
        results = passage.before.iter().filter(is_result).collect();
        if results.len() != 1 {
            return None;
        }
    }
    // "Shares fell 6.5% after its profit dropped to 96 million from 118", "fell 6.5% to 41.20 after a profit of 96 million, down from
    // 118": another verb leads to the figures, or this one leads to another.
    let result = result_of(&results, base)?;
    let first = base.text.start.min(result.text.start);
    let leads_elsewhere = results.iter().any(|own| own.id == stated.id + 1 && own.id != result.id);
    let ahead = Stretch::of(passage.document, stated.text.end..first);
    if leads_elsewhere || ahead.has(|term| matches!(term, Term::Change)) {
        return None;
    }
    // Figures of before and after in one sentence may be several; any two that make it right are those meant.
    let holds =
        |base: &Claim, result: &Claim| grown(base, result).is_none_or(|grown| is_near(&grown, stated));
    if results.iter().any(|result| holds(base, result)) || is_told_of_others(passage, stated) {
        return None;
    }
    let (from, to) = (base.value()?, result.value()?);
    // Of two percentages only their difference is told for a change: points taken for percent.
    let points = to.checked_sub(from)?.abs();
    (!is_percent(base) || stated.value() == Some(points)).then_some(())?;
    let comes_to = to.checked_sub(from)?.checked_div(from)?.checked_mul(Decimal::ONE_HUNDRED)?;
    // What is so far off leads to another thing.
    let is_near = comes_to.abs() <= stated.value()?.abs().checked_mul(Decimal::ONE_THOUSAND)?;
    (is_near && comes_to <= MOST_PERCENT).then_some(())?;
    Some(Miscalculation {
        kind: Calculation::Change,
        terms: vec![base.id, result.id],
        stated: stated.id,
        comes_to,
    })
}

/// Of the figures that a change may lead to the one nearest to where it began.
fn result_of<'a>(results: &[&'a Claim], base: &Claim) -> Option<&'a Claim> {
    results.iter().copied().min_by_key(|result| result.id.abs_diff(base.id))
}

/// Whether two other figures of the sentence make a change right, the way it is said to go: "303, down 27.3% from 417 and down
/// from 341"; or the one right before it is by how much the other grew: "from 8,450 by 120, or 1.4%".
fn is_told_of_others(passage: &Passage<'_>, stated: &Claim) -> bool {
    const MOST: usize = 8;
    let is_figure = |claim: &&Claim| is_single(claim) && claim.id != stated.id && !is_percent(claim);
    let figures: Vec<&Claim> = passage.sentence.iter().filter(is_figure).take(MOST).collect();
    let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
    let grows = |from: &Claim, to: &Claim| {
        stated.direction.is_some()
            && grown(from, to).is_some_and(|grown| match stated.direction {
                Some(Direction::Fall) => grown.negated().overlaps(&stated.hard),
                Some(Direction::Rise) | None => grown.overlaps(&stated.hard),
            })
    };
    let is_part = |part: &Claim, whole: &Claim| {
        part.id + 1 == stated.id && portion(part, whole).is_some_and(|share| share.overlaps(&stated.hard))
    };
    let is_right = |one: &Claim, other: &Claim| {
        one.id != other.id
            && (is_of_one_unit(one, other) || is_bare(one) || is_bare(other))
            && (grows(one, other) || is_part(one, other))
    };
    figures.iter().any(|one| figures.iter().any(|other| is_right(one, other)))
}

/// "In spring it was 88 %, so it has fallen by 16.6 %", where the report puts it at 71.4 % now: the difference of two shares,
/// to the last of three digits or more, told as a change in percent.
fn points_told_as_percent(report: &[Claim], passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    const FEWEST_DIGITS: usize = 3;
    let value = stated.value().filter(|value| significant_digits(*value).len() >= FEWEST_DIGITS)?;
    let is_fall = stated.direction? == Direction::Fall;
    (is_percent(stated) && stated.kind == Kind::Change && is_single(stated)).then_some(())?;
    let is_share = |claim: &&Claim| is_percent(claim) && claim.kind != Kind::Change && is_single(claim);
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_share).collect();
    let pairs = own.iter().flat_map(|one| report.iter().filter(is_share).map(|other| (*one, other)));
    let mut found = pairs.filter(|(one, other)| {
        let gap = one.value().zip(other.value()).and_then(|(one, other)| one.checked_sub(other));
        gap.is_some_and(|gap| gap.abs() == value)
    });
    let (one, other) = found.next()?;
    let (from, to) = if (one.value() > other.value()) == is_fall { (one, other) } else { (other, one) };
    if grown(from, to).is_none_or(|grown| is_near(&grown, stated)) {
        return None;
    }
    let change = to.value()?.checked_sub(from.value()?)?;
    let comes_to = change.checked_div(from.value()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let terms = vec![from.id, to.id];
    Some(Miscalculation { kind: Calculation::Change, terms, stated: stated.id, comes_to })
}

/// The amount that is told again as a percentage right behind it: "rose by 70 million, or 15 %".
fn amount<'a>(passage: &Passage<'a>, stated: &Claim) -> Option<&'a Claim> {
    let before = passage.sentence.iter().find(|claim| claim.id + 1 == stated.id)?;
    (before.kind == Kind::Change && before.direction == stated.direction && is_single(before))
        .then_some(before)
}

/// "By 70 million, or 15 percent, from 1.42 billion": an amount in percent of the figure that it is added to.
fn change_by(amount: &Claim, base: &Claim, stated: &Claim) -> Option<Miscalculation> {
    let by = portion(amount, base)?;
    if is_near(&by, stated) || is_near(&by.negated(), stated) {
        return None;
    }
    let comes_to = amount.value()?.checked_div(base.value()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let terms = vec![amount.id, base.id];
    Some(Miscalculation { kind: Calculation::Share, terms, stated: stated.id, comes_to })
}

/// "Nine years of building from 2026 to 2033": a stretch of years beside its first and its last one. It may count both of
/// them, and be a year short of whole ones.
fn years(documents: &[Document], sentence: &[Claim], stated: &Claim) -> Option<Miscalculation> {
    const MOST_JOINING: usize = 6;
    let unit = &stated.quantity.unit;
    let is_stretch = unit.dimension == Dimension::Duration && unit.code == "a" && stated.hedge.is_none();
    let span = stated.value().filter(|value| is_stretch && value.is_integer())?;
    let document = documents.get(stated.document)?;
    let gap = |from: &Claim, to: &Claim| document.text.get(from.text.end..to.text.start);
    let is_year = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Year && claim.hedge.is_none();
    let is_joined = |from: &Claim, to: &Claim| {
        is_year(from) && is_year(to) && gap(from, to).is_some_and(|gap| gap.len() <= MOST_JOINING)
    };
    let (from, to) = sentence.windows(2).find_map(|pair| match pair {
        [from, to] if is_joined(from, to) => Some((from, to)),
        _ => None,
    })?;
    let beside = if stated.id + 1 == from.id { gap(stated, from) } else { gap(to, stated) };
    let is_beside = stated.id + 1 == from.id || to.id + 1 == stated.id;
    // "Five years later, from 2019 to 2021".
    let is_own = beside.is_some_and(|gap| gap.len() <= MOST_BETWEEN && !gap.contains([',', ';']));
    (is_beside && is_own).then_some(())?;
    let comes_to = to.value()?.checked_sub(from.value()?)?;
    let is_off = span.checked_sub(comes_to)?.abs() > Decimal::ONE && comes_to > Decimal::ZERO;
    is_off.then(|| Miscalculation {
        kind: Calculation::Years,
        terms: vec![from.id, to.id],
        stated: stated.id,
        comes_to,
    })
}

/// The growth from one figure to another in percent, over all that their rounding leaves open.
fn grown(from: &Claim, to: &Claim) -> Option<Interval> {
    let (from_low, from_high) = (from.hard.low.value()?, from.hard.high.value()?);
    let (to_low, to_high) = (to.hard.low.value()?, to.hard.high.value()?);
    let growth = |from: Decimal, to: Decimal| {
        to.checked_sub(from)?.checked_div(from)?.checked_mul(Decimal::ONE_HUNDRED)
    };
    (from_low > Decimal::ZERO).then_some(())?;
    Some(Interval::closed(growth(from_high, to_low)?, growth(from_low, to_high)?))
}

/// Whether a percentage is near an interval, whichever way it is said to go.
fn is_near(interval: &Interval, stated: &Claim) -> bool {
    let tolerance = Decimal::new(TOLERANCE_PERCENT, 2);
    let turned = interval.negated();
    let fits =
        |interval: &Interval| interval.overlaps(&stated.hard) || interval.gap(&stated.hard) <= tolerance;
    match stated.direction {
        Some(Direction::Fall) => fits(&turned),
        Some(Direction::Rise) => fits(interval),
        None => fits(interval) || fits(&turned),
    }
}

/// "3 of 8 (47 %)", "36 % of the 700": a part in percent of its whole.
fn share(documents: &[Document], passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    if !is_percent(stated) || stated.kind == Kind::Change || !is_single(stated) || stated.role != Role::Own {
        return None;
    }
    let is_figure = |claim: &&Claim| {
        is_single(claim) && !is_percent(claim) && claim.id != stated.id && claim.restates.is_none()
    };
    let figures: Vec<&Claim> = passage.sentence.iter().filter(is_figure).collect();
    if let Some((part, whole)) = around(documents, &figures, stated) {
        return broken_share(part, whole, stated);
    }
    let wholes: Vec<&Claim> = figures.iter().copied().filter(|claim| claim.role == Role::Whole).collect();
    // "Seventeen of the forty passengers, or 47 percent"; "47 percent (17 of 36)".
    let [whole] = wholes.as_slice() else { return None };
    let part = figures.iter().copied().find(|claim| claim.id + 1 == whole.id)?;
    let opens = |from: usize, to: usize| {
        let text = documents.get(stated.document).and_then(|document| document.text.get(from..to));
        text.is_some_and(|text| text.len() <= MOST_BETWEEN && text.trim_end().ends_with(['(', '（', '[']))
    };
    let is_behind = stated.id == whole.id + 1;
    let is_close = is_behind
        && (opens(whole.text.end, stated.text.start) || is_told_again(documents, whole, stated))
        || stated.id + 1 == part.id && opens(stated.text.end, part.text.start);
    let percentages = passage.sentence.iter().filter(|claim| is_percent(claim)).count();
    if !is_close || percentages != 1 {
        return None;
    }
    broken_share(part, whole, stated)
}

/// "2,350, or 15 percent of a headcount of 18,800": the part right before its percentage, and the whole right behind it.
fn around<'a>(
    documents: &[Document],
    figures: &[&'a Claim],
    stated: &Claim,
) -> Option<(&'a Claim, &'a Claim)> {
    let part = figures.iter().copied().find(|claim| claim.id + 1 == stated.id)?;
    let whole = figures.iter().copied().find(|claim| claim.id == stated.id + 1)?;
    let document = documents.get(stated.document)?;
    let between = |from: &Claim, to: &Claim| document.text.get(from.text.end..to.text.start);
    let behind = between(stated, whole)?;
    let is_near = is_told_again(documents, part, stated) && behind.len() <= MOST_BETWEEN;
    let is_of_it = is_near && !behind.contains([',', ';', '(', ')', '.']);
    let is_of_one_kind = is_of_one_unit(part, whole) || is_count(part) && is_count(whole);
    (is_of_it && is_of_one_kind && whole.role != Role::Before).then_some((part, whole))
}

/// Whether a figure's share follows it, behind a word for "that is": "62,000 of the 140,000 farms, or 44 percent".
fn is_told_again(documents: &[Document], figure: &Claim, share: &Claim) -> bool {
    const MOST_BEFORE: usize = 40;
    let Some(document) = documents.get(share.document) else { return false };
    let gap = figure.text.end..share.text.start.max(figure.text.end);
    let words = Lexicon::of(document.language).tokens(&document.text, gap.clone());
    let restates = |term: &Term| matches!(term, Term::Restating).then_some(());
    gap.len() <= MOST_BEFORE && words.ending_before(words.len(), restates).is_some()
}

fn is_count(claim: &Claim) -> bool {
    matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
}

/// The finding that a percentage is not a part of its whole, unless that is so.
fn broken_share(part: &Claim, whole: &Claim, stated: &Claim) -> Option<Miscalculation> {
    let portion = portion(part, whole)?;
    if portion.overlaps(&stated.hard) || portion.gap(&stated.hard) <= Decimal::new(TOLERANCE_PERCENT, 2) {
        return None;
    }
    let comes_to = part.value()?.checked_div(whole.value()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
    (comes_to <= MOST_PERCENT).then_some(())?;
    Some(Miscalculation {
        kind: Calculation::Share,
        terms: vec![part.id, whole.id],
        stated: stated.id,
        comes_to,
    })
}

/// "The hall holds 412 guests. Of its capacity of 1,600 that is 35.75 %": a share that is a digit away from the one that
/// two figures beside it make, where one of them is of the same measure.
fn mistyped_share(passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    if !is_percent(stated) || stated.kind == Kind::Change || !is_single(stated) || stated.role != Role::Own {
        return None;
    }
    let is_figure = |claim: &&Claim| {
        is_single(claim)
            && !is_percent(claim)
            && claim.id != stated.id
            && claim.quantity.unit.dimension != Dimension::Number
    };
    let whole = passage.sentence.iter().filter(is_figure).find(|claim| {
        claim.measure.is_some() && claim.measure == stated.measure && claim.role != Role::Before
    })?;
    let is_part = |claim: &&Claim| {
        claim.id != whole.id
            && claim.quantity.unit.has_base_of(&whole.quantity.unit)
            && claim.restates.is_none()
    };
    let around = passage.before.iter().chain(passage.sentence);
    let parts: Vec<&Claim> = around.filter(is_figure).filter(is_part).collect();
    let fits = |part: &&Claim| portion(part, whole).is_none_or(|portion| portion.overlaps(&stated.hard));
    if parts.iter().any(fits) {
        return None;
    }
    parts.into_iter().find_map(|part| {
        let comes_to = part.in_base()?.checked_div(whole.in_base()?)?.checked_mul(Decimal::ONE_HUNDRED)?;
        slip_of_digits(comes_to, stated.value()?, stated.precision.grain)?;
        let terms = vec![part.id, whole.id];
        Some(Miscalculation { kind: Calculation::Share, terms, stated: stated.id, comes_to })
    })
}

/// A part in percent of its whole, over all that their rounding leaves open.
pub(super) fn portion(part: &Claim, whole: &Claim) -> Option<Interval> {
    portion_of(part, whole, |claim| claim.hard)
}

/// A part in percent of its whole, over all that is left open of the two.
pub(super) fn portion_of(part: &Claim, whole: &Claim, open: impl Fn(&Claim) -> Interval) -> Option<Interval> {
    let base = |claim: &Claim| open(claim).map(|value| claim.to_base(value));
    let (part, whole) = (base(part)?, base(whole)?);
    let percent = |part: Decimal, whole: Decimal| part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED);
    Some(Interval::closed(
        percent(part.low.value()?, whole.high.value()?)?,
        percent(part.high.value()?, whole.low.value()?)?,
    ))
}
