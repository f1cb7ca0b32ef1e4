//! How much is read at most. What is larger is told as not read, never cut.

use std::io::{self, ErrorKind, Read};

/// The largest report, configuration or table of rates, and the longest line of JSON, in bytes (16 MiB).
pub const TEXT: u64 = 16 << 20;
/// The largest JSON report that is made again, in bytes (256 MiB).
pub const REPORT: u64 = 256 << 20;
/// The longest paragraph of a report, in bytes (1 MiB).
pub const PARAGRAPH: usize = 1 << 20;
/// The most numbers in digits of a story: those of 50,000 claims, for each of which news prints 1.1 to 1.3. A claim takes three
/// or four kilobytes of memory until it is judged, and holding so many against each other takes seconds.
pub const NUMBERS: usize = 65_000;
/// The most files of a folder.
pub const FILES: usize = 10_000;
/// The deepest nesting of a page's elements.
pub const DEPTH: usize = 512;

/// Reads to the end.
///
/// # Errors
///
/// Where that does not come within so many bytes, and where reading fails.
///
/// ```
/// use crosscheck::limit::bytes;
/// assert_eq!(bytes(&b"ten bytes."[..], 10).unwrap(), b"ten bytes.");
/// assert!(bytes(std::io::repeat(b'x'), 1 << 20).unwrap_err().to_string().starts_with("larger than 1 MiB"));
/// ```
pub fn bytes(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// The error of what is larger than so many bytes.
#[must_use]
pub fn too_large(most: u64) -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, format!("larger than {} MiB, the most that is read", most >> 20))
}
