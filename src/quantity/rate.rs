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
    /// Epoch days of the quotations, ascending.
    days: Vec<i32>,
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    code: String,
    scale: u32,
    cells: Cells,
}

/// Unpacks a column.
type Unpack = Box<dyn FnOnce() -> Vec<Option<i64>> + Send + Sync>;

#[derive(Debug)]
enum Cells {
    /// Packed bytes, unpacked when the currency is first asked for.
    Packed(LazyLock<Vec<Option<i64>>, Unpack>),
    /// Read from a CSV file.
    Plain(Vec<Option<i64>>),
}

impl Column {
    fn cells(&self) -> &[Option<i64>] {
        match &self.cells {
            Cells::Packed(lazy) => lazy,
            Cells::Plain(cells) => cells,
        }
    }

    fn get(&self, row: usize) -> Option<Decimal> {
        let cell = self.cells().get(row).copied().flatten()?;
        Decimal::try_new(cell, self.scale).ok()
    }
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
            Arc::new(unpack(include_bytes!("ecb.bin")).expect("a test unpacks the embedded table"))
        });
        Arc::clone(&TABLE)
    }

    /// Reads the ECB's `eurofxref-hist.csv` as published: a header of ISO codes, then a line for each day.
    ///
    /// # Errors
    ///
    /// Says in words which line is not of that form.
    pub fn from_ecb_csv(text: &str) -> Result<Rates, String> {
        let mut lines = text.lines().enumerate();
        let header = lines.next().map(|(_, line)| line.trim_start_matches('\u{feff}')).unwrap_or_default();
        let codes: Vec<&str> = header
            .strip_prefix("Date,")
            .ok_or_else(|| format!("expected a header `Date,USD,…`, found `{}`", shorten(header)))?
            .split(',')
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .collect();
        let mut rows: Vec<(i32, Vec<Option<Decimal>>)> = Vec::new();
        for (idx, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let (date, cells) = line.split_once(',').unwrap_or((line, ""));
            let day: Date = date.trim().parse().map_err(|_| {
                format!("line {}: expected a date such as 2026-07-02, found `{}`", idx + 1, shorten(date))
            })?;
            let mut row = Vec::with_capacity(codes.len());
            for cell in cells.split(',').take(codes.len()).map(str::trim) {
                row.push(match cell {
                    "N/A" | "" => None,
                    digits => {
                        Some(Decimal::from_str_exact(digits).ok().filter(|r| *r > Decimal::ZERO).ok_or_else(
                            || {
                                format!(
                                    "line {}: expected a rate above 0 or N/A, found `{}`",
                                    idx + 1,
                                    shorten(digits)
                                )
                            },
                        )?)
                    }
                });
            }
            row.resize(codes.len(), None);
            rows.push((epoch_day(day), row));
        }
        if rows.is_empty() {
            return Err("expected at least one day of rates, found none".to_owned());
        }
        rows.sort_by_key(|(day, _)| *day);
        rows.dedup_by_key(|(day, _)| *day);
        let columns = codes.iter().enumerate().map(|(idx, code)| {
            let scale = rows.iter().filter_map(|(_, row)| row.get(idx).copied().flatten());
            let scale = scale.map(|rate| rate.normalize().scale()).max().unwrap_or(0);
            let cells = rows.iter().map(|(_, row)| {
                let mut rate = row.get(idx).copied().flatten()?;
                rate.rescale(scale);
                i64::try_from(rate.mantissa()).ok()
            });
            Column { code: (*code).to_owned(), scale, cells: Cells::Plain(cells.collect()) }
        });
        let columns = columns.collect();
        Ok(Rates { days: rows.iter().map(|(day, _)| *day).collect(), columns })
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
        let row = self.days.partition_point(|day| *day <= wanted).checked_sub(1)?;
        let day = *self.days.get(row)?;
        if wanted - day > STALE_AFTER_DAYS {
            return None;
        }
        let value = self.cross(from, to, row)?;
        let (mut low, mut high) = (value, value);
        let window = i32::try_from(WINDOW_DAYS).ok()?;
        let start = self.days.partition_point(|day| *day < wanted - window);
        let end = self.days.partition_point(|day| *day <= wanted + window);
        for near in (start..end).filter_map(|row| self.cross(from, to, row)) {
            low = low.min(near);
            high = high.max(near);
        }
        Some(Rate { value, low, high, date: date_of(day)?, source: RateSource::EcbDaily })
    }

    /// The last day on or before `date` on which the rate lay within the two ends, both inclusive.
    ///
    /// Answers "which market does this conversion remember?"; looks at the daily table alone.
    #[must_use]
    pub fn last_within(&self, from: &str, to: &str, low: Decimal, high: Decimal, date: Date) -> Option<Date> {
        let end = self.days.partition_point(|day| *day <= epoch_day(date));
        let row = (0..end)
            .rev()
            .find(|row| self.cross(from, to, *row).is_some_and(|rate| low <= rate && rate <= high))?;
        date_of(*self.days.get(row)?)
    }

    /// The last day of the daily table.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.days.last().copied().and_then(date_of)
    }

    fn cross(&self, from: &str, to: &str, row: usize) -> Option<Decimal> {
        let per_euro = |code: &str| match code {
            "EUR" => Some(Decimal::ONE),
            _ => self.columns.iter().find(|column| column.code == code)?.get(row),
        };
        let (from, to) = (per_euro(from)?, per_euro(to)?);
        to.checked_div(from)
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
    let value = per_pound(to)?.checked_div(per_pound(from)?)?;
    let spread = value.checked_mul(Decimal::new(MONTHLY_SPREAD_PERCENT, 2))?;
    Some(Rate { value, low: value - spread, high: value + spread, date, source: RateSource::HmrcMonthly })
}

fn epoch_day(date: Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}

fn date_of(day: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

fn shorten(text: &str) -> String {
    text.chars().take(30).filter(|c| !c.is_control()).collect()
}

// The packed form: "XCR1", the number of days and of currencies as varints, the days as varint differences from 1970,
// then for each currency its code (3 bytes), decimal places (1 byte), byte length (varint) and cells. A cell is one more
// than the zigzag difference from the rate before it; 0 and a count stand for so many missing rates.

const MAGIC: &[u8] = b"XCR1";

/// Packs a table into the bytes that the program embeds; `examples/pack_rates.rs` writes them to a file.
#[must_use]
pub fn pack(rates: &Rates) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    push_varint(&mut bytes, rates.days.len() as u64);
    push_varint(&mut bytes, rates.columns.len() as u64);
    let mut before = 0;
    for day in &rates.days {
        push_varint(&mut bytes, zigzag(i64::from(*day) - before));
        before = i64::from(*day);
    }
    for column in &rates.columns {
        let mut cells = Vec::new();
        let mut last = 0;
        for run in column.cells().chunk_by(|one, other| one.is_none() && other.is_none()) {
            match run.first().copied().flatten() {
                None => {
                    cells.push(0);
                    push_varint(&mut cells, run.len() as u64);
                }
                Some(value) => {
                    push_varint(&mut cells, zigzag(value - last) + 1);
                    last = value;
                }
            }
        }
        bytes.extend(column.code.bytes().chain(std::iter::repeat(b' ')).take(3));
        bytes.push(u8::try_from(column.scale).unwrap_or(u8::MAX));
        push_varint(&mut bytes, cells.len() as u64);
        bytes.extend(cells);
    }
    bytes
}

fn unpack(bytes: &'static [u8]) -> Option<Rates> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let n_days = usize::try_from(take_varint(&mut rest)?).ok()?;
    let n_columns = usize::try_from(take_varint(&mut rest)?).ok()?;
    let mut days = Vec::with_capacity(n_days);
    let mut before = 0;
    for _ in 0..n_days {
        before += unzigzag(take_varint(&mut rest)?);
        days.push(i32::try_from(before).ok()?);
    }
    let mut columns = Vec::with_capacity(n_columns);
    for _ in 0..n_columns {
        let (head, tail) = rest.split_at_checked(4)?;
        rest = tail;
        let (code, scale) = head.split_at_checked(3)?;
        let length = usize::try_from(take_varint(&mut rest)?).ok()?;
        let (packed, tail) = rest.split_at_checked(length)?;
        rest = tail;
        let unpack: Unpack = Box::new(move || unpack_cells(packed, n_days));
        columns.push(Column {
            code: std::str::from_utf8(code).ok()?.to_owned(),
            scale: u32::from(*scale.first()?),
            cells: Cells::Packed(LazyLock::new(unpack)),
        });
    }
    rest.is_empty().then_some(Rates { days, columns })
}

fn unpack_cells(mut packed: &[u8], n_days: usize) -> Vec<Option<i64>> {
    let mut cells = Vec::with_capacity(n_days);
    let mut last = 0;
    while let Some(word) = take_varint(&mut packed) {
        if let Some(difference) = word.checked_sub(1) {
            last += unzigzag(difference);
            cells.push(Some(last));
        } else {
            let missing = take_varint(&mut packed).and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
            cells.resize(cells.len().saturating_add(missing).min(n_days), None);
        }
    }
    cells
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_unpacks_whole() {
        let rates = Rates::embedded();
        assert!(rates.days.len() > 7000);
        for column in &rates.columns {
            assert_eq!(column.cells().len(), rates.days.len(), "{}", column.code);
        }
        assert_eq!(rates.last_day(), Some(jiff::civil::date(2026, 10, 30)));
    }

    #[test]
    fn packing_keeps_every_cell() {
        let csv = "Date,USD,JPY,\n2026-01-05,1.1712,170.5,\n2026-01-02,N/A,169.99,\n";
        let rates = Rates::from_ecb_csv(csv).unwrap();
        let packed: &'static [u8] = Box::leak(pack(&rates).into_boxed_slice());
        let back = unpack(packed).unwrap();
        assert_eq!(back.days, rates.days);
        for (one, other) in back.columns.iter().zip(&rates.columns) {
            assert_eq!((&one.code, one.scale, one.cells()), (&other.code, other.scale, other.cells()));
        }
    }

    #[test]
    fn crosses_go_through_the_euro() {
        let rate = Rates::embedded().on("USD", "KRW", jiff::civil::date(2026, 7, 2)).unwrap();
        assert_eq!(rate.value.round_dp(2).to_string(), "1548.85");
        assert_eq!(rate.source, RateSource::EcbDaily);
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

    #[test]
    fn a_broken_table_says_where() {
        let problem = Rates::from_ecb_csv("Date,USD,\n2026-13-01,1.1,\n").unwrap_err();
        assert_eq!(problem, "line 2: expected a date such as 2026-07-02, found `2026-13-01`");
        assert!(Rates::from_ecb_csv("<html>").unwrap_err().contains("expected a header"));
        assert!(Rates::from_ecb_csv("Date,USD,\n2026-01-02,-1,\n").unwrap_err().contains("above 0"));
    }
}
