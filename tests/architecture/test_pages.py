"""What the pages name is there: tests, commands with their options, targets of make, files, words and keys of the window."""

import argparse
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from liaison_app.cli import parser
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.short_dates import day_said

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs").glob("*/*.md"))]
SPAN = re.compile(r"`([^`\n]+)`")
GUIDES = {"zh_CN": "“([^”]*)”", "en": '"([^"]*)"'}
ALWAYS = {"Ctrl", "Shift", "Ctrl+A", "Ctrl+C"}
"""Keys that every table and field of Qt has."""


def test_every_test_that_a_page_names_is_there():
    named = {(page.name, *found) for page in PAGES for found in NAMED.findall(page.read_text("utf-8"))}
    assert len(named) > 50
    wrong = []
    for page, file, test in named:
        path = ROOT / file
        if not path.is_file() or (test and f"def {test}(" not in path.read_text("utf-8")):
            wrong.append(f"{page}: {file}::{test}")
    assert wrong == []


def below(words, given):
    """Return the parser that the words of a command lead to; fail at one that it does not know."""
    one = given
    for word in words:
        choices = next((a for a in one._actions if isinstance(a, argparse._SubParsersAction)), None)
        if choices is None:
            return one
        assert word in choices.choices, f"liaison {' '.join(words)}: no {word}"
        one = choices.choices[word]
    return one


def commands(page):
    """Yield each command of ``liaison`` on a page, ``a|b`` written out; ADMIN.md leaves ``liaison server`` out at times."""
    server = below(["server"], parser.build())
    own = next(a for a in server._actions if isinstance(a, argparse._SubParsersAction)).choices
    for span in SPAN.findall(page.read_text("utf-8")):
        words = span.replace("[", "").replace("]", "").split()
        if page.name == "ADMIN.md" and words[0] in own and len(words) > 1:
            words = ["liaison", "server", *words]
        if words[0] not in {"liaison", ".venv/bin/liaison"} or len(words) < 2:
            continue
        at = next((n for n, word in enumerate(words) if "|" in word and not word.startswith("-")), None)
        for one in words[at].split("|") if at is not None else [""]:
            yield [*words[1:at], one, *words[at + 1 :]] if at is not None else words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_that_a_page_names_is_one(page):
    for words in commands(page):
        path = [w for w in words if re.fullmatch(r"[a-z][a-z-]*", w)]
        one = below(path if not words[0].startswith("-") else [], parser.build())
        known = {name for action in one._actions for name in action.option_strings}
        options = {part for word in words if word.startswith("--") for part in word.split("/")}
        assert options <= known, f"liaison {' '.join(words)}: no {sorted(options - known)}"


def test_the_pages_name_commands_at_all():
    found = [words for page in PAGES for words in commands(page)]
    assert len(found) > 50
    assert {"person", "server"} <= {words[0] for words in found}


def test_every_target_of_make_that_a_page_names_is_one():
    targets = set(re.findall(r"(?m)^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8")))
    named = {(page.name, one) for page in PAGES for one in re.findall(r"`make ([a-z-]+)`", page.read_text("utf-8"))}
    assert len(named) > 10
    assert {one for one in named if one[1] not in targets} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [one for one in links if not (page.parent / one).exists()] == []


def plain(words):
    return re.sub(r" ?\(&.\)", "", words or "").replace("&", "").rstrip("…").strip()


@pytest.fixture(scope="module")
def of_the_window():
    """The words of the window: in the Chinese of the source, in the English of the translation."""
    messages = list(ET.parse(ROOT / "resources" / "i18n" / "en.ts").iter("message"))
    return {
        "zh_CN": {plain(m.findtext("source")) for m in messages},
        "en": {plain(m.findtext("translation")) for m in messages},
    }


@pytest.mark.parametrize("lang", list(GUIDES))
def test_every_word_that_the_guide_quotes_stands_in_the_window(lang, of_the_window):
    guide = (ROOT / "docs" / "guide" / f"{lang}.md").read_text("utf-8")
    quoted = [part for said in re.findall(GUIDES[lang], guide) for part in re.split(" ?→ ?", said)]
    assert len(quoted) > 10
    assert [one for one in quoted if one not in of_the_window[lang]] == []


def test_every_way_through_a_menu_that_the_administrators_page_names_is_one(of_the_window):
    ways = re.findall(r"(文件|转到|案件|视图|帮助) → ([一-鿿]+)", (ROOT / "docs" / "ADMIN.md").read_text("utf-8"))
    assert len(ways) >= 3
    from ui.catalogue import catalogue, menu_words

    menus = {name: plain(words) for name, words in menu_words().items()}
    there = {(menus[spec.menu], plain(spec.words)) for spec in catalogue()}
    assert set(ways) <= there


@pytest.mark.parametrize("lang", list(GUIDES))
def test_every_key_and_example_of_the_guide_is_one(lang):
    from ui.catalogue import catalogue

    keys = {spec.shortcut.replace("Return", "Enter") for spec in catalogue()} | ALWAYS
    calendar = bundled()
    for span in SPAN.findall((ROOT / "docs" / "guide" / f"{lang}.md").read_text("utf-8")):
        understood = span in keys or day_said(span, date(2026, 9, 30), calendar) is not None
        assert understood, span
