//! Times that something took, told by colons: "3:04:18", "6:10 a mile".

use rust_decimal::Decimal;

use super::{Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role, unit};
use crate::lang::Term;
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// The time that begins at a token, and the token behind it.
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    running_time(passage, idx).or_else(|| minutes(passage, idx)).or_else(|| pace(passage, idx))
}

/// A time of hours, minutes and seconds: "3:04:18".
fn running_time(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let is_colon = |at: usize| passage.word(at) == ":" && passage.is_glued(at);
    if !is_colon(idx + 1) || !is_colon(idx + 3) || passage.is_glued(idx) && idx > 0 || is_colon(idx + 5) {
        return None;
    }
    // "18:00:00 GMT" is a time of day.
    let is_clock = |term: &Term| matches!(term, Term::Clock).then_some(());
    if passage.tokens.longest(idx + 5, is_clock).is_some() {
        return None;
    }
    let part = |at: usize| -> Option<Decimal> {
        let word = passage.word(at);
        let is_whole = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i64>()
            .ok()
            .filter(|_| is_whole && (at == idx || passage.is_glued(at)))
            .map(Decimal::from)
    };
    let sixty = Decimal::from(60);
    let (hours, minutes, seconds) = (part(idx)?, part(idx + 2)?, part(idx + 4)?);
    // "14:05:33" is a time of day.
    let is_clock = hours >= Decimal::TEN || passage.word(idx).starts_with('0');
    if is_clock || minutes >= sixty || seconds >= sixty {
        return None;
    }
    let value = hours.checked_mul(sixty)?.checked_add(minutes)?.checked_mul(sixty)?.checked_add(seconds)?;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let text = passage.token(idx)?.start..passage.token(idx + 4)?.end;
    let reads = Reads::Figure { number, candidates: vec![Candidate::of(unit)] };
    Some((Mention { text, reads, hedge: None, role: Role::Own }, idx + 5))
}

/// A time of minutes, seconds and hundredths: "3:58.21".
fn minutes(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let seconds = minutes_and_seconds(passage, idx)?;
    let hundredths = passage.word(idx + 4);
    let is_decimal = matches!(passage.word(idx + 3), "." | ",")
        && (1..=3).contains(&hundredths.len())
        && hundredths.bytes().all(|byte| byte.is_ascii_digit())
        && passage.is_glued(idx + 3)
        && passage.is_glued(idx + 4)
        && (idx == 0 || !passage.is_glued(idx));
    if !is_decimal {
        return None;
    }
    let value = Decimal::from_str_exact(&format!("{seconds}.{hundredths}")).ok()?;
    let grain = Decimal::try_new(1, value.scale()).ok()?;
    let number = Number { figure: PrintedFigure::One(value), grain, from_zeros: false };
    let candidates = vec![Candidate::of(CandidateUnit::Settled(Unit::measured("s")?))];
    let text = passage.token(idx)?.start..passage.token(idx + 4)?.end;
    let reads = Reads::Figure { number, candidates };
    Some((Mention { text, reads, hedge: None, role: Role::Own }, idx + 5))
}

/// The seconds of "3:58" at a token.
fn minutes_and_seconds(passage: &Passage<'_>, idx: usize) -> Option<Decimal> {
    let part = |at: usize| -> Option<Decimal> {
        let word = passage.word(at);
        let is_figures = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i64>().ok().filter(|_| is_figures).map(Decimal::from)
    };
    if passage.word(idx + 1) != ":" || !passage.is_glued(idx + 1) || !passage.is_glued(idx + 2) {
        return None;
    }
    let sixty = Decimal::from(60);
    let seconds = part(idx + 2).filter(|seconds| *seconds < sixty)?;
    part(idx)?.checked_mul(sixty)?.checked_add(seconds)
}

/// A time for a length: "6:10 a mile", "3:22/km".
fn pace(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let value = minutes_and_seconds(passage, idx)?;
    let (per, end) = unit::per_unit(passage, passage.token(idx + 2)?.end, None)?;
    if per.dimension != Dimension::Length {
        return None;
    }
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let candidates = vec![Candidate { per: Some(per), ..Candidate::of(unit) }];
    let text = passage.token(idx)?.start..end;
    let reads = Reads::Figure { number, candidates };
    let next = passage.token_at(end);
    Some((Mention { text, reads, hedge: None, role: Role::Own }, next))
}
