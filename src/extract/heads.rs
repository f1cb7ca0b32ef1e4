//! What bare figures of a table cell are in: the unit at the head of its row or column, "Sales (£m)", "2027, $ million".

use std::ops::Range;

use rust_decimal::Decimal;

use super::numeral::{self, factor_at};
use super::{Candidate, CandidateUnit, Passage, noise, noun, signs, unit};
use crate::document::{Block, BlockKind, Document};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Measure, NumberPart, Term, Tokens, YEARS, measure};
use crate::quantity::{Dimension, Unit};

/// Bytes of a head that are read: what is longer names no unit.
const LONGEST: usize = 256;

/// The units that the figures of a block may be in by its heads; empty for all but a table's cells.
///
/// A head speaks for its row or column unless the other one names something else ("Staff"), the corner only for what is
/// named as its own. The first row has no columns yet: its years are years.
pub(super) fn units(document: &Document, block: &Block, lexicon: &Lexicon) -> Vec<Candidate> {
    if block.kind != BlockKind::Cell || block.heads.len() < 2 {
        return Vec::new();
    }
    let text = |head: &Block| {
        head.text.start..document.text.floor_char_boundary(head.text.start + LONGEST).min(head.text.end)
    };
    let note = note_above(document, block);
    let ranges: Vec<Range<usize>> = block
        .heads
        .iter()
        .copied()
        .chain(note)
        .filter_map(|idx| document.blocks.get(idx))
        .map(text)
        .collect();
    let tokens: Vec<Tokens<'_>> =
        ranges.iter().map(|range| lexicon.tokens(&document.text, range.clone())).collect();
    let found = ranges.iter().zip(&tokens).enumerate().find_map(|(place, (range, tokens))| {
        let (text, range, separators) = (document.text.as_str(), range.clone(), &lexicon.separators);
        let units = of_head(&Passage { text, range, tokens, lexicon, separators, heads: &[] })?;
        Some((place, units))
    });
    let Some((place, units)) = found else { return Vec::new() };
    let measures: Vec<&Measure> = tokens.iter().take(2).filter_map(measure_of).collect();
    let fits = |measure: &&Measure| units.iter().any(|candidate| is_of(measure, candidate));
    let is_of_all = if place < 2 { measures.iter().all(fits) } else { measures.iter().any(fits) };
    if is_of_all { units } else { Vec::new() }
}

/// The short line right above a cell's table, which may say what all of it is in: "in millions of euros".
fn note_above(document: &Document, block: &Block) -> Option<usize> {
    /// Bytes of such a line.
    const LONGEST: usize = 120;
    /// Cells of a first row.
    const WIDEST: usize = 24;
    let first = block.heads.iter().min()?;
    let above = (first.saturating_sub(WIDEST)..*first).rev();
    let is_cell = |idx: usize| document.blocks.get(idx).is_some_and(|block| block.kind == BlockKind::Cell);
    let above = above.into_iter().find(|idx| !is_cell(*idx))?;
    document.blocks.get(above).filter(|note| note.text.len() <= LONGEST).map(|_| above)
}

/// The measure that a head names.
fn measure_of(tokens: &Tokens<'_>) -> Option<&'static Measure> {
    let named = |term: &Term| if let Term::Measure(id) = term { measure(id) } else { None };
    (0..tokens.len()).find_map(|idx| tokens.longest(idx, named)).map(|(_, found)| found)
}

/// Whether a measure's figures may be in a unit; a share may be of anything.
fn is_of(measure: &Measure, candidate: &Candidate) -> bool {
    let dimension = match &candidate.unit {
        CandidateUnit::Settled(unit) => unit.dimension,
        CandidateUnit::Family(_) => Dimension::Money,
    };
    matches!(dimension, Dimension::Percent | Dimension::Points | Dimension::Rate)
        || measure.of.contains(&dimension)
}

/// The units of the first part of a head that is a unit and nothing else, or that ends in a sign for one: "Sales £m".
fn of_head(passage: &Passage<'_>) -> Option<Vec<Candidate>> {
    let separates = |idx: usize| {
        let sign = passage.word(idx);
        matches!(sign, "(" | ")" | "[" | "]" | "（" | "）" | "," | "，" | "、" | ":" | "：" | ";" | "|" | "·")
            || noise::is_hyphen(sign) && !passage.is_glued(idx)
    };
    let is_sign = |idx: &usize| passage.token(*idx).is_some_and(|token| token.kind == TokenKind::Symbol);
    let ends = (0..=passage.tokens.len()).filter(|idx| *idx == passage.tokens.len() || separates(*idx));
    let mut start = 0;
    let mut parts = ends.map(|end| std::mem::replace(&mut start, end + 1)..end);
    parts.find_map(|part| {
        let sign = part.clone().skip(1).find(is_sign).map(|sign| sign..part.end);
        of_part(passage, part).or_else(|| of_part(passage, sign?))
    })
}

/// "In millions of euros", "€bn", "US$ million", "thousand tonnes", "%": the whole part is read, or nothing.
fn of_part(passage: &Passage<'_>, part: Range<usize>) -> Option<Vec<Candidate>> {
    let is_stop = |idx: &usize| passage.lexicon.is_stop_word(&fold(passage.word(*idx)));
    let is_dot = |idx: &usize| passage.word(*idx) == ".";
    let mut first = part.start;
    while first < part.end {
        first += match numeral::length_of(passage, first, &Term::UnitNote) {
            0 if is_stop(&first) => 1,
            0 => break,
            length => length,
        };
    }
    let last = (first..part.end).rev().find(|idx| !is_dot(idx))?;
    let (begin, end) = (passage.token(first)?.start, passage.token(last)?.end);
    let (scale, behind) = scale_at(passage, begin).unwrap_or((Decimal::ONE, begin));
    let of = |unit: Unit, end: usize| (vec![Candidate::of(CandidateUnit::Settled(unit))], end);
    let (mut units, mut behind) = if behind == end {
        of(Unit::of(Dimension::Number), behind)
    } else {
        unit::unit_at(passage, behind).or_else(|| {
            let (noun_end, lemma) = noun_at(passage, behind, scale)?;
            Some(of(Unit::count(&lemma), noun_end))
        })?
    };
    let mut scale = scale;
    if let Some((factor, scale_end)) =
        scale_at(passage, behind).filter(|_| scale == Decimal::ONE && behind < end)
    {
        (scale, behind) = (factor, scale_end);
        // "新台幣億元": the unit's name stands around its scale.
        behind = unit::unit_at(passage, behind).filter(|_| behind < end).map_or(behind, |(_, unit)| unit);
    }
    if let Some((per, per_end)) = unit::per_unit(passage, behind, None).filter(|_| behind < end) {
        units.iter_mut().for_each(|candidate| candidate.per = Some(per.clone()));
        behind = per_end;
    }
    // "Tonnes 2026".
    if behind < end && is_year(passage, behind, end) {
        behind = end;
    }
    // A column of years or days has their names for a head.
    let is_time = units.iter().any(unit::is_time);
    let scaled =
        |candidate: Candidate| Some(Candidate { scale: candidate.scale.checked_mul(scale)?, ..candidate });
    (behind >= end && !is_time).then(|| units.into_iter().filter_map(scaled).collect())
}

/// Whether nothing but a year stands between two bytes.
fn is_year(passage: &Passage<'_>, start: usize, end: usize) -> bool {
    let text = passage.text.get(start..end).unwrap_or_default().trim();
    text.len() == 4 && text.parse().is_ok_and(|year: i16| YEARS.contains(&year))
}

/// What is counted at a byte: behind a scale ("thousand people"), or by a counter ("万人", "件").
fn noun_at(passage: &Passage<'_>, start: usize, scale: Decimal) -> Option<(usize, String)> {
    let idx = passage.token_at(start);
    let noun = noun::counted_behind_scale(passage, idx)?;
    let is_counter =
        numeral::term(passage, idx, |term| matches!(term, Term::Counter(_)).then_some(())).is_some();
    let end = passage.token(noun.end.checked_sub(1)?)?.end;
    (is_counter || scale > Decimal::ONE).then_some((end, noun.lemma))
}

/// The scale word or suffix at a byte, and the byte behind it.
fn scale_at(passage: &Passage<'_>, start: usize) -> Option<(Decimal, usize)> {
    let idx = passage.token_at(start);
    if let Some((length, NumberPart::Scale(scale))) = factor_at(passage, idx) {
        return Some((scale, passage.token(idx + length - 1)?.end));
    }
    let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let suffix = signs::suffix_after(passage.rest(start), &passage.lexicon.scale_suffixes)?;
    is_word.then_some((suffix.1, start + suffix.0))
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes};
    use crate::settings::Settings;

    /// The quantities of a table of Markdown.
    fn reads(table: &str) -> Vec<String> {
        let known = Known { language: Some("en".to_owned()), published: None };
        let document = read_bytes("a.md", Format::Markdown, table.as_bytes(), &known);
        let claims = crate::claims_of(&document, &Settings::new());
        claims.iter().map(|claim| format!("{:?} {}", claim.value(), claim.quantity.unit)).collect()
    }

    #[test]
    fn a_head_says_what_its_cells_are_in() {
        let table = "| Firm | Sales (£m) | Area, ha | Share % |\n|--|--|--|--|\n| Tarn | 1.5 | 12 | 4 |\n";
        assert_eq!(reads(table), ["Some(1500000) GBP", "Some(12) ha", "Some(4) %"]);
    }

    #[test]
    fn the_corner_speaks_for_amounts_alone() {
        let table = "| $ million | 2026 |\n|--|--|\n| Profit | (12) |\n| Staff | 45 |\n| Bakeries | 7 |\n";
        assert_eq!(reads(table), ["Some(2026) year", "Some(-12000000) USD", "Some(45) staff", "Some(7) "]);
    }

    #[test]
    fn a_year_beside_a_unit_changes_nothing() {
        let table = "| Mine | Tonnes 2025 | Tonnes 2026 |\n|--|--|--|\n| Tarn | 1,200 | 1,350 |\n";
        let read = reads(table);
        assert!(read.ends_with(&["Some(1200) t".to_owned(), "Some(1350) t".to_owned()]), "{read:?}");
    }

    #[test]
    fn a_head_that_is_more_than_a_unit_says_nothing() {
        let table = "| Firm | Euro area | Year |\n|--|--|--|\n| Tarn | 12 | 2026 |\n";
        assert_eq!(reads(table), ["Some(12) ", "Some(2026) year"]);
    }
}
