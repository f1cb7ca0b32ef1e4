//! Rebuilds the embedded rate table from the ECB's `eurofxref-hist.csv`:
//!
//! ```text
//! cargo run --release --example pack_rates -- eurofxref-hist.csv src/quantity/ecb.bin
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "this is a command: it reads and writes the files it is given"
)]

use std::process::ExitCode;

use crosscheck::quantity::rate::Rates;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(csv), Some(packed)) = (args.next(), args.next()) else {
        return fail("expected two paths: the ECB's eurofxref-hist.csv and the file to write");
    };
    let text = match std::fs::read_to_string(&csv) {
        Ok(text) => text,
        Err(cause) => return fail(&format!("{csv}: {cause}")),
    };
    let rates = match Rates::from_ecb_csv(&text) {
        Ok(rates) => rates,
        Err(problem) => return fail(&format!("{csv}: {problem}")),
    };
    match std::fs::write(&packed, rates.pack()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => fail(&format!("{packed}: {cause}")),
    }
}

#[expect(clippy::print_stderr, reason = "a command says why it failed")]
fn fail(message: &str) -> ExitCode {
    eprintln!("pack_rates: {message}");
    ExitCode::from(2)
}
