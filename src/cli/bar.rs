//! What a run comes to: its exit code, by what was found and what was not read.

use clap::{Args, ValueEnum};
use crosscheck::finding::{Severity, UNREAD};
use crosscheck::report::{StoryReport, Summary, counted};

use super::Outcome;

/// What makes a run fail.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Bar {
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    fail_on: FailOn,

    /// Take a file that was not read as a note instead of an error
    #[arg(long)]
    allow_incomplete: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors alone
    Error,
    /// Warnings and errors
    Warning,
    /// Everything
    Note,
    /// Nothing
    None,
}

/// Where a reader finds what the run came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Summed {
    /// In the last line on the error output.
    OnlyHere,
    /// At the end of the report too, right above that line.
    Above,
}

impl Bar {
    /// Makes notes of what was not read, where that is allowed.
    pub(super) fn accept_incomplete(self, story: &mut StoryReport) {
        let unread = story.findings.iter_mut().filter(|finding| finding.rule == UNREAD);
        unread.filter(|_| self.allow_incomplete).for_each(|finding| finding.severity = Severity::Note);
    }

    /// The exit code and its reason.
    pub(super) fn outcome(self, summary: &Summary, summed: Summed) -> Outcome {
        let fails = match self.fail_on {
            FailOn::Error => summary.errors > 0,
            FailOn::Warning => summary.errors + summary.warnings > 0,
            FailOn::Note => summary.errors + summary.warnings + summary.notes > 0,
            FailOn::None => false,
        };
        let told = format!(
            "{} in {}; {}",
            summary.findings(),
            counted(summary.documents, "document"),
            summary.draft().unwrap_or_else(|| summary.standings.to_string())
        );
        let level = self.fail_on.to_possible_value();
        let level = level.as_ref().map_or("error", |value| value.get_name());
        let unread = format!("{} not read, or only in part", counted(summary.unread, "document"));
        let code = if 0 < summary.unread && !self.allow_incomplete { 2 } else { u8::from(fails) };
        Outcome::new(
            code,
            match (code, summed) {
                (2, Summed::Above) => unread,
                (2, Summed::OnlyHere) => format!("{unread}; {told}"),
                (1, Summed::Above) => format!("something reaches --fail-on {level}"),
                (_, Summed::Above) => format!("nothing reaches --fail-on {level}"),
                (_, Summed::OnlyHere) => told,
            },
        )
    }
}
