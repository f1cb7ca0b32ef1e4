//! What a language page says, and how it is matched against tokens.
//!
//! A page (`en.toml` and its siblings) is data: spellings under their meaning. No Rust file but the list of
//! [`PAGES`] names a language; what a page cannot say, the page format learns to say for all of them. A page is parsed
//! when its language is first met.

mod calendar;
mod detect;
mod measure;
mod sentence;
pub mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use serde::Deserialize;

pub use calendar::{StatedDate, YEARS, YearPart, date_at};
pub use detect::{Detected, default_page, detect, page_of_tag};
pub use measure::{Measure, Nature, measure, measures};
pub use sentence::sentence_around;

use crate::quantity::{Hedge, parse_decimal};
use words::{Token, fold, fold_into, tokens};

/// An embedded page.
#[derive(Debug)]
pub struct PageSource {
    /// The ISO 639-1 code: `en`.
    pub id: &'static str,
    /// The ISO 639-3 code by which the detector names it.
    pub iso639_3: &'static str,
    toml: &'static str,
}

/// The embedded pages; the first stands in where a text's language is unknown.
pub const PAGES: [PageSource; 9] = [
    PageSource { id: "en", iso639_3: "eng", toml: include_str!("en.toml") },
    PageSource { id: "fr", iso639_3: "fra", toml: include_str!("fr.toml") },
    PageSource { id: "de", iso639_3: "deu", toml: include_str!("de.toml") },
    PageSource { id: "es", iso639_3: "spa", toml: include_str!("es.toml") },
    PageSource { id: "it", iso639_3: "ita", toml: include_str!("it.toml") },
    PageSource { id: "pt", iso639_3: "por", toml: include_str!("pt.toml") },
    PageSource { id: "ja", iso639_3: "jpn", toml: include_str!("ja.toml") },
    PageSource { id: "ko", iso639_3: "kor", toml: include_str!("ko.toml") },
    PageSource { id: "zh", iso639_3: "cmn", toml: include_str!("zh.toml") },
];

type Spellings = BTreeMap<String, Vec<String>>;

/// A page as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    name: String,
    iso639_3: String,
    countries: Vec<String>,
    separators: Separators,
    number: NumberWords,
    scale: Scale,
    vague: Vague,
    hedges: Hedges,
    ranges: Ranges,
    currency: CurrencyNames,
    unit: UnitNames,
    dates: Dates,
    periods: Spellings,
    measures: Spellings,
    parts: Spellings,
    modality: Spellings,
    kinds: Spellings,
    previous: Previous,
    sources: Sources,
    words: Words,
    labels: Labels,
    furniture: Furniture,
}

/// How digits are grouped and where the decimals begin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Separators {
    /// Marks before the decimals, the usual one first.
    pub decimal: Vec<char>,
    /// Marks between groups of three digits.
    pub group: Vec<char>,
    /// Whether groups of two before the last three are read too.
    pub indian: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberWords {
    joiners: Vec<String>,
    articles: Vec<String>,
    ratio: Vec<String>,
    words: Spellings,
    multipliers: Spellings,
    fractions: Spellings,
    ordinals: OrdinalWords,
    multiples: Spellings,
}

#[derive(Debug, Deserialize)]
struct OrdinalWords {
    suffixes: Vec<String>,
    #[serde(flatten)]
    words: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    words: Spellings,
    suffixes: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vague {
    connectors: Vec<String>,
    words: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    before: BTreeMap<HedgeKey, Vec<String>>,
    after: BTreeMap<HedgeKey, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HedgeKey {
    Exactly,
    About,
    Nearly,
    JustOver,
    Over,
    AtLeast,
    Under,
    UpTo,
}

impl From<HedgeKey> for Hedge {
    fn from(key: HedgeKey) -> Hedge {
        match key {
            HedgeKey::Exactly => Hedge::Exactly,
            HedgeKey::About => Hedge::About,
            HedgeKey::Nearly => Hedge::Nearly,
            HedgeKey::JustOver => Hedge::JustOver,
            HedgeKey::Over => Hedge::Over,
            HedgeKey::AtLeast => Hedge::AtLeast,
            HedgeKey::Under => Hedge::Under,
            HedgeKey::UpTo => Hedge::UpTo,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ranges {
    pairs: Vec<(String, String)>,
    joiners: Vec<String>,
    change: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyNames {
    names: Spellings,
    families: Spellings,
    minor: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitNames {
    prefixes: Spellings,
    names: Spellings,
    ages: AgeWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeWords {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dates {
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    numeric: DateOrder,
    day_suffixes: Vec<String>,
    day_month_joiners: Vec<String>,
    year_before: Vec<String>,
    quarters: Vec<Vec<String>>,
    halves: Vec<Vec<String>>,
    clock: Vec<String>,
}

/// The order of day, month and year in a date of figures alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// 31/12/2026.
    Dmy,
    /// 12/31/2026.
    Mdy,
    /// 2026/12/31.
    Ymd,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Previous {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    verbs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    stop: Vec<String>,
    plural_endings: Vec<String>,
    irregular_plurals: BTreeMap<String, String>,
    lemmas: Vec<(String, String)>,
    not_counted: Vec<String>,
    abbreviations: Vec<String>,
    #[serde(default)]
    possessives: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Furniture {
    lines: Vec<String>,
}

/// One meaning of a spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// "seven", "twenty".
    Number(Decimal),
    /// "hundred": multiplies what stands before it.
    Multiplier(Decimal),
    /// "third": numerator and denominator.
    Fraction(Decimal, Decimal),
    /// "fourth".
    Ordinal(Decimal),
    /// "double".
    Multiple(Decimal),
    /// "a": counts as one before a scale.
    Article,
    /// "and" inside a number.
    NumberJoiner,
    /// "in" of "one in five".
    Ratio,
    /// "billion".
    Scale(Decimal),
    /// "hundreds": both ends inclusive.
    Vague(Decimal, Decimal),
    /// "of" of "hundreds of".
    VagueConnector,
    /// "about" before a figure.
    HedgeBefore(Hedge),
    /// "-plus" behind a figure.
    HedgeAfter(Hedge),
    /// The opener and joiner of "between A and B", by the pair's place in the page.
    RangeOpener(usize),
    /// The joiner of the pair.
    RangePair(usize),
    /// "to" of "A to B".
    RangeJoiner,
    /// "rose": "from A to B" is before and after.
    Change,
    /// "yen": an ISO code.
    Currency(String),
    /// "dollar": a family's id.
    CurrencyFamily(String),
    /// "cents": a hundredth of this family or currency.
    MinorUnit(String),
    /// "megawatt": a unit's code.
    Unit(String),
    /// "aged" before, or "years old" behind, an age.
    AgeBefore,
    /// "years old".
    AgeAfter,
    /// A month, 1 to 12.
    Month(i8),
    /// A weekday, 1 (Monday) to 7.
    Weekday(i8),
    /// "of" of "2nd of July".
    DayMonthJoiner,
    /// "in" of "in 2021".
    YearBefore,
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half-year, 1 or 2.
    Half(i8),
    /// "a.m.".
    Clock,
    /// What is counted or measured: an id of `measures.toml`.
    Measure(String),
    /// Which part of the whole.
    Part(String),
    /// Planned, forecast, target, maximum.
    Modality(String),
    /// A rise, a fall, "by", a share.
    Kind(String),
    /// A relative or recurring period.
    Period(String),
    /// What makes the figure behind it a previous one.
    PreviousBefore,
    /// What makes the figure before it a previous one.
    PreviousAfter,
    /// "said".
    SourceVerb,
    /// "No." of "No. 7".
    LabelBefore,
    /// "street" of "7 street".
    LabelAfter,
    /// A line of the page around the report.
    FurnitureLine,
}

impl Term {
    /// Whether a figure in words or a date may begin with it.
    fn may_start_figure(&self) -> bool {
        matches!(
            self,
            Term::Number(_)
                | Term::Multiplier(_)
                | Term::Fraction(..)
                | Term::Ordinal(_)
                | Term::Article
                | Term::Scale(_)
                | Term::Vague(..)
                | Term::Month(_)
                | Term::Quarter(_)
                | Term::Half(_)
        )
    }
}

#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    term: Term,
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
    /// How digits are grouped.
    pub separators: Separators,
    /// The order of a date in figures.
    pub date_order: DateOrder,
    phrases: HashMap<String, Vec<Phrase>>,
    /// First words of spellings that may begin a figure or a date.
    figure_starts: HashSet<String>,
    /// Scale suffixes, case as printed, longest first.
    pub scale_suffixes: Vec<(String, Decimal)>,
    /// "st", "nd" behind a rank's digits.
    pub ordinal_suffixes: Vec<String>,
    stop: Vec<String>,
    plural_endings: Vec<String>,
    irregular_plurals: BTreeMap<String, String>,
    lemmas: Vec<(String, String)>,
    not_counted: Vec<String>,
    abbreviations: Vec<String>,
    possessives: Vec<String>,
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
    pub fn of(id: &str) -> Arc<Lexicon> {
        static READY: [OnceLock<Arc<Lexicon>>; PAGES.len()] = [const { OnceLock::new() }; PAGES.len()];
        let idx = PAGES.iter().position(|page| page.id == id).unwrap_or(0);
        let (Some(slot), Some(source)) = (READY.get(idx), PAGES.get(idx)) else {
            unreachable!("the index is that of a page")
        };
        Arc::clone(slot.get_or_init(|| {
            Arc::new(Lexicon::parse(source).unwrap_or_else(|problem| panic!("{}.toml: {problem}", source.id)))
        }))
    }

    fn parse(source: &PageSource) -> Result<Lexicon, String> {
        let page: Page = toml::from_str(source.toml).map_err(|error| error.to_string())?;
        if page.iso639_3 != source.iso639_3 {
            return Err(format!("expected iso639_3 = {}, found `{}`", source.iso639_3, page.iso639_3));
        }
        let mut builder =
            Builder { phrases: HashMap::new(), figure_starts: HashSet::new(), buffer: String::new() };
        builder.numbers(&page)?;
        builder.figures(&page)?;
        builder.dates(&page);
        builder.slots(&page);
        let mut scale_suffixes = Vec::new();
        for (value, spellings) in &page.scale.suffixes {
            let value = number(value)?;
            scale_suffixes.extend(spellings.iter().map(|spelling| (spelling.clone(), value)));
        }
        scale_suffixes.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        Ok(Lexicon {
            id: source.id,
            name: page.name,
            countries: page.countries,
            separators: page.separators,
            date_order: page.dates.numeric,
            phrases: builder.phrases,
            figure_starts: builder.figure_starts,
            scale_suffixes,
            ordinal_suffixes: page.number.ordinals.suffixes,
            stop: sorted(page.words.stop),
            plural_endings: page.words.plural_endings,
            irregular_plurals: page.words.irregular_plurals,
            lemmas: page.words.lemmas,
            not_counted: sorted(page.words.not_counted),
            abbreviations: sorted(page.words.abbreviations),
            possessives: page.words.possessives,
        })
    }

    /// Whether a term ends right before a token, beginning at most five tokens earlier; the longest such, with the index
    /// at which it begins.
    pub fn ending_before<T>(
        &self,
        text: &str,
        tokens: &[Token],
        idx: usize,
        pick: impl Fn(&Term) -> Option<T>,
    ) -> Option<(usize, T)> {
        const LONGEST: usize = 5;
        (idx.saturating_sub(LONGEST)..idx).find_map(|start| {
            let mut terms = self.terms_at(text, tokens, start);
            terms
                .find_map(|(length, term)| (start + length == idx).then(|| pick(term)).flatten())
                .map(|value| (start, value))
        })
    }

    /// Every term that begins at a token, each with the number of tokens it takes.
    pub fn terms_at<'a>(
        &'a self,
        text: &'a str,
        tokens: &'a [Token],
        idx: usize,
    ) -> impl Iterator<Item = (usize, &'a Term)> + 'a {
        let first = tokens.get(idx).and_then(|token| text.get(token.range())).map(fold).unwrap_or_default();
        self.phrases.get(&first).into_iter().flatten().filter_map(move |phrase| {
            let mut buffer = String::new();
            let matches = phrase.rest.iter().enumerate().all(|(at, word)| {
                let Some(token) = tokens.get(idx + 1 + at) else {
                    return false;
                };
                fold_into(text.get(token.range()).unwrap_or_default(), &mut buffer);
                buffer == *word
            });
            matches.then_some((1 + phrase.rest.len(), &phrase.term))
        })
    }

    /// The longest term at a token that a filter takes, with its length in tokens and what the filter made of it.
    pub fn longest<T>(
        &self,
        text: &str,
        tokens: &[Token],
        idx: usize,
        pick: impl Fn(&Term) -> Option<T>,
    ) -> Option<(usize, T)> {
        let mut best: Option<(usize, T)> = None;
        for (length, term) in self.terms_at(text, tokens, idx) {
            if best.as_ref().is_none_or(|(longest, _)| *longest < length)
                && let Some(value) = pick(term)
            {
                best = Some((length, value));
            }
        }
        best
    }

    /// Whether a figure in words or a date may begin with a folded word.
    #[must_use]
    pub fn may_start_figure(&self, folded: &str) -> bool {
        self.figure_starts.contains(folded)
    }

    /// Whether a folded word carries no content of its own.
    #[must_use]
    pub fn is_stop_word(&self, folded: &str) -> bool {
        contains(&self.stop, folded)
    }

    /// Whether a full stop behind this folded word ends no sentence.
    #[must_use]
    pub fn is_abbreviation(&self, folded: &str) -> bool {
        contains(&self.abbreviations, folded)
    }

    /// Whether a folded noun is the singular of one of the page's own plurals: "person".
    #[must_use]
    pub fn is_listed_singular(&self, folded: &str) -> bool {
        self.irregular_plurals.values().any(|lemma| lemma == folded)
    }

    /// Whether a folded word looks like the plural of something that can be counted.
    #[must_use]
    pub fn is_plural(&self, folded: &str) -> bool {
        self.irregular_plurals.contains_key(folded)
            || (folded.chars().count() > 3
                && self.plural_endings.iter().any(|ending| folded.ends_with(ending.as_str()))
                && !contains(&self.not_counted, folded)
                && !self.is_stop_word(folded))
    }

    /// A folded word without the ending that makes it a possessive.
    #[must_use]
    pub fn without_possessive<'a>(&self, folded: &'a str) -> &'a str {
        self.possessives.iter().find_map(|ending| folded.strip_suffix(ending.as_str())).unwrap_or(folded)
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

fn sorted(mut words: Vec<String>) -> Vec<String> {
    for word in &mut words {
        *word = fold(word);
    }
    words.sort_unstable();
    words
}

fn contains(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|entry| entry.as_str().cmp(word)).is_ok()
}

fn number(text: &str) -> Result<Decimal, String> {
    parse_decimal(text).ok_or_else(|| format!("expected a number, found `{text}`"))
}

struct Builder {
    phrases: HashMap<String, Vec<Phrase>>,
    figure_starts: HashSet<String>,
    buffer: String,
}

impl Builder {
    fn add(&mut self, spelling: &str, term: Term) {
        let mut words = tokens(spelling, 0..spelling.len()).into_iter().map(|token| {
            fold_into(spelling.get(token.range()).unwrap_or_default(), &mut self.buffer);
            self.buffer.clone()
        });
        let Some(first) = words.next() else { return };
        let rest = words.collect();
        if term.may_start_figure() {
            self.figure_starts.insert(first.clone());
        }
        self.phrases.entry(first).or_default().push(Phrase { rest, term });
    }

    fn add_all(&mut self, spellings: &[String], term: &Term) {
        for spelling in spellings {
            self.add(spelling, term.clone());
        }
    }

    fn add_table(&mut self, table: &Spellings, term: impl Fn(&str) -> Term) {
        for (key, spellings) in table {
            self.add_all(spellings, &term(key));
        }
    }

    fn numbers(&mut self, page: &Page) -> Result<(), String> {
        for (key, spellings) in &page.number.words {
            self.add_all(spellings, &Term::Number(number(key)?));
        }
        for (key, spellings) in &page.number.multipliers {
            self.add_all(spellings, &Term::Multiplier(number(key)?));
        }
        for (key, spellings) in &page.number.fractions {
            let (over, under) = key.split_once('/').ok_or_else(|| format!("expected 1/2, found `{key}`"))?;
            self.add_all(spellings, &Term::Fraction(number(over)?, number(under)?));
        }
        for (key, spellings) in &page.number.ordinals.words {
            self.add_all(spellings, &Term::Ordinal(number(key)?));
        }
        for (key, spellings) in &page.number.multiples {
            self.add_all(spellings, &Term::Multiple(number(key)?));
        }
        for (key, spellings) in &page.scale.words {
            self.add_all(spellings, &Term::Scale(number(key)?));
        }
        for (key, spellings) in &page.vague.words {
            let (low, high) =
                key.split_once("..").ok_or_else(|| format!("expected 24..99, found `{key}`"))?;
            self.add_all(spellings, &Term::Vague(number(low)?, number(high)?));
        }
        self.add_all(&page.number.articles, &Term::Article);
        self.add_all(&page.number.joiners, &Term::NumberJoiner);
        self.add_all(&page.number.ratio, &Term::Ratio);
        self.add_all(&page.vague.connectors, &Term::VagueConnector);
        Ok(())
    }

    fn figures(&mut self, page: &Page) -> Result<(), String> {
        for (key, spellings) in &page.hedges.before {
            self.add_all(spellings, &Term::HedgeBefore((*key).into()));
        }
        for (key, spellings) in &page.hedges.after {
            self.add_all(spellings, &Term::HedgeAfter((*key).into()));
        }
        for (idx, (opener, joiner)) in page.ranges.pairs.iter().enumerate() {
            self.add(opener, Term::RangeOpener(idx));
            self.add(joiner, Term::RangePair(idx));
        }
        self.add_all(&page.ranges.joiners, &Term::RangeJoiner);
        self.add_all(&page.ranges.change, &Term::Change);
        self.add_table(&page.currency.names, |code| Term::Currency(code.to_owned()));
        self.add_table(&page.currency.families, |id| Term::CurrencyFamily(id.to_owned()));
        self.add_table(&page.currency.minor, |id| Term::MinorUnit(id.to_owned()));
        for (id, spellings) in &page.unit.names {
            self.add_all(spellings, &Term::Unit(id.clone()));
            let Some((entry, _)) = crate::quantity::units().find(id) else {
                return Err(format!("expected a unit of units.toml, found `{id}`"));
            };
            for prefix in &entry.prefixes {
                for name in page.unit.prefixes.get(prefix).into_iter().flatten() {
                    for spelling in spellings {
                        self.add(&format!("{name}{spelling}"), Term::Unit(format!("{prefix}{id}")));
                    }
                }
            }
        }
        self.add_all(&page.unit.ages.before, &Term::AgeBefore);
        self.add_all(&page.unit.ages.after, &Term::AgeAfter);
        Ok(())
    }

    fn dates(&mut self, page: &Page) {
        let numbered = |idx: usize| i8::try_from(idx + 1).unwrap_or(i8::MAX);
        for (idx, spellings) in page.dates.months.iter().enumerate() {
            self.add_all(spellings, &Term::Month(numbered(idx)));
        }
        for (idx, spellings) in page.dates.weekdays.iter().enumerate() {
            self.add_all(spellings, &Term::Weekday(numbered(idx)));
        }
        for (idx, spellings) in page.dates.quarters.iter().enumerate() {
            self.add_all(spellings, &Term::Quarter(numbered(idx)));
        }
        for (idx, spellings) in page.dates.halves.iter().enumerate() {
            self.add_all(spellings, &Term::Half(numbered(idx)));
        }
        self.add_all(&page.dates.day_month_joiners, &Term::DayMonthJoiner);
        self.add_all(&page.dates.day_suffixes, &Term::DayMonthJoiner);
        self.add_all(&page.dates.year_before, &Term::YearBefore);
        self.add_all(&page.dates.clock, &Term::Clock);
    }

    fn slots(&mut self, page: &Page) {
        self.add_table(&page.measures, |id| Term::Measure(id.to_owned()));
        self.add_table(&page.parts, |id| Term::Part(id.to_owned()));
        self.add_table(&page.modality, |id| Term::Modality(id.to_owned()));
        self.add_table(&page.kinds, |id| Term::Kind(id.to_owned()));
        self.add_table(&page.periods, |id| Term::Period(id.to_owned()));
        self.add_all(&page.previous.before, &Term::PreviousBefore);
        self.add_all(&page.previous.after, &Term::PreviousAfter);
        self.add_all(&page.sources.verbs, &Term::SourceVerb);
        self.add_all(&page.labels.before, &Term::LabelBefore);
        self.add_all(&page.labels.after, &Term::LabelAfter);
        self.add_all(&page.furniture.lines, &Term::FurnitureLine);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_parses_and_names_what_exists() {
        for source in &PAGES {
            let page = Lexicon::parse(source);
            assert!(page.is_ok(), "{}.toml: {}", source.id, page.unwrap_err());
            let page: Page = toml::from_str(source.toml).unwrap();
            for id in page.measures.keys() {
                assert!(measure(id).is_some(), "{}.toml: no measure `{id}`", source.id);
            }
            let currencies = crate::quantity::currency::currencies();
            for code in page.currency.names.keys() {
                assert!(currencies.get(code).is_some(), "{}.toml: no currency `{code}`", source.id);
            }
            for id in page.currency.families.keys() {
                assert!(currencies.family(id).is_some(), "{}.toml: no family `{id}`", source.id);
            }
            assert_eq!((page.dates.months.len(), page.dates.weekdays.len()), (12, 7), "{}", source.id);
        }
    }

    #[test]
    fn the_longest_spelling_wins() {
        let lexicon = Lexicon::of("en");
        let text = "percentage points";
        let cut = tokens(text, 0..text.len());
        let unit = |term: &Term| if let Term::Unit(id) = term { Some(id.clone()) } else { None };
        assert_eq!(lexicon.longest(text, &cut, 0, unit), Some((2, "pp".to_owned())));
    }

    #[test]
    fn plurals_have_a_lemma() {
        let lexicon = Lexicon::of("en");
        for (plural, lemma) in
            [("outlets", "outlet"), ("people", "person"), ("companies", "company"), ("boxes", "box")]
        {
            assert!(lexicon.is_plural(plural), "{plural}");
            assert_eq!(lexicon.lemma(plural), lemma);
        }
        assert!(!lexicon.is_plural("said") && !lexicon.is_plural("its"));
    }
}
