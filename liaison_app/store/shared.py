"""Entries and acts on their way between a desk and the shared database: what is provisional, what waits to be sent."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection

from liaison_app.domain.records import Entry
from liaison_app.store.engine import fetched, first, marks, parts, written

BEHIND = "project.behind"
"""Set while cases came whose rows are not written yet, and when a newer program brought the file up: its rows may say
more of what an older one only kept. A desk that is opened then writes them first."""
UNREADABLE = "project.unreadable"
"""Ids of the cases whose entries make none here, parted by spaces."""


class OwnAct(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An act of this desk with its bytes and where it stands with the shared database."""

    id: str
    device: str
    seq: int
    person: str
    body: str
    kind: str
    case_id: str | None
    recorded_at: str
    header: bytes
    open: bytes
    prev_hash: bytes
    tag: bytes
    fate: str
    salt: bytes | None
    personal: bytes | None
    state: str
    claims: str


class Held(msgspec.Struct, frozen=True, gc=False):
    """What is here of an act: its hash, whether a device log of this desk holds it, whether its parts are here."""

    hash: bytes
    own: bool
    opened: bool
    personal: bool
    recorded_at: str


# -- entries ------------------------------------------------------------------------------------

RECORD = "record/"
"""What the subject of a ledger record begins with; that of a case is its id."""


@lru_cache(maxsize=4096)
def subject_of(stream: str | None) -> str | None:
    """Return what a stream belongs to: the id of a case, ``record/ID`` for a ledger record, None for a register."""
    kind, _, rest = (stream or "").partition("/")
    name = rest.partition("/")[0]
    return name if kind == "case" and name else f"{RECORD}{name}" if kind == "record" and name else None


def _span(subject: str) -> tuple[str, str, str]:
    """Return the bounds of a subject's streams: the shared one, and between which names the inner ones lie."""
    base = subject if subject.startswith(RECORD) else f"case/{subject}"
    return base, f"{base}/", f"{base}0"


def bound_cases(connection: Connection, cases: Iterable[str]) -> set[str]:
    """Return cases with those that an act still waiting moves together with them: it is decided again as a whole."""
    known, todo = set(cases), list(cases)
    if not fetched(connection, "SELECT 1 FROM entry WHERE final=0 LIMIT 1", ()):
        return known
    while todo:
        span = _span(todo.pop())
        rows = connection.exec_driver_sql(
            "SELECT DISTINCT o.stream FROM entry e JOIN entry o ON o.act_id=e.act_id AND o.final=0 "
            "WHERE e.final=0 AND (e.stream=? OR (e.stream>? AND e.stream<?))", span,
        ).scalars()  # fmt: skip
        found = {one for stream in rows if (one := subject_of(str(stream)))} - known
        known |= found
        todo += found
    return known


def provisional_of(connection: Connection, cases: Iterable[str]) -> list[str]:
    """Take the provisional entries of cases off and return the own acts among theirs in the order in which they were done.

    Entries of other desks are provisional only while a restored server is read anew; they come again by themselves.
    """
    acts: dict[str, int] = {}
    if first(connection, "SELECT 1 FROM entry WHERE final=0 LIMIT 1", ()) is None:
        return []
    for case in cases:
        where = "final=0 AND (stream=? OR (stream>? AND stream<?))"
        span = _span(case)
        found = fetched(
            connection, "SELECT DISTINCT a.id,a.pos,d.id IS NOT NULL FROM entry e JOIN act a ON a.id=e.act_id "
            f"LEFT JOIN device d ON d.id=a.device WHERE e.{where}", span,
        )  # fmt: skip
        if found:
            acts.update((str(i), int(p)) for i, p, own in found if own)
            connection.exec_driver_sql(f"DELETE FROM entry WHERE {where}", span)
            lower_streams(connection, case)
    return sorted(acts, key=acts.__getitem__)


def lower_streams(connection: Connection, case: str) -> None:
    """Set the versions of a case's streams to what their entries say; a stream without entries is none."""
    span = _span(case)
    connection.exec_driver_sql(
        "UPDATE stream SET version=coalesce((SELECT max(version) FROM entry e WHERE e.stream=stream.name),0) "
        "WHERE name=? OR (name>? AND name<?)", span,
    )  # fmt: skip
    connection.exec_driver_sql("DELETE FROM stream WHERE version=0 AND (name=? OR (name>? AND name<?))", span)


def known_entries(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, int, bytes, int]]:
    """Return those entries that are here: (stream, version, data, final) by id."""
    found: dict[str, tuple[str, int, bytes, int]] = {}
    for part in parts(ids):
        rows = fetched(connection, f"SELECT id,stream,version,data,final FROM entry WHERE id IN ({marks(part)})", part)
        found.update((r[0], (r[1], int(r[2]), bytes(r[3]), int(r[4]))) for r in rows)
    return found


def put_entries(connection: Connection, entries: Sequence[Entry], *, final: bool) -> None:
    """Append entries to their streams."""
    if not entries:
        return
    written(
        connection,
        "INSERT INTO entry(id,act_id,n,stream,version,kind,data,final) VALUES(?,?,?,?,?,?,?,?)",
        [(e.id, e.act_id, e.n, e.stream, e.version, e.kind, e.data, int(final)) for e in entries],
    )
    tops: dict[str, int] = {}
    for entry in entries:
        tops[entry.stream] = max(entry.version, tops.get(entry.stream, 0))
    written(
        connection,
        "INSERT INTO stream(name,version) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET version=max(version,excluded.version)",
        list(tops.items()),
    )


def begun(connection: Connection, streams: Collection[str]) -> set[str]:
    """Return those of some streams that have entries here already."""
    found: set[str] = set()
    for part in parts(sorted(streams)):
        rows = connection.exec_driver_sql(f"SELECT name FROM stream WHERE name IN ({marks(part)})", part)
        found.update(str(r[0]) for r in rows)
    return found


def finish(connection: Connection, entry_ids: Sequence[str]) -> None:
    """Make provisional entries final as they stand."""
    for part in parts(entry_ids):
        written(connection, f"UPDATE entry SET final=1 WHERE id IN ({marks(part)})", part)


def cut_register(connection: Connection, stream: str, version: int) -> int:
    """Take provisional entries of a register off from a version on; return how many."""
    found = connection.exec_driver_sql(
        "DELETE FROM entry WHERE stream=? AND version>=? AND final=0 AND stream LIKE 'register/%'", (stream, version)
    ).rowcount
    if found:
        _lower_register(connection, stream)
    return int(found)


def _lower_register(connection: Connection, stream: str) -> None:
    """Set the version of a register to what its entries say; a register without entries is none."""
    connection.exec_driver_sql(
        "UPDATE stream SET version=(SELECT count(*) FROM entry e WHERE e.stream=name) WHERE name=?", (stream,)
    )
    connection.exec_driver_sql("DELETE FROM stream WHERE version=0 AND name=?", (stream,))


def leftover_registers(connection: Connection) -> list[tuple[str, int]]:
    """Return registers with entries that the restored server never knew, and from which version on; an own act that still
    waits for its answer is none of them."""
    rows = fetched(
        connection, "SELECT stream,min(version) FROM entry WHERE final=0 AND stream LIKE 'register/%' "
        "AND act_id NOT IN (SELECT act_id FROM outbox) GROUP BY stream", (),
    )  # fmt: skip
    return [(str(r[0]), int(r[1])) for r in rows]


def unanswered_registers(connection: Connection) -> frozenset[str]:
    """Return own register acts whose answer is not known yet: nobody goes by them."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT e.act_id FROM outbox o CROSS JOIN entry e ON e.act_id=o.act_id "
        "WHERE e.stream LIKE 'register/%' AND o.why<>'epoch'"
    ).scalars()
    return frozenset(str(i) for i in rows)


def leftover_cases(connection: Connection) -> list[str]:
    """Return the cases and records that still have provisional entries of other desks: the restored server never knew them."""
    rows = fetched(
        connection, "SELECT DISTINCT e.stream FROM entry e JOIN act a ON a.id=e.act_id LEFT JOIN device d ON d.id=a.device "
        "WHERE e.final=0 AND d.id IS NULL", (),
    )  # fmt: skip
    return sorted({one for (stream,) in rows if (one := subject_of(str(stream)))})


def drop_foreign(connection: Connection, cases: Iterable[str]) -> None:
    """Take provisional entries of other desks off: the restored server has not got them (their desks offer them again)."""
    for case in cases:
        connection.exec_driver_sql(
            "DELETE FROM entry WHERE final=0 AND (stream=? OR (stream>? AND stream<?)) AND act_id IN "
            "(SELECT a.id FROM act a LEFT JOIN device d ON d.id=a.device WHERE d.id IS NULL)", _span(case),
        )  # fmt: skip
        lower_streams(connection, case)


# -- acts ---------------------------------------------------------------------------------------
_OWN = (
    "SELECT a.id,a.device,a.seq,a.person,a.body,a.kind,a.case_id,a.recorded_at,a.header,a.open,a.prev_hash,a.tag,"
    "a.fate,p.salt,p.body,coalesce(o.state,''),coalesce(o.claims,'[]') FROM act a LEFT JOIN act_personal p "
    "ON p.act_id=a.id "
)
_WAITING = (
    _OWN.replace(
        "FROM act a",
        "FROM outbox o CROSS JOIN act a ON a.id=o.act_id CROSS JOIN device d ON d.id=a.device AND d.state<>'new'",
    )
    + "ORDER BY a.pos LIMIT ?"
)


def _own(row: Any) -> OwnAct:
    return OwnAct(
        id=row[0], device=row[1], seq=int(row[2]), person=row[3], body=row[4], kind=row[5], case_id=row[6],
        recorded_at=row[7], header=bytes(row[8]), open=bytes(row[9]), prev_hash=bytes(row[10]), tag=bytes(row[11]),
        fate=row[12], salt=row[13], personal=row[14], state=row[15], claims=row[16],
    )  # fmt: skip


def own_act(connection: Connection, act_id: str) -> OwnAct | None:
    """Return an act with its bytes."""
    row = first(connection, _OWN + "LEFT JOIN outbox o ON o.act_id=a.id WHERE a.id=?", (act_id,))
    return None if row is None else _own(row)


def waiting_acts(connection: Connection, limit: int) -> list[OwnAct]:
    """Return what waits to be sent, in the order in which it was done."""
    return [_own(r) for r in fetched(connection, _WAITING, (limit,))]


def states_of(connection: Connection, act_ids: Sequence[str]) -> dict[str, str]:
    """Return how those of some acts stand that wait."""
    found: dict[str, str] = {}
    for part in parts(act_ids):
        found.update(fetched(connection, f"SELECT act_id,state FROM outbox WHERE act_id IN ({marks(part)})", part))
    return found


def entries_of(connection: Connection, act_ids: Sequence[str]) -> dict[str, list[Entry]]:
    """Return the entries of acts, in order."""
    found: dict[str, list[Entry]] = {i: [] for i in act_ids}
    for part in parts(act_ids):
        statement = f"SELECT id,act_id,n,stream,version,kind,data FROM entry WHERE act_id IN ({marks(part)}) ORDER BY n"
        for r in fetched(connection, statement, part):
            found[r[1]].append(
                Entry(id=r[0], act_id=r[1], n=int(r[2]), stream=r[3], version=int(r[4]), kind=r[5], data=bytes(r[6]))
            )
    return found


def held(connection: Connection, act_ids: Sequence[str]) -> dict[str, Held]:
    """Return what is here of acts, those that are here."""
    found: dict[str, Held] = {}
    for part in parts(act_ids):
        rows = fetched(
            connection, "SELECT a.id,a.hash,d.id IS NOT NULL,length(a.open)>0,p.act_id IS NOT NULL,a.recorded_at FROM act a LEFT JOIN device d "
            f"ON d.id=a.device LEFT JOIN act_personal p ON p.act_id=a.id WHERE a.id IN ({marks(part)})", part,
        )  # fmt: skip
        found.update((r[0], Held(bytes(r[1]), bool(r[2]), bool(r[3]), bool(r[4]), r[5])) for r in rows)
    return found


def put_outbox(connection: Connection, rows: Sequence[tuple[str, str, str]]) -> None:
    """Put acts (id, claims, since) in the line of what is to be sent."""
    written(
            connection, "INSERT INTO outbox(act_id,state,claims,since,why) VALUES(?,'new',?,?,'')", list(rows)
    )  # fmt: skip


def remark(connection: Connection, act_id: str, state: str, why: str, claims: str | None = None) -> None:
    """Note why an act still waits."""
    written(
        connection,
        "UPDATE outbox SET state=?,why=?,tries=tries+1,claims=coalesce(?,claims) WHERE act_id=?",
        (state, why, claims, act_id),
    )


def put_claims(connection: Connection, act_id: str, claims: str) -> None:
    """Write the flags that an act claims after it was decided again."""
    written(connection, "UPDATE outbox SET claims=? WHERE act_id=?", (claims, act_id))


def put_foreign(
    connection: Connection, acts: Sequence[tuple[Any, ...]], personal: Sequence[tuple[str, str, bytes | None, bytes]],
    opened: Sequence[tuple[bytes, str]],
) -> None:  # fmt: skip
    """Keep acts of other desks (columns of the table from ``id`` on), personal and open parts that came."""
    if opened:
        written(connection, "UPDATE act SET open=? WHERE id=?", list(opened))
    if acts:
        written(
            connection, "INSERT INTO act(id,device,seq,person,body,kind,case_id,happened_at,recorded_at,header,open,prev_hash,hash,"
            "tag,fate) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", list(acts),
        )  # fmt: skip
    if personal:
        written(
            connection, "INSERT OR IGNORE INTO act_personal(act_id,audience,salt,body) VALUES(?,?,?,?)", list(personal)
        )


def drop_entries(connection: Connection, act_id: str) -> set[str]:
    """Take the provisional entries of a refused act off; return the cases that had them, to be decided again."""
    found = connection.exec_driver_sql(
        "DELETE FROM entry WHERE act_id=? AND final=0 RETURNING stream", (act_id,)
    ).scalars()
    streams = {str(stream) for stream in found.all()}
    cases = {one for stream in streams if (one := subject_of(stream))}
    for case in cases:
        lower_streams(connection, case)
    for stream in streams:
        if subject_of(stream) is None:
            _lower_register(connection, stream)
    return cases


def settle(connection: Connection, act_id: str, fate: str) -> None:
    """Write the final fate of an act; it waits no more."""
    written(connection, "UPDATE act SET fate=? WHERE id=?", (fate, act_id))
    written(connection, "DELETE FROM outbox WHERE act_id=?", (act_id,))


def settle_all(connection: Connection, fates: Sequence[tuple[str, str]]) -> None:
    """Write the final fates of many acts, each (fate, act); they wait no more."""
    if fates:
        written(connection, "UPDATE act SET fate=? WHERE id=?", list(fates))
        written(connection, "DELETE FROM outbox WHERE act_id=?", [(act,) for _, act in fates])


def outbox_count(connection: Connection) -> tuple[int, str | None]:
    """Return how many acts wait and since when."""
    statement = "SELECT count(*),min(since) FROM outbox WHERE state IN ('new','behind')"
    count, since = fetched(connection, statement, ())[0]
    return int(count), since


def only_here(connection: Connection, person: str = "") -> int:
    """Return how many acts (and pieces of files) the shared database has not got yet: a person's, or everybody's."""
    acts = connection.exec_driver_sql(
        "SELECT count(*) FROM outbox o CROSS JOIN act a ON a.id=o.act_id CROSS JOIN device d ON d.id=a.device "
        "WHERE o.state IN ('new','behind','withdrawing-new') AND (?='' OR d.person=?)", (person, person),
    ).scalar()  # fmt: skip
    pieces = connection.exec_driver_sql(
        "SELECT count(*) FROM attachment t CROSS JOIN act a ON a.id=t.act_id CROSS JOIN device d ON d.id=a.device "
        "WHERE t.sent=0 AND a.fate IN ('accepted','rebased') AND (?='' OR d.person=?)", (person, person),
    ).scalar()  # fmt: skip
    return int(acts or 0) + int(pieces or 0)


def unoffered(connection: Connection) -> int:
    """Return how many acts wait that the shared database was never offered; 0 while it is offered a whole log again."""
    statement = "SELECT count(*) FILTER (WHERE state='new'),count(*) FILTER (WHERE why='epoch') FROM outbox"
    fresh, again = fetched(connection, statement, ())[0]
    return 0 if again else int(fresh)


def outbox_rows(connection: Connection, limit: int = 200) -> list[tuple[Any, ...]]:
    """Return what waits: act, kind, case, person, since, state, tries, why; oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT o.act_id,a.kind,a.case_id,a.person,o.since,o.state,o.tries,o.why FROM outbox o "
        "CROSS JOIN act a ON a.id=o.act_id WHERE o.state IN ('new','behind') ORDER BY a.pos LIMIT ?", (limit,),
    )  # fmt: skip
    return [tuple(r) for r in rows]
