//! Numbers, in digits and in words: one algorithm, whose words and habits are the page's. Whole numbers are read by
//! `pile.rs`, parts of a whole by `fraction.rs`.

use rust_decimal::Decimal;

use super::digits::grain_of;
use super::pile::{Pile, Start, sum_of};
use super::{Number, Passage, fraction};
use crate::lang::words::{fold, is_kana, is_syllable};
use crate::lang::{NumberPart, Term};
use crate::quantity::{Dimension, Hedge, PrintedFigure, Unit};

/// A number where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// The number, its scale words multiplied in.
    pub(super) number: Number,
    /// The scale word that it ends in; 1 without one. The first end of a range shares it.
    pub(super) scale: Decimal,
    /// All the factors that it ends in, "hundred" included: what the first end of a range in words shares.
    pub(super) factors: Decimal,
    /// The index of the token behind it.
    pub(super) next: usize,
    /// Whether it begins with a word.
    pub(super) is_words: bool,
    /// "余" of "500余万", "-odd" of "60-odd hours": a hedge inside the number.
    pub(super) hedge: Option<Hedge>,
}

impl Numeral {
    /// A number in words without a scale to share.
    pub(super) fn of_words(figure: PrintedFigure, grain: Decimal, next: usize) -> Numeral {
        let number = Number { figure, grain, from_zeros: false };
        Numeral { number, scale: Decimal::ONE, factors: Decimal::ONE, next, is_words: true, hedge: None }
    }

    /// The value, where it is one.
    pub(super) fn value(&self) -> Option<Decimal> {
        match self.number.figure {
            PrintedFigure::One(value) => Some(value),
            PrintedFigure::Range(..) | PrintedFigure::Vague(..) | PrintedFigure::Fraction(_) => None,
        }
    }
}

/// What stands at a token.
pub(super) enum Read {
    /// A number.
    Numeral(Numeral),
    /// Figures that are no number, up to this token.
    Other(usize),
    /// Neither.
    Nothing,
}

/// Reads the number that begins at a token.
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Read {
    let negative = length_of(passage, idx, &Term::Negative);
    if negative == 0 {
        return unsigned(passage, idx);
    }
    // The "menos" of "al menos 17" is the hedge's.
    match super::hedge::before(passage, idx + negative) {
        Some(_) => Read::Nothing,
        None => negated(unsigned(passage, idx + negative)),
    }
}

fn unsigned(passage: &Passage<'_>, idx: usize) -> Read {
    let found = fraction::slashed(passage, idx)
        .or_else(|| fraction::named(passage, idx))
        .or_else(|| fraction::half(passage, idx))
        .or_else(|| vague(passage, idx))
        .or_else(|| spelled(passage, idx));
    match found {
        Some(numeral) => Read::Numeral(numeral),
        None => plain(passage, idx),
    }
}

/// A number that begins with a whole one.
fn plain(passage: &Passage<'_>, idx: usize) -> Read {
    let whole = match whole(passage, idx) {
        Read::Numeral(whole) => whole,
        Read::Other(next) => return Read::Other(next),
        Read::Nothing => return article_alone(passage, idx).map_or(Read::Nothing, Read::Numeral),
    };
    let numeral = fraction::of_whole(passage, idx, &whole)
        .or_else(|| power(passage, &whole))
        .or_else(|| times_a_power(passage, &whole))
        .unwrap_or(whole);
    if numeral.is_words && is_inside_word(passage, idx, &numeral) {
        Read::Nothing
    } else {
        Read::Numeral(hedged_before_unit(passage, numeral))
    }
}

/// "60-odd hours", "30-plus years": a hedge behind a hyphen, between a number and its unit.
fn hedged_before_unit(passage: &Passage<'_>, numeral: Numeral) -> Numeral {
    let hedge = |term: &Term| if let Term::HedgeAfter(hedge) = term { Some(*hedge) } else { None };
    let hyphened = passage.hyphen(numeral.next);
    match term(passage, numeral.next, hedge) {
        Some((length, hedge)) if hyphened > 0 && unit_length(passage, numeral.next + length) > 0 => {
            Numeral { next: numeral.next + length, hedge: Some(hedge), ..numeral }
        }
        Some(_) | None => numeral,
    }
}

/// "10の13乗", "two to the power of ten".
fn power(passage: &Passage<'_>, base: &Numeral) -> Option<Numeral> {
    let pair = |term: &Term| if let Term::PowerOf(pair) = term { Some(*pair) } else { None };
    let (length, pair) = term(passage, base.next, pair)?;
    let at = base.next + length;
    let negative =
        length_of(passage, at, &Term::Negative).max(usize::from(matches!(passage.word(at), "-" | "−")));
    let Read::Numeral(exponent) = whole(passage, at + negative) else { return None };
    let end = length_of(passage, exponent.next, &Term::PowerEnd(pair));
    // A page without a word for the end has none to miss.
    let is_ended = end > 0 || !passage.is_unspaced(base.next);
    let times: u32 = exponent.value().filter(|_| is_ended)?.try_into().ok()?;
    let (value, grain) = raised(base.value()?, times)?;
    let value = if negative > 0 { super::quotient(Decimal::ONE, value)? } else { value };
    let numeral = Numeral::of_words(PrintedFigure::One(value), grain, exponent.next + end);
    Some(Numeral { is_words: base.is_words, ..numeral })
}

/// "1.3×10の13乗": so many times a power of ten, as exact as they are.
fn times_a_power(passage: &Passage<'_>, number: &Numeral) -> Option<Numeral> {
    let is_sign = matches!(passage.word(number.next), "×" | "x" | "*");
    let Read::Numeral(ten) = is_sign.then(|| whole(passage, number.next + 1))? else { return None };
    let power = power(passage, &ten).filter(|_| ten.value() == Some(Decimal::TEN))?;
    let factor = power.value()?;
    let figure = PrintedFigure::One(number.value()?.checked_mul(factor)?);
    let grain = number.number.grain.checked_mul(factor)?;
    let number = Numeral { number: Number { figure, grain, ..number.number }, ..*number };
    Some(Numeral { next: power.next, ..number })
}

/// A number multiplied by itself so many times, and the grain of what is exact.
fn raised(base: Decimal, times: u32) -> Option<(Decimal, Decimal)> {
    /// A larger power of anything but one has more digits than a number here may have.
    const LARGEST: u32 = 99;
    let product = (0..times.min(LARGEST)).try_fold(Decimal::ONE, |product, _| product.checked_mul(base))?;
    Some((product, Decimal::ONE))
}

/// "にじゅうさん": a run of kana that is a number from end to end.
fn spelled(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    if !begins_spelled(passage, idx) {
        return None;
    }
    let is_letter = |at: &usize| passage.word(*at).chars().all(is_kana) && !passage.word(*at).is_empty();
    let end = (idx + 1..)
        .take_while(|at| passage.is_glued(*at))
        .take_while(is_letter)
        .last()
        .map_or(idx + 1, |at| at + 1);
    let run = passage.text.get(passage.token(idx)?.start..passage.token(end.checked_sub(1)?)?.end)?;
    let value = spelled_value(passage.lexicon.spelled_parts(run)?)?;
    Some(Numeral::of_words(PrintedFigure::One(value), grain_of(value).0, end))
}

/// Whether a run of kana that may be a number begins at a token.
pub(super) fn begins_spelled(passage: &Passage<'_>, idx: usize) -> bool {
    let may_spell = |word: &str| word.chars().next().is_some_and(|letter| passage.lexicon.may_spell(letter));
    let goes_on = || idx > 0 && passage.is_glued(idx) && passage.word(idx - 1).chars().all(is_kana);
    passage.lexicon.spells_numbers() && may_spell(passage.word(idx)) && !goes_on()
}

/// The number that spelled parts make: places, or digits side by side.
fn spelled_value(parts: Vec<NumberPart>) -> Option<Decimal> {
    let digits: Option<String> = parts
        .iter()
        .map(
            |part| {
                if let NumberPart::Value(value) = part { Some(value.normalize().to_string()) } else { None }
            },
        )
        .collect();
    match digits {
        Some(digits) => Decimal::from_str_exact(&digits).ok(),
        None => sum_of(parts),
    }
}

/// A whole number, or one with decimals: no fractions, no ratios.
pub(super) fn whole(passage: &Passage<'_>, idx: usize) -> Read {
    match Pile::read(passage, idx) {
        Start::Pile(pile) => pile.finish().map_or(Read::Nothing, Read::Numeral),
        Start::Other(next) => Read::Other(next),
        Start::Nothing => Read::Nothing,
    }
}

fn negated(read: Read) -> Read {
    match read {
        Read::Numeral(mut numeral) => match &mut numeral.number.figure {
            PrintedFigure::One(value) | PrintedFigure::Fraction(value) if *value > Decimal::ZERO => {
                value.set_sign_negative(true);
                Read::Numeral(numeral)
            }
            PrintedFigure::One(_)
            | PrintedFigure::Fraction(_)
            | PrintedFigure::Range(..)
            | PrintedFigure::Vague(..) => Read::Nothing,
        },
        Read::Other(_) | Read::Nothing => Read::Nothing,
    }
}

pub(super) fn term<T>(
    passage: &Passage<'_>,
    idx: usize,
    pick: impl Fn(&Term) -> Option<T>,
) -> Option<(usize, T)> {
    passage.tokens.longest(idx, pick)
}

/// The length of a term at a token, 0 where it does not stand there.
pub(super) fn length_of(passage: &Passage<'_>, idx: usize, wanted: &Term) -> usize {
    term(passage, idx, |term| (term == wanted).then_some(())).map_or(0, |(length, ())| length)
}

pub(super) fn part_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, NumberPart)> {
    term(passage, idx, |term| {
        if let Term::Number(value) = term {
            Some(NumberPart::Value(*value))
        } else if let Term::Multiplier(factor) = term {
            Some(NumberPart::Multiplier(*factor))
        } else if let Term::Scale(factor) = term {
            Some(NumberPart::Scale(*factor))
        } else {
            None
        }
    })
}

/// The number word below the scales at a token: "seven", "twenty".
pub(super) fn value_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, Decimal)> {
    match part_at(passage, idx)? {
        // "오백이다": the word that begins there is no number.
        (length, NumberPart::Value(value)) => {
            let goes_on = is_syllable_at(passage, idx) && passage.is_glued(idx);
            let is_hidden = goes_on && length_of(passage, idx, &Term::Idiom) > length;
            (!is_hidden).then_some((length, value))
        }
        (_, NumberPart::Multiplier(_) | NumberPart::Scale(_) | NumberPart::Joiner) => None,
    }
}

/// The factor at a token, unless a longer unit or counter begins there: "千米" is a kilometre.
pub(super) fn factor_at(passage: &Passage<'_>, idx: usize) -> Option<(usize, NumberPart)> {
    let (length, part) = part_at(passage, idx)?;
    let is_factor = matches!(part, NumberPart::Multiplier(_) | NumberPart::Scale(_));
    // "二十分の一": what begins a fraction is no other word ("十分").
    let is_whole = length_of(passage, idx + length, &Term::Over) > 0;
    let is_idiom = length_of(passage, idx, &Term::Idiom) > length && !is_whole;
    let is_own = unit_length(passage, idx) <= length && !is_idiom;
    (is_factor && is_own && !begins_word(passage, idx, idx + length)).then_some((length, part))
}

/// The length of the unit, counter or currency that begins at a token, 0 where there is none.
pub(super) fn unit_length(passage: &Passage<'_>, idx: usize) -> usize {
    let is_unit = |term: &Term| {
        matches!(
            term,
            Term::Unit(_)
                | Term::ScaledUnit(..)
                | Term::AgeAfter
                | Term::Counter(_)
                | Term::Currency(_)
                | Term::CurrencyFamily(_)
                | Term::MinorUnit(_)
        )
        .then_some(())
    };
    term(passage, idx, is_unit).map_or(0, |(length, ())| length)
}

/// Whether syllables that stand apart from the figure before them go on as a word: "1 경주차".
fn begins_word(passage: &Passage<'_>, idx: usize, behind: usize) -> bool {
    !passage.is_glued(idx)
        && is_syllable_at(passage, idx)
        && passage.is_glued(behind)
        && is_syllable_at(passage, behind)
        && part_at(passage, behind).is_none()
        && unit_length(passage, behind) == 0
        && super::hedge::after(passage, behind).is_none()
        && !passage.lexicon.is_stop_word(&fold(passage.word(behind)))
}

pub(super) fn is_syllable_at(passage: &Passage<'_>, idx: usize) -> bool {
    passage.word(idx).chars().next().is_some_and(is_syllable)
}

/// Whether number syllables are a piece of a longer word, or a word that only sounds like a number: a few of them are
/// a number only before a unit that is a word of its own.
fn is_inside_word(passage: &Passage<'_>, idx: usize, numeral: &Numeral) -> bool {
    let is_signed = || passage.tokens.ending_before(idx, |term| matches!(term, Term::Negative).then_some(()));
    // A table's cell that holds a number alone.
    let is_all = || idx == 0 && passage.token(numeral.next).is_none();
    if !is_syllable_at(passage, idx) || is_signed().is_some() || is_all() {
        return false;
    }
    let behind = numeral.next;
    let runs_into = |at: usize| {
        passage.is_glued(at)
            && is_syllable_at(passage, at)
            && !passage.lexicon.is_stop_word(&fold(passage.word(at)))
    };
    if idx > 0 && passage.is_glued(idx) && is_syllable_at(passage, idx - 1) {
        return true;
    }
    if behind - idx >= passage.lexicon.number_style.fewest_bare {
        return false;
    }
    let is_value = part_at(passage, idx).is_none_or(|(_, part)| matches!(part, NumberPart::Value(_)));
    let is_bound = length_of(passage, idx, &Term::Bound) > 0;
    // "삼 퍼센트", but "이 명": one digit in words needs a unit that nothing else sounds like.
    let shortest = if behind - idx == 1 && is_value && !is_bound { 2 } else { 1 };
    // "백여 명": what is counted stands behind the hedge.
    let behind = super::hedge::after(passage, behind).map_or(behind, |(end, _)| end);
    let unit = unit_length(passage, behind);
    unit < shortest || unit == 1 && runs_into(behind + unit)
}

/// "Hundreds of", "tens of thousands of": both ends of the magnitude.
fn vague(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    let (length, (mut low, mut high)) =
        term(
            passage,
            idx,
            |term| if let Term::Vague(low, high) = term { Some((*low, *high)) } else { None },
        )?;
    // "228 (143) million euros": the scale of the figures before it.
    let is_shared =
        idx > 1 && passage.word(idx - 1) == ")" && passage.word(idx - 2).ends_with(char::is_numeric);
    if is_shared {
        return None;
    }
    let connector = |at: usize| length_of(passage, at, &Term::VagueConnector);
    let mut behind = idx + length;
    let scale_at = behind + connector(behind);
    if let Some((length, NumberPart::Scale(scale))) = factor_at(passage, scale_at) {
        low = low.checked_mul(scale)?;
        high = high.checked_mul(scale)?;
        behind = scale_at + length;
    }
    let of = connector(behind);
    let counts_directly = || {
        unit_length(passage, behind) > 0
            || super::noun::counted(passage, behind).is_some_and(|noun| noun.distance == 0)
            // "Dozens were injured".
            || super::none::befalls(passage, behind)
    };
    if of == 0 && !passage.is_unspaced(idx) && !counts_directly() {
        return None;
    }
    let number = Number { figure: PrintedFigure::Vague(low, high), grain: low, from_zeros: true };
    Some(Numeral { number, ..Numeral::of_words(number.figure, low, behind + of) })
}

/// "Up to a decade", "un euro", "un sur trois": an article that counts, behind a hedge or where the page's article is
/// its one.
fn article_alone(passage: &Passage<'_>, idx: usize) -> Option<Numeral> {
    let length = length_of(passage, idx, &Term::Article);
    if length == 0 {
        return None;
    }
    let one = Numeral::of_words(PrintedFigure::One(Decimal::ONE), Decimal::ONE, idx + length);
    let is_one = passage.lexicon.number_style.article_is_one;
    if let Some(part) = is_one.then(|| fraction::of_whole(passage, idx, &one)).flatten() {
        return Some(part);
    }
    let unit = unit_length(passage, idx + length);
    let is_hedged = unit > 0 && super::hedge::before(passage, idx).is_some();
    let and_a_half = unit > 0 && fraction::half_behind(passage, idx + length + unit) > 0;
    let is_hedged = is_hedged || and_a_half;
    let is_unit = is_amount(passage, idx + length) || is_measured(passage, idx + length);
    (is_one && is_unit || is_hedged).then_some(one)
}

/// Whether a currency or a multiple of a unit stands at a token: "un pie" is more often in the door than a length.
fn is_amount(passage: &Passage<'_>, idx: usize) -> bool {
    let is_amount = |term: &Term| {
        matches!(
            term,
            Term::Currency(_) | Term::CurrencyFamily(_) | Term::MinorUnit(_) | Term::ScaledUnit(..)
        )
        .then_some(())
    };
    term(passage, idx, is_amount).is_some() && length_of(passage, idx, &Term::WeakName) == 0
}

/// Whether a unit of measure stands at a token that is seldom another word: "une tonne", "un kilómetro"; feet and ounces
/// are short words, and "a year" is a time rather than a figure.
fn is_measured(passage: &Passage<'_>, idx: usize) -> bool {
    const SHORTEST: usize = 5;
    let unit = term(passage, idx, |term| if let Term::Unit(id) = term { Unit::measured(id) } else { None });
    let Some((length, unit)) = unit else { return false };
    let is_long = length > 1 || passage.word(idx).chars().count() >= SHORTEST;
    let least = Decimal::new(5, 1);
    is_long
        && match unit.dimension {
            Dimension::Length => unit.to_base(Decimal::ONE).is_some_and(|metres| metres > least),
            Dimension::Area | Dimension::Volume | Dimension::Mass => true,
            Dimension::Money
            | Dimension::Percent
            | Dimension::Points
            | Dimension::Count
            | Dimension::Number
            | Dimension::Power
            | Dimension::Energy
            | Dimension::Speed
            | Dimension::Temperature
            | Dimension::Duration
            | Dimension::Age
            | Dimension::Date
            | Dimension::Year
            | Dimension::Clock
            | Dimension::Ordinal
            | Dimension::Data
            | Dimension::Emissions
            | Dimension::Frequency
            | Dimension::Pressure
            | Dimension::Magnitude
            | Dimension::Rate => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::in_passage;

    fn value(id: &str, text: &str) -> Option<String> {
        in_passage(id, text, told)
    }

    fn told(passage: &Passage<'_>) -> Option<String> {
        let Read::Numeral(numeral) = read(passage, 0) else { return None };
        let value = match numeral.number.figure {
            PrintedFigure::One(value) => value.normalize().to_string(),
            PrintedFigure::Fraction(value) => format!("{} of one", value.round_dp(3).normalize()),
            PrintedFigure::Vague(low, high) | PrintedFigure::Range(low, high) => {
                format!("{}..{}", low.normalize(), high.normalize())
            }
        };
        Some(format!("{value} {}/{}", numeral.next, passage.tokens.len()))
    }

    #[test]
    fn words_compose_to_a_number() {
        for (id, text, read) in [
            ("en", "seven", "7 1/1"),
            ("en", "twenty-three houses", "23 3/4"),
            ("en", "two hundred and six", "206 4/4"),
            ("en", "one hundred thirty-four", "134 5/5"),
            ("en", "twenty-one thousand acres", "21000 4/5"),
            ("en", "eleven hundred and twenty", "1120 4/4"),
            ("en", "two million three hundred thousand", "2300000 5/5"),
            ("en", "eighteen point four million", "18400000 4/4"),
            ("en", "nought", "0 1/1"),
            ("en", "minus five", "-5 2/2"),
            ("en", "a million", "1000000 2/2"),
            ("en", "half a million", "500000 3/3"),
            ("en", "half a dozen workers", "6 3/4"),
            ("en", "half a mile", "0.5 2/3"),
            ("en", "a quarter of a billion", "250000000 5/5"),
            ("en", "two and a half years", "2.5 4/5"),
            ("en", "one million and a half", "1500000 5/5"),
            ("en", "two-thirds", "0.667 of one 3/3"),
            ("en", "a quarter of", "0.25 of one 2/3"),
            ("en", "one in five boats", "0.2 of one 3/4"),
            ("en", "10 1/2 miles", "10.5 4/5"),
            ("en", "hundreds of trillions of won", "200000000000000..999000000000000 4/5"),
            ("en", "thousands of robots", "2000..9999 2/3"),
            ("en", "tens of thousands of people", "20000..99999 4/5"),
            ("de", "zweihundertsiebenunddreißig", "237 1/1"),
            ("de", "einhundertdrei", "103 1/1"),
            ("de", "anderthalb Millionen", "1500000 2/2"),
            ("fr", "cent vingt-cinq mille", "125000 5/5"),
            ("fr", "deux virgule vingt-cinq", "2.25 5/5"),
            ("fr", "3 millions et demi", "3500000 4/4"),
            ("it", "centosei", "106 1/1"),
            ("es", "dos mil quinientos", "2500 3/3"),
            ("es", "medio millón", "500000 2/2"),
            ("pt", "três milhões e meio", "3500000 4/4"),
            ("zh", "三千五百", "3500 4/4"),
            ("zh", "一万三", "13000 3/3"),
            ("zh", "三分之一", "0.333 of one 4/4"),
            ("zh", "五十五点五七九", "55.579 7/7"),
            ("ja", "6兆4500億円", "6450000000000 4/5"),
            ("ja", "3分の2", "0.667 of one 4/4"),
            ("ko", "2억 4천 4백만 달러", "244000000 7/9"),
            ("ko", "이백삼십", "230 4/4"),
        ] {
            assert_eq!(value(id, text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn words_that_are_no_number_are_left_out() {
        for (id, text) in [
            ("en", "and"),
            ("en", "a dog"),
            ("en", "second"),
            ("en", "million"),
            ("en", "half"),
            ("en", "thousands"),
            ("en", "a third suspect"),
            ("ko", "이사회"),
            ("ko", "천사"),
        ] {
            assert_eq!(value(id, text), None, "{text}");
        }
    }
}
