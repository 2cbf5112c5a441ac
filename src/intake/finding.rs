//! What was found wrong with a message, in words for a person.

use thiserror::Error;

/// Something wrong with an arrived message. None of them keeps the rest from being read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Finding {
    /// The whole message is too large; only its headers were read.
    #[error("the message has {bytes} bytes and at most {most} are taken in; its attachments were not read")]
    MessageTooLarge {
        /// Its size.
        bytes: usize,
        /// The most taken in.
        most: usize,
    },
    /// One attachment is too large; it was left out.
    #[error("the attachment {name} is larger than the {most} bytes taken in")]
    AttachmentTooLarge {
        /// Its name.
        name: String,
        /// The most taken in.
        most: usize,
    },
    /// The attachments together are too large; this one and the rest were left out.
    #[error(
        "the attachments together are larger than the {most} bytes taken in; {name} and what follows were left out"
    )]
    AttachmentsTooLarge {
        /// The first one left out.
        name: String,
        /// The most taken in.
        most: usize,
    },
    /// The headers are too long; the message was not read beyond them.
    #[error("the headers are longer than the {most} bytes taken in")]
    HeadersTooLong {
        /// The most taken in.
        most: usize,
    },
    /// There are too many parts; the rest were left out.
    #[error("the message has more than {most} parts")]
    TooManyParts {
        /// The most taken in.
        most: usize,
    },
    /// Parts lie too deep inside one another; the deepest were left out.
    #[error("the message has parts more than {most} deep inside one another")]
    TooDeep {
        /// The deepest taken in.
        most: usize,
    },
    /// No sender is named.
    #[error("the message does not say whom it is from")]
    NoSender,
    /// Several senders are named.
    #[error("the message is from {count} addresses; a submission has one sender")]
    SeveralSenders {
        /// How many.
        count: usize,
    },
    /// The message has no usable Message-ID.
    #[error("the message has no usable Message-ID, so a second copy of it cannot be told from the first")]
    NoMessageId,
    /// A header that may stand once stands more often; the first counts.
    #[error("the message has several {name} headers")]
    RepeatedHeader {
        /// The header.
        name: &'static str,
    },
    /// A part says that it has parts but not how they are told apart; it was read as text.
    #[error("a part of the message says that it has parts but not where they begin")]
    MissingBoundary,
    /// The last part has no end: the message was probably cut short.
    #[error("the message ends in the middle of a part; it was probably cut short on the way")]
    CutShort,
    /// A part could not be decoded; it was kept as it arrived.
    #[error("{name} is damaged: it could not be decoded")]
    Damaged {
        /// The name of the attachment, or `the text`.
        name: String,
    },
    /// Text in an unknown character set; what could be read of it was kept.
    #[error("the text is in the character set {charset:?}, which is not known here")]
    UnknownCharset {
        /// The character set as it was named.
        charset: String,
    },
    /// The text is longer than is kept.
    #[error("the text of the message was cut off after {most} bytes")]
    TextCutOff {
        /// How much was kept.
        most: usize,
    },
    /// Outlook packed the attachments into one file that other programs cannot open.
    #[error(
        "the attachments are packed in {name}, which only Outlook can open: send the message as HTML or plain text"
    )]
    OutlookPacked {
        /// The name of that file.
        name: String,
    },
    /// The message is encrypted.
    #[error("the message is encrypted, and there is no key for it here: send it without encryption")]
    Encrypted,
    /// A whole message is attached; what is attached to that was not looked into.
    #[error("{name} is a whole message; what is attached to it was not looked into: attach the form itself")]
    ForwardedMessage {
        /// The name of the attachment.
        name: String,
    },
}

impl Finding {
    /// Whether no mail program makes such a message, so that it is for a person to look at before anything answers it.
    pub fn is_hostile(&self) -> bool {
        matches!(self, Self::HeadersTooLong { .. } | Self::TooManyParts { .. } | Self::TooDeep { .. })
    }

    /// Whether something was left out for its size.
    pub fn is_too_big(&self) -> bool {
        matches!(
            self,
            Self::MessageTooLarge { .. } | Self::AttachmentTooLarge { .. } | Self::AttachmentsTooLarge { .. }
        )
    }
}

/// Why bytes were not taken for a message at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotAMessage {
    /// There is nothing.
    #[error("there is no message: give the raw message as the mail server has it")]
    Empty,
    /// There are no headers.
    #[error("this is not an e-mail message: it does not begin with headers such as From and Subject")]
    NoHeaders,
}
