//! Notices.

use super::*;

#[tokio::test]
async fn many_are_told_together_and_nobody_twice() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    let everybody = || (0..1_200).map(|n| notice(&format!("n{n}"), "opened", &format!("p{n}@example.org")));
    queue_notices(&tx, everybody().take(700).collect()).await.unwrap();
    queue_notices(&tx, everybody().skip(600).map(|new| NewNotice { id: format!("{}-again", new.id), ..new }).collect())
        .await
        .unwrap();
    queue_notices(&tx, vec![notice("again", "opened", "p0@example.org")]).await.unwrap();
    queue_notices(&tx, Vec::new()).await.unwrap();
    assert_eq!(list_notices(&tx, NoticeStatus::Queued, 2_000).await.unwrap().len(), 1_200);
}

#[tokio::test]
async fn nobody_is_told_the_same_thing_twice() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    assert_eq!(queue_notice(&tx, notice("n1", "accepted", "ann@example.org")).await.unwrap(), Queueing::Queued);
    assert_eq!(queue_notice(&tx, notice("n2", "accepted", "ann@example.org")).await.unwrap(), Queueing::AlreadyQueued);
    assert_eq!(queue_notice(&tx, notice("n3", "accepted", "bob@example.org")).await.unwrap(), Queueing::Queued);
    let other = NewNotice { template: "digest".to_owned(), ..notice("n4", "accepted", "ann@example.org") };
    assert_eq!(queue_notice(&tx, other).await.unwrap(), Queueing::Queued);
    let same_id = queue_notice(&tx, notice("n1", "rejected", "ann@example.org")).await.unwrap_err();
    assert!(matches!(same_id, StoreError::Exists { .. }), "{same_id}");
    assert_eq!(list_notices(&tx, NoticeStatus::Queued, 10).await.unwrap().len(), 3);
}

const LEASE: TimeDelta = TimeDelta::minutes(5);

/// A transaction in which these notices are queued.
async fn queue(store: &Store, ids: &[&str]) -> WriteTx {
    let tx = store.write().await.unwrap();
    for id in ids {
        queue_notice(&tx, notice(id, id, "ann@example.org")).await.unwrap();
    }
    tx
}

async fn claim(tx: &WriteTx, at: DateTime<Utc>) -> Vec<NoticeRecord> {
    claim_notices(tx, at, LEASE, 10).await.unwrap()
}

fn sent() -> NoticeOutcome {
    NoticeOutcome::Sent("250 queued".to_owned())
}

#[tokio::test]
async fn a_notice_is_claimed_by_one_when_it_may_be_sent() {
    let store = in_memory().await;
    let tx = queue(&store, &["n1", "n2"]).await;
    let hour = now() + TimeDelta::hours(1);
    let later = NewNotice { send_at: hour, ..notice("n3", "n3", "ann@example.org") };
    queue_notice(&tx, later).await.unwrap();
    let claimed = claim(&tx, now()).await;
    assert_eq!(ids(&claimed), ["n1", "n2"]);
    assert!(claim(&tx, now()).await.is_empty());
    for notice in &claimed {
        mark_notice(&tx, notice, sent(), now()).await.unwrap();
    }
    assert_eq!(ids(&claim(&tx, hour).await), ["n3"]);
}

#[tokio::test]
async fn a_notice_that_failed_is_claimed_again_when_it_is_due() {
    let store = in_memory().await;
    let tx = queue(&store, &["n1"]).await;
    let claimed = claim(&tx, now()).await;
    let from = now() + TimeDelta::minutes(1);
    let retry = NoticeOutcome::Retry("421 busy".to_owned(), from);
    mark_notice(&tx, &claimed[0], retry, now()).await.unwrap();
    assert!(claim(&tx, now()).await.is_empty());
    let again = claim(&tx, from).await;
    assert_eq!((again[0].attempts, again[0].answer.as_deref()), (2, Some("421 busy")));
}

#[tokio::test]
async fn whoever_lost_the_lease_cannot_settle_the_notice() {
    let store = in_memory().await;
    let tx = queue(&store, &["n1"]).await;
    let lost = claim(&tx, now()).await;
    let holds = claim(&tx, now() + LEASE).await;
    let late = mark_notice(&tx, &lost[0], sent(), now()).await.unwrap_err();
    assert!(matches!(late, StoreError::Conflict { expected: 1, found: 2, .. }), "{late}");
    mark_notice(&tx, &holds[0], sent(), now()).await.unwrap();
    let twice = mark_notice(&tx, &holds[0], NoticeOutcome::Failed("550".to_owned()), now()).await;
    assert!(matches!(twice, Err(StoreError::Conflict { .. })), "{twice:?}");
    assert_eq!(list_notices(&tx, NoticeStatus::Sent, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_notice_of_unknown_outcome_waits_for_a_person() {
    let store = in_memory().await;
    let tx = queue(&store, &["n1", "n2"]).await;
    let claimed = claim(&tx, now()).await;
    let unknown = NoticeOutcome::Unknown("connection lost".to_owned());
    mark_notice(&tx, &claimed[0], unknown, now()).await.unwrap();
    mark_notice(&tx, &claimed[1], sent(), now()).await.unwrap();
    assert!(claim(&tx, now() + TimeDelta::days(1)).await.is_empty());
    let waiting = list_notices(&tx, NoticeStatus::Unknown, 10).await.unwrap();
    assert_eq!((waiting[0].next_at, waiting[0].settled_at), (None, Some(now())));

    requeue_notice(&tx, "n1", now()).await.unwrap();
    let refused = requeue_notice(&tx, "n2", now()).await.unwrap_err();
    assert!(matches!(refused, StoreError::NotFound { .. }), "{refused}");
    assert_eq!(ids(&claim(&tx, now()).await), ["n1"]);
}

fn ids(notices: &[NoticeRecord]) -> Vec<&str> {
    notices.iter().map(|notice| notice.id.as_str()).collect()
}

#[tokio::test]
async fn the_notices_of_a_case_are_its_own() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    let tx = store.write().await.unwrap();
    let about = |id: &str| NewNotice { case_id: Some("0001".to_owned()), ..notice(id, id, "ann@example.org") };
    queue_notice(&tx, about("n2")).await.unwrap();
    queue_notice(&tx, about("n1")).await.unwrap();
    queue_notice(&tx, notice("n3", "n3", "ann@example.org")).await.unwrap();
    let notices = notices_of(&tx, "0001").await.unwrap();
    assert_eq!(notices.iter().map(|notice| notice.id.as_str()).collect::<Vec<_>>(), ["n1", "n2"]);
    assert_eq!(notices[0].body, json!({ "title": "A" }));
}
