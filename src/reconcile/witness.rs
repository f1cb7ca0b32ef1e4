//! Wire copy printed twice is one witness.

use std::collections::BTreeMap;

use crate::normalise::Claim;

/// Two sentences of which so many percent of the words are the same are one passage.
const COPY_PERCENT: usize = 80;

/// How many reports say it in words of their own: near-duplicate sentences of several reports count once.
pub(super) fn count(claims: &[&Claim]) -> usize {
    let mut by_document: BTreeMap<usize, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        by_document.entry(claim.document).or_default().push(claim);
    }
    let mut own: Vec<&Vec<&Claim>> = Vec::new();
    for report in by_document.values() {
        let is_copy = own
            .iter()
            .any(|other| report.iter().all(|claim| other.iter().any(|first| is_copy(claim, first))));
        if !is_copy {
            own.push(report);
        }
    }
    own.len()
}

fn is_copy(one: &Claim, other: &Claim) -> bool {
    const FEWEST_WORDS: usize = 5;
    let shared = one.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count();
    let longer = one.words.len().max(other.words.len());
    longer >= FEWEST_WORDS && shared * 100 >= longer * COPY_PERCENT
}
