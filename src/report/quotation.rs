//! What the reports say in their own words: the sentence, with the figure marked.

use std::collections::BTreeSet;
use std::ops::Range;

use super::StoryReport;
use crate::document::{Document, Place};
use crate::finding::Side;
use crate::normalise::Claim;

/// A sentence of a report with the figures of one side.
#[derive(Debug, Clone)]
pub struct Quotation<'a> {
    /// The report.
    pub document: &'a Document,
    /// The figures in it, in the order of the text; at least one.
    pub claims: Vec<&'a Claim>,
    /// The sentence, cut around the figures where it is long.
    pub parts: Vec<Part<'a>>,
    /// Where else the report says the same.
    pub again: Vec<Place>,
}

impl Quotation<'_> {
    /// Where the first figure stands.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.claims.first().map(|claim| claim.place)
    }
}

/// A stretch of a quoted sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The words around the figures.
    Plain(&'a str),
    /// A figure.
    Figure(&'a str),
    /// What was left out.
    Cut,
}

/// Bytes of a sentence that are quoted on each side of its figures.
const AROUND: usize = 280;

impl StoryReport {
    /// What the reports on a side say: of each report the first sentence for each of its figures.
    #[must_use]
    pub fn quotations(&self, side: &Side) -> Vec<Quotation<'_>> {
        let claims: Vec<&Claim> = side.claims.iter().filter_map(|id| self.claims.get(*id)).collect();
        let mut quoted: Vec<Quotation<'_>> = Vec::new();
        for own in claims.chunk_by(|one, other| one.document == other.document) {
            let Some(document) = own.first().and_then(|claim| self.documents.get(claim.document)) else {
                continue;
            };
            let first = quoted.len();
            let mut said: BTreeSet<String> = BTreeSet::new();
            for sentence in own.chunk_by(|one, other| one.sentence == other.sentence) {
                let new = sentence.iter().filter(|claim| said.insert(claim.quantity.to_string())).count();
                match sentence.first() {
                    Some(_) if new > 0 => quoted.push(quotation(document, sentence)),
                    Some(claim) => {
                        if let Some(earlier) = quoted.get_mut(first..).and_then(|own| own.last_mut()) {
                            earlier.again.push(claim.place);
                        }
                    }
                    None => {}
                }
            }
        }
        quoted
    }

    /// Who says something: the report's outlet, else its file's name.
    #[must_use]
    pub fn who<'a>(&self, document: &'a Document) -> &'a str {
        let name = || document.path.rsplit('/').next().unwrap_or(&document.path);
        document.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty()).unwrap_or_else(name)
    }
}

fn quotation<'a>(document: &'a Document, claims: &[&'a Claim]) -> Quotation<'a> {
    let mut claims = claims.to_vec();
    claims.sort_by_key(|claim| claim.text.start);
    let parts = parts(document, &claims);
    Quotation { document, claims, parts, again: Vec::new() }
}

/// The sentence of some claims, in parts.
fn parts<'a>(document: &'a Document, claims: &[&Claim]) -> Vec<Part<'a>> {
    let text = document.text.as_str();
    let mut parts = Vec::new();
    let Some((first, last)) = claims.first().zip(claims.last()) else { return parts };
    let sentence = first.sentence.clone();
    let start = text.ceil_char_boundary(first.text.start.saturating_sub(AROUND)).max(sentence.start);
    let end =
        text.floor_char_boundary(last.text.end.saturating_add(AROUND)).min(sentence.end.max(last.text.end));
    let mut push = |range: Range<usize>, part: fn(&'a str) -> Part<'a>| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            parts.push(part(text));
        }
    };
    let mut at = start;
    let mut figures = Vec::new();
    for claim in claims {
        // One figure may lie in another: "2 hours 20 minutes".
        if claim.text.start >= at {
            figures.push((at..claim.text.start, claim.text.clone()));
            at = claim.text.end;
        }
    }
    for (before, figure) in figures {
        push(before, Part::Plain);
        push(figure, Part::Figure);
    }
    push(at..end, Part::Plain);
    if start > sentence.start {
        parts.insert(0, Part::Cut);
    }
    if end < sentence.end {
        parts.push(Part::Cut);
    }
    parts
}
