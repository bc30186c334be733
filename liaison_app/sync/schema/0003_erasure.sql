-- Erasing the personal parts of a case when its retention ends: who decided it with whom, and why; kept for ever.
SET ROLE ld_tables;
CREATE TABLE ld.erasure (
    act uuid PRIMARY KEY, case_id uuid NOT NULL, person text NOT NULL, second text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    CHECK (person <> second)
);
CREATE OR REPLACE FUNCTION ld.append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- each table's own columns are named only where it is that table: PL/pgSQL looks at all of an expression
    CASE TG_TABLE_NAME
        WHEN 'act' THEN
            IF TG_OP = 'UPDATE' THEN
                IF OLD.fate = 'behind' AND (to_jsonb(NEW) - 'fate' - 'detail') = (to_jsonb(OLD) - 'fate' - 'detail') THEN RETURN NEW; END IF;
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ld.erasure FOR EACH ROW EXECUTE FUNCTION ld.append_only();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON ld.erasure FOR EACH STATEMENT EXECUTE FUNCTION ld.append_only();
RESET ROLE;
