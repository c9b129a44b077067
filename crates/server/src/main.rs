//! `shouyue`: serves the portal, and does what surrounds it.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
