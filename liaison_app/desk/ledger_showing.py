"""From a folded record and its kind to what screens show, in the language of the desk. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from liaison_app.desk import ledger_views as lv
from liaison_app.desk.ledger_clocks import period_of_record, record_clocks
from liaison_app.desk.ledger_rows import title_of
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.showing import Shower
from liaison_app.desk.views import FieldSpec, TimelineView
from liaison_app.domain import ledger as ld
from liaison_app.domain import ledger_events as le
from liaison_app.domain.case import Happened
from liaison_app.domain.ledger_kinds import PAPER_STEP, PAPERS, RecordField, RecordKind, RecordStep, RecordTable
from liaison_app.domain.moments import china
from liaison_app.mechanism.cadences import words
from liaison_app.words import labels

FORMS: Final = {"moment": "time", "body": "choice", "bodies": "bodies", "case": "line", "date": "date", "int": "int"}
"""Types of fields as the forms of the window know them."""
UNSEEN: Final = {"sha256", "size"}
"""What a paper that went out or came back says for machines."""


class LedgerShower:
    """Shows records in one language at one moment to one body."""

    def __init__(self, rules: DeskRules, lang: str, show: Shower) -> None:
        self._rules, self._lang, self._show = rules, lang, show

    def pick(self, zh: str, en: str) -> str:
        """Return the word of the desk's language."""
        return en or zh if self._lang == "en" else zh

    def kind_name(self, kind: RecordKind | None, code: str = "") -> str:
        """Return the name of a kind."""
        return code if kind is None else self.pick(kind.zh, kind.en)

    def state_name(self, kind: RecordKind | None, code: str, ended: str = "") -> str:
        """Return the name of a state; a record that was replaced says so."""
        if ended == "replaced":
            return self.pick("已更正，见后续记录", "Corrected by a successor")
        state = kind.state(code) if kind else None
        return code if state is None else self.pick(state.zh, state.en)

    def value(self, field: RecordField, value: Any) -> str:
        """Return a value in words."""
        if value in (None, "", []):
            return ""
        if field.type == "bool":
            return self.pick("是", "yes") if value else self.pick("否", "no")
        if field.type == "choice":
            pair = field.choices.get(str(value), [str(value), str(value)])
            return self.pick(pair[0], pair[1])
        if field.type == "body":
            return self._show.body(str(value))
        if field.type == "bodies":
            return "、".join(self._show.body(str(one)) for one in value)
        if field.type == "moment":
            return str(value)[:16].replace("T", " ")
        return str(value)

    def spec(self, field: RecordField, *, required: bool, default: Any = None) -> FieldSpec:
        """Return a field as a form asks for it."""
        choices: tuple[tuple[str, str], ...] = ()
        if field.type == "choice":
            choices = tuple((code, self.pick(pair[0], pair[1])) for code, pair in field.choices.items())
        elif field.type in {"body", "bodies"}:
            choices = tuple((p.id, self._show.body(p.id)) for p in self._rules.profile.posts)
        plain = "、".join(map(str, default)) if isinstance(default, list | tuple) else default
        return FieldSpec(
            name=field.name, label=self.pick(field.zh, field.en), type=FORMS.get(field.type, field.type),
            required=required, choices=choices, default="" if plain is None else str(plain),
        )  # fmt: skip

    def table_spec(self, table: RecordTable, *, needed: bool) -> lv.TableSpec:
        """Return a table as a form asks for its lines."""
        fields = tuple(self.spec(f, required=f.required) for f in table.fields)
        return lv.TableSpec(name=table.name, label=self.pick(table.zh, table.en), fields=fields, needed=needed)

    def step(
        self, kind: RecordKind, step: RecordStep, record: ld.LedgerRecord | None, body: str, *, awaited: bool = False
    ) -> lv.RecordStepView:
        """Return a step with its form; what stands already is its default."""
        stands = {**record.fields, **record.personal} if record is not None else {}
        fields = [self._asked(kind, name, stands, required=True) for name in step.fields]
        fields += [self._asked(kind, name, stands, required=False) for name in step.optional]
        state = kind.state(step.to)
        tables = [t for name in step.adds if (t := kind.table(name))]
        return lv.RecordStepView(
            step=step.code, label=self.pick(step.zh, step.en), rule=step.rule,
            to_state=self.pick(state.zh, state.en) if state else "", fields=tuple(f for f in fields if f),
            tables=tuple(
                self.table_spec(t, needed=t.name in step.needs_lines and not (record and record.standing(t.name)))
                for t in tables
            ),
            lines=self._closable(kind, step, record, body), reason=step.reason, awaited=awaited,
        )  # fmt: skip

    def _asked(self, kind: RecordKind, name: str, stands: Mapping[str, Any], *, required: bool) -> FieldSpec | None:
        field = kind.field(name)
        return None if field is None else self.spec(field, required=required, default=stands.get(name))

    def _closable(
        self, kind: RecordKind, step: RecordStep, record: ld.LedgerRecord | None, body: str
    ) -> tuple[tuple[str, str], ...]:
        table = kind.table(step.closes) if step.closes else None
        if table is None or record is None:
            return ()
        return tuple(
            (str(line.n), f"{line.n}. {self.value(table.fields[0], line.values.get(table.fields[0].name))[:40]}")
            for line in ld.open_lines(record, table)
            if ld.may(record, kind, step, body, line.n)
        )

    def row(self, kind: RecordKind | None, values: Sequence[Any]) -> lv.RecordRowView:
        """Return a row of a list from the columns of ``ledger_queries.COLUMNS``."""
        (record_id, code, number, body, state, title, period, opened, due, late, _rule, ended, _changed) = values
        level, left = labels.countdown(_moment(due), _moment(late), self._show.now, self._lang) if due else ("none", "")
        return lv.RecordRowView(
            record_id=record_id, kind=code, kind_name=self.kind_name(kind, code), number=number, body=body,
            body_name=self._show.body(body), state=state, state_name=self.state_name(kind, state, ended), title=title,
            period=period, period_words=words(period, self._lang), opened_at=opened, due=due, level=level,
            countdown=left, ended=ended,
        )  # fmt: skip

    def record(
        self, record: ld.LedgerRecord, kind: RecordKind, happened: Iterable[Happened], body: str,
        person_roles: frozenset[str],
    ) -> lv.RecordView:  # fmt: skip
        """Return a record whole."""
        how = "replaced" if record.replaced else "ended" if ld.ended(record, kind) else ""
        waiting = {s.code for s in ld.awaited(record, kind, body)}
        steps = [
            self.step(kind, s, record, body, awaited=s.code in waiting) for s in ld.offered(record, kind, body, person_roles)
            if s.code != PAPER_STEP
        ]  # fmt: skip
        opening = kind.step("open")
        mine = body == record.body and not record.replaced and opening is not None and body in kind.openers
        stands = {**record.fields, **record.personal}
        return lv.RecordView(
            record_id=record.id, kind=kind.id, kind_name=self.kind_name(kind), group=kind.group, number=record.number,
            state=record.state, state_name=self.state_name(kind, record.state, how), ended=how, body=record.body,
            body_name=self._show.body(record.body), period=period_of_record(record, kind),
            period_words=words(period_of_record(record, kind), self._lang), title=title_of(record, kind),
            opened_at=record.opened_at,
            fields=tuple(
                (f.name, self.pick(f.zh, f.en), self.value(f, stands.get(f.name)))
                for f in kind.fields
                if stands.get(f.name) not in (None, "", [])
            ),
            tables=tuple(self._table(record, t) for t in kind.tables if record.standing(t.name)),
            deadlines=tuple(self._show.due(c.clock) for c in record_clocks(record, kind, self._rules)),
            timeline=self.timeline(kind, happened), steps=tuple(sorted(steps, key=lambda s: not s.awaited)),
            correction=self.step(kind, opening, record, body) if mine and opening is not None else None,
            standing_in=self._standing_in(record, kind, body, person_roles),
            replaces=record.replaces, paper_title=kind.paper_title or kind.document, rules=tuple(kind.rules),
            absent=tuple(map(self._show.body, ld.unheard(record, kind))),
        )  # fmt: skip

    def opens_for(self, kind: RecordKind, body: str) -> tuple[tuple[str, str], ...]:
        """Return the bodies without a desk for which a body may enter a record of a kind (OFFICE A2)."""
        if (
            kind.cosigns is not None
            or kind.group == "meeting"
            or body not in {*kind.receivers, *kind.minutes, *self._rules.stand_ins}
        ):
            return ()
        without = [b for b in kind.openers if b != body and not self._rules.has_desk(b)]
        return tuple((b, self._show.body(b)) for b in without)

    def _standing_in(
        self, record: ld.LedgerRecord, kind: RecordKind, body: str, person_roles: frozenset[str]
    ) -> tuple[lv.RecordStepView, ...]:
        """Return the steps of bodies without a desk that may be entered here (OFFICE A2)."""
        if body not in {*kind.receivers, *kind.minutes, *self._rules.stand_ins}:
            return ()
        found = []
        for other in sorted(p.id for p in self._rules.profile.posts if not self._rules.has_desk(p.id) and p.id != body):
            for step in ld.offered(record, kind, other, person_roles | {"leader"}):
                if step.code != PAPER_STEP and not ld.may(record, kind, step, body):
                    shown = self.step(kind, step, record, other)
                    found.append(msgspec.structs.replace(shown, for_body=other, for_name=self._show.body(other)))
        return tuple(found)

    def _table(self, record: ld.LedgerRecord, table: RecordTable) -> lv.RecordTableView:
        still = {line.n for line in ld.open_lines(record, table)}
        fields = [f for f in table.fields if table.name != PAPERS or f.name not in UNSEEN]
        lines = tuple(
            lv.RecordLineView(
                n=line.n, cells=tuple(self._cell(table, f, line.values.get(f.name)) for f in fields), open=line.n in still,
                closed=f"{line.closed_at[:10]} {line.closed_words}".strip(),
            )
            for line in record.standing(table.name)
        )  # fmt: skip
        columns = tuple(self.pick(f.zh, f.en) for f in fields)
        return lv.RecordTableView(name=table.name, label=self.pick(table.zh, table.en), columns=columns, lines=lines)

    def _cell(self, table: RecordTable, field: RecordField, value: Any) -> str:
        if table.name == PAPERS and field.name == "paper":
            found = next((d for d in self._rules.profile.documents if d.kind == value), None)
            return str(value) if found is None else self.pick(found.name, found.en)
        return self.value(field, value)

    def timeline(self, kind: RecordKind, happened: Iterable[Happened]) -> tuple[TimelineView, ...]:
        """Return what happened to a record, line by line."""
        found, names = [], self._rules.roster.name_of
        for one in happened:
            event, stamped = one.stamped.event, one.stamped
            code, text = "replaced", ""
            if isinstance(event, le.RecordOpened):
                code, text = "open", event.number
            elif isinstance(event, le.RecordStepped):
                code, text = event.step, self._told(kind, event)
            if isinstance(event, le.RecordOpened | le.RecordReplaced) and event.reason:
                text = f"{text} {event.reason}".strip()
            step = kind.step(code)
            label = self.pick(step.zh, step.en) if step else self.pick("更正", "Corrected")
            proxy = ""
            if stamped.proxy_person:
                name = names(stamped.proxy_person)
                proxy = self.pick(f"代录：{self._show.body(one.acting)} {name}", f"entered for {name}")
            found.append(
                TimelineView(
                    act_id=one.act_id, kind=code, label=label, text=text, person=names(one.person),
                    body=self._show.body(one.acting), happened_at=one.happened_at, recorded_at=one.recorded_at,
                    late=bool(stamped.late_reason), proxy=proxy, inner=False,
                )
            )  # fmt: skip
        return tuple(found)

    def _told(self, kind: RecordKind, event: le.RecordStepped) -> str:
        parts = []
        for name, value in event.fields.items():
            field = kind.field(name)
            if field is not None:
                parts.append(labels.said(self.pick(field.zh, field.en), self.value(field, value)[:60], self._lang))
        for name, lines in event.lines.items():
            table = kind.table(name)
            if table is not None:
                parts.append(f"{self.pick(table.zh, table.en)} +{len(lines)}")
        if event.closes:
            table = kind.table(event.closes.partition("/")[0])
            parts.append(f"{self.pick(table.zh, table.en) if table else ''} {event.closes.partition('/')[2]}")
        return labels.clauses([*parts, event.reason], self._lang)


def _moment(text: str | None) -> Any:
    return china(text) if text else None
