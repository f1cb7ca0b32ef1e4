//! The command line: one file per verb. With `main.rs` the only code that prints.

mod check;
mod explain;
mod extract;
mod output;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};
use crosscheck::error::Error;
use crosscheck::quantity::currency::currencies;
use crosscheck::quantity::rate::Rates;
use crosscheck::settings::Settings;

/// Reads several reports of one story and says where their numbers disagree.
#[derive(Debug, Parser)]
#[command(name = "crosscheck", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read, and nothing reaches --fail-on
  1  everything was read, and something does
  2  the answer cannot be trusted: wrong usage, nothing to read, or a file that was not read,
     or only in part

The last line on the error output says which and why.";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Compare the reports of a story and tell where their numbers disagree
    Check(check::Arguments),
    /// List the claims of each report without comparing them
    Extract(extract::Arguments),
    /// Print the page of a rule, such as value-conflict
    Explain(explain::Arguments),
}

/// What every verb that reads reports can be told.
#[derive(Debug, Args)]
struct Reading {
    /// The date that undated reports speak of, as YYYY-MM-DD [default: the story's latest dated report]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<jiff::civil::Date>,

    /// The reader's country, as two letters: settles which "dollar", "pound" or "kr" is meant
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    home: Option<String>,

    /// The ECB's eurofxref-hist.csv to take daily exchange rates from [default: the embedded table]
    #[arg(long, value_name = "FILE")]
    rates: Option<PathBuf>,
}

impl Reading {
    fn settings(&self) -> Result<Settings, Error> {
        let mut settings = Settings { as_of: self.as_of, home: self.home.clone(), ..Settings::new() };
        if let Some(path) = &self.rates {
            settings.rates = Arc::new(load_rates(path)?);
        }
        Ok(settings)
    }
}

#[expect(clippy::disallowed_methods, reason = "the command reads the rate file it is given")]
fn load_rates(path: &PathBuf) -> Result<Rates, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Error::ExpectedRates { path: path.clone(), problem: cause.to_string() })?;
    Rates::from_ecb_csv(&text).map_err(|problem| Error::ExpectedRates { path: path.clone(), problem })
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "expected a date as YYYY-MM-DD, such as 2026-07-02".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    let is_known = currencies().all.iter().any(|currency| currency.countries.contains(&code));
    if is_known {
        Ok(code)
    } else {
        Err("expected a country of ISO 3166-1 in two letters, such as AU".to_owned())
    }
}

fn currency(text: &str) -> Result<String, String> {
    let code = text.to_ascii_uppercase();
    if currencies().get(&code).is_some() {
        Ok(code)
    } else {
        Err("expected a currency of ISO 4217 in three letters, such as EUR".to_owned())
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ColorWhen {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What a run came to.
struct Outcome {
    code: u8,
    because: String,
}

pub(super) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are answers; anything else is wrong usage.
        Err(told) if !told.use_stderr() => {
            let _ = told.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            let _ = error.print();
            let _ = writeln!(std::io::stderr(), "exit 2: wrong usage");
            return ExitCode::from(2);
        }
    };
    let outcome = match &cli.verb {
        Verb::Check(arguments) => check::run(arguments),
        Verb::Extract(arguments) => extract::run(arguments),
        Verb::Explain(arguments) => explain::run(arguments),
    };
    let outcome = outcome.unwrap_or_else(|error| Outcome { code: 2, because: error.to_string() });
    let _ = writeln!(std::io::stderr(), "exit {}: {}", outcome.code, output::shown(&outcome.because));
    ExitCode::from(outcome.code)
}
