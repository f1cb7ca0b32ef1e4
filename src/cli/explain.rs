//! `crosscheck explain`: the page of a rule.

use clap::Args;
use crosscheck::error::Error;
use crosscheck::finding::known_rule;

use super::{Outcome, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule's id, as findings print it in brackets
    #[arg(value_name = "RULE")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let rule = known_rule(&arguments.rule).map_err(|problem| Error::ExpectedArgument { problem })?;
    let reader = output::to_stdout(|out| write!(out, "{}", rule.page))?;
    Ok(Outcome::new(0, format!("the page of {}", rule.id)).unless_left(reader))
}
