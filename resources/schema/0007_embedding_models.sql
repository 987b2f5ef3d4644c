-- SPDX-License-Identifier: GPL-3.0-or-later
-- Vectors by models of endpoints: each space has jobs of its own, and a run whose cap pays for them.

-- run_id: NULL costs nothing. retired_at: when it last stopped to serve or to be filled, milliseconds since 1970.
ALTER TABLE embedding_space ADD COLUMN run_id INTEGER REFERENCES run (id);

ALTER TABLE embedding_space ADD COLUMN retired_at INTEGER NOT NULL DEFAULT 0;

-- Of an embedding job: the space it fills. 0: of any other job.
ALTER TABLE job ADD COLUMN space_id INTEGER NOT NULL DEFAULT 0;

UPDATE job SET space_id = (SELECT id FROM embedding_space WHERE state = 1)
 WHERE kind = 4 AND state < 10 AND EXISTS (SELECT 1 FROM embedding_space WHERE state = 1);

DROP INDEX job_live;

CREATE UNIQUE INDEX job_live ON job (document_id, kind, page_number, space_id) WHERE state < 10;

-- What was paid for, by model and text; NULL: made for nothing.
ALTER TABLE chunk_vector ADD COLUMN key BLOB;

CREATE INDEX chunk_vector_by_key ON chunk_vector (key) WHERE key IS NOT NULL;

-- Vectors that were paid for and stand for no chunk: of questions, and of chunks that went away.
CREATE TABLE kept_vector (
    key     BLOB    PRIMARY KEY,
    code    BLOB    NOT NULL,
    kept_at INTEGER NOT NULL -- milliseconds since 1970
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_vector_by_age ON kept_vector (kept_at);

CREATE TRIGGER chunk_vector_kept BEFORE DELETE ON chunk_vector WHEN old.key IS NOT NULL BEGIN
    INSERT INTO kept_vector (key, code, kept_at) VALUES (old.key, old.code, unixepoch() * 1000) ON CONFLICT (key) DO NOTHING;
END;
