"""What an event does to the flags and roles of a case, as plain data: desk and shared database fold it alike.

A case is folded into words 标志. A word belongs to one matter (matter 0: to the whole case) and stands there alone or
with a holder (a body, an approval, a clock). What one body sees of a matter is a set: ``word`` as it stands alone,
``@word`` when the body holds it, ``*word`` when anybody does. Effects are judged and flags are derived by the algebra
of the guards: everything needed is in the set, nothing forbidden is. All rows of an event look at what held before it;
then what they clear is cleared, then what they set is set.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import msgspec

from liaison_app.mechanism.schema import Profile

CLAIMED: Final = frozenset({"blocked", "held", "immediate", "own_duty", "register_here", "report_needed", "urgent"})
"""Flags that follow from routing table and registration form: the desk claims them, events do not tell them.
Claimed too are ``grade:…`` (routing) and ``setting=value`` (the readings a case keeps)."""

Op = Literal["in", "not_in", "empty", "full", "other"]


class Cond(msgspec.Struct, frozen=True):
    """A condition on one field of an event's data; a path with dots, ``issue.X`` is the matter's own issue.

    ``in``: the value, or one of a list, is among the words; ``not_in``: none is; ``full``: neither absent nor empty;
    ``empty``: not full; ``other``: the value is not the person who acted.
    """

    field: str
    op: Op
    words: tuple[str, ...] = ()


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What an event of a kind sets and clears.

    ``scope``: the matter of the event (of a registration: each), or the case as a whole.
    ``of`` names the holder: ``acting`` (the body whose act it is), ``act`` (the act's id), a field of the event
    (each of a list) or ``field[0]``. ``needs`` and ``forbids`` are judged on what the holder sees.
    """

    kind: str
    scope: Literal["matter", "case"] = "matter"
    of: str = ""
    when: tuple[Cond, ...] = ()
    needs: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """A flag or role that a body has when it sees all of ``needs`` and none of ``forbids``; several rows are an or."""

    name: str
    needs: tuple[str, ...]
    forbids: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A flag that depends on what is asked for: what the body named in ``field`` sees, or an event of the act itself."""

    flag: str
    field: str = ""
    needs: tuple[str, ...] = ()
    kind: str = ""
    when: tuple[Cond, ...] = ()


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """The whole table of a profile."""

    effects: tuple[Effect, ...]
    flags: tuple[Derived, ...]
    roles: tuple[Derived, ...]
    asked: tuple[Asked, ...]
    claimed: tuple[str, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as the table sees it: the event's data as stored, its matter, and whose act it was."""

    kind: str
    data: Mapping[str, Any]
    matter: int
    acting: str
    person: str
    act: str


def _is(field: str, *words: str) -> tuple[Cond, ...]:
    return (Cond(field, "in", words),)


def _on(kind: str, *sets: str, clears: Iterable[str] = (), **more: Any) -> Effect:
    return Effect(kind=kind, sets=sets, clears=tuple(clears), **more)


OPENING: Final = ("registered", "brought-in")
"""Kinds of events with which a case begins; they concern each of its matters."""
_COPIES = ("transfer.named", "transfer.first", "transfer.undelivered", "transfer.unsigned")
_NO_TRANSFER = ("proposed", "approved", "sent", "transfer.oral", *(f"*{name}" for name in _COPIES))
_ADDRESSED = ("@transfer.named", "@transfer.undelivered", "@transfer.unsigned")
_TRUE = "true"
FREE: Final = frozenset(
    {
        *_COPIES,
        "approval.unsigned",
        "approval.unconfirmed",
        "reply.unsigned",
        "reply.unconfirmed",
        "clock.paused",
        "extension.open",
    }
)
"""Words held by addressees of the own transfer, by papers and by clocks: no act of another body lies in them."""

TRANSFER: Final = (
    *(_on(kind, "incomplete", scope="case", when=(Cond("missing", "full"),)) for kind in OPENING),
    *(_on(kind, "strict", scope="case", when=_is("confidential", "strict")) for kind in OPENING),
    *(_on(kind, "@first_receiver", scope="case", of="first_receiver") for kind in OPENING),
    _on("completed", scope="case", clears=["incomplete"]),
    _on("completed", "incomplete", scope="case", when=(Cond("missing", "full"),)),
    _on("completed", scope="case", when=(Cond("changes.confidential", "full"),), clears=["strict"]),
    _on("completed", "strict", scope="case", when=_is("changes.confidential", "strict")),
    _on("transfer-proposed", "proposed", clears=_NO_TRANSFER),
    _on("transfer-proposed", *_ADDRESSED, of="to"),
    _on("transfer-proposed", "@transfer.first", of="to[0]"),
    _on("proposal-withdrawn", clears=_NO_TRANSFER),
    _on("transfer-approved", "approved", clears=["proposed"]),
    _on("transfer-approved", "@approval.unsigned", scope="case", of="act", when=_is("countersign_due", _TRUE)),
    _on("transfer-approved", "@approval.unconfirmed", scope="case", of="act", when=(Cond("leader", "other"),)),
    _on("countersigned", scope="case", of="approval", clears=["@approval.unsigned"]),
    _on("proxy-confirmed", scope="case", of="approval", clears=["@approval.unconfirmed"]),
    _on("transfer-sent", "sent", clears=["proposed", "transfer.oral"]),
    _on("transfer-sent", "transfer.oral", when=_is("method", "oral")),
    _on("delivery-confirmed", of="body", clears=["@transfer.undelivered"]),
    _on("receipt-signed", of="acting", clears=["@transfer.undelivered", "@transfer.unsigned"]),
    _on("accepted", "accepted"),
    _on("accepted", "@acceptor", of="body"),
    _on("accepted", "@lead", of="body", forbids=("accepted",)),
    _on("accepted", "direct", when=_is("direct", _TRUE), forbids=("accepted",)),
    _on("accepted", "@lead", of="body", needs=("@transfer.first",), clears=["*lead", "lead.told", "direct"]),
    _on("informed", "told_transfer", when=(*_is("to", "complainant"), *_is("what", "transfer"))),
    _on("informed", "told_onsite", when=(*_is("to", "complainant"), *_is("what", "onsite"))),
    _on("informed", "@told.acceptance", of="acting", when=(*_is("to", "complainant"), *_is("what", "acceptance"))),
    _on("informed", "lead.told", of="acting", needs=("@lead",),
        when=(*_is("to", "complainant"), *_is("what", "acceptance"))),
    _on("urgent-reported", "reported", scope="case"),
    _on("taken-over", "taken_over"),
    _on("arrived", "arrived"),
    _on("ended", "ended", scope="case", when=(Cond("outcome", "full"),)),
    _on("reopened", scope="case", clears=["ended"]),
    _on("reopened", forbids=("sent",), clears=_NO_TRANSFER),
)  # fmt: skip
"""From registration to acceptance. A transfer is one thing at a time: a new proposal takes the place of the old one."""

HANDLING: Final = (
    _on("objected", "objected", "objection_open"),
    _on("transfer-kept", clears=["objection_open"]),
    _on("disputed", when=_is("kind", "transfer"), clears=["objection_open"]),
    _on("disputed", "dispute_open", when=(Cond("kind", "not_in", ("satisfaction",)),)),
    _on("disputed", "law_dispute", when=_is("kind", "law")),
    _on("disputed", "satisfaction.raised", when=_is("kind", "satisfaction")),
    _on("designated", "designated", clears=["dispute_open", "law_dispute"]),
    _on("designated", of="body", needs=("@first_receiver",), clears=_NO_TRANSFER),
    _on("designated", "approved", *_ADDRESSED, "@transfer.first", of="body", forbids=("sent", "@first_receiver"),
        clears=_NO_TRANSFER),
    _on("designated", "approved", *_ADDRESSED, "@transfer.first", of="body", needs=("sent",),
        forbids=("@transfer.first", "@first_receiver"), clears=_NO_TRANSFER),
    _on("designated", "@designated", of="body", clears=["*designated"]),
    _on("ruled", clears=["dispute_open", "law_dispute"]),
    _on("assist-asked", "@assistant", "@assistance.open", of="body"),
    _on("assist-asked", "@assistance.appraisal", of="body", when=_is("form", "appraisal")),
    _on("assist-asked", "register_asked", when=_is("form", "register")),
    _on("assist-given", of="acting", when=(Cond("extended_to", "empty"),), clears=["@assistance.open", "@assistance.appraisal"]),
    _on("investigated", "investigated"),
    _on("investigated", "verified", when=_is("verified", _TRUE)),
    _on("filed", "filed"),
    _on("letter-sent", "letter_sent"),
    _on("reply-submitted", "@reply.submitted", of="acting", clears=["@reply.approved", "@reply.returned"]),
    _on("reply-approved", "@reply.approved", of="acting", clears=["@reply.submitted"]),
    _on("reply-approved", "@reply.unsigned", scope="case", of="act", when=_is("countersign_due", _TRUE)),
    _on("reply-approved", "@reply.unconfirmed", scope="case", of="act", when=(Cond("leader", "other"),)),
    _on("countersigned", scope="case", of="approval", clears=["@reply.unsigned"]),
    _on("proxy-confirmed", scope="case", of="approval", clears=["@reply.unconfirmed"]),
    _on("reply-returned", "@reply.returned", of="acting", clears=["@reply.submitted"]),
    _on("reply-sent", of="acting", clears=["@reply.submitted", "@reply.approved", "@reply.returned"]),
    _on("reply-sent", "written", when=_is("kind", "written")),
    _on("reply-sent", "preliminary", when=_is("kind", "preliminary")),
    _on("reply-sent", "answered", when=(Cond("kind", "not_in", ("written", "preliminary", "explanation")),)),
    _on("reply-sent", "solved", when=_is("solved", _TRUE)),
    _on("replied-for-now", "preliminary"),
    _on("fed-back", "fed_back"),
    _on("revisited", clears=["revisit.last"]),
    _on("revisited", "revisit.last", when=_is("last_attempt", _TRUE)),
    _on("revisited", "revisited", when=_is("last_attempt", _TRUE)),
    _on("revisited", "revisited", "revisit.reached", when=_is("reached", _TRUE), clears=["dissatisfied"]),
    _on("revisited", "dissatisfied", when=(*_is("reached", _TRUE), *_is("result", "dissatisfied"))),
    _on("returned", "returned", clears=[
        "taken_over", "arrived", "answered", "fed_back", "revisited", "solved", "investigated", "written", "evaluated",
    ]),
    _on("returned", "returned.twice", needs=("returned",)),
    _on("returned", "returned_thrice", needs=("returned.twice",)),
    _on("evaluated", "evaluated"),
    _on("urged", "urged"),
    _on("supervised", "supervised"),
    _on("listed", "listed"),
    _on("delisted", clears=["listed"]),
    _on("closed", "closed"),
    _on("archived", "archived"),
    _on("published", "published"),
    _on("merged", "merged", scope="case", when=(Cond("into", "full"),)),
    _on("unmerged", scope="case", clears=["merged", "ended"]),
    _on("unmerged", forbids=("sent",), clears=_NO_TRANSFER),
    _on("joined", "@case.joined", scope="case", of="case"),
    _on("parted", scope="case", of="case", clears=["@case.joined"]),
    _on("clock-paused", "@clock.paused", of="rule"),
    _on("clock-resumed", of="rule", clears=["@clock.paused"]),
    _on("extension-asked", "@extension.open", of="rule"),
    _on("extended", of="rule", clears=["@extension.open"]),
)  # fmt: skip
"""From acceptance to the file."""

FLAGS: Final = (
    Derived(name="accepted_here", needs=("@acceptor",)),
    Derived(name="appraisal_mine", needs=("@assistance.appraisal",)),
    Derived(name="assistance_mine", needs=("@assistance.open",)),
    Derived(name="assistance_open", needs=("*assistance.open",)),
    Derived(name="countersign_due", needs=("*approval.unsigned",)),
    Derived(name="designated_here", needs=("@designated",)),
    Derived(name="delivered", needs=("sent", "@transfer.named"), forbids=("@transfer.undelivered",)),
    Derived(name="delivered", needs=("sent",), forbids=("@transfer.named", "*transfer.undelivered")),
    Derived(name="extension_asked", needs=("*extension.open",)),
    Derived(name="holds_merged", needs=("*case.joined",)),
    Derived(name="oral_open", needs=("transfer.oral",), forbids=("papers_made",)),
    Derived(name="paused", needs=("*clock.paused",)),
    Derived(name="proxy_open", needs=("*approval.unconfirmed",)),
    Derived(name="reply_approved", needs=("@reply.approved",)),
    Derived(name="reply_open", needs=("@reply.submitted",)),
    Derived(name="reply_open", needs=("@reply.approved",)),
    Derived(name="reply_returned", needs=("@reply.returned",)),
    Derived(name="reply_unconfirmed", needs=("*reply.unconfirmed",)),
    Derived(name="reply_unsigned", needs=("*reply.unsigned",)),
    Derived(name="reply_submitted", needs=("@reply.submitted",)),
    Derived(name="satisfaction_disputed", needs=("satisfaction.raised",), forbids=("evaluated",)),
    Derived(name="signed", needs=("sent", "@transfer.named"), forbids=("@transfer.unsigned",)),
    Derived(name="signed", needs=("sent",), forbids=("@transfer.named", "*transfer.unsigned")),
    Derived(name="told_acceptance", needs=("@acceptor", "@told.acceptance")),
    Derived(name="told_acceptance", needs=("lead.told",), forbids=("@acceptor",)),
    Derived(name="unreachable", needs=("revisit.last",), forbids=("revisit.reached",)),
)
"""Flags that are not set by an event alone. Every other word that stands alone is a flag of that name."""

ROLES: Final = (
    Derived(name="acceptor", needs=("@acceptor",)),
    Derived(name="addressee", needs=("sent", "@transfer.named")),
    Derived(name="assistant", needs=("@assistant",)),
    Derived(name="first_receiver", needs=("@first_receiver",)),
)
"""Roles of a body on a matter; a body with none of them is ``outsider``."""

ASKED: Final = (
    Asked(flag="same_body", field="body", needs=("sent", "@transfer.first")),
    Asked(flag="to_first_receiver", field="body", needs=("@first_receiver",)),
    Asked(flag="completes", kind="completed", when=(Cond("missing", "empty"),)),
)


def effects_of(profile: Profile) -> Effects:
    """Return the table of a profile: what every mechanism has, its marks and steps, the facts its guards ask for."""
    own = [_on("marked", m.code, when=_is("marks", m.code)) for m in profile.marks]
    own += [_on("unmarked", when=_is("marks", m.code), clears=[m.code]) for m in profile.marks]
    own += [_on("stepped", s.code.replace("-", "_"), when=_is("step", s.code)) for s in profile.steps]
    ends = tuple(s.code for s in profile.states if s.end)
    own += _brought((*TRANSFER, *HANDLING, *own), ends)
    asked = {flag for guard in profile.guards for flag in (*guard.needs, *guard.forbids)}
    asked |= {flag for one in profile.waiting for flag in (*one.needs, *one.forbids)}
    for fact in sorted(asked & {f.id for f in profile.facts}):
        own += [
            *(_on(kind, fact, when=_is(f"issue.{fact}", _TRUE)) for kind in OPENING),
            _on("completed", when=(Cond(f"facts.{fact}", "full"),), clears=[fact]),
            _on("completed", fact, when=_is(f"facts.{fact}", _TRUE)),
        ]
    claimed = sorted((asked & CLAIMED) | {f for f in asked if "=" in f or f.startswith("grade:")})
    return Effects(
        effects=(*TRANSFER, *HANDLING, *own), flags=FLAGS, roles=ROLES, asked=ASKED, claimed=tuple(claimed)
    )  # fmt: skip


def _brought(table: Iterable[Effect], ends: tuple[str, ...]) -> list[Effect]:
    """Return what a case that is brought in brings along: every word that an event could have set.

    A word that a body holds comes in for the bringing body only: nobody brings in another body's act. In an end, from
    which nothing follows, every holder stands as it was.
    """
    found: dict[tuple[str, str], Effect] = {}
    for effect in table:
        if effect.kind in OPENING:
            continue
        for word in effect.sets:
            plain = word.lstrip("@")
            more: dict[str, Any] = {"scope": effect.scope}
            if word[0] != "@":
                found["", word] = _on("brought-in", word, when=_is("has", word), **more)
            elif plain in FREE:
                found["held", word] = _on("brought-in", word, of=f"held.{key_of(plain)}", **more)
            else:
                found["own", word] = _on("brought-in", word, of="acting", when=_is("own", plain), **more)
                found["held", word] = _on(
                    "brought-in", word, of=f"held.{key_of(plain)}", when=_is("state", *ends), **more
                )
    return list(found.values())


def key_of(word: str) -> str:
    """Return the name under which an event lists the holders of a word."""
    return word.replace(".", "-")


# -- the fold ---------------------------------------------------------------------------------------


class Board:
    """The words that stand on one case, as the events so far leave them."""

    def __init__(self, table: Effects, matters: int = 0) -> None:
        self.table, self.matters = table, matters
        self.words: set[tuple[int, str, str]] = set()
        """Matter (0: the case), holder ('' for none), word."""
        self._by_kind: dict[str, list[Effect]] = {}
        for effect in table.effects:
            self._by_kind.setdefault(effect.kind, []).append(effect)

    def take(self, line: Line) -> None:
        """Fold one more event into the board."""
        if line.kind in OPENING:
            self.matters = len(line.data.get("issues", ({},)))
        gone: set[tuple[int, str, str]] = set()
        come: set[tuple[int, str, str]] = set()
        for effect in self._by_kind.get(line.kind, ()):
            for matter in self._matters(effect, line):
                if not all(holds(c, line, matter) for c in effect.when):
                    continue
                for holder in _holders(effect.of, line):
                    seen = self.seen(matter or line.matter, holder)
                    if not set(effect.needs) <= seen or set(effect.forbids) & seen:
                        continue
                    come |= {(matter, holder if word[0] == "@" else "", word.lstrip("@")) for word in effect.sets}
                    for word in effect.clears:
                        gone |= self._cleared(matter, holder, word)
        self.words = (self.words - gone) | come

    def _matters(self, effect: Effect, line: Line) -> Iterable[int]:
        if effect.scope == "case":
            return (0,)
        return range(1, self.matters + 1) if line.kind in OPENING else (line.matter,)

    def _cleared(self, matter: int, holder: str, word: str) -> set[tuple[int, str, str]]:
        if word[0] == "*":
            return {w for w in self.words if w[0] == matter and w[2] == word[1:] and w[1]}
        return {(matter, holder if word[0] == "@" else "", word.lstrip("@"))}

    def seen(self, matter: int, holder: str) -> frozenset[str]:
        """Return what a holder sees of a matter."""
        own = set()
        for n, who, word in self.words:
            if n not in (0, matter):
                continue
            own |= {word} if not who else {f"*{word}", f"@{word}"} if who == holder else {f"*{word}"}
        return frozenset(own)

    def flags(self, matter: int, body: str) -> frozenset[str]:
        """Return the flags that a body sees on a matter, the claimed and the asked ones aside."""
        seen = self.seen(matter, body)
        return frozenset({word for word in seen if word[0] not in "@*"} | _derived(self.table.flags, seen))

    def roles(self, matter: int, body: str) -> frozenset[str]:
        """Return the roles of a body on a matter."""
        return frozenset(_derived(self.table.roles, self.seen(matter, body)) or {"outsider"})

    def asked(self, matter: int, given: Mapping[str, Any]) -> frozenset[str]:
        """Return the flags that follow from the bodies named in an act's fields."""
        found = [
            one.flag
            for one in self.table.asked
            if one.field and given.get(one.field) and set(one.needs) <= self.seen(matter, str(given[one.field]))
        ]
        return frozenset(found)


def _derived(rows: Iterable[Derived], seen: frozenset[str]) -> set[str]:
    return {row.name for row in rows if set(row.needs) <= seen and not set(row.forbids) & seen}


def holds(cond: Cond, line: Line, matter: int = 0) -> bool:
    """Return whether a condition holds on an event."""
    value = _value(cond.field, line, matter)
    full = value not in (None, "", [], {})
    match cond.op:
        case "full" | "empty":
            return full == (cond.op == "full")
        case "other":
            return full and str(value) != line.person
        case _:
            said = {_word(v) for v in (value if isinstance(value, list) else [value])} if full else set()
            return bool(said & set(cond.words)) == (cond.op == "in")


def _value(path: str, line: Line, matter: int) -> Any:
    value: Any = line.data
    for name in path.split("."):
        if name == "issue":
            issues = line.data.get("issues", ())
            value = issues[matter - 1] if 0 < matter <= len(issues) else {}
            continue
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _holders(of: str, line: Line) -> tuple[str, ...]:
    if of in ("", "acting", "act"):
        return ({"": "", "acting": line.acting, "act": line.act}[of],)
    value = _value(of.removesuffix("[0]"), line, 0)
    named = tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),) if value else ()
    return named[:1] if of.endswith("[0]") else named


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
