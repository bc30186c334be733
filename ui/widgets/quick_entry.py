"""One line typed while people talk: Enter keeps it as a point, F4 makes it a decision with body and date in short words."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.meeting_room import DecisionView, Understood
from ui import theme
from ui.context import Context
from ui.widgets.moments import short_moment
from ui.widgets.parts import button, label, listed

KEPT = 800
"""Milliseconds after the last key until what is typed is put away."""


class QuickEntry(QWidget):
    """Tells of a point or a decision when it is whole; shows before what short words were taken to mean."""

    point = Signal(str)
    decision = Signal(object)
    walked = Signal(int)
    """To the next item of the agenda, or back."""
    typed = Signal(object)
    """What the boxes hold, to be kept as a draft; empty when they hold nothing."""

    def __init__(
        self, context: Context, ask: Callable[[str, str, str], Understood], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._ask = context, ask
        self._serial = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.boxes: dict[str, QLineEdit] = {}
        captions = {
            "words": (self.tr("内容"), self.tr("边听边记：回车记为要点，F4 记为议定事项")), "lead": (self.tr("牵头"), self.tr("如 gs")),
            "assisting": (self.tr("配合"), self.tr("如 hb sz")), "due": (self.tr("时限"), self.tr("如 10日内")),
        }  # fmt: skip
        tips = {
            "lead": self.tr("名称或拼音首字母，如 gs"), "assisting": self.tr("几个单位用空格隔开"),
            "due": self.tr("月底、10日内、3个工作日、10月20日"),
        }  # fmt: skip
        grid = QGridLayout()
        for at, (name, (caption, hint)) in enumerate(captions.items()):
            box = QLineEdit()
            box.setObjectName(f"quick_{name}")
            box.setAccessibleName(caption)
            box.setPlaceholderText(hint)
            box.setToolTip(tips.get(name, hint))
            box.setMinimumHeight(theme.TARGET)
            box.textEdited.connect(self._edited)
            box.installEventFilter(self)
            title = label(caption, "small")
            title.setBuddy(box)
            grid.addWidget(title, 0 if name == "words" else 1, 0 if name == "words" else 2 * (at - 1))
            grid.addWidget(
                box, 0 if name == "words" else 1, 1 if name == "words" else 2 * at - 1, 1, 5 if name == "words" else 1
            )
            self.boxes[name] = box
        column.addLayout(grid)
        self.said = label("", "quiet", wrap=True)
        self.said.setMinimumHeight(theme.TARGET)
        column.addWidget(self.said)
        row = QHBoxLayout()
        self.point_button = button(self.tr("记为要点"), self.keep_point, name="keepPoint", tip="Enter")
        self.decide_button = button(
            self.tr("记为议定事项(&D)"), self.decide, kind="primary", name="keepDecision", tip="F4"
        )
        row.addWidget(self.point_button)
        row.addWidget(self.decide_button)
        row.addWidget(button(self.tr("清空"), self.clear, name="quickClear"))
        row.addStretch(1)
        column.addLayout(row)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEPT)
        self._pause.timeout.connect(lambda: self.typed.emit(self.held()))
        self.boxes["words"].returnPressed.connect(self._entered)
        self.boxes["lead"].returnPressed.connect(self.boxes["assisting"].setFocus)
        self.boxes["assisting"].returnPressed.connect(self.boxes["due"].setFocus)
        self.boxes["due"].returnPressed.connect(self.keep_decision)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F4 decides, PgUp and PgDn change the item, wherever in the line the hand is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
            if event.key() == Qt.Key.Key_F4:
                self.decide()
                return True
            if event.key() in steps:
                self.walked.emit(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def held(self) -> dict[str, str]:
        """Return what the boxes hold; empty when nothing stands in them."""
        said = {name: box.text() for name, box in self.boxes.items()}
        return said | {"serial": str(self._serial)} if any(said.values()) else {}

    def restore(self, said: dict[str, Any]) -> None:
        """Put back what was typed before."""
        for name, box in self.boxes.items():
            box.setText(str(said.get(name) or ""))
        self._serial = int(said.get("serial") or 0)
        self._read()

    def change(self, one: DecisionView) -> None:
        """Take a decision into the boxes; the next one kept stands in its place."""
        self.restore(
            {
                "words": one.what,
                "lead": one.lead_name,
                "assisting": " ".join(one.assisting_names),
                "due": one.due,
                "serial": one.serial,
            }
        )
        self.boxes["words"].setFocus()

    def clear(self) -> None:
        """Empty the boxes; the line is ready for the next."""
        for box in self.boxes.values():
            box.clear()
        self._serial = 0
        self.said.setText("")
        self.boxes["words"].setFocus()
        self.typed.emit({})

    def activate(self, on: bool) -> None:
        """Let be typed, or not."""
        for widget in (*self.boxes.values(), self.point_button, self.decide_button):
            widget.setEnabled(on)

    def keep_point(self) -> None:
        """Keep the line as a point."""
        if words := self.boxes["words"].text().strip():
            self.point.emit(words)

    def decide(self) -> None:
        """Go on to who answers for it; kept at once where the date was already asked."""
        if not self.boxes["words"].text().strip():
            self.boxes["words"].setFocus()
        elif self.boxes["due"].hasFocus() or self.decide_button.hasFocus():
            self.keep_decision()
        else:
            self.boxes["lead"].setFocus()

    def keep_decision(self) -> None:
        """Keep the line as a decision, as far as the short words are understood."""
        if self.boxes["words"].text().strip():
            self._context.bridge.read(self._asked(), self._kept, owner=self)

    def _entered(self) -> None:
        if self._serial:
            self.decide()
        else:
            self.keep_point()

    def _asked(self) -> Callable[[], Understood]:
        return partial(self._ask, *(self.boxes[name].text() for name in ("lead", "assisting", "due")))

    def _kept(self, found: Understood) -> None:
        if found.wrong:
            self._show(found)
            return
        said: dict[str, Any] = {
            "what": self.boxes["words"].text().strip(),
            "lead": found.lead,
            "assisting": list(found.assisting),
            "due": found.due,
        }
        if self._serial:
            said["serial"] = self._serial
        self.decision.emit(said)

    def _edited(self, _words: str) -> None:
        self._pause.start()
        if any(self.boxes[name].text() for name in ("lead", "assisting", "due")):
            self._read()
        else:
            self.said.setText("")

    def _read(self) -> None:
        if any(self.boxes[name].text() for name in ("lead", "assisting", "due")):
            self._context.bridge.read(self._asked(), self._show, owner=self, key=f"quick-{id(self)}")

    def _show(self, found: Understood) -> None:
        parts = [
            self.tr("牵头 {0}").format(found.lead_name) if found.lead else "",
            self.tr("配合 {0}").format(listed(found.assisting_names)) if found.assisting else "",
            self.tr("时限 {0}").format(short_moment(found.due)) if found.due else "",
            self.tr("没有认出：{0}").format(listed(found.wrong)) if found.wrong else "", *found.doubts,
        ]  # fmt: skip
        self.said.setText("　".join(p for p in parts if p))
