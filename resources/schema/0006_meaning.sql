-- SPDX-License-Identifier: GPL-3.0-or-later
-- Pages are cut into chunks, and each chunk has a vector in the spaces of the embedding models.

-- A passage of a page's text. The same transaction stores it and the page.
CREATE TABLE chunk (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id   INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL, -- from 0, in the order of reading
    start     INTEGER NOT NULL, -- in page_text.text, UTF-16 units
    length    INTEGER NOT NULL,
    words     INTEGER NOT NULL,
    language  TEXT    NOT NULL, -- BCP 47; und: can't be told
    UNIQUE (page_id, number)
) STRICT;

-- What one embedding model makes of texts. Vectors of different spaces are never compared.
CREATE TABLE embedding_space (
    id         INTEGER PRIMARY KEY,
    model      TEXT    NOT NULL UNIQUE, -- "built-in/NAME" or "ENDPOINT/MODEL"
    dimensions INTEGER NOT NULL,
    language   TEXT,             -- the only one the model knows; NULL: any
    state      INTEGER NOT NULL, -- 0 being filled beside the one that serves, 1 serves, 2 kept for the way back
    created_at INTEGER NOT NULL
) STRICT;

-- One space serves and one is filled, at most.
CREATE UNIQUE INDEX embedding_space_state ON embedding_space (state) WHERE state < 2;

-- Never changed: who has read up to an id knows all that was there. code: vectors::encodeVector().
CREATE TABLE chunk_vector (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    space_id INTEGER NOT NULL REFERENCES embedding_space (id) ON DELETE CASCADE,
    chunk_id INTEGER NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
    code     BLOB    NOT NULL,
    UNIQUE (chunk_id, space_id)
) STRICT;

CREATE INDEX chunk_vector_by_space ON chunk_vector (space_id, id);

-- What an embedding job made, and how long the model took for it.
ALTER TABLE job ADD COLUMN vectors INTEGER NOT NULL DEFAULT 0;

ALTER TABLE job ADD COLUMN milliseconds INTEGER NOT NULL DEFAULT 0;
