//! Parts and their wholes: "seventeen of the 40 passengers", "12 per 100,000 people".

use rust_decimal::Decimal;

use super::figure::Figure;
use super::numeral::{self, length_of, term};
use super::{Passage, digits, noun};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{Term, sentence_around};

/// "Per 100,000 people", "1株当たり": a power of ten that a rate is given of.
pub(super) fn is_whole_of_rate(passage: &Passage<'_>, figure: &Figure, behind: usize) -> bool {
    let is_round = figure.numeral.value().is_some_and(|value| digits::grain_of(value).0 == value);
    let is_behind = || {
        passage
            .tokens
            .ending_before(figure.tokens.start, |term| matches!(term, Term::WholeBefore).then_some(()))
    };
    let end = || noun::counted(passage, behind).map_or(behind, |noun| noun.end);
    is_round
        && (is_behind().is_some()
            || length_of(passage, behind, &Term::WholeAfter) > 0
            || length_of(passage, end(), &Term::WholeAfter) > 0)
}

/// The length of "of the" at a token: between a part and its whole.
fn of_the(passage: &Passage<'_>, idx: usize) -> usize {
    let is_of = |term: &Term| matches!(term, Term::VagueConnector | Term::Ratio).then_some(());
    let of = term(passage, idx, is_of).map_or(0, |(length, ())| length);
    let is_the = |term: &Term| matches!(term, Term::Determiner | Term::Definite).then_some(());
    let the = term(passage, idx + of, is_the).map_or(0, |(length, ())| length);
    if of > 0 { of + the } else { 0 }
}

/// "Seventeen of the 40 passengers": what the whole counts, the part counts too.
pub(super) fn noun_of_the_whole(
    passage: &Passage<'_>,
    figure: &Figure,
    behind: usize,
) -> Option<noun::CountedNoun> {
    let of = of_the(passage, behind);
    let numeral::Read::Numeral(whole) = numeral::whole(passage, behind + of) else { return None };
    let is_part = of > 0 && figure.numeral.value()? < whole.value()?;
    noun::counted(passage, whole.next).filter(|noun| is_part && noun.distance < 2)
}

/// "All six of our divers", "three of the crew": some of those that the noun names.
pub(super) fn noun_of_its_own(
    passage: &Passage<'_>,
    figure: &Figure,
    behind: usize,
) -> Option<noun::CountedNoun> {
    let of = of_the(passage, behind);
    let is_the = |term: &Term| matches!(term, Term::Determiner | Term::Definite).then_some(());
    let has_determiner = of > 0 && passage.tokens.ending_before(behind + of, is_the).is_some();
    let are_several = figure.numeral.value().is_some_and(|value| value > Decimal::ONE);
    noun::counted(passage, behind + of).filter(|noun| has_determiner && are_several && noun.distance == 0)
}

/// "Of the 64 kilns, 11 had cracked", "of the drowned, 12 were seamen": the noun of the whole that opens the clause. `start` is
/// the token that the figure and its hedge begin at.
pub(super) fn noun_of_the_whole_ahead(
    passage: &Passage<'_>,
    figure: &Figure,
    start: usize,
) -> Option<noun::CountedNoun> {
    let before = start.checked_sub(1)?;
    let goes_on = passage.word(before) == "," || length_of(passage, before, &Term::NumberJoiner) > 0;
    // "Of the 64 kilns, the one at 11 Dyer Lane": behind a preposition stands another figure.
    let is_word = passage.token(before).is_some_and(|token| token.kind == TokenKind::Word);
    let word = fold(passage.word(before));
    let is_free = is_word && (!passage.lexicon.is_stop_word(&word) || passage.lexicon.is_plural_verb(&word));
    // "Of the potters, Ann Leck, 29, stayed": an age.
    let is_aside = passage.word(before) == "," && passage.word(figure.tokens.end) == ",";
    if !(goes_on || is_free) || is_aside {
        return None;
    }
    let (behind, is_named) = opened_whole(passage, start)?;
    let (behind, whole) = match numeral::whole(passage, behind) {
        numeral::Read::Numeral(whole) => (whole.next, whole.value()),
        numeral::Read::Other(_) | numeral::Read::Nothing => (behind, None),
    };
    let is_measured = numeral::unit_length(passage, behind) > 0;
    let noun = noun::counted(passage, behind).filter(|noun| noun.distance < 2 && noun.end <= start)?;
    let own = figure.numeral.value().filter(|own| own.fract().is_zero() && *own > Decimal::ONE)?;
    let is_part = match whole {
        Some(whole) => own < whole,
        // "De las ruinas sacaron 12": what things are taken from is no whole of theirs.
        None if is_named => {
            (noun.end..start).all(|idx| passage.word(idx) == ",") || passage.lexicon.is_people(&noun.lemma)
        }
        None => false,
    };
    let is_number = |idx: usize| {
        numeral::part_at(passage, idx).is_some()
            || passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits)
    };
    let is_first = !(noun.end..start).any(is_number);
    (is_part && !is_measured && (is_first || goes_on)).then_some(noun)
}

/// The token behind what opens the clause of a token with a whole, and whether no number need follow.
fn opened_whole(passage: &Passage<'_>, start: usize) -> Option<(usize, bool)> {
    /// Tokens from what opens the clause to the figure.
    const REACH: usize = 20;
    let is_symbol = |idx: usize| passage.token(idx).is_some_and(|token| token.kind == TokenKind::Symbol);
    let opens = |idx: usize| idx.checked_sub(1).is_none_or(is_symbol);
    let (at, length, is_named) =
        (start.saturating_sub(REACH)..start).rev().filter(|at| opens(*at)).find_map(|at| {
            let whole = length_of(passage, at, &Term::Whole);
            let length = whole.max(length_of(passage, at, &Term::WholeOfNumber));
            (length > 0).then_some((at, length, whole == length))
        })?;
    let sentence = sentence_around(passage.lexicon, passage.text, passage.tokens, at);
    sentence.contains(&start).then_some((at + length, is_named))
}

/// Whether "of the" and a number stand right before the figure at a token; `floor` is the byte behind the figure before.
pub(super) fn is_whole_of(passage: &Passage<'_>, start: usize, floor: usize) -> bool {
    let part_end = passage.token_at(floor);
    let behind = part_end + of_the(passage, part_end);
    part_end > 0 && part_end < start && (behind == start || is_owned(passage, part_end, behind, start))
}

/// Whether nothing but whose it is stands between "of" and a figure: "a quarter of Orrin's 200 homes".
fn is_owned(passage: &Passage<'_>, part_end: usize, behind: usize, start: usize) -> bool {
    const MOST_WORDS: usize = 3;
    let is_hedge = |term: &Term| matches!(term, Term::HedgeBefore(_)).then_some(());
    let start = passage.tokens.ending_before(start, is_hedge).map_or(start, |(hedge, ())| hedge);
    let owner = start.checked_sub(1).map(|last| fold(passage.word(last)));
    let is_owner = |word: &str| passage.lexicon.without_possessive(word).len() < word.len();
    part_end < behind
        && behind < start
        && start - behind <= MOST_WORDS
        && owner.is_some_and(|word| is_owner(&word))
}
