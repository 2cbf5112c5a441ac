//! How handing over a message fails, and what that says about the message.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use lettre::transport::smtp;

use crate::notify::server::recorded;
use crate::notify::transport::Delivery;

/// How far handing over had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// The name of the server is looked up and a connection made.
    Reach,
    /// The server greets us and we greet it.
    Greet,
    /// The connection is encrypted.
    Encrypt,
    /// We sign in.
    SignIn,
    /// We say where the message comes from.
    Sender,
    /// We say where the message goes.
    Recipient,
    /// We say that the message follows.
    Announce,
    /// The message is on its way.
    Text,
    /// The final dot is on its way; the server may act on it from now on.
    Dot,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// The server said no, with this code (RFC 5321, section 4.2).
    Reply(u16, String),
    /// The connection broke, could not be made, or what came over it could not be understood.
    Broken(String),
    /// Nothing came within this time.
    Silence(Duration),
    /// The server cannot carry this message.
    Unfit(&'static str),
}

/// A message that was not handed over, or not for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) server: String,
    pub(super) stage: Stage,
    pub(super) cause: Cause,
}

/// The server is closing the connection, whatever was asked.
const CLOSING: u16 = 421;

/// The message is larger than the server takes.
const TOO_LARGE: u16 = 552;

/// We should have signed in or encrypted, or did so in a way the server does not take (RFC 4954, section 6).
const SIGN_IN: [u16; 4] = [530, 534, 535, 538];

impl Cause {
    fn is_permanent(&self) -> bool {
        matches!(self, Self::Reply(500..=599, _))
    }

    fn is_reply(&self, codes: &[u16]) -> bool {
        matches!(self, Self::Reply(code, _) if codes.contains(code))
    }
}

impl From<smtp::Error> for Cause {
    fn from(error: smtp::Error) -> Self {
        let why = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        match error.status() {
            Some(code) => Self::Reply(code.into(), why),
            None => Self::Broken(why),
        }
    }
}

impl Fault {
    /// What this says about the message. A lasting refusal of the recipient or the message is final; one of our sign-in,
    /// our encryption or our own address is for us to mend, after which the same message can be taken.
    pub(super) fn delivery(&self) -> Delivery {
        let why = recorded(&self.to_string());
        let ours = self.cause.is_reply(&SIGN_IN);
        let final_reply = self.cause.is_permanent() && !ours;
        match self.stage {
            Stage::Dot if !matches!(self.cause, Cause::Reply(..)) => Delivery::Unknown(why),
            Stage::Recipient | Stage::Announce | Stage::Dot if final_reply => Delivery::Refused(why),
            Stage::Sender if self.cause.is_reply(&[TOO_LARGE]) => Delivery::Refused(why),
            _ if matches!(self.cause, Cause::Unfit(_)) => Delivery::Refused(why),
            _ => Delivery::TryAgain(why),
        }
    }

    /// Whether a connection that was kept turned out to be gone, with nothing said about the message yet.
    pub(super) fn is_stale(&self) -> bool {
        let gone = matches!(self.cause, Cause::Broken(_)) || self.cause.is_reply(&[CLOSING]);
        self.stage == Stage::Sender && gone
    }

    /// Whether the connection can carry another message: the server answered, and goes on listening.
    pub(super) fn leaves_connection(&self) -> bool {
        let answered = matches!(self.cause, Cause::Reply(..)) && !self.cause.is_reply(&[CLOSING]);
        matches!(self.cause, Cause::Unfit(_)) || (answered && self.stage >= Stage::Sender)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { server, stage, cause } = self;
        let answered = matches!(cause, Cause::Reply(..) | Cause::Unfit(_));
        match stage {
            Stage::Reach => write!(f, "{server} cannot be reached: {cause}"),
            Stage::Greet if answered => write!(f, "{server} turned us away: {cause}"),
            Stage::Greet => write!(f, "{server} gave no greeting: {cause}"),
            Stage::Encrypt => write!(f, "no encrypted connection to {server}: {cause}"),
            Stage::SignIn if answered => write!(f, "{server} refused our sign-in: {cause}"),
            Stage::SignIn => write!(f, "sign-in at {server} failed: {cause}"),
            Stage::Sender if answered => write!(f, "{server} takes no mail from our address: {cause}"),
            Stage::Recipient if answered => write!(f, "{server} takes no mail for this recipient: {cause}"),
            _ if answered => write!(f, "{server} does not take this message: {cause}"),
            Stage::Dot => {
                write!(f, "{server} was given the whole message and did not answer; it may deliver it: {cause}")
            }
            _ => write!(f, "the connection to {server} was lost before it had the message: {cause}"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(code, text) => write!(f, "{code} {text}"),
            Self::Broken(why) => f.write_str(why),
            Self::Silence(limit) => write!(f, "nothing came within {} seconds", limit.as_secs()),
            Self::Unfit(why) => f.write_str(why),
        }
    }
}
