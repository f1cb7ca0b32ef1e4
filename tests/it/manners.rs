//! How the command behaves beside its report: what it says, when it is silent, and what it leaves behind.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};

use tempfile::TempDir;

use crate::shell::{command, run};

/// A story that disagrees, told in so many reports.
fn story(reports: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("quarry");
    fs::create_dir(&story).unwrap();
    for report in 0..reports {
        write(&story, report, if report % 2 == 0 { "310 tonnes" } else { "130 tonnes" });
    }
    folder
}

fn write(story: &Path, report: usize, mass: &str) {
    let text = format!(
        "TORV, May 4, 2026 (Torv Post {report}) - The quarry sold {mass} of slate in April, it said."
    );
    put(story, &format!("{report:02}.txt"), &text);
}

/// Puts a file into a story whole: who watches the story sees it once.
fn put(story: &Path, name: &str, text: &str) {
    let beside = story.with_extension("part");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, story.join(name)).unwrap();
}

#[test]
fn quiet_says_nothing_but_what_went_wrong() {
    let folder = story(2);
    let answer = run(folder.path(), &["check", "quarry", "--quiet"]);
    assert_eq!((answer.code, answer.err.as_str()), (Some(1), ""));
    assert!(answer.out.contains("two"), "the report itself is not touched:\n{}", answer.out);
    let answer = run(folder.path(), &["check", "nowhere", "--quiet"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.starts_with("exit 2: nowhere: expected"), "{}", answer.err);
}

#[test]
fn verbose_tells_of_each_file_and_leaves_the_report_as_it_is() {
    let folder = story(2);
    fs::write(folder.path().join("quarry/scan.pdf"), "%PDF-1.7").unwrap();
    let usual = run(folder.path(), &["check", "quarry"]);
    let verbose = run(folder.path(), &["check", "quarry", "--verbose"]);
    assert_eq!((usual.code, &usual.out), (verbose.code, &verbose.out));
    assert!(
        verbose.err.contains("quarry/00.txt: text, UTF-8, en, 2026-05-04, 4 claims\n"),
        "{}",
        verbose.err
    );
    assert!(verbose.err.contains("quarry/scan.pdf: not read: a .pdf file"), "{}", verbose.err);
    assert_eq!(verbose.err.lines().last(), usual.err.lines().last());
}

#[test]
fn an_output_that_is_no_terminal_gets_no_progress_colour_or_link() {
    let folder = story(2);
    let answer = run(folder.path(), &["check", "quarry"]);
    assert!(!answer.out.contains('\u{1b}') && !answer.err.contains(['\u{1b}', '\r']));
    let mut forbidden = command(folder.path());
    forbidden.args(["check", "quarry"]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    let plain = forbidden.output().unwrap().stdout;
    assert_eq!(String::from_utf8(plain).unwrap(), answer.out);
}

#[test]
fn colour_and_links_come_where_they_are_asked_for() {
    let folder = story(2);
    let mut forced = command(folder.path());
    forced.args(["check", "quarry"]).env("CLICOLOR_FORCE", "1").env("FORCE_HYPERLINK", "1");
    let text = String::from_utf8(forced.output().unwrap().stdout).unwrap();
    let place = fs::canonicalize(folder.path()).unwrap().join("quarry/00.txt");
    let link = format!("\u{1b}]8;;file://{}\u{1b}\\quarry/00.txt\u{1b}]8;;\u{1b}\\:1:", place.display());
    assert!(text.contains(&link), "no {link:?} in {text:?}");
}

/// A run that ends with its test, whatever comes of that.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = command(folder);
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a run says on the error output when the standard output is closed after its first line, and its exit code.
fn cut_short(mut child: Child) -> (Option<i32>, String) {
    let mut first = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(!first.is_empty());
    let status = child.wait().unwrap();
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    (status.code(), told)
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let folder = story(60);
    let check = spawn(folder.path(), &["check", "quarry", "--format", "json"]);
    assert_eq!(cut_short(check), (Some(1), String::new()), "the code still says what the check came to");

    let mut extract = spawn(folder.path(), &["extract", "--jsonl"]);
    let mut lines = extract.stdin.take().unwrap();
    let feed = std::thread::spawn(move || {
        let line = "{\"id\": 1, \"text\": \"The quarry sold 310 tonnes of slate for $40,000 in 12 days.\"}\n";
        while std::io::Write::write_all(&mut lines, line.repeat(100).as_bytes()).is_ok() {}
    });
    assert_eq!(cut_short(extract), (Some(0), String::new()));
    feed.join().unwrap();
}

#[test]
fn nothing_half_written_is_left_where_a_report_cannot_be_written() {
    let folder = story(2);
    fs::create_dir(folder.path().join("report.json")).unwrap();
    let answer = run(folder.path(), &["check", "quarry", "--output", "report.json"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    let mut left: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        left.push(entry.unwrap().file_name().into_string().unwrap());
    }
    left.sort();
    assert_eq!(left, ["quarry", "report.json"]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_with_130_and_leaves_no_half_file() {
    let folder = story(2);
    let mut run = Running(spawn(folder.path(), &["check", "quarry", "--watch", "--output", "report.json"]));
    let mut told = BufReader::new(run.0.stderr.take().unwrap()).lines();
    assert!(told.next().unwrap().unwrap().starts_with("exit 1:"));
    assert!(told.next().unwrap().unwrap().starts_with("waiting for a change"));
    let kill = std::process::Command::new("kill").args(["-INT", &run.0.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert_eq!(run.0.wait().unwrap().code(), Some(130));
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().ends_with(".part")));
}

#[test]
fn a_watch_on_nothing_ends() {
    let folder = story(2);
    let mut run = Running(spawn(folder.path(), &["check", "nowhere", "--watch"]));
    assert_eq!(run.0.wait().unwrap().code(), Some(2));
}

#[test]
fn a_watched_story_is_checked_again_when_a_file_changes_and_when_one_comes() {
    let folder = story(2);
    let mut run = Running(spawn(folder.path(), &["check", "quarry", "--watch"]));
    let mut told = BufReader::new(run.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut next = |start: &str| {
        let line = told.next().unwrap();
        assert!(line.starts_with(start), "{line}");
        assert!(told.next().unwrap().starts_with("waiting for a change"));
    };
    next("exit 1: 1 error");
    write(&folder.path().join("quarry"), 1, "310 tonnes");
    next("exit 0: 0 errors");
    put(&folder.path().join("quarry"), "scan.pdf", "%PDF-1.7");
    next("exit 2: 1 document not read");
}

#[test]
fn a_file_is_widened_to_its_whole_story() {
    let folder = story(2);
    let other = folder.path().join("orchard");
    fs::create_dir(&other).unwrap();
    write(&other, 1, "5 tonnes");
    let checked = |arguments: &[&str]| {
        let answer = run(folder.path(), &[&["check", "--widen", "--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_str(&answer.out).unwrap_or_default();
        let stories = report["stories"].as_array().cloned().unwrap_or_default();
        let names: Vec<String> =
            stories.iter().map(|story| story["name"].as_str().unwrap().to_owned()).collect();
        (answer.code, names)
    };
    let told =
        |code: i32, names: &[&str]| (Some(code), names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(checked(&["quarry/00.txt"]), told(1, &["quarry"]));
    assert_eq!(checked(&["quarry/00.txt", "quarry/01.txt"]), told(1, &["quarry"]));
    assert_eq!(checked(&["--each", ".", "quarry/01.txt"]), told(1, &["quarry"]));
    assert_eq!(checked(&["--each", ".", "orchard/01.txt"]), told(0, &["orchard"]));
    assert_eq!(checked(&["--each", "quarry", "quarry/00.txt"]), told(1, &["quarry"]));
    assert_eq!(checked(&["--each", "orchard", "quarry/00.txt"]), told(2, &[]));
    assert_eq!(checked(&["quarry/99.txt"]), told(2, &[]));
}

#[test]
fn every_verb_has_a_manual_page_and_is_completed_in_every_shell() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["--help"]).out;
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    let verbs = commands.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let verbs: Vec<&str> = verbs.filter(|verb| !verb.is_empty() && *verb != "help").collect();
    assert!(verbs.contains(&"check") && verbs.contains(&"man"), "{help}");
    assert_eq!(run(folder.path(), &["man", "."]).code, Some(0));
    for verb in &verbs {
        let page = fs::read_to_string(folder.path().join(format!("crosscheck-{verb}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains(".SH OPTIONS"), "{page}");
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(folder.path(), &["completions", shell]).out;
        for verb in &verbs {
            assert!(script.contains(verb), "{verb} in {shell}");
        }
    }
}
