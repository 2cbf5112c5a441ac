//! Where notices go out: what writes them, what carries them, and where they come back to.

use super::compose::{Composer, Letter};
use super::transport::{Bounces, Delivery, ReturnPath, Transport};

/// Where notices go out.
pub struct Outbox {
    /// Writes them.
    pub composer: Composer,
    /// Carries them.
    pub transport: Transport,
    /// Where they come back to when they cannot be delivered; to nobody without one.
    pub bounces: Option<Bounces>,
}

impl Outbox {
    /// Writes a letter and hands it over. A letter that cannot be written is refused.
    pub async fn send(&self, letter: &Letter) -> Delivery {
        let returns = self.bounces.as_ref().map_or(ReturnPath::none(), |bounces| bounces.of(&letter.id));
        match self.composer.compose(letter) {
            Ok(message) => self.transport.send(&letter.id, &returns, &message).await,
            Err(error) => Delivery::Refused(error.to_string()),
        }
    }
}
