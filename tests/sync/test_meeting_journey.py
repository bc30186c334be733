"""A quarter's meeting from the empty form to the next agenda: a real window without a line, a kill, four desks, a server."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from liaison_app.desk.candidates import first_agenda
from liaison_app.desk.meeting_calendar import followed, meetings_due
from liaison_app.desk.meeting_room import composed, room
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import SECRET, Seat

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2026-09-30T10:10:00+08:00")
PEOPLE = {"COMMERCE": "p-zhoumin", "MUNI": "p-gaoyuan", "C12369": "p-liuyang"}


@pytest.fixture
def seats(tmp_path, district):
    """The coordinator behind a line that can be cut, and three departments."""
    proxy = Proxy(district.cluster.port)
    made = {"EPB": Seat(tmp_path / "EPB", district, "p-zhaowenjing", proxy.port)}
    made |= {body: Seat(tmp_path / body, district, person) for body, person in PEOPLE.items()}
    yield made, proxy
    for seat in made.values():
        seat.close()
    proxy.stop()


def at(seats, words):
    for seat in seats.values():
        if seat.desk is not None:
            seat.desk._stated = datetime.fromisoformat(f"{words}:00+08:00")


def quarter(seat):
    """Register eight cases of the summer that nobody accepted in time."""
    for n in range(8):
        case = seat.act(
            "new", "register", **{**CALL, "object": f"{n + 1}号工地", "place": f"望江街道滨河路{n + 40}号"}
        ).case
        seat.act(case, "propose-transfer")
        seat.act(case, "approve", road="telephone", leader="p-hejianping", words="同意", number="1")
        seat.act(case, "transfer", method="fax")
        seat.act(case, "deliver", confirmed_by="值班员", evidence="传真回执")


def work(home, until, lang, part="meeting", now=NOW):
    """Let the hand work in the real window; kill it with signal 9 once it says so; return what it told."""
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", sys.executable, "-m", "tests.ui.meeting_hand"]
    env = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    told = {}
    given = [str(home), SECRET, now.isoformat(), os.environ.get("LIAISON_PICTURES", ""), lang, part]
    child = subprocess.Popen(
        [*command, *given],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        while until not in told:
            line = child.stdout.readline()
            if not line:
                raise AssertionError(child.stderr.read()[-3000:])
            if line.startswith("{"):
                told |= json.loads(line)
    finally:
        os.killpg(child.pid, signal.SIGKILL)  # the window and its display, as a power cut takes both
        child.wait()
        child.stdout.close()
        child.stderr.close()
    return told


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="needs xvfb (installer/system-packages.sh tests)")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_quarters_meeting_and_what_comes_of_it(seats, lang):
    """M1-MTG-01, M1-MTG-05, OFFICE-B10, OFFICE-C14."""
    desks, proxy = seats
    epb = desks["EPB"]
    at(desks, "2026-08-17T09:00")
    quarter(desks["COMMERCE"])
    desks["COMMERCE"].sync()
    epb.sync()
    epb.close()
    proxy.closed = True  # no line all day
    told = work(epb.home, "typing", lang)
    print(lang, told)
    assert told["prepared"] < 40 and told["pages"] > 10, told
    epb.open()
    at(desks, "2026-09-30T16:40")
    ref, desk = told["record"], epb.desk
    items = room(desk, ref).items
    assert len(items) == 8
    assert [(len(i.points), len(i.decisions)) for i in items] == [(1, 1)] * 8, "nothing noted is lost"
    assert [d.fields["words"] for d in desk.drafts() if d.fields.get("meeting") == ref] == ["还没说完的一句"]
    assert desk.verify().ok and desk.rebuild(check=True).equal
    text = composed(desk, ref)
    assert "（八）" in text and text.count("会议议定") == 8
    epb.close()
    proxy.closed = False
    issued = work(epb.home, "issued", lang, "minutes", NOW.replace(hour=16, minute=40))
    print(lang, issued["issued"])
    assert issued["text"] == text, "the form of the minutes begins with what was noted"
    epb.open()
    at(desks, "2026-09-30T16:50")
    desk = epb.desk
    epb.sync()
    assert desk.record(ref).state == "PUB"
    assert desk.sync_state().waiting == 0 and not desk.conflicts()
    for body in PEOPLE:
        desks[body].sync()
        mine = [t.title for t in desks[body].desk.today() if t.record_id == ref]
        assert mine and all(title.startswith("办结第") for title in mine), body
    first = next(d for i in items for d in i.decisions if d.lead == "COMMERCE")
    report = {"of": first.line, "how": "finished", "words": "已办结并复核"}
    desks["COMMERCE"].desk.step_record(ref, "progress", {"lines": {"progress": [report]}})
    desks["COMMERCE"].sync()
    at(desks, "2026-10-20T09:00")
    epb.sync()
    states = {f.what: f.state for f in followed(desk, "2026-Q4")}
    late = next(d.what for i in items for d in i.decisions if d.lead == "MUNI")
    assert (states[first.what], states[late]) == ("reported", "late"), "one reports, one lets its date pass"
    back = [line["item"] for line in first_agenda(desk, "meeting/joint")]
    assert sum(late in item for item in back) == 1 and sum("办结第" in item for item in back) == 8, (
        "the next agenda has them"
    )
    fourth = next(m for m in meetings_due(desk) if m.period == "2026-Q4" and m.kind == "meeting/joint")
    assert not fourth.record_id and fourth.due[:10] == "2026-12-31"
