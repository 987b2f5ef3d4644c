-- SPDX-License-Identifier: GPL-3.0-or-later
-- Models, and what they cost. Amounts of money are picodollars (1e-12 US dollars), days are local ones written as a
-- number (20261122).

ALTER TABLE run ADD COLUMN estimate_low INTEGER;

ALTER TABLE run ADD COLUMN estimate_high INTEGER;

-- NULL: no cap.
ALTER TABLE run ADD COLUMN cap INTEGER CHECK (cap IS NULL OR cap >= 0);

ALTER TABLE run ADD COLUMN unpriced_allowed INTEGER NOT NULL DEFAULT 0 CHECK (unpriced_allowed IN (0, 1));

-- What the model wrote, word for word; empty where the result says it all.
ALTER TABLE answer ADD COLUMN raw TEXT NOT NULL DEFAULT '';

-- What it cost when it was asked for.
ALTER TABLE answer ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;

-- When a page last let go of it, 0 while that has not happened. Whether some other page has it is asked when the time
-- to throw it away comes.
ALTER TABLE answer ADD COLUMN released_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX answer_released ON answer (released_at) WHERE released_at <> 0;

CREATE INDEX page_by_answer ON page (answer_id) WHERE answer_id IS NOT NULL;

UPDATE answer SET released_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000
 WHERE NOT EXISTS (SELECT 1 FROM page WHERE page.answer_id = answer.id);

CREATE TABLE endpoint (
    id                  TEXT PRIMARY KEY,
    name                TEXT    NOT NULL,
    kind                INTEGER NOT NULL,
    address             TEXT    NOT NULL,
    concurrency         INTEGER NOT NULL CHECK (concurrency >= 1),
    requests_per_minute INTEGER NOT NULL CHECK (requests_per_minute >= 0),
    tokens_per_minute   INTEGER NOT NULL CHECK (tokens_per_minute >= 0),
    plain_http_allowed  INTEGER NOT NULL CHECK (plain_http_allowed IN (0, 1)),
    enabled             INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    added_at            INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What all programs together learned of an endpoint's limits. `allowed` is how many requests at once it bears at this
-- time; 0: as many as the endpoint's own setting says.
CREATE TABLE endpoint_pace (
    endpoint   TEXT PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE,
    held_until INTEGER NOT NULL DEFAULT 0,
    held_code  TEXT    NOT NULL DEFAULT 'none',
    allowed    INTEGER NOT NULL DEFAULT 0 CHECK (allowed >= 0),
    answered   INTEGER NOT NULL DEFAULT 0,
    reduced_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The list of models that an endpoint gave last, as it came.
CREATE TABLE endpoint_catalogue (
    endpoint   TEXT PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE,
    fetched_at INTEGER NOT NULL,
    list       TEXT    NOT NULL
) STRICT;

-- Every model that was ever asked or marked. It outlives its endpoint, since the ledger names it.
CREATE TABLE model (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint  TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
    used_at   INTEGER NOT NULL DEFAULT 0,
    quirks    TEXT    NOT NULL DEFAULT '',
    UNIQUE (endpoint, name)
) STRICT;

-- Requests and tokens sent to a model, in slots of half a second; those older than a minute go.
CREATE TABLE rate_slot (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    slot     INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    tokens   INTEGER NOT NULL,
    PRIMARY KEY (model_id, slot)
) STRICT, WITHOUT ROWID;

-- The ledger: one row for each request to a model, written before it is sent. state: 0 about to be sent, 1 settled,
-- 2 outcome unknown, booked at its reservation, 3 never sent. The worker is kept for as long as the outcome is open.
-- The columns that are empty at first come last, so that settling seldom moves the row.
CREATE TABLE usage (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    state         INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    purpose       INTEGER NOT NULL,
    again         INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)),
    model_id      INTEGER NOT NULL REFERENCES model (id),
    run_id        INTEGER REFERENCES run (id),
    document_id   INTEGER REFERENCES document (id) ON DELETE SET NULL,
    page_number   INTEGER NOT NULL DEFAULT 0,
    job_id        INTEGER NOT NULL DEFAULT 0,
    lease         INTEGER NOT NULL DEFAULT 0,
    day           INTEGER NOT NULL,
    reserved      INTEGER NOT NULL CHECK (reserved >= 0),
    spent         INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
    cost_source   INTEGER NOT NULL DEFAULT 0,
    characters    INTEGER NOT NULL DEFAULT 0,
    picture_bytes INTEGER NOT NULL DEFAULT 0,
    sent_at       INTEGER NOT NULL,
    settled_at    INTEGER NOT NULL DEFAULT 0,
    input         INTEGER NOT NULL DEFAULT 0,
    cached_input  INTEGER NOT NULL DEFAULT 0,
    cache_write   INTEGER NOT NULL DEFAULT 0,
    output        INTEGER NOT NULL DEFAULT 0,
    reasoning     INTEGER NOT NULL DEFAULT 0,
    reported      INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1)),
    http_status   INTEGER NOT NULL DEFAULT 0,
    outcome       TEXT    NOT NULL DEFAULT 'none',
    request_id    TEXT    NOT NULL DEFAULT '',
    worker        TEXT,
    CHECK ((state = 0) = (settled_at = 0)),
    CHECK ((state = 0) = (worker IS NOT NULL))
) STRICT;

-- Both hold nothing but what is in flight at the moment.
CREATE INDEX usage_in_flight ON usage (model_id) WHERE state = 0;

CREATE INDEX usage_of_worker ON usage (worker) WHERE state = 0;

CREATE INDEX usage_by_document ON usage (document_id) WHERE document_id IS NOT NULL;

-- The sums of the ledger that reports are made of, kept right with every row of it, so that no report reads a million
-- rows. kind: 0 answered, 1 failed, 2 outcome unknown, 3 not asked at all since the answer was stored: then `requests`
-- are pages and `spent` is what their answers cost once. 0 stands for no run and no document.
CREATE TABLE cost_total (
    run_id        INTEGER NOT NULL,
    document_id   INTEGER NOT NULL,
    day           INTEGER NOT NULL,
    model_id      INTEGER NOT NULL,
    purpose       INTEGER NOT NULL,
    kind          INTEGER NOT NULL,
    again         INTEGER NOT NULL,
    requests      INTEGER NOT NULL,
    unpriced      INTEGER NOT NULL,
    spent         INTEGER NOT NULL,
    input         INTEGER NOT NULL,
    cached_input  INTEGER NOT NULL,
    cache_write   INTEGER NOT NULL,
    output        INTEGER NOT NULL,
    reasoning     INTEGER NOT NULL,
    PRIMARY KEY (run_id, document_id, day, model_id, purpose, kind, again)
) STRICT, WITHOUT ROWID;

CREATE INDEX cost_total_by_document ON cost_total (document_id) WHERE document_id <> 0;

-- What was spent and is reserved under each limit: "run:7", "day:2026-11-22", "month:2026-11", "workspace".
CREATE TABLE account (
    scope    TEXT PRIMARY KEY,
    spent    INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
    reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0)
) STRICT, WITHOUT ROWID;

-- period: 1 a day, 2 a month, 3 the workspace. Without a row there is no limit.
CREATE TABLE budget (
    period INTEGER PRIMARY KEY CHECK (period BETWEEN 1 AND 3),
    amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;

-- Jobs that wait at a limit; error_detail is its scope.
CREATE INDEX job_at_limit ON job (error_detail, run_at) WHERE state = 1 AND error_code = 'budget_reached';
