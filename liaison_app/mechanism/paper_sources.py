"""Where the fields of papers take their words from: a closed vocabulary, checked in every profile. Pure data.

A source is ``group.name`` of :data:`COMPUTED`, or ``event.field`` for what the latest event of a kind says. An event may be
narrowed by one of its codes (``disputed/transfer.reasons``) and has ``at``, ``by`` (the body), ``person`` and ``times`` besides
its fields. ``due.RULE`` is the due date of a clock, ``number.KIND`` the number of another paper, ``case.facts.F`` one fact,
``record.F`` a field of the record or meeting, ``record.TABLE.F`` a column of its lines. Several sources stand apart by ``|``:
the first that says something is taken.
"""

import re
from functools import cache
from typing import Final, get_args

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev

COMPUTED: Final[dict[str, frozenset[str]]] = {
    "case": frozenset(
        ["number", "received_at", "registered_at", "channel", "external_no", "first_receiver", "registrar", "object", "place", "town", "headcount", "confidential", "urgency", "urgency_reasons", "facts", "missing", "repeat_of", "attachments", "content", "course", "complainant"]
    ),
    "complainant": frozenset(["name", "salutation", "address", "contact"]),
    "lead": frozenset(["name", "co"]),
    "routing": frozenset(["why", "clauses", "transfer"]),
    "transfer": frozenset(
        ["number", "paper", "to", "sent_at", "method", "reason", "attachments", "proposer", "approved_by", "approved_at", "approval", "approved", "sent", "delivered", "signed", "limits", "confirmed_by", "delivered_at", "evidence", "signed_by", "signed_at", "contact_person", "contact_number", "proposed_at", "proposal", "road", "words"]
    ),
    "dispute": frozenset(["bodies", "positions"]),
    "acceptance": frozenset(["words", "number", "query", "at", "handler", "contact_number"]),
    "reply": frozenset(["text", "result", "title", "to", "copies"]),
    "chain": frozenset(["check", "review", "cosign", "sign"]),
    "revisit": frozenset(["next"]),
    "clock": frozenset(["label", "due", "late"]),
    "call": frozenset(["purpose", "to", "number", "at", "attempts", "words"]),
    "archive": frozenset(["year", "span", "serial", "numbers", "authors", "titles", "dates"]),
    "person": frozenset(["name", "telephone"]),
    "paper": frozenset(["to", "name", "pages"]),
    "body": frozenset(["name", "telephone", "liaison"]),
    "meeting": frozenset(["title", "attendees", "items", "present", "excused", "substitutes", "decisions", "listings", "discussed"]),
    "group": frozenset(),
}  # fmt: skip
"""What the desk works out, by group."""
OPEN_GROUPS: Final = frozenset({"due", "number", "record", "group"})
"""Groups whose names the profile itself defines: clocks, papers, fields of records, groups of a command."""
BRACES: Final = re.compile(r"\{([^{}]+)\}")
"""A source inside of words: 关于{case.object}投诉的回复."""
OF_EVERY_EVENT: Final = frozenset({"at", "by", "person", "times"})
PERSONAL: Final = frozenset({"case.content", "case.complainant", "reply.text", "reply.to", "call.words"})
"""Computed words that are the citizen's, with everything of the group ``complainant``."""


@cache
def event_fields() -> dict[str, frozenset[str]]:
    """Return for every kind of event what may be asked of it: its fields, and the personal words of its act."""
    found: dict[str, frozenset[str]] = {}
    for kind in get_args(ev.AnyEvent):
        found[str(kind.__struct_config__.tag)] = frozenset(kind.__struct_fields__) | OF_EVERY_EVENT
    personal = {name for names in cmd.PERSONAL_FIELDS.values() for name in names}
    return {tag: fields | personal for tag, fields in found.items()}


def known_source(source: str) -> bool:
    """Return whether a source is a word of the vocabulary; '' is a place for the pen."""
    return all(_known(one) for one in source.split("|")) if source else True


def braces(text: str) -> tuple[str, ...]:
    """Return the sources that words name in braces."""
    return tuple(BRACES.findall(text))


def known_event(key: str) -> bool:
    """Return whether a key names an event, alone or narrowed by a code."""
    return key.partition("/")[0] in event_fields()


def _known(source: str) -> bool:
    head, _, name = source.partition(".")
    group = head.partition("/")[0]
    if group in OPEN_GROUPS:
        return bool(name)
    if source.startswith("case.facts."):
        return True
    if group in COMPUTED:
        return name in COMPUTED[group]
    return name in event_fields().get(group, frozenset())
