-- Migration 7: words of primary documents, and what a claim contradicts.

CREATE TABLE quotations (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  item INTEGER REFERENCES item,
  text TEXT,
  language TEXT,
  original_language TEXT,
  translator TEXT,
  citations TEXT,
  note TEXT,
  review TEXT,
  reviewer TEXT
) STRICT;
CREATE INDEX quotations_self ON quotations(self);

ALTER TABLE claims ADD COLUMN contradicts TEXT;
