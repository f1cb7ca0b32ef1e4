//! The house: modules use only those declared above them, leaves do not know each other, no file names a language, and
//! numbers are no floats.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crosscheck::lang::PAGES;
use regex::Regex;

/// Files of a folder that its leaves share.
const SHARED: [&str; 10] = [
    "article",
    "calculations",
    "chart",
    "conversions",
    "disagreement",
    "draft",
    "quotation",
    "untrusted",
    "wording",
    "words",
];
/// The file that weighs likeness, the one place for floats.
const WEIGHS: &str = "src/reconcile/likeness.rs";
/// The file that lists the language pages.
const LISTS_PAGES: &str = "src/lang/mod.rs";

/// The modules of the crate in the order of their declaration.
fn modules() -> Vec<String> {
    let root = fs::read_to_string("src/lib.rs").unwrap();
    let line = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    line.captures_iter(&root).map(|found| found[1].to_owned()).collect()
}

/// A source file without its comments and its tests; lines keep their numbers.
struct Source {
    path: PathBuf,
    lines: Vec<String>,
}

impl Source {
    fn read(path: &Path) -> Source {
        let text = fs::read_to_string(path).unwrap();
        let mut lines = Vec::new();
        // Inside a test item: the line that ends it, which is its own where it has one line alone.
        let mut last_of_test: Option<String> = None;
        let mut begins_test = false;
        for line in text.lines() {
            let code = line.trim_start();
            let is_test = last_of_test.is_some();
            if last_of_test.as_deref() == Some(line) || begins_test && code.ends_with(';') {
                last_of_test = None;
            }
            begins_test = !is_test && code.starts_with("#[cfg(test)]");
            if begins_test {
                last_of_test = Some(format!("{}}}", line.strip_suffix(code).unwrap_or_default()));
            }
            let is_kept = !is_test && !begins_test && !code.starts_with("//");
            lines.push(if is_kept { line.to_owned() } else { String::new() });
        }
        Source { path: path.to_owned(), lines }
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }

    fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The lines on which a pattern matches, as `path:line: text`.
    fn matches(&self, pattern: &Regex) -> Vec<String> {
        let hits = self.lines.iter().enumerate().filter(|(_, line)| pattern.is_match(line));
        hits.map(|(idx, line)| format!("{}:{}: {}", self.shown(), idx + 1, line.trim())).collect()
    }

    /// The path of modules it stands in: `["finding", "wording"]`.
    fn module(&self) -> Vec<String> {
        let path = self.path.strip_prefix("src").unwrap().with_extension("");
        let parts = path.iter().map(|part| part.to_str().unwrap().to_owned());
        parts.filter(|part| part != "mod").collect()
    }
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|end| end == "rs") {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(Path::new("src"), &mut paths);
    paths.sort();
    paths.iter().map(|path| Source::read(path)).collect()
}

/// The first names of what follows `prefix` wherever it stands: `crate::a::b` and `crate::{a, b::c}` both name `a`.
fn names_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let first = |text: &str| {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    for (at, _) in text.match_indices(prefix) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = text.get(at + prefix.len()..).unwrap_or_default();
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(first(rest));
            continue;
        };
        let mut depth = 0;
        let mut item = String::new();
        for c in group.chars() {
            match c {
                '}' if depth == 0 => break,
                ',' if depth == 0 => {
                    names.insert(first(&item));
                    item.clear();
                    continue;
                }
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            item.push(c);
        }
        names.insert(first(&item));
    }
    names.remove("");
    names
}

/// The names of the crate's root that a file uses, by `crate::` or by as many `super::` as lead there.
fn names_of_root(source: &Source) -> BTreeSet<String> {
    let text = source.text();
    let mut names = names_after(&text, "crate::");
    names.extend(names_after(&text, &"super::".repeat(source.module().len())));
    names
}

#[test]
fn a_module_uses_only_modules_declared_above_it() {
    let modules = modules();
    assert!(
        modules.starts_with(&["error", "span", "digest", "limit", "quantity"].map(str::to_owned)),
        "{modules:?}"
    );
    let mut problems = Vec::new();
    for source in sources() {
        let Some(own) = source.module().first().cloned().filter(|name| modules.contains(name)) else {
            continue;
        };
        let place = |name: &str| modules.iter().position(|module| module == name);
        for name in names_of_root(&source) {
            match place(&name) {
                Some(used) if used <= place(&own).unwrap() => {}
                Some(_) => {
                    problems.push(format!("{}: `{own}` uses `{name}`, declared below it", source.shown()));
                }
                None => problems.push(format!("{}: `crate::{name}` is no module", source.shown())),
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_module_or_the_command() {
    let modules = modules();
    for source in sources() {
        let first = source.module().first().cloned().unwrap();
        let is_known = modules.contains(&first) || ["lib", "main", "cli"].contains(&first.as_str());
        assert!(is_known, "{}: `{first}` is no module of src/lib.rs", source.shown());
    }
}

#[test]
fn a_finding_knows_no_other_finding_and_a_format_no_other_format() {
    let sources = sources();
    let mut problems = Vec::new();
    for folder in ["finding", "report"] {
        let is_leaf = |module: &[String]| module.len() == 2 && module[0] == folder;
        let leaves: BTreeSet<String> = sources
            .iter()
            .map(Source::module)
            .filter(|module| is_leaf(module))
            .map(|module| module[1].clone())
            .collect();
        assert!(2 < leaves.len(), "{folder} has leaves: {leaves:?}");
        for source in sources.iter().filter(|source| is_leaf(&source.module())) {
            let own = &source.module()[1];
            let mut used = names_after(&source.text(), "super::");
            used.extend(names_after(&source.text(), &format!("crate::{folder}::")));
            for name in used
                .iter()
                .filter(|name| *name != own && leaves.contains(*name) && !SHARED.contains(&name.as_str()))
            {
                problems.push(format!("{}: uses its neighbour `{name}`", source.shown()));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_file_but_the_list_of_pages_names_a_language() {
    let ids: Vec<&str> = PAGES.iter().flat_map(|page| [page.id, page.iso639_3]).collect();
    let named = Regex::new(&format!("\"({})\"", ids.join("|"))).unwrap();
    let files = sources();
    let problems: Vec<String> = files
        .iter()
        .filter(|source| source.shown() != LISTS_PAGES)
        .flat_map(|source| source.matches(&named))
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn floats_are_for_weighing_likeness_alone() {
    let float = Regex::new(r"\bf(32|64)\b|_f(32|64)\b").unwrap();
    let files = sources();
    let problems: Vec<String> = files
        .iter()
        .filter(|source| source.shown() != WEIGHS)
        .flat_map(|source| source.matches(&float))
        .collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn only_tests_unwrap() {
    let unwrap = Regex::new(r"\.unwrap\(\)").unwrap();
    let problems: Vec<String> = sources().iter().flat_map(|source| source.matches(&unwrap)).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_source_is_read_as_meant() {
    assert_eq!(
        names_after("use crate::{a, b::{c, d}, e as f};\nmycrate::x crate::g::h", "crate::")
            .into_iter()
            .collect::<Vec<_>>(),
        ["a", "b", "e", "g"]
    );
    let wording = Source::read(Path::new("src/finding/wording.rs"));
    assert_eq!(wording.module(), ["finding", "wording"]);
    let document = Source::read(Path::new("src/document/mod.rs"));
    assert_eq!(document.module(), ["document"]);
}
