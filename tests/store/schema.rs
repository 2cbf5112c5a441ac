//! The schema and its versions.

use super::*;

#[tokio::test]
async fn the_schema_goes_up_down_and_up_again() {
    let folder = Folder::new();
    let store = Store::open(&folder.url("?mode=rwc")).await.unwrap();
    let steps = store.migrate().await.unwrap();
    assert_eq!(steps.len(), 8);
    assert!(store.migrate().await.unwrap().is_empty());

    for step in steps.iter().rev() {
        assert_eq!(store.rollback(1).await.unwrap(), [step.as_str()]);
    }
    let status = store.migration_status().await.unwrap();
    assert!(status.iter().all(|step| step.status == MigrationStatus::Pending));
    assert_eq!(tables(&folder).await, ["seaql_migrations"]);

    assert_eq!(store.migrate().await.unwrap(), steps);
    store.integrity_check().await.unwrap();
    with_case(&store, "0001").await;
}

async fn tables(folder: &Folder) -> Vec<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    rows(&folder.outsider().await, sql).await
}

#[tokio::test]
async fn several_programs_may_bring_the_schema_up_to_date_at_once() {
    let folder = Folder::new();
    let first = Store::open(&folder.url("?mode=rwc")).await.unwrap();
    let mut stores = vec![first];
    for _ in 0..3 {
        stores.push(Store::open(&folder.url("")).await.unwrap());
    }
    let tasks: Vec<_> = stores.into_iter().map(|store| tokio::spawn(async move { store.migrate().await })).collect();
    let mut taken = 0;
    for task in tasks {
        taken += task.await.unwrap().unwrap().len();
    }
    assert_eq!(taken, 8);
}
