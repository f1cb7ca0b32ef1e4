//! What a number counts where the noun stands before it: "the number of cases rose to 3,412", "applications dropped to
//! 198,000".

use rust_decimal::Decimal;

use super::figure::Figure;
use super::noun::{self, CountedNoun};
use super::{Passage, hedge, noise, numeral};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{CHANGE_REACH, OF_THEM, Term, measure, sentence_around};
use crate::quantity::Dimension;

/// Tokens before a number in which the noun stands: "the number of people who lost their homes in the floods was 12,400".
const REACH: usize = 18;
/// Clauses that may end in between: "the number of pupils, she said, was 4,300".
const MOST_COMMAS: usize = 2;

/// "The kilns, 64 of them, are cold": the noun right before the comma, where "of them" stands behind the figure.
pub(super) fn counted_again(passage: &Passage<'_>, start: usize, behind: usize) -> Option<CountedNoun> {
    const LONGEST: usize = 4;
    let of_them = |term: &Term| matches!(term, Term::Part(id) if id == OF_THEM).then_some(());
    passage.tokens.longest(behind, of_them)?;
    let is_all = |term: &Term| matches!(term, Term::Determiner | Term::HedgeBefore(_)).then_some(());
    let start = passage.tokens.ending_before(start, is_all).map_or(start, |(start, ())| start);
    let comma = start.checked_sub(1).filter(|idx| passage.word(*idx) == ",")?;
    let is_content = |idx: &usize| {
        let is_word = passage.token(*idx).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && !passage.lexicon.is_stop_word(&fold(passage.word(*idx)))
    };
    let first = (comma.saturating_sub(LONGEST)..comma).rev().take_while(is_content).last()?;
    noun::counted(passage, first).filter(|noun| noun.end == comma)
}

/// "Structures destroyed: 63": the noun of the label that opens the line, where its colon stands right before the figure.
pub(super) fn labelled(passage: &Passage<'_>, start: usize, figure: &Figure) -> Option<CountedNoun> {
    /// Words of a label, and those of them that may stand behind the noun.
    const LONGEST: usize = 5;
    const BEHIND: usize = 2;
    /// Up to here a number may be an hour of the day: "Doors: 7".
    const LAST_HOUR: Decimal = Decimal::from_parts(24, 0, 0, false, 0);
    let colon = start.checked_sub(1).filter(|idx| matches!(passage.word(*idx), ":" | "："))?;
    let is_word = |idx: usize| passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let first = (colon.saturating_sub(LONGEST)..colon).rev().take_while(|idx| is_word(*idx)).last()?;
    let opens = first.checked_sub(1).is_none_or(|before| {
        matches!(passage.word(before), "." | "*" | "-" | "–" | "•" | ";" | "|" | "，" | "。")
    });
    let noun = noun::counted(passage, first).filter(|noun| opens && colon - noun.end <= BEHIND)?;
    // "Numbers drawn: 3, 14, 27", "Kilometres run: 42".
    let is_digits = |idx: usize| passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
    let end = figure.tokens.end;
    let is_list = passage.word(end) == "," && is_digits(end + 1);
    // "Lights out: 2,300 in the dark": a line that goes on is no label, unless the noun is all of it.
    let goes_on = noun.end < colon && passage.token(end).is_some_and(|token| token.kind == TokenKind::Word);
    let is_count = (first..colon).all(|at| may_count(passage, at) && numeral::unit_length(passage, at) == 0);
    let is_measure = (first..colon).any(|at| noun::measured(passage, at).is_some());
    let own = figure.numeral.value()?;
    (is_count && !is_list && !goes_on && (is_measure || own > LAST_HOUR)).then_some(noun)
}

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
