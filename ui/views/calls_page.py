"""回访电话单: who is to be called, what he was promised, what he says; recorded in place, one key to the next."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.call_views import CallLine, CallPage, CallView
from liaison_app.desk.views import ActionView, Outcome
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.views.page import Page
from ui.widgets.fields import input_for, set_value, value_of
from ui.widgets.layouts import Column
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, IconChip, button, clear, label, line
from ui.widgets.sheet import Sheet
from ui.widgets.writing import Writing

PAGE = 50
"""Lines read at a time."""


class CallsPage(Page):
    """The call list of a body: one call after the other, each recorded without leaving the page."""

    def __init__(self, context: Context, ref: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("callsPage")
        self.lines: list[CallLine] = []
        self.call: CallView | None = None
        self._ref, self._next, self._wanted = ref, "", ""
        self.inputs: dict[str, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        left = QVBoxLayout()
        self.count = label("", "quiet", wrap=True)
        left.addWidget(self.count)
        self.sheet = Sheet(
            self.tr("待回访的案件"), [(self.tr("编号和对象"), 3.0), (self.tr("投诉人"), 1.4), (self.tr("已拨打"), 1.4)]
        )
        self.sheet.currentCellChanged.connect(lambda at, *_: self._chosen(at))
        left.addWidget(self.sheet, 1)
        self.more = button(self.tr("再显示一些"), self._read_more, name="moreCalls")
        self.more.hide()
        left.addWidget(self.more)
        row.addLayout(left, 4)
        column = Column(self.tr("回访内容"))
        self._cards = column.cards
        right = QVBoxLayout()
        right.addWidget(column, 1)
        self._foot = QHBoxLayout()
        right.addLayout(self._foot)
        row.addLayout(right, 5)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("回访电话单")

    def case_in_sight(self) -> str:
        """Return the case that is being called."""
        return self.call.case_id if self.call else ""

    def activated(self) -> None:
        """Read, and put the keyboard on the list."""
        self.refresh()
        self.sheet.setFocus()

    def works_by_keys(self) -> bool:
        """Ctrl+Return records."""
        return True

    def refresh(self) -> None:
        """Read the list again; what is being typed stays."""
        desk, many = self.context.desk, max(PAGE, len(self.lines))
        self.context.bridge.read(lambda: desk.call_list(limit=many), self._take_list, owner=self, key="calls")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Refresh when the desk announces changes; a call in progress is read anew when it changed itself."""
        self.refresh()
        if self._wanted in case_ids:
            self._read(self._wanted)

    def can_go_on(self) -> bool:
        """There is a call after this one."""
        return len(self.lines) > (0 if self._at() < 0 else 1)

    def next_call(self) -> None:
        """下一位: go to the next line of the list, from the last to the first."""
        if self.lines:
            self.sheet.setCurrentCell((self._at() + 1) % len(self.lines), 0)
            self.sheet.setFocus()

    def do_next(self) -> None:
        """Ctrl+Return: record what was said; where it is recorded already, go to the next."""
        if self.call is not None and not self.call.refused and self.inputs:
            self.record()
        else:
            self.next_call()

    # the list

    def _at(self) -> int:
        ref = self.case_in_sight()
        return next((i for i, one in enumerate(self.lines) if one.case_id == ref), -1)

    def _take_list(self, page: CallPage) -> None:
        self.lines = list(page.items)
        self._fill(page.next)
        if self._ref:
            wanted, self._ref = self._ref, ""
            at = next((i for i, one in enumerate(self.lines) if one.case_id == wanted), -1)
            if at >= 0:
                self.sheet.setCurrentCell(at, 0)
            else:
                self._read(wanted)
        elif self.call is None and self.lines:
            self.sheet.setCurrentCell(0, 0)
            self._chosen(0)
        elif not self.lines and self.call is None:
            clear(self._cards)
            clear(self._foot)
            self._cards.addWidget(label(self.tr("现在没有待回访的案件。"), "quiet", wrap=True))
            self._cards.addStretch(1)

    def _fill(self, following: str | None) -> None:
        self._next = following or ""
        self.more.setVisible(bool(following))
        words = self.tr("待回访 {n} 件以上") if following else self.tr("待回访 {n} 件")
        self.count.setText(words.format(n=len(self.lines)))
        self.sheet.blockSignals(True)
        self.sheet.fill(
            [
                (
                    f"{one.number}\n{one.title}",
                    one.name or "＊",
                    self.tr("{n} 次\n{last}").format(n=one.attempts, last=short_moment(one.last))
                    if one.attempts
                    else "—",
                )
                for one in self.lines
            ]
        )
        at = self._at()
        if at >= 0:
            self.sheet.setCurrentCell(at, 0)
        else:
            self.sheet.setCurrentCell(-1, -1)
        self.sheet.blockSignals(False)
        self.heading_changed.emit()

    def _read_more(self) -> None:
        desk, after = self.context.desk, self._next

        def then(page: CallPage) -> None:
            self.lines += page.items
            self._fill(page.next)

        self.context.bridge.read(lambda: desk.call_list(after=after, limit=PAGE), then, owner=self, key="calls-more")

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self.lines):
            self._read(self.lines[at].case_id)

    # the call

    def _read(self, ref: str) -> None:
        desk, self._wanted = self.context.desk, ref
        self.context.bridge.read(lambda: desk.call(ref), self._take, owner=self, key=f"call-{id(self)}")

    def _take(self, call: CallView) -> None:
        if call == self.call:
            return
        typed = self.values() if self.call is not None and self.call.case_id == call.case_id else {}
        held = self.window().focusWidget()
        writes = held is not None and self.isAncestorOf(held) and held is not self.sheet
        name = held.objectName() if held is not None else ""
        self.call = call
        clear(self._cards)
        self.inputs = {}
        self._cards.addWidget(self._who_card(call))
        self._cards.addWidget(self._told_card(call))
        if call.attempts:
            self._cards.addWidget(self._attempts_card(call))
        self._cards.addWidget(self._form_card(call, typed))
        self._cards.addStretch(1)
        self._show_foot(call)
        if (at := self._at()) >= 0 and at != self.sheet.currentRow():
            self.sheet.blockSignals(True)
            self.sheet.setCurrentCell(at, 0)
            self.sheet.blockSignals(False)
        if writes:  # what had the keyboard is made anew: the same field, else what comes next
            again = (self.findChild(QWidget, one) for one in (name, "callRedo") if one)
            (next((one for one in again if one is not None), None) or self.sheet).setFocus()
        self.heading_changed.emit()

    def _who_card(self, call: CallView) -> Card:
        card = Card()
        top = QHBoxLayout()
        if call.masked:
            words = self.tr("投诉人信息不对本单位显示；查看会留下记录。")
            top.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "secret"))
            if call.reveal is not None:
                show = call.reveal
                top.addWidget(button(show.label, lambda: self._open_act(show), icon="secret", name="callReveal"))
            top.addStretch(1)
        else:
            phone = label(call.contact or self.tr("没有留电话"), "title", select=True)
            phone.setObjectName("callPhone")
            phone.setAccessibleName(self.tr("联系方式：{0}").format(call.contact))
            top.addWidget(phone)
            top.addWidget(label(call.name, "lead", select=True), 1)
        card.body.addLayout(top)
        said = "　".join(p for p in (call.number, call.title, call.place if call.place != call.title else "") if p)
        card.body.addWidget(label(said, wrap=True, select=True))
        about = self.tr("承办单位：{body}　现在：{state}").format(body=call.lead_name, state=call.state_name)
        card.body.addWidget(label(about, "quiet", wrap=True))
        return card

    def _told_card(self, call: CallView) -> Card:
        card = Card(self.tr("投诉内容和已作的答复"))
        if call.content:
            card.body.addWidget(label(call.content, wrap=True, select=True))
        for words in call.promised:
            card.body.addWidget(label(words, "lead", wrap=True, select=True))
        if call.answered:
            card.body.addWidget(label(call.answered, wrap=True, select=True))
        if call.result:
            card.body.addWidget(label(self.tr("办结反馈：{0}").format(call.result), "quiet", wrap=True, select=True))
        if not (call.promised or call.result):
            card.body.addWidget(label(self.tr("还没有对投诉人的答复。"), "quiet", wrap=True))
        return card

    def _attempts_card(self, call: CallView) -> Card:
        card = Card(self.tr("已回访 {n} 次").format(n=len(call.attempts)))
        for one in call.attempts:
            reached = self.tr("联系到") if one.reached else self.tr("没有联系到")
            more = self.tr("（不再联系）") if one.last else ""
            words = f"{short_moment(one.at)}　{one.person}　{reached}{more}　{one.words}"
            card.body.addWidget(label(words, wrap=True, select=True))
        return card

    def _form_card(self, call: CallView, typed: dict[str, Any]) -> Card:
        card = Card(self.tr("本次回访"))
        if call.refused:
            card.body.addWidget(IconChip(call.refused, theme.AMBER, theme.AMBER_SOFT, "secret"))
        else:
            self._ask(card, call, typed)
        return card

    def _show_foot(self, call: CallView) -> None:
        """What can be done stands under the column and is never scrolled away."""
        clear(self._foot)
        self._foot.addWidget(button(self.tr("打开案件(&E)"), self._open_case, icon="paper", name="callCase"))
        following = button(self.tr("下一位(&X)"), self.next_call, icon="next", name="callNext")
        following.setEnabled(self.can_go_on())
        self._foot.addWidget(following)
        self._foot.addStretch(1)
        if call.redo is not None and any(one.reached for one in call.attempts):
            redo, kind = call.redo, "primary" if call.refused else ""
            self._foot.addWidget(
                button(redo.label, lambda: self._open_act(redo), kind=kind, icon="back", name="callRedo")
            )
        if not call.refused:
            self._foot.addWidget(
                button(self.tr("记录并到下一位(&R)"), self.record, kind="primary", icon="done", name="callRecord")
            )

    def _ask(self, card: Card, call: CallView, typed: dict[str, Any]) -> None:
        row = QHBoxLayout()
        self.reached, self.missed = QRadioButton(self.tr("联系到(&1)")), QRadioButton(self.tr("没有联系到(&2)"))
        for one in (self.reached, self.missed):
            one.setMinimumHeight(theme.TARGET)
            one.toggled.connect(self._shape)
            row.addWidget(one)
        row.addStretch(1)
        card.body.addLayout(row)
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for spec in (*([call.methods] if call.methods else []), *call.aspects):
            self._add(spec.name, spec.label, input_for(spec))
        if call.methods is not None and not value_of(self.inputs["method"]):
            set_value(self.inputs["method"], call.methods.choices[0][0])
        reason, said, last = QLineEdit(), Writing(), QCheckBox(self.tr("不再联系"))
        said.setTabChangesFocus(True)
        said.setFixedHeight(64)
        self._add("reason", self.tr("原因"), reason)
        self._add("words", self.tr("投诉人意见"), said)
        self._add("last_attempt", "", last)
        last.setAccessibleName(self.tr("不再联系"))
        card.body.addLayout(form)
        card.body.addWidget(line())
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        card.body.addWidget(self.wrong)
        for name, value in typed.items():
            if name in self.inputs and name != "last_attempt":
                set_value(self.inputs[name], value)
        (self.missed if typed.get("reached") is False else self.reached).setChecked(True)
        self._shape()

    def _add(self, name: str, words: str, field: QWidget) -> None:
        field.setObjectName(f"call_{name}")
        field.setAccessibleName(words)
        field.setMinimumHeight(max(theme.TARGET, field.minimumHeight()))
        self.inputs[name] = field
        self._form.addRow(words, field)

    def _shape(self) -> None:
        """Ask the aspects when somebody answered, the reason when nobody did."""
        if not self.inputs:
            return
        answered = self.reached.isChecked()
        for name, field in self.inputs.items():
            if name in ("staff", "site", "result", "words"):
                self._form.setRowVisible(field, answered)
            elif name == "last_attempt":
                self._form.setRowVisible(field, not answered)
        reason = self.inputs["reason"]
        words = self.tr("不满意的原因") if answered else self.tr("没有联系到的原因")
        reason.setAccessibleName(words)
        caption = self._form.labelForField(reason)
        if caption is not None:
            caption.setText(words)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the façade takes it."""
        if not self.inputs or self.call is None:
            return {}
        answered = self.reached.isChecked()
        wanted = ["method", "reason", *(["staff", "site", "result", "words"] if answered else [])]
        found: dict[str, Any] = {"reached": answered, "matter": self.call.matter}
        found |= {name: value_of(self.inputs[name]) for name in wanted if name in self.inputs}
        if not answered:
            box = self.inputs["last_attempt"]
            found["last_attempt"] = isinstance(box, QCheckBox) and box.isChecked()
        return {name: value for name, value in found.items() if value != ""}

    def record(self) -> None:
        """Record the attempt; a refusal stands under the fields and nothing typed is lost."""
        if self.call is None or self.call.refused:
            return
        desk, ref, data = self.context.desk, self.call.case_id, self.values()
        self.wrong.hide()

        def done(_outcome: Outcome) -> None:
            self.context.notify(self.tr("回访已记录。"))
            self.inputs = {}
            if data.get("result") == "dissatisfied":
                self._read(ref)  # stays: the next key is 重新办理
            else:
                self.next_call()
            self.refresh()

        self.context.bridge.run(lambda: desk.act_from(ref, "revisit", data), done, self._refused, self)

    def _refused(self, error: BaseException) -> None:
        words, field = refusal_line(error, self.context.lang)
        if not words:
            self.context.show_error(error, self)
            return
        self.wrong.setText(words)
        self.wrong.show()
        if field in self.inputs:
            self.inputs[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_case(self) -> None:
        if self.call is not None:
            self.context.open_case(self.call.case_id)

    def _open_act(self, action: ActionView) -> None:
        """Open the dialog of an act; a return to handling begins with what the complainant said."""
        if self.call is None:
            return
        desk, ref = self.context.desk, self.call.case_id
        said = next((one.words for one in reversed(self.call.attempts) if one.reached), "")

        def show(case: Any) -> None:
            from ui.dialogs.act import ActDialog

            dialog = ActDialog(self.context, case, action, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            field = dialog.inputs.get("reason")
            if action.action == "redo" and isinstance(field, QLineEdit):
                field.setText(said)
            dialog.open()

        self.context.bridge.read(lambda: desk.case(ref), show, owner=self)
