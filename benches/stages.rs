//! How fast the stages are, each apart, and the whole from files to a Markdown report.
//!
//! `cargo bench` gives bytes of source per second; a story of one real size is a few kilobytes, so the stages that work
//! on text alone run on it over and over until there is about one megabyte.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use crosscheck::document::{Document, Format, Known, Story, find_story, read_bytes};
use crosscheck::extract;
use crosscheck::lang::Lexicon;
use crosscheck::normalise::{self, Claim};
use crosscheck::reconcile;
use crosscheck::report;
use crosscheck::settings::Settings;

/// What a text is repeated to.
const ABOUT: usize = 1_000_000;

fn story() -> Story {
    find_story(Path::new("corpora/stories/korea-mega-projects")).expect("the story stands in the repository")
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads its own input")]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("the corpora stand in the repository")
}

/// A file repeated to about a megabyte, its blocks kept apart.
fn repeated(path: &str) -> Vec<u8> {
    let one = [bytes(Path::new(path)), b"\n\n".to_vec()].concat();
    one.repeat(ABOUT / one.len() + 1)
}

fn read(format: Format, bytes: &[u8]) -> Document {
    read_bytes("bench", format, bytes, &Known::default())
}

fn size(story: &Story) -> u64 {
    story.files.iter().map(|found| bytes(&found.path).len() as u64).sum()
}

fn group<'a>(criterion: &'a mut Criterion, name: &str, bytes: u64) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes));
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2)).sample_size(20);
    group
}

fn from_files_to_report(criterion: &mut Criterion) {
    let story = story();
    let settings = Settings::new();
    let mut group = group(criterion, "whole", size(&story));
    group.bench_function("files to Markdown", |bencher| {
        bencher.iter(|| {
            let report = crosscheck::check(std::slice::from_ref(&story), &settings);
            let mut out = Vec::new();
            report::write(&report, report::Format::Markdown, &mut out).expect("memory takes every byte");
            out
        });
    });
    group.finish();
}

fn document(criterion: &mut Criterion) {
    for (name, format) in [("txt", Format::Text), ("md", Format::Markdown), ("html", Format::Html)] {
        let bytes = repeated(&format!("corpora/read/article.{name}"));
        let mut group = group(criterion, "document::read_bytes", bytes.len() as u64);
        group.bench_function(name, |bencher| bencher.iter(|| read(format, black_box(&bytes))));
        group.finish();
    }
}

fn extract_and_normalise(criterion: &mut Criterion) {
    let texts = ["korea-mega-projects/01-wire.txt", "korea-mega-projects/04-trade.txt"];
    let bytes: Vec<u8> =
        texts.iter().flat_map(|name| repeated(&format!("corpora/stories/{name}"))).take(ABOUT).collect();
    let sparse = read(Format::Text, &bytes);
    let dense = read(Format::Text, &repeated("corpora/read/article.txt"));
    let settings = Settings::new();
    for (name, document) in [("prose", &sparse), ("article full of figures", &dense)] {
        let lexicon = Lexicon::of(document.language);
        let length = document.text.len() as u64;
        let excerpts = extract::find(document, lexicon);
        let mut finding = group(criterion, "extract::find", length);
        finding.bench_function(name, |bencher| {
            bencher.iter(|| extract::find(black_box(document), lexicon));
        });
        finding.finish();
        let mut building = group(criterion, "normalise::build", length);
        building.bench_function(name, |bencher| {
            bencher.iter(|| normalise::build(black_box(document), &excerpts, &settings));
        });
        building.finish();
    }
}

/// A story of as many copies of the example, each report under a name of its own, as the number says; with its size.
fn copies(times: usize) -> (Vec<Document>, Vec<Claim>, u64) {
    let story = story();
    let settings = Settings::new();
    let documents = (0..times).flat_map(|copy| {
        story.files.iter().map(move |found| {
            let name = format!("{copy}/{}", found.shown);
            read_bytes(&name, found.format, &bytes(&found.path), &Known::default())
        })
    });
    let read = crosscheck::check_documents("story", documents.collect(), &settings);
    (read.documents, read.claims, size(&story) * times as u64)
}

fn compare(criterion: &mut Criterion) {
    let settings = Settings::new();
    for times in [1, 10] {
        let (documents, claims, size) = copies(times);
        let mut group = group(criterion, "reconcile::compare", size);
        group.bench_function(format!("{} reports, {} claims", documents.len(), claims.len()), |bencher| {
            bencher.iter(|| reconcile::compare(black_box(&documents), &claims, &settings));
        });
        group.finish();
    }
}

fn write(criterion: &mut Criterion) {
    let story = story();
    let found = crosscheck::check(std::slice::from_ref(&story), &Settings::new());
    for format in report::Format::ALL {
        let mut group = group(criterion, "report::write", size(&story));
        group.bench_function(format.about().name, |bencher| {
            bencher.iter(|| {
                let mut out = Vec::new();
                report::write(black_box(&found), format, &mut out).expect("memory takes every byte");
                out
            });
        });
        group.finish();
    }
}

criterion_group!(stages, from_files_to_report, document, extract_and_normalise, compare, write);
criterion_main!(stages);
