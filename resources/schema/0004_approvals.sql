-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a run was approved with, so that the next start can tell whether that still holds, and why it waits for an
-- answer when it does not.

ALTER TABLE run ADD COLUMN estimate_likely INTEGER;

-- How many pages the estimate is for; 0: not known.
ALTER TABLE run ADD COLUMN estimate_pages INTEGER NOT NULL DEFAULT 0 CHECK (estimate_pages >= 0);

-- What a page of usual length cost with the model at that time; NULL: nobody knew.
ALTER TABLE run ADD COLUMN page_price INTEGER CHECK (page_price IS NULL OR page_price >= 0);

-- The endpoint's own list had the model.
ALTER TABLE run ADD COLUMN model_listed INTEGER NOT NULL DEFAULT 0 CHECK (model_listed IN (0, 1));

-- The name of what is asked; empty: nothing. A run that asks is paused too.
ALTER TABLE run ADD COLUMN question TEXT NOT NULL DEFAULT '';
