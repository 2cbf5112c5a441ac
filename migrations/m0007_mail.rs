//! Mail: how each person is told, what they were told, what came back, and what arrived.

pub(super) const STEP: super::Step = super::Step { name: "m0007_mail", up: UP, down: DOWN };

const UP: &str = "
ALTER TABLE notices ADD COLUMN way      TEXT    NOT NULL DEFAULT 'at_once'; -- at_once, or digest: with others to the same person
ALTER TABLE notices ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;         -- attempts that may have delivered it unknown to us

CREATE INDEX notices_status ON notices (status, queued_at) WHERE status IN ('failed', 'unknown'); -- what waits for a person

CREATE TABLE told_deadlines (
    case_id     TEXT    NOT NULL REFERENCES cases (id), -- the case whose deadline it is
    clock       TEXT    NOT NULL,                       -- the clock
    instance    INTEGER NOT NULL,                       -- which start of the clock
    person      TEXT    NOT NULL,                       -- who was told
    closes_at   INTEGER NOT NULL,                       -- the deadline they know; told anew when it is another
    invitations INTEGER NOT NULL,                       -- sequence of the calendar entry; 0: none was sent
    PRIMARY KEY (case_id, clock, instance, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE, -- whose
    token     TEXT NOT NULL UNIQUE, -- in the link that stops optional notices
    body      TEXT NOT NULL         -- when and how they want to be told
) STRICT;

CREATE TABLE arrivals (
    id          TEXT    NOT NULL PRIMARY KEY, -- SHA-256 of the message: the same one read twice is one
    received_at INTEGER NOT NULL,             -- when it was read
    raw         BLOB    NOT NULL,             -- the message itself: nothing mailed is lost
    sender      TEXT    NOT NULL,             -- the address it says it is from
    subject     TEXT    NOT NULL,             -- shown in the queue
    status      TEXT    NOT NULL,             -- waiting, unconfirmed, submitted, answered, bounced, automatic, done
    case_id     TEXT    REFERENCES cases (id), -- what it became or is about
    token       TEXT    UNIQUE,               -- in the link that confirms its sender
    body        TEXT    NOT NULL              -- what was found in it and done about it
) STRICT;

CREATE INDEX arrivals_status ON arrivals (status, received_at); -- what waits for a person
CREATE INDEX arrivals_sender ON arrivals (sender, received_at); -- no second answer to one address on one day

CREATE TABLE bounces (
    arrival_id TEXT    NOT NULL REFERENCES arrivals (id), -- the message that says so
    notice_id  TEXT,                                      -- what came back
    person_id  TEXT,                                      -- whom it did not reach
    address    TEXT    NOT NULL,                          -- where it was sent
    at         INTEGER NOT NULL,                          -- when it came back
    kind       TEXT    NOT NULL,                          -- hard or soft
    why        TEXT    NOT NULL,                          -- the mail server's words
    PRIMARY KEY (arrival_id, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX bounces_person ON bounces (person_id, at) WHERE person_id IS NOT NULL; -- shown with the person
";

const DOWN: &str = "
DROP TABLE bounces;
DROP TABLE arrivals;
DROP TABLE preferences;
DROP TABLE told_deadlines;
DROP INDEX notices_status;
ALTER TABLE notices DROP COLUMN doubtful;
ALTER TABLE notices DROP COLUMN way;
";
