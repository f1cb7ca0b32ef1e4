//! Who says it: the name or the unnamed speaker beside a word of saying.

use std::borrow::Cow;
use std::ops::Range;

use crate::lang::Term;
use crate::lang::words::fold;

use super::{Passage, Source, Spot};

/// Tokens between a word of saying and who says it.
const REACH: usize = 4;

/// The source that a figure's sentence names: a name, else what the nearest speaker is.
pub(super) fn find(passage: &Passage<'_>, spot: &Spot, subject: &[String]) -> Option<Source> {
    let named = name(passage, spot, subject).map(Source::Named);
    named.or_else(|| speaker(passage, spot).map(Source::Unnamed))
}

/// Whether a word is part of a word of saying of the sentence: "Angaben" of "nach Angaben der Polizei" is no name.
pub(super) fn is_of_verb(passage: &Passage<'_>, spot: &Spot, name: &str) -> bool {
    let verbs = spot.sentence.clone().filter_map(|idx| Some(idx..idx + verb_at(passage, idx)?));
    verbs.flatten().any(|idx| fold(passage.word(idx)) == name)
}

/// The tokens of the word of saying that begins at a token.
fn verb_at(passage: &Passage<'_>, idx: usize) -> Option<usize> {
    let verb = passage.tokens.longest(idx, |term| matches!(term, Term::SourceVerb).then_some(()));
    verb.map(|(length, ())| length)
}

/// The name beside the first word of saying of the sentence.
fn name(passage: &Passage<'_>, spot: &Spot, subject: &[String]) -> Option<String> {
    let mut verbs = spot.sentence.clone().filter_map(|idx| Some(idx..idx + verb_at(passage, idx)?));
    let verb = verbs.next()?;
    // "Nach Angaben der Polizei": its own noun is no name.
    let places = (verb.start.saturating_sub(REACH)..verb.start).chain(verb.end..verb.start + REACH + 1);
    let near: Vec<Cow<'_, str>> = places.clone().map(|idx| fold(passage.word(idx))).collect();
    let is_near = |word: &str| near.iter().any(|other| passage.lexicon.without_possessive(other) == word);
    let is_country =
        |name: &str| places.clone().any(|idx| passage.country_at(idx).is_some_and(|(_, code)| code == name));
    subject.iter().find(|name| name.split(' ').all(is_near) || is_country(name)).cloned()
}

/// The one speaker of the sentence; of several the nearest one that no other figure stands before: "50,000 according to
/// the organisers, 20,000 according to the police".
fn speaker(passage: &Passage<'_>, spot: &Spot) -> Option<String> {
    let key = |term: &Term| if let Term::Speaker(key) = term { Some(key.clone()) } else { None };
    let speakers: Vec<(Range<usize>, String)> = spot
        .sentence
        .clone()
        .filter_map(|idx| passage.tokens.longest(idx, key).map(|(length, key)| (idx..idx + length, key)))
        .filter(|(place, _)| speaks(passage, spot, place))
        .collect();
    if let Some((first, rest)) = speakers.split_first()
        && rest.iter().all(|(_, key)| *key == first.1)
    {
        return Some(first.1.clone());
    }
    let between = |place: &Range<usize>| {
        if place.end <= spot.own.start { place.end..spot.own.start } else { spot.own.end..place.start }
    };
    let free = speakers.into_iter().filter(|(place, _)| !between(place).any(|idx| passage.is_digits(idx)));
    free.min_by_key(|(place, _)| between(place).len()).map(|(_, key)| key)
}

/// Whether a word of saying stands beside a speaker, in the same sentence, or closes it.
fn speaks(passage: &Passage<'_>, spot: &Spot, place: &Range<usize>) -> bool {
    let first = spot.sentence.start.max(place.start.saturating_sub(REACH));
    let reach = if passage.lexicon.says_last { spot.sentence.end } else { place.end + REACH };
    let end = spot.sentence.end.min(reach);
    (first..end).any(|idx| !place.contains(&idx) && verb_at(passage, idx).is_some())
}
