-- Ledger records 台账 and register acts: tables beside the earlier ones, nothing of theirs is changed.
-- In act, act_personal, entry and case_body the column case_id holds the id of the case or of the record: ids are acts' ids, so none is both.
SET ROLE ld_tables;

-- The readings in force, as the stream register/settings says.
CREATE TABLE ld.setting (name text PRIMARY KEY, value text NOT NULL);

-- Rules: kinds and steps of each profile version, once for each value of the setting on which a kind hangs (who convenes a meeting).
CREATE TABLE ld.record_kind (
    profile text NOT NULL REFERENCES ld.profile, kind text NOT NULL, value text NOT NULL, setting text NOT NULL, standard text NOT NULL,
    openers text[] NOT NULL, receivers text[] NOT NULL, office text[] NOT NULL, minutes text[] NOT NULL, approver text NOT NULL,
    stand_ins text[] NOT NULL, body_fields text[] NOT NULL, tables jsonb NOT NULL, PRIMARY KEY (profile, kind, value)
);
CREATE TABLE ld.record_step (
    profile text NOT NULL, kind text NOT NULL, value text NOT NULL, n int NOT NULL, code text NOT NULL, states text[] NOT NULL, to_state text NOT NULL,
    who text[] NOT NULL, persons text[] NOT NULL, fields text[] NOT NULL, personal text[] NOT NULL, takes text[] NOT NULL, takes_personal text[] NOT NULL,
    adds text[] NOT NULL, own boolean NOT NULL, needs_lines text[] NOT NULL, closes text NOT NULL, all_closed text NOT NULL, reason boolean NOT NULL,
    PRIMARY KEY (profile, kind, value, n), FOREIGN KEY (profile, kind, value) REFERENCES ld.record_kind
);
-- What the database knows of a record: which fields stand, whom they name, which lines are open; no words.
CREATE TABLE ld.record_head (
    id uuid PRIMARY KEY, profile text NOT NULL, kind text NOT NULL, body text NOT NULL, state text NOT NULL, replaced boolean NOT NULL,
    version bigint NOT NULL, said text[] NOT NULL, personal text[] NOT NULL, named jsonb NOT NULL, lines jsonb NOT NULL, readers text[] NOT NULL
) WITH (fillfactor = 60);
INSERT INTO ld.setting(name, value)
SELECT DISTINCT ON (s.e->>'setting') s.e->>'setting', s.e->>'value'
FROM (SELECT convert_from(data, 'UTF8')::jsonb->'event' AS e, version FROM ld.entry WHERE stream = 'register/settings') s
WHERE s.e->>'setting' IS NOT NULL ORDER BY s.e->>'setting', s.version DESC;
RESET ROLE;
