//! Where reports go: the standard output, or files that appear whole or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crosscheck::error::Error;

/// Who reads the standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Took all of it.
    Stayed,
    /// Closed it before the end, as `head` does: no error, and nothing more to say.
    Left,
}

/// Writes to the standard output.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Reader, Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Left),
        Err(cause) => Err(Error::ExpectedOutput { path: PathBuf::from("-"), cause }),
        Ok(()) => Ok(Reader::Stayed),
    }
}

/// Writes a file beside its place first and moves it there when it is whole.
#[expect(clippy::disallowed_methods, reason = "the command writes the files it is told to")]
pub(super) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let draft = Draft::beside(path);
    let written = std::fs::File::create(&draft.path).and_then(|file| {
        let mut out = io::BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    written
        .and_then(|()| std::fs::rename(&draft.path, path))
        .map_err(|cause| Error::ExpectedOutput { path: path.to_path_buf(), cause })
}

/// A file that is half written; it goes where it is not moved to its place.
struct Draft {
    path: PathBuf,
}

impl Draft {
    fn beside(path: &Path) -> Draft {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        drafts().push(path.clone());
        Draft { path }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
        drafts().retain(|path| *path != self.path);
    }
}

/// Every draft there is, for a run that is interrupted.
fn drafts() -> MutexGuard<'static, Vec<PathBuf>> {
    static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    DRAFTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes every draft.
pub(super) fn remove_drafts() {
    for draft in drafts().drain(..) {
        let _ = std::fs::remove_file(draft);
    }
}

/// Clears the screen, where the standard output is one.
pub(super) fn clear_screen() {
    let mut out = io::stdout();
    if out.is_terminal() {
        let _ = out.write_all(b"\x1b[2J\x1b[H").and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
    fn a_file_that_is_interrupted_leaves_the_old_one_and_no_draft() {
        let folder = std::env::temp_dir().join(format!("crosscheck-output-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("report.json");
        to_file(&path, |out| out.write_all(b"old")).unwrap();
        let interrupted = to_file(&path, |out| {
            out.write_all(b"new")?;
            remove_drafts();
            Ok(())
        });
        assert!(interrupted.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
