//! The file of accepted findings: each entry accepts the finding whose id it names.

use crate::document::Document;
use crate::finding::{self, Acceptance, AcceptedBy, Finding};
use crate::settings::{Entry, Settings};

use super::accept_each;

/// Accepts what the entries name; what comes back are the entries that accept nothing.
pub(super) fn accept(findings: &mut [Finding], documents: &[Document], settings: &Settings) -> Vec<Finding> {
    let mut entries: Vec<&Entry> = settings.accepted.iter().collect();
    entries.sort_by_key(|entry| (&entry.id, entry.until, &entry.reason));
    entries.into_iter().filter_map(|entry| apply(entry, findings, documents, settings)).collect()
}

fn apply(
    entry: &Entry,
    findings: &mut [Finding],
    documents: &[Document],
    settings: &Settings,
) -> Option<Finding> {
    let Entry { id, told, reason, until, place, .. } = entry;
    let is_meant = |finding: &Finding| {
        finding.id == *id && finding::rule(finding.rule).is_some_and(finding::Rule::may_be_accepted)
    };
    let past = until.filter(|until| settings.today.is_some_and(|today| *until < today));
    match past {
        Some(until) if findings.iter().any(is_meant) => Some(finding::unused(
            &[id],
            format!("{place}: the acceptance of {id} ended on {until} ({told})"),
            "look at it again: correct the figure, or accept it anew with `crosscheck accept`",
        )),
        Some(_) | None => {
            let by = AcceptedBy::Entry { until: *until };
            let is_used = accept_each(findings, &Acceptance { reason: reason.clone(), by }, is_meant);
            let is_of_story = documents.iter().any(|document| entry.documents.contains(&document.path));
            (!is_used && is_of_story).then(|| {
                finding::unused(
                    &[id],
                    format!("{place}: the accepted finding {id} is raised no more ({told})"),
                    "take the entry out: its figures changed, or they agree now",
                )
            })
        }
    }
}
