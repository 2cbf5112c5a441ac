//! Values as small numbers, so that comparing two is comparing two integers.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

/// Gives equal values the same number and different values different ones, counting from 0 in order of appearance.
///
/// One interner must serve both sides of a comparison.
#[derive(Debug, Clone)]
pub struct Interner<K> {
    ids: HashMap<K, u32, Seeded>,
}

impl<K> Default for Interner<K> {
    fn default() -> Self {
        Self { ids: HashMap::with_hasher(Seeded::default()) }
    }
}

impl<K: Eq + Hash> Interner<K> {
    /// The number of `value`, new if it was never seen.
    pub fn id(&mut self, value: K) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(value).or_insert(next)
    }
}

/// Makes hashers that start from a number nobody knows, so that nobody can write text whose words collide.
#[derive(Debug, Clone, Copy)]
struct Seeded(u64);

impl Default for Seeded {
    fn default() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl BuildHasher for Seeded {
    type Hasher = WordHasher;

    fn build_hasher(&self) -> WordHasher {
        WordHasher { state: self.0, seed: self.0 | 1 }
    }
}

/// Hashes eight bytes at a time; words are short.
struct WordHasher {
    state: u64,
    seed: u64,
}

impl WordHasher {
    fn mix(&mut self, value: u64) {
        let product = u128::from(self.state ^ value) * u128::from(self.seed ^ 0x9E37_79B9_7F4A_7C15);
        self.state = lower_half(product) ^ lower_half(product >> 64);
    }
}

fn lower_half(product: u128) -> u64 {
    u64::try_from(product & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        let product = u128::from(self.state) * u128::from(self.seed);
        lower_half(product) ^ lower_half(product >> 64)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.mix(u64::from_le_bytes(last) ^ ((bytes.len() as u64) << 56));
    }

    fn write_u8(&mut self, value: u8) {
        self.state ^= u64::from(value);
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }
}

/// A map keyed by numbers that an [`Interner`] gave out or that are positions.
pub(super) type IdMap<V> = HashMap<u32, V, BuildHasherDefault<IdHasher>>;

/// A set of such numbers.
pub(super) type IdSet = HashSet<u32, BuildHasherDefault<IdHasher>>;

/// Spreads small numbers over a table. Not for text of strangers: its collisions can be made to order.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 32;
    }
}
