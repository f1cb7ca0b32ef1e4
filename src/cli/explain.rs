//! `crosscheck explain`: the page of a rule.

use clap::Args;
use crosscheck::error::Error;
use crosscheck::finding::{RULES, rule};

use super::{Outcome, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule's id, as findings print it in brackets
    #[arg(value_name = "RULE")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let Some(rule) = rule(&arguments.rule) else {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        let problem = format!("expected one of {}, found `{}`", known.join(", "), arguments.rule);
        return Err(Error::ExpectedArgument { problem });
    };
    let reader = output::to_stdout(|out| write!(out, "{}", rule.page))?;
    Ok(Outcome::new(0, format!("the page of {}", rule.id)).unless_left(reader))
}
