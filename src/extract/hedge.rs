//! Words that say how far a figure holds.

use super::Passage;
use super::numeral::{length_of, part_at, term};
use crate::lang::words::TokenKind;
use crate::lang::{CHANGE_REACH, Term};
use crate::quantity::Hedge;

/// The hedge that ends right before a token, and the token it begins at.
///
/// "Fell to", where the language says "until": the hedge of a bound is none where it closes a change ("subió hasta", "un 2 %, hasta los 300 puntos").
pub(super) fn before(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    let (start, hedge) = nearest(passage, idx).or_else(|| elided(passage, idx))?;
    let closes = passage.tokens.terms_at(start).any(|(length, term)| {
        matches!(term, Term::RangePair(_) | Term::RangeJoiner) && start + length == idx
    });
    let comma = usize::from(start > 0 && passage.word(start - 1) == ",");
    let is_behind_percent = || passage.tokens.is_behind_percent(passage.text, start - comma);
    // "Bajó en 4.600 personas en junio, hasta los 2 millones": behind a comma, where the whole sentence's change ends.
    const SENTENCE: usize = 20;
    let reach = if comma > 0 { SENTENCE } else { CHANGE_REACH };
    let moves = || super::range::is_change_within(passage, start, reach) || is_behind_percent();
    let is_end = hedge == Hedge::UpTo && closes && moves();
    // "Edged up to 5.1 percent": the words of the hedge end another phrase.
    let is_moved = hedge == Hedge::UpTo && ends_a_move(passage, start);
    // "Handed over 30 keys": they end the verb.
    let is_of_verb = passage
        .tokens
        .ending_before(idx, |term| matches!(term, Term::Idiom).then_some(()))
        .is_some_and(|(idiom, ())| idiom < start);
    // "Passa de 5 para 8": the hedge ends in what opens a change.
    const NEAR: usize = 6;
    let is_end_of =
        |at: usize| term(passage, at, |term| matches!(term, Term::ChangeEnd).then_some(())).is_some();
    let opener = |term: &Term| matches!(term, Term::RangeOpener(_)).then_some(());
    let opens = passage.tokens.ending_before(idx, opener).is_some() && (idx..idx + NEAR).any(is_end_of);
    // "20 % more than 50 million" compares two figures.
    let compares = passage.tokens.terms_at(start).any(|(_, term)| matches!(term, Term::Comparing))
        && passage.tokens.is_behind_percent(passage.text, start);
    (!is_end && !is_moved && !is_of_verb && !opens && !compares).then_some((start, hedge))
}

/// Whether a phrase of a rise takes the word at a token: "edged up".
fn ends_a_move(passage: &Passage<'_>, idx: usize) -> bool {
    let is_kind = |term: &Term| matches!(term, Term::Kind(key) if key == "rise").then_some(());
    passage.tokens.ending_before(idx + 1, is_kind).is_some_and(|(start, ())| start < idx)
}

/// "Plus d'un million": the article holds the last word of the hedge.
fn elided(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    let is_article = length_of(passage, idx, &Term::Article) > 0;
    let holds_more = passage.word(idx).contains(['\'', '’']);
    let hedge = |term: &Term| if let Term::HedgeElided(hedge) = term { Some(*hedge) } else { None };
    passage.tokens.ending_before(idx, hedge).filter(|_| is_article && holds_more)
}

fn nearest(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    passage.tokens.ending_before(
        idx,
        |term| {
            if let Term::HedgeBefore(hedge) = term { Some(*hedge) } else { None }
        },
    )
}

/// The hedge that begins at a token, and the token behind it.
///
/// A sign ("+") must be glued to the figure.
pub(super) fn after(passage: &Passage<'_>, idx: usize) -> Option<(usize, Hedge)> {
    let (length, hedge) = passage
        .tokens
        .longest(idx, |term| if let Term::HedgeAfter(hedge) = term { Some(*hedge) } else { None })?;
    // "500가구가 대피": a word that only begins like one.
    if passage.is_unspaced(idx) && length_of(passage, idx, &Term::Idiom) > length {
        return None;
    }
    // "30万円台" is a hedge, "30台" counts.
    let counts = term(passage, idx, |term| matches!(term, Term::Counter(_)).then_some(())).is_some();
    let is_behind_number = idx.checked_sub(1).is_some_and(|before| {
        part_at(passage, before).is_some()
            || passage.token(before).is_some_and(|token| token.kind == TokenKind::Digits)
    });
    if counts && is_behind_number {
        return None;
    }
    let end = idx + length;
    // "87 morts et plus de 1 200 blessés": the words begin the next figure's hedge.
    let begins_next = |at: usize| {
        passage.tokens.terms_at(at).any(|(length, term)| {
            let goes_on = at + length > end
                || at + length == end
                    && passage
                        .token(end)
                        .is_some_and(|token| token.kind == TokenKind::Digits || token.starts_figure);
            matches!(term, Term::HedgeBefore(_)) && goes_on
        })
    };
    let is_joined = (idx..end).any(begins_next)
        || !passage.is_unspaced(idx)
            && passage
                .tokens
                .longest(end, |term| matches!(term, Term::VagueConnector).then_some(()))
                .is_some();
    if is_joined {
        return None;
    }
    let is_sign = !passage.word(idx).chars().all(char::is_alphabetic);
    (!is_sign || passage.is_glued(idx)).then_some((idx + length, hedge))
}
