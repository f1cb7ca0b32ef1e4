//! Numbers in words: one algorithm, whose words are the page's.

use rust_decimal::Decimal;

use super::digits::grain_of;
use super::{Number, Passage};
use crate::lang::Term;
use crate::quantity::PrintedFigure;

/// The number in words that begins at a token, and the index of the token behind it.
///
/// "Two hundred and six", "twenty-one thousand", "half a million", "two and a half", "two-thirds".
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<(Number, usize)> {
    fraction(passage, idx)
        .or_else(|| vague(passage, idx))
        .or_else(|| whole(passage, idx))
        .or_else(|| hedged_article(passage, idx))
}

fn term<T>(passage: &Passage<'_>, idx: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(usize, T)> {
    passage.lexicon.longest(passage.text, &passage.tokens, idx, pick)
}

fn article(passage: &Passage<'_>, idx: usize) -> Option<usize> {
    term(passage, idx, |term| matches!(term, Term::Article).then_some(())).map(|(length, ())| length)
}

fn joiner(passage: &Passage<'_>, idx: usize) -> usize {
    term(passage, idx, |term| matches!(term, Term::NumberJoiner).then_some(()))
        .map_or(0, |(length, ())| length)
}

fn fraction_term(passage: &Passage<'_>, idx: usize) -> Option<(usize, (Decimal, Decimal))> {
    term(
        passage,
        idx,
        |term| if let Term::Fraction(over, under) = term { Some((*over, *under)) } else { None },
    )
}

pub(super) fn scale_term(passage: &Passage<'_>, idx: usize) -> Option<(usize, Decimal)> {
    term(passage, idx, |term| if let Term::Scale(scale) = term { Some(*scale) } else { None })
}

/// "Half a million", "a third", "two-thirds"; a fraction with no scale is a share in percent.
fn fraction(passage: &Passage<'_>, idx: usize) -> Option<(Number, usize)> {
    let small = term(passage, idx, |term| {
        if let Term::Number(value) = term
            && *value < Decimal::TEN
            && !value.is_zero()
        {
            Some(*value)
        } else {
            None
        }
    });
    let (count, at) = match (article(passage, idx), small) {
        (Some(length), _) => (Decimal::ONE, idx + length),
        (None, Some((length, count))) => (count, idx + length + joiner(passage, idx + length)),
        (None, None) => (Decimal::ONE, idx),
    };
    let (length, (over, under)) = fraction_term(passage, at)?;
    let share = count.checked_mul(over)?.checked_div(under)?;
    let behind = at + length;
    // "Half a million", "a quarter of a billion", "half a dozen".
    let of = behind + connector(passage, behind);
    let scale_at = of + article(passage, of).unwrap_or(0);
    if let Some((scale_length, scale)) =
        scale_term(passage, scale_at).or_else(|| multiplier(passage, scale_at))
    {
        let value = share.checked_mul(scale)?;
        let grain = scale.checked_div(Decimal::TEN)?;
        let number = Number { figure: PrintedFigure::One(value), grain, from_zeros: false };
        return Some((number, scale_at + scale_length));
    }
    let percent = share.checked_mul(Decimal::ONE_HUNDRED)?;
    let is_half = under == Decimal::TWO;
    // A bare "second", "quarter" or "half" is more often something else.
    let is_stated = at > idx || is_half && follows_share(passage, behind);
    (is_stated && share < Decimal::ONE).then_some((
        Number { figure: PrintedFigure::Fraction(percent), grain: Decimal::ONE, from_zeros: false },
        behind,
    ))
}

/// The length of "of" at a token.
fn connector(passage: &Passage<'_>, idx: usize) -> usize {
    term(passage, idx, |term| matches!(term, Term::VagueConnector).then_some(()))
        .map_or(0, |(length, ())| length)
}

/// "Half of", "half the": what makes a bare half a share.
fn follows_share(passage: &Passage<'_>, idx: usize) -> bool {
    term(passage, idx, |term| matches!(term, Term::VagueConnector).then_some(())).is_some()
}

/// "Hundreds of", "tens of thousands of": both ends of the magnitude.
fn vague(passage: &Passage<'_>, idx: usize) -> Option<(Number, usize)> {
    let magnitude = |at: usize| {
        term(passage, at, |term| if let Term::Vague(low, high) = term { Some((*low, *high)) } else { None })
    };
    let (length, (mut low, mut high)) = magnitude(idx)?;
    let mut behind = idx + length;
    let scale_at = behind + connector(passage, behind);
    if let Some((length, scale)) = scale_term(passage, scale_at) {
        low = low.checked_mul(scale)?;
        high = high.checked_mul(scale)?;
        behind = scale_at + length;
    }
    let of = connector(passage, behind);
    let is_unspaced = passage.word(idx).chars().next().is_some_and(crate::lang::words::is_unspaced);
    if of == 0 && !is_unspaced {
        return None;
    }
    let number = Number { figure: PrintedFigure::Vague(low, high), grain: low, from_zeros: true };
    Some((number, behind + of))
}

/// "Up to a decade": behind a hedge an article before a unit is one.
fn hedged_article(passage: &Passage<'_>, idx: usize) -> Option<(Number, usize)> {
    let length = article(passage, idx)?;
    super::hedge::before(passage, idx)?;
    term(passage, idx + length, |term| matches!(term, Term::Unit(_)).then_some(()))?;
    let number = Number { figure: PrintedFigure::One(Decimal::ONE), grain: Decimal::ONE, from_zeros: false };
    Some((number, idx + length))
}

/// "Seven", "two hundred and six", "twenty-one thousand", "a million", "two and a half".
fn whole(passage: &Passage<'_>, idx: usize) -> Option<(Number, usize)> {
    let mut sum = Sum { total: Decimal::ZERO, group: Decimal::ZERO, scale: Decimal::ONE, has_words: false };
    let mut at = idx;
    if let Some(length) = article(passage, idx) {
        let is_scaled =
            scale_term(passage, idx + length).is_some() || multiplier(passage, idx + length).is_some();
        if !is_scaled {
            return None;
        }
        at = idx + length;
        sum.group = Decimal::ONE;
    }
    let mut behind = at;
    loop {
        let joined = if sum.has_words { at + joiner(passage, at) } else { at };
        if let Some(length) = add_part(passage, joined, &mut sum) {
            behind = joined + length;
        } else if let Some(length) = sum.has_words.then(|| add_scale(passage, at, &mut sum)).flatten() {
            behind = at + length;
        } else if sum.group > Decimal::ZERO
            && let Some(length) = add_scale(passage, at, &mut sum)
        {
            behind = at + length;
        } else {
            break;
        }
        sum.has_words = true;
        at = behind;
    }
    if !sum.has_words {
        return None;
    }
    let value = sum.total.checked_add(sum.group)?;
    let half = and_a_fraction(passage, behind);
    if let Some((share, end)) = half {
        let value = value.checked_add(share)?;
        let number =
            Number { figure: PrintedFigure::One(value), grain: Decimal::new(5, 1), from_zeros: false };
        return Some((number, end));
    }
    let mantissa = value.checked_div(sum.scale)?;
    let (grain, from_zeros) = grain_of(mantissa);
    Some((
        Number { figure: PrintedFigure::One(value), grain: grain.checked_mul(sum.scale)?, from_zeros },
        behind,
    ))
}

struct Sum {
    total: Decimal,
    group: Decimal,
    /// The smallest scale met.
    scale: Decimal,
    has_words: bool,
}

fn multiplier(passage: &Passage<'_>, idx: usize) -> Option<(usize, Decimal)> {
    term(passage, idx, |term| if let Term::Multiplier(factor) = term { Some(*factor) } else { None })
}

/// Adds a word below the scales, if it fits behind what was read; returns its length.
fn add_part(passage: &Passage<'_>, idx: usize, sum: &mut Sum) -> Option<usize> {
    let number = term(passage, idx, |term| if let Term::Number(value) = term { Some(*value) } else { None });
    if let Some((length, value)) = number {
        let room = if (sum.group % Decimal::ONE_HUNDRED).is_zero() {
            Decimal::ONE_HUNDRED
        } else if (sum.group % Decimal::TEN).is_zero() {
            Decimal::TEN
        } else {
            Decimal::ZERO
        };
        if sum.has_words && (value >= room || value.is_zero()) {
            return None;
        }
        sum.group = sum.group.checked_add(value)?;
        return Some(length);
    }
    let (length, factor) = multiplier(passage, idx)?;
    if sum.group.is_zero() {
        return None;
    }
    sum.group = sum.group.checked_mul(factor)?;
    Some(length)
}

fn add_scale(passage: &Passage<'_>, idx: usize, sum: &mut Sum) -> Option<usize> {
    let (length, scale) = scale_term(passage, idx)?;
    let part = sum.total.checked_add(sum.group)?;
    sum.total = if sum.total.is_zero() || sum.group.is_zero() {
        part.checked_mul(scale)?
    } else {
        sum.total.checked_add(sum.group.checked_mul(scale)?)?
    };
    sum.group = Decimal::ZERO;
    sum.scale = if sum.scale == Decimal::ONE { scale } else { sum.scale.min(scale) };
    Some(length)
}

/// "And a half" behind a number.
fn and_a_fraction(passage: &Passage<'_>, idx: usize) -> Option<(Decimal, usize)> {
    let length = joiner(passage, idx);
    let at = idx + length;
    let at = at + article(passage, at).filter(|_| length > 0)?;
    let (length, (over, under)) = fraction_term(passage, at)?;
    Some((over.checked_div(under)?, at + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lexicon;

    fn value(text: &str) -> Option<String> {
        let lexicon = Lexicon::of("en");
        let passage = Passage::new(text, 0..text.len(), &lexicon);
        let (number, next) = read(&passage, 0)?;
        let value = match number.figure {
            PrintedFigure::One(value) => value.normalize().to_string(),
            PrintedFigure::Fraction(value) => format!("{}%", value.round_dp(1).normalize()),
            PrintedFigure::Vague(low, high) | PrintedFigure::Range(low, high) => format!("{low}..{high}"),
        };
        Some(format!("{value} {next}/{}", passage.tokens.len()))
    }

    #[test]
    fn words_compose_to_a_number() {
        for (text, read) in [
            ("seven", "7 1/1"),
            ("twenty-three houses", "23 3/4"),
            ("two hundred and six", "206 4/4"),
            ("one hundred thirty-four", "134 5/5"),
            ("twenty-one thousand acres", "21000 4/5"),
            ("eleven hundred and twenty", "1120 4/4"),
            ("two million three hundred thousand", "2300000 5/5"),
            ("a million", "1000000 2/2"),
            ("half a million", "500000 3/3"),
            ("half a dozen workers", "6 3/4"),
            ("a quarter of a billion", "250000000 5/5"),
            ("two and a half years", "2.5 4/5"),
            ("two-thirds", "66.7% 3/3"),
            ("a quarter", "25% 2/2"),
            ("hundreds of trillions of won", "200000000000000..999000000000000 4/5"),
            ("thousands of robots", "2000..9999 2/3"),
            ("tens of thousands of people", "20000..99999.000 4/5"),
        ] {
            assert_eq!(value(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn words_that_are_no_number_are_left_out() {
        for text in ["and", "a dog", "second", "million", "half", "thousands"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
