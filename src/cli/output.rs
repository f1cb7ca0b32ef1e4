//! Where reports go: the standard output, or files that appear whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crosscheck::error::Error;

/// Writes to the standard output; a reader that went away is no error.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(cause) => Err(Error::ExpectedOutput { path: PathBuf::from("-"), cause }),
        Ok(()) => Ok(()),
    }
}

/// Writes a file beside its place first and moves it there when it is whole.
#[expect(clippy::disallowed_methods, reason = "the command writes the files it is told to")]
pub(super) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Error> {
    let cannot = |cause| Error::ExpectedOutput { path: path.to_path_buf(), cause };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let draft = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::File::create(&draft).and_then(|file| {
        let mut out = io::BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    let moved = written.and_then(|()| std::fs::rename(&draft, path));
    moved.map_err(|cause| {
        let _ = std::fs::remove_file(&draft);
        cannot(cause)
    })
}
