//! How far the comparison reached: how each claim stands, and which figures to check first.

mod standing;
mod suspect;

use crate::document::Document;
use crate::finding::Finding;
use crate::normalise::Claim;
use crate::reconcile::Topic;

pub use standing::Standing;
pub use suspect::{MOST_SUSPECTS, Suspect};

/// What is known of a story's claims once they are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// By claim: how it stands; none where nothing was compared.
    pub standings: Vec<Standing>,
    /// By claim: those of other sources that say the same, ascending, even where it is disputed or superseded.
    pub agreeing: Vec<Vec<usize>>,
    /// The figures whose correction would clear most errors and warnings, the most telling first.
    pub suspects: Vec<Suspect>,
}

/// Tells how each claim of a story stands, and which few to check first.
#[must_use]
pub fn survey(documents: &[Document], claims: &[Claim], topics: &[Topic], findings: &[Finding]) -> Coverage {
    let mut topic_of: Vec<Option<&Topic>> = vec![None; claims.len()];
    for topic in topics {
        for id in &topic.claims {
            if let Some(place) = topic_of.get_mut(*id) {
                *place = Some(topic);
            }
        }
    }
    let (standings, agreeing) = standing::of_each(documents, claims, topics, findings);
    Coverage { standings, agreeing, suspects: suspect::first(claims, &topic_of, findings) }
}

#[cfg(test)]
mod tests {
    use crate::document::{Format, Known, read_bytes};
    use crate::report::StoryReport;
    use crate::settings::Settings;

    fn checked(texts: &[&str]) -> StoryReport {
        let read = |(at, text): (usize, &&str)| {
            read_bytes(&format!("{at}.txt"), Format::Text, text.as_bytes(), &Known::default())
        };
        let documents = texts.iter().enumerate().map(read).collect();
        crate::check_documents("story", documents, &Settings::new())
    }

    /// Each claim as it is quoted, with how it stands.
    fn standings(story: &StoryReport) -> Vec<(&str, &'static str)> {
        let claims = story.claims.iter().filter(|claim| story.quote(claim.id).is_some());
        claims
            .map(|claim| {
                (story.quote(claim.id).unwrap_or_default(), story.coverage.standings[claim.id].as_str())
            })
            .collect()
    }

    #[test]
    fn each_claim_stands_in_one_way() {
        let story = checked(&[
            "OSTVIK, March 3, 2026 (Tern Post) - The harbour wall will cost 120 million euros, the council of \
             Ostvik said.\n\nIt will be 640 metres long and is named after Mayor Hanna Lunde, 71.",
            "OSTVIK, March 4, 2026 (Daily Skua) - Ostvik is to pay 120 million euros for its new harbour wall.\n\n\
             The council voted on it with 31 votes in favour.",
            "OSTVIK, March 5, 2026 (Gull Radio) - The harbour wall will cost 310 million euros, the council of Ostvik said.",
        ]);
        let stand = standings(&story);
        for expected in [
            ("120 million euros", "disputed"),
            ("310 million euros", "disputed"),
            ("640 metres", "alone"),
            ("March 3, 2026", "not-checked"),
        ] {
            assert!(stand.contains(&expected), "{expected:?} in {stand:?}");
        }
        assert_eq!(stand.len(), story.claims.len());
    }

    #[test]
    fn what_two_sources_say_is_corroborated_and_what_a_copy_repeats_is_not() {
        let own = "LARVA BAY, May 4, 2026 (Tern Post) - The fire brigade of Larva Bay counted 412 hectares \
                   of heath on the northern slope after the blaze.";
        let other = "LARVA BAY, May 4, 2026 (Daily Skua) - On the heath above Larva Bay 412 hectares burned, \
                     and nobody was hurt.";
        let copy = "Heath fire near the bay\n\nThe fire brigade of Larva Bay counted 412 hectares of heath on \
                    the northern slope after the blaze. Readers may write to us.";
        let hectares = |story: &StoryReport| {
            let own = story.claims.iter().position(|claim| story.quote(claim.id) == Some("412 hectares"));
            own.map(|id| story.coverage.standings[id].as_str())
        };
        assert_eq!(hectares(&checked(&[own, other])), Some("corroborated"));
        assert_eq!(hectares(&checked(&[own, copy])), Some("alone"));
    }

    #[test]
    fn an_earlier_toll_is_superseded() {
        let story = checked(&[
            "PELLO, June 1, 2026 (Tern Post) - The flood in Pello killed 14 people, the police said.",
            "PELLO, June 3, 2026 (Daily Skua) - The flood in Pello killed 19 people, the police said.",
        ]);
        assert!(standings(&story).contains(&("14", "superseded")), "{:?}", standings(&story));
        assert!(standings(&story).contains(&("19", "alone")), "{:?}", standings(&story));
    }

    /// The figures to check first, each with the one that may be wrong instead and the number of findings it clears.
    fn suspects(story: &StoryReport) -> Vec<(&str, Option<&str>, usize)> {
        let quote = |ids: &[usize]| ids.first().and_then(|id| story.quote(*id));
        let told = story.coverage.suspects.iter();
        told.map(|found| (quote(&found.claims).unwrap_or_default(), quote(&found.or), found.clears.len()))
            .collect()
    }

    #[test]
    fn the_outvoted_figure_is_checked_first() {
        let story = checked(&[
            "OSTVIK, March 3, 2026 (Tern Post) - The new bridge in Ostvik will cost 120 million euros, the council said.",
            "OSTVIK, March 3, 2026 (Daily Skua) - The council said the new bridge in Ostvik will cost 210 million euros.",
            "OSTVIK, March 3, 2026 (Gull Radio) - Ostvik's new bridge will cost 120 million euros.",
        ]);
        assert_eq!(suspects(&story), [("210 million euros", None, 1)]);
    }

    #[test]
    fn of_two_even_figures_either_may_be_wrong() {
        let story = checked(&[
            "OSTVIK, March 3, 2026 (Tern Post) - The new bridge in Ostvik will cost 120 million euros, the council said.",
            "OSTVIK, March 3, 2026 (Daily Skua) - The council said the new bridge in Ostvik will cost 210 million euros.",
        ]);
        assert_eq!(suspects(&story), [("120 million euros", Some("210 million euros"), 1)]);
    }

    #[test]
    fn a_figure_of_two_findings_comes_before_its_opponents() {
        let story = checked(&[
            "OSTVIK, March 3, 2026 (Tern Post) - The new bridge in Ostvik will cost 120 million euros, the council said.",
            "Harbour wall in Ostvik to cost 210 million euros\n\nOSTVIK, March 3, 2026 (Daily Skua) - The harbour \
             wall in Ostvik will cost 120 million euros.",
        ]);
        let cleared = story.to_clear();
        assert_eq!(suspects(&story), [("210 million euros", None, cleared)]);
    }
}
