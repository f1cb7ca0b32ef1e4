//! Dates that are slips of others, and days of the week that are not those of their dates.

use jiff::civil::Date;

use crate::document::{Document, NEAR_DAYS};
use crate::normalise::{Claim, Kind};
use crate::quantity::{Dimension, day_of};

/// A day of the week beside a date that is another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongWeekday {
    /// The weekday's claim.
    pub weekday: usize,
    /// The date's.
    pub date: usize,
    /// The date itself.
    pub day: Date,
}

/// Bytes that may stand between a weekday and its date: ", ", " (", ", the ".
const MOST_BETWEEN: usize = 7;

/// The weekdays that stand beside another day's date, in reading order.
pub(super) fn wrong_weekdays(documents: &[Document], claims: &[Claim]) -> Vec<WrongWeekday> {
    let mut wrong = Vec::new();
    for pair in claims.windows(2) {
        let [one, other] = pair else { continue };
        let (weekday, date) = if one.weekday.is_some() { (one, other) } else { (other, one) };
        let (Some(stated), None) = (weekday.weekday, date.weekday) else { continue };
        let is_beside = one.document == other.document
            && one.text.end <= other.text.start
            && is_between(documents, one, other)
            && date.quantity.unit.dimension == Dimension::Date;
        let Some(day) = date.value().and_then(day_of).filter(|_| is_beside) else { continue };
        let own = day.weekday().to_monday_one_offset();
        if own != stated && is_year_sure(documents, claims, date, day) {
            wrong.push(WrongWeekday { weekday: weekday.id, date: date.id, day });
        }
    }
    wrong
}

/// Whether nothing that ends a phrase stands between two claims.
fn is_between(documents: &[Document], one: &Claim, other: &Claim) -> bool {
    let Some(document) = documents.get(one.document) else { return false };
    let Some(between) = document.text.get(one.text.end..other.text.start) else { return false };
    let opens = |text: &str| text.starts_with(['(', '（']);
    // Behind its date a weekday stands in brackets: "7 August (Friday)"; else it is the next one's.
    let is_own = one.weekday.is_some()
        || between.is_empty()
        || opens(between.trim_start())
        || opens(document.slice(&other.text));
    is_own && between.len() <= MOST_BETWEEN && !between.contains(['.', ';', ':', '\n', '|', '-', '–'])
}

/// Whether a date's year is stated, or the report's own date leaves no doubt. In a report without one it is that of the other
/// reports where one of them gives the same day: "last year, on Saturday, 11 October" is of another.
fn is_year_sure(documents: &[Document], claims: &[Claim], date: &Claim, day: Date) -> bool {
    let Some(document) = documents.get(date.document) else { return false };
    let is_stated = document.slice(&date.text).contains(&day.year().to_string());
    let is_near = |printed: Date| printed.until(day).is_ok_and(|span| span.get_days().abs() <= NEAR_DAYS);
    let is_given = |claim: &Claim| {
        claim.document != date.document && claim.kind == Kind::Date && claim.value() == date.value()
    };
    is_stated
        || match (&document.published, document.near_date) {
            (Some(printed), _) => is_near(printed.date),
            (None, Some(near)) => is_near(near) && claims.iter().any(is_given),
            (None, None) => false,
        }
}

/// Whether two dates look like one that was written wrong: the same day of another year, or a year with one other digit.
///
/// The first and the last days of months end terms of every year, and two years in a row are seldom a slip: fairs and
/// races come back on their day.
pub(super) fn is_date_slip(a: &Claim, b: &Claim) -> bool {
    match (a.quantity.unit.dimension, b.quantity.unit.dimension) {
        (Dimension::Date, Dimension::Date) => {
            let day = |claim: &Claim| claim.value().and_then(day_of);
            let (Some(one), Some(other)) = (day(a), day(b)) else { return false };
            let is_term = [one, other].iter().any(|day| day.day() == 1 || *day == day.last_of_month());
            let is_yearly = one.year().abs_diff(other.year()) <= 1;
            (one.month(), one.day()) == (other.month(), other.day()) && !is_yearly && !is_term
        }
        (Dimension::Year, Dimension::Year) => {
            let digits = |claim: &Claim| claim.value().map(|year| year.normalize().to_string().into_bytes());
            let (Some(one), Some(other)) = (digits(a), digits(b)) else { return false };
            let differ = one.iter().zip(&other).filter(|(a, b)| a != b).count();
            let years = |claim: &Claim| claim.value().and_then(|year| i32::try_from(year).ok());
            let apart = years(a).zip(years(b)).map_or(0, |(a, b)| a.abs_diff(b));
            one.len() == other.len() && differ == 1 && apart >= FEWEST_YEARS
        }
        (_, _) => false,
    }
}

/// Years this far apart are no neighbours.
const FEWEST_YEARS: u32 = 5;
