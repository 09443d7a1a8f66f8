-- Version 3: names that changed. What was measured keeps the name it came with; reading joins. Rows are only added.

CREATE TABLE renaming (
    -- A person's statement that one name has become another.
    renaming_id     INTEGER PRIMARY KEY, -- in the order of stating
    what            TEXT    NOT NULL CHECK (what IN ('NAME', 'BENCHMARK', 'METRIC')),
    from_name       TEXT    NOT NULL,
    from_parameters TEXT    NOT NULL, -- {} unless it speaks of one benchmark with its parameters
    to_name         TEXT    NOT NULL,
    to_parameters   TEXT    NOT NULL,
    at_second       INTEGER NOT NULL,
    at_nano         INTEGER NOT NULL,
    made_by         TEXT    NOT NULL,
    reason          TEXT    NOT NULL
) STRICT;

CREATE TABLE renaming_undone (
    -- A renaming that no longer holds.
    renaming_id INTEGER PRIMARY KEY REFERENCES renaming,
    at_second   INTEGER NOT NULL,
    at_nano     INTEGER NOT NULL,
    undone_by   TEXT    NOT NULL,
    reason      TEXT    NOT NULL
) STRICT;
