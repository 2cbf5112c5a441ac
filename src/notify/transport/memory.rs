//! Messages kept in memory, for tests.

use std::sync::{Mutex, PoisonError};

use lettre::Message;

use super::Delivery;

/// Messages in the order in which they were sent.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Vec<u8>>>);

impl Memory {
    pub(super) fn keep(&self, message: &Message) -> Delivery {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message.formatted());
        Delivery::Accepted("kept in memory".to_owned())
    }

    pub(super) fn kept(&self) -> Vec<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
