//! A figure as it is printed, taken apart so that one part can be changed.

use std::sync::LazyLock;

use crosscheck::quantity::times_power_of_ten;
use regex::Regex;
use rust_decimal::Decimal;

use super::page::Page;

/// A figure in digits, part by part in the order in which they are printed.
#[derive(Debug, Clone)]
pub(super) struct Printed {
    /// A sign or a hedge: "$".
    pub(super) before: String,
    /// "1,300" or "1.3".
    pub(super) digits: String,
    /// The scale word with the space before it, and its power of ten.
    pub(super) scale: Option<Scale>,
    /// The unit with the space before it: " GW".
    pub(super) behind: String,
    /// What the digits alone say.
    pub(super) value: Decimal,
    pub(super) point: char,
    /// The mark between groups, as printed and as the page sets it.
    pub(super) group: (Option<char>, char),
}

/// A power of ten behind the digits.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) power: u32,
    pub(super) gap: String,
    pub(super) word: String,
}

/// Digits with marks between their groups and before their decimals.
static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9]+(?:[.,'’\u{a0}\u{2009}\u{202f} ][0-9]{2,3})*(?:[.,][0-9]+)?").unwrap()
});

impl Printed {
    /// Takes a quotation apart that says `value` in its unit; nothing where it is no single number in digits.
    pub(super) fn read(quotation: &str, page: &Page, value: Decimal) -> Option<Printed> {
        let mut runs = DIGITS.find_iter(quotation);
        let run = runs.next().filter(|_| runs.next().is_none() && !quotation.contains("&#"))?;
        let behind = quotation.get(run.end()..)?;
        let word = behind.trim_start();
        let gap = behind.get(..behind.len() - word.len())?;
        let scale = page.scale_at(word).map(|(power, word)| Scale {
            power,
            gap: gap.to_owned(),
            word: word.to_owned(),
        });
        let taken = scale.as_ref().map_or(0, |scale| scale.gap.len() + scale.word.len());
        let power = scale.as_ref().map_or(0, |scale| scale.power);
        let (printed, point, group) = readings(run.as_str(), page).into_iter().find(|(reading, ..)| {
            times_power_of_ten(*reading, i32::try_from(power).unwrap()) == Some(value.normalize())
        })?;
        Some(Printed {
            before: quotation.get(..run.start())?.to_owned(),
            digits: run.as_str().to_owned(),
            scale,
            behind: behind.get(taken..)?.to_owned(),
            value: printed,
            point,
            group: (group, page.group),
        })
    }

    pub(super) fn power(&self) -> u32 {
        self.scale.as_ref().map_or(0, |scale| scale.power)
    }

    /// The figure as it is printed.
    pub(super) fn text(&self) -> String {
        let scale =
            self.scale.as_ref().map_or_else(String::new, |scale| format!("{}{}", scale.gap, scale.word));
        format!("{}{}{scale}{}", self.before, self.digits, self.behind)
    }

    /// The figure with other digits.
    pub(super) fn with_digits(&self, digits: String) -> Printed {
        Printed { digits, ..self.clone() }
    }

    /// The figure with another number before the scale word, printed as the report prints its own.
    pub(super) fn with_value(&self, value: Decimal) -> Printed {
        let value = value.normalize();
        let text = value.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut digits = String::new();
        let is_grouped =
            whole.len() > 3 && (self.group.0.is_some() || self.digits.len() < 4 || whole.len() > 4);
        for (at, digit) in whole.chars().enumerate() {
            if is_grouped && at > 0 && (whole.len() - at).is_multiple_of(3) {
                digits.push(self.group.0.unwrap_or(self.group.1));
            }
            digits.push(digit);
        }
        if !decimals.is_empty() {
            digits.push(self.point);
            digits.push_str(decimals);
        }
        Printed { digits, value, ..self.clone() }
    }

    /// Decimal places as printed.
    pub(super) fn decimals(&self) -> u32 {
        self.value_as_printed().scale()
    }

    /// The value with the zeros behind its decimals.
    fn value_as_printed(&self) -> Decimal {
        let decimals = self.digits.rsplit_once(self.point).map_or(0, |(_, decimals)| decimals.len());
        let mut value = self.value;
        value.rescale(u32::try_from(decimals).unwrap());
        value
    }

    /// The places of the digits in their text, without marks.
    pub(super) fn digit_places(&self) -> Vec<usize> {
        self.digits.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).map(|(at, _)| at).collect()
    }

    /// Digits up to the last that is no zero.
    pub(super) fn significant(&self) -> usize {
        let digits: String = self.digits.chars().filter(char::is_ascii_digit).collect();
        let all = digits.trim_start_matches('0');
        if self.decimals() > 0 { all.len() } else { all.trim_end_matches('0').len() }
    }
}

/// What digits may say: with the last mark before decimals, or with every mark between groups.
fn readings(digits: &str, page: &Page) -> Vec<(Decimal, char, Option<char>)> {
    let marks: Vec<(usize, char)> =
        digits.char_indices().filter(|(_, letter)| !letter.is_ascii_digit()).collect();
    let plain = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let group = marks.first().map(|(_, mark)| *mark);
    let whole = plain(digits).parse().ok().map(|value| (value, page.point, group));
    let broken = marks.last().filter(|(_, mark)| matches!(mark, '.' | ',')).and_then(|(at, mark)| {
        let (whole, decimals) = digits.split_at_checked(*at)?;
        let value = format!("{}.{}", plain(whole), plain(decimals)).parse().ok()?;
        Some((value, *mark, group.filter(|_| marks.len() > 1)))
    });
    whole.into_iter().chain(broken).collect()
}
