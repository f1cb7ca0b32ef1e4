//! The names of a story: those that all of it is about, those that two reports write in two ways, the words of each claim's.
//!
//! A claim has the names beside its figure, a country's by its code (`normalise/subject.rs`). What a report itself puts in
//! brackets behind a name is another way to write it: "Northern Harbour Trust (NHT)", "the Danish government (Copenhagen)".

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::document::Document;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Term, Tokens, name_in_words};
use crate::normalise::Claim;

/// The names of a story.
pub(super) struct Names {
    languages: Vec<&'static str>,
    /// The words that all of the story is about: those of headlines, and the one country of which it, or they, tell.
    common: BTreeSet<String>,
    /// The words of the names that short ones stand for.
    aliases: BTreeMap<String, Vec<String>>,
    /// By report: every word of its text, in one spelling, and the countries that it names.
    pub(super) vocabulary: Vec<FxHashSet<String>>,
}

impl Names {
    /// Gathers the names of some reports.
    pub(super) fn new(documents: &[Document]) -> Names {
        let found: Vec<Found> = documents.par_iter().map(Found::of).collect();
        let mut common: BTreeSet<String> = found.iter().flat_map(|found| found.title.clone()).collect();
        // Where all of it happens: told abroad, and left out at home.
        let all: BTreeSet<&String> = found.iter().flat_map(|found| &found.countries).collect();
        let of_titles: BTreeSet<&String> = found.iter().flat_map(|found| &found.title_countries).collect();
        for countries in [all, of_titles] {
            if let (1, Some(country)) = (countries.len(), countries.first()) {
                common.insert((*country).clone());
            }
        }
        let languages = documents.iter().map(|document| document.language).collect();
        let mut names = Names { languages, common, aliases: BTreeMap::new(), vocabulary: Vec::new() };
        // What stands for two names stands for neither, whichever report comes first.
        let mut two = BTreeSet::new();
        for found in found {
            for (short, long) in found.aliases {
                if names.aliases.get(&short).is_some_and(|known| *known != long) {
                    two.insert(short);
                } else {
                    names.aliases.insert(short, long);
                }
            }
            let mut words = found.words;
            words.extend(found.countries);
            names.vocabulary.push(words);
        }
        names.aliases.retain(|short, _| !two.contains(short));
        names
    }

    /// The words of some names of a claim, each in the one of its spellings that is compared.
    pub(super) fn words<'a>(&'a self, claim: &Claim, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        let lexicon = self.languages.get(claim.document).map(|id| Lexicon::of(id));
        names
            .iter()
            .flat_map(|name| name.split(' '))
            .map(move |word| lexicon.map_or(word, |lexicon| lexicon.in_one_spelling(word)))
            .flat_map(|word| match self.aliases.get(word) {
                Some(words) => words.iter().map(String::as_str).collect(),
                None => vec![word],
            })
    }

    /// The same, but for those that the whole story is about.
    pub(super) fn uncommon<'a>(
        &'a self,
        claim: &Claim,
        names: &'a [String],
    ) -> impl Iterator<Item = &'a str> {
        self.words(claim, names).filter(|word| !self.common.contains(*word))
    }

    /// The same, sorted, and only in scripts with capitals: in others no names but countries' are told from words.
    pub(super) fn telling<'a>(&'a self, claim: &Claim, names: &'a [String]) -> Vec<&'a str> {
        // Letters of a script without capitals stand in labels alone.
        let is_letter = |c: char| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase();
        let is_name = |word: &&str| word.chars().any(is_letter) || name_in_words(word) != *word;
        let mut words: Vec<&str> = self.uncommon(claim, names).filter(is_name).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// All the words of claims' subjects but for single letters, in order, and by claim the places of its own among them.
    pub(super) fn subjects(&self, claims: &[Claim]) -> (Vec<String>, Vec<Vec<usize>>) {
        const SHORTEST: usize = 2;
        let is_long = |word: &&str| word.chars().nth(SHORTEST - 1).is_some();
        let subjects: Vec<Vec<&str>> =
            claims.iter().map(|claim| self.words(claim, &claim.subject).filter(is_long).collect()).collect();
        let mut all: Vec<&str> = subjects.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        let places =
            |words: &Vec<&str>| words.iter().map(|word| all.partition_point(|other| other < word)).collect();
        let places = subjects.iter().map(places).collect();
        (all.into_iter().map(str::to_owned).collect(), places)
    }
}

/// What a report says of names.
struct Found {
    words: FxHashSet<String>,
    title: BTreeSet<String>,
    countries: BTreeSet<String>,
    title_countries: BTreeSet<String>,
    aliases: Vec<(String, Vec<String>)>,
}

impl Found {
    fn of(document: &Document) -> Found {
        let lexicon = Lexicon::of(document.language);
        let tokens = lexicon.tokens(&document.text, 0..document.text.len());
        let title = document.title.as_deref().unwrap_or_default();
        let of_title = lexicon.tokens(title, 0..title.len());
        Found {
            words: words(lexicon, &document.text, &tokens),
            title: words(lexicon, title, &of_title).into_iter().collect(),
            title_countries: countries(title, &of_title),
            aliases: aliases(lexicon, &document.text, &tokens),
            countries: countries(&document.text, &tokens),
        }
    }
}

/// The words of a text, folded, each in one spelling.
fn words(lexicon: &Lexicon, text: &str, tokens: &Tokens<'_>) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    for word in tokens.iter().filter_map(|token| text.get(token.range())) {
        let folded = fold(word);
        let word = lexicon.in_one_spelling(&folded);
        // Few words of a text are new ones.
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    }
    words
}

/// The countries that a text names, by their codes.
fn countries(text: &str, tokens: &Tokens<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut idx = 0;
    while idx < tokens.len() {
        let (length, code) =
            tokens.country_at(text, idx).map_or((1, None), |(length, code)| (length, Some(code.to_owned())));
        found.extend(code);
        idx += length;
    }
    found
}

/// The words in brackets of a text that stand for the name right before them, with its words.
fn aliases(lexicon: &Lexicon, text: &str, tokens: &Tokens<'_>) -> Vec<(String, Vec<String>)> {
    let word = |idx: usize| tokens.get(idx).and_then(|token| text.get(token.range())).unwrap_or_default();
    let is_word = |idx: usize| tokens.get(idx).is_some_and(|token| token.kind == TokenKind::Word);
    let brackets = (1..tokens.len())
        .filter(|idx| matches!(word(*idx), "(" | "（") && matches!(word(idx + 2), ")" | "）"))
        .filter(|idx| is_word(idx + 1) && word(idx + 1).starts_with(char::is_uppercase));
    let name = |bracket: usize| {
        let short = word(bracket + 1);
        let long = initials(short, bracket, word).map(|places| {
            let country = places.first().and_then(|first| {
                let (length, code) = tokens.country_at(text, *first)?;
                (first + length == bracket).then_some(code)
            });
            match country {
                Some(code) => vec![code.to_owned()],
                None => {
                    places.iter().map(|at| lexicon.in_one_spelling(&fold(word(*at))).to_owned()).collect()
                }
            }
        });
        long.or_else(|| government(text, tokens, bracket)).map(|words| (fold(short).into_owned(), words))
    };
    brackets.filter_map(name).collect()
}

/// The tokens of a name right before a bracket of which a word in capitals has the first letters: "Northern Harbour Trust
/// (NHT)". Small words between have no letter of it.
fn initials<'a>(short: &str, bracket: usize, word: impl Fn(usize) -> &'a str) -> Option<Vec<usize>> {
    const FEWEST: usize = 2;
    /// Small words that may stand between, and the name's own.
    const REACH: usize = 3;
    let letters: Vec<char> = short.chars().collect();
    if letters.len() < FEWEST || !letters.iter().all(|c| c.is_uppercase()) {
        return None;
    }
    let mut idx = bracket;
    let mut found = Vec::new();
    for letter in letters.iter().rev() {
        idx = (idx.saturating_sub(REACH)..idx).rev().find(|at| word(*at).starts_with(char::is_uppercase))?;
        if !word(idx).starts_with(*letter) {
            return None;
        }
        found.push(idx);
    }
    found.reverse();
    Some(found)
}

/// The country of whose government a capital in brackets stands for: "the Danish government (Copenhagen)".
fn government(text: &str, tokens: &Tokens<'_>, bracket: usize) -> Option<Vec<String>> {
    const REACH: usize = 4;
    let before = bracket.saturating_sub(REACH)..bracket;
    let is_government = |term: &Term| matches!(term, Term::Government).then_some(());
    before.clone().find_map(|idx| tokens.longest(idx, is_government))?;
    let code = before.rev().find_map(|idx| tokens.country_at(text, idx))?.1;
    Some(vec![code.to_owned()])
}
