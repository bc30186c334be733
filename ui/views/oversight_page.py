"""督查总览: every body with what is late on the left, whose clock it is on the right; orders on one or many cases."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.overseeing import ORDERS
from liaison_app.desk.oversight_views import LateView, OverseenView
from ui.context import Context
from ui.views.page import Page
from ui.widgets.chosen_bar import ChosenBar
from ui.widgets.moments import short_moment
from ui.widgets.parts import button, label
from ui.widgets.sheet import Sheet

LOOKS = {"passed": "unknown"}
"""A row inside its outer limit has the amber look; the words say it too."""


class OversightPage(Page):
    """All bodies of the district; one or all chosen, the clocks that ran out listed with their owner."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("oversightPage")
        self.bodies: tuple[OverseenView, ...] = ()
        self.lines: tuple[LateView, ...] = ()
        self._body = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.sheet = Sheet(
            self.tr("各单位"),
            [(self.tr("单位"), 2.6), (self.tr("未结"), 0.9), (self.tr("逾期"), 0.9), (self.tr("最长期限内"), 1.1)],
        )
        self.sheet.currentCellChanged.connect(lambda at, *_: self._chosen_body(at))
        row.addWidget(self.sheet, 3)
        right = QVBoxLayout()
        head = QHBoxLayout()
        self.count = label("", "quiet", wrap=True)
        head.addWidget(self.count, 1)
        self.open = button(self.tr("打开(&E)"), self._open_current, icon="next", name="lateOpen")
        head.addWidget(self.open)
        right.addLayout(head)
        self.chosen = ChosenBar(context, self._refs, self._copy, least=1, only=ORDERS)
        right.addWidget(self.chosen)
        self.late = Sheet(
            self.tr("逾期的事项"),
            [(self.tr("案件"), 2.6), (self.tr("责任单位"), 1.5), (self.tr("逾期事项"), 2.4), (self.tr("已逾期"), 1.8),
             (self.tr("已采取"), 1.3)],
        )  # fmt: skip
        self.late.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.late.itemSelectionChanged.connect(self._selected)
        self.late.opened.connect(self._open)
        right.addWidget(self.late, 1)
        row.addLayout(right, 7)

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("督查总览")

    def case_in_sight(self) -> str:
        """Return the case of the current line."""
        at = self.late.currentRow()
        return self.lines[at].case_id if 0 <= at < len(self.lines) else ""

    def activated(self) -> None:
        """Read, and put the keyboard on the bodies."""
        self.refresh()
        self.sheet.setFocus()

    def refresh(self) -> None:
        """Read bodies and late clocks again."""
        desk, body = self.context.desk, self._body
        self.context.bridge.read(lambda: (desk.overview(), desk.late(body)), self._take, owner=self, key="oversight")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Any change may end or begin a delay."""
        self.refresh()

    def _take(self, found: tuple[tuple[OverseenView, ...], tuple[LateView, ...]]) -> None:
        self.bodies, lines = found
        late, passed = sum(b.late for b in self.bodies), sum(b.passed for b in self.bodies)
        everybody = (self.tr("全部单位"), "", str(late or "—"), str(passed or "—"))
        self.sheet.blockSignals(True)
        self.sheet.fill(
            [
                everybody,
                *((one.name, str(one.open), str(one.late or "—"), str(one.passed or "—")) for one in self.bodies),
            ]
        )
        at = next((i for i, one in enumerate(self.bodies, 1) if one.body == self._body), 0)
        self.sheet.setCurrentCell(at, 0)
        self.sheet.blockSignals(False)
        self._show(lines)

    def _show(self, lines: tuple[LateView, ...]) -> None:
        kept = set(self._refs())
        self.lines = lines
        self.late.blockSignals(True)
        self.late.fill(
            [
                (
                    f"{one.number}\n{one.title}",
                    f"{one.body_name}\n{one.state_name}",
                    f"{one.label}\n{one.rule}",
                    f"{one.countdown}\n{short_moment(one.due)}"
                    + (self.tr("\n在最长期限内") if one.level == "passed" else ""),
                    one.ordered or "—",
                )
                for one in lines
            ]
        )
        self.late.clearSelection()
        for at, one in enumerate(lines):
            self.late.mark(at, LOOKS.get(one.level, ""))
            if one.case_id in kept:
                self.late.selectionModel().select(
                    self.late.model().index(at, 0),
                    self.late.selectionModel().SelectionFlag.Select | self.late.selectionModel().SelectionFlag.Rows,
                )
        self.late.blockSignals(False)
        name = next((one.name for one in self.bodies if one.body == self._body), self.tr("全部单位"))
        self.count.setText(self.tr("{name}：{n} 项逾期").format(name=name, n=len(lines)))
        self._selected()

    def _chosen_body(self, at: int) -> None:
        self._body = self.bodies[at - 1].body if 1 <= at <= len(self.bodies) else ""
        self.late.clearSelection()
        self.refresh()

    def _refs(self) -> list[str]:
        rows = sorted({index.row() for index in self.late.selectionModel().selectedRows()})
        return list(dict.fromkeys(self.lines[row].case_id for row in rows if row < len(self.lines)))

    def _selected(self) -> None:
        refs = self._refs()
        self.chosen.show_count(len(refs))
        self.open.setEnabled(bool(refs))

    def _copy(self) -> None:
        """Put the chosen lines on the clipboard as text with tabs."""
        rows = sorted({index.row() for index in self.late.selectionModel().selectedRows()})
        said = [self.lines[row] for row in rows]
        lines = ["\t".join((o.number, o.title, o.body_name, o.label, o.due, o.countdown, o.ordered)) for o in said]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.context.notify(self.tr("已复制 {n} 行").format(n=len(lines)))

    def _open_current(self) -> None:
        refs = self._refs()
        if refs:
            self.context.open_case(refs[0])

    def _open(self, at: int) -> None:
        if 0 <= at < len(self.lines):
            self.context.open_case(self.lines[at].case_id)
