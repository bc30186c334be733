"""期限怎样计算 (F1): every clock of a case with its count, by keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.views import DueView
from ui import theme
from ui.widgets.case_parts import counting
from ui.widgets.layouts import Column
from ui.widgets.moments import full_moment
from ui.widgets.parts import Card, IconChip, button, label


class DueDialog(QDialog):
    """The open clocks of a case, earliest first: until when, whose, counted how."""

    def __init__(self, number: str, clocks: Sequence[DueView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dueDialog")
        self.setWindowTitle(self.tr("期限怎样计算"))
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        page.addWidget(label(number, "quiet"))
        column = Column(self.windowTitle())
        running = sorted((one for one in clocks if one.state == "open"), key=lambda one: one.due or "9999")
        for one in running:
            column.cards.addWidget(self._clock(one))
        if not running:
            column.cards.addWidget(label(self.tr("没有正在计算的期限。"), "quiet"))
        column.cards.addStretch(1)
        page.addWidget(column, 1)
        close = button(self.tr("关闭"), self.accept, kind="primary", name="dueClose")
        close.setDefault(True)
        page.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(660, 540)
        close.setFocus()

    def _clock(self, clock: DueView) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        ink, ground, icon = theme.level_look(clock.level)
        head.addWidget(label(clock.label, "lead", wrap=True), 1)
        head.addWidget(IconChip(clock.countdown, ink, ground, icon))
        card.body.addLayout(head)
        until = full_moment(clock.due or "")
        if until:
            words = self.tr("到期 {time}，{owner}").format(time=until, owner=clock.owner)
            words += self.tr("（暂定）") if clock.status == "provisional" else ""
            card.body.addWidget(label(words, wrap=True, select=True))
        card.body.addWidget(counting(clock))
        return card
