//! Which files make up a story.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::Format;
use crate::error::Error;
use crate::limit;

/// A file that may hold a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path as reports show it, with `/`.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// The format that its name promises.
    pub format: Format,
    /// Why it cannot be read, where that is known beforehand.
    pub obstacle: Option<String>,
}

/// The files of one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The folder as it was named, or `.` for loose files.
    pub name: String,
    /// The newsroom's own copy, where the reports are its sources.
    pub draft: Option<Found>,
    /// The reports, by path.
    pub files: Vec<Found>,
    /// Files of other kinds, which hold no report, and what is hidden, by path.
    pub others: Vec<String>,
}

impl Story {
    fn new(name: String) -> Story {
        Story { name, draft: None, files: Vec::new(), others: Vec::new() }
    }
}

/// Endings of documents that people write reports in and that cannot be read yet: they are never passed over.
const UNREADABLE: [&str; 14] =
    ["pdf", "doc", "docx", "odt", "rtf", "pages", "epub", "mht", "mhtml", "eml", "msg", "xml", "rst", "adoc"];

/// The stories of the paths named: each folder is one, read recursively; loose files together are one more.
///
/// # Errors
///
/// Where a path does not exist.
pub fn find_stories(paths: &[PathBuf]) -> Result<Vec<Story>, Error> {
    let mut stories = Vec::new();
    let mut loose = Story::new(".".to_owned());
    let mut seen = BTreeSet::new();
    for path in paths {
        if !seen.insert(real(path)) {
            continue;
        }
        if is_folder(path)? {
            stories.push(find_story(path)?);
        } else {
            take(path, &mut loose, Named::ByCaller);
        }
    }
    if !loose.files.is_empty() {
        loose.files.sort();
        loose.files.dedup();
        stories.push(loose);
    }
    Ok(stories)
}

/// The story of an article and its sources, whatever folders they stand in; the article itself, where it stands among
/// them, is none.
///
/// # Errors
///
/// Where a path does not exist, where the article is none that can be read, and where it has no source.
pub fn find_sources(draft: &Path, paths: &[PathBuf]) -> Result<Story, Error> {
    let problem = |problem: String| Error::ExpectedArticle { path: draft.to_path_buf(), problem };
    #[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
    let metadata = std::fs::metadata(draft).map_err(|cause| problem(cause.to_string()))?;
    if metadata.is_dir() {
        return Err(problem("found a folder; name one file".to_owned()));
    }
    let mut story = Story::new(shown(draft));
    take(draft, &mut story, Named::ByCaller);
    story.draft = story.files.pop();
    if let Some(obstacle) = story.draft.as_ref().and_then(|found| found.obstacle.clone()) {
        return Err(problem(obstacle));
    }
    let mut seen = BTreeSet::from([real(draft)]);
    for found in find_stories(paths)? {
        story.files.extend(found.files.into_iter().filter(|file| seen.insert(real(&file.path))));
        story.others.extend(found.others);
    }
    story.files.sort();
    story.others.sort();
    story.others.dedup();
    match (story.files.is_empty(), paths.first()) {
        (true, Some(path)) => Err(Error::ExpectedSources { path: path.clone(), draft: draft.to_path_buf() }),
        (_, _) => Ok(story),
    }
}

/// The path by which a file is known, however it was named.
#[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The story of a folder.
///
/// Hidden files and folders are left out and told among the [`others`](Story::others); symbolic links are not followed,
/// but told of.
///
/// # Errors
///
/// Where the folder cannot be listed.
pub fn find_story(folder: &Path) -> Result<Story, Error> {
    let mut story = Story::new(shown(folder));
    let walk = WalkBuilder::new(folder)
        .follow_links(false)
        // No file among the reports says which of them are read.
        .standard_filters(false)
        // A hidden folder is told as one.
        .filter_entry(|entry| entry.depth() < 2 || !entry.path().parent().is_some_and(is_hidden))
        .sort_by_file_path(Path::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) if 0 < entry.depth() && is_hidden(entry.path()) => {
                story.others.push(shown(entry.path()));
            }
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(entry) => take(entry.path(), &mut story, Named::ByFolder),
            Err(error) => {
                let path = path_of(&error).unwrap_or(folder);
                let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                story.files.push(Found {
                    shown: shown(path),
                    path: path.to_path_buf(),
                    format: Format::Text,
                    obstacle: Some(format!("cannot be listed: {cause}")),
                });
            }
        }
    }
    story.files.sort();
    keep_to_limit(&mut story.files, folder);
    Ok(story)
}

/// The folder that an error of the walk is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Partial(_)
        | ignore::Error::Loop { .. }
        | ignore::Error::Io(_)
        | ignore::Error::Glob { .. }
        | ignore::Error::UnrecognizedFileType(_)
        | ignore::Error::InvalidDefinition => None,
    }
}

/// Tells of the files beyond the most of a folder as one, that the folder stands for.
fn keep_to_limit(files: &mut Vec<Found>, folder: &Path) {
    let more = files.len().saturating_sub(limit::FILES);
    let Some(first) = files.get(limit::FILES) else { return };
    let obstacle = Some(format!(
        "{more} of its files, from {} on, are beyond the first {}, the most of a folder: check a part of it",
        first.shown,
        limit::FILES
    ));
    files.truncate(limit::FILES);
    files.shrink_to_fit();
    files.push(Found { shown: shown(folder), path: folder.to_path_buf(), format: Format::Text, obstacle });
}

/// The stories right below a folder: each subfolder that holds a report is one, and reports beside the subfolders are
/// one more, so that none is passed over; hidden ones are left out, as in a story.
///
/// # Errors
///
/// Where the folder cannot be listed.
pub fn find_each(folder: &Path) -> Result<Vec<Story>, Error> {
    let cannot = |cause| Error::ExpectedPath { path: folder.to_path_buf(), cause };
    #[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
    let entries = std::fs::read_dir(folder).map_err(cannot)?;
    let mut paths = BTreeMap::new();
    for entry in entries {
        let entry = entry.map_err(cannot)?;
        paths.insert(entry.path(), entry.file_type().map_err(cannot)?.is_dir());
    }
    let mut stories = Vec::new();
    let mut beside = Story::new(shown(folder));
    for (path, is_folder) in paths {
        if is_hidden(&path) {
            beside.others.push(shown(&path));
        } else if is_folder {
            stories.push(find_story(&path)?);
        } else {
            take(&path, &mut beside, Named::ByFolder);
        }
    }
    stories.push(beside);
    let (mut stories, without): (Vec<Story>, Vec<Story>) =
        stories.into_iter().partition(|story| !story.files.is_empty());
    // What is left out where no story is, is told of the first one.
    if let Some(first) = stories.first_mut() {
        first.others.extend(without.into_iter().flat_map(|story| story.others));
        first.others.sort();
    }
    Ok(stories)
}

/// Whether a file of a story's folder, by its path in there, is taken for a report, be it one that can be read or not.
#[must_use]
pub fn is_report(path: &Path) -> bool {
    let is_shown = !path.components().any(|part| is_hidden(part.as_ref()));
    is_shown && (Format::of_path(path).is_some() || unreadable(path).is_some())
}

/// The ending of a document that cannot be read yet.
fn unreadable(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    UNREADABLE.contains(&extension.as_str()).then_some(extension)
}

/// Whether a name begins with a dot, as those of what programs keep for themselves do.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
fn is_folder(path: &Path) -> Result<bool, Error> {
    match std::fs::metadata(path) {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(cause) => Err(Error::ExpectedPath { path: path.to_path_buf(), cause }),
    }
}

/// Who named a file: one named by the caller is always a report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    ByCaller,
    ByFolder,
}

#[expect(clippy::disallowed_methods, reason = "this is the stage that touches files")]
fn take(path: &Path, story: &mut Story, named: Named) {
    let format = Format::of_path(path);
    let mut obstacle = None;
    if let Some(extension) = unreadable(path) {
        obstacle = Some(format!(
            "a .{extension} file: only .txt, .md and .html are read so far; save it as one of these"
        ));
    } else if format.is_none() {
        let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        if named == Named::ByFolder && !is_link {
            story.others.push(shown(path));
            return;
        }
        obstacle = Some("expected a .txt, .md, .html or .htm file".to_owned());
    }
    let metadata = match named {
        Named::ByCaller => std::fs::metadata(path),
        Named::ByFolder => std::fs::symlink_metadata(path),
    };
    match metadata {
        Ok(metadata) if metadata.is_symlink() => {
            obstacle = Some("a symbolic link: links are not followed; name the file itself".to_owned());
        }
        Ok(metadata) if !metadata.is_file() => obstacle = Some("not a regular file".to_owned()),
        Ok(_) => {}
        Err(cause) => obstacle = Some(format!("cannot be opened: {cause}")),
    }
    story.files.push(Found {
        shown: shown(path),
        path: path.to_path_buf(),
        format: format.unwrap_or(Format::Text),
        obstacle,
    });
}

/// The path with `/` between its parts, without a leading `./`.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    let trimmed = text.trim_end_matches('/');
    if trimmed.is_empty() { text.to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_listed_is_named_itself() {
        let cause = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let of_path = ignore::Error::WithPath {
            path: PathBuf::from("story/closed"),
            err: Box::new(ignore::Error::Io(cause)),
        };
        let error = ignore::Error::WithDepth { depth: 1, err: Box::new(of_path) };
        assert_eq!(path_of(&error), Some(Path::new("story/closed")));
    }
}
