//! Sums: a total and the figures that make it up, in a sentence or two, in a list, in a column.
//!
//! Lists in news are seldom complete, so only what is told as all of it is added up, and whatever makes the sum right is
//! believed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::{Block, BlockKind, Document};
use crate::extract::Role;
use crate::lang::{Lexicon, Term};
use crate::normalise::part::{OF_WHICH, REMAINING, TOTAL};
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, Interval, Unit};

use super::passage::{
    Calculation, Miscalculation, Passage, is_of_one_unit, is_own, is_percent, is_single, report_of,
};

/// A sum in a sentence, or in it and the one before it, whose result is the claim.
pub(super) fn sum(documents: &[Document], passage: &Passage<'_>, stated: &Claim) -> Option<Miscalculation> {
    total(passage, stated)
        .or_else(|| addition(documents, passage, stated))
        .or_else(|| behind_colon(documents, passage, stated))
        .or_else(|| with_the_rest(passage, stated))
}

/// The most parts that are added up.
const MOST_PARTS: usize = 6;

/// "5 million and 7 million, 13 million in all": a total and all its parts, in one sentence or in two.
fn total(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
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
    missed_total(&parts, &around, total)
}

/// "£1.85bn of equity; add £210m of debt and you get £2.26bn": a figure, another one added to it, and the result.
fn addition(documents: &[Document], passage: &Passage<'_>, result: &Claim) -> Option<Miscalculation> {
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
    let document = documents.get(result.document).filter(|_| is_term(&result))?;
    let lexicon = Lexicon::of(document.language);
    let stands = |from: &Claim, to: &Claim, wanted: &Term| {
        let words = lexicon.tokens(&document.text, from.text.end..to.text.start.max(from.text.end));
        (0..words.len()).any(|idx| words.longest(idx, |term| (term == wanted).then_some(())).is_some())
    };
    let is_added = stands(first, second, &Term::Adding) || stands(second, result, &Term::Adding);
    (is_added && stands(second, result, &Term::Result)).then_some(())?;
    let around: Vec<&Claim> = passage.before.iter().chain(passage.sentence).filter(is_other).collect();
    missed_total(&[first, second], &around, result)
}

/// Bytes that may stand between two figures of a list in a sentence.
const MOST_APART: usize = 80;

/// "57 people died: 12 in Arden, 21 in Bexley and 29 in Corrow": figures right behind a colon, a dash or a bracket, told as
/// all of the figure before it.
fn behind_colon(documents: &[Document], passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    let document = documents.get(total.document).filter(|_| may_be_broken_down(total))?;
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

/// "Of the 412 jobs 180 go in Arden, 150 in Bexley and the remaining 92 in Corrow": what is told as the rest completes the
/// figures before it, to the largest in its sentence or the one before.
fn with_the_rest(passage: &Passage<'_>, rest: &Claim) -> Option<Miscalculation> {
    let is_rest = rest.is_part(REMAINING) && is_single(rest);
    let may_be_rest =
        rest.quantity.unit.dimension.adds_up() || rest.quantity.unit.dimension == Dimension::Number;
    (is_rest && may_be_rest).then_some(())?;
    let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
    let is_counted = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Count;
    let is_figure = |claim: &&Claim| {
        is_single(claim)
            && claim.restates.is_none()
            && claim.role != Role::Before
            && (is_of_one_unit(claim, rest)
                || is_bare(claim) && is_counted(rest)
                || is_bare(rest) && is_counted(claim))
    };
    let own: Vec<&Claim> = passage.sentence.iter().filter(is_figure).collect();
    let around: Vec<&Claim> = passage.before.iter().filter(is_figure).chain(own.iter().copied()).collect();
    let total = around.iter().copied().max_by_key(|claim| (claim.value(), std::cmp::Reverse(claim.id)))?;
    let parts: Vec<&Claim> = own.into_iter().filter(|claim| claim.id != total.id).collect();
    let others: Vec<&Claim> = around.into_iter().filter(|claim| claim.id != total.id).collect();
    (total.id < rest.id && parts.last()?.id == rest.id && total.role == Role::Own).then_some(())?;
    (parts.len() <= MOST_PARTS).then_some(())?;
    // "412 of its 480 jobs. Some 180 go in Arden": the parts may be those of a smaller figure.
    let fits = |whole: &&Claim| sums_of_some(&parts, whole).any(|sum| sum.overlaps(&whole.hard));
    if others.iter().any(fits) {
        return None;
    }
    missed_total(&parts, &others, total)
}

/// Lists of figures under a line that gives their total: "180 deputies voted as follows:", and the votes below it.
pub(super) fn lists(documents: &[Document], claims: &[Claim]) -> Vec<Miscalculation> {
    let mut found = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        let report = report_of(claims, place);
        let mut at: usize = 0;
        for run in document.blocks.chunk_by(|a, b| a.is_item == b.is_item) {
            let before = at.checked_sub(1).and_then(|above| document.blocks.get(above));
            if let Some(above) = before.filter(|_| run.first().is_some_and(|block| block.is_item)) {
                found.extend(list(document, report, above, run));
            }
            at += run.len();
        }
    }
    found
}

/// A list whose every item gives one part.
fn list(document: &Document, report: &[Claim], above: &Block, items: &[Block]) -> Option<Miscalculation> {
    let of_block = |block: &Block| {
        let from = report.partition_point(|claim| claim.text.start < block.text.start);
        let to = report.partition_point(|claim| claim.text.start < block.text.end);
        report.get(from..to).unwrap_or_default()
    };
    let opens = document.slice(&above.text).trim_end().ends_with([':', '：']);
    let last = of_block(above).last().filter(|last| last.sentence.end >= above.text.end);
    let last_sentence = last.map(|last| last.sentence.start);
    let totals: Vec<&Claim> = of_block(above)
        .iter()
        .filter(|claim| Some(claim.sentence.start) == last_sentence && may_be_broken_down(claim))
        .collect();
    let [total] = totals.as_slice() else { return None };
    (opens || is_total(total)).then_some(())?;
    let lexicon = Lexicon::of(document.language);
    let mut parts = Vec::new();
    for item in items {
        let own = of_block(item).iter().filter(|claim| is_part_of(lexicon, claim, total));
        let own: Vec<&Claim> = own.collect();
        let [part] = own.as_slice() else { return None };
        parts.push(*part);
    }
    (parts.len() >= FEWEST_LISTED).then_some(())?;
    missed_total(&parts, &parts, total).filter(|miss| is_too_much(miss, total))
}

/// Whether a figure may be the total of a list.
fn may_be_broken_down(claim: &Claim) -> bool {
    let whole = claim.part.is_none() || is_total(claim);
    is_single(claim)
        && claim.block != BlockKind::Cell
        && whole
        && claim.role != Role::Before
        && claim.restates.is_none()
        && claim.quantity.unit.dimension.adds_up()
}

/// Whether a figure behind a total may be one of its parts: of its unit, a bare number, or people of another kind.
fn is_part_of(lexicon: &Lexicon, part: &Claim, total: &Claim) -> bool {
    let (one, other) = (&part.quantity.unit, &total.quantity.unit);
    let is_counted = other.dimension == Dimension::Count;
    let is_bare = one.dimension == Dimension::Number && is_counted;
    let are_people = is_counted
        && one.dimension == Dimension::Count
        && lexicon.is_people(&one.code)
        && lexicon.is_people(&other.code);
    is_own(part)
        && part.kind != Kind::Change
        && part.hedge.is_none()
        && (part.part.is_none() || part.is_part(REMAINING))
        && (is_of_one_unit(part, total) || is_bare || are_people || is_counted && is_named_by(part, total))
}

/// Whether a part took its noun from the story, which calls it by the total's measure.
fn is_named_by(part: &Claim, total: &Claim) -> bool {
    part.quantity.unit.dimension == Dimension::Count
        && total.measure == Some(part.quantity.unit.code.as_str())
}

/// A list that nothing says is complete may be of some of them only: just what is more than the total is wrong for certain,
/// and two figures behind another one are often of something else.
const FEWEST_LISTED: usize = 3;

fn is_too_much(miss: &Miscalculation, total: &Claim) -> bool {
    total.value().is_some_and(|value| miss.comes_to > value)
}

fn is_total(claim: &Claim) -> bool {
    claim.is_part(TOTAL) && is_single(claim) && claim.role == Role::Own
}

/// A total that its parts do not make, nor any of the figures around: yet so nearly that they were meant to.
fn missed_total(parts: &[&Claim], around: &[&Claim], total: &Claim) -> Option<Miscalculation> {
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
const NEARLY: Decimal = Decimal::from_parts(135, 0, 0, false, 2);

/// The sums of two figures or more out of a few, at most `MOST_PARTS` and two, over what their rounding leaves open.
fn sums_of_some<'a>(figures: &'a [&Claim], total: &'a Claim) -> impl Iterator<Item = Interval> + 'a {
    (1_u32..1 << figures.len()).filter(|chosen| chosen.count_ones() >= 2).filter_map(move |chosen| {
        let chosen = figures.iter().enumerate().filter(|(idx, _)| chosen >> idx & 1 == 1);
        chosen.map(|(_, claim)| leaves_open(claim, total)).try_fold(
            Interval::point(Decimal::ZERO),
            |sum, part| {
                let slack = total.precision.grain.checked_div(Decimal::TEN)?;
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
            if makes(&parts, total) {
                tell(total, &parts);
            }
        }
    }
    for cells in by_column(documents, claims).values() {
        let parts: Vec<&Claim> = cells.iter().copied().filter(|cell| !cell.is_part(TOTAL)).collect();
        let Some(first) = parts.first() else { continue };
        // Whatever the text calls what the column counts, if anything.
        let own = first.quantity.unit.dimension;
        let is_alike = |claim: &Claim| matches!(claim.quantity.unit.dimension, it if it == own || it == Dimension::Number);
        let is_total = |claim: &&Claim| is_own(claim) && is_alike(claim) && makes(&parts, claim);
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

/// Whether two figures or more come to a total, as far as that is printed.
fn makes(parts: &[&Claim], total: &Claim) -> bool {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value()?));
    parts.len() >= 2 && sum.is_some_and(|sum| total.hard.contains(sum))
}

/// Columns of a table whose row of totals is not the sum of the rows above it.
pub(super) fn columns(documents: &[Document], claims: &[Claim]) -> Vec<Miscalculation> {
    by_column(documents, claims).values().filter_map(|cells| column(cells)).collect()
}

/// The figures of each column of a table, but for percentages, by their report and the column's head.
fn by_column<'a>(documents: &[Document], claims: &'a [Claim]) -> BTreeMap<(usize, usize), Vec<&'a Claim>> {
    let mut columns: BTreeMap<(usize, usize), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.block == BlockKind::Cell && !is_percent(claim)) {
        let Some(document) = documents.get(claim.document) else { continue };
        let place = document.blocks.partition_point(|block| block.text.end <= claim.text.start);
        if let Some([_, column, ..]) = document.blocks.get(place).map(|block| block.heads.as_slice()) {
            columns.entry((claim.document, *column)).or_default().push(claim);
        }
    }
    columns
}

fn column(cells: &[&Claim]) -> Option<Miscalculation> {
    let totals: Vec<&Claim> = cells.iter().copied().filter(|cell| cell.is_part(TOTAL)).collect();
    let [total] = totals.as_slice() else { return None };
    let parts: Vec<&Claim> = cells.iter().copied().filter(|cell| cell.id != total.id).collect();
    let is_whole =
        parts.iter().all(|part| is_single(part) && part.part.is_none() && is_of_one_unit(part, total));
    (is_whole && is_single(total)).then_some(())?;
    missed_total(&parts, &parts, total)
}
