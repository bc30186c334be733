-- A body leaves a case: up to which version it may read on, since when; and after which kinds of events one may have left.
SET ROLE ld_tables;
ALTER TABLE ld.case_body ADD COLUMN left_version bigint, ADD COLUMN left_at timestamptz;
ALTER TABLE ld.profile ADD COLUMN leave_kinds text[] NOT NULL DEFAULT '{}';
RESET ROLE;
