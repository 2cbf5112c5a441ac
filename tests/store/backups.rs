//! Copies of a database in use.

use std::path::Path;

use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names = files_in(folder).unwrap();
    names.sort();
    names
}

async fn entered(store: &Store, acts: i64) {
    for number in 0..acts {
        let tx = store.write().await.unwrap();
        append_journal(&tx, act("ann", "case-1", "noted", json!({ "number": number }))).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_holds_everything_committed_and_nothing_else() {
    let (folder, copies) = (Folder::new(), TempDir::new().unwrap());
    let store = folder.store().await;
    with_case(&store, "0001").await;
    entered(&store, 3).await;
    let open = store.write().await.unwrap();
    insert_case(&open, &case("0002")).await.unwrap();

    let file = copies.path().join("it's a copy?.db");
    let head = store.back_up(&file).await.unwrap();
    open.commit().await.unwrap();
    assert_eq!(head, journal_head(&store).await.unwrap());
    assert_eq!(names(copies.path()), ["it's a copy?.db"]);

    let restored = copies.path().join("restored.db");
    std::fs::rename(&file, &restored).unwrap();
    let copy = Store::open(&format!("sqlite:{}", restored.display())).await.unwrap();
    assert!(copy.migrate().await.unwrap().is_empty());
    assert!(find_case(&copy, "0001").await.unwrap().is_some());
    assert!(find_case(&copy, "0002").await.unwrap().is_none());
    entered(&copy, 1).await;
    assert_eq!(verify_journal(&copy).await.unwrap().seq, 4);
}

#[tokio::test]
async fn a_copy_never_replaces_a_file() {
    let (folder, copies) = (Folder::new(), TempDir::new().unwrap());
    let store = folder.store().await;
    let file = copies.path().join("copy.db");
    store.back_up(&file).await.unwrap();
    let refused = store.back_up(&file).await.unwrap_err();
    assert!(matches!(refused, StoreError::Backup { .. }), "{refused}");
    assert_eq!(names(copies.path()), ["copy.db"]);
    let nowhere = store.back_up(&copies.path().join("absent/copy.db")).await.unwrap_err();
    assert!(nowhere.to_string().contains("Check the folder"), "{nowhere}");
}

#[tokio::test]
async fn a_database_opened_to_be_read_is_copied_and_one_in_memory_is_not() {
    let (folder, copies) = (Folder::new(), TempDir::new().unwrap());
    let memory = in_memory().await;
    let refused = memory.back_up(&copies.path().join("memory.db")).await.unwrap_err();
    assert!(refused.to_string().contains("in memory"), "{refused}");
    let store = folder.store().await;
    entered(&store, 2).await;
    let reading = Store::open(&folder.url("?mode=ro")).await.unwrap();
    assert_eq!(reading.back_up(&copies.path().join("read.db")).await.unwrap().seq, 2);
}

#[tokio::test]
async fn a_copy_of_a_damaged_journal_is_refused_and_not_kept() {
    let (folder, copies) = (Folder::new(), TempDir::new().unwrap());
    let store = folder.store().await;
    entered(&store, 3).await;
    folder.tamper("UPDATE journal SET actor = 'eve' WHERE seq = 2").await;
    let refused = store.back_up(&copies.path().join("copy.db")).await.unwrap_err();
    assert!(matches!(refused, StoreError::Journal(_)), "{refused}");
    assert_eq!(names(copies.path()), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_that_is_no_copy_is_told_from_one_that_is() {
    let (folder, other, copies) = (Folder::new(), Folder::new(), TempDir::new().unwrap());
    let (store, stranger) = (folder.store().await, other.store().await);
    entered(&store, 2).await;
    entered(&stranger, 1).await;
    let tx = stranger.write().await.unwrap();
    append_journal(&tx, act("zoe", "case-9", "noted", json!({}))).await.unwrap();
    tx.commit().await.unwrap();
    let (own, foreign) = (copies.path().join("own.db"), copies.path().join("foreign.db"));
    let head = store.back_up(&own).await.unwrap();
    entered(&store, 2).await;
    assert_eq!(store.prove_copy(&own).await.unwrap(), head, "an older copy is a copy");
    stranger.back_up(&foreign).await.unwrap();
    let refused = store.prove_copy(&foreign).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotACopy { entries: 2, here: 4, .. }), "{refused}");

    let cut = copies.path().join("cut.db");
    #[expect(clippy::disallowed_methods, reason = "the test damages a copy")]
    let bytes = std::fs::read(&own).unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test damages a copy")]
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert!(store.prove_copy(&cut).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writing_goes_on_while_a_copy_is_made() {
    let (folder, copies) = (Folder::new(), TempDir::new().unwrap());
    let store = folder.store().await;
    entered(&store, 200).await;
    let (file, copied) = (copies.path().join("copy.db"), store.clone());
    let making = tokio::spawn(async move { copied.back_up(&file).await });
    entered(&store, 50).await;
    let head = making.await.unwrap().unwrap();
    assert!((200..=250).contains(&head.seq), "{head:?}");
    assert_eq!(verify_journal(&store).await.unwrap().seq, 250);
}
