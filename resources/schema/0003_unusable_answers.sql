-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a model wrote about a page that failed because of it, word for word. Apart from page, so that lists never read
-- it. It goes with the failure: a page that is asked again has none.
CREATE TABLE unusable_answer (
    page_id INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    text    TEXT NOT NULL
) STRICT;

CREATE TRIGGER unusable_answer_goes AFTER UPDATE OF state ON page WHEN old.state = 3
BEGIN
    DELETE FROM unusable_answer WHERE page_id = old.id;
END;

-- What is asked, as the key its answer will have: while a request is in flight nobody else asks the same.
ALTER TABLE usage ADD COLUMN question BLOB;

CREATE INDEX usage_of_question ON usage (question) WHERE state = 0 AND question IS NOT NULL;
