//! Text of strangers, made safe for each place it is shown in.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// The text with every character that acts instead of showing replaced by a sign for it: control characters (escape
/// sequences, C1), bidirectional marks, characters that show nothing, line separators. So is the last sign of `##[` and
/// of `::`, which begin a command in the log of a GitHub job, the first wherever it stands and the second where a line
/// begins. One character for one, so that columns stay.
///
/// ```
/// assert_eq!(crosscheck::report::visible("a\u{1b}[31m ::error::b"), "a␛[31m :：error:：b");
/// ```
pub fn visible(text: &str) -> String {
    let mut before = [' '; 2];
    let shown = text.chars().map(|c| {
        let commands = completes_command(before, c);
        before = [before[1], c];
        match c {
            '[' if commands => '［',
            ':' if commands => '：',
            _ => visible_char(c),
        }
    });
    shown.collect()
}

/// What begins a command in the log of a GitHub job, wherever it stands.
const COMMAND: &str = "##[";

/// Whether a character behind two others completes what begins a command.
pub(super) fn completes_command([first, second]: [char; 2], c: char) -> bool {
    (second, c) == (':', ':') || COMMAND.chars().eq([first, second, c])
}

/// Whether a character acts instead of showing.
fn acts(c: char) -> bool {
    c != '\t' && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}') && visible_char(c) != c
}

/// The character itself, or a sign for one that acts instead of showing.
pub(super) fn visible_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        // The last two of each plane are no characters.
        _ if u32::from(c) & 0xfffe == 0xfffe => '\u{fffd}',
        _ => c,
    }
}

/// The text for a paragraph or a cell of Markdown: every sign that could begin markup is escaped, and nothing in it
/// becomes a link, a mention or a tag.
pub(super) fn markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~'
            | '=' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // A zero-width non-joiner keeps `@name` and `www.` from becoming a mention or a link.
            '@' => safe.push_str("@\u{200c}"),
            ':' if ["http", "https", "ftp"].iter().any(|scheme| ends_with(&safe, scheme)) => {
                safe.push_str("\u{200c}:");
            }
            '.' if ends_with(&safe, "www") => safe.push_str("\u{200c}."),
            _ => safe.push(c),
        }
    }
    let is_list = safe.trim_start().starts_with(['-', '+']) || starts_with_number(safe.trim_start());
    if is_list { format!("\u{200c}{safe}") } else { safe }
}

/// Whether a text ends with a word of ASCII, in capitals or not.
fn ends_with(text: &str, word: &str) -> bool {
    let end = text.len().checked_sub(word.len()).and_then(|at| text.get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(word))
}

fn starts_with_number(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len()
        && rest.starts_with(['.', ')'])
        && rest.get(1..).is_none_or(|rest| rest.starts_with(' ') || rest.is_empty())
}

/// A path as the target of a Markdown link: percent-encoded, never a scheme.
pub(super) fn link_target(path: &str) -> String {
    let mut target = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                target.push(char::from(byte));
            }
            _ => target.push_str(&format!("%{byte:02X}")),
        }
    }
    target
}

/// JSON text with every character that acts on a terminal, and the bracket of `##[`, as an escape; such characters stand
/// inside strings alone.
pub(super) fn json(json: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = json.get(at..).and_then(first_unusual) {
        let Some(c) = json.get(at + found..).and_then(|rest| rest.chars().next()) else { break };
        let start = at + found;
        at = start + c.len_utf8();
        if acts(c) {
            safe.push_str(json.get(copied..start).unwrap_or_default());
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
            copied = at;
        }
    }
    let safe = if copied == 0 {
        Cow::Borrowed(json)
    } else {
        safe.push_str(json.get(copied..).unwrap_or_default());
        Cow::Owned(safe)
    };
    if safe.contains(COMMAND) { Cow::Owned(safe.replace(COMMAND, "##\\u005b")) } else { safe }
}

/// Takes JSON piece by piece, as a serializer writes it, and hands it on with every character that acts as an escape.
/// A piece never ends inside a character or inside `##[`: strings are cut only where they are escaped, and a buffer before
/// it hands on whole pieces.
pub(super) struct Harmless<W>(pub(super) W);

impl<W: io::Write> io::Write for Harmless<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(piece).map_err(io::Error::other)?;
        self.0.write_all(json(text).as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Where the first character stands that is neither printable ASCII nor the line break of a pretty page.
fn first_unusual(json: &str) -> Option<usize> {
    /// Bytes that are looked at together.
    const TOGETHER: usize = 64;
    let is_usual = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    let chunks = json.as_bytes().chunks(TOGETHER);
    let clean = TOGETHER
        * chunks.take_while(|chunk| chunk.iter().fold(true, |all, byte| all & is_usual(byte))).count();
    json.bytes().skip(clean).position(|byte| !is_usual(&byte)).map(|at| clean + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}c\u{202e}d\te"), "a␛[31mb\u{fffd}c\u{fffd}d e");
    }

    #[test]
    fn nothing_commands_the_log_of_a_job() {
        assert_eq!(visible("a ##[error]b"), "a ##［error]b");
        assert_eq!(visible(":::error::b"), ":：：error:：b");
        assert_eq!(
            json("[\"##[error]\", \"a\u{9b}\u{e0041}\"]"),
            r###"["##\u005berror]", "a\u009b\udb40\udc41"]"###
        );
    }

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(
            markdown("<img> [x](javascript:1) @you *b*"),
            "&lt;img&gt; \\[x\\]\\(javascript:1\\) @\u{200c}you \\*b\\*"
        );
        assert_eq!(markdown("1. one"), "\u{200c}1. one");
        assert_eq!(link_target("a b/ü(1).txt"), "a%20b/%C3%BC%281%29.txt");
    }
}
