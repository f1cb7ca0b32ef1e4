//! The summary of a GitHub job: the Markdown report, as far as the page takes it.

use std::io::Write;
use std::path::PathBuf;

use crosscheck::error::Error;
use crosscheck::report::{self, Format, Report, counted};

/// The most bytes of a summary. GitHub takes 1,024 KiB and refuses the whole of a longer one.
const MOST_BYTES: usize = 1_000 * 1_024;
/// Bytes kept for the line that tells what was left out.
const ROOM: usize = 256;

/// Appends the Markdown report to the file that a GitHub job names for its summary, where one is named.
#[expect(clippy::disallowed_methods, reason = "the command reads the environment, and writes where it says")]
pub(super) fn append(report: &Report) -> Result<(), Error> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let path = PathBuf::from(path);
    let append = || {
        let mut page = Vec::new();
        report::write(report, Format::Markdown, &mut page)?;
        let before = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
        let room = MOST_BYTES.saturating_sub(usize::try_from(before).unwrap_or(usize::MAX));
        let page = cut(&String::from_utf8_lossy(&page), room);
        std::fs::File::options().create(true).append(true).open(&path)?.write_all(page.as_bytes())
    };
    append().map_err(|cause| Error::ExpectedOutput { path: path.clone(), cause })
}

/// A page in so many bytes: it ends before a heading, and says how many sections are left out.
fn cut(page: &str, most: usize) -> String {
    if page.len() <= most {
        return page.to_owned();
    }
    let whole = page.get(..page.floor_char_boundary(most.saturating_sub(ROOM))).unwrap_or_default();
    let end = whole.rfind("\n#").map_or(0, |at| at + 1);
    let (shown, rest) = page.split_at(end);
    let sections = rest.lines().filter(|line| line.starts_with('#')).count();
    let told = format!(
        "**The page is full: {} left out.** `--output report.md` writes all of them to a file.\n",
        counted(sections, "section")
    );
    format!("{shown}{}", if told.len() <= most { told } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_page_ends_before_a_heading_and_says_so() {
        let (one, two) = ("a é ".repeat(100), "b ".repeat(300));
        let page = format!("# All\n\n### One\n\n{one}\n\n### Two\n\n{two}\n\n### Three\n\nc\n");
        assert_eq!(cut(&page, page.len()), page);
        let short = cut(&page, 900);
        assert!(short.len() <= 900, "{}", short.len());
        assert!(short.starts_with("# All\n\n### One\n\na é"), "{short}");
        assert!(short.contains("2 sections left out") && !short.contains("### Two"), "{short}");
        assert_eq!(cut(&page, 20), "");
    }
}
