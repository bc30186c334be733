"""登记簿 of the office (OFFICE A3, A6): 发文, 收文, 送文 and 用印, filtered by days and words, printed and exported."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import paper_views, workbooks
from liaison_app.desk.deciding import folded
from liaison_app.desk.paper_desk import PaperDesk, is_fact, said_fact
from liaison_app.desk.paper_phrases import MOMENT, in_full, moment
from liaison_app.domain.case import Case, Happened, Transfer
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger_kinds import PAPER_STEP, PAPERS, SEALED
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.papers import OfficialPaper, Section, Table
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import books, labels

MOST: Final = 1000
"""Lines of a book that are read: a period with more is read in parts."""
INCOMING: Final = "incoming-sheet"
"""文件处理单: what is typed on it of a document that came stands in 收文登记簿 too."""
FROM_OFFICES: Final = ("transferred", "petition", "letter")
"""Channels by which a complaint comes as a document 来文."""
Row = tuple[str, str, tuple[str, ...], bool]
"""A line before it is numbered: moment, what it opens, cells, whether its number was voided."""


class Books(PaperDesk):
    """A desk that keeps the registers of its office."""

    def paper_register(self, limit: int = MOST) -> tuple[paper_views.PaperNote, ...]:
        """Return every number given, print, seal and voided number that this desk knows, of cases and records."""
        with self._replica.read() as connection:
            return tuple(self._notes(connection, limit))

    def book(self, name: str, since: str = "", until: str = "", words: str = "") -> paper_views.BookView:
        """Return a register 登记簿: ``outgoing``, ``incoming``, ``delivery`` or ``seal`` of the own body.

        ``since`` and ``until`` are days (both within), this month where they are missing; ``words`` must stand in a line.
        Raises RuleBroken ``field_value``.
        """
        lines: dict[str, Callable[[Connection, str, str], Iterator[Row]]] = {
            "outgoing": self._outgoing, "incoming": self._incoming, "delivery": self._delivery, "seal": self._seal
        }  # fmt: skip
        if name not in lines:
            raise RuleBroken("field_value", field="book", value=name)
        first, last = _days(since, until, self.now().date())
        with self._replica.read() as connection:
            found = sorted(lines[name](connection, first, last), key=lambda row: row[0])
        kept = [row for row in found if all(part in "　".join(row[2]) for part in words.split())]
        return paper_views.BookView(
            book=name, title=labels.pick(books.BOOKS[name], self.lang), since=first, until=last,
            columns=tuple(labels.pick(pair, self.lang) for pair in books.COLUMNS[name]),
            lines=tuple(
                paper_views.BookLine(ref=ref, cells=(str(n), *cells), struck=struck)
                for n, (_, ref, cells, struck) in enumerate(kept, 1)
            ),
        )  # fmt: skip

    def book_paper(self, view: paper_views.BookView) -> paper_views.PaperView:
        """Return a register as it is printed: a table on A4 lying, each page with its heads."""
        if self.renderer is None:
            raise RuleBroken("renderer_missing")
        title = books.BOOKS[view.book][0]
        paper = OfficialPaper(
            kind=f"book-{view.book}", form="table", title=title, issuer=in_full(self._body_zh(self._person.body), self.rules.roster.district),
            date=stamp(self.now())[:10], opening=f"{moment(view.since)}至{moment(view.until)}，共{len(view.lines)}件。",
            sections=(Section(table=Table(
                heads=tuple(zh for zh, _ in books.COLUMNS[view.book]),
                rows=tuple(tuple(f"（作废）{c}" if line.struck and i == 2 else c for i, c in enumerate(line.cells)) for line in view.lines),
                widths=books.WIDTHS[view.book],
            )),), seal=False, demo=self.rules.founding == "demo",
        )  # fmt: skip
        done = self.renderer.official([paper])
        return paper_views.PaperView(
            name=title, number="", pdf=done.pdf, pages=done.pages, fonts=done.fonts, missing_glyphs=done.missing_glyphs
        )

    @staticmethod
    def book_file(view: paper_views.BookView, suffix: str = ".csv") -> bytes:
        """Return a register as a workbook .xlsx with days and numbers as such, or as a .csv (UTF-8 with mark)."""
        if suffix.lower() == ".xlsx":
            struck = frozenset(n for n, line in enumerate(view.lines) if line.struck)
            kinds = books.KINDS[view.book]
            return workbooks.book(
                [workbooks.Grid(title=view.title, heads=view.columns, rows=[x.cells for x in view.lines], kinds=kinds, struck=struck)]
            )  # fmt: skip
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(view.columns)
        table.writerows([[_plain(cell) for cell in line.cells] for line in view.lines])
        return out.getvalue().encode("utf-8-sig")

    # -- lines ----------------------------------------------------------------------------------

    def _outgoing(self, connection: Connection, first: str, last: str) -> Iterator[Row]:
        """发文登记簿: each number once, with its first day, receivers, copies, seal; voided numbers struck."""
        mine = [n for n in self._notes(connection, MOST) if n.body == self._person.body and n.number]
        by_number: dict[str, list[paper_views.PaperNote]] = {}
        for note in mine:
            by_number.setdefault(note.number, []).append(note)
        for number, notes in by_number.items():
            day = min(n.at for n in notes)
            if not first <= china(day).date().isoformat() <= last:
                continue
            printed = [n for n in notes if n.act == "paper-printed"]
            voided = next((n for n in notes if n.act == "paper-voided"), None)
            sealed = next((n for n in notes if n.act == "paper-sealed"), None)
            remark = f"作废：{voided.words}" if voided else f"用印 {moment(sealed.at[:10])}" if sealed else ""
            cells = (
                moment(day[:10]), number, self._paper_name(notes[0].kind), printed[-1].words if printed else "",
                str(sum(n.copies for n in printed) or ""), notes[0].person, remark,
            )  # fmt: skip
            yield day, notes[0].ref, cells, voided is not None
        for case, transfer in self._transfers(connection, first, last):
            if transfer.from_body == self._person.body and transfer.slip_no not in by_number:
                to = "、".join(map(self._body_zh, transfer.to))
                cells = (
                    moment((transfer.sent_at or "")[:10]), transfer.slip_no, self._paper_name("slip"), to, "",
                    self.roster.name_of(transfer.sent_by), "",
                )  # fmt: skip
                yield transfer.sent_at or "", case.id, cells, False

    def _incoming(self, connection: Connection, first: str, last: str) -> Iterator[Row]:
        """收文登记簿: complaints that came as documents of other offices, slips received, and other papers that came."""
        own = self._person.body
        rows = queries.rows(connection, queries.REGISTERED, body=own, since=first, until=_after(last), limit=MOST)
        for (case_id,) in rows:
            happened = self._happened(connection, str(case_id), shown=True)
            case = folded(happened)
            if case.channel in FROM_OFFICES:
                said = typed_on(INCOMING, happened) | self._given(case, INCOMING)
                limit = said.get("limit", "")
                cells = (
                    moment(case.received_at[:10]), said.get("serial", ""), said.get("from") or labels.choice("channel", case.channel, "zh_CN"),
                    said.get("from_number") or case.external_no, clean(case.object or case.place), said.get("copies", ""),
                    moment(limit) if MOMENT.match(limit) else limit, self._handled(case), self._state_zh(case),
                )  # fmt: skip
                yield case.received_at, case.id, cells, False
        for case, transfer in self._transfers(connection, first, last):
            if own in transfer.to:
                got = transfer.delivery(own).delivered_at or transfer.sent_at or ""
                cells = (
                    moment(got[:10]) if got else "", "", self._body_zh(transfer.from_body), transfer.slip_no,
                    clean(case.object or case.place), "", "", self._handled(case), self._state_zh(case),
                )  # fmt: skip
                yield got, case.id, cells, False

        yield from self._received(connection, first, last)

    def _received(self, connection: Connection, first: str, last: str) -> Iterator[Row]:
        """Papers of other offices that are no complaint, from the records that the profile puts into this book (OFFICE A3)."""
        wanted = {r.id for r in self.rules.profile.records if r.book == "incoming"}
        for record, kind in self.folded_records(connection):
            got = str(record.fields.get("received") or record.opened_at)[:10]
            if (
                record.kind not in wanted
                or record.body != self._person.body
                or record.replaced
                or not first <= got <= last
            ):
                continue
            said = {name: clean(str(value)) for name, value in record.fields.items() if value not in (None, "")}
            state = next((s.zh for s in kind.states if s.code == record.state), "")
            cells = (
                moment(got), record.number, said.get("from", ""), said.get("from_number", ""), said.get("subject", ""),
                said.get("copies", ""), moment(said["limit"][:10]) if "limit" in said else "", said.get("handler", ""), state,
            )  # fmt: skip
            yield got, record.id, cells, False

    def _delivery(self, connection: Connection, first: str, last: str) -> Iterator[Row]:
        """送文登记簿（送文签收簿）: slips sent, to whom, how, confirmed and signed by whom, the receipt."""
        for case, transfer in self._transfers(connection, first, last):
            if transfer.from_body != self._person.body:
                continue
            for body in transfer.to:
                copy = transfer.delivery(body)
                signed = f"{self.roster.name_of(copy.signed_by)} {moment(copy.signed_at)}" if copy.signed_at else ""
                cells = (
                    moment(transfer.sent_at or ""), transfer.slip_no, clean(case.object or case.place), self._body_zh(body),
                    labels.choice("method", transfer.method, "zh_CN") if transfer.method else "",
                    f"{copy.confirmed_by} {moment(copy.delivered_at)}" if copy.delivered_at else "", signed,
                    "已收回执" if transfer.receipt else "",
                )  # fmt: skip
                yield transfer.sent_at or "", case.id, cells, False

    def _seal(self, connection: Connection, first: str, last: str) -> Iterator[Row]:
        """用印登记: number, paper, copies, who allowed it, who put the seal, when."""
        for note in self._notes(connection, MOST):
            if note.act == "paper-sealed" and note.body == self._person.body and first <= note.at[:10] <= last:
                cells = (
                    moment(note.at),
                    note.number,
                    self._paper_name(note.kind),
                    str(note.copies),
                    note.words,
                    note.by,
                )
                yield note.at, note.ref, cells, False

    def _transfers(self, connection: Connection, first: str, last: str) -> Iterator[tuple[Case, Transfer]]:
        sent = queries.rows(connection, queries.SENT, limit=MOST)
        wanted = [str(stream).partition("/")[2] for stream, at, _ in sent if first <= str(at)[:10] <= last]
        for case_id in dict.fromkeys(wanted):
            case = folded(self._happened(connection, case_id, shown=True))
            yield from ((case, t) for t in case.transfers if t.sent_at and first <= t.sent_at[:10] <= last)

    def _notes(self, connection: Connection, limit: int) -> Iterator[paper_views.PaperNote]:
        for kind in ("paper-issued", "paper-printed", "paper-sealed", "paper-voided"):
            for stream, _, data, person, body, at, number in reversed(
                queries.rows(connection, queries.PAPERS, kind=kind, limit=limit)
            ):
                event = msgspec.json.decode(data)["event"]
                words = event.get("reason") or event.get("approver") or event.get("to") or ""
                yield paper_views.PaperNote(
                    act=kind, kind=str(event.get("kind", "")), number=str(event.get("number", "")), case=str(number or ""),
                    person=self.roster.name_of(str(person)), body=str(body), at=str(at), copies=int(event.get("copies", 1)),
                    words=str(words), ref=str(stream).partition("/")[2].partition("/")[0],
                    by=self.roster.name_of(str(event.get("sealed_by", ""))),
                )  # fmt: skip
        for stream, data, body, at, number in reversed(queries.rows(connection, queries.RECORD_PAPERS, limit=limit)):
            event = msgspec.json.decode(data)["event"]
            for line in event.get("lines", {}).get(PAPERS, ()) if event.get("step") == PAPER_STEP else ():
                if line.get("way") == SEALED:  # it came back; it went out by the line before
                    continue
                yield _note_of_line(line, str(stream), str(body), str(at), str(number or ""))

    def _given(self, case: Case, kind: str) -> dict[str, str]:
        """Return the places of a paper that are facts of the case, where it has them (交办时限, OFFICE A3)."""
        document = next((d for d in self.rules.of(case).profile.documents if d.kind == kind), None)
        facts = {f.name: said_fact(case.matters[0], f) for f in (document.fields if document else ()) if is_fact(f)}
        return {name: said for name, said in facts.items() if said}

    def _paper_name(self, kind: str) -> str:
        found = next((d for d in self.rules.profile.documents if d.kind == kind), None)
        return kind if found is None else found.name

    def _body_zh(self, body: str) -> str:
        post = self.rules.post(body)
        return post.name if post else body

    def _handled(self, case: Case) -> str:
        found = [self._body_zh(a.body) for m in case.matters for a in m.acceptances]
        return "、".join(dict.fromkeys(found))

    def _state_zh(self, case: Case) -> str:
        state = next((s for s in self.rules.of(case).profile.states if s.code == case.matters[0].state), None)
        return state.name if state else ""


def typed_on(kind: str, happened: Sequence[Happened]) -> dict[str, str]:
    """Return the words that people typed into the places of a case's paper of a kind, the latest of each."""
    said: dict[str, str] = {}
    for one in happened:
        if getattr(one.stamped.event, "kind", "") == kind and one.personal.get("fields"):
            said |= {name: clean(str(words)) for name, words in dict(one.personal["fields"]).items()}
    return said


def _note_of_line(line: dict[str, Any], stream: str, body: str, at: str, number: str) -> paper_views.PaperNote:
    return paper_views.PaperNote(
        act="paper-printed" if line.get("copies") else "paper-issued", kind=str(line.get("paper", "")),
        number=str(line.get("number", "")), case=number, person=str(line.get("by", "")), body=body, at=at,
        copies=int(line.get("copies") or 1), words=str(line.get("to", "")), ref=stream.partition("/")[2], by="",
    )  # fmt: skip


def _days(since: str, until: str, today: date) -> tuple[str, str]:
    """Return the first and last day of a period; this month where nothing is said. Raise RuleBroken ``field_value``."""
    try:
        first = date.fromisoformat(since) if since else today.replace(day=1)
        last = date.fromisoformat(until) if until else today
    except ValueError:
        raise RuleBroken("field_value", field="since", value=since or until) from None
    return first.isoformat(), max(first, last).isoformat()


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _plain(cell: str) -> str:
    """Return a cell that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell
