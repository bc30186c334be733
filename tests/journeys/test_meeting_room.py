"""The joint meeting: what it should speak about, its pack in one PDF, its decisions coming back until done (M1-MTG-01 … M1-MTG-05)."""

import re

import pypdfium2 as pdfium
import pytest

from liaison_app.desk import candidates, opening, pack
from liaison_app.domain.errors import RuleBroken
from reports import renderer
from tests.conftest import CALL, NOON
from tests.journeys.test_whole_walk import Office

BAD = {"method": "phone", "reached": True, "staff": "satisfied", "result": "dissatisfied", "reason": "仍有噪声"}


def read(pdf):
    """Return the text of every page, and the page (from 1) of every bookmark."""
    document = pdfium.PdfDocument(pdf)
    marks = [one.get_dest().get_index() + 1 for one in document.get_toc()]
    return [page.get_textpage().get_text_range() for page in document], marks


@pytest.fixture
def office(desk):
    made = Office(desk)
    desk.renderer = renderer(bundled_only=True)
    return made


def listed(office):
    return {c.number: set(c.reasons) for c in candidates.candidates(office.desk, "joint").cases}


def number(office):
    return office.desk.case(office.case).number


def test_cases_are_proposed_with_their_reasons_until_they_end(office):
    """M1-MTG-03, M1-LST-01: disputed, overdue, listed, dissatisfied twice, many alike."""
    office.register()
    office.transfer()
    office.do("COMMERCE", "dispute", kind="transfer", reasons="应由环保局办理")
    disputed = number(office)
    office.sit("EPB")
    assert listed(office)[disputed] == {"争议件"}
    office.later(days=40)
    office.sit("EPB")
    assert listed(office)[disputed] >= {"争议件", "逾期件"}
    for _ in range(3):
        office.register(object="好味道火锅店", place="湖滨路196号")
    hot = number(office)
    assert "重复投诉热点" in listed(office)[hot]
    office.do("COMMERCE", "void", outcome="void", reason="误登", approver="何建平")
    assert hot not in listed(office), "what ended is not proposed"


def test_twice_dissatisfied_is_proposed_and_once_is_not(office):
    for times in (1, 2):
        office.fed_back()
        office.do("COMMERCE", "revisit", **BAD)
        if times == 2:
            office.do("COMMERCE", "redo", reason="仍有噪声")
            office.do("EPB", "investigate", findings="再查", verified=True, officers="刘洋、范敏")
            office.do("EPB", "draft-reply", kind="formal", text="已再次整改。")
            office.do("EPB", "submit-reply")
            office.do("EPB", "approve-reply", "leader", road="own_desk")
            office.do("EPB", "send-reply", kind="formal", method="letter", solved=True)
            office.do("EPB", "feedback", result="已整改", rating="dissatisfied")
            office.do("COMMERCE", "revisit", **BAD)
        assert ("两次以上不满意" in listed(office).get(number(office), set())) is (times == 2)


def meeting(office, agenda=(), period="2026-Q3"):
    office.sit("EPB")
    lines = [{"item": "通报工作信息和数据"}, *({"item": "研究", "case": c, "body": "EPB"} for c in agenda)]
    data = {
        "theme": "季度联席会议",
        "at": "2026-09-30T14:30",
        "place": "第二会议室",
        "period": period,
        "lines": {"agenda": lines},
    }
    return office.desk.open_record("meeting/joint", data).number


def test_the_pack_is_one_pdf_with_true_contents_bookmarks_and_nothing_personal(office):
    office.register()
    office.transfer()
    case = number(office)
    ref = meeting(office, [case])
    steps = []
    made = pack.make(office.desk, ref, progress=lambda done, of: steps.append((done, of)))
    assert steps[-1][0] == steps[-1][1] and len(steps) > 3
    pages, marks = read(made.pdf)
    assert made.pages == len(pages) > 4
    assert marks[0] == 1, "the contents stand first"
    told = [int(n) for n in re.findall(r"(?<!\d)\d{1,3}(?!\d)", pages[0])]
    assert marks == sorted(marks) and all(at in told for at in marks[1:]), (
        "each part stands on the page that the contents say"
    )
    for n, page in enumerate(pages, 1):
        assert f"—{n}—" in re.sub(r"\s", "", page), "pages are numbered through"
    text = "".join(pages)
    assert case in text and CALL["object"] in text
    for personal in (CALL["complainant_name"], CALL["contact"]):
        assert personal not in text
    assert pack.make(office.desk, ref).pdf == made.pdf, "the same state gives the same bytes"


def test_a_pack_of_many_cases_has_a_sheet_for_each_and_true_page_numbers(office):
    """M1-MTG-03: 30 pages and more; what the contents say is where it is."""
    cases = []
    for n in range(24):
        office.register(object=f"{n + 1}号工地", place=f"湖滨路{n + 1}号")
        cases.append(number(office))
    made = pack.make(office.desk, meeting(office, cases))
    pages, marks = read(made.pdf)
    assert made.pages == len(pages) >= 30
    contents = next(at for at in marks if at > 1) - 1
    told = [int(n) for n in re.findall(r"(?<!\d)\d{1,3}(?!\d)", "".join(pages[:contents]))]
    toc = [(m.get_title(), m.get_dest().get_index()) for m in pdfium.PdfDocument(made.pdf).get_toc()]
    assert [title for title, _ in toc][-2:] == ["附件1满意率及排序通报", "附件2分析评估报告"], (
        "annexes stand behind the sheets"
    )
    sheets = {title.partition("研究事项：")[2]: at for title, at in toc if title.startswith("研究事项")}
    assert len(sheets) == 24
    assert all(name in pages[at] and at + 1 in told for name, at in sheets.items())


def test_a_decision_comes_back_until_it_is_done(office):
    """M1-MTG-05, OFFICE-C14: what one meeting decided stands among what the next should speak about."""
    ref = meeting(office)
    step = office.desk.step_record
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    step(
        ref,
        "hold",
        {
            "chair": "孙立群",
            "lines": {"attendance": [{"body": "EPB", "how": "present"}, {"body": "MUNI", "how": "excused"}]},
        },
    )
    decided = {"what": "建立夜间施工信息互通", "kind": "measure", "lead": "MUNI", "due": "2026-10-20"}
    step(ref, "decide", {"lines": {"decisions": [decided]}})
    [one] = candidates.undone(office.desk)
    assert (one.what, one.body, one.due, one.late) == ("建立夜间施工信息互通", "MUNI", "2026-10-20", False)
    office.later(days=40)
    office.sit("EPB")
    assert candidates.undone(office.desk)[0].late
    second = meeting(office, period="2026-Q4")
    assert "建立夜间施工信息互通" in "".join(read(pack.make(office.desk, second).pdf)[0])
    with pytest.raises(RuleBroken, match="not_your_record"):
        step(ref, "done", {"line": one.line, "reason": "已建群"})
    office.sit("SUPERV")
    step(ref, "done", {"line": one.line, "reason": "已建群"})
    office.sit("EPB")
    assert candidates.undone(office.desk) == ()


def test_what_a_meeting_decided_of_a_case_stands_in_its_story(office):
    """M1-MTG-05: on the agenda, then decided; the case tells it to whoever reads both."""
    office.register()
    office.transfer()
    case = number(office)
    ref, step = meeting(office, [case]), office.desk.step_record
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    step(ref, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "EPB", "how": "present"}]}})
    decided = {"what": "限期停止夜间施工", "kind": "measure", "lead": "EPB", "due": "2026-10-20", "case": case}
    step(ref, "decide", {"lines": {"decisions": [decided]}})
    told = [t.text for t in office.desk.case(case).timeline if t.kind.startswith("meeting-")]
    assert len(told) == 2 and "限期停止夜间施工" in told[-1] and "2026-10-20" in told[-1]
    assert office.desk.rebuild(check=True).equal
    office.sit("COMMERCE")
    assert [t.text for t in office.desk.case(case).timeline if t.kind.startswith("meeting-")] != []


def test_only_meetings_have_a_pack(office):
    with pytest.raises(RuleBroken) as refused:
        pack.make(office.desk, "没有这个")
    assert refused.value.code == "record_unknown"
    with pytest.raises(RuleBroken) as refused:
        candidates.candidates(office.desk, "没有这个会")
    assert refused.value.code == "record_kind_unknown"


def test_members_comment_on_the_minutes_and_tell_how_far_a_decision_is(office):
    """M1-MTG-05, OFFICE-C14: each for its own body, only while the minutes are a draft, only who is named."""
    ref, step = meeting(office), office.desk.step_record
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    step(ref, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "MUNI", "how": "present"}]}})
    decided = {"what": "建立夜间施工信息互通", "kind": "measure", "lead": "MUNI", "due": "2026-10-20"}
    step(ref, "decide", {"lines": {"decisions": [decided]}})
    step(ref, "minutes", {"minutes": "会议研究了夜间施工扰民问题。"})
    said = {"lines": {"comments": [{"body": "MUNI", "words": "时限请改为11月底"}]}}
    office.sit("MUNI")
    with pytest.raises(RuleBroken) as refused:
        step(ref, "comment", {"lines": {"comments": [{"body": "EPB", "words": "代人说话"}]}})
    assert refused.value.code == "not_your_record"
    step(ref, "comment", said)
    step(ref, "progress", {"lines": {"progress": [{"of": 1, "how": "going", "words": "已建群，正试运行"}]}})
    office.sit("COMMERCE")
    assert "progress" not in {s.step for s in office.desk.record(ref).steps}, "nothing was decided for it"
    office.sit("EPB")
    shown = {t.name: [line.cells for line in t.lines] for t in office.desk.record(ref).tables}
    assert any("时限请改为11月底" in cell for cell in shown["comments"][0])
    assert any("已建群" in cell for cell in shown["progress"][0])
    step(ref, "sign", {"approved_by": "孙立群"})
    step(ref, "publish", {"minutes_no": "〔2026〕3号"})
    with pytest.raises(RuleBroken) as refused:
        step(ref, "redraft", {"minutes": "悄悄改一句"})
    assert (refused.value.code, refused.value.facts["instead"]) == ("record_state_instead", "correct")
    was = {"was": "11月底前", "now": "10月20日前"}
    step(ref, "correct", {"lines": {"corrections": [was]}, "reason": "时限笔误"})
    assert "时限笔误" in office.desk.record(ref).timeline[-1].text
    office.sit("MUNI")
    assert "comment" not in {s.step for s in office.desk.record(ref).steps}


def test_each_who_comes_has_a_card(office):
    """OFFICE-C14: name and body of everybody who is expected; nobody is left out."""
    ref = meeting(office)
    office.desk.step_record(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    names = {"EPB": "欧阳慕容晓", "MUNI": "高远", "C12369": "闫䶮"}
    lines = [{"body": b, "how": "present", "person": n} for b, n in names.items()]
    office.desk.step_record(ref, "expect", {"lines": {"attendance": lines}})
    pages, _ = read(office.desk.official_view("name-cards", [ref]).pdf)
    said = re.sub(r"\s", "", "".join(pages))
    assert all(word in said for word in (*names.values(), "区市政局", "12369中心"))


def test_before_anybody_answered_whoever_is_asked_has_a_place_and_whoever_is_excused_has_none(office):
    """OFFICE-C14: a sheet to sign and cards can be printed the day before; nobody sits where nobody comes."""
    ref, step = meeting(office), office.desk.step_record
    sheet = next(s.table for s in office.desk.official("sign-in", [ref])[0].paper.sections if s.table)
    assert {"区环保局", "区市政局", "12369中心"} <= {row[0] for row in sheet.rows}
    assert all(row[0] and not row[1] for row in sheet.rows), "a place for each name to be written"
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    came = [("EPB", "present", "刘洋"), ("MUNI", "excused", ""), ("COMMERCE", "left", "周敏"), ("LAND", "late", "范敏")]
    lines = [{"body": b, "how": how, **({"person": n} if n else {})} for b, how, n in came]
    step(ref, "hold", {"chair": "孙立群", "lines": {"attendance": lines}})
    for kind in ("name-cards", "seating"):
        table = next(s.table for s in office.desk.official(kind, [ref])[0].paper.sections if s.table)
        assert [row[0] for row in table.rows] == ["刘洋", "周敏", "范敏"], kind
    minutes = office.desk.official("minutes", [ref])[0].paper
    said = {f.caption: f.value for f in minutes.fields}
    assert [n in said["出席"] for n in ("刘洋", "周敏", "范敏", "区市政局")] == [True, True, True, False]
    assert said["请假"] == "区市政局" and not any(s.heading == "出席" for s in minutes.sections), "they stand together"


def test_the_pack_has_the_figures_of_the_quarter_that_the_meeting_is_about(office):
    """M1-MTG-03: a meeting on the third quarter that sits in the fourth does not speak of the fourth."""
    ref = meeting(office)
    office.later(days=20)
    office.sit("EPB")
    text = re.sub(r"\s", "", "".join(read(pack.make(office.desk, ref).pdf)[0]))
    assert "2026年7月1日至2026年9月30日" in text and "2026年12月31日" not in text


def test_the_minutes_wait_until_each_decision_says_whose_it_is_and_by_when(office):
    """M1-MTG-05: noted in haste a decision may lack both; before the minutes it may not, and the refusal names the line."""
    ref, step = meeting(office), office.desk.step_record
    step(ref, "call", {"at": "2026-09-30T14:30", "place": "第二会议室"})
    step(ref, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "MUNI", "how": "present"}]}})
    decided = {"what": "建立夜间施工信息互通", "kind": "measure"}
    for lacking, more in (("牵头单位", {}), ("时限", {"serial": 1, "lead": "MUNI"})):
        step(ref, "decide", {"lines": {"decisions": [decided | more]}})
        with pytest.raises(RuleBroken) as refused:
            step(ref, "minutes", {"minutes": "会议研究了夜间施工扰民问题。"})
        assert (refused.value.code, refused.value.facts["line"], refused.value.facts["field_zh"]) == (
            "line_incomplete",
            1,
            lacking,
        )
    assert office.desk.record(ref).state == "HLD", "nothing was drafted"
    whole = decided | {"serial": 1, "lead": "MUNI", "due": "2026-10-20"}
    step(ref, "decide", {"lines": {"decisions": [whole]}})
    step(ref, "minutes", {"minutes": "会议研究了夜间施工扰民问题。"})
    assert [(u.body, u.due) for u in candidates.undone(office.desk)] == [("MUNI", "2026-10-20")], "one line, put right"


def test_the_pack_of_another_mechanism_begins_with_the_papers_that_its_profile_names(tmp_path):
    """M4-MTG-01, M4-MTG-03: the notice stands first after the contents, then the figures."""
    opening.found_demo(tmp_path / "m4", "M4")
    desk = opening.open_desk(tmp_path / "m4", person="p-langyue", now=NOON)
    desk.renderer = renderer(bundled_only=True)
    try:
        fields = {"theme": "秋冬防控", "content": "部署", "form": "工作部署会"}
        pages, marks = read(desk.pack(desk.open_record("meeting/joint", fields).record).pdf)
    finally:
        desk.close()
    notice = re.sub(r"\s", "", "".join(pages[marks[1] - 1 : marks[2] - 1]))
    assert "的通知" in notice and "秋冬防控" in notice
    assert re.search(r"联系人和电话：郎月\d{7}", notice), "whoever asks has a number to ring"
