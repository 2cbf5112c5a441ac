//! The journal, which nobody can alter: not even Quorate.

pub(super) const STEP: super::Step = super::Step { name: "m0001_journal", up: UP, down: DOWN };

const UP: &str = "
PRAGMA application_id = 1364545362; -- 'QUOR': whose file this is

CREATE TABLE journal (
    seq           INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0), -- 1, 2, 3 without gaps: a missing entry shows
    at            INTEGER NOT NULL,                             -- when it was done
    actor         TEXT    NOT NULL,                             -- who did it
    subject       TEXT    NOT NULL,                             -- what it was done to: a case, mostly
    act           TEXT    NOT NULL,                             -- what was done
    payload       TEXT    NOT NULL,                             -- canonical JSON: the very bytes that are hashed
    previous_hash BLOB    NOT NULL CHECK (length(previous_hash) = 32), -- chains the entry to the one before
    hash          BLOB    NOT NULL CHECK (length(hash) = 32)           -- seals the entry
) STRICT;

CREATE INDEX journal_subject ON journal (subject, seq); -- the history of one case, in order

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal cannot be altered; enter a correction instead');
END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'the journal cannot be shortened; enter a correction instead');
END;

-- INSERT OR REPLACE would remove the old row without the trigger above
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq) BEGIN
    SELECT RAISE(ABORT, 'the journal cannot be altered; enter a correction instead');
END;
";

const DOWN: &str = "DROP TABLE journal;";
