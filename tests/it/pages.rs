//! What each language page must read and must leave alone, as its own file of examples says; and the texts full of
//! figures that are no quantities.

use std::collections::BTreeSet;
use std::fs;

use crosscheck::document::{Format, Known, read_bytes};
use crosscheck::lang::PAGES;
use crosscheck::normalise::Claim;
use crosscheck::quantity::{Bound, Dimension, Interval, Quantity};
use crosscheck::settings::Settings;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    example: Vec<Example>,
    silent: Vec<Silent>,
    /// What the page should read and does not yet.
    #[serde(default)]
    open: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    reads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Silent {
    text: String,
    #[expect(dead_code, reason = "the reason is for the people who keep the page")]
    because: String,
}

fn examples(id: &str) -> Examples {
    toml::from_str(&fs::read_to_string(format!("src/lang/{id}.examples.toml")).unwrap()).unwrap()
}

fn claims(id: &str, text: &str) -> Vec<Claim> {
    let known = Known { language: Some(id.to_owned()), published: None };
    crosscheck::claims_of(&read_bytes("a.txt", Format::Text, text.as_bytes(), &known), &Settings::new())
}

/// Whether a claim reads as the notation says: the unit, the figure or both ends, and a bound where one is written.
fn reads_as(claim: &Claim, wanted: &Quantity) -> bool {
    if claim.quantity.unit != wanted.unit {
        return false;
    }
    let Some(figure) = wanted.best else {
        return claim.quantity.best.is_none() && claim.quantity.interval == wanted.interval;
    };
    // The notation has no room for the digits of a third.
    let is_endless = claim.value().is_some_and(|value| value.round_dp(4) == figure.round_dp(4));
    let is_same = claim.value() == Some(figure)
        || is_endless && claim.quantity.unit.dimension != Dimension::Money
        // A month or a quarter is dated by its first day.
        || claim.quantity.interval.low == Bound::Closed(figure) && wanted.unit.dimension == Dimension::Date;
    is_same && (wanted.interval == Interval::point(figure) || claim.hard == wanted.interval)
}

/// What a text is read as, where that is not what is wanted.
fn difference(id: &str, text: &str, wanted: &[String]) -> Option<String> {
    let claims = claims(id, text);
    let wanted_quantities: Vec<Quantity> = wanted.iter().map(|notation| notation.parse().unwrap()).collect();
    let are_same = claims.len() == wanted.len()
        && claims.iter().zip(&wanted_quantities).all(|(claim, wanted)| reads_as(claim, wanted));
    let got: Vec<String> = claims.iter().map(|claim| claim.quantity.to_string()).collect();
    (!are_same).then(|| format!("{id}: “{text}” reads {got:?}, not {wanted:?}"))
}

/// The lists of a table and of those in it, by their names.
fn lists(table: &toml::Table, name: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (key, value) in table {
        let name = format!("{name}.{key}");
        if let Some(table) = value.as_table() {
            found.extend(lists(table, &name));
        } else if let Some(list) = value.as_array() {
            let words = list.iter().filter_map(|word| Some(word.as_str()?.to_owned()));
            found.push((name, words.collect()));
        }
    }
    found
}

#[test]
fn no_spelling_stands_twice_in_a_list_nor_in_two_that_gainsay_each_other() {
    /// What was told first is not what is told so far.
    const APART: [(&str, &str); 1] = [(".previous.told", ".previous.current")];
    let mut wrong = Vec::new();
    for id in PAGES.map(|page| page.id) {
        let page: toml::Table =
            toml::from_str(&fs::read_to_string(format!("src/lang/{id}.toml")).unwrap()).unwrap();
        let lists = lists(&page, "");
        for (name, words) in &lists {
            let mut seen = BTreeSet::new();
            wrong.extend(
                words.iter().filter(|word| !seen.insert(*word)).map(|word| format!("{id}{name}: {word}")),
            );
        }
        let of =
            |wanted: &str| lists.iter().find(|(name, _)| name == wanted).map(|(_, words)| words.as_slice());
        for (one, other) in APART {
            let (one, other) = (of(one).unwrap_or_default(), of(other).unwrap_or_default());
            wrong.extend(one.iter().filter(|word| other.contains(word)).map(|word| format!("{id}: {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_page_reads_its_examples() {
    let mut wrong = Vec::new();
    for page in &PAGES {
        let own = examples(page.id);
        assert!(own.example.len() >= 60 && own.silent.len() >= 20, "{}: more examples are wanted", page.id);
        let read = own.example.iter().map(|example| (&example.text, example.reads.as_slice()));
        let silent = own.silent.iter().map(|silent| (&silent.text, &[][..]));
        wrong.extend(read.chain(silent).filter_map(|(text, reads)| difference(page.id, text, reads)));
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
}

/// An open example that reads as it should is an example.
#[test]
fn what_is_open_is_not_read_yet() {
    for page in &PAGES {
        for open in examples(page.id).open {
            assert!(
                difference(page.id, &open.text, &open.reads).is_some(),
                "{}: “{}” reads as it should: make it an [[example]], or a [[silent]] text",
                page.id,
                open.text
            );
        }
    }
}

/// Texts whose figures are names, scores, versions, times and laws: a claim that is compared cries wolf.
#[test]
fn look_alikes_are_not_compared() {
    let (mut texts, mut compared) = (0, Vec::new());
    for page in &PAGES {
        let lines = fs::read_to_string(format!("corpora/look-alikes/{}.txt", page.id)).unwrap();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            texts += 1;
            let read: Vec<String> = claims(page.id, line)
                .iter()
                .filter(|claim| claim.is_compared())
                .map(|claim| claim.quantity.to_string())
                .collect();
            if !read.is_empty() {
                compared.push(format!("{}: {read:?} in “{line}”", page.id));
            }
        }
    }
    assert!(texts >= 300, "{texts} texts");
    assert!(compared.len() * 50 <= texts, "{} of {texts}:\n{}", compared.len(), compared.join("\n"));
}
