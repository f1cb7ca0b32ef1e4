//! When a figure was current: on the day of its report. A draft prints what its sources say, so that its figure is as old
//! as theirs.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::document::Document;
use crate::normalise::Claim;

use super::{Agreement, Relation, Topic};

/// A day, and the time of day where the report states it.
pub type Moment = (Date, Option<Time>);

/// When the figures of some claims were current.
pub struct Times<'a> {
    documents: &'a [Document],
    /// By claim of the draft: when the latest source was printed that says the same.
    borne_out: BTreeMap<usize, Moment>,
}

impl<'a> Times<'a> {
    /// The times at which the reports were printed.
    pub(super) fn printed(documents: &'a [Document]) -> Times<'a> {
        Times { documents, borne_out: BTreeMap::new() }
    }

    /// The times of a topic's claims.
    #[must_use]
    pub fn of_topic(documents: &'a [Document], claims: &[Claim], topic: &Topic) -> Times<'a> {
        let printed = Times::printed(documents);
        let mut borne_out: BTreeMap<usize, Moment> = BTreeMap::new();
        for (a, b, relation) in &topic.relations {
            for (own, other) in [(*a, *b), (*b, *a)] {
                let (Some(claim), Some(source)) = (claims.get(own), claims.get(other)) else { continue };
                let bears_out = is_same_figure(relation)
                    && printed.is_draft(claim)
                    && topic.source_of(source.document).is_some();
                if let Some(moment) = printed.of(source).filter(|_| bears_out) {
                    let latest = borne_out.entry(own).or_insert(moment);
                    *latest = moment.max(*latest);
                }
            }
        }
        Times { documents, borne_out }
    }

    /// When a claim's figure was current, as far as it is known; a draft without a date is later than all its sources.
    #[must_use]
    pub fn of(&self, claim: &Claim) -> Option<Moment> {
        let document = self.documents.get(claim.document)?;
        let printed = document.when(claim.post).map(|when| (when.date, when.time));
        let to_be_printed = document.is_draft.then_some((Date::MAX, None));
        self.borne_out.get(&claim.id).copied().or(printed).or(to_be_printed)
    }

    pub(super) fn is_draft(&self, claim: &Claim) -> bool {
        self.documents.get(claim.document).is_some_and(|document| document.is_draft)
    }
}

/// Whether two claims print one figure, at most rounded or converted: what a bound or a hedge leaves open may be older.
fn is_same_figure(relation: &Relation) -> bool {
    match relation {
        Relation::Agrees(agreement) => match agreement {
            Agreement::Exact | Agreement::Rounded | Agreement::Truncated | Agreement::Converted => true,
            Agreement::Hedged | Agreement::Loose | Agreement::Outgrown => false,
        },
        Relation::Superseded | Relation::Disagrees(_) | Relation::Incomparable(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::coverage::Standing;
    use crate::document::{Format, Known, read_bytes};
    use crate::finding::Severity;
    use crate::settings::Settings;

    const TOLL_14: &str =
        "OSTVIK, March 3, 2026 (Tern Post) - The storm in Ostvik killed 14 people, the police said.";
    const TOLL_19: &str =
        "OSTVIK, March 5, 2026 (Daily Skua) - The police said the storm in Ostvik killed 19 people.";

    /// What is raised on a draft that is held against its sources, and how its first figure stands.
    fn checked(draft: &str, sources: &[&str]) -> (Vec<(&'static str, Severity)>, &'static str) {
        let read = |(at, text): (usize, &&str)| {
            read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default())
        };
        let mut documents: Vec<_> = sources.iter().enumerate().map(read).collect();
        documents.push(read_bytes("draft.txt", Format::Text, draft.as_bytes(), &Known::default()).as_draft());
        let story = crate::check_documents("story", documents, &Settings::new());
        let raised = story.findings.iter().map(|finding| (finding.rule, finding.severity)).collect();
        let own = story.claims.iter().filter(|claim| claim.document == 0 && claim.is_compared());
        let standing = own.map(|claim| &story.coverage.standings[claim.id]).next().map(Standing::as_str);
        (raised, standing.unwrap_or("none"))
    }

    #[test]
    fn a_draft_is_as_old_as_the_latest_source_that_says_the_same() {
        let older = (vec![("superseded", Severity::Warning)], "superseded");
        let draft = "The storm in Ostvik killed 14 people.";
        assert_eq!(checked(draft, &[TOLL_14, TOLL_19]), older);
        let dated = "OSTVIK, March 9, 2026 (Cliff Gazette) - The storm in Ostvik killed 14 people.";
        assert_eq!(checked(dated, &[TOLL_14, TOLL_19]), older);
    }

    #[test]
    fn a_source_older_than_the_draft_is_fine() {
        let newest = (vec![("superseded", Severity::Note)], "corroborated");
        for date in
            ["", "OSTVIK, March 4, 2026 (Cliff Gazette) - ", "OSTVIK, March 9, 2026 (Cliff Gazette) - "]
        {
            let draft = format!("{date}The storm in Ostvik killed 19 people.");
            assert_eq!(checked(&draft, &[TOLL_14, TOLL_19]), newest, "{date}");
        }
    }

    #[test]
    fn a_draft_without_a_date_is_later_than_its_sources() {
        let draft = "The storm in Ostvik killed 23 people.";
        assert_eq!(checked(draft, &[TOLL_14, TOLL_19]), (vec![("superseded", Severity::Note)], "alone"));
        let fallen = "The storm in Ostvik killed 11 people.";
        assert_eq!(checked(fallen, &[TOLL_14]), (vec![("value-conflict", Severity::Error)], "disputed"));
    }

    #[test]
    fn a_bound_that_holds_does_not_make_the_draft_as_old_as_its_source() {
        let bound = TOLL_14.replace("14", "at least 14");
        let draft = "OSTVIK, March 9, 2026 (Cliff Gazette) - The storm in Ostvik killed 20 people.";
        assert_eq!(
            checked(draft, &[&bound, TOLL_19]),
            (vec![("superseded", Severity::Note)], "corroborated")
        );
    }

    #[test]
    fn a_count_that_a_later_source_undercuts_is_disputed_in_the_draft_too() {
        let fallen = TOLL_19.replace("19", "9");
        let (raised, standing) = checked("The storm in Ostvik killed 14 people.", &[TOLL_14, &fallen]);
        assert_eq!((raised, standing), (vec![("value-conflict", Severity::Error)], "disputed"));
    }
}
