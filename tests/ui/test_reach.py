"""Everything can be reached, is big enough, has a name and shows its words whole: both languages, both sizes of type."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from tests.ui.conftest import register
from ui import theme
from ui.models.queue import ICON, KEEP_END
from ui.views.queue_view import CaseTable
from ui.widgets.cells import PAD, SMALLEST
from ui.widgets.layouts import ShortLabel, fitting
from ui.widgets.sheet import BESIDE, Sheet

CASES = [("zh_CN", False), ("zh_CN", True), ("en", False), ("en", True)]
FRAME = 10
"""Border and padding of a field, in pixels (the style sheet)."""
WORK = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def _parts(root):
    """Return what can be worked with, without the inner parts of Qt's own widgets."""
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)
        if widget.isVisibleTo(root) and not inner and not isinstance(widget, QScrollBar):
            yield widget


def _nameless(root):
    return [
        (type(part).__name__, part.objectName())
        for part in _parts(root)
        if isinstance(part, WORK) and not (part.accessibleName() or getattr(part, "text", str)())
    ]


def _small(root):
    return [
        (type(part).__name__, part.objectName(), part.width(), part.height())
        for part in _parts(root)
        if isinstance(part, WORK) and min(part.width(), part.height()) < theme.TARGET
    ]


NUMBER = re.compile(r"\w+-20\d{6}-\d{4}|〔20\d\d〕\d+号")
"""The number of a case or of a paper: it is never left out in part, wherever it stands."""


def _wide(part, words):
    return part.fontMetrics().horizontalAdvance(words)


def _cut(root):
    """Return words that are not whole: clipped, left out with dots, a hint or a choice that its field is too narrow for."""
    found = []
    for part in _parts(root):
        found += [(type(part).__name__, *said) for said in _cut_of(part)]
    return found


def _cut_of(part):
    if isinstance(part, ShortLabel):
        font = fitting(part.font(), part.text(), part.contentsRect().width(), part.LEAST)
        whole = QFontMetrics(font).horizontalAdvance(part.text()) <= part.contentsRect().width()
        if not whole and (NUMBER.search(part.text()) or not part.toolTip()):
            yield "left out", part.text()
    elif isinstance(part, QLabel) and part.text() and part.pixmap().isNull():
        if part.wordWrap():
            if part.height() + 1 < part.heightForWidth(part.width()):
                yield "height", part.text(), part.height(), part.heightForWidth(part.width())
        elif part.width() + 1 < part.sizeHint().width():
            yield "width", part.text(), part.width(), part.sizeHint().width()
    elif isinstance(part, QAbstractButton) and part.text() and part.width() + 1 < part.sizeHint().width():
        yield "width", part.text(), part.width(), part.sizeHint().width()
    elif isinstance(part, QLineEdit) and not part.text() and part.placeholderText():
        if _wide(part, part.placeholderText()) > part.width() - 2 * FRAME and not part.toolTip():
            yield "hint", part.placeholderText(), part.width()
    elif isinstance(part, QComboBox) and not part.isEditable():
        option = QStyleOptionComboBox()
        part.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        inked = part.fontMetrics().boundingRect(part.currentText()).width()  # a full bracket ends in nothing
        if inked > part.style().subControlRect(box, option, field, part).width() + 1:
            yield "choice", part.currentText(), part.width()
    elif isinstance(part, QTabBar):
        if (
            sum(part.tabRect(n).width() for n in range(part.count())) > part.width() + 1
            and not part.usesScrollButtons()
        ):
            yield "tabs", part.width()
    elif isinstance(part, QListWidget):
        for row in range(part.count()):
            for line in part.item(row).text().split("\n"):
                icon = part.iconSize().width() if not part.item(row).icon().isNull() else 0
                room = part.viewport().width() - max(icon, 0) - 2 * FRAME
                if NUMBER.search(line) and not part.wordWrap() and _wide(part, line) > room:
                    yield "line", line, room
                elif part.wordWrap() and any(_wide(part, number) > room for number in NUMBER.findall(line)):
                    yield "number", line, room
    elif isinstance(part, QScrollArea):
        over = part.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff and part.widget() is not None
        if over and part.widget().width() > part.viewport().width() + 1:
            yield "beyond the right edge", part.accessibleName(), part.widget().width(), part.viewport().width()
    elif isinstance(part, CaseTable):
        yield from _cut_cells(part)
    elif isinstance(part, Sheet):
        part.shape_rows()  # what its timer does a moment later
        for column in range(part.columnCount()):
            head = part.horizontalHeaderItem(column)
            if (
                head
                and not part.isColumnHidden(column)
                and part.columnWidth(column) < _wide(part.horizontalHeader(), head.text()) + 16
            ):
                yield "heading", head.text(), part.columnWidth(column)
            for row in range(min(part.rowCount(), 30)):
                item = part.item(row, column)
                for number in NUMBER.findall(item.text()) if item else ():
                    if "-" in number and _wide(part, number) > part.columnWidth(column) - 2 * BESIDE:
                        yield "number", number, part.columnWidth(column)


def _cut_cells(table):
    model = table.model()
    for row in range(min(model.rowCount(), 12)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            words, room = str(index.data() or ""), table.columnWidth(column) - PAD - PAD // 2
            room -= theme.icon_side() + 3 if index.data(ICON) else 0
            font = fitting(table.font(), words, room, SMALLEST)
            if index.data(KEEP_END) and QFontMetrics(font).horizontalAdvance(words) > room:
                yield "number", words, room
            elif not index.data(Qt.ItemDataRole.ToolTipRole) and _wide(table, words) > room:
                yield "no tip", words, room


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{'large' if case[1] else 'normal'}")
def reached(request, start, home):
    lang, large = request.param
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    if large:
        driven.program.use_large_type(True)
        driven.bot.wait(30)
        driven.settle()
    yield driven
    if large:
        theme.apply(driven.program.app, driven.program.look.family, large=False)


def _judge(root):
    assert _nameless(root) == []
    assert _small(root) == []
    assert _cut(root) == []


def _views(driven):
    case = register(driven.program.desk, 3)[0]
    yield "today", lambda: driven.key("list_1")
    yield "queue", lambda: driven.key("list_9")
    yield "case", lambda: driven.workplace.open_case(case)
    yield "register", lambda: driven.key("register")
    yield "import", lambda: driven.key("import")


def test_every_page_is_named_large_enough_and_whole(reached):
    for name, go in _views(reached):
        go()
        reached.settle()
        reached.bot.wait(350)
        reached.settle()
        assert reached.window.minimumSizeHint().width() <= 1366, name
        assert reached.window.minimumSizeHint().height() <= 740, name
        try:
            _judge(reached.window)
        except AssertionError as wrong:
            raise AssertionError(f"{name}: {wrong}") from None


def test_every_window_over_the_pages_is_named_large_enough_and_whole(reached):
    for action, name in (("palette", "commandPalette"), ("shortcuts", "shortcutSheet"), ("about", "aboutDialog")):
        reached.key(action)
        dialog = reached.dialog(name)
        reached.bot.wait(20)
        assert _nameless(dialog) == [], name
        assert _small(dialog) == [], name
        assert _cut(dialog) == [], name
        dialog.close()


def test_the_choice_of_persons_is_named_large_enough_and_whole(reached):
    reached.key("switch_person")
    reached.bot.wait(30)
    _judge(reached.window)


def test_tab_walks_through_every_page_and_comes_back(driven):
    driven.window.activateWindow()
    for action in ("list_1", "list_9", "register"):
        driven.key(action)
        reachable = {
            part for part in _parts(driven.page) if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
        }
        visited, at = set(), driven.page
        for _ in range(400):
            at = at.nextInFocusChain()
            visited.add(at)
        assert {part for part in reachable if part not in visited} == set()


def test_back_and_print_stand_on_every_page(driven):
    for _name, go in _views(driven):
        go()
        driven.settle()
        for tool in ("tool_back", "tool_print"):
            found = driven.window.findChild(QAbstractButton, tool)
            assert found is not None
            assert found.isVisible()


def test_nothing_is_done_by_right_click_only(driven):
    for _name, go in _views(driven):
        go()
        driven.settle()
        policies = {part.contextMenuPolicy() for part in _parts(driven.window)}
        assert Qt.ContextMenuPolicy.CustomContextMenu not in policies
        assert Qt.ContextMenuPolicy.ActionsContextMenu not in policies
