//! Cases, their clocks, and the cases that carry others.

pub(super) const STEP: super::Step = super::Step { name: "m0004_cases", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE cases (
    id                 TEXT    NOT NULL PRIMARY KEY, -- never shown as a number people quote
    process            TEXT    NOT NULL,             -- which process it follows
    definition_version TEXT    NOT NULL,             -- the version it began under
    edition            TEXT    NOT NULL,             -- the bank holidays its clocks were reckoned with
    division           TEXT    NOT NULL,             -- whose bank holidays count
    reference          TEXT    NOT NULL UNIQUE,      -- quoted before acceptance
    sip_number         TEXT    UNIQUE,               -- quoted from acceptance on
    title              TEXT    NOT NULL,             -- for lists and notices
    state              TEXT    NOT NULL,             -- where it stands
    owner              TEXT,                         -- whose turn it is; null when closed
    proposer_party     TEXT,                         -- for a Party's own list; null where nobody proposes
    revision           INTEGER NOT NULL,             -- refuses a change made from an outdated view
    opened_at          INTEGER NOT NULL,             -- orders the lists
    updated_at         INTEGER NOT NULL,             -- for feeds and caches
    closed_at          INTEGER,                      -- null while it runs
    next_deadline_at   INTEGER,                      -- earliest close of its running clocks, for lists
    body               TEXT    NOT NULL              -- the facts of the case
) STRICT;

-- Each filter of the list with the order of the list, so that a page costs the same however many cases there are.
CREATE INDEX cases_opened ON cases (opened_at, id);
CREATE INDEX cases_process ON cases (process, opened_at, id);
CREATE INDEX cases_state ON cases (state, opened_at, id);
CREATE INDEX cases_owner ON cases (owner, opened_at, id) WHERE owner IS NOT NULL;
CREATE INDEX cases_party ON cases (proposer_party, opened_at, id) WHERE proposer_party IS NOT NULL;
CREATE INDEX cases_deadline ON cases (next_deadline_at) WHERE next_deadline_at IS NOT NULL;

CREATE TABLE clocks (
    case_id   TEXT    NOT NULL REFERENCES cases (id), -- whose clock
    name      TEXT    NOT NULL,                       -- which clock of the definition
    instance  INTEGER NOT NULL,                       -- a clock may start more than once
    status    TEXT    NOT NULL,                       -- running, paused, overdue, met, stopped
    due_on    TEXT    NOT NULL,                       -- the date people are told
    closes_at INTEGER NOT NULL,                       -- the first instant that is too late
    next_at   INTEGER,                                -- when to look at it next; null: never again
    body      TEXT    NOT NULL,                       -- start, pauses, extensions, reminders, derivation
    PRIMARY KEY (case_id, name, instance)
) STRICT, WITHOUT ROWID; -- the clocks of a case lie together

-- Only what may yet fall due: a tick costs the same however many clocks have ended.
CREATE INDEX clocks_due ON clocks (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE members (
    batch_case_id TEXT    NOT NULL REFERENCES cases (id), -- the case that carries
    sip_case_id   TEXT    NOT NULL REFERENCES cases (id), -- the case that is carried
    position      INTEGER NOT NULL,                       -- its place in the batch
    joined_at     INTEGER NOT NULL,                       -- a SIP that left may join again
    left_at       INTEGER,                                -- null while it is carried
    PRIMARY KEY (batch_case_id, sip_case_id, joined_at)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX members_current ON members (batch_case_id, sip_case_id) WHERE left_at IS NULL; -- carried once
CREATE INDEX members_sip ON members (sip_case_id); -- which batches carried a SIP
";

const DOWN: &str = "
DROP TABLE members;
DROP TABLE clocks;
DROP TABLE cases;
";
