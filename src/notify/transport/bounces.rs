//! Where mail that cannot be delivered comes back to.

use std::str::FromStr;

use lettre::Address;
use thiserror::Error;

/// What stands between the address and the notice it names.
const MARK: char = '+';

/// The address a message comes back to when it cannot be delivered (the envelope sender).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath(Option<Address>);

/// The address mail comes back to, with a variant for each notice: `bounces+ID@domain`, so that what comes back names
/// the notice, whatever the server that sends it back has left of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounces(Address);

/// A text that is no e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not an e-mail address, such as bounces@example.org")]
pub struct AddressError(String);

impl ReturnPath {
    /// Nothing comes back: for answers to mail, which must not be answered in turn (RFC 3834, section 3.3).
    pub const fn none() -> Self {
        Self(None)
    }

    pub(super) fn address(&self) -> Option<&Address> {
        self.0.as_ref()
    }
}

impl FromStr for ReturnPath {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        Ok(Self(Some(address(text)?)))
    }
}

impl FromStr for Bounces {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        Ok(Self(address(text)?))
    }
}

impl Bounces {
    /// The variant for the notice `id`; the address alone for an id that no address can hold.
    pub fn of(&self, id: &str) -> ReturnPath {
        let marked = Address::new(format!("{}{MARK}{id}", self.0.user()), self.0.domain());
        ReturnPath(Some(marked.unwrap_or_else(|_| self.0.clone())))
    }

    /// The id of the notice that `recipient` is the variant for, in the case it has there; none for another address.
    pub fn notice<'a>(&self, recipient: &'a str) -> Option<&'a str> {
        let (user, domain) = recipient.rsplit_once('@')?;
        let (before, id) = user.split_once(MARK)?;
        let ours = before.eq_ignore_ascii_case(self.0.user()) && domain.eq_ignore_ascii_case(self.0.domain());
        (ours && !id.is_empty()).then_some(id)
    }
}

fn address(text: &str) -> Result<Address, AddressError> {
    text.parse().map_err(|_| AddressError(text.to_owned()))
}
