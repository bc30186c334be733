"""A drawn diagram of states: boxes in their order from top to bottom, arrows with the act; zoom by keys and buttons.

Steps to the next state go straight down. All others leave a box at its side, run along a lane of their target and enter
it: forward and closing ones on the right, backward ones on the left. What is drawn stands also in the list beside it.
"""

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from liaison_app.desk.describing_views import StateView, TransitionView
from ui import theme
from ui.widgets.parts import listed

WIDE, SLOT, GAP, LANE = 190.0, 24.0, 46.0, 16.0
Edge = tuple[str, str]


class StateDiagram(QGraphicsView):
    """Boxes and arrows; ``+``, ``-`` and ``0`` zoom, arrow keys scroll."""

    zoomed = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setBackgroundBrush(QBrush(QColor(theme.SURFACE)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(320)
        self._edges: dict[Edge, list[QGraphicsPathItem]] = {}

    def show_states(self, states: Sequence[StateView], transitions: Sequence[TransitionView], new: str) -> None:
        """Draw the diagram."""
        self.scene().clear()
        self._edges = {}
        moves: dict[Edge, list[str]] = defaultdict(list)
        for one in transitions:
            if one.start != one.to and one.act not in moves[one.start, one.to]:
                moves[one.start, one.to].append(one.act)
        plan = _Plan(states, dict(moves), new, QFontMetricsF(self.font()))
        for start, to, path, arrow in plan.lines():
            self._edges[start, to] = [self._line(path, solid=False), self._line(arrow, solid=True)]
        for place, words in plan.words():
            self._words(place, words)
        for code, box in plan.boxes.items():
            self._box(box, plan.names[code], plan.tips.get(code, ""), end=code in plan.ends)
        self.scene().setSceneRect(self.scene().itemsBoundingRect().adjusted(-16, -16, 16, 16))
        self.fit_width()

    def point_out(self, start: str, to: str) -> None:
        """Make one arrow stand out and bring it into sight."""
        for edge, items in self._edges.items():
            for item in items:
                chosen = edge == (start, to)
                colour = QColor(theme.RED if chosen else theme.EDGE)
                item.setPen(QPen(colour, 2.6 if chosen else 1.3))
                if item.brush().style() != Qt.BrushStyle.NoBrush:
                    item.setBrush(colour)
                item.setZValue(1 if chosen else 0)
        if (start, to) in self._edges:
            self.ensureVisible(self._edges[start, to][1], 60, 60)

    def zoom(self, factor: float) -> None:
        """Enlarge or shrink, between a quarter and four times."""
        now = self.transform().m11()
        wanted = min(4.0, max(0.25, now * factor))
        self.scale(wanted / now, wanted / now)
        self.zoomed.emit(wanted)

    def fit_width(self) -> None:
        """Show the whole width, words never much smaller than elsewhere."""
        self.resetTransform()
        wide = self.scene().sceneRect().width()
        if wide > 0 and self.viewport().width() > 100:
            self.zoom(min(1.0, max(0.85, self.viewport().width() / wide)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by ``+``, ``-`` and ``0``; the rest scrolls."""
        if event.text() in ("+", "="):
            self.zoom(1.2)
        elif event.text() in ("-", "_"):
            self.zoom(1 / 1.2)
        elif event.text() == "0":
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def _line(self, path: QPainterPath, *, solid: bool) -> QGraphicsPathItem:
        colour = QColor(theme.EDGE)
        brush = QBrush(colour) if solid else QBrush(Qt.BrushStyle.NoBrush)
        return self.scene().addPath(path, QPen(colour, 1.3), brush)

    def _words(self, place: QPointF, words: str) -> None:
        item = QGraphicsSimpleTextItem(words)
        item.setFont(_small(self.font()))
        item.setBrush(QColor(theme.ACCENT_DEEP))
        box = item.boundingRect().translated(place).adjusted(-2, 0, 2, 0)
        ground = self.scene().addRect(box, QPen(Qt.PenStyle.NoPen), QBrush(QColor(theme.SURFACE)))
        ground.setZValue(2)
        item.setPos(place)
        item.setZValue(3)
        self.scene().addItem(item)

    def _box(self, box: QRectF, words: str, tip: str, *, end: bool) -> None:
        path = QPainterPath()
        path.addRoundedRect(box, 7, 7)
        pen = QPen(QColor(theme.QUIET if end else theme.ACCENT), 1.6)
        if end:
            pen.setStyle(Qt.PenStyle.DashLine)
        made = self.scene().addPath(path, pen, QBrush(QColor(theme.GROUND if end else theme.ACCENT_SOFT)))
        made.setToolTip(tip)
        made.setZValue(4)
        text = _Label(box.adjusted(6, 2, -6, -2), words, self.font())
        text.setZValue(5)
        text.setToolTip(tip)
        self.scene().addItem(text)


class _Label(QGraphicsItem):
    """Wrapped words in the middle of a box."""

    def __init__(self, box: QRectF, words: str, font: QFont) -> None:
        super().__init__()
        self._box, self._words, self._font = box, words, font

    def boundingRect(self) -> QRectF:
        """Return the box."""
        return self._box

    def paint(self, painter: QPainter, _option: object, _widget: QWidget | None = None) -> None:
        """Paint the words."""
        painter.setFont(self._font)
        painter.setPen(QColor(theme.INK))
        painter.drawText(self._box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._words)


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.88)
    return made


class _Plan:
    """Where boxes, lines and words stand."""

    def __init__(
        self, states: Sequence[StateView], moves: dict[Edge, list[str]], new: str, metrics: QFontMetricsF
    ) -> None:
        self.names = {"": new} | {s.code: s.name for s in states}
        self.tips = {s.code: listed(s.staying) for s in states}
        left = {start for start, _ in moves}
        self.ends = {s.code for s in states if s.end and s.code not in left}
        self._moves, self._metrics = moves, metrics
        self._main = ["", *(s.code for s in states if s.code not in self.ends)]
        self._rank = {code: i for i, code in enumerate(self._main)}
        self._wide = max(WIDE, metrics.horizontalAdvance("国" * 12))
        self._slot = max(SLOT, metrics.height() * 1.25)
        self._sides: dict[str, tuple[list[Edge], list[Edge]]] = {code: ([], []) for code in self.names}
        self._straight: list[Edge] = []
        for edge in moves:
            self._sort(edge)
        self._gutters = [self._gutter(0), self._gutter(1)]
        self._lanes = [self._lane_order(0), self._lane_order(1)]
        self.boxes: dict[str, QRectF] = {}
        self._place()

    def _sort(self, edge: Edge) -> None:
        start, to = edge
        if start not in self.names or to not in self.names:
            return
        if to not in self.ends and self._rank[to] == self._rank[start] + 1:
            self._straight.append(edge)
            return
        side = 0 if to not in self.ends and self._rank[to] < self._rank[start] else 1
        self._sides[start][side].append(edge)
        into = ("", to)  # all that come from one side enter by one port
        if to not in self.ends and into not in self._sides[to][side]:
            self._sides[to][side].append(into)

    def _gutter(self, side: int) -> float:
        widths = [
            self._metrics.horizontalAdvance(listed(self._moves[e])) * 0.9
            for code, sides in self._sides.items()
            for e in sides[side]
            if e[0] == code
        ]
        return max(widths, default=0) + 22

    def _lane_order(self, side: int) -> list[str]:
        targets = dict.fromkeys(e[1] for sides in self._sides.values() for e in sides[side])
        return sorted(targets, key=lambda code: self._rank.get(code, 99))

    def _place(self) -> None:
        y = 0.0
        for code in self._main:
            slots = max(len(self._sides[code][0]), len(self._sides[code][1]))
            lines = -(-self._metrics.horizontalAdvance(self.names[code]) // (self._wide - 16))
            high = max(self._slot * slots + 12, self._metrics.height() * lines + 18)
            self.boxes[code] = QRectF(0, y, self._wide, high)
            y += high + GAP
        left = self._wide + self._gutters[1] + LANE * (len(self._lanes[1]) + 1)
        ends = [c for c in self.names if c in self.ends]
        total, y = y, max(0.0, (y - len(ends) * 90) / 2)
        for code in ends:
            lines = -(-self._metrics.horizontalAdvance(self.names[code]) // (self._wide - 16))
            self.boxes[code] = QRectF(left, y, self._wide, self._metrics.height() * lines + 22)
            y += max(90.0, total / (len(ends) + 2))

    def _port(self, code: str, edge: Edge, side: int) -> QPointF:
        box = self.boxes[code]
        if code in self.ends:
            return QPointF(box.left(), box.center().y())
        edges = self._sides[code][side]
        y = box.center().y() + (edges.index(edge) - (len(edges) - 1) / 2) * self._slot
        return QPointF(box.right() if side else box.left(), y)

    def _lane(self, to: str, side: int) -> float:
        at = self._lanes[side].index(to)
        if side:
            return self._wide + self._gutters[1] + LANE * (at + 0.5)
        return -self._gutters[0] - LANE * (len(self._lanes[0]) - at - 0.5)

    def lines(self) -> list[tuple[str, str, QPainterPath, QPainterPath]]:
        """Return each edge: from, to, its line and its arrow head."""
        found = []
        for start, to in self._straight:
            begin = QPointF(self._wide / 2, self.boxes[start].bottom())
            end = QPointF(self._wide / 2, self.boxes[to].top())
            path = QPainterPath(begin)
            path.lineTo(end)
            found.append((start, to, path, _arrow(end, 0, 1)))
        for side in (0, 1):
            for code, sides in self._sides.items():
                for edge in sides[side]:
                    if edge[0] != code:
                        continue
                    begin, end, x = (
                        self._port(code, edge, side),
                        self._port(edge[1], ("", edge[1]), side),
                        self._lane(edge[1], side),
                    )
                    path = QPainterPath(begin)
                    path.lineTo(x, begin.y())
                    path.lineTo(x, end.y())
                    path.lineTo(end)
                    found.append((*edge, path, _arrow(end, 1 if end.x() > x else -1, 0)))
        return found

    def words(self) -> list[tuple[QPointF, str]]:
        """Return the words of each edge with their place."""
        high = self._metrics.height() * 0.88
        found = []
        for edge in self._straight:
            y = (self.boxes[edge[0]].bottom() + self.boxes[edge[1]].top()) / 2
            found.append((QPointF(self._wide / 2 + 8, y - high / 2), listed(self._moves[edge])))
        for side in (0, 1):
            for code, sides in self._sides.items():
                for edge in sides[side]:
                    if edge[0] == code:
                        port, words = self._port(code, edge, side), listed(self._moves[edge])
                        wide = self._metrics.horizontalAdvance(words) * 0.9
                        x = port.x() + 8 if side else port.x() - 8 - wide
                        found.append((QPointF(x, port.y() - high / 2), words))
        return found


def _arrow(end: QPointF, dx: int, dy: int) -> QPainterPath:
    back, wide = 8.0, 4.5
    points = [
        end,
        QPointF(end.x() - dx * back - dy * wide, end.y() - dy * back - dx * wide),
        QPointF(end.x() - dx * back + dy * wide, end.y() - dy * back + dx * wide),
        end,
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    return path
