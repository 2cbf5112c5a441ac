//! The real program on a real port.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, Utc};
use quorate::rehearsal::World;
use quorate::service::{App, Settings};
use serde_json::Value;

use super::world::{PRIYA, form};

/// A server that ends with the test.
struct Server {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn start(database: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_quorate"))
            .args(["serve", "--database", database, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// What it says up to the line with its address, and the address.
    fn address(&mut self) -> (String, String) {
        let mut said = String::new();
        for line in self.out.by_ref().lines() {
            let line = line.unwrap();
            if let Some(address) = line.strip_prefix("listening on ") {
                return (said, address.to_owned());
            }
            said.push_str(&line);
        }
        panic!("it ended without listening: {said}");
    }

    fn told_to_stop(mut self) -> std::process::ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_serves_until_told_to_stop_and_keeps_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
    seed(&database);

    let mut server = Server::start(&database);
    let (said, address) = server.address();
    assert_eq!(said, "");
    let submitted = ureq::post(format!("{address}/api/v1/sips"))
        .header("authorization", format!("Bearer {PRIYA}"))
        .send_json(form())
        .unwrap();
    assert_eq!(submitted.status(), 201);
    let location = submitted.headers()["location"].to_str().unwrap().to_owned();
    let sip: Value = ureq::get(format!("{address}{location}")).call().unwrap().body_mut().read_json().unwrap();
    assert_eq!(sip["title"], form()["title"]);
    assert!(server.told_to_stop().success());

    let mut again = Server::start(&database);
    let (_, address) = again.address();
    let kept: Value = ureq::get(format!("{address}{location}")).call().unwrap().body_mut().read_json().unwrap();
    assert_eq!(kept, sip);
    assert!(again.told_to_stop().success());
}

/// Puts people into the database, and closes it again.
fn seed(database: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let began = DateTime::<Utc>::UNIX_EPOCH + chrono::TimeDelta::days(18_500);
        let app = App::open(database, Settings::default(), began).await.unwrap();
        World::built_in().unwrap().add_to(&app, began).await.unwrap();
    });
}

#[test]
fn a_database_without_people_says_how_to_get_some() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}?mode=rwc", folder.path().join("quorate.db").display());
    let mut server = Server::start(&database);
    let (said, address) = server.address();
    assert!(said.contains("no people") && said.contains("quorate demo"), "{said}");
    let refused = ureq::get(format!("{address}/elsewhere")).call();
    assert!(matches!(refused, Err(ureq::Error::StatusCode(404))));
    assert!(server.told_to_stop().success());
}

#[test]
fn an_address_in_use_is_told_with_the_way_out() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = Command::new(env!("CARGO_BIN_EXE_quorate"))
        .args(["serve", "--database", "sqlite::memory:", "--listen", &address])
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(3));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
}
