"""The left rail: where the desk stands, the button 登记, the smart lists with their counts."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.views import DeskStatus, ListCount
from ui import theme
from ui.actions import Actions
from ui.widgets.parts import label

NAME = int(Qt.ItemDataRole.UserRole) + 1
COUNT = int(Qt.ItemDataRole.UserRole) + 2
LIST_ICONS = {
    "today": "today",
    "to-complete": "note",
    "to-transfer": "send",
    "to-approve": "approve",
    "to-sign": "sign",
    "to-accept": "accept",
    "to-inform": "phone",
    "due-today": "soon",
    "overdue": "overdue",
    "closed": "ok",
    "conflicts": "refresh",
}
PAGES = ("ledger", "mechanism", "calendar")
"""Pages that are no lists; each has a line below them."""
Index = QModelIndex | QPersistentModelIndex


class ListsModel(QAbstractListModel):
    """The smart lists in order, each with its capped count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists: list[ListCount] = []

    def take(self, lists: Sequence[ListCount]) -> None:
        """Show these lists; only counts that changed are painted again."""
        if [one.name for one in lists] != [one.name for one in self._lists]:
            self.beginResetModel()
            self._lists = list(lists)
            self.endResetModel()
            return
        for at, (old, new) in enumerate(zip(self._lists, lists, strict=True)):
            if old != new:
                self._lists[at] = new
                self.dataChanged.emit(self.index(at), self.index(at))

    def place_of(self, name: str) -> int:
        """Return the place of a list, -1 when it is not there."""
        return next((at for at, one in enumerate(self._lists) if one.name == name), -1)

    def label_of(self, name: str) -> str:
        """Return the words of a list, '' when it is not there."""
        return next((one.label for one in self._lists if one.name == name), "")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of lists."""
        return 0 if parent.isValid() else len(self._lists)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words, name, count, spoken text."""
        if not index.isValid() or index.row() >= len(self._lists):
            return None
        one = self._lists[index.row()]
        return {
            int(Qt.ItemDataRole.DisplayRole): one.label,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{one.label} {one.count}",
            int(Qt.ItemDataRole.ToolTipRole): f"{one.label}  {one.count}",
            NAME: one.name,
            COUNT: one.count,
        }.get(int(role))


class ListLine(QStyledItemDelegate):
    """Paints a smart list: icon, words, count in a pill; red when something is overdue."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """At least a target high."""
        return QSize(120, max(theme.TARGET, QFontMetrics(option.font).height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line of the rail."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(6, 1, -6, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.RAIL_ON if chosen else theme.RAIL_OVER))
            painter.drawRoundedRect(QRectF(box), 6, 6)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.RAIL_FOCUS))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        name, count = str(index.data(NAME)), str(index.data(COUNT))
        ink = theme.RAIL_CHOSEN if chosen else theme.RAIL_TEXT
        side = theme.icon_side() - 1
        place = QRect(box.left() + 8, box.center().y() - side // 2, side, side)
        theme.icon(LIST_ICONS.get(name, "list"), ink).paint(painter, place)
        room = self._count(painter, box, option.font, name, count)
        words = QRect(box.left() + side + 16, box.top(), box.width() - side - 24 - room, box.height())
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _count(self, painter: QPainter, box: QRect, font: QFont, name: str, count: str) -> int:
        if not count or count == "0":
            return 0
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.86)
        metrics = QFontMetrics(small)
        width = max(metrics.horizontalAdvance(count) + 14, 24)
        height = metrics.height() + 2
        pill = QRectF(box.right() - width - 5, box.center().y() - height / 2 + 1, width, height)
        alarm = name in ("overdue", "disputes", "conflicts")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.COUNT_ALARM if alarm else theme.COUNT))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(small)
        painter.setPen(QColor(theme.RAIL_CHOSEN if alarm else theme.RAIL_TEXT))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count)
        return int(width) + 6


class WholeLines(QListView):
    """A list that ends at a whole line: nobody sees half a word at its lower edge."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what is less than a line empty."""
        line = self.sizeHintForRow(0)
        left = (self.height() - 2 * self.frameWidth()) % line if line > 0 else 0
        if self.viewportMargins().bottom() != left:
            self.setViewportMargins(0, 0, 0, left)
        super().resizeEvent(event)


class Rail(QFrame):
    """The rail of the window."""

    list_chosen = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 14, 8, 10)
        column.setSpacing(8)
        self._district = label("", "district")
        self._mechanism = label("", wrap=True)
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 6, 4)
        head.setSpacing(2)
        head.addWidget(self._district)
        head.addWidget(self._mechanism)
        column.addLayout(head)
        column.addWidget(self._register_button(actions))
        self.model = ListsModel(self)
        self.lists = self._lists_view()
        column.addWidget(self.lists, 1)
        pages = QVBoxLayout()
        pages.setSpacing(0)
        for name in PAGES:
            pages.addWidget(self._page_button(actions, name))
        column.addLayout(pages)

    def show_status(self, status: DeskStatus) -> None:
        """Show district and body of the desk."""
        self._district.setText(status.district)
        self._mechanism.setText(status.person.body_name)

    def show_lists(self, lists: Sequence[ListCount]) -> None:
        """Show the smart lists and their counts."""
        self.model.take(lists)

    def choose(self, name: str) -> None:
        """Mark a list without announcing it."""
        at = self.model.place_of(name)
        selection = self.lists.selectionModel()
        selection.blockSignals(True)
        if at < 0:
            self.lists.clearSelection()
        else:
            self.lists.setCurrentIndex(self.model.index(at))
        selection.blockSignals(False)
        self.lists.viewport().update()

    def _register_button(self, actions: Actions) -> QPushButton:
        action = actions.action("register")
        made = QPushButton(theme.icon("register", theme.CALL_INK), actions.plain_words("register"))
        made.setObjectName("railRegister")
        made.setMinimumHeight(theme.TARGET + 8)
        made.setIconSize(QSize(theme.icon_side(), theme.icon_side()))
        made.setToolTip(action.toolTip())
        made.setAccessibleName(actions.plain_words("register"))
        made.clicked.connect(action.trigger)
        return made

    def _page_button(self, actions: Actions, name: str) -> QPushButton:
        action = actions.action(name)
        made = QPushButton(theme.icon(name, theme.RAIL_TEXT), "  " + actions.plain_words(name))
        made.setObjectName(f"rail_{name}")
        made.setProperty("kind", "rail")
        made.setMinimumHeight(theme.TARGET)
        made.setIconSize(QSize(theme.icon_side(), theme.icon_side()))
        made.setToolTip(action.toolTip())
        made.setAccessibleName(actions.plain_words(name))
        made.clicked.connect(action.trigger)
        return made

    def _lists_view(self) -> QListView:
        made = WholeLines()
        made.setObjectName("lists")
        made.setModel(self.model)
        made.setItemDelegate(ListLine(made))
        made.setMouseTracking(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setAccessibleName(self.tr("案件列表"))
        made.clicked.connect(self._chosen)
        made.activated.connect(self._chosen)
        return made

    def _chosen(self, index: QModelIndex) -> None:
        self.list_chosen.emit(str(index.data(NAME)))
