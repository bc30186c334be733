"""设置: everything a person may choose about the window, each with its explanation; found by words, set back one by one or all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.settings import KEYS, Settings
from ui.widgets.layouts import Column
from ui.widgets.parts import button, called, label, line


@dataclass(frozen=True)
class Offered:
    """A setting in words: what it is, why one would change it, its values (none: it can only be set back)."""

    key: str
    name: str
    why: str
    values: tuple[tuple[Any, str], ...] = ()


def offered() -> tuple[Offered, ...]:
    """Return what can be set, in the language installed now."""
    said = QCoreApplication.translate
    off_on = ((False, said("SettingsDialog", "否")), (True, said("SettingsDialog", "是")))
    minutes = said("SettingsDialog", "{n} 分钟")
    return (
        Offered(
            "window.theme", said("SettingsDialog", "颜色"), said("SettingsDialog", "跟随系统时，系统换成深色，窗口也换成深色。"),
            (("system", said("SettingsDialog", "跟随系统")), ("light", said("SettingsDialog", "浅色")), ("dark", said("SettingsDialog", "深色"))),
        ),
        Offered("window.large_type", said("SettingsDialog", "大字"), said("SettingsDialog", "全部文字用16磅；小屏幕上也看得全。"), off_on),
        Offered(
            "window.language", said("SettingsDialog", "语言"), said("SettingsDialog", "界面的语言；文书总是中文。草稿不受影响。"),
            (("", said("SettingsDialog", "跟随系统")), ("zh_CN", "中文"), ("en", "English")),
        ),
        Offered(
            "window.idle_minutes", said("SettingsDialog", "自动锁定"), said("SettingsDialog", "多久没有操作就回到选人的页面；草稿会保留。"),
            (*((n, minutes.format(n=n)) for n in (2, 5, 10, 15, 30, 60, 120)), (0, said("SettingsDialog", "不自动锁定"))),
        ),
        Offered(
            "sync.only_now", said("SettingsDialog", "只在我按下时同步"),
            said("SettingsDialog", "线路慢或者按流量收费时用；平时自动同步。单机和演示没有同步。"), off_on,
        ),
        Offered(
            "window.stay", said("SettingsDialog", "关闭窗口时"),
            said("SettingsDialog", "留在通知区域时，同步和紧急事项的提醒继续；要退出用“文件→退出”。系统没有通知区域时，关闭就是退出。"),
            ((False, said("SettingsDialog", "退出程序")), (True, said("SettingsDialog", "留在通知区域"))),
        ),
        Offered(
            "reminders.ordinary", said("SettingsDialog", "普通提醒"),
            said("SettingsDialog", "窗口不在前面时，在通知区域说今天到期几件、逾期几件，不出现案件和姓名。紧急事项总会提醒。"), off_on,
        ),
        Offered("recent.cases", said("SettingsDialog", "最近打开的案件"), said("SettingsDialog", "只在本机加密数据里记编号；恢复默认就清空。")),
        Offered("queue.columns", said("SettingsDialog", "列表显示的列"), said("SettingsDialog", "在列表里用“选择列”改；这里可以恢复成原来的列。")),
        Offered("queue.saved", said("SettingsDialog", "常用筛选"), said("SettingsDialog", "在列表里保存的筛选；恢复默认就全部删去。")),
        Offered("window.geometry", said("SettingsDialog", "窗口的大小和位置"), said("SettingsDialog", "每块屏幕各记一份；恢复默认后下次按原来的大小打开。")),
    )  # fmt: skip


class SettingsDialog(QDialog):
    """One line a setting; a change holds at once."""

    def __init__(self, settings: Settings, changed: Callable[[str], None], parent: QWidget | None = None) -> None:
        """``changed`` is told the key after a value was kept."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("设置"))
        self._settings, self._changed = settings, changed
        self._lines: list[tuple[QFrame, str]] = []
        self.choices: dict[str, QComboBox] = {}
        self.resets: dict[str, QWidget] = {}
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("设置"), "title"))
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("找设置：颜色、锁定、语言…"))
        self.box.setAccessibleName(self.tr("找设置"))
        self.box.setMinimumHeight(theme.TARGET)
        self.box.textChanged.connect(self.sift)
        page.addWidget(self.box)
        column = Column(self.tr("设置"))
        for one in offered():
            column.cards.addWidget(self._line(one))
        column.cards.addStretch(1)
        page.addWidget(column, 1)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("全部恢复默认(&R)"), self.reset_all, name="settingsReset"))
        row.addStretch(1)
        close = button(self.tr("关闭"), self.accept, kind="primary", name="settingsClose")
        close.setDefault(True)
        row.addWidget(close)
        page.addLayout(row)
        theme.spread(self, 660, 560)
        self.box.setFocus()

    def sift(self, words: str) -> None:
        """Show the settings whose name, explanation or values hold the words."""
        wanted = words.strip().casefold()
        for frame, said in self._lines:
            frame.setVisible(wanted in said)

    def reset_all(self) -> None:
        """Set everything back."""
        for one in offered():
            self.put(one.key, KEYS[one.key])

    def put(self, key: str, value: Any) -> None:
        """Keep a value, show it, and let it hold at once."""
        if self._settings.get(key) == value:
            return
        self._settings.put(key, value)
        if key in self.choices:
            box = self.choices[key]
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(value))
            box.blockSignals(False)
        self._show_reset(key)
        self._changed(key)

    def _line(self, one: Offered) -> QFrame:
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(label(one.name, "lead"), 1)
        if one.values:
            row.addWidget(self._choice(one))
        back = button(
            self.tr("恢复默认"), lambda: self.put(one.key, KEYS[one.key]), kind="flat", name=f"reset_{one.key}"
        )
        back.setAccessibleName(self.tr("恢复默认：{name}").format(name=one.name))
        self.resets[one.key] = back
        self._show_reset(one.key)
        row.addWidget(back)
        inside.addLayout(row)
        inside.addWidget(label(one.why, "quiet", wrap=True))
        inside.addWidget(line())
        self._lines.append((frame, " ".join((one.name, one.why, *(words for _, words in one.values))).casefold()))
        return frame

    def _choice(self, one: Offered) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"setting_{one.key}")
        box.setMinimumHeight(theme.TARGET)
        called(box, one.name)
        for value, words in one.values:
            box.addItem(words, value)
        now = self._settings.get(one.key)
        if box.findData(now) < 0:
            box.addItem(str(now), now)
        box.setCurrentIndex(box.findData(now))
        box.currentIndexChanged.connect(lambda _at: self.put(one.key, box.currentData()))
        self.choices[one.key] = box
        return box

    def _show_reset(self, key: str) -> None:
        if key in self.resets:
            self.resets[key].setEnabled(self._settings.get(key) != KEYS[key])
