//! A document's line, both ways.

use std::ops::Range;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Numbered, Problem};
use crate::document::{Document, Format, Known, Status, When, read_bytes, standard_name};
use crate::report::{document_value, json_line};

/// What a line says of a document: its shape in the JSON report, and its text.
#[derive(Debug, Default, Deserialize)]
pub(super) struct DocumentLine {
    pub(super) path: Value,
    format: Option<Format>,
    encoding: Option<String>,
    language: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    sha256: Option<String>,
    status: Option<String>,
    reason: Option<String>,
    text: Option<String>,
}

/// Where a claim stands in its document's text.
#[derive(Debug, Clone, Default)]
pub(super) struct Stand {
    pub(super) text: Range<usize>,
    pub(super) sentence: Range<usize>,
}

pub(super) fn line(story: &str, document: &Document) -> String {
    #[derive(Serialize)]
    struct Line<'a, T: Serialize> {
        story: &'a str,
        #[serde(flatten)]
        shape: T,
        text: Option<&'a str>,
    }
    let text = document.is_read().then_some(document.source.as_str());
    json_line(&Line { story, shape: document_value(document), text })
}

/// Read away at the beginning of a file.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The document, and where each of its claims stands in it. One without a text is taken to hold the sentences of its
/// claims, one below the other.
pub(super) fn read(
    path: &str,
    (number, line): (usize, &DocumentLine),
    claims: &[Numbered],
) -> Result<(Document, Vec<Stand>), Problem> {
    let told = match &line.text {
        Some(text) => Text { source: text.clone(), places: claims.iter().map(Place::of_line).collect() },
        None => Text::of_sentences(claims)?,
    };
    let known = Known { language: line.language.clone(), published: None };
    // The sentences of claims are plain, whatever the file was.
    let format = line.text.as_ref().and(line.format).unwrap_or(Format::Text);
    // What begins with the sign for a byte order mark would lose it as one: it gets another before it.
    let mark = if told.source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
    let mut document = read_bytes(path, format, [mark, &told.source].concat().as_bytes(), &known);
    document.format = line.format.unwrap_or(format);
    let mut stands = Vec::new();
    for (place, claim) in told.places.iter().zip(claims) {
        let missed = || Problem { line: claim.number, what: place.missed(path) };
        stands.push(place.stand(&document).ok_or_else(missed)?);
    }
    line.settle(&mut document).map_err(|what| Problem { line: number, what })?;
    Ok((document, stands))
}

impl DocumentLine {
    /// Dates the document as the line does; what its text says of that day besides, such as the zone, it keeps.
    pub(super) fn date(&self, document: &mut Document) -> Result<(), String> {
        let Some(told) = &self.published else { return Ok(()) };
        let (date, time) = day(told)?;
        let is_known = |when: &When| when.date == date && (time.is_none() || when.time == time);
        if !document.published.as_ref().is_some_and(is_known) {
            document.published = Some(When { date, time, zone: None, stated: true });
        }
        Ok(())
    }

    /// What the line says, over what the text says of itself.
    fn settle(&self, document: &mut Document) -> Result<(), String> {
        let reason = || self.reason.clone().unwrap_or_else(|| "no reason is told".to_owned());
        match self.status.as_deref() {
            None if self.text.is_some() => {}
            None | Some("read") => document.status = Status::Read,
            Some("partly") => document.status = Status::Partly(reason()),
            Some("skipped") => document.status = Status::Skipped(reason()),
            Some(other) => {
                return Err(format!("expected read, partly or skipped in `status`, found `{other}`"));
            }
        }
        if let Some(told) = &self.encoding {
            document.encoding = standard_name(told)
                .ok_or_else(|| format!("expected an encoding such as UTF-8 in `encoding`, found `{told}`"))?;
        }
        document.outlet = self.outlet.clone().or(document.outlet.take());
        document.title = self.title.clone().or(document.title.take());
        document.sha256 = self.sha256.clone().unwrap_or_default();
        Ok(())
    }
}

/// A day, and a time if there is one: `2026-07-02`, `2026-07-02T09:14:00`.
fn day(text: &str) -> Result<(Date, Option<Time>), String> {
    let parsed = match text.contains('T') {
        true => text.parse().map(|both: DateTime| (both.date(), Some(both.time()))),
        false => text.parse().map(|date| (date, None)),
    };
    parsed.map_err(|_| format!("expected a day such as 2026-07-02 in `published`, found `{text}`"))
}

/// A document's source, and the places at which its claims are looked for in it.
struct Text {
    source: String,
    places: Vec<Place>,
}

/// A place in a source, with what stands there.
struct Place {
    line: usize,
    column: usize,
    quote: String,
    sentence: String,
}

impl Place {
    fn of_line(claim: &Numbered) -> Place {
        Place {
            line: claim.line.line.unwrap_or_default(),
            column: claim.line.column.unwrap_or_default(),
            quote: claim.line.quote.clone().unwrap_or_default(),
            sentence: claim.line.sentence.clone().unwrap_or_default(),
        }
    }

    fn stand(&self, document: &Document) -> Option<Stand> {
        let text = document.find(self.line, self.column, &self.quote)?;
        let from = document.text.floor_char_boundary(text.end.saturating_sub(self.sentence.len()));
        let around = document.text.get(from..)?;
        let at = around.find(&self.sentence).map(|at| from + at).filter(|at| *at <= text.start);
        let sentence = at.map_or(text.clone(), |at| at..at + self.sentence.len());
        Some(Stand { text, sentence })
    }

    fn missed(&self, path: &str) -> String {
        let Place { line, column, quote, .. } = self;
        format!(
            "expected `{quote}` at `line` {line} and `column` {column} of the text of `{path}`, found it not"
        )
    }
}

impl Text {
    /// The sentences of claims in their order, each a paragraph of its own; claims beside each other may share one.
    fn of_sentences(claims: &[Numbered]) -> Result<Text, Problem> {
        let mut sentences: Vec<String> = Vec::new();
        let mut places = Vec::new();
        let mut behind = 0;
        for Numbered { number, line, .. } in claims {
            let quote = folded(line.quote.as_deref().unwrap_or_default());
            let sentence = folded(line.sentence.as_deref().or(line.quote.as_deref()).unwrap_or_default());
            let here = |from: usize| sentence.get(from..)?.find(&quote).map(|at| from + at);
            let next = if sentences.last() == Some(&sentence) { here(behind) } else { None };
            let start = match next {
                Some(start) => start,
                None => {
                    sentences.push(sentence.clone());
                    here(0).ok_or_else(|| Problem {
                        line: *number,
                        what: format!("expected `{quote}` in its `sentence`, found `{sentence}`"),
                    })?
                }
            };
            behind = start + quote.len();
            let column = sentence.get(..start).map_or(0, |before| before.chars().count()) + 1;
            places.push(Place { line: sentences.len() * 2 - 1, column, quote, sentence });
        }
        Ok(Text { source: sentences.join("\n\n"), places })
    }
}

/// A text as a paragraph holds it: on one line, without control characters.
fn folded(text: &str) -> String {
    let is_apart = |c: char| matches!(c, ' ') || c.is_control();
    text.split(is_apart).filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ")
}
