//! `crosscheck rates`: what is known of exchange rates, and one conversion worked out.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use crosscheck::error::Error;
use crosscheck::quantity::rate::{Covered, Rate, RateSource, Rates, monthly_covered};
use crosscheck::quantity::{parse_decimal, readable};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Outcome, output};

/// Significant digits of a worked-out figure: as many as the rates have.
const DIGITS: u32 = 6;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A sum to convert, such as 100, 2.5e9 or 1300000000
    #[arg(value_name = "AMOUNT", requires = "from", value_parser = amount)]
    amount: Option<Decimal>,

    /// The currency of the sum, such as USD
    #[arg(value_name = "FROM", requires = "to", value_parser = super::currency)]
    from: Option<String>,

    /// The currency to convert it into
    #[arg(value_name = "TO", value_parser = super::currency)]
    to: Option<String>,

    /// The day whose rate to take, as YYYY-MM-DD [default: the last one of the daily table]
    #[arg(long, value_name = "DATE", value_parser = super::date, requires = "to")]
    on: Option<Date>,

    /// The ECB's eurofxref-hist.csv to take daily exchange rates from [default: the embedded table]
    #[arg(long, value_name = "FILE")]
    rates: Option<PathBuf>,

    /// How the answer is written
    #[arg(long, short, value_enum, value_name = "FORMAT", default_value_t = FormatName::Human)]
    format: FormatName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For a person
    Human,
    /// For programs
    Json,
}

/// A sum: a decimal point, and commas between groups of three digits alone, for "1,5" is no fifteen.
fn amount(text: &str) -> Result<Decimal, String> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let leads = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_grouped = !text.contains(',')
        || leads && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let is_plain = is_grouped && text.matches(',').count() == whole.matches(',').count();
    let amount = is_plain.then(|| parse_decimal(&text.replace(',', ""))).flatten();
    amount.filter(|amount| *amount > Decimal::ZERO).ok_or_else(|| {
        "expected a number above 0 with a decimal point, such as 100, 1,250.50 or 2.5e9".to_owned()
    })
}

/// A sum and what it was worth on a day.
struct Conversion<'a> {
    amount: Decimal,
    from: &'a str,
    to: &'a str,
    on: Date,
    rate: Rate,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let rates = super::rates(arguments.rates.as_ref())?;
    let (Some(daily), Some(monthly)) = (rates.covered(), monthly_covered()) else {
        return Err(problem("expected at least one day of rates, found none".to_owned()));
    };
    let asked = (arguments.amount, arguments.from.as_deref(), arguments.to.as_deref());
    let conversion = match asked {
        (Some(amount), Some(from), Some(to)) => {
            let on = arguments.on.unwrap_or(daily.last);
            let rate = rates.on(from, to, on).ok_or_else(|| no_rate(from, to, on, &daily, &monthly))?;
            Some(Conversion { amount, from, to, on, rate })
        }
        _ => None,
    };
    let reader = output::to_stdout(|out| match arguments.format {
        FormatName::Json => write_json(&rates, &daily, &monthly, conversion.as_ref(), out),
        FormatName::Human => match &conversion {
            Some(conversion) => write_conversion(conversion, out),
            None => write_tables(&rates, &daily, &monthly, out),
        },
    })?;
    let because = match &conversion {
        Some(conversion) => format!("the rate of {}", conversion.rate.date),
        None => format!("rates up to {}", daily.last),
    };
    Ok(Outcome::new(0, because).unless_left(reader))
}

fn problem(problem: String) -> Error {
    Error::ExpectedArgument { problem }
}

/// Why there is no rate: a currency that neither table holds, or a day that they do not reach.
fn no_rate(from: &str, to: &str, on: Date, daily: &Covered, monthly: &Covered) -> Error {
    let knows = |table: &Covered, code: &str| table.currencies.iter().any(|known| known == code);
    let unknown = [from, to].into_iter().find(|code| !knows(daily, code) && !knows(monthly, code));
    problem(match unknown {
        Some(code) => {
            format!("expected a currency with published rates, found {code}: neither table holds it")
        }
        None => format!(
            "expected a day on which {from} and {to} have rates, found {on}: the daily table, {} to {}, holds {}, the \
             monthly one, {} to {}, {}, and not every currency all the time",
            daily.first,
            daily.last,
            held(daily, from, to),
            month(monthly.first),
            month(monthly.last),
            held(monthly, from, to),
        ),
    })
}

/// Which of two currencies a table holds: "both", "neither", or one by its code.
fn held<'a>(table: &Covered, from: &'a str, to: &'a str) -> &'a str {
    let knows = |code: &str| table.currencies.iter().any(|known| known == code);
    match (knows(from), knows(to)) {
        (true, true) => "both",
        (true, false) => from,
        (false, true) => to,
        (false, false) => "neither",
    }
}

fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

fn rounded(value: Decimal) -> Decimal {
    value.round_sf(DIGITS).unwrap_or(value).normalize()
}

fn write_tables(rates: &Rates, daily: &Covered, monthly: &Covered, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "daily    European Central Bank, euro foreign exchange reference rates\n\
         \x20        {} to {}, {} days, {} currencies\n\
         \x20        sha256 {}\n\
         monthly  HM Revenue & Customs, where the daily table lacks a currency\n\
         \x20        {} to {}, {} months, {} currencies",
        daily.first,
        daily.last,
        daily.entries,
        daily.currencies.len(),
        rates.sha256(),
        month(monthly.first),
        month(monthly.last),
        monthly.entries,
        monthly.currencies.len(),
    )
}

fn write_conversion(conversion: &Conversion<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Conversion { amount, from, to, on, rate } = conversion;
    let sum = |sum: Decimal| readable(rounded(sum));
    let worth = |rate: Decimal| amount.checked_mul(rate).map_or_else(|| "too much to reckon".to_owned(), sum);
    let through = rate.cross.through;
    let published = match rate.source {
        RateSource::EcbDaily if rate.date == *on => format!("{}, {on}", rate.source),
        RateSource::EcbDaily => format!("{}, {}, the last one before {on}", rate.source, rate.date),
        RateSource::HmrcMonthly => format!("{}, {}", rate.source, month(rate.date)),
    };
    let around = match rate.source {
        RateSource::EcbDaily => "within 7 days before and after",
        RateSource::HmrcMonthly => "3 % either way, as the rate is monthly",
    };
    writeln!(out, "{} {from} = {} {to}", readable(*amount), worth(rate.value))?;
    writeln!(out, "  1 {from} = {} {to} ({published})", rounded(rate.value))?;
    if through != *from && through != *to {
        let (one, other) = (rounded(rate.cross.from), rounded(rate.cross.to));
        writeln!(out, "  crossed: 1 {through} = {one} {from}, 1 {through} = {other} {to}; {other} / {one}")?;
    }
    writeln!(
        out,
        "  {around}: 1 {from} = {} to {} {to}, so {} to {} {to}",
        rounded(rate.low),
        rounded(rate.high),
        worth(rate.low),
        worth(rate.high)
    )
}

fn write_json(
    rates: &Rates,
    daily: &Covered,
    monthly: &Covered,
    conversion: Option<&Conversion<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Wire<'a> {
        daily: TableWire<'a>,
        monthly: TableWire<'a>,
        conversion: Option<ConversionWire<'a>>,
    }
    #[derive(Serialize)]
    struct TableWire<'a> {
        source: String,
        first: String,
        last: String,
        entries: usize,
        currencies: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    }
    #[derive(Serialize)]
    struct ConversionWire<'a> {
        amount: String,
        from: &'a str,
        to: &'a str,
        on: String,
        value: Option<String>,
        rate: RateWire,
    }
    #[derive(Serialize)]
    struct RateWire {
        source: String,
        date: String,
        value: String,
        low: String,
        high: String,
        through: &'static str,
        from_per_through: String,
        to_per_through: String,
    }
    let wire = Wire {
        daily: TableWire {
            source: RateSource::EcbDaily.to_string(),
            first: daily.first.to_string(),
            last: daily.last.to_string(),
            entries: daily.entries,
            currencies: &daily.currencies,
            sha256: Some(rates.sha256()),
        },
        monthly: TableWire {
            source: RateSource::HmrcMonthly.to_string(),
            first: month(monthly.first),
            last: month(monthly.last),
            entries: monthly.entries,
            currencies: &monthly.currencies,
            sha256: None,
        },
        conversion: conversion.map(|Conversion { amount, from, to, on, rate }| ConversionWire {
            amount: amount.to_string(),
            from,
            to,
            on: on.to_string(),
            value: amount.checked_mul(rate.value).map(|value| value.to_string()),
            rate: RateWire {
                source: rate.source.to_string(),
                date: rate.date.to_string(),
                value: rate.value.to_string(),
                low: rate.low.to_string(),
                high: rate.high.to_string(),
                through: rate.cross.through,
                from_per_through: rate.cross.from.to_string(),
                to_per_through: rate.cross.to.to_string(),
            },
        }),
    };
    writeln!(out, "{}", serde_json::to_string_pretty(&wire)?)
}
