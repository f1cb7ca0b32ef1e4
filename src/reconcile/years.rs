//! When the reports were printed, and of which years they give figures.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;

use crate::document::Document;
use crate::normalise::Claim;

/// The unit of a length of years.
const YEAR: &str = "a";

/// The time of each report, and the years of its figures.
pub(super) struct Years {
    /// By report: the day on which it was printed.
    printed: Vec<Option<Date>>,
    /// The years of which a report gives figures, or which lie so many years back as it says.
    told: BTreeSet<(usize, i16)>,
    /// Those of which it gives figures of a kind.
    given: BTreeSet<(usize, i16)>,
}

impl Years {
    /// Gathers them; the kind of each claim is one of its report alone.
    pub(super) fn new(documents: &[Document], claims: &[Claim], kinds: &[usize]) -> Years {
        let day = |document: &Document| Some(document.published.as_ref()?.date);
        // "Five years on".
        let ago = |claim: &Claim| {
            let count = claim.value().filter(|_| claim.quantity.unit.code == YEAR)?.to_i16()?;
            let day = documents.get(claim.document).and_then(day)?;
            Some((claim.document, day.year().checked_sub(count)?))
        };
        let years = || claims.iter().filter_map(|claim| Some((claim, claim.period.as_ref()?.year()?)));
        Years {
            printed: documents.iter().map(day).collect(),
            told: years()
                .map(|(claim, year)| (claim.document, year))
                .chain(claims.iter().filter_map(ago))
                .collect(),
            given: years().filter_map(|(claim, year)| Some((*kinds.get(claim.id)?, year))).collect(),
        }
    }

    /// The year of a report.
    pub(super) fn printed_in(&self, document: usize) -> Option<i16> {
        self.day(document).map(Date::year)
    }

    /// Whether one report was printed in an earlier month than the other.
    pub(super) fn is_before(&self, one: usize, other: usize) -> bool {
        let month = |document: usize| self.day(document).map(|day| (day.year(), day.month()));
        month(one).zip(month(other)).is_some_and(|(one, other)| one < other)
    }

    /// Whether one report was printed on an earlier day than the other.
    pub(super) fn is_a_day_before(&self, one: usize, other: usize) -> bool {
        self.day(one).zip(self.day(other)).is_some_and(|(one, other)| one < other)
    }

    /// Whether two reports were printed so far apart that what is told of the last quarter is of two.
    pub(super) fn are_a_quarter_apart(&self, one: usize, other: usize) -> bool {
        const DAYS: i32 = 60;
        let days = |(one, other): (Date, Date)| one.until(other).ok().map(|span| span.get_days().abs());
        self.day(one).zip(self.day(other)).and_then(days).is_some_and(|days| days > DAYS)
    }

    /// The day on which a report was printed.
    fn day(&self, document: usize) -> Option<Date> {
        self.printed.get(document).copied().flatten()
    }

    /// Whether a report gives figures of a year.
    pub(super) fn are_told(&self, document: usize, year: i16) -> bool {
        self.told.contains(&(document, year))
    }

    /// Whether it gives figures of a kind for a year.
    pub(super) fn are_given(&self, kind: usize, year: i16) -> bool {
        self.given.contains(&(kind, year))
    }
}
