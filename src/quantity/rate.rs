//! What one currency was worth in another on a day.
//!
//! Two tables stand behind each other: the European Central Bank's daily reference rates since 4 January 1999
//! (embedded, crossed through the euro), and HMRC's monthly rates for the currencies that the ECB does not quote (the
//! crate `hmrc-rates`, crossed through the pound). The ECB publishes around 16:00 CET on each working day; a weekend
//! takes the Friday's rate.
//!
//! Source and terms of reuse: <https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/>;
//! see the file `LICENSE-DATA` in the repository.

use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::rate_table::{self, Table, date_of, epoch_day};
use crate::digest::sha256;

/// Who published a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RateSource {
    /// The ECB's daily reference rate.
    EcbDaily,
    /// HMRC's monthly rate.
    HmrcMonthly,
}

impl fmt::Display for RateSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RateSource::EcbDaily => "ECB",
            RateSource::HmrcMonthly => "HMRC, monthly",
        })
    }
}

/// The rate of a day, and everything it was within a week of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Units of the target currency for one of the other.
    pub value: Decimal,
    /// The lowest rate within the seven days before and after.
    pub low: Decimal,
    /// The highest rate within the seven days before and after.
    pub high: Decimal,
    /// The day the rate is of: the asked day or the last working day before it; for a monthly rate the asked day.
    pub date: Date,
    /// Who published it.
    pub source: RateSource,
    /// The two published rates that it is made of.
    pub cross: Cross,
}

/// Two rates against one currency, of which a third is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cross {
    /// The currency that both are quoted against.
    pub through: &'static str,
    /// Units of the one currency for one of it.
    pub from: Decimal,
    /// Units of the target currency for one of it.
    pub to: Decimal,
}

impl Cross {
    /// Units of the target currency for one of the other.
    fn value(&self) -> Option<Decimal> {
        self.to.checked_div(self.from)
    }
}

/// What a table of rates covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The first day, or the first of the first month.
    pub first: Date,
    /// The last day, or the first of the last month.
    pub last: Date,
    /// The days or months with rates.
    pub entries: usize,
    /// The currencies in ISO codes, in order, with the one that all are quoted against.
    pub currencies: Vec<String>,
}

/// Days before and after a report's date whose rates a conversion may have used.
const WINDOW_DAYS: i64 = 7;
/// How far back the last published rate may lie, in days: the longest run of holidays and a margin.
const STALE_AFTER_DAYS: i32 = 10;

/// A table of daily rates against the euro.
///
/// ```
/// use crosscheck::quantity::rate::Rates;
/// let rates = Rates::embedded();
/// let rate = rates.on("EUR", "USD", jiff::civil::date(2026, 7, 2)).unwrap();
/// assert_eq!(rate.value.to_string(), "1.1399");
/// assert!(rates.on("EUR", "XYZ", jiff::civil::date(2026, 7, 2)).is_none());
/// ```
#[derive(Debug)]
pub struct Rates {
    table: Table,
    /// The bytes that the table was unpacked from, for the embedded one.
    packed: Option<&'static [u8]>,
}

impl Rates {
    /// The rates that come with the program.
    ///
    /// # Panics
    ///
    /// Never in a released build: a test unpacks the whole table.
    #[must_use]
    pub fn embedded() -> Arc<Rates> {
        static TABLE: LazyLock<Arc<Rates>> = LazyLock::new(|| {
            let packed = include_bytes!("ecb.bin");
            let table = rate_table::unpack(packed).expect("a test unpacks the embedded table");
            Arc::new(Rates { table, packed: Some(packed) })
        });
        Arc::clone(&TABLE)
    }

    /// Reads the ECB's `eurofxref-hist.csv` as published: a header of ISO codes, then a line for each day.
    ///
    /// # Errors
    ///
    /// Says in words which line is not of that form.
    pub fn from_ecb_csv(text: &str) -> Result<Rates, String> {
        Ok(Rates { table: Table::from_ecb_csv(text)?, packed: None })
    }

    /// Packs the daily table into the bytes that the program embeds; `examples/pack_rates.rs` writes them to a file.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        rate_table::pack(&self.table)
    }

    /// The SHA-256 of the packed daily table, in hexadecimal: the same for equal rates, wherever they were read from.
    #[must_use]
    pub fn sha256(&self) -> String {
        self.packed.map_or_else(|| sha256(&self.pack()), sha256)
    }

    /// What the daily table covers; nothing where it is empty.
    #[must_use]
    pub fn covered(&self) -> Option<Covered> {
        let (first, last) = (*self.table.days.first()?, *self.table.days.last()?);
        let mut currencies: Vec<String> = self.table.codes().chain(["EUR"]).map(str::to_owned).collect();
        currencies.sort_unstable();
        Some(Covered {
            first: date_of(first)?,
            last: date_of(last)?,
            entries: self.table.days.len(),
            currencies,
        })
    }

    /// The rate from one currency to another on a day, with its range over the week before and after.
    ///
    /// Returns the last rate published on or before the day (at most ten days earlier), or nothing where neither
    /// table holds both currencies for it. A monthly rate has a range of 3 % either way.
    #[must_use]
    pub fn on(&self, from: &str, to: &str, date: Date) -> Option<Rate> {
        self.daily(from, to, date).or_else(|| monthly(from, to, date))
    }

    fn daily(&self, from: &str, to: &str, date: Date) -> Option<Rate> {
        let wanted = epoch_day(date);
        let days = &self.table.days;
        let row = days.partition_point(|day| *day <= wanted).checked_sub(1)?;
        let day = *days.get(row)?;
        if wanted - day > STALE_AFTER_DAYS {
            return None;
        }
        let cross_on = self.cross(from, to)?;
        let cross = cross_on(row)?;
        let value = cross.value()?;
        let (mut low, mut high) = (value, value);
        let window = i32::try_from(WINDOW_DAYS).ok()?;
        let start = days.partition_point(|day| *day < wanted - window);
        let end = days.partition_point(|day| *day <= wanted + window);
        for near in (start..end).filter_map(|row| cross_on(row)?.value()) {
            low = low.min(near);
            high = high.max(near);
        }
        Some(Rate { value, low, high, date: date_of(day)?, source: RateSource::EcbDaily, cross })
    }

    /// The last day on or before `date` on which the rate lay within the two ends, both inclusive.
    ///
    /// Answers "which market does this conversion remember?"; looks at the daily table alone.
    #[must_use]
    pub fn last_within(&self, from: &str, to: &str, low: Decimal, high: Decimal, date: Date) -> Option<Date> {
        let end = self.table.days.partition_point(|day| *day <= epoch_day(date));
        let cross_on = self.cross(from, to)?;
        let rate = |row: usize| cross_on(row)?.value();
        let row = (0..end).rev().find(|row| rate(*row).is_some_and(|rate| low <= rate && rate <= high))?;
        date_of(*self.table.days.get(row)?)
    }

    /// The last day of the daily table.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.table.days.last().copied().and_then(date_of)
    }

    /// The two rates by the row of the table, where it holds both currencies.
    fn cross(&self, from: &str, to: &str) -> Option<impl Fn(usize) -> Option<Cross> + use<'_>> {
        let (from, to) = (self.table.per_euro(from)?, self.table.per_euro(to)?);
        Some(move |row: usize| Some(Cross { through: "EUR", from: from(row)?, to: to(row)? }))
    }
}

/// A monthly rate's assumed range, in percent either way.
const MONTHLY_SPREAD_PERCENT: i64 = 3;

fn monthly(from: &str, to: &str, date: Date) -> Option<Rate> {
    let month = hmrc_rates::YearMonth::new(i32::from(date.year()), u32::try_from(date.month()).ok()?)?;
    let rates = hmrc_rates::Rates::new();
    let per_pound = |code: &str| match code {
        "GBP" => Some(Decimal::ONE),
        _ => rates.monthly_rate(code, month).ok().map(|rate| rate.units_per_gbp()),
    };
    let cross = Cross { through: "GBP", from: per_pound(from)?, to: per_pound(to)? };
    let value = cross.value()?;
    let spread = value.checked_mul(Decimal::new(MONTHLY_SPREAD_PERCENT, 2))?;
    Some(Rate {
        value,
        low: value - spread,
        high: value + spread,
        date,
        source: RateSource::HmrcMonthly,
        cross,
    })
}

/// What the monthly table covers; nothing where it is empty.
#[must_use]
pub fn monthly_covered() -> Option<Covered> {
    let rates = hmrc_rates::Rates::new();
    let day = |month: hmrc_rates::YearMonth| {
        Date::new(i16::try_from(month.year()).ok()?, i8::try_from(month.month()).ok()?, 1).ok()
    };
    let pound = hmrc_rates::Currency::GBP;
    let currencies = rates.currencies(hmrc_rates::RateType::Monthly).filter(|code| *code != pound);
    let mut currencies: Vec<String> =
        currencies.chain([pound]).map(|code| code.as_str().to_owned()).collect();
    currencies.sort_unstable();
    Some(Covered {
        first: day(rates.months().next()?)?,
        last: day(rates.months().next_back()?)?,
        entries: rates.months().count(),
        currencies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_cover_what_is_promised() {
        let daily = Rates::embedded().covered().unwrap();
        let day = jiff::civil::date;
        assert_eq!((daily.first, daily.last), (day(1999, 1, 4), day(2026, 10, 30)));
        assert!(daily.currencies.is_sorted() && daily.currencies.contains(&"EUR".to_owned()));
        let monthly = monthly_covered().unwrap();
        assert!(monthly.first <= day(2014, 2, 1) && day(2026, 1, 1) <= monthly.last);
        assert!(monthly.currencies.len() > 150);
    }

    #[test]
    fn equal_tables_have_one_fingerprint() {
        let csv = |rate: &str| format!("Date,USD,\n2026-01-02,{rate},\n");
        let print = |rate: &str| Rates::from_ecb_csv(&csv(rate)).unwrap().sha256();
        assert_eq!(print("1.10"), print("1.1"));
        assert_ne!(print("1.1"), print("1.2"));
        let embedded = Rates::embedded();
        assert_eq!(embedded.sha256(), sha256(&embedded.pack()));
    }

    #[test]
    fn crosses_go_through_the_euro() {
        let rate = Rates::embedded().on("USD", "KRW", jiff::civil::date(2026, 7, 2)).unwrap();
        assert_eq!(rate.value.round_dp(2).to_string(), "1548.85");
        assert_eq!(rate.source, RateSource::EcbDaily);
        assert_eq!((rate.cross.through, rate.cross.from.to_string().as_str()), ("EUR", "1.1399"));
        assert!(rate.low < rate.value && rate.value < rate.high);
    }

    #[test]
    fn a_weekend_takes_the_last_working_day() {
        let rate = Rates::embedded().on("EUR", "USD", jiff::civil::date(2026, 7, 5)).unwrap();
        assert_eq!(rate.date, jiff::civil::date(2026, 7, 3));
    }

    #[test]
    fn a_currency_the_ecb_lacks_has_a_monthly_rate() {
        let rate = Rates::embedded().on("USD", "AED", jiff::civil::date(2025, 6, 15)).unwrap();
        assert_eq!(rate.source, RateSource::HmrcMonthly);
        assert_eq!(rate.value.round_dp(1).to_string(), "3.7");
    }

    #[test]
    fn an_old_rate_is_dated() {
        let number = |text: &str| Decimal::from_str_exact(text).unwrap();
        let rates = Rates::embedded();
        let last =
            rates.last_within("EUR", "USD", number("1.0"), number("1.085"), jiff::civil::date(2026, 7, 2));
        assert_eq!(last, Some(jiff::civil::date(2025, 4, 2)));
    }
}
