//! Text as tokens: the shared ground of the language pages and the texts they are matched against.
//!
//! Both go through [`tokens`], so that a spelling in a page matches in a text however it is spaced, and whatever its
//! case, apostrophes and hyphens, and whatever stands in it that shows nothing.

use std::borrow::Cow;
use std::ops::Range;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters, apostrophes inside it included; one character alone in scripts without spaces.
    Word,
    /// A run of decimal digits of any script, characters that show nothing inside it included.
    Digits,
    /// One other character that is not white space.
    Symbol,
}

/// A token of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The first byte, in the text that was cut.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// The word of a page's vocabulary that it is.
    pub word: WordId,
    /// Whether a figure in words or a date may begin with it.
    pub starts_figure: bool,
}

/// The place of a word in a page's vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(pub(super) u32);

impl WordId {
    /// A word that no spelling of the page holds.
    pub const UNKNOWN: WordId = WordId(0);
    /// A number written in one word of several parts.
    pub const COMPOUND: WordId = WordId(1);
}

impl Token {
    /// The bytes of the token.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Cuts a stretch of a text into tokens of no vocabulary; the offsets are the whole text's. A text that is read with a
/// page is cut by [`Lexicon::tokens`](super::Lexicon::tokens).
pub fn tokens(text: &str, range: Range<usize>) -> impl Iterator<Item = Token> {
    let part = text.get(range.clone()).unwrap_or_default();
    Cut { part, offset: range.start, at: 0 }
}

/// A text as it is cut.
struct Cut<'a> {
    part: &'a str,
    /// Where the part begins in the whole text.
    offset: usize,
    /// The byte behind the last token.
    at: usize,
}

impl Iterator for Cut<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        let mut spaced = self.at == 0;
        let (start, first) = loop {
            let start = self.at;
            let first = char_at(self.part, start)?;
            self.at += first.len_utf8();
            if !is_blank(first) {
                break (start, first);
            }
            spaced |= !is_invisible(first);
        };
        let kind = if first.is_ascii_alphabetic() {
            self.at = word_end(self.part, self.at);
            TokenKind::Word
        } else {
            self.go_on(first)
        };
        let (start, end, capital) = (self.offset + start, self.offset + self.at, first.is_uppercase());
        Some(Token { start, end, kind, spaced, capital, word: WordId::UNKNOWN, starts_figure: false })
    }
}

impl Cut<'_> {
    /// Goes on to the end of the token that begins with the character just passed, and tells its kind.
    #[inline]
    fn go_on(&mut self, first: char) -> TokenKind {
        if is_letter(first) {
            if !is_unspaced(first) {
                self.at = word_end(self.part, self.at);
            }
            TokenKind::Word
        } else if is_digit(first) {
            loop {
                let at = behind_invisible(self.part, self.at);
                let Some(digit) = char_at(self.part, at).filter(|c| is_digit(*c)) else { break };
                self.at = at + digit.len_utf8();
            }
            TokenKind::Digits
        } else {
            TokenKind::Symbol
        }
    }
}

/// The character that begins at a byte; most are ASCII, and one byte tells.
#[inline]
fn char_at(part: &str, at: usize) -> Option<char> {
    match part.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        Some(_) => part.get(at..)?.chars().next(),
        None => None,
    }
}

/// The place behind the characters that show nothing, from a byte on.
#[inline]
fn behind_invisible(part: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(part, at).filter(|c| is_invisible(*c)) {
        at += c.len_utf8();
    }
    at
}

/// The end of the word that holds the letter before a byte: letters, with an apostrophe or a soft hyphen between two.
#[inline]
fn word_end(part: &str, mut at: usize) -> usize {
    loop {
        while part.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
        }
        // Most words end at a space.
        let Some(c) = char_at(part, at).filter(|c| *c != ' ') else { return at };
        let behind = behind_invisible(part, at + c.len_utf8());
        let joins = || {
            if is_invisible(c) {
                return char_at(part, behind).is_some_and(|c| is_letter(c) && !is_unspaced(c));
            }
            // What is elided before a word is one of its own: "d'euros", "vent'anni".
            let rest = part.get(behind..).unwrap_or_default();
            is_apostrophe(c) && !starts_with_letters(rest) && rest.chars().next().is_some_and(is_letter)
        };
        if !(is_letter(c) && !is_unspaced(c) || joins()) {
            return at;
        }
        at = behind;
    }
}

/// Whether at least three letters stand at the start: "'m" and "'re" belong to the word before them.
fn starts_with_letters(text: &str) -> bool {
    const FEWEST: usize = 3;
    text.chars().take(FEWEST).filter(|c| is_letter(*c)).count() == FEWEST
}

/// White space, and the characters that show nothing.
#[inline]
#[must_use]
pub fn is_blank(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' ' | '\t'..='\r');
    }
    c.is_whitespace() || is_invisible(c)
}

/// The characters that show nothing and part nothing: zero-width ones, the soft hyphen, the byte order mark. Words and
/// figures go on behind them.
#[inline]
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}'))
}

/// The value of a decimal digit: ASCII, full-width, Arabic-Indic, extended Arabic-Indic or Devanagari.
#[must_use]
pub fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - 0x30),
        '０'..='９' => Some(u32::from(c) - 0xff10),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        '\u{966}'..='\u{96f}' => Some(u32::from(c) - 0x966),
        _ => None,
    }
}

/// Whether a text holds a decimal digit of any script.
#[must_use]
pub fn has_digit(text: &str) -> bool {
    text.chars().any(is_digit)
}

fn is_digit(c: char) -> bool {
    digit_value(c).is_some()
}

/// Letters of scripts that put no space between words: each is a token of its own.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' | '々' | '〇')
}

/// Letters that say how words hang together, and words of other languages: no Han characters.
#[must_use]
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}')
}

/// Letters in which names from abroad are written beside other ones.
#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}')
}

/// Syllables of a script that does put spaces between words: a word of it is a run of tokens.
#[must_use]
pub fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7af}')
}

/// The form under which words are compared: lower case, straight apostrophes and hyphens, half-width letters, nothing
/// that does not show. Most words have it as they stand.
#[inline]
#[must_use]
pub fn fold(word: &str) -> Cow<'_, str> {
    if is_plain(word) { Cow::Borrowed(word) } else { fold_unusual(word) }
}

/// Whether a sign parts a clause from what stands beyond it.
#[must_use]
pub fn parts_clauses(sign: &str) -> bool {
    matches!(sign, "," | ";" | ":" | "(" | ")" | "–" | "—" | "、" | "，" | "；" | "·" | "|")
}

/// Whether a word is ASCII without capitals, and so folded already.
#[inline]
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// A word of a text as it is looked up: most words with a capital are short and ASCII, and need no memory of their own.
#[inline]
pub(super) fn with_folded<T>(word: &str, tell: impl FnOnce(&str) -> T) -> T {
    if is_plain(word) {
        return tell(word);
    }
    let mut letters = [0; SHORT_WORD];
    match letters.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        Some(letters) => {
            letters.copy_from_slice(word.as_bytes());
            letters.make_ascii_lowercase();
            tell(std::str::from_utf8(letters).unwrap_or(word))
        }
        None => tell(&fold(word)),
    }
}

/// Bytes of a word that is folded in place.
const SHORT_WORD: usize = 24;

fn fold_unusual(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else if word.chars().all(is_folded) {
        Cow::Borrowed(word)
    } else {
        let shown = word.chars().filter(|c| !is_invisible(*c));
        Cow::Owned(shown.map(plain_sign).flat_map(char::to_lowercase).collect())
    }
}

fn is_folded(c: char) -> bool {
    is_unspaced(c) || !is_invisible(c) && plain_sign(c).to_lowercase().eq([c])
}

/// The apostrophe, hyphen or half-width letter that another one is written for.
fn plain_sign(c: char) -> char {
    match c {
        '’' | 'ʼ' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{ff0d}' => '-',
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '！'..='／' | '：'..='＠' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, 0..text.len()).map(|token| &text[token.range()]).collect()
    }

    #[test]
    fn words_digits_and_signs_come_apart() {
        assert_eq!(
            cut("Korea’s $1.3T mega‑projects"),
            ["Korea’s", "$", "1", ".", "3", "T", "mega", "‑", "projects"]
        );
        assert_eq!(cut("8.4GW"), ["8", ".", "4", "GW"]);
        assert_eq!(cut("約2兆円"), ["約", "2", "兆", "円"]);
        assert_eq!(cut("'quoted'"), ["'", "quoted", "'"]);
        assert_eq!(
            cut("1\u{200b}20 Mil\u{ad}lio\u{2060}nen\u{ad} Euro"),
            ["1\u{200b}20", "Mil\u{ad}lio\u{2060}nen", "Euro"]
        );
        assert_eq!(cut("d'euros, I'm, don't"), ["d", "'", "euros", ",", "I'm", ",", "don't"]);
    }

    #[test]
    fn folding_makes_spellings_meet() {
        assert_eq!(fold("Ｋｏｒｅａ’S"), "korea's");
        assert_eq!(fold("‑"), "-");
        assert_eq!(fold("Mil\u{ad}lio\u{2060}nen"), "millionen");
    }
}
