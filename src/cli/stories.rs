//! The stories that a command line names.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crosscheck::document::{Story, find_each, find_stories};
use crosscheck::error::Error;

/// The stories of the paths, and each subfolder of `each`; an error where one holds no report.
pub(super) fn named(paths: &[PathBuf], each: &[PathBuf]) -> Result<Vec<Story>, Error> {
    let mut stories = find_stories(paths)?;
    stories.extend(every(each)?);
    reported(stories, paths.iter().chain(each))
}

/// The whole stories that the paths belong to: those of `each` that hold one of them; without `each`, their folders.
#[expect(clippy::disallowed_methods, reason = "the command looks for the paths it is given")]
pub(super) fn around(paths: &[PathBuf], each: &[PathBuf]) -> Result<Vec<Story>, Error> {
    if let Some((path, cause)) = paths.iter().find_map(|path| Some((path, std::fs::metadata(path).err()?))) {
        return Err(Error::ExpectedPath { path: path.clone(), cause });
    }
    if each.is_empty() {
        let folders: Vec<PathBuf> = paths.iter().map(|path| folder(path)).collect();
        return named(&folders, &[]);
    }
    let roots: Vec<PathBuf> = each.iter().map(|root| real(root)).collect();
    let paths_real: Vec<PathBuf> = paths.iter().map(|path| real(path)).collect();
    let mut stories = every(each)?;
    stories.retain(|story| {
        let own = real(Path::new(&story.name));
        // Reports that lie beside the subfolders are a story under the name of the folder above.
        let is_beside = roots.contains(&own);
        let holds =
            |path: &PathBuf| if is_beside { path.parent() == Some(&own) } else { path.starts_with(&own) };
        paths_real.iter().any(holds)
    });
    reported(stories, paths.iter())
}

fn every(each: &[PathBuf]) -> Result<Vec<Story>, Error> {
    let mut stories = Vec::new();
    for parent in each {
        stories.extend(find_each(parent)?);
    }
    Ok(stories)
}

/// The stories, as long as there are some and each holds a report.
fn reported<'a>(
    stories: Vec<Story>,
    mut paths: impl Iterator<Item = &'a PathBuf>,
) -> Result<Vec<Story>, Error> {
    if stories.is_empty() {
        return Err(Error::ExpectedReports { path: paths.next().cloned().unwrap_or_default() });
    }
    match stories.iter().find(|story| story.files.is_empty()) {
        Some(story) => Err(Error::ExpectedReports { path: story.name.clone().into() }),
        None => Ok(stories),
    }
}

/// The path itself where it is a folder, else the one that it lies in.
pub(super) fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        _ if path.is_dir() => path.to_path_buf(),
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        Some(_) | None => PathBuf::from("."),
    }
}

#[expect(clippy::disallowed_methods, reason = "the command compares the paths it is given")]
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_path_buf())
}

/// A file, its size and when it was last changed.
pub(super) type Stamp = (PathBuf, u64, Option<SystemTime>);

/// The stamps of every file of the stories and of some more: while they are the same, so is what is said of them.
#[expect(clippy::disallowed_methods, reason = "the command watches the files it is given")]
pub(super) fn stamps(stories: &[Story], more: Vec<PathBuf>) -> Vec<Stamp> {
    let others = stories.iter().flat_map(|story| story.others.iter().map(PathBuf::from));
    let files =
        stories.iter().flat_map(|story| story.files.iter().chain(&story.draft).map(|file| file.path.clone()));
    let stamp = |path: PathBuf| match std::fs::metadata(&path) {
        Ok(metadata) => (path, metadata.len(), metadata.modified().ok()),
        Err(_) => (path, 0, None),
    };
    files.chain(others).chain(more).map(stamp).collect()
}
