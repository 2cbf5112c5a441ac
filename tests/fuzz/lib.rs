//! The core modules that read what people send, straight from the source of the product.
#![allow(dead_code, unused_imports)]

#[path = "../../src/brd/mod.rs"]
pub mod brd;
#[path = "../../src/document/mod.rs"]
pub mod document;
#[path = "../../src/redline/mod.rs"]
pub mod redline;
#[path = "../../src/yaml/mod.rs"]
pub mod yaml;

pub mod packed;
