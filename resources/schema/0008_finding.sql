-- SPDX-License-Identifier: GPL-3.0-or-later
-- What narrows a search down, and searches that are kept.

-- What analyses found named, as written and in the form that compares equal, one thing after the other. rowid = answer.id.
-- Between two things stands U+E000, a word of its own, so that no phrase reaches from one into the next.
CREATE VIRTUAL TABLE answer_entity USING fts5 (names, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO answer_entity (rowid, names)
SELECT answer.id,
       group_concat(json_extract(entity.value, '$.text')
                        || coalesce(' ' || char(57344) || ' ' || json_extract(entity.value, '$.value'), ''),
                    ' ' || char(57344) || ' ')
  FROM answer, json_each(CASE WHEN json_valid(answer.result) THEN answer.result ELSE '{}' END, '$.entities') AS entity
 GROUP BY answer.id;

CREATE TRIGGER answer_names AFTER INSERT ON answer
BEGIN
    INSERT INTO answer_entity (rowid, names)
    SELECT new.id,
           group_concat(json_extract(entity.value, '$.text')
                            || coalesce(' ' || char(57344) || ' ' || json_extract(entity.value, '$.value'), ''),
                        ' ' || char(57344) || ' ')
      FROM json_each(CASE WHEN json_valid(new.result) THEN new.result ELSE '{}' END, '$.entities') AS entity
     GROUP BY new.id;
END;

CREATE TRIGGER answer_goes AFTER DELETE ON answer
BEGIN
    DELETE FROM answer_entity WHERE rowid = old.id;
END;

-- Documents that belong together, as the user says. A document may be in any number of them.
CREATE TABLE collection (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE, -- case folded: two that look alike would be one
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_document (
    collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    document_id   INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    PRIMARY KEY (collection_id, document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_of_document ON collection_document (document_id);

-- search: domain::toJson(SavedSearch).
CREATE TABLE saved_search (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    search     TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
