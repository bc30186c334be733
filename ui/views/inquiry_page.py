"""查询和催问: a caller asks how it stands; found by number, phone or name, the sentence to read, the inquiry recorded."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.call_views import InquiryView
from liaison_app.desk.views import ActionView, Outcome, RowView
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.views.page import Page
from ui.widgets.layouts import Column
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, IconChip, button, clear, label
from ui.widgets.sheet import Sheet
from ui.widgets.writing import Writing

PAUSE_MS = 150
"""Pause in typing (milliseconds) after which the search runs."""


class InquiryPage(Page):
    """One caller: the search on the left, what may be told on the right."""

    def __init__(self, context: Context, ref: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("inquiryPage")
        self.rows: tuple[RowView, ...] = ()
        self.shown: InquiryView | None = None
        self._wanted = ref
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        left = QVBoxLayout()
        self.box = QLineEdit()
        self.box.setObjectName("inquiryBox")
        self.box.setPlaceholderText(self.tr("编号、电话或姓名"))
        self.box.setAccessibleName(self.tr("按编号、电话或姓名查找"))
        self.box.setMinimumHeight(theme.TARGET + 4)
        left.addWidget(self.box)
        self.sheet = Sheet(self.tr("找到的案件"), [(self.tr("编号和对象"), 3.0), (self.tr("状态"), 1.6)])
        self.sheet.currentCellChanged.connect(lambda at, *_: self._chosen(at))
        left.addWidget(self.sheet, 1)
        row.addLayout(left, 3)
        right = QVBoxLayout()
        column = Column(self.tr("可以告诉来电人的话"))
        self._cards = column.cards
        right.addWidget(column, 1)
        self._foot = QHBoxLayout()
        right.addLayout(self._foot)
        row.addLayout(right, 5)
        self.said = Writing()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.box.textChanged.connect(lambda _words: self._pause.start())
        self.box.returnPressed.connect(self._take_first)
        self._empty()

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("查询和催问")

    def case_in_sight(self) -> str:
        """Return the case that is asked about."""
        return self.shown.case_id if self.shown else ""

    def works_by_keys(self) -> bool:
        """Ctrl+Return records the inquiry."""
        return True

    def do_next(self) -> None:
        """Ctrl+Return: record the inquiry."""
        self.record()

    def activated(self) -> None:
        """The search takes the keyboard; a case that was handed over is shown at once."""
        self.box.setFocus()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self._read(wanted)

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Read the case again when it changed."""
        if self.shown is not None and (not case_ids or self.shown.case_id in case_ids):
            self._read(self.shown.case_id)

    # finding

    def _search(self) -> None:
        words, desk = self.box.text(), self.context.desk
        self.context.bridge.read(lambda: desk.find(words), self._take_rows, owner=self, key="inquiry-find")

    def _take_rows(self, rows: tuple[RowView, ...]) -> None:
        self.rows = rows
        self.sheet.blockSignals(True)
        self.sheet.fill([(f"{one.number}\n{one.title or one.place}", one.state_name) for one in rows])
        self.sheet.setCurrentCell(-1, -1)
        self.sheet.blockSignals(False)
        if len(rows) == 1:
            self.sheet.setCurrentCell(0, 0)

    def _take_first(self) -> None:
        if self.rows:
            self.sheet.setFocus()
            self.sheet.setCurrentCell(0, 0)

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self._read(self.rows[at].case_id)

    # telling

    def _read(self, ref: str) -> None:
        desk = self.context.desk
        self.context.bridge.read(lambda: desk.inquiry(ref), self._take, owner=self, key=f"inquiry-{id(self)}")

    def _empty(self) -> None:
        self._cards.addWidget(label(self.tr("输入编号、电话或姓名，找到来电人问的案件。"), "quiet", wrap=True))
        self._cards.addStretch(1)

    def _take(self, found: InquiryView) -> None:
        if found == self.shown:
            return
        same = self.shown is not None and self.shown.case_id == found.case_id
        typed = self.said.toPlainText() if same and self.shown and self.shown.count == found.count else ""
        self.shown = found
        clear(self._cards)
        clear(self._foot)
        self._cards.addWidget(self._tell_card(found))
        if found.proposes_urging:
            self._cards.addWidget(self._urge_card(found))
        self._cards.addWidget(self._asked_card(found, typed))
        self._cards.addStretch(1)
        self._show_foot(found)
        self.heading_changed.emit()

    def _tell_card(self, found: InquiryView) -> Card:
        card = Card(self.tr("可以告诉来电人"))
        words = label(found.sentence, "lead", wrap=True, select=True)
        words.setObjectName("inquirySentence")
        words.setAccessibleName(found.sentence)
        card.body.addWidget(words)
        who = self.tr("投诉人信息不对本单位显示，请不要核对或透露。")
        if not found.masked:
            who = self.tr("请先核对：{name}　{contact}").format(name=found.name, contact=found.contact)
        card.body.addWidget(label(who, "quiet", wrap=True))
        about = self.tr("{number}　{title}　{state}").format(
            number=found.number, title=found.title, state=found.state_name
        )
        card.body.addWidget(label(about, "quiet", wrap=True, select=True))
        return card

    def _urge_card(self, found: InquiryView) -> Card:
        card = Card()
        words = self.tr("已催问 {n} 次，建议催办承办单位。").format(n=found.count)
        card.body.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "urgent"))
        if found.urge is None and found.urge_by:
            card.body.addWidget(label(self.tr("可以催办的单位：{0}").format(found.urge_by), "quiet", wrap=True))
        return card

    def _asked_card(self, found: InquiryView, typed: str) -> Card:
        card = Card(self.tr("已催问 {n} 次").format(n=found.count) if found.count else self.tr("催问记录"))
        for one in found.earlier:
            words = f"{short_moment(one.at)}　{one.person}　{one.words}"
            card.body.addWidget(label(words.rstrip(), wrap=True, select=True))
        self.said = Writing()
        self.said.setPlainText(typed)
        self.said.setObjectName("inquiryWords")
        self.said.setAccessibleName(self.tr("来电人说的话"))
        self.said.setPlaceholderText(self.tr("来电人说的话（可以不填）"))
        self.said.setTabChangesFocus(True)
        self.said.setFixedHeight(76)
        card.body.addWidget(self.said)
        return card

    def _show_foot(self, found: InquiryView) -> None:
        self._foot.addWidget(button(self.tr("打开案件(&E)"), self._open_case, icon="paper", name="inquiryCase"))
        if found.attach is not None:
            add = found.attach
            words = self.tr("补充材料(&T)")
            self._foot.addWidget(button(words, lambda: self._open_act(add), icon="attach", name="inquiryAttach"))
        self._foot.addStretch(1)
        if found.urge is not None:
            urge = found.urge
            self._foot.addWidget(button(urge.label, lambda: self._open_act(urge), icon="urgent", name="inquiryUrge"))
        if found.may_record:
            words = self.tr("记录第 {n} 次催问(&R)").format(n=found.count + 1)
            self._foot.addWidget(button(words, self.record, kind="primary", icon="done", name="inquiryRecord"))

    def record(self) -> None:
        """Record the inquiry with what was told."""
        found = self.shown
        if found is None or not found.may_record:
            return
        desk, said = self.context.desk, self.said.toPlainText().strip()
        data = {"told": found.sentence, **({"words": said} if said else {})}

        def done(_outcome: Outcome) -> None:
            self.context.notify(self.tr("催问已记录。"))
            self._read(found.case_id)

        self.context.bridge.run(lambda: desk.act_from(found.case_id, "inquire", data), done, self._refused, self)

    def _refused(self, error: BaseException) -> None:
        words, _field = refusal_line(error, self.context.lang)
        if words:
            self.context.notify(words)
        else:
            self.context.show_error(error, self)

    def _open_case(self) -> None:
        if self.shown is not None:
            self.context.open_case(self.shown.case_id)

    def _open_act(self, action: ActionView) -> None:
        """Open the dialog of an act; an urging begins with its reason."""
        found, desk = self.shown, self.context.desk
        if found is None:
            return

        def show(case: Any) -> None:
            from ui.dialogs.act import ActDialog

            dialog = ActDialog(self.context, case, action, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            field = dialog.inputs.get("reason")
            if action is found.urge and isinstance(field, QLineEdit):
                field.setText(self.tr("投诉人已催问 {n} 次").format(n=found.count))
            dialog.open()

        self.context.bridge.read(lambda: desk.case(found.case_id), show, owner=self)
