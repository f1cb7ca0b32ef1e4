//! The command line: each case is a file of `tests/cli`, with the output that a reader sees beside it; and what the documents
//! show is what the command does.
//!
//! `TRYCMD=overwrite cargo test --test it command` writes the outputs anew; read them before they are kept.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_case_answers_as_written() {
    trycmd::TestCases::new()
        .insert_var("[VERSION]", env!("CARGO_PKG_VERSION"))
        .unwrap()
        .case("tests/cli/*.toml")
        .case("tests/cli/*.trycmd");
}

/// The documents that show the command at work.
fn documents() -> Vec<PathBuf> {
    let pages = fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> =
        pages.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.push("README.md".into());
    pages
}

/// Each document is run in a folder of its own, with the files of `tests/cli/documents` in it.
#[test]
fn the_documents_show_what_the_command_does() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |page: &Path| folder.path().join(page.file_name().unwrap());
    for page in documents() {
        fs::copy(&page, copy(&page)).unwrap();
        copy_folder(Path::new("tests/cli/documents"), &copy(&page).with_extension("in"));
        // Where there is such a folder, the files above are copied for the run.
        fs::create_dir(copy(&page).with_extension("out")).unwrap();
    }
    let cases = trycmd::TestCases::new();
    cases.case(folder.path().join("*.md"));
    cases.run();
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        for page in documents() {
            fs::copy(copy(&page), page).unwrap();
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn a_document_shows_no_command_that_is_not_run() {
    for page in documents() {
        let text = fs::read_to_string(&page).unwrap();
        let loose = text.lines().find(|line| line.starts_with("crosscheck ") && !line.contains("   "));
        assert_eq!(loose, None, "{}: show it in a block of `console`", page.display());
    }
}
