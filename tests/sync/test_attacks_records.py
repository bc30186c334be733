"""Records and registers attacked like cases, with a liaison's own login and well made signatures."""

import random
import uuid
from datetime import UTC, datetime

import msgspec
import pytest

from liaison_app.desk.signing import sign
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain.case import Actor
from liaison_app.domain.events import Stamped
from liaison_app.domain.ledger_commands import OpenRecord, StepRecord
from liaison_app.domain.ledger_events import RecordOpened, RecordReplaced, RecordStepped
from tests.sync.acting import PUSH, Hands, Made, batch, push
from tests.sync.alike import alike, timed
from tests.sync.conftest import District

change = msgspec.structs.replace
CONTACTS = {"leader": "何建平", "liaison": "周敏", "from": "2026-01-01"}
RATED = {"year": "2026", "unit": "COMMERCE", "rate": "81", "standard": "90"}
PHONE = {"telephone": "67820015"}


class Office:
    """COMMERCE with a sent and an open record; MUNI's liaison is the enemy."""

    def __init__(self, cluster):
        self.district = District(cluster)
        self.hands = Hands(self.district)
        self.owner, self.enemy = self.district.enrol("p-zhoumin"), self.district.enrol("p-gaoyuan")
        self.hands.adopt(self.owner)
        self.hands.adopt(self.enemy)
        self.mechanism = self.hands.rules.mechanism
        self.line, self.fresh = self.enemy.connect(), True
        with self.owner.connect() as line:
            self.open = self.contacts("p-zhoumin", "COMMERCE")
            assert push(line, self.district.epoch, [self.open]) == [("accepted", {})]

    def made(self, person, body, command, events, versions, record=None, **header):
        """Return a signed act with any entries, its pen set to where the server's log stands."""
        pen = self.hands.pen(person)
        if self.fresh:  # refused acts keep their places, so a pen that only pushes what it signs needs not ask
            pen.seq, head = self.district.sql("SELECT seq, head FROM ld.device WHERE id=%s", pen.device)[0]
            pen.head = bytes(head)
        now = datetime.now(UTC)
        who = Actor(person=person, body=body, roles=frozenset(), device="")
        return Made(*sign(pen, who, command, record, now, now, [Stamped(event=e) for e in events], dict(versions), header.get("audience", "bodies")))  # fmt: skip

    def contacts(self, person, body, **said):
        command = OpenRecord(kind=said.pop("kind", "contacts"), fields=CONTACTS, personal=PHONE, replaces=said.get("replaces", ""), reason=said.get("reason", ""))  # fmt: skip
        event = RecordOpened(
            kind="contacts", mechanism=self.mechanism, number="1", body=body, state="DRF", fields=CONTACTS
        )
        event = change(
            event,
            body=said.pop("owner", body),
            **{k: v for k, v in said.items() if k in RecordOpened.__struct_fields__},
        )
        return self.made(person, body, command, [event], {})

    def step(self, record, step="send", state="SNT", version=1, person="p-gaoyuan", body="MUNI", fields=None, **said):
        event = RecordStepped(
            step=said.get("event_step", step), state=state, fields=said.get("event_fields", fields or {})
        )
        command = StepRecord(step=step, fields=fields or {})
        return self.made(person, body, command, [event], {f"record/{record}": version}, record)

    def register(self, name):
        """Return the newest version of a register."""
        found = self.district.sql("SELECT version FROM ld.stream WHERE name=%s", f"register/{name}")
        return {f"register/{name}": found[0][0] if found else 0}

    def send(self, made):
        """Push as the enemy; return what came of it, and that no entry was added when it was not accepted."""
        before = self.district.sql("SELECT count(*) FROM ld.entry")
        (said,) = push(self.line, self.district.epoch, [made])
        assert said[0] == "accepted" or self.district.sql("SELECT count(*) FROM ld.entry") == before
        return said


@pytest.fixture(scope="module")
def office(cluster):
    made = Office(cluster)
    yield made
    made.line.close()
    made.district.remove()


def own(office):
    """Let the enemy open an honest record of his own body."""
    made = office.contacts("p-gaoyuan", "MUNI")
    assert office.send(made)[0] == "accepted"
    return made.act.id


ATTACKS = {
    "opens a record in another body's name": (lambda o: o.contacts("p-gaoyuan", "MUNI", owner="COMMERCE"), "entries"),
    "opens a record as a person of another body": (lambda o: o.contacts("p-gaoyuan", "COMMERCE"), "body"),
    "opens a record of a kind that is not his": (lambda o: o.made("p-gaoyuan", "MUNI", OpenRecord(kind="assessment", fields=RATED), [
        RecordOpened(kind="assessment", mechanism=o.mechanism, number="1", body="MUNI", state="DRF", fields=RATED)], {}), "guard"),
    "opens a record straight in a later state": (lambda o: o.contacts("p-gaoyuan", "MUNI", state="SNT"), "state"),
    "opens a record of one kind as another": (lambda o: o.contacts("p-gaoyuan", "MUNI", kind="monthly"), "entries"),
    "opens a record by another mechanism": (lambda o: o.contacts("p-gaoyuan", "MUNI", mechanism="M9@1"), "entries"),
    "opens a record without a number": (lambda o: o.contacts("p-gaoyuan", "MUNI", number=""), "entries"),
    "takes a step on a record that is hidden from him": (lambda o: o.step(o.open.act.id), "record_unknown"),
    "takes a step on a record that is not there": (lambda o: o.step(str(uuid.uuid4())), "record_unknown"),
    "replaces a record that is hidden from him": (lambda o: o.made("p-gaoyuan", "MUNI",
        OpenRecord(kind="contacts", fields=CONTACTS, personal=PHONE, replaces=o.open.act.id, reason="更正"),
        [RecordOpened(kind="contacts", mechanism=o.mechanism, number="2", body="MUNI", state="DRF", fields=CONTACTS, replaces=o.open.act.id, reason="更正"),
         RecordReplaced(record=o.open.act.id, reason="更正")], {f"record/{o.open.act.id}": 1}), "record_unknown"),
    "skips a step of his own record": (lambda o: o.step(own(o), "receive", "DRF"), "guard"),
    "writes another state than the step's": (lambda o: o.step(own(o), "send", "ACC"), "state"),
    "writes another step than he says": (lambda o: o.step(own(o), "send", "SNT", event_step="end"), "entries"),
    "writes a field that the step does not take": (lambda o: o.step(own(o), "send", "SNT", fields={"leader": "别人"}), "guard"),
    "writes a field that he did not say": (lambda o: o.step(own(o), "send", "SNT", event_fields={"leader": "别人"}), "entries"),
    "takes a step that the database does not know": (lambda o: o.step(own(o), "teleport", "SNT"), "guard"),
    "acts on his own record in another body's name": (lambda o: o.step(own(o), "send", "SNT", body="COMMERCE"), "body"),
    "writes a citizen's part for the first receiver only": (lambda o: o.made("p-gaoyuan", "MUNI", OpenRecord(kind="contacts", fields=CONTACTS, personal=PHONE), [
        RecordOpened(kind="contacts", mechanism=o.mechanism, number="1", body="MUNI", state="DRF", fields=CONTACTS)], {}, audience="first"), "audience"),
    "enters a person without the duty": (lambda o: o.made("p-gaoyuan", "MUNI", cmd.EnterPerson(person=FRIEND), [ev.PersonEntered(person=FRIEND)], o.register("roster")), "administrator_only"),
    "makes himself administrator": (lambda o: o.made("p-gaoyuan", "MUNI", cmd.EnterPerson(person=SELF), [ev.PersonEntered(person=SELF)], o.register("roster")), "administrator_only"),
    "lets another go": (lambda o: o.made("p-gaoyuan", "MUNI", cmd.LetPersonGo(person="p-zhoumin", reason="x"), [ev.PersonLeft(person="p-zhoumin", reason="x")], o.register("roster")), "administrator_only"),
    "chooses a setting": (lambda o: o.made("p-gaoyuan", "MUNI", cmd.ChooseSetting(setting="m1.meeting_convenor", value="MUNI", reason="x"),
        [ev.SettingChosen(setting="m1.meeting_convenor", value="MUNI", reason="x", since="2026-11-26T09:00:00+08:00")], o.register("settings")), "administrator_only"),
    "writes a register event under a record": (lambda o: change(m := o.contacts("p-gaoyuan", "MUNI"), entries=[change(m.entries[0], stream="register/roster", kind="person-entered")]), "entries"),
    "writes a record event under a case": (lambda o: change(m := o.contacts("p-gaoyuan", "MUNI"), entries=[change(m.entries[0], stream=f"case/{m.act.id}")]), "entries"),
    "writes under another record's id": (lambda o: change(m := o.contacts("p-gaoyuan", "MUNI"), entries=[change(m.entries[0], stream=f"record/{o.open.act.id}", version=2)]), "record_unknown"),
}  # fmt: skip
FRIEND = ev.Person(id="p-friend", name="朋友", body="MUNI", roles=("liaison",))
SELF = ev.Person(id="p-gaoyuan", name="高原", body="MUNI", roles=("liaison", "administrator"))


@pytest.mark.parametrize("name", ATTACKS)
def test_he_goes_no_further_than_the_rows(office, name):
    forge, code = ATTACKS[name]
    made = forge(office)
    counted = "SELECT coalesce(sum(times),0) FROM ld.audit WHERE role=%s AND code=%s"
    before = office.district.sql(counted, office.enemy.role, code)[0][0]
    assert office.send(made) == ("refused", {"code": code})
    assert office.district.sql(counted, office.enemy.role, code)[0][0] == before + 1


def test_a_reader_who_is_none_is_no_reader(office):
    """He names his own body where it does not stand: the fan-out goes by the rows, the feed stays as it was."""
    head = office.district.sql("SELECT head FROM ld.feed WHERE name='body/MUNI'")
    with office.owner.connect() as line:
        honest = office.contacts("p-zhoumin", "COMMERCE")
        assert push(line, office.district.epoch, [honest]) == [("accepted", {})]
    assert office.district.sql("SELECT head FROM ld.feed WHERE name='body/MUNI'") == head
    assert office.district.sql("SELECT body FROM ld.case_body WHERE case_id=%s AND body='MUNI'", honest.act.id) == []


def test_hidden_and_absent_records_cannot_be_told_apart(office):
    """1,000 tries: one answer to the letter, and within a generous bound one time."""
    answers, dice = set(), random.Random(1)
    office.send(office.step(office.open.act.id))
    office.fresh = False

    def measure():
        times = [], []
        for n in range(1000):
            absent = dice.random() < 0.5 if n else False
            record = str(uuid.uuid4()) if absent else office.open.act.id
            values = batch(office.district.epoch, [office.step(record)])
            found = timed(times[absent], office.line.execute, PUSH, values).fetchall()
            answers.add((found[0][2], str(found[0][3])))
        return times

    alike(measure, 0.6, 1.7, "records")
    office.fresh = True
    assert answers == {("refused", "{'code': 'record_unknown'}")}
