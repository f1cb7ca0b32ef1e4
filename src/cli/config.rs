//! Which configuration a story goes by, and which acceptances hold for it.
//!
//! A story folder holds files of strangers. A file counts only where whoever runs the command put it: in the working
//! folder or above it, or where a configuration there says so. `docs/configuration.md` gives the reasons.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crosscheck::configuration::{Accepted, Configuration, Globs, Problem, read_accepted};
use crosscheck::document::Story;
use crosscheck::error::Error;
use crosscheck::quantity::rate::Rates;
use crosscheck::report::StoryReport;
use crosscheck::settings::{ACCEPTED_FILE, CONFIGURATION_FILE, SCHEMA_FILE, Settings};

use super::{Reading, input};

/// A story with what it is checked by.
pub(super) struct Prepared {
    pub(super) story: Story,
    pub(super) settings: Settings,
    /// Where its reports are, by the paths under which they are shown.
    pub(super) places: BTreeMap<String, PathBuf>,
    /// The file of accepted findings, whether there is one or not, and the path under which it is shown.
    pub(super) accepted: PathBuf,
    pub(super) accepted_shown: String,
    /// What a reader must know of all that.
    remarks: Vec<String>,
}

impl Prepared {
    /// Checks the story.
    pub(super) fn check(&self) -> StoryReport {
        let mut report = crosscheck::check_story(&self.story, &self.settings);
        report.remarks.splice(0..0, self.remarks.iter().cloned());
        report
    }

    /// Takes in what a configuration says of files: which are the newsroom's own, which are left out.
    fn heed(&mut self, found: &Found) -> Result<(), Error> {
        let Found { folder, shown, configuration } = found;
        let told = Some(configuration.told()).filter(|told| !told.is_empty());
        self.remarks
            .push(format!("checked by {shown}{}", told.map(|told| format!(": {told}")).unwrap_or_default()));
        let names = |globs: &Globs, path: &str| {
            self.places.get(path).is_some_and(|place| globs.name(&relative(folder, place)))
        };
        let own = self.places.keys().filter(|path| names(&configuration.own, path));
        self.settings.own = own.cloned().collect();
        let (out, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut self.story.files)
            .into_iter()
            .partition(|file| names(&configuration.exclude, &file.shown));
        self.story.files = kept;
        if !out.is_empty() {
            let out: Vec<&str> = out.iter().map(|file| file.shown.as_str()).collect();
            self.remarks.push(format!("left out by {shown}: {}", out.join(", ")));
        }
        if self.story.files.is_empty() {
            let problem = format!(
                "{}: expected at least one report, found none but those that {shown} leaves out under `exclude`",
                self.story.name
            );
            return Err(Error::ExpectedArgument { problem });
        }
        Ok(())
    }

    /// Takes in the accepted findings.
    fn accept(&mut self) -> Result<(), Error> {
        let folder = self.accepted.parent().unwrap_or(&self.accepted);
        let own: BTreeMap<String, &String> =
            self.places.iter().map(|(shown, place)| (relative(folder, place), shown)).collect();
        let shown = |path: &str| own.get(path).map(|shown| (*shown).clone());
        let entries = read_entries(&self.accepted, &self.accepted_shown)?;
        let entry =
            |(line, entry): &(usize, Accepted)| entry.entry(format!("{}:{line}", self.accepted_shown), shown);
        self.settings.accepted = entries.iter().map(entry).collect();
        Ok(())
    }
}

/// A configuration and the folder that its paths are read from.
struct Found {
    folder: PathBuf,
    shown: String,
    configuration: Configuration,
}

/// The configuration that is meant, and those beside the reports that are not.
#[derive(Default)]
struct Search {
    found: Option<Found>,
    passed_over: Vec<PathBuf>,
    /// The folder of the accepted findings.
    folder: PathBuf,
}

/// Gives each story its settings: what the command line says, else its configuration, else what holds without one.
pub(super) fn prepare(reading: &Reading, stories: Vec<Story>) -> Result<Vec<Prepared>, Error> {
    let here = real(Path::new("."))?;
    let rates = super::rates(reading.rates.as_ref())?;
    let mut prepared = Vec::new();
    for story in stories {
        let search = search(reading, &here, &story)?;
        let settings = settings(reading, &rates, search.found.as_ref());
        let mut one = with_files(&here, story, search, settings)?;
        if !reading.isolated {
            // Whoever names a draft names it as the newsroom's own.
            one.settings.own.extend(one.story.draft.iter().map(|draft| draft.shown.clone()));
            one.accept()?;
        }
        prepared.push(one);
    }
    Ok(prepared)
}

/// The files that may say how stories are checked, whether they are there or not.
pub(super) fn files(reading: &Reading) -> Vec<PathBuf> {
    let here = real(Path::new(".")).unwrap_or_default();
    let named = reading.config.iter().filter_map(|path| path.parent().map(|folder| (path.clone(), folder)));
    let named = named.flat_map(|(path, folder)| [path, folder.join(ACCEPTED_FILE)]);
    let found =
        here.ancestors().flat_map(|above| [CONFIGURATION_FILE, ACCEPTED_FILE].map(|name| above.join(name)));
    named.chain(found).collect()
}

/// The settings for texts that are no files: no configuration is theirs but one that is named.
pub(super) fn of_no_file(reading: &Reading) -> Result<Settings, Error> {
    let here = real(Path::new("."))?;
    let found = match &reading.config {
        Some(path) => Some(named(&here, path)?),
        None => None,
    };
    Ok(settings(reading, &super::rates(reading.rates.as_ref())?, found.as_ref()))
}

fn settings(reading: &Reading, rates: &Arc<Rates>, found: Option<&Found>) -> Settings {
    let without = Settings { rates: Arc::clone(rates), ..Settings::new() };
    let mut settings = match found {
        Some(found) => found.configuration.over(without),
        None => without,
    };
    settings.as_of = reading.as_of.or(settings.as_of);
    settings.home = reading.home.clone().or(settings.home);
    settings.today = Some(settings.as_of.unwrap_or_else(today));
    settings
}

/// A story with the files around it that say how it is checked.
fn with_files(here: &Path, mut story: Story, search: Search, settings: Settings) -> Result<Prepared, Error> {
    let Search { found, passed_over, folder } = search;
    let places =
        story.files.iter().chain(&story.draft).map(|file| (file.shown.clone(), place(&file.path))).collect();
    let accepted = folder.join(ACCEPTED_FILE);
    let accepted_shown = relative(here, &accepted);
    // The newsroom's own files are no part of the story that something could be left out of.
    let heeded = [CONFIGURATION_FILE, ACCEPTED_FILE, SCHEMA_FILE].map(|name| folder.join(name));
    let own = found.as_ref().map(|found| found.folder.join(CONFIGURATION_FILE));
    let is_heeded = |path: &PathBuf| heeded.contains(path) || own.as_ref() == Some(path);
    story.others.retain(|other| !is_heeded(&place(Path::new(other))));
    let not_heeded = |path: &PathBuf| {
        let path = relative(here, path);
        format!(
            "not heeded, since it stands among the reports: {path}; if it is yours, name it with --config"
        )
    };
    let remarks = passed_over.iter().map(not_heeded).collect();
    let mut prepared = Prepared { story, settings, places, accepted, accepted_shown, remarks };
    if let Some(found) = &found {
        prepared.heed(found)?;
    }
    Ok(prepared)
}

/// Looks for the configuration of a story: the nearest one upward from its folder that is to be trusted.
fn search(reading: &Reading, here: &Path, story: &Story) -> Result<Search, Error> {
    if reading.isolated {
        return Ok(Search { folder: here.to_path_buf(), ..Search::default() });
    }
    if let Some(path) = &reading.config {
        let found = named(here, path)?;
        return Ok(Search { folder: found.folder.clone(), found: Some(found), passed_over: Vec::new() });
    }
    let mut search = Search { folder: here.to_path_buf(), ..Search::default() };
    let last = std::env::home_dir();
    // A name that is no UTF-8 leads nowhere: such a folder goes by what holds in the working folder.
    let own = real(Path::new(&story.name)).unwrap_or_else(|_| here.to_path_buf());
    for folder in own.ancestors() {
        let is_trusted = here.starts_with(folder);
        let path = folder.join(CONFIGURATION_FILE);
        match (path.is_file(), is_trusted) {
            (true, true) => {
                search.folder = folder.to_path_buf();
                search.found = Some(own_one(&mut search.passed_over, here, read(here, &path)?)?);
                break;
            }
            (true, false) => search.passed_over.push(path),
            // A folder, a pipe or a link that leads nowhere is no configuration, and says what was meant no less.
            (false, true) if path.symlink_metadata().is_ok() => {
                let problem = format!(
                    "{}: expected a file, found something else; take it away, or name a file with --config",
                    path.display()
                );
                return Err(Error::ExpectedArgument { problem });
            }
            (false, _) => {}
        }
        if is_trusted && (folder.join(".git").exists() || last.as_deref() == Some(folder)) {
            break;
        }
    }
    Ok(search)
}

/// The nearest of the configurations among the reports that a trusted one names as the newsroom's own, else that one.
fn own_one(among: &mut Vec<PathBuf>, here: &Path, trusted: Found) -> Result<Found, Error> {
    let own = among.iter().position(|path| trusted.configuration.own.name(&relative(&trusted.folder, path)));
    match own {
        Some(at) => read(here, &among.remove(at)),
        None => Ok(trusted),
    }
}

/// The configuration that the command line names.
#[expect(clippy::disallowed_methods, reason = "the command reads the files of the newsroom")]
fn named(here: &Path, path: &Path) -> Result<Found, Error> {
    let real = std::fs::canonicalize(path).map_err(|cause| unreadable(path, &cause))?;
    read(here, &real)
}

fn read(here: &Path, path: &Path) -> Result<Found, Error> {
    let shown = relative(here, path);
    let text = read_text(path)?;
    let configuration = Configuration::read(&text).map_err(|problem| unusable(&shown, problem))?;
    Ok(Found { folder: path.parent().unwrap_or(path).to_path_buf(), shown, configuration })
}

/// The entries of the file of accepted findings; none where there is no such file.
fn read_entries(path: &Path, shown: &str) -> Result<Vec<(usize, Accepted)>, Error> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    read_accepted(&read_text(path)?).map_err(|problem| unusable(shown, problem))
}

pub(super) fn unusable(shown: &str, problem: Problem) -> Error {
    Error::ExpectedArgument { problem: format!("{shown}:{problem}") }
}

pub(super) fn read_text(path: &Path) -> Result<String, Error> {
    input::text(path).map_err(|cause| unreadable(path, &cause))
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Error {
    Error::ExpectedArgument { problem: format!("{}: cannot be read: {cause}", path.display()) }
}

#[expect(clippy::disallowed_methods, reason = "the command looks for the files of the newsroom")]
fn real(path: &Path) -> Result<PathBuf, Error> {
    std::fs::canonicalize(path).map_err(|cause| Error::ExpectedPath { path: path.to_path_buf(), cause })
}

/// Where a file is; a link stays itself.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    real(folder)
        .map_or_else(|_| path.to_path_buf(), |folder| folder.join(path.file_name().unwrap_or_default()))
}

/// The path from a folder to a file, with `/`.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let shared = folder.ancestors().find(|above| path.starts_with(above)).unwrap_or(Path::new(""));
    let up = folder.components().count() - shared.components().count();
    let down = path.strip_prefix(shared).unwrap_or(path).to_string_lossy().replace('\\', "/");
    format!("{}{down}", "../".repeat(up))
}

#[expect(clippy::disallowed_methods, reason = "the command reads the clock, and passes the day on")]
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
