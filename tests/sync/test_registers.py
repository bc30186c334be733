"""Register acts of an administrator, pushed by plain calls to a real server: taken at once or refused, never more than he may."""

from datetime import UTC, datetime

import pytest

from liaison_app.desk.signing import sign
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor
from liaison_app.sync import server
from tests.sync.acting import Hands, Made, push

ADMIN = ev.Person(id="p-admin", name="管理员", body="COMMERCE", roles=("liaison", "administrator"))
NEW = ev.Person(id="p-new", name="新同事", body="COMMERCE", roles=("liaison",))


@pytest.fixture
def office(district):
    with district.boss() as boss:
        server.enter_people(boss, [ADMIN])
    carrier = district.enrol("p-zhoumin")
    hands = Hands(district)
    line = carrier.connect()

    def do(person, command, event, *, ahead=0, more=()):
        stream = event.register
        found = district.sql("SELECT version FROM ld.stream WHERE name=%s", stream)
        versions = {stream: (found[0][0] if found else 0) + ahead}
        now = datetime.now(UTC)
        who = Actor(person=person, body="COMMERCE", roles=frozenset(), device="")
        made = [
            Made(*sign(hands.pen(person), who, command, None, now, now, [ev.Stamped(event=event)], versions, "bodies"))
            for _ in range(1 + len(more))
        ]
        return push(line, carrier.epoch, made)

    yield do, district
    line.close()


def test_an_administrator_writes_roster_settings_and_calendar(office):
    do, district = office
    before = district.sql("SELECT head FROM ld.feed WHERE name='district'")[0][0]
    taken = [
        do("p-admin", cmd.EnterPerson(person=NEW), ev.PersonEntered(person=NEW)),
        do("p-admin", cmd.ChooseSetting(setting="m1.meeting_convenor", value="MODELCITY", reason="分工调整"),
           ev.SettingChosen(setting="m1.meeting_convenor", value="MODELCITY", reason="分工调整", since="2026-11-26T09:00:00+08:00")),
        do("p-admin", cmd.EnterYear(notice={"year": 2027}), ev.YearEntered(notice={"year": 2027}, since="2026-11-26T09:00:00+08:00")),
        do("p-admin", cmd.LetPersonGo(person="p-new", reason="调离"), ev.PersonLeft(person="p-new", reason="调离")),
    ]  # fmt: skip
    assert taken == [[("accepted", {})]] * 4
    assert district.sql("SELECT head FROM ld.feed WHERE name='district'")[0][0] == before + 4
    assert district.sql("SELECT body, revoked_at IS NULL FROM ld.person WHERE id='p-new'") == [("COMMERCE", False)]
    convenors = district.sql("SELECT (ld.record_kind_of(profile,'meeting/joint')).openers[1] FROM ld.server")
    assert convenors == [("MODELCITY",)], "the kinds go by the setting in force"


def test_what_an_administrator_may_not_and_who_is_none(office):
    do, district = office
    entered = cmd.EnterPerson(person=NEW), ev.PersonEntered(person=NEW)
    chief = ev.Person(id="p-zhoumin", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
    plain = ev.Person(id="p-admin", name="管理员", body="COMMERCE", roles=("liaison",))
    other = ev.Person(id="p-x", name="别人", body="NOWHERE", roles=())
    text = cmd.PublishProfile(version="M1@9", valid_from="2027-01-01", text="x", reason="试")
    published = ev.ProfilePublished(version="M1@9", valid_from="2027-01-01", text="x", reason="试", since="", sha256="")
    wanted = {
        "administrator_only": do("p-zhoumin", cmd.EnterPerson(person=chief), ev.PersonEntered(person=chief)),
        "register_behind": do("p-admin", *entered, ahead=-1),
        "registers_by_server": do("p-admin", text, published),
        "last_administrator": do("p-admin", cmd.EnterPerson(person=plain), ev.PersonEntered(person=plain)),
        "register_value": do("p-admin", cmd.EnterPerson(person=other), ev.PersonEntered(person=other)),
        "entries": do("p-admin", cmd.EnterPerson(person=NEW), ev.PersonEntered(person=chief)),
        "person_unknown": do("p-admin", cmd.LetPersonGo(person="p-none", reason="试"), ev.PersonLeft(person="p-none", reason="试")),
    }  # fmt: skip
    assert {code: found for code, found in wanted.items() if found != [("refused", {"code": code})]} == {}
    assert {fate for fate, _ in do("p-admin", *entered, more=(1,))} == {"refused"}, "never in a batch"
    with district.boss() as boss:
        server.enter_people(boss, [NEW])
        boss.execute("UPDATE ld.person SET revoked_at=now() WHERE id='p-new'")
    assert do("p-admin", *entered) == [("refused", {"code": "person_revoked"})]
    roles = dict(district.sql("SELECT id, roles FROM ld.person WHERE id IN ('p-admin','p-zhoumin')"))
    assert roles == {"p-admin": ["liaison", "administrator"], "p-zhoumin": ["liaison"]}
