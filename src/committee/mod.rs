//! How a body decides: its terms of reference, who may vote, and what the votes come to.
