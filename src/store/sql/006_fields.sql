-- Migration 6: which field of an alliance's fact sheet a row belongs to.

CREATE TABLE fields (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  item INTEGER REFERENCES item,
  field TEXT,
  note TEXT,
  review TEXT,
  reviewer TEXT
) STRICT;
CREATE INDEX fields_self ON fields(self);
