"""Where a desk belongs: address, role, person, how far joining came. Kept in the encrypted replica, without a password."""

import msgspec
from sqlalchemy import Connection

from liaison_app.store import desk_tables as small
from liaison_app.store.replica import Replica


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Where a desk belongs: the address, its role there, the person who joined, and how far joining came."""

    url: str
    role: str
    person: str
    body: str = ""
    state: str = "asked"


def membership(replica: Replica) -> Membership | None:
    """Return where a desk belongs, None for a desk that never asked to join."""
    with replica.read() as connection:
        found = small.get_meta(connection, "member")
    return None if found is None else msgspec.json.decode(found, type=Membership)


def put_membership(connection: Connection, member: Membership) -> None:
    """Keep where a desk belongs."""
    small.put_meta(connection, "member", msgspec.json.encode(member).decode())
