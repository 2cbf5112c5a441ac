//! How a SIP is referred to, before DCC accepts it and after.

use std::fmt::{self, Display};

use super::id_text::{IdError, IdKind, malformed, number, parts, prefixed_number, within};

/// The highest serial number a SIP reference may carry.
const HIGHEST_SERIAL: u32 = 999_999;

/// The reference of a submission before DCC accepts it, such as `P-2026-0001` (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvisionalReference {
    year: u16,
    serial: u32,
}

impl ProvisionalReference {
    /// The reference for a year of submission (2000 to 2999) and a serial number within it (from 1).
    ///
    /// # Errors
    ///
    /// [`IdError::OutOfRange`] for another year or serial number.
    pub fn new(year: u16, serial: u32) -> Result<Self, IdError> {
        Self::checked(&format!("P-{year}-{serial}"), year, serial)
    }

    fn checked(given: &str, year: u16, serial: u32) -> Result<Self, IdError> {
        let kind = IdKind::ProvisionalReference;
        within(kind, given, u32::from(year), 2000, 2999)?;
        within(kind, given, serial, 1, HIGHEST_SERIAL)?;
        Ok(Self { year, serial })
    }

    /// Reads a reference as a person may write it (`p 2026 1`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let malformed = || malformed(IdKind::ProvisionalReference, text);
        let [prefix, year, serial] = parts(text).ok_or_else(malformed)?;
        if !prefix.eq_ignore_ascii_case("P") || year.len() != 4 {
            return Err(malformed());
        }
        let year = number(year).and_then(|year| u16::try_from(year).ok()).ok_or_else(malformed)?;
        let serial = number(serial).ok_or_else(malformed)?;
        Self::checked(text, year, serial)
    }

    /// The year of submission.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The serial number within the year.
    pub fn serial(self) -> u32 {
        self.serial
    }
}

impl Display for ProvisionalReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P-{}-{:04}", self.year, self.serial)
    }
}

/// The unique number DCC assigns to a SIP it accepts, such as `SIP-0001` (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SipNumber(u32);

impl SipNumber {
    /// The SIP with this serial number (from 1).
    ///
    /// # Errors
    ///
    /// [`IdError::OutOfRange`] for nought or a number of more than six digits.
    pub fn new(serial: u32) -> Result<Self, IdError> {
        Self::checked(&format!("SIP-{serial}"), serial)
    }

    fn checked(given: &str, serial: u32) -> Result<Self, IdError> {
        within(IdKind::SipNumber, given, serial, 1, HIGHEST_SERIAL)?;
        Ok(Self(serial))
    }

    /// Reads a SIP number as a person may write it (`sip 1`).
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is something else.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let serial = prefixed_number(text, "SIP").ok_or_else(|| malformed(IdKind::SipNumber, text))?;
        Self::checked(text, serial)
    }

    /// The serial number.
    pub fn serial(self) -> u32 {
        self.0
    }
}

impl Display for SipNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SIP-{:04}", self.0)
    }
}

/// A SIP by whichever reference it has: accepted SIPs order before provisional ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SipReference {
    /// An accepted SIP.
    Number(SipNumber),
    /// A submission not yet accepted.
    Provisional(ProvisionalReference),
}

impl SipReference {
    /// Reads either reference.
    ///
    /// # Errors
    ///
    /// [`IdError`] when the text is neither.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let either = |error| match error {
            IdError::Malformed { given, .. } => IdError::Malformed { kind: IdKind::SipReference, given },
            out_of_range @ IdError::OutOfRange { .. } => out_of_range,
        };
        match SipNumber::parse(text) {
            Ok(number) => Ok(Self::Number(number)),
            Err(error @ IdError::OutOfRange { .. }) => Err(error),
            Err(IdError::Malformed { .. }) => ProvisionalReference::parse(text).map(Self::Provisional).map_err(either),
        }
    }
}

impl Display for SipReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Provisional(reference) => reference.fmt(f),
        }
    }
}

text_value!(ProvisionalReference, IdError);
text_value!(SipNumber, IdError);
text_value!(SipReference, IdError);
