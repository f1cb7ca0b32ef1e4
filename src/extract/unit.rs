//! What a number may be a number of: the signs and words around it.

use rust_decimal::Decimal;

use super::numeral::{Numeral, factor_at, length_of, term, value_at};
use super::{Candidate, CandidateUnit, Passage, fraction, noun, quotient, signs};
use crate::lang::words::{TokenKind, fold, is_kana};
use crate::lang::{Lexicon, NumberPart, Term, measure};
use crate::quantity::{Dimension, PrintedFigure, Unit};

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// What stands behind a number: scale and unit, as far as they are stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tail {
    /// The scale suffix.
    pub(super) scale: Option<Decimal>,
    /// The units that may be meant, each with a scale of its own (0.01 for cents, 10^6 where "m" is a million).
    pub(super) units: Vec<Candidate>,
    /// What is added in units: the half of "一吨半", the five tenths of "七成五".
    pub(super) more: Decimal,
    /// The byte behind it.
    pub(super) end: usize,
}

/// A unit before a number.
pub(super) struct Before {
    pub(super) candidate: Candidate,
    /// The byte it begins at.
    pub(super) start: usize,
    /// Whether the sign is also a letter or a word.
    pub(super) is_weak: bool,
}

/// The name of a unit or currency at a token that stands before its number: its length and what it means.
pub(super) fn named_before(passage: &Passage<'_>, idx: usize) -> Option<(usize, Candidate)> {
    term(passage, idx, candidate_before)
}

fn candidate_before(term: &Term) -> Option<Candidate> {
    let (scale, unit) = if let Term::CurrencyBefore(code) = term {
        (Decimal::ONE, Unit::money(code))
    } else if let Term::UnitBefore(scale, id) = term {
        (*scale, Unit::measured(id)?)
    } else {
        return None;
    };
    Some(Candidate::scaled(scale, CandidateUnit::Settled(unit)))
}

/// The currency sign, or the name of a currency or unit, before the number at a token; nothing before `floor`.
pub(super) fn before(passage: &Passage<'_>, idx: usize, floor: usize) -> Option<Before> {
    let start = passage.token(idx)?.start;
    // "風速は35メートル": a particle stands between.
    let is_particle = |at: &usize| {
        passage.word(*at).chars().all(is_kana) && passage.lexicon.is_stop_word(passage.word(*at))
    };
    let end = idx.checked_sub(1).filter(is_particle).unwrap_or(idx);
    let named = passage.tokens.ending_before(idx, candidate_before);
    if let Some((at, candidate)) = named.or_else(|| passage.tokens.ending_before(end, candidate_before))
        && let Some(begin) = passage.token(at).map(|token| token.start).filter(|begin| *begin >= floor)
    {
        return Some(Before { candidate, start: begin, is_weak: false });
    }
    // "時速は最大270キロ": so does a hedge, which stays the figure's own.
    let hedge = super::hedge::before(passage, idx).map(|(at, _)| at).filter(|at| passage.is_unspaced(*at));
    if let Some((_, candidate)) = hedge.and_then(|at| {
        let end = at.checked_sub(1).filter(is_particle).unwrap_or(at);
        passage
            .tokens
            .ending_before(at, candidate_before)
            .or_else(|| passage.tokens.ending_before(end, candidate_before))
    }) {
        return Some(Before { candidate, start, is_weak: false });
    }
    let is_digits = passage.token(idx)?.kind != TokenKind::Word;
    let text = passage.text.get(floor.min(start)..start)?;
    let found = signs::currency_before(text, passage.lexicon)?;
    // A code before a number in words is a name more often than not: "USD two", but "$ um bilhão".
    let is_sign = text.trim_end().ends_with(|c: char| !c.is_alphanumeric());
    (is_digits || is_sign).then(|| Before {
        candidate: Candidate::of(found.unit),
        start: start - found.length,
        is_weak: found.is_weak,
    })
}

/// A currency's name right before a figure that ends its phrase without a unit: "dólares 22,5 millones", "dollari 996".
pub(super) fn name_before(
    passage: &Passage<'_>,
    idx: usize,
    floor: usize,
    tail: &Tail,
    numeral: &Numeral,
) -> Option<Before> {
    let behind = passage.token_at(tail.end);
    let ends = passage.token(behind).is_none_or(|token| token.kind == TokenKind::Symbol && !token.spaced);
    let is_year = |value: Decimal| value >= Decimal::from(1800) && value < Decimal::from(2200);
    let is_year = tail.scale.is_none() && numeral.value().is_none_or(is_year);
    if !ends || !tail.units.is_empty() || is_year || passage.is_unspaced(idx.checked_sub(1)?) {
        return None;
    }
    let is_name =
        |term: &Term| matches!(term, Term::Currency(_) | Term::CurrencyFamily(_)).then(|| candidate(term));
    let (at, named) = passage.tokens.ending_before(idx, is_name)?;
    let start = passage.token(at)?.start;
    let is_label = passage.tokens.ending_before(idx, |term| matches!(term, Term::LabelBefore).then_some(()));
    let is_free = start >= floor && length_of(passage, at, &Term::WeakName) == 0 && is_label.is_none();
    named.filter(|_| is_free).map(|candidate| Before { candidate, start, is_weak: false })
}

/// Reads scale and unit behind a number that ends at a byte; `money` says that a currency stands before it.
pub(super) fn tail(passage: &Passage<'_>, end: usize, money: bool, numeral: &Numeral) -> Tail {
    let mut tail = Tail { scale: None, units: Vec::new(), more: Decimal::ZERO, end };
    let is_scaled = numeral.scale > Decimal::ONE;
    let is_share = matches!(numeral.number.figure, PrintedFigure::Fraction(_));
    if is_share {
        return tail;
    }
    let suffix = if is_scaled || numeral.is_words {
        signs::code_behind_suffix(passage.rest(end), &passage.lexicon.scale_suffixes)
    } else {
        scale_suffix(passage.rest(end), passage.lexicon, money)
    };
    if let Some((length, scale)) = suffix {
        let behind = end + length;
        let clash = signs::unit_after(passage.rest(end)).filter(|(unit_length, _)| *unit_length == length);
        match clash {
            Some((unit_length, unit)) if !money && unit_at(passage, behind).is_none() => {
                tail.units = metres_or_millions(passage, behind, scale, unit);
                tail.end = end + unit_length;
                return tail;
            }
            Some(_) | None => {
                tail.scale = Some(scale);
                tail.end = behind;
            }
        }
    }
    let counted = half_between(passage, tail.end);
    let found = unit_at(passage, counted.unwrap_or(tail.end));
    if let Some((candidates, unit_end)) = found.filter(|_| !is_weak_name(passage, &tail, numeral)) {
        tail.more = if counted.is_some() { HALF } else { Decimal::ZERO };
        tail.units = candidates;
        tail.end = unit_end;
        tenths_or_percent(numeral, &mut tail);
        scale_behind_currency(passage, &mut tail, is_scaled);
        per_behind_unit(passage, &mut tail);
        half_behind_unit(passage, &mut tail);
        tenth_behind_unit(passage, &mut tail);
    }
    tail
}

/// The scale suffix behind a figure, the letter that stands apart included: "$2.5 M"; without a currency only a letter
/// that is no unit's sign, so that "5 m" stays a length.
fn scale_suffix(rest: &str, lexicon: &Lexicon, money: bool) -> Option<(usize, Decimal)> {
    let apart = || {
        let found = signs::letter_after(rest, &lexicon.scale_suffixes)?;
        (money || signs::unit_after(rest).is_none()).then_some(found)
    };
    signs::suffix_after(rest, &lexicon.scale_suffixes).or_else(apart)
}

/// Whether a name that is a word of its own stands behind a small number without a scale: "11 won seats".
fn is_weak_name(passage: &Passage<'_>, tail: &Tail, numeral: &Numeral) -> bool {
    let idx = passage.token_at(tail.end);
    let weak = length_of(passage, idx, &Term::WeakName);
    let is_weak = weak > 0 && weak >= super::numeral::unit_length(passage, idx);
    let is_small = numeral.value().is_some_and(|value| value < Decimal::ONE_THOUSAND);
    is_weak && is_small && tail.scale.is_none() && numeral.scale == Decimal::ONE
}

/// "96m" is metres or millions: millions where a noun is counted right behind it.
fn metres_or_millions(
    passage: &Passage<'_>,
    behind: usize,
    scale: Decimal,
    unit: CandidateUnit,
) -> Vec<Candidate> {
    let measured = Candidate::of(unit);
    let at = passage.token_at(behind);
    let noun = noun::counted(passage, at).filter(|noun| noun.distance == 0 && noun::is_close(passage, at));
    let is_count = || counts_before(passage, passage.token_at(behind));
    match noun {
        None if is_count() => {
            let unit = CandidateUnit::Settled(Unit::of(Dimension::Number));
            vec![Candidate::scaled(scale, unit), measured]
        }
        Some(noun) => {
            vec![Candidate::scaled(scale, CandidateUnit::Settled(Unit::count(&noun.lemma))), measured]
        }
        None => {
            let unit = CandidateUnit::Settled(Unit::of(Dimension::Number));
            vec![measured, Candidate::scaled(scale, unit)]
        }
    }
}

/// Whether a word for what is counted, and for no length, stands close before a token: "Population: 8.3m".
fn counts_before(passage: &Passage<'_>, idx: usize) -> bool {
    const NEAR: usize = 8;
    const FAR: usize = 16;
    // "The museum drew 8.9m visitors, up from 7.7m": nothing behind it says that it is a length.
    let ends = passage.token(idx).is_none_or(|token| token.kind == TokenKind::Symbol);
    let reach = if ends { FAR } else { NEAR };
    let measured = |at: usize| {
        term(passage, at, |term| {
            let Term::Measure(id) = term else { return None };
            measure(id).map(|measure| &measure.of)
        })
    };
    let near = (idx.saturating_sub(reach)..idx).rev().find_map(measured).map(|(_, of)| of);
    near.is_some_and(|of| of.contains(&Dimension::Count) && !of.contains(&Dimension::Length))
}

/// "$70 a barrel", "86 litros por metro cuadrado".
fn per_behind_unit(passage: &Passage<'_>, tail: &mut Tail) {
    let of = tail.units.first().and_then(|candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) => Some(unit.clone()),
        CandidateUnit::Family(_) => None,
    });
    if of.as_ref().is_some_and(|unit| matches!(unit.dimension, Dimension::Percent | Dimension::Points)) {
        return;
    }
    if let Some((per, end)) = per_unit(passage, tail.end, of.as_ref()) {
        for candidate in &mut tail.units {
            candidate.per = Some(per.clone());
        }
        tail.end = end;
    }
}

/// "75 USD millones": the scale stands behind the currency.
fn scale_behind_currency(passage: &Passage<'_>, tail: &mut Tail, is_scaled: bool) {
    let is_money = tail.units.iter().any(|candidate| match &candidate.unit {
        CandidateUnit::Settled(unit) => unit.dimension == Dimension::Money,
        CandidateUnit::Family(_) => true,
    });
    let idx = passage.token_at(tail.end);
    if let Some((length, NumberPart::Scale(scale))) = factor_at(passage, idx)
        && is_money
        && !is_scaled
        && tail.scale.is_none()
        && let Some(last) = passage.token(idx + length - 1)
    {
        tail.scale = Some(scale);
        tail.end = last.end;
    }
}

/// "75折", "五五折": more than ten tenths are so many in a hundred.
fn tenths_or_percent(numeral: &Numeral, tail: &mut Tail) {
    let are_many = numeral.value().is_some_and(|value| value > Decimal::TEN);
    if let ([candidate], true) = (tail.units.as_mut_slice(), are_many) {
        let is_percent =
            matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == Dimension::Percent);
        if is_percent && candidate.scale == Decimal::TEN {
            candidate.scale = Decimal::ONE;
        }
    }
}

/// "七成五", "2割5分": a digit behind a tenth counts tenths of it, and "3割2分5厘" goes on to hundredths.
fn tenth_behind_unit(passage: &Passage<'_>, tail: &mut Tail) {
    if !matches!(tail.units.as_slice(), [candidate] if candidate.scale == Decimal::TEN) {
        return;
    }
    for part in [Decimal::TEN, Decimal::ONE_HUNDRED] {
        let idx = passage.token_at(tail.end);
        let word = value_at(passage, idx).filter(|(_, value)| *value < Decimal::TEN);
        let digit = || {
            passage.word(idx).parse::<u8>().ok().filter(|digit| *digit < 10).map(|digit| (1, digit.into()))
        };
        let Some((length, value)) = word.or_else(digit).filter(|_| passage.is_glued(idx)) else { return };
        let name = percent_length(passage, idx + length, part);
        let is_plain = word.is_some() && part == Decimal::TEN && passage.lexicon.number_style.positional;
        let Some(last) = passage.token(idx + length + name - 1).filter(|_| is_plain || name > 0) else {
            return;
        };
        tail.more += quotient(value, part).unwrap_or_default();
        tail.end = last.end;
    }
}

/// The length of the name at a token of what so many make ten percent of: "分", a percent, and "厘", a tenth of it.
fn percent_length(passage: &Passage<'_>, idx: usize, part: Decimal) -> usize {
    let is_part = |term: &Term| {
        matches!(term, Term::SmallerUnit(factor, code) if code == "%" && *factor * part == Decimal::TEN)
            .then_some(())
    };
    term(passage, idx, is_part).map_or(0, |(length, ())| length)
}

/// "两个半小时": the byte behind a counter and a half that stand between a number and its unit.
fn half_between(passage: &Passage<'_>, end: usize) -> Option<usize> {
    let idx = passage.token_at(end);
    let (counter, ()) = term(passage, idx, |term| matches!(term, Term::Counter(_)).then_some(()))?;
    let half = length_of(passage, idx + counter, &Term::HalfOf);
    let behind = idx + counter + half;
    let is_unit = half > 0 && super::numeral::unit_length(passage, behind) > 0;
    passage.token(behind - 1).filter(|_| is_unit).map(|token| token.end)
}

/// "一吨半", "3割半", "tres horas y media".
fn half_behind_unit(passage: &Passage<'_>, tail: &mut Tail) {
    let idx = passage.token_at(tail.end);
    let is_unspaced = passage.is_unspaced(idx);
    let half = length_of(passage, idx, &Term::HalfOf);
    let is_free = half > 0
        && length_of(passage, idx, &Term::Idiom) == 0
        && half >= super::numeral::unit_length(passage, idx);
    let length =
        if is_unspaced { if is_free { half } else { 0 } } else { fraction::half_behind(passage, idx) };
    if length > 0
        && let Some(last) = passage.token(idx + length - 1)
    {
        tail.more = HALF;
        tail.end = last.end;
    }
}

/// Whether a unit, a currency or a scale suffix begins at a token.
pub(super) fn begins(passage: &Passage<'_>, idx: usize) -> bool {
    let end = idx.checked_sub(1).and_then(|at| passage.token(at)).map_or(0, |token| token.end);
    unit_at(passage, end).is_some()
        || signs::suffix_after(passage.rest(end), &passage.lexicon.scale_suffixes).is_some()
}

/// "A barrel" of "$70 a barrel", "/MWh", "-a-day": what a figure is per one of, and the byte behind it. What recurs in time is no
/// unit but a period, save for the flow of a volume and for speed.
pub(super) fn per_unit(passage: &Passage<'_>, end: usize, of: Option<&Unit>) -> Option<(Unit, usize)> {
    let idx = passage.token_at(end);
    let idx = idx + passage.hyphen(idx);
    let per = length_of(passage, idx, &Term::Per);
    if per == 0 {
        return None;
    }
    let one = idx + per + passage.hyphen(idx + per);
    let start = passage.token(one)?.start;
    let named = term(passage, one, |term| if let Term::Unit(id) = term { Unit::measured(id) } else { None });
    let named = named.and_then(|(length, unit)| Some((unit, passage.token(one + length - 1)?.end)));
    let sign = || match signs::unit_after(passage.rest(start)) {
        Some((length, CandidateUnit::Settled(unit))) => Some((unit, start + length)),
        Some((_, CandidateUnit::Family(_))) | None => None,
    };
    named.or_else(sign).filter(|(unit, _)| may_be_per(unit, of))
}

/// What a figure is per one of where that stands before it, in a script without spaces: "每桶71美元", "배럴당 71달러",
/// "1バレル当たり71ドル", "㎡당 300만원".
pub(super) fn per_before(passage: &Passage<'_>, idx: usize, of: Option<&Unit>) -> Option<Unit> {
    let whole = |term: &Term| matches!(term, Term::WholeAfter).then_some(());
    let behind = passage.tokens.ending_before(idx, whole);
    let end = behind.map_or(idx, |(start, ())| start);
    let named = |term: &Term| if let Term::Unit(id) = term { Unit::measured(id) } else { None };
    let sign = || {
        let at = end.checked_sub(1).filter(|_| behind.is_some() && passage.is_glued(end))?;
        let (length, unit) = signs::unit_after(passage.word(at))?;
        let CandidateUnit::Settled(unit) = unit else { return None };
        (length == passage.word(at).len()).then_some((at, unit))
    };
    let (start, unit) = passage.tokens.ending_before(end, named).or_else(sign)?;
    let is_before = |term: &Term| matches!(term, Term::WholeBefore).then_some(());
    let is_per = behind.is_some() || passage.tokens.ending_before(start, is_before).is_some();
    let is_unspaced = passage.is_unspaced(start) || passage.is_unspaced(end);
    (is_per && is_unspaced && may_be_per(&unit, of)).then_some(unit)
}

/// Whether a figure may be per one of a unit: per day and per hour only where something flows or moves.
fn may_be_per(unit: &Unit, of: Option<&Unit>) -> bool {
    let is_flow = of.is_some_and(|unit| matches!(unit.dimension, Dimension::Volume | Dimension::Length));
    unit.dimension != Dimension::Percent && (unit.dimension != Dimension::Duration || is_flow)
}

/// The unit or currency that begins at a byte, after at most one blank, a hyphen or "of": its readings, likeliest
/// first, and the byte behind it.
pub(super) fn unit_at(passage: &Passage<'_>, end: usize) -> Option<(Vec<Candidate>, usize)> {
    let plain = |unit: CandidateUnit| vec![Candidate::of(unit)];
    let idx = passage.token_at(end);
    let glued_hyphen = passage.hyphen(idx);
    let connector = length_of(passage, idx, &Term::VagueConnector);
    // An elided connector leaves its apostrophe behind: "d'euros".
    let apostrophe = usize::from(connector > 0 && matches!(passage.word(idx + connector), "'" | "’"));
    for at in [idx, idx + glued_hyphen, idx + connector + apostrophe] {
        // "3.187 della settimana scorsa": of time, no unit.
        let is_fit = |candidates: &[Candidate]| at <= idx + glued_hyphen || !candidates.iter().all(is_time);
        if let Some((length, candidates)) = named_unit(passage, at).filter(|(_, found)| is_fit(found)) {
            let unit_end = passage.token(at + length - 1)?.end;
            // A sign that is longer than the name wins: "m³" over "m".
            let sign = signs::unit_after(passage.rest(end)).filter(|(sign, _)| end + sign > unit_end);
            return Some(match sign {
                Some((length, unit)) => (plain(unit), end + length),
                None => (candidates, unit_end),
            });
        }
    }
    let rest = passage.rest(end);
    let offset = |at: usize| passage.token(at).map(|token| token.start);
    let currency = signs::currency_after(rest).or_else(|| {
        let start = offset(idx + connector).filter(|_| connector > 0)?;
        signs::currency_after(passage.rest(start)).map(|(length, unit)| (start - end + length, unit))
    });
    let unit = signs::unit_after(rest).or_else(|| {
        let start = offset(idx + glued_hyphen).filter(|_| glued_hyphen > 0)?;
        signs::unit_after(passage.rest(start)).map(|(length, unit)| (start - end + length, unit))
    });
    match (currency, unit) {
        (Some((length, unit)), None) => Some((plain(unit), end + length)),
        (Some((length, unit)), Some((other, _))) if length >= other => Some((plain(unit), end + length)),
        (_, Some((length, unit))) => Some((plain(unit), end + length)),
        (None, None) => None,
    }
}

/// Whether a candidate is a stretch of time.
pub(super) fn is_time(candidate: &Candidate) -> bool {
    matches!(&candidate.unit, CandidateUnit::Settled(unit) if unit.dimension == Dimension::Duration)
}

/// The currencies and units that the longest name at a token stands for, in the order of the page's tables.
fn named_unit(passage: &Passage<'_>, idx: usize) -> Option<(usize, Vec<Candidate>)> {
    if passage.token(idx)?.kind == TokenKind::Digits {
        return None;
    }
    let (longest, _) = term(passage, idx, candidate)?;
    if begins_like_a_unit(passage, idx, longest) {
        return None;
    }
    let named = passage
        .tokens
        .terms_at(idx)
        .filter(|(length, _)| *length == longest)
        .filter_map(|(_, term)| candidate(term))
        .collect();
    Some((longest, named))
}

/// "원칙", "成功": a word that only begins like a unit of so many tokens; one that is written apart is none, and a word of
/// no content hides no unit: "90일이".
fn begins_like_a_unit(passage: &Passage<'_>, idx: usize, unit: usize) -> bool {
    let length = length_of(passage, idx, &Term::Idiom);
    let word = || {
        let (first, last) = (passage.token(idx)?, passage.token((idx + length).checked_sub(1)?)?);
        passage.text.get(first.start..last.end)
    };
    length > unit
        && (idx + 1..idx + length).all(|at| passage.is_glued(at))
        && !word().is_some_and(|word| passage.lexicon.is_stop_word(&fold(word)))
}

fn candidate(term: &Term) -> Option<Candidate> {
    let settled = |unit: Unit| CandidateUnit::Settled(unit);
    let (scale, unit) = if let Term::Currency(code) = term {
        (Decimal::ONE, settled(Unit::money(code)))
    } else if let Term::CurrencyFamily(id) = term {
        (Decimal::ONE, CandidateUnit::Family(id.clone()))
    } else if let Term::MinorUnit(id) = term {
        let is_code = crate::quantity::currency::currencies().get(id).is_some();
        let unit = if is_code { settled(Unit::money(id)) } else { CandidateUnit::Family(id.clone()) };
        (Decimal::new(1, 2), unit)
    } else if let Term::Unit(id) = term {
        (Decimal::ONE, settled(Unit::measured(id)?))
    } else if let Term::ScaledUnit(scale, id) = term {
        (*scale, settled(Unit::measured(id).unwrap_or_else(|| Unit::money(id))))
    } else {
        return None;
    };
    Some(Candidate::scaled(scale, unit))
}
