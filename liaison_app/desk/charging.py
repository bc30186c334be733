"""移交在办案件: all open cases of a colleague pass to another, for good or while he stands in; the other takes them over."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from liaison_app.desk import paper_views, views
from liaison_app.desk.charge import first_of, handed_in, in_charge
from liaison_app.desk.paper_desk import PaperDesk
from liaison_app.desk.paper_phrases import in_full
from liaison_app.desk.ringing import Ringing
from liaison_app.desk.signing import new_id
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import ChargeReceived, HandedOver, read
from liaison_app.domain.moments import china
from liaison_app.domain.papers import Field, OfficialPaper, Section, Table
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import labels

MOST: Final = 2_000
"""Hand-overs that Today looks back on."""
PAPER: Final = "handover"
"""The kind of the list 交接清单."""


class Charging(Ringing, PaperDesk):
    """A desk whose people hand cases over to one another."""

    def charges(self, person: str = "") -> tuple[views.ChargeLine, ...]:
        """Return the open cases of the own body that a person has, most pressing first; everybody's without a name."""
        wanted = self.roster.person(person).id if person else ""
        with self._replica.read() as connection:
            return tuple(one for one in self._charges(connection) if not wanted or one.person == wanted)

    def hand_over(self, giver: str, taker: str, reason: str, *, until: str = "") -> views.ChargeView:
        """Hand every open case of a colleague over to another, each by an act of its own, all or none.

        ``until``: the last day on which the other stands in (代办); then the cases are back by themselves. Raises
        RuleBroken ``nothing_in_charge``, ``not_a_colleague``, ``same_charge``, ``reason_missing``, ``date_not_ahead``.
        """
        if not reason.strip():
            raise RuleBroken("reason_missing", field="reason")
        one = self.roster.person(giver)
        batch = new_id()
        command = cmd.HandOver(to=self._person_id(taker), reason=reason, until=until, batch=batch)
        with self._replica.write() as connection:
            cases = [line.case_id for line in self._charges(connection) if line.person == one.id]
            if not cases:
                raise RuleBroken("nothing_in_charge", person=one.name)
            outcomes = self._decide_all(connection, [(case, command) for case in cases])
        done = self._kept(batch)
        self._remember("hand-over", done, outcomes)
        self.log.note("acts", action="hand-over", done=len(outcomes), refused=0)
        self._tell({outcome.case for outcome in outcomes})
        return self.charge(batch)

    def receive(self, batch: str) -> views.ChargeView:
        """Take over what was handed over to the person at work. Raise RuleBroken ``charge_unknown``."""
        view = self.charge(batch)
        if view.to != self._person.id:
            raise RuleBroken("charge_unknown", field="batch", value=batch)
        command = cmd.ReceiveCharge(batch=batch)
        with self._replica.write() as connection:
            outcomes = self._decide_all(connection, [(line.case_id, command) for line in view.cases])
        self._remember("receive-charge", [command] * len(outcomes), outcomes)
        self._tell({outcome.case for outcome in outcomes})
        return self.charge(batch)

    def charge(self, batch: str) -> views.ChargeView:
        """Return one handing over with its cases. Raise RuleBroken ``charge_unknown``."""
        found = next((one for one in self.handed_over() if one.batch == batch), None)
        if found is None:
            raise RuleBroken("charge_unknown", field="batch", value=batch)
        return found

    def handed_over(self) -> tuple[views.ChargeView, ...]:
        """Return what was handed over within the own body, newest first."""
        end = f"/{self._person.body}"
        batches: dict[str, list[tuple[str, HandedOver, str, str]]] = {}
        with self._replica.read() as connection:
            received = set()
            for stream, _, data, *_ in queries.rows(connection, queries.CHARGES, kind="charge-received", limit=MOST):
                event = read("charge-received", data).event
                if isinstance(event, ChargeReceived):
                    received.add((stream, event.batch))
            for stream, _, data, person, at in queries.rows(
                connection, queries.CHARGES, kind="handed-over", limit=MOST
            ):
                event = read("handed-over", data).event
                if isinstance(event, HandedOver) and str(stream).endswith(end) and event.batch:
                    batches.setdefault(event.batch, []).append((str(stream), event, str(person), str(at)))
            return tuple(self._charge_view(connection, b, found, received) for b, found in batches.items())

    def charge_tasks(self) -> list[views.TaskView]:
        """Return a line of 今日待办 for each handing over that waits for the person at work."""
        me = self._person.id
        return [
            views.TaskView(
                id=f"charge/{one.batch}", kind="charge", label=labels.label(labels.ACTIONS, "receive-charge", self.lang),
                case_id="", number=f"{one.until} {one.reason}".strip(), due=None, level="none", countdown="", action="receive-charge",
                title=labels.pick((f"{one.giver}移交 {len(one.cases)} 件", f"{one.giver} hands {len(one.cases)} over"), self.lang),
                batch=one.batch,
            )
            for one in self.handed_over()
            if one.to == me and not one.received
        ]  # fmt: skip

    @abstractmethod
    def _open_matters(self) -> Section:
        """Return 今日待办 as a part of a sheet. The facade has it."""

    def handover_paper(self, batch: str, *, docx: bool = False) -> paper_views.PaperView:
        """Return the list 交接清单 of one handing over, to be printed and signed by both. Raise ``charge_unknown``."""
        view, show = self.charge(batch), self._show()
        zh = self.rules.profile
        names = {p.id: p.name for p in zh.posts}
        states = {s.code: s.name for s in zh.states}
        rows = tuple(
            (str(n), line.number, line.title, states.get(line.state, line.state), _when(line.due))
            for n, line in enumerate(view.cases, 1)
        )
        paper = OfficialPaper(
            kind=PAPER, form="table", title="经办案件交接清单", issuer=in_full(names.get(self._person.body, show.body(self._person.body)), self.roster.district),
            date=view.at[:10], seal=False, mechanism=zh.meta.name, demo=self.rules.founding == "demo",
            fields=(
                Field("移交人", view.giver), Field("接收人", view.taker), Field("移交原因", view.reason),
                Field("代办至", _when(f"{view.until}T00:00:00+08:00") if view.until else "长期"), Field("件数", str(len(rows))), Field("经手录入", view.by),
            ),
            sections=(
                Section(heading=f"移交的在办案件（{len(rows)}件）", level=1, table=Table(
                    heads=("序号", "案件编号", "投诉对象", "现状", "最近到期"), rows=rows, widths=(0.08, 0.33, 0.18, 0.17, 0.24),
                )),
                self._open_matters(),
            ),
            boxes=("移交人签名", "接收人签名", "监交人签名"),
        )  # fmt: skip
        return self._drawn(PAPER, [paper], docx=docx)

    def _in_charge(self, happened: Sequence[Happened]) -> str:
        first = first_of(happened, self._person.body)
        person, until = in_charge(first, handed_in(happened), self.now().date().isoformat())
        name = self.roster.name_of(person)
        return labels.pick((f"{name}（代办至{until}）", f"{name} (until {until})"), self.lang) if until else name

    def _charges(self, connection: Connection) -> list[views.ChargeLine]:
        body, day = self._person.body, self.now().date().isoformat()
        handed: dict[str, list[HandedOver]] = {}
        for case, data in queries.rows(connection, queries.HANDED, body=body):
            event = read("handed-over", data).event
            if isinstance(event, HandedOver):
                handed.setdefault(str(case), []).append(event)
        return [
            self._charge_line(row, *in_charge(str(row[5] or ""), handed.get(str(row[0]), ()), day))
            for row in queries.rows(connection, queries.OPEN_CASES, body=body)
        ]

    def _charge_line(self, row: Sequence[object], person: str, until: str) -> views.ChargeLine:
        case, number, title, state, due = row[:5]
        return views.ChargeLine(
            case_id=str(case), number=str(number), title=clean(str(title)), state=str(state),
            state_name=self._show().state(str(state)), due=str(due) if due else None, person=person,
            name=self.roster.name_of(person), until=until,
        )  # fmt: skip

    def _charge_view(
        self, connection: Connection, batch: str, found: list[tuple[str, HandedOver, str, str]],
        received: set[tuple[str, str]],
    ) -> views.ChargeView:  # fmt: skip
        _, event, person, at = found[0]
        names = self.roster.name_of
        ids = [stream.split("/")[1] for stream, *_ in reversed(found)]
        rows = [(i, queries.rows(connection, queries.ROW, case=i)) for i in ids]
        return views.ChargeView(
            batch=batch, to=event.to, giver=names(event.before), taker=names(event.to), by=names(person), at=at,
            reason=event.reason, until=event.until, received=all((stream, batch) in received for stream, *_ in found),
            cases=tuple(
                self._charge_line((i, r[0][2], r[0][6], r[0][3], r[0][15]), event.to, event.until) for i, r in rows if r
            ),
        )  # fmt: skip

    def _kept(self, batch: str) -> list[cmd.Command]:
        """Return the commands of a handing over as they were signed: taking them back gives each case to whom it was."""
        found: list[cmd.Command] = []
        with self._replica.read() as connection:
            for _, _, data, *_ in queries.rows(connection, queries.CHARGES, kind="handed-over", limit=MOST):
                event = read("handed-over", data).event
                if not isinstance(event, HandedOver) or event.batch != batch:
                    break
                fields = {n: getattr(event, n) for n in HandedOver.__struct_fields__}
                found.append(cmd.HandOver(**fields))
        return found[::-1]


def _when(moment: str | None) -> str:
    if not moment:
        return "—"
    at = china(moment)
    return f"{at.year}年{at.month}月{at.day}日"
