//! The command, run as a person would.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the command answered.
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Answer {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// The command in a folder, without anything of this machine that it listens to.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crosscheck"));
    command.current_dir(folder).env_clear();
    command
}

/// Runs the command in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Answer {
    command(folder).args(arguments).output().unwrap().into()
}

/// Where a program of the machine is, under one of its names. Without it a line on the terminal says what is not tested;
/// where `CROSSCHECK_REQUIRE_TOOLS` is set, that is a failure.
pub(crate) fn tool(names: &[&str], tested: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut files = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = files.find(|file| file.is_file());
    if found.is_none() {
        let told = format!("no {} on this machine: {tested} was not tested", names[0]);
        assert!(std::env::var_os("CROSSCHECK_REQUIRE_TOOLS").is_none(), "{told}");
        // Not by a macro, whose words the test runner would keep to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {told}");
    }
    found
}
