//! What a number counts where the noun stands before it: "the number of cases rose to 3,412", "applications dropped to
//! 198,000".

use super::noun::{self, CountedNoun};
use super::{Passage, hedge, noise};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{CHANGE_REACH, Term, measure, sentence_around};
use crate::quantity::Dimension;

/// Tokens before a number in which the noun stands: "the number of people who lost their homes in the floods was 12,400".
const REACH: usize = 18;
/// Clauses that may end in between: "the number of pupils, she said, was 4,300".
const MOST_COMMAS: usize = 2;

/// The noun that the words before a token count, in the same sentence.
pub(super) fn counted(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    tallied(passage, idx).or_else(|| moved(passage, idx))
}

/// The noun that a phrase before a token says the number of.
fn tallied(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let first = idx.saturating_sub(REACH);
    let at = (first..idx).rev().find(|at| begins(passage, *at) || is_end(passage, *at))?;
    let is_same_sentence =
        || sentence_around(passage.lexicon, passage.text, passage.tokens, at).contains(&idx);
    let commas = (at..idx).filter(|at| passage.word(*at) == ",").count();
    let noun = named(passage, at).or_else(|| in_one_word(passage, at))?;
    (commas <= MOST_COMMAS && noun.end <= idx && is_same_sentence()).then_some(noun)
}

/// "Applications dropped to 198,000": the plural that rose or fell to a number.
fn moved(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let start = hedge::before(passage, idx).map_or(idx, |(start, _)| start);
    let to = |term: &Term| matches!(term, Term::RangePair(_) | Term::RangeJoiner).then_some(());
    let (to, ()) = passage.tokens.ending_before(start, to)?;
    let change = |term: &Term| matches!(term, Term::Change).then_some(());
    let verb = (to.saturating_sub(CHANGE_REACH)..to)
        .rev()
        .take_while(|at| !is_end(passage, *at))
        .find(|at| passage.tokens.longest(*at, change).is_some())?;
    let is_stop = |at: &usize| passage.lexicon.is_stop_word(&fold(passage.word(*at)));
    let first = sentence_around(passage.lexicon, passage.text, passage.tokens, verb).start;
    let first = (first.max(verb.saturating_sub(REACH))..verb)
        .rev()
        .find(|at| opens_clause(passage, *at))
        .map_or(first, |at| at + 1);
    let first = (first..verb).find(|at| !is_stop(at))?;
    let noun = noun::counted(passage, first).filter(|noun| noun.end <= verb)?;
    // "Registrations of new vans fell".
    let connector = |term: &Term| matches!(term, Term::VagueConnector).then_some(());
    let goes_on =
        passage.lexicon.noun_phrase.noun_first || passage.tokens.longest(noun.end, connector).is_some();
    let mut between = noun.end..verb;
    let is_subject = goes_on || between.all(|at| is_stop(&at));
    (is_subject && (first..noun.end).all(|at| may_count(passage, at))).then_some(noun)
}

/// Whether a clause begins behind a token: a sign, "and", a word of saying.
fn opens_clause(passage: &Passage<'_>, idx: usize) -> bool {
    let opens = |term: &Term| matches!(term, Term::SourceVerb | Term::NumberJoiner).then_some(());
    let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    !is_word || passage.tokens.longest(idx, opens).is_some()
}

/// Whether no word for money, a rate or a temperature begins at a token: prices that rose to 12 are no 12 prices.
fn may_count(passage: &Passage<'_>, idx: usize) -> bool {
    let is_count = |term: &Term| {
        let Term::Measure(id) = term else { return None };
        measure(id)
            .map(|measure| measure.of.iter().all(|of| matches!(of, Dimension::Count | Dimension::Number)))
    };
    passage.tokens.longest(idx, is_count).is_none_or(|(_, is_count)| is_count)
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
