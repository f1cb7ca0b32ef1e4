//! What a figure counts or measures: the word for it that stands nearest, in its own clause first.

use std::ops::Range;

use crate::lang::words::TokenKind;
use crate::lang::{Measure, Term, measure};
use crate::quantity::Dimension;

use super::{Passage, Spot};

/// Tokens that a clause's edge counts for.
const CLAUSE_EDGE: usize = 7;
/// What a weak word's distance is multiplied by.
const WEAK: usize = 3;
/// A word right behind the figure is nearer than one before it: "$15.9bn deal".
const BEFORE: usize = 1;
/// Words farther than this say nothing of the figure.
const FARTHEST: usize = 26;

/// The measure of the figure at a spot, or nothing where no word near it names one of its dimension.
pub(super) fn find(passage: &Passage<'_>, spot: &Spot, dimension: Dimension) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    let mut idx = spot.sentence.start;
    while idx < spot.sentence.end {
        let Some((length, found)) = measure_at(passage, idx, dimension) else {
            idx += 1;
            continue;
        };
        let distance = distance(passage, spot, &(idx..idx + length), found);
        if distance <= FARTHEST && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, &found.id));
        }
        idx += length;
    }
    best.map(|(_, id)| id).or_else(|| of_heads(passage, dimension))
}

fn measure_at(passage: &Passage<'_>, idx: usize, dimension: Dimension) -> Option<(usize, &'static Measure)> {
    passage.lexicon.longest(passage.text(), &passage.tokens, idx, |term| match term {
        Term::Measure(id) => measure(id).filter(|measure| fits(measure, dimension)),
        _ => None,
    })
}

/// Whether a measure's figures may be of a dimension; a share or a change in percent may be of anything.
fn fits(measure: &Measure, dimension: Dimension) -> bool {
    measure.of.contains(&dimension)
        || matches!(dimension, Dimension::Percent | Dimension::Points)
        || dimension == Dimension::Rate
}

fn distance(passage: &Passage<'_>, spot: &Spot, word: &Range<usize>, found: &Measure) -> usize {
    let (gap, side) = if word.end <= spot.own.start {
        (word.end..spot.own.start, BEFORE)
    } else if word.start >= spot.own.end {
        (spot.own.end..word.start, 0)
    } else {
        return 0;
    };
    let edges = gap.clone().filter(|idx| is_clause_edge(passage, *idx)).count();
    let tokens = gap.len() + side;
    // Another figure in between has a better right to the word.
    let figures = gap.filter(|idx| is_figure(passage, *idx)).count();
    (tokens + edges * CLAUSE_EDGE + figures * CLAUSE_EDGE) * if found.weak { WEAK } else { 1 }
}

fn is_clause_edge(passage: &Passage<'_>, idx: usize) -> bool {
    matches!(passage.word(idx), "," | ";" | ":" | "–" | "—" | "(" | ")" | "、" | "，" | "·" | "|")
}

fn is_figure(passage: &Passage<'_>, idx: usize) -> bool {
    passage.tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Digits)
        && !passage.tokens.get(idx.wrapping_sub(1)).is_some_and(|before| before.kind == TokenKind::Digits)
        && !matches!(passage.word(idx.wrapping_sub(1)), "." | ",")
}

/// A table cell is named by the heads of its row and column.
fn of_heads(passage: &Passage<'_>, dimension: Dimension) -> Option<&'static str> {
    passage.block.heads.iter().filter_map(|idx| passage.document.blocks.get(*idx).zip(Some(*idx))).find_map(
        |(block, block_idx)| {
            let head = Passage::new(passage.document, block, block_idx, passage.lexicon);
            (0..head.tokens.len()).find_map(|idx| measure_at(&head, idx, dimension)).map(|(_, found)| found.id.as_str())
        },
    )
}
