"""What a meeting should speak about 建议议题: open cases with the reasons, earlier decisions not done; chosen ones become lines."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from liaison_app.desk import candidates
from liaison_app.desk.candidates import CandidatesView
from ui import theme
from ui.context import Context
from ui.widgets.parts import button, label


class AgendaDialog(QDialog):
    """A list to tick by space bar or mouse; what is on the agenda already is left out."""

    chosen = Signal(list)
    """Lines of the agenda: item, body, case."""

    def __init__(self, context: Context, kind: str, there: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._there = context, there
        self.setObjectName("agendaDialog")
        self.setWindowTitle(self.tr("建议议题"))
        theme.spread(self, 820, 560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("建议议题"), "title"))
        self.about = label(self.tr("正在统计…"), "quiet", wrap=True)
        page.addWidget(self.about)
        self.list = QListWidget()
        self.list.setObjectName("agendaList")
        self.list.setAccessibleName(self.tr("建议议题"))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("全选(&A)"), partial(self._tick, Qt.CheckState.Checked), name="agendaAll"))
        row.addWidget(button(self.tr("全不选(&N)"), partial(self._tick, Qt.CheckState.Unchecked), name="agendaNone"))
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="agendaClose"))
        self.ok = button(self.tr("列入议程(&I)"), self.submit, kind="primary", name="agendaOk")
        self.ok.setEnabled(False)
        row.addWidget(self.ok)
        page.addLayout(row)
        context.bridge.read(partial(candidates.candidates, context.desk, kind), self._take, owner=self, key="agenda")

    def _take(self, found: CandidatesView) -> None:
        for one in found.undone:
            words = self.tr("未落实：{0}　{1}，时限{2}（{3}）").format(one.what, one.body_name, one.due, one.meeting)
            line = candidates.returning(self._context.desk, one)
            if line["item"] not in self._there:
                self._add(words, line, f"{one.record_id}/{one.table}/{one.line}")
        for case in found.cases:
            words = f"{case.number}　{case.title}　{case.place}　{case.lead_name}\n{'、'.join(case.reasons)}"
            line = {
                "item": self.tr("研究：{0}（{1}）").format(case.title, "、".join(case.reasons)),
                "body": case.lead,
                "case": case.number,
            }
            if case.number not in self._there:
                self._add(words, line, case.number)
        count = self.list.count()
        self.about.setText(
            self.tr("按机制规定，下列{0}项可提请研究；勾选后列入议程。").format(count)
            if count
            else self.tr("现在没有可提请研究的事项。")
        )
        self.ok.setEnabled(bool(count))
        if count:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _add(self, words: str, line: dict[str, str], key: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, {k: v for k, v in line.items() if v})
        item.setData(Qt.ItemDataRole.UserRole + 1, key)
        self.list.addItem(item)

    def _tick(self, state: Qt.CheckState) -> None:
        for i in range(self.list.count()):
            self.list.item(i).setCheckState(state)

    def submit(self) -> None:
        """Hand the ticked lines over; without a tick the line that has the keyboard."""
        ticked = [i for i in range(self.list.count()) if self.list.item(i).checkState() == Qt.CheckState.Checked]
        lines: list[dict[str, Any]] = [
            self.list.item(i).data(Qt.ItemDataRole.UserRole) for i in ticked or [self.list.currentRow()] if i >= 0
        ]
        self.chosen.emit(lines)
        self.accept()
