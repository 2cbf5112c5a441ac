//! Many writers at once, and the one place that begins a transaction.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_at_once_all_succeed() {
    let folder = Folder::new();
    let store = folder.store().await;
    let second = Store::open(&folder.url("")).await.unwrap();
    with_case(&store, "0001").await;
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let store = if task % 4 == 0 { second.clone() } else { store.clone() };
            tokio::spawn(async move {
                for _ in 0..50 {
                    transition(&store, &task.to_string()).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(find_case(&store, "0001").await.unwrap().unwrap().revision, 801);
    assert_eq!(verify_journal(&store).await.unwrap().seq, 800);
    assert_eq!(list_notices(&store, NoticeStatus::Queued, 1000).await.unwrap().len(), 800);
    store.integrity_check().await.unwrap();
}

/// What one act on a case writes.
async fn transition(store: &Store, actor: &str) -> Result<(), StoreError> {
    let tx = store.write().await?;
    let read = find_case(&tx, "0001").await?.unwrap();
    let revision = update_case(&tx, &read).await?;
    replace_clocks(&tx, "0001", &[clock("0001", "findings", Some(now()))]).await?;
    append_journal(&tx, act(actor, "0001", "noted", json!({ "revision": revision }))).await?;
    let id = format!("n{revision}");
    queue_notice(&tx, notice(&id, &id, "ann@example.org")).await?;
    tx.commit().await
}

#[test]
fn only_the_store_begins_transactions_and_only_in_one_place() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut begins = Vec::new();
    let mut folders = vec![root.join("src"), root.join("migrations")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = source(&path);
            let calls = [".begin(", ".begin_with", ".transaction(", ".transaction_"];
            begins.extend(calls.iter().flat_map(|call| text.matches(call)).map(|_| path.clone()));
        }
    }
    assert_eq!(begins, [root.join("src/store/connection.rs")]);
}

#[expect(clippy::disallowed_methods, reason = "the test reads the source")]
fn source(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_error_says_what_to_do() {
    let errors = [
        StoreError::Full,
        StoreError::Locked,
        StoreError::ReadOnly,
        StoreError::NotADatabase,
        StoreError::Dangling,
        StoreError::NotFound { what: "case", key: "0009".to_owned() },
        store::Broken { seq: 3, why: Tampering::Rewritten }.into(),
    ];
    for error in errors {
        let text = error.to_string();
        assert!(text.contains(". ") || text.contains("; "), "{text}");
    }
}
