//! Mail goes out: what each answer of a mail server says about a message, and what arrives.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that meets what it does not expect has failed")]
#![expect(clippy::disallowed_methods, reason = "a test reads and writes the files of its own servers")]

use std::time::Duration;

use lettre::Message;
use quorate::notify::{Delivery, ReturnPath, SmtpSettings, Transport};

mod arrival;
mod bounces;
mod certificate;
mod crashes;
mod dovecot;
mod faulty;
mod hostile;
mod inbox;
mod outcomes;
mod pool;
mod real;
mod settings;
mod sign_in;

use faulty::Faulty;

/// How long a server is waited for that will not answer: enough for a busy machine to come that far.
const PATIENCE: Duration = Duration::from_secs(3);

fn settings(url: &str) -> SmtpSettings {
    url.parse().unwrap()
}

fn plain(server: &Faulty) -> Transport {
    Transport::smtp(settings(&format!("smtp://{}", server.address))).unwrap()
}

fn message(id: &str) -> Message {
    let message = Message::builder()
        .from("Quorate <no-reply@quorate.example>".parse().unwrap())
        .to("Priya Shah <priya@supplier.example>".parse().unwrap())
        .subject("SIP-0042 has been accepted")
        .message_id(Some(format!("<{id}@quorate.example>")));
    message.body("It is now in the backlog.\r\n".to_owned()).unwrap()
}

fn return_path(id: &str) -> ReturnPath {
    format!("bounces+{id}@quorate.example").parse().unwrap()
}

async fn send(transport: &Transport, id: &str) -> Delivery {
    transport.send(id, &return_path(id), &message(id)).await
}

/// Which of the four it is, and why.
fn parts(delivery: &Delivery) -> (&'static str, &str) {
    match delivery {
        Delivery::Accepted(why) => ("accepted", why),
        Delivery::TryAgain(why) => ("try again", why),
        Delivery::Refused(why) => ("refused", why),
        Delivery::Unknown(why) => ("unknown", why),
    }
}
