"""A reply from its template to the letter that never changes, and the leader's folder, at the façade."""

import pytest

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.filling import open_places
from liaison_app.domain.proofreading import doubts
from liaison_app.domain.remarks import Remark, remarks, said
from tests.journeys.test_whole_walk import Office
from tests.replies import in_hand, proposed


def _template(view, kind):
    return next(t.text for t in view.templates if t.kind == kind)


def test_a_reply_goes_from_the_template_to_the_letter(desk):
    case = in_hand(desk)
    view = desk.reply(case)
    assert [k for k, _ in view.kinds] == ["written", "formal", "preliminary"]  # 24小时书面回复 is asked first
    assert (view.state, view.reply, view.versions, view.can_write) == ("", "", (), True)
    text = _template(view, "formal")
    assert "闫女士：" in text
    assert "2026年9月30日" in text
    assert "责令停止经营，罚款3000元。" in text
    assert open_places(text) == ()
    assert doubts(text, view.grounds) == ()
    assert [d.words for d in doubts(text.replace("3000元", "5000元"), view.grounds)] == ["5000元"]
    desk.save_version(case, 1, "formal", text)
    with pytest.raises(RuleBroken, match="nothing_to_save"):
        desk.save_version(case, 1, "formal", text)
    assert [(r.state, r.text) for r in desk.replies(case)] == [("drafted", text)]
    second = text.replace("责令停止经营", "责令立即停止经营")
    desk.save_version(case, 1, "formal", second, submit=True)
    view = desk.reply(case)
    assert [(v.text, v.fate) for v in view.versions] == [(text, ""), (second, "submitted")]
    assert (view.state, view.can_write, view.can_submit) == ("submitted", False, False)

    desk.switch_person("p-hejianping")
    paper = next(p for p in desk.folder() if p.kind == "reply")
    assert (paper.text, paper.by, paper.returns) == (second, "周敏", "return-reply")
    comment = said((Remark("责令立即停止经营", "写清整改时限"),))
    desk.act_from(case, paper.returns, {"comment": comment})
    assert [p for p in desk.folder() if p.kind == "reply"] == []

    desk.switch_person("p-zhoumin")
    view = desk.reply(case)
    assert (view.state, view.text) == ("returned", second)
    assert remarks(view.comment) == (Remark("责令立即停止经营", "写清整改时限"),)
    third = second.replace("责令立即停止经营", "责令9月30日前停止经营")
    desk.save_version(case, 1, "formal", third, submit=True)
    assert [v.fate for v in desk.reply(case).versions] == ["", "returned", "submitted"]
    desk.switch_person("p-hejianping")
    assert desk.own_road() == "switched"
    desk.act_from(case, "approve-reply", {"road": desk.own_road()})
    desk.switch_person("p-zhoumin")
    view = desk.reply(case)
    assert (view.state, view.text, view.can_send) == ("approved", third, True)
    with pytest.raises(RuleBroken, match="already_reply_open"):
        desk.save_version(case, 1, "formal", "另一份", submit=True)
    desk.act_from(case, "send-reply", {"kind": "formal", "method": "letter", "document_no": "锦工商函〔2026〕46号"})
    view = desk.reply(case)
    assert [k for k, _ in view.kinds] == ["feedback", "formal"], "a further letter corrects what was sent"
    assert view.earlier == (("正式回复 2026-09-30 锦工商函〔2026〕46号", third),)
    assert (view.reply, view.text) == ("", "")
    feedback = _template(view, "feedback")
    assert "2026年9月30日以信函回复" in feedback or "回复投诉人" in feedback
    assert [w for *_, w in open_places(feedback)] == ["移送单编号", "群众评价"]
    (told,) = desk.replies(case)
    assert (told.state, told.kind_name, told.body_name, told.text) == ("sent", "正式回复", "区工商分局", third)
    assert (told.leader, told.method, told.document_no) == ("p-hejianping", "letter", "锦工商函〔2026〕46号")
    assert desk.verify().ok


def test_submitting_is_all_or_nothing(desk):
    case = in_hand(desk)
    desk.switch_person("p-hejianping")  # a leader signs, he does not write
    with pytest.raises(RuleBroken, match="not_your_office"):
        desk.save_version(case, 1, "formal", "您好", submit=True)
    desk.switch_person("p-zhoumin")
    assert desk.reply(case).versions == ()


def test_the_folder_holds_what_waits_for_a_signature_and_says_by_which_roads(desk):
    transfers = [proposed(desk, n) for n in range(3)]
    reply = in_hand(desk, 7)
    desk.save_version(reply, 1, "written", "现场情况……", submit=True)
    told = proposed(desk, 8)
    desk.act_from(
        told, "approve", {"road": "telephone", "leader": "p-hejianping", "number": "67820001", "words": "同意"}
    )
    mine = desk.folder()
    assert [p.kind for p in mine] == ["transfer"] * 3 + ["reply"]
    assert {p.roads for p in mine} == {("telephone", "paper")}
    assert {p.returns for p in mine} == {""}
    desk.switch_person("p-hejianping")
    his = desk.folder()
    assert [p.kind for p in his] == ["transfer"] * 3 + ["reply", "proxy"]
    assert {p.case_id for p in his if p.kind == "transfer"} == set(transfers)
    assert all("switched" in p.roads for p in his if p.kind != "proxy")
    proxy = his[-1]
    assert (proxy.by, proxy.text) == ("周敏", "同意")
    desk.act_from(told, "confirm-proxy", {"approval": proxy.approval, "agrees": True})
    assert [p.kind for p in desk.folder()] == ["transfer"] * 3 + ["reply"]
    desk.switch_person("p-zhaowenjing")
    assert desk.folder() == ()


def test_a_text_that_was_sent_stays_and_its_correction_is_another_reply(desk):
    """What went out is never edited: whoever was wrong writes, signs and sends a further reply beside it."""
    office = Office(desk)
    office.answered()
    office.sit("EPB")
    sent = next(r for r in desk.replies(office.case) if r.state == "sent")
    assert desk.reply(office.case).reply == ""
    desk.save_version(office.case, 1, "formal", "更正：责令停业整改。", submit=True)
    fresh = desk.reply(office.case)
    assert fresh.reply not in ("", sent.reply) and fresh.state == "submitted"
    assert [r for r in desk.replies(office.case) if r.reply == sent.reply] == [sent]
    assert [words for _, words in fresh.earlier] and sent.text in "".join(words for _, words in fresh.earlier)
    office.sit("EPB", "leader")
    desk.act_from(office.case, "approve-reply", {"road": desk.own_road()})
    state = office.state()
    office.do("EPB", "send-reply", kind="formal", method="letter", document_no="渝北环函〔2026〕9号")
    assert office.state() == state == "ANS"
    kept = {r.reply: (r.state, r.text) for r in desk.replies(office.case)}
    assert kept == {sent.reply: ("sent", sent.text), fresh.reply: ("sent", "更正：责令停业整改。")}
    office.do("EPB", "feedback", result="已停工整改", rating="satisfied")
    assert office.state() == "FED"
    assert desk.verify().ok and desk.rebuild(check=True).equal
