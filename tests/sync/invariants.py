"""The ten invariants, checked on every desk and on the server after every fault (I1 to I10).

``hold(district, seats)`` checks them all; ``healed=False`` leaves out what holds only when the line is whole again and
everybody has had his rounds (I6, I8's empty queue). What was seen before is remembered at each seat, so that reads that
went back are found. :data:`SHOWN` says which function shows which invariant.
"""

import time
from itertools import pairwise

from liaison_app.desk.deciding import folded, happened_in
from liaison_app.desk.signing import command_of
from liaison_app.security import chain
from liaison_app.store import following, journal, laid_aside, shared
from tests.conftest import CALL

SHOWN = {}
"""Invariant → the functions that show it, in the order in which they run."""
CHECKED = set()
"""What was checked since a test cleared it; a test of a fault ends in error when one of the ten is missing."""
FINAL = {"accepted", "rebased", "refused", "withdrawn", "quarantined"}
WORDS = [CALL[name].encode() for name in ("complainant_name", "contact", "content")]
"""A citizen's words as tests register them: in no file, no log."""
SERVER_FEEDS = """
SELECT f.name, f.head, f.chain, i.pos, i.what, i.ref::text, i.data, i.chain, e.act::text, e.n, e.stream, e.version, e.data, a.hash
FROM ld.feed f LEFT JOIN ld.feed_item i ON i.feed = f.id LEFT JOIN ld.entry e ON e.no = i.entry LEFT JOIN ld.act a ON a.id = e.act
ORDER BY f.name, i.pos"""
OUT_OF_AUDIENCE = """
SELECT f.name, i.pos, i.act::text FROM ld.feed_item i JOIN ld.feed f ON f.id = i.feed JOIN ld.act_personal p ON p.act = i.act
WHERE i.parts >= 2 AND NOT (i.what = 'stranded' AND f.name = 'body/' || p.body)
  AND NOT EXISTS (SELECT FROM ld.case_body b WHERE b.case_id = p.case_id AND f.name = 'body/' || b.body AND (p.audience = 'bodies' OR b.first))"""
OUT_OF_ORDER = """
SELECT * FROM (SELECT e.stream, a.device::text, e.version, a.seq, lag(a.seq) OVER (PARTITION BY e.stream, a.device ORDER BY e.version) AS before,
               a.id::text AS act FROM ld.entry e JOIN ld.act a ON a.id = e.act) x WHERE before > seq"""
BEFORE_ORDER = """
SELECT e.act::text FROM ld.entry e WHERE e.recorded_at <= coalesce((SELECT m.at FROM ld.migration m WHERE m.n = 4), 'infinity')"""
"""What a server took before it kept a device's order within a stream (0004): its acts that waited stand where they came."""

AFTER_LEAVING = """
SELECT f.name, i.pos FROM ld.case_body b JOIN ld.feed f ON f.name = 'body/' || b.body JOIN ld.feed_item i ON i.feed = f.id
JOIN ld.entry e ON e.no = i.entry WHERE e.stream = 'case/' || b.case_id AND e.version > b.left_version"""
WITH_A_PART = """
SELECT h.id, b.body FROM ld.case_head h JOIN ld.case_body b ON b.case_id = h.id WHERE (b.left_version IS NULL) <> (b.body = ANY (h.members))"""
LEFT_BEHIND = """
SELECT 'transaction of ' || usename FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'desk\\_%'
   AND (state LIKE 'idle in transaction%' OR state = 'active')
UNION ALL SELECT 'lock ' || l.locktype || ' ' || l.mode FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE a.datname = current_database() AND a.usename LIKE 'desk\\_%' AND l.locktype <> 'virtualxid'
UNION ALL SELECT 'temporary ' || relname FROM pg_class WHERE relpersistence = 't'
UNION ALL SELECT 'prepared ' || gid FROM pg_prepared_xacts"""


def shows(*names):
    """Note that a function shows an invariant."""

    def note(function):
        for name in names:
            SHOWN.setdefault(name, []).append(function)
        return function

    return note


class Desk:
    """What lies in a seat's replica, read once."""

    def __init__(self, seat):
        self.seat = seat
        with seat.desk._replica.read() as connection:
            ask = connection.exec_driver_sql
            self.acts = {
                r[0]: (r[1], r[2])
                for r in ask("SELECT a.id,a.fate,d.id IS NOT NULL FROM act a LEFT JOIN device d ON d.id=a.device")
            }
            self.devices = {r[0]: (r[1], bytes(r[2])) for r in ask("SELECT id,seq,head FROM device")}
            self.by_hash = {
                bytes(r[0]): (r[1], r[2], bytes(r[3])) for r in ask("SELECT hash,id,seq,prev_hash FROM act")
            }
            self.logs = {device: self._log(*head) for device, head in self.devices.items()}
            mine = {act for log in self.logs.values() for act, _ in log}
            self.own = {i: fate for i, (fate, _) in self.acts.items() if i in mine}
            self.outbox = {r[0]: r[1] for r in ask("SELECT act_id,state FROM outbox")}
            self.told = {c.act_id: c for c in laid_aside.conflicts(connection, everything=True, limit=100_000)}
            self.parts = {i: shared.own_act(connection, i) for i in self.own}
            self.points = following.checkpoints(connection)
            self.items = [
                tuple(r) for r in ask("SELECT feed,pos,what,ref,entry_id,chain FROM feed_item ORDER BY feed,pos")
            ]
            self.entries = [
                (r[0], r[1], r[2], r[3], r[4], bytes(r[5]), r[6])
                for r in ask("SELECT id,act_id,n,stream,version,data,final FROM entry ORDER BY stream,version")
            ]
            self.left = set(following.left_cases(connection))
            self.personal = set(ask("SELECT act_id FROM act_personal").scalars())
            self.order = [
                tuple(r)
                for r in ask("SELECT e.stream,a.device,a.seq,a.id FROM entry e JOIN act a ON a.id=e.act_id JOIN device d ON d.id=a.device ORDER BY e.stream,a.device,e.version")
            ]  # fmt: skip
            self.states = {
                case: [m.state for m in folded([happened_in(line) for line in lines]).matters]
                for case, lines in journal.lines_of(connection, [c for c, _ in journal.all_cases(connection)]).items()
                if lines
            }
        self.views = {c.act_id: c for c in seat.desk.conflicts(everything=True)}
        self.state = seat.desk.sync_state()

    def _log(self, seq, head):
        """Return a device log from its head back to its first act, in order: what a copy of this desk wrote is no part of it."""
        log = []
        while head != chain.GENESIS and head in self.by_hash:
            act, at, head = self.by_hash[head]
            log.append((act, at))
        return log[::-1]


class Server:
    """What lies in the shared database, read once as its administrator."""

    def __init__(self, district):
        self.district, self.epoch = district, district.epoch_now()
        with district.boss() as boss:
            ask = lambda statement: boss.execute(statement).fetchall()  # noqa: E731
            self.acts = {r[0]: r[1:] for r in ask("SELECT id::text, device::text, seq, fate, prev, hash, header, body FROM ld.act ORDER BY device, seq")}  # fmt: skip
            self.entries = {(s, v): (a, n, bytes(d)) for s, v, a, n, d in ask("SELECT stream, version, act::text, n, data FROM ld.entry")}  # fmt: skip
            self.feeds, self.chains = {}, {}
            for name, head, top, pos, *item in ask(SERVER_FEEDS):
                self.feeds.setdefault(name, (head, bytes(top), []))
                if pos is not None:
                    self.feeds[name][2].append((pos, *item))
                    self.chains[name, pos] = bytes(item[3])
            self.heads = dict(ask("SELECT id::text, states FROM ld.case_head"))
            self.unordered = {act for (act,) in ask(BEFORE_ORDER)}
            self.readers = {}
            for case, body, first in ask("SELECT case_id::text, body, first FROM ld.case_body"):
                self.readers.setdefault(case, {})[body] = first
            self.parts = bool(
                ask("SELECT 1 FROM pg_attribute WHERE attrelid='ld.case_body'::regclass AND attname='left_version'")
            )
            self.left = {(c, b): v for c, b, v in ask("SELECT case_id::text, body, left_version FROM ld.case_body WHERE left_version IS NOT NULL")} if self.parts else {}  # fmt: skip
            there = ask("SELECT to_regclass('ld.erasure') IS NOT NULL")[0][0]  # an older server has no such table
            self.erased = {a for (a,) in ask("SELECT act::text FROM ld.erasure")} if there else set()
            self.personal = {a: (c, b, audience) for a, c, b, audience in ask("SELECT act::text, case_id::text, body, audience FROM ld.act_personal")}  # fmt: skip


@shows("I1")
def confirmed_acts_are_in_a_log(desk, server, healed):
    """Every act that the screen confirmed is in a device log, has exactly one fate, and its text can be read (or was erased)."""
    for act, said in desk.seat.confirmed.items():
        assert act in desk.acts, ("confirmed and gone", act)
        for name, value in said.items():
            if name == "into":
                continue  # the number that was typed stands as the id of its case
            if isinstance(value, str) and len(value) > 3 and act in desk.parts and act not in server.erased:
                stored = desk.parts[act]
                text = (stored.open + (stored.personal or b"")).decode()
                assert value.replace("\x00", "")[:40] in text or not value.isprintable(), (
                    "text",
                    act,
                    stored.kind,
                    value,
                )
    for act, fate in desk.own.items():
        assert fate in FINAL | {"pending"}, (act, fate)
        assert (fate == "pending") == (desk.outbox.get(act) in {"new", "behind"}) or act in desk.told or desk.outbox.get(act) == "new", (act, fate, desk.outbox.get(act))  # fmt: skip
        assert fate in {"pending", "accepted", "rebased"} or act in desk.told, ("laid aside and not told", act, fate)
        stored = desk.parts[act]
        command_of(stored.open, stored.personal)
        if act in desk.told:
            assert desk.views[act].mine or not desk.views[act].fields, ("its text", act)


@shows("I1")
def device_logs_are_dense_and_chained(desk, server, healed):
    """Each own log runs without a hole from its first act to its head, every act on the hash before it."""
    for device, log in desk.logs.items():
        assert [seq for _, seq in log] == list(range(1, desk.devices[device][0] + 1)), ("hole in the log", device)


@shows("I1", "I3")
def chains_parts_and_tags_verify_at_the_desk(desk, server, healed):
    """``verify`` of the desk finds nothing: hashes of parts, tags, versions, feed chains."""
    report = desk.seat.desk.verify()
    assert report.ok, report.broken


@shows("I2")
def exactly_once(desk, server, healed):
    """No act, entry or feed item twice; once healed, a desk's acts are those of its logs at the server, with one fate."""
    assert len({e[0] for e in desk.entries}) == len(desk.entries) == len({e[3:5] for e in desk.entries})
    there = {i: fate for i, (device, _, fate, *_) in server.acts.items() if device in desk.devices}
    assert set(there) <= set(desk.acts), "the server has no act of this log that the desk has not"
    if not healed:
        return
    for act, fate in desk.own.items():
        if act in desk.seat.unsent or fate == "quarantined":
            continue
        assert act in there, ("never arrived", act, fate)
        if fate in {"accepted", "rebased"}:
            assert there[act] == "accepted", (act, fate, there[act])
        else:
            assert there[act] in {"refused", "withdrawn"}, (act, fate, there[act])
            assert act in desk.told, act


@shows("I2")
def exactly_once_at_the_server(server):
    """Each (device, seq), (act, n) and entry of a feed stands once; what was not accepted has no entry, what was has some."""
    sql = server.district.sql
    assert sql("SELECT act, n FROM ld.entry GROUP BY act, n HAVING count(*) > 1") == []
    assert sql("SELECT device, seq FROM ld.act GROUP BY device, seq HAVING count(*) > 1") == []
    assert (
        sql("SELECT feed, entry FROM ld.feed_item WHERE entry IS NOT NULL GROUP BY feed, entry HAVING count(*) > 1")
        == []
    )
    assert sql("SELECT feed, ref FROM ld.feed_item WHERE what = 'result' GROUP BY feed, ref HAVING count(*) > 1") == []
    assert sql("SELECT a.id FROM ld.act a WHERE (a.fate = 'accepted') <> EXISTS (SELECT FROM ld.entry e WHERE e.act = a.id)") == []  # fmt: skip
    assert sql("SELECT e.stream FROM ld.entry e JOIN ld.stream s ON s.name = e.stream GROUP BY e.stream, s.version HAVING count(*) <> s.version OR max(e.version) <> s.version") == []  # fmt: skip


@shows("I1")
def device_logs_at_the_server(server):
    """Dense, each act's hash over the one before: the server keeps refused acts in their places."""
    last = {}
    for act, (device, seq, _, prev, hashed, header, _) in server.acts.items():
        before = last.get(device, (0, chain.GENESIS))
        assert (seq, bytes(prev)) == (before[0] + 1, before[1]), ("log at the server", device, seq)
        assert chain.act_hash(bytes(prev), bytes(header)) == bytes(hashed), act
        last[device] = (seq, bytes(hashed))


@shows("I3")
def feeds_at_the_server_are_dense_and_chained(server):
    """Positions 1 to head without a hole; each chain value computed again from what the item holds."""
    for name, (head, top, items) in server.feeds.items():
        assert [i[0] for i in items] == list(range(1, head + 1)), ("hole", name)
        last = chain.GENESIS
        for pos, what, ref, data, chained, act, n, stream, version, entry, hashed in items:
            if what == "entry":
                digest = chain.entry_digest(act, n, bytes(hashed), stream, version, bytes(entry))
            else:
                digest = chain.item_digest(what, ref, bytes(data or b""))
            last = chain.feed_hash(last, digest)
            assert last == bytes(chained), ("chain", name, pos)
        assert last == top, name


@shows("I3")
def desk_is_a_prefix_of_the_server(desk, server, healed):
    """Every feed line here has the chain value that the server has at that position."""
    for feed, pos, _, _, _, chained in desk.items:
        if desk.points[feed].epoch == server.epoch:
            assert server.chains.get((feed, pos)) == bytes(chained), ("not a prefix", feed, pos)


@shows("I4")
def checkpoints_are_not_ahead_of_data(desk, server, healed):
    """A checkpoint stands at the last line that is here, its entry is here and final; never back but by another epoch."""
    final = {e[0] for e in desk.entries if e[6]}
    for feed, point in desk.points.items():
        lines = [i for i in desk.items if i[0] == feed]
        assert [i[1] for i in lines] == list(range(1, point.pos + 1)), ("checkpoint and lines", feed)
        assert point.chain == (bytes(lines[-1][5]) if lines else chain.GENESIS), feed
        assert all(i[4] is None or i[4] in final for i in lines), ("line without its entry", feed)
        epoch, pos = desk.seat.memory.get(feed, (point.epoch, 0))
        assert epoch != point.epoch or point.pos >= pos, ("checkpoint went back", feed)
        desk.seat.memory[feed] = (point.epoch, point.pos)


@shows("I5")
def order_of_a_device_is_kept(desk, server, healed):
    """In each stream the acts of one device stand in the order in which they were done."""
    kept = [(stream, device, seq) for stream, device, seq, act in desk.order if act not in server.unordered]
    for (stream, device, seq), (other, same, later) in pairwise(kept):
        assert (stream, device) != (other, same) or later >= seq, ("order", stream, device)


@shows("I5")
def order_of_a_device_is_kept_at_the_server(server):
    """The same in every stream of the server."""
    assert [row for row in server.district.sql(OUT_OF_ORDER) if row[5] not in server.unordered] == []


@shows("I6")
def equal_grants_equal_projections(desks, server):
    """Desks of one body show the same; what a desk holds is what the server holds; SQL and Python fold to the same states."""
    bodies = {}
    for desk in desks:
        bodies.setdefault(desk.seat.desk.person.body, []).append(desk)
        for _, act, n, stream, version, data, final in desk.entries:
            assert final, (
                "still provisional",
                desk.seat.person,
                stream,
                version,
                act,
                desk.acts[act],
                desk.told.get(act),
                server.acts.get(act, ())[2:3],
            )
            assert server.entries[stream, version] == (act, n, data), (
                "another entry than the server's",
                stream,
                version,
            )
        body, overseen = desk.seat.desk.person.body, "oversight" in desk.points
        for case, states in desk.states.items():
            if overseen or (case, body) not in server.left:
                assert server.heads[case] == states, ("states", case)
        gone = {} if overseen else {c: v for (c, b), v in server.left.items() if b == body}
        for case, version in gone.items():
            assert max(e[4] for e in desk.entries if e[3] == f"case/{case}") == version, (
                "not as it stood when it left",
                case,
            )
        assert set(gone) == desk.left, "which cases are another's now"
    for same in bodies.values():
        for one, other in pairwise(same):
            mine, theirs = one.seat.rows(), other.seat.rows()
            for table, rows in mine.items():
                assert rows == theirs[table], (table, one.seat.person, other.seat.person)
            assert {e[3:5] for e in one.entries} == {e[3:5] for e in other.entries}


@shows("I7")
def projections_are_the_fold_of_the_journal(desk, server, healed):
    """A rebuild gives equal tables, and no case is left out of them as one that this program cannot read."""
    report = desk.seat.desk.rebuild(check=True)
    assert report.equal, report
    assert desk.seat.desk.sync_state().code != "case_unreadable"


@shows("I7")
def own_pending_acts_are_visible(desk, server, healed):
    """What waits has its entries in the streams here, or stands in 需核对事项."""
    shown = {e[1] for e in desk.entries}
    for act, state in desk.outbox.items():
        if state in {"new", "behind"}:
            assert act in shown or act in desk.told, ("pending and not to be seen", act)


@shows("I7")
def reads_are_monotonic(desk, server, healed):
    """What was final stays as it is, but for another epoch of the server."""
    epoch = next((p.epoch for p in desk.points.values()), "")
    before, seen = desk.seat.memory.get("final", ("", {}))
    now = {e[0]: e[3:6] for e in desk.entries if e[6]}
    if before == epoch:
        for entry, was in seen.items():
            assert now.get(entry) == was, ("final and changed", entry)
    desk.seat.memory["final"] = (epoch, now)


@shows("I8")
def status_line_tells_the_truth(desk, server, healed):
    """What it says of waiting, received and to be checked is what lies there; healed: nothing waits, nothing is wrong."""
    state = desk.state
    assert state.waiting == sum(s in {"new", "behind"} for s in desk.outbox.values())
    assert state.to_check == sum(c.resolved_at is None for c in desk.told.values())
    assert state.received == sum(p.pos for p in desk.points.values())
    if healed:
        assert set(desk.outbox) <= desk.seat.unsent, ("the queue is stuck", desk.outbox)
        assert state.code == desk.seat.expected_code, state.code
        assert state.received == state.head
        for feed, point in desk.points.items():
            assert server.feeds[feed][0] == point.pos, ("not read to its head", feed)


@shows("I9")
def personal_parts_only_with_their_audience(desk, server, healed):
    """What is here of a citizen came because this body is its audience, or this desk wrote it."""
    body = desk.seat.desk.person.body
    for act in desk.personal:
        if act in desk.own or act not in server.personal:
            assert act in desk.own or act in desk.seat.inherited, ("a citizen from nowhere", act)
            continue
        case, of, audience = server.personal[act]
        first = server.readers.get(case, {}).get(body)
        assert of == body or (first is not None and (audience == "bodies" or first)), ("not its audience", act, body)


@shows("I9")
def nothing_readable_lies_about(desk, server, healed):
    """No file of the desk is a plain database, none holds a citizen's words: replica, WAL, log, keys, leftovers."""
    for path in desk.seat.home.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            assert not text.startswith(b"SQLite format 3"), path
            assert not any(word in text for word in WORDS), ("a citizen's words in", path.name)


@shows("I9")
def audience_at_the_server(server):
    """No feed brings a personal part to a body outside its audience; the server's log holds no citizen's word."""
    assert server.district.sql(OUT_OF_AUDIENCE) == []
    if server.parts:
        assert server.district.sql(AFTER_LEAVING) == [], "what came after a body left"
        assert server.district.sql(WITH_A_PART) == [], "a member has a part in the case, who left has none"
    text = server.district.cluster.log.read_bytes()
    assert not any(word in text for word in WORDS), "a citizen's words in the server's log"


@shows("I10")
def nothing_is_left_on_the_server(server, seconds=60.0):
    """No transaction, lock, temporary table or prepared transaction of a desk stays behind (a cut session ends soon)."""
    end = time.monotonic() + seconds
    while left := server.district.sql(LEFT_BEHIND):
        assert time.monotonic() < end, left
        time.sleep(0.1)


ALL = tuple(f"I{n}" for n in range(1, 11))
OF_A_DESK = [
    confirmed_acts_are_in_a_log, device_logs_are_dense_and_chained, chains_parts_and_tags_verify_at_the_desk, exactly_once,
    desk_is_a_prefix_of_the_server, checkpoints_are_not_ahead_of_data, order_of_a_device_is_kept,
    projections_are_the_fold_of_the_journal, own_pending_acts_are_visible, reads_are_monotonic, status_line_tells_the_truth,
    personal_parts_only_with_their_audience, nothing_readable_lies_about,
]  # fmt: skip
OF_THE_SERVER = [
    exactly_once_at_the_server, device_logs_at_the_server, feeds_at_the_server_are_dense_and_chained,
    order_of_a_device_is_kept_at_the_server, audience_at_the_server, nothing_is_left_on_the_server,
]  # fmt: skip
AT_DESKS = {"I1", "I2", "I3", "I4", "I5", "I7", "I9"}
"""Shown only where a desk was looked at, however the server stands."""


def hold(district, seats, *, healed=True):
    """Check all invariants on the server and on the open desks of some seats."""
    server = Server(district)
    desks = [Desk(seat) for seat in seats if seat.desk is not None]
    for check in OF_THE_SERVER:
        check(server)
    for desk in desks:
        for check in OF_A_DESK:
            check(desk, server, healed)
    if healed:
        equal_grants_equal_projections(desks, server)
    CHECKED.add("I10")
    if desks:
        CHECKED.update(AT_DESKS)
    if desks and healed:
        CHECKED.update({"I6", "I8"})
