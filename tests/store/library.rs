//! Parties, people, editions, definitions, settings, answers and series.

use super::*;

fn brook() -> PartyRecord {
    PartyRecord {
        id: "party-1".to_owned(),
        name: "Brook Energy".to_owned(),
        category: "Small Supplier".to_owned(),
        body: json!({}),
    }
}

fn ann() -> PersonRecord {
    PersonRecord {
        id: "ann".to_owned(),
        party_id: "party-1".to_owned(),
        name: "Ann Brook".to_owned(),
        email: "ann@example.org".to_owned(),
        roles: json!(["proposer"]),
        token_hash: Some("5e88".to_owned()),
    }
}

#[tokio::test]
async fn a_party_is_kept_changed_and_removed() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_party(&tx, &brook()).await.unwrap();
    let same_name = PartyRecord { id: "party-2".to_owned(), ..brook() };
    match insert_party(&tx, &same_name).await.unwrap_err() {
        StoreError::Exists { what } => assert_eq!(what, "parties.name"),
        other => panic!("{other}"),
    }
    let renamed = PartyRecord { name: "Brook".to_owned(), ..brook() };
    update_party(&tx, &renamed).await.unwrap();
    assert_eq!(find_party_by_name(&tx, "Brook Energy").await.unwrap(), None);
    assert_eq!(find_party_by_name(&tx, "Brook").await.unwrap(), Some(renamed.clone()));
    assert_eq!(list_parties(&tx).await.unwrap(), [renamed]);
    delete_party(&tx, "party-1").await.unwrap();
    assert_eq!(find_party(&tx, "party-1").await.unwrap(), None);
    let gone = update_party(&tx, &brook()).await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone}");
}

#[tokio::test]
async fn a_person_acts_for_a_party_that_is_there_and_stays() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    let early = insert_person(&tx, &ann()).await.unwrap_err();
    assert!(matches!(early, StoreError::Dangling), "{early}");
    insert_party(&tx, &brook()).await.unwrap();
    insert_person(&tx, &ann()).await.unwrap();
    let acting = delete_party(&tx, "party-1").await.unwrap_err();
    assert!(matches!(acting, StoreError::Dangling), "{acting}");
    assert_eq!(people_of(&tx, "party-1").await.unwrap(), [ann()]);
    assert_eq!(list_people(&tx).await.unwrap(), [ann()]);
    delete_person(&tx, "ann").await.unwrap();
    let gone = delete_person(&tx, "ann").await.unwrap_err();
    assert!(matches!(gone, StoreError::NotFound { .. }), "{gone}");
    delete_party(&tx, "party-1").await.unwrap();
}

#[tokio::test]
async fn a_person_is_known_by_their_token_until_it_is_withdrawn() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    insert_party(&tx, &brook()).await.unwrap();
    insert_person(&tx, &ann()).await.unwrap();
    assert_eq!(find_person_by_token_hash(&tx, "5e88").await.unwrap(), Some(ann()));
    let without = PersonRecord { token_hash: None, ..ann() };
    update_person(&tx, &without).await.unwrap();
    for hash in ["5e88", ""] {
        assert_eq!(find_person_by_token_hash(&tx, hash).await.unwrap(), None);
    }
    assert_eq!(find_person(&tx, "ann").await.unwrap(), Some(without));
}

#[tokio::test]
async fn new_cases_follow_the_version_that_came_into_force_last() {
    let store = in_memory().await;
    let version = |version: &str| DefinitionRecord {
        process: "ssi".to_owned(),
        version: version.to_owned(),
        yaml: "process: ssi".to_owned(),
        digest: "00".to_owned(),
        loaded_at: now(),
        approved_by: None,
        active_from: None,
    };
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let tx = store.write().await.unwrap();
    insert_definition(&tx, &version("1.0")).await.unwrap();
    insert_definition(&tx, &version("1.1")).await.unwrap();
    assert!(matches!(insert_definition(&tx, &version("1.0")).await.unwrap_err(), StoreError::Exists { .. }));
    assert_eq!(active_definition(&tx, "ssi", day(31)).await.unwrap(), None);
    activate_definition(&tx, ("ssi", "1.0"), "panel 2019-06", day(1)).await.unwrap();
    activate_definition(&tx, ("ssi", "1.1"), "panel 2026-02", day(10)).await.unwrap();
    let unknown = activate_definition(&tx, ("ssi", "2.0"), "panel", day(10)).await.unwrap_err();
    assert!(matches!(unknown, StoreError::NotFound { .. }), "{unknown}");
    for (on, expected) in [(1, "1.0"), (9, "1.0"), (10, "1.1")] {
        assert_eq!(active_definition(&tx, "ssi", day(on)).await.unwrap().unwrap().version, expected);
    }
    let found = find_definition(&tx, "ssi", "1.1").await.unwrap().unwrap();
    assert_eq!((found.approved_by.as_deref(), found.active_from), (Some("panel 2026-02"), Some(day(10))));
    assert_eq!(list_definitions(&tx).await.unwrap().len(), 2);
}

#[tokio::test]
async fn editions_settings_and_answers_are_kept() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    let edition = EditionRecord {
        name: "gov.uk 2026-02-25".to_owned(),
        json: json!({ "england-and-wales": {} }),
        imported_at: now(),
        imported_by: "secas".to_owned(),
    };
    insert_edition(&tx, &edition).await.unwrap();
    assert!(matches!(insert_edition(&tx, &edition).await.unwrap_err(), StoreError::Exists { .. }));
    assert_eq!(find_edition(&tx, &edition.name).await.unwrap().as_ref(), Some(&edition));
    assert_eq!(list_editions(&tx).await.unwrap(), [edition]);

    assert_eq!(find_setting(&tx, "quorum").await.unwrap(), None);
    put_setting(&tx, "quorum", json!(5)).await.unwrap();
    put_setting(&tx, "quorum", json!(6)).await.unwrap();
    assert_eq!(find_setting(&tx, "quorum").await.unwrap(), Some(json!(6)));
    assert_eq!(list_settings(&tx).await.unwrap(), [("quorum".to_owned(), json!(6))]);

    let answer = IdempotencyRecord {
        actor: "ann".to_owned(),
        key: "k".to_owned(),
        request_hash: "00".to_owned(),
        status: 201,
        response: json!({ "id": "0001" }),
        at: now(),
    };
    insert_answer(&tx, &answer).await.unwrap();
    assert!(matches!(insert_answer(&tx, &answer).await.unwrap_err(), StoreError::Exists { .. }));
    assert_eq!(find_answer(&tx, "ann", "k").await.unwrap(), Some(answer));
    assert_eq!(find_answer(&tx, "bob", "k").await.unwrap(), None);
    assert_eq!(delete_answers_before(&tx, now()).await.unwrap(), 0);
    assert_eq!(delete_answers_before(&tx, now() + TimeDelta::seconds(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn each_series_counts_on_its_own() {
    let store = in_memory().await;
    let tx = store.write().await.unwrap();
    for expected in 1..=3 {
        assert_eq!(next_number(&tx, "P-2026").await.unwrap(), expected);
    }
    assert_eq!(next_number(&tx, "P-2027").await.unwrap(), 1);
}
