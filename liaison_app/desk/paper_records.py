"""Papers of records and meetings: the sources of their fields said of one folded record. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

import msgspec

from liaison_app.desk.ledger_clocks import period_of_record, record_clocks
from liaison_app.desk.paper_data import Made, basis_of, boxes_of, laid_out, without_names
from liaison_app.desk.paper_phrases import NOTHING, Word, filled, in_full, moment
from liaison_app.desk.paper_words import Desk
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Happened
from liaison_app.domain.ledger import LedgerRecord, RecordLine
from liaison_app.domain.ledger_kinds import RecordField, RecordKind, RecordTable
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import OfficialPaper
from liaison_app.domain.text import clean
from liaison_app.mechanism.cadences import words as period_words
from liaison_app.mechanism.document_schema import DocField, Document

CLOSING: Final = {"closed_at", "closed_by", "closed_words"}
"""What a line says of itself once it was closed (销号)."""
REPORTED: Final = {"reported_at", "reported"}
"""What the newest line that follows a line says of it (落实情况): when it came, and in which words."""
ATTENDANCE, AGENDA, DECISIONS = "attendance", "agenda", "decisions"
CAME: Final = {"present": ("present", "late", "left"), "excused": ("excused",), "substitutes": ("substitute",)}
"""Who stands under which heading of the minutes: who came late or left early was there."""
AT_TABLE: Final = frozenset({"cards", "seats"})
"""Forms that stand on the tables of a meeting: nobody who stays away has one."""


class RecordWords:
    """The words of one record."""

    def __init__(
        self, record: LedgerRecord, kind: RecordKind, rules: DeskRules, desk: Desk, title: str, *, story: Sequence[Happened] = ()
    ) -> None:  # fmt: skip
        self.record, self.kind, self.rules, self.desk, self.story = record, kind, rules, desk, story
        self._title = title

    def told(self, source: str) -> Word:
        """Return what the first source that says something says."""
        for one in source.split("|"):
            found = self._one(one) if one else NOTHING
            if found.text or found.cells:
                return found
        return NOTHING

    def of_who_comes(self) -> "RecordWords":
        """Return the same words without whoever asked to be excused 请假."""
        lines = tuple(one for one in self.record.lines if one.table != ATTENDANCE or one.values.get("how") != "excused")
        record = msgspec.structs.replace(self.record, lines=lines)
        return RecordWords(record, self.kind, self.rules, self.desk, self._title, story=self.story)

    def name(self, body: str) -> str:
        """Return the Chinese name of a body."""
        post = self.rules.post(body)
        return post.name if post else body

    def _one(self, source: str) -> Word:
        group, _, name = source.partition(".")
        match group:
            case "record":
                return self._record(name)
            case "meeting":
                return Word(text=clean(self._meeting(name)))
            case "person":
                return Word(text=self.desk.person if name == "name" else self.desk.phone)
            case "body":
                return Word(text=self._body(name))
            case "due":
                return Word(text=self._due(name))
        return NOTHING

    def _due(self, rule: str) -> str:
        """Return until when a clock of the record runs, as its papers say it."""
        clocks = record_clocks(self.record, self.kind, self.rules)
        return next(
            (moment(stamp(c.clock.due.due)) for c in clocks if c.clock.rule.rule == rule and c.clock.due.due), ""
        )

    def _record(self, name: str) -> Word:
        table, _, column = name.partition(".")
        if column:
            return self._column(table, column)
        record = self.record
        match name:
            case "period":
                span = period_of_record(record, self.kind)
                return Word(period_words(span, "zh_CN") if span else "")
            case "opened_at":
                return Word(moment(record.opened_at))
            case "opened_by":
                return Word(self.rules.roster.name_of(record.opened_by))
            case "number":
                return Word(record.number)
            case "kind_name":
                return Word(self.kind.zh)
        field = self.kind.field(name)
        if field is None:
            return NOTHING
        if name in record.personal:
            return Word(clean(self.said(field, record.personal[name])), personal=True)
        value = record.fields.get(name)
        if value in (None, "") and field.source and not field.source.startswith(("record", "stats", "case")):
            return self._one(field.source)
        return Word(clean(self.said(field, value)))

    def _column(self, name: str, column: str) -> Word:
        table, lines = self.kind.table(name), self.record.standing(name)
        if name == ATTENDANCE and column == "body" and not lines:  # nobody has answered yet: whoever is asked
            return Word(cells=tuple(self.name(b) for b in self.kind.receivers))
        if table is None or not lines or not any(self._cell(table, line, column) for line in lines):
            return NOTHING
        return Word(cells=tuple(clean(self._cell(table, line, column)) for line in lines))

    def _cell(self, table: RecordTable, line: RecordLine, column: str) -> str:
        if column in CLOSING:
            value = str(getattr(line, column))
            return moment(value) if column == "closed_at" and value else self.name(value)
        if column in REPORTED:
            return self._reported(table, line, column)
        field = table.field(column)
        return "" if field is None else self.said(field, line.values.get(column))

    def _reported(self, table: RecordTable, line: RecordLine, column: str) -> str:
        about = next((t for t in self.kind.tables if t.follows is not None and t.follows.table == table.name), None)
        if about is None or about.follows is None:
            return ""
        last = next(
            (r for r in reversed(self.record.standing(about.name)) if r.values.get(about.follows.line) == line.n), None
        )
        if column == "reported_at":
            return moment(last.added_at) if last else ""
        words = next((f for f in reversed(about.fields) if f.type == "text"), None)
        return self.said(words, last.values.get(words.name)) if last and words else line.closed_words

    def said(self, field: RecordField, value: Any) -> str:
        """Return a value of a record in words."""
        if value in (None, "", []):
            return ""
        match field.type:
            case "bool":
                return "是" if value else "否"
            case "choice":
                return field.choices.get(str(value), [str(value)])[0]
            case "body":
                return self.name(str(value))
            case "bodies":
                return "、".join(self.name(str(v)) for v in value)
            case "moment" | "date":
                return moment(re.sub(r"T00:00(:00)?([+-].*|Z)?$", "", str(value)))  # a day that was given as one
        return str(value)

    def _body(self, name: str) -> str:
        post = self.rules.post(self.record.body)
        hotline = post.verified[-1] if post and post.verified else ""
        if name == "name":
            return self.name(self.record.body)
        number = hotline or (self.desk.phone if self.record.body == self.desk.body else "")
        return number if name == "telephone" else f"{self.desk.person} {number}".strip()

    # -- meetings -------------------------------------------------------------------------------

    def _meeting(self, name: str) -> str:
        match name:
            case "title":
                return self._title or self.kind.zh
            case "attendees":
                there = self._there()
                return there or "、".join(self.name(b) for b in self.kind.receivers)
            case "items":
                lines = self._lines(AGENDA, "item") or list(self.kind.agenda)
                return "\n".join(f"{n}．{words}" for n, words in enumerate(lines, 1))
            case "present" | "excused" | "substitutes":
                return self._there(CAME[name])
            case "decisions" | "listings":
                return self._decisions(only="listing" if name == "listings" else "")
            case "discussed":
                return self._record("minutes").text
        return ""

    def _lines(self, table: str, column: str) -> list[str]:
        found = self.kind.table(table)
        return [self._cell(found, line, column) for line in self.record.standing(table)] if found else []

    def _there(self, how: Sequence[str] = ()) -> str:
        table = self.kind.table(ATTENDANCE)
        found = []
        for line in self.record.standing(ATTENDANCE) if table else ():
            if table is None or (how and line.values.get("how") not in how):
                continue
            body, person, instead = (self._cell(table, line, n) for n in ("body", "person", "for"))
            person += f"（代{instead}参会）" if instead else ""
            person += "（请假）" if not how and line.values.get("how") == "excused" else ""
            found.append(f"{body}　{person}".strip())
        return "、".join(found)

    def _decisions(self, *, only: str) -> str:
        table = self.kind.table(DECISIONS)
        found: list[str] = []
        for line in self.record.standing(DECISIONS) if table else ():
            if table is None or (only and line.values.get("kind") != only):
                continue
            lead, assisting, due, case = (self._cell(table, line, n) for n in ("lead", "assisting", "due", "case"))
            more = [
                f"牵头：{lead}",
                f"配合：{assisting}" if assisting else "",
                f"时限：{due}",
                f"案件：{case}" if case else "",
            ]
            found.append(f"{len(found) + 1}．{self._cell(table, line, 'what')}（{'；'.join(m for m in more if m)}）")
        return "\n".join(found)


def paper_of_record(
    words: RecordWords, document: Document, *, number: str = "",
    outside: bool = False, reprint: str = "", demo: bool = False, citizens: Collection[str] = (),
) -> Made:  # fmt: skip
    """Return a paper of a record or meeting as plain data. What nobody has said yet stays an empty place.

    Where it leaves the offices (``outside``, or the paper is public) nothing personal stands on it, nor any of ``citizens``:
    names, addresses and telephones of the complainants whose cases the record names (COM-04).
    """
    hide = outside or document.public

    def value(field: DocField) -> Word:
        said = spoken(field.text)
        return Word(clean(said)) if said else words.told(field.source)

    def spoken(text: str) -> str:
        return filled(text, words.told, hide=hide)

    if document.form in AT_TABLE:
        words = words.of_who_comes()
    record = words.record
    laid = laid_out(document, value, hide=hide)
    title = words.kind.paper_title if document.form == "minutes" else ""
    title = title or spoken(document.title) or document.name
    receivers = () if "complainant" in document.to else _names(words, document.to)
    if document.to_source and (named := words.told(document.to_source).text):
        receivers = tuple(named.split("、"))
    others: tuple[str, ...] = ()
    if document.form == "upward":  # one 主送 only, the others get it for their knowledge (OFFICE B12)
        receivers, others = receivers[:1], receivers[1:]
    if document.form == "minutes":  # minutes go to nobody by name above the text (GB/T 9704-2012, 10.3)
        receivers, others = (), receivers
    number = number or (words.told(document.number_source).text if document.number_source else "")
    paper = OfficialPaper(
        kind=document.kind, form="sheet" if document.form == "slip" else document.form, title=title,
        issuer=in_full(words.name(record.body), words.rules.roster.district), date=stamp(words.desk.now)[:10], number=number, word=document.word, to=receivers,
        copies=(*others, *_names(words, document.copies_to)), opening=spoken(document.opening), fields=laid.fields, sections=laid.sections,
        closing=spoken(document.closing), note=laid.note, boxes=(*laid.hand, *boxes_of(document)),
        mechanism=words.rules.profile.meta.name, basis=basis_of(document),
        seal=document.form in {"letter", "upward", "notice"} or document.stamp,
        code="" if hide else f"{record.number} {document.kind} {number}".strip(),
        demo=demo, outside=outside, reprint=reprint,
    )  # fmt: skip
    if not hide:
        return Made(paper=paper, body=record.body)
    secrets = {*citizens, *(clean(str(v)) for v in record.personal.values())}
    said = [str(v) for v in record.fields.values() if isinstance(v, str)]
    return Made(paper=without_names(paper, secrets, said), body=record.body)


def _names(words: RecordWords, names: list[str]) -> tuple[str, ...]:
    if "all" in names:
        return ("各有关单位",)
    own = words.record.body
    return tuple(words.name(b) for b in names if words.rules.post(b) is not None and b != own)
