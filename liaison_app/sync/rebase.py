"""Taking a page: foreign entries first, then the own pending acts decided again; one transaction (docs/SYNC.md)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

import msgspec
from sqlalchemy import Connection

from liaison_app.domain import events as ev
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger_events import sealed_in
from liaison_app.domain.moments import stamp
from liaison_app.domain.records import Entry
from liaison_app.domain.text import SearchText
from liaison_app.domain.yields import OPENS
from liaison_app.security.signatures import Shown
from liaison_app.store import desk_tables as small
from liaison_app.store import file_pieces, following, laid_aside, shared, signed
from liaison_app.store.shared import OwnAct, subject_of
from liaison_app.sync.items import Arrived, Item, Page, Read, SyncBroken, arrived, checked, understood

ENDING: Final = frozenset({"archived", "ended", "merged"})
"""Kinds of entries behind which hardly anything follows in a case: its rows need not wait for the end of a long pull."""
FINAL = ("accepted", "rebased", "refused", "withdrawn", "quarantined")
"""Fates after which an act waits no more."""

BEHIND: Final = shared.BEHIND
UNINDEXED: Final = "index.behind"
"""Set while cases have rows but do not stand in the text index yet; the next round writes it."""
REFUSED: Final = {
    "revoked": "person_revoked", "body": "person_moved", "case_unknown": "case_not_ours", "guard": "refused_there",
    "server_refused": "server_refused", "profile_day": "profile_day", "record_unknown": "record_not_ours",
    **{code: code for code in ("register_behind", "not_overseeing", "period_frozen", "register_value", "registers_by_server", "administrator_only", "person_revoked",
                               "person_exists", "person_unknown", "last_administrator")},
    **dict.fromkeys(("paper_of_others", "paper_not_yet", "paper_unknown", "paper_numbered", "number_form", "number_year", "number_ours", "number_double",
                     "number_not_lent", "number_of_others"), "paper_refused"),
}  # fmt: skip
"""What the shared database answers, as the code that a person reads."""


class Again(msgspec.Struct, frozen=True):
    """An act decided again: its entries on the present state, and the flags it claims."""

    entries: list[Entry]
    claims: str


class Decider(Protocol):
    """What the desk does for a rebase; everything inside the caller's transaction."""

    def decide_again(self, connection: Connection, act: OwnAct, stories: dict[str, Any]) -> Again:
        """Decide an act on the present state. Raise RuleBroken when it is no longer allowed.

        ``stories``: what is kept of cases between acts that are decided again one after another, empty before the first.
        """

    def project(
        self, connection: Connection, cases: Collection[str], *, unindexed: dict[str, SearchText] | None = None
    ) -> None:
        """Write the rows and the text index of cases and records (``record/ID``) anew; ``unindexed``: collects what the
        text index is to hold instead, and what it held of them is taken out."""

    def put_off(self, cases: Collection[str], ended: Collection[str]) -> None:
        """The rows of cases follow by :meth:`catch_up_some`; ``ended``: those that a page left at their end."""

    def begin_helpers(self) -> None:
        """Many cases will be projected: begin programs that help with it."""

    def catch_up_some(
        self, connection: Connection, cases: Sequence[str], texts: dict[str, SearchText], *, ahead: Sequence[str] = (),
        piece: int,
    ) -> list[str]:  # fmt: skip
        """Write the rows of cases and records that were put off, so many at a time; between two pieces it ends early when an
        own act waits for the transaction. Return what is left.

        ``ahead``: what will be asked for next, which helpers begin with; ``texts`` collects what the text index is to hold.
        """

    def fold_beside(
        self, connection: Connection, texts: dict[str, SearchText], *, most: int, piece: int, last: bool = False
    ) -> frozenset[str]:
        """Write the rows that helpers made meanwhile of cases that a page left at their end, and give them the next of these.

        ``most``: so many at a time; ``piece`` as above; ``last``: no page follows. Return the cases whose rows stand now.
        """

    def helped(self) -> bool:
        """Return whether what helpers were asked for is there, or nobody was asked: taking it would not wait."""

    def gather(self) -> None:
        """Take what helpers made and wait for it; what can be made outside of a transaction is made."""

    def end_helpers(self) -> None:
        """That is over."""

    def index(self, connection: Connection, texts: Sequence[SearchText]) -> None:
        """Write the text index of cases that do not stand in it yet."""

    def registers_changed(self, connection: Connection, streams: Collection[str]) -> None:
        """Go by the registers as they stand now."""

    def moment(self) -> str:
        """Return the desk's time."""

    def shown_key(self) -> Shown | None:
        """Return the public half of the key with which the person at work signs."""


class Taken(msgspec.Struct, frozen=True):
    """What a page changed."""

    items: int
    cases: frozenset[str]
    conflicts: tuple[str, ...]
    registers: bool
    erased: bool = False
    """Whether personal parts were erased: the log beside the file is emptied then."""


def take(connection: Connection, page: Page | Read, decider: Decider, *, later: set[str] | None = None) -> Taken:
    """Take a page into the replica: entries, acts, results, checkpoints, and the own pending acts decided again.

    ``later``: collects the cases whose rows the caller writes when he has caught up (a long first synchronisation
    touches a case many times); until then :data:`BEHIND` says that rows are missing.
    Raises SyncBroken ``feed_gap``, ``feed_chain``, ``feed_part``, ``feed_unknown``; then nothing was changed.
    """
    read = page if isinstance(page, Read) else understood(page)
    items, acts = read.page.items, read.acts
    ids = list({i.act for i in items if i.act} | {i.ref for i in items if i.what == "result" and i.ref})
    here = shared.held(connection, ids)
    for act_id, act in acts.items():
        if act_id in here and here[act_id].hash != act.hash:
            raise SyncBroken("feed_part", act=act_id, part="chain")
    hashes = {i: a.hash for i, a in acts.items()} | {i: h.hash for i, h in here.items()}
    points, lines = checked(following.checkpoints(connection), items, hashes, read.entries)
    _put_acts(connection, acts, here, items)
    fresh, cases, own, registers = _new_entries(connection, read.entries, here)
    parted = _parted(items)
    turned = following.put_left(connection, parted) if parted else set[str]()
    moved = shared.bound_cases(connection, {c for e in fresh if (c := subject_of(e.stream))} | turned)
    again = shared.provisional_of(connection, moved)
    shared.put_entries(connection, fresh, final=True)
    file_pieces.want(connection, _files(fresh, own))
    times = {i.act: i.recorded_at for i in items if i.act in here and i.act and i.recorded_at}
    following.server_time(connection, {i: at for i, at in times.items() if here[i].recorded_at != at})
    _settle_own(connection, own)
    following.put_checkpoints(connection, points, lines)
    signed.pin(connection, [(i.ref, i.data or b"") for i in items if i.what == "key" and i.ref])
    following.put_heads(connection, read.page.heads)
    if told := [i.data for i in items if i.what == "release" and i.data]:
        small.put_meta(connection, "release", told[-1].decode())
    if registers:
        decider.registers_changed(connection, registers)
    cases |= moved | set(parted) | _results(connection, items, decider)
    erased = {i.ref: i.data for i in items if i.what == "erased" and i.ref}
    for case, said in erased.items():
        laid_aside.erase_case(connection, case, (said or b"{}").decode())
    cases |= set(erased)
    conflicts = decide_all_again(connection, [i for i in again if i not in own], decider)
    if later is None or erased:
        decider.project(connection, cases)
    else:
        later |= cases
        decider.put_off(cases, _ended(fresh))
        small.put_meta(connection, BEHIND, "1")
    if erased:
        laid_aside.forget_words(connection)
    return Taken(len(items), frozenset(cases), tuple(conflicts), bool(registers), bool(erased))


def _ended(fresh: Sequence[Entry]) -> frozenset[str]:
    """Return the cases whose last entry among these is one of :data:`ENDING`."""
    newest = {e.stream: e.kind for e in fresh}
    return frozenset(
        c for stream, kind in newest.items() if kind in ENDING and (c := subject_of(stream)) and stream == f"case/{c}"
    )


def take_ahead(
    connection: Connection, items: Sequence[Item], decider: Decider, texts: dict[str, SearchText]
) -> frozenset[str]:
    """Show cases before their feed was read: entries stand provisionally until they come in their places.

    ``texts``: collects what the caller then writes into the text index; until he does, the next round would.
    """
    acts = arrived(items)
    here = shared.held(connection, list(acts))
    _put_acts(connection, acts, here, items)
    lines = {e.id: e for e in (item.entry() for item in items)}
    known = shared.known_entries(connection, list(lines))
    busy = shared.begun(connection, {e.stream for e in lines.values()})
    fresh = [e for e in lines.values() if e.id not in known and e.stream not in busy]
    shared.put_entries(connection, fresh, final=False)
    cases = frozenset(c for e in fresh if (c := subject_of(e.stream)))
    if cases:
        decider.project(connection, cases, unindexed=texts)
        small.put_meta(connection, UNINDEXED, "1")
    return cases


def decide_all_again(connection: Connection, act_ids: Sequence[str], decider: Decider) -> list[str]:
    """Decide acts again whose entries were taken off, in order; return those that are no longer allowed."""
    conflicts: list[str] = []
    stories: dict[str, Any] = {}
    for act_id in act_ids:
        act = shared.own_act(connection, act_id)
        if act is None or act.fate in {"refused", "withdrawn", "quarantined"}:
            continue
        try:
            found = decider.decide_again(connection, act, stories)
        except RuleBroken as refused:
            if act.fate == "pending":
                laid_aside.put_conflict(connection, act, refused.code, refused.facts, decider.moment(), told=False)
                conflicts.append(act_id)
            continue
        shared.put_entries(connection, found.entries, final=False)
        shared.put_claims(connection, act_id, found.claims)
    return conflicts


def rebase_cases(connection: Connection, cases: Collection[str], decider: Decider) -> list[str]:
    """Take the provisional entries of cases off and decide their acts again; return new conflicts."""
    cases = shared.bound_cases(connection, cases)
    again = shared.provisional_of(connection, cases)
    conflicts = decide_all_again(connection, again, decider)
    decider.project(connection, cases)
    return conflicts


def taken_as(state: str, fate: str, detail: dict[str, Any]) -> str | None:
    """Return the fate of an act that the server took, None when its answer asks for more than writing this down."""
    said = str(detail.get("fate") or "accepted") if fate == "known" else fate
    if said not in {"accepted", "rebased"} or state in {"withdrawing", "withdrawing-new"}:
        return None
    return "rebased" if detail.get("rebased") else "accepted"


def settle(connection: Connection, act: OwnAct, fate: str, detail: dict[str, Any], decider: Decider) -> set[str]:
    """Write what the server said of an act; return the cases to be decided again when its entries went away."""
    if fate == "known":
        fate = str(detail.get("fate") or "accepted")
    if act.state in {"withdrawing", "withdrawing-new"}:
        if fate == "behind":
            shared.remark(connection, act.id, "withdrawing", "")
        else:
            shared.settle(connection, act.id, "quarantined" if fate == "quarantined" else "withdrawn")
        return set()
    if taken := taken_as(act.state, fate, detail):
        shared.settle(connection, act.id, taken)
        return set()
    if fate == "behind":
        shared.remark(connection, act.id, "behind", str(detail.get("code") or "behind"))
        return set()
    if fate == "quarantined":
        code, facts = "quarantined", dict(detail)
    else:
        said = str(detail.get("code") or fate)
        code, facts = REFUSED.get(said, "refused_there"), {"state": said, **detail}
    laid_aside.put_conflict(connection, act, code, facts, decider.moment(), told=True)
    shared.settle(connection, act.id, "quarantined" if fate == "quarantined" else "refused")
    return shared.drop_entries(connection, act.id) | ({act.case_id} if act.case_id else set())


def _put_acts(
    connection: Connection, acts: dict[str, Arrived], here: dict[str, shared.Held], items: Sequence[Item]
) -> None:
    """Keep foreign acts, and the parts of known ones that only now came."""
    at: dict[str, str] = {}
    for item in items:
        if item.act and item.recorded_at:
            at.setdefault(item.act, item.recorded_at)
    rows, personal, opened = [], [], []
    for act in acts.values():
        item, header, held = act.item, act.header, here.get(act.id)
        if held is None:
            case = act.id if header.kind in OPENS else act.case_id
            rows.append(
                (act.id, header.device, header.seq, header.person, header.body, header.kind, case, header.happened_at,
                 at.get(act.id, header.happened_at), item.header, act.open or b"", item.prev, act.hash, item.tag, "accepted")
            )  # fmt: skip
        elif act.open is not None and not held.opened:
            opened.append((act.open, act.id))
        if act.personal is not None and not (held and held.personal):
            personal.append((act.id, header.audience or "bodies", act.salt, act.personal))
    shared.put_foreign(connection, rows, personal, opened)


def _new_entries(
    connection: Connection, entries: Sequence[Entry | None], here: dict[str, shared.Held]
) -> tuple[list[Entry], set[str], set[str], set[str]]:
    """Return the entries to be put on, the cases of those that only became final as they stood, the own acts, and the
    registers that moved."""
    came: dict[str, Entry] = {}
    for one in entries:
        if one is not None:
            came.setdefault(one.id, one)
    known = shared.known_entries(connection, list(came))
    fresh: list[Entry] = []
    stands: list[str] = []
    cases: set[str] = set()
    registers: set[str] = set()
    for entry in came.values():
        old = known.get(entry.id)
        if old is None or old[:3] != (entry.stream, entry.version, entry.data):
            if old is not None and old[3]:
                raise SyncBroken("feed_part", act=entry.act_id, part="entry")
            fresh.append(entry)
        elif not old[3]:
            stands.append(entry.id)
            if (case := subject_of(entry.stream)) is not None:
                cases.add(case)
            else:
                registers.add(entry.stream)
    shared.finish(connection, stands)
    for entry in fresh:
        if subject_of(entry.stream) is None:
            registers.add(entry.stream)
            shared.cut_register(connection, entry.stream, entry.version)
    return fresh, cases, {e.act_id for e in came.values() if e.act_id in here and here[e.act_id].own}, registers


def _parted(items: Sequence[Item]) -> dict[str, str | None]:
    """Return the cases that this body left (since when) or came on (None) by these items; the last word counts."""
    said: dict[str, str | None] = {}
    for item in items:
        if item.what in {"joined", "left"} and item.ref:
            told = msgspec.json.decode(item.data or b"{}", type=dict[str, Any])
            said[item.ref] = stamp(datetime.fromisoformat(str(told["at"]))) if item.what == "left" else None
    return said


def _files(fresh: Sequence[Entry], own: set[str]) -> list[tuple[str, int, str]]:
    """Return the attachments (act, size, sha256) of other desks that came; they are fetched last."""
    found = []
    for entry in fresh:
        if entry.kind == "attached" and entry.act_id not in own:
            said = ev.read(entry.kind, entry.data).event
            if isinstance(said, ev.Attached) and said.size:
                found.append((entry.act_id, said.size, said.sha256))
        elif entry.kind == "record-stepped" and entry.act_id not in own:
            for line in sealed_in(
                ev.read(entry.kind, entry.data).event
            ):  # words of another desk: any of them may be missing
                size = str(line.get("size", ""))
                if size.isascii() and size.isdigit():
                    found.append((entry.act_id, int(size), str(line.get("sha256", ""))))
    return found


def _settle_own(connection: Connection, own: set[str]) -> None:
    for act_id in own:
        act = shared.own_act(connection, act_id)
        if act is not None and act.fate != "rebased":
            shared.settle(connection, act_id, "accepted")
    laid_aside.drop_conflict(connection, sorted(own))


def _results(connection: Connection, items: Sequence[Item], decider: Decider) -> set[str]:
    """Take results of the device's feed; return the cases that they changed, decided again."""
    late: set[str] = set()
    for item in items:
        if item.what == "result" and item.ref:
            act = shared.own_act(connection, item.ref)
            if act is None or not act.state:
                continue
            said = msgspec.json.decode(item.data or b"{}", type=dict[str, Any])
            late |= settle(connection, act, str(said.get("fate")), said.get("detail") or {}, decider)
        elif item.what == "stranded" and item.act:
            act = shared.own_act(connection, item.act)
            if act is not None:
                said = msgspec.json.decode(item.data or b"{}", type=dict[str, Any])
                code = REFUSED.get(str(said.get("code")), "person_moved")
                laid_aside.put_conflict(connection, act, code, said, decider.moment(), told=True)
                late |= shared.drop_entries(
                    connection, act.id
                )  # the answer to the push was lost: this comes before the result
    for case in late:
        again = shared.provisional_of(connection, {case})
        decide_all_again(connection, again, decider)
    return late
