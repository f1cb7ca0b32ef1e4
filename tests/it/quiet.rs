//! True stories, in which every error and every warning is a false alarm: the reports of real events in `corpora/quiet`.
//!
//! The snapshot `quiet` counts them and lists what is raised. **It may only become shorter.** How many figures another source bears
//! out is told beside it: a checker that compares nothing is quiet, too.

use std::fmt::Write as _;

use crosscheck::coverage::Standing;
use crosscheck::document::find_story;
use crosscheck::finding::Severity;

use crate::corpora;
use crate::stories::assert_snapshot;

#[test]
fn true_stories_raise_no_alarm() {
    let (mut n_stories, mut n_reports, mut n_claims, mut n_borne_out, mut alarms) = (0, 0, 0, 0, Vec::new());
    for folder in corpora::quiet_folders() {
        let story = corpora::check(&find_story(&folder).unwrap());
        n_stories += 1;
        n_reports += story.documents.len();
        n_claims += story.claims.iter().filter(|claim| claim.is_compared()).count();
        let standings = story.coverage.standings.iter();
        n_borne_out += standings.filter(|standing| matches!(standing, Standing::Corroborated { .. })).count();
        let loud = story.findings.iter().filter(|finding| finding.severity != Severity::Note);
        alarms.extend(loud.map(|finding| format!("{} {}", finding.rule, finding.message)));
    }
    let mut told = format!(
        "stories {n_stories}, reports {n_reports}, figures compared {n_claims}, borne out {n_borne_out}\nalarms {}\n",
        alarms.len()
    );
    for alarm in &alarms {
        let _ = writeln!(told, "{}", alarm.replace("corpora/quiet/", ""));
    }
    assert_snapshot("quiet", &told);
}
