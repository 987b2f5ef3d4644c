-- SPDX-License-Identifier: GPL-3.0-or-later
-- The workspace as first released. All times are milliseconds since 1970-01-01 UTC; states are the numbers of the
-- enums in src/domain. Statements end with a semicolon and an empty line: the migrator splits there.
-- A CHECK with a list of three or more (`IN (3, 5, 10)`) builds a table of its own each time it is asked, which doubles
-- the price of an UPDATE: they are spelled out.

CREATE TABLE workspace_setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One number for the whole workspace, raised once by each transaction that changes a document. Whoever shows documents
-- asks for those above the last number it saw, so that no list of events has to be kept and pruned.
CREATE TABLE change_counter (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL
) STRICT;

INSERT INTO change_counter (id, value) VALUES (1, 0);

CREATE TABLE run (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    goal       INTEGER NOT NULL CHECK (goal IN (0, 1)),
    analyzer   TEXT    NOT NULL,
    paused     INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE document (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id          INTEGER NOT NULL REFERENCES run (id),
    sha256          BLOB    UNIQUE CHECK (sha256 IS NULL OR length(sha256) = 32),
    kind            INTEGER NOT NULL DEFAULT 0,
    name            TEXT    NOT NULL,
    name_key        TEXT    NOT NULL,
    state           INTEGER NOT NULL DEFAULT 0,
    paused          INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    goal            INTEGER NOT NULL CHECK (goal IN (0, 1)),
    priority        INTEGER NOT NULL DEFAULT 5 CHECK (priority = 5 OR priority = 10 OR priority = 3),
    bytes           INTEGER NOT NULL DEFAULT 0,
    title           TEXT    NOT NULL DEFAULT '',
    author          TEXT    NOT NULL DEFAULT '',
    language        TEXT    NOT NULL DEFAULT '',
    copy_allowed    INTEGER NOT NULL DEFAULT 1 CHECK (copy_allowed IN (0, 1)),
    pages_total     INTEGER NOT NULL DEFAULT -1,
    pages_extracted INTEGER NOT NULL DEFAULT 0,
    pages_with_text INTEGER NOT NULL DEFAULT 0,
    pages_done      INTEGER NOT NULL DEFAULT 0,
    pages_failed    INTEGER NOT NULL DEFAULT 0,
    error_code      TEXT    NOT NULL DEFAULT 'none',
    error_detail    TEXT    NOT NULL DEFAULT '',
    added_at        INTEGER NOT NULL,
    started_at      INTEGER NOT NULL DEFAULT 0,
    finished_at     INTEGER NOT NULL DEFAULT 0,
    removed_at      INTEGER NOT NULL DEFAULT 0,
    change_seq      INTEGER NOT NULL
) STRICT;

CREATE INDEX document_by_change ON document (change_seq);

CREATE INDEX document_by_run ON document (run_id);

-- name_key is the name in the form that sorts as people expect ("part 2" before "part 10").
CREATE INDEX document_by_name ON document (name_key, id);

CREATE INDEX document_in_trash ON document (removed_at) WHERE removed_at <> 0;

-- What the filter box looks through: name, title and paths, case folded. Apart, to keep document rows short: they are
-- written with every page.
CREATE TABLE document_words (
    document_id INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    words       TEXT NOT NULL
) STRICT;

-- A place where a document's content was found. The same content in two files is one document with two places.
CREATE TABLE source (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    path        TEXT    NOT NULL UNIQUE,
    bytes       INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    missing     INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
    added_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX source_by_document ON source (document_id);

-- What an analyser answered, by SHA-256 of page content, analyser and parameters: asked once, used by every page alike.
CREATE TABLE answer (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        BLOB    NOT NULL UNIQUE CHECK (length(key) = 32),
    analyzer   TEXT    NOT NULL,
    language   TEXT    NOT NULL,
    result     TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A page without a row is queued.
CREATE TABLE page (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id     INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    number          INTEGER NOT NULL CHECK (number >= 1),
    label           TEXT    NOT NULL DEFAULT '',
    state           INTEGER NOT NULL DEFAULT 0,
    attempts        INTEGER NOT NULL DEFAULT 0,
    width           REAL    NOT NULL DEFAULT 0,
    height          REAL    NOT NULL DEFAULT 0,
    rotation        INTEGER NOT NULL DEFAULT 0,
    images          INTEGER NOT NULL DEFAULT 0,
    characters      INTEGER NOT NULL DEFAULT 0,
    verdict         TEXT    NOT NULL DEFAULT 'missing',
    quality         REAL    NOT NULL DEFAULT 0,
    quality_details TEXT    NOT NULL DEFAULT '',
    content_hash    BLOB,
    answer_id       INTEGER REFERENCES answer (id),
    error_code      TEXT    NOT NULL DEFAULT 'none',
    error_detail    TEXT    NOT NULL DEFAULT '',
    extracted_at    INTEGER NOT NULL DEFAULT 0,
    done_at         INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document_id, number),
    CHECK ((state = 2) = (done_at <> 0)),
    CHECK (state NOT IN (1, 2) OR extracted_at <> 0)
) STRICT;

CREATE INDEX page_waiting ON page (document_id, state, number) WHERE state = 1;

CREATE INDEX page_done ON page (done_at) WHERE state = 2;

CREATE INDEX page_problem ON page (document_id, number) WHERE error_code <> 'none';

-- Apart from page, so that lists and counts never read text.
CREATE TABLE page_text (
    page_id INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    text    TEXT NOT NULL,
    layout  BLOB NOT NULL
) STRICT;

-- rowid = page.id. A page that has text has a row here, a page in the trash too. The body is normalised for searching (src/text), so it differs from page_text.
CREATE VIRTUAL TABLE page_search USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2');

-- stop_request: 1 ends a running job as cancelled, 2 makes it go back to wait (paused, in the trash).
CREATE TABLE job (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             INTEGER NOT NULL,
    lane             TEXT    NOT NULL,
    state            INTEGER NOT NULL DEFAULT 0,
    priority         INTEGER NOT NULL DEFAULT 5 CHECK (priority = 5 OR priority = 10 OR priority = 3),
    run_at           INTEGER NOT NULL,
    run_id           INTEGER NOT NULL REFERENCES run (id),
    document_id      INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    page_number      INTEGER NOT NULL DEFAULT 0,
    attempt          INTEGER NOT NULL DEFAULT 0,
    max_attempts     INTEGER NOT NULL DEFAULT 3,
    lease            INTEGER NOT NULL DEFAULT 0,
    worker_id        TEXT,
    only_worker      TEXT,
    crashes          INTEGER NOT NULL DEFAULT 0,
    losses           INTEGER NOT NULL DEFAULT 0,
    stop_request     INTEGER NOT NULL DEFAULT 0 CHECK (stop_request BETWEEN 0 AND 2),
    error_code       TEXT    NOT NULL DEFAULT 'none',
    error_detail     TEXT    NOT NULL DEFAULT '',
    created_at       INTEGER NOT NULL,
    started_at       INTEGER NOT NULL DEFAULT 0,
    finished_at      INTEGER NOT NULL DEFAULT 0,
    CHECK ((state >= 10) = (finished_at <> 0)),
    CHECK ((state = 5) = (worker_id IS NOT NULL))
) STRICT;

-- The only index a claim reads. Parked jobs are not in it.
CREATE INDEX job_ready ON job (lane, priority DESC, run_at, id) WHERE state = 0;

CREATE INDEX job_scheduled ON job (run_at) WHERE state = 1;

CREATE INDEX job_held ON job (document_id) WHERE state = 3;

CREATE INDEX job_running ON job (worker_id) WHERE state = 5;

CREATE INDEX job_pinned ON job (only_worker) WHERE only_worker IS NOT NULL AND state < 10;

CREATE INDEX job_problem ON job (id) WHERE state = 11 OR attempt > 1 OR error_code <> 'none';

-- Never changes while a job lives, so it costs nothing but the insert.
CREATE INDEX job_by_document ON job (document_id, kind, page_number, id);

-- The live key: one job at a time for a page or a document, over every live state.
CREATE UNIQUE INDEX job_live ON job (document_id, kind, page_number) WHERE state < 10;

CREATE INDEX job_ended ON job (state, finished_at) WHERE state >= 10;

-- The permanent key: a request that was accepted once is never accepted again, however its job ended.
CREATE TABLE job_key (
    key    TEXT PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX job_key_by_job ON job_key (job_id);

-- The log of a document's work: problems, retries, rescues, and what the user asked for.
CREATE TABLE job_event (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    document_id  INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    job_id       INTEGER NOT NULL,
    page_number  INTEGER NOT NULL DEFAULT 0,
    kind         TEXT    NOT NULL,
    attempt      INTEGER NOT NULL DEFAULT 0,
    error_code   TEXT    NOT NULL DEFAULT 'none',
    error_detail TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX job_event_by_document ON job_event (document_id, id);

-- One row per start of a program. It lives as long as its lock file is held.
CREATE TABLE worker (
    id         TEXT PRIMARY KEY,
    program    TEXT    NOT NULL,
    pid        INTEGER NOT NULL,
    started_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
