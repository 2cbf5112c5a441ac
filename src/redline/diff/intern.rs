//! Values as small numbers, so that comparing two is comparing two integers.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Gives equal values the same number and different values different ones, counting from 0 in order of appearance.
///
/// One interner must serve both sides of a comparison.
#[derive(Debug, Clone)]
pub struct Interner<K> {
    ids: HashMap<K, u32>,
}

impl<K> Default for Interner<K> {
    fn default() -> Self {
        Self { ids: HashMap::new() }
    }
}

impl<K: Eq + Hash> Interner<K> {
    /// The number of `value`, new if it was never seen.
    pub fn id(&mut self, value: K) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(value).or_insert(next)
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
