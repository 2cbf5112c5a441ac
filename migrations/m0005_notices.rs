//! Messages waiting to be sent, and what became of them.

pub(super) const STEP: super::Step = super::Step { name: "m0005_notices", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE notices (
    id         TEXT    NOT NULL PRIMARY KEY,   -- the Message-ID is made from it
    event_key  TEXT    NOT NULL,               -- the event it tells of
    recipient  TEXT    NOT NULL,               -- to whom
    template   TEXT    NOT NULL,               -- in which words
    case_id    TEXT    REFERENCES cases (id),  -- shown in the record of the case; null: about no case
    queued_at  INTEGER NOT NULL,               -- when the event happened
    status     TEXT    NOT NULL,               -- queued, claimed, sent, unknown, failed
    attempts   INTEGER NOT NULL,               -- also tells the latest claim from an outlived one
    next_at    INTEGER,                        -- when it may be claimed; null once settled
    settled_at INTEGER,                        -- when it was sent or given up
    answer     TEXT,                           -- the mail server's answer, or why it failed
    body       TEXT    NOT NULL,               -- what the template needs
    UNIQUE (event_key, recipient, template)    -- nobody is told the same thing twice
) STRICT;

CREATE INDEX notices_due ON notices (next_at) WHERE next_at IS NOT NULL; -- only what is still to be sent
CREATE INDEX notices_case ON notices (case_id) WHERE case_id IS NOT NULL; -- the notices of one case
";

const DOWN: &str = "DROP TABLE notices;";
