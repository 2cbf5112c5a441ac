//! Runs of what comes round.

use super::*;

const LEASE: TimeDelta = TimeDelta::minutes(15);

fn run(job: &str, slot: DateTime<Utc>) -> RunRecord {
    RunRecord {
        job: job.to_owned(),
        slot,
        status: RunStatus::Running,
        attempts: 1,
        missed: 0,
        started_at: slot,
        ended_at: None,
        next_at: Some(slot + LEASE),
        outcome: None,
    }
}

async fn found(source: &impl Source) -> RunRecord {
    find_run(source, "backup", now()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_slot_is_entered_once() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_run(&tx, &run("backup", now())).await.unwrap();
    insert_run(&tx, &run("contacts", now())).await.unwrap();
    let again = insert_run(&tx, &run("backup", now())).await.unwrap_err();
    assert!(matches!(again, StoreError::Exists { .. }), "{again}");
    assert_eq!(found(&tx).await, run("backup", now()));
}

#[tokio::test]
async fn a_run_is_taken_over_once_its_lease_is_over_and_the_late_outcome_is_refused() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_run(&tx, &run("backup", now())).await.unwrap();
    let early = now() + LEASE - TimeDelta::microseconds(1);
    assert_eq!(claim_run_again(&tx, ("backup", now()), early, LEASE).await.unwrap(), None);
    let late = now() + LEASE;
    let taken = claim_run_again(&tx, ("backup", now()), late, LEASE).await.unwrap().unwrap();
    assert_eq!((taken.attempts, taken.started_at, taken.next_at), (2, late, Some(late + LEASE)));

    let outlived = mark_run(&tx, &run("backup", now()), RunOutcome::Done("first".to_owned()), late).await.unwrap_err();
    assert!(matches!(outlived, StoreError::Conflict { .. }), "{outlived}");
    mark_run(&tx, &taken, RunOutcome::Done("second".to_owned()), late).await.unwrap();
    let done = found(&tx).await;
    assert_eq!((done.status, done.outcome.as_deref(), done.next_at), (RunStatus::Done, Some("second"), None));
    let much_later = now() + TimeDelta::days(9);
    assert_eq!(claim_run_again(&tx, ("backup", now()), much_later, LEASE).await.unwrap(), None);
}

#[tokio::test]
async fn a_failed_run_waits_and_is_tried_again() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_run(&tx, &run("backup", now())).await.unwrap();
    let again = now() + TimeDelta::minutes(2);
    mark_run(&tx, &run("backup", now()), RunOutcome::Retry("no space".to_owned(), again), now()).await.unwrap();
    assert_eq!(found(&tx).await.status, RunStatus::Waiting);
    assert_eq!(claim_run_again(&tx, ("backup", now()), now(), LEASE).await.unwrap(), None);
    let second = claim_run_again(&tx, ("backup", now()), again, LEASE).await.unwrap().unwrap();
    mark_run(&tx, &second, RunOutcome::Failed("still none".to_owned()), again).await.unwrap();
    let given_up = found(&tx).await;
    assert_eq!((given_up.status, given_up.next_at, given_up.ended_at), (RunStatus::Failed, None, Some(again)));
}

#[tokio::test]
async fn runs_are_found_by_their_slots_and_old_ones_forgotten() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    for days in 0..5 {
        insert_run(&tx, &run("backup", now() + TimeDelta::days(days))).await.unwrap();
    }
    let before = find_run_before(&tx, "backup", now() + TimeDelta::days(3)).await.unwrap().unwrap();
    assert_eq!(before.slot, now() + TimeDelta::days(2));
    assert_eq!(find_run_before(&tx, "backup", now()).await.unwrap(), None);
    let latest = runs_of(&tx, "backup", 2).await.unwrap();
    assert_eq!(latest.iter().map(|run| run.slot).collect::<Vec<_>>(), [4, 3].map(|days| now() + TimeDelta::days(days)));
    assert_eq!(delete_runs_before(&tx, now() + TimeDelta::days(3)).await.unwrap(), 3);
    assert_eq!(runs_of(&tx, "backup", 9).await.unwrap().len(), 2);
}
