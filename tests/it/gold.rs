//! The marked stories: what each file of `corpora/gold` says of its story, held against what crosscheck finds there.
//!
//! The marks say what is true of the reports, not what is reached: the snapshot `scoreboard` says that. **Its figures
//! may only rise, and its false alarms only fall.** Where a mark is wrong, the mark is put right in a change of its own.
//!
//! Below the table stands what is behind it, story by story: `unread`, marked figures that are not read or not compared;
//! `missed`, disagreements that no error or warning tells; `hard` and `soft`, errors and warnings between figures that agree or
//! are of different things; `unmarked`, those between figures of which the marks say nothing; `alone`, figures that did
//! not come together with those that say the same.
//!
//! A mark names a figure by its file and an excerpt, the figure in square brackets: `01-wire.txt: killed [43] people`.
//! The excerpt stands once in the file. Figures that one `[[agree]]` says are the same stand for each other: where one is
//! marked against a third, so are the others.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crosscheck::document::{Document, find_story};
use crosscheck::finding::{Finding, Severity};
use crosscheck::report::StoryReport;
use serde::Deserialize;

use crate::corpora::{self, folded};
use crate::stories::assert_snapshot;

/// What a file of `corpora/gold` says.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Gold {
    disagree: Vec<Disagree>,
    pub(crate) agree: Vec<Agree>,
    apart: Vec<Apart>,
    superseded: Vec<Superseded>,
}

/// Figures that cannot all be true.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disagree {
    /// The rule that should be raised, there already or not.
    rule: String,
    /// The cause that should be named first; `none` where nothing turns one figure into the other.
    cause: Option<String>,
    /// Those of one side agree. A total stands against its parts, a share against what it is computed from.
    sides: Vec<Vec<String>>,
    /// Why, in one sentence.
    why: String,
}

/// Figures that say the same, or that add up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agree {
    pub(crate) claims: Vec<String>,
    #[serde(default)]
    pub(crate) how: How,
}

/// How figures agree.
#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum How {
    /// They say the same, however it is written: they belong in one topic.
    #[default]
    Same,
    /// One is computed from the others: a sum, a difference, a share. No two of them are the same figure.
    Arithmetic,
}

/// Figures of different things, none of which may be held against another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    claims: Vec<String>,
    /// What sets them apart, in one sentence.
    why: String,
}

/// A running figure and the later ones that replace it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Superseded {
    /// The oldest side first.
    sides: Vec<Vec<String>>,
    /// Why, in one sentence.
    why: String,
}

/// A marked figure: its document's place in the story and its stretch of the document's source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    document: usize,
    start: usize,
    end: usize,
}

impl Mark {
    /// Finds the figure that a reference names.
    fn find(reference: &str, documents: &[Document]) -> Result<Mark, String> {
        let (file, excerpt) = reference.split_once(": ").ok_or("expected `file: excerpt`")?;
        let named =
            |document: &&Document| Path::new(&document.path).file_name().is_some_and(|name| name == file);
        let document = documents.iter().find(named).ok_or_else(|| format!("no file {file}"))?;
        let (before, rest) = excerpt.split_once('[').ok_or("expected the figure in square brackets")?;
        let (figure, after) = rest.split_once(']').ok_or("expected the figure in square brackets")?;
        let text = format!("{before}{figure}{after}");
        let places: Vec<usize> = document.source.match_indices(&text).map(|(at, _)| at).collect();
        let &[at] = places.as_slice() else {
            return Err(format!("the excerpt stands {} times in the file", places.len()));
        };
        let start = at + before.len();
        Ok(Mark { document: document.id, start, end: start + figure.len() })
    }

    fn quote<'a>(&self, report: &'a StoryReport) -> &'a str {
        report.documents[self.document].source.get(self.start..self.end).unwrap()
    }

    /// Whether a claim stands on the figure.
    pub(crate) fn is_met(&self, report: &StoryReport, claim: usize) -> bool {
        let claim = &report.claims[claim];
        let Range { start, end } = report.documents[claim.document].source_range(&claim.text);
        claim.document == self.document && start < self.end && self.start < end
    }
}

/// A story with its marks, each reference found.
pub(crate) struct Marked {
    pub(crate) slug: String,
    pub(crate) report: StoryReport,
    pub(crate) gold: Gold,
    problems: Vec<String>,
}

impl Marked {
    fn read(folder: &Path) -> Marked {
        let slug = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let path = gold_path(&slug);
        let text = fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
        let gold: Gold =
            toml::from_str(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        let report = corpora::check(&find_story(folder).unwrap());
        let problems = problems(&gold, &report);
        Marked { slug, report, gold, problems }
    }

    /// The figures of some references; those that are not found are told elsewhere.
    pub(crate) fn marks(&self, references: &[String]) -> Vec<Mark> {
        let found = references.iter().filter_map(|one| Mark::find(one, &self.report.documents).ok());
        found.collect()
    }

    /// A figure with all that say the same.
    fn alike(&self, marks: &[Mark]) -> BTreeSet<Mark> {
        let same = self.gold.agree.iter().filter(|agree| agree.how == How::Same);
        let groups = same.map(|agree| self.marks(&agree.claims));
        let met = groups.filter(|group| group.iter().any(|mark| marks.contains(mark)));
        met.flatten().chain(marks.iter().cloned()).collect()
    }

    /// Every pair of figures across sides; what is like both sides stands on neither.
    fn across(&self, sides: &[Vec<Mark>]) -> BTreeSet<(Mark, Mark)> {
        let sides: Vec<BTreeSet<Mark>> = sides.iter().map(|side| self.alike(side)).collect();
        let mut pairs = BTreeSet::new();
        for (at, one) in sides.iter().enumerate() {
            for other in &sides[at + 1..] {
                for a in one.difference(other) {
                    pairs.extend(other.difference(one).map(|b| pair(a, b)));
                }
            }
        }
        pairs
    }

    fn sides(&self, sides: &[Vec<String>]) -> Vec<Vec<Mark>> {
        sides.iter().map(|side| self.marks(side)).collect()
    }

    /// The pairs that a disagreement is between.
    fn wanted(&self, disagree: &Disagree) -> BTreeSet<(Mark, Mark)> {
        self.across(&self.sides(&disagree.sides))
    }

    /// The pairs that no finding may separate.
    fn never(&self) -> BTreeSet<(Mark, Mark)> {
        let mut pairs = BTreeSet::new();
        for agree in &self.gold.agree {
            let marks = self.marks(&agree.claims);
            for (at, one) in marks.iter().enumerate() {
                pairs.extend(marks[at + 1..].iter().map(|other| pair(one, other)));
            }
        }
        for apart in &self.gold.apart {
            let each: Vec<Vec<Mark>> = self.marks(&apart.claims).into_iter().map(|mark| vec![mark]).collect();
            pairs.extend(self.across(&each));
        }
        for superseded in &self.gold.superseded {
            pairs.extend(self.across(&self.sides(&superseded.sides)));
        }
        for disagree in &self.gold.disagree {
            let wanted = self.wanted(disagree);
            pairs.retain(|pair| !wanted.contains(pair));
        }
        pairs
    }

    /// Every figure that is marked to be held against another; what is only a trap may be left unread.
    pub(crate) fn compared(&self) -> BTreeSet<Mark> {
        let disagree = self.gold.disagree.iter().flat_map(|disagree| self.sides(&disagree.sides));
        let superseded = self.gold.superseded.iter().flat_map(|superseded| self.sides(&superseded.sides));
        let agree = self.gold.agree.iter().map(|agree| self.marks(&agree.claims));
        disagree.chain(superseded).chain(agree).flatten().collect()
    }

    /// Whether two figures stand on two sides of a finding.
    fn separates(&self, finding: &Finding, pairs: &BTreeSet<(Mark, Mark)>) -> bool {
        let sides = |mark: &Mark| -> Vec<usize> {
            let holds =
                |side: &usize| finding.sides[*side].claims.iter().any(|id| mark.is_met(&self.report, *id));
            (0..finding.sides.len()).filter(holds).collect()
        };
        pairs.iter().any(|(a, b)| {
            let (a, b) = (sides(a), sides(b));
            !a.is_empty() && !b.is_empty() && a.iter().all(|side| !b.contains(side))
        })
    }

    /// Whether a finding is about a disagreement. A sum or a share is met only with all its figures.
    fn meets(&self, finding: &Finding, disagree: &Disagree) -> bool {
        let is_whole = !disagree.rule.starts_with("broken-")
            || self.sides(&disagree.sides).iter().flatten().all(|mark| {
                let mut claims = finding.sides.iter().flat_map(|side| &side.claims);
                claims.any(|id| mark.is_met(&self.report, *id))
            });
        is_whole && self.separates(finding, &self.wanted(disagree))
    }

    /// The errors and warnings.
    fn loud(&self) -> impl Iterator<Item = &Finding> {
        self.report.findings.iter().filter(|finding| finding.severity != Severity::Note)
    }

    /// Figures as a person finds them.
    fn told(&self, marks: &[Mark]) -> String {
        let quote = |mark: &Mark| {
            let path = Path::new(&self.report.documents[mark.document].path);
            let file = path.file_name().unwrap().to_str().unwrap();
            format!("{file} “{}”", folded(mark.quote(&self.report)))
        };
        marks.iter().map(quote).collect::<Vec<String>>().join(", ")
    }

    /// The marks of a list that stand on one of some claims.
    fn met(&self, marks: &[Mark], claims: &[usize]) -> Vec<Mark> {
        let is_met = |mark: &&Mark| claims.iter().any(|id| mark.is_met(&self.report, *id));
        marks.iter().filter(is_met).cloned().collect()
    }
}

/// A pair in one order.
fn pair(a: &Mark, b: &Mark) -> (Mark, Mark) {
    if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
}

fn gold_path(slug: &str) -> PathBuf {
    PathBuf::from(format!("corpora/gold/{slug}.toml"))
}

/// Every reference of a file.
fn references(gold: &Gold) -> Vec<&String> {
    let disagree = gold.disagree.iter().flat_map(|disagree| disagree.sides.iter().flatten());
    let superseded = gold.superseded.iter().flat_map(|superseded| superseded.sides.iter().flatten());
    let agree = gold.agree.iter().flat_map(|agree| &agree.claims);
    let apart = gold.apart.iter().flat_map(|apart| &apart.claims);
    disagree.chain(superseded).chain(agree).chain(apart).collect()
}

/// What is wrong with a file of marks.
fn problems(gold: &Gold, report: &StoryReport) -> Vec<String> {
    let mut problems: Vec<String> = Vec::new();
    for reference in references(gold) {
        if let Err(problem) = Mark::find(reference, &report.documents) {
            problems.push(format!("“{reference}”: {problem}"));
        }
    }
    let sides = gold.disagree.iter().map(|disagree| (&disagree.sides, &disagree.why));
    let sides = sides.chain(gold.superseded.iter().map(|superseded| (&superseded.sides, &superseded.why)));
    for (sides, why) in sides {
        if sides.len() < 2 || sides.iter().any(Vec::is_empty) {
            problems.push(format!("“{why}”: expected two sides or more, none empty"));
        }
    }
    let claims =
        gold.agree.iter().map(|agree| &agree.claims).chain(gold.apart.iter().map(|apart| &apart.claims));
    for claims in claims.filter(|claims| claims.len() < 2) {
        problems.push(format!("{claims:?}: expected two figures or more"));
    }
    let whys =
        gold.disagree.iter().map(|disagree| &disagree.why).chain(gold.apart.iter().map(|apart| &apart.why));
    for why in whys.filter(|why| !why.ends_with('.')) {
        problems.push(format!("“{why}”: `why` is a sentence"));
    }
    problems
}

/// How many of how many.
#[derive(Default, Clone, Copy)]
pub(crate) struct Of {
    pub(crate) reached: usize,
    pub(crate) all: usize,
}

impl Of {
    pub(crate) fn count(&mut self, is_reached: bool) {
        self.reached += usize::from(is_reached);
        self.all += 1;
    }

    pub(crate) fn add(&mut self, other: Of) {
        self.reached += other.reached;
        self.all += other.all;
    }

    /// In percent, with one digit.
    pub(crate) fn percent(self) -> String {
        let per_mille = (self.reached * 1000 + self.all / 2).checked_div(self.all);
        per_mille.map_or("-".to_owned(), |share| format!("{}.{}%", share / 10, share % 10))
    }
}

/// What is reached in a story, or in all of them.
#[derive(Default)]
struct Score {
    reports: usize,
    /// Figures that are marked to be held against another, and are.
    read: Of,
    /// Disagreements that an error or a warning tells.
    found: Of,
    /// Of those found and marked with a cause: the first cause is the marked one.
    cause: Of,
    /// Errors and warnings that tell a disagreement and no false one.
    right: Of,
    /// Errors between figures that agree, that are of different things, or of which one replaces the other.
    hard: usize,
    /// Warnings between such figures.
    soft: usize,
    /// Errors and warnings between figures of which the marks say nothing.
    unmarked: usize,
    /// Figures that join the first of their agreement in a topic.
    grouped: Of,
    /// Running figures whose later ones are noted.
    superseded: Of,
}

impl Score {
    fn add(&mut self, other: &Score) {
        self.reports += other.reports;
        self.read.add(other.read);
        self.found.add(other.found);
        self.cause.add(other.cause);
        self.right.add(other.right);
        self.hard += other.hard;
        self.soft += other.soft;
        self.unmarked += other.unmarked;
        self.grouped.add(other.grouped);
        self.superseded.add(other.superseded);
    }

    fn row(&self, name: &str) -> String {
        let of = |of: Of| format!("{}/{}", of.reached, of.all);
        format!(
            "{name:<24}{:>8}{:>10}{:>8}{:>8}{:>8}{:>6}{:>6}{:>10}{:>10}{:>12}\n",
            self.reports,
            of(self.read),
            of(self.found),
            of(self.cause),
            of(self.right),
            self.hard,
            self.soft,
            self.unmarked,
            of(self.grouped),
            of(self.superseded)
        )
    }
}

const HEAD: &str = "story                    reports      read   found   cause   right  hard  soft  unmarked   grouped  superseded\n";

/// The figures of one story, and what is behind them: misses and false alarms, line by line.
fn score(story: &Marked) -> (Score, String) {
    let mut lines = String::new();
    let mut score = Score { reports: story.report.documents.len(), ..Score::default() };
    let compared: Vec<usize> =
        story.report.claims.iter().filter(|claim| claim.is_compared()).map(|claim| claim.id).collect();
    let marks: Vec<Mark> = story.compared().into_iter().collect();
    let read = story.met(&marks, &compared);
    score.read.add(Of { reached: read.len(), all: marks.len() });
    let unread: Vec<Mark> = marks.into_iter().filter(|mark| !read.contains(mark)).collect();
    if !unread.is_empty() {
        let _ = writeln!(lines, "  unread {}", story.told(&unread));
    }
    for disagree in &story.gold.disagree {
        let found = story.loud().find(|finding| story.meets(finding, disagree));
        score.found.count(found.is_some());
        match (found, &disagree.cause) {
            (Some(finding), Some(cause)) => {
                let first = finding.causes.first().map_or("none", |cause| cause.cause);
                score.cause.count(first == cause);
            }
            (None, _) => {
                let sides = story.sides(&disagree.sides);
                let told: Vec<String> = sides.iter().map(|side| story.told(side)).collect();
                let _ = writeln!(lines, "  missed {}: {}", disagree.rule, told.join(" | "));
            }
            (Some(_), None) => {}
        }
    }
    judge_alarms(story, &mut score, &mut lines);
    for agree in story.gold.agree.iter().filter(|agree| agree.how == How::Same) {
        let marks = story.marks(&agree.claims);
        let topics = story.report.topics.iter().map(|topic| story.met(&marks, &topic.claims));
        let together = topics.max_by_key(Vec::len).unwrap_or_default();
        score.grouped.add(Of { reached: together.len().saturating_sub(1), all: marks.len() - 1 });
        let loose: Vec<Mark> =
            marks.into_iter().filter(|mark| !together.contains(mark) && read.contains(mark)).collect();
        if !loose.is_empty() && !together.is_empty() {
            let _ = writeln!(lines, "  alone {}, not with {}", story.told(&loose), story.told(&together));
        }
    }
    for superseded in &story.gold.superseded {
        let pairs = story.across(&story.sides(&superseded.sides));
        let mut notes = story.report.findings.iter().filter(|finding| finding.rule == "superseded");
        score.superseded.count(notes.any(|finding| story.separates(finding, &pairs)));
    }
    (score, lines)
}

/// Sorts the errors and warnings of a story into right, false and unmarked ones.
fn judge_alarms(story: &Marked, score: &mut Score, lines: &mut String) {
    let never = story.never();
    for finding in story.loud() {
        let is_wrong = story.separates(finding, &never);
        let is_wanted = story.gold.disagree.iter().any(|disagree| story.meets(finding, disagree));
        score.right.count(is_wanted && !is_wrong);
        let what = match (is_wrong, is_wanted, finding.severity) {
            (true, _, Severity::Error) => {
                score.hard += 1;
                "hard"
            }
            (true, _, Severity::Warning | Severity::Note) => {
                score.soft += 1;
                "soft"
            }
            (false, false, _) => {
                score.unmarked += 1;
                "unmarked"
            }
            (false, true, _) => continue,
        };
        let message = folded(&finding.message).replace(&format!("corpora/stories/{}/", story.slug), "");
        let _ = writeln!(lines, "  {what} {}: {message}", finding.rule);
    }
}

/// The marked stories, by name.
pub(crate) fn marked_stories() -> Vec<Marked> {
    corpora::story_folders().iter().map(|folder| Marked::read(folder)).collect()
}

#[test]
fn the_scoreboard_of_the_marked_stories() {
    let mut total = Score::default();
    let (mut table, mut behind) = (HEAD.to_owned(), String::new());
    for story in &marked_stories() {
        let (score, lines) = score(story);
        table.push_str(&score.row(&story.slug));
        if !lines.is_empty() {
            let _ = write!(behind, "\n{}\n{lines}", story.slug);
        }
        total.add(&score);
    }
    table.push_str(&total.row("all"));
    let shares = [
        ("read", total.read),
        ("found", total.found),
        ("cause", total.cause),
        ("right", total.right),
        ("grouped", total.grouped),
        ("superseded", total.superseded),
    ];
    let shares = shares.map(|(name, of)| format!("{name} {}", of.percent()));
    assert_snapshot("scoreboard", &format!("{table}\n{}\n{behind}", shares.join(", ")));
}

#[test]
fn every_mark_names_one_figure_of_its_story() {
    let mut problems = Vec::new();
    for story in marked_stories() {
        problems.extend(story.problems.iter().map(|problem| format!("{}: {problem}", story.slug)));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn figures_that_agree_are_marked_against_each_other_nowhere() {
    for story in marked_stories() {
        let gold = &story.gold;
        let same = gold.agree.iter().filter(|agree| agree.how == How::Same);
        for marks in same.map(|agree| story.marks(&agree.claims)) {
            let mut apart = gold.apart.iter().map(|apart| story.marks(&apart.claims));
            let both = |others: &[Mark]| 2 <= others.iter().filter(|mark| marks.contains(mark)).count();
            let clash = apart.find(|others| both(others));
            assert!(clash.is_none(), "{}: {clash:?} agree and are apart", story.slug);
            let sides = gold.disagree.iter().map(|disagree| &disagree.sides);
            for sides in sides.chain(gold.superseded.iter().map(|superseded| &superseded.sides)) {
                let met = story
                    .sides(sides)
                    .into_iter()
                    .filter(|side| side.iter().any(|mark| marks.contains(mark)));
                assert!(met.count() < 2, "{}: {sides:?} agree", story.slug);
            }
        }
    }
}

#[test]
fn every_story_is_marked_and_every_mark_has_a_story() {
    let slugs = |paths: Vec<PathBuf>| -> BTreeSet<String> {
        paths.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let files = fs::read_dir("corpora/gold").unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(slugs(files), slugs(corpora::story_folders()));
}
