//! What each fuzz target does with its bytes. The tests replay the kept corpora with the same functions.

use crosscheck::document::{Document, Format, Known, read_bytes};
use crosscheck::normalise::Claim;
use crosscheck::quantity::Quantity;
use crosscheck::report::{self, Report, StoryReport, Terminal};
use crosscheck::settings::Settings;
use crosscheck::stream::{Stories, Told};

/// A target's name, which is also that of its corpus, and what it does.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: [Target; 6] = [
    ("read_html", read_html),
    ("read_markdown", read_markdown),
    ("find", find),
    ("quantity", quantity),
    ("check", check),
    ("reconcile", reconcile),
];

/// Reads a page, and cuts every block out of its bytes.
pub(crate) fn read_html(bytes: &[u8]) {
    cuts(&read(Format::Html, bytes), bytes);
}

/// Reads Markdown, and cuts every block out of its bytes.
pub(crate) fn read_markdown(bytes: &[u8]) {
    cuts(&read(Format::Markdown, bytes), bytes);
}

/// Finds the claims of a text; the first byte says in which language.
pub(crate) fn find(bytes: &[u8]) {
    const LANGUAGES: [&str; 9] = ["en", "fr", "de", "es", "it", "pt", "ja", "ko", "zh"];
    let Some((first, text)) = bytes.split_first() else { return };
    let language = LANGUAGES.get(usize::from(*first) % LANGUAGES.len()).map(|tag| (*tag).to_owned());
    let document = read_bytes("text", Format::Text, text, &Known { language, published: None });
    for claim in crosscheck::claims_of(&document, &Settings::new()) {
        lies_in(&document, &claim, text);
    }
}

/// Reads a written quantity; what it writes is read back unchanged.
pub(crate) fn quantity(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(quantity) = text.parse::<Quantity>() else { return };
    let written = quantity.to_string();
    assert_eq!(written.parse::<Quantity>().as_ref(), Ok(&quantity), "{text} is written {written}");
}

/// Checks two reports against each other and writes what comes of it; a zero byte parts them, and the first byte says how
/// each is written.
pub(crate) fn check(bytes: &[u8]) {
    const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];
    let Some((first, texts)) = bytes.split_first() else { return };
    let format = |number: u8| FORMATS.get(usize::from(number) % 3).copied().unwrap_or(Format::Text);
    let (one, other) = match texts.iter().position(|byte| *byte == 0) {
        Some(at) => (texts.get(..at).unwrap_or_default(), texts.get(at + 1..).unwrap_or_default()),
        None => (texts, texts),
    };
    let documents = vec![read(format(*first), one), read(format(*first / 3), other)];
    written(crosscheck::check_documents("story", documents, &Settings::new()));
}

/// Takes lines of stories and judges what they tell, up to the first bad one.
pub(crate) fn reconcile(bytes: &[u8]) {
    let mut stories = Stories::default();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let Ok(line) = std::str::from_utf8(line) else { return };
        match stories.take(number, line) {
            Ok(told) => told.into_iter().for_each(judged),
            Err(problem) => {
                return assert!(problem.line <= number && !problem.what.is_empty(), "{problem:?}");
            }
        }
    }
    if let Ok(told) = stories.close() {
        told.into_iter().for_each(judged);
    }
}

fn judged(told: Told) {
    written(crosscheck::check_claims(told, &Settings::new()));
}

/// Nothing in the written report of a story acts.
fn written(story: StoryReport) {
    let report = Report { stories: vec![story], command: Vec::new() };
    for format in [report::Format::Human(Terminal::PLAIN), report::Format::Markdown, report::Format::Json] {
        let mut written = Vec::new();
        report::write(&report, format, &mut written).expect("a vector takes all");
        let written = String::from_utf8(written).expect("a report is UTF-8");
        assert!(!written.chars().any(acts), "{format:?} holds a character that acts:\n{written:?}");
        assert!(!written.lines().any(commands), "{format:?} holds a line that commands:\n{written:?}");
    }
}

fn read(format: Format, bytes: &[u8]) -> Document {
    read_bytes("report", format, bytes, &Known::default())
}

/// Every block lies in the file.
fn cuts(document: &Document, bytes: &[u8]) {
    for block in &document.blocks {
        assert!(block.span.start <= block.span.end && block.span.end <= bytes.len(), "{:?}", block.span);
        assert!(document.text.get(block.text.clone()).is_some(), "{:?}", block.text);
    }
}

/// A claim lies in the file, and not nowhere.
fn lies_in(document: &Document, claim: &Claim, bytes: &[u8]) {
    assert!(claim.span.start < claim.span.end && claim.span.end <= bytes.len(), "{:?}", claim.span);
    assert!(!document.slice(&claim.text).is_empty(), "{:?}", claim.text);
}

/// Whether a character does something in a terminal instead of showing.
fn acts(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a line is a command in the log of a job; the renderer's own `:::` before a path names none.
fn commands(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("::") && !line.starts_with("::: ") || line.contains("##[")
}
