//! Notices are sent once, tried again when they fail, and given up visibly.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use quorate::notify::{Composer, Outbox, Transport};
use quorate::service::SendReport;

use super::*;

const SENT: &str = "  - submit: { as: priya, call_it: g, form: sip-g }\n";

pub(super) fn outbox(transport: Transport) -> Outbox {
    let composer = Composer::new("Quorate", "quorate@secas.example").unwrap();
    Outbox { composer, transport, bounces: None }
}

async fn send(app: &App, outbox: &Outbox, now: DateTime<Utc>) -> SendReport {
    service::send_due(app, outbox, now).await.unwrap()
}

fn report(sent: usize, failed: usize) -> SendReport {
    SendReport { sent, failed }
}

/// A transport that cannot deliver: its directory is a file.
fn broken(stage: &Stage) -> Outbox {
    outbox(Transport::Directory(stage.folder.path().join("quorate.db")))
}

async fn statuses(stage: &Stage) -> Vec<(String, String, i64)> {
    let notices = stage.notices("g").await.into_iter();
    notices.map(|notice| (notice.recipient, notice.status.as_str().to_owned(), notice.attempts)).collect()
}

#[tokio::test]
async fn each_notice_is_sent_once() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let mail = outbox(Transport::memory());
    assert_eq!(send(stage.app(), &mail, stage.now()).await, report(3, 0));
    assert_eq!(send(stage.app(), &mail, stage.now() + TimeDelta::days(9)).await, report(0, 0));
    assert_eq!(mail.transport.kept().len(), 3);
    let sent = |who: &str| (who.to_owned(), "sent".to_owned(), 1);
    assert_eq!(statuses(&stage).await, ["dana", "euan", "priya"].map(sent));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_senders_at_once_send_each_notice_once() {
    let steps = accepted(&[("a", "First"), ("b", "Second")])
        + &consultation("autumn", &["a", "b"])
        + &issued("autumn", "2025-11-17", "2025-12-08")
        + "  - on: 2025-12-09\n";
    let stage = Stage::set("2025-11-03", &steps).await;
    let mail = Arc::new(outbox(Transport::memory()));
    let mut senders = Vec::new();
    for _ in 0..2 {
        let (node, mail, now) = (stage.node().await, mail.clone(), stage.now());
        senders.push(tokio::spawn(async move { send(&node, &mail, now).await }));
    }
    let mut sent = 0;
    for sender in senders {
        let report = sender.await.unwrap();
        assert_eq!(report.failed, 0);
        sent += report.sent;
    }
    let kept: Vec<String> =
        mail.transport.kept().into_iter().map(|bytes| message_id(&String::from_utf8(bytes).unwrap())).collect();
    assert!(sent > 40, "{sent}");
    assert_eq!(kept.len(), sent);
    assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), sent);
}

fn message_id(message: &str) -> String {
    message.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned()
}

#[tokio::test]
async fn what_failed_is_tried_again_later_each_time_after_a_longer_while() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let (mut now, moment) = (stage.now(), TimeDelta::microseconds(1));
    assert_eq!(send(stage.app(), &broken(&stage), now).await, report(0, 3));
    for minutes in [5, 10, 20] {
        now += TimeDelta::minutes(minutes);
        assert_eq!(send(stage.app(), &broken(&stage), now - moment).await, report(0, 0), "{minutes}");
        now += TimeDelta::minutes(minutes) / 5;
        assert_eq!(send(stage.app(), &broken(&stage), now).await, report(0, 3), "{minutes}");
    }
    let mail = outbox(Transport::memory());
    assert_eq!(send(stage.app(), &mail, now + TimeDelta::minutes(48)).await, report(3, 0));
    assert_eq!(statuses(&stage).await[0], ("dana".to_owned(), "sent".to_owned(), 5));
}

#[tokio::test]
async fn what_fails_for_days_is_given_up_with_the_reason() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let mut now = stage.now();
    for _ in 0..12 {
        send(stage.app(), &broken(&stage), now).await;
        now += TimeDelta::hours(15);
    }
    assert_eq!(send(stage.app(), &outbox(Transport::memory()), now).await, report(0, 0));
    for notice in stage.notices("g").await {
        assert_eq!((notice.status.as_str(), notice.attempts, notice.next_at), ("failed", 12, None));
        assert!(notice.answer.unwrap().contains("quorate.db"));
    }
}

#[tokio::test]
async fn a_recipient_who_has_gone_fails_visibly_and_alone() {
    let stage = Stage::set("2025-11-03", SENT).await;
    stage.tamper("DELETE FROM people WHERE id = 'euan'").await;
    assert_eq!(send(stage.app(), &outbox(Transport::memory()), stage.now()).await, report(2, 1));
    let seen = service::notices_seen(stage.app(), &person("sofia"), &stage.reference("g")).await.unwrap();
    let failed: Vec<_> = seen.into_iter().filter(|notice| notice.status == "failed").collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].recipient, "euan");
    assert_eq!(failed[0].answer.as_deref(), Some("the recipient is no longer in the directory"));
}

#[tokio::test]
async fn what_a_sender_claimed_and_never_settled_is_sent_by_the_next_under_the_same_message_id() {
    let stage = Stage::set("2025-11-03", SENT).await;
    let mail = outbox(Transport::memory());
    send(stage.app(), &mail, stage.now()).await;
    let lease = (stage.now() + TimeDelta::minutes(5)).timestamp_micros();
    stage.tamper(&format!("UPDATE notices SET status = 'claimed', settled_at = NULL, next_at = {lease}")).await;
    assert_eq!(send(stage.app(), &mail, stage.now() + TimeDelta::minutes(4)).await, report(0, 0));
    assert_eq!(send(stage.app(), &mail, stage.now() + TimeDelta::minutes(5)).await, report(3, 0));
    let mut kept: Vec<String> =
        mail.transport.kept().into_iter().map(|bytes| message_id(&String::from_utf8(bytes).unwrap())).collect();
    kept.sort();
    assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), 3);
    assert_eq!(kept.chunks(2).filter(|twice| twice[0] == twice[1]).count(), 3, "{kept:?}");
    let doubtful = stage.notices("g").await.iter().map(|notice| notice.doubtful).collect::<Vec<_>>();
    assert_eq!(doubtful, [1, 1, 1], "the record counts that each may have been delivered twice");
}
