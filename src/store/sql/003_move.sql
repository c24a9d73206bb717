-- Migration 3: on which line a version stands from an edition on, where it moved in its file. Order shows in answers, so
-- that an edition must keep its own: a version's own line is that of its first edition.

CREATE TABLE move (
  resource TEXT NOT NULL,
  version INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (resource, version, edition)
) STRICT, WITHOUT ROWID;
