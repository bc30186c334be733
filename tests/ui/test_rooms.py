"""Every page and every dialog: names for whoever cannot see, whole words, targets, no word left untranslated, nothing too wide."""

import importlib
import pkgutil
import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

import ui
from tests.conftest import NOON
from tests.ui.gallery import Hand, furnish, rooms
from tests.ui.test_focus_seen import MARKED
from tests.ui.test_reach import _cut, _nameless, _parts, _small
from ui.app import Program
from ui.options import Options
from ui.start import make_application

HAN = re.compile("[\u4e00-\u9fff]")
OBJECTS = re.findall(
    r"object: ([^,}]+)", "".join(one.read_text("utf-8") for one in Path("resources/demo").glob("M1.*.yaml"))
)
DATA = re.compile(
    "〔|-20\\d{6}-|周敏|许国强|何建平|段辉|𬱖|现场|饭店|工地|市|区|街道|镇|中文|法|通知|一、元旦|您好|KTV|机械厂|装修|宾馆|火锅店|豆腐坊|渣土车|联络员|局长|科长|主任|值班|督查员|监督员"
    + "".join(f"|{re.escape(one)}" for one in OBJECTS)
)
"""Chinese words that are data in any language: numbers, people, places, objects, clauses."""
SCREEN = (1366, 768)
ELSEWHERE = {
    "PaperFormDialog", "AgendaDialog", "CorrectionsDialog", "EntryDialog", "ReceiveDialog", "ChangeSecretDialog",
    "NewSheetDialog", "AttachedPdf", "CodeDialog", "RevokeDialog", "PublishDialog",
}  # fmt: skip
"""Dialogs that need a shared database, a frozen period or a paper with blanks: the tests of these open them."""


@pytest.fixture(params=[("en", True, True), ("zh_CN", False, True)], ids=["en-dark-large", "zh-large"])
def walked(request, qtbot, tmp_path, monkeypatch):
    from ui import app as program_module

    monkeypatch.setattr(program_module, "install_crash_handler", lambda folder, shown: None)
    lang, dark, large = request.param
    app = make_application(["rooms"])
    cases = furnish(tmp_path / "desk")
    program = Program(app, Options(tmp_path / "desk", True, "p-zhoumin", lang, NOON + timedelta(minutes=30)))
    hand = Hand(program)
    program.start()
    program.window.resize(*SCREEN)
    hand.until(lambda: hand.workplace is not None)
    hand.settle()
    if dark:
        program.use_dark(True)
        hand.settle()
    if large:
        program.use_large_type(True)
        hand.settle()
    yield hand, cases, lang
    program.window.close()
    program.close()
    program.languages.use("zh_CN")
    from ui import theme

    theme.apply(app, program.look.family, large=False)
    for widget in app.topLevelWidgets():
        widget.deleteLater()


def words_of(root):
    """Yield the words that the program itself puts on a room: buttons, tabs, heads, hints, names, titles."""
    yield root.windowTitle()
    for part in root.findChildren(QWidget):
        if not part.isVisibleTo(root):
            continue
        yield part.accessibleName()
        if isinstance(part, QAbstractButton):
            yield part.text()
        elif isinstance(part, QLineEdit | QPlainTextEdit):
            yield part.placeholderText()
        elif isinstance(part, QComboBox):
            yield from (part.itemText(n) for n in range(part.count()))
        elif isinstance(part, QTabBar):
            yield from (part.tabText(n) for n in range(part.count()))
        elif isinstance(part, QHeaderView) and part.orientation() == Qt.Orientation.Horizontal:
            yield from (str(part.model().headerData(n, part.orientation()) or "") for n in range(part.count()))


def _mute(root):
    """Return choices that a screen reader would call by what is chosen in them: on Linux it asks for their label."""
    boxes = [part for part in root.findChildren(QComboBox) if part.isVisibleTo(root)]
    asked = [(box, QAccessible.queryAccessibleInterface(box).relations()) for box in boxes]
    return [
        box.objectName() or box.accessibleName()
        for box, told in asked
        if not any(r[1] == QAccessible.RelationFlag.Label for r in told)
    ]


def dialog_classes():
    """Return the names of every dialog of the window; what others are made from does not count."""
    for _, name, _ in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(name)
    found, waiting = {}, [QDialog]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("ui."):
                found[one.__name__] = bool(one.__subclasses__())
    return {name for name, base in found.items() if not base}


def reacting(hand, root):
    """Return fields that react while an input method composes in them: text, signals and searches must wait for its end."""
    found = []
    for field in root.findChildren(QWidget):
        if (
            not isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)
            or not field.isVisibleTo(root)
            or not field.isEnabled()
        ):
            continue
        if field.isReadOnly():
            continue
        text, heard = field.text if isinstance(field, QLineEdit) else field.toPlainText, []
        before, still = text(), hand.program.bridge.idle
        field.textChanged.connect(lambda *_words, heard=heard: heard.append(1))
        for composed in ("n", "nihao", "ni hao"):
            QApplication.sendEvent(field, QInputMethodEvent(composed, []))
        if heard or text() != before or (still and not hand.program.bridge.idle):
            found.append((type(field).__name__, field.objectName() or field.accessibleName(), len(heard)))
        QApplication.sendEvent(field, QInputMethodEvent("", []))
    return found


def unreachable(root):
    """Return what can be worked with by the mouse and never gets the keyboard."""
    chain, at = set(), root
    for _ in range(2000):
        at = at.nextInFocusChain()
        if at in chain:
            break
        chain.add(at)
    wanted = [p for p in _parts(root) if isinstance(p, QAbstractButton | QLineEdit | QComboBox) and p.isEnabled()]
    return [
        (type(p).__name__, p.objectName())
        for p in wanted
        if p.focusPolicy() == Qt.FocusPolicy.NoFocus or p not in chain
    ]


def test_every_room_is_named_whole_reachable_and_in_one_language(walked):
    hand, cases, lang = walked
    wrong = {}
    seen, opened = set(), set()
    for name, root in rooms(hand, cases):
        seen.add(name)
        opened.add(type(root).__name__)
        if _cut(root):
            hand.wait(800)  # a slow machine may not have laid out what came last
        found = {
            "nameless": _nameless(root),
            "choices without a label": _mute(root),
            "reacts to half-composed text": reacting(hand, root),
            "no mark of the keyboard": [
                (type(p).__name__, p.objectName())
                for p in _parts(root)
                if p.focusPolicy() & Qt.FocusPolicy.TabFocus
                and p.focusProxy() is None
                and not isinstance(p, (*MARKED, QTabWidget, QAbstractScrollArea))
            ],
            "small": _small(root),
            "cut": _cut(root),
            "unreachable": unreachable(root),
            "beyond the screen": [(root.width(), root.height())]
            if root.width() > SCREEN[0] or root.height() > SCREEN[1] or root.minimumSizeHint().width() > SCREEN[0]
            else [],
            "untranslated": sorted(
                {w for w in words_of(root) if lang == "en" and HAN.search(w) and not DATA.search(w)}
            ),
        }
        if isinstance(root, QDialog) and QApplication.focusWidget() is None and root.isActiveWindow():
            found["no focus"] = [root.objectName()]
        wrong |= {(name, what): said for what, said in found.items() if said}
    assert wrong == {}, "\n".join(f"{key}: {said}" for key, said in wrong.items())
    assert len(seen) > 100
    assert dialog_classes() - opened - ELSEWHERE == set()
