//! A text cut into tokens, with every term of a page that begins at each of them: looked up once, asked often.

use std::ops::{Deref, Range};

use super::words::{Token, TokenKind, WordId, is_katakana, is_syllable, tokens, with_folded};
use super::{Lexicon, Term};
use crate::quantity::{Dimension, Unit};

/// Figures that a spelling holds at most: the year of "by 2030".
const LONGEST_DIGITS: usize = 4;

/// The tokens of a stretch of text, and the terms that begin at each.
#[derive(Debug)]
pub struct Tokens<'a> {
    all: Vec<Token>,
    /// The terms in the order of the tokens they begin at, each with its length in tokens.
    terms: Vec<(usize, &'a Term)>,
    /// By token: where its terms begin among all; one more entry ends the last.
    starts: Vec<usize>,
    /// The tokens of the page's longest spelling.
    longest: usize,
}

impl Deref for Tokens<'_> {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        &self.all
    }
}

impl Lexicon {
    /// Cuts a stretch of a text into tokens, each with the terms of this page; the offsets are the whole text's.
    ///
    /// ```
    /// use crosscheck::lang::{Lexicon, Term};
    /// let text = "3.2 percentage points";
    /// let lexicon = Lexicon::of("en");
    /// let tokens = lexicon.tokens(text, 0..text.len());
    /// let unit = |term: &Term| if let Term::Unit(id) = term { Some(id.clone()) } else { None };
    /// assert_eq!(tokens.longest(3, unit), Some((2, "pp".to_owned())));
    /// ```
    #[must_use]
    pub fn tokens<'a>(&'a self, text: &str, range: Range<usize>) -> Tokens<'a> {
        // News has a token for about five bytes.
        const BYTES: usize = 4;
        let mut all = Vec::with_capacity(range.len() / BYTES + 1);
        for token in tokens(text, range) {
            all.push(self.known(text, token));
        }
        let mut terms = Vec::with_capacity(all.len());
        let mut starts = Vec::with_capacity(all.len() + 1);
        let mut rest = all.as_mut_slice();
        while let Some((token, behind)) = rest.split_first_mut() {
            let first = terms.len();
            starts.push(first);
            if token.word != WordId::UNKNOWN {
                let entry = self.entry(token.word);
                entry.add_terms(behind, &mut terms);
                // "With" begins a figure in "with no losses" alone; what is composed of parts is no spelling's.
                if entry.starts_figure && !self.number_style.compounds {
                    let own = terms.get(first..).unwrap_or_default();
                    token.starts_figure = own.iter().any(|(_, term)| term.may_start_figure());
                }
            }
            rest = behind;
        }
        starts.push(terms.len());
        Tokens { all, terms, starts, longest: self.longest }
    }

    /// Whether a token is a number written in one word, that no spelling of the page begins with.
    #[must_use]
    pub fn is_compound(&self, token: &Token) -> bool {
        token.word == WordId::COMPOUND || token.starts_figure && !self.entry(token.word).starts_figure
    }

    /// The token with what the page knows of its word.
    #[inline]
    fn known(&self, text: &str, token: Token) -> Token {
        if token.kind == TokenKind::Digits && token.end - token.start > LONGEST_DIGITS {
            return token;
        }
        with_folded(text.get(token.range()).unwrap_or_default(), |folded| {
            let word = self.vocabulary.get(folded).copied().unwrap_or_default();
            let starts_figure = self.entry(word).starts_figure;
            if !starts_figure && self.number_parts(folded).is_some() {
                // "Zehntausend" is a number by itself and a word of "mehrere zehntausend".
                let word = if word == WordId::UNKNOWN { WordId::COMPOUND } else { word };
                return Token { word, starts_figure: true, ..token };
            }
            Token { word, starts_figure, ..token }
        })
    }
}

impl<'a> Tokens<'a> {
    fn terms(&self, idx: usize) -> &[(usize, &'a Term)] {
        match (self.starts.get(idx), self.starts.get(idx + 1)) {
            (Some(start), Some(end)) => self.terms.get(*start..*end).unwrap_or_default(),
            (Some(_) | None, _) => &[],
        }
    }

    /// The tokens that begin in a stretch of the text.
    #[must_use]
    pub fn between(&self, range: &Range<usize>) -> Range<usize> {
        let before = |end: usize| self.all.partition_point(|token| token.start < end);
        before(range.start)..before(range.end)
    }

    /// Every term that begins at a token, each with the number of tokens it takes.
    pub fn terms_at(&self, idx: usize) -> impl Iterator<Item = (usize, &'a Term)> + '_ {
        self.terms(idx).iter().copied()
    }

    /// The longest term at a token that a filter takes, with its length in tokens and what the filter made of it.
    pub fn longest<T>(&self, idx: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(usize, T)> {
        let mut best: Option<(usize, T)> = None;
        for (length, term) in self.terms(idx) {
            if best.as_ref().is_none_or(|(longest, _)| longest < length)
                && let Some(value) = pick(term)
            {
                best = Some((*length, value));
            }
        }
        best
    }

    /// The country that the words at a token name in a text, or whose people, by its code of ISO 3166-1, with the number of
    /// tokens; nothing where no name begins.
    ///
    /// ```
    /// use crosscheck::lang::Lexicon;
    /// let text = "die südafrikanische Küste";
    /// let tokens = Lexicon::of("de").tokens(text, 0..text.len());
    /// assert_eq!(tokens.country_at(text, 1), Some((1, "ZA")));
    /// ```
    #[must_use]
    pub fn country_at(&self, text: &str, idx: usize) -> Option<(usize, &'a str)> {
        let named = self.terms(idx).iter().filter_map(|(length, term)| {
            let is_name = || self.is_name(text, idx..idx + length);
            if let Term::Country(code) = term {
                return is_name().then_some((*length, Some(code.as_str())));
            }
            if let Term::Demonym(code) = term {
                return Some((*length, Some(code.as_str())));
            }
            matches!(term, Term::NoCountry).then_some((*length, None))
        });
        named.max_by_key(|(length, _)| *length).and_then(|(length, code)| Some((length, code?)))
    }

    /// Whether words are written as a name: with a capital, or, in a script without capitals, together and apart from its other
    /// words.
    fn is_name(&self, text: &str, words: Range<usize>) -> bool {
        let letter = |idx: usize| text.get(self.get(idx)?.range())?.chars().next();
        let is_of_script = |idx: usize, script: fn(char) -> bool| letter(idx).is_some_and(script);
        let is_glued = |idx: usize| self.get(idx).is_some_and(|token| !token.spaced);
        let (first, end) = (words.start, words.end);
        let goes_on = |script: fn(char) -> bool| {
            let before =
                first.checked_sub(1).is_some_and(|before| is_glued(first) && is_of_script(before, script));
            let behind = is_glued(end) && is_of_script(end, script);
            (before, behind)
        };
        if is_of_script(first, is_syllable) {
            // A particle may follow, and no syllable stand before.
            let before = goes_on(|c| is_syllable(c) || c.is_ascii_digit()).0;
            return !before && words.skip(1).all(is_glued);
        }
        if is_of_script(first, is_katakana) {
            return goes_on(is_katakana) == (false, false);
        }
        // "US" is no "us".
        const SHORT: usize = 3;
        let word = self.get(first).filter(|_| words.len() == 1).and_then(|token| text.get(token.range()));
        if let Some(word) = word.filter(|word| word.len() <= SHORT) {
            return !word.chars().any(char::is_lowercase);
        }
        words.into_iter().any(|idx| letter(idx).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase()))
    }

    /// Whether a sign or word for percent ends right before a token of a text.
    #[must_use]
    pub fn is_behind_percent(&self, text: &str, idx: usize) -> bool {
        let is_percent =
            |code: &str| Unit::measured(code).is_some_and(|unit| unit.dimension == Dimension::Percent);
        let percent =
            |term: &Term| if let Term::Unit(id) = term { is_percent(id).then_some(()) } else { None };
        let sign = idx.checked_sub(1).and_then(|before| text.get(self.get(before)?.range()));
        sign.is_some_and(is_percent) || self.ending_before(idx, percent).is_some()
    }

    /// Whether a term ends right before a token, the longest such, with the
    /// index at which it begins.
    pub fn ending_before<T>(&self, idx: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(usize, T)> {
        (idx.saturating_sub(self.longest)..idx).find_map(|start| {
            let mut terms = self.terms(start).iter().filter(|(length, _)| start + length == idx);
            terms.find_map(|(_, term)| pick(term)).map(|value| (start, value))
        })
    }
}
