"""From a citizen's call to a slip in hand, at the façade: what must be true after each step."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL


def refused(desk, case, action, **data):
    with pytest.raises(RuleBroken) as caught:
        desk.act_from(case, action, data)
    return caught.value.code


def transferred(desk, **more):
    case = desk.act_from("new", "register", {**CALL, **more}).case
    desk.act_from(case, "propose-transfer", {})
    telephone = {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意，马上送"}
    desk.act_from(case, "approve", telephone)
    desk.act_from(case, "transfer", {"method": "fax", "to_number": "86006200"})
    return case


def test_the_whole_journey(desk):
    case = desk.act_from("new", "register", CALL).case
    view = desk.case(case)
    assert view.matters[0].lead == "EPB"
    assert "N-10" in view.matters[0].why
    assert refused(desk, case, "transfer", method="fax") == "not_in_this_state"
    desk.act_from(case, "propose-transfer", {})
    assert refused(desk, case, "transfer", method="fax") == "needs_approved"
    assert refused(desk, case, "approve", road="own_desk") == "not_your_office"
    assert refused(desk, case, "approve", road="telephone", leader="p-hejianping") == "field_missing"
    desk.switch_person("p-hejianping")
    desk.act_from(case, "approve", {"road": "own_desk"})
    desk.switch_person("p-zhoumin")
    assert desk.act_from(case, "transfer", {"method": "fax"}).slip_no == "锦工商分局移〔2026〕1号"
    desk.act_from(case, "deliver", {"confirmed_by": "刘洋", "evidence": "传真回执", "contact_person": "刘洋"})
    assert "区环保局" in desk.case(case).tell_complainant
    desk.act_from(case, "inform", {"what": "transfer", "method": "phone"})
    desk.switch_person("p-zhaowenjing")
    assert [i.number for i in desk.page("to-accept").items] == [view.number]
    for action in ("transfer", "propose-transfer"):
        assert action not in {a.action for a in desk.actions(case)}
    assert refused(desk, case, "transfer", method="fax") == "retransfer_forbidden"
    assert refused(desk, case, "propose-transfer") == "retransfer_forbidden"
    assert refused(desk, case, "refuse") == "refusal_forbidden"
    desk.act_from(case, "sign", {})
    desk.act_from(case, "accept", {})
    desk.act_from(case, "inform", {"what": "acceptance", "method": "phone"})
    told = desk.case(case)
    assert told.state == "NOT"
    assert {d.rule: d.state for d in told.deadlines}["M1-ACC-03"] == "met"
    kinds = [t.kind for t in told.timeline]
    assert kinds == ["registered", "transfer-proposed", "transfer-approved", "transfer-sent", "delivery-confirmed", "informed", "receipt-signed", "accepted", "informed"]  # fmt: skip
    assert desk.verify().ok
    assert desk.rebuild(check=True).equal


def test_a_telephone_approval_waits_for_its_countersignature(desk):
    case = transferred(desk)
    assert "countersign" in {t.kind for t in desk.today()}
    approval = next(t.act_id for t in desk.case(case).timeline if t.kind == "transfer-approved")
    desk.act_from(case, "countersign", {"approval": approval, "scan": "呈批单扫描件"})
    assert "countersign" not in {t.kind for t in desk.today()}
    assert {d.rule: d.state for d in desk.case(case).deadlines}["OFFICE-A1"] == "met"


def test_missing_items_do_not_block_the_registration(desk):
    """M1-REC-02, M1-REC-04."""
    case = desk.act_from(
        "new", "register", {"content": "很吵", "facts": {"medium": "noise", "source": "industry"}}
    ).case
    view = desk.case(case)
    assert view.state == "INC"
    assert view.missing == ("object", "place", "complainant_name", "complainant_address", "contact")
    assert refused(desk, case, "propose-transfer") == "already_blocked"
    desk.act_from(case, "complete", {"place": "中兴街3号", "facts": {"sporadic_strong": False}})
    view = desk.case(case)
    assert "place" not in view.missing


def test_an_anonymous_complaint_with_a_place_is_transferred(desk):
    """M1-REC-04."""
    data = {k: v for k, v in CALL.items() if not k.startswith("complainant")}
    case = desk.act_from("new", "register", data).case
    assert desk.act_from(case, "propose-transfer", {}).state == "TAP"


def test_another_addressee_needs_a_reason(desk):
    case = desk.act_from("new", "register", CALL).case
    assert refused(desk, case, "propose-transfer", to=["CONSTR"]) == "reason_missing"
    desk.act_from(case, "propose-transfer", {"to": ["CONSTR"], "reason": "夜间施工证明由建委出具"})
    assert desk.case(case).transfers[0].to == ("CONSTR",)


def test_late_entry_needs_a_reason_and_uses_the_real_time(desk):
    late = {**CALL, "happened_at": "2026-09-29T21:40"}
    assert refused(desk, "new", "register", **late) == "late_reason_missing"
    case = desk.act_from("new", "register", {**late, "late_reason": "网络中断"}).case
    view = desk.case(case)
    assert view.registered_at == "2026-09-29T21:40:00+08:00"
    assert view.timeline[0].late
    assert refused(desk, case, "note", text="x", happened_at="2026-10-01T00:00") == "time_in_future"


def test_strict_confidentiality_shows_identity_to_the_first_receiver_only(desk):
    """OFFICE-C2, COM-04."""
    case = transferred(desk, confidential="strict")
    desk.switch_person("p-zhaowenjing")
    view = desk.case(case)
    assert view.masked
    assert view.complainant_name == view.contact == view.content == ""
    assert desk.page("all").items[0].complainant == "＊"
    assert desk.page("all", search="喆堃").items == ()


@pytest.mark.parametrize(
    "typed", ["打桩", "王喆堃", "喆", "wzk", "139000", "滨河路", "１３９００００", "锦工商分局移〔2026〕1号", "名城"]
)
def test_search_finds_it(desk, typed):
    case = transferred(desk)
    desk.act_from(
        "new",
        "register",
        {
            **CALL,
            "object": "别处",
            "content": "别的事",
            "place": "石桥街道远方路1号",
            "complainant_name": "李四",
            "contact": "13811112222",
        },
    )
    assert [i.case_id for i in desk.page("all", search=typed).items] == [case]


def test_a_similar_open_complaint_is_shown(desk):
    case = desk.act_from("new", "register", CALL).case
    assert [r.case_id for r in desk.similar({"contact": "139 0000 0001"})] == [case]
    assert desk.similar({"contact": "13800000000"}) == ()


def test_drafts_are_kept_apart(desk):
    draft = desk.save_draft("register", None, {"content": "打了一半"})
    assert desk.drafts()[0].fields == {"content": "打了一半"}
    desk.switch_person("p-xuguoqiang")
    assert desk.drafts() == ()
    desk.switch_person("p-zhoumin")
    desk.drop_draft(draft)
    assert desk.drafts() == ()


def test_an_urgent_case_is_reported_and_never_waits_for_a_screen(desk):
    facts = {"medium": "odour", "source": "unknown_gas", "health_or_env_threat": True, "foul_odour": True}
    case = desk.act_from("new", "register", {**CALL, "facts": facts}).case
    assert {d.rule for d in desk.case(case).deadlines} >= {"M1-TRF-05", "M1-TRF-06"}
    assert "report-urgent" in {a.action for a in desk.actions(case)}
    desk.act_from(case, "report-urgent", {"to_person": "王珂", "method": "phone"})
    assert refused(desk, case, "report-urgent", to_person="王珂", method="phone") == "already_reported"
    desk.act_from(case, "propose-transfer", {})
    assert desk.case(case).transfers[0].to == ("EPB", "MUNI")
    desk.act_from(case, "approve", {"road": "telephone", "leader": "何建平", "words": "同意"})
    desk.act_from(case, "transfer", {"method": "three_party_call"})
    states = {d.rule: d.state for d in desk.case(case).deadlines}
    assert states["M1-TRF-05"] == states["M1-TRF-06"] == "met"


def test_paper_approval_is_entered_in_the_leaders_name_and_confirmed_by_him(desk):
    case = desk.act_from("new", "register", CALL).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", {"road": "paper", "leader": "p-hejianping", "scan": "呈批单.pdf 3f2a", "for": "何建平", "evidence": "呈批单.pdf 3f2a"})  # fmt: skip
    entry = next(t for t in desk.case(case).timeline if t.kind == "transfer-approved")
    assert entry.person == "周敏"
    assert "何建平" in entry.proxy
    desk.switch_person("p-hejianping")
    assert "confirm" in {t.kind for t in desk.today()}
    desk.act_from(case, "confirm-proxy", {"approval": entry.act_id, "agrees": True})
    assert "confirm" not in {t.kind for t in desk.today()}


def test_a_body_without_a_desk_is_entered_by_the_first_receiver_only(desk):
    facts = {"medium": "air", "source": "open_burning", "burn_area": "other", "burn_material": "straw"}
    case = desk.act_from("new", "register", {**CALL, "facts": facts}).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", {"road": "telephone", "leader": "p-hejianping", "words": "同意"})
    desk.act_from(case, "transfer", {"method": "fax"})
    desk.act_from(case, "deliver", {"confirmed_by": "收发室", "evidence": "传真回执"})
    proxy = {"person": "镇政府收发室", "body": "TOWN", "evidence": "回执联扫描件"}
    assert refused(desk, case, "accept") == "not_your_case"
    assert refused(desk, case, "accept", proxy={**proxy, "evidence": ""}) == "proxy_evidence_missing"
    assert refused(desk, case, "accept", proxy={**proxy, "body": "EPB"}) == "proxy_has_desk"
    assert desk.act_from(case, "accept", {"proxy": proxy}).state == "ACC"
    assert desk.case(case).timeline[-1].proxy


def test_traditional_signs_find_simplified_ones(desk):
    case = desk.act_from("new", "register", CALL).case
    assert [i.case_id for i in desk.page("all", search="錦繡").items] == [case]


def test_reading_another_bodys_case_is_masked_and_ended_cases_leave_the_lists(desk):
    case = desk.act_from("new", "register", CALL).case
    desk.switch_person("p-luoxiaolan")
    assert desk.case(case).masked
    assert refused(desk, case, "void", outcome="void", reason="误", approver="何建平") == "not_your_case"
    desk.switch_person("p-zhoumin")
    desk.act_from(case, "void", {"outcome": "void", "reason": "重复录入", "approver": "何建平"})
    assert [i.case_id for i in desk.page("closed").items] == [case]
    assert desk.page("to-transfer").items == ()
    assert refused(desk, case, "propose-transfer") == "not_in_this_state"


def test_filters_read_their_own_list(desk):
    case = desk.act_from("new", "register", CALL).case
    desk.act_from("new", "register", {**CALL, "facts": {"medium": "air", "source": "industry"}, "town": "青杠镇"})
    assert [i.case_id for i in desk.page("all", medium="noise").items] == [case]
    assert [i.town for i in desk.page("all", town="青杠镇", medium="air").items] == ["青杠镇"]
    assert desk.page("all", town="青杠镇", medium="noise").items == ()
    assert desk.page("all", state="HND").items == ()
    assert len(desk.page("all", lead="EPB").items) == 2
