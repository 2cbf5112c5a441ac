//! How many messages a second are handed to a real mail server on this machine, and how long it takes to queue many.
//!
//! The server is Debian's python3-aiosmtpd, which writes each message to a file: it, and not the transport, is soon the
//! slower of the two. A transport that waits for acknowledgements shows as some 24 messages a second and connection.
#![expect(clippy::disallowed_methods, reason = "measuring is what this does")]
#![expect(clippy::print_stdout, reason = "the result is printed")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot run should stop")]

mod queue;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use quorate::notify::{Delivery, ReturnPath, SmtpSettings, Transport};

const MESSAGES: usize = 1_000;

/// Prints the figures.
pub(crate) fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(queue::run());
    for connections in [1, 4] {
        let folder = tempfile::tempdir().unwrap();
        let (mut server, port) = start(folder.path());
        let mut settings: SmtpSettings = format!("smtp://127.0.0.1:{port}").parse().unwrap();
        settings.connections = connections;
        let transport = Arc::new(Transport::smtp(settings).unwrap());
        let begun = Instant::now();
        runtime.block_on(send_all(&transport));
        let rate = f64::from(u32::try_from(MESSAGES).unwrap()) / begun.elapsed().as_secs_f64();
        println!("mail: {MESSAGES} messages over {connections} connection(s): {rate:.0} a second");
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

fn start(folder: &Path) -> (Child, u16) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/server.py");
    let mut command = Command::new("/usr/bin/python3");
    command.args(["-W", "ignore"]).arg(script).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (child, port.trim().parse().unwrap())
}

async fn send_all(transport: &Arc<Transport>) {
    let sending: Vec<_> = (0..MESSAGES)
        .map(|number| {
            let transport = Arc::clone(transport);
            tokio::spawn(async move { send(&transport, number).await })
        })
        .collect();
    for sent in sending {
        assert!(matches!(sent.await.unwrap(), Delivery::Accepted(_)), "the server takes every message");
    }
}

async fn send(transport: &Transport, number: usize) -> Delivery {
    let message = lettre::Message::builder()
        .from("no-reply@quorate.example".parse().unwrap())
        .to("priya@supplier.example".parse().unwrap())
        .subject("SIP-0042 has been accepted")
        .message_id(Some(format!("<n{number}@quorate.example>")));
    let message = message.body("It is now in the backlog.\r\n".repeat(40)).unwrap();
    transport.send(&format!("n{number}"), &ReturnPath::none(), &message).await
}
