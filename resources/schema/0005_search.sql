-- SPDX-License-Identifier: GPL-3.0-or-later
-- Words are found in the forms of their language, in titles and headings before running text.

-- BCP 47, of the page's own text; empty until it is told.
ALTER TABLE page ADD COLUMN language TEXT NOT NULL DEFAULT '';

-- The languages that pages were ever written in: whose stems a search has to ask for.
CREATE TABLE search_language (
    language TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

DROP TABLE page_search;

-- rowid = page.id. A page that has text has a row here, a page in the trash too; rows that are missing are made again from
-- page_text. Text is normalised for searching (src/text/SearchText.h), so it differs from page_text.
CREATE VIRTUAL TABLE page_search USING fts5 (title, headings, body, stems, tokenize = 'unicode61 remove_diacritics 2');

-- Exact words count a little beside their stems. Chosen on two public collections of short texts (Cranfield, CISI): a title
-- at 2 to 4 and exact words at 0.1 to 0.5 differ by less than 0.01 of nDCG@10; without exact words it is 0.003 to 0.006 less.
INSERT INTO page_search (page_search, rank) VALUES ('rank', 'bm25(3.0, 2.0, 0.2, 1.0)');

-- In how many pages a term stands.
CREATE VIRTUAL TABLE page_term USING fts5vocab ('page_search', 'col');
