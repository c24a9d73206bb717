-- Migration 8: the standard error of a figure.

ALTER TABLE observations ADD COLUMN standard_error REAL;
