//! What a language page says, and how it is matched against tokens.
//!
//! A page (`en.toml` and its siblings) is data: spellings under their meaning. No Rust file but the list of
//! [`PAGES`] names a language; what a page cannot say, the page format learns to say for all of them. A page is parsed
//! when its language is first met.

mod builder;
mod calendar;
mod detect;
mod lexicon;
mod measure;
mod page;
mod sentence;
mod term;
mod tokens;
pub mod words;

pub use calendar::{StatedDate, YEARS, YearPart, date_at};
pub use detect::{Detected, default_page, detect, page_of_tag};
pub use lexicon::{Lexicon, NumberPart};
pub use measure::{Measure, Nature, PERSON, measure, measures};
pub use page::{DateOrder, NounPhrase, NumberStyle, Separators};
pub use sentence::sentence_around;
pub use term::{CHANGE_REACH, OF_THEM, Term};
pub use tokens::Tokens;

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

/// A name of a claim as reports print it: a country's for its code, any other as it is.
///
/// ```
/// use crosscheck::lang::name_in_words;
/// assert_eq!(name_in_words("ZA"), "south africa");
/// assert_eq!(name_in_words("orvanta"), "orvanta");
/// ```
#[must_use]
pub fn name_in_words(name: &str) -> &str {
    Lexicon::of(default_page()).country_name(name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::page::Page;
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
            for key in page.unit.smaller.keys().chain(&page.unit.degree) {
                // "0.1 CNY" is a part of a currency.
                let id = key.split_once(' ').map_or(key.as_str(), |(_, id)| id);
                let exists = crate::quantity::units().find(id).is_some() || currencies.get(id).is_some();
                assert!(exists, "{}.toml: no unit `{key}`", source.id);
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
