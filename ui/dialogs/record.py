"""One dialog for every step of a record, built from the kind's own fields, tables and lines; also opens one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_app import words
from liaison_app.desk.beginning import Begun, begun
from liaison_app.desk.ledger_views import KindView, RecordOutcome, RecordStepView
from liaison_app.desk.meeting_room import clashes as clashing
from liaison_app.desk.meeting_room import composed
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.agenda import AgendaDialog
from ui.widgets.fields import LinesEntry, input_for, set_value, value_of
from ui.widgets.parts import Unfold, button, label
from ui.widgets.writing import Writing


class RecordDialog(QDialog):
    """Asks what a step needs and takes it; a refusal stands below and nothing typed is lost."""

    done_step = Signal(object)

    def __init__(
        self, context: Context, step: RecordStepView, title: str, *, record: str = "", kind: KindView | None = None,
        replaces: str = "", period: str = "", agenda: Sequence[dict[str, str]] = (), parent: QWidget | None = None,
        opens_for: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._opens_for = opens_for
        self._context, self._step, self._record, self._kind, self._replaces = context, step, record, kind, replaces
        name = step.label
        if step.for_body:
            name = self.tr("{act}（代{body}）").format(act=step.label, body=step.for_name)
        self.setWindowTitle(f"{name}　{title}")
        self.setObjectName(f"record_{step.step}")
        theme.spread(self, 640, 600)
        self.inputs: dict[str, QWidget] = {}
        self.more: dict[str, QWidget] = {}
        self.tables: dict[str, LinesEntry] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(name, "title", wrap=True))
        page.addWidget(label(title, "quiet", wrap=True))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addLayout(self._form(period))
        self._warned: tuple[str, ...] = ()
        for spec in step.tables:
            first = agenda if spec.name == "agenda" else ()
            self.tables[spec.name] = LinesEntry(spec, first)
            self._column.addWidget(self.tables[spec.name])
            if spec.name == "agenda" and kind is not None and kind.group == "meeting":
                self._column.addWidget(button(self.tr("从建议议题中选(&G)…"), self.suggest, name="suggestAgenda"))
        self._column.addWidget(self._late())
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        page.addWidget(area, 1)
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        row = QHBoxLayout()
        if kind is not None and kind.begins and not record:
            row.addWidget(button(self.tr("按统计填写(&F)"), self.fill, name="fillRecord"))
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="cancelRecord"))
        self.ok = button(step.label, self.submit, kind="primary", name="doRecord")
        row.addWidget(self.ok)
        page.addLayout(row)
        lines = [field for table in self.tables.values() for field in table.inputs.values()]
        first_field = next(iter([*self.inputs.values(), *lines, *self.more.values()]), None)
        (first_field or self.ok).setFocus()

    def _form(self, period: str) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        if self._opens_for:
            box = QComboBox()
            for body, name in self._opens_for:
                box.addItem(name, body)
            self._extra(form, "for_body", words.label("field", "for_body", self._context.lang), box)
        if self._kind is not None and self._kind.periods and not self._record:
            box = QComboBox()
            for code, shown in self._kind.periods:
                box.addItem(shown, code)
            box.setCurrentIndex(max(0, box.findData(period or self._kind.period)))
            self._extra(form, "period", self.tr("期间"), box)
        if self._step.lines:
            box = QComboBox()
            for n, shown in self._step.lines:
                box.addItem(shown, n)
            self._extra(form, "line", self.tr("销号的一条"), box)
        for spec in self._step.fields:
            field = input_for(spec)
            self.inputs[spec.name] = field
            form.addRow(spec.label + (" *" if spec.required else ""), field)
        if self._step.reason or self._replaces:
            area = Writing()
            area.setTabChangesFocus(True)
            area.setFixedHeight(72)
            caption = self.tr("更正理由 *") if self._replaces else self.tr("情况或理由 *")
            self._extra(form, "reason", caption, area)
        if self._step.for_body or self._opens_for:
            for name in ("for", "evidence"):
                caption = words.label("field", name if name == "for" else "proxy-evidence", self._context.lang)
                self._extra(form, name, f"{caption} *", QLineEdit())
        return form

    def _extra(self, form: QFormLayout, name: str, caption: str, field: QWidget) -> None:
        field.setObjectName(f"field_{name}")
        field.setAccessibleName(caption.rstrip(" *"))
        if field.minimumHeight() < theme.TARGET:
            field.setMinimumHeight(theme.TARGET)
        self.more[name] = field
        form.addRow(caption, field)

    def _late(self) -> QWidget:
        inner = QWidget()
        form = QFormLayout(inner)
        for name in ("happened_at", "late_reason"):
            line = QLineEdit()
            line.setPlaceholderText("2026-09-30 09:08" if name == "happened_at" else "")
            self._extra(form, name, words.label("field", name, self._context.lang), line)
        return Unfold(self.tr("补录：不是现在发生的"), inner)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the façade takes it."""
        fields = {name: value for name, f in self.inputs.items() if (value := value_of(f)) not in ("", None, [])}
        found: dict[str, Any] = {"fields": fields}
        found |= {name: value for name, f in self.more.items() if (value := value_of(f)) not in ("", None)}
        if "line" in found:
            found["line"] = int(found["line"])
        lines = {name: table.lines for name, table in self.tables.items() if table.lines}
        if lines:
            found["lines"] = lines
        if self._replaces:
            found["replaces"] = self._replaces
        if self._step.for_body:
            found["for_body"] = self._step.for_body
        return found

    def suggest(self) -> None:
        """Offer what the meeting should speak about; what is chosen becomes lines of the agenda."""
        assert self._kind is not None
        agenda = self.tables["agenda"]
        there = {str(line[name]) for line in agenda.lines for name in ("case", "item") if line.get(name)}
        dialog = AgendaDialog(self._context, self._kind.kind, there, self)
        dialog.chosen.connect(agenda.take)
        dialog.open()

    def fill(self) -> None:
        """Fill in what the desk can work out from what was typed so far: figures, cases, a sample that is drawn."""
        assert self._kind is not None
        self.wrong.hide()
        given = self.values()
        lacking = next((name for name in self._kind.filled_by if name not in given["fields"]), None)
        if lacking is not None:
            self._say(self.tr("请先填写“{0}”。").format(next(f.label for f in self._step.fields if f.name == lacking)))
            self.inputs[lacking].setFocus()
            return
        job = partial(begun, self._context.desk, self._kind.kind, given["fields"], str(given.get("period", "")))
        self._context.bridge.read(job, self._filled, self._refused, owner=self, key="begun")

    def _filled(self, found: Begun) -> None:
        for name, value in found.fields.items():
            if name in self.inputs:
                set_value(self.inputs[name], value)
                if value.count("\n") > 2:
                    self.inputs[name].setFixedHeight(theme.TARGET * 5)
        for name, lines in found.lines.items():
            if name in self.tables:
                self.tables[name].lines.clear()
                self.tables[name].take(lines)

    def submit(self) -> None:
        """Take the step; the dialog closes when it is on the disk."""
        self.wrong.hide()
        for table in self.tables.values():
            if table.half_typed() and not table.add():
                self._say(self.tr("“{table}”有一条没填完；请补全或清空。").format(table=table.spec.label))
                return
        at = str(value_of(self.inputs["at"]) or "") if "at" in self.inputs else ""
        if at and self._kind is not None and self._kind.group == "meeting":
            place, chair = (str(value_of(f) or "") if (f := self.inputs.get(n)) else "" for n in ("place", "chair"))
            job = partial(clashing, self._context.desk, self._kind.kind, at, place, chair, self._record)
            self._context.bridge.read(job, self._clashes, lambda _error: self._send(), owner=self)
        else:
            self._send()

    def _clashes(self, found: tuple[str, ...]) -> None:
        """Two meetings at once are told once; whoever goes on knows it."""
        if found and found != self._warned:
            self._warned = found
            self._say(self.tr("{0}。仍要这样安排，请再按一次“{1}”。").format("；".join(found), self._step.label))
        else:
            self._send()

    def _send(self) -> None:
        self.ok.setEnabled(False)
        desk, record, data, step = self._context.desk, self._record, self.values(), self._step.step
        kind = self._kind.kind if self._kind is not None else ""

        def job() -> RecordOutcome:
            return desk.step_record(record, step, data) if record else desk.open_record(kind, data)

        self._context.bridge.run(job, self._done, self._refused, self)

    def _done(self, outcome: RecordOutcome) -> None:
        self._context.notify(self.tr("已记录：{0}").format(self._step.label))
        self.done_step.emit(outcome)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        if not isinstance(error, RuleBroken):
            self._context.show_error(error, self)
            return
        said = words.sentence(error.code, self._context.lang, dict(error.facts))
        self._say(" ".join(p for p in (said.what, said.todo) if p))
        field = str(error.facts.get("field", ""))
        found = self.inputs.get(field) or self.more.get(field)
        if found is not None:
            found.setFocus()

    def _say(self, what: str) -> None:
        self.wrong.setText(what)
        self.wrong.show()


def open_step(context: Context, ref: str, name: str, parent: QWidget, then: Callable[[], None]) -> None:
    """Read a record and open the form of one of its steps; the text of minutes begins with what was noted."""
    desk = context.desk

    def read() -> tuple[Any, KindView | None, str]:
        record = desk.record(ref)
        kind = next((k for k in desk.record_kinds() if k.kind == record.kind), None)
        return record, kind, composed(desk, ref) if name == "minutes" and record.group == "meeting" else ""

    def show(found: tuple[Any, KindView | None, str]) -> None:
        record, kind, minutes = found
        step = next((s for s in record.steps if s.step == name), None)
        if step is None:
            return
        title = f"{record.kind_name}　{record.number}"
        dialog = RecordDialog(
            context, step, title, record=record.record_id, kind=kind, period=record.period, parent=parent
        )
        if minutes and "minutes" in dialog.inputs:
            set_value(dialog.inputs["minutes"], minutes)
            dialog.inputs["minutes"].setFixedHeight(theme.TARGET * 9)
        dialog.done_step.connect(lambda _outcome: then())
        dialog.open()

    context.bridge.read(read, show, lambda error: context.show_error(error, parent), owner=parent)
