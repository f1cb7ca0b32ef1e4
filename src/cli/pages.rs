//! `crosscheck completions` and `crosscheck man`: what shells and manuals know of the command, from its own definition.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use crosscheck::error::Error;
use crosscheck::report::counted;

use super::{Cli, Outcome, output};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell that is to complete the command's words
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Manual {
    /// A folder to write a page for the command and one for each verb into [default: the command's page, on the standard
    /// output]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "crosscheck", &mut script);
    let reader = output::to_stdout(|out| out.write_all(&script))?;
    Ok(Outcome::new(0, format!("completions for {}", arguments.shell)).unless_left(reader))
}

pub(super) fn manual(arguments: &Manual) -> Result<Outcome, Error> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.folder else {
        let reader = output::to_stdout(|out| Man::new(command).render(out))?;
        return Ok(Outcome::new(0, "the page of crosscheck".to_owned()).unless_left(reader));
    };
    let verbs: Vec<Command> = command.get_subcommands().cloned().collect();
    let pages: Vec<Man> = [command].into_iter().chain(verbs).map(Man::new).collect();
    for page in &pages {
        output::to_file(&folder.join(page.get_filename()), |out| page.render(out))?;
    }
    Ok(Outcome::new(0, format!("{} in {}", counted(pages.len(), "page"), folder.display())))
}
