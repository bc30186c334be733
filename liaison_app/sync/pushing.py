"""What a round sends: own acts in batches, what their answers change, withdrawals (docs/SYNC.md)."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.yields import REGISTERS
from liaison_app.security.signatures import TAG
from liaison_app.store import following, journal, laid_aside, leasing, shared, signed
from liaison_app.store.shared import OwnAct
from liaison_app.sync import rebase
from liaison_app.sync.link import Answer, Link, LinkLost, PushedAct
from liaison_app.sync.supplies import Supplies

BATCH_BYTES: Final = 1 << 20
SMALL_BATCH: Final = 32 << 10
"""Bytes of a batch on a line that holds, and of the smallest: each time one did not come through the next is half as large."""
BATCH_ACTS: Final = 500


class Round(msgspec.Struct):
    """What a round did."""

    pushed: int = 0
    pulled: int = 0
    conflicts: list[str] = []
    cases: set[str] = set()
    waiting: int = 0


class Pushing(Supplies):
    """Sends what waits, and takes what the server said of it."""

    _changed: Callable[[set[str]], None]
    _most: int
    """Bytes of the next batch."""
    _early: bool
    """Whether own acts go out between pages: not after one could not, for a pull must come to its end."""
    _offered: set[str]
    """Device logs that were offered whole because their beginning is missing there."""

    def _push_early(self, link: Link, done: Round) -> None:
        """Send own acts of meanwhile in the middle of a long pull, so that others see them; what is behind waits for its end."""
        with self._replica.read() as connection:
            if not self._early or not shared.unoffered(connection):
                return
        self._early = False
        self._push(link, done, early=True)
        self._early = True

    def _push(self, link: Link, done: Round, *, early: bool = False) -> bool:
        """Send what waits; return whether something came back as behind. ``early``: only what was never offered, in the order
        of the log, and nothing on registers, which are to be read first."""
        behind = False
        sent: set[str] = set()
        looked = False
        while True:
            self._halt()
            with self._replica.read() as connection:
                there = shared.waiting_acts(connection, BATCH_ACTS + len(sent))
                waiting = [a for a in there if a.id not in sent]
                if early:
                    unread = takewhile(lambda a: a.kind not in REGISTERS, waiting)
                    waiting = [a for a in unread if a.state in {"new", "withdrawing-new"}]
                batch = list(_batch((a for a in waiting if a.state != "withdrawing"), self._most))
                if batch:
                    points = following.checkpoints(connection)
                    entries = shared.entries_of(connection, [a.id for a in batch])
                    takes = following.newer(connection)
            if not batch:
                break
            if not looked and any(a.kind in REGISTERS for a in waiting):
                looked = True
                self._set_aside()
                continue
            if not takes:  # on the disk before they go: the key that is shown one day covers what comes after them
                with self._replica.write() as connection:
                    signed.put_stripped(connection, [(a.device, a.seq) for a in batch])
            epoch = next(iter(points.values())).epoch
            acts = [pushed_act(a, [] if a.state == "withdrawing-new" else entries[a.id], signed=takes) for a in batch]
            answers = self._handed_over(link, epoch, batch, acts)
            sent |= {a.id for a in batch}
            gaps = {a.device for a, said in zip(batch, answers, strict=False) if said.detail.get("code") == "gap"}
            if gaps - self._offered:
                self._offered |= gaps
                with self._replica.write() as connection:
                    for device in gaps:
                        following.offer_again(connection, device)
                return True
            late, conflicts = self.answered(answers)
            behind = behind or late
            done.pushed += len(batch)
            self._tell(done, frozenset(a.case_id for a in batch if a.case_id), tuple(conflicts))
            self._progress("push", done.pushed, done.pushed + max(0, len(waiting) - len(batch)))
        if not early and any(a.state == "withdrawing" for a in there):
            self._withdraw(link)
        return behind

    def _set_aside(self) -> None:
        """An own register act whose place another one took while it waited is decided by nobody again: its words are kept."""
        with self._replica.read() as connection:
            waiting = [a for a in shared.waiting_acts(connection, BATCH_ACTS) if a.kind in REGISTERS]
            entries = shared.entries_of(connection, [a.id for a in waiting])
        overtaken = [a for a in waiting if a.state in {"new", "behind"} and not entries[a.id]]
        if overtaken:
            with self._replica.write() as connection:
                for act in overtaken:
                    laid_aside.put_conflict(connection, act, "register_behind", {}, self._decider.moment(), told=False)

    def answered(self, answers: Sequence[Answer]) -> tuple[bool, list[str]]:
        """Take what the server said of acts; return whether one is behind, and new conflicts."""
        cases: set[str] = set()
        behind = False
        with self._replica.write(lasting=False) as connection:
            states = shared.states_of(connection, [answer.act for answer in answers])
            more, taken = [], []
            for answer in answers:
                fate = rebase.taken_as(states.get(answer.act, ""), answer.fate, answer.detail)
                if fate is None:
                    more.append(answer)
                elif answer.act in states:
                    taken.append((fate, answer.act))
            shared.settle_all(connection, taken)
            for answer in more:
                act = shared.own_act(connection, answer.act)
                if act is None or not act.state:
                    continue
                behind = behind or answer.fate == "behind"
                cases |= rebase.settle(connection, act, answer.fate, answer.detail, self._decider)
                if answer.fate == "quarantined":
                    self._forked(connection, act)
            conflicts = rebase.rebase_cases(connection, cases, self._decider) if cases else []
        return behind, conflicts

    def withdrawn(self, answers: Sequence[Answer]) -> None:
        """Take what the server said of acts that this desk keeps as 需核对事项."""
        with self._replica.write() as connection:
            for answer in answers:
                if answer.fate == "unknown":
                    shared.remark(connection, answer.act, "withdrawing-new", "unknown")
                elif answer.fate in rebase.FINAL:
                    shared.settle(connection, answer.act, "refused" if answer.fate == "refused" else "withdrawn")

    def _forked(self, connection: Connection, act: OwnAct) -> None:
        """The device log here is not the one there (a copy of this desk wrote on): another one begins, with a new code."""
        if any(device == act.device for device, _ in journal.devices(connection, "open")):
            journal.renew_device(connection, act.person, str(uuid.uuid4()))
            leasing.drop_leases(connection)

    def _handed_over(self, link: Link, epoch: str, batch: Sequence[OwnAct], acts: Sequence[PushedAct]) -> list[Answer]:
        """Push a batch; one that the server cannot digest is halved until the act is found, which goes without entries."""
        try:
            answers = link.push(epoch, acts)
            self._most = min(BATCH_BYTES, self._most * 2)
            return answers
        except LinkLost:
            self._most = max(SMALL_BATCH, self._most // 2)
            raise
        except RuleBroken as refused:
            if refused.code != "server_refused":
                raise
            if len(acts) > 1:
                half = len(acts) // 2
                first = self._handed_over(link, epoch, batch[:half], acts[:half])
                return first + self._handed_over(link, epoch, batch[half:], acts[half:])
            if acts[0].entries:
                bare = [msgspec.structs.replace(acts[0], entries=())]
                link.push(epoch, bare)
                link.withdraw([(batch[0].id, "server_refused")])  # it keeps its place in the log and waits no more
            return [Answer(batch[0].id, "refused", {"code": "server_refused", **refused.facts})]

    def _withdraw(self, link: Link) -> None:
        with self._replica.read() as connection:
            acts = [a for a in shared.waiting_acts(connection, BATCH_ACTS) if a.state == "withdrawing"]
            reasons = {a.id: (laid_aside.conflict(connection, a.id), a) for a in acts}
        if not acts:
            return
        self.withdrawn(link.withdraw([(i, c.code if c else "") for i, (c, _) in reasons.items()]))

    def _tell(self, done: Round, cases: frozenset[str], conflicts: tuple[str, ...]) -> None:
        done.cases |= cases
        done.conflicts += conflicts
        if cases:
            self._changed(set(cases))


def _batch(acts: Iterator[OwnAct], most: int) -> Iterator[OwnAct]:
    """Yield acts until a batch holds so many bytes; a register act is a batch of its own."""
    size = 0
    for n, act in enumerate(acts):
        size += len(act.header) + len(act.open) * 3 + len(act.personal or b"")
        if n and (size > most or n >= BATCH_ACTS or act.kind in REGISTERS):
            return
        yield act
        if act.kind in REGISTERS:
            return


def pushed_act(act: OwnAct, entries: Sequence[Any], *, signed: bool = True) -> PushedAct:
    """Return an act as it goes over the line, with the entries proposed for it; ``signed``: that server takes signatures."""
    return PushedAct(
        header=act.header, prev=act.prev_hash, tag=act.tag if signed else act.tag[:TAG], open=act.open, salt=act.salt, personal=act.personal,
        claims=act.claims, entries=tuple((e.n, e.stream, e.version, e.kind, e.data) for e in entries),
    )  # fmt: skip
