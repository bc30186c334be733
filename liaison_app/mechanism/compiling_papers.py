"""Papers compiled to rows: which act brings each of them and whose it is, for desk and shared database alike."""

import re
from collections.abc import Collection, Iterable
from typing import Final, get_args

import msgspec

from liaison_app.domain import events as ev
from liaison_app.domain.papers import WHOLE_CASE
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.schema import Post, Profile

CODES: Final = ("kind", "what", "form", "method", "road", "outcome", "step", "channel")
"""Fields by which a key such as ``disputed/transfer`` narrows an event."""
ROLES: Final = ("first_receiver", "addressee", "acceptor", "assistant")
"""Roles in a paper's ``by`` that depend on the case; every other word there is a body, or nobody of the district."""
WHOLE: Final = Document(
    kind=WHOLE_CASE, name="案件全卷打印", en="Whole case", rules=[], fields=[], by=["all"], numbered="none"
)
"""The whole of a case as it is printed: no paper of a mechanism, anybody on the case has it."""
NOBODY: Final = frozenset({"outside", "complainant"})


class BringRow(msgspec.Struct, frozen=True):
    """An event that brings a paper: its kind, the code that narrows it ('' for none), and the fields of :data:`CODES` that
    say this code where the stored event leaves them out."""

    kind: str
    code: str
    unsaid: tuple[str, ...] = ()


class PaperRow(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as it is stored, of a case or (``subject``) of a record or meeting, whose owner issues it.

    ``after`` empty: the registration brings it. ``roles`` and ``bodies`` both empty: whoever did the act issues it.
    ``numbered``: ours, carried (an act gave it already), office or none.
    """

    kind: str
    subject: str
    numbered: str
    word: str
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    after: tuple[BringRow, ...]


class SignRow(msgspec.Struct, frozen=True):
    """How a body is called in its numbers, as programs of before called it too.

    ``others``: the pattern of a number of a case, slip or acceptance that begins with the sign of another body.
    """

    body: str
    signs: tuple[str, ...]
    others: str


def compile_papers(profile: Profile) -> tuple[PaperRow, ...]:
    """Return the rows of every paper of a profile."""
    everybody = tuple(p.id for p in profile.posts)
    return tuple(
        PaperRow(
            kind=d.kind, subject=d.subject, word=d.word, roles=tuple(r for r in ROLES if r in d.by), bodies=_bodies(d.by, everybody),
            numbered="carried" if d.number_source and d.numbered == "ours" else d.numbered,
            after=tuple(map(_brings, d.after)),
        )
        for d in (*profile.documents, WHOLE)
    )  # fmt: skip


def compile_signs(profile: Profile) -> tuple[SignRow, ...]:
    """Return what stands for each body in a number 机关代字."""
    signs = {p.id: tuple(dict.fromkeys((sign(p), p.name.removeprefix("区"), p.id))) for p in profile.posts}
    return tuple(SignRow(body, own, _others(own, signs.values())) for body, own in signs.items())


def _others(own: Collection[str], signs: Iterable[Collection[str]]) -> str:
    found = sorted({re.escape(one) for some in signs for one in some if one not in own})
    return f"^.?({'|'.join(found)})(-[0-9]{{8}}-|（|移〔|受〔)" if found else "^$"


def sign(post: Post) -> str:
    """Return what stands for a body in its numbers: its code, else its name."""
    return (post.code or post.name).removeprefix("区")


def may_issue(body: str, acting: str, allowed: Collection[str]) -> bool:
    """Return whether a body issues a paper: whose act brought it does where the profile lets it, else those it names."""
    return body == acting if acting in allowed or not allowed else body in allowed


def _bodies(by: Collection[str], everybody: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(r for r in by if r not in ROLES and r not in NOBODY and r != "all")
    return (*named, *everybody) if "all" in by else named


def _brings(key: str) -> BringRow:
    kind, _, code = key.partition("/")
    event = next((e for e in get_args(ev.AnyEvent) if e.__struct_config__.tag == kind), None)
    fields = msgspec.structs.fields(event) if event is not None and code else ()
    return BringRow(kind, code, tuple(f.name for f in fields if f.name in CODES and str(f.default) == code))
