//! The command `crosscheck`: arguments in, report out, exit code.

mod cli;

use std::process::ExitCode;

/// Claims are many small pieces: reading takes a seventh less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
