//! `quorate demo`.
