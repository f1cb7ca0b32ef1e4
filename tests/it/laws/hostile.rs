//! No input ends a run, and no text of a stranger acts on the terminal or the page that a report is shown in.

use std::fs::File;

use crosscheck::document::{self, Document, Found, Known, Status, read_bytes};
use crosscheck::normalise::Claim;
use crosscheck::report::{Format as Written, Report, Terminal};
use crosscheck::settings::Settings;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::tried;
use crate::corpora;
use crate::formats::shown::log;

/// Pieces of which figures, and what looks like figures, are made.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    // Digits, grouped in every way, and of other scripts.
    "0", "1", "5", "9", "12", "40", "100", "1,000", "1.000", "1 000", "12 400", "1’234", "1'000", "12,34,567", "1.5",
    "1,5", ".5", "0.05", "3.14.15", "1,00,0", "007", "2026", "1e9", "1e999999999", "½", "2½", "⅔", "１２３", "٣", "१२",
    "九", "三千", "二兆", "10万", "3億", "5만", "8조", "Ⅻ", "²", "99999999999999999999999999999999",
    // Separators, signs and joints.
    ",", ".", ";", ":", "-", "–", "—", "−", "+", "±", "~", "≈", "≥", "<", ">", "/", "×", "x", "*", "=", "…", "'", "’",
    " ", "  ", "\u{a0}", "\u{202f}", "\t", "\n", "\n\n", "\r\n", "\r", ", ", ". ", " - ", "to", "bis", "à", "a", "から",
    // Currencies and units.
    "$", "€", "£", "¥", "₩", "US$", "A$", "R$", "kr", "Fr.", "USD", "EUR ", "dollars", "Euro", "won", "円", "원", "pence",
    "%", "％", "‰", "pp", "percentage points", "°C", "GW", "GWh", "km²", "m", "M", "ft", "5'10\"", "mph", "tonnes", "bbl/d",
    "a year", "per day", "years old", "-year-old",
    // Scale words.
    "million", "bn", "trillion", "tn", "k", "Mrd.", "Milliarden", "billions", "milliards", "mil millones", "bilhão",
    "lakh", "crore", "dozen", "hundreds of", "tens of thousands of", "dozens of thousands of", "half a", "a third of",
    "two-thirds", "twenty-one", "one hundred and", "quatre-vingt-dix", "einundzwanzig", "兆", "億", "万", "만", "억",
    // Hedges and comparisons.
    "about ", "nearly ", "more than ", "over ", "at least ", "up to ", "just under ", "exactly ", "rund ", "environ ",
    "plus de ", "約", "以上", "from ", "to ", "between ", "and ", "up ", "down ", "rose ", "by ", "of ", "each ",
    // Brackets and quotation marks.
    "(", ")", "[", "]", "{", "}", "“", "”", "«", "»", "\"", "(about ", ")(",
    // Words.
    "people", "killed", "jobs", "Mayor", "Seoul", "said", "on Monday", "July 2, 2026", "2. Juli", "31/02/2026", "Q3",
    "24-7", "9/11", "No. 5", "§ 12",
    // Markup.
    "<p>", "</p>", "<td>", "<tr>", "<table>", "</table>", "<br>", "<h1>", "<!--", "-->", "<script>", "&nbsp;", "&#0;",
    "&euro;", "&", "**", "_", "# ", "| ", "|---|", "---\n", "```", "> ", "[1](2)", "1. ",
];

/// Characters that act instead of showing, and what commands the log of a job.
const ACTING: &[&str] = &[
    "\0",
    "\u{7}",
    "\u{8}",
    "\u{b}",
    "\u{1b}[31m",
    "\u{1b}]8;;x\u{7}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}2J",
    "\u{ad}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{61c}",
    "\u{2028}",
    "::error::x",
    "##[error]x",
];

fn piece() -> impl Strategy<Value = &'static str> {
    prop_oneof![12 => select(PIECES.to_vec()), 1 => select(ACTING.to_vec())]
}

fn format() -> impl Strategy<Value = document::Format> {
    select(vec![document::Format::Text, document::Format::Markdown, document::Format::Html])
}

/// A text made of such pieces, now with and now without a space between them.
fn patchwork() -> impl Strategy<Value = String> {
    let spaced = (piece(), select(vec!["", " "])).prop_map(|(piece, space)| format!("{piece}{space}"));
    vec(spaced, 0..80).prop_map(|pieces| pieces.concat())
}

/// A text of any kind, and the format it is to be read as.
pub(super) fn any_text() -> impl Strategy<Value = (document::Format, String)> {
    let long_run = (select(vec!["1", "9", "0", "1,", ".5", "九", "("]), 1_usize..400)
        .prop_map(|(what, times)| what.repeat(times));
    (format(), prop_oneof![8 => patchwork(), 3 => any::<String>(), 1 => long_run])
}

/// The claims of a text.
pub(super) fn claims(format: document::Format, bytes: &[u8]) -> Vec<Claim> {
    let document = read_bytes("any", format, bytes, &Known::default());
    crosscheck::claims_of(&document, &Settings::new())
}

fn acts(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks two reports against each other, then the first one as a draft, and writes what comes of it in every format.
fn survives(
    one: (document::Format, &[u8]),
    other: (document::Format, &[u8]),
    name: &str,
) -> Result<(), TestCaseError> {
    let read = |path: &str, (format, bytes)| read_bytes(path, format, bytes, &Known::default());
    let (one, other) = (read(name, one), read("other", other));
    shows_safely(vec![one.clone(), other.clone()])?;
    shows_safely(vec![one.as_draft(), other])
}

fn shows_safely(documents: Vec<Document>) -> Result<(), TestCaseError> {
    let story = crosscheck::check_documents("story", documents, &Settings::new());
    let report = Report { stories: vec![story], command: Vec::new() };
    for format in [Written::Human(Terminal::PLAIN), Written::Markdown, Written::Html] {
        let text = corpora::written(&report, format);
        let acting = text.chars().find(|c| acts(*c));
        prop_assert!(acting.is_none(), "{acting:?} in {format:?}:\n{text:?}");
        log(&text)?;
    }
    let json: serde_json::Value = serde_json::from_str(&corpora::written(&report, Written::Json)).unwrap();
    prop_assert!(json["claims"].is_array());
    Ok(())
}

proptest! {
    #![proptest_config(tried())]

    #[test]
    fn no_text_ends_a_run((first, one) in any_text(), (second, other) in any_text(), name in "\\PC{0,12}") {
        survives((first, one.as_bytes()), (second, other.as_bytes()), &name)?;
    }

    #[test]
    fn a_text_against_itself_with_one_piece_more_does_not_either(
        (first, one) in any_text(), more in piece(), name in any::<String>(),
    ) {
        let other = format!("{one} {more}");
        survives((first, one.as_bytes()), (first, other.as_bytes()), &name)?;
    }

    #[test]
    fn no_bytes_end_a_run(first in format(), one in vec(any::<u8>(), 0..400), other in vec(any::<u8>(), 0..400)) {
        survives((first, &one), (document::Format::Text, &other), "bytes")?;
    }

    #[test]
    fn every_span_lies_in_the_file_and_on_characters((format, text) in any_text()) {
        for claim in claims(format, text.as_bytes()) {
            let own = text.get(claim.span.start..claim.span.end);
            prop_assert!(own.is_some_and(|own| !own.is_empty()), "{:?} of {text:?}", claim.span);
        }
    }

    #[test]
    fn a_span_of_plain_text_is_its_quotation(text in patchwork()) {
        let document = read_bytes("any", document::Format::Text, text.as_bytes(), &Known::default());
        // With zero bytes it is UTF-16 or no text, and a span counts other bytes than these.
        if document.encoding != "UTF-8" {
            return Ok(());
        }
        for claim in crosscheck::claims_of(&document, &Settings::new()) {
            let own = text.get(claim.span.start..claim.span.end).unwrap_or_default();
            prop_assert_eq!(corpora::folded(own), corpora::folded(document.slice(&claim.text)));
        }
    }
}

#[test]
fn a_page_nested_without_end_is_skipped() {
    for (format, opened) in [
        (document::Format::Html, "<div>"),
        (document::Format::Html, "<table><tr><td>"),
        (document::Format::Markdown, "<div>"),
    ] {
        let deep = format!("{}It cost $5 million.", opened.repeat(100_000));
        let document = read_bytes("deep", format, deep.as_bytes(), &Known::default());
        assert!(matches!(document.status, Status::Skipped(_)), "{format:?} {opened}: {:?}", document.status);
    }
}

#[test]
fn markdown_nested_without_end_is_survived() {
    for opened in ["> ", "- ", "[", "*a ", "`", "((", "| "] {
        let deep = format!("{}It cost $5 million.", opened.repeat(20_000));
        let document = read_bytes("deep.md", document::Format::Markdown, deep.as_bytes(), &Known::default());
        let _ = crosscheck::claims_of(&document, &Settings::new());
    }
}

#[test]
fn a_file_of_17_mib_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.txt");
    File::create(&path).unwrap().set_len(17 << 20).unwrap();
    let found = Found { shown: "large.txt".to_owned(), path, format: document::Format::Text, obstacle: None };
    let document = document::read(&found);
    let Status::Skipped(reason) = &document.status else { panic!("{:?}", document.status) };
    assert!(reason.contains("16 MiB"), "{reason}");
}
