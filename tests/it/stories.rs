//! Snapshots of what the reader sees: the report of each story, and the claims of each text of one language.
//!
//! They are reviewed with `cargo insta review` and never accepted unread.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crosscheck::document::{Found, find_stories, find_story};
use crosscheck::normalise::Compared;
use crosscheck::report::Format;
use crosscheck::settings::Settings;

use crate::corpora::{self, folded};

/// The path as the corpora name it, whatever folder the glob starts from.
fn in_the_package(path: &Path) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().unwrap();
    path.canonicalize().unwrap().strip_prefix(package).unwrap().to_owned()
}

/// Holds a text against its snapshot.
pub(crate) fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots",
        snapshot_suffix => "",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn the_report_of_each_story() {
    insta::glob!("../..", "corpora/stories/*", |path| {
        let folder = in_the_package(path);
        let story = find_story(&folder).unwrap();
        let report = crosscheck::check(&[story], &Settings::new());
        let slug = folder.file_name().unwrap().to_str().unwrap();
        assert_snapshot(&format!("story-{slug}"), &corpora::written(&report, Format::Markdown));
    });
}

/// Each claim on a line: where it stands, its quotation, what it reads as, its measure, and why it is not compared.
fn claims(found: &Found) -> String {
    let (_, document) = corpora::open(found);
    let mut text = String::new();
    for line in document.source.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(text, "{line}");
        let start = line.as_ptr() as usize - document.source.as_ptr() as usize;
        let own = start..start + line.len();
        let claims = crosscheck::claims_of(&document, &Settings::new());
        for claim in claims.iter().filter(|claim| own.contains(&document.source_range(&claim.text).start)) {
            let quotation = folded(document.slice(&claim.text));
            let _ = write!(text, "    “{quotation}”  {}", claim.quantity);
            if let Some(measure) = claim.measure {
                let _ = write!(text, "  {measure}");
            }
            if let Compared::No(because) = &claim.compared {
                let _ = write!(text, "  (not compared: {because})");
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn the_claims_of_each_language() {
    insta::with_settings!({ allow_empty_glob => true }, {
        insta::glob!("../..", "corpora/claims/*/*.txt", |path| {
            let path = in_the_package(path);
            let story = find_stories(std::slice::from_ref(&path)).unwrap().remove(0);
            let language = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert_snapshot(&format!("claims-{language}-{name}"), &claims(&story.files[0]));
        });
    });
}
