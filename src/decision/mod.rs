//! Findings as the newsroom decided on them: accepted ones no longer count, and a rule may weigh something else.
//!
//! What was accepted stays in the report with its reason; what accepts nothing is told as `unused-ignore`.

mod comments;
mod entries;

use crate::document::Document;
use crate::finding::{self, Finding, Severity, UNREAD};
use crate::normalise::Claim;
use crate::settings::{Level, Settings};

/// Applies a newsroom's decisions to the findings of a story.
#[must_use]
pub fn apply(
    mut findings: Vec<Finding>,
    documents: &[Document],
    claims: &[Claim],
    settings: &Settings,
) -> Vec<Finding> {
    let mut unused = entries::accept(&mut findings, documents, settings);
    unused.extend(comments::accept(&mut findings, documents, claims, settings));
    findings.extend(unused);
    findings.retain_mut(|finding| weigh(finding, settings));
    finding::arrange(documents, claims, &mut findings);
    findings
}

/// Gives a finding the level of its rule; one that is off goes. What was not read is never off.
fn weigh(finding: &mut Finding, settings: &Settings) -> bool {
    let Some(level) = settings.levels.get(finding.rule).filter(|_| finding.rule != UNREAD) else {
        return true;
    };
    finding.severity = match level {
        Level::Off => return false,
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    };
    true
}

/// What a reader must know of comments that do not count, because the newsroom did not write them; nothing where there
/// are none.
#[must_use]
pub fn unheeded(documents: &[Document], settings: &Settings) -> Option<String> {
    let strange = documents.iter().filter(|document| !settings.own.contains(&document.path));
    let paths: Vec<&str> = strange
        .filter(|document| !document.comments.is_empty())
        .map(|document| document.path.as_str())
        .collect();
    (!paths.is_empty()).then(|| {
        format!(
            "ignore comments without effect, since no configuration names the file under `own`: {}",
            paths.join(", ")
        )
    })
}

/// Accepts the findings that `is_meant` picks, unless they were accepted before; whether there were any.
fn accept_each(
    findings: &mut [Finding],
    acceptance: &finding::Acceptance,
    is_meant: impl Fn(&Finding) -> bool,
) -> bool {
    let mut meant = findings.iter_mut().filter(|finding| is_meant(finding)).peekable();
    let any = meant.peek().is_some();
    for finding in meant {
        finding.accepted.get_or_insert_with(|| acceptance.clone());
    }
    any
}
