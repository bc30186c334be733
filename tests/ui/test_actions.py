"""The registry of actions: keys, tips, names, menus, palette and shortcut sheet, in both languages."""

from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from ui.actions import Actions, plain
from ui.catalogue import LIST_OF_ACTION, MENUS, catalogue, menu_words
from ui.language import Languages
from ui.widgets.command_palette import CommandPalette, ShortcutSheet


@pytest.fixture(params=["zh_CN", "en"])
def actions(request, qapp):
    languages = Languages(QCoreApplication.instance())
    languages.use(request.param)
    yield Actions()
    languages.use("zh_CN")


def test_no_key_is_given_twice_and_every_key_is_one(actions):
    keys = [spec.shortcut for spec in actions.specs.values() if spec.shortcut]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert all(not QKeySequence(key).isEmpty() for key in keys)


def test_every_action_has_words_tip_menu_and_a_unique_mnemonic_in_its_menu(actions):
    for menu in MENUS:
        specs = [spec for spec in actions.specs.values() if spec.menu == menu]
        marks = [spec.words[spec.words.index("&") + 1].upper() for spec in specs]
        assert len(set(marks)) == len(marks), (menu, marks)
        assert all(spec.tip and plain(spec.words) for spec in specs)
    assert {spec.menu for spec in actions.specs.values()} == set(MENUS)
    titles = list(menu_words().values())
    assert len({title[title.index("&") + 1].upper() for title in titles}) == len(MENUS)


def test_actions_tell_their_key_in_the_tip(actions):
    for name, spec in actions.specs.items():
        action = actions.action(name)
        assert action.toolTip().startswith(spec.tip)
        if spec.shortcut:
            assert action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()


def test_english_words_hold_no_chinese_and_chinese_ones_no_untranslated_english(qapp):
    languages = Languages(QCoreApplication.instance())
    languages.use("en")
    english = [plain(spec.words) + spec.tip for spec in catalogue() if spec.id != "language"]
    languages.use("zh_CN")
    assert [words for words in english if any("\u4e00" <= sign <= "\u9fff" for sign in words)] == []


def test_an_action_does_what_it_is_bound_to_and_waits_for_a_case(actions):
    done = []
    actions.bind("slip", lambda: done.append("slip"))
    actions.action("slip").trigger()
    assert done == []
    actions.set_case_open(True)
    actions.action("slip").trigger()
    assert done == ["slip"]


def test_the_palette_finds_a_command_by_some_characters_and_does_it(qtbot, actions):
    done = []
    actions.bind("switch_person", lambda: done.append("switch"))
    palette = CommandPalette(actions)
    qtbot.addWidget(palette)
    palette.show()
    assert palette.list.count() > 20
    palette.box.setText(plain(actions.specs["switch_person"].words))
    assert palette.list.count() == 1
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert done == ["switch"]


def test_the_sheet_lists_every_command_with_its_key(qtbot, actions):
    sheet = ShortcutSheet(actions, lambda: None)
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    for name, spec in actions.specs.items():
        assert actions.plain_words(name) in words
        assert spec.tip in words


def test_list_keys_name_lists_that_exist(actions):
    from liaison_app.words.labels import LISTS

    assert set(LIST_OF_ACTION.values()) <= set(LISTS)
    assert set(LIST_OF_ACTION) <= set(actions.specs)
