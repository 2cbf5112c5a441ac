//! How long `quorate serve` takes to answer from its start, and how much memory it then holds.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run should stop")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 11;

/// Prints the medians, on a database that is there already.
pub(crate) fn run() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}?mode=rwc", folder.path().join("startup.db").display());
    let (mut waits, mut sizes) = (Vec::new(), Vec::new());
    for _ in 0..=ROUNDS {
        let started = Instant::now();
        let (mut server, address) = serve(&database);
        ureq::get(format!("{address}/api/v1/sips")).call().unwrap();
        waits.push(started.elapsed().as_millis());
        sizes.push(resident_kib(&server));
        server.kill().unwrap();
        server.wait().unwrap();
    }
    waits.remove(0);
    waits.sort_unstable();
    sizes.sort_unstable();
    println!("serve: first answer {} ms after its start, {} KiB resident", waits[ROUNDS / 2], sizes[ROUNDS / 2]);
}

fn serve(database: &str) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_quorate"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let listening = |line: String| line.strip_prefix("listening on ").map(str::to_owned);
    let address = lines.map_while(Result::ok).find_map(listening).unwrap();
    (server, address)
}

fn resident_kib(server: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
