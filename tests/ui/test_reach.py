"""Everything can be reached, is big enough, has a name and shows its words whole: both languages, both sizes of type."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from tests.ui.conftest import register
from ui import theme
from ui.widgets.layouts import ShortLabel

CASES = [("zh_CN", False), ("zh_CN", True), ("en", False), ("en", True)]
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


def _cut(root):
    found = []
    for part in _parts(root):
        if isinstance(part, QLabel) and not isinstance(part, ShortLabel) and part.text() and part.pixmap().isNull():
            if part.wordWrap():
                if part.height() + 1 < part.heightForWidth(part.width()):
                    found.append(("height", part.text(), part.height(), part.heightForWidth(part.width())))
            elif part.width() + 1 < part.sizeHint().width():
                found.append(("width", part.text(), part.width(), part.sizeHint().width()))
        elif isinstance(part, QAbstractButton) and part.text() and part.width() + 1 < part.sizeHint().width():
            found.append(("width", part.text(), part.width(), part.sizeHint().width()))
    return found


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
