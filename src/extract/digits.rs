//! Digits with their separators.

use rust_decimal::Decimal;

use super::{Number, Passage, noise, noun};
use crate::lang::words::{TokenKind, digit_value, is_blank};
use crate::quantity::PrintedFigure;

/// Digits beyond which a run of figures is no quantity.
pub(super) const MOST_DIGITS: usize = 26;

/// What stands at a run of digits.
pub(super) enum Digits {
    /// A number, and the index of the token behind it.
    Number(Number, usize),
    /// Figures that are no number (a version, an address), and the index of the token behind them.
    Other(usize),
    /// More figures than a number here may have, and the index of the token behind them.
    Endless(usize),
}

struct Part {
    digits: String,
    /// The separator before it.
    separator: Option<char>,
}

/// Reads the number that begins at a token of digits.
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<Digits> {
    if is_leading_point(passage, idx) {
        let decimals = digits_of(passage, idx + 1)?;
        return number("0", &decimals).map(|number| Digits::Number(number, idx + 2));
    }
    let mut parts = vec![Part { digits: digits_of(passage, idx)?, separator: None }];
    let mut next = idx + 1;
    let mut total: usize = parts.iter().map(|part| part.digits.len()).sum();
    while let Some((separator, digits, behind)) = next_part(passage, next, &parts) {
        total += digits.len();
        // What no number holds is only passed over.
        if total <= MOST_DIGITS {
            parts.push(Part { digits, separator: Some(separator) });
        }
        next = behind;
    }
    if total > MOST_DIGITS {
        return Some(Digits::Endless(next));
    }
    match assemble(passage, &parts) {
        Some(number) => {
            let (number, behind) = power(passage, number, next);
            // A power that no number holds.
            if behind == next && passage.is_glued(next) && passage.word(next) == "^" {
                return Some(Digits::Other(next + 2));
            }
            Some(Digits::Number(number, behind))
        }
        None => Some(Digits::Other(next)),
    }
}

/// Whether a token is the decimal mark of a number without a whole part: ".08".
pub(super) fn is_leading_point(passage: &Passage<'_>, idx: usize) -> bool {
    let sign = passage.word(idx);
    let is_mark = sign.chars().eq([half_width(sign.chars().next().unwrap_or(' '))])
        && passage.separators.decimal.iter().any(|mark| sign.chars().eq([*mark]));
    let is_free = !passage.is_glued(idx)
        || idx == 0
        || matches!(passage.word(idx - 1), "(" | "-" | "−" | "$" | "€" | "£");
    is_mark
        && is_free
        && passage.is_glued(idx + 1)
        && passage.token(idx + 1).is_some_and(|token| token.kind == TokenKind::Digits)
}

pub(super) fn digits_of(passage: &Passage<'_>, idx: usize) -> Option<String> {
    let token = passage.token(idx).filter(|token| token.kind == TokenKind::Digits)?;
    let digits = passage.text.get(token.range())?.chars().filter_map(digit_value);
    Some(digits.filter_map(|digit| char::from_digit(digit, 10)).collect())
}

/// The next group of digits and the separator before it, if they belong to the same number.
fn next_part(passage: &Passage<'_>, idx: usize, parts: &[Part]) -> Option<(char, String, usize)> {
    let separators = &passage.separators;
    let last = passage.token(idx.checked_sub(1)?)?;
    let token = passage.token(idx)?;
    if token.kind == TokenKind::Digits {
        // A blank separates groups of exactly three.
        let gap = passage.text.get(last.end..token.start)?;
        let mut blanks = gap.chars();
        let (blank, None) = (blanks.next()?, blanks.next()) else {
            return None;
        };
        let digits = digits_of(passage, idx)?;
        let first_fits = parts.first().is_some_and(|part| part.digits.len() <= 3);
        let same = parts.iter().skip(1).all(|part| part.separator.is_some_and(is_blank));
        // "1 414 021 100": three groups and more are one number whatever the language groups by.
        let is_known = separators.group.contains(&blank)
            || parts.len() > 1
            || are_groups(passage, idx)
            || is_group_of_a_count(passage, idx);
        let fits = is_blank(blank) && is_known && digits.len() == 3 && first_fits && same;
        return fits.then_some((blank, digits, idx + 1));
    }
    let sign = passage.word(idx);
    let mut chars = sign.chars();
    let (separator, None) = (half_width(chars.next()?), chars.next()) else {
        return None;
    };
    let known = separators.decimal.contains(&separator)
        || separators.group.contains(&separator)
        || matches!(separator, '.' | ',');
    if !known || token.spaced || !passage.is_glued(idx + 1) {
        return None;
    }
    let digits = digits_of(passage, idx + 1)?;
    Some((separator, digits, idx + 2))
}

/// Whether two groups of three digits stand at a token and no third figure behind them, each behind one blank.
fn are_groups(passage: &Passage<'_>, idx: usize) -> bool {
    const GROUPS: usize = 2;
    let is_group = |at: usize| {
        let is_digits = passage.token(at).is_some_and(|token| token.kind == TokenKind::Digits);
        let gap =
            passage.token(at - 1).zip(passage.token(at)).map_or(0, |(one, other)| other.start - one.end);
        is_digits && gap == 1 && passage.word(at).len() == 3
    };
    let leads = !passage.word(idx - 1).starts_with('0');
    leads && (idx..idx + GROUPS).all(is_group)
}

/// Whether a token closes one number with the one before it, because a plural stands right behind them and nothing before them that
/// a number of its own belongs to: "about 2 600 people", but "group 2 600 people" and "on May 2 600 people".
fn is_group_of_a_count(passage: &Passage<'_>, idx: usize) -> bool {
    let Some(first) = idx.checked_sub(1) else { return false };
    let is_named = first.checked_sub(1).is_some_and(|before| {
        let opens = before == 0 || matches!(passage.word(before - 1), "." | "!" | "?" | ":" | "\"" | "“");
        !opens && passage.word(before).starts_with(char::is_uppercase)
    });
    let leads = !passage.word(first).starts_with('0');
    leads && !is_named && !noise::ends_label(passage, first) && noun::is_close(passage, idx + 1)
}

/// "10^6", "6.02×10^23", "1.5e9": the number that a power makes of it, with the token behind it; the number itself where
/// none follows.
fn power(passage: &Passage<'_>, number: Number, next: usize) -> (Number, usize) {
    raised(passage, &number, next).unwrap_or((number, next))
}

fn raised(passage: &Passage<'_>, number: &Number, next: usize) -> Option<(Number, usize)> {
    let PrintedFigure::One(value) = number.figure else { return None };
    let is_glued_word = |at: usize, words: &[&str]| passage.is_glued(at) && words.contains(&passage.word(at));
    // A power of the figure itself is exact; one of ten keeps the figure's precision.
    let is_own = is_glued_word(next, &["^"]);
    let (base, factor, sign_at) = if is_own {
        (value, Decimal::ONE, next + 1)
    } else if is_glued_word(next, &["e", "E"]) {
        (Decimal::TEN, value, next + 1)
    } else if matches!(passage.word(next), "x" | "×")
        && passage.word(next + 1) == "10"
        && is_glued_word(next + 2, &["^"])
    {
        (Decimal::TEN, value, next + 3)
    } else {
        return None;
    };
    let is_negative = is_glued_word(sign_at, &["-", "−"]);
    let exponent_at = sign_at + usize::from(is_negative || is_glued_word(sign_at, &["+"]));
    let exponent: u32 = passage.word(exponent_at).parse().ok().filter(|_| passage.is_glued(exponent_at))?;
    /// A larger power of anything but one has more digits than a number here may have.
    const LARGEST: u32 = 99;
    let mut product = Decimal::ONE;
    for _ in 0..exponent.min(LARGEST) {
        product = product.checked_mul(base)?;
    }
    let product = if is_negative { Decimal::ONE.checked_div(product)? } else { product };
    let value = factor.checked_mul(product)?;
    let grain = if is_own { Decimal::ONE } else { number.grain.checked_mul(product)? };
    Some((Number { figure: PrintedFigure::One(value), grain, from_zeros: false }, exponent_at + 1))
}

fn half_width(c: char) -> char {
    match c {
        '，' => ',',
        '．' => '.',
        _ => c,
    }
}

/// Settles which separators group and which one begins the decimals.
fn assemble(passage: &Passage<'_>, parts: &[Part]) -> Option<Number> {
    let separators = &passage.separators;
    let (last, groups) = parts.split_last()?;
    let is_grouped = |parts: &[Part]| {
        let first =
            parts.first().is_some_and(|part| (1..=3).contains(&part.digits.len()) && part.digits != "0");
        let inner = parts.iter().skip(1);
        let separator = parts.get(1).and_then(|part| part.separator);
        let same = inner.clone().all(|part| part.separator == separator);
        let threes = inner.clone().all(|part| part.digits.len() == 3);
        let twos = separators.indian
            && parts.len() > 2
            && parts.iter().skip(1).rev().skip(1).all(|part| part.digits.len() == 2)
            && parts.last().is_some_and(|part| part.digits.len() == 3);
        parts.len() == 1 || first && same && (threes || twos)
    };
    let Some(separator) = last.separator else {
        // "007", "0142": a code.
        let is_code = last.digits.len() > 1 && last.digits.starts_with('0');
        return if is_code { None } else { number(&last.digits, "") };
    };
    let groups_here = separators.group.contains(&separator) || is_blank(separator);
    let decimals_here = separators.decimal.contains(&separator);
    let whole: String = groups.iter().map(|part| part.digits.as_str()).collect();
    // "1.234" is grouped where the page groups by this mark; "1,5" has decimals even where the page does not use the
    // comma so, because no list is written without blanks.
    if groups_here && is_grouped(parts) && !(decimals_here && parts.len() == 2) {
        return number(&format!("{whole}{}", last.digits), "");
    }
    let fits = is_grouped(groups) && parts.iter().rev().skip(1).all(|part| part.separator != Some(separator));
    if fits && (decimals_here || !groups_here || last.digits.len() != 3 || !is_grouped(parts)) {
        return number(&whole, &last.digits);
    }
    None
}

fn number(whole: &str, decimals: &str) -> Option<Number> {
    let text = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
    let value = Decimal::from_str_exact(&text).ok()?;
    let (grain, from_zeros) = if decimals.is_empty() {
        grain_of(value)
    } else {
        (Decimal::try_new(1, u32::try_from(decimals.len()).ok()?).ok()?, false)
    };
    Some(Number { figure: PrintedFigure::One(value), grain, from_zeros })
}

/// The place value of the last digit of a whole number that is not zero, and whether zeros stand behind it.
pub(super) fn grain_of(value: Decimal) -> (Decimal, bool) {
    let mut grain = Decimal::ONE;
    while !value.is_zero() {
        let Some(next) = grain.checked_mul(Decimal::TEN) else {
            break;
        };
        if !(value % next).is_zero() {
            break;
        }
        grain = next;
    }
    (grain, grain > Decimal::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::in_passage;

    fn value(id: &str, text: &str) -> Option<String> {
        in_passage(id, text, told)
    }

    fn told(passage: &Passage<'_>) -> Option<String> {
        match read(passage, 0)? {
            Digits::Number(Number { figure: PrintedFigure::One(value), grain, .. }, next) => {
                Some(format!("{value} {grain} {next}/{}", passage.tokens.len()))
            }
            Digits::Number(..) | Digits::Other(_) | Digits::Endless(_) => None,
        }
    }

    #[test]
    fn separators_are_settled_by_the_page_and_the_digits() {
        for (id, text, read) in [
            ("en", "1,234.50", "1234.50 0.01 5/5"),
            ("en", "188,000", "188000 1000 3/3"),
            ("en", "50,65,000", "5065000 1000 5/5"),
            ("en", "1.234", "1.234 0.001 3/3"),
            ("en", "1,5", "1.5 0.1 3/3"),
            ("en", "1\u{a0}300", "1300 100 2/2"),
            ("en", "２，５００", "2500 100 3/3"),
            ("en", "1\u{200b}2\u{feff},5\u{ad}00", "12500 100 3/3"),
            ("en", "3 400", "3 1 1/2"),
            ("en", "2 600 people", "2600 100 2/3"),
            ("en", "2 600 killed", "2 1 1/3"),
            ("de", "1.234,5", "1234.5 0.1 5/5"),
            ("de", "1.234", "1234 1 3/3"),
            ("fr", "13 009", "13009 1 2/2"),
        ] {
            assert_eq!(value(id, text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn figures_that_are_no_number_are_told_apart() {
        for text in ["1.2.3", "192.168.0.1", "999999999999999999999999999999999"] {
            assert_eq!(value("en", text), None, "{text}");
        }
    }
}
