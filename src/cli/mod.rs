//! The command line: one file per verb. With `main.rs` the only code that prints.

mod accept;
mod bar;
mod check;
mod config;
mod explain;
mod extract;
mod init;
mod input;
mod manners;
mod output;
mod pages;
mod rates;
mod reconcile;
mod stories;
mod summary;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use crosscheck::configuration::{Country, Currency};
use crosscheck::error::Error;
use crosscheck::quantity::rate::Rates;
use manners::Talk;
use output::Reader;

/// Reads several reports of one story and says where their numbers disagree.
#[derive(Debug, Parser)]
#[command(name = "crosscheck", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,

    #[command(flatten)]
    talk: Talk,
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
    /// Compare claims of many stories that come as JSON lines, story by story
    Reconcile(reconcile::Arguments),
    /// Print the page of a rule, such as value-conflict
    Explain(explain::Arguments),
    /// Make the check of a JSON report again and tell what differs
    Verify(verify::Arguments),
    /// Tell what exchange rates are embedded, or convert a sum at the rate of a day
    Rates(rates::Arguments),
    /// Accept findings by their ids: they stay in the report and no longer count
    Accept(accept::Arguments),
    /// Write a crosscheck.toml with every key and what it does
    Init,
    /// Print what a shell needs to complete the command's words
    Completions(pages::Completions),
    /// Print the manual page, or write all of them into a folder
    Man(pages::Manual),
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

    /// The configuration to go by [default: the nearest crosscheck.toml from the story's folder upward that stands in
    /// the working folder or above it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Go by no configuration, no accepted findings and no ignore comments
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
}

/// The rates of a file; without one, those that are embedded.
fn rates(path: Option<&PathBuf>) -> Result<Arc<Rates>, Error> {
    let Some(path) = path else { return Ok(Rates::embedded()) };
    let cannot = |problem| Error::ExpectedRates { path: path.clone(), problem };
    let text = input::text(path).map_err(|cause| cannot(cause.to_string()))?;
    Ok(Arc::new(Rates::from_ecb_csv(&text).map_err(cannot)?))
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "expected a date as YYYY-MM-DD, such as 2026-07-02".to_owned())
}

fn country(text: &str) -> Result<String, String> {
    Country::try_from(text.to_owned()).map(|country| country.0)
}

fn currency(text: &str) -> Result<String, String> {
    Currency::try_from(text.to_owned()).map(|currency| currency.0)
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
    /// Why, for the last line on the error output; nothing where nobody is there to read it.
    because: Option<String>,
}

impl Outcome {
    fn new(code: u8, because: String) -> Outcome {
        Outcome { code, because: Some(because) }
    }

    /// Says nothing to a reader who left.
    fn unless_left(self, reader: Reader) -> Outcome {
        match reader {
            Reader::Stayed => self,
            Reader::Left => Outcome { because: None, ..self },
        }
    }
}

pub(super) fn run() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|matches| {
        let cli = Cli::from_arg_matches(&matches)?;
        Ok((cli, matches))
    });
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        // Help and version are answers; anything else is wrong usage.
        Err(told) if !told.use_stderr() => {
            let _ = told.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            let _ = error.print();
            manners::say("exit 2: wrong usage");
            return ExitCode::from(2);
        }
    };
    manners::stop_cleanly();
    let outcome = manners::guarded(|| {
        let outcome = answer(&cli, &matches);
        outcome.unwrap_or_else(|error| Outcome::new(2, error.to_string()))
    });
    cli.talk.close(&outcome);
    ExitCode::from(outcome.code)
}

fn answer(cli: &Cli, matches: &ArgMatches) -> Result<Outcome, Error> {
    match &cli.verb {
        Verb::Check(arguments) => check::run(arguments, &words(matches), cli.talk),
        Verb::Extract(arguments) => extract::run(arguments, cli.talk),
        Verb::Reconcile(arguments) => reconcile::run(arguments, &words(matches)),
        Verb::Explain(arguments) => explain::run(arguments),
        Verb::Verify(arguments) => verify::run(arguments, cli.talk),
        Verb::Rates(arguments) => rates::run(arguments),
        Verb::Accept(arguments) => accept::run(arguments),
        Verb::Init => init::run(),
        Verb::Completions(arguments) => pages::completions(arguments),
        Verb::Man(arguments) => pages::manual(arguments),
    }
}

/// The verb and arguments of a command line, but for those that only say how its answer is written; in the order of the
/// help, so that two ways to say one thing give the same words.
fn words(matches: &ArgMatches) -> Vec<String> {
    let Some((verb, matches)) = matches.subcommand() else { return Vec::new() };
    let command = Cli::command();
    let Some(command) = command.find_subcommand(verb) else { return Vec::new() };
    let mut words = vec![verb.to_owned()];
    let mut paths = Vec::new();
    let is_told = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    for argument in command.get_arguments().filter(|argument| is_told(argument.get_id().as_str())) {
        let id = argument.get_id().as_str();
        let values = matches.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy());
        match argument.get_long() {
            _ if check::PRESENTATION.contains(&id) => {}
            Some(name) if argument.get_action().takes_values() => {
                words.extend(values.map(|value| format!("--{name}={value}")));
            }
            Some(name) => words.push(format!("--{name}")),
            None => paths.extend(values.map(|value| value.into_owned())),
        }
    }
    if paths.iter().any(|path| path.starts_with('-')) {
        words.push("--".to_owned());
    }
    words.extend(paths);
    words
}
