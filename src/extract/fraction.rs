//! Parts of a whole: "two-thirds", "half a million", "one in five", "3分の1", "10 1/2".

use rust_decimal::Decimal;

use super::numeral::{Numeral, Read, factor_at, length_of, part_at, term, unit_length, value_at, whole};
use super::pile::{fits, sum_of};
use super::{Passage, noise, quotient};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{NumberPart, Term};
use crate::quantity::PrintedFigure;

fn fraction_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, (Decimal, Decimal))> {
    let listed =
        term(
            passage,
            idx,
            |term| if let Term::Fraction(over, under) = term { Some((*over, *under)) } else { None },
        );
    // "Due decimi in meno": tenths of a point by name.
    let listed = listed.filter(|(length, _)| unit_length(passage, idx) <= *length);
    listed.or_else(|| {
        let is_word = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Word);
        // "Troisième" ranks: a third has a word of its own.
        let parts = (is_word && !ranks(passage, idx, 1))
            .then(|| passage.lexicon.denominator_parts(&fold(passage.word(idx))))
            .flatten()?;
        Some((1, (Decimal::ONE, sum_of(parts)?)))
    })
}

/// Whether the words of a fraction, so many from a token on, are a rank as well: "troisième", and not "cuarta parte".
fn ranks(passage: &Passage<'_>, idx: usize, length: usize) -> bool {
    let rank = term(passage, idx, |term| matches!(term, Term::Ordinal(_)).then_some(()));
    rank.is_some_and(|(ordinal, ())| ordinal >= length)
}

fn one(value: Decimal, grain: Decimal, next: usize) -> Numeral {
    Numeral::of_words(PrintedFigure::One(value), grain, next)
}

fn share(value: Decimal, next: usize) -> Numeral {
    Numeral::of_words(PrintedFigure::Fraction(value), Decimal::new(1, 2), next)
}

/// A tenth: what a half leaves open.
fn tenth() -> Decimal {
    Decimal::new(1, 1)
}

/// Whether a fraction begins at a token: "a half", "two thirds", "demi".
pub(super) fn begins(passage: &Passage<'_>, idx: usize) -> bool {
    let counted = value_at(passage, idx).map_or(0, |(length, _)| length);
    let hyphen = usize::from(counted > 0 && noise::is_hyphen(passage.word(idx + counted)));
    let length = length_of(passage, idx, &Term::Article).max(counted + hyphen);
    fraction_at(passage, idx + length).is_some()
        || length_of(passage, idx + length, &Term::HalfOf) > 0 && counted == 0
}

/// "A third of", "half a million", "a quarter of an hour": a fraction of one.
pub(super) fn named(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    let definite = length_of(passage, idx, &Term::Definite);
    let article = length_of(passage, idx, &Term::Article).max(definite);
    let (length, (over, under)) = fraction_at(passage, idx + article)?;
    let value = quotient(over, under)?;
    let behind = idx + article + length;
    if length_of(passage, idx + article, &Term::Idiom) > length {
        return None;
    }
    if let Some(numeral) = of_a_scale(passage, value, behind + passage.hyphen(behind)) {
        return Some(numeral);
    }
    // "Half-hearted", "half-time".
    if passage.is_glued(behind) && noise::is_hyphen(passage.word(behind)) {
        return None;
    }
    let of = length_of(passage, behind, &Term::VagueConnector);
    let an = length_of(passage, behind + of, &Term::Article);
    // "A quarter of a point": the unit's name holds the words between.
    if unit_length(passage, behind) > of + an && of > 0 {
        return Some(one(value, tenth(), behind));
    }
    let is_amount = unit_length(passage, behind + of + an) > 0;
    // "A third day", "le cinquième plus grand": without "of", what may rank does.
    if of + an == 0 && (is_amount || definite > 0) && ranks(passage, idx + article, length) {
        return None;
    }
    if is_amount && (article > 0 || an > 0 || value > Decimal::ONE) {
        return Some(one(value, tenth(), behind + of + an));
    }
    if value > Decimal::ONE {
        return Some(one(value, tenth(), behind));
    }
    // "A third suspect" is the next one; "a third of the votes", "by a third.", "almost half the boats" are shares.
    // "Over quarter" and "about third" are no English, "almost half" is.
    let is_hedged = || under == Decimal::TWO && super::hedge::before(passage, idx).is_some();
    // "Lost quarters of money": a denominator alone counts nothing; a half does.
    let is_share = of > 0 && (article > 0 || under == Decimal::TWO)
        || (article > 0 || is_hedged()) && ends_phrase(passage, behind)
        || passage.is_unspaced(idx);
    (is_share && value < Decimal::ONE).then(|| share(value, behind))
}

/// "Half a million", "a quarter of a billion", "half a dozen".
fn of_a_scale(passage: &Passage<'_>, value: Decimal, behind: usize) -> Option<Numeral> {
    let of = behind + length_of(passage, behind, &Term::VagueConnector);
    let at = of + length_of(passage, of, &Term::Article);
    let (length, part) = factor_at(passage, at)?;
    let (factor, scale) = match part {
        NumberPart::Scale(factor) => (factor, factor),
        NumberPart::Multiplier(factor) => (factor, Decimal::ONE),
        NumberPart::Value(_) | NumberPart::Joiner => return None,
    };
    let numeral = one(value.checked_mul(factor)?, factor.checked_mul(tenth())?, at + length);
    Some(Numeral { scale, factors: factor, ..numeral })
}

/// Whether the words from a token on name nothing: a sign, a word without content, or a word of more and less.
fn ends_phrase(passage: &Passage<'_>, idx: usize) -> bool {
    let Some(token) = passage.token(idx) else { return true };
    token.kind != TokenKind::Word
        || passage.lexicon.is_stop_word(&fold(passage.word(idx)))
        || term(passage, idx, |term| matches!(term, Term::Kind(_)).then_some(())).is_some()
}

/// "Medio millón", "eine halbe Stunde", "半年": half as an adjective.
pub(super) fn half(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    let article = length_of(passage, idx, &Term::Article);
    let length = length_of(passage, idx + article, &Term::HalfOf);
    let behind = idx + article + length;
    let half = Decimal::new(5, 1);
    if length == 0 {
        return None;
    }
    let glued_hyphen = usize::from(noise::is_hyphen(passage.word(behind)) && passage.is_glued(behind));
    of_a_scale(passage, half, behind)
        .or_else(|| is_capital(passage, behind).then(|| one(half, tenth(), behind)))
        .or_else(|| is_measured(passage, behind + glued_hyphen).then(|| one(half, tenth(), behind)))
}

/// Whether a unit or a point stands at a token.
fn is_measured(passage: &Passage<'_>, idx: usize) -> bool {
    unit_length(passage, idx) > 0 || length_of(passage, idx, &Term::PointName) > 0
}

/// Whether a noun stands at a token of a page whose nouns alone have a capital: "ein halbes Brot".
fn is_capital(passage: &Passage<'_>, idx: usize) -> bool {
    passage.lexicon.noun_phrase.capitals && passage.word(idx).starts_with(char::is_uppercase)
}

/// What a whole number goes on to with a fraction: "two and a half", "two thirds", "one in five", "三分之一".
pub(super) fn of_whole(passage: &Passage<'_>, idx: usize, whole: &Numeral) -> Option<Numeral> {
    let value = whole.value()?;
    denominator(passage, idx, whole, value)
        .or_else(|| divided(passage, whole, value))
        .or_else(|| out_of(passage, whole, value))
        .or_else(|| in_a_whole(passage, whole, value))
        .or_else(|| of_a_larger(passage, idx, whole, value))
        .or_else(|| and_a_fraction(passage, whole, value))
}

/// "Two thirds", "five-eighths", "three-quarters of a million".
fn denominator(passage: &Passage<'_>, idx: usize, whole: &Numeral, value: Decimal) -> Option<Numeral> {
    let (value, behind) = over_several_words(passage, idx, whole)
        .or_else(|| over_denominator(passage, whole, value))
        .or_else(|| halves(passage, whole, value))?;
    if let Some(numeral) = of_a_scale(passage, value, behind) {
        return Some(numeral);
    }
    let of = length_of(passage, behind, &Term::VagueConnector);
    let an = length_of(passage, behind + of, &Term::Article);
    if of > 0 && unit_length(passage, behind) > of + an {
        return Some(one(value, tenth(), behind));
    }
    if unit_length(passage, behind + of + an) > 0 {
        return Some(one(value, tenth(), behind + of + an));
    }
    Some(if value > Decimal::ONE { one(value, tenth(), behind) } else { share(value, behind) })
}

/// "Drei halbe Brote".
fn halves(passage: &Passage<'_>, whole: &Numeral, value: Decimal) -> Option<(Decimal, usize)> {
    let length = length_of(passage, whole.next, &Term::HalfOf);
    let is_count = length > 0 && whole.is_words && value.fract().is_zero();
    let behind = whole.next + length;
    (is_count && is_capital(passage, behind))
        .then(|| Some((quotient(value, Decimal::TWO)?, behind)))
        .flatten()
}

/// From here on a number that the words of its denominator were read into is cut before them.
const LEAST_NUMERATOR: Decimal = Decimal::ONE_HUNDRED;

/// "Three twenty-fifths", "cent trente cinquièmes", "dois onze avos": a denominator of several words, the last of which
/// is that of a fraction; the number before may have swallowed the others.
fn over_several_words(passage: &Passage<'_>, idx: usize, number: &Numeral) -> Option<(Decimal, usize)> {
    let follows = |at: usize| fraction_at(passage, at + usize::from(noise::is_hyphen(passage.word(at))));
    let is_number = |at: usize| part_at(passage, at).is_some();
    if !number.is_words || !is_number(number.next) && follows(number.next).is_none() {
        return None;
    }
    let starts = (idx + 1..=number.next).rev().filter(|at| is_number(*at));
    starts.filter(|at| !is_joined(passage, *at)).find_map(|start| {
        let Read::Numeral(first) = whole(passage, start) else { return None };
        let mut at = first.next;
        let (behind, (over, last)) = loop {
            if let Some((length, fraction)) = fraction_at(passage, at) {
                break (at + length, fraction);
            }
            match length_of(passage, at, &Term::NumberJoiner) {
                0 => return None,
                joiner => at += joiner,
            }
        };
        let words = first.value().filter(|_| first.is_words && over == Decimal::ONE)?;
        let is_swallowed = start < number.next;
        // "Ciento treinta quintos": tens and ones have a joiner where fractions have one of their own.
        if is_swallowed && at == first.next && passage.lexicon.joins_fractions && !last.is_zero() {
            return None;
        }
        let under = if last.is_zero() || fits(words, last) {
            words.checked_add(last)?
        } else if !is_swallowed && last >= LEAST_NUMERATOR {
            words.checked_mul(last)?
        } else {
            return None;
        };
        let numerator = if is_swallowed { before(passage, idx, start)? } else { number.value()? };
        Some((quotient(numerator, under)?, behind))
    })
}

/// Whether "and" or a hyphen stands right before a token.
fn is_joined(passage: &Passage<'_>, idx: usize) -> bool {
    passage.tokens.ending_before(idx, |term| matches!(term, Term::NumberJoiner).then_some(())).is_some()
}

/// The number between two tokens, where it is one that stands before a fraction.
fn before(passage: &Passage<'_>, start: usize, end: usize) -> Option<Decimal> {
    let range = passage.token(start)?.start..passage.token(end)?.start;
    let tokens = passage.lexicon.tokens(passage.text, range.clone());
    let cut = Passage { range, tokens: &tokens, ..*passage };
    let Read::Numeral(number) = whole(&cut, 0) else { return None };
    number.value().filter(|value| number.next == tokens.len() && *value >= LEAST_NUMERATOR)
}

/// The largest figures of which one is divided by the other in words.
const LARGEST_DIVIDED: Decimal = Decimal::ONE_THOUSAND;

/// "One over three".
fn divided(passage: &Passage<'_>, over: &Numeral, value: Decimal) -> Option<Numeral> {
    let length = length_of(passage, over.next, &Term::Divided);
    if length == 0 || value > Decimal::ONE_HUNDRED {
        return None;
    }
    let Read::Numeral(under) = whole(passage, over.next + length) else { return None };
    let divisor = under.value().filter(|divisor| *divisor > Decimal::ONE && *divisor <= LARGEST_DIVIDED)?;
    let is_bare = !super::unit::begins(passage, under.next) && ends_phrase(passage, under.next);
    is_bare.then(|| Some(one(quotient(value, divisor)?, Decimal::new(1, 2), under.next))).flatten()
}

/// A whole number and the denominator behind it, as a value, with the token behind both.
fn over_denominator(passage: &Passage<'_>, whole: &Numeral, value: Decimal) -> Option<(Decimal, usize)> {
    let hyphen = usize::from(noise::is_hyphen(passage.word(whole.next)));
    let (length, (over, under)) = fraction_at(passage, whole.next + hyphen)?;
    let is_part = under > Decimal::TWO || value == Decimal::ONE && hyphen > 0;
    let is_plain = over == Decimal::ONE && is_part && whole.is_words && value.fract().is_zero();
    // "Four quarters" are a year.
    // "Two twentieth-century paintings".
    let behind = whole.next + hyphen + length;
    let runs_on = under > Decimal::TEN && passage.hyphen(behind) > 0;
    if !is_plain || runs_on || under == Decimal::from(4) && value > Decimal::from(3) {
        return None;
    }
    Some((quotient(value, under)?, behind))
}

/// "三分之一", "3分の2": the whole, then the part.
fn in_a_whole(passage: &Passage<'_>, whole_number: &Numeral, value: Decimal) -> Option<Numeral> {
    let length = length_of(passage, whole_number.next, &Term::Over);
    if length == 0 || value.is_zero() {
        return None;
    }
    let at = whole_number.next + length;
    let negative = length_of(passage, at, &Term::Negative);
    let Read::Numeral(part) = whole(passage, at + negative) else { return None };
    let mut value = quotient(part.value()?, value)?;
    if negative > 0 {
        value.set_sign_negative(true);
    }
    Some(if value < Decimal::ONE { share(value, part.next) } else { one(value, tenth(), part.next) })
}

/// "5人に1人", "5명 중 1명": the whole, then the part, each with its counter.
fn out_of(passage: &Passage<'_>, whole_number: &Numeral, value: Decimal) -> Option<Numeral> {
    let counter = |idx: usize| {
        term(passage, idx, |term| if let Term::Counter(lemma) = term { Some(lemma.clone()) } else { None })
    };
    // "셋 중 하나" has no counters.
    let is_bare =
        |number: &Numeral| number.is_words && passage.token(number.next).is_none_or(|token| token.spaced);
    let none = |number: &Numeral| is_bare(number).then(|| (0, String::new()));
    let (length, lemma) = counter(whole_number.next).or_else(|| none(whole_number))?;
    let at = whole_number.next + length;
    let of = length_of(passage, at, &Term::OutOf);
    if of == 0 {
        return None;
    }
    let Read::Numeral(part) = whole(passage, at + of) else { return None };
    let (length, other) =
        counter(part.next).or_else(|| (lemma.is_empty() && part.is_words).then(|| (0, String::new())))?;
    // "1200社のうち340社" are two counts.
    let is_round = value <= Decimal::TEN || super::digits::grain_of(value).0 == value;
    let share_of = quotient(part.value().filter(|part| *part < value && lemma == other && is_round)?, value)?;
    Some(share(share_of, part.next + length))
}

/// The length of "and a half" at a token behind a unit: "two years and a half", "tres horas y media"; 0 where it does
/// not stand there.
pub(super) fn half_behind(passage: &Passage<'_>, idx: usize) -> usize {
    let joiner = length_of(passage, idx, &Term::NumberJoiner);
    let article = idx + joiner + length_of(passage, idx + joiner, &Term::Article);
    let half = length_of(passage, article, &Term::HalfOf).max(match fraction_at(passage, article) {
        Some((length, (over, under))) if over == Decimal::ONE && under == Decimal::TWO => length,
        Some(_) | None => 0,
    });
    let behind = article + half;
    let is_free = unit_length(passage, behind) == 0 && factor_at(passage, behind).is_none();
    if joiner > 0 && half > 0 && is_free { behind - idx } else { 0 }
}

/// The largest whole of which news counts a part: "one in 1,000"; larger ones are round.
const LARGEST_WHOLE: Decimal = Decimal::ONE_THOUSAND;

/// "One in five", "7 out of 10".
fn of_a_larger(passage: &Passage<'_>, idx: usize, part: &Numeral, value: Decimal) -> Option<Numeral> {
    // "No. 1 in 62 countries".
    if noise::ends_label(passage, idx) {
        return None;
    }
    let mut ratio_at = part.next;
    // "Sept visiteurs sur dix": what is counted may stand between the two, but "ein Rabatt von 10" is no share.
    let is_word = passage.token(ratio_at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_connector = length_of(passage, ratio_at + 1, &Term::VagueConnector) > 0;
    if length_of(passage, ratio_at, &Term::Ratio) == 0 && is_word && !is_connector {
        ratio_at += 1;
    }
    let length = length_of(passage, ratio_at, &Term::Ratio);
    if length == 0 || !value.fract().is_zero() {
        return None;
    }
    let Read::Numeral(whole) = whole(passage, ratio_at + length) else { return None };
    let of = whole.value()?;
    let is_round = if ratio_at > part.next {
        let counts_more = super::noun::counted(passage, whole.next).is_some();
        !counts_more && (of <= Decimal::TEN || super::digits::grain_of(of).0 == of)
    } else {
        of <= LARGEST_WHOLE || super::digits::grain_of(of).0 == of
    };
    // "Two in 30 minutes" is a pace, "three of 200 million" two figures.
    let is_whole = of.fract().is_zero() && value < of && value > Decimal::ZERO && is_round;
    let is_measured = super::unit::begins(passage, whole.next) || whole.scale > Decimal::ONE;
    (is_whole && !is_measured).then(|| quotient(value, of).map(|value| share(value, whole.next))).flatten()
}

/// "Two and a half", "trois millions et demi", "五又三分之一", "10 1/2".
fn and_a_fraction(passage: &Passage<'_>, whole_number: &Numeral, value: Decimal) -> Option<Numeral> {
    let idx = whole_number.next;
    let joiner =
        length_of(passage, idx, &Term::NumberJoiner).max(length_of(passage, idx, &Term::FractionJoiner));
    let at = idx + joiner;
    let (part, behind) = if let Some(part) = slashed(passage, at) {
        (fraction_value(&part)?, part.next)
    } else if joiner == 0 {
        return None;
    } else if let Some(found) = simple(passage, at) {
        found
    } else {
        let Read::Numeral(count) = whole(passage, at) else { return None };
        match in_a_whole(passage, &count, count.value()?) {
            Some(part) => (fraction_value(&part)?, part.next),
            None => over_denominator(passage, &count, count.value()?)?,
        }
    };
    // "One billion and a half million": the fraction is of a scale of its own.
    if let Some((length, NumberPart::Scale(factor))) = factor_at(passage, behind)
        && factor < whole_number.scale
    {
        let value = value.checked_add(part.checked_mul(factor)?)?;
        let numeral = one(value.normalize(), factor.checked_mul(tenth())?, behind + length);
        return Some(Numeral { is_words: whole_number.is_words, ..numeral });
    }
    // "Trois millions et demi": half a million more; "two and a half million": the scale is of both.
    let factor = match factor_at(passage, behind) {
        Some((length, NumberPart::Scale(factor))) if whole_number.scale == Decimal::ONE => {
            Some((length, factor))
        }
        Some(_) | None => None,
    };
    let value = value.checked_add(part.checked_mul(whole_number.scale)?)?;
    let (value, scale, next) = match factor {
        Some((length, factor)) => (value.checked_mul(factor)?, factor, behind + length),
        None => (value, whole_number.scale, behind),
    };
    let numeral = one(value.normalize(), scale.checked_mul(Decimal::new(5, 1))?, next);
    Some(Numeral { scale, is_words: whole_number.is_words, ..numeral })
}

/// "A half", "demi", "trois quarts" behind a joiner.
fn simple(passage: &Passage<'_>, idx: usize) -> Option<(Decimal, usize)> {
    let article = length_of(passage, idx, &Term::Article);
    let half = length_of(passage, idx + article, &Term::HalfOf);
    if half > 0 {
        return Some((Decimal::new(5, 1), idx + article + half));
    }
    let (length, (over, under)) = fraction_at(passage, idx + article)?;
    Some((quotient(over, under)?, idx + article + length))
}

fn fraction_value(part: &Numeral) -> Option<Decimal> {
    match part.number.figure {
        PrintedFigure::One(value) | PrintedFigure::Fraction(value) => Some(value),
        PrintedFigure::Range(..) | PrintedFigure::Vague(..) => None,
    }
}

/// Wholes that a fraction in digits divides: others are dates, seasons and scores.
const DENOMINATORS: [i64; 10] = [2, 3, 4, 5, 6, 8, 10, 12, 16, 100];

/// "3/4", "½".
pub(super) fn slashed(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    if let Some(value) = vulgar(passage.word(idx)) {
        return Some(of_or_alone(passage, value, idx + 1));
    }
    let number = |at: usize| -> Option<i64> {
        let word = passage.word(at);
        let is_plain =
            word.len() <= 3 && !word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse().ok().filter(|_| is_plain)
    };
    let is_slash = passage.word(idx + 1) == "/" && passage.is_glued(idx + 1) && passage.is_glued(idx + 2);
    let (over, under) = (number(idx)?, number(idx + 2).filter(|_| is_slash)?);
    let is_glued = |at: usize| passage.is_glued(at) && matches!(passage.word(at), "/" | "-" | "." | ",");
    let goes_on = is_glued(idx + 3)
        && passage.token(idx + 4).is_some_and(|token| token.kind == TokenKind::Digits && !token.spaced);
    let is_apart = |before: usize| {
        !passage.is_glued(idx)
            || matches!(passage.word(before), "-" | "−" | "(")
            || passage.is_unspaced(before) && !noise::ends_label(passage, idx)
    };
    let follows = idx.checked_sub(1).is_some_and(|before| !is_apart(before));
    if over >= under || !DENOMINATORS.contains(&under) || goes_on || follows {
        return None;
    }
    let value = quotient(Decimal::from(over), Decimal::from(under))?;
    Some(of_or_alone(passage, value, idx + 3))
}

/// "3/4 of the votes" is a share; "3/4 mile" a number of miles.
fn of_or_alone(passage: &Passage<'_>, value: Decimal, next: usize) -> Numeral {
    let of = length_of(passage, next, &Term::VagueConnector);
    let an = length_of(passage, next + of, &Term::Article);
    let counts = super::noun::counted(passage, next).is_some();
    // "1/2的人口".
    let is_of_what_follows = of > 0 || counts || passage.is_unspaced(next);
    let is_share = is_of_what_follows && !super::unit::begins(passage, next + of + an);
    let numeral = if is_share { share(value, next) } else { one(value, Decimal::new(1, 2), next) };
    Numeral { is_words: false, ..numeral }
}

/// The value of a fraction that is one character (Unicode's vulgar fractions).
fn vulgar(word: &str) -> Option<Decimal> {
    let (over, under) = match word {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅒" => (1, 10),
        _ => return None,
    };
    quotient(Decimal::from(over), Decimal::from(under))
}
