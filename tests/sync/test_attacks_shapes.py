"""Attacks by the shape of things: lists with odd bounds, headers that a desk cannot read, acts that change their case,
settings of his own session, and what PostgreSQL gives to everybody. Each is refused or bounded, and no desk stands still."""

import json
import random
import uuid

import psycopg
import pytest

from liaison_app.domain.events import ENCODER
from liaison_app.security import chain
from tests.sync.acting import PULL, PUSH, Author, Hands, batch
from tests.sync.conftest import District
from tests.sync.seats import Seat
from tests.sync.test_attacks import Scene, change, event, follow_up


@pytest.fixture(scope="module")
def scene(cluster):
    made = Scene(cluster)
    yield made
    made.desk.close()
    made.district.remove()


@pytest.fixture(autouse=True)
def fresh(scene):
    scene.again()


def own_sent(scene, seed=4, **items):
    """Return a case of the enemy's own that was sent to EPB."""
    author = Author(scene.hands, random.Random(seed))
    author.register(body="MUNI", **items)
    author.take("p-gaoyuan", "propose-transfer", to=["EPB"], reason="理由")
    author.take(leader(scene), "approve", road="own_desk")
    author.take("p-gaoyuan", "transfer", method="fax")
    assert {f for f, _ in scene.send(*author.made)} == {"accepted"}
    return author


def leader(scene):
    return next(p.id for p in scene.district.people() if p.body == "MUNI" and "leader" in p.roles)


def resigned(scene, made, header):
    """Return an act with another header, signed as it then must be."""
    hashed = chain.act_hash(made.act.prev_hash, header)
    tag = chain.tag(scene.hands.pens["p-gaoyuan"].secret, hashed)
    return change(made, act=change(made.act, header=header, hash=hashed, tag=tag))


# -- lists --------------------------------------------------------------------------------------------

LISTS = ("header", "prev", "tag", "open", "salt", "personal", "claims", "act", "n", "stream", "version", "kind", "data")


def literal(values, begin):
    """Return a list as PostgreSQL reads it, with a first index of its own."""

    def one(value):
        if value is None:
            return "NULL"
        text = "\\x" + value.hex() if isinstance(value, bytes) else str(value)
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return f"[{begin}:{begin + len(values) - 1}]={{{','.join(one(v) for v in values)}}}"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_begins_elsewhere_is_no_list(scene, name):
    """What is looked at by its place and what is written one by one must be the same element."""
    _, made = follow_up("void", outcome="void", reason="x", approver="y")(scene)
    values = list(batch(scene.epoch, [made]))
    where = 1 + LISTS.index(name)
    values[where] = literal(values[where], 0)
    statement = PUSH.replace("%b", "%s")
    found = scene.desk.execute(statement, values).fetchall()
    assert [(r[2], r[3]) for r in found] == [("refused", {"code": "shape"})]


def test_a_state_cannot_be_smuggled_past_the_guards_by_the_bounds_of_a_list(scene):
    """The judge reads the kinds by place, the writer one by one: shifted by one, a state of his choice stood in the case."""
    _, made = follow_up("void", outcome="void", reason="x", approver="y")(scene)
    to = json.loads(made.entries[1].data)["event"]["to"]
    forged = change(made, entries=[
        change(made.entries[0], data=event(made.entries[0], matter=1, to=to)),
        change(made.entries[1], data=event(made.entries[1], to="CLS")),
    ])  # fmt: skip
    values = list(batch(scene.epoch, [forged]))
    values[12] = literal(values[12], 0)
    found = scene.desk.execute(PUSH.replace("%b", "%s"), values).fetchall()
    assert [(r[2], r[3]) for r in found] == [("refused", {"code": "shape"})]
    assert scene.district.sql("SELECT count(*) FROM ld.entry WHERE act=%s", made.act.id) == [(0,)]


@pytest.mark.parametrize("name", LISTS)
def test_a_matrix_is_no_list(scene, name):
    _, made = follow_up("note", text="x")(scene)
    values = list(batch(scene.epoch, [made]))
    where = 1 + LISTS.index(name)
    values[where] = [values[where]]
    found = scene.desk.execute(PUSH.replace("%b", "%s"), values).fetchall()
    assert [(r[2], r[3]) for r in found] == [("refused", {"code": "shape"})]


# -- headers that no desk can read --------------------------------------------------------------------


def altered(**more):
    return lambda header: json.dumps({**json.loads(header), **more}, ensure_ascii=False, separators=(",", ":")).encode()


def without(name):
    return lambda header: ENCODER.encode({k: v for k, v in json.loads(header).items() if k != name})


HEADERS = {
    "sequence as text": altered(seq="5"),
    "no streams": without("streams"),
    "no registers": without("registers"),
    "no moment": without("happened_at"),
    "registers of numbers": altered(registers={"profile": 3}),
    "version as text": altered(v="1"),
    "streams as text": altered(streams="case/x"),
    "streams without a version": altered(streams=[["case/x"]]),
    "streams of nulls": altered(streams=[None]),
    "after as a number": altered(after=5),
    "body twice": lambda h: h.replace(b'"body":', b'"body":5,"body":'),
    "sequence twice": lambda h: h.replace(b'"seq":', b'"seq":"x","seq":'),
    "sequence in another notation": lambda h: h.replace(b'"kind":', b'"x":1e5,"kind":'),
    "a key written by its code": lambda h: h.replace(b'"seq"', b'"\\u0073eq"'),
    "nested": lambda h: h[:-1] + b',"x":' + b"[" * 3000 + b"]" * 3000 + b"}",
    "with spaces": lambda h: h.replace(b'"kind":', b'"kind": '),
    "a moment that is none": altered(happened_at="yesterday"),
    "a day that is none": altered(happened_at="2026-02-31T00:00:00+08:00"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_a_desk_cannot_read_is_not_taken(scene, name):
    """One such header in a feed and every desk that reads the feed would stand still for ever."""
    made = scene.own().made[0]
    header = HEADERS[name](made.act.header)
    header = header.replace(b'"seq":"5"', b'"seq":"%d"' % made.act.seq)
    assert header != made.act.header
    acts = scene.district.sql("SELECT count(*) FROM ld.act")
    assert scene.send(resigned(scene, made, header)) == [("quarantined", {"code": "header"})]
    assert scene.district.sql("SELECT count(*) FROM ld.act") == acts


def test_what_a_desk_cannot_read_of_an_act_holds_up_no_desk(scene, tmp_path):
    """Nested without end, of other types, twice: the body that gets it and who oversees go on, and read what comes later."""
    nested = b"[" * 3000 + b"]" * 3000
    author = own_sent(scene)
    seats = [Seat(tmp_path / who, scene.district, who) for who in ("p-zhaowenjing", "p-duanhui")]
    for shape in (
        lambda d: d[:-1] + b',"x":' + nested + b"}",
        lambda d: d[:-1] + b',"x":1e400}',
        lambda d: b'{"event":5,' + d[1:],
        lambda d: d[:-1] + b',"happened_at":{}}',
    ):
        scene.again()
        made = author.take("p-gaoyuan", "inquire")
        entries = [change(made.entries[0], data=shape(made.entries[0].data)), *made.entries[1:]]
        assert scene.send(change(made, entries=entries)) == [("accepted", {})]
    scene.again()
    last = author.take("p-gaoyuan", "inquire")
    assert scene.send(last) == [("accepted", {})]
    for seat in seats:
        seat.sync()
        seat.desk.case(author.case.id)
        assert seat.desk.verify().ok
        with seat.desk._replica.read() as connection:
            assert connection.exec_driver_sql("SELECT 1 FROM entry WHERE act_id=?", (last.act.id,)).scalar()
        seat.close()


ODD = {
    "facts that are none": {"issues": [{"a": 1}]},
    "matters that are words": {"issues": ["x"]},
    "fewer than nobody": {"headcount": -(2**62)},
    "a moment that is none": {"received_at": "yesterday"},
}


def test_a_case_that_makes_none_holds_up_no_desk(scene, tmp_path):
    """The database judges states and bodies, no values: the desks keep such cases, say so, and go on with all others."""
    watcher = Seat(tmp_path, scene.district, "p-duanhui")
    odd = []
    for fields in ODD.values():
        scene.again()
        made = scene.own().made[0]
        odd.append(
            change(made, entries=[change(made.entries[0], data=event(made.entries[0], **fields)), *made.entries[1:]])
        )
        assert scene.send(odd[-1]) == [("accepted", {})]
    scene.again()
    later = scene.own().made[0]
    assert scene.send(later) == [("accepted", {})]
    watcher.sync()
    with watcher.desk._replica.read() as connection:
        shown = {row[0] for row in connection.exec_driver_sql("SELECT case_id FROM case_row")}
    assert later.act.id in shown
    assert watcher.desk.verify().ok
    assert watcher.desk.rebuild(check=True).equal
    hidden = {one.act.id for one in odd} - shown
    state = watcher.desk.sync_state()
    assert hidden
    assert (state.code, str(len(hidden)) in state.message) == ("case_unreadable", True)
    watcher.close()


# -- acts that change their case ----------------------------------------------------------------------


def test_an_act_stays_on_the_case_that_its_header_names(scene):
    """Proposed on one case, it waits; proposed again on another, whose bodies could not read it, it would stop their feeds."""
    waits, other = own_sent(scene, 5), own_sent(scene, 6)
    scene.again()
    made = waits.take("p-gaoyuan", "inquire")
    late = change(made, entries=[change(e, version=e.version + 50) for e in made.entries])
    assert scene.send(late)[0][0] == "behind"
    stream = f"case/{other.case.id}"
    moved = change(
        made,
        entries=[change(e, stream=stream, version=other.versions[stream] + 1 + i) for i, e in enumerate(made.entries)],
    )
    assert scene.send(moved) == [("refused", {"code": "entries"})]


def test_an_act_without_entries_belongs_to_the_case_of_its_header(scene):
    """Its personal part is read, revealed and erased with that case, also when its entries come later."""
    author = scene.own()
    made = author.made[0]
    assert made.act.personal
    assert scene.send(change(made, entries=[])) == [("behind", {"code": "no_entries"})]
    assert scene.send(made) == [("accepted", {"rebased": True})]
    of = scene.district.sql(
        "SELECT a.case_id::text, p.case_id::text FROM ld.act a JOIN ld.act_personal p ON p.act=a.id WHERE a.id=%s",
        made.act.id,
    )
    assert of == [(author.case.id, author.case.id)]


def test_waiting_for_an_act_tells_nothing_of_it(scene):
    """An act may wait for another one; of one that is hidden it learns what it learns of one that is not there."""
    hidden = scene.case.made[0].act.id
    for after in (hidden, str(uuid.uuid4())):
        scene.again()
        made = scene.own().made[0]
        assert scene.send(scene.signed(made, after=after)) == [("behind", {"after": after})]


# -- settings of his own session ----------------------------------------------------------------------


SETTINGS = (
    "SET DateStyle = 'German'", "SET IntervalStyle = 'sql_standard'", "SET TimeZone = 'Pacific/Kiritimati'", "SET bytea_output = 'escape'",
    "SET standard_conforming_strings = off", "SET transform_null_equals = on", "SET array_nulls = off", "SET extra_float_digits = -15",
    "SET plan_cache_mode = force_custom_plan", "SET enable_indexscan = off", "SET default_transaction_isolation = 'serializable'",
    "SET lock_timeout = 0", "SET statement_timeout = 0", "SET search_path = public, pg_temp", "SET xmloption = document", "SET quote_all_identifiers = on",
    "SET backslash_quote = off", "SET row_security = on", "SET client_encoding = 'GB18030'", "SET jit = on", "SET work_mem = '64kB'",
)  # fmt: skip


def test_settings_of_his_own_session_change_no_verdict(scene):
    """Each is set before the session's first call, so that the functions are read under it."""
    with scene.enemy.connect() as desk:
        for setting in SETTINGS:
            desk.execute(setting)
        scene.desk, before = desk, scene.desk
        try:
            for forge, code in (
                (("header", altered(seq="5")), "quarantined"),
                (("kind", None), "refused"),
                (("good", None), "accepted"),
            ):
                scene.again()
                made = scene.own().made[0]
                if forge[0] == "header":
                    made = resigned(scene, made, forge[1](made.act.header))
                elif forge[0] == "kind":
                    made = change(made, entries=[change(e, kind="closed") for e in made.entries])
                assert scene.send(made)[0][0] == code
            assert desk.execute("SELECT ld.change_password('x')").fetchone()[0] == {"error": "verifier"}
            assert desk.execute("SELECT ld.reveal(%s,'reason')", (scene.case.case.id,)).fetchone()[0] == {
                "error": "case_unknown"
            }
        finally:
            scene.desk = before


def test_no_setting_lets_a_case_begin_before_its_version(cluster):
    """The day of a version is a day, not the text that a session's style makes of it (01.11.2026 is before 2020-01-01 by its signs)."""
    district = District(cluster)
    try:
        scene = Scene.__new__(Scene)
        scene.district, scene.epoch = district, district.epoch
        scene.hands = Hands(district)
        scene.enemy = district.enrol("p-gaoyuan")
        scene.hands.adopt(scene.enemy)
        district.sql("UPDATE ld.profile SET valid_from = date_trunc('month', current_date)")
        made = scene.own().made[0]
        made = scene.signed(made, happened_at="2020-01-01T00:00:00+08:00")
        with scene.enemy.connect() as scene.desk:
            scene.desk.execute("SET DateStyle = 'German'")
            assert scene.send(made) == [("refused", {"code": "profile_day"})]
    finally:
        district.remove()


# -- flooding and leaving things behind ---------------------------------------------------------------


def test_one_desk_does_not_use_up_the_numbers_of_its_body(scene):
    ask = "SELECT ld.lease(gen_random_uuid(),'slip',2026,1000)"
    found = [scene.desk.execute(ask).fetchone()[0] for _ in range(102)]
    assert [f.get("error") for f in found] == [None] * 100 + ["many"] * 2
    assert scene.refusals("many") == 2
    taken = scene.district.sql("SELECT next FROM ld.number_head WHERE body='MUNI' AND kind='slip' AND year=2026")
    assert taken == [(100_001,)]


def test_an_act_named_twice_is_withdrawn_once(scene):
    made = scene.own().made[0]
    assert scene.send(change(made, entries=[])) == [("behind", {"code": "no_entries"})]
    act = uuid.UUID(made.act.id)
    fates = scene.desk.execute("SELECT fate FROM ld.withdraw(%s,ARRAY['x','y','z'])", ([act] * 3,)).fetchall()
    assert fates == [("withdrawn",)] * 3
    told = scene.district.sql("SELECT count(*) FROM ld.feed_item WHERE what='result' AND ref=%s", act)
    assert told == [(1,)]


def test_no_transaction_is_left_prepared(scene):
    """It would hold its locks for ever; PostgreSQL has none as it comes, and ``server check`` looks."""
    with psycopg.connect(scene.enemy.url) as desk:
        desk.execute("SELECT ld.status()")
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
            desk.execute("PREPARE TRANSACTION 'x'")


def test_a_cursor_that_outlives_its_transaction_reads_what_was_his(scene):
    """WITH HOLD keeps an answer, not a right: of what he may not read there is nothing in it."""
    with scene.enemy.connect() as desk:
        desk.execute(
            b"DECLARE kept CURSOR WITH HOLD FOR SELECT feed FROM ld.pull('%s',ARRAY['body/EPB','oversight','district'],ARRAY[0,0,0]::bigint[],100,1000)"
            % scene.epoch.encode()
        )
        assert {row[0] for row in desk.execute("FETCH ALL FROM kept").fetchall()} == {"district"}


def test_plans_that_he_has_printed_tell_of_no_other(scene):
    """With the printing of plans on, the server tells the client the plans of the functions: their text, no rows."""
    with scene.enemy.connect() as desk:
        told = []
        desk.add_notice_handler(lambda said: told.append(str(said.message_detail) + str(said.message_primary)))
        desk.execute("SET client_min_messages = log; SET debug_print_plan = on; SET debug_print_parse = on")
        desk.execute("SELECT ld.reveal(%s,'reason')", (scene.case.case.id,))
        desk.execute(PULL, (scene.epoch, ["body/EPB", "oversight"], [0, 0], 10, 1000))
    assert told
    personal = [json.loads(m.act.personal) for m in scene.case.made if m.act.personal]
    words = [value for one in personal for value in one.values() if isinstance(value, str) and len(value) > 1]
    assert words
    assert not any(word in said for said in told for word in words)
