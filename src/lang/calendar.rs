//! Dates as a language writes them.

use jiff::civil::Date;

use super::words::{Token, TokenKind, digit_value};
use super::{DateOrder, Lexicon, Term, Tokens};

/// A date of which not every part may be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedDate {
    /// The year, if stated.
    pub year: Option<i16>,
    /// What is named of the year.
    pub part: YearPart,
}

/// A stretch of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearPart {
    /// A day.
    Day {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// A whole month, 1 to 12.
    Month(i8),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A half, 1 or 2.
    Half(i8),
}

impl StatedDate {
    /// The first and the last day, both inclusive, with `year` standing in where none is stated; nothing where there
    /// is no such day.
    #[must_use]
    pub fn days(&self, year: Option<i16>) -> Option<(Date, Date)> {
        let year = self.year.or(year)?;
        let month_end = |month: i8| Date::new(year, month, 1).ok().map(Date::last_of_month);
        let months = |first: i8, last: i8| Some((Date::new(year, first, 1).ok()?, month_end(last)?));
        match self.part {
            YearPart::Day { month, day } => Date::new(year, month, day).ok().map(|date| (date, date)),
            YearPart::Month(month) => months(month, month),
            YearPart::Quarter(quarter) => months(quarter * 3 - 2, quarter * 3),
            YearPart::Half(half) => months(half * 6 - 5, half * 6),
        }
    }

    /// The month and day, where a day is named.
    #[must_use]
    pub fn month_and_day(&self) -> Option<(i8, i8)> {
        match self.part {
            YearPart::Day { month, day } => Some((month, day)),
            YearPart::Month(_) | YearPart::Quarter(_) | YearPart::Half(_) => None,
        }
    }
}

/// The date that begins at a token, with its length in tokens.
#[must_use]
pub fn date_at(
    lexicon: &Lexicon,
    text: &str,
    tokens: &Tokens<'_>,
    idx: usize,
) -> Option<(usize, StatedDate)> {
    let token = tokens.get(idx)?;
    if token.kind != TokenKind::Digits && !token.starts_figure {
        return None;
    }
    let cursor = Cursor { lexicon, text, tokens };
    cursor
        .numeric(idx)
        .or_else(|| cursor.year_first(idx))
        .or_else(|| cursor.day_first(idx))
        .or_else(|| cursor.month_first(idx))
        .or_else(|| cursor.part_of_year(idx))
        .or_else(|| cursor.month_alone(idx))
}

/// The years that a text may mean by four figures.
pub const YEARS: std::ops::RangeInclusive<i16> = 1500..=2199;

struct Cursor<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    tokens: &'a Tokens<'a>,
}

impl Cursor<'_> {
    fn token(&self, idx: usize) -> Option<&Token> {
        self.tokens.get(idx)
    }

    /// The value of a token of figures alone, with their number; nothing where a separator glues more figures to it.
    fn figures(&self, idx: usize) -> Option<(i16, usize)> {
        let token = self.token(idx).filter(|token| token.kind == TokenKind::Digits)?;
        let (mut value, mut length): (i16, usize) = (0, 0);
        for digit in self.text.get(token.range())?.chars().filter_map(digit_value) {
            value = value.checked_mul(10)?.checked_add(i16::try_from(digit).ok()?)?;
            length += 1;
        }
        Some((value, length))
    }

    fn day(&self, idx: usize) -> Option<i8> {
        let (value, length) = self.figures(idx)?;
        (length <= 2 && (1..=31).contains(&value)).then(|| i8::try_from(value).ok()).flatten()
    }

    fn year(&self, idx: usize) -> Option<i16> {
        let (value, length) = self.figures(idx)?;
        (length == 4 && YEARS.contains(&value) && !self.goes_on(idx)).then_some(value)
    }

    /// Whether more figures are glued behind a token by a separator: "1,200", "3.5".
    fn goes_on(&self, idx: usize) -> bool {
        let glued = |at: usize| self.token(at).filter(|token| !token.spaced);
        glued(idx + 1).is_some_and(|sign| sign.kind == TokenKind::Symbol && sign.end - sign.start == 1)
            && glued(idx + 2).is_some_and(|next| next.kind == TokenKind::Digits)
    }

    fn is(&self, idx: usize, wanted: char) -> bool {
        self.token(idx)
            .and_then(|token| self.text.get(token.range()))
            .is_some_and(|word| word.chars().eq([wanted]))
    }

    fn month(&self, idx: usize) -> Option<(usize, i8)> {
        self.tokens.longest(idx, |term| if let Term::Month(month) = term { Some(*month) } else { None })
    }

    fn skip_joiner(&self, idx: usize) -> usize {
        let joiner =
            self.tokens.longest(idx, |term| if let Term::DayMonthJoiner = term { Some(()) } else { None });
        idx + joiner.map_or(0, |(length, ())| length)
    }

    /// "2026-07-02", "02/07/2026", "2026.7.2".
    fn numeric(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let sign =
            ['-', '/', '.'].into_iter().find(|sign| self.is(idx + 1, *sign) && self.is(idx + 3, *sign))?;
        if (idx + 1..idx + 5).any(|at| self.token(at).is_none_or(|token| token.spaced)) {
            return None;
        }
        let parts = [self.figures(idx)?, self.figures(idx + 2)?, self.figures(idx + 4)?];
        let order = match (parts[0].1, parts[2].1) {
            (4, 1 | 2) => DateOrder::Ymd,
            (1 | 2, 4) if parts[0].0 > 12 => DateOrder::Dmy,
            (1 | 2, 4) if parts[1].0 > 12 => DateOrder::Mdy,
            (1 | 2, 4) if parts[0].0 == parts[1].0 => DateOrder::Dmy,
            (1 | 2, 4) if sign == '.' => DateOrder::Dmy,
            (1 | 2, 4) => self.lexicon.date_order,
            _ => return None,
        };
        let (year, month, day) = match order {
            DateOrder::Ymd => (parts[0].0, parts[1].0, parts[2].0),
            DateOrder::Dmy => (parts[2].0, parts[1].0, parts[0].0),
            DateOrder::Mdy => (parts[2].0, parts[0].0, parts[1].0),
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()?;
        Some((5, StatedDate { year: Some(year), part: YearPart::Day { month, day } }))
    }

    /// One for a character of a script without spaces: "日" of "2日".
    fn unspaced(&self, at: usize) -> usize {
        let word = self.token(at).and_then(|token| self.text.get(token.range())).unwrap_or_default();
        usize::from(word.chars().next().is_some_and(super::words::is_unspaced))
    }

    /// "2026年7月2日": a year, at most one character, a month, a day.
    fn year_first(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let year = self.year(idx)?;
        let unspaced = |at: usize| self.unspaced(at);
        let at = idx + 1 + unspaced(idx + 1);
        if at == idx + 1 {
            return None;
        }
        let (length, month) = self.month(at)?;
        let day_at = at + length;
        match self.day(day_at) {
            Some(day) if unspaced(day_at + 1) == 1 => {
                Some((day_at + 2 - idx, StatedDate { year: Some(year), part: YearPart::Day { month, day } }))
            }
            Some(_) | None => {
                Some((day_at - idx, StatedDate { year: Some(year), part: YearPart::Month(month) }))
            }
        }
    }

    /// "2 July 2026", "2nd of July".
    fn day_first(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let day = self.day(idx)?;
        let dot = usize::from(self.is(idx + 1, '.') && self.token(idx + 2).is_some_and(|next| next.spaced));
        let at = self.skip_joiner(self.skip_joiner(idx + 1 + dot));
        let (length, month) = self.month(at)?;
        let part = YearPart::Day { month, day };
        let after = self.skip_joiner(at + length);
        let after = after + usize::from(self.is(after, ','));
        match self.year(after) {
            Some(year) => Some((after + 1 - idx, StatedDate { year: Some(year), part })),
            None => Some((at + length - idx, StatedDate { year: None, part })),
        }
    }

    /// "July 2, 2026", "July 2", "July 2026".
    fn month_first(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let (length, month) = self.month(idx)?;
        let at = self.skip_joiner(idx + length);
        if let Some(year) = self.year(at) {
            return Some((at + 1 - idx, StatedDate { year: Some(year), part: YearPart::Month(month) }));
        }
        let day = self.day(at).filter(|_| !self.goes_on(at))?;
        let part = YearPart::Day { month, day };
        let suffix = self.skip_joiner(at + 1);
        let after = suffix + usize::from(self.is(suffix, ','));
        match self.year(after) {
            Some(year) => Some((after + 1 - idx, StatedDate { year: Some(year), part })),
            // "7月2日".
            None if self.unspaced(at + 1) == 1 => Some((suffix - idx, StatedDate { year: None, part })),
            None => Some((at + 1 - idx, StatedDate { year: None, part })),
        }
    }

    /// "In September": a month's whole name behind a word that leads to a time, as tall as the page writes it.
    fn month_alone(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let (length, month) = self.month(idx)?;
        self.tokens.ending_before(idx, |term| matches!(term, Term::YearBefore).then_some(()))?;
        let name = self.text.get(self.token(idx)?.range())?;
        let is_whole = length == 1 && self.lexicon.months.contains(name);
        is_whole.then_some((length, StatedDate { year: None, part: YearPart::Month(month) }))
    }

    /// "the third quarter of 2027", "H1 2026".
    fn part_of_year(&self, idx: usize) -> Option<(usize, StatedDate)> {
        let (length, part) = self.tokens.longest(idx, |term| {
            if let Term::Quarter(quarter) = term {
                Some(YearPart::Quarter(*quarter))
            } else if let Term::Half(half) = term {
                Some(YearPart::Half(*half))
            } else {
                None
            }
        })?;
        let at = self.skip_joiner(idx + length);
        let year = self.year(at)?;
        Some((at + 1 - idx, StatedDate { year: Some(year), part }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(id: &str, text: &str) -> Option<String> {
        let lexicon = Lexicon::of(id);
        let cut = lexicon.tokens(text, 0..text.len());
        let (length, date) = date_at(lexicon, text, &cut, 0)?;
        let (first, last) = date.days(Some(1999))?;
        Some(format!("{first}..{last} {length}/{}", cut.len()))
    }

    #[test]
    fn dates_are_read_in_every_order() {
        for (id, text, days) in [
            ("en", "July 2, 2026", "2026-07-02..2026-07-02 4/4"),
            ("en", "2 July 2026", "2026-07-02..2026-07-02 3/3"),
            ("en", "2nd of July", "1999-07-02..1999-07-02 4/4"),
            ("en", "Sept. 16 (", "1999-09-16..1999-09-16 3/4"),
            ("en", "September 2025", "2025-09-01..2025-09-30 2/2"),
            ("en", "third quarter of 2027", "2027-07-01..2027-09-30 4/4"),
            ("en", "2026-07-02T", "2026-07-02..2026-07-02 5/6"),
            ("de", "3. März 2026", "2026-03-03..2026-03-03 4/4"),
            ("fr", "20 janvier 2026", "2026-01-20..2026-01-20 3/3"),
            ("ja", "2026年7月2日", "2026-07-02..2026-07-02 6/6"),
        ] {
            assert_eq!(read(id, text).as_deref(), Some(days), "{text}");
        }
    }

    #[test]
    fn figures_that_only_look_like_dates_are_none() {
        for text in ["May 1,200 people", "31 people", "2026", "45 July", "march on"] {
            assert_eq!(read("en", text), None, "{text}");
        }
    }
}
