//! Which language a text is in.

use std::cmp::Reverse;

use super::words::{TokenKind, WordId, fold};
use super::{Lexicon, PAGES, Script};

/// Bytes that the detector reads at most; more would not change its mind. A quarter of them, in pieces, misjudged texts
/// in which two languages stand.
const SAMPLE_BYTES: usize = 8 * 1024;
/// Letters below which a text is too short for the detector's own word.
const ENOUGH_CHARS: usize = 40;

/// What language a text was found to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// The id of the page to read it with.
    pub page: &'static str,
    /// The English name of its language, where that has no page.
    pub foreign: Option<&'static str>,
}

/// Letters from which on an unsure guess is better than none.
const ENOUGH_TO_GUESS: usize = 60;
/// Letters from which on a text surely in a language without a page is told of.
const ENOUGH_FOR_FOREIGN: usize = 200;

/// Finds the language of a text among the embedded pages; `declared` (a tag such as `en-GB`) decides where the text is
/// short or the detector unsure, and the first page stands in where nothing is known.
///
/// ```
/// use crosscheck::lang::detect;
/// assert_eq!(detect("2 Mio.", Some("de-AT")).page, "de");
/// ```
#[must_use]
pub fn detect(text: &str, declared: Option<&str>) -> Detected {
    let declared = declared.and_then(page_of_tag);
    let sample = text.get(..text.floor_char_boundary(SAMPLE_BYTES)).unwrap_or_default();
    let letters = Letters::of(sample);
    if let Some(page) = letters.page() {
        return Detected { page, foreign: None };
    }
    let is_asked = declared.is_none() && letters.count() >= ENOUGH_FOR_FOREIGN;
    let any = is_asked.then(|| whatlang::detect(sample)).flatten();
    let of_info = |info: &whatlang::Info| page_of_iso639_3(info.lang().code());
    // The best of all languages, where it has a page, is the best of those with pages.
    if let Some(page) = any.as_ref().filter(|info| info.is_reliable()).and_then(of_info) {
        return Detected { page, foreign: None };
    }
    let known: Vec<whatlang::Lang> =
        PAGES.iter().filter_map(|page| whatlang::Lang::from_code(page.iso639_3)).collect();
    let among_pages = || whatlang::Detector::with_allowlist(known).detect(sample);
    let guess = (letters.count() >= ENOUGH_CHARS).then(among_pages).flatten();
    let sure = guess.as_ref().filter(|info| info.is_reliable()).and_then(of_info);
    let is_foreign = any.as_ref().is_some_and(|info| info.is_reliable() && of_info(info).is_none());
    let is_open = declared.is_none() && !is_foreign;
    let told = || is_open.then(|| by_words(sample)).flatten();
    let guessed = || {
        let is_guessed = declared.is_none() && letters.count() >= ENOUGH_TO_GUESS;
        guess.as_ref().or(any.as_ref()).filter(|_| is_guessed).and_then(of_info)
    };
    // Of a few lines the words say more than the detector is sure of.
    let page = if letters.count() < ENOUGH_FOR_FOREIGN { told().or(sure) } else { sure.or_else(told) };
    Detected {
        page: page.or_else(guessed).or(declared).unwrap_or_else(default_page),
        foreign: any.filter(|_| is_foreign).map(|info| info.lang().eng_name()),
    }
}

/// The page that knows clearly more words of a text than any other: in a short one they say more than its letters.
fn by_words(text: &str) -> Option<&'static str> {
    const AHEAD: usize = 2;
    let known = |id: &'static str| {
        let lexicon = Lexicon::of(id);
        let is_stop = |range| text.get(range).is_some_and(|word| lexicon.is_stop_word(&fold(word)));
        let words = lexicon.tokens(text, 0..text.len());
        words
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .filter(|token| token.word != WordId::UNKNOWN || is_stop(token.range()))
            .count()
    };
    let latin = PAGES.iter().filter(|page| page.script == Script::Latin);
    let mut counts: Vec<(usize, &'static str)> = latin.map(|page| (known(page.id), page.id)).collect();
    counts.sort_unstable_by_key(|(count, _)| Reverse(*count));
    let (most, page) = *counts.first()?;
    let next = counts.get(1).map_or(0, |(count, _)| *count);
    (most >= next + AHEAD).then_some(page)
}

/// The letters of a text, by their script.
#[derive(Default)]
struct Letters {
    kana: usize,
    hangul: usize,
    han: usize,
    /// Those of every other script.
    latin: usize,
}

impl Letters {
    fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            match c {
                '\u{3040}'..='\u{30ff}' => letters.kana += 1,
                '\u{ac00}'..='\u{d7af}' => letters.hangul += 1,
                '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => letters.han += 1,
                _ => letters.latin += 1,
            }
        }
        letters
    }

    fn count(&self) -> usize {
        self.kana + self.hangul + self.han + self.latin
    }

    /// The page whose letters most of them are, where they are of one page alone.
    fn page(&self) -> Option<&'static str> {
        // Every fifth character of Japanese, at the least, is kana; Chinese has next to none.
        let script = if self.kana + self.hangul + self.han <= self.latin {
            return None;
        } else if self.hangul > self.kana + self.han {
            Script::Hangul
        } else if self.kana * 10 > self.han {
            Script::Kana
        } else {
            Script::Han
        };
        PAGES.iter().find(|page| page.script == script).map(|page| page.id)
    }
}

/// The page that stands in where a text's language is unknown.
#[must_use]
pub fn default_page() -> &'static str {
    let [first, ..] = &PAGES;
    first.id
}

/// The page of a language tag: `pt-BR` has the page `pt`.
#[must_use]
pub fn page_of_tag(tag: &str) -> Option<&'static str> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    PAGES.iter().find(|page| page.id == primary).map(|page| page.id)
}

fn page_of_iso639_3(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|page| page.iso639_3 == code).map(|page| page.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_outranks_a_wrong_tag() {
        let text = "The council said on Tuesday that the bridge would cost more than expected and open two years late.";
        assert_eq!(detect(text, Some("fr")), Detected { page: "en", foreign: None });
    }

    #[test]
    fn a_short_text_takes_the_tag() {
        assert_eq!(detect("2 Mio.", Some("de-AT")).page, "de");
        assert_eq!(detect("2 Mio.", None).page, "en");
    }

    #[test]
    fn a_short_text_is_told_by_its_words() {
        let text = "Tarn pays out\n\nLONDON (Market Lines) - Tarn Holdings returned $4.3 billion to its owners in the quarter.";
        assert_eq!(detect(text, None).page, "en");
        let text = "Veltra sells more cars\n\nLONDON, January 12 (Market Lines) - Veltra sold 18,600 cars in Hungary.";
        assert_eq!(detect(text, None).page, "en");
        let text = "Tarn Holdings will zahlen\n\nLONDON - Der Konzern gab den Eigentümern 4,3 Milliarden Dollar zurück.";
        assert_eq!(detect(text, None).page, "de");
    }

    #[test]
    fn a_language_without_a_page_is_named() {
        let text = "Kommunen opplyste tirsdag at den nye broen over fjorden vil koste mer enn ventet, og at den først \
                    åpner om to år. Byggingen skulle egentlig ha startet i fjor, men entreprenøren trakk seg da prisene \
                    på stål steg kraftig gjennom vinteren. Nå må kommunestyret ta stilling til om prosjektet skal \
                    legges ut på nytt, eller om ferjene skal gå videre som før.";
        assert!(detect(text, None).foreign.is_some());
    }
}
