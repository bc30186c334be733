"""A body that has no part in a case any more: what its own login may still read over raw calls, and leaving and coming back in one batch."""

import hashlib
import random

import pytest

from liaison_app.store import shared
from liaison_app.sync import server
from liaison_app.sync.rounds import pushed_act
from tests.conftest import CALL
from tests.sync.acting import Author, Hands, pull_all, push
from tests.sync.conftest import healed
from tests.sync.seats import Seat
from tests.sync.test_faults_people import send

ABSENT = "00000000-0000-4000-8000-000000000000"
MARKS = (
    "SELECT i.ref::text, i.what FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed WHERE f.name='body/EPB' AND i.what IN ('joined','left')"
    " ORDER BY i.pos"
)


@pytest.fixture
def seated(tmp_path, district):
    seats = []

    def seat(person):
        seats.append(Seat(tmp_path / f"{len(seats)}-{person}", district, person))
        return seats[-1]

    yield seat
    for one in seats:
        one.close()


def given_away(a, duty, constr, case):
    """Have a case designated to another body, which accepts it."""
    a.act(case, "dispute", kind="transfer", reasons="不归市政")
    healed([a, duty])
    duty.act(case, "designate", body="CONSTR", reasons="归建委")
    healed([duty, a])
    a.act(case, "transfer", method="fax")
    a.act(case, "deliver", confirmed_by="廖军", evidence="回执")
    healed([a, constr])
    constr.act(case, "sign")
    constr.act(case, "accept", handler="廖军")
    healed([constr, a])


def test_what_a_body_that_left_gets_by_raw_calls(seated):
    a, muni, duty, constr = (seated(p) for p in ("p-zhoumin", "p-gaoyuan", "liaison-GOVT_DUTY", "p-liaojun"))
    case = a.act("new", "register", **CALL).case
    early = a.desk.attach_file(case, "早.txt", b"early").act
    send(a, case, "MUNI")
    healed([a, muni])
    waits = muni.act(case, "note", text="我局看过").act
    with muni.desk._replica.read() as connection:
        prepared = pushed_act(shared.own_act(connection, waits), shared.entries_of(connection, [waits])[waits])
    given_away(a, duty, constr, case)
    late = a.desk.attach_file(case, "晚.txt", b"late").act
    a.sync()
    epoch = a.district.epoch_now()
    with muni.desk.line() as line:
        assert line.open_cases(epoch, 50, "") == [], "not fetched ahead any more"
        assert line.get_piece(early, 0) == b"early", "what it had may be read again"
        assert line.get_piece(late, 0) is None is line.get_piece(ABSENT, 0)
        assert line.reveal(case, "想看") == line.reveal(ABSENT, "想看") == {"error": "case_unknown"}
        assert line.put_piece(late, 0, hashlib.sha256(b"x").digest(), b"x") == {"error": "piece"}
        assert [(r.fate, r.detail) for r in line.push(epoch, [prepared])] == [("refused", {"code": "case_unknown"})]
        page = line.pull(epoch, {"body/MUNI": 0}, 10_000)
    streams = [i.version for i in page.items if i.stream == f"case/{case}"]
    told = a.district.sql("SELECT left_version FROM ld.case_body WHERE case_id=%s AND body='MUNI'", case)[0][0]
    assert streams == list(range(1, told + 1)) and [i.ref for i in page.items if i.what == "left"] == [case]
    assert all(i.entry().data for i in page.items if i.what == "entry"), "the second layer shows what stood until then"
    healed([a, muni, duty, constr])
    assert [c.act_id for c in muni.desk.conflicts()] == [waits] and muni.desk.case(case).left


def story(hands, *, back):
    """Return one case that goes to the environmental bureau, is designated elsewhere and, when ``back``, asks for its help."""
    author = Author(hands, random.Random(5))
    author.register()
    author.take("p-zhoumin", "propose-transfer", to=["EPB"], reason="归环保")
    author.take("p-hejianping", "approve", road="own_desk")
    author.take("p-zhoumin", "transfer", method="fax")
    author.take("p-zhoumin", "dispute", kind="transfer", reasons="不归环保")
    author.take("liaison-GOVT_DUTY", "designate", body="MUNI", reasons="归市容")
    author.take("p-zhoumin", "transfer", method="fax")
    author.take("p-zhoumin", "deliver", confirmed_by="高远", evidence="回执")
    author.take("p-gaoyuan", "sign")
    author.take("p-gaoyuan", "accept", handler="高远")
    if back:
        author.take("p-gaoyuan", "assist-ask", body="EPB", what="监测")
        author.take("p-zhaowenjing", "assist-give", opinion="超标")
    return author


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
def test_leaving_and_coming_back(district, together):
    """In one batch as one by one: the body has every entry until it left once, and when it comes back the rest once."""
    desk, hands = district.enrol("p-zhaowenjing"), Hands(district)
    hands.adopt(desk)
    gone, back = story(hands, back=False), story(hands, back=True)
    made = gone.made + back.made
    with desk.connect() as line:
        for part in [made] if together else [[one] for one in made]:
            assert [f for f, _ in push(line, district.epoch, part)] == ["accepted"] * len(part)
        feed = pull_all(line, district.epoch, ["body/EPB"])["body/EPB"]
    first, second = gone.case.id, back.case.id
    assert district.sql(MARKS) == [(first, "joined"), (first, "left"), (second, "joined"), (second, "left"), (second, "joined")]  # fmt: skip
    versions = {c: [r[8] for r in feed if r[7] == f"case/{c}"] for c in (first, second)}
    until = district.sql("SELECT left_version FROM ld.case_body WHERE case_id=%s AND body='EPB'", first)[0][0]
    assert versions[first] == list(range(1, until + 1))
    assert versions[second] == list(range(1, max(v for _, v in streams(back)) + 1))
    assert district.sql("SELECT members FROM ld.case_head ORDER BY id") == [(["COMMERCE", "MUNI"],), (["COMMERCE", "MUNI", "EPB"],)]  # fmt: skip
    assert district.sql("SELECT left_version, left_at FROM ld.case_body WHERE case_id=%s AND body='EPB'", second) == [(None, None)]  # fmt: skip


def streams(author):
    return [(e.stream, e.version) for one in author.made for e in one.entries if e.stream.count("/") == 1]


def test_a_server_of_before_takes_nobody_off_by_its_upgrade(district):
    """Rows that knew no leaving: nobody leaves by the upgrade itself, the next act that moves roles sees to it."""
    desk, hands = district.enrol("p-zhaowenjing"), Hands(district)
    hands.adopt(desk)
    author = story(hands, back=False)
    district.sql("UPDATE ld.profile SET leave_kinds='{}'")
    with desk.connect() as line:
        assert [f for f, _ in push(line, district.epoch, author.made)] == ["accepted"] * len(author.made)
    assert district.sql(MARKS) == [(author.case.id, "joined")]
    with district.boss() as boss:
        server.upgrade(boss)
    assert district.sql(MARKS) == [(author.case.id, "joined")]
    assert district.sql("SELECT leave_kinds <> '{}' FROM ld.profile") == [(True,)]


def test_a_second_desk_that_is_told_of_an_unmasking_before_the_case_opens_it_all_the_same(seated):
    """The unmasking comes in the feed of its own body, the case in that of the whole district."""
    a, duty = seated("p-zhoumin"), seated("liaison-GOVT_DUTY")
    case = a.act("new", "register", **CALL).case
    healed([a, duty])
    duty.act(case, "reveal", reason="值班电话核对")
    duty.sync()
    later = seated("liaison-GOVT_DUTY")
    healed([a, duty, later])
    assert later.desk.case(case).number == duty.desk.case(case).number != ""
