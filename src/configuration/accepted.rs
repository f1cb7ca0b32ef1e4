//! The file of accepted findings, which `crosscheck accept` keeps in order.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use crate::settings::Entry;

use super::problem::{Problem, line_of};

/// An entry of the file: a finding that may stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The finding's id.
    pub id: Spanned<String>,
    /// Its rule.
    pub rule: String,
    /// What it says.
    #[serde(default)]
    pub message: String,
    /// What its sides read, in the notation of quantities.
    #[serde(default)]
    pub values: Vec<String>,
    /// The reports that it stands in, by their paths from the folder of the file.
    pub documents: Vec<String>,
    /// Why it may stand.
    pub reason: String,
    /// The last day on which that holds.
    #[serde(default, deserialize_with = "super::value::date")]
    pub until: Option<Date>,
}

impl Accepted {
    /// The entry for one story: `place` is where it stands, `shown` gives the path under which the story shows a report,
    /// where it is one of its own.
    #[must_use]
    pub fn entry(&self, place: String, shown: impl Fn(&str) -> Option<String>) -> Entry {
        Entry {
            id: self.id.get_ref().clone(),
            told: [&*self.rule, &*self.message].join(": "),
            documents: self.documents.iter().filter_map(|path| shown(path)).collect(),
            reason: self.reason.clone(),
            until: self.until,
            place,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accepted: Vec<Accepted>,
}

/// Reads the entries of a file, each with its 1-based line, by their ids.
///
/// # Errors
///
/// Where the text is no TOML, an entry lacks what it needs or says why with no word, or two have one id.
pub fn read_accepted(text: &str) -> Result<Vec<(usize, Accepted)>, Problem> {
    let file: File = toml::from_str(text).map_err(|error| Problem::new(text, &error))?;
    let line = |entry: &Accepted| line_of(text, &entry.id.span());
    let mut entries: Vec<(usize, Accepted)> =
        file.accepted.into_iter().map(|entry| (line(&entry), entry)).collect();
    entries.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
    for (line, entry) in &entries {
        if entry.reason.trim().is_empty() {
            let told = format!("expected a reason for {}, found none", entry.id.get_ref());
            return Err(Problem { line: *line, told });
        }
    }
    for pair in entries.windows(2) {
        if let [(first, one), (second, other)] = pair
            && one.id == other.id
        {
            let told =
                format!("{} is accepted in line {first} as well: keep one of the two", one.id.get_ref());
            return Err(Problem { line: *second, told });
        }
    }
    Ok(entries)
}

/// What a new file begins with.
const HEAD: &str = "\
# Findings that somebody looked at and accepted: each no longer counts, and stays in the report with its reason.
# `crosscheck accept ID --reason \"…\"` adds to this file; take an entry out to let its finding count again.

";

/// The text of the file with entries added, sorted by id; an entry of the same id gives its place to the new one.
/// Comments stay.
///
/// # Errors
///
/// As [`read_accepted`].
pub fn add(text: &str, entries: &[Accepted]) -> Result<String, Problem> {
    read_accepted(text)?;
    let unreadable = |error: toml_edit::TomlError| Problem { line: 1, told: error.message().to_owned() };
    let (head, body) = if text.trim().is_empty() { (HEAD, "") } else { after_head(text) };
    let mut document: DocumentMut = body.parse().map_err(unreadable)?;
    let known = document.remove("accepted").and_then(|item| item.into_array_of_tables().ok());
    let mut tables: Vec<Table> = known.into_iter().flatten().collect();
    for entry in entries {
        match tables.iter_mut().find(|table| id(table) == entry.id.get_ref()) {
            Some(table) => fill(table, entry),
            None => {
                let mut table = Table::new();
                fill(&mut table, entry);
                tables.push(table);
            }
        }
    }
    tables.sort_by(|one, other| id(one).cmp(id(other)));
    document.insert("accepted", Item::ArrayOfTables(in_a_row(tables)));
    Ok(format!("{head}{document}"))
}

/// The comment at the head of a file, up to its last blank line before the first entry, and what comes after it: it
/// belongs to the file, whichever entry is the first.
fn after_head(text: &str) -> (&str, &str) {
    let first =
        text.split_inclusive('\n').take_while(|line| !line.starts_with('[')).map(str::len).sum::<usize>();
    let (before, _) = text.split_at_checked(first).unwrap_or((text, ""));
    let blank = before.rfind("\n\n").map_or(0, |at| at + 2);
    text.split_at_checked(blank).unwrap_or(("", text))
}

/// The entries as they follow each other, with a blank line between two.
fn in_a_row(tables: Vec<Table>) -> ArrayOfTables {
    let mut row = ArrayOfTables::new();
    for (place, mut table) in tables.into_iter().enumerate() {
        let comment = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let between = if place == 0 { "" } else { "\n" };
        let prefix = format!("{between}{}", comment.trim_start_matches('\n'));
        table.decor_mut().set_prefix(prefix);
        table.set_position(Some(isize::try_from(place).unwrap_or(isize::MAX)));
        row.push(table);
    }
    row
}

fn id(table: &Table) -> &str {
    table.get("id").and_then(Item::as_str).unwrap_or_default()
}

fn fill(table: &mut Table, entry: &Accepted) {
    let Accepted { id, rule, message, values, documents, reason, until } = entry;
    table.insert("id", value(id.get_ref()));
    table.insert("rule", value(rule));
    table.insert("message", value(message));
    table.insert("values", value(values.iter().collect::<Array>()));
    table.insert("documents", value(documents.iter().collect::<Array>()));
    table.insert("reason", value(reason));
    let until = until.and_then(|until| until.to_string().parse::<toml_edit::Datetime>().ok());
    match until {
        Some(until) => table.insert("until", value(until)),
        None => table.remove("until"),
    };
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn entry(id: &str, reason: &str) -> Accepted {
        Accepted {
            id: Spanned::new(0..0, id.to_owned()),
            rule: "value-conflict".to_owned(),
            message: "Two figures for “cost”".to_owned(),
            values: vec!["1.2e8 EUR".to_owned()],
            documents: vec!["a.txt".to_owned(), "b \"c\".txt".to_owned()],
            reason: reason.to_owned(),
            until: Some(date(2027, 1, 31)),
        }
    }

    fn ids(text: &str) -> Vec<String> {
        read_accepted(text).unwrap().into_iter().map(|(_, entry)| entry.id.into_inner()).collect()
    }

    #[test]
    fn what_is_added_reads_back_and_stands_in_order() {
        let entries = ["c3", "a1", "b2"].map(|id| entry(id, "seen = \"yes\"\n\u{1b}[31m"));
        let once = add("", &entries).unwrap();
        let one_by_one = entries
            .iter()
            .try_fold(String::new(), |text, entry| add(&text, std::slice::from_ref(entry)))
            .unwrap();
        assert_eq!(once, one_by_one);
        assert!(once.starts_with("# Findings"), "{once}");
        let read: Vec<Accepted> = read_accepted(&once).unwrap().into_iter().map(|(_, entry)| entry).collect();
        assert_eq!(
            read.iter().map(|entry| entry.id.get_ref().as_str()).collect::<Vec<_>>(),
            ["a1", "b2", "c3"]
        );
        assert!(
            read.iter().all(|entry| entry.reason == entries[0].reason && entry.until == entries[0].until)
        );
    }

    #[test]
    fn comments_stay_with_what_they_stand_before() {
        let text = "# Kept by the desk.\n\n# Ask Hanna.\n[[accepted]]\nid = \"m5\"\nrule = \"r\"\ndocuments = []\n\
                    reason = \"old\" # for now\n";
        let added = add(text, &[entry("a1", "new"), entry("z9", "new")]).unwrap();
        assert_eq!(ids(&added), ["a1", "m5", "z9"]);
        assert!(added.starts_with("# Kept by the desk.\n\n[[accepted]]\nid = \"a1\""), "{added}");
        assert!(added.contains("\n\n# Ask Hanna.\n[[accepted]]\nid = \"m5\""), "{added}");
        assert!(added.contains("reason = \"old\" # for now\n\n[[accepted]]\nid = \"z9\""), "{added}");
    }

    #[test]
    fn an_entry_of_the_same_id_takes_the_place_of_the_old_one() {
        let text = add("", &[entry("a1", "old")]).unwrap();
        let renewed = add(&text, &[Accepted { until: None, ..entry("a1", "new") }]).unwrap();
        let read = read_accepted(&renewed).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].1.reason.as_str(), read[0].1.until), ("new", None));
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let whole = "[[accepted]]\nid = 'a'\nrule = 'r'\ndocuments = []\nreason = 'why'\n";
        let cases = [
            (
                "[[accepted]]\nid = 'a'\nrule = 'r'\ndocuments = []\n".to_owned(),
                "1: expected the key `reason`",
            ),
            (whole.replace("why", " "), "2: expected a reason for a, found none"),
            (whole.repeat(2), "7: a is accepted in line 2 as well: keep one of the two"),
            (whole.replace("reason", "raeson"), "5: unknown key `raeson`"),
            ("[[acepted]]\n".to_owned(), "did you mean `accepted`?"),
            (
                format!("{whole}until = 'soon'"),
                "6: expected a day as YYYY-MM-DD, such as 2026-07-02, found `soon`",
            ),
        ];
        for (text, expected) in cases {
            let told = read_accepted(&text).unwrap_err().to_string();
            assert!(told.contains(expected), "{text:?}: {told}");
            assert!(add(&text, &[]).is_err(), "{text:?}");
        }
    }
}
