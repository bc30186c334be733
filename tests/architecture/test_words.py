"""Every word has its English; every refusal its sentence; every act and list its label."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from liaison_app.domain.commands import COMMANDS
from liaison_app.mechanism.profile import load_profile
from liaison_app.words.errors import SENTENCES
from liaison_app.words.labels import ACTIONS, FIELDS, LISTS

ROOT = Path(__file__).resolve().parents[2]


def test_every_source_string_of_the_window_has_an_english_text(tmp_path):
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    files = sorted(str(p) for p in (ROOT / "ui").rglob("*.py"))
    subprocess.run([tool, *files, "-ts", tmp_path / "new.ts"], check=True, capture_output=True)
    wanted = {m.findtext("source") for m in ElementTree.parse(tmp_path / "new.ts").iter("message")}
    done = {
        m.findtext("source")
        for m in ElementTree.parse(ROOT / "resources" / "i18n" / "en.ts").iter("message")
        if m.findtext("translation") and m.find("translation").get("type") is None
    }
    assert wanted
    assert wanted - done == set()


def test_every_refusal_has_its_sentence_in_both_languages():
    text = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "liaison_app").rglob("*.py"))
    raised = set(
        re.findall(
            r'(?:RuleBroken|StoreError|SecurityRefusal|IntakeError|LinkLost|LinkRefused|SyncBroken)\(\s*"([a-z0-9_]+)"',
            text,
        )
    )
    assert len(raised) > 50
    assert raised - set(SENTENCES) == set()
    guards = load_profile("M1").guards
    own = {f for g in guards for f in (*g.needs, *g.forbids) if "=" not in f}  # a reading has words of its own
    flags = {f"needs_{f}" for g in guards for f in g.needs if f in own}
    flags |= {f"already_{f}" for g in guards for f in g.forbids if f in own}
    assert {f for f in flags if f not in SENTENCES} - {"needs_incomplete"} == set()
    assert {b.code for b in load_profile("M1").forbidden} <= set(SENTENCES)
    assert all(zh and en for zh, en in SENTENCES.values())


def test_every_act_field_and_list_has_a_label():
    guards = load_profile("M1").guards
    assert {g.action for g in guards} <= set(ACTIONS)
    assert set(COMMANDS) <= set(ACTIONS)
    assert {f for g in guards for f in (*g.fields, *g.optional)} <= set(FIELDS)
    assert all(zh and en for zh, en in LISTS.values())


ALWAYS_MANY = {"{days} days", "{n} minutes", "{0} days", "{1} points", "{0} hands"}
"""Never one: a choice of 30 or 90 days, of 5 minutes or more, marked from the fourth day; points of a share; a person who hands over."""
COUNTED = re.compile(
    r"\{(?:\d|n|count|days|tried|rows|of)\} (?:more |open |new |other )?[a-z]+s\b(?<! is)(?<! was)(?<! has)"
)


def test_english_counts_in_words_that_are_right_for_one_and_for_many():
    window = [
        m.findtext("translation") or ""
        for m in ElementTree.parse(ROOT / "resources" / "i18n" / "en.ts").iter("message")
    ]
    found = {said for text in (*window, *(en for _zh, en in SENTENCES.values())) for said in COUNTED.findall(text)}
    assert COUNTED.findall("{count} cases wait") == ["{count} cases"]
    assert found - ALWAYS_MANY == set()
