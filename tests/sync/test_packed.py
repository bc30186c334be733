"""Pages that come compressed over a slow line: fewer bytes, the same items, nothing taken that does not open."""

import contextlib
import random

import psycopg
import pytest

from liaison_app.sync import packed, server, wire
from liaison_app.sync.packed import Damaged, unpacked
from liaison_app.sync.wire import ITEM
from tests.bench.mix import cases
from tests.conftest import CALL
from tests.sync.acting import Hands, push
from tests.sync.conftest import healed
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat

ALWAYS, NEVER = 1e15, 0
"""Bytes a second from which on a line is fast: none is, or every one."""
SHARE = 0.3
"""Of the bytes of a first synchronisation, a compressed one moves at most so many."""
RATE = 400_000
OPTIONS = "compress-algo=2, compress-level=6, cipher-algo=aes128, s2k-mode=0, s2k-digest-algo=sha256"


@pytest.fixture(scope="module")
def filled(shared_district):
    """A district with thirty cases, from the call to the archive."""
    hands = Hands(shared_district)
    carrier, made = shared_district.enrol("p-gaoyuan"), list(cases(hands, 500, random.Random(5)))
    with carrier.connect() as line:
        assert {fate for fate, _ in push(line, shared_district.epoch, made)} == {"accepted"}
    return shared_district


@pytest.fixture(scope="module")
def seat(tmp_path_factory, filled):
    made = Seat(tmp_path_factory.mktemp("seat") / "a", filled, "p-xuguoqiang")
    made.sync()
    yield made
    made.close()


@pytest.fixture
def opened(monkeypatch):
    """How many pages were opened, and every line is a slow one."""
    count = []

    def counting(message, kinds):
        rows = unpacked(message, kinds)
        count.append(len(rows))
        return rows

    monkeypatch.setattr(wire, "unpacked", counting)
    monkeypatch.setattr(wire, "FAST", ALWAYS)
    monkeypatch.setattr(wire, "MANY", 0)
    return count


def asked(line):
    """Return what a line says to everything that pages are for."""
    epoch = line.status()["epoch"]
    feeds = {"body/COMMERCE": 0, "district": 0}
    pages = [line.pull(epoch, feeds, limit) for limit in (1, 40, 10_000)]
    heads = line.pull(epoch, {page.feed: page.pos for page in pages[-1].items}, 10)
    other = line.pull("00000000-0000-0000-0000-000000000000", feeds, 10)
    foreign = line.pull(epoch, {"body/EPB": 0, "oversight": 0, "x": 3}, 10)
    assert len(pages[-1].items) > 100 and heads.heads and other.epoch == epoch and foreign.empty
    return [*pages, heads, other, foreign, line.open_cases(epoch, 3, ""), line.open_cases(epoch, 500, "~")]


def test_a_page_says_the_same_packed_and_plain(seat, opened, monkeypatch):
    with seat.desk.line() as line:
        found = asked(line)
    assert len(opened) == len(found)
    monkeypatch.setattr(wire, "FAST", NEVER)
    with seat.desk.line() as line:
        assert asked(line) == found
    assert len(opened) == len(found), "a fast line carries pages as they are"


def test_a_first_synchronisation_over_a_slow_line_moves_few_bytes(tmp_path, filled, monkeypatch):
    """Two desks of one body, joined and filled over the same line, which one of them takes for a fast one: counted bytes."""
    proxy, through, seats = Proxy(filled.cluster.port, RATE), [], []
    try:
        for person, fast, rate in (("p-zhoumin", wire.FAST, RATE), ("p-hejianping", NEVER, None)):
            monkeypatch.setattr(wire, "FAST", fast)
            proxy.rate, before = rate, proxy.through
            seats.append(Seat(tmp_path / person, filled, person, proxy.port))
            seats[-1].sync()
            through.append(proxy.through - before)
        assert seats[0].rows() == seats[1].rows()
        assert through[1] > 900_000
        assert through[0] < SHARE * through[1], through
        seats[0].act("new", "register", **CALL)
        healed(seats)
    finally:
        for one in seats:
            one.close()
        proxy.stop()


# -- what does not open ------------------------------------------------------------------------------


def page(district, seat, limit=2):
    """Return a packed page as the server makes it."""
    with seat.desk.line() as line:
        values = (district.epoch, ["body/COMMERCE"], [0], limit, 1 << 20)
        return bytes(line._rows("SELECT ld.pull_packed(%s,%s::text[],%s::bigint[],%s,%s)", values)[0][0])


KINDS = tuple(ITEM.values())


def test_every_altered_byte_is_seen(filled, seat):
    """Each byte of a page, one bit of it and all of it; and a page that ends too early."""
    message = page(filled, seat)
    assert len(unpacked(message, KINDS)) == 2
    for at in range(len(message)):
        for change in (1 << at % 8, 0xFF):
            with pytest.raises(Damaged):
                unpacked(message[:at] + bytes((message[at] ^ change,)) + message[at + 1 :], KINDS)
        with pytest.raises(Damaged):
            unpacked(message[:at], KINDS)


@pytest.mark.parametrize(
    "content", ["ROW(1)", "ROW(ARRAY[1])", "ROW(NULL)", "ROW(" + ",".join(["ARRAY[['x','y']]"] * 18) + ")"]
)
def test_what_is_no_page_is_not_taken(filled, content):
    (message,) = filled.sql(f"SELECT ld.pressed({content})")[0]
    with pytest.raises(Damaged):
        unpacked(bytes(message), KINDS)


def test_no_answer_fills_the_memory_of_a_desk(filled, monkeypatch):
    """Some bytes on the line that would be more than a page may ever be; and as many as it may be are no page either."""
    monkeypatch.setattr(packed, "MOST", 1 << 20)
    inflating = []
    monkeypatch.setattr(packed, "_columns", lambda record, kinds: inflating.append(len(record)) or iter(()))
    for size in (1 << 20, (1 << 20) - 512):
        (message,) = filled.sql(
            "SELECT ld_press.pgp_sym_encrypt_bytea(convert_to(repeat('0', %s), 'UTF8'), 'LDZ1', %s)", size, OPTIONS
        )[0]
        assert len(message) < 4096
        with contextlib.suppress(Damaged):
            unpacked(bytes(message), KINDS)
    assert inflating == [(1 << 20) - 512]


@pytest.fixture
def damaging(filled):
    """Let the server alter one byte of each packed page; in the end everything is as it was."""
    (stands,) = filled.sql("SELECT pg_get_functiondef('ld.pressed(record)'::regprocedure)")[0]
    filled.sql(
        "CREATE OR REPLACE FUNCTION ld.pressed(p_row record) RETURNS bytea LANGUAGE plpgsql STABLE AS $$ "
        f"DECLARE made bytea := ld_press.pgp_sym_encrypt_bytea(record_send(p_row), 'LDZ1', '{OPTIONS}'); "
        "BEGIN RETURN set_byte(made, length(made) / 2, get_byte(made, length(made) / 2) # 1); END $$"
    )
    yield
    filled.sql(stands)


def test_a_page_that_does_not_open_is_asked_for_as_it_is(seat, opened, damaging):
    """Nothing of it is taken; the same line goes on plain, and its pages are proved as ever."""
    with seat.desk.line() as line:
        assert line.status()["packed"]
        found = asked(line)
    assert opened == []
    assert found[0].items
    seat.sync()
    seat.check(healed=True)


# -- where there is nothing to compress with -----------------------------------------------------------


@pytest.fixture
def without(filled):
    """What takes the extension away; in the end it is there again."""

    def drop(*more):
        with filled.boss() as boss:
            boss.execute("DROP EXTENSION pgcrypto")
            for statement in more:
                boss.execute(statement)

    yield drop
    with filled.boss() as boss:
        assert server.upgrade(boss)["packed"]


def test_without_the_extension_all_goes_on_plain(filled, seat, opened, without):
    """It goes away under an open line; a later line hears that it is not there; the upgrade brings it back."""
    with seat.desk.line() as line:
        found = asked(line)
        assert opened
        without()
        opened.clear()
        assert line.pull(filled.epoch, {"body/COMMERCE": 0, "district": 0}, 40) == found[1]
    seat.act("new", "register", **CALL)
    healed([seat])
    with seat.desk.line() as line:
        assert line.status()["packed"] is False
        asked(line)
    assert opened == []


def test_an_upgrade_goes_through_where_it_cannot_be_had(filled, without):
    """What stands in its way here is a function of its name; elsewhere the package is not installed."""
    without("CREATE FUNCTION ld_press.digest(bytea, text) RETURNS bytea LANGUAGE sql AS 'SELECT $1'")
    with filled.boss() as boss:
        assert server.upgrade(boss)["packed"] is False
        boss.execute("DROP FUNCTION ld_press.digest(bytea, text)")


def test_an_extension_that_lies_elsewhere_is_moved(filled, without):
    without("CREATE EXTENSION pgcrypto SCHEMA public")
    with filled.boss() as boss:
        assert server.upgrade(boss)["packed"]
    with filled.enrol("p-zhaowenjing").connect() as desk, pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk.execute("SELECT ld_press.gen_salt('bf')")
