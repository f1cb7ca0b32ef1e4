//! Which of the point and the comma begins the decimals, where a language writes both.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::LazyLock;

use regex::Regex;

use crate::lang::Separators;

/// A figure that tells its decimal mark: "3.5", "12,75", "1.234,50".
static TELLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:0([.,])[0-9]{1,8}|[0-9]{1,6}([.,])[0-9]{1,2}|[0-9]{1,3}(?:[.][0-9]{3})+(,)[0-9]{1,4}|[0-9]{1,3}(?:,[0-9]{3})+([.])[0-9]{1,4})(?-u:\b)")
        .expect("a test uses the pattern")
});

/// A figure that tells its mark of groups, for decimals hardly end in a zero: "8,600", "1.250".
static GROUPED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)[1-9][0-9]{0,2}([.,])[0-9]{2}0(?-u:\b)").expect("a test uses the pattern")
});

/// The separators of a text: those of its page, where the page knows one decimal mark; else the mark that most of the
/// text's own telling figures have, and the page's usual one where they and its groups are silent.
pub(super) fn settle<'a>(text: &str, page: &'a Separators) -> Cow<'a, Separators> {
    let Some(usual) = page.decimal.first().filter(|_| page.decimal.len() > 1) else {
        return Cow::Borrowed(page);
    };
    let count = |mark: char| {
        let groups = TELLING.captures_iter(text).filter_map(|found| found.iter().skip(1).flatten().next());
        groups.filter(|group| group.as_str().chars().eq([mark])).count()
    };
    // Where no decimals tell, groups do: the other mark begins the decimals.
    let grouped = |mark: char| {
        let groups = GROUPED.captures_iter(text).filter_map(|found| found.get(0).zip(found.get(1)));
        // Percentages beyond a thousand are rarer than decimals that end in a zero.
        let is_percent = |end: usize| text.get(end..).is_some_and(|rest| rest.trim_start().starts_with('%'));
        groups.filter(|(whole, group)| group.as_str().chars().eq([mark]) && !is_percent(whole.end())).count()
    };
    let order = count('.').cmp(&count(',')).then_with(|| grouped(',').cmp(&grouped('.')));
    let decimal = match order {
        Ordering::Equal => *usual,
        Ordering::Greater => '.',
        Ordering::Less => ',',
    };
    let other = if decimal == '.' { ',' } else { '.' };
    let group = page.group.iter().copied().filter(|mark| *mark != decimal).chain([other]).collect();
    Cow::Owned(Separators { decimal: vec![decimal], group, indian: page.indian })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lexicon;

    #[test]
    fn the_text_settles_its_decimal_mark() {
        let lexicon = Lexicon::of("es");
        for (text, decimal) in [
            ("costó 1.234 euros", ','),
            ("subió 2.5 % hasta 1,234 pesos", '.'),
            ("subió 2,5 % hasta 1.234 euros", ','),
            ("1,234.50 pesos", '.'),
            ("costará 7,400 millones de pesos", '.'),
            ("costará 7.400 millones de pesos", ','),
            ("a 1,523 euros el litro", ','),
            ("un 4,800 %", ','),
        ] {
            assert_eq!(settle(text, &lexicon.separators).decimal, [decimal], "{text}");
        }
        assert!(matches!(settle("1,5", &Lexicon::of("en").separators), Cow::Borrowed(_)));
    }
}
