//! Signs beside a figure that are the same in every language: `US$`, `EUR`, `GWh`, `%`.

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::CandidateUnit;
use crate::lang::Lexicon;
use crate::lang::words::fold;
use crate::quantity::currency::currencies;
use crate::quantity::{Unit, units};

/// Signs of the tables, with what they stand for.
struct Signs {
    by_text: FxHashMap<String, CandidateUnit>,
    longest: usize,
    /// By byte: whether a sign begins with it, and whether one ends with it.
    edges: [(bool, bool); 256],
}

/// A currency sign before a figure.
pub(super) struct CurrencySign {
    /// Its length in bytes, a blank behind it included.
    pub(super) length: usize,
    /// What it means.
    pub(super) unit: CandidateUnit,
    /// Whether it is a letter or a word as well.
    pub(super) is_weak: bool,
}

impl Signs {
    fn new() -> Signs {
        Signs { by_text: FxHashMap::default(), longest: 0, edges: [(false, false); 256] }
    }

    fn add(&mut self, sign: &str, unit: CandidateUnit) {
        self.longest = self.longest.max(sign.len());
        if let (Some(first), Some(last)) = (sign.bytes().next(), sign.bytes().next_back()) {
            self.edges[usize::from(first)].0 = true;
            self.edges[usize::from(last)].1 = true;
        }
        self.by_text.entry(sign.to_owned()).or_insert(unit);
    }

    /// The longest sign at the start of a text.
    fn at_start(&self, text: &str) -> Option<(usize, &CandidateUnit)> {
        let first = text.bytes().next()?;
        let longest = if self.edges[usize::from(first)].0 { self.longest.min(text.len()) } else { 0 };
        let is_edge =
            |sign: &str| sign.bytes().next_back().is_some_and(|last| self.edges[usize::from(last)].1);
        (1..=longest).rev().filter_map(|length| text.split_at_checked(length)).find_map(|(sign, rest)| {
            let is_whole = is_edge(sign) && !runs_on(sign.chars().next_back(), rest.chars().next());
            let unit = is_whole.then(|| self.by_text.get(sign)).flatten()?;
            Some((sign.len(), unit))
        })
    }

    /// The longest sign at the end of a text.
    fn at_end(&self, text: &str) -> Option<(usize, &CandidateUnit)> {
        let last = text.bytes().next_back()?;
        let longest = if self.edges[usize::from(last)].1 { self.longest.min(text.len()) } else { 0 };
        let is_edge = |sign: &str| sign.bytes().next().is_some_and(|first| self.edges[usize::from(first)].0);
        let mut cuts = (1..=longest).rev().filter_map(|length| text.split_at_checked(text.len() - length));
        cuts.find_map(|(rest, sign)| {
            let is_whole = is_edge(sign) && !runs_on(rest.chars().next_back(), sign.chars().next());
            let unit = is_whole.then(|| self.by_text.get(sign)).flatten()?;
            Some((sign.len(), unit))
        })
    }
}

/// Whether two neighbours belong to one word or number, so that a sign that ends between them is none.
fn runs_on(left: Option<char>, right: Option<char>) -> bool {
    let part = |c: char| c.is_alphanumeric() && !crate::lang::words::is_unspaced(c);
    left.is_some_and(part) && right.is_some_and(part)
}

static CURRENCIES: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs::new();
    let table = currencies();
    for currency in &table.all {
        let unit = CandidateUnit::Settled(Unit::money(&currency.code));
        for symbol in currency.symbols.iter().chain([&currency.code]) {
            signs.add(symbol, unit.clone());
        }
    }
    for family in &table.families {
        for symbol in &family.symbols {
            signs.add(symbol, CandidateUnit::Family(family.id.clone()));
        }
    }
    signs
});

/// Letters that stand for a currency where a scale follows the figure, with their codes.
static WEAK: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let of = |currency: &crate::quantity::currency::Currency| {
        let code = currency.code.clone();
        currency.weak_symbols.iter().map(move |sign| (sign.clone(), code.clone())).collect::<Vec<_>>()
    };
    currencies().all.iter().flat_map(of).collect()
});

static UNITS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs::new();
    let settled = |dimension, code: String| CandidateUnit::Settled(Unit { dimension, code });
    for entry in &units().all {
        for symbol in entry.symbols.iter().filter(|_| entry.bare) {
            signs.add(symbol, settled(entry.dimension, entry.id.clone()));
        }
    }
    for entry in &units().all {
        for prefix in &entry.prefixes {
            for symbol in &entry.symbols {
                signs.add(
                    &format!("{prefix}{symbol}"),
                    settled(entry.dimension, format!("{prefix}{}", entry.id)),
                );
            }
        }
    }
    signs
});

/// The currency sign at the end of the text before a figure, with a minus behind it if there is one ("$-5 million").
pub(super) fn currency_before(text: &str, lexicon: &Lexicon) -> Option<CurrencySign> {
    let trimmed = trim_one_blank_end(text);
    let signed =
        trimmed.strip_suffix(['-', '−']).filter(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
    let trimmed = signed.unwrap_or(trimmed);
    let blank = text.len() - trimmed.len();
    let Some((length, unit)) = CURRENCIES.at_end(trimmed) else {
        // "W800tn": a letter counts only where it is glued to the figure.
        let (length, code) = WEAK.iter().find_map(|(sign, code)| {
            let before = text.strip_suffix(sign.as_str())?.chars().next_back();
            (!before.is_some_and(char::is_alphanumeric)).then_some((sign.len(), code))
        })?;
        return Some(CurrencySign { length, unit: CandidateUnit::Settled(Unit::money(code)), is_weak: true });
    };
    let sign = trimmed.get(trimmed.len() - length..)?;
    if let Some((length, code)) = spaced_prefix(trimmed, length, lexicon) {
        let unit = CandidateUnit::Settled(Unit::money(&code));
        return Some(CurrencySign { length: blank + length, unit, is_weak: false });
    }
    let is_weak = currencies().get(sign).is_some_and(|currency| currency.is_word);
    Some(CurrencySign { length: blank + length, unit: unit.clone(), is_weak })
}

/// "HK $", "CAD $": the letters before a shared sign say whose it is. Returns the length of both, and the ISO code.
fn spaced_prefix(text: &str, sign_length: usize, lexicon: &Lexicon) -> Option<(usize, String)> {
    let (head, sign) = text.split_at_checked(text.len() - sign_length)?;
    let trimmed = trim_one_blank_end(head);
    let is_glued = trimmed.len() == head.len();
    let letters = trimmed.chars().rev().take_while(char::is_ascii_alphabetic).count();
    let written = trimmed.get(trimmed.len() - letters..)?;
    // "Give us $5", "try $5": apart from the sign, small letters are whose it is where they are no word.
    let is_small = !is_glued && written.bytes().any(|byte| byte.is_ascii_lowercase());
    if is_small && lexicon.is_stop_word(&fold(written)) {
        return None;
    }
    let prefix = written.to_ascii_uppercase();
    let is_free = !trimmed.get(..trimmed.len() - letters)?.ends_with(char::is_alphanumeric);
    if !is_free
        || !(2..=3).contains(&letters)
        || currencies().families.iter().all(|family| !family.symbols.iter().any(|symbol| symbol == sign))
    {
        return None;
    }
    let length = head.len() - trimmed.len() + letters + sign_length;
    if let Some(CandidateUnit::Settled(unit)) = CURRENCIES.by_text.get(&format!("{prefix}{sign}")) {
        return Some((length, unit.code.clone()));
    }
    currencies().get(&prefix).filter(|_| !is_small).map(|currency| (length, currency.code.clone()))
}

/// The currency sign at the start of the text behind a figure.
pub(super) fn currency_after(text: &str) -> Option<(usize, CandidateUnit)> {
    after(&CURRENCIES, text)
}

/// The unit sign at the start of the text behind a figure.
pub(super) fn unit_after(text: &str) -> Option<(usize, CandidateUnit)> {
    let (length, unit) = after(&UNITS, text)?;
    // "80mila l'anno": a letter before an apostrophe is an article.
    let is_elided = text.get(length..).is_some_and(|rest| rest.starts_with(['\'', '’']))
        && text.get(..length).is_some_and(|sign| sign.ends_with(char::is_alphabetic));
    (!is_elided).then_some((length, unit))
}

fn after(signs: &Signs, text: &str) -> Option<(usize, CandidateUnit)> {
    let trimmed = trim_one_blank_start(text);
    let blank = text.len() - trimmed.len();
    let (length, unit) = signs.at_start(trimmed)?;
    Some((blank + length, unit.clone()))
}

/// The scale suffix at the start of the text behind a figure: "bn" of "3.2bn".
///
/// A letter alone counts only where it is glued to the digits or to a currency ("15 M€").
pub(super) fn suffix_after(text: &str, suffixes: &[(String, Decimal)]) -> Option<(usize, Decimal)> {
    let trimmed = trim_one_blank_start(text);
    let blank = text.len() - trimmed.len();
    suffixes.iter().find_map(|(suffix, scale)| {
        let rest = trimmed.strip_prefix(suffix.as_str())?;
        let is_whole = !runs_on(suffix.chars().next_back(), rest.chars().next());
        let is_letter_alone = suffix.chars().count() == 1;
        let before_currency = CURRENCIES.at_start(rest).is_some();
        let is_suffix = before_currency || is_whole && (blank == 0 || !is_letter_alone);
        is_suffix.then_some((blank + suffix.len(), *scale))
    })
}

/// A letter alone that is a scale suffix apart from its figure: the "M" of "$2.5 M". A full stop makes it somebody's
/// initial.
pub(super) fn letter_after(text: &str, suffixes: &[(String, Decimal)]) -> Option<(usize, Decimal)> {
    let trimmed = trim_one_blank_start(text);
    let blank = text.len() - trimmed.len();
    suffixes.iter().filter(|(suffix, _)| suffix.chars().count() == 1).find_map(|(suffix, scale)| {
        let rest = trimmed.strip_prefix(suffix.as_str())?;
        let is_initial = rest.strip_prefix('.').is_some_and(|rest| !rest.trim().is_empty());
        let is_whole = !runs_on(suffix.chars().next_back(), rest.chars().next());
        (is_whole && !is_initial).then_some((blank + suffix.len(), *scale))
    })
}

/// The same behind a number in words, where only a currency glued to the suffix makes it one: "twenty MUSD".
pub(super) fn code_behind_suffix(text: &str, suffixes: &[(String, Decimal)]) -> Option<(usize, Decimal)> {
    suffix_after(text, suffixes)
        .filter(|(length, _)| text.get(*length..).is_some_and(|rest| CURRENCIES.at_start(rest).is_some()))
}

fn trim_one_blank_start(text: &str) -> &str {
    text.strip_prefix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(text)
}

fn trim_one_blank_end(text: &str) -> &str {
    text.strip_suffix([' ', '\u{a0}', '\u{202f}', '\u{2009}']).unwrap_or(text)
}
