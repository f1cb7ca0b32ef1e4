//! What a number counts: the noun behind it.

use super::numeral::{length_of, part_at, term};
use super::{Passage, noise};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Measure, PERSON, Term, measure};
use crate::quantity::{Dimension, Unit};

/// A noun that a number counts.
pub(super) struct CountedNoun {
    /// Its lemma.
    pub(super) lemma: String,
    /// Words between the number and it.
    pub(super) distance: usize,
    /// The token behind it.
    pub(super) end: usize,
}

/// Words that may stand between a number and its noun: "340 new night nurses".
const REACH: usize = 5;

/// The noun that the words from a token on count: that of a counter, else the first run of plurals, or a word for what
/// is measured.
pub(super) fn counted(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    // "Killed: 2 Hurt: 14": where one word with a colon heads a figure, the next one heads the next.
    let is_headed = idx.checked_sub(2).is_some_and(|colon| passage.word(colon) == ":");
    let heads_next = |noun: &CountedNoun| {
        is_headed
            && passage.word(noun.end) == ":"
            && passage.token(noun.end + 1).is_some_and(|token| token.kind == TokenKind::Digits)
    };
    noun_behind(passage, idx).filter(|noun| !heads_next(noun))
}

fn noun_behind(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let counter =
        term(passage, idx, |term| if let Term::Counter(lemma) = term { Some(lemma.clone()) } else { None });
    // "2ダース発注": a word that only begins like a counter.
    if let Some((length, lemma)) =
        counter.filter(|(length, _)| length_of(passage, idx, &Term::Idiom) <= *length)
    {
        return Some(CountedNoun { lemma, distance: 0, end: idx + length });
    }
    if let Some(noun) = hyphenated(passage, idx) {
        return Some(noun);
    }
    let phrase = passage.lexicon.noun_phrase;
    let mut found: Option<CountedNoun> = None;
    let mut at = idx + numbered_adjective(passage, idx).max(model(passage, idx));
    let mut distance = usize::from(at > idx);
    while distance < REACH
        && let Some(token) = passage.token(at)
    {
        let word = fold(passage.word(at));
        match token.kind {
            // "50 Airbus A321neo jets".
            TokenKind::Digits if found.is_some() && passage.is_glued(at) => {
                at += 1;
                continue;
            }
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
        // "62,000 of the country's 140,000 farms".
        let is_possessive = passage.lexicon.without_possessive(&word).len() < word.len();
        let is_plural = is_one || passage.lexicon.is_plural(&word) && !is_possessive;
        if found.is_some() && is_plural && term(passage, at, befalling).is_some() {
            // "34 police officers injured": what befell them is no noun.
            break;
        }
        if is_noun && is_plural {
            found = Some(CountedNoun { lemma: passage.lexicon.lemma(&word), distance, end: at + 1 });
            if phrase.noun_first {
                break;
            }
        } else if let Some(noun) = &found {
            if !is_in_name(passage, noun.end, at) {
                break;
            }
        } else if ends_phrase(passage, at, &word) {
            break;
        } else if distance == 0
            && is_noun
            && let Some((length, measure)) = term(passage, at, counted_measure)
        {
            // A word of a script without spaces is all of its tokens.
            let first = if passage.is_unspaced(at) { at } else { at + length - 1 };
            let head = passage.token(first)?.start..passage.token(at + length - 1)?.end;
            let head = fold(passage.text.get(head)?);
            let counts_people = measure.befalls && !passage.lexicon.is_plural(&head);
            let lemma = if counts_people { PERSON.to_owned() } else { passage.lexicon.lemma(&head) };
            return Some(CountedNoun { lemma, distance, end: at + length });
        }
        at += 1;
        distance += 1;
    }
    found
}

/// Whether a noun that ends at a token is the head of a name that the token at `at` goes on: the "Airbus" of "Airbus A321neo".
fn is_in_name(passage: &Passage<'_>, end: usize, at: usize) -> bool {
    let is_capital = |idx: usize| passage.word(idx).starts_with(char::is_uppercase);
    !passage.lexicon.noun_phrase.capitals
        && is_capital(end - 1)
        && (end..=at).all(|idx| is_capital(idx) || passage.is_glued(idx))
}

/// The measure whose word stands at a token, where it is of what is counted.
pub(super) fn measured(passage: &Passage<'_>, idx: usize) -> Option<&'static Measure> {
    term(passage, idx, counted_measure).map(|(_, measure)| measure)
}

/// A word for what is counted, and not for money or a rate: "2025 revenue" counts nothing.
fn counted_measure(term: &Term) -> Option<&'static Measure> {
    let Term::Measure(id) = term else { return None };
    measure(id).filter(|measure| measure.of.contains(&Dimension::Count))
}

pub(super) fn befalling(term: &Term) -> Option<()> {
    let Term::Measure(id) = term else { return None };
    measure(id).filter(|measure| measure.befalls).map(|_| ())
}

/// Whether a word goes on to something else than what is counted: a preposition, a verb of being, another number.
fn ends_phrase(passage: &Passage<'_>, idx: usize, folded: &str) -> bool {
    let is_stop = passage.lexicon.is_stop_word(folded) && !passage.lexicon.stands_between(folded);
    is_stop || part_at(passage, idx).is_some()
}

/// The length of an adjective with a number of its own before what is counted: "two four-year terms", "three 12-year-old girls".
fn numbered_adjective(passage: &Passage<'_>, idx: usize) -> usize {
    let is_number = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits)
        || part_at(passage, idx).is_some();
    let is_joined = |at: usize| {
        passage.hyphen(at) > 0 && passage.token(at + 1).is_some_and(|token| token.kind == TokenKind::Word)
    };
    let end = (idx + 1..).step_by(2).find(|at| !is_joined(*at)).unwrap_or(idx);
    if is_number && end > idx + 1 { end - idx } else { 0 }
}

/// The length of a model's name that ends in a number: "60 Lumen 220 jets".
fn model(passage: &Passage<'_>, idx: usize) -> usize {
    let is_digits = passage.token(idx + 1).is_some_and(|token| token.kind == TokenKind::Digits);
    if is_digits && noise::is_model(passage, idx) { 2 } else { 0 }
}

/// "A 300-page report", "eine 12-Zimmer-Villa": one noun behind a hyphen that is glued on both sides.
fn hyphenated(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    const SHORTEST: usize = 3;
    let at = idx + passage.hyphen(idx);
    let word = passage.word(at);
    let folded = fold(word);
    let is_noun = at > idx
        && passage.token(at).is_some_and(|token| token.kind == TokenKind::Word)
        && word.starts_with(char::is_uppercase) == passage.lexicon.noun_phrase.capitals
        && word.chars().count() >= SHORTEST
        && passage.lexicon.may_be_counted(&folded);
    is_noun.then(|| CountedNoun { lemma: passage.lexicon.lemma(&folded), distance: 0, end: at + 1 })
}

/// The noun behind a scale word and its connector: "3 millions d'habitants", "12 Millionen von Menschen".
pub(super) fn counted_behind_scale(passage: &Passage<'_>, idx: usize) -> Option<CountedNoun> {
    let connector = length_of(passage, idx, &Term::VagueConnector);
    // An elided connector leaves its apostrophe behind.
    let apostrophe = usize::from(connector > 0 && matches!(passage.word(idx + connector), "'" | "’"));
    let at = idx + connector + apostrophe;
    // "4,7 miliardi dell'anno precedente": of a time, and not so many of something.
    let unit = |term: &Term| if let Term::Unit(id) = term { Unit::measured(id) } else { None };
    let is_time = connector > 0
        && term(passage, at, unit).is_some_and(|(_, unit)| unit.dimension == Dimension::Duration);
    if is_time { None } else { counted(passage, at) }
}

/// Whether a word for what is measured and not counted stands at a token: in "the iPhone 15 costs $799" it is a verb.
pub(super) fn is_of_no_count(passage: &Passage<'_>, idx: usize) -> bool {
    let is_measure = |term: &Term| matches!(term, Term::Measure(_)).then_some(());
    term(passage, idx, is_measure).is_some() && measured(passage, idx).is_none()
}

/// Whether a plural stands right behind a figure: what stands before it is then no label.
pub(super) fn is_close(passage: &Passage<'_>, idx: usize) -> bool {
    passage.lexicon.is_plural(&fold(passage.word(idx)))
        || term(passage, idx, |term| matches!(term, Term::Counter(_)).then_some(())).is_some()
}
