//! A draft held against its sources: the articles of `corpora/drafts`, each in a folder with its sources, and the first
//! report of every other story taken for one.

use std::collections::BTreeSet;
use std::path::Path;

use crosscheck::coverage::Standing;
use crosscheck::document::{Document, Story};
use crosscheck::finding::Severity;
use crosscheck::report::{Format, Report, StoryReport, Terminal};
use crosscheck::settings::Settings;

use crate::corpora;
use crate::stories::assert_snapshot;

/// What a story comes to whose first document is its draft.
fn check_first_as_draft(name: &str, mut documents: Vec<Document>) -> StoryReport {
    if let Some(first) = documents.first_mut() {
        first.is_draft = true;
    }
    crosscheck::check_documents(name, documents, &Settings::new())
}

/// The drafts of the corpora, and the first report of each story as if it were one.
fn all() -> Vec<StoryReport> {
    let drafts = corpora::drafts().into_iter().map(|story| corpora::check(&story));
    let stories = corpora::all_stories().into_iter().filter(|story| story.files.len() > 1);
    let stories = stories.map(|story| {
        check_first_as_draft(&story.name, corpora::open_as(&story, |_, found| found.shown.clone()))
    });
    drafts.chain(stories).collect()
}

fn written(story: StoryReport, format: Format) -> String {
    corpora::written(&Report { stories: vec![story], command: Vec::new() }, format)
}

#[test]
fn the_annotated_article_of_each_draft() {
    for story in corpora::drafts() {
        let slug = Path::new(&story.name).parent().unwrap().file_name().unwrap().to_str().unwrap();
        for (format, kind) in [(Format::Human(Terminal::PLAIN), "human"), (Format::Markdown, "markdown")] {
            assert_snapshot(&format!("draft-{slug}-{kind}"), &written(corpora::check(&story), format));
        }
    }
}

#[test]
fn every_figure_of_a_draft_is_marked_once_and_has_one_standing() {
    for story in all() {
        let name = story.name.clone();
        let figures = story.claims.iter().filter(|claim| claim.document == 0).count();
        let report = Report { stories: vec![story], command: Vec::new() };
        let standings = report.summary().draft.unwrap();
        assert_eq!(standings.all(), figures, "{name}");
        let text = corpora::written(&report, Format::Human(Terminal::PLAIN));
        let marks = |number: usize| {
            let marks =
                ["✓", "?", "!", "↑", "–"].map(|sign| text.matches(&format!("[{number} {sign}]")).count());
            marks.iter().sum::<usize>()
        };
        let shown = figures - standings.outside;
        assert!((1..=shown).all(|number| marks(number) == 1), "{name}:\n{text}");
        assert_eq!(marks(shown + 1), 0, "{name}:\n{text}");
    }
}

#[test]
fn only_what_stands_in_the_draft_is_more_than_a_note_and_it_comes_first() {
    for story in all() {
        for finding in story.findings.iter().filter(|finding| finding.severity != Severity::Note) {
            let is_own = |id: &usize| story.documents[story.claims[*id].document].is_draft;
            if let Some(side) = finding.sides.first() {
                assert!(side.claims.first().is_some_and(is_own), "{}: {}", story.name, finding.message);
            }
        }
    }
}

#[test]
fn what_is_disputed_in_a_draft_or_superseded_there_stands_in_a_finding() {
    for story in all() {
        for (claim, standing) in story.claims.iter().zip(&story.coverage.standings) {
            let is_own = |id: &usize| story.claims[*id].document == 0;
            let is_settled = match standing {
                Standing::Disputed { .. } => false,
                // A draft that lists the figures of several days has the newest one, too.
                Standing::Superseded { by } => by.iter().any(is_own),
                Standing::Corroborated { .. } | Standing::Alone | Standing::NotChecked { .. } => true,
            };
            let root = claim.restates.unwrap_or(claim.id);
            let is_told = story.findings.iter().any(|finding| {
                // What two speakers say of one thing is a note even of a draft.
                (finding.severity != Severity::Note || finding.rule == "attributed-conflict")
                    && finding
                        .sides
                        .iter()
                        .any(|side| side.claims.iter().any(|id| [claim.id, root].contains(id)))
            });
            let quote = story.quote(claim.id).unwrap();
            assert!(claim.document != 0 || is_settled || is_told, "{}: “{quote}”", story.name);
        }
    }
}

#[test]
fn a_draft_bears_out_nothing_and_nothing_that_has_its_text_does() {
    for story in corpora::drafts() {
        let found = story.draft.unwrap();
        let (draft, copy) = (corpora::open(&found).1, corpora::open(&found).1);
        let report = crosscheck::check_documents("copied", vec![draft.as_draft(), copy], &Settings::new());
        let is_borne_out = |standing: &&Standing| matches!(standing, Standing::Corroborated { .. });
        assert_eq!(report.coverage.standings.iter().filter(is_borne_out).count(), 0, "{}", story.name);
    }
}

/// The figures of a draft that sources bear out, and those that they dispute or that a later one replaces.
fn borne_out(story: &Story) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let report = corpora::check(story);
    let own = report.claims.iter().filter(|claim| claim.document == 0).map(|claim| claim.id);
    let (mut borne_out, mut gainsaid) = (BTreeSet::new(), BTreeSet::new());
    for id in own {
        match &report.coverage.standings[id] {
            Standing::Corroborated { .. } => borne_out.insert(id),
            Standing::Disputed { .. } | Standing::Superseded { .. } => gainsaid.insert(id),
            Standing::Alone | Standing::NotChecked { .. } => false,
        };
    }
    (borne_out, gainsaid)
}

#[test]
fn a_source_more_takes_no_corroboration_away_but_by_gainsaying() {
    for story in corpora::drafts() {
        let (after, gainsaid) = borne_out(&story);
        for left_out in 0..story.files.len() {
            let mut fewer = story.clone();
            let file = fewer.files.remove(left_out);
            let (before, _) = borne_out(&fewer);
            let lost: Vec<&usize> =
                before.iter().filter(|id| !after.contains(id) && !gainsaid.contains(id)).collect();
            assert!(lost.is_empty(), "{} takes from {} what bears out {lost:?}", file.shown, story.name);
        }
    }
}

#[test]
fn the_order_of_sources_changes_no_byte() {
    for story in corpora::drafts() {
        let mut reversed = story.clone();
        reversed.files.reverse();
        for format in corpora::formats() {
            let [one, other] = [&story, &reversed].map(|story| written(corpora::check(story), format));
            assert_eq!(one, other, "{}", story.name);
        }
    }
}

#[test]
fn a_draft_among_its_sources_is_read_once() {
    for story in corpora::drafts() {
        let paths: BTreeSet<String> =
            corpora::check(&story).documents.into_iter().map(|own| own.path).collect();
        assert_eq!(paths.len(), story.files.len() + 1, "{}", story.name);
        assert!(story.files.iter().all(|file| file.shown != story.name), "{}", story.name);
    }
}
