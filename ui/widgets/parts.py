"""Small parts: cards, chips, captions, separators, buttons of the right size."""

import re
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.actions import plain

_PIECES = re.compile(r"[!-~\u00c0-\u024f]+\s*|[（〔“].\s*|.[，。；：、）〕”]*\s*")
"""What stays together at the end of a line: a Latin word, a Chinese sign with the stops after it."""

KEYPAD = Qt.KeyboardModifier.KeypadModifier
UNFOLD, UNFOLD_BESIDE = 160, 64
"""Least width of a line that unfolds, and what stands beside its words (icon, padding), in pixels."""
CHIP_LOOK = {
    "neutral": ("QUIET", "GROUND"),
    "accent": ("ACCENT_DEEP", "ACCENT_SOFT"),
    "red": ("RED", "RED_SOFT"),
    "amber": ("AMBER", "AMBER_SOFT"),
    "green": ("GREEN", "GREEN_SOFT"),
}
"""Ink and ground of a chip, by their names in the palette."""


class Card(QFrame):
    """A white card with an optional caption; content goes into :attr:`body`."""

    def __init__(self, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, 14, 18, 16)
        self.body.setSpacing(8)
        if caption:
            self.body.addWidget(label(caption, "caption"))


def read_only_table(name: str, heads: Sequence[str]) -> QTableWidget:
    """Return an empty table whose rows are chosen whole; Tab leaves it."""
    made = QTableWidget(0, len(heads))
    made.setObjectName(name)
    made.setHorizontalHeaderLabels(list(heads))
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme.TARGET + 4)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    return made


class Chip(QLabel):
    """A state or a mark in words on a soft ground."""

    def __init__(self, text: str, look: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        ink, ground = map(theme.colour, CHIP_LOOK[look])
        self.setStyleSheet(
            f"color: {ink}; background: {ground}; border: 1px solid {theme.faint(ink)}; border-radius: 9px;"
            " padding: 2px 9px;"
        )
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class IconChip(QFrame):
    """A chip with an icon before its words: what is urgent is said twice, never by colour alone."""

    def __init__(self, text: str, ink: str, ground: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 10, 2)
        row.setSpacing(5)
        sign = QLabel()
        sign.setPixmap(theme.icon(icon, ink).pixmap(QSize(theme.icon_side() - 2, theme.icon_side() - 2)))
        words = QLabel(text)
        words.setStyleSheet(f"color: {ink}; background: transparent; border: 0;")
        row.addWidget(sign)
        row.addWidget(words)
        edge = theme.faint(ink)
        self.setStyleSheet(f"IconChip {{ background: {ground}; border: 1px solid {edge}; border-radius: 10px; }}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)


def label(text: str, role: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """Return a label of a type role (title, lead, strong, quiet, small, caption)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("line", True)
    return made


class Button(QPushButton):
    """A push button that Enter presses as Space does; Qt leaves Enter to the default button, and on a page to nobody."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str, pressed: Callable[[], object], *, kind: str = "", icon: str = "", name: str = "", tip: str = ""
) -> QPushButton:
    """Return a push button of at least :data:`ui.theme.TARGET` pixels with accessible name and object name."""
    made = Button(text)
    made.setMinimumHeight(theme.TARGET)
    if len(text) < 2:
        made.setMinimumWidth(theme.TARGET)
    made.setAutoDefault(False)
    made.setAccessibleName(plain(text))
    if kind:
        made.setProperty("kind", kind)
    if icon:
        made.setIcon(theme.icon(icon, theme.SURFACE if kind == "primary" else theme.INK))
        made.setIconSize(QSize(theme.icon_side(), theme.icon_side()))
    if name:
        made.setObjectName(name)
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: pressed())
    return made


class _Caption(QObject):
    """Puts a label that nobody sees beside a choice, as soon as it has its place."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the show, then be done."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QComboBox) and watched.parentWidget() is not None:
            watched.removeEventFilter(self)
            caption = QLabel(watched.accessibleName(), watched.parentWidget())
            caption.hide()
            caption.setBuddy(watched)
        return False


def called(box: QComboBox, words: str) -> None:
    """Name a choice for a screen reader: on Linux that reads its label; without one it would read what is chosen in it."""
    box.setAccessibleName(words)
    box.installEventFilter(_Caption(box))


def in_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """Return words broken into lines of at most ``width`` pixels, between words or Chinese signs: a button does not wrap."""
    lines: list[str] = []
    for whole in words.split("\n"):
        line_ = ""
        for piece in _PIECES.findall(whole):
            if line_.strip() and metrics.horizontalAdvance(line_ + piece.rstrip()) > width:
                lines.append(line_.rstrip())
                line_ = ""
            line_ += piece
        lines.append(line_.rstrip())
    return "\n".join(lines)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it when the event loop is reached."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def listed(words: Iterable[str]) -> str:
    """Join words as the language does: 、 or a comma."""
    return QCoreApplication.translate("Parts", "、").join(words)


def noted(name: str, words: str) -> str:
    """Say a name and after a colon what belongs to it, as the language does."""
    return QCoreApplication.translate("Parts", "{name}：{words}").format(name=name, words=words)


def pair(caption: str, value: str) -> QWidget:
    """Return a caption over a value, for facts in a grid."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(label(caption, "small"))
    column.addWidget(label(value, wrap=True, select=True))
    return made


class Unfold(QWidget):
    """A line that unfolds more text below it (how a date was counted, a long remark)."""

    def __init__(self, words: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._words = words
        self.switch = Button(words)
        self.switch.setProperty("kind", "link")
        self.switch.setCheckable(True)
        self.switch.setMinimumHeight(theme.TARGET)
        self.switch.setAccessibleName(words)
        self.switch.setIcon(theme.icon("next", theme.ACCENT))
        self.content = content
        content.hide()
        self.switch.toggled.connect(self._turn)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)

    def minimumSizeHint(self) -> QSize:
        """Narrow: long words are broken into lines."""
        found = super().minimumSizeHint()
        return QSize(min(found.width(), self.content.minimumSizeHint().width() or UNFOLD), found.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words where the width ends."""
        super().resizeEvent(event)
        metrics = self.switch.fontMetrics()
        broken = in_lines(self._words, metrics, event.size().width() - UNFOLD_BESIDE)
        if broken != self.switch.text():
            self.switch.setText(broken)
            self.switch.setMinimumHeight(theme.TARGET + metrics.lineSpacing() * broken.count("\n"))

    def _turn(self, shown: bool) -> None:
        self.content.setVisible(shown)
        self.switch.setIcon(theme.icon("down" if shown else "next", theme.ACCENT))
