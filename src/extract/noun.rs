//! What a number counts: the noun behind it.

use super::numeral::{length_of, term};
use super::{Passage, noise};
use crate::lang::Term;
use crate::lang::words::{TokenKind, fold};

/// A noun that a number counts.
pub(super) struct CountedNoun {
    /// Its lemma.
    pub(super) lemma: String,
    /// Words between the number and it.
    pub(super) distance: usize,
    /// The token behind it.
    pub(super) end: usize,
}

/// Words that may stand between a number and its noun: "2,300 new direct jobs".
const REACH: usize = 5;

/// The noun that the words from a token on count: that of a counter, else the first run of plurals, or a word for what
/// is measured.
pub(super) fn counted(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    if let Some((length, lemma)) =
        term(passage, idx, |term| if let Term::Counter(lemma) = term { Some(lemma.clone()) } else { None })
    {
        return Some(CountedNoun { lemma, distance: 0, end: idx + length });
    }
    let phrase = passage.lexicon.noun_phrase;
    let mut found: Option<CountedNoun> = None;
    let mut at = idx;
    let mut distance = 0;
    while distance < REACH
        && let Some(token) = passage.token(at)
    {
        let word = fold(passage.word(at));
        match token.kind {
            TokenKind::Digits => break,
            TokenKind::Symbol => {
                let joins = noise::is_hyphen(&word) && !token.spaced
                    || matches!(word.as_ref(), "\"" | "“" | "‘" | "'" | "«" | "„");
                if found.is_some() || !joins {
                    break;
                }
                at += 1;
                continue;
            }
            TokenKind::Word => {}
        }
        let is_one = distance == 0 && passage.lexicon.is_listed_singular(&word);
        let is_noun = !phrase.capitals || passage.word(at).starts_with(char::is_uppercase);
        if is_noun && (is_one || passage.lexicon.is_plural(&word)) {
            found = Some(CountedNoun { lemma: passage.lexicon.lemma(&word), distance, end: at + 1 });
            if phrase.noun_first {
                break;
            }
        } else if found.is_some() || passage.lexicon.is_stop_word(&word) {
            break;
        } else if distance == 0
            && let Some((length, ())) =
                term(passage, at, |term| matches!(term, Term::Measure(_)).then_some(()))
        {
            let head = fold(passage.word(at + length - 1));
            return Some(CountedNoun { lemma: passage.lexicon.lemma(&head), distance, end: at + length });
        }
        at += 1;
        distance += 1;
    }
    found
}

/// The noun behind a scale word and its connector: "3 millions d'habitants", "12 Millionen von Menschen".
pub(super) fn counted_behind_scale(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let connector = length_of(passage, idx, &Term::VagueConnector);
    // An elided connector leaves its apostrophe behind.
    let apostrophe = usize::from(connector > 0 && matches!(passage.word(idx + connector), "'" | "’"));
    counted(passage, idx + connector + apostrophe)
}

/// Whether a plural stands right behind a figure: what stands before it is then no label.
pub(super) fn is_close(passage: &Passage<'_>, idx: usize) -> bool {
    passage.lexicon.is_plural(&fold(passage.word(idx)))
        || term(passage, idx, |term| matches!(term, Term::Counter(_)).then_some(())).is_some()
}
