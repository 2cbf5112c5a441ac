//! What falls due happens once, at its own instant, whenever it is noticed.

use chrono::TimeDelta;
use serde_json::json;

use super::editions::{import, with_year_2031};
use super::*;

/// A SIP sent on Monday 3 November 2025: receipt is due on the 10th, with a reminder on the 6th at nine.
const SENT: &str = "  - submit: { as: priya, call_it: g, form: sip-g }\n";

fn opened(stage: &Stage) -> impl Fn(&str) -> String + '_ {
    |name| stage.reference(name)
}

#[tokio::test]
async fn a_repeated_tick_does_nothing_more() {
    let stage = Stage::set("2025-11-03", SENT).await;
    for instant in ["2025-11-06 09:00", "2025-11-11 00:00"] {
        let first = stage.tick(at(instant)).await;
        assert_eq!((first.raised, first.cases, first.failed), (1, vec![opened(&stage)("g")], vec![]), "{instant}");
        let after_one = stage.everything().await;
        assert_eq!(stage.tick(at(instant)).await, service::TickReport::default(), "{instant}");
        assert_eq!(stage.everything().await, after_one, "{instant}");
    }
    let told = stage.told("g").await;
    assert_eq!((told["due_soon_dcc"], told["overdue_dcc"]), (2, 4));
}

#[tokio::test]
async fn nothing_is_raised_a_moment_too_early() {
    let stage = Stage::set("2025-11-03", SENT).await;
    for instant in ["2025-11-06 09:00", "2025-11-11 00:00"] {
        let early = at(instant) - TimeDelta::microseconds(1);
        assert_eq!(stage.tick(early).await, service::TickReport::default(), "{instant}");
        assert_eq!(stage.tick(at(instant)).await.raised, 1, "{instant}");
    }
}

#[tokio::test]
async fn a_jump_of_three_days_over_a_reminder_sends_it_once() {
    let stage = Stage::set("2025-11-03", SENT).await;
    stage.tick(at("2025-11-05 10:00")).await;
    stage.tick(at("2025-11-08 10:00")).await;
    stage.tick(at("2025-11-09 10:00")).await;
    assert_eq!(stage.told("g").await["due_soon_dcc"], 2);
}

#[tokio::test]
async fn of_two_missed_reminders_only_the_last_is_sent() {
    let mut stage = Stage::set("2025-11-03", SENT).await;
    stage.then("  - act: { as: dana, case: g, take: acknowledge }\n").await;
    assert_eq!(stage.standing("g").await.1, [("findings".to_owned(), "2025-12-01".to_owned())]);
    stage.tick(at("2025-11-28 09:00")).await;
    assert_eq!(stage.told("g").await["due_soon_dcc"], 2);
    stage.tick(at("2025-12-01 23:59")).await;
    assert_eq!(stage.told("g").await["due_soon_dcc"], 2);
}

#[tokio::test]
async fn a_consultation_that_opens_and_closes_during_downtime_keeps_its_own_dates() {
    let steps = accepted(&[("g", "Clearer coverage answers")])
        + &consultation("autumn", &["g"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - down_until: 2025-12-11\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    let due = |clock: &str, date: &str| vec![(clock.to_owned(), date.to_owned())];
    assert_eq!(stage.standing("autumn").await, ("collating".to_owned(), due("collation", "2025-12-15")));
    assert_eq!(stage.standing("g").await, ("refinement".to_owned(), due("referral", "2025-12-22")));
    let history = service::history(stage.app(), &stage.reference("g")).await.unwrap();
    let events = history.iter().flat_map(|entry| entry.payload["events"].as_array().unwrap().clone());
    let started: Vec<(String, String)> = events
        .filter_map(|event| event.get("clock_started").cloned())
        .map(|event| (event["clock"].clone(), event["deadline"]["derivation"]["counted_from"].clone()))
        .map(|(clock, from)| (clock.as_str().unwrap().to_owned(), from.as_str().unwrap().to_owned()))
        .collect();
    let of = |name: &str| started.iter().find(|(clock, _)| clock == name).unwrap().1.clone();
    assert_eq!((of("consultation").as_str(), of("referral").as_str()), ("2025-11-17", "2025-12-08"));
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_response_after_the_close_is_late_although_the_close_has_not_been_noticed() {
    let steps = accepted(&[("g", "Clearer coverage answers")])
        + &consultation("autumn", &["g"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-12-05\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    let respond = |instant: &str| {
        let (now, reference) = (at(instant), stage.reference("autumn"));
        let stage = &stage;
        async move {
            let raw = serde_json::from_value(json!({ "answers": { "Q1": { "answer": "Yes" } } })).unwrap();
            service::submit_response(stage.app(), &Call::new(&person("mei"), now), &reference, &raw).await.unwrap()
        }
    };
    assert!(!respond("2025-12-08 16:59").await.late);
    assert!(respond("2025-12-08 17:00").await.late);
    assert_eq!(stage.case("g").await.state.name, "refinement");
}

#[tokio::test]
async fn a_case_that_cannot_be_dealt_with_does_not_hold_up_the_others() {
    let stage = end_of_the_calendar().await;
    let before = stage.standing("last").await;
    let close = at("2030-12-30 17:00");
    let report = stage.tick(close).await;
    let failed: Vec<&str> = report.failed.iter().map(|(case, _)| case.as_str()).collect();
    assert_eq!(failed, [stage.reference("last").to_lowercase()]);
    assert!(report.failed.iter().all(|(_, why)| why.contains("2030")), "{:?}", report.failed);
    assert_eq!(stage.told("other").await["due_soon_dcc"], 2);
    assert_eq!(stage.standing("last").await, before);
    assert_eq!(stage.proof().await.differing, Vec::<String>::new());
}

#[tokio::test]
async fn a_case_that_could_not_be_dealt_with_is_tried_again_after_an_hour() {
    let stage = end_of_the_calendar().await;
    let close = at("2030-12-30 17:00");
    let tried = |minutes| {
        let stage = &stage;
        async move { stage.tick(close + TimeDelta::minutes(minutes)).await.failed.len() }
    };
    assert_eq!((tried(0).await, tried(1).await, tried(59).await, tried(60).await), (1, 0, 0, 1));
    let (json, now) = (with_year_2031(&stage).await, close + TimeDelta::minutes(70));
    import(&stage, now, "with 2031", &json).await.unwrap();
    super::editions::adopt(&stage, now, "with 2031", quorate::workflow::EditionChoice::Move, &[]).await.unwrap();
    let report = stage.tick(now).await;
    assert_eq!((report.failed, report.cases.len()), (vec![], 1));
    let due = vec![("collation".to_owned(), "2031-01-07".to_owned())];
    assert_eq!(stage.standing("last").await, ("collating".to_owned(), due));
}

/// A consultation that closes on the last Working Day but one of the years known, so that nothing after it can be
/// counted; beside it another SIP, of which DCC is to be reminded.
pub(super) async fn end_of_the_calendar() -> Stage {
    let steps = accepted(&[("g", "Clearer coverage answers")])
        + &consultation("last", &["g"])
        + "  - on: 2030-12-03\n"
        + &issued("last", "2030-12-04", "2030-12-30").replace("2026", "2030")
        + "  - on: 2030-12-20\n"
        + "  - submit: { as: tom, call_it: other, form: sip-g }\n";
    Stage::set("2030-11-25", &steps).await
}

#[tokio::test]
async fn what_falls_due_next_is_known_to_the_instant() {
    let stage = Stage::set("2025-11-03", "").await;
    let next = || service::next_due_at(stage.app());
    assert_eq!(next().await.unwrap(), Some(at("2026-10-05 09:00")), "the review of the terms of reference");
    let stage = Stage::set("2025-11-03", SENT).await;
    let next = || service::next_due_at(stage.app());
    for instant in ["2025-11-06 09:00", "2025-11-11 00:00"] {
        assert_eq!(next().await.unwrap(), Some(at(instant)));
        stage.tick(at(instant)).await;
    }
    assert_eq!(next().await.unwrap(), Some(at("2026-10-05 09:00")), "the review of the terms of reference");
}
