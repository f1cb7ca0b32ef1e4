//! Sums of lists and tables: items under a line that gives their total, items that end in it, columns with a row of totals.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::{Block, BlockKind, Document};
use crate::lang::{Lexicon, Term};
use crate::normalise::Claim;
use crate::normalise::part::{REMAINING, TOTAL};
use crate::quantity::Dimension;

use super::breakdown::{
    FEWEST_LISTED, MOST_PARTS, is_part_of, is_slip, is_too_much, is_total, may_be_broken_down, missed_total,
};
use super::cause::is_transposition;
use super::passage::{
    Calculation, Miscalculation, Stretch, is_of_one_unit, is_own, is_percent, is_single, report_of,
};

/// Lists of figures under a line that gives their total: "180 deputies voted as follows:", and the votes below it; and lists of
/// which an item is the total.
pub(super) fn lists(documents: &[Document], claims: &[Claim]) -> Vec<Miscalculation> {
    let mut found = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        let report = Report { document, claims: report_of(claims, place) };
        let mut at: usize = 0;
        for run in document.blocks.chunk_by(|a, b| a.is_item == b.is_item) {
            if run.first().is_some_and(|block| block.is_item) {
                found.extend(report.list_with_total(run).or_else(|| report.list(at, run)));
            }
            at += run.len();
        }
    }
    found
}

/// A report and its figures.
struct Report<'a> {
    document: &'a Document,
    claims: &'a [Claim],
}

impl<'a> Report<'a> {
    fn of_block(&self, block: &Block) -> &'a [Claim] {
        let from = self.claims.partition_point(|claim| claim.text.start < block.text.start);
        let to = self.claims.partition_point(|claim| claim.text.start < block.text.end);
        self.claims.get(from..to).unwrap_or_default()
    }

    /// A list whose last or first item is the total of the others.
    fn list_with_total(&self, items: &[Block]) -> Option<Miscalculation> {
        let mut figures = Vec::new();
        for item in items {
            let [figure] = self.of_block(item) else { return None };
            figures.push(figure);
        }
        let at_an_end = [figures.last(), figures.first()].into_iter().flatten().find(|claim| is_total(claim));
        let total = *at_an_end?;
        let parts: Vec<&Claim> = figures.into_iter().filter(|claim| claim.id != total.id).collect();
        let is_bare = |claim: &Claim| claim.quantity.unit.dimension == Dimension::Number;
        let is_part = |claim: &Claim| {
            is_own(claim)
                && claim.hedge.is_none()
                && (claim.part.is_none() || claim.is_part(REMAINING))
                && (is_of_one_unit(claim, total) || is_bare(claim))
        };
        let is_whole = parts.iter().all(|part| is_part(part)) && !is_percent(total);
        (is_whole && parts.len() >= FEWEST_LISTED).then_some(())?;
        if parts.iter().all(|part| is_bare(part)) && !is_bare(total) {
            return None;
        }
        missed(&parts, total)
    }

    /// A list whose every item gives a part of a figure above it. One that nothing says is complete may give some of them only.
    fn list(&self, at: usize, items: &[Block]) -> Option<Miscalculation> {
        let (totals, is_close) = self.totals_above(at)?;
        let largest = |parts: &[&Claim]| parts.iter().filter_map(|part| part.value()).max();
        let mut found = totals.iter().filter_map(|total| {
            let parts = self.parts(items, total)?;
            (largest(&parts) < total.value()).then_some((*total, parts))
        });
        let (total, parts) = found.next()?;
        let is_only = found.next().is_none();
        let last = items.last()?;
        let is_rest = |term: &Term| matches!(term, Term::Others | Term::TheOthers);
        let is_complete = parts.last()?.is_part(REMAINING)
            || Stretch::of(self.document, last.text.clone()).has_within(LONGEST_REST, is_rest);
        (is_only && (is_close || is_complete)).then_some(())?;
        let miss = missed(&parts, total)?;
        let is_meant = if is_close {
            is_complete || is_too_much(&miss, total)
        } else {
            is_slip(miss.comes_to, total) || parts.iter().any(|part| is_slip_of_part(part, &miss, total))
        };
        is_meant.then_some(miss)
    }

    /// The figures that may be the total of a list at a place among the blocks: of the last sentence above it, where that opens
    /// it or gives a total, or, where the line that opens it has no figure, of the paragraph above that. And whether they
    /// stand right above it.
    fn totals_above(&self, at: usize) -> Option<(Vec<&'a Claim>, bool)> {
        let above = self.document.blocks.get(at.checked_sub(1)?)?;
        let opens = self.document.slice(&above.text).trim_end().ends_with([':', '：']);
        let own = self.of_block(above);
        let may_be = |claim: &&Claim| may_be_broken_down(claim);
        if let Some(last) = own.last().filter(|last| last.sentence.end >= above.text.end) {
            let in_last = |claim: &&Claim| claim.sentence.start == last.sentence.start;
            let totals: Vec<&Claim> = own.iter().filter(in_last).filter(may_be).collect();
            return totals.iter().any(|total| opens || is_total(total)).then_some((totals, true));
        }
        let before = self.document.blocks.get(at.checked_sub(2)?)?;
        let is_text = before.kind == BlockKind::Body && !before.is_item;
        (opens && own.is_empty() && is_text)
            .then(|| (self.of_block(before).iter().filter(may_be).collect(), false))
    }

    /// The parts that the items of a list give; nothing where an item gives none, or several that are not joined.
    fn parts(&self, items: &[Block], total: &Claim) -> Option<Vec<&'a Claim>> {
        let lexicon = Lexicon::of(self.document.language);
        let mut parts = Vec::new();
        for item in items {
            let own: Vec<&Claim> =
                self.of_block(item).iter().filter(|claim| is_part_of(lexicon, claim, total)).collect();
            let are_joined = own.windows(2).all(|pair| {
                let between = Stretch::of(self.document, pair[0].text.end..pair[1].text.start);
                between.has(|term| matches!(term, Term::NumberJoiner))
            });
            (!own.is_empty() && are_joined).then_some(())?;
            parts.extend(own);
        }
        (parts.len() >= FEWEST_LISTED).then_some(parts)
    }
}

/// Whether the parts would make the total but for two digits of one of them that changed places.
fn is_slip_of_part(part: &Claim, miss: &Miscalculation, total: &Claim) -> bool {
    let meant = || {
        let value = part.value()?;
        Some((value, value.checked_add(total.value()?.checked_sub(miss.comes_to)?)?))
    };
    meant().is_some_and(|(value, meant)| is_transposition(value, meant))
}

/// Words of an item of a list among which one stands that says that it is the rest: "41 others".
const LONGEST_REST: usize = 4;

/// Columns of a table whose row of totals is not the sum of the rows above it.
pub(super) fn columns(documents: &[Document], claims: &[Claim]) -> Vec<Miscalculation> {
    by_column(documents, claims).values().filter_map(|cells| column(cells)).collect()
}

/// The figures of each column of a table, but for percentages, by their report and the column's head.
pub(super) fn by_column<'a>(
    documents: &[Document],
    claims: &'a [Claim],
) -> BTreeMap<(usize, usize), Vec<&'a Claim>> {
    let mut columns: BTreeMap<(usize, usize), Vec<&Claim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| claim.block == BlockKind::Cell && !is_percent(claim)) {
        let Some(document) = documents.get(claim.document) else { continue };
        let place = document.block_at(claim.text.start);
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
    missed(&parts, total)
}

/// A total that the parts of a list do not make, however long it is.
fn missed(parts: &[&Claim], total: &Claim) -> Option<Miscalculation> {
    missed_total(parts, parts, total).or_else(|| missed_by_many(parts, total))
}

/// The most parts of a long list.
const MOST_LISTED: usize = 24;

/// A total that many parts miss by a slip of its digits. Some of them may be subtotals: they make it without any one or two of
/// them, or all of them make two times as much.
fn missed_by_many(parts: &[&Claim], total: &Claim) -> Option<Miscalculation> {
    let is_long = (MOST_PARTS + 1..=MOST_LISTED).contains(&parts.len());
    let value = total.value().filter(|_| is_long)?;
    let values: Vec<Decimal> = parts.iter().map(|part| part.value()).collect::<Option<_>>()?;
    let comes_to = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    // What rounding leaves open of each part and of the total.
    let open = parts.iter().chain([&total]).try_fold(Decimal::ZERO, |sum, claim| {
        sum.checked_add(claim.value()?.checked_sub(claim.hard.low.value()?)?.abs())
    })?;
    let fits = |sum: Option<Decimal>| {
        sum.and_then(|sum| sum.checked_sub(value)).is_none_or(|apart| apart.abs() <= open)
    };
    let without = |one: usize, other: usize| {
        let rest = comes_to.checked_sub(*values.get(one)?)?;
        if one == other { Some(rest) } else { rest.checked_sub(*values.get(other)?) }
    };
    let some_make_it =
        (0..values.len()).any(|one| (one..values.len()).any(|other| fits(without(one, other))));
    (!fits(Some(comes_to)) && !some_make_it && values.iter().all(|part| *part < value)).then_some(())?;
    is_slip(comes_to, total).then(|| Miscalculation {
        kind: Calculation::Sum,
        terms: parts.iter().map(|part| part.id).collect(),
        stated: total.id,
        comes_to,
    })
}
