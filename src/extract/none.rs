//! Zero in words: "no injuries", "nobody died", "死者はいない".

use rust_decimal::Decimal;

use super::{Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Measure, PERSON, Term, measure};
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// Words of no content between "nobody" and what befell: "no one has been killed".
const REACH: usize = 3;

/// The zero that begins at a token, or whose word for none does, and the token behind it; nothing before the byte
/// `floor` belongs to it.
pub(super) fn read(passage: &Passage<'_>, idx: usize, floor: usize) -> Option<(Mention, usize)> {
    let (start, end, measure) = before(passage, idx).or_else(|| behind(passage, idx, floor))?;
    let unit =
        if measure.of.contains(&Dimension::Percent) { Unit::measured("%")? } else { Unit::count(PERSON) };
    let number = Number { figure: PrintedFigure::One(Decimal::ZERO), grain: Decimal::ONE, from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(unit))];
    let text = passage.token(start)?.start..passage.token(end.checked_sub(1)?)?.end;
    let reads = Reads::Figure { number, candidates };
    Some((Mention { text, reads, hedge: None, role: Role::Own }, end))
}

/// The measure whose word stands at a token, where "no" beside it says zero, and the word's length.
fn measure_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, &'static Measure)> {
    passage.tokens.longest(idx, |term| {
        let Term::Measure(id) = term else { return None };
        measure(id).filter(|measure| measure.none)
    })
}

/// Whether what befell people stands behind a number with nothing but a verb between: "one was killed".
pub(super) fn befalls(passage: &Passage<'_>, idx: usize) -> bool {
    let at = (idx..idx + REACH)
        .take_while(|at| (idx..*at).all(|between| is_empty(passage, between)))
        .find(|at| measure_at(passage, *at).is_some());
    let is_part =
        passage.tokens.longest(idx, |term| matches!(term, Term::VagueConnector).then_some(())).is_some();
    at.is_some() && !is_part
}

/// "No injuries", "nobody was killed": the tokens from the word for none to that of the measure.
fn before(passage: &Passage<'_>, idx: usize) -> Option<(usize, usize, &'static Measure)> {
    let (length, ()) = passage.tokens.longest(idx, |term| matches!(term, Term::None).then_some(()))?;
    // "He suffered no injuries" counts nobody: a word alone stands where a sentence begins, or behind one of saying.
    if length == 1 && !is_free(passage, idx) {
        return None;
    }
    // "No more deaths" says that there were some.
    if super::numeral::length_of(passage, idx, &Term::Idiom) > length {
        return None;
    }
    let first = idx + length;
    let at = (first..first + REACH)
        .take_while(|at| (first..*at).all(|between| is_empty(passage, between)))
        .find(|at| measure_at(passage, *at).is_some())?;
    let (length, measure) = measure_at(passage, at)?;
    let end = at + length;
    // "Sin heridos graves": the noun's adjective stands behind it.
    let is_whole = !passage.lexicon.noun_phrase.noun_first;
    let is_plural = is_whole && passage.lexicon.is_plural(&fold(passage.word(end - 1)));
    // "No death penalty": a word that goes on to name something else.
    let ends = passage.token(end).is_none_or(|token| token.kind != TokenKind::Word) || is_empty(passage, end);
    (is_plural || ends || passage.is_unspaced(at)).then_some((idx, end, measure))
}

/// Whether a sign, a word of no content or one of saying stands before a token, or nothing.
fn is_free(passage: &Passage<'_>, idx: usize) -> bool {
    let Some(before) = idx.checked_sub(1) else { return true };
    let is_said = |term: &Term| matches!(term, Term::SourceVerb).then_some(());
    passage.token(before).is_some_and(|token| token.kind != TokenKind::Word)
        || passage.lexicon.is_stop_word(&fold(passage.word(before)))
        || passage.tokens.ending_before(idx, is_said).is_some()
}

/// Whether a word says nothing of its own; "other" and "further" say that there were some before.
fn is_empty(passage: &Passage<'_>, idx: usize) -> bool {
    let is_other = |term: &Term| matches!(term, Term::Determiner | Term::Part(_)).then_some(());
    passage.lexicon.is_stop_word(&fold(passage.word(idx))) && passage.tokens.longest(idx, is_other).is_none()
}

/// "死者はいない": the measure's word, and behind it what says none.
fn behind(passage: &Passage<'_>, idx: usize, floor: usize) -> Option<(usize, usize, &'static Measure)> {
    let (length, ()) = passage.tokens.longest(idx, |term| matches!(term, Term::NoneBehind).then_some(()))?;
    let (start, measure) = passage.tokens.ending_before(idx, |term| {
        let Term::Measure(id) = term else { return None };
        measure(id).filter(|measure| measure.none)
    })?;
    (passage.token(start)?.start >= floor).then_some((start, idx + length, measure))
}
