"""Several people at one desk, the district's registers, the first minutes of a desk."""

import pytest

from liaison_app.desk.joining import join
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL
from tests.sync.conftest import healed
from tests.sync.seats import SECRET, Seat
from tests.sync.test_faults_line import some_acts


def test_another_person_works_at_the_same_desk(pair, tmp_path):
    a, b = pair
    role = a.district.sql("SELECT role FROM ld.device WHERE id=%s", a.device())[0][0]
    with pytest.raises(RuleBroken) as refused:
        a.desk.admit("p-hejianping", "2222-2222-2222-2222-2222-2222", mode="env", secret=SECRET)
    assert refused.value.code == "code_refused"
    a.desk.admit("p-hejianping", a.district.code("p-hejianping", role), mode="env", secret=SECRET)
    case = a.act("new", "register", **CALL).case
    a.act(case, "propose-transfer", remark="请批")
    a.desk.switch_person("p-hejianping", SECRET)
    a.act(case, "approve")
    a.sync()
    b.sync()
    assert b.desk.case(case).transfers[0].approved_by == "何建平"
    assert a.rows() == b.rows()


def test_registers_belong_to_the_district(pair):
    a, _ = pair
    for run in (
        lambda: a.desk.enrol_person("某人", secret="一句足够长的口令用来测试"),
        lambda: a.desk.choose_setting("x", "y", "z"),
    ):
        with pytest.raises(RuleBroken):
            run()


def test_the_open_cases_come_first(pair, tmp_path):
    a, b = pair
    cases = []
    for _ in range(4):
        some_acts(a, cases, 5)
    a.act(cases[0], "void", outcome="withdrawn", reason="撤回", approver="李")
    a.sync()
    home, person = tmp_path / "late", "p-hejianping"
    join(
        home, url=a.district.url(), person=person, code=a.district.code(person), mode="env", secret=SECRET,
        all_at_once=False,
    )  # fmt: skip
    late = Seat.at(home, a.district, person)
    try:
        state = late.desk.sync_state()
        assert state.received < state.head
        shown = {i.case_id for i in late.desk.page("all", limit=100).items}
        assert set(cases[1:]) <= shown
        assert cases[0] not in shown
        assert late.desk.case(cases[1]).content == CALL["content"]
        mine = late.act(cases[1], "note", text="已经可以工作").act
        late.sync(limit=7)
        healed([a, b, late])
        assert late.own_acts()[mine] == "accepted"
    finally:
        late.close()
