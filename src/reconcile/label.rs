//! What a topic is called.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::lang::words::{fold, tokens};
use crate::lang::{Lexicon, Term, measure, name_in_words};
use crate::normalise::Claim;
use crate::quantity::Dimension;

/// What a topic is about: its measure or noun, and the name that all of its reports share, near a figure or in the
/// headline.
pub(super) fn of(documents: &[Document], members: &[&Claim]) -> String {
    const SHORTEST: usize = 3;
    let mut reports: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for claim in members {
        let Some(document) = documents.get(claim.document) else { continue };
        let lexicon = Lexicon::of(document.language);
        let title = document.title.as_deref().unwrap_or_default();
        let in_title = tokens(title, 0..title.len()).filter_map(|token| title.get(token.range()));
        let capitals = in_title.filter(|word| word.chars().next().is_some_and(char::is_uppercase)).map(fold);
        let near = claim.subject.iter().flat_map(|name| name.split(' ')).map(Cow::Borrowed);
        for word in capitals.chain(near) {
            let word = lexicon.in_one_spelling(&word).to_owned();
            if (word.chars().count() >= SHORTEST || name_in_words(&word) != word) && !claim.words.is_empty() {
                reports.entry(word).or_default().insert(claim.document);
            }
        }
    }
    let all: BTreeSet<usize> = members.iter().map(|claim| claim.document).collect();
    let spoken = |word: &str| {
        members
            .iter()
            .filter(|claim| {
                let lexicon = documents.get(claim.document).map(|document| Lexicon::of(document.language));
                let is_it = |part: &str| lexicon.is_some_and(|lexicon| lexicon.in_one_spelling(part) == word);
                claim.subject.iter().any(|name| name.split(' ').any(is_it))
            })
            .count()
    };
    // "Millionen Euro" of the figure beside it names nothing.
    let is_of_figures = |word: &str| {
        let mut lexicons = all.iter().filter_map(|id| documents.get(*id)).map(|it| Lexicon::of(it.language));
        name_in_words(word) == word
            && lexicons.any(|lexicon| {
                let token = lexicon.tokens(word, 0..word.len());
                token.longest(0, |term: &Term| term.is_measuring().then_some(())).is_some()
            })
    };
    let name = reports
        .iter()
        .filter(|(word, seen)| seen.len() == all.len() && spoken(word) > 0 && !is_of_figures(word))
        .max_by_key(|(word, _)| (spoken(word), std::cmp::Reverse(word.as_str())));
    let mut measures: BTreeMap<&str, usize> = BTreeMap::new();
    for id in members.iter().filter_map(|claim| claim.measure) {
        *measures.entry(id).or_default() += 1;
    }
    let commonest = measures.iter().max_by_key(|(id, times)| (**times, std::cmp::Reverse(**id)));
    let what = commonest.and_then(|(id, _)| measure(id)).map(|measure| measure.label.clone());
    let noun = || commonest_noun(documents, members);
    let dimension = || members.iter().map(|claim| claim.quantity.unit.dimension).min();
    let what = what.or_else(noun).or_else(|| Some(dimension()?.in_words().to_owned())).unwrap_or_default();
    match name {
        Some((name, _)) if fold(&what) != name.as_str() => {
            let name = match name_in_words(name) {
                own if own == name.as_str() => as_written(documents, members, name),
                country => country.to_owned(),
            };
            format!("{what} ({})", title_case(&name))
        }
        Some(_) | None => what,
    }
}

/// A name in the spelling of the first report that has it.
fn as_written(documents: &[Document], members: &[&Claim], name: &str) -> String {
    let in_sentence = |claim: &&Claim| {
        let document = documents.get(claim.document)?;
        let lexicon = Lexicon::of(document.language);
        let mut words =
            tokens(&document.text, claim.sentence.clone()).map(|token| fold(document.slice(&token.range())));
        let word = words.find(|word| lexicon.in_one_spelling(word) == name)?;
        Some(lexicon.without_possessive(&word).to_owned())
    };
    members.iter().find_map(in_sentence).unwrap_or_else(|| name.to_owned())
}

/// The noun that the most claims count in the language of the most; the first by the alphabet of several.
fn commonest_noun(documents: &[Document], members: &[&Claim]) -> Option<String> {
    let mut nouns: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for claim in members {
        let Some(document) = documents.get(claim.document) else { continue };
        if let Some(noun) = counted(documents, claim) {
            *nouns.entry(document.language).or_default().entry(noun).or_default() += 1;
        }
    }
    let most = |nouns: &BTreeMap<String, usize>| nouns.values().sum::<usize>();
    let (_, nouns) = nouns.into_iter().max_by_key(|(id, nouns)| (most(nouns), std::cmp::Reverse(*id)))?;
    nouns
        .into_iter()
        .max_by_key(|(noun, times)| (*times, std::cmp::Reverse(noun.clone())))
        .map(|(noun, _)| noun)
}

/// The noun that a claim counts, as its sentence has it; the lemma where it stands there in no form of its own.
fn counted(documents: &[Document], claim: &Claim) -> Option<String> {
    let unit = &claim.quantity.unit;
    if unit.dimension != Dimension::Count || unit.code.is_empty() {
        return None;
    }
    let document = documents.get(claim.document)?;
    let lexicon = Lexicon::of(document.language);
    let words = |range| tokens(&document.text, range).map(|token| document.slice(&token.range()));
    let behind = words(claim.text.end..claim.sentence.end.max(claim.text.end));
    let mut all = behind.chain(words(claim.sentence.clone()));
    let noun = all.find(|word| lexicon.lemma(&fold(word)) == unit.code);
    Some(noun.unwrap_or(&unit.code).to_owned())
}

fn title_case(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map(|first| first.to_uppercase().chain(chars).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
