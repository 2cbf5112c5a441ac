//! `quorate journal` and `quorate bank-holidays` on the world that the demonstration leaves behind.

use std::fs;

use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;

use super::{Answer, Folder, quorate, root, words};

fn on(database: &str, line: &str) -> Answer {
    let mut command: Vec<&str> = line.split_whitespace().collect();
    command.extend(["--database", database]);
    words(&command)
}

/// Does to the file what somebody with the file could.
async fn tamper(database: &str, sql: &str) {
    let outsider = Database::connect(database).await.unwrap();
    for trigger in ["update", "delete", "replace"] {
        outsider.execute_unprepared(&format!("DROP TRIGGER IF EXISTS journal_no_{trigger}")).await.unwrap();
    }
    outsider.execute_unprepared(sql).await.unwrap();
    outsider.close().await.unwrap();
}

#[test]
fn a_whole_record_is_proved() {
    let world = Folder::new();
    let world = world.world();
    let said = on(&world, "journal verify").done();
    assert!(said.contains("every hash holds. Head: ") && said.contains(" 0 differ."), "{said}");
    let json = on(&world, "journal verify --format json").json();
    assert!(json["entries"].as_i64().unwrap() > 100 && json["cases"].as_i64().unwrap() > 20, "{json}");
}

#[test]
fn an_export_has_one_entry_a_line_and_its_entries_chain() {
    let world = Folder::new();
    let world = world.world();
    let proof = on(&world, "journal verify --format json").json();
    let said = on(&world, "journal export").done();
    let entries: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Some(entries.len() as u64), proof["entries"].as_u64());
    for (two, number) in entries.windows(2).zip(1..) {
        assert_eq!((&two[0]["seq"], &two[1]["previous_hash"]), (&Value::from(number), &two[0]["hash"]));
    }
    assert_eq!(entries.last().unwrap()["hash"], proof["head"]);
}

#[test]
fn the_history_of_a_case_is_told_in_words() {
    let world = Folder::new();
    let world = world.world();
    let said = on(&world, "journal history sip-0001").done();
    assert!(said.contains("Opened under version 1.0 of the SSI Change Governance Process."), "{said}");
    assert!(said.contains("Numbered SIP-0001."), "{said}");
    assert!(on(&world, "journal history sip-0001 --format json").json().as_array().unwrap().len() > 10);
    assert!(on(&world, "journal history sip-9999").failed(1).contains("there is no case `SIP-9999`"));
}

#[tokio::test]
async fn an_altered_entry_is_named_and_nothing_is_exported_as_proved() {
    let folder = Folder::new();
    let world = folder.world();
    tamper(&world, "UPDATE journal SET actor = 'eve' WHERE seq = 42").await;
    for command in ["journal verify", "journal export"] {
        let error = on(&world, command).failed(1);
        assert!(error.contains("the journal is broken at entry 42: "), "{command}: {error}");
        assert!(error.contains("compare it with a backup"), "{command}: {error}");
    }
}

#[tokio::test]
async fn a_case_that_does_not_follow_from_its_events_is_named() {
    let folder = Folder::new();
    let world = folder.world();
    tamper(&world, "UPDATE cases SET state = 'live' WHERE sip_number = 'SIP-0004'").await;
    let error = on(&world, "journal verify").failed(1);
    assert!(error.contains("the record does not hold:\n  P-2025-"), "{error}");
}

#[tokio::test]
async fn proving_changes_nothing_and_makes_no_database() {
    let folder = Folder::new();
    let world = folder.world();
    let _ = on(&world, "journal verify").done();
    let before = fs::read(folder.path("world.db")).unwrap();
    let said = on(&format!("{world}?mode=ro"), "journal verify").done();
    assert!(said.contains("every hash holds"), "{said}");
    assert_eq!(fs::read(folder.path("world.db")).unwrap(), before);
    assert!(on(&format!("{world}.absent"), "journal verify").failed(3).contains("cannot be opened"));
    let empty = format!("sqlite:{}", folder.file("empty.db", ""));
    let error = on(&empty, "journal verify").failed(3);
    assert!(error.contains("lacks step `m0001_journal` of the schema"), "{error}");
}

#[test]
fn an_edition_of_bank_holidays_moves_nothing_until_it_is_adopted() {
    let folder = Folder::new();
    let world = folder.world();
    let text = fs::read_to_string(root().join("fixtures/bank-holidays.json")).unwrap();
    let mut json: Value = serde_json::from_str(&text).unwrap();
    let events = json["england-and-wales"]["events"].as_array_mut().unwrap();
    let first = events[0].clone();
    events.push(first);
    let added = events.last_mut().unwrap();
    added["date"] = "2026-06-02".into();
    added["title"] = "Bank holiday of a proclamation".into();
    events.sort_by_key(|event| event["date"].as_str().unwrap().to_owned());
    let file = folder.file("bank-holidays.json", json.to_string());

    let import = ["bank-holidays", "import", &file, "--edition", "proclaimed", "--database", &world];
    assert!(words(&import).done().contains("proclaimed: stored. Nothing has moved"));
    let list = on(&world, "bank-holidays list").done();
    assert!(list.contains("gov.uk 2026-02-25 (in use)\n") && list.contains("proclaimed\n"), "{list}");

    let preview = on(&world, "bank-holidays preview proclaimed").done();
    let moved = "P-2026-0005  Confirm receipt and say what more is needed: 2026-06-05 -> 2026-06-08\n";
    assert!(preview.contains(moved), "{preview}");
    let json = on(&world, "bank-holidays preview proclaimed --format json").json();
    assert_eq!(json.as_array().unwrap().len() + 1, preview.lines().count());

    let adopted = on(&world, "bank-holidays adopt proclaimed --reason proclamation --except sip-0005").done();
    assert!(adopted.ends_with(" dates concerned.\n"), "{adopted}");
    assert!(on(&world, "bank-holidays list").done().contains("proclaimed (in use)\n"));
    let _ = on(&world, "journal verify").done();
}

#[test]
fn an_edition_that_cannot_be_used_is_refused() {
    let folder = Folder::new();
    let world = folder.world();
    let file = folder.file("not.json", "{}");
    let import = |file: &str| words(&["bank-holidays", "import", file, "--edition", "x", "--database", &world]);
    assert!(import(&file).failed(1).contains("gov.uk/bank-holidays.json"));
    assert!(import("absent.json").failed(3).contains("absent.json"));
    assert!(on(&world, "bank-holidays preview x").failed(1).contains("there is no edition of bank holidays `x`"));
    assert!(on(&world, "bank-holidays adopt x").failed(2).contains("--reason"));
    assert!(quorate("bank-holidays").failed(2).contains("Usage"));
}
