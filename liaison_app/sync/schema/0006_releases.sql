-- Which version of the program a desk runs, as it says itself; which one the administrator announced last.
SET ROLE ld_tables;
ALTER TABLE ld.desk ADD COLUMN version text;
ALTER TABLE ld.server ADD COLUMN release jsonb;
RESET ROLE;
