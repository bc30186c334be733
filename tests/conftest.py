"""Desks for tests: real replicas in a folder of their own, with a stated clock."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, database=None, print_blob=True, deadline=None)
settings.register_profile("soak", database=None, print_blob=True, deadline=None)
settings.load_profile(os.environ.get("LIAISON_HYPOTHESIS", "house"))
"""The same examples in every run of the suite; ``make soak`` draws new ones."""
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOON = datetime.fromisoformat("2026-09-30T09:08:00+08:00")
LONG = (
    "sync/test_model.py", "unit/test_changing_rules.py", "sync/test_faults_versions.py", "unit/test_effects.py", "sync/test_rows.py",
    "unit/test_walk.py", "unit/test_indicators.py", "sync/test_faults_line.py", "sync/test_faults_desk.py", "sync/test_soak.py",
    "sync/test_attacks.py", "ui/test_hands.py", "ui/test_reply_pages.py", "journeys/test_versions.py", "unit/test_indicators_beside.py",
    "unit/test_ledger_walk.py", "sync/test_rows_records.py", "journeys/test_other_mechanisms.py", "store/test_kill.py",
)  # fmt: skip
"""Files that take longest: they begin first, so that no worker is left with one of them when the others are done."""
NIGHT_NOISE = {
    "medium": "noise", "source": "construction", "project_class": "building", "construction_cause": "machinery",
    "at_night": True, "serious_noise": True,
}  # fmt: skip
CALL = {
    "object": "锦绣名城工地", "content": "半夜打桩，一家人睡不着", "place": "望江街道滨河路8号", "complainant_name": "王喆堃",
    "complainant_address": "滨河路10号", "contact": "13900000001", "facts": NIGHT_NOISE,
}  # fmt: skip


def pytest_collection_modifyitems(items):
    """Put the long files before the others; each file keeps the order of its tests."""
    place = {name: n for n, name in enumerate(LONG)}
    folder = Path(__file__).parent
    items.sort(key=lambda item: place.get(item.path.relative_to(folder).as_posix(), len(LONG)))


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A demo desk founded once; tests get copies of it."""
    from liaison_app.desk.opening import found_demo

    home = tmp_path_factory.mktemp("founded") / "desk"
    found_demo(home)
    return home


@pytest.fixture
def home(tmp_path, founded):
    return Path(shutil.copytree(founded, tmp_path / "desk"))


@pytest.fixture
def desk(home):
    from liaison_app.desk.opening import open_desk

    opened = open_desk(home, person="p-zhoumin", now=NOON)
    yield opened
    opened.close()
