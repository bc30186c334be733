"""What has the keyboard is seen to have it: every kind of part that a room lets the keyboard into, in both palettes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.start import make_application


def _of(kind, made):
    made.setProperty("kind", kind)
    return made


def _filled(made):
    for n in range(3):
        made.addItem(f"第{n}行")
    return made


def _tabs():
    made = QTabBar()
    for words in ("正文", "各版本"):
        made.addTab(words)
    return made


def _table():
    made = QTableWidget(3, 2)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    return made


PARTS = {
    **{f"button-{kind}": lambda kind=kind: _of(kind, QPushButton("登记")) for kind in ("", "primary", "danger", "flat", "link", "rail")},
    **{f"tool-{kind}": lambda kind=kind: _of(kind, QToolButton(text="打印")) for kind in ("", "primary", "flat")},
    "line": QLineEdit, "text": QPlainTextEdit, "rich": QTextEdit, "choice": QComboBox, "tick": lambda: QCheckBox("是"),
    "radio": lambda: QRadioButton("电话"), "table": _table, "list": lambda: _filled(QListWidget()), "tabs": _tabs, "number": QSpinBox,
    "offset": QDoubleSpinBox, "date": QDateEdit, "slider": lambda: QSlider(Qt.Orientation.Horizontal),
}  # fmt: skip


MARKED = (
    QPushButton, QToolButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QCheckBox, QRadioButton, QAbstractItemView, QTabBar,
    QAbstractSpinBox, QSlider, QDateEdit,
)  # fmt: skip
"""The kinds that are looked at here; rooms may let the keyboard into these, and into what only scrolls by it."""


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dressed(request):
    app = make_application(["focus"])
    family = theme.load_fonts()
    theme.apply(app, family, large=False, dark=request.param)
    yield app
    theme.apply(app, family, large=False, dark=False)


def marked(part):
    """Return how many pixels of a picture of a part have a colour that marks the keyboard."""
    image = part.grab().toImage()
    wanted = {QColor(theme.colour(name)).rgb() for name in ("FOCUS", "RAIL_FOCUS", "RAIL_CHOSEN")}
    return sum(image.pixel(x, y) in wanted for x in range(image.width()) for y in range(image.height()))


def test_what_has_the_keyboard_is_framed(dressed, qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    parts = {name: make() for name, make in PARTS.items()}
    other = QLineEdit()
    for part in (other, *parts.values()):
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    unseen = {}
    for name, part in parts.items():
        other.setFocus()
        before = marked(part)
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        if marked(part) - before < 20:
            unseen[name] = (before, marked(part))
    assert unseen == {}
