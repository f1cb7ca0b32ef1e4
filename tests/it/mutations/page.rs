//! How a language spells scales, units, currencies, hedges and small numbers: its page, read as a list of spellings.

use std::collections::BTreeMap;
use std::fs;

use crosscheck::quantity::currency::currencies;
use crosscheck::quantity::units;
use toml::{Table, Value};

/// Spellings by what they mean.
type Spellings = BTreeMap<String, Vec<String>>;

/// A language page, as far as variants are spelled from it.
pub(super) struct Page {
    /// Powers of ten in words, by their exponent.
    scales: BTreeMap<u32, Vec<String>>,
    /// Their short forms behind digits.
    suffixes: BTreeMap<u32, Vec<String>>,
    /// Before the figure, by the key of the hedge.
    hedges: Spellings,
    units: Spellings,
    prefixes: Spellings,
    currencies: Spellings,
    families: Spellings,
    numbers: Spellings,
    /// The usual mark before decimals.
    pub(super) point: char,
    /// The usual mark between groups of three digits.
    pub(super) group: char,
    /// Whether powers of 10,000 have words of their own.
    pub(super) has_myriads: bool,
}

/// The table under a dotted path of a page; empty where there is none.
fn table<'a>(page: &'a Table, path: &str) -> Option<&'a Table> {
    path.split('.').try_fold(page, |table, key| table.get(key)?.as_table())
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

fn spellings(page: &Table, path: &str) -> Spellings {
    let entries = table(page, path).into_iter().flatten();
    entries.map(|(key, value)| (key.clone(), strings(value))).collect()
}

fn powers(page: &Table, path: &str) -> BTreeMap<u32, Vec<String>> {
    let power = |key: &str| key.strip_prefix("1e")?.parse().ok();
    spellings(page, path).into_iter().filter_map(|(key, list)| Some((power(&key)?, list))).collect()
}

impl Page {
    pub(super) fn of(language: &str) -> Page {
        let text = fs::read_to_string(format!("src/lang/{language}.toml")).unwrap();
        let page: Table = toml::from_str(&text).unwrap();
        let mark = |key: &str| {
            let marks = strings(&table(&page, "separators").unwrap()[key]);
            marks.first().unwrap().chars().next().unwrap()
        };
        let scales = powers(&page, "scale.words");
        Page {
            has_myriads: scales.contains_key(&4),
            scales,
            suffixes: powers(&page, "scale.suffixes"),
            hedges: spellings(&page, "hedges.before"),
            units: spellings(&page, "unit.names"),
            prefixes: spellings(&page, "unit.prefixes"),
            currencies: spellings(&page, "currency.names"),
            families: spellings(&page, "currency.families"),
            numbers: spellings(&page, "number.words"),
            point: mark("decimal"),
            group: mark("group"),
        }
    }

    /// The power of ten that a text begins with, and the word for it; the longest spelling wins.
    pub(super) fn scale_at<'a>(&self, text: &'a str) -> Option<(u32, &'a str)> {
        let words = self.scales.iter().map(|(power, list)| (power, list, true));
        let suffixes = self.suffixes.iter().map(|(power, list)| (power, list, false));
        let mut best: Option<(u32, &str)> = None;
        for (power, list, is_word) in words.chain(suffixes) {
            for spelling in list {
                let Some(head) = text.get(..spelling.len()) else { continue };
                let is_met = head == spelling || is_word && head.to_lowercase() == *spelling;
                let next = text.get(spelling.len()..).and_then(|rest| rest.chars().next());
                let is_whole = self.has_myriads || !next.is_some_and(char::is_alphabetic);
                if is_met && is_whole && best.is_none_or(|(_, word)| word.len() < spelling.len()) {
                    best = Some((*power, head));
                }
            }
        }
        best
    }

    /// The word of another power in the form of this one: "millions" to "billions", "Mio." to "Mrd.".
    pub(super) fn rescaled(&self, power: u32, word: &str, to: u32) -> Option<String> {
        for (table, folds) in [(&self.suffixes, false), (&self.scales, true)] {
            let own = table.get(&power).into_iter().flatten();
            let at = own.enumerate().find(|(_, one)| *one == word || folds && **one == word.to_lowercase());
            if let (Some((at, _)), Some(others)) = (at, table.get(&to)) {
                // "Miles de millones" is no figure's scale: a form counts only with as many words as the first.
                let words = |spelling: &String| spelling.split(' ').count();
                let first = others.first()?;
                let other = others.get(at).filter(|other| words(other) == words(first)).unwrap_or(first);
                return Some(if folds { in_case_of(other, word) } else { other.clone() });
            }
        }
        None
    }

    /// The usual word of a power.
    pub(super) fn scale_word(&self, power: u32) -> Option<&str> {
        self.scales.get(&power)?.first().map(String::as_str)
    }

    /// Whether a word stands for a power in full.
    pub(super) fn is_scale_word(&self, power: u32, word: &str) -> bool {
        self.scales.get(&power).is_some_and(|list| list.iter().any(|one| *one == word.to_lowercase()))
    }

    /// The usual short form of a power.
    pub(super) fn short_scale(&self, power: u32) -> Option<&str> {
        // One letter may stand for other things; the first form of more is the usual one.
        let list = self.suffixes.get(&power)?;
        list.iter().find(|one| one.chars().count() > 1).or(list.first()).map(String::as_str)
    }

    /// The usual word of a hedge before a figure, with the space behind it that the language sets.
    pub(super) fn hedge(&self, key: &str) -> Option<String> {
        let word = self
            .hedges
            .get(key)?
            .iter()
            .find(|word| word.chars().all(char::is_alphabetic) || word.contains(' '))?;
        let is_spaced = !word.chars().any(is_unspaced);
        Some(if is_spaced { format!("{word} ") } else { word.clone() })
    }

    /// A whole number in words.
    pub(super) fn number(&self, value: u32) -> Option<&str> {
        self.numbers.get(&value.to_string())?.first().map(String::as_str)
    }

    /// Every spelling of a unit: its names, then its signs.
    fn names_of(&self, code: &str) -> (Vec<String>, Vec<String>) {
        let mut names = self.units.get(code).cloned().unwrap_or_default();
        for (prefix, words) in &self.prefixes {
            let base = code.strip_prefix(prefix.as_str()).and_then(|base| self.units.get(base));
            if let (Some(word), Some(base)) = (words.first(), base) {
                names.extend(base.iter().map(|name| format!("{word}{name}")));
            }
        }
        let built = units().all.iter().any(|unit| {
            unit.prefixes.iter().any(|prefix| code.strip_prefix(prefix.as_str()) == Some(unit.id.as_str()))
        });
        let listed = units().find(code).filter(|(entry, _)| entry.id == code);
        let signs = built.then(|| code.to_owned()).into_iter();
        (names, signs.chain(listed.into_iter().flat_map(|(entry, _)| entry.symbols.clone())).collect())
    }

    /// A unit's spelling in the form of another's: "kilometres" to "miles", "GW" to "GWh".
    pub(super) fn respelled(&self, spelling: &str, from: &str, to: &str) -> Option<String> {
        let (names, signs) = self.names_of(from);
        let (other_names, other_signs) = self.names_of(to);
        if signs.iter().any(|sign| sign == spelling) {
            return other_signs.first().or(other_names.get(1)).or(other_names.first()).cloned();
        }
        let at = names.iter().position(|name| *name == spelling.to_lowercase())?;
        // "Percent" is its own plural; a "percentage point" is not.
        let other = match (from, to) {
            ("%", _) => self.plural(&other_names),
            (_, "%") => other_names.first(),
            _ => other_names.get(at),
        };
        let other = other.or(other_names.first()).or(other_signs.first())?;
        Some(in_case_of(other, spelling))
    }

    /// A currency's name or sign in the form of another's: "euros" to "dollars", "€" to "$".
    pub(super) fn exchanged(&self, text: &str, from: &str, to: &str) -> Option<String> {
        let (names, other_names) = (self.names_of_currency(from), self.names_of_currency(to));
        let lower = text.to_lowercase();
        let named = names.iter().filter(|name| lower.ends_with(name.as_str()));
        if let Some(name) = named.max_by_key(|name| name.len()) {
            let kept = text.get(..text.len() - name.len())?;
            let word = text.get(kept.len()..)?;
            return Some(format!("{kept}{}", in_case_of(self.plural(&other_names)?, word)));
        }
        let sign = signs_of_currency(from).into_iter().filter(|sign| text.contains(sign.as_str()));
        let sign = sign.max_by_key(String::len)?;
        let is_letter = sign.chars().all(is_unspaced);
        let signs = signs_of_currency(to);
        let other = if is_letter { self.plural(&other_names)? } else { signs.first()? };
        Some(text.replacen(&sign, other, 1))
    }

    /// The plural of a list that holds a singular and its plural in "s", or begins with both; else its first spelling.
    fn plural<'a>(&self, names: &'a [String]) -> Option<&'a String> {
        let first = names.first()?;
        let stem: String = first.chars().take(3).collect();
        let second = names.get(1).filter(|other| other.starts_with(&stem) && !self.has_myriads);
        let in_s = names
            .iter()
            .find(|name| name.strip_suffix('s').is_some_and(|one| names.iter().any(|name| name == one)));
        Some(in_s.or(second).unwrap_or(first))
    }

    fn names_of_currency(&self, code: &str) -> Vec<String> {
        let families = currencies().get(code).map(|currency| currency.families.clone()).unwrap_or_default();
        let shared = families.iter().filter_map(|id| self.families.get(id)).flatten().cloned();
        shared.chain(self.currencies.get(code).cloned().unwrap_or_default()).collect()
    }
}

/// The signs of a currency, the shared one first, and their names in a page's markup.
fn signs_of_currency(code: &str) -> Vec<String> {
    let Some(currency) = currencies().get(code) else { return Vec::new() };
    let families = currency.families.iter().filter_map(|id| currencies().family(id));
    let shared = families.filter(|family| family.default.as_deref() == Some(code));
    let signs: Vec<String> =
        shared.flat_map(|family| family.symbols.clone()).chain(currency.symbols.clone()).collect();
    let entities = [("£", "&pound;"), ("€", "&euro;"), ("¥", "&yen;")];
    let written = entities.iter().filter(|(sign, _)| signs.iter().any(|own| own == sign));
    let written: Vec<String> = written.map(|(_, entity)| (*entity).to_owned()).collect();
    signs.into_iter().chain(written).collect()
}

/// A page's spelling with a capital where the word that it replaces has one.
fn in_case_of(spelling: &str, word: &str) -> String {
    let mut letters = spelling.chars();
    match (word.chars().next(), letters.next()) {
        (Some(first), Some(own)) if first.is_uppercase() => own.to_uppercase().chain(letters).collect(),
        _ => spelling.to_owned(),
    }
}

/// Letters of scripts that set no space between words.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}
