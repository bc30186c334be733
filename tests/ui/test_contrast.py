"""Both palettes: text at least 4.5:1 on its ground, edges and focus 3:1, every pair known, no colour kept from import time."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui import theme

SOURCES = sorted(Path(theme.__file__).parent.rglob("*.py"))


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def palette(request):
    theme.use(dark=request.param)
    yield
    theme.use(dark=False)


def _light(name):
    parts = (QColor(theme.colour(name)).getRgbF())[:3]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one, other):
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_text_stands_out_from_its_ground(palette):
    assert {
        (ink, ground): round(ratio(ink, ground), 2) for ink, ground in theme.PAIRS if ratio(ink, ground) < 4.5
    } == {}


def test_edges_and_focus_stand_out(palette):
    assert {pair: round(ratio(*pair), 2) for pair in theme.MARKS if ratio(*pair) < 3} == {}


def test_every_pair_in_the_sheet_and_in_the_views_is_one_that_is_measured():
    found = set()
    for _, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", theme._SHEET):
        ink, ground = re.search(r"(?<![-\w])color: @(\w+)@", rule), re.search(r"background: @(\w+)@", rule)
        if ink and ground:
            found.add((ink[1], ground[1]))
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"theme\.([A-Z_]+),\s*theme\.([A-Z_]*(?:SOFT|GROUND|SURFACE|RAISED))\b", text))
        found |= {(b, a) for a, b in re.findall(r'"(\w*SOFT|SURFACE|RAISED)", "([A-Z_]+)", (?:True|False)', text)}
    assert len(found) > 12
    assert found - set(theme.PAIRS) == {("SURFACE", "OFF"), ("FADED", "RAISED")}, (
        "what cannot be pressed may be faint, nothing else"
    )


def test_colours_are_named_in_one_file_and_asked_for_when_they_are_needed():
    kept = []
    for path in SOURCES:
        if path.name == "theme.py":
            continue
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"[\"' ]#[0-9a-fA-F]{6}\b", text) == [], path.name
        tree = ast.parse(text)
        inside = {
            id(n)
            for f in ast.walk(tree)
            if isinstance(f, ast.FunctionDef | ast.Lambda)
            for b in _body(f)
            for n in ast.walk(b)
        }
        kept += [
            (path.name, n.attr)
            for n in ast.walk(tree)
            if isinstance(n, ast.Attribute) and n.attr in theme.LIGHT and id(n) not in inside
        ]
    assert kept == []


def _body(function):
    return function.body if isinstance(function.body, list) else [function.body]
