"""What is wrong in a profile is said in the user's language: every sentence that a check composes has its Chinese and code."""

import ast
import re
from pathlib import Path

import pytest

import liaison_app.mechanism as mechanism
from liaison_app.cli.main import main
from liaison_app.words.errors import localised
from liaison_app.words.finding_words import read, shown
from tests.unit.test_mistakes import GOOD, MISTAKES

CHECKS = ("doubts", "guard_doubts", "record_doubts", "indicator_doubts", "suggesting", "profile")
NUMBERS = {"len(text) // 1000": "7", "LARGEST // 1000": "9", "MOST_NODES": "3", "above": "4"}


def _text(node):
    """Return a sentence as composed, its parts filled with a word, None for what is no sentence."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [
        p.value if isinstance(p, ast.Constant) else "an office" if ast.unparse(p.value) == "what" else
        " (甲, 乙)" if ast.unparse(p.value) == "few" else NUMBERS.get(ast.unparse(p.value), "甲")
        for p in node.values
    ]  # fmt: skip
    return "".join(parts)


def composed():
    """Yield every sentence that a check yields or hands to a finding."""
    for name in CHECKS:
        tree = ast.parse((Path(mechanism.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        inner = {
            id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in ast.walk(n) if part is not n
        }
        for node in ast.walk(tree):
            found = []
            if isinstance(node, ast.Yield | ast.YieldFrom) and node.value:
                found = [] if ast.unparse(node.value).startswith("_unknown(") else [node.value]
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"Finding", "wrong.append"}:
                found = node.args
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "_unknown":
                yield from (f"{_text(a)} instead of 甲" for a in node.args[1:2] if _text(a))
            for one in found:
                for part in ast.walk(one):
                    words = None if id(part) in inner else _text(part)
                    if words and " " in words and not re.fullmatch(r"\w+\[甲\].*|, | \(.*", words):
                        yield words


def test_every_sentence_of_a_check_has_its_chinese_and_a_code():
    said = sorted(set(composed()))
    assert len(said) > 100
    without = [(words, read(words)) for words in said if read(words)[0] == "other"]
    assert not without
    english = [
        (words, read(words)[1]) for words in said if re.search(r"\b(a|an|the|of|instead|profile)\b", read(words)[1])
    ]
    assert not english


@pytest.mark.parametrize(("good", "bad", "where", "expected"), MISTAKES)
def test_a_mistake_is_told_in_both_languages_with_its_place(good, bad, where, expected, tmp_path, capsys):
    import json

    path = tmp_path / "x.yaml"
    path.write_text(GOOD.replace(good, bad), encoding="utf-8")
    told = {}
    for lang in ("zh_CN", "en"):
        assert main(["--lang", lang, "mechanisms", "--check", str(path)]) == 1
        told[lang] = json.loads(capsys.readouterr().err)
    zh, en = (told[lang]["details"]["findings"] for lang in ("zh_CN", "en"))
    assert [f["code"] for f in zh] == [f["code"] for f in en] and "other" not in {f["code"] for f in zh}
    assert any(expected in f["expected"] for f in en)
    for one in zh:
        assert re.search(r"[\u4e00-\u9fff].*；|请", one["expected"]), "what is wrong, and the cure"
        assert one["place"].startswith(f"第{one['line']}行")
    assert zh[0]["place"] in told["zh_CN"]["message"] and zh[0]["expected"] in told["zh_CN"]["message"]
    assert not re.search(r"[\u4e00-\u9fff]", told["en"]["message"].replace(bad, "")) or re.search(
        r"[\u4e00-\u9fff]", bad
    )


def test_the_place_names_part_row_and_what_the_row_is_called():
    finding = {
        "file": "x",
        "line": 9,
        "path": "routing[3].when",
        "expected": "a fact of this profile instead of x",
        "name": "N-04",
    }
    assert shown(finding, "zh_CN")["place"] == "第9行，决定表第4行（N-04）的条件"
    assert shown(finding, "en")["place"] == "line 9: table, row 4 (N-04), conditions"
    assert shown({"line": 1, "path": "", "expected": "text in UTF-8"}, "zh_CN")["place"] == "第1行"
    assert localised({"value": 1}, "en") == {"value": 1}
