//! A whole number as it is read, part by part.
//!
//! A number is a pile of parts, each smaller than the last place of the one below it: a word or a run of digits is put
//! on top; a multiplier or scale takes every part that is smaller than itself, adds them up and multiplies the sum.
//! "Two million three hundred thousand", "三千五百", "2억 4천 4백만" and "zweihundertsieben" all come out of that.

use rust_decimal::Decimal;

use super::digits::{self, Digits, grain_of};
use super::numeral::{Numeral, factor_at, is_syllable_at, length_of, part_at, term, unit_length, value_at};
use super::{Number, Passage, fraction, noise};
use crate::lang::words::{TokenKind, fold};
use crate::lang::{NumberPart, Term, date_at};
use crate::quantity::{Hedge, PrintedFigure};

/// What stands at a token.
pub(super) enum Start {
    Pile(Pile),
    Other(usize),
    Nothing,
}

/// The parts of a number as they are read.
#[derive(Clone)]
pub(super) struct Pile {
    parts: Vec<Decimal>,
    /// The place value of the last digit that counts, and whether zeros behind it make that a guess.
    grain: Decimal,
    from_zeros: bool,
    /// The product of the scale words read last.
    scale: Decimal,
    /// The product of all factors read last.
    factors: Decimal,
    /// The factor read last, until a part is put on.
    factor: Option<Decimal>,
    is_words: bool,
    /// Whether it begins with a factor that nothing stands before: the "만" of "만 3년".
    is_alone: bool,
    hedge: Option<Hedge>,
    /// Whether it ends in a dozen, behind which no number goes on.
    is_closed: bool,
    next: usize,
}

impl Pile {
    fn new(next: usize) -> Pile {
        Pile {
            parts: Vec::new(),
            grain: Decimal::ONE,
            from_zeros: false,
            scale: Decimal::ONE,
            factors: Decimal::ONE,
            factor: None,
            is_words: true,
            is_alone: false,
            hedge: None,
            is_closed: false,
            next,
        }
    }

    /// Reads the number at a token, as far as its parts go.
    pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Start {
        let mut pile = Pile::new(idx);
        let is_digits = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
        if is_digits || digits::is_leading_point(passage, idx) {
            match digits::read(passage, idx) {
                Some(Digits::Number(number, next)) => pile.put_digits(&number, next),
                Some(Digits::Other(next) | Digits::Endless(next)) => return Start::Other(next),
                None => return Start::Nothing,
            }
        } else if let Some(next) = endless_digits(passage, idx) {
            return Start::Other(next);
        } else if !(pile.begin_with_article(passage)
            || pile.put_positional(passage)
            || pile.put_word(passage, idx)
            || pile.put_factor(passage, idx))
        {
            return Start::Nothing;
        }
        while pile.go_on(passage) {}
        pile.put_decimals(passage);
        Start::Pile(pile)
    }

    /// Reads one more part; false where the number ends.
    fn go_on(&mut self, passage: &Passage<'_>) -> bool {
        let idx = self.next;
        if self.put_factor(passage, idx)
            || self.put_factor(passage, idx + passage.hyphen(idx))
            || self.put_hedged_factor(passage, idx)
            || self.put_digits_behind(passage, idx)
        {
            return true;
        }
        if !self.is_words && self.factor.is_none() {
            return false;
        }
        let joiner = length_of(passage, idx, &Term::NumberJoiner).max(self.comma(passage, idx));
        let at = idx + joiner;
        // "Two and two thirds": the fraction has the better right to its word; "twenty-three fifths" is one number.
        let is_joined = joiner > 0 && !noise::is_hyphen(passage.word(idx));
        if is_joined && !self.binds(passage, at) && fraction::begins(passage, at) {
            return false;
        }
        let factor = self.factor;
        if !(self.put_word(passage, at) || joiner > 0 && self.put_factor(passage, at)) {
            return false;
        }
        if joiner == 0 && passage.lexicon.number_style.short_tail {
            self.lengthen_tail(passage, factor);
        }
        true
    }

    /// "One hundred and thirty fifths", "treinta y dos quintos": what a joiner adds to hundreds, and to tens where a
    /// fraction has a joiner of its own, belongs to the number before its fraction does.
    fn binds(&self, passage: &Passage<'_>, idx: usize) -> bool {
        let value = value_at(passage, idx).map(|(_, value)| value);
        let (Some(top), Some(value)) = (self.parts.last(), value) else { return false };
        let place = grain_of(*top).0;
        let is_number = place == Decimal::ONE_HUNDRED && value >= Decimal::TEN
            || place == Decimal::TEN && passage.lexicon.joins_fractions
            || place == Decimal::ONE_HUNDRED && passage.lexicon.joins_fractions;
        is_number && fits(*top, value)
    }

    /// "Fifty-six thousand, four hundred": a comma behind a scale, with hundreds behind it.
    fn comma(&self, passage: &Passage<'_>, idx: usize) -> usize {
        let is_behind_scale = self.is_words && self.scale > Decimal::ONE;
        let is_hundreds = || {
            let (length, _) = value_at(passage, idx + 1)?;
            factor_at(passage, idx + 1 + length).filter(|(_, part)| matches!(part, NumberPart::Multiplier(_)))
        };
        usize::from(passage.word(idx) == "," && is_behind_scale && is_hundreds().is_some())
    }

    fn put_digits(&mut self, number: &Number, next: usize) {
        if let PrintedFigure::One(value) = number.figure {
            self.is_words &= !self.parts.is_empty();
            self.push(value, number.grain, number.from_zeros);
            self.next = next;
        }
    }

    fn push(&mut self, value: Decimal, grain: Decimal, from_zeros: bool) {
        self.parts.push(value);
        (self.grain, self.from_zeros, self.factor) = (grain, from_zeros, None);
        (self.scale, self.factors) = (Decimal::ONE, Decimal::ONE);
    }

    /// "A million": the article counts as one.
    fn begin_with_article(&mut self, passage: &Passage<'_>) -> bool {
        let length = length_of(passage, self.next, &Term::Article);
        let is_article = length > 0
            && part_at(passage, self.next).is_none()
            && factor_at(passage, self.next + length).is_some();
        if is_article {
            self.push(Decimal::ONE, Decimal::ONE, false);
            self.next += length;
        }
        is_article
    }

    /// "二〇二四": digits in words, side by side like printed ones.
    fn put_positional(&mut self, passage: &Passage<'_>) -> bool {
        if !passage.lexicon.number_style.positional {
            return false;
        }
        let (digits, next) = digits_in_words(passage, self.next);
        let is_number = digits.len() > 1 && factor_at(passage, next).is_none();
        let Some(value) = Decimal::from_str_exact(&digits).ok().filter(|_| is_number) else { return false };
        self.push(value, Decimal::ONE, false);
        self.next = next;
        true
    }

    /// Puts on the word at a token, if it is a number that fits.
    fn put_word(&mut self, passage: &Passage<'_>, idx: usize) -> bool {
        if passage.token(idx).is_some_and(|token| passage.lexicon.is_compound(token)) {
            return self.put_compound(passage, idx);
        }
        let Some((length, value)) = value_at(passage, idx) else { return false };
        // "1만8천 세대": a word of counting goes on no number of another kind.
        // "三千两百" goes on, "三十两" is a weight.
        let is_bound = self.factor.is_some()
            && length_of(passage, idx, &Term::Bound) > 0
            && factor_at(passage, idx + length).is_none();
        // "마흔이 넘은": what only sounds like a number of the other set.
        let is_other = |term: &Term| matches!(term, Term::OtherSet).then_some(());
        let is_mixed = length_of(passage, idx, &Term::OtherSet) == 0
            && passage.tokens.ending_before(idx, is_other).is_some()
            && !self.parts.is_empty();
        let fits = !is_bound && !is_mixed && self.put(value);
        if fits {
            self.next = idx + length;
        }
        fits
    }

    fn put(&mut self, value: Decimal) -> bool {
        let fits = !self.is_closed && self.parts.last().is_none_or(|top| fits(*top, value));
        if fits {
            let (grain, from_zeros) = grain_of(value);
            self.push(value, grain, from_zeros);
        }
        fits
    }

    /// "Zweihundertsieben": the parts of one word, all of which must fit.
    fn put_compound(&mut self, passage: &Passage<'_>, idx: usize) -> bool {
        let mut pile = self.clone();
        let parts = passage.lexicon.number_parts(&fold(passage.word(idx))).unwrap_or_default();
        let all_fit = pile.put_parts(parts);
        if all_fit {
            pile.next = idx + 1;
            *self = pile;
        }
        all_fit
    }

    fn put_parts(&mut self, parts: Vec<NumberPart>) -> bool {
        parts.into_iter().all(|part| match part {
            NumberPart::Value(value) => self.put(value),
            NumberPart::Multiplier(_) | NumberPart::Scale(_) => self.multiply(part, true),
            NumberPart::Joiner => true,
        })
    }

    /// Takes the factor at a token.
    fn put_factor(&mut self, passage: &Passage<'_>, idx: usize) -> bool {
        let Some((length, part)) = factor_at(passage, idx) else { return false };
        // "3 cents" are cents, not three hundred.
        let is_unit = !self.is_words && unit_length(passage, idx) >= length;
        let is_alone = length_of(passage, idx, &Term::Alone) > 0;
        let fits = !is_unit && self.multiply(part, is_alone);
        if fits {
            self.next = idx + length;
        }
        fits
    }

    /// "一千多万": a hedge between a number and its scale.
    fn put_hedged_factor(&mut self, passage: &Passage<'_>, idx: usize) -> bool {
        let hedge =
            term(passage, idx, |term| if let Term::HedgeAfter(hedge) = term { Some(*hedge) } else { None });
        let joiner = length_of(passage, idx, &Term::NumberJoiner);
        if hedge.is_none() && joiner > 0 && passage.is_unspaced(idx) {
            return self.put_hedged_factor(passage, idx + joiner);
        }
        let Some((length, hedge)) = hedge.filter(|_| passage.is_unspaced(idx)) else { return false };
        let fits = self.put_factor(passage, idx + length);
        if fits {
            self.hedge = Some(hedge);
        }
        fits
    }

    /// Multiplies the parts that are smaller than a factor; one that is larger only if it is the first; where there is
    /// none, a factor that stands alone is put on as a part.
    fn multiply(&mut self, part: NumberPart, is_alone: bool) -> bool {
        let (factor, is_scale) = match part {
            NumberPart::Multiplier(factor) => (factor, false),
            NumberPart::Scale(factor) => (factor, true),
            NumberPart::Value(_) | NumberPart::Joiner => return false,
        };
        let smaller = self.parts.iter().rev().take_while(|part| **part < factor).count();
        // A dozen is no place of a number: it multiplies what is below a hundred, else all that stands before it.
        let is_place = grain_of(factor).0 == factor;
        let below = self.parts.iter().rev().take_while(|part| **part < Decimal::ONE_HUNDRED).count();
        let is_doubled = self.factor == Some(factor) && factor > Decimal::ONE_THOUSAND;
        let taken = match smaller {
            _ if self.is_closed => return false,
            _ if !is_place && below > 0 => below,
            _ if !is_place => self.parts.len(),
            // "四万万"; "105百万" are so many of a million.
            0 if is_doubled
                || is_scale && !self.is_words && self.factor.is_some_and(|last| last < factor) =>
            {
                1
            }
            0 if self.factor.is_none() => self.parts.len().min(1),
            _ => smaller,
        };
        let kept = self.parts.len() - taken;
        if taken == 0 && !is_alone {
            return false;
        }
        let sum = self.parts.iter().skip(kept).try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
        let product = if taken == 0 { Some(factor) } else { sum.and_then(|sum| sum.checked_mul(factor)) };
        let below = kept.checked_sub(1).and_then(|at| self.parts.get(at));
        let Some(product) = product.filter(|product| below.is_none_or(|below| fits(*below, *product))) else {
            return false;
        };
        self.is_closed |= !is_place;
        self.is_alone |= self.parts.is_empty();
        self.parts.truncate(kept);
        self.parts.push(product);
        let (grain, scale) = if taken == 0 { (Decimal::ONE, Decimal::ONE) } else { (self.grain, self.scale) };
        self.grain = grain.checked_mul(factor).unwrap_or(factor);
        self.from_zeros = !is_scale || taken == 0 || self.from_zeros;
        self.scale = if is_scale { scale.checked_mul(factor).unwrap_or(factor) } else { Decimal::ONE };
        let factors = if taken == 0 { Some(Decimal::ONE) } else { self.factors.checked_mul(factor) };
        self.factors = factors.unwrap_or(Decimal::ONE);
        self.factor = Some(factor);
        true
    }

    /// "一万三": a last digit right behind a factor counts the place below it.
    fn lengthen_tail(&mut self, passage: &Passage<'_>, factor: Option<Decimal>) {
        let place = factor
            .filter(|factor| *factor >= Decimal::ONE_HUNDRED)
            .and_then(|factor| factor.checked_div(Decimal::TEN));
        if let (Some(place), Some(last)) = (place, self.parts.last_mut())
            && *last < Decimal::TEN
            && part_at(passage, self.next).is_none()
            && let Some(value) = last.checked_mul(place)
        {
            *last = value;
            self.grain = place;
        }
    }

    /// "6兆4500億", "4천 820만": digits behind the scale of a script without spaces, smaller than it.
    fn put_digits_behind(&mut self, passage: &Passage<'_>, idx: usize) -> bool {
        let Some(factor) = self.factor else { return false };
        let joiner = length_of(passage, idx, &Term::NumberJoiner);
        if self.put_smaller_scale(passage, idx + joiner, factor)
            || joiner > 0 && self.put_joined_digits(passage, idx + joiner, factor)
        {
            return true;
        }
        if passage.token(idx).is_none_or(|token| token.kind != TokenKind::Digits) {
            return false;
        }
        let Some(Digits::Number(number, next)) = digits::read(passage, idx) else { return false };
        let PrintedFigure::One(value) = number.figure else { return false };
        if !idx.checked_sub(1).is_some_and(|at| passage.is_unspaced(at)) {
            return self.put_thousands(passage, &number, next);
        }
        // What stands apart and has no scale or unit of its own is another figure.
        let goes_on = factor_at(passage, next).is_some()
            || is_syllable_at(passage, idx - 1) && unit_length(passage, next) > 0 && !self.is_alone;
        let is_apart = !passage.is_glued(idx) && !goes_on;
        if is_apart || value >= factor || !self.parts.last().is_some_and(|top| fits(*top, value)) {
            return false;
        }
        self.put_digits(&number, next);
        true
    }

    /// "3 hundred and 21", "1千零20": digits behind a hundred and its joiner, or behind the zero of a script without spaces.
    fn put_joined_digits(&mut self, passage: &Passage<'_>, idx: usize, factor: Decimal) -> bool {
        let is_place = passage.is_unspaced(idx - 1) || factor == Decimal::ONE_HUNDRED;
        let is_digits = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
        let Some(Digits::Number(number, next)) =
            (is_place && is_digits).then(|| digits::read(passage, idx)).flatten()
        else {
            return false;
        };
        let PrintedFigure::One(value) = number.figure else { return false };
        let fits = value.fract().is_zero() && self.parts.last().is_some_and(|top| fits(*top, value));
        if fits {
            self.put_digits(&number, next);
        }
        fits
    }

    /// "3 milhões e 250 mil": digits with a smaller scale of their own.
    fn put_smaller_scale(&mut self, passage: &Passage<'_>, idx: usize, factor: Decimal) -> bool {
        let is_digits = passage.token(idx).is_some_and(|token| token.kind == TokenKind::Digits);
        let Some(Digits::Number(number, next)) = is_digits.then(|| digits::read(passage, idx)).flatten()
        else {
            return false;
        };
        let (PrintedFigure::One(value), Some((_, NumberPart::Scale(scale)))) =
            (number.figure, factor_at(passage, next))
        else {
            return false;
        };
        let product = value.checked_mul(scale).filter(|product| scale < factor && *product < factor);
        let fits = product.is_some_and(|product| self.parts.last().is_some_and(|top| fits(*top, product)));
        if fits {
            self.put_digits(&number, next);
        }
        fits
    }

    /// "3 mil 500 millones", "2 millones 45 mil 7": what stands behind a thousand that is a word, three figures or the few
    /// of a number whose thousands are counted.
    fn put_thousands(&mut self, passage: &Passage<'_>, number: &Number, next: usize) -> bool {
        let idx = next - 1;
        let digits = passage.word(idx).len();
        let is_thousand = self.factor == Some(Decimal::ONE_THOUSAND) && number.grain <= Decimal::ONE_HUNDRED;
        // "Pagó 12 mil 24 horas después", "vendió 3 mil 20 de mayo": what stands behind is a time.
        let is_of_time = || {
            let end = passage.token(idx).map_or(0, |token| token.end);
            let unit = super::unit::unit_at(passage, end);
            unit.is_some_and(|(units, _)| units.iter().all(super::unit::is_time))
                || date_at(passage.lexicon, passage.text, passage.tokens, idx).is_some()
        };
        let is_tail = || {
            let goes_on = self.parts.len() > 1 || !self.is_alone && !is_of_time();
            digits < 3 && goes_on && !passage.word(idx).starts_with('0')
        };
        let PrintedFigure::One(value) = number.figure else { return false };
        let fits = is_thousand
            && (digits == 3 || is_tail())
            && self.parts.last().is_some_and(|top| fits(*top, value));
        if fits {
            self.put_digits(number, next);
        }
        fits
    }

    /// "Deux virgule cinq", "eighteen point four million": decimals in words, and the scale behind them.
    fn put_decimals(&mut self, passage: &Passage<'_>) {
        let point = length_of(passage, self.next, &Term::Point);
        // "Ciento treinta con dos quintos": what joins a fraction begins no decimals.
        let joins = length_of(passage, self.next, &Term::FractionJoiner) > 0;
        if point == 0 || joins && fraction::begins(passage, self.next + point) {
            return;
        }
        let (mut digits, mut next) = if self.is_words {
            digits_in_words(passage, self.next + point)
        } else {
            digits_behind_a_word(passage, self.next, point)
        };
        let is_positional = passage.lexicon.number_style.positional;
        if !is_positional && digits.bytes().all(|digit| digit == b'0') {
            let mut rest = Pile::new(next);
            while rest.put_word(passage, rest.next + length_of(passage, rest.next, &Term::NumberJoiner))
                || rest.parts.is_empty() && rest.put_factor(passage, rest.next)
            {}
            if let Some(sum) = rest.sum().filter(|sum| !sum.is_zero()) {
                digits.push_str(&sum.to_string());
                next = rest.next;
            }
        }
        // "三点二十" is twenty past three.
        let is_clock =
            is_positional && matches!(factor_at(passage, next), Some((_, NumberPart::Multiplier(_))));
        let value = self.sum().and_then(|whole| Decimal::from_str_exact(&format!("{whole}.{digits}")).ok());
        let grain = u32::try_from(digits.len()).ok().and_then(|places| Decimal::try_new(1, places).ok());
        if let (Some(value), Some(grain), false, false) = (value, grain, digits.is_empty(), is_clock) {
            self.parts.clear();
            self.push(value, grain, false);
            self.next = next;
            while self.put_factor(passage, self.next) {}
        }
    }

    fn sum(&self) -> Option<Decimal> {
        self.parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))
    }

    /// The number that the parts make; nothing on overflow.
    pub(super) fn finish(self) -> Option<Numeral> {
        let figure = PrintedFigure::One(self.sum()?.normalize());
        let scale = if self.parts.len() == 1 { self.scale } else { Decimal::ONE };
        let factors = if self.parts.len() == 1 { self.factors } else { Decimal::ONE };
        let number = Number { figure, grain: self.grain.normalize(), from_zeros: self.from_zeros };
        let Pile { next, is_words, hedge, .. } = self;
        Some(Numeral { number, scale, factors, next, is_words, hedge })
    }
}

/// The number that parts of one word make, where all of them fit.
pub(super) fn sum_of(parts: Vec<NumberPart>) -> Option<Decimal> {
    let mut pile = Pile::new(0);
    pile.put_parts(parts).then(|| pile.sum()).flatten()
}

/// The token behind more digits in words, side by side, than a number has.
fn endless_digits(passage: &Passage<'_>, idx: usize) -> Option<usize> {
    if !passage.lexicon.number_style.positional {
        return None;
    }
    let (digits, next) = digits_in_words(passage, idx);
    (digits.len() > digits::MOST_DIGITS).then_some(next)
}

/// The digits that stand side by side as words from a token on, and the token behind them.
fn digits_in_words(passage: &Passage<'_>, idx: usize) -> (String, usize) {
    let (mut digits, mut next) = (String::new(), idx);
    while let Some((length, value)) = value_at(passage, next).filter(|(_, value)| *value < Decimal::TEN) {
        digits.push_str(&value.normalize().to_string());
        next += length;
    }
    (digits, next)
}

/// The decimals in digits glued behind a point that is a word: "1点6%"; "1点6分後" and "10点5人" are two figures.
fn digits_behind_a_word(passage: &Passage<'_>, idx: usize, point: usize) -> (String, usize) {
    let at = idx + point;
    let is_clock = length_of(passage, idx, &Term::Clock) > 0;
    let is_glued = passage.is_unspaced(idx) && passage.is_glued(idx) && passage.is_glued(at) && !is_clock;
    let counts = |term: &Term| matches!(term, Term::Counter(_)).then_some(());
    let time = super::unit::unit_at(passage, passage.token(at).map_or(0, |token| token.end));
    let is_other = term(passage, at + 1, counts).is_some()
        || time.is_some_and(|(units, _)| units.iter().all(super::unit::is_time));
    let digits = digits::digits_of(passage, at).filter(|_| is_glued && !is_other);
    digits.map_or((String::new(), idx), |digits| (digits, at + 1))
}

/// Whether a part fits on top of another: below the last place of that one's digits.
pub(super) fn fits(below: Decimal, part: Decimal) -> bool {
    part > Decimal::ZERO && part < grain_of(below).0
}
