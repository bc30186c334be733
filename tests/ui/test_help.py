"""Help where it is wanted: F1 with the rule's words, the guide's page, the sheet of keys on paper, recent cases."""

import json
import re

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

import ui.views
from tests.ui.conftest import register
from ui.guide import START, chapters
from ui.views.page import Page


def words_of(dialog):
    return [one.text() for one in dialog.findChildren(QLabel)]


def test_f1_on_a_case_names_state_dates_and_acts_with_their_rules(driven):
    (case,) = register(driven.program.desk, 1)
    driven.workplace.open_case(case)
    driven.settle()
    driven.bot.keyClick(driven.window, Qt.Key.Key_F1)
    driven.until(lambda: driven.shown("dueDialog") is not None, 30)
    dialog = driven.dialog("dueDialog")
    said, seen = words_of(dialog), driven.program.desk.case(case)
    assert seen.state_name in said
    assert seen.actions and all(any(act.label in one for one in said) for act in seen.actions)
    clock = next(one for one in seen.deadlines if one.state == "open" and one.rule == "M1-TRF-07")
    assert clock.why in said
    assert any(one.startswith("依据：M1-TRF-07　一般投诉当日移送（渝府发〔2010〕59号") for one in said), said
    dialog.accept()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_f1_in_an_act_quotes_every_line_that_goes_by_its_rule(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    (case,) = register(driven.program.desk, 1)
    driven.workplace.open_task(case, "propose-transfer")
    driven.settle()
    act = driven.dialog("act_propose-transfer")
    field = next(iter(act.inputs.values()))
    field.setFocus()
    driven.bot.keyClick(field, Qt.Key.Key_F1)
    driven.until(lambda: driven.shown("ruleDialog") is not None)
    said = words_of(driven.shown("ruleDialog"))
    assert any(one.startswith("M1-TRF-01") for one in said), said
    assert any(("待审批移送" if lang == "zh_CN" else "Transfer awaits approval") in one for one in said), said
    driven.shown("ruleDialog").accept()
    assert act.isVisible(), "what was typed is still there"
    act.reject()


def test_every_page_has_its_chapter_in_both_languages():
    def below(kind):
        return {kind, *(one for sub in kind.__subclasses__() for one in below(sub))}

    for module in (p.stem for p in ui_views()):
        __import__(f"ui.views.{module}")
    pages = {one.__name__ for one in below(Page)} - {"Page"}
    assert len(pages) > 15
    for lang in ("zh_CN", "en"):
        assert pages <= set(chapters(lang)), pages - set(chapters(lang))
        assert START in chapters(lang)
        assert all(text.startswith("# ") and len(text.splitlines()) > 1 for text in chapters(lang).values())
    assert list(chapters("en")) == list(chapters("zh_CN"))


def ui_views():
    from pathlib import Path

    return [p for p in Path(next(iter(ui.views.__path__))).glob("*.py") if p.stem != "__init__"]


def test_f1_without_a_case_opens_the_guide_at_this_page(driven):
    driven.workplace.open_calendar()
    driven.settle()
    driven.key("explain")
    dialog = driven.dialog("guideDialog")
    chapter = dialog.list.currentItem()
    assert chapter.data(Qt.ItemDataRole.UserRole) == "CalendarPage"
    assert "放假安排" in dialog.words.toPlainText()
    dialog.accept()


def test_the_sheet_of_keys_is_a_paper(driven):
    driven.key("shortcuts")
    sheet = driven.dialog("shortcutSheet")
    sheet.findChild(QPushButton, "sheetPrint").click()
    driven.until(lambda: driven.shown("paperDialog") is not None and driven.shown("paperDialog")._pdf is not None)
    dialog = driven.shown("paperDialog")
    document = pdfium.PdfDocument(dialog._pdf)
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in document))
    actions = driven.program.actions
    keyed = [name for name, spec in actions.specs.items() if spec.shortcut]
    assert len(keyed) > 40
    for name in keyed:
        key = actions.action(name).shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert re.sub(r"\s", "", actions.plain_words(name) + key) in text, name
    dialog.reject()
    sheet.accept()


def test_cases_opened_last_are_kept_as_ids_and_opened_again(driven, start, home):
    first, second = register(driven.program.desk, 2)
    for case in (first, second, first):
        driven.workplace.open_case(case)
        driven.settle()
    assert driven.program.settings.get("recent.cases")[:2] == [first, second]
    assert json.loads(driven.program.desk.setting("recent.cases"))[:2] == [first, second]
    driven.workplace.open_list("today")
    driven.key("recent")
    dialog = driven.dialog("recentDialog")
    shown = dialog.findChild(QListWidget)
    assert [shown.item(n).data(Qt.ItemDataRole.UserRole) for n in range(2)] == [first, second]
    driven.bot.keyClick(shown, Qt.Key.Key_Down)
    driven.bot.keyClick(shown, Qt.Key.Key_Return)
    driven.settle()
    assert driven.page.case_ref() == second
