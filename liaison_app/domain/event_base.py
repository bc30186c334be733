"""What every event has. Past participles; the open part only, personal words stay in the act (DESIGN §3)."""

import msgspec


class Event(msgspec.Struct, frozen=True, gc=False, kw_only=True, tag_field="is", omit_defaults=True):
    """Base of all events."""

    @property
    def inner(self) -> bool:
        """Whether the event goes to the stream that only the own body reads."""
        return False


class InnerEvent(Event, frozen=True):
    """Base of events that stay inside the acting body."""

    @property
    def inner(self) -> bool:
        """Whether the event goes to the stream that only the own body reads."""
        return True


_KINDS: dict[type, str] = {}


def kind_of(event: Event) -> str:
    """Return the tag of an event: the kind of its entry."""
    found = _KINDS.get(type(event))
    if found is None:
        found = _KINDS[type(event)] = str(type(event).__struct_config__.tag)
    return found
