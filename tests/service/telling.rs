//! People are told the way they chose, once, and of every deadline that is another than the one they know.

use chrono::{NaiveDate, TimeDelta};
use mail_parser::{MessageParser, MimeHeaders};
use quorate::notice::{Away, Invitations, Pace, Preferences, Topic};
use quorate::notify::Transport;

use super::notices::outbox;
use super::*;

const SENT: &str = "  - submit: { as: priya, call_it: g, form: sip-g }\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn choose(stage: &Stage, who: &str, chosen: Preferences) {
    let actor = person(who);
    service::set_preferences(stage.app(), &Call::new(&actor, stage.now()), chosen).await.unwrap();
}

fn of_topic(topic: Topic, pace: Pace) -> Preferences {
    Preferences { topics: [(topic, pace)].into(), ..Preferences::default() }
}

/// A message as it went out: to whom, its subject, and what it does to a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Went {
    to: String,
    subject: String,
    text: String,
    calendar: Option<String>,
}

/// What goes out at an instant.
async fn went(stage: &Stage, at: DateTime<Utc>) -> Vec<Went> {
    let mail = outbox(Transport::memory());
    let report = service::send_due(stage.app(), &mail, at).await.unwrap();
    assert_eq!(report.failed, 0);
    mail.transport.kept().iter().map(|raw| read(raw)).collect()
}

fn read(raw: &[u8]) -> Went {
    let message = MessageParser::default().parse(raw).unwrap();
    let calendar = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| kind.subtype() == Some("calendar"))
    });
    Went {
        to: message.to().unwrap().first().unwrap().address().unwrap().split('.').next().unwrap().to_owned(),
        subject: message.subject().unwrap().to_owned(),
        text: message.body_text(0).unwrap().into_owned(),
        calendar: calendar.map(|part| part.text_contents().unwrap().replace("\r\n ", "")),
    }
}

fn to<'a>(went: &'a [Went], who: &str) -> Vec<&'a Went> {
    went.iter().filter(|message| message.to == who).collect()
}

#[tokio::test]
async fn whoever_was_told_a_deadline_is_told_when_it_moves_whoever_else_the_process_tells() {
    let mut stage = Stage::set("2025-11-03", SENT).await;
    went(&stage, stage.now()).await;
    let extend = "  - extend: { as: dana, case: g, clock: acknowledgement, to: 2025-11-14, reason: We are moving house. }\n";
    stage.then(extend).await;
    let told = went(&stage, stage.now()).await;
    for who in ["dana", "euan", "priya"] {
        let theirs = to(&told, who);
        assert_eq!(theirs.len(), 1, "{who}: {theirs:?}");
        assert!(theirs[0].text.contains("14 November 2025"), "{}", theirs[0].text);
    }
    assert!(to(&told, "euan")[0].text.contains("It was due by: the end of Monday 10 November 2025"));
    assert!(to(&told, "euan")[0].text.contains("We are moving house"));
    assert_eq!(went(&stage, stage.now() + TimeDelta::days(30)).await, []);
}

#[tokio::test]
async fn whoever_has_a_turn_is_invited_and_the_invitation_moves_and_goes_away_with_the_deadline() {
    let mut stage = Stage::set("2025-11-03", SENT).await;
    let first = went(&stage, stage.now()).await;
    let invited = to(&first, "dana")[0].calendar.clone().unwrap();
    assert!(invited.contains("METHOD:REQUEST") && invited.contains("SEQUENCE:0"), "{invited}");
    assert!(invited.contains("DTSTART;VALUE=DATE:20251110"), "{invited}");
    assert_eq!(to(&first, "priya")[0].calendar, None, "it is not her turn");
    stage.then("  - extend: { as: dana, case: g, clock: acknowledgement, to: 2025-11-14, reason: A fire drill. }\n").await;
    let moved = went(&stage, stage.now()).await;
    let again = to(&moved, "dana")[0].calendar.clone().unwrap();
    assert!(again.contains("SEQUENCE:1") && again.contains("DTSTART;VALUE=DATE:20251114"), "{again}");
    let uid = |text: &str| text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&invited), uid(&again));
    stage.then("  - act: { as: dana, case: g, take: acknowledge }\n").await;
    let over = went(&stage, stage.now()).await;
    let cancelled: Vec<_> = to(&over, "dana").into_iter().filter_map(|message| message.calendar.as_deref()).collect();
    assert!(cancelled.iter().any(|text| text.contains("METHOD:CANCEL") && uid(text) == uid(&invited)), "{over:?}");
}

#[tokio::test]
async fn whoever_wants_no_invitations_gets_none() {
    let stage = Stage::set("2025-11-03", "").await;
    choose(&stage, "dana", Preferences { invitations: Invitations::Unwanted, ..Preferences::default() }).await;
    let mut stage = stage;
    stage.then(SENT).await;
    let sent = went(&stage, stage.now()).await;
    assert_eq!(to(&sent, "dana")[0].calendar, None);
    assert!(to(&sent, "euan")[0].calendar.is_some());
}

#[tokio::test]
async fn a_digest_gathers_what_may_wait_and_what_the_process_requires_does_not() {
    let stage = Stage::set("2025-11-03", "").await;
    choose(&stage, "priya", of_topic(Topic::Sips, Pace::Daily)).await;
    let mut stage = stage;
    stage.then(SENT).await;
    stage.then("  - act: { as: dana, case: g, take: acknowledge }\n").await;
    let at_once = to(&went(&stage, stage.now()).await, "priya").len();
    let kept = stage.notices("g").await;
    let waiting = kept.iter().filter(|notice| notice.recipient == "priya" && notice.status.as_str() == "queued").count();
    let all = kept.iter().filter(|notice| notice.recipient == "priya").count();
    assert_eq!(at_once + waiting, all);
    let morning = london_instant(day("2025-11-04"), NaiveTime::from_hms_opt(8, 0, 0).unwrap());
    assert_eq!(to(&went(&stage, morning - TimeDelta::minutes(1)).await, "priya").len(), 0);
    let digests = went(&stage, morning).await;
    assert_eq!(to(&digests, "priya").len(), usize::from(waiting > 0));
    assert_eq!(went(&stage, morning + TimeDelta::days(3)).await, []);
}

#[tokio::test]
async fn while_somebody_is_away_a_colleague_is_told() {
    let stage = Stage::set("2025-11-03", "").await;
    let away = Away { from: day("2025-11-03"), until: day("2025-11-07"), substitute: "euan".to_owned() };
    choose(&stage, "dana", Preferences { away: Some(away), ..Preferences::default() }).await;
    let mut stage = stage;
    stage.then(SENT).await;
    let sent = went(&stage, stage.now()).await;
    let euan = to(&sent, "euan");
    assert_eq!(euan.len(), 1, "told once, for himself and for her: {euan:?}");
    let statutory = stage.notices("g").await.iter().any(|notice| notice.recipient == "dana");
    assert_eq!(to(&sent, "dana").len(), usize::from(statutory));
}

#[tokio::test]
async fn nobody_stands_in_from_another_organisation_or_for_themselves() {
    let stage = Stage::set("2025-11-03", "").await;
    let actor = person("dana");
    for (substitute, why) in [("priya", "nobody of your organisation"), ("dana", "somebody else")] {
        let away = Away { from: day("2025-11-03"), until: day("2025-11-07"), substitute: substitute.to_owned() };
        let chosen = Preferences { away: Some(away), ..Preferences::default() };
        let refused = service::set_preferences(stage.app(), &Call::new(&actor, stage.now()), chosen).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
}

#[tokio::test]
async fn a_link_in_an_optional_notice_stops_its_kind_and_no_other() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let links: Vec<String> = stage.notices("g").await.iter().filter_map(unsubscribe).collect();
    let statutory = stage.notices("g").await.into_iter().find(|notice| unsubscribe(notice).is_none());
    for link in &links {
        let mut parts = link.rsplit('/');
        let (topic, token) = (parts.next().unwrap().parse().unwrap(), parts.next().unwrap());
        let seen = service::stop_topic(stage.app(), token, topic).await.unwrap();
        assert_eq!(seen.chosen.pace(topic), Pace::Never);
        assert_eq!(seen.chosen.topics.len(), 1);
    }
    assert!(!links.is_empty() || statutory.is_some());
    assert!(service::stop_topic(stage.app(), "0000", Topic::Sips).await.is_err());
}

fn unsubscribe(notice: &NoticeRecord) -> Option<String> {
    notice.body.get("unsubscribe").and_then(Value::as_str).map(str::to_owned)
}
