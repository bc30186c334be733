-- A body leaves a case: up to which version it may read on, since when; and after which kinds of events one may have left.
-- The public half of the key with which a device log is signed, and after which of its acts.
SET ROLE ld_tables;
ALTER TABLE ld.case_body ADD COLUMN left_version bigint, ADD COLUMN left_at timestamptz;
ALTER TABLE ld.profile ADD COLUMN leave_kinds text[] NOT NULL DEFAULT '{}', ADD COLUMN valid_from date;
CREATE TABLE ld.device_public (
    device uuid PRIMARY KEY REFERENCES ld.device, public bytea NOT NULL CHECK (length(public) = 32), after bigint NOT NULL,
    proof bytea NOT NULL, at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ld.device_public FOR EACH ROW EXECUTE FUNCTION ld.append_only();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON ld.device_public FOR EACH STATEMENT EXECUTE FUNCTION ld.append_only();
-- The second case of an act over two: it is merged into this one, or separated from it.
ALTER TABLE ld.act ADD COLUMN other_id uuid;
CREATE OR REPLACE FUNCTION ld.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- each table's own columns are named only where it is that table: PL/pgSQL looks at all of an expression
    CASE TG_TABLE_NAME
        WHEN 'act' THEN  -- one that waited gets its fate, and with it the second case that it is on
            IF TG_OP = 'UPDATE' THEN
                IF OLD.fate = 'behind' AND (OLD.other_id IS NULL OR NEW.other_id = OLD.other_id)
                    AND (to_jsonb(NEW) - 'fate' - 'detail' - 'other_id') = (to_jsonb(OLD) - 'fate' - 'detail' - 'other_id') THEN RETURN NEW; END IF;
            END IF;
        WHEN 'act_personal' THEN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.personal IS NULL AND (to_jsonb(NEW) - 'personal') = (to_jsonb(OLD) - 'personal') THEN RETURN NEW; END IF;
            END IF;
        WHEN 'piece' THEN  -- a piece of a file goes only with the erasure that names its act
            IF TG_OP = 'DELETE' THEN
                IF EXISTS (SELECT FROM ld.erasure e WHERE e.act = OLD.act) THEN RETURN OLD; END IF;
            END IF;
        ELSE NULL;
    END CASE;
    RAISE EXCEPTION 'append only' USING ERRCODE = '42501';
END $$;
RESET ROLE;
