//! What is opened and what is refused.

use super::*;

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let folder = Folder::new();
    folder.store().await.close().await.unwrap();
    folder.tamper("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)").await;
    match Store::open(&folder.url("")).await.unwrap_err() {
        StoreError::Newer { found, known } => {
            assert_eq!((found.as_str(), known.as_str()), ("m9999_future", "m0008_runs"));
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_refused_and_left_as_it_was() {
    let folder = Folder::new();
    let other = Database::connect(folder.url("?mode=rwc")).await.unwrap();
    other.execute_unprepared("CREATE TABLE recipes (name TEXT)").await.unwrap();
    other.close().await.unwrap();
    let before = folder.bytes();
    let refused = Store::open(&folder.url("")).await.unwrap_err();
    assert!(matches!(refused, StoreError::Foreign { .. }), "{refused}");
    assert_eq!(folder.bytes(), before);
}

#[tokio::test]
async fn a_text_file_is_not_a_database() {
    let folder = Folder::new();
    for text in ["short", &"a long text ".repeat(1000)] {
        overwrite(&folder, 0, text.as_bytes());
        let refused = Store::open(&folder.url("")).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotADatabase), "{refused}");
    }
}

#[tokio::test]
async fn a_damaged_schema_is_refused_on_opening() {
    let folder = Folder::new();
    folder.store().await.close().await.unwrap();
    overwrite(&folder, 100, &[0xff; 300]);
    let refused = Store::open(&folder.url("")).await.unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
}

#[tokio::test]
async fn damage_elsewhere_is_found_by_the_integrity_check() {
    let folder = Folder::new();
    let store = folder.store().await;
    with_case(&store, "0001").await;
    store.integrity_check().await.unwrap();
    store.close().await.unwrap();
    let root =
        rows(&folder.outsider().await, "SELECT CAST(rootpage AS TEXT) FROM sqlite_schema WHERE name = 'cases'").await;
    let page: u64 = root[0].parse().unwrap();
    overwrite(&folder, (page - 1) * 4096, &[0xff; 64]);
    let store = Store::open(&folder.url("")).await.unwrap();
    let found = store.integrity_check().await.unwrap_err();
    assert!(matches!(found, StoreError::Corrupt { .. }), "{found}");
}

/// Writes into the file at an offset, creating it if need be.
fn overwrite(folder: &Folder, offset: u64, bytes: &[u8]) {
    use std::io::{Seek, SeekFrom, Write};
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(folder.file());
    let mut file = file.unwrap();
    file.seek(SeekFrom::Start(offset)).unwrap();
    file.write_all(bytes).unwrap();
}

#[tokio::test]
async fn a_file_that_is_not_there_is_not_created_unasked() {
    let folder = Folder::new();
    let refused = Store::open(&folder.url("")).await.unwrap_err();
    assert!(matches!(&refused, StoreError::CannotOpen { file } if file.contains("quorate.db")), "{refused}");
    assert!(!folder.file().exists());
}

#[tokio::test]
async fn an_address_that_is_not_understood_is_refused() {
    for address in ["", "postgres://localhost/quorate", "quorate.db", "sqlite:", "sqlite://", "sqlite:x.db?mode=maybe"]
    {
        let refused = Store::open(address).await.unwrap_err();
        assert!(matches!(refused, StoreError::Address { .. }), "{address}: {refused}");
    }
}

/// `SQLite` opens a file read-only, without a word, when it may not write it; a write version it does not know (byte
/// 18 of the header) has the same effect for every account.
#[tokio::test]
async fn a_file_that_cannot_be_written_is_refused() {
    let folder = Folder::new();
    folder.store().await.close().await.unwrap();
    overwrite(&folder, 18, &[9]);
    let refused = Store::open(&folder.url("")).await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused}");
}

#[tokio::test]
async fn a_file_opened_to_read_can_be_read_and_not_written() {
    let folder = Folder::new();
    let writing = folder.store().await;
    with_case(&writing, "0001").await;
    let reading = Store::open(&folder.url("?mode=ro")).await.unwrap();
    assert!(find_case(&reading, "0001").await.unwrap().is_some());
    let refused = reading.write().await.unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly), "{refused}");
}
