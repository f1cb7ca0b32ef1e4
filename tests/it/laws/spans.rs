//! A claim's span, cut out of the file's bytes, is its quotation; and one article gives the same claims in every
//! format and encoding.

use std::path::Path;

use crosscheck::document::{BlockKind, Document, Format, Known, Place, find_story, read_bytes};
use crosscheck::normalise::{Claim, Compared};
use crosscheck::report::{self, Report, Terminal};
use crosscheck::settings::Settings;
use encoding_rs::Encoding;
use html5gum::{Token, Tokenizer};

use crate::corpora::{self, folded};

/// Bytes of a document as text, without regard to a byte order mark; an error where they cut a character.
fn decoded(document: &Document, bytes: &[u8]) -> Result<String, String> {
    let encoding = Encoding::for_label(document.encoding.as_bytes()).unwrap();
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned)
        .ok_or_else(|| format!("{bytes:?} cut a character of {}", document.encoding))
}

/// What a reader of the source sees of a piece of it.
fn without_markup(format: Format, source: &str) -> String {
    let page = match format {
        Format::Text => return source.to_owned(),
        Format::Markdown => source.replace(['*', '_', '`', '~'], ""),
        Format::Html => source.to_owned(),
    };
    let mut text = String::new();
    for Ok(token) in Tokenizer::new(&page) {
        match token {
            Token::String(part) => text.push_str(&String::from_utf8_lossy(&part)),
            Token::StartTag(tag) if tag.name.as_slice() == b"br" => text.push(' '),
            Token::StartTag(_)
            | Token::EndTag(_)
            | Token::Comment(_)
            | Token::Doctype(_)
            | Token::Error(_) => {}
        }
    }
    text
}

/// The line and the column, in characters and 1-based, of what follows this part of a file.
fn place_after(before: &str) -> Place {
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place::Line { line, column }
}

/// What is wrong with where a claim is said to stand, if anything is.
fn misplaced(document: &Document, bytes: &[u8], claim: &Claim) -> Result<(), String> {
    let quotation = document.slice(&claim.text);
    let own = bytes.get(claim.span.start..claim.span.end).ok_or("the span leaves the file")?;
    let own = decoded(document, own)?;
    let before = decoded(document, &bytes[..claim.span.start])?;
    let read = folded(&without_markup(document.format, &own));
    if read != folded(quotation) {
        return Err(format!("the span reads “{read}”"));
    }
    let (told, found) = (document.place(&claim.text), place_after(&before));
    if told != found {
        return Err(format!("stands at {found:?}, is said to stand at {told:?}"));
    }
    Ok(())
}

#[test]
fn every_span_cut_out_of_the_bytes_is_its_quotation() {
    let mut problems = Vec::new();
    let mut claims = 0;
    for found in corpora::all_files() {
        let (bytes, document) = corpora::open(&found);
        for claim in crosscheck::claims_of(&document, &Settings::new()) {
            claims += 1;
            if let Err(problem) = misplaced(&document, &bytes, &claim) {
                problems.push(format!("{} “{}”: {problem}", found.shown, document.slice(&claim.text)));
            }
        }
    }
    assert!(100 < claims, "the corpora hold claims: {claims} were found");
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The claims of a report's own text: quotation, quantity, measure and whether it is compared.
fn told(document: &Document) -> Vec<String> {
    let claims = crosscheck::claims_of(document, &Settings::new());
    let own = claims.iter().filter(|claim| claim.block != BlockKind::Furniture);
    own.map(|claim| {
        let compared = match &claim.compared {
            Compared::Yes => "compared",
            Compared::No(because) => because,
        };
        let quotation = folded(document.slice(&claim.text));
        format!("“{quotation}” {} {} {compared}", claim.quantity, claim.measure.unwrap_or("-"))
    })
    .collect()
}

#[test]
fn one_article_gives_the_same_claims_in_every_format_and_encoding() {
    let files = find_story(Path::new("corpora/read")).unwrap().files;
    let articles: Vec<_> = files.iter().filter(|found| found.shown.contains("/article")).collect();
    let (_, plain) =
        corpora::open(articles.iter().find(|found| found.shown.ends_with("article.txt")).unwrap());
    let expected = told(&plain);
    assert!(10 < expected.len(), "the article holds claims: {expected:?}");
    let mut problems = Vec::new();
    for found in articles {
        let (_, document) = corpora::open(found);
        let claims = told(&document);
        if claims != expected {
            let missing: Vec<_> = expected.iter().filter(|claim| !claims.contains(claim)).collect();
            let more: Vec<_> = claims.iter().filter(|claim| !expected.contains(claim)).collect();
            problems.push(format!("{}: without {missing:#?}, but with {more:#?}", found.shown));
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_topic_is_called_by_the_unit_of_a_figure() {
    let label = |sum: &str, length: &str| -> String {
        let said = format!("Der Radweg an der Lenne bringt {sum}, auf {length} Kilometern Länge.");
        let known = Known { language: Some("de".to_owned()), ..Known::default() };
        let read = |path: &str| read_bytes(path, Format::Text, said.as_bytes(), &known);
        let story = crosscheck::check_documents("weg", vec![read("a.txt"), read("b.txt")], &Settings::new());
        story.topics.last().map(|topic| topic.label.clone()).unwrap_or_default()
    };
    for sum in ["6,8 Millionen Euro", "3 Milliarden Dollar", "40 Prozent"] {
        assert_eq!(label(sum, "23,4"), "length (Lenne)", "{sum}");
    }
}

#[test]
fn the_figures_of_a_long_line_are_shown_with_their_columns() {
    for (before, behind) in [(0, 5_000), (1, 9_000), (700, 2_000), (5_000, 5_000), (9_000, 0)] {
        let said = |sum: &str| {
            let (before, behind) = ("über ".repeat(before), " über".repeat(behind));
            format!("{before}The new bridge over the Sarn will cost {sum} million euros.{behind}")
        };
        let read =
            |path: &str, sum: &str| read_bytes(path, Format::Text, said(sum).as_bytes(), &Known::default());
        let documents = vec![read("a.txt", "120"), read("b.txt", "210")];
        let report = Report {
            stories: vec![crosscheck::check_documents("bridge", documents, &Settings::new())],
            command: Vec::new(),
        };
        let mut written = Vec::new();
        report::write(&report, report::Format::Human(Terminal::PLAIN), &mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        let column = said("120").chars().count() - " million euros.".len() - 5 * behind - 2;
        assert!(written.contains(&format!("a.txt:1:{column}\n")), "column {column} in:\n{written}");
        let lines: Vec<&str> = written.lines().collect();
        let shown = lines.windows(2).find(|two| two[0].contains("cost 120 million euros")).unwrap();
        let (left, _) = shown[0].split_once("120 million euros").unwrap();
        let place = left.chars().count();
        assert_eq!(shown[1].find('^'), Some(place), "{}\n{}", shown[0], shown[1]);
        assert_eq!(shown[1].matches('^').count(), "120 million euros".len());
    }
}
