//! The table: what happened at which stage, and what that says about the message.

use std::thread;

use quorate::notify::{Delivery, Transport};

use super::faulty::{At, Does, Faulty, Script};
use super::{PATIENCE, parts, plain, send, settings};

/// Sends one message to a server that always does this there.
async fn outcome(at: At, does: Does) -> (Faulty, Delivery) {
    let server = Script::default().always(at, does).start();
    let mut settings = settings(&format!("smtp://{}", server.address));
    if matches!(does, Does::Hangs) {
        settings.timeout = PATIENCE;
    }
    let delivery = send(&Transport::smtp(settings).unwrap(), "n1").await;
    (server, delivery)
}

/// One row: the outcome, what its reason says, and how many messages the server has kept.
async fn assert_row(at: At, does: Does, expected: &str, says: &str, kept: usize) {
    let (server, delivery) = outcome(at, does).await;
    let (found, why) = parts(&delivery);
    let row = format!("{at:?} {does:?}: {found}: {why}");
    assert_eq!(found, expected, "{row}");
    assert!(why.contains(says), "{row}: does not say {says:?}");
    assert_eq!(server.taken().len(), kept, "{row}");
}

#[tokio::test]
async fn a_message_that_is_taken_is_recorded_with_the_answer_of_the_server() {
    let server = Script::default().start();
    let delivery = send(&plain(&server), "n1").await;
    assert_eq!(delivery, Delivery::Accepted("250 2.0.0 queued as 1".to_owned()));
    let taken = server.taken();
    assert_eq!(taken[0].from, "bounces+n1@quorate.example");
    assert_eq!(taken[0].to, ["priya@supplier.example"]);
}

#[tokio::test]
async fn a_passing_refusal_at_any_stage_is_tried_again() {
    let busy = Does::Says("451 4.3.0 busy");
    for at in [At::Greeting, At::Hello, At::Sender, At::Recipient, At::Data, At::Dot] {
        assert_row(at, busy, "try again", "451 4.3.0 busy", 0).await;
    }
}

#[tokio::test]
async fn a_server_that_is_closing_is_tried_again() {
    let closing = Does::Says("421 4.3.2 shutting down");
    for at in [At::Greeting, At::Hello, At::Sender, At::Recipient, At::Data, At::Dot] {
        assert_row(at, closing, "try again", "421 4.3.2 shutting down", 0).await;
    }
}

#[tokio::test]
async fn a_lasting_refusal_of_the_recipient_or_the_message_is_final() {
    let rows = [
        (At::Recipient, "550 5.1.1 no such user", "takes no mail for this recipient: 550 5.1.1 no such user"),
        (At::Data, "554 5.5.1 no valid recipients", "does not take this message: 554"),
        (At::Dot, "554 5.6.0 looks like spam", "does not take this message: 554 5.6.0 looks like spam"),
        (At::Sender, "552 5.3.4 too large", "552 5.3.4 too large"),
    ];
    for (at, answer, says) in rows {
        assert_row(at, Does::Says(answer), "refused", says, 0).await;
    }
}

#[tokio::test]
async fn a_lasting_refusal_that_is_about_us_is_no_fault_of_the_recipient() {
    let rows = [
        (At::Greeting, "554 5.7.1 your address is on a list", "turned us away: 554 5.7.1"),
        (At::Hello, "550 5.7.1 not by that name", "turned us away: 550 5.7.1"),
        (At::Sender, "550 5.7.1 not from that address", "takes no mail from our address: 550"),
        (At::Sender, "530 5.7.0 sign in first", "530 5.7.0 sign in first"),
        (At::Recipient, "530 5.7.0 sign in first", "530 5.7.0 sign in first"),
        (At::Data, "538 5.7.11 encrypt first", "538 5.7.11 encrypt first"),
    ];
    for (at, answer, says) in rows {
        assert_row(at, Does::Says(answer), "try again", says, 0).await;
    }
}

#[tokio::test]
async fn a_connection_lost_before_the_final_dot_is_tried_again() {
    for at in [At::Greeting, At::Hello] {
        assert_row(at, Does::Drops, "try again", "gave no greeting", 0).await;
    }
    for at in [At::Sender, At::Recipient, At::Data] {
        assert_row(at, Does::Drops, "try again", "was lost before it had the message", 0).await;
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_final_dot_leaves_us_not_knowing() {
    assert_row(At::Dot, Does::Drops, "unknown", "was given the whole message and did not answer", 1).await;
}

/// Each waits for its time-out, so they wait together.
#[test]
fn a_server_that_says_no_more_is_given_up() {
    let rows = [
        (At::Greeting, "try again", 0),
        (At::Hello, "try again", 0),
        (At::Sender, "try again", 0),
        (At::Recipient, "try again", 0),
        (At::Data, "try again", 0),
        (At::Dot, "unknown", 1),
    ];
    let waiting: Vec<_> = rows
        .into_iter()
        .map(|(at, expected, kept)| {
            thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(assert_row(at, Does::Hangs, expected, "nothing came within 3 seconds", kept));
            })
        })
        .collect();
    for row in waiting {
        row.join().unwrap();
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_given_up() {
    for (at, expected) in [(At::Greeting, "try again"), (At::Recipient, "try again"), (At::Dot, "unknown")] {
        let (_, delivery) = outcome(at, Does::Babbles).await;
        assert_eq!(parts(&delivery).0, expected, "{at:?}: {delivery:?}");
    }
}

#[tokio::test]
async fn an_answer_that_comes_byte_by_byte_is_understood() {
    let stages = [At::Greeting, At::Hello, At::Sender, At::Recipient, At::Data, At::Dot];
    let slow = stages.into_iter().fold(Script::default(), |script, at| script.always(at, Does::Crawls)).start();
    assert_eq!(parts(&send(&plain(&slow), "n1").await).0, "accepted");
    assert_eq!(slow.ids()["n1@quorate.example"], 1);
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_not_taken_for_a_yes() {
    let rows = [
        (At::Greeting, "hello", "try again"),
        (At::Sender, "25", "try again"),
        (At::Data, "250 what message?", "try again"),
        (At::Dot, "thanks", "unknown"),
        (At::Dot, "354 more please", "unknown"),
        (At::Hello, "250- \r\n250- \r\n250 faulty", "try again"),
    ];
    for (at, answer, expected) in rows {
        let (server, delivery) = outcome(at, Does::Says(answer)).await;
        assert_eq!(parts(&delivery).0, expected, "{at:?} {answer:?}: {delivery:?}");
        assert!(!server.said().iter().any(|line| line.contains("backlog")), "the message was said as a command");
    }
}

#[tokio::test]
async fn an_answer_becomes_one_line_of_the_record() {
    let answer = "550-5.1.1 no such user,\r\n550-5.1.1 \x1b[31mask\x07\r\n550 5.1.1 the postmaster";
    let (_, delivery) = outcome(At::Recipient, Does::Says(answer)).await;
    let (_, why) = parts(&delivery);
    assert!(why.contains("no such user") && why.ends_with("the postmaster"), "{why}");
    assert!(!why.contains(char::is_control), "{why:?}");
}

#[tokio::test]
async fn a_large_message_cut_off_on_its_way_is_tried_again() {
    let server = Script::default().always(At::Text, Does::Drops).start();
    let body = "It is now in the backlog.\r\n".repeat(800_000);
    let message = lettre::Message::builder()
        .from("no-reply@quorate.example".parse().unwrap())
        .to("priya@supplier.example".parse().unwrap());
    let message = message.body(body).unwrap();
    let delivery = plain(&server).send("n1", &super::return_path("n1"), &message).await;
    assert_eq!(parts(&delivery).0, "try again", "{delivery:?}");
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn greylisting_costs_one_more_attempt() {
    let server = Script::default().fault(At::Recipient, Does::Says("450 4.2.0 come back later"), 1).start();
    let transport = plain(&server);
    assert_eq!(parts(&send(&transport, "n1").await).0, "try again");
    assert_eq!(parts(&send(&transport, "n1").await).0, "accepted");
    assert_eq!(server.ids().into_values().collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn a_message_sent_again_after_no_answer_carries_the_same_id() {
    let server = Script::default().fault(At::Dot, Does::Drops, 1).start();
    let transport = plain(&server);
    assert_eq!(parts(&send(&transport, "n1").await).0, "unknown");
    assert_eq!(parts(&send(&transport, "n1").await).0, "accepted");
    assert_eq!(server.ids()["n1@quorate.example"], 2);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, says) in [
        (format!("smtp://{free}"), "cannot be reached: Connection refused"),
        ("smtp://no-such-host.invalid:25?tls=none".to_owned(), "no-such-host.invalid:25 cannot be reached"),
    ] {
        let transport = Transport::smtp(settings(&url)).unwrap();
        let delivery = send(&transport, "n1").await;
        let (found, why) = parts(&delivery);
        assert_eq!(found, "try again", "{why}");
        assert!(why.contains(says), "{why}");
        assert_eq!(transport.check().await.unwrap_err().to_string(), why);
    }
}
