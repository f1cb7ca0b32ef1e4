//! What a language page says, and how it is matched against tokens.
//!
//! A page (`en.toml` and its siblings) is data: spellings under their meaning. No Rust file but the list of
//! [`PAGES`] names a language; what a page cannot say, the page format learns to say for all of them. A page is parsed
//! when its language is first met.

mod calendar;
mod detect;
mod measure;
mod sentence;
mod tokens;
pub mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use calendar::{StatedDate, YEARS, YearPart, date_at};
pub use detect::{Detected, default_page, detect, page_of_tag};
pub use measure::{Measure, Nature, measure, measures};
pub use sentence::sentence_around;
pub use tokens::Tokens;

use crate::quantity::{Hedge, parse_decimal};
use words::{WordId, fold, fold_into, is_unspaced, tokens};

/// An embedded page.
#[derive(Debug)]
pub struct PageSource {
    /// The ISO 639-1 code: `en`.
    pub id: &'static str,
    /// The ISO 639-3 code by which the detector names it.
    pub iso639_3: &'static str,
    /// The letters that it alone is written in, among the pages.
    pub script: Script,
    toml: &'static str,
}

/// What a language is written in, as far as its letters tell it from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Latin letters, which many share.
    Latin,
    /// Kana, beside Han characters.
    Kana,
    /// Hangul.
    Hangul,
    /// Han characters alone.
    Han,
}

/// The embedded pages; the first stands in where a text's language is unknown.
pub const PAGES: [PageSource; 9] = [
    PageSource { id: "en", iso639_3: "eng", script: Script::Latin, toml: include_str!("en.toml") },
    PageSource { id: "fr", iso639_3: "fra", script: Script::Latin, toml: include_str!("fr.toml") },
    PageSource { id: "de", iso639_3: "deu", script: Script::Latin, toml: include_str!("de.toml") },
    PageSource { id: "es", iso639_3: "spa", script: Script::Latin, toml: include_str!("es.toml") },
    PageSource { id: "it", iso639_3: "ita", script: Script::Latin, toml: include_str!("it.toml") },
    PageSource { id: "pt", iso639_3: "por", script: Script::Latin, toml: include_str!("pt.toml") },
    PageSource { id: "ja", iso639_3: "jpn", script: Script::Kana, toml: include_str!("ja.toml") },
    PageSource { id: "ko", iso639_3: "kor", script: Script::Hangul, toml: include_str!("ko.toml") },
    PageSource { id: "zh", iso639_3: "cmn", script: Script::Han, toml: include_str!("zh.toml") },
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
    fraction_joiners: Vec<String>,
    articles: Vec<String>,
    points: Vec<String>,
    negatives: Vec<String>,
    ratio: Vec<String>,
    over: Vec<String>,
    alone: Vec<String>,
    halves: Vec<String>,
    bound: Vec<String>,
    out_of: Vec<String>,
    negatives_behind: Vec<String>,
    determiners: Vec<String>,
    definites: Vec<String>,
    style: NumberStyle,
    words: Spellings,
    multipliers: Spellings,
    fractions: Spellings,
    ordinals: OrdinalWords,
    multiples: Spellings,
}

/// Which word of a noun phrase is the noun.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NounPhrase {
    /// Whether the noun stands before its adjectives, so that the first plural is it and not the last.
    pub noun_first: bool,
    /// Whether nouns alone have a capital.
    pub capitals: bool,
}

/// How a language composes its number words.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberStyle {
    /// Whether the words of a number run together in one: "zweihundertsieben".
    pub compounds: bool,
    /// Whether digits in words may stand side by side like printed ones: "二〇二四".
    pub positional: bool,
    /// Whether a last digit counts the place below the last multiplier: "一万三" is 13,000.
    pub short_tail: bool,
    /// Whether the article before a unit counts one: "un euro".
    pub article_is_one: bool,
    /// The fewest characters of a number in words that counts nothing.
    pub fewest_bare: usize,
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
    /// Names that may also stand before the figure.
    before: Spellings,
    /// Names that are words of their own as well.
    weak: Vec<String>,
    names: Spellings,
    families: Spellings,
    minor: Spellings,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitNames {
    /// The unit of a bare degree; nothing where readers of the language use several.
    degree: Option<String>,
    /// Names that stand before the figure, by "FACTOR UNIT" or unit.
    before: Spellings,
    /// Names read only behind a larger unit of the same kind: the "in" of "5ft 9in".
    smaller: Spellings,
    /// Between a figure's unit and what it is per one of.
    per: Vec<String>,
    /// Names of a multiple of a unit, by "FACTOR UNIT".
    scaled: Spellings,
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
    noun_phrase: NounPhrase,
    plural_endings: Vec<String>,
    irregular_plurals: BTreeMap<String, String>,
    lemmas: Vec<(String, String)>,
    not_counted: Vec<String>,
    /// Lemmas that count people.
    people: Vec<String>,
    /// Words between a figure and what it counts, by the lemma of what they count.
    counters: Spellings,
    abbreviations: Vec<String>,
    #[serde(default)]
    possessives: Vec<String>,
    /// How letters are written where the keyboard lacks them; those not listed lose their marks.
    plain_letters: Vec<(char, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    before: Vec<String>,
    after: Vec<String>,
    /// Endings of a word that makes the number behind it a label: streets.
    endings: Vec<String>,
    /// Phrases with number words that say no number.
    idioms: Vec<String>,
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
    /// Between a whole number and its fraction alone.
    FractionJoiner,
    /// "point": the decimal mark in words.
    Point,
    /// "minus".
    Negative,
    /// A multiplier or scale that is a number with nothing before it.
    Alone,
    /// "half" as an adjective.
    HalfOf,
    /// A number word that always stands before what it counts.
    Bound,
    /// "に" of "5人に1人": the whole stands before it.
    OutOf,
    /// "below zero" behind a temperature.
    NegativeBehind,
    /// A phrase that says no number, whatever its words.
    Idiom,
    /// A name of a unit behind a larger one.
    SmallerUnit(String),
    /// "the" of "the two": a small number in words behind it is talk.
    Determiner,
    /// "la" of "la moitié".
    Definite,
    /// "in" of "one in five".
    Ratio,
    /// Between the whole and the part, where the whole comes first.
    Over,
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
    /// A multiple of a unit: what it is multiplied by, and the unit's code.
    ScaledUnit(Decimal, String),
    /// The same before its figure.
    UnitBefore(Decimal, String),
    /// "a" of "$70 a barrel".
    Per,
    /// A currency's name that may stand before its figure: an ISO code.
    CurrencyBefore(String),
    /// A currency's name that is a word of its own as well: money only where the sum is large.
    WeakName,
    /// A word between a figure and what it counts: the lemma of that.
    Counter(String),
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
                | Term::Definite
                | Term::Negative
                | Term::HalfOf
                | Term::UnitBefore(..)
                | Term::Scale(_)
                | Term::Vague(..)
                | Term::Month(_)
                | Term::Quarter(_)
                | Term::Half(_)
                | Term::Weekday(_)
                | Term::Idiom
        )
    }
}

/// A spelling behind its first word.
#[derive(Debug)]
struct Phrase {
    rest: Vec<WordId>,
    term: Term,
}

/// A word of a page's spellings.
#[derive(Debug, Default)]
struct Entry {
    /// The spellings that begin with it.
    phrases: Vec<Phrase>,
    /// Whether one of them may begin a figure or a date.
    starts_figure: bool,
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
    vocabulary: FxHashMap<Box<str>, WordId>,
    /// By [`WordId`]; the first is that of the unknown word.
    entries: Vec<Entry>,
    /// The tokens of the longest spelling.
    longest: usize,
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
    compounds: FxHashMap<u8, Vec<(String, NumberPart)>>,
    people: Vec<String>,
    stop: Vec<String>,
    plural_endings: Vec<String>,
    irregular_plurals: BTreeMap<String, String>,
    lemmas: Vec<(String, String)>,
    not_counted: Vec<String>,
    abbreviations: Vec<String>,
    possessives: Vec<String>,
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
        let mut builder = Builder {
            vocabulary: FxHashMap::default(),
            entries: vec![Entry::default(), Entry { phrases: Vec::new(), starts_figure: true }],
            compounds: Vec::new(),
            longest: 0,
            buffer: String::new(),
        };
        builder.numbers(&page)?;
        builder.compounds(&page)?;
        builder.figures(&page)?;
        builder.dates(&page);
        builder.slots(&page);
        builder.spell_plainly(&page.words.plain_letters);
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
            vocabulary: builder.vocabulary,
            entries: builder.entries,
            longest: builder.longest,
            number_style: page.number.style,
            compounds: by_first_byte(builder.compounds),
            scale_suffixes,
            people: sorted(page.words.people),
            noun_phrase: page.words.noun_phrase,
            degree: page.unit.degree,
            label_endings: page.labels.endings,
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

    /// The parts of a folded word that is a number written in one, such as "zweihundertsieben"; nothing for another.
    #[must_use]
    pub fn number_parts(&self, folded: &str) -> Option<Vec<NumberPart>> {
        let mut parts = Vec::new();
        let mut rest = folded;
        while let Some(first) = rest.bytes().next() {
            let candidates = self.compounds.get(&first)?;
            let (spelling, part) =
                candidates.iter().find(|(spelling, _)| rest.starts_with(spelling.as_str()))?;
            parts.push(*part);
            rest = rest.get(spelling.len()..)?;
        }
        (parts.len() > 1).then_some(parts)
    }

    fn entry(&self, word: WordId) -> &Entry {
        static NOTHING: Entry = Entry { phrases: Vec::new(), starts_figure: false };
        self.entries.get(word.0 as usize).unwrap_or(&NOTHING)
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

    /// Whether a lemma counts people.
    #[must_use]
    pub fn is_people(&self, lemma: &str) -> bool {
        contains(&self.people, lemma)
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

fn by_first_byte(mut parts: Vec<(String, NumberPart)>) -> FxHashMap<u8, Vec<(String, NumberPart)>> {
    parts.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
    let mut found: FxHashMap<u8, Vec<(String, NumberPart)>> = FxHashMap::default();
    for (spelling, part) in parts {
        if let Some(first) = spelling.bytes().next() {
            found.entry(first).or_default().push((spelling, part));
        }
    }
    found
}

/// A word without the letters that a plain keyboard lacks.
fn plain(word: &str, letters: &[(char, String)]) -> String {
    let mut found = String::with_capacity(word.len());
    for letter in word.chars() {
        match letters.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => found.push_str(to),
            None => found.extend(letter.nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    found
}

/// "10 %", or "%" alone.
fn factor_and_unit(key: &str) -> Result<(Decimal, String), String> {
    let (factor, id) = key.split_once(' ').unwrap_or(("1", key));
    if crate::quantity::units().find(id).is_none() {
        return Err(format!("expected a unit of units.toml, found `{id}`"));
    }
    Ok((number(factor)?, id.to_owned()))
}

struct Builder {
    vocabulary: FxHashMap<Box<str>, WordId>,
    entries: Vec<Entry>,
    compounds: Vec<(String, NumberPart)>,
    longest: usize,
    buffer: String,
}

impl Builder {
    /// The parts of numbers written in one word, for a page that writes them so.
    fn compounds(&mut self, page: &Page) -> Result<(), String> {
        /// A shorter joiner or article is a letter of some other part.
        const SHORTEST: usize = 3;
        if !page.number.style.compounds {
            return Ok(());
        }
        let mut add = |spellings: &[String], part: NumberPart, shortest: usize| {
            let whole = spellings
                .iter()
                .filter(|spelling| spelling.len() >= shortest && spelling.chars().all(char::is_alphabetic));
            self.compounds.extend(whole.map(|spelling| (fold(spelling), part)));
        };
        for (key, spellings) in &page.number.words {
            add(spellings, NumberPart::Value(number(key)?), 1);
        }
        for (key, spellings) in &page.number.multipliers {
            add(spellings, NumberPart::Multiplier(number(key)?), 1);
        }
        for (key, spellings) in &page.scale.words {
            add(spellings, NumberPart::Scale(number(key)?), 1);
        }
        add(&page.number.articles, NumberPart::Value(Decimal::ONE), SHORTEST);
        add(&page.number.joiners, NumberPart::Joiner, SHORTEST);
        Ok(())
    }

    /// Lets words be met without their accents as well ("milhoes"), where no other word is spelled so.
    fn spell_plainly(&mut self, letters: &[(char, String)]) {
        let mut known: Vec<(Box<str>, WordId)> =
            self.vocabulary.iter().map(|(word, id)| (word.clone(), *id)).collect();
        known.sort_by_key(|(_, id)| id.0);
        for (word, id) in known.iter().filter(|(word, _)| !word.is_ascii()) {
            let plain = plain(word, letters);
            // A letter alone, and the signs of other scripts, are not what a keyboard lacks.
            if plain.len() > 2 && plain.is_ascii() && !self.vocabulary.contains_key(plain.as_str()) {
                self.vocabulary.insert(plain.into(), *id);
            }
        }
    }

    fn word(&mut self, spelling: &str) -> WordId {
        fold_into(spelling, &mut self.buffer);
        if let Some(word) = self.vocabulary.get(self.buffer.as_str()) {
            return *word;
        }
        let word = WordId(u32::try_from(self.entries.len()).expect("a page has fewer words than that"));
        self.entries.push(Entry::default());
        self.vocabulary.insert(self.buffer.as_str().into(), word);
        word
    }

    fn add(&mut self, spelling: &str, term: Term) {
        let mut words = Vec::new();
        for token in tokens(spelling, 0..spelling.len()) {
            words.push(self.word(spelling.get(token.range()).unwrap_or_default()));
        }
        self.longest = self.longest.max(words.len());
        let Some((first, rest)) = words.split_first() else { return };
        if let Some(entry) = self.entries.get_mut(first.0 as usize) {
            entry.starts_figure |= term.may_start_figure();
            entry.phrases.push(Phrase { rest: rest.to_vec(), term });
        }
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
        for (spellings, term) in [
            (&page.number.fraction_joiners, Term::FractionJoiner),
            (&page.number.points, Term::Point),
            (&page.number.negatives, Term::Negative),
            (&page.number.alone, Term::Alone),
            (&page.number.halves, Term::HalfOf),
            (&page.number.bound, Term::Bound),
            (&page.number.out_of, Term::OutOf),
            (&page.number.negatives_behind, Term::NegativeBehind),
            (&page.number.determiners, Term::Determiner),
            (&page.number.definites, Term::Definite),
            (&page.number.ratio, Term::Ratio),
            (&page.number.over, Term::Over),
        ] {
            self.add_all(spellings, &term);
        }
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
        for (key, spellings) in &page.unit.scaled {
            let (factor, id) = factor_and_unit(key)?;
            self.add_all(spellings, &Term::ScaledUnit(factor, id));
        }
        for (key, spellings) in &page.unit.before {
            let (factor, id) = factor_and_unit(key)?;
            self.add_all(spellings, &Term::UnitBefore(factor, id));
        }
        self.add_all(&page.currency.weak, &Term::WeakName);
        self.add_all(&page.unit.per, &Term::Per);
        self.add_table(&page.unit.smaller, |id| Term::SmallerUnit(id.to_owned()));
        self.add_table(&page.currency.before, |code| Term::CurrencyBefore(code.to_owned()));
        self.add_table(&page.words.counters, |lemma| Term::Counter(lemma.to_owned()));
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
        self.add_all(&page.labels.idioms, &Term::Idiom);
        // In a script without spaces a word of several characters hides the number that begins it.
        for word in
            page.words.stop.iter().filter(|word| word.chars().count() > 1 && word.chars().all(is_unspaced))
        {
            self.add(word, Term::Idiom);
        }
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
            for id in page.currency.minor.keys().chain(page.currency.before.keys()) {
                let exists = currencies.get(id).is_some() || currencies.family(id).is_some();
                assert!(exists, "{}.toml: no currency `{id}`", source.id);
            }
            for id in page.unit.smaller.keys().chain(&page.unit.degree) {
                assert!(crate::quantity::units().find(id).is_some(), "{}.toml: no unit `{id}`", source.id);
            }
            assert_eq!((page.dates.months.len(), page.dates.weekdays.len()), (12, 7), "{}", source.id);
        }
    }

    #[test]
    fn the_longest_spelling_wins() {
        let lexicon = Lexicon::of("en");
        let text = "percentage points";
        let cut = lexicon.tokens(text, 0..text.len());
        let unit = |term: &Term| if let Term::Unit(id) = term { Some(id.clone()) } else { None };
        assert_eq!(cut.longest(0, unit), Some((2, "pp".to_owned())));
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
