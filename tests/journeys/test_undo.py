"""收回 through the façade: what makes up for what, what cannot be taken back and why, many as one."""

from datetime import timedelta

import pytest

from liaison_app.domain.commands import COMMANDS
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.undoing import BARRED, INVERSES, barred
from liaison_app.words.errors import SENTENCES
from liaison_app.words.labels import ACTIONS
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    return Office(desk)


def test_every_act_has_its_inverse_or_its_reason():
    told = {action for actions in BARRED.values() for action in actions.split()}
    assert set(COMMANDS) == told | set(INVERSES)
    assert not told & set(INVERSES)
    assert set(BARRED) <= set(SENTENCES)
    assert {inverse.action for inverse in INVERSES.values()} <= set(COMMANDS) & set(ACTIONS)
    for action, inverse in INVERSES.items():
        assert barred(action) == ""
        assert set(inverse.fields) <= set(COMMANDS[inverse.action].__struct_fields__)
        sources = {s for s in inverse.fields.values() if not s.startswith("$")}
        assert sources <= set(COMMANDS[action].__struct_fields__)


def test_a_proposal_is_withdrawn_by_its_proposer_only(office):
    office.register()
    office.do("COMMERCE", "propose-transfer")
    desk = office.desk
    desk.switch_person("p-xuguoqiang")
    with pytest.raises(RuleBroken) as refusal:
        desk.act_from(office.case, "withdraw", {})
    assert refusal.value.code == "not_the_proposer"
    assert desk.undo_view() is None
    desk.switch_person("p-zhoumin")
    view = desk.undo_view()
    assert (view.action, view.by, view.refused) == ("propose-transfer", "撤回", "")
    desk.undo("单位选错了")
    assert office.state() == "REG"
    last = desk.case(office.case).timeline[-1]
    assert (last.label, last.text) == ("撤回", "单位选错了")
    office.do("COMMERCE", "propose-transfer")
    assert office.state() == "TAP"
    assert desk.rebuild(check=True).equal


def test_once_approved_it_says_who_must_decide(office):
    office.register()
    office.do("COMMERCE", "propose-transfer")
    office.desk.switch_person("p-hejianping")
    office.desk.act_from(office.case, "approve", {"road": "own_desk"})
    assert "已经作出决定" in office.desk.undo_view().refused
    office.desk.switch_person("p-zhoumin")
    view = office.desk.undo_view()
    assert view.by == "撤回" and view.refused.startswith("本人不能收回")
    with pytest.raises(RuleBroken):
        office.desk.undo()
    assert office.state() == "TAP"
    assert office.desk.undo_view() == view


def test_a_note_is_struck_through_by_its_writer_and_stays_readable(office):
    office.register()
    desk = office.desk
    made = desk.act_from(office.case, "note", {"text": "记错了人"})
    desk.switch_person("p-xuguoqiang")
    with pytest.raises(RuleBroken) as refusal:
        desk.act_from(office.case, "strike-note", {"note": made.act})
    assert refusal.value.code == "note_of_another"
    desk.switch_person("p-zhoumin")
    assert "strike-note" not in {a.action for a in desk.actions(office.case)}
    desk.undo()
    lines = [(t.kind, t.text, t.struck) for t in desk.case(office.case).timeline[-2:]]
    assert lines == [("note-written", "记错了人", True), ("note-struck", "收回", False)]
    for note, code in ((made.act, "note_struck"), ("nothing", "note_unknown")):
        with pytest.raises(RuleBroken) as refusal:
            desk.act_from(office.case, "strike-note", {"note": note})
        assert refusal.value.code == code
    office.sit("EPB")
    assert "记错了人" not in str(desk.case(office.case).timeline)


def test_marks_pauses_and_mergings_are_taken_back(office):
    office.register()
    first = office.desk.case(office.case).number
    office.register(contact="13900000002")
    desk = office.desk
    mark = office.desk.rules.profile.marks[0].code
    office.do("COMMERCE", "mark", marks=[mark])
    assert mark in desk.case(office.case).flags
    assert "unmark" in {a.action for a in desk.actions(office.case)}
    desk.undo()
    assert mark not in desk.case(office.case).flags
    assert "unmark" not in {a.action for a in desk.actions(office.case)}
    office.refused("mark_not_set", "COMMERCE", "unmark", marks=[mark])
    office.do("COMMERCE", "merge", into=first, reason="同一工地")
    assert office.state() == "MRG"
    desk.undo("不是同一处")
    assert office.state() == "REG" and desk.case(office.case).links == ()
    office.accepted()
    office.do("EPB", "pause", rule="M1-RPL-04", reason="monitoring", approver="孙立群")
    assert "paused" in desk.case(office.case).flags
    desk.undo()
    assert "paused" not in desk.case(office.case).flags
    assert desk.rebuild(check=True).equal


def test_what_was_sent_or_told_says_why_it_cannot_be_taken_back(office):
    office.register()
    office.do("COMMERCE", "propose-transfer")
    office.do("COMMERCE", "approve", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    office.do("COMMERCE", "transfer", method="fax")
    assert office.desk.undo_view().refused == SENTENCES["undo_sent"][0]
    office.do("COMMERCE", "deliver", confirmed_by="刘洋", evidence="传真回执")
    with pytest.raises(RuleBroken) as refusal:
        office.desk.undo()
    assert refusal.value.code == "undo_happened"
    office.desk.act_from(office.case, "inform", {"what": "transfer", "method": "phone"})
    assert office.desk.undo_view().refused == SENTENCES["undo_said"][0]


def test_one_act_on_many_is_one_undo_all_or_nothing(office):
    cases = []
    for n in range(4):
        office.register(contact=f"1390000010{n}")
        cases.append(office.case)
    desk = office.desk
    desk.act_many(cases, "propose-transfer", {})
    assert {desk.case(c).state for c in cases} == {"TAP"}
    assert len(desk.undo_view().cases) == 4
    desk.switch_person("p-hejianping")
    desk.act_from(cases[2], "approve", {"road": "own_desk"})
    desk.switch_person("p-zhoumin")
    assert desk.case(cases[2]).number in desk.undo_view().refused
    with pytest.raises(RuleBroken):
        desk.undo()
    assert {desk.case(c).state for c in cases} == {"TAP"}
    desk.act_many(cases[:2], "note", {"text": "一并"})
    assert len(desk.undo().done) == 2
    assert [t.struck for c in cases[:2] for t in desk.case(c).timeline if t.kind == "note-written"] == [True, True]
    refused = desk.act_many(cases, "withdraw", {})
    assert refused.done == () and len(desk.undo_view().cases) == 4
    assert desk.undo_view().action == "propose-transfer"


def test_a_listing_ends_by_the_rule_only(office):
    office.accepted()
    listing = {
        "target": "月底前停工",
        "until": "2026-11-30",
        "responsible": "区环保局",
        "supervisor": "区政府督查室",
        "procedure": "每周一报",
    }
    office.do("SUPERV", "list", **listing)
    assert office.desk.undo_view().refused == SENTENCES["undo_rule"][0]


def test_steps_are_still_taken_back_after_the_desk_was_closed_and_opened(office, home):
    from liaison_app.desk.opening import open_desk

    office.register()
    first = office.case
    office.register(object="另一处", place="望江街道滨河路88号", contact="13900000031")
    second = office.case
    desk = office.desk
    desk.act_many([first, second], "mark", {"marks": ["repeat"]})
    office.do("COMMERCE", "note", text="先核实")
    office.do("COMMERCE", "note", text="写错了")
    desk.undo("写错了")
    desk.close()
    again = open_desk(home, person="p-zhoumin", now=office.clock)
    try:
        view = again.undo_view()
        assert (view.action, len(view.cases)) == ("note", 1), "what was taken back is no step any more"
        again.undo("也不对")
        view = again.undo_view()
        assert view.action == "mark" and {case for case, _ in view.cases} == {first, second}
        again.undo()
        assert "repeat" not in {*again.case(first).flags, *again.case(second).flags}
        assert again.undo_view().action == "register" and again.undo_view().refused
        again.switch_person("p-xuguoqiang")
        assert again.undo_view() is None
        assert again.rebuild(check=True).equal
    finally:
        again.close()
    later = open_desk(home, person="p-zhoumin", now=office.clock + timedelta(days=2))
    try:
        assert later.undo_view() is None, "steps of another day are not offered"
    finally:
        later.close()
