//! `crosscheck reconcile`: claims of many stories as JSON lines, compared story by story.

use std::io;

use clap::Args;
use crosscheck::error::Error;
use crosscheck::report::{self, Report, Summary};
use crosscheck::settings::Settings;
use crosscheck::stream::{Problem, Stories, Told};

use super::bar::{Bar, Summed};
use super::{Outcome, Reading, config, input, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    bar: Bar,

    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(arguments: &Arguments, command: &[String]) -> Result<Outcome, Error> {
    let settings = config::of_no_file(&arguments.reading)?;
    let mut summary = Summary::default();
    let mut told = told_stories();
    let mut failure = None;
    let reader = output::to_stdout(|out| {
        for story in told.by_ref() {
            match story {
                Ok(story) => {
                    let report = report(story, &settings, arguments.bar, command);
                    report.stories.iter().for_each(|story| summary.count(story));
                    report::write_json_line(&report, out)?;
                    out.flush()?;
                }
                Err(error) => failure = Some(error),
            }
        }
        Ok(())
    })?;
    match failure {
        Some(error) => Err(error),
        None if summary.documents == 0 && reader == output::Reader::Stayed => Err(Error::ExpectedArgument {
            problem: "the standard input: expected lines of `crosscheck extract --format lines`, found none"
                .to_owned(),
        }),
        None => Ok(arguments.bar.outcome(&summary, Summed::OnlyHere).unless_left(reader)),
    }
}

fn report(story: Told, settings: &Settings, bar: Bar, command: &[String]) -> Report {
    let mut story = crosscheck::check_claims(story, settings);
    bar.accept_incomplete(&mut story);
    Report { stories: vec![story], command: command.to_vec() }
}

/// The stories of the standard input, each when its last line was read; none behind the first error.
fn told_stories() -> impl Iterator<Item = Result<Told, Error>> {
    let mut stdin = io::stdin().lock();
    let mut stories = Stories::default();
    let mut number = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            let taken = match stories.behind() {
                Some(problem) => Err(problem),
                None => {
                    number += 1;
                    match input::line(&mut stdin) {
                        Some(Ok(line)) => stories.take(number, &line),
                        Some(Err(cause)) => Err(Problem { line: number, what: cause.to_string() }),
                        None => {
                            is_over = true;
                            stories.close()
                        }
                    }
                }
            };
            is_over |= taken.is_err();
            if let Some(told) = taken.map_err(expected_line).transpose() {
                return Some(told);
            }
        }
        None
    })
}

fn expected_line(Problem { line, what }: Problem) -> Error {
    Error::ExpectedArgument { problem: format!("line {line} of the input: {what}") }
}
