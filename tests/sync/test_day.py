"""Wednesday 30 September 2026 in three chairs: the last working day of the quarter, hour by hour, with a real shared database.

The numbers in the comments are the steps of the day. Three of its counts are told otherwise: proposing a transfer is an act
of its own, so that five acts of the night wait where the day speaks of four; the catalogue knows 27 units that owe the month's
information where the day speaks of 30; and 戊 was approved on the desk, so that two telephone approvals are countersigned, while
the third sheet is that of the proposal to 区政府值班室.
"""

import io
import re
import signal
import subprocess
import sys
from datetime import datetime

import pypdfium2 as pdfium
import pytest

from liaison_app.desk import candidates, day_end, statistics
from liaison_app.desk.meeting_room import room
from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import PrintStyle
from tests.sync.day import FACTS, HE, ON_PAPER, PEOPLE, XU, ZHOU, JinxiDistrict, Town, moment
from tests.sync.day_before import before, quarter
from tests.sync.seats import SECRET

LATE = {"late_reason": "夜间值班，次日补录"}
LETTER = "锦工商函〔2026〕46号"
CAME = (
    "EPB",
    "COMMERCE",
    "MUNI",
    "C12369",
    "POLICE",
    "HOUSING",
    "PLANNING",
    "CONSTR",
    "TRANSPORT",
    "AGRI",
    "SAFETY",
    "QTS",
    "MIIT",
    "SUPERV",
)
DECIDED = [
    {"what": "滨河路占道烧烤限期整治", "kind": "listing", "lead": "MUNI", "due": "2026-11-30", "target": "取缔占道烧烤", "supervisor": "SUPERV",
     "procedure": "每周报进展，期满验收", "item": 6},
    {"what": "报送无照餐饮取缔名单", "kind": "measure", "lead": "COMMERCE", "due": "2026-10-31", "item": 7},
    {"what": "夜间施工每周通报", "kind": "measure", "lead": "CONSTR", "assisting": ["EPB"], "due": "2026-10-20", "item": 8},
    {"what": "娱乐场所低音炮专项检查", "kind": "measure", "lead": "CULTURE", "due": "2026-11-15", "item": 5},
    {"what": "统一回访口径", "kind": "measure", "lead": "C12369", "due": "2026-10-16", "item": 3},
]  # fmt: skip
TYPIST = """
import sys, time
from datetime import datetime
from pathlib import Path
from liaison_app.desk.opening import open_desk
desk = open_desk(Path(sys.argv[1]), person=sys.argv[2], secret=sys.argv[3])
desk._stated = datetime.fromisoformat(sys.argv[4])
draft, text = None, ""
while True:
    text += "一句话。"
    draft = desk.save_draft("reply", sys.argv[5], {"text": text}, draft)
    print(len(text), flush=True)
    time.sleep(0.1)
"""


@pytest.fixture
def town(tmp_path, cluster):
    district = JinxiDistrict(cluster)
    made = Town(district, tmp_path)
    yield made
    made.close()
    district.remove()


def test_the_day(town):
    """M1-MTG-01, M1-MTG-05, M1-TRF-05, M1-TRF-07, M1-TRF-13, M1-ACC-03, M1-RPL-04, M1-LST-02, OFFICE-A1, OFFICE-A2, OFFICE-A3, OFFICE-B4, OFFICE-B10, OFFICE-B12, OFFICE-B15, OFFICE-C5, OFFICE-C8, OFFICE-C14."""
    quarter(town)
    before(town)
    papers = []
    morning(town, town.pc)
    calls(town, town.pc, papers)
    prepared(town, town.laptop, papers)
    late_morning(town, town.pc)
    power_cut(town, town.pc)
    afternoon(town, town.pc, papers)
    meeting(town, town.laptop)
    line_back(town, town.pc)
    minutes(town, town.pc, town.laptop, papers)
    before_closing(town, town.pc, papers)
    urgent(town, town.pc, papers)
    end_of_day(town, town.pc, papers)


def approval_of(town, name):
    return next(t.act_id for t in town.case(town.pc, name).timeline if t.kind == "transfer-approved")


def morning(town, pc):
    desk = pc.desk
    town.at("08:05")  # 1
    assert desk.person.id == XU
    town.sit(ZHOU)
    assert not pc.try_sync(), "the line is still down"
    state, shown = desk.sync_state(), desk.status()
    assert (state.code, state.off_since, state.waiting) == ("server_unreachable", "2026-09-29T17:42:00+08:00", 1)
    assert (shown.off_since, shown.pending) == ("2026-09-29T17:42:00+08:00", 1), "未联网 自29日17:42 · 待上传 1"
    (sheet,) = [one for one in desk.handed_over() if one.to == ZHOU]
    assert [c.title for c in sheet.cases] == ["子号投诉对象"] and not sheet.received
    assert "子号投诉对象" in words_of(desk.handover_paper(sheet.batch).pdf)
    town.at("08:12")  # 2
    town.call(pc, "辛", happened_at="2026-09-29T21:40", **LATE)
    town.do(pc, "辛", "propose-transfer", happened_at="2026-09-29T21:45", **LATE)
    agreed = {"road": "telephone", "leader": HE, "words": "同意移送", "number": "67820001"}
    town.do(pc, "辛", "approve", happened_at="2026-09-29T21:50", **agreed, **LATE)
    town.do(pc, "辛", "transfer", method="recorded_phone", to_person="陈强", happened_at="2026-09-29T21:55", **LATE)
    town.do(pc, "辛", "deliver", confirmed_by="陈强", evidence="录音电话", happened_at="2026-09-29T21:58", **LATE)
    view = town.case(pc, "辛")
    assert (view.matters[0].row, view.transfers[0].to) == ("N-20", ("POLICE",))
    assert town.due(pc, "辛", "M1-TRF-07").state == "met" and all(t.late for t in view.timeline if not t.inner)
    assert desk.sync_state().waiting == 1 + 5
    desk.receive(sheet.batch)
    town.do(pc, "辛", "inform", what="transfer", method="phone", happened_at="2026-09-29T22:05", **LATE)
    town.at("08:25")  # 3
    today = [t for t in desk.today() if t.due and t.due[:10] <= "2026-09-30"]
    assert sorted((t.kind, t.title) for t in today) == sorted([
        ("reply", "丙号投诉对象"), ("owed", "应报：2026年9月"), ("record", "建立无照餐饮台账"), ("countersign", "辛号投诉对象"),
    ])  # fmt: skip
    assert [i.title for i in desk.before_holiday().items] == ["子号投诉对象"]
    assert unsigned(desk) == ["戊号投诉对象", "辛号投诉对象"], "回执未回"
    assert len(desk.page("to-revisit").items) == 3
    town.at("08:32")  # 4
    town.do(pc, "子", "inform", what="acceptance", method="phone", words="已受理，编号已告知")
    town.do(pc, "子", "take-over", handler="周敏")
    told = town.due(pc, "子", "M1-ACC-03")
    assert (told.state, told.due[:16]) == ("met", "2026-10-01T23:59")
    assert "已受理，编号已告知" in words_of(desk.paper("phone-record", [town.cases["子"]]).pdf)


def unsigned(desk):
    """Return the slips of September that came back neither signed nor with their receipt."""
    return [
        line.cells[3] for line in desk.book("delivery", "2026-09-01", "2026-09-30").lines if not any(line.cells[7:])
    ]


def calls(town, pc, papers):
    desk = pc.desk
    town.at("08:40")  # 5
    town.call(pc, "庚", channel="petition", external_no="锦信转〔2026〕87号")
    town.do(pc, "庚", "accept")
    town.do(pc, "庚", "take-over", handler="周敏")
    view = town.case(pc, "庚")
    assert view.matters[0].row == "A-02" and "propose-transfer" not in {a.action for a in view.actions}
    assert [town.due(pc, "庚", r).due[:10] for r in ("OFFICE-A3", "M1-RPL-04", "M1-ACC-02")] == [
        "2026-10-12",
        "2026-10-27",
        "2026-10-08",
    ]
    said = {
        "from": "区政府信访办",
        "from_number": "锦信转〔2026〕87号",
        "serial": "收2026-301",
        "instruction": "请工商局牵头核实，10月12日前报结果",
    }
    desk.fill_paper("incoming-sheet", town.cases["庚"], said)
    papers.append((desk.official_view("incoming-sheet", [town.cases["庚"]]).pdf, "请工商局牵头核实"))
    assert [line.cells[4] for line in desk.book("incoming", "2026-09-30", "2026-09-30").lines] == ["锦信转〔2026〕87号"]
    town.at("08:50")  # 6
    town.call(pc, "甲")
    town.do(pc, "甲", "accept")
    town.at("08:58")
    town.do(pc, "甲", "inform", what="acceptance", method="phone")
    view = town.case(pc, "甲")
    assert view.matters[0].row == "A-05" and "propose-transfer" not in {a.action for a in view.actions}
    assert [town.due(pc, "甲", r).due[:10] for r in ("M1-RPL-04", "M1-HDL-03")] == ["2026-10-27", "2026-12-29"]
    papers.append((desk.official_view("register", [town.cases["甲"]]).pdf, PEOPLE["甲"]))
    town.at("09:08")  # 7
    town.call(pc, "乙", confidential="strict")
    view = town.case(pc, "乙")
    assert (view.matters[0].row, view.matters[0].lead, view.matters[0].supporting) == ("N-10", "EPB", ("区城乡建委",))
    assert (view.handling, view.transfer_urgency) == ("立即办理", "当日移送")
    said = desk.propose({"object": "乙号投诉对象", "place": "滨河路", "facts": FACTS["乙"]})
    assert "须1小时到场，建议即时移送" in said.hints, "amber beside the form"
    papers.append((desk.official_view("secrecy-annex", [town.cases["乙"]]).pdf, PEOPLE["乙"]))
    town.at("09:18")  # 8
    town.do(pc, "乙", "propose-transfer")
    town.do(pc, "乙", "approve", road="telephone", leader=HE, words="同意", number="67820001")
    assert (
        town.case(pc, "乙").transfers[0].road == "电话请示" and town.due(pc, "乙", "OFFICE-A1").due[:10] == "2026-10-08"
    )
    town.at("09:31")  # 9
    town.do(pc, "乙", "transfer", method="fax", to_number="86006200", attempts="09:24、09:27占线，09:31发出")
    town.at("09:36")
    town.do(
        pc, "乙", "deliver", confirmed_by="刘洋", evidence="传真报告", contact_person="刘洋", contact_number="12369"
    )
    slip = desk.paper("slip", [town.cases["乙"]]).pdf
    papers.append((slip, "由首接单位转告"))
    assert PEOPLE["乙"] not in words_of(slip)
    faxed = words_of(desk.paper("slip", [town.cases["乙"]], style=PrintStyle(stock="fax")).pdf)
    assert all(one in faxed for one in ("传真首页", "86006200", "由首接单位转告")) and PEOPLE["乙"] not in faxed
    sent = town.case(pc, "乙").transfers[0]
    assert (sent.delivered_at[:16], sent.contact_person) == ("2026-09-30T09:36", "刘洋")
    assert town.due(pc, "乙", "M1-HDL-01").due[:16] == "2026-09-30T10:36"
    notice = town.due(pc, "乙", "M1-ACC-03")
    assert notice.due[:10] == "2026-10-02" and "末日为休息日" in notice.why
    assert town.due(pc, "乙", "M1-RPL-04").due[:10] == "2026-10-27"
    town.at("09:41")  # 10
    words = town.case(pc, "乙").tell_complainant
    assert all(one in words for one in ("09:31", "传真", "区环保局", "刘洋", "12369"))
    town.do(pc, "乙", "inform", what="transfer", method="phone", words=words)
    assert town.due(pc, "乙", "M1-TRF-04").state == "met"


def prepared(town, laptop, papers):
    """What 罗晓岚 does with a line: the month's information, the papers of the meeting."""
    desk = laptop.desk
    town.at("10:00")  # 11
    for body in ("EPB", "C12369", "MUNI"):
        seat = town.others[body]
        month = seat.desk.open_record("monthly", {"work": "受理、办理环境投诉"}).record
        seat.desk.step_record(month, "approve", {"approved_by": "分管领导"})
        seat.desk.step_record(month, "send", {})
        seat.sync()
    laptop.sync()
    units = [o.body for o in desk.owed_to("monthly") if o.period == "2026-09"]
    for body in ON_PAPER:
        proxy = {"for": town.person_of(body, "liaison"), "for_body": body, "evidence": "纸质报送件"}
        month = desk.open_record("monthly", {"work": "办理环境投诉", "period": "2026-09", **proxy}).record
        desk.step_record(month, "approve", {"approved_by": "分管领导", **proxy})
        desk.step_record(month, "send", proxy)
        laptop.sync()  # numbers of records are leased in small blocks
    owing = [o.body for o in desk.owed_to("monthly") if o.period == "2026-09"]
    assert (len(units) + 3, len(owing)) == (27, 3) and set(owing) == {"CONSTR", "SUPERV", "COMMERCE"}, "24 of 27 are in"
    urged = {"what": "9月工作信息", "bodies": owing, "words": "请于今日下班前报送"}
    urging = desk.open_record("report-urging", urged).record
    laptop.sync()
    town.others["SUPERV"].sync()
    assert [t.action for t in town.others["SUPERV"].desk.today() if t.record_id == urging] == ["receive"]
    view = statistics.count(desk, "2026-09")
    assert not view.frozen_at and "截至9月30日10时" in view.standing and "未终结" in view.standing
    town.at("10:10")  # 12
    found = candidates.candidates(desk, "joint")
    why = {c.case_id: c.reasons for c in found.cases}
    assert all("争议件" in why[town.cases[n]] for n in ("争一", "争二"))
    assert all("逾期件" in why[town.cases[n]] for n in ("逾一", "逾二"))
    assert "两次以上不满意" in why[town.cases["再次"]] and "重复投诉热点" in why[town.cases["热0"]]
    assert [(u.what, u.late) for u in found.undone] == [("夜间施工审批每周通报", True), ("建立无照餐饮台账", False)]
    agenda = [
        {"item": f"研究{n}", "case": desk.case(town.cases[n]).number}
        for n in ("争一", "争二", "逾一", "逾二", "再次", "热0")
    ]
    agenda += [{"item": f"上次议定事项：{u.what}", "speaker": u.body} for u in found.undone]
    ref = desk.open_record(
        "meeting/joint", {"theme": "第三季度环境投诉联席会议", "period": "2026-Q3", "lines": {"agenda": agenda}}
    ).record
    town.cases["Q3"] = ref
    desk.step_record(ref, "call", {"at": "2026-09-30T14:30", "place": "区政府三会议室"})
    coming = [{"body": b, "how": "present", "person": f"{b}联络员"} for b in (*CAME, "LAND", "CULTURE", "HEALTH")]
    desk.step_record(ref, "expect", {"lines": {"attendance": coming}})
    pack = desk.pack(ref)
    pages = pages_of(pack.pdf)
    told = [int(n) for n in re.findall(r"(?<!\d)\d{1,3}(?!\d)", pages[0])]
    marks = [m.get_dest().get_index() + 1 for m in pdfium.PdfDocument(pack.pdf).get_toc()]
    assert marks == sorted(marks) and all(at in told for at in marks[1:]), "every part stands where the contents say"
    assert all(f"—{n}—" in re.sub(r"\s", "", page) for n, page in enumerate(pages, 1))
    assert not any(name in "".join(pages) for name in PEOPLE.values())
    for kind in ("agenda", "sign-in", "name-cards"):
        papers.append((desk.official_view(kind, [ref]).pdf, "EPB联络员" if kind != "agenda" else "研究争一"))
    cards = next(s.table for s in desk.official("name-cards", [ref])[0].paper.sections if s.table)
    assert len(cards.rows) == 17
    laptop.sync()


def late_morning(town, pc):
    desk = pc.desk
    town.at("10:20")  # 13
    desk.save_version(
        town.cases["丙"], 1, "formal", f"{PEOPLE['丙']}同志：您反映的饭店无照经营，已责令停业。", submit=True
    )
    assert PEOPLE["丙"] in desk.reply(town.cases["丙"]).text
    town.at("10:40")  # 14
    desk.attach_file(town.cases["戊"], "移送异议传真.txt", "有门面，属餐饮".encode(), "other")
    assert town.case(pc, "戊").state == "DLV" and town.due(pc, "戊", "M1-ACC-03").due[:10] == "2026-10-01"
    town.at("11:05")  # 15
    town.do(pc, "戊", "dispute", kind="transfer", reasons="接收单位认为有门面属餐饮", proposed="MUNI", clause="四(四)3")
    assert town.case(pc, "戊").state_name == "移送争议待指定"
    desk.fill_paper("designation-proposal", town.cases["戊"], {"signed_by": "何建平"})
    paper = desk.official("designation-proposal", [town.cases["戊"]])[0].paper
    assert (paper.form, paper.to, paper.signed_by) == (
        "upward",
        ("区政府值班室",),
        "何建平",
    ) and "联系人：周敏" in paper.note
    faxed = desk.paper("designation-proposal", [town.cases["戊"]], style=PrintStyle(stock="fax")).pdf
    assert "传真首页" in words_of(faxed) and "收件单位区政府值班室" in words_of(faxed)
    town.do(pc, "戊", "note", text="11:03 电话请示何建平（67820001）：同意报区政府值班室。")
    town.at("11:20")  # 16
    bad = {"staff": "satisfied", "site": "satisfied", "result": "dissatisfied", "reason": "晚11点后仍有低音炮"}
    town.do(pc, "丁", "revisit", method="phone", **bad)
    town.do(pc, "丁", "redo", reason="晚11点后仍有低音炮")
    town.do(pc, "壬", "revisit", method="phone", staff="satisfied", site="satisfied", result="satisfied")
    town.do(pc, "癸", "revisit", method="phone", reached=False, reason="无人接听")
    again = town.due(pc, "丁", "M1-FUP-03")
    assert (again.owner, again.due[:10], town.case(pc, "丁").state) == ("区环保局", "2026-10-27", "RED")
    with pytest.raises(RuleBroken, match="not_the_same_person"):
        town.do(town.others["EPB"], "壬", "revisit", method="phone", staff="satisfied", result="satisfied")
    town.at("11:40")  # 17
    draft = desk.save_draft("reply", town.cases["庚"], {"text": "周敏没写完的"})
    month = desk.open_record("monthly", {"work": "受理环境投诉情况", "period": "2026-09"}).record
    town.sit(HE)
    folder = {(p.kind, p.action, p.number) for p in desk.folder()}
    assert folder == {
        ("reply", "approve-reply", town.case(pc, "丙").number), ("record", "approve", desk.record(month).number),
        *(("proxy", "confirm-proxy", town.case(pc, n).number) for n in ("辛", "乙")),
    }, "the reply, the month's information, what was entered in his name"  # fmt: skip
    sheets = words_of(desk.official_view("approval-sheet", [town.cases[n] for n in ("辛", "乙", "戊")]).pdf)
    assert sheets.count("呈批单") == 3 and sheets.count("电话请示") == 2
    assert draft not in {d.id for d in desk.drafts()}, "a draft is its writer's"
    town.do(pc, "丙", "return-reply", comment="写清整改时限")
    desk.step_record(month, "approve", {"approved_by": "何建平"})
    for name in ("辛", "乙"):
        town.do(pc, name, "confirm-proxy", approval=approval_of(town, name), agrees=True)
    town.sit(ZHOU)
    assert draft in {d.id for d in desk.drafts()}
    desk.step_record(month, "send", {})
    for name in ("辛", "乙"):
        town.do(pc, name, "countersign", approval=approval_of(town, name), scan="呈批单扫描件")
    desk.attach_file(town.cases["戊"], "呈批单.txt", "同意上报".encode(), "scan")
    assert not [t for t in desk.today() if t.action == "countersign"]


def power_cut(town, pc):
    """18: the program is killed while somebody types; what the screen had kept is there again, the journal verifies."""
    at = town.at("12:05")
    pc.close()
    given = [pc.home, ZHOU, SECRET, at.isoformat(), town.cases["庚"]]
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, *map(str, given)], stdout=subprocess.PIPE, text=True
    ) as typist:
        kept = 0
        while kept < 40:
            kept = int(typist.stdout.readline())
        typist.send_signal(signal.SIGKILL)
    pc.desk = open_desk(pc.home, person=ZHOU, secret=SECRET)
    pc.desk.renderer = town.drawn
    town.at("12:20")
    assert max(len(d.fields.get("text", "")) for d in pc.desk.drafts()) >= kept
    assert pc.desk.verify().ok


def afternoon(town, pc, papers):
    desk = pc.desk
    town.at("13:10")  # 19
    text = f"{PEOPLE['丙']}同志：您反映的饭店无照经营，已责令停业，限10月15日前整改完毕。"
    desk.save_version(town.cases["丙"], 1, "formal", text, submit=True)
    town.at("13:30")
    town.do(pc, "丙", "approve-reply", road="paper", leader=HE, scan="发文稿纸扫描件")
    desk.act_from(town.cases["丙"], "issue-paper", {"kind": "reply", "number": LETTER})
    with pytest.raises(RuleBroken, match="number_double"):
        desk.act_from(town.cases["戊"], "issue-paper", {"kind": "designation-proposal", "number": LETTER})
    town.do(pc, "丙", "seal-paper", kind="reply", number=LETTER, approver="何建平", sealed_by="周敏", copies=2)
    assert [line.cells[2:5] for line in desk.book("seal", "2026-09-30", "2026-09-30").lines] == [
        (LETTER, "正式回复", "2")
    ]
    papers.append((desk.official_view("reply", [town.cases["丙"]]).pdf, PEOPLE["丙"]))
    plain, scan = desk.paper("reply", [town.cases["丙"]]), io.BytesIO()
    assert not plain.scan
    pdfium.PdfDocument(plain.pdf)[0].render(scale=2).to_pil().save(scan, "JPEG")
    desk.attach_file(town.cases["丙"], "盖章扫描件.jpg", scan.getvalue(), "sealed", paper=LETTER)
    sealed = desk.paper("reply", [town.cases["丙"]])
    assert (sealed.scan, sealed.number) == (True, LETTER), (
        "what came back with its seal is shown and printed from then on"
    )
    town.at("13:50")  # 20
    told = {"for": "p-wangke", "for_body": "GOVT_DUTY", "evidence": "电话记录，书面通知随后"}
    town.do(pc, "戊", "designate", body="MUNI", reasons="占道烧烤属市容管理", **told)
    view = town.case(pc, "戊")
    assert view.state == "DLV" and town.due(pc, "戊", "M1-ACC-03").due[:10] == "2026-10-01", (
        "the clock runs from the first delivery"
    )
    assert "dispute" not in {a.action for a in view.actions}, "no second return"
    town.at("14:10")  # 21
    town.do(pc, "丙", "send-reply", kind="formal", method="letter", solved=True, document_no=LETTER)
    town.do(pc, "丙", "feedback", result="已责令停业整改", rating="basically")
    told = {f.caption: f.value for f in desk.official("feedback", [town.cases["丙"]])[0].paper.fields}
    assert (told["群众评价"], told["办理结果"]) == ("基本满意", "已责令停业整改")
    view = town.case(pc, "丙")
    assert view.state == "FED" and town.due(pc, "丙", "M1-RPL-04").state == "met"
    assert "close" not in {a.action for a in view.actions}, "the return visit of 12369 is still to come"
    papers.append((desk.official_view("revisit", [town.cases["丁"]]).pdf, PEOPLE["丁"]))


def meeting(town, laptop):
    """22: 14:30, the laptop has no line; what is decided is kept line by line."""
    desk, ref = laptop.desk, town.cases["Q3"]
    town.at("14:30")
    absent = [
        {"body": "LAND", "how": "excused"}, {"body": "CULTURE", "how": "substitute", "person": "王工", "for": "唐雪"},
        {"body": "HEALTH", "how": "substitute", "person": "李科", "for": "张局"},
    ]  # fmt: skip
    desk.step_record(ref, "hold", {"chair": "韦青", "lines": {"attendance": absent}})
    for n, one in enumerate(DECIDED):
        town.at(f"14:{40 + n}")
        desk.step_record(ref, "point", {"lines": {"points": [{"item": one["item"], "words": f"研究{one['what']}"}]}})
        desk.step_record(ref, "decide", {"lines": {"decisions": [one]}})
    warned = {
        d.what: d.doubts for d in (*room(desk, ref).others, *(d for i in room(desk, ref).items for d in i.decisions))
    }
    rest = {what: said for what, said in warned.items() if said}
    assert rest == {
        "报送无照餐饮取缔名单": ("时限10月31日是休息日（周六）",), "娱乐场所低音炮专项检查": ("时限11月15日是休息日（周日）",),
    }  # fmt: skip
    view = desk.record(ref)
    how = [line.cells[1] for t in view.tables if t.name == "attendance" for line in t.lines]
    assert (how.count("到会"), how.count("代会"), how.count("请假")) == (14, 2, 1) and view.absent == ()
    held = next(d for d in view.deadlines if d.rule == "M1-MTG-01")
    assert (held.state, held.due[:10]) == ("met", "2026-09-30")


def line_back(town, pc):
    """23: the line is back; what two offices did meanwhile to one case is laid side by side."""
    desk, muni = pc.desk, town.others["MUNI"]
    town.at("13:30")
    muni.sync()
    town.do(muni, "戊", "sign", signer="高远")
    town.do(muni, "戊", "accept")
    muni.sync()
    town.at("16:32")
    town.proxy.closed = False
    pc.sync()
    items = desk.conflicts()
    assert sorted(c.action for c in items) == ["designate", "dispute", "issue-paper"], (
        "and the words of the paper about it"
    )
    said = str([c.mine for c in items])
    assert "接收单位认为有门面属餐饮" in said and "占道烧烤属市容管理" in said
    for item in items:
        desk.resolve_conflict(item.act_id, "note")
    pc.sync()
    assert desk.sync_state().waiting == 0 and not desk.conflicts()
    view = town.case(pc, "戊")
    kinds = [t.kind for t in view.timeline if not t.inner]
    assert view.state == "ACC" and len(kinds) == len(set(kinds)) + kinds.count("attached") - 1, "nothing is doubled"


def minutes(town, pc, laptop, papers):
    """24: minutes drafted, sent to the members, approved on paper, issued; each finds its decision."""
    ref, lap, desk, sup = town.cases["Q3"], laptop.desk, pc.desk, town.others["SUPERV"]
    town.at("16:50")
    laptop.sync()
    lap.step_record(ref, "minutes", {"minutes": "会议听取了第三季度环境投诉办理情况，研究了八项议题。"})
    laptop.sync()
    pc.sync()
    desk.step_record(ref, "comment", {"lines": {"comments": [{"words": "名单时限请写明为月底"}]}})
    pc.sync()
    laptop.sync()
    town.at("17:20")
    lap.step_record(ref, "sign", {"approved_by": "韦青"})
    lap.step_record(
        ref, "publish", {"minutes_no": "第3期", "lines": {"distribution": [{"to": "各有关单位", "copies": 30}]}}
    )
    paper = lap.official("minutes", [ref])[0].paper
    assert not paper.seal and paper.number == "第3期"
    papers.append((lap.official_view("minutes", [ref]).pdf, "报送无照餐饮取缔名单"))
    laptop.sync()
    for seat in (pc, *town.others.values()):
        seat.sync()
    mine = {t.title: t.due[:10] for t in desk.today() if t.record_id == ref}
    assert mine == {"报送无照餐饮取缔名单": "2026-10-31"}, "the decision is in its body's 今日待办 with the next round"
    assert {t.title for t in town.others["MUNI"].desk.today() if t.record_id == ref} == {"滨河路占道烧烤限期整治"}
    visits = [r.case_id for r in town.others["C12369"].desk.page("to-revisit").items]
    assert town.cases["丙"] in visits and town.cases["丁"] not in visits
    june = town.cases["Q2"]
    done = {"of": 1, "how": "finished", "words": "台账已建立，共41户"}
    desk.step_record(june, "progress", {"lines": {"progress": [done]}})
    with pytest.raises(RuleBroken, match="not_your_record"):
        desk.step_record(june, "done", {"line": 1, "reason": "自己销号"})
    pc.sync()
    sup.sync()
    assert [t.action for t in sup.desk.today() if t.record_id == june] == ["done"]
    sup.desk.step_record(june, "done", {"line": 1, "reason": "已查台账"})
    five = {
        "target": "取缔占道烧烤",
        "until": "2026-11-30T18:00",
        "responsible": "区市政局",
        "supervisor": "区政府督查室",
        "procedure": "每周报进展",
    }
    town.do(sup, "戊", "list", **five, decided_by="联席会议")
    sheet = {f.caption: f.value for f in sup.desk.official("listing", [town.cases["戊"]])[0].paper.fields}
    assert all(sheet[name] for name in ("目标责任", "完成时限", "责任单位", "督办部门", "督办程序"))
    sup.sync()
    pc.sync()
    laptop.sync()
    assert [u.what for u in candidates.undone(lap) if u.record_id == june] == ["夜间施工审批每周通报"]


def before_closing(town, pc, papers):
    desk = pc.desk
    town.at("17:05")  # 25
    slips = desk.slips_of_today()
    papers.append((desk.paper("slip", list(slips)).pdf, "移送"))
    papers.append((desk.book_paper(desk.book("delivery", "2026-09-30", "2026-09-30")).pdf, "乙号投诉对象"))
    assert desk.page("to-transfer").items == () and unsigned(desk) == ["辛号投诉对象", "乙号投诉对象"]
    listed = {(i.title, i.rule, i.due[:10]) for i in desk.before_holiday().items}
    assert listed == {("庚号投诉对象", "M1-ACC-02", "2026-10-08"), ("乙号投诉对象", "M1-ACC-03", "2026-10-02")}
    printed = words_of(desk.holiday_paper().pdf)
    assert all(
        one in printed
        for one in ("节前清单", "2026年10月1日至2026年10月7日", "乙号投诉对象", "10月2日", "庚号投诉对象")
    )
    duty = {
        "occasion": "国庆节值班", "hotline": "67820015", "leader": "何建平", "from": "2026-10-01T09:00", "until": "2026-10-03T09:00",
    }  # fmt: skip
    first = {"from": "2026-10-01T09:00", "until": "2026-10-02T09:00", "person": "周敏"}
    roster = desk.open_record("duty-roster", {**duty, "lines": {"shifts": [first]}}).record
    with pytest.raises(RuleBroken, match="duty_gap"):
        desk.step_record(roster, "send", {})
    second = {"from": "2026-10-02T09:00", "until": "2026-10-03T09:00", "person": "许国强"}
    desk.step_record(roster, "add-shifts", {"lines": {"shifts": [second]}})
    desk.step_record(roster, "send", {})
    papers.append((desk.official_view("duty-roster", [roster]).pdf, "许国强"))


def urgent(town, pc, papers):
    desk = pc.desk
    town.at("17:27")  # 26
    town.call(pc, "己", received_at="2026-09-30T17:25")
    view = town.case(pc, "己")
    assert (view.matters[0].row, view.transfer_urgency, view.handling) == ("A-12", "立即移送", "立即办理")
    assert "2026年9月30日17:57后为逾期" in town.due(pc, "己", "M1-TRF-05").why, "the grace"
    town.at("17:28")  # 27
    town.do(pc, "己", "propose-transfer")
    town.do(pc, "己", "approve", road="telephone", leader=HE, words="同意，马上转", number="67820001")
    assert town.case(pc, "己").transfers[0].to == ("EPB", "MUNI")
    town.at("17:33")
    town.do(pc, "己", "report-urgent", to_person="尹华", method="phone")
    town.at("17:41")
    town.do(pc, "己", "transfer", method="three_party_call", to_person="刘洋、12319值班员")
    for body in ("EPB", "MUNI"):
        town.do(pc, "己", "deliver", body=body, confirmed_by="值班员", evidence="三方通话录音")
    town.do(pc, "己", "inform", what="transfer", method="phone")
    assert {town.due(pc, "己", r).state for r in ("M1-TRF-05", "M1-TRF-06")} == {"met"}, (
        "inside the grace that ends at 17:57"
    )
    by = {(d.rule, d.owner): d.due[:16] for d in town.case(pc, "己").deadlines}
    for owner in ("区环保局", "区市政局"):
        assert by["M1-HDL-01", owner] == "2026-09-30T18:41" and by["M1-ACC-03", owner][:10] == "2026-10-02"
    report = desk.official("urgent-report", [town.cases["己"]])[0].paper
    assert {f.caption: f.value for f in report.fields}["紧急程度"] == "特急"
    papers.append((desk.paper("slip", [town.cases["己"]]).pdf, "区市政局"))


def end_of_day(town, pc, papers):
    desk = pc.desk
    town.at("17:50")  # 28
    sheet = desk.hand_over(ZHOU, XU, "交接班", until="2026-10-08")
    printed = desk.handover_paper(sheet.batch).pdf
    papers.append((printed, "己号投诉对象"))
    waiting = [t for t in desk.today() if t.kind != "charge"]
    assert {t.case_id for t in waiting if t.case_id} <= {c.case_id for c in sheet.cases}
    on_paper = words_of(printed).partition("今日待办（截至")[2]
    assert f"{len(waiting)}项" in on_paper and all(on_paper.count(re.sub(r"\s", "", t.title)) for t in waiting), (
        "open matters on the sheet = Today"
    )
    assert len(waiting) == len(day_end.open_matters(desk)) > 8
    desk.backup(town.folder / "usb")
    town.sit(XU)
    pc.sync()
    for seat in town.seats:
        seat.sync()
        assert seat.desk.verify().ok and seat.desk.rebuild(check=True).equal and not seat.desk.conflicts()
        assert seat.desk.sync_state().waiting == 0
    for name in ("丁", "壬", "癸", "戊", "辛", "乙", "己"):
        view = town.case(pc, name)
        got = " ".join(t.text for t in view.timeline if t.kind == "delivery-confirmed")
        assert all(slip.method and slip.sent_at and slip.delivered_at for slip in view.transfers)
        assert any(who in got for who in ("值班员", "陈强", "刘洋")) and any(e in got for e in ("传真", "录音")), (
            name,
            got,
        )
    open_ones = [t.title for t in desk.today() if t.kind == "countersign"]
    assert open_ones == ["己号投诉对象"], "every telephone approval is countersigned or listed"
    for seat in (town.laptop, *town.others.values()):
        with seat.desk._replica.read() as connection:
            held = connection.exec_driver_sql("SELECT hex(body) FROM act_personal").fetchall()
        assert PEOPLE["乙"].encode().hex().upper() not in str(held), "nobody else holds who asked for secrecy"
    for pdf, expected in papers:
        assert expected in words_of(pdf), expected
    assert datetime.fromisoformat("2026-09-30T17:50+08:00") == moment("17:50") == desk.now()


def pages_of(pdf):
    return [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf)]


def words_of(pdf):
    return re.sub(r"\s", "", "".join(pages_of(pdf)))
