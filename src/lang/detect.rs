//! Which language a text is in.

use super::PAGES;

/// Letters that the detector reads at most; more would not change its mind.
const SAMPLE_BYTES: usize = 8 * 1024;
/// Letters below which a text is too short for the detector's own word.
const ENOUGH_CHARS: usize = 40;

/// Guesses the language of a text among the embedded pages; `declared` (a tag such as `en-GB`) breaks the tie where
/// the text is short or the guess is unsure, and English stands in where nothing is known.
///
/// Returns the page's id and whether the guess rests on the text itself.
#[must_use]
pub fn detect(text: &str, declared: Option<&str>) -> (&'static str, bool) {
    let declared = declared.and_then(page_of_tag);
    let end = (0..=SAMPLE_BYTES.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let sample = text.get(..end).unwrap_or_default();
    let guess = (sample.chars().filter(|c| c.is_alphabetic()).count() >= ENOUGH_CHARS)
        .then(|| whatlang::detect(sample))
        .flatten()
        .filter(|info| info.is_reliable() || declared.is_none())
        .and_then(|info| page_of_iso639_3(info.lang().code()));
    match (guess, declared) {
        (Some(id), _) => (id, true),
        (None, Some(id)) => (id, false),
        (None, None) => (PAGES.first().map_or("en", |page| page.id), false),
    }
}

/// The page of a language tag: `pt-BR` has the page `pt`.
#[must_use]
pub fn page_of_tag(tag: &str) -> Option<&'static str> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    PAGES.iter().find(|page| page.id == primary).map(|page| page.id)
}

fn page_of_iso639_3(code: &str) -> Option<&'static str> {
    PAGES
        .iter()
        .find(|page| page.iso639_3 == code)
        .map(|page| page.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_outranks_a_wrong_tag() {
        let text = "The council said on Tuesday that the bridge would cost more than expected and open two years late.";
        assert_eq!(detect(text, Some("fr")), ("en", true));
    }

    #[test]
    fn a_short_text_takes_the_tag() {
        assert_eq!(detect("2 Mio.", Some("de-AT")), ("de", false));
        assert_eq!(detect("2 Mio.", None), ("en", false));
    }
}
