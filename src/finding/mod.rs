//! Topics to findings: what an editor should look at.
//!
//! One file per rule; the page that explains a rule (`docs/findings/`) is its module's documentation.

mod attributed_conflict;
mod broken_conversion;
mod broken_share;
mod broken_sum;
mod calculations;
mod conversions;
mod date_conflict;
mod disagreement;
mod draft;
mod loose_rounding;
mod self_conflict;
mod stale_conversion;
mod superseded;
mod unit_conflict;
mod unread_document;
mod unused_ignore;
mod value_conflict;
mod wording;

use std::collections::BTreeMap;

use disagreement::Conflict;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::digest::sha256;
use crate::document::Document;
use crate::error::nearest;
use crate::normalise::Claim;
use crate::reconcile::cause::Cause;
use crate::reconcile::{Comparison, Conversion, Exchange, Miscalculation, Topic, WrongWeekday, conversion};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// A reader would object.
    Warning,
    /// The figures cannot all be true, or something was not read.
    Error,
}

impl Severity {
    /// The name as reports print it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The id: `value-conflict`.
    pub id: &'static str,
    /// The page that `explain` prints, in Markdown.
    pub page: &'static str,
    raise: fn(&Case<'_>) -> Vec<Finding>,
}

impl Rule {
    /// What it is raised for, in one sentence: the first paragraph of its page.
    #[must_use]
    pub fn summary(&self) -> String {
        self.paragraphs().nth(1).unwrap_or_default()
    }

    /// The severity that its page names first.
    #[must_use]
    pub fn severity(&self) -> Severity {
        let level = self.paragraphs().find_map(|text| text.strip_prefix("**Level**: ").map(str::to_owned));
        let level = level.unwrap_or_default();
        let is_named = |severity: &Severity| level.starts_with(severity.as_str());
        [Severity::Error, Severity::Warning].into_iter().find(is_named).unwrap_or(Severity::Note)
    }

    /// What it means, in a few sentences: the paragraph under that heading.
    #[must_use]
    pub fn meaning(&self) -> String {
        let mut paragraphs = self.paragraphs().skip_while(|text| text != "## What it means");
        paragraphs.nth(1).unwrap_or_default()
    }

    /// The page's headings and paragraphs, each on one line.
    fn paragraphs(&self) -> impl Iterator<Item = String> {
        let pieces = self.page.split("\n\n");
        pieces.map(|text| text.split_whitespace().collect::<Vec<&str>>().join(" "))
    }
}

/// Every rule, in the order in which findings of one place are told.
pub const RULES: [Rule; 13] = [
    unread_document::RULE,
    value_conflict::RULE,
    self_conflict::RULE,
    attributed_conflict::RULE,
    unit_conflict::RULE,
    date_conflict::RULE,
    broken_conversion::RULE,
    broken_sum::RULE,
    broken_share::RULE,
    stale_conversion::RULE,
    superseded::RULE,
    loose_rounding::RULE,
    unused_ignore::RULE,
];

/// The id of the rule for what was not read: nothing silences it.
pub const UNREAD: &str = unread_document::RULE.id;

/// The id of the rule whose sides stand in the order of their reports, the latest last.
pub const SUPERSEDED: &str = superseded::RULE.id;

/// The rule of an id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The rule of an id that somebody wrote, or what was expected instead.
///
/// # Errors
///
/// Where no rule has that id: the known ones, and the one that is likely meant.
pub fn known_rule(id: &str) -> Result<&'static Rule, String> {
    rule(id).ok_or_else(|| {
        let ids = RULES.map(|rule| rule.id);
        let meant = nearest(id, ids).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        format!("expected one of {}, found `{id}`{meant}", ids.join(", "))
    })
}

impl Rule {
    /// Whether its findings may be accepted or ignored: not what says that something was not read, nor what says that
    /// an ignore is of no use.
    #[must_use]
    pub fn may_be_accepted(&self) -> bool {
        self.id != UNREAD && self.id != unused_ignore::RULE.id
    }
}

/// What an editor should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// A hash of what it means: rule, measure, subject and values. It survives edits elsewhere in the files.
    pub id: String,
    /// The rule's id.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The topic's place among the story's topics.
    pub topic: Option<usize>,
    /// The report that it is about as a whole, by its place among the story's documents; none where it stands on figures.
    pub document: Option<usize>,
    /// The figures that stand against each other; those of one side agree.
    pub sides: Vec<Side>,
    /// What the reader sees first: both values, both documents.
    pub message: String,
    /// The arithmetic, step by step.
    pub working: Vec<String>,
    /// The likely causes, best first.
    pub causes: Vec<Cause>,
    /// What to do.
    pub advice: String,
    /// Why it no longer counts, where somebody accepted it.
    pub accepted: Option<Acceptance>,
}

/// Somebody's word that a finding may stand. It stays in the report, counted apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The reason that was given.
    pub reason: String,
    /// Where it was accepted.
    pub by: AcceptedBy,
}

/// Where a finding was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptedBy {
    /// In the file of accepted findings.
    Entry {
        /// The last day on which the entry holds, where it names one.
        until: Option<Date>,
    },
    /// By a comment in one of the reports.
    Comment {
        /// The report, by its place among the story's documents.
        document: usize,
        /// The comment's 1-based line.
        line: usize,
    },
}

impl Finding {
    /// Whether a correction of some figure is what it asks for: not where it was accepted, nothing is wrong, nothing was read,
    /// or the latest figure is right.
    #[must_use]
    pub fn asks_for_correction(&self) -> bool {
        let is_open = self.severity != Severity::Note && self.accepted.is_none();
        is_open && !self.sides.is_empty() && self.rule != SUPERSEDED
    }
}

/// Claims that agree with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What the side says, in the notation of quantities.
    pub reads: String,
    /// The claims' ids, ascending.
    pub claims: Vec<usize>,
}

/// What the rules look at.
struct Case<'a> {
    documents: &'a [Document],
    claims: &'a [Claim],
    topics: &'a [Topic],
    miscalculations: &'a [Miscalculation],
    weekdays: &'a [WrongWeekday],
    exchange: &'a Exchange,
    conflicts: Vec<Conflict<'a>>,
    /// The topic that each claim stands in.
    topic_of: Vec<Option<usize>>,
}

impl<'a> Case<'a> {
    fn claim(&self, id: usize) -> Option<&'a Claim> {
        self.claims.get(id)
    }

    /// How a stated conversion stands to the rates and factors that are known.
    fn conversion(&self, original: &Claim, converted: &Claim) -> Option<Conversion> {
        conversion(self.exchange, original, converted)
    }

    /// The topic that a claim stands in.
    fn topic_of(&self, claim: &Claim) -> Option<usize> {
        self.topic_of.get(claim.id).copied().flatten()
    }

    fn path(&self, claim: &Claim) -> &'a str {
        self.documents.get(claim.document).map_or("", |document| document.path.as_str())
    }

    /// Whether a claim stands in the newsroom's own copy.
    fn is_of_draft(&self, id: usize) -> bool {
        let document = self.claim(id).and_then(|claim| self.documents.get(claim.document));
        document.is_some_and(|document| document.is_draft)
    }

    fn sentence(&self, claim: &Claim) -> &'a str {
        self.documents.get(claim.document).map_or("", |document| document.slice(&claim.sentence))
    }

    fn quote(&self, claim: &Claim) -> &'a str {
        self.documents.get(claim.document).map_or("", |document| document.slice(&claim.text))
    }
}

/// Raises the findings of a story: errors first, then by place. Where one of the documents is a draft, only what stands
/// in it is more than a note.
#[must_use]
pub fn raise(
    documents: &[Document],
    claims: &[Claim],
    comparison: &Comparison,
    exchange: &Exchange,
) -> Vec<Finding> {
    let Comparison { topics, miscalculations, weekdays, .. } = comparison;
    let mut topic_of = vec![None; claims.len()];
    for (topic, claim) in topics.iter().flat_map(|topic| topic.claims.iter().map(move |claim| (topic, claim)))
    {
        if let Some(place) = topic_of.get_mut(*claim) {
            *place = Some(topic.id);
        }
    }
    let conflicts = Vec::new();
    let mut case =
        Case { documents, claims, topics, miscalculations, weekdays, exchange, conflicts, topic_of };
    case.conflicts = disagreement::conflicts(&case);
    let mut findings: Vec<Finding> = RULES.par_iter().flat_map_iter(|rule| (rule.raise)(&case)).collect();
    tell_apart(claims, &mut findings);
    arrange(documents, claims, &mut findings);
    findings
}

/// Gives findings of one id, which say the same of two labels whose figures are swapped, ids by the names beside their figures.
fn tell_apart(claims: &[Claim], findings: &mut [Finding]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &*findings {
        *times.entry(finding.id.clone()).or_default() += 1;
    }
    let is_twice = |finding: &Finding| times.get(&finding.id).is_some_and(|times| *times > 1);
    for finding in findings.iter_mut().filter(|finding| is_twice(finding)) {
        let told = finding.sides.iter().flat_map(|side| &side.claims).filter_map(|id| claims.get(*id));
        let of_each: Vec<&[String]> = told.map(|claim| claim.owners.as_slice()).collect();
        let Some((first, rest)) = of_each.split_first() else { continue };
        let is_shared = |name: &&String| rest.iter().all(|names| names.contains(name));
        let names: Vec<String> = first.iter().filter(is_shared).cloned().collect();
        if !names.is_empty() {
            finding.id = identity(finding.rule, &[finding.id.as_str()], &names);
        }
    }
}

/// Puts findings in the order in which they are told: errors first, then by place. Where one of the documents is a draft,
/// only what stands in it is more than a note, and its side comes first.
pub fn arrange(documents: &[Document], claims: &[Claim], findings: &mut [Finding]) {
    draft::weigh(documents, claims, findings);
    let place = |finding: &Finding| finding.sides.first().and_then(|side| side.claims.first()).copied();
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), place(finding)));
}

/// The finding that a comment or an entry has no effect. `about` tells it from the others of its story.
#[must_use]
pub fn unused(about: &[&str], message: String, advice: &str) -> Finding {
    unused_ignore::finding(about, message, advice)
}

/// The id of a finding: the first twelve hexadecimal digits of the SHA-256 of its meaning.
fn identity(rule: &str, about: &[&str], values: &[String]) -> String {
    let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
    values.sort_unstable();
    values.dedup();
    let parts = [rule].into_iter().chain(about.iter().copied()).chain(values);
    let meaning: String = parts.flat_map(|part| [part, "\0"]).collect();
    sha256(meaning.as_bytes()).chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_tells_what_its_rule_is_raised_for() {
        for rule in RULES {
            let (summary, meaning) = (rule.summary(), rule.meaning());
            assert!(summary.starts_with("Raised when ") && summary.ends_with('.'), "{}: {summary}", rule.id);
            assert!(rule.page.contains(&format!("**Level**: {}", rule.severity().as_str())), "{}", rule.id);
            assert!(
                meaning.ends_with('.') && !meaning.starts_with(['#', '-', '*']),
                "{}: {meaning}",
                rule.id
            );
            assert!(summary.len() <= 1024 && meaning.len() <= 1024, "{}: longer than SARIF shows", rule.id);
        }
    }
}
