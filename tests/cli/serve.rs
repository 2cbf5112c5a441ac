//! `quorate serve`: it begins, or says in a sentence why it cannot.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use sea_orm::{ConnectionTrait, Database};

use super::{Answer, Folder, demonstration, program, words};

fn serve(database: &str) -> Answer {
    words(&["serve", "--listen", "127.0.0.1:0", "--database", database])
}

/// A server, ended with the test.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn on(database: &str) -> Self {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--database", database]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.map(Result::unwrap).find_map(|line| Some(line.strip_prefix("listening on ")?.to_owned()));
        Self { child, url: said.unwrap() }
    }

    fn get(&self, path: &str) -> String {
        ureq::get(format!("{}{path}", self.url)).call().unwrap().body_mut().read_to_string().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_and_api_are_served_at_the_address_that_is_said() {
    let folder = Folder::new();
    let server = Server::on(&folder.world());
    assert!(server.get("/").contains("<html"));
    assert!(server.get("/api/v1/sips?limit=1").contains("\"reference\""));
}

#[test]
fn a_database_that_cannot_be_used_is_refused_with_what_to_do() {
    let folder = Folder::new();
    let world = &demonstration().database;
    let mut damaged = world.clone();
    damaged[100..140].fill(b'X');
    let table = [
        (format!("{}?mode=ro", folder.world()), "read-only"),
        (format!("sqlite:{}", folder.file("text.db", "hello, this is text")), "is not a database"),
        (format!("sqlite:{}", folder.file("random.db", [0xa5; 8192])), "is not a database"),
        (format!("sqlite:{}", folder.file("damaged.db", damaged)), "is damaged"),
        (format!("sqlite:{}", folder.file("cut.db", &world[..30_000])), "is damaged"),
        (format!("sqlite:{}?mode=rwc", folder.path("absent/quorate.db").display()), "Check that its folder exists"),
        (format!("sqlite:{}", folder.path("absent.db").display()), "add `?mode=rwc`"),
        ("postgres://localhost/quorate".to_owned(), "does not begin with `sqlite:`"),
    ];
    for (database, why) in table {
        let answer = serve(&database);
        assert_eq!(answer.out, "", "{database}");
        let error = answer.failed(3);
        assert!(error.contains(why) && error.lines().count() == 1, "{database}: {error}");
    }
}

#[tokio::test]
async fn databases_of_a_later_version_or_another_program_are_left_alone() {
    let folder = Folder::new();
    let world = folder.world();
    let outsider = Database::connect(&world).await.unwrap();
    outsider.execute_unprepared("INSERT INTO seaql_migrations VALUES ('m9999_later', 1)").await.unwrap();
    outsider.close().await.unwrap();
    let before = fs::read(folder.path("world.db")).unwrap();
    let error = serve(&world).failed(3);
    assert!(error.contains("holds schema `m9999_later`") && error.contains("Use the version that made it"), "{error}");
    assert_eq!(fs::read(folder.path("world.db")).unwrap(), before);

    let other = format!("sqlite:{}", folder.file("other.db", ""));
    let owner = Database::connect(&other).await.unwrap();
    owner.execute_unprepared("CREATE TABLE invoices (id INTEGER)").await.unwrap();
    owner.close().await.unwrap();
    assert!(serve(&other).failed(3).contains("is a database of another program"));
}

#[test]
fn a_port_in_use_is_named_before_anything_is_written() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for command in [vec!["serve", "--database", &folder.new_database()], vec!["demo"]] {
        let answer = words(&[&command[..], &["--listen", &address]].concat());
        assert_eq!(answer.out, "");
        let error = answer.failed(3);
        assert!(error.contains(&format!("cannot listen on {address}")) && error.contains("--listen"), "{error}");
    }
    assert!(!folder.path("new.db").exists());
}

#[test]
fn settings_that_make_no_sense_are_misuse() {
    let table = [
        ("--listen", "here"),
        ("--division", "wales"),
        ("--base-url", "quorate.example"),
        ("--tables-leave-appendix-ah", "2025-02-30"),
    ];
    for (setting, value) in table {
        let error = words(&["serve", setting, value]).failed(2);
        assert!(error.contains(setting) && error.contains(value), "{error}");
    }
}
