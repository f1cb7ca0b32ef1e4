//! What the findings of a story weigh for the newsroom's own copy: what stands in it is to be settled before it is printed,
//! what its sources are at odds over among themselves is worth knowing.

use super::{Finding, SUPERSEDED, Severity, Side};
use crate::document::Document;
use crate::normalise::Claim;

/// Weighs findings for the draft, where the story has one: its side comes first, and what is no figure of the draft's is a
/// note. Of a figure that was revised, the latest side stays the last.
pub(super) fn weigh(documents: &[Document], claims: &[Claim], findings: &mut [Finding]) {
    let Some(draft) = documents.iter().find(|document| document.is_draft) else { return };
    let is_own = |side: &Side| {
        side.claims.iter().filter_map(|id| claims.get(*id)).any(|claim| claim.document == draft.id)
    };
    for finding in findings.iter_mut().filter(|finding| !finding.sides.is_empty()) {
        let latest = (finding.rule == SUPERSEDED).then(|| finding.sides.len() - 1);
        match finding.sides.iter().position(is_own) {
            Some(own) if Some(own) == latest => {}
            Some(own) => finding.sides[..=own].rotate_right(1),
            None if finding.severity == Severity::Note => {}
            None => {
                finding.severity = Severity::Note;
                "none of these figures is the draft's: the sources are at odds among themselves"
                    .clone_into(&mut finding.advice);
            }
        }
    }
}
