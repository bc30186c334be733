"""Above the queue: what it is narrowed to (each value with its count), how it is ordered, and looks that were saved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QInputDialog, QMenu, QPushButton, QWidget

from liaison_app.desk.views import GroupView
from ui import theme
from ui.context import Context
from ui.widgets.layouts import Flow
from ui.widgets.parts import button, called

FILTERS = ("state", "lead", "town", "medium")


@dataclass(frozen=True)
class Look:
    """How a list is looked at: order (own order when empty) and what it is narrowed to."""

    order: str = ""
    descending: bool = False
    filters: tuple[tuple[str, str], ...] = ()

    def asked(self) -> dict[str, Any]:
        """Return the look as the façade takes it."""
        return {"order": self.order, "descending": self.descending, **dict(self.filters)}

    def narrowed(self, by: str, value: str) -> "Look":
        """Return the look narrowed by one more value, or no longer by that column."""
        kept = tuple(pair for pair in self.filters if pair[0] != by)
        return replace(self, filters=(*kept, (by, value)) if value else kept)


def order_words() -> dict[str, str]:
    """Return the orders in words; the empty one is the list's own."""
    said = QCoreApplication.translate
    return {
        "": said("Queue", "列表原序"),
        "number": said("Queue", "编号"),
        "title": said("Queue", "投诉事项"),
        "lead": said("Queue", "责任单位"),
        "due": said("Queue", "期限"),
        "town": said("Queue", "所属镇街"),
        "complainant": said("Queue", "投诉人"),
        "registered": said("Queue", "登记时间"),
        "first": said("Queue", "首接单位"),
    }


class FilterBar(QWidget):
    """Boxes and menus; every change is told as a new look."""

    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.look = Look()
        self._list = ""
        row = Flow(8, self)
        self.boxes: dict[str, QComboBox] = {}
        names = {
            "state": self.tr("状态"),
            "lead": self.tr("责任单位"),
            "town": self.tr("所属镇街"),
            "medium": self.tr("类别"),
        }
        for by in FILTERS:
            box = QComboBox()
            box.setObjectName(f"filter_{by}")
            called(box, self.tr("筛选：{what}").format(what=names[by]))
            box.setMinimumHeight(theme.TARGET)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(self.fontMetrics().horizontalAdvance("国") * 11)
            box.addItem(names[by], "")
            box.activated.connect(lambda _at, by=by: self._chosen(by))
            self.boxes[by] = box
            row.addWidget(box)
        self.order = self._menu(self.tr("排序(&S)"), "queueOrder", self._fill_orders)
        self.saved = self._menu(self.tr("常用筛选(&F)"), "queueSaved", self._fill_saved)
        row.addWidget(self.order)
        row.addWidget(self.saved)
        self.clear = button(self.tr("全部显示(&W)"), lambda: self.use(Look()), name="queueClear")
        row.addWidget(self.clear)
        self._show_look()

    # what is looked at

    def open_list(self, name: str) -> None:
        """Another list is shown: its own look begins, its values are counted."""
        if name != self._list:
            self._list, self.look = name, Look()
            self._show_look()
        self.count()

    def count(self) -> None:
        """Read which values the list has, and how often."""
        desk, name = self._context.desk, self._list
        for by in FILTERS:
            self._context.bridge.read(
                lambda by=by: desk.groups(name, by),  # type: ignore[misc]
                lambda groups, by=by: self._fill(by, groups),  # type: ignore[misc]
                owner=self,
                key=f"groups-{by}",
            )

    def use(self, look: Look) -> None:
        """Take a look and tell it."""
        self.look = look
        self._show_look()
        self.changed.emit(look)

    def order_by(self, order: str) -> None:
        """Order by a column; again: the other way round; a third time: the list's own order."""
        if self.look.order != order:
            self.use(replace(self.look, order=order, descending=False))
        elif not self.look.descending:
            self.use(replace(self.look, descending=True))
        else:
            self.use(replace(self.look, order="", descending=False))

    # inside

    def _fill(self, by: str, groups: tuple[GroupView, ...]) -> None:
        box, chosen = self.boxes[by], dict(self.look.filters).get(by, "")
        if box.view().isVisible():
            return
        while box.count() > 1:
            box.removeItem(1)
        for group in groups:
            box.addItem(f"{group.label}  {group.count}", group.value)
        if chosen and box.findData(chosen) < 0:
            box.addItem(chosen, chosen)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.setEnabled(box.count() > 1)

    def _chosen(self, by: str) -> None:
        self.use(self.look.narrowed(by, str(self.boxes[by].currentData() or "")))

    def _show_look(self) -> None:
        chosen = dict(self.look.filters)
        for by, box in self.boxes.items():
            value = chosen.get(by, "")
            if value and box.findData(value) < 0:
                box.addItem(value, value)
            box.setCurrentIndex(max(box.findData(value), 0))
        words = order_words()[self.look.order]
        arrow = "" if not self.look.order else " ↓" if self.look.descending else " ↑"
        self.order.setText(self.tr("排序(&S)：{how}").format(how=words + arrow))
        self.order.setAccessibleName(self.order.text().replace("&", ""))
        self.clear.setVisible(self.look != Look())

    def _menu(self, words: str, name: str, fill: Callable[[QMenu], None]) -> QPushButton:
        made = button(words, lambda: None, name=name)
        menu = QMenu(made)
        menu.aboutToShow.connect(menu.clear)
        menu.aboutToShow.connect(lambda: fill(menu))
        made.setMenu(menu)
        return made

    def _fill_orders(self, menu: QMenu) -> None:
        for order, words in order_words().items():
            item = menu.addAction(words)
            item.setCheckable(True)
            item.setChecked(order == self.look.order)
            item.triggered.connect(lambda _on=False, order=order: self.use(replace(self.look, order=order)))
        menu.addSeparator()
        turn = menu.addAction(self.tr("倒序"))
        turn.setCheckable(True)
        turn.setChecked(self.look.descending)
        turn.setEnabled(bool(self.look.order))
        turn.triggered.connect(lambda on: self.use(replace(self.look, descending=on)))

    # saved looks

    def _saved(self) -> list[dict[str, Any]]:
        return list(self._context.settings.get("queue.saved"))

    def _fill_saved(self, menu: QMenu) -> None:
        saved = self._saved()
        for one in saved:
            menu.addAction(str(one["name"])).triggered.connect(lambda _on=False, one=one: self._use_saved(one))
        if saved:
            menu.addSeparator()
        keep = menu.addAction(self.tr("保存现在的筛选和排序…"))
        keep.setEnabled(self.look != Look())
        keep.triggered.connect(self._keep)
        if saved:
            away = menu.addMenu(self.tr("删除"))
            for one in saved:
                away.addAction(str(one["name"])).triggered.connect(lambda _on=False, one=one: self._forget(one))

    def _use_saved(self, one: dict[str, Any]) -> None:
        filters = tuple((str(by), str(value)) for by, value in one["filters"])
        self.use(Look(str(one["order"]), bool(one["descending"]), filters))

    def _keep(self) -> None:
        name, done = QInputDialog.getText(self, self.tr("保存筛选"), self.tr("名称"))
        if done and name.strip():
            self.save(name.strip())

    def save(self, name: str) -> None:
        """Save the look under a name; the same name again replaces the former."""
        kept = [one for one in self._saved() if one["name"] != name]
        look = self.look
        kept.append(
            {"name": name, "order": look.order, "descending": look.descending, "filters": list(map(list, look.filters))}
        )
        self._context.settings.put("queue.saved", kept)
        self._context.notify(self.tr("已保存常用筛选“{name}”").format(name=name))

    def _forget(self, one: dict[str, Any]) -> None:
        self._context.settings.put("queue.saved", [other for other in self._saved() if other["name"] != one["name"]])
