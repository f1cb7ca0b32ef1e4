//! What the command reads beside the reports: files that it is given or finds, and documents on the standard input.

use std::fs::File;
use std::io::{self, BufRead, ErrorKind, Read};
use std::path::Path;

use crosscheck::limit;

/// A file's bytes, at most so many.
#[expect(clippy::disallowed_methods, reason = "the command reads the files it is given")]
pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    limit::bytes(File::open(path)?, most)
}

/// The text of a file of the newsroom.
pub(super) fn text(path: &Path) -> io::Result<String> {
    utf8(bytes(path, limit::TEXT)?)
}

/// The next line of an input; none at its end. A line that is longer than a report may be is an error.
pub(super) fn line(input: &mut impl BufRead) -> Option<io::Result<String>> {
    let mut line = Vec::new();
    match input.take(limit::TEXT + 1).read_until(b'\n', &mut line) {
        Ok(0) => None,
        Ok(read) if limit::TEXT < read as u64 => Some(Err(limit::too_large(limit::TEXT))),
        Ok(_) => Some(utf8(line)),
        Err(cause) => Some(Err(cause)),
    }
}

fn utf8(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|cause| {
        let at = cause.utf8_error().valid_up_to();
        io::Error::new(ErrorKind::InvalidData, format!("not UTF-8 text, from byte {at} on"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_is_an_error_and_the_last_one_needs_none() {
        let mut input = &b"one\ntwo"[..];
        let mut next = || line(&mut input).map(Result::unwrap);
        assert_eq!([next(), next(), next()], [Some("one\n".to_owned()), Some("two".to_owned()), None]);
        let mut endless = io::BufReader::new(io::repeat(b'x'));
        assert_eq!(line(&mut endless).unwrap().unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
