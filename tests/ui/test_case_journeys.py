"""Journeys of whole cases through the window, each to its end; a stated clock moves them through weeks.

In Chinese; the same stories by keys alone in the real window, in both languages, are walks (tests/ui/walks).
The registration by hands is in test_hands.py, a leader's morning of twelve papers in test_reply_pages.py.
"""

from datetime import datetime

import pytest

from tests.conftest import CALL, NIGHT_NOISE, NOON
from tests.ui.walking_window import Walker
from ui.options import parse

ZHOU, HE = "p-zhoumin", "p-hejianping"  # COMMERCE: liaison, leader
ZHAO, SUN = "p-zhaowenjing", "p-sunliqun"  # EPB
LIU, FAN = "p-liuyang", "p-fanmin"  # C12369
WANG, DUAN = "p-wangke", "p-duanhui"  # GOVT_DUTY, SUPERV
NIGHT = {"medium": "odour", "source": "industry", "at_night": True, "foul_odour": True}
BOTH = pytest.mark.parametrize("lang", ["zh_CN"])


@pytest.fixture
def walker(start, home, request):
    driven = start(home, lang=request.getfixturevalue("lang"))
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    return Walker(driven)


def registered(walker, **more):
    walker.case = walker.desk.act_from("new", "register", {**CALL, "facts": NIGHT_NOISE, **more}).case
    walker.driven.settle()


def transferred(walker):
    """Proposed, signed by telephone in the folder's form, sent, delivered, told; signed and accepted at the other side."""
    walker.do(ZHOU, "propose-transfer")
    page = walker.folder(ZHOU)
    page.offers()["agreed_by_phone"]()
    walker.fill("act_approve", {"number": "67820001", "words": "同意"})
    walker.do(ZHOU, "transfer", method="fax")
    walker.do(ZHOU, "deliver", confirmed_by="刘洋", evidence="传真回执")
    walker.do(ZHOU, "inform", about="transfer", method="phone")
    walker.do(ZHAO, "sign", signer="赵文静")
    walker.do(ZHAO, "accept")
    walker.do(ZHAO, "inform", about="acceptance", method="phone")
    walker.do(ZHAO, "take-over")


def answered(walker, *, solved=True):
    walker.do(ZHAO, "investigate", findings="夜间打桩属实，未取得许可", officers="刘洋、范敏", verified=True)
    page = walker.write(ZHAO, "formal", "王喆堃同志：\n您反映的问题属实，已责令停工整改。")
    walker.submit(page)
    walker.sign(SUN)
    walker.send(ZHAO, "formal", solved=solved)


def fed_back(walker, rating="satisfied"):
    """反馈: written on the page of the reply, given in its form with the rating."""
    page = walker.write(ZHAO, "feedback", "已责令停工整改，投诉人表示认可。")
    page.do_next()
    walker.fill("act_feedback", {"result": "已停工整改", "rating": rating})


@BOTH
def test_an_ordinary_case_from_the_call_to_the_archive_in_fifteen_working_days(walker, lang, tmp_path):
    registered(walker)
    transferred(walker)
    walker.later(days=9)
    answered(walker)
    walker.later(days=1)
    fed_back(walker)
    assert set(walker.clocks("M1-RPL-04")) == {"met"}
    walker.later(days=2)
    walker.do(ZHOU, "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    walker.do(ZHAO, "close", outcome="solved")
    walker.do(ZHAO, "archive", fonds="012", keep="30", item="7", pages="12")
    assert walker.state() == "CLS"
    walker.open(ZHAO).print_case()
    paper = walker.driven.dialog("paperDialog")
    walker.driven.until(paper.print_button.isEnabled)
    paper.save_to(tmp_path / "全案.pdf")
    walker.driven.until((tmp_path / "全案.pdf").exists)
    walker.driven.settle()
    paper.reject()
    assert (tmp_path / "全案.pdf").read_bytes().startswith(b"%PDF")
    assert walker.desk.verify().ok and walker.desk.rebuild(check=True).equal
    assert (walker.clock - NOON).days == 12


@BOTH
def test_stench_at_night_within_the_hour_and_the_written_reply_within_the_day(walker, lang):
    registered(walker, object="化工厂", content="夜里恶臭", facts=NIGHT)
    transferred_now(walker)
    walker.do(ZHAO, "arrive", officers="刘洋、范敏")
    assert walker.clocks("M1-HDL-01") and "missed" not in walker.clocks("M1-HDL-01")
    walker.do(ZHAO, "inform", about="acceptance", method="phone")
    walker.do(ZHAO, "take-over")
    walker.do(
        ZHAO, "investigate", findings="厂区废气处理设施停运", officers="刘洋", verified=True, measures="责令停产检修"
    )
    walker.do(ZHAO, "inform", about="onsite", method="phone")
    page = walker.write(ZHAO, "written", "现场调查情况：废气处理设施停运，已责令停产检修。")
    walker.submit(page)
    page = walker.folder(ZHAO)
    page.offers()["agreed_by_phone"]()
    walker.fill("act_approve-reply", {"leader": SUN, "number": "86006229", "words": "同意，尽快发出"})
    walker.send(ZHAO, "written")
    assert walker.clocks("M1-HDL-06") == ["met"]
    assert "OFFICE-A1" in {d.rule for d in walker.desk.case(walker.case).deadlines if d.state == "open"}
    walker.do(ZHAO, "countersign", scan="签字页.pdf")
    walker.sign(SUN)  # 属实: the approval that was entered in his name
    left = {t.action for t in walker.desk.today() if t.case_id == walker.case}
    assert not left & {"countersign", "confirm-proxy"}


def transferred_now(walker):
    walker.do(ZHOU, "propose-transfer")
    walker.sign(HE)
    walker.do(ZHOU, "transfer", method="recorded_phone")
    walker.do(ZHOU, "deliver", confirmed_by="赵文静", evidence="录音电话")
    walker.do(ZHAO, "accept")


@BOTH
def test_a_transfer_is_disputed_designated_and_not_returned(walker, lang):
    registered(walker)
    walker.do(ZHOU, "propose-transfer")
    walker.sign(HE)
    walker.do(ZHOU, "transfer", method="fax")
    walker.do(ZHOU, "deliver", confirmed_by="赵文静", evidence="传真回执")
    walker.do(ZHAO, "object", reasons="施工噪声由城管处罚", clause="第二十条", proposed="GOVT")
    walker.do(ZHOU, "keep-transfer", reasons="夜间施工属环保部门职责")
    walker.do(ZHOU, "dispute", about="transfer", reasons="双方意见不一", proposed="EPB")
    page = walker.open(WANG)
    walker.driven.until(lambda: page._beside is not None and bool(page._beside.disputes))
    assert len({p.body for p in page._beside.disputes[0].positions}) == 2
    walker.driven.until(lambda: walker.driven.workplace.alarm.isVisible())
    walker.do(WANG, "designate", body="EPB", reasons="由环保局办理")
    view = walker.desk.case(walker.case)
    assert view.state == "DLV"
    walker.open(ZHAO)
    offered = {a.action for a in walker.driven.page.case.actions}
    assert "accept" in offered and not offered & {"object", "dispute", "return"}
    walker.do(ZHAO, "accept")


@BOTH
def test_a_dissatisfied_citizen_is_worked_for_again_explained_to_and_evaluated_by_a_panel(walker, lang):
    registered(walker)
    transferred(walker)
    page = walker.write(ZHAO, "preliminary", "王喆堃同志：\n因需监测，先予初步回复，预计10月20日前解决。")
    walker.submit(page)
    walker.sign(SUN)
    walker.send(ZHAO, "preliminary", promised="2026-10-20T18:00")
    assert walker.state() == "PRE"
    answered(walker, solved=False)
    fed_back(walker, "dissatisfied")
    said = {"staff": "satisfied", "site": "satisfied", "result": "dissatisfied", "reason": "夜里仍在施工"}
    walker.do(ZHOU, "revisit", method="phone", **said)
    assert "dissatisfied" in walker.desk.case(walker.case).flags
    walker.do(ZHAO, "dispute", about="satisfaction", reasons="已停工，夜间为抢险作业")
    page = walker.write(ZHAO, "explanation", "关于满意度的书面说明：夜间为抢险作业，已公告。")
    walker.submit(page)
    walker.sign(SUN)
    walker.send(ZHAO, "explanation")
    walker.do(FAN, "evaluate", panel="区人大代表张某等五人", result="basically", words="处理基本妥当")
    assert "evaluated" in walker.desk.case(walker.case).flags
    kinds = [caption for caption, _ in walker.desk.reply(walker.case).earlier]
    assert len(kinds) == 3
    assert walker.desk.rebuild(check=True).equal


@BOTH
def test_a_listed_case_is_solved_verified_and_taken_off_the_list(walker, lang):
    registered(walker)
    transferred(walker)
    walker.do(DUAN, "urge", reason="投诉人三次催问")
    walker.do(DUAN, "supervise", reason="逾期未复")
    listing = {
        "target": "10月31日前解决",
        "until": "2026-10-31T18:00",
        "responsible": "区环保局",
        "supervisor": "区政府督查室",
    }
    walker.do(DUAN, "list", procedure="每周报进展", **listing)
    assert "listed" in walker.desk.case(walker.case).flags
    walker.later(days=8)
    answered(walker)
    fed_back(walker)
    walker.do(DUAN, "unlist", evidence="现场复查照片", verified_by="段辉")
    assert "listed" not in walker.desk.case(walker.case).flags
    walker.do(ZHOU, "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    walker.do(ZHAO, "close", outcome="solved")
    assert walker.state() == "CLS"


def test_the_stated_clock_is_said_on_the_command_line(tmp_path):
    options, _ = parse(["--home", str(tmp_path), "--demo", "--now", "2026-10-15T09:00"])
    assert options.now == datetime.fromisoformat("2026-10-15T09:00+08:00")
    assert parse(["--home", str(tmp_path)])[0].now is None
