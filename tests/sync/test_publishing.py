"""A version of the mechanism published at the server: every desk gets its text and goes by it from its day."""

import datetime
import json

import pytest

from liaison_app.cli.main import main
from liaison_app.desk import rules as desk_rules
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.domain.moments import CHINA
from liaison_app.mechanism.profile import bundled_text, invalid
from liaison_app.sync import server
from tests.journeys.test_versions import RETAIL, SHORTER, days, text_of
from tests.sync.seats import Seat

CHIEF = Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))


@pytest.fixture
def seats(tmp_path, district):
    with district.boss() as boss:
        server.enter_people(boss, [CHIEF])
    made = [Seat(tmp_path / "a", district, "p-zhoumin"), Seat(tmp_path / "b", district, "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


@pytest.fixture
def publish(district, tmp_path, capsys):
    def run(text, *words):
        file = tmp_path / "new.yaml"
        file.write_bytes(text)
        code = main(["server", "profile", str(file), "--url", district.url(), "--json", *words])
        said = capsys.readouterr()
        return code, json.loads((said.out if code == 0 else said.err).strip().splitlines()[-1])

    return run


def words(day="", person="周敏", reason="区府办〔2026〕12号"):
    day = day or datetime.datetime.now(CHINA).date().isoformat()
    return ("--from", day, "--person", person, "--reason", reason)


def test_every_desk_goes_by_a_published_version_from_its_day(seats, publish):
    a, b = seats
    old = a.act("new", "register", **RETAIL).case
    a.act(old, "accept")
    a.sync()
    assert a.desk.version_text() == bundled_text("M1").decode(), "the founding brought the text"
    code, said = publish(text_of(2, SHORTER), *words())
    assert (code, said["profile"]) == (0, "M1@2")
    assert publish(text_of(3), *words("2099-01-01"))[0] == 0
    for seat in seats:
        seat.sync()
    assert [(v.name, v.in_force, v.ahead, v.reason) for v in b.desk.versions()] == [
        ("M1@1", False, False, ""), ("M1@2", True, False, "区府办〔2026〕12号"), ("M1@3", False, True, "区府办〔2026〕12号"),
    ]  # fmt: skip
    new = a.act("new", "register", **RETAIL).case
    a.act(new, "accept")
    a.act(old, "note", text="仍按原版本")
    for seat in (a, b):
        seat.sync()
    assert not a.desk.conflicts() and a.desk.sync_state().waiting == 0, "the server judged each by its own version"
    assert (days(b.desk, old), days(b.desk, new)) == (15, 10)
    assert a.rows() == b.rows()
    said = a.district.sql("SELECT person FROM ld.act WHERE kind='publish-profile' ORDER BY seq")
    assert said == [("p-zhoumin",), ("p-zhoumin",)]
    with a.district.boss() as boss:
        assert server.upgrade(boss)["profile"] == "M1@3", "an upgrade compiles every version from its own text"


def test_no_case_begins_by_a_version_before_its_day(seats, publish):
    """A desk whose clock is years ahead goes by the version of that day: its case is laid aside with its text."""
    a, b = seats
    assert publish(text_of(2, SHORTER), *words("2099-01-01"))[0] == 0
    for seat in seats:
        seat.sync()
    a.desk._stated = datetime.datetime(2099, 2, 1, 9, tzinfo=CHINA)
    a.sync()  # numbers of that year
    early = a.act("new", "register", **RETAIL).act
    a.sync()
    a.desk._stated = None
    assert [(c.act_id, c.code) for c in a.desk.conflicts()] == [(early, "profile_day")]
    again = a.desk.resolve_conflict(early, "redo").case
    a.sync()
    assert a.district.sql("SELECT profile FROM ld.case_head") == [("M1@1",)]
    b.sync()
    assert b.desk.case(again).number and not a.desk.conflicts()


def test_what_is_not_published(seats, publish):
    assert publish(b"not: a profile", *words())[1]["error"] == "profile_invalid"
    assert publish(text_of(1), *words())[1]["error"] == "version_known"
    assert publish(text_of(2), *words(person="赵文静"))[1]["error"] == "administrator_only"
    assert publish(text_of(2), *words(person="无此人"))[1]["error"] == "person_unknown"
    assert publish(text_of(2), *words(reason=" "))[1]["error"] == "reason_missing"
    assert publish(text_of(2), *words("明天"))[1]["error"] == "day_unknown"
    assert publish(bundled_text("M2"), *words())[1]["error"] == "version_other_mechanism"
    assert publish(text_of(2))[0] == 2, "a day and a person are asked"
    assert seats[0].district.sql("SELECT count(*) FROM ld.profile") == [(1,)]


def test_an_older_program_keeps_what_it_cannot_read_and_passes_over(seats, publish, monkeypatch):
    a, b = seats
    assert publish(text_of(2, SHORTER), *words())[0] == 0
    a.sync()
    new = a.act("new", "register", **RETAIL).case
    a.sync()
    real = desk_rules.read_profile
    monkeypatch.setattr(
        desk_rules, "read_profile", lambda text, name: real(text, name) if name != "M1@2" else _cannot()
    )
    b.sync()
    assert b.desk.rules.unread == ("M1@2",)
    assert "M1@2" in b.desk.sync_state().message and not b.desk.sync_state().code
    assert b.desk.case(new).number
    with pytest.raises(RuleBroken, match="version_unread"):
        b.act(new, "accept")
    mine = b.act("new", "register", **RETAIL).case
    b.sync()
    assert not b.desk.conflicts()
    assert b.district.sql("SELECT profile FROM ld.case_head WHERE id=%s", mine) == [("M1@1",)]
    monkeypatch.undo()
    b.close()
    b.open()
    assert b.desk.rules.unread == ()
    b.act(new, "accept")
    b.sync()
    a.sync()


def _cannot():
    raise invalid([])
