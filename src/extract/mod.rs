//! Documents to mentions: every figure the eye sees, with what it may be a figure of.
//!
//! Nothing is settled here that needs more than the words beside the figure: `$` stays any dollar, "96m" stays metres
//! or millions. Look-alikes (phone numbers, section numbers, versions, names) are left out.

mod age;
mod bracket;
mod date;
mod digits;
mod figure;
mod fraction;
mod heads;
mod hedge;
mod noise;
mod none;
mod noun;
mod numeral;
mod pile;
mod range;
mod rank;
mod running_time;
mod scan;
mod separators;
mod signs;
mod smaller;
mod tally;
mod unit;
mod whole;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::document::{Block, Document};
use crate::lang::words::{Token, TokenKind, fold, is_unspaced};
use crate::lang::{Lexicon, Separators, StatedDate, Tokens, detect};
use crate::quantity::{Hedge, PrintedFigure, Unit};

/// A figure as the eye sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the document's text: hedge, sign, digits, scale and unit.
    pub text: Range<usize>,
    /// What it reads as.
    pub reads: Reads,
    /// The hedge beside it.
    pub hedge: Option<Hedge>,
    /// What it is beside the figure that it belongs to.
    pub role: Role,
}

/// What a figure is beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A figure of its own.
    #[default]
    Own,
    /// The first of before and after: the 120 of "from 120 to 150" where something grew.
    Before,
    /// The whole that a part is given of: the 40 of "17 of the 40 passengers".
    Whole,
}

/// What a mention reads as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reads {
    /// A number of something.
    Figure {
        /// The number, without the candidates' scale.
        number: Number,
        /// What it may be a number of, the likeliest first; never empty.
        candidates: Vec<Candidate>,
    },
    /// A date.
    Date(StatedDate),
    /// A year alone.
    Year(i16),
    /// A day of the week alone, 1 for Monday to 7.
    Weekday(i8),
    /// A number of more digits than can be held.
    Endless,
}

/// A number as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The figure, or the two ends of a range.
    pub figure: PrintedFigure,
    /// The place value of the last significant digit.
    pub grain: Decimal,
    /// Whether the grain is a guess from trailing zeros.
    pub from_zeros: bool,
}

/// Digits that are kept of a number that no decimal holds: a third is 0.333333333333333.
const MOST_DIGITS: u32 = 15;

/// A quotient, to the digits that are kept; nothing for a division by zero.
fn quotient(over: Decimal, under: Decimal) -> Option<Decimal> {
    over.checked_div(under).map(kept)
}

/// A number with the digits that are kept of it.
fn kept(exact: Decimal) -> Decimal {
    exact.round_sf(MOST_DIGITS).unwrap_or(exact).normalize()
}

/// One thing that a number may be a number of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What the digits are multiplied by: 10^9 for "bn", 0.01 for "cents".
    pub scale: Decimal,
    /// The unit, or the name that several currencies share.
    pub unit: CandidateUnit,
    /// What it is per one of: the barrel of "$70 a barrel".
    pub per: Option<Unit>,
}

impl Candidate {
    /// A unit as it is.
    fn of(unit: CandidateUnit) -> Candidate {
        Candidate::scaled(Decimal::ONE, unit)
    }

    /// So many of a unit.
    fn scaled(scale: Decimal, unit: CandidateUnit) -> Candidate {
        Candidate { scale, unit, per: None }
    }
}

/// A unit, as far as the words beside the figure tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateUnit {
    /// This unit.
    Settled(Unit),
    /// One of the currencies of a family: an id such as `dollar`.
    Family(String),
}

/// A block in which figures stand, as it was read: its tokens serve whoever asks for the words around them.
#[derive(Debug)]
pub struct Excerpt<'a> {
    /// The block's place in the document.
    pub block: usize,
    /// The block in tokens.
    pub tokens: Tokens<'a>,
    /// The page it was read with: the document's, or that of a block in another language.
    pub lexicon: &'a Lexicon,
    /// Its figures, in reading order.
    pub mentions: Vec<Mention>,
}

/// Words of a block that are looked at to tell whether it is in the document's language, at least and at most.
const FEWEST_WORDS: usize = 12;
const MOST_WORDS: usize = 24;
/// One word in so many is a little one of its language, at least: in running text it is every second or third.
const LITTLE_WORDS: usize = 5;

/// Finds every figure of a document, in reading order, with the blocks they stand in.
///
/// ```
/// use crosscheck::document::{Format, Known, read_bytes};
/// use crosscheck::lang::Lexicon;
/// let document = read_bytes("a.txt", Format::Text, "It cost about €2 million.".as_bytes(), &Known::default());
/// let lexicon = Lexicon::of("en");
/// let excerpts = crosscheck::extract::find(&document, &lexicon);
/// assert_eq!(document.slice(&excerpts[0].mentions[0].text), "about €2 million");
/// ```
#[must_use]
pub fn find<'a>(document: &Document, lexicon: &'a Lexicon) -> Vec<Excerpt<'a>> {
    let separators = separators::settle(&document.text, &lexicon.separators);
    let mut excerpts = Vec::new();
    for (idx, block) in document.blocks.iter().enumerate() {
        let (tokens, mentions) = read(document, block, lexicon, &separators);
        if mentions.is_empty() {
            continue;
        }
        excerpts.push(match foreign_page(document, block, &tokens, lexicon) {
            Some(lexicon) => {
                let text = document.text.get(block.text.clone()).unwrap_or_default();
                let separators = separators::settle(text, &lexicon.separators);
                let (tokens, mentions) = read(document, block, lexicon, &separators);
                Excerpt { block: idx, tokens, lexicon, mentions }
            }
            None => Excerpt { block: idx, tokens, lexicon, mentions },
        });
    }
    excerpts
}

/// The tokens of a block and its figures.
fn read<'a>(
    document: &Document,
    block: &Block,
    lexicon: &'a Lexicon,
    separators: &Separators,
) -> (Tokens<'a>, Vec<Mention>) {
    let tokens = lexicon.tokens(&document.text, block.text.clone());
    let heads = heads::units(document, block, lexicon);
    let passage = Passage {
        text: &document.text,
        range: block.text.clone(),
        tokens: &tokens,
        lexicon,
        separators,
        heads: &heads,
    };
    let mentions = scan::scan(&passage);
    (tokens, mentions)
}

/// The page of a block that is in another language than its document, as a quotation may be: the detector is asked
/// where hardly a word is one of the little words of the document's language. The larger part of a document is in its
/// language.
fn foreign_page(
    document: &Document,
    block: &Block,
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
) -> Option<&'static Lexicon> {
    if block.text.len() * 2 > document.text.len() {
        return None;
    }
    let word = |idx: usize| tokens.get(idx).filter(|token| token.kind == TokenKind::Word);
    let words = (0..tokens.len()).filter_map(word).take(MOST_WORDS);
    let of_all = words.clone().count();
    let is_little = |token: &&Token| {
        document.text.get(token.range()).is_some_and(|word| lexicon.is_stop_word(&fold(word)))
    };
    let enough = of_all.div_ceil(LITTLE_WORDS);
    if of_all < FEWEST_WORDS || words.filter(is_little).take(enough).count() == enough {
        return None;
    }
    let text = document.text.get(block.text.clone())?;
    let page = detect(text, Some(document.language)).page;
    (page != document.language).then(|| Lexicon::of(page))
}

/// The tokens of one block, and the page they are read with.
struct Passage<'a> {
    text: &'a str,
    range: Range<usize>,
    tokens: &'a Tokens<'a>,
    lexicon: &'a Lexicon,
    /// What groups digits, and what begins the decimals, in this document.
    separators: &'a Separators,
    /// What its bare figures are in, where it is a cell whose head says so.
    heads: &'a [Candidate],
}

impl<'a> Passage<'a> {
    fn token(&self, idx: usize) -> Option<&Token> {
        self.tokens.get(idx)
    }

    fn word(&self, idx: usize) -> &'a str {
        self.token(idx).and_then(|token| self.text.get(token.range())).unwrap_or_default()
    }

    /// The text from an offset to the end of the block.
    fn rest(&self, offset: usize) -> &'a str {
        self.text.get(offset..self.range.end).unwrap_or_default()
    }

    /// The index of the first token at or behind an offset.
    fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.start < offset)
    }

    /// 1 where a hyphen at a token is glued on both sides, else 0: what to step over.
    fn hyphen(&self, idx: usize) -> usize {
        usize::from(self.is_glued(idx) && self.is_glued(idx + 1) && noise::is_hyphen(self.word(idx)))
    }

    /// Whether a token is of a script without spaces.
    fn is_unspaced(&self, idx: usize) -> bool {
        self.word(idx).starts_with(is_unspaced)
    }

    fn is_glued(&self, idx: usize) -> bool {
        self.token(idx).is_some_and(|token| !token.spaced)
    }

    /// Whether a token is of printed digits.
    fn is_digits(&self, idx: usize) -> bool {
        self.token(idx).is_some_and(|token| token.kind == TokenKind::Digits)
    }
}

/// Does something with a text as one passage of a language.
#[cfg(test)]
fn in_passage<T>(id: &str, text: &str, tell: impl FnOnce(&Passage<'_>) -> T) -> T {
    let lexicon = Lexicon::of(id);
    let range = 0..text.len();
    let tokens = lexicon.tokens(text, range.clone());
    let separators = &lexicon.separators;
    tell(&Passage { text, range, tokens: &tokens, lexicon, separators, heads: &[] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Format, Known, read_bytes};

    /// What is read of a text that is known to be English.
    fn quotes(text: &str) -> Vec<String> {
        let known = Known { language: Some("en".to_owned()), published: None };
        let document = read_bytes("a.txt", Format::Text, text.as_bytes(), &known);
        let excerpts = find(&document, Lexicon::of("en"));
        let mentions = excerpts.iter().flat_map(|excerpt| &excerpt.mentions);
        mentions.map(|mention| document.slice(&mention.text).to_owned()).collect()
    }

    #[test]
    fn a_paragraph_in_another_language_is_read_by_its_own_page() {
        let text = "The council said that the bridge had cost 42 million euros.\n\n\
                    « Il manque encore quarante-deux ouvriers sur le chantier, et nous avons perdu 1,5 % des crédits \
                    que la région nous avait promis », a dit la maire.\n\n\
                    The towers are 120 metres tall, she told the council, which had hoped to open the bridge in time \
                    for the summer and to close the old ferry.";
        assert_eq!(quotes(text), ["42 million euros", "quarante-deux", "1,5 %", "120 metres"]);
    }

    #[test]
    fn a_few_foreign_words_change_nothing() {
        let text =
            "The mayor called it “un pont de quarante-deux millions” and said that it had cost 42 million.";
        assert_eq!(quotes(text), ["42 million"]);
    }
}
