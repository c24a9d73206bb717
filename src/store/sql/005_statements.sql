-- Migration 5: statements of the text that can be checked from the evidence.

CREATE TABLE statements (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  conclusion INTEGER,
  expression TEXT,
  relation TEXT,
  stated TEXT,
  unit TEXT,
  tolerance REAL,
  finding TEXT,
  accounts_for TEXT,
  missing_en TEXT,
  missing_de TEXT,
  citations TEXT,
  note TEXT,
  review TEXT,
  reviewer TEXT
) STRICT;
CREATE INDEX statements_self ON statements(self);
