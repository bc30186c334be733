"""What a liaison's own login can do against the shared database over raw SQL: refused or bounded, and written down."""

import contextlib
import json
import os
import random
import uuid

import msgspec
import psycopg
import pytest

from liaison_app.domain.events import ENCODER
from liaison_app.domain.records import ActHeader
from liaison_app.security import chain
from liaison_app.sync import codes
from liaison_app.sync.attempts import ATTEMPTS
from liaison_app.sync.checking import tried
from tests.sync.acting import PULL, PUSH, Author, Hands, batch, push
from tests.sync.alike import alike, timed
from tests.sync.conftest import District
from tests.sync.test_push import sent_to

change = msgspec.structs.replace
HEADER = msgspec.json.Decoder(ActHeader)


class Scene:
    """A district with a case of COMMERCE and EPB, and MUNI's liaison as the enemy with his own desk."""

    def __init__(self, cluster):
        self.district = District(cluster)
        self.hands = Hands(self.district)
        self.owner = self.district.enrol("p-zhoumin")
        self.enemy = self.district.enrol("p-gaoyuan")
        self.hands.adopt(self.owner)
        self.hands.adopt(self.enemy)
        self.epoch = self.district.epoch
        self.case = sent_to(Author(self.hands, random.Random(3)))
        with self.owner.connect() as connection:
            assert {f for f, _ in push(connection, self.epoch, self.case.made)} == {"accepted"}
        self.desk = self.enemy.connect()

    def own(self, **items):
        """Return a fresh case of the enemy's own, not pushed yet."""
        author = Author(self.hands, random.Random(4))
        author.register(body="MUNI", **items)
        return author

    def again(self):
        """Forget what the enemy's device log would hold; the next forgery starts from the server's head."""
        seq, head = self.district.sql("SELECT seq, head FROM ld.device WHERE id=%s", self.enemy.device)[0]
        self.hands.pens["p-gaoyuan"].seq, self.hands.pens["p-gaoyuan"].head = seq, bytes(head)

    def send(self, *made):
        """Push as the enemy."""
        return push(self.desk, self.epoch, list(made))

    def signed(self, made, pen=None, entries=None, claims=None, personal=(), **fields):
        """Return an act signed anew after its header, open part or personal part was changed."""
        pen = pen or self.hands.pens["p-gaoyuan"]
        act = made.act
        opened = fields.pop("open", act.open)
        header = change(HEADER.decode(act.header), open_sha256=chain.open_hash(opened), **fields)
        coded = ENCODER.encode(header)
        hashed = chain.act_hash(act.prev_hash, coded)
        forged = change(
            act, id=header.id, seq=header.seq, device=header.device, header=coded, open=opened, hash=hashed,
            tag=chain.tag(pen.secret, hashed),
        )  # fmt: skip
        return change(
            made,
            act=forged,
            entries=made.entries if entries is None else entries,
            claims=made.claims if claims is None else claims,
        )

    def refusals(self, code):
        """Return how often a refusal of the enemy was written down."""
        rows = self.district.sql(
            "SELECT coalesce(sum(times),0) FROM ld.audit WHERE role=%s AND code=%s", self.enemy.role, code
        )
        return int(rows[0][0])


@pytest.fixture(scope="module")
def scene(cluster):
    made = Scene(cluster)
    yield made
    made.desk.close()
    made.district.remove()


@pytest.fixture(autouse=True)
def fresh(scene):
    scene.again()


def entry(made, n=0, **fields):
    """Return the entries of an act with one changed."""
    entries = list(made.entries)
    entries[n] = change(entries[n], **fields)
    return entries


def event(one, **fields):
    """Return the data of an entry with fields of its event changed."""
    data = json.loads(one.data)
    data["event"].update(fields)
    return json.dumps(data, ensure_ascii=False).encode()


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.name)
def test_plain_statements_are_refused(scene, attempt):
    found = tried(scene.desk, attempt)
    assert found.ok, found
    if not attempt.nothing:
        assert found.seen.split()[0] in scene.district.cluster.log_text()


def test_what_postgresql_refused_stands_in_its_log(scene):
    text = scene.district.cluster.log_text()
    assert text.count(f"{scene.enemy.role} ERROR:  permission denied") > 30


# -- forged acts: quarantined, nothing stored ---------------------------------------------------------


def forged_person(s):
    return s.signed(s.own().made[0], person="p-zhoumin"), "device"


def foreign_device(s):
    return s.signed(s.own().made[0], device=str(s.owner.device), seq=5), "tag"


def unknown_device(s):
    return s.signed(s.own().made[0], device=str(uuid.uuid4())), "device"


def foreign_secret(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, tag=chain.tag(os.urandom(32), made.act.hash))), "tag"


def forged_hash(s):
    made = s.own().made[0]
    prev = os.urandom(32)
    hashed = chain.act_hash(prev, made.act.header)
    return change(
        made, act=change(made.act, prev_hash=prev, tag=chain.tag(s.hands.pens["p-gaoyuan"].secret, hashed))
    ), "chain"


def skipped_sequence(s):
    made = s.own().made[0]
    return s.signed(made, seq=made.act.seq + 7), "gap"


def altered_open_part(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, open=made.act.open.replace(b"phone", b"visit"))), "parts"


def altered_personal_part(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, personal=b'{"content":"other"}')), "parts"


def header_that_is_no_json(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, header=b"{" * 50)), "header"


def header_with_a_null_sign(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, header=made.act.header.replace(b'"register"', b'"\\u0000"'))), "header"


def header_nested_a_million_deep(s):
    made = s.own().made[0]
    return change(made, act=change(made.act, header=b"[" * 1_000_000)), "header"


def open_part_too_large(s):
    made = s.own().made[0]
    return s.signed(made, open=b'{"do":"register","object":"' + b"x" * 1_100_000 + b'"}'), "size"


def id_of_anothers_act(s):
    return s.signed(s.own().made[0], id=s.case.made[0].act.id), "fork"


FORGED = [forged_person, foreign_device, unknown_device, foreign_secret, forged_hash, skipped_sequence, altered_open_part,
          altered_personal_part, header_that_is_no_json, header_with_a_null_sign, header_nested_a_million_deep,
          open_part_too_large, id_of_anothers_act]  # fmt: skip


@pytest.mark.parametrize("forge", FORGED, ids=lambda f: f.__name__)
def test_a_forged_act_is_quarantined_and_written_down(scene, forge):
    acts = scene.district.sql("SELECT count(*) FROM ld.act")[0][0]
    made, code = forge(scene)
    before = scene.refusals(code)
    assert scene.send(made) == [("quarantined", {"code": code})]
    assert scene.district.sql("SELECT count(*) FROM ld.act")[0][0] == acts
    assert scene.refusals(code) == before + 1


# -- well signed acts that may not be: refused, no entry ------------------------------------------------


def in_another_bodys_name(s):
    return s.signed(s.own().made[0], body="EPB"), "body"


def act_on_a_hidden_case(s):
    made = s.own().take("p-gaoyuan", "note", text="x")
    return s.signed(
        made, entries=[change(made.entries[0], stream=f"case/{s.case.case.id}/MUNI", version=1)]
    ), "case_unknown"


def act_on_an_absent_case(s):
    made = s.own().take("p-gaoyuan", "note", text="x")
    return s.signed(
        made, entries=[change(made.entries[0], stream=f"case/{uuid.uuid4()}/MUNI", version=1)]
    ), "case_unknown"


def register_under_another_case(s):
    made = s.own().made[0]
    entries = [change(e, stream=f"case/{s.case.case.id}", version=20 + e.version) for e in made.entries]
    return s.signed(made, entries=entries), "case_unknown"


def register_for_another_body(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, data=event(made.entries[0], first_receiver="EPB"))), "entries"


def register_straight_into_the_end(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, -1, data=event(made.entries[-1], to="CLS"))), "state"


def register_by_an_unknown_profile(s):
    made = s.own().made[0]
    data = event(made.entries[0], mechanism="M0@9")
    return s.signed(made, registers={"profile": "M0@9"}, entries=entry(made, data=data)), "profile"


def register_a_hundred_matters(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, data=event(made.entries[0], issues=[{}] * 100))), "entries"


def write_into_a_register(s):
    made = s.own().made[0]
    return s.signed(made, entries=[change(made.entries[0], stream="register/roster", kind="person-entered")]), "entries"


def write_into_another_bodys_inner_stream(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, stream=f"case/{made.act.id}/EPB")), "entries"


def two_cases_in_one_act(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, -1, stream=f"case/{s.case.case.id}")), "entries"


def kind_that_is_not_the_event(s):
    made = s.own().made[0]
    return s.signed(made, entries=entry(made, kind="closed")), "entries"


def command_that_is_not_the_kind(s):
    return s.signed(s.own().made[0], open=b'{"do":"note"}'), "parts"


def strict_citizen_to_all_bodies(s):
    return s.signed(s.own(confidential="strict").made[0], audience="bodies"), "audience"


REFUSED = [in_another_bodys_name, act_on_a_hidden_case, act_on_an_absent_case, register_under_another_case,
           register_for_another_body, register_straight_into_the_end, register_by_an_unknown_profile, register_a_hundred_matters,
           write_into_a_register, write_into_another_bodys_inner_stream, two_cases_in_one_act, kind_that_is_not_the_event,
           command_that_is_not_the_kind, strict_citizen_to_all_bodies]  # fmt: skip


@pytest.mark.parametrize("forge", REFUSED, ids=lambda f: f.__name__)
def test_an_act_that_may_not_be_is_refused_and_written_down(scene, forge):
    made, code = forge(scene)
    made = scene.signed(
        made, seq=scene.district.sql("SELECT seq+1 FROM ld.device WHERE id=%s", scene.enemy.device)[0][0]
    )
    head = scene.district.sql("SELECT head FROM ld.device WHERE id=%s", scene.enemy.device)[0][0]
    hashed = chain.act_hash(bytes(head), made.act.header)
    made = change(
        made, act=change(made.act, prev_hash=bytes(head), tag=chain.tag(scene.hands.pens["p-gaoyuan"].secret, hashed))
    )
    entries, before = scene.district.sql("SELECT count(*) FROM ld.entry")[0][0], scene.refusals(code)
    assert scene.send(made) == [("refused", {"code": code})]
    assert scene.district.sql("SELECT count(*) FROM ld.entry")[0][0] == entries
    assert scene.refusals(code) == before + 1


def follow_up(action, person="p-gaoyuan", **fields):
    """Return what makes an own case, proposes a transfer and takes one more act."""

    def make(s):
        author = s.own()
        author.take("p-gaoyuan", "propose-transfer", to=["EPB"], reason="理由")
        assert {f for f, _ in s.send(*author.made)} == {"accepted"}
        return author, author.take(person, action, **fields)

    return make


def approves_as_if_a_leader(s):
    author, made = follow_up("note", text="x")(s)
    data = {"event": {"is": "transfer-approved", "road": "own_desk", "leader": "leader-MUNI"}}
    shared = f"case/{author.case.id}"
    return s.signed(
        made, kind="approve", open=b'{"do":"approve","road":"own_desk"}',
        entries=[change(made.entries[0], stream=shared, version=author.versions[shared] + 1, kind="transfer-approved", data=json.dumps(data).encode())],
    ), "guard"  # fmt: skip


def sends_without_approval(s):
    author, made = follow_up("note", text="x")(s)
    data = {"event": {"is": "transfer-sent", "slip_no": "1", "method": "fax"}}
    to = {"event": {"is": "state-changed", "matter": 1, "to": "TRD"}}
    shared, version = f"case/{author.case.id}", author.versions[f"case/{author.case.id}"]
    lines = [
        change(made.entries[0], n=i, stream=shared, version=version + 1 + i, kind=kind, data=json.dumps(one).encode())
        for i, (kind, one) in enumerate((("transfer-sent", data), ("state-changed", to)))
    ]
    return s.signed(
        made,
        kind="transfer",
        open=b'{"do":"transfer","method":"fax"}',
        entries=lines,
        claims=("approved", "sent", "own_duty"),
    ), "guard"


def smuggles_an_event_into_a_note(s):
    author, made = follow_up("note", text="x")(s)
    data = {"event": {"is": "accepted", "number": "1", "body": "MUNI", "handler": "x"}}
    shared = f"case/{author.case.id}"
    return s.signed(
        made, entries=[change(made.entries[0], stream=shared, version=author.versions[shared] + 1, kind="accepted", data=json.dumps(data).encode())]
    ), "entries"  # fmt: skip


def smuggles_a_state_into_a_mark(s):
    _, made = follow_up("void", outcome="void", reason="x", approver="y")(s)
    return s.signed(
        made, entries=[*made.entries[:1], change(made.entries[1], data=event(made.entries[1], to="CLS"))]
    ), "state"


def leaves_the_state_out(s):
    _, made = follow_up("void", outcome="void", reason="x", approver="y")(s)
    return s.signed(made, entries=made.entries[:1]), "state"


def says_one_thing_and_writes_another(s):
    _, made = follow_up("void", outcome="void", reason="x", approver="y")(s)
    return s.signed(
        made, entries=[change(made.entries[0], data=event(made.entries[0], outcome="withdrawn")), *made.entries[1:]]
    ), "entries"


def acts_for_a_body_with_a_desk(s):
    _, made = follow_up("inquire")(s)
    proxy = {"person": "某", "body": "EPB", "evidence": "纸"}
    data = json.loads(made.entries[0].data) | {"proxy_person": "某", "proxy_body": "EPB", "proxy_evidence": "纸"}
    opened = json.dumps({**json.loads(made.act.open), "proxy": proxy}).encode()
    return s.signed(made, open=opened, entries=[change(made.entries[0], data=json.dumps(data).encode())]), "proxy"


def acts_for_a_leader_who_is_none(s):
    _, made = follow_up("inquire")(s)
    proxy = {"person": "p-gaoyuan", "evidence": "纸"}
    return s.signed(made, open=json.dumps({**json.loads(made.act.open), "proxy": proxy}).encode()), "proxy"


def names_a_leader_who_is_none(s):
    author, made = follow_up("note", text="x")(s)
    data = {"event": {"is": "transfer-approved", "road": "telephone", "leader": "路人", "words": "同意"}}
    shared = f"case/{author.case.id}"
    return s.signed(
        made, kind="approve", open=json.dumps({"do": "approve", "road": "telephone", "leader": "路人", "words": "同意"}).encode(),
        entries=[change(made.entries[0], stream=shared, version=author.versions[shared] + 1, kind="transfer-approved", data=json.dumps(data).encode())],
    ), "entries"  # fmt: skip


def a_matter_that_is_none(s):
    _, made = follow_up("inquire")(s)
    data = json.loads(made.entries[0].data) | {"matter": 7}
    return s.signed(
        made,
        open=json.dumps({"do": "inquire", "matter": 7}).encode(),
        entries=[change(made.entries[0], data=json.dumps(data).encode())],
    ), "entries"


SMUGGLED = [approves_as_if_a_leader, sends_without_approval, smuggles_an_event_into_a_note, smuggles_a_state_into_a_mark,
            leaves_the_state_out, says_one_thing_and_writes_another, acts_for_a_body_with_a_desk, acts_for_a_leader_who_is_none,
            names_a_leader_who_is_none, a_matter_that_is_none]  # fmt: skip


@pytest.mark.parametrize("forge", SMUGGLED, ids=lambda f: f.__name__)
def test_on_his_own_case_he_goes_no_further_than_the_guards(scene, forge):
    made, code = forge(scene)
    before = scene.refusals(code)
    assert scene.send(made) == [("refused", {"code": code})]
    assert scene.refusals(code) == before + 1


def test_a_version_that_jumps_waits(scene):
    author = scene.own()
    made = author.made[0]
    entries = [change(e, version=e.version + 5) for e in made.entries]
    assert scene.send(scene.signed(made, entries=entries))[0][0] == "behind"


def test_time_of_the_server_cannot_be_forged(scene):
    made = scene.signed(scene.own().made[0], happened_at="2099-01-01T00:00:00+08:00")
    assert scene.send(made) == [("accepted", {})]
    recorded = scene.district.sql(
        "SELECT recorded_at < now() + interval '1 minute' FROM ld.act WHERE id=%s", made.act.id
    )
    assert recorded == [(True,)]


# -- hostile arguments ------------------------------------------------------------------------------

ZERO = uuid.UUID(int=0)
HOSTILE = {
    "push of another epoch": ("SELECT fate FROM ld.push(%(zero)s,'{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", "epoch"),
    "push of nulls": ("SELECT fate FROM ld.push(NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL)", "epoch"),
    "push of unequal lists": ("SELECT fate FROM ld.push(%(epoch)s,ARRAY['x']::bytea[],'{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", "refused"),
    "push of ten thousand acts": ("SELECT fate FROM ld.push(%(epoch)s,array_fill('x'::bytea,ARRAY[10000]),'{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", "refused"),
    "push of a matrix": ("SELECT fate FROM ld.push(%(epoch)s,ARRAY[ARRAY['x','y']]::bytea[],'{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}','{}')", "refused"),
    "push of a list that begins at -3": ("SELECT fate FROM ld.push(%(epoch)s,'[-3:-3]={x}'::bytea[],'{x}','{x}','{x}','{x}','{x}','{x}','{}','{}','{}','{}','{}','{}')", "refused"),
    "push of null acts": ("SELECT fate FROM ld.push(%(epoch)s,'{NULL}'::bytea[],'{NULL}','{NULL}','{NULL}','{NULL}','{NULL}','{NULL}','{}','{}','{}','{}','{}','{}')", "quarantined"),
    "push of entries without an act": ("SELECT fate FROM ld.push(%(epoch)s,'{x}'::bytea[],'{x}','{x}','{x}','{x}','{x}','{x}','{9}','{0}','{case/x}','{1}','{x}','{x}')", "refused"),
    "pull of everything": ("SELECT what FROM ld.pull(%(epoch)s,ARRAY['body/EPB','oversight','device/'||%(other)s],ARRAY[0,0,0]::bigint[],2147483647,2147483647)", None),
    "pull with a statement as a name": ("SELECT what FROM ld.pull(%(epoch)s,ARRAY['district''; DROP TABLE ld.act; --'],ARRAY[0]::bigint[],10,10)", None),
    "pull below zero": ("SELECT what FROM ld.pull(%(epoch)s,ARRAY['body/EPB'],ARRAY[-9]::bigint[],-5,-5)", None),
    "pull of nulls": ("SELECT what FROM ld.pull(%(epoch)s,NULL,NULL,NULL,NULL)", None),
    "packed pull of everything": ("SELECT length(ld.pull_packed(%(epoch)s,ARRAY['body/EPB','oversight','device/'||%(other)s],ARRAY[0,0,0]::bigint[],2147483647,2147483647)) < 200", True),
    "packed pull with a statement as a name": ("SELECT length(ld.pull_packed(%(epoch)s,ARRAY['district''; DROP TABLE ld.act; --'],ARRAY[0]::bigint[],10,10)) < 200", True),
    "packed pull of a row of its own": ("SELECT length(ld.pull_packed(%(epoch)s,ARRAY[NULL,'']::text[],NULL,-5,-5)) < 200", True),
    "packed open cases of nobody": ("SELECT length(ld.open_cases_packed(%(zero)s,100,'~''; DROP TABLE ld.act; --')) < 200", True),
    "open cases of nobody": ("SELECT case_id::text FROM ld.open_cases(%(zero)s,100,NULL)", None),
    "open cases with a statement": ("SELECT stream FROM ld.open_cases(%(epoch)s,100,'~''; DROP TABLE ld.act; --')", None),
    "withdraw another's act": ("SELECT fate FROM ld.withdraw(ARRAY[%(act)s]::uuid[],ARRAY['x'])", "unknown"),
    "withdraw nulls": ("SELECT fate FROM ld.withdraw(NULL,NULL)", None),
    "a piece of another's attachment": ("SELECT ld.put_piece(%(act)s,0,sha256('x'),'x')->>'error'", "piece"),
    "a piece with a false hash": ("SELECT ld.put_piece(%(act)s,0,'x','x')->>'error'", "piece"),
    "a piece below zero": ("SELECT ld.put_piece(%(act)s,-1,sha256('x'),'x')->>'error'", "piece"),
    "reading another's piece": ("SELECT ld.get_piece(%(act)s,0)::text", ""),
    "numbers below zero": ("SELECT ld.lease(%(zero)s,'slip',2026,-5)->>'error'", "shape"),
    "numbers of a statement": ("SELECT ld.lease(%(zero)s,'slip''; DROP TABLE ld.act; --',2026,5)->>'error'", "shape"),
    "all numbers there are": ("SELECT ld.lease(%(zero)s,'slip',2026,2147483647)->>'error'", "shape"),
    "reveal a hidden case": ("SELECT ld.reveal(%(case)s,'reason')->>'error'", "case_unknown"),
    "reveal without a reason": ("SELECT ld.reveal(%(case)s,' ')->>'error'", "case_unknown"),
    "enrol a person without a code": ("SELECT ld.enrol_person('','leader-MUNI',%(zero)s,'x')->>'error'", "code"),
    "enrol a person of another body": ("SELECT ld.enrol_person('x','p-zhaowenjing',%(zero)s,%(secret)s)->>'error'", "code"),
    "a plain password": ("SELECT ld.change_password('secret')->>'error'", "verifier"),
    "a password with a statement": ("SELECT ld.change_password('x''; ALTER ROLE CURRENT_USER SUPERUSER; --')->>'error'", "verifier"),
    "no password": ("SELECT ld.change_password(NULL)->>'error'", "verifier"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_arguments_get_an_answer_and_nothing_else(scene, name):
    statement, wanted = HOSTILE[name]
    values = {
        "zero": ZERO, "epoch": uuid.UUID(scene.epoch), "other": str(scene.owner.device), "act": uuid.UUID(scene.case.made[0].act.id),
        "case": uuid.UUID(scene.case.case.id), "secret": bytes(32),
    }  # fmt: skip
    counts = "SELECT (SELECT count(*) FROM ld.act), (SELECT count(*) FROM ld.lease), (SELECT count(*) FROM ld.device)"
    before = scene.district.sql(counts)
    found = [row[0] for row in scene.desk.execute(statement, values).fetchall()]
    assert found == ([] if wanted is None else [wanted or None])
    assert scene.district.sql(counts) == before


def test_a_search_path_of_his_own_changes_nothing(scene):
    with scene.enemy.connect() as desk:
        desk.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            desk.execute(PULL, (scene.epoch, ["body/EPB"], [0], 10, 1000))
        desk.execute("RESET row_security; SET search_path = public, pg_temp")
        author = scene.own()
        assert push(desk, scene.epoch, author.made) == [("accepted", {})]
        rows = desk.execute(PULL, (scene.epoch, ["body/EPB"], [0], 10, 1000)).fetchall()
    assert rows == []


def test_a_transaction_rolled_back_has_seen_no_citizen(scene):
    watcher = scene.district.enrol("p-duanhui")
    ask = "SELECT ld.reveal(%s,'督查需要')"
    with watcher.connect() as desk:
        with desk.transaction(force_rollback=True):
            assert desk.execute(ask, (scene.case.case.id,)).fetchone()[0] == {"logged": True}
            assert desk.execute(ask, (scene.case.case.id,)).fetchone()[0] == {"logged": True}
        assert desk.execute(ask, (scene.case.case.id,)).fetchone()[0] == {"logged": True}
        told = desk.execute(ask, (scene.case.case.id,)).fetchone()[0]
    parts = {bytes.fromhex(p["personal"]) for p in told["parts"]}
    assert parts == {m.act.personal for m in scene.case.made if m.act.personal}
    assert scene.district.sql("SELECT reason FROM ld.reveal WHERE role=%s", watcher.role) == [("督查需要",)]


def test_flooding_leaves_one_line_a_minute(scene):
    for _ in range(300):
        scene.desk.execute("SELECT ld.change_password('x')")
    rows = scene.district.sql(
        "SELECT count(*), sum(times) FROM ld.audit WHERE role=%s AND what='change_password'", scene.enemy.role
    )
    assert rows[0][0] <= 3
    assert rows[0][1] >= 300


def test_he_has_few_connections(scene):
    with contextlib.ExitStack() as stack, pytest.raises(psycopg.OperationalError, match="too many connections"):
        for _ in range(8):
            stack.enter_context(scene.enemy.connect())


def test_a_newcomer_can_enrol_and_nothing_else(scene):
    code = codes.read_code(scene.district.code("leader-MUNI"))
    with psycopg.connect(scene.district.url(code.role, code.secret), autocommit=True) as newcomer:
        for statement in ("SELECT ld.status()", "SELECT * FROM ld.person", "SELECT ld.change_password('x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                newcomer.execute(statement)
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            psycopg.connect(scene.district.url(code.role, code.secret))
        enrol = "SELECT ld.enrol(%s,%s,gen_random_uuid(),%s)"
        assert newcomer.execute(enrol, (codes.verifier("x"), "p-zhaowenjing", bytes(32))).fetchone()[0] == {
            "error": "code"
        }
        assert newcomer.execute(enrol, ("plain", "leader-MUNI", bytes(32))).fetchone()[0] == {"error": "verifier"}
        assert "error" not in newcomer.execute(enrol, (codes.verifier("word"), "leader-MUNI", bytes(32))).fetchone()[0]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            newcomer.execute(enrol, (codes.verifier("x"), "leader-MUNI", bytes(32)))
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(scene.district.url(code.role, code.secret))


def test_no_other_database_opens_to_a_desk(scene):
    for name in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(scene.district.cluster.url(name, scene.enemy.role, scene.enemy.password))


# -- hidden and absent ------------------------------------------------------------------------------


def test_hidden_and_absent_cannot_be_told_apart(scene):
    """2,000 tries: the answers are equal to the letter, and so, within a generous bound, is the time they take."""
    hidden_case, hidden_act = uuid.UUID(scene.case.case.id), uuid.UUID(scene.case.made[0].act.id)
    asks = {
        "reveal": ("SELECT ld.reveal(%s,'reason')::text", hidden_case),
        "piece": ("SELECT ld.get_piece(%s,0)::text", hidden_act),
        "withdraw": ("SELECT fate FROM ld.withdraw(ARRAY[%s]::uuid[],ARRAY['x'])", hidden_act),
        "put": ("SELECT ld.put_piece(%s,0,sha256('x'),'x')::text", hidden_act),
    }
    for name, (statement, hidden) in asks.items():
        answers = set()

        def measure(statement=statement, hidden=hidden, answers=answers):
            times = [], []
            for i in range(500):
                asked = uuid.uuid4() if i % 2 else hidden
                answers.add(timed(times[i % 2], scene.desk.execute, statement, (asked,)).fetchone())
            return times

        alike(measure, 0.7, 1.45, name)
        assert len(answers) == 1, (name, answers)


def test_pushing_on_hidden_and_absent_cases_gives_one_answer(scene):
    def measure():
        times = [], []
        for i in range(60):
            scene.again()
            made, _ = (act_on_an_absent_case if i % 2 else act_on_a_hidden_case)(scene)
            head = scene.district.sql("SELECT seq+1, head FROM ld.device WHERE id=%s", scene.enemy.device)[0]
            made = scene.signed(change(made, act=change(made.act, prev_hash=bytes(head[1]))), seq=head[0])
            values = batch(scene.epoch, [made])
            found = timed(times[i % 2], scene.desk.execute, PUSH, values).fetchall()
            assert [(f, d) for _, _, f, d in found] == [("refused", {"code": "case_unknown"})]
        return times

    alike(measure, 0.6, 1.7, "push")


def test_sixty_and_more_were_tried():
    assert len(ATTEMPTS) + len(FORGED) + len(REFUSED) + len(SMUGGLED) + len(HOSTILE) > 130
