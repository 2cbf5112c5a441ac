//! A quick digest of what a piece of a document says.
//!
//! What has the same digest counts as the same, so nobody may be able to write two texts that share one and hide a
//! change by it. All digests of a process therefore depend on a number that nobody knows beforehand. They serve to tell
//! equal from different and for nothing else: what is written never depends on that number.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

/// Takes in numbers and bytes and gives a number that differs when they do, but for one chance in 2^64.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash {
    state: u64,
    secret: u64,
}

/// What all digests depend on.
static SECRET: LazyLock<(u64, u64)> = LazyLock::new(|| {
    let random = RandomState::new();
    (random.hash_one(0), random.hash_one(1))
});

impl Hash {
    pub(super) fn new() -> Self {
        let (state, secret) = *SECRET;
        Self { state, secret }
    }

    /// Takes in a number.
    pub(super) fn number(&mut self, number: u64) {
        let wide = u128::from(self.state ^ number) * u128::from(self.secret ^ number.rotate_left(32));
        #[expect(clippy::cast_possible_truncation, reason = "the two halves of the product are wanted")]
        let folded = (wide as u64) ^ ((wide >> 64) as u64);
        self.state = folded.wrapping_add(self.state.rotate_left(23));
    }

    /// Takes in a text, and where it ends.
    pub(super) fn text(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            self.number(u64::from_le_bytes(*word));
        }
        let last = rest.iter().rev().fold(0_u64, |all, byte| (all << 8) | u64::from(*byte));
        self.number(last ^ ((text.len() as u64) << 56) ^ text.len() as u64);
    }

    pub(super) fn finish(self) -> u64 {
        self.state
    }
}

/// The digest of one text.
pub(super) fn of_text(text: &str) -> u64 {
    let mut hash = Hash::new();
    hash.text(text);
    hash.finish()
}

/// The digest of some numbers in order.
pub(super) fn of_numbers(numbers: &[u64]) -> u64 {
    let mut hash = Hash::new();
    for number in numbers {
        hash.number(*number);
    }
    hash.finish()
}
