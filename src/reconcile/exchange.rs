//! Money into other money, at the rate of a report's day.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::document::Document;
use crate::normalise::Claim;
use crate::quantity::rate::{Rate, Rates};
use crate::quantity::{Dimension, Interval};
use crate::settings::Settings;
use std::sync::Arc;

/// The rates of a story: a table, and the date that undated reports speak of.
#[derive(Debug, Clone)]
pub struct Exchange {
    rates: Arc<Rates>,
    dates: Vec<Option<Date>>,
    as_of: Option<Date>,
    years: Vec<i16>,
}

impl Exchange {
    /// The rates as a story's reports need them: each report's own date, else `--as-of`, else the latest date of the
    /// story.
    #[must_use]
    pub fn new(documents: &[Document], claims: &[Claim], settings: &Settings) -> Exchange {
        let dates: Vec<Option<Date>> =
            documents.iter().map(|document| document.published.as_ref().map(|when| when.date)).collect();
        let as_of = settings.as_of.or_else(|| dates.iter().flatten().max().copied());
        let named = claims.iter().filter(|claim| claim.quantity.unit.dimension == Dimension::Year);
        let mut years: Vec<i16> = named
            .filter_map(|claim| i16::try_from(claim.quantity.best?).ok())
            .filter(|year| (1999..=2100).contains(year))
            .collect();
        years.sort_unstable();
        years.dedup();
        Exchange { rates: Arc::clone(&settings.rates), dates, as_of, years }
    }

    /// The date whose rates a document's figures are converted at.
    #[must_use]
    pub fn date(&self, document: usize) -> Option<Date> {
        self.dates.get(document).copied().flatten().or(self.as_of)
    }

    /// The rate from one currency to another for a document's figures.
    ///
    /// With no date at all, the range over the years that the reports name.
    #[must_use]
    pub fn rate(&self, from: &str, to: &str, document: usize) -> Option<Rate> {
        if let Some(date) = self.date(document) {
            return self.rates.on(from, to, date);
        }
        let (first, last) = (*self.years.first()?, *self.years.last()?);
        let mut whole: Option<Rate> = None;
        let days =
            (first..=last).flat_map(|year| (1..=12).filter_map(move |month| Date::new(year, month, 15).ok()));
        for rate in days.filter_map(|date| self.rates.on(from, to, date)) {
            whole = Some(match whole {
                None => rate,
                Some(sofar) => Rate { low: sofar.low.min(rate.low), high: sofar.high.max(rate.high), ..rate },
            });
        }
        whole
    }

    /// Two sums of money the way round that readers know a rate, from the dearer currency into the cheaper one, and the
    /// rate between them.
    #[must_use]
    pub fn between<'a>(&self, one: &'a Claim, other: &'a Claim) -> Option<(&'a Claim, &'a Claim, Rate)> {
        let rate_of =
            |a: &Claim, b: &Claim| self.rate(&a.quantity.unit.code, &b.quantity.unit.code, a.document);
        let rate = rate_of(one, other)?;
        if rate.value < Decimal::ONE {
            return rate_of(other, one).map(|rate| (other, one, rate));
        }
        Some((one, other, rate))
    }

    /// The rate for a document's figures, or the last one of the daily table.
    #[must_use]
    pub fn rate_or_latest(&self, from: &str, to: &str, document: usize) -> Option<Rate> {
        self.rate(from, to, document).or_else(|| self.rates.on(from, to, self.rates.last_day()?))
    }

    /// An interval of one currency in another, over the rate's own range.
    #[must_use]
    pub fn convert(interval: &Interval, rate: &Rate) -> Option<Interval> {
        interval.times_between(rate.low, rate.high)
    }

    /// The last day on or before a document's date on which the rate lay between two ends, both inclusive.
    #[must_use]
    pub fn last_within(
        &self,
        from: &str,
        to: &str,
        low: Decimal,
        high: Decimal,
        document: usize,
    ) -> Option<Date> {
        self.rates.last_within(from, to, low, high, self.date(document).or_else(|| self.rates.last_day())?)
    }
}
