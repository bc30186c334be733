-- The same pages in one compressed value, for slow lines: PostgreSQL's line has no compression, pgcrypto's messages have.
-- The cipher round them is a wrapper only, its word stands here for everybody; TLS protects the line.
SET ROLE ld_door;
CREATE OR REPLACE FUNCTION ld.pressed(p_row record) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ld_press.pgp_sym_encrypt_bytea(record_send(p_row), 'LDZ1',
        'compress-algo=2, compress-level=6, cipher-algo=aes128, s2k-mode=0, s2k-digest-algo=sha256');
END $$;
-- ld.pull and ld.open_cases column by column: what is alike lies side by side, and a desk reads a column in one go.
CREATE OR REPLACE FUNCTION ld.pull_packed(p_epoch uuid, p_feed text[], p_after bigint[], p_limit int, p_bytes int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT ld.pressed(ROW(array_agg(p.feed), array_agg(p.pos), array_agg(p.what), array_agg(p.ref), array_agg(p.chain), array_agg(p.act), array_agg(p.n),
        array_agg(p.stream), array_agg(p.version), array_agg(p.kind), array_agg(p.data), array_agg(p.recorded_at), array_agg(p.header), array_agg(p.prev),
        array_agg(p.tag), array_agg(p.open), array_agg(p.salt), array_agg(p.personal)))
    FROM ld.pull(p_epoch, p_feed, p_after, p_limit, p_bytes) p
$$;
CREATE OR REPLACE FUNCTION ld.open_cases_packed(p_epoch uuid, p_limit int, p_after text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT ld.pressed(ROW(array_agg(c.act), array_agg(c.n), array_agg(c.stream), array_agg(c.version), array_agg(c.kind), array_agg(c.data),
        array_agg(c.recorded_at), array_agg(c.header), array_agg(c.prev), array_agg(c.tag), array_agg(c.open), array_agg(c.salt), array_agg(c.personal)))
    FROM ld.open_cases(p_epoch, p_limit, p_after) c
$$;
RESET ROLE;
