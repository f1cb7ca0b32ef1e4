//! What a number counts where the noun stands before it: "the number of cases rose to 3,412".

use super::noun::{self, CountedNoun};
use super::{Passage, noise};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Term, sentence_around};

/// Tokens before a number in which the noun stands: "the number of people who lost their homes in the floods was 12,400".
const REACH: usize = 18;
/// Clauses that may end in between: "the number of pupils, she said, was 4,300".
const MOST_COMMAS: usize = 2;

/// The noun that a phrase before a token says the number of, in the same sentence.
pub(super) fn counted(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let first = idx.saturating_sub(REACH);
    let at = (first..idx).rev().find(|at| begins(passage, *at) || is_end(passage, *at))?;
    let is_same_sentence =
        || sentence_around(passage.lexicon, passage.text, passage.tokens, at).contains(&idx);
    let commas = (at..idx).filter(|at| passage.word(*at) == ",").count();
    let noun = named(passage, at).or_else(|| in_one_word(passage, at))?;
    (commas <= MOST_COMMAS && noun.end <= idx && is_same_sentence()).then_some(noun)
}

fn begins(passage: &Passage<'_>, idx: usize) -> bool {
    length(passage, idx) > 0 || in_one_word(passage, idx).is_some()
}

/// A semicolon or colon, behind which the figures are of something else.
fn is_end(passage: &Passage<'_>, idx: usize) -> bool {
    matches!(passage.word(idx), ";" | ":")
}

fn length(passage: &Passage<'_>, idx: usize) -> usize {
    passage
        .tokens
        .longest(idx, |term| matches!(term, Term::Tally).then_some(()))
        .map_or(0, |(length, ())| length)
}

/// "The number of confirmed cases".
fn named(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let length = length(passage, idx);
    (length > 0).then(|| noun::counted(passage, idx + length)).flatten()
}

/// "Zuschauerzahl".
fn in_one_word(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let folded = fold(passage.word(idx));
    let noun = is_word.then(|| passage.lexicon.tallied(&folded)).flatten()?;
    let noun = noun.trim_end_matches(|letter: char| noise::is_hyphen(letter.encode_utf8(&mut [0; 4])));
    Some(CountedNoun { lemma: passage.lexicon.lemma(noun), distance: 0, end: idx + 1 })
}
