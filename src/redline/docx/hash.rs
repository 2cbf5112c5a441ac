//! A quick digest of what a piece of a document says.

/// Takes in numbers and bytes and gives a number that differs when they do, but for one chance in 2^64.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

const SEED: u64 = 0x243F_6A88_85A3_08D3;
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hash {
    pub(super) fn new() -> Self {
        Self(SEED)
    }

    /// Takes in a number.
    pub(super) fn number(&mut self, number: u64) {
        let wide = u128::from(self.0 ^ number ^ STEP) * u128::from(0xA076_1D64_78BD_642F_u64 ^ number.rotate_left(32));
        #[expect(clippy::cast_possible_truncation, reason = "the two halves of the product are wanted")]
        let folded = (wide as u64) ^ ((wide >> 64) as u64);
        self.0 = folded.wrapping_add(self.0.rotate_left(23));
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
        self.0
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
