//! Each case of `corpora/findings`: a small story in which a rule must be raised, or must not.
//!
//! All that fails is printed as one list, so that one run shows everything.

use std::fs;
use std::path::Path;

use crosscheck::finding::{Finding, RULES, Severity};
use crosscheck::report::StoryReport;
use serde::Deserialize;

use crate::corpora::{self, folded};

/// What `expect.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    /// The rule's id.
    rule: String,
    /// Whether it must be raised.
    fires: bool,
    /// Why, in one sentence.
    because: String,
    /// Figures that must stand on different sides of one finding.
    #[serde(default)]
    values: Vec<String>,
    /// Other rules that a silent case cannot help raising.
    #[serde(default)]
    also: Vec<String>,
    /// Figures, as they are quoted, that another source bears out wherever they stand.
    #[serde(default)]
    corroborated: Vec<String>,
    /// Figures that no source bears out, though another may print the same.
    #[serde(default)]
    uncorroborated: Vec<String>,
}

fn expectation(folder: &Path) -> Expectation {
    let path = folder.join("expect.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    toml::from_str(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

/// Whether one text holds the other as a figure of its own: "12" is in "12 people", not in "120".
fn holds(whole: &str, part: &str) -> bool {
    whole.match_indices(part).any(|(at, _)| {
        let is_digit = |c: char| c.is_ascii_digit();
        let (before, after) = (
            whole.get(..at).and_then(|before| before.chars().next_back()),
            whole.get(at + part.len()..).and_then(|after| after.chars().next()),
        );
        !(part.starts_with(is_digit) && before.is_some_and(is_digit)
            || part.ends_with(is_digit) && after.is_some_and(is_digit))
    })
}

/// Whether each value has a side of its own on which it is quoted.
fn are_apart(report: &StoryReport, finding: &Finding, values: &[String]) -> bool {
    let is_quoted = |side: usize, value: &str| {
        finding.sides[side].claims.iter().any(|id| {
            let claim = &report.claims[*id];
            let quotation = folded(report.documents[claim.document].slice(&claim.text));
            let value = folded(value);
            holds(&quotation, &value) || holds(&value, &quotation)
        })
    };
    fn assign(
        values: &[String],
        taken: &mut Vec<usize>,
        sides: usize,
        is_quoted: &dyn Fn(usize, &str) -> bool,
    ) -> bool {
        let Some((value, rest)) = values.split_first() else {
            return true;
        };
        (0..sides).any(|side| {
            if taken.contains(&side) || !is_quoted(side, value) {
                return false;
            }
            taken.push(side);
            let fits = assign(rest, taken, sides, is_quoted);
            taken.pop();
            fits
        })
    }
    assign(values, &mut Vec::new(), finding.sides.len(), &is_quoted)
}

fn listed(report: &StoryReport) -> String {
    let said: Vec<String> = report
        .findings
        .iter()
        .map(|finding| format!("{}[{}]: {}", finding.severity.as_str(), finding.rule, finding.message))
        .collect();
    if said.is_empty() { "nothing was raised".to_owned() } else { format!("raised {}", said.join("; ")) }
}

/// What is wrong with what a case raises.
fn problems(expected: &Expectation, report: &StoryReport) -> Vec<String> {
    let mut problems = Vec::new();
    let raised: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.rule == expected.rule).collect();
    if raised.is_empty() == expected.fires {
        let wanted = if expected.fires { "must fire" } else { "must be silent" };
        problems.push(format!("{} {wanted} ({}): {}", expected.rule, expected.because, listed(report)));
    } else if expected.fires && !raised.iter().any(|finding| are_apart(report, finding, &expected.values)) {
        problems.push(format!(
            "{:?} are on different sides of no {}: {}",
            expected.values,
            expected.rule,
            listed(report)
        ));
    }
    if !expected.fires {
        let others: Vec<&Finding> = report
            .open()
            .filter(|finding| finding.severity != Severity::Note && finding.rule != expected.rule)
            .collect();
        for finding in others.iter().filter(|finding| !expected.also.iter().any(|rule| rule == finding.rule))
        {
            problems.push(format!("{} is raised beside the point: {}", finding.rule, finding.message));
        }
        for rule in
            expected.also.iter().filter(|rule| !others.iter().any(|finding| finding.rule == rule.as_str()))
        {
            problems.push(format!("`also` names {rule}, which is not raised as an error or a warning"));
        }
    }
    problems
}

/// The figures of a case that stand otherwise than it expects.
fn misplaced(expected: &Expectation, report: &StoryReport) -> Vec<String> {
    let sides = [(&expected.corroborated, true), (&expected.uncorroborated, false)];
    let wanted =
        sides.into_iter().flat_map(|(quotes, is_wanted)| quotes.iter().map(move |quote| (quote, is_wanted)));
    let mut problems = Vec::new();
    for (quote, is_wanted) in wanted {
        let own: Vec<&str> = report
            .claims
            .iter()
            .filter(|claim| report.quote(claim.id) == Some(quote.as_str()))
            .map(|claim| report.coverage.standings[claim.id].as_str())
            .collect();
        if own.is_empty() {
            problems.push(format!("no figure is quoted as {quote:?}"));
        }
        for standing in own.iter().filter(|standing| (**standing == "corroborated") != is_wanted) {
            problems.push(format!("{quote:?} is {standing} ({})", expected.because));
        }
    }
    problems
}

#[test]
fn every_case_raises_what_it_must_and_nothing_else() {
    let folders = corpora::case_folders();
    let mut list = Vec::new();
    for folder in &folders {
        let expected = expectation(folder);
        let report = corpora::check_configured(folder);
        let name = folder.strip_prefix("corpora/findings").unwrap().display().to_string();
        let problems = [problems(&expected, &report), misplaced(&expected, &report)].concat();
        list.extend(problems.iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(list.is_empty(), "{} of {} cases:\n{}", list.len(), folders.len(), list.join("\n"));
}

#[test]
fn every_case_stands_under_its_rule_and_its_name_tells_what_it_expects() {
    for folder in corpora::case_folders() {
        let expected = expectation(&folder);
        let rule = folder.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(rule, expected.rule, "{}", folder.display());
        assert!(name.starts_with(if expected.fires { "fires-" } else { "silent-" }), "{}", folder.display());
        assert!(expected.because.ends_with('.'), "{}: `because` is a sentence", folder.display());
    }
}

#[test]
fn every_rule_has_two_cases_of_each_kind() {
    for rule in RULES {
        for kind in ["fires-", "silent-"] {
            let cases = corpora::case_folders().into_iter().filter(|folder| {
                let name = folder.file_name().unwrap().to_str().unwrap();
                folder.parent().unwrap().ends_with(rule.id) && name.starts_with(kind)
            });
            assert!(2 <= cases.count(), "{}: fewer than two cases {kind}*", rule.id);
        }
    }
}
