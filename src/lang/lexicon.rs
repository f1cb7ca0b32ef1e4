//! A page made ready for matching, and what it knows of single words.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::page::{DateOrder, NounPhrase, NumberStyle, OtherScript, Separators};
use super::words::{Token, WordId, fold};
use super::{PAGES, Term};
/// A spelling behind its first word.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Its second word: most spellings are passed over by it alone.
    second: Option<WordId>,
    /// The words behind that one.
    rest: Box<[WordId]>,
    term: Term,
}

impl Phrase {
    /// What a spelling means, by its words behind the first.
    pub(super) fn new(behind: &[WordId], term: Term) -> Phrase {
        let (second, rest) = behind.split_first().unzip();
        Phrase { second: second.copied(), rest: rest.unwrap_or_default().into(), term }
    }

    /// How many tokens it takes.
    fn length(&self) -> usize {
        1 + usize::from(self.second.is_some()) + self.rest.len()
    }

    /// Whether the tokens behind the second are its own.
    fn goes_on(&self, behind: &[Token]) -> bool {
        let behind = behind.get(..self.rest.len());
        behind.is_some_and(|behind| behind.iter().map(|token| token.word).eq(self.rest.iter().copied()))
    }
}

/// A word of a page's spellings.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The spellings that begin with it: those of this word alone, then by their second word.
    pub(super) phrases: Vec<Phrase>,
    /// How many of them are of this word alone.
    alone: usize,
    /// Whether one of them may begin a figure or a date.
    pub(super) starts_figure: bool,
}

impl Entry {
    /// The entry of a number in one word, which no spelling begins with.
    pub(super) const fn of_compounds() -> Entry {
        Entry { phrases: Vec::new(), alone: 0, starts_figure: true }
    }

    /// Brings the spellings into the order in which they are looked up; those of the same words stay in the page's.
    pub(super) fn sort(&mut self) {
        self.phrases.sort_by_key(|phrase| phrase.second);
        self.alone = self.phrases.partition_point(|phrase| phrase.second.is_none());
    }

    /// Adds the terms of the spellings that go on as the tokens behind do, each with its length in tokens.
    pub(super) fn add_terms<'a>(&'a self, behind: &[Token], terms: &mut Vec<(usize, &'a Term)>) {
        let (alone, longer) = self.phrases.split_at_checked(self.alone).unwrap_or_default();
        for phrase in alone {
            terms.push((1, &phrase.term));
        }
        let Some((next, behind)) = behind.split_first() else { return };
        if longer.is_empty() || next.word == WordId::UNKNOWN {
            return;
        }
        let second = Some(next.word);
        let from = longer.partition_point(|phrase| phrase.second < second);
        let with_second = longer.iter().skip(from).take_while(|phrase| phrase.second == second);
        for phrase in with_second.filter(|phrase| phrase.goes_on(behind)) {
            terms.push((phrase.length(), &phrase.term));
        }
    }
}

/// A page made ready for matching.
#[derive(Debug)]
pub struct Lexicon {
    /// The page's id: `en`.
    pub id: &'static str,
    /// The language's English name.
    pub name: String,
    /// Countries at home in the language, the likeliest first.
    pub countries: Vec<String>,
    /// The script of some of those countries, in which a shared sign is not taken for its usual currency.
    pub other_script: Option<OtherScript>,
    /// How digits are grouped.
    pub separators: Separators,
    /// The order of a date in figures.
    pub date_order: DateOrder,
    pub(super) vocabulary: FxHashMap<Box<str>, WordId>,
    /// By [`WordId`]; the first is that of the unknown word.
    pub(super) entries: Vec<Entry>,
    /// The tokens of the longest spelling.
    pub(super) longest: usize,
    /// The unit of a bare degree; nothing where readers of the language use several.
    pub degree: Option<String>,
    /// Which word of a noun phrase is the noun.
    pub noun_phrase: NounPhrase,
    /// Endings of a word that makes the number behind it a label.
    pub label_endings: Vec<String>,
    /// How number words are composed.
    pub number_style: NumberStyle,
    /// Scale suffixes, case as printed, longest first.
    pub scale_suffixes: Vec<(String, Decimal)>,
    /// "st", "nd" behind a rank's digits.
    pub ordinal_suffixes: Vec<String>,
    /// The parts of which numbers in one word are made, by their first byte, longest first.
    pub(super) compounds: FxHashMap<u8, Vec<(String, NumberPart)>>,
    /// Whether a whole number and its fraction have a joiner of their own, so that the other one joins numbers.
    pub joins_fractions: bool,
    /// Whether the word of saying closes the sentence, far from who says it.
    pub says_last: bool,
    /// What makes a number in one word a denominator: an ending, and what the number has in its place.
    pub(super) denominators: Vec<(String, String)>,
    /// The first letters of numbers that are spelled where they have signs of their own, sorted.
    pub(super) spelled: Vec<char>,
    /// The whole names of the months, as tall as they are written.
    pub(super) months: FxHashSet<Box<str>>,
    pub(super) people: FxHashSet<Box<str>>,
    pub(super) stop: FxHashSet<Box<str>>,
    pub(super) plural_endings: Vec<String>,
    pub(super) irregular_plurals: FxHashMap<String, String>,
    pub(super) listed_singulars: FxHashSet<String>,
    pub(super) lemmas: Vec<(String, String)>,
    pub(super) not_counted: FxHashSet<Box<str>>,
    pub(super) between: FxHashSet<Box<str>>,
    pub(super) plural_verbs: FxHashSet<Box<str>>,
    pub(super) tally_endings: Vec<String>,
    pub(super) abbreviations: FxHashSet<Box<str>>,
    pub(super) possessives: Vec<String>,
    /// The first name of each country by its code.
    pub(super) country_names: FxHashMap<String, String>,
    pub(super) spellings: FxHashMap<String, String>,
}

/// A part of a number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberPart {
    /// "seven", "twenty": is added.
    Value(Decimal),
    /// "hundred": multiplies what stands before it; its zeros are a guess at its precision.
    Multiplier(Decimal),
    /// "thousand", "million": multiplies what stands before it, and keeps the precision of that.
    Scale(Decimal),
    /// "und": joins.
    Joiner,
}

impl Lexicon {
    /// The page of an id, parsed when first asked for; the first page where there is none of that id.
    ///
    /// ```
    /// use crosscheck::lang::Lexicon;
    /// assert_eq!(Lexicon::of("de").name, "German");
    /// ```
    ///
    /// # Panics
    ///
    /// Never in a released build: a test parses every page.
    #[must_use]
    pub fn of(id: &str) -> &'static Lexicon {
        static READY: [OnceLock<Lexicon>; PAGES.len()] = [const { OnceLock::new() }; PAGES.len()];
        let idx = PAGES.iter().position(|page| page.id == id).unwrap_or(0);
        let (Some(slot), Some(source)) = (READY.get(idx), PAGES.get(idx)) else {
            unreachable!("the index is that of a page")
        };
        slot.get_or_init(|| {
            Lexicon::parse(source).unwrap_or_else(|problem| panic!("{}.toml: {problem}", source.id))
        })
    }

    /// The parts of a folded word that is a number written in one, such as "zweihundertsieben"; nothing for another.
    #[must_use]
    pub fn number_parts(&self, folded: &str) -> Option<Vec<NumberPart>> {
        if !self.number_style.compounds {
            return None;
        }
        self.parts_of(folded).filter(|parts| parts.len() > 1)
    }

    /// The parts of the number that a folded word divides by: "ventunesimo", "Fünfundzwanzigstel"; nothing for another
    /// word.
    #[must_use]
    pub fn denominator_parts(&self, folded: &str) -> Option<Vec<NumberPart>> {
        self.denominators.iter().find_map(|(ending, instead)| {
            let stem = folded.strip_suffix(ending.as_str())?;
            self.parts_of(&format!("{stem}{instead}")).filter(|parts| !parts.is_empty())
        })
    }

    /// Whether the page has numbers that are spelled letter by letter.
    #[must_use]
    pub fn spells_numbers(&self) -> bool {
        !self.spelled.is_empty()
    }

    /// Whether a number may be spelled from a letter on: "にじゅうさん".
    #[must_use]
    pub fn may_spell(&self, letter: char) -> bool {
        self.spelled.binary_search(&letter).is_ok()
    }

    /// The parts of a run of letters that spell a number: a digit with a place, or several digits; nothing for another
    /// run.
    #[must_use]
    pub fn spelled_parts(&self, run: &str) -> Option<Vec<NumberPart>> {
        /// Digits alone that spell a number: fewer are a word.
        const FEWEST: usize = 5;
        let parts = self.parts_of(run).filter(|_| !self.spelled.is_empty())?;
        let is_digit = |part: &NumberPart| matches!(part, NumberPart::Value(_));
        let begins = !matches!(parts.first(), Some(NumberPart::Scale(_)) | None);
        let is_number = parts.iter().any(is_digit) && !parts.iter().all(is_digit) && begins;
        (is_number || parts.len() >= FEWEST && parts.iter().all(is_digit)).then_some(parts)
    }

    fn parts_of(&self, folded: &str) -> Option<Vec<NumberPart>> {
        let mut parts = Vec::new();
        let mut rest = folded;
        while let Some(first) = rest.bytes().next() {
            let candidates = self.compounds.get(&first)?;
            let (spelling, part) =
                candidates.iter().find(|(spelling, _)| rest.starts_with(spelling.as_str()))?;
            parts.push(*part);
            rest = rest.get(spelling.len()..)?;
        }
        Some(parts)
    }

    pub(super) fn entry(&self, word: WordId) -> &Entry {
        static NOTHING: Entry = Entry { phrases: Vec::new(), alone: 0, starts_figure: false };
        self.entries.get(word.0 as usize).unwrap_or(&NOTHING)
    }

    /// Whether a folded word carries no content of its own.
    #[must_use]
    pub fn is_stop_word(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// Whether a full stop behind this folded word ends no sentence.
    #[must_use]
    pub fn is_abbreviation(&self, folded: &str) -> bool {
        self.abbreviations.contains(folded)
    }

    /// Whether a folded noun is the singular of one of the page's own plurals: "person".
    #[must_use]
    pub fn is_listed_singular(&self, folded: &str) -> bool {
        self.listed_singulars.contains(folded)
    }

    /// Whether a folded word looks like the plural of something that can be counted.
    #[must_use]
    pub fn is_plural(&self, folded: &str) -> bool {
        self.irregular_plurals.contains_key(folded)
            || (folded.chars().count() > 3
                && self.plural_endings.iter().any(|ending| folded.ends_with(ending.as_str()))
                && self.may_be_counted(folded))
    }

    /// Whether a folded word has content and is none of those that no number counts.
    #[must_use]
    pub fn may_be_counted(&self, folded: &str) -> bool {
        !self.not_counted.contains(folded) && !self.is_stop_word(folded)
    }

    /// Whether a folded word may stand between a number and what it counts, though it has no content.
    #[must_use]
    pub fn stands_between(&self, folded: &str) -> bool {
        self.between.contains(folded)
    }

    /// Whether a folded word is a verb that has several for its subject: "were".
    #[must_use]
    pub fn is_plural_verb(&self, folded: &str) -> bool {
        self.plural_verbs.contains(folded)
    }

    /// What a folded word in one says the number of: "zuschauer" of "zuschauerzahl".
    #[must_use]
    pub fn tallied<'a>(&self, folded: &'a str) -> Option<&'a str> {
        self.tally_endings
            .iter()
            .find_map(|ending| folded.strip_suffix(ending.as_str()))
            .filter(|noun| !noun.is_empty())
    }

    /// Whether a lemma counts people.
    #[must_use]
    pub fn is_people(&self, lemma: &str) -> bool {
        self.people.contains(lemma)
    }

    /// A folded word without the ending that makes it a possessive.
    #[must_use]
    pub fn without_possessive<'a>(&self, folded: &'a str) -> &'a str {
        self.possessives.iter().find_map(|ending| folded.strip_suffix(ending.as_str())).unwrap_or(folded)
    }

    /// The same, in the one of its spellings that is compared: "center" of "centre's".
    #[must_use]
    pub fn in_one_spelling<'a>(&'a self, folded: &'a str) -> &'a str {
        let word = self.without_possessive(folded);
        self.spellings.get(word).map_or(word, String::as_str)
    }

    /// The name of a country by its code of ISO 3166-1, folded.
    #[must_use]
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.country_names.get(code).map(String::as_str)
    }

    /// The dictionary form of a folded noun.
    #[must_use]
    pub fn lemma(&self, folded: &str) -> String {
        if let Some(lemma) = self.irregular_plurals.get(folded) {
            return lemma.clone();
        }
        for (ending, replacement) in &self.lemmas {
            if let Some(stem) = folded.strip_suffix(ending.as_str())
                && stem.chars().count() >= 2
            {
                return format!("{stem}{replacement}");
            }
        }
        folded.to_owned()
    }
}

pub(super) fn folded(words: &[String]) -> FxHashSet<Box<str>> {
    words.iter().map(|word| fold(word).into()).collect()
}
