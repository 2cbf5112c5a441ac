//! The e-mail address of a contact.

use std::fmt::{self, Display};

use thiserror::Error;

use super::errors::{Mend, excerpt};

/// The longest address a mail server must carry.
const MOST_CHARACTERS: usize = 254;

/// An e-mail address of plain form (`name@example.org`), its domain in lower case.
///
/// Quoted names, addresses in brackets and characters beyond ASCII are refused: a notice must reach its reader through
/// any mail server. Nothing in an address can end a header line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EmailError {
    /// More than 254 characters.
    #[error("this has {characters} characters, and an address has at most {MOST_CHARACTERS}")]
    TooLong {
        /// The number of characters given.
        characters: usize,
    },
    /// A space, a line break, a bracket or another character an address cannot hold.
    #[error("an address cannot hold {character:?}")]
    Character {
        /// The first such character.
        character: char,
    },
    /// There is not exactly one `@`.
    #[error("{given:?} does not have one @")]
    At {
        /// The beginning of what was given.
        given: String,
    },
    /// The part before the `@` is blank, too long or has a point out of place.
    #[error("{given:?} cannot stand before the @")]
    Mailbox {
        /// The beginning of that part.
        given: String,
    },
    /// The part after the `@` is not a domain name.
    #[error("{given:?} is not a domain name")]
    Domain {
        /// The beginning of that part.
        given: String,
    },
}

impl Mend for EmailError {
    fn mend(&self) -> String {
        match self {
            Self::Character { .. } => "write the address alone, such as name@example.org",
            _ => "write it like name@example.org",
        }
        .to_owned()
    }
}

impl EmailAddress {
    /// Reads an address.
    ///
    /// # Errors
    ///
    /// [`EmailError`] for anything but one plain address.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim_matches(' ');
        let characters = text.chars().count();
        if characters > MOST_CHARACTERS {
            return Err(EmailError::TooLong { characters });
        }
        if let Some(character) = text.chars().find(|c| !is_address_character(*c)) {
            return Err(EmailError::Character { character });
        }
        let (mailbox, domain) = text.split_once('@').ok_or_else(|| EmailError::At { given: excerpt(text) })?;
        check_mailbox(mailbox)?;
        check_domain(domain)?;
        Ok(Self(format!("{mailbox}@{}", domain.to_ascii_lowercase())))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_value!(EmailAddress, EmailError);

fn is_address_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "@.!#$%&'*+-/=?^_`{|}~".contains(c)
}

fn check_mailbox(mailbox: &str) -> Result<(), EmailError> {
    let pointed = mailbox.split('.').all(|part| !part.is_empty());
    if pointed && mailbox.len() <= 64 {
        return Ok(());
    }
    Err(EmailError::Mailbox { given: excerpt(mailbox) })
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    if domain.contains('@') {
        return Err(EmailError::At { given: excerpt(domain) });
    }
    if domain.contains('.') && domain.split('.').all(is_domain_label) {
        return Ok(());
    }
    Err(EmailError::Domain { given: excerpt(domain) })
}

fn is_domain_label(label: &str) -> bool {
    let plain = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
}
