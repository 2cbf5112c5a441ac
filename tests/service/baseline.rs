//! The baseline from outside: who may do what, what people are told, and what the record proves.

use quorate::brd::changes::ItemName;
use quorate::brd::versions::{Duty, Found};
use quorate::service::{DutyAnswer, Holds, NewSettlement, PaperFormat, RedlineFormat};

use super::*;

/// The baseline taken over, and a SIP called `one` of Priya's that asks for a shorter text.
async fn with_one() -> Stage {
    let steps = "
  - import_brd: { as: dana }
  - submit: { as: priya, call_it: one, form: sip-g }
";
    let mut stage = Stage::set("2025-11-03", steps).await;
    stage.then(&drafted("one", "priya", "Users shall have a dashboard.")).await;
    stage
}

/// A step that drafts a SIP that amends one text.
fn drafted(case: &str, who: &str, text: &str) -> String {
    format!(
        "  - change_set: {{ as: {who}, case: {case}, changes: [ {{ amend: {{ item: SSI-FR-42, fields: {{ text: {{ becomes: \"{text}\" }} }} }} }} ] }}\n"
    )
}

fn yaml(changes: &str) -> String {
    format!("sip: SIP-1\nbase: V1.0.9\nchanges:\n{changes}")
}

async fn draft(stage: &Stage, who: &str, changes: &str, once: Option<service::Once>) -> Result<(), ServiceError> {
    let by = person(who);
    let call = Call::new(&by, stage.now()).once(once);
    service::draft_change_set(stage.app(), &call, &stage.reference("one"), &yaml(changes), None).await.map(|_| ())
}

#[tokio::test]
async fn the_baseline_and_its_change_sets_follow_from_the_journal() {
    let stage = with_one().await;
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
    let seen = service::change_set(stage.app(), &stage.reference("one")).await.unwrap();
    assert_eq!((seen.draft, seen.base.as_str(), seen.nature.as_str()), (1, "V1.0.9", "functional"));
    stage
        .tamper("UPDATE dossiers SET body = replace(body, 'a dashboard', 'no dashboard') WHERE kind = 'change-set'")
        .await;
    let differing = stage.proof().await.differing;
    assert_eq!(differing.len(), 1);
    assert!(differing[0].contains("change-set:"), "{differing:?}");
}

#[tokio::test]
async fn a_draft_that_is_refused_leaves_nothing_behind_and_says_everything_wrong() {
    let stage = with_one().await;
    let before = stage.everything().await;
    let said = draft(
        &stage,
        "priya",
        "- remove: { item: SSI-FR-999, reason: x }\n- remove: { item: BFD99, reason: y }\n",
        None,
    )
    .await
    .unwrap_err()
    .to_string();
    assert!(said.contains("SSI-FR-999 is not in the baseline") && said.contains("BFD99"), "{said}");
    let said = draft(&stage, "priya", "- remove: { itme: SSI-FR-1 }\n", None).await.unwrap_err().to_string();
    assert!(said.contains("itme") && said.contains("4:"), "{said}");
    let said = draft(&stage, "owen", "- remove: { item: SSI-FR-1, reason: x }\n", None).await.unwrap_err().to_string();
    assert!(said.contains("Who could: the proposer or DCC"), "{said}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn a_draft_under_a_key_is_made_once() {
    let stage = with_one().await;
    let once = || Some(service::Once { key: "k".to_owned(), request_hash: "h".to_owned() });
    let add = "- add: { kind: requirement, says: { text: It shall be new. } }\n";
    draft(&stage, "dana", add, once()).await.unwrap();
    draft(&stage, "dana", add, once()).await.unwrap();
    let seen = service::change_set(stage.app(), &stage.reference("one")).await.unwrap();
    assert_eq!(seen.draft, 2);
    assert_eq!(seen.changes.items().next(), Some(&ItemName::parse("SSI-FR-82").unwrap()));
}

#[tokio::test]
async fn ids_given_to_a_sip_are_given_to_no_other_even_when_it_is_withdrawn() {
    let mut stage = with_one().await;
    draft(&stage, "priya", "- add: { kind: requirement, says: { text: It shall be new. } }\n", None).await.unwrap();
    draft(&stage, "priya", "- remove: { item: SSI-FR-42, reason: Not needed. }\n", None).await.unwrap();
    stage
        .then(
            "
  - act: { as: priya, case: one, take: withdraw, with: { reason: Not needed. } }
  - submit: { as: owen, call_it: two, form: sip-g }
  - change_set:
      as: owen
      case: two
      changes: [ { add: { kind: requirement, says: { text: It shall be newer. } } } ]
      conflicts_with: []
",
        )
        .await;
    let seen = service::change_set(stage.app(), &stage.reference("two")).await.unwrap();
    assert_eq!(seen.changes.items().next(), Some(&ItemName::parse("SSI-FR-83").unwrap()));
    let said = draft(&stage, "priya", "- remove: { item: SSI-FR-1, reason: x }\n", None).await.unwrap_err().to_string();
    assert!(said.contains("has ended; submit a new SIP"), "{said}");
}

#[tokio::test]
async fn a_sip_that_meets_another_says_so_with_every_text() {
    let mut stage = with_one().await;
    let two = "  - submit: { as: owen, call_it: two, form: sip-g }\n".to_owned();
    stage.then(&(two + &drafted("two", "owen", "Users shall have a map."))).await;
    let seen = service::change_set(stage.app(), &stage.reference("two")).await.unwrap();
    let [met] = seen.collisions.as_slice() else { panic!("{:?}", seen.collisions) };
    assert!(met.conflict);
    assert_eq!(met.with.as_deref(), Some(stage.reference("one").as_str()));
    let detail = met.detail.as_ref().unwrap();
    assert!(detail.live.as_ref().unwrap().starts_with("Users shall have a dashboard of one page"));
    assert_eq!(detail.sides.len(), 2);
}

#[tokio::test]
async fn duties_are_dccs_to_answer_and_only_one_can_be_needless() {
    let stage = with_one().await;
    let answer = |duty, found| DutyAnswer { duty, found, says: "As reported.".to_owned() };
    let refused = async |who: &str, given: DutyAnswer| {
        let by = person(who);
        let call = Call::new(&by, stage.now());
        service::answer_duty(stage.app(), &call, &stage.reference("one"), given).await.unwrap_err().to_string()
    };
    let said = refused("priya", answer(Duty::OfferOfTesting, Found::Done)).await;
    assert!(said.contains("Who could: DCC"), "{said}");
    let said = refused("dana", answer(Duty::SecurityAssessment, Found::NotNeeded)).await;
    assert!(said.contains("it is always needed"), "{said}");
}

#[tokio::test]
async fn what_is_not_deployed_is_not_published_and_what_does_not_conflict_is_not_settled() {
    let stage = with_one().await;
    let sips = vec![stage.reference("one")];
    let dana = person("dana");
    let call = Call::new(&dana, stage.now());
    let before = stage.everything().await;
    let sprint = service::sprint(stage.app(), &sips).await.unwrap();
    assert!(!sprint.ready);
    assert_eq!((sprint.not_deployed.len(), sprint.unanswered.len(), sprint.version.as_str()), (1, 1, "V1.0.10"));
    let said = service::publish_baseline(stage.app(), &call, &sips).await.unwrap_err().to_string();
    assert!(said.contains("rests on no determination"), "{said}");
    let new = NewSettlement {
        sips,
        item: "SSI-FR-42".to_owned(),
        field: None,
        holds: Holds::Text("Something.".to_owned()),
        why: "None.".to_owned(),
    };
    let said = service::settle_conflict(stage.app(), &call, new).await.unwrap_err().to_string();
    assert!(said.contains("do not contradict each other about SSI-FR-42"), "{said}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn the_redline_of_a_sip_is_a_file_that_names_it() {
    let stage = with_one().await;
    let redline = service::sip_redline(stage.app(), &stage.reference("one")).await.unwrap();
    assert_eq!(redline.versions().older, "V1.0.9");
    assert!(redline.report().unwrap().changes.iter().all(|change| change.identity.as_deref() == Some("SSI-FR-42")));
    let file = |format| redline.clone().file(format).unwrap();
    assert!(file(RedlineFormat::Docx).bytes.starts_with(b"PK"));
    let text = String::from_utf8(file(RedlineFormat::Text).bytes).unwrap();
    assert!(text.contains("SSI-FR-42"), "{text}");
    let page = String::from_utf8(file(RedlineFormat::Html).bytes).unwrap();
    assert!(page.contains(&stage.reference("one")), "the page names the SIP");
    let live = service::baseline_file(stage.app(), None, PaperFormat::Html).await.unwrap();
    assert_eq!(live.name, "baseline-V1.0.9.html");
}

#[tokio::test]
async fn without_a_baseline_there_is_nothing_to_draft_against() {
    let stage = Stage::set("2025-11-03", "  - submit: { as: priya, call_it: one, form: sip-g }\n").await;
    let said = draft(&stage, "priya", "- remove: { item: SSI-FR-1, reason: x }\n", None).await.unwrap_err().to_string();
    assert!(said.contains("there is no version of the baseline `live`"), "{said}");
}
