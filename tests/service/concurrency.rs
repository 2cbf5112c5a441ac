//! Several people at once: one comes first, nobody overwrites anybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use quorate::service::Once;
use quorate::sip::RawSipForm;
use quorate::workflow::Why;

use super::*;

const SENT: &str = "  - submit: { as: priya, call_it: g, form: sip-g }\n";

fn form() -> RawSipForm {
    quorate::yaml::load("sip-g", include_str!("../../fixtures/sip-forms/sip-g.yaml"), quorate::yaml::Limits::default())
        .unwrap()
        .value
}

/// Sixteen people confirm receipt at once, all having read the same revision or none.
async fn sixteen_at_once(expected: Option<i64>) -> (Vec<Receipt>, Vec<ServiceError>, Stage) {
    let stage = Stage::set("2025-11-03", SENT).await;
    let nodes = [Arc::new(stage.node().await), Arc::new(stage.node().await)];
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let (app, now, reference) = (nodes[task % 2].clone(), stage.now(), stage.reference("g"));
            tokio::spawn(async move {
                let call = (person("dana"), BTreeMap::new());
                service::act(&app, &Call::new(&call.0, now), &reference, "acknowledge", call.1, expected).await
            })
        })
        .collect();
    let (mut won, mut lost) = (Vec::new(), Vec::new());
    for task in tasks {
        match task.await.unwrap() {
            Ok(receipt) => won.push(receipt),
            Err(error) => lost.push(error),
        }
    }
    (won, lost, stage)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_who_read_the_same_revision_one_acts_and_the_others_are_told_to_read_again() {
    let (won, lost, stage) = sixteen_at_once(Some(1)).await;
    assert_eq!((won.len(), lost.len()), (1, 15));
    for error in lost {
        assert!(matches!(error, ServiceError::Stale { expected: 1, found: 2, .. }), "{error}");
    }
    let history = service::history(stage.app(), &stage.reference("g")).await.unwrap();
    assert_eq!(history.iter().map(|entry| entry.act.as_str()).collect::<Vec<_>>(), ["case_opened", "action_taken"]);
    assert_eq!(stage.told("g").await["receipt_confirmed"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_who_act_without_a_revision_one_acts_and_the_others_are_refused() {
    let (won, lost, stage) = sixteen_at_once(None).await;
    assert_eq!((won.len(), lost.len()), (1, 15));
    for error in lost {
        let ServiceError::Refused(refusal) = error else { panic!("{error}") };
        assert!(matches!(*refusal.why, Why::NotHere { .. }), "{refusal}");
    }
    assert_eq!(service::history(stage.app(), &stage.reference("g")).await.unwrap().len(), 2);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_sips_sent_at_once_are_numbered_without_a_gap() {
    let stage = Stage::set("2025-11-03", "").await;
    let nodes = [Arc::new(stage.node().await), Arc::new(stage.node().await)];
    let tasks: Vec<_> = (0..200)
        .map(|task| {
            let (app, now) = (nodes[task % 2].clone(), stage.now());
            tokio::spawn(async move {
                let actor = person("priya");
                service::submit_sip(&app, &Call::new(&actor, now), form(), None).await.unwrap().reference
            })
        })
        .collect();
    let mut references = BTreeSet::new();
    for task in tasks {
        references.insert(task.await.unwrap());
    }
    let expected: BTreeSet<String> = (1..=200).map(|number| format!("P-2025-{number:04}")).collect();
    assert_eq!(references, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_request_sent_eight_times_at_once_opens_one_case() {
    let stage = Stage::set("2025-11-03", "").await;
    let nodes = [Arc::new(stage.node().await), Arc::new(stage.node().await)];
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (app, now) = (nodes[task % 2].clone(), stage.now());
            tokio::spawn(async move {
                let actor = person("priya");
                let once = Once { key: "k-1".to_owned(), request_hash: "same".to_owned() };
                service::submit_sip(&app, &Call::new(&actor, now).once(Some(once)), form(), None).await.unwrap()
            })
        })
        .collect();
    let mut receipts = Vec::new();
    for task in tasks {
        receipts.push(task.await.unwrap());
    }
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    let sips = service::ListQuery { process: Some(service::SIP_PROCESS.to_owned()), ..Default::default() };
    let listing = service::list(stage.app(), sips).await.unwrap();
    assert_eq!(listing.cases.len(), 1);
}

#[tokio::test]
async fn a_key_is_good_for_one_request_and_answers_it_alike() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let dana = person("dana");
    let acknowledge = |hash: &str| {
        let once = Once { key: "k-1".to_owned(), request_hash: hash.to_owned() };
        let (call, reference) = (Call::new(&dana, stage.now()).once(Some(once)), stage.reference("g"));
        let app = stage.app();
        async move { service::act(app, &call, &reference, "acknowledge", BTreeMap::new(), None).await }
    };
    let first = acknowledge("one").await.unwrap();
    assert_eq!(acknowledge("one").await.unwrap(), first);
    let refused = acknowledge("another").await.unwrap_err();
    assert!(matches!(refused, ServiceError::KeyReused(_)), "{refused}");
    let theirs = service::act(
        stage.app(),
        &Call::new(&person("euan"), stage.now())
            .once(Some(Once { key: "k-1".to_owned(), request_hash: "one".to_owned() })),
        &stage.reference("g"),
        "acknowledge",
        BTreeMap::new(),
        None,
    )
    .await;
    assert!(matches!(theirs, Err(ServiceError::Refused(_))), "a key belongs to whoever chose it");
}
