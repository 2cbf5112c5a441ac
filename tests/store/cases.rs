//! Cases.

use super::*;

#[tokio::test]
async fn a_case_comes_back_as_it_was_given() {
    let store = in_memory().await;
    let given = CaseRecord {
        sip_number: Some("SIP-0007".to_owned()),
        owner: None,
        closed_at: Some(now() + TimeDelta::microseconds(1)),
        next_deadline_at: Some(now() + TimeDelta::days(3)),
        body: json!({ "text": "É <b>\u{1F600}\n", "pence": 5_000_000_i64, "none": null, "list": [1, [2]] }),
        ..case("0001")
    };
    let tx = store.write().await.unwrap();
    insert_case(&tx, &given).await.unwrap();
    assert_eq!(find_case(&tx, "0001").await.unwrap().as_ref(), Some(&given));
    tx.commit().await.unwrap();
    for known_as in ["P-2026-0001", "SIP-0007"] {
        assert_eq!(find_case_by_reference(&store, known_as).await.unwrap().as_ref(), Some(&given));
    }
    assert_eq!(find_case(&store, "0002").await.unwrap(), None);
}

#[tokio::test]
async fn a_change_made_from_an_outdated_view_is_refused() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    let tx = store.write().await.unwrap();
    let changed = CaseRecord { state: "backlog".to_owned(), ..case("0001") };
    assert_eq!(update_case(&tx, &changed).await.unwrap(), 2);
    match update_case(&tx, &changed).await.unwrap_err() {
        StoreError::Conflict { expected, found, .. } => assert_eq!((expected, found), (1, 2)),
        other => panic!("{other}"),
    }
    let absent = update_case(&tx, &case("0002")).await.unwrap_err();
    assert!(matches!(absent, StoreError::NotFound { .. }), "{absent}");
    tx.commit().await.unwrap();
    let stored = find_case(&store, "0001").await.unwrap().unwrap();
    assert_eq!((stored.state.as_str(), stored.revision), ("backlog", 2));
}

#[tokio::test]
async fn a_reference_in_use_is_refused_by_name() {
    let store = in_memory().await;
    with_case(&store, "0001").await;
    let tx = store.write().await.unwrap();
    let same = CaseRecord { reference: "P-2026-0001".to_owned(), ..case("0002") };
    match insert_case(&tx, &same).await.unwrap_err() {
        StoreError::Exists { what } => assert_eq!(what, "cases.reference"),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing_behind() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_case(&tx, &case("0001")).await.unwrap();
    append_journal(&tx, act("ann", "0001", "submitted", json!({}))).await.unwrap();
    assert_eq!(next_number(&tx, "SIP").await.unwrap(), 1);
    drop(tx);
    assert_eq!(find_case(&store, "0001").await.unwrap(), None);
    assert_eq!(journal_head(&store).await.unwrap(), Head::EMPTY);
    let tx = store.write().await.unwrap();
    assert_eq!(next_number(&tx, "SIP").await.unwrap(), 1);
}

#[tokio::test]
async fn pages_of_cases_show_each_once_the_latest_opened_first() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    for number in 0..25 {
        let opened_at = now() + TimeDelta::days(number / 3);
        insert_case(&tx, &CaseRecord { opened_at, ..case(&format!("{number:04}")) }).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut filter = CaseFilter::default();
    let mut seen = Vec::new();
    loop {
        let page = list_cases(&store, &filter, 10).await.unwrap();
        seen.extend(page.cases.into_iter().map(|case| case.id));
        filter.after = page.next;
        if filter.after.is_none() {
            break;
        }
    }
    let expected: Vec<String> = (0..25).rev().map(|number| format!("{number:04}")).collect();
    assert_eq!(seen, expected);
}

/// Five cases that differ, by id.
async fn five_cases() -> Store {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    let mut cases = ["0001", "0002", "0003", "0004", "0005"].map(case);
    let [process, state, title, party, number] = &mut cases;
    process.process = String::from("improvement-consultation");
    state.state = String::from("backlog");
    title.title = String::from("100% of_all 'DUST' reports");
    party.proposer_party = Some("party-2".to_owned());
    party.next_deadline_at = Some(now() + TimeDelta::days(1));
    number.owner = Some("proposer".to_owned());
    number.sip_number = Some("SIP-0042".to_owned());
    for case in &cases {
        insert_case(&tx, case).await.unwrap();
    }
    tx.commit().await.unwrap();
    store
}

/// The ids of the cases that a filter lets through.
async fn listed(store: &Store, narrow: impl FnOnce(&mut CaseFilter)) -> String {
    let mut filter = CaseFilter::default();
    narrow(&mut filter);
    let page = list_cases(store, &filter, 10).await.unwrap();
    let ids: Vec<String> = page.cases.into_iter().map(|case| case.id).collect();
    ids.join(" ")
}

#[tokio::test]
async fn cases_are_filtered_by_each_part_given() {
    let store = five_cases().await;
    let some = |text: &str| Some(text.to_owned());
    let consultation = some("improvement-consultation");
    assert_eq!(listed(&store, |_| {}).await, "0005 0004 0003 0002 0001");
    assert_eq!(listed(&store, |filter| filter.process = consultation).await, "0001");
    assert_eq!(listed(&store, |filter| filter.state = some("backlog")).await, "0002");
    assert_eq!(listed(&store, |filter| filter.owner = some("proposer")).await, "0005");
    assert_eq!(listed(&store, |filter| filter.party = some("party-2")).await, "0004");
    for (days, expected) in [(2, "0004"), (1, "")] {
        let before = Some(now() + TimeDelta::days(days));
        assert_eq!(listed(&store, |filter| filter.due_before = before).await, expected);
    }
    let both = |filter: &mut CaseFilter| {
        (filter.state, filter.owner) = (some("backlog"), some("proposer"));
    };
    assert_eq!(listed(&store, both).await, "");
}

#[tokio::test]
async fn text_is_looked_for_as_it_is_written() {
    let store = five_cases().await;
    let table = [
        ("dust", "0003"),
        ("100%", "0003"),
        ("of_all", "0003"),
        ("of%all", ""),
        ("c_se", ""),
        ("\\", ""),
        ("'; DROP TABLE cases; --", ""),
        ("sip-0042", "0005"),
        ("P-2026-0002", "0002"),
    ];
    for (text, expected) in table {
        assert_eq!(listed(&store, |filter| filter.text = Some(text.to_owned())).await, expected, "{text}");
    }
}
