"""The row above a page (返回, heading, 打印, search, person at work) and the row below (founding, network, clock)."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from liaison_app.desk.views import DeskStatus
from ui import theme
from ui.actions import Actions
from ui.widgets.layouts import ShortLabel
from ui.widgets.moments import full_moment, short_moment
from ui.widgets.parts import label


class SearchBox(QLineEdit):
    """Search while typing; words still being composed by an input method do not count. Esc leaves it."""

    words_changed = Signal(str)
    left = Signal()
    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBox")
        self.setPlaceholderText(self.tr("查找：姓名、电话、地点、编号…"))
        self.setAccessibleName(self.tr("查找"))
        self.setToolTip(self.tr("按姓名、拼音首字母、电话、地点、编号查找；按 Esc 返回"))
        self.setClearButtonEnabled(False)
        self.setMinimumHeight(theme.TARGET)
        wide = self.fontMetrics().horizontalAdvance("n")
        self.setMinimumWidth(wide * 14)
        self.setMaximumWidth(wide * 34)
        self.textChanged.connect(self.words_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears and leaves, Down and Enter go to the results."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class TitleRow(QFrame):
    """返回, the heading of the page, search, 打印, and always the name of the person at work."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("titleRow")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 14, 9)
        row.setSpacing(10)
        row.addWidget(self._tool(actions, "back"))
        self._heading = ShortLabel("title")
        row.addWidget(self._heading, 2)
        self._demo = label(self.tr("演示"), "demo")
        self._demo.setToolTip(self.tr("演示数据，全部人物、地点和案件均属虚构"))
        self._demo.hide()
        row.addWidget(self._demo)
        self.search = SearchBox()
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the heading has two thirds
        row.addWidget(self.search, 1)
        row.addWidget(self._tool(actions, "print"))
        self.person = self._person(actions)
        row.addWidget(self.person)

    def show_heading(self, words: str) -> None:
        """Show the heading of the page."""
        self._heading.setText(words)
        self._heading.setToolTip(words)

    def show_status(self, status: DeskStatus) -> None:
        """Show who is at work and whether this is a demo."""
        self._demo.setVisible(status.founding == "demo")
        self.person.setText(status.person.name)
        self.person.setAccessibleName(self.tr("当前工作人员：{name}，换人").format(name=status.person.name))

    def _tool(self, actions: Actions, name: str) -> QToolButton:
        made = QToolButton()
        made.setDefaultAction(actions.action(name))
        made.setText(actions.plain_words(name))
        made.setObjectName(f"tool_{name}")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setIconSize(QSize(theme.icon_side(), theme.icon_side()))
        made.setMinimumHeight(theme.TARGET)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(actions.plain_words(name))
        return made

    def _person(self, actions: Actions) -> QToolButton:
        made = QToolButton()
        made.setObjectName("person")
        made.setIcon(theme.icon("person", theme.ACCENT))
        made.setIconSize(QSize(theme.icon_side(), theme.icon_side()))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setMinimumHeight(theme.TARGET)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(actions.action("switch_person").toolTip())
        made.clicked.connect(actions.action("switch_person").trigger)
        return made


class StatusRow(QFrame):
    """What waits, whether networked, the calendar, the clock of the desk."""

    sync_asked = Signal()
    """The words about the network were pressed: show what waits and what is to be checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusRow")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(16)
        self._sync = QToolButton()
        self._sync.setObjectName("syncState")
        self._sync.setAutoRaise(True)
        self._sync.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._sync.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sync.clicked.connect(self.sync_asked)
        self._busy = label(self.tr("正在保存…"), "small")
        self._busy.hide()
        self._calendar = label("", "small")
        self._clock = label("", "small")
        row.addWidget(self._sync)
        row.addWidget(self._busy)
        row.addStretch(1)
        row.addWidget(self._calendar)
        row.addWidget(self._clock)
        self._status: DeskStatus | None = None

    def show_status(self, status: DeskStatus) -> None:
        """Show the state of the desk."""
        alone = status.founding in ("demo", "alone")
        coming = status.last_sync is not None or status.head > status.received
        well = alone or (coming and not status.sync_code)
        ink = theme.RED if status.to_check else theme.QUIET
        self._sync.setIcon(theme.icon("ok" if well else "offline", ink))
        words = self._sync_words(status)
        self._sync.setText(words)
        self._sync.setAccessibleName(words)
        self._sync.setEnabled(not alone)
        self._calendar.setText(self.tr("工作日历至 {year} 年").format(year=status.calendar_until))
        words = full_moment(status.now)
        self._clock.setText(self.tr("设定时间 {time}").format(time=words) if status.stated_clock else words)

    def show_busy(self, busy: bool) -> None:
        """Say that something is being saved."""
        self._busy.setVisible(busy)

    def _sync_words(self, status: DeskStatus) -> str:
        if status.founding == "demo":
            return self.tr("演示数据，全部虚构，不联网")
        if status.founding == "alone":
            return self.tr("单机使用，数据只在本机，已加密")
        parts, behind = [], status.head > status.received
        if status.sync_code or (status.last_sync is None and not behind):
            since = status.off_since and self.tr("未联网 自{time}").format(time=short_moment(status.off_since))
            parts.append(since or self.tr("未联网"))
        elif behind:
            parts.append(self.tr("尚未收全，已收 {0}/{1}").format(status.received, status.head))
        parts.append(self.tr("待上传 {count}").format(count=status.pending))
        if status.to_check:
            parts.append(self.tr("需核对 {count}").format(count=status.to_check))
        if status.last_sync is not None:
            parts.append(self.tr("上次同步 {time}").format(time=short_moment(status.last_sync)))
        return " · ".join(parts)
