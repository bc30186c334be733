"""Beside the indicators of a period: what changed (环比、同比), and towns by sources as a table with the hottest cells marked."""

from collections.abc import Sequence

from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from liaison_app.desk.statistics import ComparedView, HeatView
from ui import theme
from ui.widgets.sheet import Sheet

LEVELS = ((0.66, "ACCENT", "SURFACE"), (0.33, "ACCENT_SOFT", "INK"))
"""From which share of the highest cell on a cell has which ground and ink."""


class ComparedSheet(Sheet):
    """Every indicator beside the period before and the same period of the year before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = [
            (self.tr("指标"), 2.6), (self.tr("本期"), 1.0), (self.tr("上期"), 1.0), (self.tr("环比"), 1.0),
            (self.tr("去年同期"), 1.0), (self.tr("同比"), 1.0),
        ]  # fmt: skip
        super().__init__(self.tr("环比、同比"), columns, parent)
        self.setObjectName("figuresCompared")

    def show_compared(self, found: Sequence[ComparedView]) -> None:
        """Show changes: of a rate in percentage points, of a number in per cent."""
        self.fill(
            [
                (c.name, c.shown, c.before_shown, self._moved(c.change, c), c.year_shown, self._moved(c.change_year, c))
                for c in found
            ]
        )

    def _moved(self, change: float | None, one: ComparedView) -> str:
        if change is None:
            return "—"
        sign = "↑" if change > 0 else "↓" if change < 0 else "＝"
        return self.tr("{0} {1}个百分点").format(sign, f"{change:+.1f}") if one.ratio else f"{sign} {change:+.1f}%"


class HeatSheet(Sheet):
    """Towns by sources, most first; the number stands in each cell, the ground only points to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("镇街与来源"), [(self.tr("镇街"), 1.6)], parent)
        self.setObjectName("figuresHeat")

    def show_heat(self, heat: HeatView | None) -> None:
        """Show a table of two groupings, or none."""
        columns = (self.tr("镇街"), *(heat.columns if heat else ()), self.tr("合计"))
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels(list(columns))
        self._weights = [1.6, *([1.0] * (len(columns) - 1))]
        rows = list(zip(heat.rows, heat.cells, strict=True)) if heat else []
        self.fill([(town, *(str(n) if n else "—" for n in cells), str(sum(cells))) for town, cells in rows])
        self.clearSelection()  # the look of the cells must be seen, not that of the selection
        most = max((n for _, cells in rows for n in cells), default=0)
        for i, (_, cells) in enumerate(rows):
            for j, number in enumerate(cells, 1):
                item = self.item(i, j)
                if item is None:
                    continue
                look = next((pair for share, *pair in LEVELS if most and number >= share * most), None)
                item.setBackground(QColor(theme.colour(look[0])) if look else QBrush())
                item.setForeground(QColor(theme.colour(look[1] if look else "INK")))
