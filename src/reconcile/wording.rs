//! What a figure's sentence says of how long it holds.

use std::ops::Range;

use crate::document::{BlockKind, Document};
use crate::lang::words::{TokenKind, parts_clauses};
use crate::lang::{Lexicon, Term, Tokens, measure};
use crate::normalise::Claim;

/// What is said of how long a figure holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wording {
    /// It was too high before: "corrects the toll to 23".
    pub(super) is_corrected: bool,
    /// It is told as of now: "$7m so far".
    pub(super) is_current: bool,
    /// It counts those of whom something is true so long: "31 are still in hospital".
    pub(super) is_lasting: bool,
    /// Another one will follow: "a first estimate of 4 km".
    pub(super) is_provisional: bool,
}

impl Wording {
    /// Reads a claim's sentence: a correction and a first estimate anywhere in it, the rest in the figure's own clause.
    pub(super) fn of(documents: &[Document], claim: &Claim) -> Wording {
        let Some(document) = documents.get(claim.document) else { return Wording::default() };
        let words = Lexicon::of(document.language).tokens(&document.text, claim.sentence.clone());
        let first = words.partition_point(|token| token.end <= claim.text.start);
        let last = words.partition_point(|token| token.start < claim.text.end);
        let ends = |idx: &usize| ends_clause(document, &words, *idx);
        let start = (0..first).rev().find(ends).map_or(0, |idx| idx + 1);
        let end = (last..words.len()).find(ends).unwrap_or(words.len());
        let has = |mut range: Range<usize>, wanted: &Term| {
            range.any(|idx| words.longest(idx, |term| (term == wanted).then_some(())).is_some())
        };
        Wording {
            is_corrected: has(0..words.len(), &Term::Corrected),
            is_current: has(start..end, &Term::Current),
            is_lasting: has(start..end, &Term::Lasting),
            is_provisional: (0..words.len()).any(|idx| is_provisional_at(&words, idx)),
        }
    }
}

/// Whether what stands beyond a token may be of something else: a sign or another figure.
fn ends_clause(document: &Document, words: &Tokens<'_>, idx: usize) -> bool {
    words.get(idx).is_some_and(|token| match token.kind {
        TokenKind::Digits => true,
        TokenKind::Symbol => document.text.get(token.range()).is_some_and(parts_clauses),
        TokenKind::Word => false,
    })
}

/// Whether a report says in its headline or its first paragraph that its figures are not the final ones.
pub(super) fn is_provisional(document: &Document) -> bool {
    let lead = document.lead();
    let opening =
        document.blocks.iter().filter(|block| block.kind == BlockKind::Headline).map(|block| &block.text);
    opening.chain(lead).any(|range| {
        let words = Lexicon::of(document.language).tokens(&document.text, range.clone());
        (0..words.len()).any(|idx| is_provisional_at(&words, idx))
    })
}

/// Whether words at a token say that another figure will follow: a first estimate, a share of the votes counted.
fn is_provisional_at(words: &Tokens<'_>, idx: usize) -> bool {
    let is_count = |id: &str| measure(id).is_some_and(|measure| measure.provisional);
    let is_told = |term: &Term| {
        let is_told = *term == Term::Provisional || matches!(term, Term::Measure(id) if is_count(id));
        is_told.then_some(())
    };
    words.longest(idx, is_told).is_some()
}
