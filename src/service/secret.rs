//! What nobody can guess.

use super::app::hex;
use super::error::ServiceError;

/// 128 bits from the operating system, in hexadecimal.
///
/// # Errors
///
/// The operating system has no randomness to give.
pub(super) fn secret() -> Result<String, ServiceError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| ServiceError::damaged("the randomness of the operating system", error))?;
    Ok(hex(&bytes))
}
