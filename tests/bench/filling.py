"""A district that has grown: cases of other days as rows, so that the shared database has the size of years (bench and plan test).

The rows have the shape and size of real ones; their hashes are not those of real acts, so no desk may read their feed from the start.
"""

import psycopg

ENTRIES_A_CASE = 25
PUT = (
    "INSERT INTO ld.act(id,device,seq,person,body,kind,case_id,header,prev,hash,tag,open,fate,detail,carried_by,recorded_at) "
    "SELECT md5('a'||g)::uuid, md5('dev'||%(body)s)::uuid, g, 'p-old', %(body)s, 'note', md5('c'||g/%(each)s)::uuid, convert_to(repeat('h',350),'UTF8'), "
    "sha256('p'), sha256('h'), sha256('t'), convert_to(repeat('o',230),'UTF8'), 'accepted', '{}', 'desk_old', now() FROM generate_series(%(first)s,%(last)s) g",
    "INSERT INTO ld.entry(no,act,n,stream,version,kind,data,case_id,recorded_at) SELECT g + 1000000000, md5('a'||g)::uuid, 0, 'case/'||md5('c'||g/%(each)s)::uuid, "
    "g %% %(each)s + 1, 'noted', convert_to(repeat('d',150),'UTF8'), md5('c'||g/%(each)s)::uuid, now() FROM generate_series(%(first)s,%(last)s) g",
    "INSERT INTO ld.case_body(case_id,body,first,joined_at) SELECT md5('c'||g)::uuid, %(body)s, true, now() "
    "FROM generate_series(%(first)s/%(each)s,%(last)s/%(each)s) g ON CONFLICT DO NOTHING",
    "INSERT INTO ld.case_head(id,profile,first,version,matters,states,words,done,members,open) SELECT md5('c'||g)::uuid, 'M1@1', %(body)s, %(each)s, 1, '{CLS}', "
    "'{w}', '{d}', ARRAY[%(body)s], false FROM generate_series(%(first)s/%(each)s,%(last)s/%(each)s) g ON CONFLICT DO NOTHING",
    "INSERT INTO ld.feed_item(feed,pos,what,entry,act,parts,chain) SELECT f.id, f.head + g - %(first)s + 1, 'entry', g + 1000000000, md5('a'||g)::uuid, 1, sha256('x') "
    "FROM ld.feed f, generate_series(%(first)s,%(last)s) g WHERE f.name = 'body/' || %(body)s",
    "UPDATE ld.feed SET head = head + %(last)s - %(first)s + 1 WHERE name = 'body/' || %(body)s",
)
"""A case has 25 acts (or as many as are asked for) of one entry each in one feed."""


def fill(district, body, first, last, each=ENTRIES_A_CASE):
    """Put entries ``first`` to ``last`` (numbers from 1 on) of old cases of a body into its feed, ``each`` a case; refresh what the planner knows."""
    with district.boss() as boss:
        for statement in PUT:
            psycopg.ClientCursor(boss).execute(statement, {"body": body, "first": first, "last": last, "each": each})
        boss.execute("ANALYZE ld.act, ld.entry, ld.feed_item, ld.case_body, ld.case_head")
