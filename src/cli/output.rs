//! Where reports go: the standard output, or files that appear whole or not at all.

use std::fs::File;
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

/// Writes a file beside its place first and moves it there when it is whole. A link is followed; what is no file, such
/// as a device or a pipe, is written to as it is.
#[expect(clippy::disallowed_methods, reason = "the command writes the files it is told to")]
pub(super) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let whole = |file: File| {
        let mut out = io::BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    };
    let place = place(path);
    let is_special = std::fs::metadata(&place).is_ok_and(|own| !own.is_file() && !own.is_dir());
    let written = if is_special {
        File::options().write(true).open(&place).and_then(whole)
    } else {
        let draft = Draft::beside(&place);
        let written = File::create(&draft.path).and_then(whole);
        written.and_then(|()| std::fs::rename(&draft.path, &place))
    };
    written.map_err(|cause| Error::ExpectedOutput { path: path.to_path_buf(), cause })
}

/// Where a file is or will be, whatever it is called by.
#[expect(clippy::disallowed_methods, reason = "the command compares the files it is told to write")]
pub(super) fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = || Some(std::fs::canonicalize(folder).ok()?.join(path.file_name()?));
    std::fs::canonicalize(path).ok().or_else(beside).unwrap_or_else(|| path.to_path_buf())
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
