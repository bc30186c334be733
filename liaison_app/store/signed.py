"""Whose key signs which device log, as the feed ``district`` showed it first, and acts whose signatures do not hold."""

import json
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from liaison_app.security import signatures
from liaison_app.store import desk_tables as small
from liaison_app.store.engine import fetched

UPTO = "signed.upto"
WRONG = "signed.wrong"
MOST = 100
"""So many wrong ones are named; they are counted by ``verify``."""


class Pinned(msgspec.Struct, frozen=True):
    """The key of a device log: its acts after a sequence carry signatures under it."""

    public: bytes
    after: int

    def holds(self, seq: int, hashed: bytes, tag: bytes) -> bool:
        """Return whether an act of this log is signed as it must be."""
        return seq <= self.after or signatures.head_holds(self.public, hashed, tag)


def pin(connection: Connection, shown: Sequence[tuple[str, bytes]]) -> None:
    """Keep the keys that devices showed. The first counts for ever; another one for the same log is kept beside it."""
    for device, data in shown:
        told = json.loads(data)
        one = signatures.Shown(
            device=device, public=bytes.fromhex(told["public"]), after=int(told["after"]),
            proof=bytes.fromhex(told["proof"]),
        )  # fmt: skip
        stands = small.get_meta(connection, f"key.{device}")
        if stands is None and signatures.proved(one):
            small.put_meta(connection, f"key.{device}", f"{one.public.hex()} {one.after}")
        elif stands is None or stands.split()[0] != one.public.hex():
            small.put_meta(connection, f"otherkey.{device}", one.public.hex())


def put_stripped(connection: Connection, acts: Sequence[tuple[str, int]]) -> None:
    """Remember how far device logs (device, sequence) go over with their tags alone, to a server that takes no signatures."""
    for device in {device for device, _ in acts}:
        upto = max(seq for one, seq in acts if one == device)
        small.put_meta(connection, f"stripped.{device}", str(max(upto, stripped(connection, device))))


def stripped(connection: Connection, device: str) -> int:
    """Return up to which sequence a device log may stand at the server without its signatures."""
    return int(small.get_meta(connection, f"stripped.{device}") or 0)


def keys(connection: Connection) -> dict[str, Pinned]:
    """Return the keys of all device logs that showed one."""
    rows = fetched(connection, "SELECT substr(key,5),value FROM meta WHERE key>='key.' AND key<'key/'", ())
    pairs = ((str(device), str(value).split()) for device, value in rows)
    return {device: Pinned(bytes.fromhex(public), int(after)) for device, (public, after) in pairs}


def replaced(connection: Connection) -> list[str]:
    """Return the device logs for which another key than the first was shown, or one without its proof."""
    rows = connection.exec_driver_sql("SELECT substr(key,10) FROM meta WHERE key>='otherkey.' AND key<'otherkey/'")
    return [f"device {device}: another key" for device in rows.scalars()]


def look(connection: Connection, limit: int) -> tuple[int, list[str]]:
    """Look at the next acts that came; return up to which place they were looked at (0: no more) and the wrong ones."""
    upto = int(small.get_meta(connection, UPTO) or 0)
    statement = "SELECT pos,id,device,seq,hash,tag FROM act WHERE pos>? ORDER BY pos LIMIT ?"
    rows = fetched(connection, statement, (upto, limit))
    known = keys(connection) if rows else {}
    wrong = [
        str(act) for _, act, device, seq, hashed, tag in rows
        if device in known and not known[device].holds(int(seq), bytes(hashed), bytes(tag))
    ]  # fmt: skip
    return (int(rows[-1][0]) if rows else 0), wrong


def keep(connection: Connection, upto: int, wrong: Sequence[str]) -> None:
    """Remember how far acts were looked at, and the wrong ones."""
    small.put_meta(connection, UPTO, str(upto))
    if wrong:
        small.put_meta(connection, WRONG, json.dumps([*wrong_ones(connection), *wrong][:MOST]))


def wrong_ones(connection: Connection) -> list[str]:
    """Return the acts whose signatures were found not to hold."""
    return list(json.loads(small.get_meta(connection, WRONG) or "[]"))
