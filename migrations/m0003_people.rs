//! Organisations and the people who act for them.

pub(super) const STEP: super::Step = super::Step { name: "m0003_people", up: UP, down: DOWN };

const UP: &str = "
CREATE TABLE parties (
    id       TEXT NOT NULL PRIMARY KEY, -- stays when the name changes
    name     TEXT NOT NULL UNIQUE,      -- two of the same name could not be told apart
    category TEXT NOT NULL,             -- the Party category, by which responses are grouped
    body     TEXT NOT NULL              -- anything else about it
) STRICT;

CREATE TABLE people (
    id         TEXT NOT NULL PRIMARY KEY,               -- the actor named in the journal
    party_id   TEXT NOT NULL REFERENCES parties (id),   -- for whom they act
    name       TEXT NOT NULL,                           -- how they are addressed
    email      TEXT NOT NULL,                           -- where notices go
    roles      TEXT NOT NULL,                           -- what they may do
    token_hash TEXT UNIQUE                              -- the token itself is never stored; null: no access by token
) STRICT;

CREATE INDEX people_party ON people (party_id); -- the people of one Party
";

const DOWN: &str = "
DROP TABLE people;
DROP TABLE parties;
";
