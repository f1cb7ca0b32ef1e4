//! Who printed a figure first, and who printed it again.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, When};
use crate::normalise::Claim;

use super::Relation;

/// Who printed a topic's figure first, and who repeats it. Without a date on each report nobody is known to be first,
/// nor where two reports of a day state no clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lineage {
    /// The first claim of the earliest report.
    pub first: Option<usize>,
    /// For each later report that agrees with it the first claim that does, by the time of publication.
    pub repeats: Vec<usize>,
}

/// The lineage of a topic's statements, given by their first claims.
pub(super) fn of(
    documents: &[Document],
    statements: &[&Claim],
    relations: &[(usize, usize, Relation)],
) -> Lineage {
    let mut reports: BTreeMap<usize, &Claim> = BTreeMap::new();
    for claim in statements {
        reports.entry(claim.document).or_insert(claim);
    }
    let when = |claim: &Claim| documents.get(claim.document).and_then(|document| document.when(claim.post));
    let is_before = |one: &Claim, other: &Claim| {
        when(one).zip(when(other)).is_some_and(|(one, other)| order(one, other) == Some(Ordering::Less))
    };
    let is_first = |claim: &&&Claim| {
        reports.values().all(|other| other.document == claim.document || is_before(claim, other))
    };
    let Some(first) = reports.values().find(is_first).filter(|_| reports.len() > 1) else {
        return Lineage::default();
    };
    let agreeing: BTreeSet<usize> = relations
        .iter()
        .filter(|(a, b, relation)| {
            (*a == first.id || *b == first.id) && matches!(relation, Relation::Agrees(_))
        })
        .map(|(a, b, _)| if *a == first.id { *b } else { *a })
        .collect();
    let agrees = |claim: &Claim| agreeing.contains(&claim.id);
    let mut again: BTreeMap<usize, &Claim> = BTreeMap::new();
    for claim in statements.iter().filter(|claim| claim.document != first.document && agrees(claim)) {
        again.entry(claim.document).or_insert(claim);
    }
    let mut again: Vec<&Claim> = again.into_values().collect();
    again.sort_by_key(|claim| (when(claim).map(|when| (when.date, when.time)), claim.id));
    Lineage { first: Some(first.id), repeats: again.into_iter().map(|claim| claim.id).collect() }
}

/// Which of two reports was published first, as far as it is known: clocks of two zones do not tell.
fn order(one: &When, other: &When) -> Option<Ordering> {
    match one.date.cmp(&other.date) {
        Ordering::Equal if one.zone == other.zone => one.time.zip(other.time).map(|(a, b)| a.cmp(&b)),
        Ordering::Equal => None,
        known @ (Ordering::Less | Ordering::Greater) => Some(known),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes};
    use crate::settings::Settings;

    /// The report that printed the figure first, and those that repeat it.
    fn lineage(heads: &[&str]) -> (Option<usize>, Vec<usize>) {
        let texts = [
            "The new harbour wall of Ostvik is 640 metres long.",
            "Ostvik has a new harbour wall, 640 metres long.",
            "In Ostvik the harbour wall is done: it is 640 metres long.",
        ];
        let read = |(at, (head, text)): (usize, (&&str, &str))| {
            let text = format!("{head}{text}");
            read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default())
        };
        let documents = heads.iter().zip(texts).enumerate().map(read).collect();
        let story = crate::check_documents("story", documents, &Settings::new());
        let topic = story.topics.iter().find(|topic| topic.claims.len() == heads.len()).unwrap();
        let report = |id: &usize| story.claims[*id].document;
        (topic.lineage.first.as_ref().map(report), topic.lineage.repeats.iter().map(report).collect())
    }

    #[test]
    fn the_earliest_report_is_first_and_later_ones_repeat_it() {
        let heads = [
            "OSTVIK, May 5, 2026 (A Post) - ",
            "OSTVIK, May 3, 2026 (B Post) - ",
            "OSTVIK, May 4, 2026 (C Post) - ",
        ];
        assert_eq!(lineage(&heads), (Some(1), vec![2, 0]));
    }

    #[test]
    fn the_clock_tells_two_reports_of_a_day_apart() {
        let heads =
            ["OSTVIK, May 3, 2026, 15:10 GMT (A Post) - ", "OSTVIK, May 3, 2026, 09:40 GMT (B Post) - "];
        assert_eq!(lineage(&heads), (Some(1), vec![0]));
    }

    #[test]
    fn without_a_clock_or_a_date_nobody_is_known_to_be_first() {
        let one_day = ["OSTVIK, May 3, 2026 (A Post) - ", "OSTVIK, May 3, 2026 (B Post) - "];
        assert_eq!(lineage(&one_day), (None, vec![]));
        let undated = ["OSTVIK, May 3, 2026 (A Post) - ", ""];
        assert_eq!(lineage(&undated), (None, vec![]));
    }
}
