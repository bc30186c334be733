"""The chain of a reply (OFFICE B7): checked, reviewed, co-signed, signed; and what follows a telephone signature (A1)."""

import pytest

from liaison_app.desk.chains import chain_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.chain_schema import USUAL, Chain, ChainStep, chain_doubts, packed, unpacked
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office


@pytest.fixture
def office(desk):
    return Office(desk)


def chosen(office, value):
    """Choose a chain for every case and bring one to a submitted reply."""
    desk = office.desk
    if value != "sign":
        desk.choose_setting("reply.chain", value, "本局规定", running=True)
    office.accepted()
    office.do("EPB", "investigate", findings="夜间打桩属实", verified=True, officers="刘洋、范敏")
    office.do("EPB", "draft-reply", kind="formal", text="王喆堃同志：\n已责令停工整改。")
    office.do("EPB", "submit-reply")


def people(office):
    mine = [p for p in office.desk.roster.people if p.body == "EPB"]
    leaders = [p.id for p in mine if "leader" in p.roles]
    writers = [p.id for p in mine if "liaison" in p.roles]
    return leaders, writers


def act(office, person, action, **fields):
    office.desk.switch_person(person)
    office.later(minutes=3)
    return office.desk.act_from(office.case, action, fields)


def refused(office, code, person, action, **fields):
    with pytest.raises(RuleBroken) as refusal:
        act(office, person, action, **fields)
    assert refusal.value.code == code, refusal.value.code
    return refusal.value


def folder(office, person):
    office.desk.switch_person(person)
    return [p for p in office.desk.folder() if p.case_id == office.case]


def test_a_reply_is_signed_only_after_every_step_of_its_chain(office):
    chosen(office, "full")
    leaders, writers = people(office)
    leader, writer = leaders[0], writers[0]
    rules = office.desk.rules
    assert [s.code for s in chain_of(rules, "formal", "EPB")] == ["check", "review", "cosign"]
    assert chain_of(rules, "written", "EPB") == ()
    said = refused(office, "chain_step_before", leader, "approve-reply", road="own_desk")
    assert said.facts["step"] == "check"
    refused(office, "chain_by_writer", writer, "pass-reply", step="check")
    refused(office, "chain_step_unknown", leader, "pass-reply", step="review")
    assert [(p.action, p.step, "own_desk" in p.roads or "switched" in p.roads) for p in folder(office, leader)] == [
        ("pass-reply", "check", True)
    ]
    assert [("own_desk" in p.roads or "switched" in p.roads) for p in folder(office, writer)] == [False]
    act(office, leader, "pass-reply", step="check", words="文字已核")
    refused(office, "chain_not_yours", writer, "pass-reply", step="review")
    act(office, leader, "pass-reply", step="review", skipped="科长出差")
    refused(office, "chain_not_yours", leader, "pass-reply", step="cosign")
    refused(office, "field_missing", writer, "pass-reply", step="cosign", road="paper", body="GOVT")
    act(
        office,
        writer,
        "pass-reply",
        step="cosign",
        road="paper",
        body="GOVT",
        signer="陈国栋",
        scan="会签单.pdf",
        words="无意见",
    )
    papers = folder(office, leader)
    assert papers[0].action == "approve-reply" and ("会签", "") not in papers[0].facts
    act(office, leader, "approve-reply", road="own_desk")
    view = office.desk.reply(office.case)
    names = [step for step, _ in view.chain]
    assert names == ["核稿", "审核", "会签", "签发"]
    assert all(words for _, words in view.chain) and "跳过：科长出差" in dict(view.chain)["审核"]
    office.desk.renderer = drawing()
    made = office.desk.official("draft-sheet", (office.case,))[0].paper
    cells = {f.caption: f.value for f in made.fields}
    assert "文字已核" in cells["核稿"] and "科长出差" in cells["审核"]
    assert "陈国栋" in cells["会签"] and "无意见" in cells["会签"] and "2026年9月30日" in cells["签发"]
    assert cells["主送"] == "王喆堃"
    office.sit("COMMERCE")
    assert "文字已核" not in str(office.desk.case(office.case).timeline), "the chain stays in its own body"
    assert office.desk.verify().ok and office.desk.rebuild(check=True).equal


def test_a_returned_text_begins_its_chain_anew(office):
    chosen(office, "check")
    leaders, writers = people(office)
    act(office, leaders[0], "pass-reply", step="check")
    act(office, leaders[0], "return-reply", comment="写明期限")
    act(office, writers[0], "submit-reply")
    refused(office, "chain_step_before", leaders[0], "approve-reply", road="own_desk")
    act(office, leaders[0], "pass-reply", step="check")
    act(office, leaders[0], "approve-reply", road="own_desk")


def test_without_a_chain_nothing_is_offered_but_the_signature(office):
    chosen(office, "sign")
    leaders, _ = people(office)
    assert [p.action for p in folder(office, leaders[0])] == ["approve-reply"]
    assert "pass-reply" not in {a.action for a in office.desk.case(office.case).actions}
    refused(office, "chain_step_unknown", leaders[0], "pass-reply", step="check")


def test_a_reply_signed_by_telephone_waits_for_its_paper_and_the_leaders_word(office):
    chosen(office, "sign")
    leaders, writers = people(office)
    act(office, writers[0], "approve-reply", road="telephone", leader=leaders[0], words="同意", number="67820001")
    office.sit("COMMERCE")
    theirs = [a for a in office.desk.case(office.case).actions if a.action == "countersign"]
    assert "正式回复" not in str(theirs[0].fields), "the first receiver signs its own transfer, not this reply"
    office.desk.switch_person(writers[0])
    tasks = {t.action: t for t in office.desk.today() if t.case_id == office.case}
    assert tasks["countersign"].label.startswith("回复电话请示待补签")
    clock = [d for d in office.desk.case(office.case).deadlines if d.event == "reply-telephone" and d.state == "open"]
    assert [c.due[:10] for c in clock] == ["2026-10-08"], "the next working day after the holiday"
    offered = next(a for a in office.desk.case(office.case).actions if a.action == "countersign")
    approval = dict(next(f for f in offered.fields if f.name == "approval").choices)
    reply = next(code for code, words in approval.items() if words == "正式回复")
    found = [p for p in folder(office, leaders[0]) if p.kind == "proxy"]
    assert [p.approval for p in found] == [reply] and "已责令停工整改" in found[0].text
    act(office, leaders[0], "confirm-proxy", approval=reply, agrees=True)
    assert not [p for p in folder(office, leaders[0]) if p.kind == "proxy"]
    act(office, writers[0], "send-reply", kind="formal", method="letter")
    act(office, writers[0], "countersign", approval=reply, scan="签字页.pdf")
    left = {t.action for t in office.desk.today() if t.case_id == office.case}
    assert not left & {"countersign", "confirm-proxy"}
    met = [
        d.state
        for d in office.desk.case(office.case).deadlines
        if d.rule == "OFFICE-A1" and d.event == "reply-telephone"
    ]
    assert met == ["met"]


def test_a_chain_that_does_not_end_with_the_signature_is_a_doubt():
    good = Chain(texts=["formal"], steps=[ChainStep(code="check"), ChainStep(code="sign")], setting="s", value="a")
    assert list(chain_doubts([good], {"s": ["a"]})) == []
    wrong = Chain(texts=["formal"], steps=[ChainStep(code="sign"), ChainStep(code="check")], setting="s", value="b")
    said = [words for _, words in chain_doubts([wrong], {"s": ["a"]})]
    assert len(said) == 2 and "signs" in said[0] and "s=b" in said[1]


def test_a_body_without_a_desk_has_its_chain_on_its_own_paper(office):
    office.desk.choose_setting("reply.chain", "full", "本局规定", running=True)
    office.register(facts={"medium": "noise", "source": "construction", "project_class": "city_key"})
    office.transfer()
    there = {"for": "王处长", "for_body": "KEYPROJ_CITY", "evidence": "传真件.pdf"}
    office.do("COMMERCE", "accept", **there)
    office.do("COMMERCE", "inform", what="acceptance", method="phone", **there)
    office.do("COMMERCE", "take-over", handler="王处长", **there)
    office.do("COMMERCE", "investigate", findings="属实", verified=True, **there)
    office.do("COMMERCE", "draft-reply", kind="formal", text="已责令停工。", **there)
    reply = office.desk.paper_case(office.case).case.handling.replies
    office.do("COMMERCE", "submit-reply", **there)
    office.do("COMMERCE", "approve-reply", road="paper", leader="王处长", scan="来函.pdf", **there)
    state = office.desk.paper_case(office.case).case.handling.replies[-1]
    assert reply == () and (state.state, state.body) == ("approved", "KEYPROJ_CITY")


# -- the own chain of a body (OFFICE B7) ----------------------------------------------------------


def with_deputy(office):
    """Enter a second liaison and a second leader at the bureau; return (leader, second leader, writer, second writer)."""
    desk = office.desk
    desk.switch_person("p-sunliqun")
    second = desk.enrol_person("范晓", title="科长", roles=("leader",), mode="demo").id
    deputy = desk.enrol_person("柳青", title="联络员（B角）", roles=("liaison",), mode="demo").id
    return "p-sunliqun", second, "p-zhaowenjing", deputy


def test_a_body_names_who_takes_each_step_and_the_deputy_may(office):
    leader, second, writer, deputy = with_deputy(office)
    check, sign = USUAL["check"].named([writer, deputy], ""), USUAL["sign"].named([leader], "")
    office.desk.choose_chain("EPB", [check, sign], "局务会定")
    chosen(office, "sign")
    refused(office, "chain_step_before", leader, "approve-reply", road="own_desk")
    refused(office, "chain_not_yours", second, "pass-reply", step="check")
    refused(office, "chain_by_writer", writer, "pass-reply", step="check")
    assert [("own_desk" in p.roads or "switched" in p.roads) for p in folder(office, second)] == [False]
    view = office.desk.reply(office.case, 1)
    assert [step for step, _ in view.chain] == ["核稿（赵文静，B角柳青）", "签发（孙立群）"]
    act(office, deputy, "pass-reply", step="check", words="已核")
    refused(office, "chain_not_yours", second, "approve-reply", road="own_desk")
    act(office, leader, "approve-reply", road="own_desk")
    assert [words.split()[0] for _, words in office.desk.reply(office.case, 1).chain] == ["柳青", "孙立群"]


def test_another_body_goes_by_the_districts_chain_and_one_may_return_to_it(office):
    with_deputy(office)
    desk = office.desk
    desk.choose_chain("EPB", [USUAL["review"], USUAL["sign"]], "局务会定")
    assert [s.code for s in chain_of(desk.rules, "formal", "EPB")] == ["review"]
    assert chain_of(desk.rules, "formal", "COMMERCE") == ()
    assert chain_of(desk.rules, "written", "EPB") == (), "a text without any chain has none"
    desk.choose_chain("EPB", [], "改回全区的")
    assert chain_of(desk.rules, "formal", "EPB") == ()


def test_what_is_no_chain_is_refused_in_words(office):
    desk = office.desk
    for steps, code in (
        ([USUAL["check"]], "own_chain_end"), ([USUAL["sign"], USUAL["check"]], "own_chain_end"),
        ([USUAL["check"], USUAL["check"], USUAL["sign"]], "own_chain_twice"), ([USUAL["cosign"], USUAL["sign"]], "own_chain_cosign"),
        ([USUAL["sign"].named(["p-zhoumin"], "")], "own_chain_person"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            desk.choose_chain("EPB", steps, "试试")
        assert refusal.value.code == code
    with pytest.raises(RuleBroken, match="reason_missing"):
        desk.choose_chain("EPB", [USUAL["sign"]], " ")


def test_a_text_is_co_signed_by_the_body_that_the_chain_names(office):
    _leader, _second, writer, _deputy = with_deputy(office)
    office.desk.choose_chain("EPB", [USUAL["cosign"].named([], "LEGAL"), USUAL["sign"]], "局务会定")
    chosen(office, "sign")
    said = {"step": "cosign", "road": "paper", "signer": "乔安", "scan": "scan-1"}
    refused(office, "chain_other_body", writer, "pass-reply", body="GOVT", **said)
    act(office, writer, "pass-reply", body="LEGAL", **said)
    assert "区政府法制办" in office.desk.reply(office.case, 1).chain[0][0]


def test_a_chain_of_another_form_is_none():
    chain = [USUAL["check"].named(["p-1", "p-2"], ""), USUAL["cosign"].named([], "LEGAL"), USUAL["sign"]]
    assert unpacked(packed(chain)) == tuple(chain)
    assert packed([]) == "" and unpacked("") == ()
    for broken in ("{}", "[1]", '[{"code":"dance"}]', "nothing"):
        assert unpacked(broken) == ()


def leader_of(desk, body):
    return next(p.id for p in desk.roster.people if p.body == body and "leader" in p.roles)


def submitted_for_cosigning(office):
    """Bring a reply to the step 会签 of its chain; return the writer and the leader."""
    chosen(office, "full")
    (leader, *_), (writer, *_) = people(office)
    act(office, leader, "pass-reply", step="check")
    act(office, leader, "pass-reply", step="review")
    office.desk.switch_person(writer)
    return writer, leader


def test_another_body_reads_one_text_and_its_agreement_passes_the_step(office):
    writer, leader = submitted_for_cosigning(office)
    desk = office.desk
    offered = desk.cosigning(office.case)
    assert "COMMERCE" in dict(offered.bodies)
    assert all(b != "EPB" for b, _ in offered.bodies) and not offered.sent
    with pytest.raises(RuleBroken, match="chain_own_body"):
        desk.ask_cosign(office.case, "EPB")
    sent = desk.ask_cosign(office.case, "COMMERCE")
    with pytest.raises(RuleBroken, match="cosign_waits"):
        desk.ask_cosign(office.case, "COMMERCE")
    assert [one.waits for one in desk.cosigning(office.case).sent] == [True]
    refused(office, "chain_step_before", leader, "approve-reply", road="own_desk")
    desk.switch_person(leader_of(desk, "COMMERCE"))
    paper = next(p for p in desk.folder() if p.kind == "cosign")
    assert paper.text == "王喆堃同志：\n已责令停工整改。" and paper.record_id == sent.record
    assert (paper.action, paper.returns, paper.words) == ("agree", "comment", "opinion")
    office.later(minutes=5)
    desk.step_record(paper.record_id, paper.action, {"opinion": "同意，请抄送我局"})
    assert not [p for p in desk.folder() if p.kind == "cosign"]
    desk.switch_person(writer)
    assert "同意，请抄送我局" in dict(desk.reply(office.case).chain)["会签"]
    assert [p.action for p in folder(office, leader)] == ["approve-reply"]
    act(office, leader, "approve-reply", road="own_desk")
    desk.renderer = drawing()
    made = desk.official("draft-sheet", (office.case,))[0].paper
    cells = {f.caption: f.value for f in made.fields}
    assert "同意，请抄送我局" in cells["会签"]
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_agreement_to_a_text_that_was_changed_passes_nothing(office):
    writer, leader = submitted_for_cosigning(office)
    desk = office.desk
    first = desk.ask_cosign(office.case, "COMMERCE").record
    act(office, leader, "return-reply", comment="写明期限")
    desk.switch_person(writer)
    desk.save_version(office.case, 1, "formal", "王喆堃同志：\n已责令10月15日前整改。", submit=True)
    desk.switch_person(leader_of(desk, "COMMERCE"))
    desk.step_record(first, "agree", {})
    for step in ("check", "review"):
        act(office, leader, "pass-reply", step=step)
    said = refused(office, "chain_step_before", leader, "approve-reply", road="own_desk")
    assert said.facts["step"] == "cosign"
    desk.switch_person(writer)
    assert "较早的文稿" in desk.cosigning(office.case).sent[0].words
    again = desk.ask_cosign(office.case, "COMMERCE").record
    desk.switch_person(leader_of(desk, "COMMERCE"))
    with pytest.raises(RuleBroken, match="field_missing"):
        desk.step_record(again, "comment", {})
    desk.step_record(again, "comment", {"opinion": "第二段写明处罚文号"})
    desk.switch_person(writer)
    assert "第二段写明处罚文号" in desk.cosigning(office.case).sent[0].words
    refused(office, "chain_step_before", leader, "approve-reply", road="own_desk")


def test_a_text_in_confidence_goes_to_no_other_body(office):
    office.register(object="保密的工地", contact="13900000771", confidential="ordinary")
    office.transfer()
    office.desk.choose_setting("reply.chain", "full", "本局规定", running=True)
    office.sit("EPB")
    assert not office.desk.cosigning(office.case).bodies
