//! Lists in a sentence that tell all of those that they count: "nineteen were smiths: eleven from Arden, seven from Holm".

use rust_decimal::Decimal;

use crate::document::BlockKind;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Term};
use crate::normalise::part::OF_WHICH;
use crate::normalise::{Claim, Kind};
use crate::quantity::Dimension;

use super::breakdown::MOST_PARTS;
use super::passage::{
    Calculation, Miscalculation, Passage, Stretch, is_of_one_unit, is_own, paragraph_behind, tells_of_others,
};

/// A count that is told place by place right behind it, one by one and with one word for all, and to its last but a few.
pub(super) fn roster(passage: &Passage<'_>, total: &Claim) -> Option<Miscalculation> {
    let is_exact = |claim: &Claim| {
        is_own(claim)
            && claim.hedge.is_none()
            && claim.kind == Kind::Level
            && matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
            && claim.value().is_some_and(|value| value.is_integer() && value <= MOST_COUNTED)
    };
    // "Nineteen were smiths": a bare number is one of people or things where it opens its sentence.
    let ahead = Stretch::of(passage.document, total.sentence.start..total.text.start);
    let is_named = total.quantity.unit.dimension == Dimension::Count || ahead.words.is_empty();
    let is_total = is_exact(total) && is_named && total.part.is_none() && total.block != BlockKind::Cell;
    let is_first =
        passage.sentence.iter().filter(|claim| is_counted(claim)).all(|claim| claim.id >= total.id);
    (is_total && is_first).then_some(())?;
    let parts: Vec<&Claim> = passage.sentence.iter().filter(|claim| claim.id > total.id).collect();
    let is_part = |part: &&Claim| {
        let is_bare = part.quantity.unit.dimension == Dimension::Number;
        is_exact(part)
            && (part.part.is_none() || part.is_part(OF_WHICH))
            && (is_bare || is_of_one_unit(part, total))
    };
    let opens = |part: &Claim| {
        let gap = passage.document.text.get(total.text.end..part.text.start);
        gap.is_some_and(|gap| gap.trim_end().ends_with([':', '：']))
    };
    let is_list = parts.len() <= MOST_PARTS && parts.iter().all(is_part) && opens(parts.first()?);
    (is_list && are_alike(passage, &parts) && !tells_of_others(passage.document, total, total))
        .then_some(())?;
    let value = total.value()?;
    let comes_to = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value()?))?;
    let apart = comes_to.checked_sub(value)?;
    // "Nineteen: eleven from Arden, seven from Holm, one of them from Holm's mill": counted twice.
    let is_told_twice = parts.iter().any(|part| part.value() == Some(apart));
    let is_near = apart.abs() <= value.checked_div(Decimal::TEN)?.max(Decimal::ONE);
    // What is missing may follow.
    let is_whole = apart.is_sign_positive() || paragraph_behind(passage.document, total).trim().is_empty();
    (!apart.is_zero() && is_near && is_whole && !is_told_twice && parts.len() >= 2).then(|| Miscalculation {
        kind: Calculation::Sum,
        terms: parts.iter().map(|part| part.id).collect(),
        stated: total.id,
        comes_to,
    })
}

/// What is more than this is seldom told one by one.
const MOST_COUNTED: Decimal = Decimal::from_parts(99, 0, 0, false, 0);

fn is_counted(claim: &Claim) -> bool {
    matches!(claim.quantity.unit.dimension, Dimension::Count | Dimension::Number)
}

/// Whether one little word stands behind every part, and a name soon behind that: "eleven from Arden, seven from Holm".
fn are_alike(passage: &Passage<'_>, parts: &[&Claim]) -> bool {
    const REACH: usize = 4;
    const MOST_WORDS: usize = 6;
    let document = passage.document;
    let lexicon = Lexicon::of(document.language);
    let ends = parts.iter().skip(1).map(|next| next.text.start);
    let ends = ends.chain(parts.last().map(|last| last.sentence.end));
    let mut leads = parts.iter().zip(ends).map(|(part, end)| {
        let behind = Stretch::of(document, part.text.end..end);
        let is_pronoun = |term: &Term| matches!(term, Term::Part(id) if id == OF_WHICH);
        let at = behind.length_at(0, is_pronoun).unwrap_or(0);
        let word = behind.words.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let word = fold(document.text.get(word.range())?);
        let is_name = |idx: usize| {
            behind.words.get(idx).is_some_and(|token| token.capital || token.kind == TokenKind::Digits)
        };
        let is_placed = (at + 1..=at + REACH).any(is_name) && behind.words.len() <= at + MOST_WORDS;
        (is_placed && lexicon.is_stop_word(&word)).then_some(word)
    });
    let Some(Some(first)) = leads.next() else { return false };
    leads.all(|lead| lead.is_some_and(|lead| lead == first))
}
