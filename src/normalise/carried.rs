//! What a figure leaves out because the sentence before says it, or because of what is said of those it counts: "The pit has
//! 430 miners. Twelve of them ...", "Twelve are in hospital". And the currency of an amount, which the paragraph says.

use rust_decimal::Decimal;

use super::ellipsis::{LARGE, Lent, size};
use super::{Claim, Passage, Spot, sentence_start};
use crate::document::BlockKind;
use crate::lang::words::{TokenKind, fold};
use crate::lang::{OF_THEM, PERSON, Term, measure};
use crate::quantity::{Dimension, Quantity, Unit};

/// What a bare number counts, where it opens its sentence, or is some "of them", or what people are stands behind it.
pub(super) fn count<'a>(
    passage: &Passage<'_>,
    spot: &Spot,
    quantity: &Quantity,
    before: &'a [Claim],
) -> Option<Lent<'a>> {
    let own = size(quantity).filter(|own| own.fract().is_zero() && *own > Decimal::ONE)?;
    let befell = is_told(passage, spot, befalls);
    let is_of_people = befell || is_told(passage, spot, |term| matches!(term, Term::Condition).then_some(()));
    let of_them = is_of_them(passage, spot);
    // "Twelve were killed": what befalls people counts them, whatever the sentence before does.
    let is_subject = !befell && opens(passage, spot) && is_before_plural_verb(passage, spot);
    if !(is_of_people || is_subject || of_them) {
        return None;
    }
    let people = || {
        let why = "no noun stands beside it: it counts people, by what is said of them";
        is_of_people.then(|| Lent::told(Unit::count(PERSON), why))
    };
    let start = sentence_start(passage, spot);
    let first = before.partition_point(|claim| claim.text.start < start);
    let (before, own_sentence) = before.split_at(first);
    let lends = |claim: &&Claim| claim.quantity.unit.dimension == Dimension::Count;
    // What its own sentence counts besides is nearer, and of something else.
    if own_sentence.iter().any(|claim| lends(&claim)) || !(is_subject || of_them) {
        return people();
    }
    let Some((code, from)) = counted_before(passage, start, before) else { return people() };
    if is_of_people && !passage.lexicon.is_people(&code) {
        return people();
    }
    let whole = size(&from.quantity)?;
    // "Two helicopters came. 300 were waiting": more than there were are others.
    if own > whole {
        return people();
    }
    let is_some = of_them || own < whole && !is_of_people;
    Some(Lent { unit: Unit::count(&code), goes_on: is_some, is_some, ..Lent::of(from) })
}

/// The noun of the counts of the sentence right before the one that starts at a byte, with the largest of them: their own where they have one in
/// common, people where all are some.
fn counted_before<'a>(
    passage: &Passage<'_>,
    start: usize,
    before: &'a [Claim],
) -> Option<(String, &'a Claim)> {
    let last = before.last()?;
    let gap = passage.text().get(last.sentence.end..start)?;
    if gap.contains(char::is_alphanumeric) || last.block != BlockKind::Body {
        return None;
    }
    let counts = || {
        let of_it = before.iter().rev().take_while(|claim| claim.sentence.start == last.sentence.start);
        of_it.filter(|claim| claim.quantity.unit.dimension == Dimension::Count)
    };
    let largest = counts().max_by_key(|claim| size(&claim.quantity))?;
    let code = &largest.quantity.unit.code;
    if counts().all(|claim| claim.quantity.unit.code == *code) {
        return Some((code.clone(), largest));
    }
    let are_people = counts().all(|claim| passage.lexicon.is_people(&claim.quantity.unit.code));
    are_people.then(|| (PERSON.to_owned(), largest))
}

/// Whether a word stands behind a figure, with nothing but its verb between: "Twelve are still in hospital".
fn is_told(passage: &Passage<'_>, spot: &Spot, wanted: impl Fn(&Term) -> Option<()>) -> bool {
    const VERBS: usize = 4;
    let says_nothing = |idx: &usize| {
        let word = fold(passage.word(*idx));
        passage.lexicon.is_stop_word(&word) || passage.lexicon.is_plural_verb(&word)
    };
    let is_told = |idx: usize| passage.tokens.longest(idx, &wanted).is_some();
    let found = (spot.own.end..spot.own.end + VERBS).find(|idx| is_told(*idx) || !says_nothing(idx));
    found.is_some_and(is_told)
}

/// What befalls people alone: "killed".
fn befalls(term: &Term) -> Option<()> {
    let Term::Measure(id) = term else { return None };
    measure(id).filter(|measure| measure.befalls).map(|_| ())
}

/// Whether a figure opens its sentence, or a clause behind a semicolon: "Twelve were ...", "but another twelve were ...".
fn opens(passage: &Passage<'_>, spot: &Spot) -> bool {
    const LITTLE_WORDS: usize = 2;
    let is_semicolon = |idx: &usize| matches!(passage.word(*idx), ";" | "；");
    let first = (spot.sentence.start..spot.own.start).rev().find(is_semicolon);
    let first = first.map_or(spot.sentence.start, |idx| idx + 1);
    let is_little = |idx: usize| {
        let is_part = |term: &Term| matches!(term, Term::Part(_) | Term::NumberJoiner).then_some(());
        passage.is_quotation_mark(idx)
            || passage.lexicon.is_stop_word(&fold(passage.word(idx)))
            || passage.tokens.longest(idx, is_part).is_some()
    };
    spot.own.start - first <= LITTLE_WORDS && (first..spot.own.start).all(is_little)
}

/// Whether a verb of several stands behind a figure, or behind the adverb that follows it: "twelve still have".
fn is_before_plural_verb(passage: &Passage<'_>, spot: &Spot) -> bool {
    let is_verb = |idx: usize| passage.lexicon.is_plural_verb(&fold(passage.word(idx)));
    let is_word = passage.tokens.get(spot.own.end).is_some_and(|token| token.kind == TokenKind::Word);
    let is_adverb = passage.lexicon.is_stop_word(&fold(passage.word(spot.own.end)));
    is_verb(spot.own.end) || is_word && is_adverb && is_verb(spot.own.end + 1)
}

/// "Twelve of them".
fn is_of_them(passage: &Passage<'_>, spot: &Spot) -> bool {
    let of_them = |term: &Term| matches!(term, Term::Part(id) if id == OF_THEM).then_some(());
    passage.tokens.longest(spot.own.end, of_them).is_some()
}

/// The amount of money before a large bare number that says its currency, too: where all large figures shortly before it
/// are in one currency, and its clause speaks of money.
pub(super) fn amount<'a>(
    passage: &Passage<'_>,
    spot: &Spot,
    quantity: &Quantity,
    before: &'a [Claim],
) -> Option<Lent<'a>> {
    /// Claims before it that say which currency the passage is in.
    const NEAR: usize = 16;
    size(quantity).filter(|own| *own >= LARGE)?;
    let is_large = |claim: &&Claim| size(&claim.quantity).is_some_and(|size| size >= LARGE);
    let near = || before.iter().rev().take(NEAR).filter(is_large);
    let nearest = near().next().filter(|claim| claim.quantity.unit.dimension == Dimension::Money)?;
    let is_in_one = near().all(|claim| claim.quantity.unit == nearest.quantity.unit);
    let is_scaled = (spot.own.clone()).any(|idx| passage.word(idx).contains(char::is_alphabetic));
    (is_in_one && is_scaled && speaks_of_money(passage, spot)).then(|| Lent::of(nearest))
}

/// Whether a word of what is measured in money alone, or of paying, stands in the sentence of a figure, and none of anything
/// else that is counted or measured, nor of a currency: "at 17 to the yen the levy comes to 4 million".
fn speaks_of_money(passage: &Passage<'_>, spot: &Spot) -> bool {
    let found = |idx: usize| {
        let of_money = |term: &Term| {
            if let Term::Measure(id) = term {
                return measure(id).map(|measure| measure.of == [Dimension::Money]);
            }
            let is_currency = matches!(term, Term::Currency(_) | Term::CurrencyFamily(_));
            (is_currency || matches!(term, Term::Paying)).then_some(!is_currency)
        };
        passage.tokens.longest(idx, of_money).map(|(_, is_money)| is_money)
    };
    let mut words = (spot.sentence.clone()).filter_map(found).peekable();
    words.peek().is_some() && words.all(|is_money| is_money)
}
