//! What arrives by mail: how it is read, what sort of message it is and what is done with it.
