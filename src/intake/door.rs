//! What the reader of arrived mail must be told: how much it takes in, and which addresses and servers are our own.

/// How much of a message is taken in. Sizes are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The message as it arrived; 35 MiB by default, which holds 25 MiB of attachments in their coding.
    pub message: usize,
    /// All headers of one message or part; 128 KiB by default.
    pub headers: usize,
    /// Parts of the message, those inside others too; 100 by default.
    pub parts: usize,
    /// How deep parts may lie inside one another; 8 by default.
    pub depth: usize,
    /// One attachment after decoding; 20 MiB by default.
    pub attachment: usize,
    /// All attachments together after decoding; 25 MiB by default.
    pub attachments: usize,
    /// The text of the message; what is beyond is cut off; 256 KiB by default.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: 35 << 20,
            headers: 128 << 10,
            parts: 100,
            depth: 8,
            attachment: 20 << 20,
            attachments: 25 << 20,
            text: 256 << 10,
        }
    }
}

/// What the mail door knows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Door {
    /// How much is taken in.
    pub limits: Limits,
    /// The domain of our own Message-IDs: what follows the `@` in `<ID@domain>`.
    pub domain: String,
    /// Every address that we send from. A message from one of them is our own coming back.
    pub own_addresses: Vec<String>,
    /// The address that bounces come back to, without what is put after its `+`; such as `bounces@sip.example.org`.
    pub bounce_address: Option<String>,
    /// Names by which mail servers of ours sign `Authentication-Results` (the authserv-id of RFC 8601). Results under
    /// any other name are not believed. These servers must strip their own name from what arrives from outside.
    pub trusted_servers: Vec<String>,
}

impl Door {
    /// Whether mail is sent from this address by us.
    pub(super) fn is_own(&self, address: &str) -> bool {
        self.own_addresses.iter().chain(&self.bounce_address).any(|own| own.eq_ignore_ascii_case(address))
    }
}
