"""The journal: acts and entries, appended in one transaction, read back in order, verified to the last byte."""

import hashlib
from collections.abc import Callable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from liaison_app.domain.records import ActHeader, Entry, SignedAct
from liaison_app.security import chain
from liaison_app.security.signatures import SIGNED
from liaison_app.store import signed
from liaison_app.store.engine import StoreError, fetched, first, written

HEADER = msgspec.json.Decoder(ActHeader)


class Line(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An entry with the circumstances of its act and, where this desk may read it, the personal part."""

    entry_id: str
    act_id: str
    stream: str
    version: int
    kind: str
    data: bytes
    person: str
    body: str
    happened_at: str
    recorded_at: str
    personal: bytes | None


class VerifyReport(msgspec.Struct, frozen=True, gc=False):
    """What ``verify`` found."""

    entries: int
    streams: int
    ok: bool
    broken: tuple[str, ...]


def append(
    connection: Connection, acts: Sequence[SignedAct], entries: Sequence[Entry], *, pending: bool = False
) -> None:
    """Append acts and their entries; ``pending`` while the shared database has not answered.

    Raises StoreError ``chain_broken`` when they do not follow what is there.
    """
    heads: dict[str, tuple[int, bytes]] = {}
    for act in acts:
        seq, head = heads.get(act.device) or device_head(connection, act.device)
        if act.seq != seq + 1 or act.prev_hash != head:
            raise StoreError("chain_broken", device=act.device, seq=act.seq)
        heads[act.device] = (act.seq, act.hash)
    written(
        connection, "INSERT INTO act(id,device,seq,person,body,kind,case_id,happened_at,recorded_at,header,open,prev_hash,hash,tag,"
        "fate) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (a.id, a.device, a.seq, a.person, a.body, a.kind, a.case_id, a.happened_at, a.recorded_at, a.header, a.open,
             a.prev_hash, a.hash, a.tag, "pending" if pending else "accepted")
            for a in acts
        ],
    )  # fmt: skip
    personal = [(a.id, a.audience or "bodies", a.salt, a.personal) for a in acts if a.personal is not None]
    if personal:
        written(connection, "INSERT INTO act_personal(act_id,audience,salt,body) VALUES(?,?,?,?)", personal)
    if entries:
        written(
            connection,
            "INSERT INTO entry(id,act_id,n,stream,version,kind,data,final) VALUES(?,?,?,?,?,?,?,?)",
            [(e.id, e.act_id, e.n, e.stream, e.version, e.kind, e.data, 0 if pending else 1) for e in entries],
        )
        tops = {e.stream: e.version for e in entries}
        written(
            connection,
            "INSERT INTO stream(name,version) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET version=excluded.version",
            list(tops.items()),
        )
    written(
        connection, "UPDATE device SET seq=?, head=? WHERE id=?", [(seq, head, d) for d, (seq, head) in heads.items()]
    )


def add_device(connection: Connection, device: str, person: str, body: str, *, state: str = "open") -> None:
    """Begin the device log of a person on this desk; ``new`` while the shared database does not know it."""
    connection.exec_driver_sql(
        "INSERT INTO device(id,person,body,seq,head,state) VALUES(?,?,?,0,?,?)",
        (device, person, body, chain.GENESIS, state),
    )


def drop_device(connection: Connection, device: str) -> None:
    """Forget a device log that never held an act."""
    connection.exec_driver_sql("DELETE FROM device WHERE id=? AND seq=0", (device,))


def place_device(connection: Connection, device: str, body: str) -> None:
    """Write the body of a device log once the shared database has said it."""
    connection.exec_driver_sql("UPDATE device SET body=? WHERE id=?", (body, device))


def renew_device(connection: Connection, person: str, fresh: str) -> None:
    """Close a person's device log and begin another one that the shared database does not know yet."""
    body = connection.exec_driver_sql(
        "SELECT body FROM device WHERE person=? AND state IN ('open','new')", (person,)
    ).scalar()
    connection.exec_driver_sql("UPDATE device SET state='closed' WHERE person=? AND state='open'", (person,))
    connection.exec_driver_sql(
        "INSERT INTO device(id,person,body,seq,head,state) VALUES(?,?,?,0,?,'new')",
        (fresh, person, body or "", chain.GENESIS),
    )


def close_device(connection: Connection, person: str) -> None:
    """Close the device logs of a person: what waits in them still goes over, nothing is written there any more."""
    connection.exec_driver_sql("UPDATE device SET state='closed' WHERE person=? AND state='open'", (person,))


def admit_device(connection: Connection, device: str) -> None:
    """The shared database knows the device log now: its acts may be sent."""
    connection.exec_driver_sql("UPDATE device SET state='open' WHERE id=?", (device,))


def devices(connection: Connection, state: str) -> list[tuple[str, str]]:
    """Return the device logs in a state (open, new, closed): id and person."""
    rows = connection.exec_driver_sql("SELECT id,person FROM device WHERE state=? ORDER BY person", (state,))
    return [(str(r[0]), str(r[1])) for r in rows]


def device_of(connection: Connection, person: str) -> str | None:
    """Return the open device log of a person on this desk."""
    row = first(connection, "SELECT id FROM device WHERE person=? AND state IN ('open','new')", (person,))
    return None if row is None else str(row[0])


def device_head(connection: Connection, device: str) -> tuple[int, bytes]:
    """Return sequence and hash of the last act of a device log."""
    row = first(connection, "SELECT seq, head FROM device WHERE id=?", (device,))
    if row is None:
        raise StoreError("device_unknown", device=device)
    return int(row[0]), bytes(row[1])


def version_of(connection: Connection, stream: str) -> int:
    """Return the version of a stream, 0 when it has no entry."""
    row = first(connection, "SELECT version FROM stream WHERE name=?", (stream,))
    return 0 if row is None else int(row[0])


_LINES = (
    "SELECT e.id,e.act_id,e.stream,e.version,e.kind,e.data,a.person,a.body,a.happened_at,a.recorded_at,p.body "
    "FROM entry e JOIN act a ON a.id=e.act_id LEFT JOIN act_personal p ON p.act_id=a.id "
)


def stream_lines(connection: Connection, stream: str) -> list[Line]:
    """Return the entries of one stream in order."""
    rows = connection.exec_driver_sql(_LINES + "WHERE e.stream=? ORDER BY e.version", (stream,))
    return [Line(*row) for row in rows]


def frozen_period(connection: Connection, stream: str, period: str) -> Line | None:
    """Return the first entry of a stream that froze a period."""
    row = connection.exec_driver_sql(
        _LINES + "WHERE e.stream=? AND e.data->>'$.event.period'=? ORDER BY e.version LIMIT 1", (stream, period)
    ).first()
    return None if row is None else Line(*row)


def case_lines(connection: Connection, case_id: str, body: str, *, after: int = 0) -> list[Line]:
    """Return the shared entries of a case and those of one body's inner stream, as they were recorded; those after a place.

    A desk that comes later may be told of inner entries first: they come in another feed than a case that its body only
    watches. Nothing is read before what the case begins with.
    """
    shared = f"case/{case_id}"
    statement = _LINES + "WHERE e.stream IN (?,?) AND e.pos>? ORDER BY e.pos"
    lines = [Line(*row) for row in fetched(connection, statement, (shared, f"{shared}/{body}", after))]
    first = 0 if after else next((n for n, line in enumerate(lines) if line.stream == shared), 0)
    return [lines[first], *lines[:first], *lines[first + 1 :]] if first else lines


def last_place(connection: Connection) -> int:
    """Return the place of the newest entry."""
    return int(fetched(connection, "SELECT coalesce(max(pos),0) FROM entry", ())[0][0])


def newest_data(connection: Connection, stream: str, kinds: Sequence[str]) -> bytes | None:
    """Return the newest entry of one of some kinds in a stream."""
    marks = ",".join("?" * len(kinds))
    statement = f"SELECT data FROM entry WHERE stream=? AND kind IN ({marks}) ORDER BY version DESC LIMIT 1"
    found = connection.exec_driver_sql(statement, (stream, *kinds)).scalar()
    return None if found is None else bytes(found)


def acts_since(connection: Connection, case_id: str, act_id: str) -> frozenset[str]:
    """Return the acts of other desks on a case that became known here after an own act was done."""
    rows = connection.exec_driver_sql(
        "SELECT a.id FROM act a LEFT JOIN device d ON d.id=a.device WHERE a.case_id=? AND d.id IS NULL "
        "AND a.pos>(SELECT pos FROM act WHERE id=?)", (case_id, act_id),
    )  # fmt: skip
    return frozenset(str(r[0]) for r in rows)


def own_acts(
    connection: Connection, device: str, since: str, limit: int
) -> list[tuple[str, str, str, str, bytes, bytes | None]]:
    """Return the newest acts of a device log on cases, oldest first: id, case, kind, recorded at, parts as written."""
    rows = connection.exec_driver_sql(
        "SELECT a.id,coalesce(a.case_id,''),a.kind,a.recorded_at,a.open,p.body FROM act a "
        "LEFT JOIN act_personal p ON p.act_id=a.id WHERE a.device=? AND a.recorded_at>=? AND a.fate<>'refused' "
        "AND EXISTS(SELECT 1 FROM entry e WHERE e.act_id=a.id) ORDER BY a.seq DESC LIMIT ?", (device, since, limit),
    )  # fmt: skip
    return [(r[0], r[1], r[2], r[3], bytes(r[4]), None if r[5] is None else bytes(r[5])) for r in rows][::-1]


def stream_acts_since(connection: Connection, stream: str, act_id: str) -> frozenset[str]:
    """Return the acts of other desks in a stream that became known here after an own act was done."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT a.id FROM entry e JOIN act a ON a.id=e.act_id LEFT JOIN device d ON d.id=a.device "
        "WHERE e.stream=? AND d.id IS NULL AND a.pos>(SELECT pos FROM act WHERE id=?)", (stream, act_id),
    )  # fmt: skip
    return frozenset(str(r[0]) for r in rows)


def parts_missing(connection: Connection, case_id: str) -> dict[str, str]:
    """Return the acts of a case whose personal part is not here, with the hash it must have."""
    rows = connection.exec_driver_sql(
        "SELECT a.id,a.header FROM act a LEFT JOIN act_personal p ON p.act_id=a.id "
        "WHERE a.case_id=? AND p.act_id IS NULL", (case_id,),
    )  # fmt: skip
    found = {str(act): HEADER.decode(header).personal_sha256 for act, header in rows}
    return {act: said for act, said in found.items() if said}


def all_cases(connection: Connection) -> Iterator[tuple[str, list[Line]]]:
    """Yield every case with the entries of its shared stream, oldest first."""
    for case_id in case_ids(connection):
        yield case_id, stream_lines(connection, f"case/{case_id}")


def case_ids(connection: Connection) -> list[str]:
    """Return the cases that have entries, oldest first."""
    return [str(row[0]) for row in fetched(
        connection, "SELECT a.case_id FROM act a WHERE a.kind IN ('register','bring-in') "
        "AND EXISTS(SELECT 1 FROM entry e WHERE e.act_id=a.id) ORDER BY a.pos", (),
    )]  # fmt: skip


def brought_in(connection: Connection) -> frozenset[str]:
    """Return the ids that cases had on desks alone before they were brought in."""
    found = connection.exec_driver_sql("SELECT data->>'$.event.old_id' FROM entry WHERE kind='brought-in'").scalars()
    return frozenset(str(i) for i in found)


def lines_of(connection: Connection, case_ids: Sequence[str]) -> dict[str, list[Line]]:
    """Return the shared entries of several cases; a case without entries is left out."""
    found: dict[str, list[Line]] = {}
    for i in range(0, len(case_ids), 400):
        names = tuple(f"case/{case}" for case in case_ids[i : i + 400])
        marks = ",".join("?" * len(names))
        for row in fetched(connection, _LINES + f"WHERE e.stream IN ({marks}) ORDER BY e.stream,e.version", names):
            found.setdefault(str(row[2])[5:], []).append(Line(*row))
    return found


def all_records(connection: Connection) -> Iterator[tuple[str, list[Line]]]:
    """Yield every ledger record with its entries, oldest first."""
    for record_id in record_ids(connection):
        yield record_id, stream_lines(connection, f"record/{record_id}")


def record_ids(connection: Connection) -> list[str]:
    """Return the ledger records that have entries, oldest first."""
    return [str(row[0]) for row in fetched(
        connection, "SELECT a.id FROM stream s CROSS JOIN act a ON a.id=substr(s.name,8) WHERE s.name>='record/' AND s.name<'record0' "
        "AND EXISTS(SELECT 1 FROM entry e WHERE e.stream=s.name) ORDER BY a.pos", (),
    )]  # fmt: skip


def verify(connection: Connection, tag_holds: Callable[[str, bytes, bytes], bool | None]) -> VerifyReport:
    """Check device chains, part hashes, tags (None = no secret here), dense versions, entries with their acts, feeds.

    Logs of this desk's devices are dense from their head back to the first act; of foreign devices, and of what a copy
    of this desk wrote, only what feeds brought is here, so each act is checked by its own previous hash.
    """
    broken: list[str] = list(signed.replaced(connection))
    keys = signed.keys(connection)
    own, wrong = _own_logs(connection)
    broken += wrong
    rows = connection.exec_driver_sql(
        "SELECT a.id,a.device,a.seq,a.person,a.header,a.open,a.prev_hash,a.hash,a.tag,p.salt,p.body,a.kind,"
        "a.happened_at,a.body FROM act a LEFT JOIN act_personal p ON p.act_id=a.id ORDER BY a.device,a.seq"
    )
    for act_id, device, seq, person, header, opened, prev, hashed, tag, salt, personal, kind, at, body in rows:
        if chain.act_hash(prev, header) != hashed:
            broken.append(f"act {act_id}: chain")
            continue
        said = HEADER.decode(header)
        if (said.id, said.device, said.seq, said.person, said.kind, said.happened_at, said.body) != (
            act_id, device, seq, person, kind, at, body,
        ):  # fmt: skip
            broken.append(f"act {act_id}: header")
        if (opened or act_id in own) and chain.open_hash(opened) != said.open_sha256:
            broken.append(f"act {act_id}: open part")
        if personal is not None and chain.personal_hash(salt, personal) != said.personal_sha256:
            broken.append(f"act {act_id}: personal part")
        if act_id in own and tag_holds(person, hashed, tag) is False:
            broken.append(f"act {act_id}: tag")
        if device in keys and not keys[device].holds(seq, hashed, tag):
            broken.append(f"act {act_id}: signature")
    broken += _streams_broken(connection)
    broken += _feeds_broken(connection)
    entries = int(connection.exec_driver_sql("SELECT count(*) FROM entry").scalar() or 0)
    streams = int(connection.exec_driver_sql("SELECT count(*) FROM stream").scalar() or 0)
    return VerifyReport(entries, streams, not broken, tuple(broken))


def last_unsigned(connection: Connection, device: str) -> int:
    """Return the sequence of the last act of a log that carries no signature, or went over without it; 0 when all do."""
    found = connection.exec_driver_sql(
        "SELECT max(seq) FROM act WHERE device=? AND length(tag)<?", (device, SIGNED)
    ).scalar()
    return max(int(found or 0), signed.stripped(connection, device))


def names_of_case(connection: Connection, case_id: str) -> tuple[int, set[str]]:
    """Return how many entries a case has, and the names of streams, acts, entries and feeds that hold them."""
    rows = connection.exec_driver_sql(
        "SELECT stream,act_id,id FROM entry WHERE stream=? OR (stream>? AND stream<?)",
        (f"case/{case_id}", f"case/{case_id}/", f"case/{case_id}0"),
    ).all()
    ids = {str(row[2]) for row in rows}
    feeds = connection.exec_driver_sql("SELECT feed,entry_id FROM feed_item WHERE entry_id IS NOT NULL")
    return len(ids), {str(value) for row in rows for value in row} | {f"feed {f}" for f, i in feeds if i in ids}


def _own_logs(connection: Connection) -> tuple[set[str], list[str]]:
    """Return the acts of this desk's own logs, followed from each head back, and what is missing in them."""
    own: set[str] = set()
    broken: list[str] = []
    for device, seq, head in connection.exec_driver_sql("SELECT id,seq,head FROM device").all():
        rows = connection.exec_driver_sql("SELECT hash,prev_hash,seq,id FROM act WHERE device=?", (device,))
        links = {bytes(hashed): (bytes(prev), n, act_id) for hashed, prev, n, act_id in rows}
        at, left = bytes(head), int(seq)
        while left and at in links and links[at][1] == left:
            own.add(links[at][2])
            at, left = links[at][0], left - 1
        if left or at != chain.GENESIS:
            broken.append(f"device {device}: chain at {left}")
    return own, broken


def _feeds_broken(connection: Connection) -> list[str]:
    """Recompute every feed's chain from what is here; every final entry of a member must lie in one."""
    broken: list[str] = []
    at: dict[str, tuple[int, bytes]] = {}
    rows = connection.exec_driver_sql(
        "SELECT f.feed,f.pos,f.what,f.ref,f.entry_id,f.chain,f.data,e.stream,e.version,e.data,a.hash,a.id,e.n FROM feed_item f "
        "LEFT JOIN entry e ON e.id=f.entry_id LEFT JOIN act a ON a.id=e.act_id ORDER BY f.feed,f.pos"
    )
    for feed, pos, what, ref, entry_id, chained, data, stream, version, content, act_hash, act_id, n in rows:
        last_pos, last = at.get(feed, (0, chain.GENESIS))
        at[feed] = (pos, chained)
        if entry_id is not None and stream is None:
            broken.append(f"feed {feed} {pos}: entry missing")
            continue
        digest = (
            chain.item_digest(what, ref, data or b"")
            if entry_id is None
            else chain.entry_digest(act_id, n, act_hash, stream, version, content)
        )
        if pos != last_pos + 1 or chain.feed_hash(last, digest) != chained:
            broken.append(f"feed {feed} {pos}: chain")
    for feed, pos, chained in connection.exec_driver_sql("SELECT feed,pos,chain FROM checkpoint"):
        if at.get(feed, (0, chain.GENESIS)) != (pos, chained):
            broken.append(f"feed {feed}: checkpoint")
    if at or connection.exec_driver_sql("SELECT 1 FROM checkpoint LIMIT 1").first():
        loose = connection.exec_driver_sql(
            "SELECT id FROM entry WHERE final=1 AND id NOT IN (SELECT entry_id FROM feed_item WHERE entry_id IS NOT NULL)"
        ).scalars()
        broken += [f"entry {i}: in no feed" for i in loose]
    return broken


def _streams_broken(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT s.name FROM stream s LEFT JOIN (SELECT stream,count(*) c,max(version) m FROM entry GROUP BY stream) e "
        "ON e.stream=s.name WHERE e.c IS NULL OR e.c<>e.m OR e.m<>s.version "
        "UNION SELECT DISTINCT stream FROM entry WHERE stream NOT IN (SELECT name FROM stream)"
    )
    lone = connection.exec_driver_sql("SELECT id FROM entry WHERE act_id NOT IN (SELECT id FROM act)").scalars()
    return [f"stream {r[0]}: versions" for r in rows] + [f"entry {i}: no act" for i in lone]


def file_hash(content: bytes) -> str:
    """Return the hash by which an attachment is declared in its act."""
    return hashlib.sha256(content).hexdigest()
