//! The journal.

use super::*;

/// Six acts by three people on two cases.
async fn enter_six(store: &Store) -> Vec<Entry> {
    let tx = store.write().await.unwrap();
    let mut entries = Vec::new();
    let acts = [("ann", "1", "submitted"), ("bob", "1", "received"), ("cat", "2", "submitted")];
    for (number, (actor, subject, name)) in acts.iter().cycle().take(6).enumerate() {
        let payload = json!({ "number": number, "note": "as given" });
        entries.push(append_journal(&tx, act(actor, subject, name, payload)).await.unwrap());
    }
    tx.commit().await.unwrap();
    entries
}

#[tokio::test]
async fn the_journal_is_read_whole_by_subject_and_in_pages() {
    let store = in_memory().await;
    let entries = enter_six(&store).await;
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(journal_range(&store, 0, 100).await.unwrap(), entries);
    assert_eq!(journal_range(&store, 2, 2).await.unwrap(), entries[2..4]);
    assert_eq!(journal_of(&store, "2").await.unwrap(), [entries[2].clone(), entries[5].clone()]);
    assert_eq!(journal_head(&store).await.unwrap(), entries[5].head());
    assert_eq!(verify_journal(&store).await.unwrap(), entries[5].head());
}

#[tokio::test]
async fn the_journal_goes_on_where_it_stands_whoever_wrote_last() {
    let folder = Folder::new();
    let store = folder.store().await;
    let other = Store::open(&folder.url("")).await.unwrap();
    let enter = async |store: &Store| {
        let tx = store.write().await.unwrap();
        let entry = append_journal(&tx, act("ann", "1", "noted", json!({}))).await;
        (tx, entry.unwrap().seq)
    };
    for (number, store) in [&store, &store, &other, &store, &other].into_iter().enumerate() {
        let (undone, seq) = enter(store).await;
        drop(undone);
        let (kept, again) = enter(store).await;
        kept.commit().await.unwrap();
        let expected = i64::try_from(number).unwrap() + 1;
        assert_eq!((seq, again), (expected, expected));
    }
    assert_eq!(verify_journal(&store).await.unwrap().seq, 5);
}

#[tokio::test]
async fn an_exported_journal_can_be_verified_without_the_database() {
    let store = in_memory().await;
    let entries = enter_six(&store).await;
    let mut exported = Vec::new();
    let head = export_journal(&store, &mut exported).await.unwrap();
    let text = String::from_utf8(exported).unwrap();
    let read: Vec<Entry> = text.lines().map(|line| Entry::from_line(line).unwrap()).collect();
    assert_eq!(read, entries);
    assert_eq!(verify_chain(read).unwrap(), head);
    assert!(Entry::from_line("{}").is_err());
}

#[tokio::test]
async fn a_payload_that_is_not_whole_numbers_is_refused_with_its_place() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    let refused =
        append_journal(&tx, act("ann", "1", "costed", json!({ "cost": [{ "low": 1.5 }] }))).await.unwrap_err();
    assert!(refused.to_string().contains("1.5 at `/cost/0/low`"), "{refused}");
    assert_eq!(append_journal(&tx, act("ann", "1", "costed", json!({ "cost": 150 }))).await.unwrap().seq, 1);
}

#[tokio::test]
async fn the_database_refuses_to_alter_the_journal() {
    let folder = Folder::new();
    let store = folder.store().await;
    let entries = enter_six(&store).await;
    let outsider = folder.outsider().await;
    for sql in [
        "UPDATE journal SET actor = 'eve' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT seq, at, 'eve', subject, act, payload, previous_hash, hash FROM journal WHERE seq = 3",
        "UPDATE OR IGNORE journal SET seq = seq + 10",
    ] {
        let refused = outsider.execute_unprepared(sql).await.unwrap_err();
        assert!(refused.to_string().contains("the journal cannot be"), "{sql}: {refused}");
    }
    assert_eq!(journal_range(&store, 0, 100).await.unwrap(), entries);
}

/// Each way of tampering is found in a journal of six entries, at the entry and for what it is.
async fn assert_found<const N: usize>(table: [(&str, i64, Tampering); N]) {
    for (sql, seq, why) in table {
        let folder = Folder::new();
        let store = folder.store().await;
        enter_six(&store).await;
        folder.tamper(sql).await;
        match verify_journal(&store).await.unwrap_err() {
            StoreError::Journal(broken) => assert_eq!(broken, Broken { seq, why }, "{sql}"),
            other => panic!("{sql}: {other}"),
        }
    }
}

#[tokio::test]
async fn an_edited_entry_is_found_and_named() {
    let edited = |part| Tampering::Edited(part);
    let table = [
        ("UPDATE journal SET actor = 'cat' WHERE seq = 4", 4, edited(Part::Actor { was: "ann".to_owned() })),
        ("UPDATE journal SET subject = '2' WHERE seq = 5", 5, edited(Part::Subject { was: "1".to_owned() })),
        ("UPDATE journal SET act = 'approved' WHERE seq = 5", 5, edited(Part::Act { was: "received".to_owned() })),
        ("UPDATE journal SET actor = 'eve' WHERE seq = 6", 6, edited(Part::Actor { was: "cat".to_owned() })),
        ("UPDATE journal SET payload = '{\"number\": 3}' WHERE seq = 4", 4, edited(Part::PayloadForm)),
        ("UPDATE journal SET payload = '{\"number\":9}' WHERE seq = 4", 4, edited(Part::Contents)),
        ("UPDATE journal SET at = at + 1 WHERE seq = 4", 4, edited(Part::Contents)),
        ("UPDATE journal SET hash = zeroblob(32) WHERE seq = 4", 4, Tampering::HashOverwritten),
        ("UPDATE journal SET previous_hash = zeroblob(32) WHERE seq = 4", 4, Tampering::LinkOverwritten),
    ];
    assert_found(table).await;
}

#[tokio::test]
async fn missing_exchanged_and_inserted_entries_are_found_and_named() {
    let table = [
        ("DELETE FROM journal WHERE seq = 1", 1, Tampering::Missing { last: 1 }),
        ("DELETE FROM journal WHERE seq IN (3, 4)", 3, Tampering::Missing { last: 4 }),
        (
            "DELETE FROM journal WHERE seq = 3;
             UPDATE journal SET seq = -seq WHERE seq > 3; UPDATE journal SET seq = -seq - 1 WHERE seq < 0",
            3,
            Tampering::Removed { count: 1 },
        ),
        (
            "UPDATE journal SET seq = -3 WHERE seq = 3; UPDATE journal SET seq = 3 WHERE seq = 4;
             UPDATE journal SET seq = 4 WHERE seq = -3",
            3,
            Tampering::Swapped { with: 4 },
        ),
        (
            "UPDATE journal SET seq = -2 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 5;
             UPDATE journal SET seq = 5 WHERE seq = -2",
            2,
            Tampering::Swapped { with: 5 },
        ),
        (
            "CREATE TEMP TABLE old AS SELECT * FROM journal;
             UPDATE journal SET (actor, subject, act, payload) =
               (SELECT actor, subject, act, payload FROM old WHERE old.seq = 7 - journal.seq)
             WHERE seq IN (3, 4)",
            3,
            Tampering::Swapped { with: 4 },
        ),
        (
            "UPDATE journal SET seq = -seq WHERE seq > 3; UPDATE journal SET seq = 1 - seq WHERE seq < 0;
             INSERT INTO journal SELECT 4, at, 'eve', subject, act, payload, hash, zeroblob(32) FROM journal WHERE seq = 3",
            4,
            Tampering::Inserted,
        ),
        (
            "UPDATE journal SET seq = -seq WHERE seq > 3; UPDATE journal SET seq = 1 - seq WHERE seq < 0;
             INSERT INTO journal SELECT 4, at, actor, subject, act, payload, previous_hash, hash FROM journal WHERE seq = 3",
            4,
            Tampering::Inserted,
        ),
    ];
    assert_found(table).await;
}

#[tokio::test]
async fn an_entry_altered_and_sealed_again_is_found_by_the_next() {
    let store = in_memory().await;
    let mut entries = enter_six(&store).await;
    let head = entries[2].head();
    entries[3] = Entry::seal(&head, act("eve", "1", "approved", json!({}))).unwrap();
    assert_eq!(verify_chain(entries).unwrap_err(), Broken { seq: 4, why: Tampering::Rewritten });
}

#[tokio::test]
async fn an_entry_put_in_with_a_valid_seal_is_found() {
    let store = in_memory().await;
    let mut entries = enter_six(&store).await;
    for later in &mut entries[3..] {
        later.seq += 1;
    }
    let forged = Entry::seal(&entries[2].head(), act("eve", "1", "approved", json!({}))).unwrap();
    entries.insert(3, forged);
    assert_eq!(verify_chain(entries).unwrap_err(), Broken { seq: 4, why: Tampering::Inserted });
}

#[tokio::test]
async fn a_shortened_journal_shows_beside_a_head_published_earlier() {
    let store = in_memory().await;
    let mut entries = enter_six(&store).await;
    let published = entries[5].head();
    entries.truncate(4);
    assert_ne!(verify_chain(entries).unwrap(), published);
}

#[test]
fn the_form_that_is_hashed_is_fixed() {
    let table = [
        (json!({ "b": 1, "a": [true, null, "x"] }), r#"{"a":[true,null,"x"],"b":1}"#),
        (json!({ "\u{1F600}": 1, "\u{FFFD}": 2, "": 3 }), "{\"\":3,\"\u{1F600}\":1,\"\u{FFFD}\":2}"),
        (json!("\u{8}\t\n\u{c}\r\"\\/\u{1}\u{7f}é\u{2028}"), "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\u{7f}é\u{2028}\""),
        (json!([0, -1, i64::MIN, u64::MAX]), "[0,-1,-9223372036854775808,18446744073709551615]"),
        (json!({}), "{}"),
        (json!([]), "[]"),
    ];
    for (value, text) in table {
        assert_eq!(canonical_json(&value).unwrap(), text);
    }
    for refused in [json!(1.0), json!(-0.0), json!(1e300)] {
        assert!(canonical_json(&refused).is_err());
    }
}

#[test]
fn the_hash_of_an_entry_is_fixed() {
    let first = Entry::seal(&Head::EMPTY, act("ann", "case-1", "submitted", json!({ "b": 1, "a": "é" }))).unwrap();
    let second = Entry::seal(&first.head(), act("", "", "", json!(null))).unwrap();
    assert_eq!(first.payload, r#"{"a":"é","b":1}"#);
    assert_eq!(first.hash.to_string(), "83de4cd2bbb81ad4463c0ed6e8e4489969b670f47c0a4e8207ded978679225ba");
    assert_eq!(second.hash.to_string(), "a13dfad440eea0e6a1e13fd9343bc802907468ffa8d5913073ef34756525b7d1");
    assert_eq!(first.hash.to_string().parse::<EntryHash>().unwrap(), first.hash);
    for text in ["", "00", "zz", &"0".repeat(63), &"0".repeat(65), &"é".repeat(32)] {
        assert!(text.parse::<EntryHash>().is_err(), "{text}");
    }
}
