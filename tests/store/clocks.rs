//! Clocks, and cases that carry others.

use super::*;

#[tokio::test]
async fn due_clocks_come_in_the_order_in_which_they_fell_due() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    let minutes = |minutes| Some(now() + TimeDelta::minutes(minutes));
    let clocks = [
        clock("0001", "later", minutes(5)),
        clock("0001", "second", minutes(-5)),
        clock("0001", "first", minutes(-10)),
        clock("0001", "just now", minutes(0)),
        ClockRecord { status: ClockStatus::Met, ..clock("0001", "met", None) },
    ];
    let tx = store.write().await.unwrap();
    replace_clocks(&tx, "0001", &clocks).await.unwrap();
    tx.commit().await.unwrap();

    let names = |clocks: Vec<ClockRecord>| clocks.into_iter().map(|clock| clock.name).collect::<Vec<_>>();
    assert_eq!(names(due_clocks(&store, now(), 10).await.unwrap()), ["first", "second", "just now"]);
    assert_eq!(names(due_clocks(&store, now(), 1).await.unwrap()), ["first"]);
    assert_eq!(next_clock_at(&store).await.unwrap(), minutes(-10));
    let open = running_clocks_of_edition(&store, "gov.uk 2026-02-25").await.unwrap();
    assert_eq!(names(open), ["first", "just now", "later", "second"]);
    assert!(running_clocks_of_edition(&store, "another").await.unwrap().is_empty());
}

#[tokio::test]
async fn replacing_the_clocks_of_a_case_leaves_those_of_others() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    with_case(&store, "0002").await;
    let tx = store.write().await.unwrap();
    replace_clocks(&tx, "0001", &[clock("0001", "findings", None), clock("0001", "receipt", None)]).await.unwrap();
    replace_clocks(&tx, "0002", &[clock("0002", "findings", None)]).await.unwrap();
    replace_clocks(&tx, "0001", &[clock("0001", "sign-off", None)]).await.unwrap();
    assert_eq!(clocks_of(&tx, "0001").await.unwrap(), [clock("0001", "sign-off", None)]);
    assert_eq!(clocks_of(&tx, "0002").await.unwrap(), [clock("0002", "findings", None)]);
    replace_clocks(&tx, "0001", &[]).await.unwrap();
    assert!(clocks_of(&tx, "0001").await.unwrap().is_empty());
    let dangling = replace_clocks(&tx, "0009", &[clock("0009", "findings", None)]).await.unwrap_err();
    assert!(matches!(dangling, StoreError::Dangling), "{dangling}");
}

#[tokio::test]
async fn a_case_leaves_a_batch_and_may_join_it_again() {
    let store = in_memory().await;
    for id in ["batch", "sip-1", "sip-2"] {
        with_case(&store, id).await;
    }
    let member = |sip: &str, position, days| MemberRecord {
        batch_case_id: "batch".to_owned(),
        sip_case_id: sip.to_owned(),
        position,
        joined_at: now() + TimeDelta::days(days),
        left_at: None,
    };
    let tx = store.write().await.unwrap();
    insert_member(&tx, &member("sip-2", 2, 0)).await.unwrap();
    insert_member(&tx, &member("sip-1", 1, 0)).await.unwrap();
    let twice = insert_member(&tx, &member("sip-1", 3, 1)).await.unwrap_err();
    assert!(matches!(twice, StoreError::Exists { .. }), "{twice}");
    end_member(&tx, "batch", "sip-1", now() + TimeDelta::days(1)).await.unwrap();
    let gone = end_member(&tx, "batch", "sip-1", now()).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone}");
    insert_member(&tx, &member("sip-1", 3, 2)).await.unwrap();
    tx.commit().await.unwrap();

    let left = MemberRecord { left_at: Some(now() + TimeDelta::days(1)), ..member("sip-1", 1, 0) };
    assert_eq!(
        members_of(&store, "batch").await.unwrap(),
        [left.clone(), member("sip-2", 2, 0), member("sip-1", 3, 2)]
    );
    assert_eq!(batches_of(&store, "sip-1").await.unwrap(), [left, member("sip-1", 3, 2)]);
}
