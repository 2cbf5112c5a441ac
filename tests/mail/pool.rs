//! Connections are kept for the next message, and replaced when they are gone.

use std::sync::Arc;

use quorate::notify::Transport;

use super::faulty::{At, Does, Script};
use super::real::RealServer;
use super::{parts, plain, send, settings};

#[tokio::test]
async fn messages_share_a_connection() {
    let server = Script::default().start();
    let transport = plain(&server);
    for id in ["n1", "n2", "n3"] {
        assert_eq!(parts(&send(&transport, id).await).0, "accepted");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_closed_while_idle_costs_no_message() {
    let server = Script::default().start();
    let transport = plain(&server);
    for id in ["n1", "n2", "n3"] {
        assert_eq!(parts(&send(&transport, id).await).0, "accepted", "{id}");
        server.hang_up();
    }
    assert_eq!(server.connections(), 3);
    assert!(server.ids().into_values().all(|times| times == 1));
}

#[tokio::test]
async fn a_connection_that_takes_leave_when_used_again_costs_no_message() {
    let server = Script::default()
        .fault(At::Sender, Does::Crawls, 1)
        .fault(At::Sender, Does::Says("421 4.4.2 idle too long"), 1)
        .start();
    let transport = plain(&server);
    for id in ["n1", "n2"] {
        assert_eq!(parts(&send(&transport, id).await).0, "accepted", "{id}");
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_to_the_next() {
    let server = Script::default().fault(At::Recipient, Does::Says("550 5.1.1 no such user"), 1).start();
    let transport = plain(&server);
    assert_eq!(parts(&send(&transport, "n1").await).0, "refused");
    assert_eq!(parts(&send(&transport, "n2").await).0, "accepted");
    assert_eq!(server.connections(), 1);
    assert!(server.said().contains(&"RSET".to_owned()));
}

#[tokio::test]
async fn a_connection_that_forgets_nothing_is_not_used_again() {
    let server = Script::default()
        .fault(At::Recipient, Does::Says("550 5.1.1 no such user"), 1)
        .always(At::Reset, Does::Says("500 what?"))
        .start();
    let transport = plain(&server);
    assert_eq!(parts(&send(&transport, "n1").await).0, "refused");
    assert_eq!(parts(&send(&transport, "n2").await).0, "accepted");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn closing_takes_leave_of_the_server() {
    let server = Script::default().start();
    let transport = plain(&server);
    assert_eq!(parts(&send(&transport, "n1").await).0, "accepted");
    transport.close().await;
    assert_eq!(server.said().last().unwrap(), "QUIT");
    assert_eq!(parts(&send(&transport, "n2").await).0, "accepted");
    assert_eq!(server.connections(), 2);
}

/// Sends so many messages at the same time.
async fn send_all(transport: &Arc<Transport>, count: usize) {
    let sending: Vec<_> = (0..count)
        .map(|number| {
            let transport = Arc::clone(transport);
            tokio::spawn(async move { send(&transport, &format!("n{number}")).await })
        })
        .collect();
    for sent in sending {
        let delivery = sent.await.unwrap();
        assert_eq!(parts(&delivery).0, "accepted", "{delivery:?}");
    }
}

#[tokio::test]
async fn no_more_connections_are_used_than_the_settings_say() {
    let server = Script::default().start();
    let mut settings = settings(&format!("smtp://{}", server.address));
    settings.connections = 3;
    send_all(&Arc::new(Transport::smtp(settings).unwrap()), 60).await;
    assert!(server.connections() <= 3, "{} connections", server.connections());
    assert_eq!(server.ids().len(), 60);
    assert!(server.ids().into_values().all(|times| times == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_messages_reach_a_real_server_once_each() {
    let server = RealServer::start();
    let settings = settings(&format!("smtp://127.0.0.1:{}", server.port));
    send_all(&Arc::new(Transport::smtp(settings).unwrap()), 200).await;
    let received = server.received();
    let senders: std::collections::BTreeSet<_> = received.iter().map(|taken| taken.from.clone()).collect();
    assert_eq!((received.len(), senders.len()), (200, 200));
}
