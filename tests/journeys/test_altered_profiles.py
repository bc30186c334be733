"""A profile file that someone altered wrongly is refused by name, and the program goes on without it (a copied tree)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from liaison_app.desk import opening
from liaison_app.mechanism import copies
from liaison_app.mechanism.profile import bundled_text, load_profile, parse, read_profile, stamps

SCRIPT = "import sys; from liaison_app.cli.main import main; sys.exit(main(sys.argv[1:]))"
WRONG = ("unit: WD, amount: 15, ", "unit: WD, amount: 0, ")
"""A mistake of content, not of shape: only the search for doubts finds it."""


@pytest.fixture
def tree(tmp_path):
    """A copy of the program's data that a test may alter, and the command line over it."""
    here = Path(resources.__file__).parent
    shutil.copytree(here, tmp_path / "resources", ignore=shutil.ignore_patterns("__pycache__"))
    return Tree(tmp_path, here.parent)


class Tree:
    def __init__(self, folder, source):
        self.folder = folder
        cache = {"XDG_CACHE_HOME": str(folder / "cache")}
        self.env = {**os.environ, **cache, "PYTHONPATH": f"{folder}{os.pathsep}{source}"}

    def alter(self, name, old, new):
        path = self.folder / "resources" / "mechanisms" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        return text[: text.index(old)].count("\n") + 1

    def run(self, code, *words):
        return subprocess.run(
            [sys.executable, "-c", code, *words], cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120
        )  # fmt: skip

    def liaison(self, *words, home="h"):
        done = self.run(SCRIPT, "--home", str(self.folder / home), "--json", *words)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, json.loads(done.stdout or done.stderr)


def test_the_others_work_and_the_wrong_one_is_named(tree):
    line = tree.alter("M1", *WRONG)
    code, listed = tree.liaison("mechanisms")
    assert code == 0
    by_id = {one["id"]: one for one in listed}
    assert (by_id["M1"]["invalid"][0]["file"], by_id["M1"]["invalid"][0]["line"]) == ("M1.yaml", line)
    assert [i for i, one in by_id.items() if "invalid" in one] == ["M1"]
    assert tree.liaison("init", "--mechanism", "M2", "--demo", home="m2")[0] == 0
    code, said = tree.liaison("init", "--mechanism", "M1", "--demo", home="m1")
    assert (code, said["error"], said["details"]["line"]) == (1, "profile_invalid", line)
    assert "M1.yaml" in said["message"]
    assert not (tree.folder / "m1").exists()


def test_a_desk_that_holds_its_text_opens_all_the_same(tree):
    assert tree.liaison("init", "--mechanism", "M1", "--demo")[0] == 0
    tree.alter("M1", *WRONG)
    code, found = tree.liaison("case", "list")
    assert (code, bool(found["items"])) == (0, True)
    assert tree.liaison("rebuild", "--check")[1]["equal"]


WINDOW = """
import sys, time
from pathlib import Path
from ui import app as program_module
app = program_module.make_application(["test"])
home, demo = Path(sys.argv[1]), sys.argv[2] == "demo"
program = program_module.Program(app, program_module.Options(home=home, demo=demo, person="p-zhoumin", lang="zh_CN"))
said = []
program.notify = said.append
program.start()
end = time.monotonic() + 60
while time.monotonic() < end:
    app.processEvents()
    time.sleep(0.005)
    if demo and said:
        print("工作台", program.window.workplace is not None, *said)
        break
    founding = program.window.founding
    if not demo and founding is not None and program.bridge.idle:
        founding.show_page("form")
        app.processEvents()
        page = founding.page
        print([page.mechanism.itemData(i) for i in range(page.mechanism.count())], page.left_out.text())
        break
program.window.close()
program.close()
"""


def test_the_window_opens_and_says_which_is_left_out(tree):
    assert tree.liaison("init", "--mechanism", "M1", "--demo")[0] == 0
    line = tree.alter("M4", "start: [liaison-changed]", "start: []")
    done = tree.run(WINDOW, str(tree.folder / "h"), "demo")
    assert done.returncode == 0, done.stderr
    assert "工作台 True" in done.stdout
    assert "M4.yaml" in done.stdout
    assert f"第{line}行" in done.stdout
    done = tree.run(WINDOW, str(tree.folder / "none"), "alone")
    assert done.returncode == 0, done.stderr
    assert "'M1'" in done.stdout
    assert "'M4'" not in done.stdout
    assert "M4.yaml" in done.stdout


def test_a_desk_of_an_earlier_program_refuses_safely(tree):
    """Its journal holds no text: it goes by the file, and stays closed while that is wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "bundled_text", lambda _name: b"")
        opening.found_demo(tree.folder / "h")
    before = (tree.folder / "h" / "replica.db").read_bytes() if (tree.folder / "h" / "replica.db").exists() else b""
    line = tree.alter("M1", *WRONG)
    code, said = tree.liaison("case", "list")
    assert (code, said["error"], said["details"]["file"]) == (4, "desk_profile_invalid", "M1.yaml")
    assert f"第{line}行" in said["message"]
    code, said = tree.liaison("--lang", "en", "case", "list")
    assert f"line {line}" in said["message"]
    tree.alter("M1", *reversed(WRONG))
    assert tree.liaison("case", "list")[0] == 0
    assert before == b"" or (tree.folder / "h" / "replica.db").exists()


def test_an_alteration_that_is_right_is_taken(tree):
    tree.alter("M1", "unit: WD, amount: 15, ", "unit: WD, amount: 16, ")
    code, listed = tree.liaison("mechanisms")
    assert code == 0
    assert [one for one in listed if "invalid" in one] == []


def test_broken_yaml_and_a_lost_list_of_stamps_are_no_matter_to_the_others(tree):
    tree.alter("M4", "meta:", "meta: [")
    (tree.folder / "resources" / "mechanisms" / "checked.json").unlink()
    by_id = {one["id"]: one for one in tree.liaison("mechanisms")[1]}
    assert [i for i, one in by_id.items() if "invalid" in one] == ["M4"]


def test_every_file_is_stamped_and_clean():
    assert sorted(stamps()) == [f"{name}.yaml" for name in sorted(n[:-5] for n in stamps())]
    for file in stamps():
        assert load_profile(file[:-5]) == parse(bundled_text(file[:-5]), file)[0]


# -- compiled copies ----------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "folder", lambda: tmp_path / "cache" / "profiles")
    read_profile.cache_clear()
    yield tmp_path / "cache" / "profiles"
    read_profile.cache_clear()


def again(text):
    read_profile.cache_clear()
    return read_profile(text, "x")


def test_a_copy_says_the_same_and_is_used(cache, monkeypatch):
    text = bundled_text("M1")
    first = again(text)
    (copy,) = cache.iterdir()
    monkeypatch.setattr("yaml.load", lambda *_a, **_k: pytest.fail("the text was read again"))
    assert again(text) == first
    assert copy.stat().st_size > 50_000


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other", "json"])
def test_a_damaged_copy_is_ignored_and_made_anew(cache, damage):
    text = bundled_text("M4")
    first = again(text)
    (copy,) = cache.iterdir()
    whole = copy.read_bytes()
    again(bundled_text("M2"))
    other = next(p for p in cache.iterdir() if p != copy).read_bytes()
    at = len(whole) // 2
    copy.write_bytes({
        "cut": whole[:at], "flip": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], "empty": b"", "other": other,
        "json": b"{}",
    }[damage])  # fmt: skip
    assert again(text) == first
    assert copy.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_matter(cache):
    cache.parent.mkdir()
    cache.write_bytes(b"a file where the folder should be")
    assert again(bundled_text("M4")).meta.id == "M4"
    assert cache.is_file()


def test_what_a_copy_cannot_say_is_not_copied(cache):
    """A moment without a zone has no place in it: such a text is read each time, so that nothing is judged otherwise."""
    text = (
        "meta: {id: X, name: 名, name_en: X, version: '1'}\nposts: [{id: A, name: 甲, en: A}]\n"
        "facts: [{id: since, ask: 何时, en: Since, type: date}]\n"
        "routing: [{row: R1, when: {since: {from: 2020-01-01 10:00:00}}, lead: A, clauses: [一], rules: [X-1]}]\n"
    ).encode()
    first = again(text)
    assert not cache.exists() or list(cache.iterdir()) == []
    assert again(text) == first
    dated = text.replace(b" 10:00:00", b"")
    assert again(dated) == again(dated)
    assert len(list(cache.iterdir())) == 1


def test_copies_do_not_pile_up(cache, monkeypatch):
    monkeypatch.setattr(copies, "MOST", 2)
    for name in ("M2", "M3", "M4", "M5"):
        again(bundled_text(name))
    assert len(list(cache.iterdir())) == 2
