//! Sums: a total and the figures that make it up, in a sentence or two. Lists and tables are those of `listed.rs`, parts that
//! are told to be all those of `completed.rs`.
//!
//! Lists in news are seldom complete, so only what is told as all of it is added up, and whatever makes the sum right is
//! believed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::extract::Role;
use crate::lang::words::{Token, TokenKind, fold};
use crate::lang::{Lexicon, Term};
use crate::normalise::part::{FURTHER, OF_WHICH, REMAINING, TOTAL};
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, Interval, Unit};

use super::cause::slip_of_digits;
use super::completed::completed;
use super::excess::excess;
use super::listed::by_column;
use super::passage::{
    Calculation, Miscalculation, Passage, Stretch, is_of_one_unit, is_own, is_percent, is_single, report_of,
};

/// A sum in a sentence and those beside it, whose result is the claim, or whose last part.
pub(super) fn sum(report: &[Claim], passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    total(report, passage, stated)
        .or_else(|| addition(passage, stated))
        .or_else(|| making(passage, stated))
        .or_else(|| behind_colon(passage, stated))
        .or_else(|| completed(report, passage, stated))
        .or_else(|| excess(passage, stated))
}

/// The most parts that are added up.
pub(super) const MOST_PARTS: usize = 6;

/// "5 million and 7 million, 13 million in all": a total and all its parts, in one sentence or in two.
fn total(report: &[Claim], passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    if !is_total(total) || total.block == BlockKind::Cell || is_percent(total) {
        return None;
    }
    // "61 dead, 44 of them children": the 44 are counted already.
    let is_part = |claim: &&Claim| {
        claim.id != total.id
            && is_own(claim)
            && !claim.is_part(OF_WHICH)
            && is_of_one_unit(claim, total)
            && claim.quantity.unit.dimension != Dimension::Number
    };
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_part).collect();
    let around: Vec<&Claim> = passage.before.iter().filter(is_part).chain(own.iter().copied()).collect();
    let parts = if own.len() >= 2 { own } else { around.clone() };
    if around.iter().any(|part| part.is_part(TOTAL)) {
        return None;
    }
    let are_before = parts.iter().all(|part| part.sentence != total.sentence);
    missed_total(&parts, &around, total)
        .filter(|miss| !(are_before && is_of_another_time(report, passage, total, miss.comes_to)))
        .filter(|miss| !is_one_more(passage, total, miss.comes_to))
}

/// "Seven Whites, two Greens and the mayor, ten in all", "a driver and two riders, three in all": whether a count is by one or two
/// more than its parts, and the list names someone whom no figure counts.
fn is_one_more(passage: &Passage<'_>, total: &Claim, comes_to: Decimal) -> bool {
    let more = total.value().and_then(|value| value.checked_sub(comes_to));
    let is_small = more.is_some_and(|more| more == Decimal::ONE || more == Decimal::TWO);
    if !total.precision.is_count || !is_small {
        return false;
    }
    let text = &passage.document.text;
    let list = Stretch::of(passage.document, total.sentence.start..total.text.start);
    let is_joiner = |idx: &usize| list.length_at(*idx, |term| matches!(term, Term::NumberJoiner)).is_some();
    let mut joiners = (0..list.words.len()).filter(is_joiner).filter_map(|idx| list.words.get(idx));
    joiners.any(|joiner| {
        let next = passage.sentence.iter().find(|claim| claim.text.start >= joiner.end);
        let ahead = passage.sentence.iter().any(|claim| claim.text.start < joiner.start);
        let named = next.and_then(|next| text.get(joiner.end..next.text.start));
        !ahead || named.is_some_and(|named| named.contains([',', '、', '，']))
    })
}

/// "9 died on Monday and 33 on Tuesday. By noon on Tuesday it was 41 in all": whether a sentence tells its total with a time,
/// and the report gives elsewhere what the parts come to.
fn is_of_another_time(report: &[Claim], passage: &Passage<'_>, total: &Claim, comes_to: Decimal) -> bool {
    let is_time = |term: &Term| {
        matches!(term, Term::Month(_) | Term::Weekday(_) | Term::Clock | Term::HourBefore | Term::Period(_))
    };
    let ahead = Stretch::of(passage.document, total.sentence.start..total.text.start);
    // "17日", "on the 17th": a number that is no figure is one of the calendar or of the clock.
    let is_figure = |token: &Token| {
        let mut own = passage.sentence.iter().map(|claim| &claim.text);
        own.any(|text| text.contains(&token.start))
    };
    let mut digits = (0..ahead.words.len()).filter_map(|idx| ahead.words.get(idx));
    let has_label = digits.any(|token| token.kind == TokenKind::Digits && !is_figure(token));
    let is_sum =
        |claim: &Claim| is_single(claim) && is_of_one_unit(claim, total) && claim.value() == Some(comes_to);
    (has_label || ahead.has(is_time)) && report.iter().any(is_sum)
}

/// "£1.85bn of equity; add £210m of debt and you get £2.26bn": a figure, another one added to it, and the result.
fn addition(passage: &Passage<'_>, result: &Claim) -> Option<Miscalculation> {
    let is_term = |claim: &&Claim| {
        is_own(claim)
            && is_of_one_unit(claim, result)
            && !is_percent(claim)
            && claim.quantity.unit.dimension != Dimension::Number
    };
    let is_other = |claim: &&Claim| claim.id != result.id && is_term(claim);
    let before: Vec<&Claim> =
        passage.sentence.iter().filter(is_other).filter(|claim| claim.id < result.id).collect();
    let [.., first, second] = before.as_slice() else { return None };
    is_term(&result).then_some(())?;
    let stands = |from: &Claim, to: &Claim, wanted: &dyn Fn(&Term) -> bool| {
        Stretch::of(passage.document, from.text.end..to.text.start).has(wanted)
    };
    let is_adding = |term: &Term| matches!(term, Term::Adding);
    let is_added = stands(first, second, &is_adding) || stands(second, result, &is_adding);
    let gives = |term: &Term| matches!(term, Term::Result | Term::Making);
    (is_added && stands(second, result, &gives)).then_some(())?;
    let around: Vec<&Claim> = passage.before.iter().chain(passage.sentence).filter(is_other).collect();
    missed_total(&[first, second], &around, result)
}

/// "The 36 pupils of the valley and the 29 of the hill make 75": figures that are joined, and what they make right behind them.
/// "They make 71 with the six guests" is told of more figures than these.
fn making(passage: &Passage<'_>, result: &Claim) -> Option<Miscalculation> {
    let document = passage.document;
    let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
    let is_countable = |claim: &Claim| is_bare(claim) || claim.quantity.unit.dimension.adds_up();
    let is_term = |claim: &Claim| {
        is_own(claim) && is_countable(claim) && claim.kind != Kind::Change && claim.hedge.is_none()
    };
    let before: Vec<&Claim> = passage.sentence.iter().filter(|claim| claim.id < result.id).collect();
    let last = before.last().filter(|_| is_term(result))?;
    let behind = document.text.get(last.text.end..result.text.start).filter(|gap| gap.len() <= MOST_APART)?;
    let makes = |term: &Term| matches!(term, Term::Making);
    let are_made = !behind.contains([',', ';', '.']);
    (are_made && Stretch::of(document, last.text.end..result.text.start).has(makes)).then_some(())?;
    let joined = |pair: &[&Claim]| {
        let (from, to) = (pair[0].text.end, pair[1].text.start);
        let gap = document.text.get(from..to).unwrap_or_default();
        let is_joined = || Stretch::of(document, from..to).has(|term| matches!(term, Term::NumberJoiner));
        gap.len() <= MOST_APART && (gap.trim_end().ends_with(',') || is_joined())
    };
    // "Three more": on top of what was before.
    let is_more = |claim: &&Claim| claim.is_part(FURTHER);
    let has_one_unit = is_bare(result) || before.iter().any(|term| is_of_one_unit(term, result));
    let are_terms = before.iter().all(|term| is_term(term)) && before.windows(2).all(joined);
    (are_terms && has_one_unit && !before.iter().any(is_more) && ends_clause(passage, result))
        .then_some(())?;
    missed_total(&before, &before, result)
}

/// Whether nothing but its noun follows a figure in its clause.
fn ends_clause(passage: &Passage<'_>, claim: &Claim) -> bool {
    const LONGEST_NOUN: usize = 2;
    let behind = Stretch::of(passage.document, claim.text.end..claim.sentence.end);
    let ends = |idx: &usize| behind.words.get(*idx).is_none_or(|token| token.kind == TokenKind::Symbol);
    let lexicon = Lexicon::of(passage.document.language);
    let is_little = |idx: usize| {
        let word = behind.words.get(idx).and_then(|token| passage.document.text.get(token.range()));
        word.map(fold).is_some_and(|word| lexicon.is_stop_word(&word))
    };
    (0..=LONGEST_NOUN).find(ends).is_some_and(|end| !(0..end).any(is_little))
}

/// Bytes that may stand between two figures of a list in a sentence.
const MOST_APART: usize = 80;

/// "57 people died: 12 in Arden, 21 in Bexley and 29 in Corrow": figures right behind a colon, a dash or a bracket, told as
/// all of the figure before it.
fn behind_colon(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    may_be_broken_down(total).then_some(())?;
    let document = passage.document;
    let between = |from: usize, to: usize| document.text.get(from..to).unwrap_or_default();
    let behind: Vec<&Claim> = passage.sentence.iter().filter(|claim| claim.id > total.id).collect();
    let first = behind.first()?;
    let opens = |gap: &str| gap.trim_end().ends_with([':', '：', '–', '—', '(', '（']);
    opens(between(total.text.end, first.text.start)).then_some(())?;
    let parts: Vec<&Claim> = behind.into_iter().filter(|claim| !is_percent(claim)).collect();
    let is_close =
        parts.windows(2).all(|pair| between(pair[0].text.end, pair[1].text.start).len() <= MOST_APART);
    let before = passage.sentence.iter().filter(|claim| claim.id < total.id);
    let is_alone = before.clone().all(|claim| !is_of_one_unit(claim, total));
    let lexicon = Lexicon::of(document.language);
    (is_close && is_alone && parts.iter().all(|part| is_part_of(lexicon, part, total))).then_some(())?;
    let around: Vec<&Claim> = parts
        .iter()
        .copied()
        .chain(passage.before.iter().filter(|claim| is_of_one_unit(claim, total)))
        .collect();
    (parts.len() >= FEWEST_LISTED).then_some(())?;
    missed_total(&parts, &around, total).filter(|miss| is_too_much(miss, total))
}

/// Whether a figure may be the total of a list.
pub(super) fn may_be_broken_down(claim: &Claim) -> bool {
    let whole = claim.part.is_none() || is_total(claim);
    is_single(claim)
        && claim.block != BlockKind::Cell
        && whole
        && claim.role != Role::Before
        && claim.restates.is_none()
        && claim.quantity.unit.dimension.adds_up()
}

/// Whether a figure behind a total may be one of its parts: of its unit, a bare number, or people of another kind.
pub(super) fn is_part_of(lexicon: &Lexicon, part: &Claim, total: &Claim) -> bool {
    is_own(part)
        && part.hedge.is_none()
        && (part.part.is_none() || part.is_part(REMAINING))
        && is_of_whole(lexicon, part, total)
}

/// Whether a figure is of what a total is of, as a part of it or another one.
pub(super) fn is_of_whole(lexicon: &Lexicon, part: &Claim, total: &Claim) -> bool {
    let (one, other) = (&part.quantity.unit, &total.quantity.unit);
    let is_counted = other.dimension == Dimension::Count;
    let is_bare = one.dimension == Dimension::Number;
    let are_people = is_counted
        && one.dimension == Dimension::Count
        && lexicon.is_people(&one.code)
        && lexicon.is_people(&other.code);
    is_single(part)
        && part.restates.is_none()
        && part.kind != Kind::Change
        && (is_of_one_unit(part, total)
            || is_bare && (is_counted || are_large(part, total))
            || are_people
            || is_counted && is_named_by(part, total))
}

/// Whether a bare number is as large as the amount before it: "3.7 billion euros. Roads get 2.8 billion".
fn are_large(part: &Claim, total: &Claim) -> bool {
    const LARGE: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
    let is_large = |claim: &Claim| claim.value().is_some_and(|value| value >= LARGE);
    is_large(part) && is_large(total)
}

/// Whether a part took its noun from the story, which calls it by the total's measure.
fn is_named_by(part: &Claim, total: &Claim) -> bool {
    part.quantity.unit.dimension == Dimension::Count
        && total.measure == Some(part.quantity.unit.code.as_str())
}

/// A list that nothing says is complete may be of some of them only: just what is more than the total is wrong for certain,
/// and two figures behind another one are often of something else.
pub(super) const FEWEST_LISTED: usize = 3;

/// Whether the parts make more than the total.
pub(super) fn is_too_much(miss: &Miscalculation, total: &Claim) -> bool {
    total.value().is_some_and(|value| miss.comes_to > value)
}

/// Whether a figure is told as a total.
pub(super) fn is_total(claim: &Claim) -> bool {
    claim.is_part(TOTAL) && is_single(claim) && claim.role == Role::Own
}

/// Whether what parts come to is a slip of the figure stated: a digit, two that changed places, a scale.
pub(super) fn is_slip(comes_to: Decimal, stated: &Claim) -> bool {
    stated.value().is_some_and(|value| slip_of_digits(comes_to, value, stated.precision.grain).is_some())
}

/// A total that its parts do not make, nor any of the figures around: yet so nearly that they were meant to.
pub(super) fn missed_total(parts: &[&Claim], around: &[&Claim], total: &Claim) -> Option<Miscalculation> {
    if parts.len() < 2 || parts.len() > MOST_PARTS || around.len() > MOST_PARTS + 2 {
        return None;
    }
    let wanted = total.hard;
    if sums_of_some(around, total).any(|sum| sum.overlaps(&wanted)) {
        return None;
    }
    let value = total.value()?;
    let comes_to = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value()?))?;
    let is_largest = parts.iter().all(|part| part.value().is_some_and(|part| part < value));
    let ratio = comes_to.max(value).checked_div(comes_to.min(value))?;
    // "Just under 4.2 and over 1.6, 5.8 in all" comes out as printed.
    (is_largest && ratio <= NEARLY && comes_to != value).then(|| Miscalculation {
        kind: Calculation::Sum,
        terms: parts.iter().map(|part| part.id).collect(),
        stated: total.id,
        comes_to,
    })
}

/// A total and the sum of its parts are at most so many times apart: beyond it the figures are not its parts.
pub(super) const NEARLY: Decimal = Decimal::from_parts(135, 0, 0, false, 2);

/// The sums of two figures or more out of a few, at most `MOST_PARTS` and two, over what their rounding leaves open.
pub(super) fn sums_of_some<'a>(
    figures: &'a [&Claim],
    total: &'a Claim,
) -> impl Iterator<Item = Interval> + 'a {
    (1_u32..1 << figures.len()).filter(|chosen| chosen.count_ones() >= 2).filter_map(move |chosen| {
        // What counts one by one is open by its noughts alone.
        let are_counts = total.precision.is_count && figures.iter().all(|claim| claim.precision.is_count);
        let slack =
            if are_counts { Some(Decimal::ZERO) } else { total.precision.grain.checked_div(Decimal::TEN) };
        let chosen = figures.iter().enumerate().filter(|(idx, _)| chosen >> idx & 1 == 1);
        chosen.map(|(_, claim)| leaves_open(claim, total)).try_fold(
            Interval::point(Decimal::ZERO),
            |sum, part| {
                let slack = slack?;
                let low = sum.low.value()?.checked_add(part.low.value()?)?.checked_sub(slack)?;
                let high = sum.high.value()?.checked_add(part.high.value()?)?.checked_add(slack)?;
                Some(Interval::closed(low, high))
            },
        )
    })
}

/// What a part's digits leave open: a bare number that stands for a count is exact.
fn leaves_open(part: &Claim, total: &Claim) -> Interval {
    let is_bare_count =
        total.precision.is_count && part.hedge.is_none() && part.quantity.unit.dimension == Dimension::Number;
    part.value().filter(|_| is_bare_count).map_or(part.hard, Interval::point)
}

/// By claim: the total that it is a part of, in its sentence or over its column of a table, where the parts make it.
pub(super) fn totals(documents: &[Document], claims: &[Claim]) -> Vec<Option<usize>> {
    let mut totals = vec![None; claims.len()];
    let mut tell = |total: &Claim, parts: &[&Claim]| {
        for part in parts {
            if let Some(place) = totals.get_mut(part.id) {
                *place = Some(total.id);
            }
        }
    };
    let is_one = |a: &Claim, b: &Claim| a.document == b.document && a.sentence == b.sentence;
    for sentence in claims.chunk_by(is_one).filter(|sentence| sentence.len() > 2) {
        for (total, parts) in by_kind(sentence) {
            if sum_of(&parts).is_some_and(|sum| total.hard.contains(sum)) {
                tell(total, &parts);
            }
        }
    }
    for cells in by_column(documents, claims).values() {
        let parts: Vec<&Claim> = cells.iter().copied().filter(|cell| !cell.is_part(TOTAL)).collect();
        let (Some(first), Some(sum)) = (parts.first(), sum_of(&parts)) else { continue };
        // Whatever the text calls what the column counts, if anything.
        let own = first.quantity.unit.dimension;
        let is_alike = |claim: &Claim| matches!(claim.quantity.unit.dimension, it if it == own || it == Dimension::Number);
        let is_total = |claim: &&Claim| is_own(claim) && is_alike(claim) && claim.hard.contains(sum);
        if let Some(total) = report_of(claims, first.document).iter().find(is_total) {
            tell(total, &parts);
        }
    }
    totals
}

/// The figures of a sentence by their unit and measure: the largest, and the others.
fn by_kind(sentence: &[Claim]) -> Vec<(&Claim, Vec<&Claim>)> {
    let mut kinds: BTreeMap<(&Unit, Option<&str>), Vec<&Claim>> = BTreeMap::new();
    for claim in sentence.iter().filter(|claim| is_own(claim) && claim.quantity.unit.dimension.adds_up()) {
        kinds.entry((&claim.quantity.unit, claim.measure)).or_default().push(claim);
    }
    for own in kinds.values_mut() {
        own.sort_by_key(|claim| (claim.value(), claim.id));
    }
    kinds.into_values().filter_map(|mut own| Some((own.pop()?, own))).collect()
}

/// What two figures or more come to; nothing for fewer, and on overflow.
fn sum_of(parts: &[&Claim]) -> Option<Decimal> {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value()?));
    sum.filter(|_| parts.len() >= 2)
}
