//! What is reckoned with: the figures of a sentence and of those beside it; and what is told where it does not come out.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::{BlockKind, Document};
use crate::extract::Role;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Lexicon, Term, Tokens};
use crate::normalise::Claim;
use crate::quantity::{Dimension, PrintedFigure};

/// A calculation that does not come to what the report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Miscalculation {
    /// What was reckoned.
    pub kind: Calculation,
    /// The figures it was reckoned from: the earlier and the later one, the part and the whole, the parts.
    pub terms: Vec<usize>,
    /// The figure stated as the result.
    pub stated: usize,
    /// What the terms come to, in the stated figure's unit.
    pub comes_to: Decimal,
}

/// What can be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calculation {
    /// A sum, by the years that it is told for.
    Average,
    /// From one figure to another, in percent of the first.
    Change,
    /// What parts leave of their whole.
    Difference,
    /// A part, which is less than its whole.
    Part,
    /// So many at a price each.
    Product,
    /// A part, in percent of its whole.
    Share,
    /// Parts that make a total.
    Sum,
    /// From one year to another.
    Years,
}

/// The claims of a sentence, and those of the sentences with figures before and behind it in the same paragraph.
pub(super) struct Passage<'a> {
    pub(super) document: &'a Document,
    pub(super) sentence: &'a [Claim],
    pub(super) before: &'a [Claim],
    pub(super) behind: &'a [Claim],
}

impl<'a> Passage<'a> {
    /// The passage around a sentence, by its place among all sentences with figures; nothing for a document that is not there.
    pub(super) fn around(
        documents: &'a [Document],
        sentences: &[&'a [Claim]],
        idx: usize,
    ) -> Option<Passage<'a>> {
        let sentence = sentences.get(idx)?;
        let first = sentence.first()?;
        let beside = |other: Option<usize>| {
            let other = other.and_then(|idx| sentences.get(idx)).copied().unwrap_or_default();
            if other.first().is_some_and(|other| is_beside(documents, other, first)) { other } else { &[] }
        };
        Some(Passage {
            document: documents.get(first.document)?,
            sentence,
            before: beside(idx.checked_sub(1)),
            behind: beside(idx.checked_add(1)),
        })
    }
}

/// A stretch of a report, by the page of its language.
pub(super) struct Stretch<'a> {
    pub(super) words: Tokens<'a>,
}

impl<'a> Stretch<'a> {
    /// The stretch between two places of a report's text; an empty one where the second lies before the first.
    pub(super) fn of(document: &Document, range: Range<usize>) -> Stretch<'a> {
        let range = range.start..range.end.max(range.start);
        Stretch { words: Lexicon::of(document.language).tokens(&document.text, range) }
    }

    /// Whether a term stands in it.
    pub(super) fn has(&self, wanted: impl Fn(&Term) -> bool) -> bool {
        (0..self.words.len()).any(|idx| self.opens_at(idx, &wanted))
    }

    /// Whether it begins with a term.
    pub(super) fn begins_with(&self, wanted: impl Fn(&Term) -> bool) -> bool {
        self.opens_at(0, wanted)
    }

    /// Whether a term begins at one of its first words.
    pub(super) fn has_within(&self, reach: usize, wanted: impl Fn(&Term) -> bool) -> bool {
        (0..reach.min(self.words.len())).any(|idx| self.opens_at(idx, &wanted))
    }

    /// Whether it ends with a term.
    pub(super) fn ends_with(&self, wanted: impl Fn(&Term) -> bool) -> bool {
        self.words.ending_before(self.words.len(), |term| wanted(term).then_some(())).is_some()
    }

    /// How many words a term takes that begins at one of them.
    pub(super) fn length_at(&self, idx: usize, wanted: impl Fn(&Term) -> bool) -> Option<usize> {
        self.words.longest(idx, |term| wanted(term).then_some(())).map(|(length, ())| length)
    }

    /// Whether one of its words has content.
    pub(super) fn is_content_at(&self, document: &Document, idx: usize) -> bool {
        let lexicon = Lexicon::of(document.language);
        let token = self.words.get(idx).filter(|token| token.kind == TokenKind::Word);
        let word = token.and_then(|token| document.text.get(token.range())).map(fold);
        word.is_some_and(|word| !lexicon.is_stop_word(&word))
    }

    /// Whether a word of content stands in it: none of the page's little words, and none at which a term begins.
    pub(super) fn has_content(&self, document: &Document, but: impl Fn(&Term) -> bool) -> bool {
        let mut idx = 0;
        while idx < self.words.len() {
            let known = self.length_at(idx, &but);
            if known.is_none() && self.is_content_at(document, idx) {
                return true;
            }
            idx += known.unwrap_or(1).max(1);
        }
        false
    }

    fn opens_at(&self, idx: usize, wanted: impl Fn(&Term) -> bool) -> bool {
        self.length_at(idx, wanted).is_some()
    }
}

/// A report of more figures is not searched for the whole of some of them.
pub(super) const MOST_FIGURES: usize = 512;

/// A stated result this far from the reckoned one, in percent of the nearer end, is no rounding.
pub(super) const TOLERANCE_PERCENT: i64 = 5;

/// Bytes that may stand between a figure and what is told of it behind.
pub(super) const MOST_BETWEEN: usize = 40;

/// The claims of a report: they stand in the order of the reports.
pub(super) fn report_of(claims: &[Claim], document: usize) -> &[Claim] {
    let start = claims.partition_point(|claim| claim.document < document);
    let end = claims.partition_point(|claim| claim.document <= document);
    claims.get(start..end).unwrap_or_default()
}

/// Whether two claims stand in one paragraph.
pub(super) fn is_beside(documents: &[Document], a: &Claim, b: &Claim) -> bool {
    let block = |claim: &Claim| {
        let blocks = &documents.get(claim.document)?.blocks;
        Some(blocks.partition_point(|block| block.text.start <= claim.text.start))
    };
    a.document == b.document && block(a) == block(b)
}

/// Whether the sentence of one claim of a document stands right before another's: nothing but space lies between them.
pub(super) fn is_right_before(document: &Document, claim: &Claim, next: &Claim) -> bool {
    let between = document.text.get(claim.sentence.end..next.sentence.start);
    between.is_some_and(|between| between.trim().is_empty())
}

/// Whether two claims of a document stand in items of one list.
pub(super) fn are_in_one_list(document: &Document, one: &Claim, other: &Claim) -> bool {
    let block = |claim: &Claim| document.block_at(claim.text.start);
    let (from, to) = (block(one).min(block(other)), block(one).max(block(other)));
    document.blocks.get(from..=to).is_some_and(|items| items.iter().all(|item| item.is_item))
}

/// Whether a claim is one figure of the report, and no range.
pub(super) fn is_single(claim: &Claim) -> bool {
    matches!(claim.figure, PrintedFigure::One(_))
        && claim.block != BlockKind::Furniture
        && claim.value().is_some()
}

/// Whether a claim is one figure of its own: no other one again, nor an earlier one, nor the whole of another.
pub(super) fn is_own(claim: &Claim) -> bool {
    is_single(claim) && claim.restates.is_none() && claim.role == Role::Own
}

const PERCENT: &str = "%";

/// Whether a claim is a percentage.
pub(super) fn is_percent(claim: &Claim) -> bool {
    // "Doubled" and "a third" are of the same dimension, and no percentages.
    claim.quantity.unit.dimension == Dimension::Percent && claim.quantity.unit.code == PERCENT
}

/// Whether two figures can be reckoned with each other as printed.
pub(super) fn is_of_one_unit(a: &Claim, b: &Claim) -> bool {
    let (one, other) = (&a.quantity.unit, &b.quantity.unit);
    one == other
        && !matches!(one.dimension, Dimension::Date | Dimension::Year | Dimension::Clock | Dimension::Ordinal)
}
