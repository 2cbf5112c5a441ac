//! What is put to every SEC Party, what they answer, and how the answers reach the deciding body unaltered.
