//! What can go wrong outside the text: files, settings and rate tables.
//!
//! A bad report is not an error but data (see [`crate::document::Status`]); an [`Error`] stops a run before it starts.

use std::fmt;
use std::path::PathBuf;

/// Why a run could not start, in words for the person who called it.
///
/// Lower case, no full stop: what was expected, what was found, what to do.
#[derive(Debug)]
pub enum Error {
    /// A path that was named does not exist or cannot be listed.
    ExpectedPath {
        /// The path as it was given.
        path: PathBuf,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// The paths hold no report at all.
    ExpectedReports {
        /// Where reports were looked for.
        path: PathBuf,
    },
    /// The article to check cannot be read.
    ExpectedArticle {
        /// The path as it was given.
        path: PathBuf,
        /// What stood there, and what to do.
        problem: String,
    },
    /// There is nothing to hold an article against.
    ExpectedSources {
        /// Where sources were looked for.
        path: PathBuf,
        /// The article.
        draft: PathBuf,
    },
    /// A rate table that cannot be used.
    ExpectedRates {
        /// The file, as it was given.
        path: PathBuf,
        /// What was expected and what stood there.
        problem: String,
    },
    /// A line of JSON that is not a document.
    ExpectedDocument {
        /// The 1-based line of the input.
        line: usize,
        /// What was expected and what stood there.
        problem: String,
    },
    /// An output that could not be written.
    ExpectedOutput {
        /// The file, or `-` for the standard output.
        path: PathBuf,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// A word on the command line that means nothing to us.
    ExpectedArgument {
        /// What was expected, what was found, what to do.
        problem: String,
    },
}

/// The known word that a mistyped one is likely to mean.
///
/// ```
/// use crosscheck::error::nearest;
/// assert_eq!(nearest("value-conflcit", ["self-conflict", "value-conflict"]), Some("value-conflict"));
/// assert_eq!(nearest("weather", ["self-conflict", "value-conflict"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Two slips of a short word make another one.
    let most = (word.chars().count() / 3).clamp(1, 3);
    let slips = known.into_iter().map(|known| (strsim::osa_distance(word, known), known));
    slips.filter(|(slips, _)| *slips <= most).min().map(|(_, known)| known)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::ExpectedPath { path, cause } => {
                write!(f, "{}: expected a file or a folder of reports: {cause}", path.display())?;
                // Many commands read their standard input so.
                if path.as_os_str() == "-" {
                    f.write_str("; standard input is not read: save the reports in a folder")?;
                }
                Ok(())
            }
            Error::ExpectedReports { path } => write!(
                f,
                "{}: expected at least one report (.txt, .md, .html or .htm), found none",
                path.display()
            ),
            Error::ExpectedArticle { path, problem } => {
                write!(f, "{}: expected an article to check: {problem}", path.display())
            }
            Error::ExpectedSources { path, draft } => write!(
                f,
                "{}: expected at least one source of {} (.txt, .md, .html or .htm), found none beside it",
                path.display(),
                draft.display()
            ),
            Error::ExpectedRates { path, problem } => write!(
                f,
                "{}: expected the ECB's eurofxref-hist.csv: {problem}; download it again or leave out --rates",
                path.display()
            ),
            Error::ExpectedDocument { line, problem } => write!(
                f,
                "line {line} of the input: expected {{\"id\": …, \"text\": …}} on one line: {problem}"
            ),
            Error::ExpectedOutput { path, cause } if cause.kind() == std::io::ErrorKind::NotFound => {
                write!(f, "{}: expected a folder to write into, found none; make it first", path.display())
            }
            Error::ExpectedOutput { path, cause } => {
                write!(f, "{}: cannot write the report: {cause}", path.display())
            }
            Error::ExpectedArgument { problem } => f.write_str(problem),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::ExpectedPath { cause, .. } | Error::ExpectedOutput { cause, .. } => Some(cause),
            Error::ExpectedReports { .. }
            | Error::ExpectedArticle { .. }
            | Error::ExpectedSources { .. }
            | Error::ExpectedRates { .. }
            | Error::ExpectedDocument { .. }
            | Error::ExpectedArgument { .. } => None,
        }
    }
}
