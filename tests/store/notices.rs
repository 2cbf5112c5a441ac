//! Notices.

use super::*;

#[tokio::test]
async fn nobody_is_told_the_same_thing_twice() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    assert_eq!(
        queue_notice(&tx, notice("n1", "accepted", "ann@example.org"))
            .await
            .unwrap(),
        Queueing::Queued
    );
    assert_eq!(
        queue_notice(&tx, notice("n2", "accepted", "ann@example.org"))
            .await
            .unwrap(),
        Queueing::AlreadyQueued
    );
    assert_eq!(
        queue_notice(&tx, notice("n3", "accepted", "bob@example.org"))
            .await
            .unwrap(),
        Queueing::Queued
    );
    let other = NewNotice {
        template: "digest".to_owned(),
        ..notice("n4", "accepted", "ann@example.org")
    };
    assert_eq!(queue_notice(&tx, other).await.unwrap(), Queueing::Queued);
    let same_id = queue_notice(&tx, notice("n1", "rejected", "ann@example.org"))
        .await
        .unwrap_err();
    assert!(matches!(same_id, StoreError::Exists { .. }), "{same_id}");
    assert_eq!(
        list_notices(&tx, NoticeStatus::Queued, 10)
            .await
            .unwrap()
            .len(),
        3
    );
}

#[tokio::test]
async fn a_notice_is_claimed_by_one_and_settled_once() {
    let store = in_memory().await;
    let lease = TimeDelta::minutes(5);
    let tx = store.write().await.unwrap();
    for id in ["n1", "n2", "n3"] {
        queue_notice(&tx, notice(id, id, "ann@example.org"))
            .await
            .unwrap();
    }
    let later = NewNotice {
        send_at: now() + TimeDelta::hours(1),
        ..notice("n4", "n4", "ann@example.org")
    };
    queue_notice(&tx, later).await.unwrap();
    let claimed = claim_notices(&tx, now(), lease, 10).await.unwrap();
    assert_eq!(
        claimed
            .iter()
            .map(|notice| notice.id.as_str())
            .collect::<Vec<_>>(),
        ["n1", "n2", "n3"]
    );
    assert!(
        claim_notices(&tx, now(), lease, 10)
            .await
            .unwrap()
            .is_empty()
    );

    let [sent, retried, lost] = &claimed[..] else {
        panic!("three notices")
    };
    mark_notice(
        &tx,
        sent,
        NoticeOutcome::Sent("250 queued".to_owned()),
        now(),
    )
    .await
    .unwrap();
    let from = now() + TimeDelta::minutes(1);
    mark_notice(
        &tx,
        retried,
        NoticeOutcome::Retry("421 busy".to_owned(), from),
        now(),
    )
    .await
    .unwrap();
    assert_eq!(
        claim_notices(&tx, from, lease, 10).await.unwrap()[0].attempts,
        2
    );

    let again = claim_notices(&tx, now() + lease, lease, 10).await.unwrap();
    assert_eq!(
        again
            .iter()
            .map(|notice| notice.id.as_str())
            .collect::<Vec<_>>(),
        ["n3"]
    );
    let zombie = mark_notice(&tx, lost, NoticeOutcome::Sent("250".to_owned()), now())
        .await
        .unwrap_err();
    assert!(
        matches!(
            zombie,
            StoreError::Conflict {
                expected: 1,
                found: 2,
                ..
            }
        ),
        "{zombie}"
    );
    mark_notice(
        &tx,
        &again[0],
        NoticeOutcome::Unknown("connection lost".to_owned()),
        now(),
    )
    .await
    .unwrap();
    let twice = mark_notice(&tx, sent, NoticeOutcome::Failed("late".to_owned()), now())
        .await
        .unwrap_err();
    assert!(matches!(twice, StoreError::Conflict { .. }), "{twice}");

    let [unknown] = &list_notices(&tx, NoticeStatus::Unknown, 10).await.unwrap()[..] else {
        panic!("one notice")
    };
    assert_eq!((unknown.next_at, unknown.settled_at), (None, Some(now())));
    requeue_notice(&tx, "n3", now()).await.unwrap();
    let refused = requeue_notice(&tx, "n1", now()).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotFound { .. }), "{refused}");
    assert_eq!(
        claim_notices(&tx, now(), lease, 10).await.unwrap()[0].attempts,
        3
    );
}

#[tokio::test]
async fn the_notices_of_a_case_are_its_own() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    let tx = store.write().await.unwrap();
    let about = |id: &str| NewNotice {
        case_id: Some("0001".to_owned()),
        ..notice(id, id, "ann@example.org")
    };
    queue_notice(&tx, about("n2")).await.unwrap();
    queue_notice(&tx, about("n1")).await.unwrap();
    queue_notice(&tx, notice("n3", "n3", "ann@example.org"))
        .await
        .unwrap();
    let notices = notices_of(&tx, "0001").await.unwrap();
    assert_eq!(
        notices
            .iter()
            .map(|notice| notice.id.as_str())
            .collect::<Vec<_>>(),
        ["n1", "n2"]
    );
    assert_eq!(notices[0].body, json!({ "title": "A" }));
}
