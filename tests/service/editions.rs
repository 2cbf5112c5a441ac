//! A new edition of bank holidays: who is affected, what moves, who is told.

use std::collections::BTreeSet;

use quorate::service::{Affected, EditionChoices};
use quorate::workflow::EditionChoice;
use serde_json::json;

use super::*;

/// The edition in force, with its bank holidays changed by `change`, in every division.
async fn edition_with(stage: &Stage, change: impl Fn(&mut Vec<Value>)) -> String {
    let edition = service::current_edition(stage.app()).await.unwrap();
    let mut json: Value = serde_json::from_str(&edition.to_json()).unwrap();
    for division in json.as_object_mut().unwrap().values_mut() {
        let events = division["events"].as_array_mut().unwrap();
        change(events);
        events.sort_by_key(|event| event["date"].as_str().unwrap().to_owned());
    }
    json.to_string()
}

async fn with_holiday(stage: &Stage, date: &str) -> String {
    let added = json!({ "title": "A day of its own", "date": date, "notes": "", "bunting": true });
    edition_with(stage, |events| events.push(added.clone())).await
}

async fn without(stage: &Stage, date: &str) -> String {
    edition_with(stage, |events| events.retain(|event| event["date"] != date)).await
}

/// One more year: 2031 has the weekdays of 2025.
pub(super) async fn with_year_2031(stage: &Stage) -> String {
    edition_with(stage, |events| {
        let in_2025 = events.iter().filter(|event| event["date"].as_str().unwrap().starts_with("2025")).cloned();
        let added: Vec<Value> = in_2025
            .map(|mut event| {
                event["date"] = json!(event["date"].as_str().unwrap().replace("2025", "2031"));
                event
            })
            .collect();
        events.extend(added);
    })
    .await
}

pub(super) async fn import(stage: &Stage, now: DateTime<Utc>, name: &str, json: &str) -> Result<(), ServiceError> {
    let sofia = person("sofia");
    service::import_edition(stage.app(), &Call::new(&sofia, now), name, json).await.map(|_| ())
}

pub(super) async fn adopt(
    stage: &Stage,
    now: DateTime<Utc>,
    name: &str,
    usual: EditionChoice,
    except: &[&str],
) -> Result<Vec<Affected>, ServiceError> {
    let except = except.iter().map(|name| stage.reference(name)).collect();
    let choices = EditionChoices { usual, except, reason: "A proclamation.".to_owned() };
    service::adopt_edition(stage.app(), &Call::new(&person("sofia"), now), name, choices).await
}

const NEW: &str = "with 12 November";

/// Two SIPs in validation, whose findings a holiday on 12 November moves; a third that waits for receipt until the
/// 10th; a fourth that has ended. The edition with the holiday is imported.
async fn before_adoption() -> Stage {
    let steps = "
  - submit: { as: priya, call_it: one, form: sip-g, fields: { title: One } }
  - submit: { as: priya, call_it: two, form: sip-g, fields: { title: Two } }
  - submit: { as: tom, call_it: new, form: sip-g, fields: { title: New } }
  - submit: { as: tom, call_it: gone, form: sip-g, fields: { title: Gone } }
  - act: { as: dana, case: [one, two, gone], take: acknowledge }
  - act: { as: tom, case: gone, take: withdraw, with: { reason: Not now. } }
";
    let stage = Stage::set("2025-11-03", steps).await;
    import(&stage, stage.now(), NEW, &with_holiday(&stage, "2025-11-12").await).await.unwrap();
    stage
}

async fn due(stage: &Stage, names: &[&str]) -> Vec<String> {
    let mut due = Vec::new();
    for name in names {
        due.extend(stage.standing(name).await.1.into_iter().map(|(_, due)| due));
    }
    due
}

fn summary(affected: &[Affected]) -> BTreeSet<(String, String, String)> {
    affected.iter().map(|a| (a.title.clone(), a.due.to_string(), a.would_be.to_string())).collect()
}

async fn told_of_the_edition(stage: &Stage) -> Vec<(String, String)> {
    let outsider = stage.outsider().await;
    let sql = "SELECT recipient || '=' || json_array_length(body, '$.moved') FROM notices \
               WHERE template = 'bank_holidays_changed' ORDER BY queued_at, recipient";
    let told = texts(&outsider, sql).await;
    outsider.close().await.unwrap();
    told.into_iter().map(|told| told.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap()).collect()
}

#[tokio::test]
async fn a_preview_lists_the_clocks_that_would_move_and_changes_nothing() {
    let stage = before_adoption().await;
    let before = stage.everything().await;
    let affected = service::preview_edition(stage.app(), NEW).await.unwrap();
    let moved = |title: &str| (title.to_owned(), "2025-12-01".to_owned(), "2025-12-02".to_owned());
    assert_eq!(summary(&affected), BTreeSet::from([moved("One"), moved("Two")]));
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn importing_an_edition_moves_nothing() {
    let stage = before_adoption().await;
    assert_eq!(due(&stage, &["one", "two", "new"]).await, ["2025-12-01", "2025-12-01", "2025-11-10"]);
    assert_eq!(service::current_edition(stage.app()).await.unwrap().name().as_str(), "gov.uk 2026-02-25");
}

#[tokio::test]
async fn adopting_moves_what_was_previewed_except_what_is_kept() {
    let stage = before_adoption().await;
    let previewed = service::preview_edition(stage.app(), NEW).await.unwrap();
    let adopted = adopt(&stage, stage.now(), NEW, EditionChoice::Move, &["two"]).await.unwrap();
    assert_eq!(summary(&adopted), summary(&previewed));
    assert_eq!(due(&stage, &["one", "two", "new"]).await, ["2025-12-02", "2025-12-01", "2025-11-10"]);
    assert_eq!(service::preview_edition(stage.app(), "gov.uk 2026-02-25").await.unwrap().len(), 1);
}

#[tokio::test]
async fn adopting_can_keep_every_date_but_one() {
    let stage = before_adoption().await;
    adopt(&stage, stage.now(), NEW, EditionChoice::Keep, &["two"]).await.unwrap();
    assert_eq!(due(&stage, &["one", "two"]).await, ["2025-12-01", "2025-12-02"]);
    let history = service::history(stage.app(), &stage.reference("one")).await.unwrap();
    let said: Vec<String> = history.into_iter().last().unwrap().happened;
    let kept = said.iter().any(|said| said.contains("kept, although it would move to Tuesday 2 December 2025"));
    assert!(kept, "{said:?}");
}

#[tokio::test]
async fn everybody_concerned_is_told_once_of_all_their_dates() {
    let stage = before_adoption().await;
    adopt(&stage, stage.now(), NEW, EditionChoice::Move, &[]).await.unwrap();
    let both = |who: &str| (who.to_owned(), "2".to_owned());
    assert_eq!(told_of_the_edition(&stage).await, ["dana", "euan", "priya", "sofia"].map(both));
    assert_eq!(stage.told("one").await.get("date_moved"), None);
}

#[tokio::test]
async fn whoever_keeps_every_date_is_not_told_of_any() {
    let stage = before_adoption().await;
    adopt(&stage, stage.now(), NEW, EditionChoice::Keep, &[]).await.unwrap();
    assert_eq!(told_of_the_edition(&stage).await, []);
}

#[tokio::test]
async fn an_edition_adopted_a_second_time_is_told_a_second_time() {
    let stage = before_adoption().await;
    for name in [NEW, "gov.uk 2026-02-25", NEW] {
        adopt(&stage, stage.now(), name, EditionChoice::Move, &[]).await.unwrap();
    }
    assert_eq!(told_of_the_edition(&stage).await.len(), 12);
    assert_eq!(due(&stage, &["one", "two"]).await, ["2025-12-02", "2025-12-02"]);
}

#[tokio::test]
async fn open_cases_without_a_moving_date_adopt_too_and_ended_ones_stay_as_they_are() {
    let stage = before_adoption().await;
    let ended_before = service::history(stage.app(), &stage.reference("gone")).await.unwrap().len();
    adopt(&stage, stage.now(), NEW, EditionChoice::Move, &[]).await.unwrap();
    let mut editions = Vec::new();
    for name in ["one", "new", "gone"] {
        editions.push(stage.case(name).await.edition);
    }
    assert_eq!(editions, [NEW, NEW, "gov.uk 2026-02-25"]);
    assert_eq!(service::history(stage.app(), &stage.reference("gone")).await.unwrap().len(), ended_before);
    let outsider = stage.outsider().await;
    let sql = "SELECT json_extract(body, '$.case.ended_clocks') FROM cases WHERE title IN ('One', 'Gone')";
    let ended = texts(&outsider, sql).await;
    assert!(ended.iter().all(|clocks| clocks.contains("2025-11-10")), "{ended:?}");
}

#[tokio::test]
async fn an_adoption_is_journalled_for_itself_and_for_every_open_case() {
    let stage = before_adoption().await;
    let head = service::journal_head(stage.app()).await.unwrap();
    adopt(&stage, stage.now(), NEW, EditionChoice::Move, &[]).await.unwrap();
    let entries = service::happenings(stage.app(), head).await.unwrap();
    let acts: BTreeSet<(String, String)> = entries.into_iter().map(|entry| (entry.title, entry.entry.act)).collect();
    let adopted = |title: &str| (title.to_owned(), "edition_adopted".to_owned());
    assert_eq!(acts, BTreeSet::from(["", "One", "Two", "New", "Operations Group", "SEC Panel"].map(adopted)));
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn cases_opened_from_then_on_count_with_the_new_edition() {
    let mut stage = before_adoption().await;
    adopt(&stage, stage.now(), NEW, EditionChoice::Move, &[]).await.unwrap();
    stage.then("  - submit: { as: mei, call_it: later, form: sip-g }\n  - act: { as: dana, case: later, take: acknowledge }\n").await;
    assert_eq!(stage.case("later").await.edition, NEW);
    assert_eq!(due(&stage, &["later"]).await, ["2025-12-02"]);
}

#[tokio::test]
async fn an_exception_that_names_no_open_case_changes_nothing() {
    let stage = before_adoption().await;
    let before = stage.everything().await;
    let refused = adopt(&stage, stage.now(), NEW, EditionChoice::Move, &["gone"]).await.unwrap_err().to_string();
    assert!(refused.contains("is not an open case"), "{refused}");
    assert_eq!(stage.everything().await, before);
}

#[tokio::test]
async fn only_secas_and_dcc_keep_the_bank_holidays() {
    let stage = before_adoption().await;
    let choices = EditionChoices { usual: EditionChoice::Move, except: BTreeSet::new(), reason: "Why not.".to_owned() };
    let priya = person("priya");
    let refused = service::adopt_edition(stage.app(), &Call::new(&priya, stage.now()), NEW, choices).await.unwrap_err();
    assert!(matches!(refused, ServiceError::NotAllowed { .. }), "{refused}");
}

/// The day of the State Funeral was proclaimed on 10 September 2022 for the 19th.
#[tokio::test]
async fn a_holiday_with_ten_days_notice_moves_what_was_counted_across_it() {
    let mut stage = Stage::set("2022-09-01", "").await;
    let known_before = without(&stage, "2022-09-19").await;
    let published = edition_with(&stage, |_| {}).await;
    import(&stage, stage.now(), "gov.uk 2022-08-01", &known_before).await.unwrap();
    adopt(&stage, stage.now(), "gov.uk 2022-08-01", EditionChoice::Move, &[]).await.unwrap();
    stage.then("  - on: 2022-09-08\n  - submit: { as: priya, call_it: one, form: sip-g }\n  - act: { as: dana, case: one, take: acknowledge }\n").await;
    assert_eq!(due(&stage, &["one"]).await, ["2022-10-06"]);
    stage.then("  - on: 2022-09-12\n").await;
    import(&stage, stage.now(), "gov.uk 2022-09-09", &published).await.unwrap();
    let affected = adopt(&stage, stage.now(), "gov.uk 2022-09-09", EditionChoice::Move, &[]).await.unwrap();
    assert_eq!(affected.len(), 1);
    assert_eq!(due(&stage, &["one"]).await, ["2022-10-07"]);
    assert_eq!(stage.case("one").await.clocks[0].first_due, day("2022-10-06"));
    stage.tick(at("2022-09-29 09:00")).await;
    assert_eq!(stage.told("one").await.get("due_soon_dcc"), None);
    stage.tick(at("2022-09-30 09:00")).await;
    assert_eq!(stage.told("one").await["due_soon_dcc"], 2);
}
