//! Lines of a terminal: wrapped by the columns that their characters take, in words or, where words are not spaced,
//! between characters.

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

use crate::report::{Colour, Terminal};

/// Signs behind which no line ends.
const OPENING: &str = "([{“‘«「『（〈《【〔";

/// A stretch of a line in one style; a no-break space holds it together with what stands beside it.
pub(super) struct Piece {
    text: String,
    style: Style,
}

impl Piece {
    pub(super) fn new(text: String, style: Style) -> Piece {
        Piece { text, style }
    }

    pub(super) fn plain(text: String) -> Piece {
        Piece::new(text, Style::new())
    }
}

/// The pieces one after the other, each line behind so many spaces.
pub(super) fn wrapped(pieces: &[Piece], indent: usize, terminal: Terminal) -> String {
    let mut lines = Lines { text: " ".repeat(indent), indent, column: indent, terminal, style: Style::new() };
    let all: Vec<(char, Style)> =
        pieces.iter().flat_map(|piece| piece.text.chars().map(|c| (c, piece.style))).collect();
    let mut start = 0;
    for at in 1..=all.len() {
        let ends = match (all.get(at - 1), all.get(at)) {
            (Some((before, _)), Some((behind, _))) => may_break(*before, *behind),
            (_, _) => true,
        };
        if ends || at - start == terminal.prose() {
            lines.push(all.get(start..at).unwrap_or_default());
            start = at;
        }
    }
    lines.end()
}

/// Whether a line may end between two characters.
fn may_break(before: char, behind: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let is_unspaced = (is_wide(before) || is_wide(behind)) && behind.is_alphanumeric();
    before == ' ' && behind != ' ' || is_unspaced && !OPENING.contains(before) && before != '\u{a0}'
}

/// Lines in the making.
struct Lines {
    text: String,
    indent: usize,
    /// The columns of the line that are taken.
    column: usize,
    terminal: Terminal,
    style: Style,
}

impl Lines {
    /// Adds what no line may break.
    fn push(&mut self, run: &[(char, Style)]) {
        let columns = |run: &[(char, Style)]| run.iter().map(|(c, _)| c.width().unwrap_or(0)).sum::<usize>();
        let seen = run.iter().rposition(|(c, _)| *c != ' ').map_or(0, |last| last + 1);
        if self.column + columns(run.get(..seen).unwrap_or_default()) > self.terminal.prose()
            && self.column > self.indent
        {
            self.set(Style::new());
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
            self.text.push_str(&" ".repeat(self.indent));
            self.column = self.indent;
        }
        for (c, style) in run {
            self.set(*style);
            self.text.push(if *c == '\u{a0}' { ' ' } else { *c });
        }
        self.column += columns(run);
    }

    fn set(&mut self, style: Style) {
        if self.terminal.colour != Colour::Off && style != self.style {
            self.text.push_str(&format!("{:#}{style}", self.style));
            self.style = style;
        }
    }

    fn end(mut self) -> String {
        self.set(Style::new());
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        wrapped(&[Piece::plain(text.to_owned())], 2, Terminal::PLAIN).lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_ends_between_words() {
        let words = ["harbour"; 20].join(" ");
        let lines = lines(&words);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], format!("  {}", ["harbour"; 12].join(" ")));
        assert!(lines[1].starts_with("  harbour"));
    }

    #[test]
    fn wide_characters_take_two_columns_and_a_line_begins_with_none_that_closes() {
        let text = format!("{}、港", "堤".repeat(49));
        let lines = lines(&text);
        assert_eq!(lines, [format!("  {}", "堤".repeat(48)), "  堤、港".to_owned()]);
        assert!(
            lines.iter().all(|line| line.chars().filter_map(UnicodeWidthChar::width).sum::<usize>() <= 100)
        );
    }

    #[test]
    fn a_mark_stays_with_its_figure() {
        let text = format!("{} 640 metres\u{a0}[1\u{a0}✓]", "x".repeat(85));
        assert_eq!(lines(&text)[1], "  metres [1 ✓]");
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert!(lines(&"x".repeat(1000)).iter().all(|line| line.chars().count() <= 102));
    }

    #[test]
    fn a_style_ends_with_its_piece_and_with_its_line() {
        let pieces = [Piece::plain("a ".to_owned()), Piece::new("b".to_owned(), Style::new().bold())];
        assert_eq!(
            wrapped(&pieces, 0, Terminal { colour: Colour::On, ..Terminal::PLAIN }),
            "a \u{1b}[1mb\u{1b}[0m"
        );
        assert_eq!(wrapped(&pieces, 0, Terminal::PLAIN), "a b");
    }
}
