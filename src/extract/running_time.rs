//! Times that something took, told by colons: "2:21:47", "5:25 a mile".

use rust_decimal::Decimal;

use super::{Candidate, CandidateUnit, Mention, Number, Passage, Reads, Role, unit};
use crate::lang::Term;
use crate::quantity::{Dimension, PrintedFigure, Unit};

/// The time that begins at a token, and the token behind it.
pub(super) fn read(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    running_time(passage, idx).or_else(|| pace(passage, idx))
}

/// A time of hours, minutes and seconds: "2:21:47".
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

/// A time for a length: "5:25 a mile", "3:22/km".
fn pace(passage: &Passage<'_>, idx: usize) -> Option<(Mention, usize)> {
    let part = |at: usize, most: usize| -> Option<Decimal> {
        let word = passage.word(at);
        let is_figures = word.len() <= most && word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<i64>().ok().filter(|_| is_figures).map(Decimal::from)
    };
    if passage.word(idx + 1) != ":" || !passage.is_glued(idx + 1) || !passage.is_glued(idx + 2) {
        return None;
    }
    let sixty = Decimal::from(60);
    let (minutes, seconds) = (part(idx, 2)?, part(idx + 2, 2).filter(|seconds| *seconds < sixty)?);
    let (per, end) = unit::per_unit(passage, passage.token(idx + 2)?.end, None)?;
    if per.dimension != Dimension::Length {
        return None;
    }
    let value = minutes.checked_mul(sixty)?.checked_add(seconds)?;
    let number = Number { figure: PrintedFigure::One(value), grain: Decimal::ONE, from_zeros: false };
    let unit = CandidateUnit::Settled(Unit::measured("s")?);
    let candidates = vec![Candidate { per: Some(per), ..Candidate::of(unit) }];
    let text = passage.token(idx)?.start..end;
    let reads = Reads::Figure { number, candidates };
    let next = passage.token_at(end);
    Some((Mention { text, reads, hedge: None, role: Role::Own }, next))
}
