//! Parties, people, editions, definitions, settings, answers and series.

use super::*;

#[tokio::test]
async fn parties_and_people_are_kept_changed_and_removed() {
    let store = in_memory().await;
    let id = "party-1".to_owned();
    let party = PartyRecord {
        id,
        name: "Brook Energy".to_owned(),
        category: "Small Supplier".to_owned(),
        body: json!({}),
    };
    let person = PersonRecord {
        id: "ann".to_owned(),
        party_id: "party-1".to_owned(),
        name: "Ann Brook".to_owned(),
        email: "ann@example.org".to_owned(),
        roles: json!(["proposer"]),
        token_hash: Some("5e88".to_owned()),
    };
    let tx = store.write().await.unwrap();
    let early = insert_person(&tx, &person).await.unwrap_err();
    assert!(matches!(early, StoreError::Dangling), "{early}");
    insert_party(&tx, &party).await.unwrap();
    insert_person(&tx, &person).await.unwrap();
    assert_eq!(
        find_person_by_token_hash(&tx, "5e88")
            .await
            .unwrap()
            .as_ref(),
        Some(&person)
    );
    assert_eq!(find_person_by_token_hash(&tx, "").await.unwrap(), None);

    let same_name = PartyRecord {
        id: "party-2".to_owned(),
        ..party.clone()
    };
    assert!(
        matches!(insert_party(&tx, &same_name).await.unwrap_err(), StoreError::Exists { what } if what == "parties.name")
    );
    let without_token = PersonRecord {
        token_hash: None,
        ..person
    };
    update_person(&tx, &without_token).await.unwrap();
    assert_eq!(find_person_by_token_hash(&tx, "5e88").await.unwrap(), None);
    assert_eq!(
        find_person(&tx, "ann").await.unwrap().as_ref(),
        Some(&without_token)
    );
    assert_eq!(
        people_of(&tx, "party-1").await.unwrap(),
        [without_token.clone()]
    );
    assert_eq!(list_people(&tx).await.unwrap(), [without_token]);

    let renamed = PartyRecord {
        name: "Brook".to_owned(),
        ..party
    };
    update_party(&tx, &renamed).await.unwrap();
    assert_eq!(
        find_party_by_name(&tx, "Brook").await.unwrap().as_ref(),
        Some(&renamed)
    );
    assert_eq!(list_parties(&tx).await.unwrap(), [renamed]);
    assert!(matches!(
        delete_party(&tx, "party-1").await.unwrap_err(),
        StoreError::Dangling
    ));
    delete_person(&tx, "ann").await.unwrap();
    delete_party(&tx, "party-1").await.unwrap();
    assert!(matches!(
        delete_person(&tx, "ann").await.unwrap_err(),
        StoreError::NotFound { .. }
    ));
    assert_eq!(find_party(&tx, "party-1").await.unwrap(), None);
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
    assert!(matches!(
        insert_definition(&tx, &version("1.0")).await.unwrap_err(),
        StoreError::Exists { .. }
    ));
    assert_eq!(active_definition(&tx, "ssi", day(31)).await.unwrap(), None);
    activate_definition(&tx, ("ssi", "1.0"), "panel 2019-06", day(1))
        .await
        .unwrap();
    activate_definition(&tx, ("ssi", "1.1"), "panel 2026-02", day(10))
        .await
        .unwrap();
    let unknown = activate_definition(&tx, ("ssi", "2.0"), "panel", day(10))
        .await
        .unwrap_err();
    assert!(matches!(unknown, StoreError::NotFound { .. }), "{unknown}");
    for (on, expected) in [(1, "1.0"), (9, "1.0"), (10, "1.1")] {
        assert_eq!(
            active_definition(&tx, "ssi", day(on))
                .await
                .unwrap()
                .unwrap()
                .version,
            expected
        );
    }
    let found = find_definition(&tx, "ssi", "1.1").await.unwrap().unwrap();
    assert_eq!(
        (found.approved_by.as_deref(), found.active_from),
        (Some("panel 2026-02"), Some(day(10)))
    );
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
    assert!(matches!(
        insert_edition(&tx, &edition).await.unwrap_err(),
        StoreError::Exists { .. }
    ));
    assert_eq!(
        find_edition(&tx, &edition.name).await.unwrap().as_ref(),
        Some(&edition)
    );
    assert_eq!(list_editions(&tx).await.unwrap(), [edition]);

    assert_eq!(find_setting(&tx, "quorum").await.unwrap(), None);
    put_setting(&tx, "quorum", json!(5)).await.unwrap();
    put_setting(&tx, "quorum", json!(6)).await.unwrap();
    assert_eq!(find_setting(&tx, "quorum").await.unwrap(), Some(json!(6)));
    assert_eq!(
        list_settings(&tx).await.unwrap(),
        [("quorum".to_owned(), json!(6))]
    );

    let answer = IdempotencyRecord {
        actor: "ann".to_owned(),
        key: "k".to_owned(),
        request_hash: "00".to_owned(),
        status: 201,
        response: json!({ "id": "0001" }),
        at: now(),
    };
    insert_answer(&tx, &answer).await.unwrap();
    assert!(matches!(
        insert_answer(&tx, &answer).await.unwrap_err(),
        StoreError::Exists { .. }
    ));
    assert_eq!(find_answer(&tx, "ann", "k").await.unwrap(), Some(answer));
    assert_eq!(find_answer(&tx, "bob", "k").await.unwrap(), None);
    assert_eq!(delete_answers_before(&tx, now()).await.unwrap(), 0);
    assert_eq!(
        delete_answers_before(&tx, now() + TimeDelta::seconds(1))
            .await
            .unwrap(),
        1
    );
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
