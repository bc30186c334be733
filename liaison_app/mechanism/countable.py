"""What can be counted: the facts of a case, a meeting or a record as plain data, with the limits it stood under.

Moments are ISO 8601 to the second with +08:00, so that they compare as text.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec


class Item(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing that happened: ``body`` did it, or it concerned him; ``other``: the body at the other side; ``lead``:
    who led the matter then; ``undone``: when a return to handling took it back."""

    event: str
    at: str
    matter: int = 1
    body: str = ""
    other: str = ""
    lead: str = ""
    undone: str | None = None
    values: dict[str, str] = {}


class Limit(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A limit that ran: until when it is kept, when it was met, when it fell away unmet."""

    rule: str
    matter: int
    owner: str
    start: str
    late_after: str | None = None
    met_at: str | None = None
    gone_at: str | None = None

    @property
    def kept(self) -> bool:
        """Whether it was met in time."""
        return self.met_at is not None and (self.late_after is None or self.met_at <= self.late_after)


class MatterFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is known of a matter: facts as text, flags in order."""

    facts: dict[str, str] = {}
    flags: tuple[str, ...] = ()


NOTHING: Final = MatterFacts()


class Thing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A case, a meeting or a record with everything that happened in it. ``ended``: it ended outside the mechanism."""

    id: str
    ended: bool = False
    first_receiver: str = ""
    channel: str = ""
    town: str = ""
    received_at: str = ""
    places: tuple[tuple[str, str, str], ...] = ()
    """Keys of likeness: (place or object, key, words)."""
    matters: tuple[MatterFacts, ...] = ()
    items: tuple[Item, ...] = ()
    limits: tuple[Limit, ...] = ()

    def matter(self, n: int) -> MatterFacts:
        """Return what is known of matter ``n``; a record has none."""
        return self.matters[n - 1] if n <= len(self.matters) else NOTHING

    def span(self) -> tuple[str, str]:
        """Return the first and the last moment at which it can be counted."""
        moments = [i.at for i in self.items]
        moments += [m for c in self.limits for m in (c.late_after, c.met_at) if m]
        return min(moments, default=""), max(moments, default="")


def thing_from(record: Mapping[str, Any]) -> Thing:
    """Return a meeting or a record given as plain data.

    ``{id, items: [{event, at, body?, other?, lead?, values?}], limits: [{rule, owner?, start, late_after?, met_at?}]}``
    """
    items = tuple(Item(**{"matter": 1, **i}) for i in record["items"])
    limits = tuple(Limit(**{"matter": 1, "owner": "", **c}) for c in record.get("limits", ()))
    return Thing(id=str(record["id"]), items=items, limits=limits)


ENCODER = msgspec.msgpack.Encoder(order="deterministic")
DECODER = msgspec.msgpack.Decoder(Thing)
