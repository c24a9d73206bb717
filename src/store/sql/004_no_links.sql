-- Migration 4: nothing ever read the resolved lists, and they took a sixth of the time of a load. What a cell names is
-- looked up when the row is written, as before, and kept as it was written.

DROP TABLE link;
