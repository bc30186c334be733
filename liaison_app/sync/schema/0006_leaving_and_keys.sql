-- A body leaves a case: up to which version it may read on, since when; and after which kinds of events one may have left.
-- The public half of the key with which a device log is signed, and after which of its acts.
SET ROLE ld_tables;
ALTER TABLE ld.case_body ADD COLUMN left_version bigint, ADD COLUMN left_at timestamptz;
ALTER TABLE ld.profile ADD COLUMN leave_kinds text[] NOT NULL DEFAULT '{}';
CREATE TABLE ld.device_public (
    device uuid PRIMARY KEY REFERENCES ld.device, public bytea NOT NULL CHECK (length(public) = 32), after bigint NOT NULL,
    proof bytea NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ld.device_public FOR EACH ROW EXECUTE FUNCTION ld.append_only();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON ld.device_public FOR EACH STATEMENT EXECUTE FUNCTION ld.append_only();
RESET ROLE;
