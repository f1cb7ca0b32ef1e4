//! Figures and dates as quantities, with what their digits and hedges leave open.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::document::Document;
use crate::extract::{Number, Reads};
use crate::lang::{StatedDate, YearPart};
use crate::quantity::{
    Bound, Dimension, Hedge, Interval, Precision, PrintedFigure, Quantity, Unit, day_number,
};
use crate::settings::Settings;

/// A figure with its intervals, in the stated unit.
pub(super) struct Stated {
    pub(super) quantity: Quantity,
    pub(super) hard: Interval,
    pub(super) soft: Interval,
    pub(super) precision: Precision,
    pub(super) figure: PrintedFigure,
}

impl Stated {
    /// Gives the figure a unit that its surroundings tell; nothing on overflow.
    pub(super) fn take(&mut self, unit: Unit, hedge: Option<Hedge>) -> Option<()> {
        self.precision.is_count = unit.counts_a_noun();
        (self.hard, self.soft) = self.precision.intervals(self.figure, hedge)?;
        if self.quantity.best.is_some() {
            self.quantity.interval = self.hard;
        }
        self.quantity.unit = unit;
        Some(())
    }
}

pub(super) fn figure(number: &Number, scale: Decimal, unit: Unit, hedge: Option<Hedge>) -> Option<Stated> {
    let times = |value: Decimal| value.checked_mul(scale).map(|value| value.normalize());
    let figure = match number.figure {
        PrintedFigure::One(value) => PrintedFigure::One(times(value)?),
        PrintedFigure::Range(low, high) => PrintedFigure::Range(times(low)?, times(high)?),
        PrintedFigure::Vague(low, high) => PrintedFigure::Vague(times(low)?, times(high)?),
        PrintedFigure::Fraction(value) => PrintedFigure::Fraction(value),
    };
    let is_whole = unit.counts_a_noun() || unit.dimension == Dimension::Ordinal;
    let is_count = is_whole && scale == Decimal::ONE;
    let precision = Precision { grain: times(number.grain)?, from_zeros: number.from_zeros, is_count };
    let (hard, soft) = precision.intervals(figure, hedge)?;
    let (best, interval) = match figure {
        PrintedFigure::One(value) | PrintedFigure::Fraction(value) => (Some(value), hard),
        PrintedFigure::Range(low, high) | PrintedFigure::Vague(low, high) => {
            (None, Interval::closed(low, high))
        }
    };
    Some(Stated { quantity: Quantity { interval, best, unit }, hard, soft, precision, figure })
}

/// A day, a weekday, a year or a number that cannot be held, with what keeps it open; nothing for another figure.
pub(super) fn of_no_unit(
    reads: &Reads,
    document: &Document,
    settings: &Settings,
    named_year: Option<i16>,
    reading: &mut Vec<String>,
) -> Option<(Stated, Option<String>)> {
    match reads {
        Reads::Date(date) => dated(*date, document, settings, named_year, reading),
        Reads::Weekday(day) => {
            weekday(*day, document, settings, reading).map(|(stated, open)| (stated, Some(open)))
        }
        Reads::Year(year) => Some((year_figure(*year), None)),
        Reads::Endless => {
            Some((open(Dimension::Number), Some("a number of too many digits for any quantity".to_owned())))
        }
        Reads::Figure { .. } => None,
    }
}

/// A date; one without a year takes it from the report's own date, from its other dates, or from the story's other reports.
fn dated(
    date: StatedDate,
    document: &Document,
    settings: &Settings,
    named_year: Option<i16>,
    reading: &mut Vec<String>,
) -> Option<(Stated, Option<String>)> {
    let own = document.published.as_ref().map(|when| when.date).or(settings.as_of);
    let nearest = |day| nearest_year(date, day);
    let near = document.near_date.map(nearest);
    let year = own.map(nearest).or(named_year).or(near);
    if date.year.is_none() {
        // "In September" may be the last or the next one; a day is mostly near the report's own.
        if matches!(date.part, YearPart::Month(_)) {
            return Some((open_date(), Some("a month of which no year is stated".to_owned())));
        }
        match (own, named_year, near) {
            (Some(own), ..) => {
                reading.push(format!("the year {} is taken from the report's date, {own}", nearest(own)));
            }
            (None, Some(year), _) => {
                reading.push(format!("the year {year} is that of the report's other dates"));
            }
            (None, None, Some(near)) => {
                reading.push(format!("the year {near} is that of the story's other reports"));
            }
            (None, None, None) => {
                return Some((open_date(), Some("a day of which no year is known".to_owned())));
            }
        }
    }
    let (first, last) = date.days(year)?;
    let (low, high) = (day_number(first), day_number(last));
    let interval = Interval::closed(low, high);
    let is_day = low == high;
    let figure = if is_day { PrintedFigure::One(low) } else { PrintedFigure::Range(low, high) };
    let quantity = Quantity { interval, best: is_day.then_some(low), unit: Unit::of(Dimension::Date) };
    Some((exact(quantity, figure), None))
}

/// The year in which a day without one lies nearest to another day: "30 December" in a report of 4 January is of the year before.
/// A quarter or a half is of that day's own year.
fn nearest_year(date: StatedDate, day: Date) -> i16 {
    let away = |year: &i16| {
        let (first, _) = date.days(Some(*year))?;
        first.until(day).ok().map(|span| span.get_days().abs())
    };
    let years = [0, -1, 1].map(|step| day.year() + step);
    let nearest = years
        .into_iter()
        .filter(|_| date.month_and_day().is_some())
        .min_by_key(|year| away(year).unwrap_or(i32::MAX));
    nearest.unwrap_or(day.year())
}

/// A weekday is that of the last seven days before the report, its own day included.
fn weekday(
    day: i8,
    document: &Document,
    settings: &Settings,
    reading: &mut Vec<String>,
) -> Option<(Stated, String)> {
    let Some(own) = document.published.as_ref().map(|when| when.date).or(settings.as_of) else {
        return Some((open_date(), "a weekday of which no date is known".to_owned()));
    };
    let since = (own.weekday().to_monday_one_offset() - day).rem_euclid(7);
    let date = own.checked_sub(jiff::Span::new().days(i64::from(since))).ok()?;
    reading.push(format!("the last such day up to the report's date, {own}"));
    let value = day_number(date);
    let stated = exact(Quantity::exactly(value, Unit::of(Dimension::Date)), PrintedFigure::One(value));
    Some((stated, "a weekday".to_owned()))
}

/// A date that may be any.
fn open_date() -> Stated {
    open(Dimension::Date)
}

fn open(dimension: Dimension) -> Stated {
    let interval = Interval { low: Bound::Unbounded, high: Bound::Unbounded };
    let quantity = Quantity { interval, best: None, unit: Unit::of(dimension) };
    // Nothing of it can be compared: neither its figure nor its precision is looked at.
    exact(quantity, PrintedFigure::Range(Decimal::ZERO, Decimal::ZERO))
}

fn year_figure(year: i16) -> Stated {
    let value = Decimal::from(year);
    exact(Quantity::exactly(value, Unit::of(Dimension::Year)), PrintedFigure::One(value))
}

fn exact(quantity: Quantity, figure: PrintedFigure) -> Stated {
    let precision = Precision { grain: Decimal::ONE, from_zeros: false, is_count: true };
    Stated { hard: quantity.interval, soft: quantity.interval, quantity, precision, figure }
}
