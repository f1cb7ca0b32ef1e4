//! How the command behaves: how much it says, that it shows to be alive, and how it stops.

use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use clap::Args;
use crosscheck::document::Status;
use crosscheck::report::{Report, counted, visible};

use super::{Outcome, output};

/// How much is said on the error output, beside the report.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Talk {
    /// Say nothing on the error output but what went wrong
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Also tell there how each file was read
    #[arg(long, short, global = true)]
    verbose: bool,
}

/// The exit code of a run that was interrupted: that of a shell, 128 and the signal's number.
const INTERRUPTED: i32 = 130;
/// How long a run may take before it shows that it is alive.
const PATIENCE: Duration = Duration::from_secs(1);

impl Talk {
    /// Tells the exit code and its reason.
    pub(super) fn close(self, outcome: &Outcome) {
        if let Some(because) = outcome.because.as_ref().filter(|_| !self.quiet || outcome.code == 2) {
            say(&format!("exit {}: {because}", outcome.code));
        }
    }

    /// Tells what happens next.
    pub(super) fn remark(self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// Tells how each file was read.
    pub(super) fn files(self, report: &Report) {
        if !self.verbose {
            return;
        }
        for story in &report.stories {
            for document in &story.documents {
                let claims = story.claims.iter().filter(|claim| claim.document == document.id).count();
                let when =
                    document.published.as_ref().map_or("undated".to_owned(), |when| when.date.to_string());
                say(&match &document.status {
                    Status::Skipped(why) => format!("{}: not read: {why}", document.path),
                    Status::Read | Status::Partly(_) => format!(
                        "{}: {}, {}, {}, {when}, {}",
                        document.path,
                        document.format.as_str(),
                        document.encoding,
                        document.language,
                        counted(claims, "claim")
                    ),
                });
            }
        }
    }

    /// Does long work; a person who waits at a terminal is shown after a second that it goes on.
    pub(super) fn working<T>(self, on: &str, work: impl FnOnce() -> T) -> T {
        if self.quiet || !io::stderr().is_terminal() {
            return work();
        }
        thread::scope(|scope| {
            let (done, wait) = channel::<()>();
            scope.spawn(move || {
                let mut seconds = 0;
                while wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    seconds += 1;
                    let _ = write!(io::stderr(), "\r{on}, {seconds} s ");
                }
                if 0 < seconds {
                    let _ = write!(io::stderr(), "\r{:width$}\r", "", width = on.chars().count() + 12);
                }
            });
            let result = work();
            drop(done);
            result
        })
    }
}

/// A line on the error output: names of files may hold anything.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(text));
}

/// From now on an interrupted run takes its half-written files with it.
pub(super) fn stop_cleanly() {
    // Without a handler the run still stops; only a half-written file beside its place may stay.
    let _ = ctrlc::set_handler(|| {
        output::remove_drafts();
        #[expect(clippy::exit, reason = "the run was interrupted")]
        std::process::exit(INTERRUPTED);
    });
}

/// Does the work; a slip of the program itself is told as such, without a word of what was read.
pub(super) fn guarded(work: impl FnOnce() -> Outcome) -> Outcome {
    std::panic::set_hook(Box::new(|panic| say(&slip(panic))));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let _ = std::panic::take_hook();
    outcome.unwrap_or_else(|_| {
        Outcome::new(2, "a fault of crosscheck itself, not of your files: please report it".to_owned())
    })
}

fn slip(panic: &PanicHookInfo<'_>) -> String {
    let place =
        panic.location().map_or_else(String::new, |place| format!(" at {}:{}", place.file(), place.line()));
    format!("crosscheck {} failed{place}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_program_is_told_without_what_it_read() {
        let outcome = guarded(|| panic!("the minister's secret figure"));
        assert_eq!(outcome.code, 2);
        assert!(!outcome.because.unwrap().contains("secret"));
    }
}
