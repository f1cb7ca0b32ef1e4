//! How the cost of a check grows with the story: one folder of about 12,500 claims, and one of four times as many.
//!
//! `cargo bench --bench large_story` makes both stories in a temporary folder and checks each a few times, from the files
//! to the JSON report. It prints the best time of each, and how many times longer the larger one takes: up to 4.6 times,
//! and 5 seconds on two cores, are wanted. On Linux it also prints the most memory that was held.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a benchmark writes its input and reads the clock")]
#![expect(clippy::float_arithmetic, reason = "seconds are no figures of a story")]

mod story;

use std::path::Path;
use std::time::{Duration, Instant};

use crosscheck::document::find_story;
use crosscheck::report::{self, Format};
use crosscheck::settings::Settings;

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLAIMS: usize = 12_500;
const TIMES: usize = 3;

fn main() {
    let small = measured(CLAIMS);
    let large = measured(4 * CLAIMS);
    println!("four times the claims take {:.2} times as long", large.as_secs_f64() / small.as_secs_f64());
}

/// The best time of a story of about so many claims.
fn measured(n_claims: usize) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for (at, text) in story::reports(n_claims).into_iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at:04}.txt")), text).expect("it can be written to");
    }
    let best = (0..TIMES).map(|_| checked(folder.path())).min_by_key(|(time, _)| *time);
    let (best, told) = best.expect("it is measured more than once");
    println!(
        "{told}: {:.2} s{}",
        best.as_secs_f64(),
        memory().map(|most| format!(", {most}")).unwrap_or_default()
    );
    best
}

/// Checks the story of a folder and writes its report; how long that takes, and what was found.
fn checked(folder: &Path) -> (Duration, String) {
    let start = Instant::now();
    let story = find_story(folder).expect("the story has just been written");
    let report = crosscheck::check(&[story], &Settings::new());
    let mut out = Vec::new();
    report::write(&report, Format::Json, &mut out).expect("memory takes every byte");
    let time = start.elapsed();
    let n_claims: usize = report.stories.iter().map(|story| story.claims.len()).sum();
    let n_findings: usize = report.stories.iter().map(|story| story.findings.len()).sum();
    let n_documents: usize = report.stories.iter().map(|story| story.documents.len()).sum();
    (time, format!("{n_claims} claims in {n_documents} reports, {n_findings} findings"))
}

/// The most memory held so far.
fn memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(format!("at most {} held", most.trim()))
}
