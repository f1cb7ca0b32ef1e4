//! A table of daily rates against the euro: as the ECB publishes it, and packed into the bytes that the program embeds.

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Rates against the euro, a column for each currency and a row for each day.
#[derive(Debug)]
pub(super) struct Table {
    /// Epoch days of the rows, ascending.
    pub(super) days: Vec<i32>,
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

impl Table {
    /// The currencies, as ISO codes; the euro, against which all are quoted, is not among them.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.code.as_str())
    }

    /// Units of a currency for one euro by the row; nothing where the table does not hold the currency.
    pub(super) fn per_euro(&self, code: &str) -> Option<impl Fn(usize) -> Option<Decimal> + use<'_>> {
        let column = match code {
            "EUR" => None,
            _ => Some(self.columns.iter().find(|column| column.code == code)?),
        };
        Some(move |row: usize| column.map_or(Some(Decimal::ONE), |column| column.get(row)))
    }

    /// Reads `eurofxref-hist.csv` as published, or says in words which line is not of that form.
    pub(super) fn from_ecb_csv(text: &str) -> Result<Table, String> {
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
        Ok(Table { days: rows.iter().map(|(day, _)| *day).collect(), columns })
    }
}

pub(super) fn epoch_day(date: Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}

pub(super) fn date_of(day: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(day).ok()?).ok()
}

fn shorten(text: &str) -> String {
    text.chars().take(30).filter(|c| !c.is_control()).collect()
}

// The packed form: "XCR1", the number of days and of currencies as varints, the days as varint differences from 1970,
// then for each currency its code (3 bytes), decimal places (1 byte), byte length (varint) and cells. A cell is one more
// than the zigzag difference from the rate before it; 0 and a count stand for so many missing rates.

const MAGIC: &[u8] = b"XCR1";

/// Packs a table.
pub(super) fn pack(table: &Table) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    push_varint(&mut bytes, table.days.len() as u64);
    push_varint(&mut bytes, table.columns.len() as u64);
    let mut before = 0;
    for day in &table.days {
        push_varint(&mut bytes, zigzag(i64::from(*day) - before));
        before = i64::from(*day);
    }
    for column in &table.columns {
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

/// Unpacks a table; a column when its currency is first asked for.
pub(super) fn unpack(bytes: &'static [u8]) -> Option<Table> {
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
    rest.is_empty().then_some(Table { days, columns })
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
    fn the_embedded_table_unpacks_whole_and_packs_again_to_the_same_bytes() {
        let bytes = include_bytes!("ecb.bin");
        let table = unpack(bytes).unwrap();
        assert!(table.days.len() > 7000);
        for column in &table.columns {
            assert_eq!(column.cells().len(), table.days.len(), "{}", column.code);
        }
        assert!(pack(&table) == bytes);
    }

    #[test]
    fn packing_keeps_every_cell() {
        let csv = "Date,USD,JPY,\n2026-01-05,1.1712,170.5,\n2026-01-02,N/A,169.99,\n";
        let table = Table::from_ecb_csv(csv).unwrap();
        let packed: &'static [u8] = Box::leak(pack(&table).into_boxed_slice());
        let back = unpack(packed).unwrap();
        assert_eq!(back.days, table.days);
        for (one, other) in back.columns.iter().zip(&table.columns) {
            assert_eq!((&one.code, one.scale, one.cells()), (&other.code, other.scale, other.cells()));
        }
    }

    #[test]
    fn a_broken_table_says_where() {
        let problem = Table::from_ecb_csv("Date,USD,\n2026-13-01,1.1,\n").unwrap_err();
        assert_eq!(problem, "line 2: expected a date such as 2026-07-02, found `2026-13-01`");
        assert!(Table::from_ecb_csv("<html>").unwrap_err().contains("expected a header"));
        assert!(Table::from_ecb_csv("Date,USD,\n2026-01-02,-1,\n").unwrap_err().contains("above 0"));
    }
}
