//! `crosscheck accept`: findings that somebody looked at and lets stand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use crosscheck::configuration::{Accepted, add, read_accepted};
use crosscheck::error::{Error, nearest};
use crosscheck::finding::{Finding, rule};
use crosscheck::report::{StoryReport, counted};
use jiff::civil::Date;

use super::config::{self, Prepared, relative};
use super::{Outcome, Reading, output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The findings, by the ids that reports print, and the folders and files to find them in, as for `check`
    /// [default: the working folder]
    #[arg(value_name = "ID|PATH", required = true)]
    targets: Vec<String>,

    /// Take every subfolder of PATH as a story of its own
    #[arg(long, value_name = "PATH")]
    each: Vec<PathBuf>,

    /// Why they may stand; it is shown in every report
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    reason: String,

    /// The last day on which that holds, as YYYY-MM-DD; without it, there is none
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    until: Option<Date>,

    #[command(flatten)]
    reading: Reading,
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("expected a reason in words".to_owned()) } else { Ok(text.to_owned()) }
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let (ids, mut paths): (Vec<&String>, Vec<PathBuf>) = split(&arguments.targets)?;
    if paths.is_empty() && arguments.each.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let stories = super::stories::named(&paths, &arguments.each)?;
    let prepared = config::prepare(&arguments.reading, stories)?;
    let reports: Vec<StoryReport> = prepared.iter().map(Prepared::check).collect();
    let mut entries: BTreeMap<(&PathBuf, &str), Vec<Accepted>> = BTreeMap::new();
    for id in &ids {
        let found = prepared.iter().zip(&reports).find_map(|(prepared, report)| {
            let finding = report.findings.iter().find(|finding| finding.id == **id)?;
            Some((prepared, report, finding))
        });
        let (prepared, report, finding) = found.ok_or_else(|| unknown(id, &reports))?;
        let entry = entry(arguments, prepared, report, finding)?;
        entries.entry((&prepared.accepted, &prepared.accepted_shown)).or_default().push(entry);
    }
    let mut replaced = Vec::new();
    for ((path, shown), entries) in &entries {
        replaced.extend(write(path, shown, entries)?);
    }
    let files: Vec<&str> = entries.keys().map(|(_, shown)| *shown).collect();
    let because =
        format!("{} accepted in {}{}", counted(ids.len(), "finding"), files.join(", "), replaced.concat());
    Ok(Outcome::new(0, because))
}

/// Ids and paths apart: an id is twelve hexadecimal digits.
fn split(targets: &[String]) -> Result<(Vec<&String>, Vec<PathBuf>), Error> {
    let is_id = |text: &&String| text.len() == 12 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    let (ids, paths): (Vec<&String>, Vec<&String>) = targets.iter().partition(is_id);
    if ids.is_empty() {
        let problem = format!(
            "expected the id of a finding, twelve hexadecimal digits, found `{}`; `crosscheck check` prints it behind `id`",
            paths.first().map_or("", |path| path.as_str())
        );
        return Err(Error::ExpectedArgument { problem });
    }
    Ok((ids, paths.into_iter().map(PathBuf::from).collect()))
}

fn unknown(id: &str, reports: &[StoryReport]) -> Error {
    let known = reports.iter().flat_map(|report| &report.findings).map(|finding| finding.id.as_str());
    let meant = nearest(id, known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    let problem = format!(
        "expected the id of a finding of these reports, found `{id}`{meant}; `crosscheck check` prints it behind `id`"
    );
    Error::ExpectedArgument { problem }
}

fn entry(
    arguments: &Arguments,
    prepared: &Prepared,
    report: &StoryReport,
    finding: &Finding,
) -> Result<Accepted, Error> {
    if let (Some(until), Some(today)) = (arguments.until, prepared.settings.today)
        && until < today
    {
        let problem = format!("--until: expected a day from {today} on, found {until}");
        return Err(Error::ExpectedArgument { problem });
    }
    if !rule(finding.rule).is_some_and(crosscheck::finding::Rule::may_be_accepted) {
        let problem = format!("{} ({}) cannot be accepted: {}", finding.id, finding.rule, finding.advice);
        return Err(Error::ExpectedArgument { problem });
    }
    let folder = prepared.accepted.parent().unwrap_or(&prepared.accepted);
    let of_side = |side| report.reports(side);
    let documents = finding.sides.iter().flat_map(of_side).collect::<std::collections::BTreeSet<usize>>();
    let paths = documents.into_iter().filter_map(|at| prepared.places.get(&report.documents.get(at)?.path));
    Ok(Accepted {
        id: toml::Spanned::new(0..0, finding.id.clone()),
        rule: finding.rule.to_owned(),
        message: finding.message.clone(),
        values: finding.sides.iter().map(|side| side.reads.clone()).collect(),
        documents: paths.map(|place| relative(folder, place)).collect(),
        reason: arguments.reason.clone(),
        until: arguments.until,
    })
}

/// Adds entries to the file, which appears whole or stays as it was, and says what they take the place of.
fn write(path: &Path, shown: &str, entries: &[Accepted]) -> Result<Vec<String>, Error> {
    let unusable = |problem| config::unusable(shown, problem);
    let text = if path.exists() { config::read_text(path)? } else { String::new() };
    let before = read_accepted(&text).map_err(unusable)?;
    let is_renewed = |old: &Accepted| {
        entries.iter().any(|new| new.id == old.id && (&new.reason, new.until) != (&old.reason, old.until))
    };
    let told = |old: &Accepted| {
        let until = old.until.map(|day| format!(", until {day}")).unwrap_or_default();
        format!("; in place of {}: “{}”{until}", old.id.get_ref(), old.reason)
    };
    let replaced = before.iter().map(|(_, old)| old).filter(|old| is_renewed(old)).map(told).collect();
    let text = add(&text, entries).map_err(unusable)?;
    output::to_file(path, |out| out.write_all(text.as_bytes()))?;
    Ok(replaced)
}
