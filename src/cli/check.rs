//! `crosscheck check`: the main verb.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use crosscheck::document::{self, Document, Status, Story, find_sources};
use crosscheck::error::Error;
use crosscheck::report::{self, Colour, Format, Report, StoryReport, Terminal, counted};

use super::bar::{Bar, Summed};
use super::config::{self, Prepared};
use super::{ColorWhen, Outcome, Reading, Talk, output, stories, summary};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folders and files: each folder is one story, read recursively; loose files together are one story
    #[arg(value_name = "PATH", required_unless_present = "each")]
    paths: Vec<PathBuf>,

    /// Take every subfolder of PATH as a story of its own
    #[arg(long, value_name = "PATH")]
    each: Vec<PathBuf>,

    /// Take each PATH as the whole story that it belongs to: the subfolder of --each that holds it, else its folder
    #[arg(long)]
    widen: bool,

    /// Hold this article against its sources: every PATH is then a folder or file of sources, and what they are at odds
    /// over among themselves is a note
    #[arg(long, value_name = "ARTICLE", conflicts_with_all = ["each", "widen"], requires = "paths")]
    draft: Option<PathBuf>,

    /// How the report on the standard output is written [default: human]
    #[arg(long, short, value_name = "FORMAT", value_parser = format_name())]
    format: Option<Format>,

    /// Write a report to a file instead, as often as needed; FORMAT is else told by the file's name
    #[arg(long, short, value_name = "[FORMAT:]FILE", value_parser = output_target)]
    output: Vec<Target>,

    #[command(flatten)]
    bar: Bar,

    /// The currency in which sums of several currencies are shown beside each other [default: USD]
    #[arg(long, value_name = "CURRENCY", value_parser = super::currency)]
    base: Option<String>,

    /// Also tell which figures were taken for the same thing, which like ones were not, and why
    #[arg(long)]
    explain: bool,

    /// Check again whenever a file of the stories changes, until interrupted
    #[arg(long)]
    watch: bool,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    color: ColorWhen,

    #[command(flatten)]
    reading: Reading,
}

/// A report that is written to a file.
#[derive(Debug, Clone)]
struct Target {
    format: Format,
    path: PathBuf,
}

/// The formats by their names.
fn format_name() -> impl TypedValueParser<Value = Format> {
    let value = |format: Format| PossibleValue::new(format.about().name).help(format.about().purpose);
    PossibleValuesParser::new(Format::ALL.map(value))
        .try_map(|name| Format::named(&name).ok_or("no such format"))
}

/// A file to write, with its format before a colon or told by its ending.
fn output_target(text: &str) -> Result<Target, String> {
    let (format, path) = match text.split_once(':').filter(|(name, _)| is_format_name(name)) {
        Some((name, path)) => (Format::named(name), path),
        None => (Format::of_path(text.as_ref()), text),
    };
    match format {
        Some(_) if path.is_empty() => Err("expected a file behind the colon".to_owned()),
        Some(_) if path == "-" => {
            Err("expected a file behind the colon, found `-`: --format writes to the standard output"
                .to_owned())
        }
        Some(format) => Ok(Target { format, path: path.into() }),
        None if path == text => {
            let endings: Vec<&str> =
                Format::ALL.iter().flat_map(|format| format.about().endings).copied().collect();
            Err(format!("expected FORMAT:FILE, or a file that ends in one of .{}", endings.join(", .")))
        }
        None => {
            let names = Format::ALL.map(|format| format.about().name);
            Err(format!("expected one of {} before the colon", names.join(", ")))
        }
    }
}

/// Whether what stands before a colon is meant to be a format: no folder, and no drive's letter.
fn is_format_name(text: &str) -> bool {
    text.len() > 1 && !text.contains(['/', '\\'])
}

/// What says how a report is written and not what it says, by the names that clap knows it by.
pub(super) const PRESENTATION: [&str; 7] =
    ["format", "output", "fail_on", "color", "watch", "quiet", "verbose"];

pub(super) fn run(arguments: &Arguments, command: &[String], talk: Talk) -> Result<Outcome, Error> {
    if !arguments.watch {
        return once(arguments, command, talk);
    }
    let mut has_run = false;
    loop {
        let seen = stamps(arguments);
        output::clear_screen();
        let outcome = match once(arguments, command, talk) {
            // What is wrong from the start is the command, and no change mends it.
            Err(error) if !has_run => return Err(error),
            outcome => outcome.unwrap_or_else(|error| Outcome::new(2, error.to_string())),
        };
        has_run = true;
        talk.close(&outcome);
        if outcome.because.is_none() {
            return Ok(outcome);
        }
        talk.remark("waiting for a change; Ctrl-C ends");
        while stamps(arguments) == seen {
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }
}

/// How often `--watch` looks for a change.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// What `--watch` looks at; nothing where the paths cannot be read just now.
fn stamps(arguments: &Arguments) -> Vec<stories::Stamp> {
    let stories = stories_of(arguments).unwrap_or_default();
    stories::stamps(&stories, config::files(&arguments.reading))
}

fn once(arguments: &Arguments, command: &[String], talk: Talk) -> Result<Outcome, Error> {
    let stories = stories_of(arguments)?;
    refuse_places(&stories, arguments)?;
    let files: usize = stories.iter().map(|story| story.files.len()).sum();
    let on = format!("reading and comparing {}", counted(files, "report"));
    let report = talk.working(&on, || report(arguments, stories))?;
    let report = Report { command: command.to_vec(), ..report };
    talk.files(&report);
    for target in &arguments.output {
        output::to_file(&target.path, |out| report::write(&report, target.format, out))?;
    }
    let mut formats = arguments.output.iter().map(|target| target.format).chain(arguments.format);
    if formats.any(|format| format == Format::Github) {
        summary::append(&report)?;
    }
    if !arguments.output.is_empty() && arguments.format.is_none() {
        return Ok(arguments.bar.outcome(&report.summary(), Summed::OnlyHere));
    }
    let (format, summed) = match arguments.format {
        Some(Format::Human(_)) | None => (Format::Human(terminal(arguments.color)), on_screen()),
        Some(format) => (format, Summed::OnlyHere),
    };
    let reader = output::to_stdout(|out| report::write(&report, format, out))?;
    Ok(arguments.bar.outcome(&report.summary(), summed).unless_left(reader))
}

/// The report on the stories that the arguments name.
pub(super) fn again(arguments: &Arguments) -> Result<Report, Error> {
    report(arguments, stories_of(arguments)?)
}

fn stories_of(arguments: &Arguments) -> Result<Vec<Story>, Error> {
    if let Some(draft) = &arguments.draft {
        return Ok(vec![find_sources(draft, &arguments.paths)?]);
    }
    let find = if arguments.widen { stories::around } else { stories::named };
    find(&arguments.paths, &arguments.each)
}

fn report(arguments: &Arguments, stories: Vec<Story>) -> Result<Report, Error> {
    let mut prepared = config::prepare(&arguments.reading, stories)?;
    for Prepared { settings, .. } in &mut prepared {
        settings.base = arguments.base.clone().unwrap_or(std::mem::take(&mut settings.base));
        settings.explain = arguments.explain;
    }
    let mut report = Report { stories: prepared.iter().map(Prepared::check).collect(), command: Vec::new() };
    if let Some(error) = report.stories.iter().filter_map(StoryReport::draft).find_map(unread_draft) {
        return Err(error);
    }
    report.stories.iter_mut().for_each(|story| arguments.bar.accept_incomplete(story));
    Ok(report)
}

/// A report must take neither the place of one that it is about nor that of another format, and none where the next run
/// would take it for one that it is about.
fn refuse_places(stories: &[Story], arguments: &Arguments) -> Result<(), Error> {
    let files = stories.iter().flat_map(|story| story.files.iter().chain(&story.draft));
    let inputs: BTreeSet<PathBuf> = files.map(|file| output::place(&file.path)).collect();
    let folders = folders(arguments);
    let is_read_next =
        |place: &Path| folders.iter().any(|folder| place.strip_prefix(folder).is_ok_and(document::is_report));
    let mut taken = BTreeSet::new();
    for Target { path, .. } in &arguments.output {
        let place = output::place(path);
        let found = if inputs.contains(&place) {
            "one of the reports to read"
        } else if is_read_next(&place) {
            "one that the next run would take for a report of its folder"
        } else if !taken.insert(place) {
            "one that is written already"
        } else {
            continue;
        };
        let problem = format!("{}: expected a file to write, found {found}; name another", path.display());
        return Err(Error::ExpectedArgument { problem });
    }
    Ok(())
}

/// The folders that reports are looked for in.
fn folders(arguments: &Arguments) -> Vec<PathBuf> {
    let named =
        arguments.paths.iter().map(|path| if arguments.widen { stories::folder(path) } else { path.clone() });
    let folders = named.chain(arguments.each.iter().cloned()).filter(|path| path.is_dir());
    folders.map(|folder| output::place(&folder)).collect()
}

/// What the standard output is shown on.
fn terminal(when: ColorWhen) -> Terminal {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    let columns = size.map_or(Terminal::PLAIN.columns, |(width, _)| usize::from(width.0));
    Terminal { colour: colour(when), columns }
}

fn colour(when: ColorWhen) -> Colour {
    let choice = match when {
        ColorWhen::Auto => anstream::AutoStream::choice(&std::io::stdout()),
        ColorWhen::Always => anstream::ColorChoice::Always,
        ColorWhen::Never => anstream::ColorChoice::Never,
    };
    match choice {
        anstream::ColorChoice::Never => Colour::Off,
        anstream::ColorChoice::Auto | anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi => {
            if supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout) {
                Colour::Linked
            } else {
                Colour::On
            }
        }
    }
}

/// Without the draft nothing was checked.
fn unread_draft(draft: &Document) -> Option<Error> {
    match &draft.status {
        Status::Skipped(reason) => {
            Some(Error::ExpectedArticle { path: draft.path.clone().into(), problem: reason.clone() })
        }
        Status::Read | Status::Partly(_) => None,
    }
}

/// Where both outputs are one screen, a report for a person ends right above the last line.
fn on_screen() -> Summed {
    let is_one = std::io::stdout().is_terminal() && std::io::stderr().is_terminal();
    if is_one { Summed::Above } else { Summed::OnlyHere }
}
