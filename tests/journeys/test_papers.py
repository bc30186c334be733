"""Papers of a whole case as plain data: each kind has its fields, its number, no personal word outside."""

import io
import re

import msgspec
import pikepdf
import pytest

import reports
from liaison_app.desk.letters import plain
from liaison_app.desk.paper_data import HINT, LETTERS
from liaison_app.desk.papers import SLIP
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import PrintStyle
from liaison_app.mechanism.doubts import doubts_of
from liaison_app.mechanism.paper_sources import known_source
from liaison_app.mechanism.profile import load_profile
from tests.conftest import CALL
from tests.documents.reading import text_of
from tests.documents.test_slip import words_of
from tests.journeys.test_whole_walk import Office

NAME, PHONE, HOME = CALL["complainant_name"], CALL["contact"], CALL["complainant_address"]
ITEMS = {"target": "停止夜间施工", "responsible": "区环保局", "supervisor": "区政府督查室", "procedure": "每周报告"}


def ways(office):
    """Walk cases through everything of which a paper can come; yield after each stretch."""
    office.register(channel="transferred", confidential="none")
    office.transfer()
    office.do("COMMERCE", "inform", what="transfer", method="phone")
    office.do("EPB", "object", reasons="该工地属市重点工程", proposed="KEYPROJ_DIST", clause="四(四)1(1)")
    office.do("COMMERCE", "dispute", kind="transfer", reasons="意见不一", proposed="CONSTR", clause="四(四)1(1)")
    office.do("GOVT_DUTY", "designate", "duty", body="CONSTR", reasons="属人为噪声")
    yield office.case
    office.accepted()
    office.do("COMMERCE", "inform", what="transfer", method="phone")
    office.do("EPB", "arrive", officers="刘洋、范敏")
    office.do("EPB", "assist-ask", body="CONSTR", what="提供夜间施工审批情况", form="opinion", until="2026-10-20T18:00")
    office.do("CONSTR", "assist-give", opinion="没有审批")
    office.do("EPB", "assist-ask", body="CONSTR", what="联合执法", form="joint-enforcement")
    office.do("EPB", "assist-ask", body="MUNI", what="会商气体来源", form="consultation")
    office.do(
        "EPB", "investigate", findings="夜间打桩属实", verified=True, officers="刘洋、范敏", measures="责令停工",
        evidence="照片3张", checklist=["全封闭施工：未封闭", "运输车辆管理"], arrived_at=office.clock.isoformat(),
    )  # fmt: skip
    office.do("EPB", "inform", what="onsite", method="phone", words="已告知现场情况")
    office.do("EPB", "file-case", number="渝北环立〔2026〕3号", offence="夜间施工")
    office.do("EPB", "city-letter", department="市生态环境局", request="请协调邻区")
    office.do("EPB", "preliminary-reply", reasons="需更换设备", measures="先限时作业", promised="2026-12-01T18:00")
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    office.do("SUPERV", "supervise", reason="群众反映强烈", until="2026-12-03T18:00")
    office.do("SUPERV", "list", until="2026-12-20T18:00", **ITEMS)
    office.do("EPB", "draft-reply", kind="formal", text=f"{NAME}：已责令停工整改。您家在{HOME}，电话{PHONE}。")
    office.do("EPB", "submit-reply")
    office.do("EPB", "approve-reply", "leader", road="own_desk")
    office.do("EPB", "send-reply", kind="formal", method="letter", solved=True, document_no="渝北环函〔2026〕8号")
    office.do("EPB", "feedback", result="已停工整改", rating="dissatisfied", unrated="仍有噪声")
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="夜里还在打桩")
    office.do("EPB", "dispute", kind="satisfaction", reasons="监测达标，附报告")
    office.do("C12369", "evaluate", panel="人大代表、政协委员、邻居各一名", result="basically", words="三票基本满意")
    yield office.case
    office.do("SUPERV", "unlist", evidence="现场照片", verified_by="督查员")
    office.do("EPB", "close", outcome="explained")
    office.do("EPB", "archive", fonds="012", keep="30", item="7", pages=12)
    yield office.case
    office.fed_back()
    office.do("COMMERCE", "revisit", method="phone", staff="satisfied", result="dissatisfied", reason="夜里还在打桩")
    office.do("COMMERCE", "redo", reason="投诉人不满意")
    yield office.case


@pytest.fixture
def walked(desk):
    """A desk whose cases have been through everything, with the cases."""
    office = Office(desk)
    return office, list(dict.fromkeys(ways(office)))


PLACES = {  # left for the pen: words that only the paper itself brings
    "assist-request": {"due"}, "assist-opinion": {"request_number"}, "urgent-report": {"measures", "requests"}, "city-letter": {"district", "due"},
    "site-record": {"signatures"}, "consultation": {"signatures"}, "joint-notice": {"tasks", "at"},
    "joint-record": {"signatures"}, "delivery-receipt": {"place_delivered", "signer"}, "panel": {"place_held", "signatures"},
    "satisfaction-statement": {"basis"}, "delisting": {"opinion", "decision", "listing_number"},
    "fax-cover": {"fax_number"}, "phone-record": {"number", "words"}, "case-note": {"situation", "checked_by"},
    "incoming-sheet": {"from", "from_number", "serial", "proposal"},
    }  # fmt: skip


def all_papers(office, cases):
    found = {}
    for case in cases:
        for line in office.desk.papers(case):
            found.setdefault(line.kind, (case, line))
    return found


CONTRACT = [
    "register",
    "notice-transfer",
    "notice-acceptance",
    "approval-sheet",
    "objection",
    "designation-proposal",
    "designation",
    "site-record",
    "reply-24h",
    "preliminary-reply",
    "reply",
    "feedback",
    "case-filing",
    "city-letter",
    "assist-request",
    "assist-opinion",
    "urging",
    "supervision",
    "redo",
    "listing",
    "delisting",
    "revisit",
    "satisfaction-statement",
    "panel",
    "delivery-receipt",
    "phone-record",
    "fax-cover",
    "case-cover",
    "case-contents",
]


def test_a_walked_case_has_every_paper_with_all_that_it_must_say(walked):
    office, cases = walked
    papers = all_papers(office, cases)
    assert set(CONTRACT) <= set(papers), set(CONTRACT) - set(papers)
    profile = office.desk.rules.profile
    empty = {}
    for kind, (case, _) in papers.items():
        office.sit("EPB")
        document = next(d for d in profile.documents if d.kind == kind)
        made = office.desk.official(kind, [case])[0].paper if kind != SLIP else None
        if made is None:
            continue
        said = {f.caption: f.value for f in made.fields}
        said |= {s.heading: "".join(s.text) or "表" for s in made.sections if s.heading}
        said |= {h: "表" for s in made.sections if s.table for h in s.table.heads}
        said |= dict.fromkeys(made.boxes, "")
        bodies = [n for n, f in enumerate(document.fields) if f.body]
        written = bool(bodies and made.sections and not made.sections[0].heading)
        for n, field in enumerate(document.fields):
            if written and (n <= bodies[0] or field.zh not in said):
                continue  # the text that somebody wrote stands for them
            if field.body and not written:
                continue
            if field.source in ("person.name", "body.telephone", "body.liaison") and made.form in LETTERS:
                continue
            caption = HINT.sub("", field.zh) if made.form in LETTERS else field.zh
            assert caption in said, (kind, field.name)
            if field.required and not said[caption]:
                empty.setdefault(kind, set()).add(field.name)
    assert empty == {k: v for k, v in PLACES.items() if k in papers}, empty
    listing = office.desk.official("listing", [papers["listing"][0]])[0].paper
    said = {f.caption: f.value for f in listing.fields}
    assert [said[c] for c in ("目标责任", "责任单位", "督办部门", "督办程序")] == list(ITEMS.values())
    assert said["完成时限"] == "2026年12月20日18:00"
    joint = office.desk.official("joint-notice", [cases[1]])[0].paper
    assert joint.to == ("区城乡建委",), "the paper is about its act, not about what was asked later"
    assert {f.caption: f.value for f in joint.fields}["事由"] == "联合执法"
    assert joint.boxes == ()
    cover = office.desk.official("case-cover", [cases[1]])[0].paper
    assert {f.caption: f.value for f in cover.fields}["结案类别"] == next(
        o.zh for o in profile.outcomes if o.code == "explained"
    )
    table = next(s.table for s in office.desk.official("site-record", [cases[1]])[0].paper.sections if s.table)
    assert len(table.rows) == 7
    assert table.rows[0] == ("1", "全封闭施工", "未封闭")
    assert table.rows[4][2] == "符合" and "□" in table.rows[1][2]


def texts(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return [t for v in value for t in texts(v)] if isinstance(value, list | tuple) else []


def test_no_name_address_or_telephone_of_the_citizen_stands_in_a_copy_for_outside(walked):
    """COM-04."""
    office, cases = walked
    office.sit("COMMERCE")
    office.desk.renderer = drawing()
    office.desk.act_from(cases[1], "note", {"text": "内部备注：投诉人情绪激动"})
    own = []
    for kind, (case, line) in all_papers(office, cases).items():
        office.sit("EPB" if line.body != "区工商分局" else "COMMERCE")
        outside = office.desk.official(kind, [case], outside=True)[0].paper
        said = "\n".join(texts(msgspec.to_builtins(outside)))
        assert not [secret for secret in (NAME, PHONE, HOME, "内部备注") if secret in said], kind
        printed = words_of(office.desk.paper(kind, [case], outside=True).pdf)[1]
        assert not [secret for secret in (NAME, PHONE, HOME, "内部备注") if secret in printed], kind
        assert outside.code == "" and outside.outside
        own += [
            kind
            for secret in (NAME, PHONE)
            if secret in "\n".join(texts(msgspec.to_builtins(office.desk.official(kind, [case])[0].paper)))
        ]
    assert {"register", "reply", "notice-acceptance", "revisit"} <= set(own), "they stand in the copies of the office"


def test_what_others_wrote_of_the_citizen_is_struck_out_of_copies_for_outside(desk):
    office = Office(desk)
    office.accepted()
    identity, second = "500112198001011234", "13812345678"
    words = f"走访{NAME}（{identity}，电话{second}、{PHONE}），住{HOME}，反映属实。"
    office.do("EPB", "investigate", findings=words, verified=True, officers="刘洋", measures=f"已电话告知{NAME}")
    for kind in ("site-record", "reply-24h"):
        own = "\n".join(texts(msgspec.to_builtins(desk.official(kind, [office.case])[0].paper)))
        assert NAME in own and identity in own
        outside = "\n".join(texts(msgspec.to_builtins(desk.official(kind, [office.case], outside=True)[0].paper)))
        assert not [secret for secret in (NAME, PHONE, HOME, identity, second) if secret in outside], kind
        assert "86006200" in outside or kind == "site-record", "the office's own telephone stays"


def test_under_strict_confidence_only_the_sealed_page_names_the_citizen(desk):
    """OFFICE-C2, COM-04."""
    office = Office(desk)
    office.register(confidential="strict")
    office.transfer()
    office.do("EPB", "accept")
    for seat in ("COMMERCE", "EPB"):
        for line in all_papers(office, [office.case]).values():
            office.sit(seat)
            kind = line[1].kind
            said = "\n".join(texts(msgspec.to_builtins(office.desk.official(kind, [office.case])[0].paper)))
            shown = [secret for secret in (NAME, PHONE, HOME) if secret in said]
            told = seat == "COMMERCE" and kind in {"secrecy-annex", "notice-transfer"}
            assert bool(shown) == told, (seat, kind, shown)


def test_a_body_that_is_not_on_the_case_draws_no_citizen(walked):
    office, cases = walked
    office.sit("SUPERV")
    made = office.desk.official("listing", [cases[1]])[0].paper
    assert NAME not in "\n".join(texts(msgspec.to_builtins(made)))
    assert office.desk.official("register", [cases[1]])[0].paper
    assert PHONE not in "\n".join(texts(msgspec.to_builtins(office.desk.official("register", [cases[1]])[0].paper)))


def numbers(desk, kind):
    return [n.number for n in desk.paper_register() if n.act == "paper-issued" and n.kind == kind]


def test_numbers_of_ours_are_dense_under_refusal_and_voided_ones_are_listed(desk):
    """OFFICE-A5."""
    office, seen = Office(desk), []
    desk.renderer = Unwilling(drawing())
    for _ in range(3):
        office.accepted()
        office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
        office.sit("EPB")
        assert desk.put_out("urging", [office.case]).number == "", "another body's paper gets no number here"
        office.refused("paper_of_others", "EPB", "issue-paper", kind="urging")
        office.sit("COMMERCE")
        desk.renderer.willing = False
        with pytest.raises(OSError, match="paper jam"):
            desk.put_out("urging", [office.case])
        desk.renderer.willing = True
        with pytest.raises(RuleBroken):
            desk.put_out("delisting", [office.case])
        seen.append(desk.put_out("urging", [office.case]).number)
        again = desk.put_out("urging", [office.case])
        assert again.number == seen[-1], "a reprint keeps its number"
        assert desk.official("urging", [office.case])[0].paper.reprint.startswith("补打 第4次")
    assert [n.partition("〕")[2] for n in seen] == ["1号", "2号", "3号"]
    assert seen[0].startswith("渝区工商分局催〔2026〕") or "催〔2026〕" in seen[0]
    office.do("COMMERCE", "void-paper", kind="urging", number=seen[-1], reason="打错")
    assert desk.put_out("urging", [office.case]).number.endswith("〕4号")
    voided = [n for n in desk.paper_register() if n.act == "paper-voided"]
    assert [(n.number, n.words) for n in voided] == [(seen[-1], "打错")]
    assert len(numbers(desk, "urging")) == 4
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_a_number_of_the_office_is_checked_for_form_year_and_doubles(desk):
    """OFFICE-A5."""
    office = Office(desk)
    office.answered()
    line = next(p for p in desk.papers(office.case) if p.kind == "reply-24h")
    assert desk.official("reply-24h", [office.case])[0].paper.number == ""
    give = {"kind": "reply-24h", "of": line.of}
    office.refused("number_form", "EPB", "issue-paper", **give, number="环函12")
    office.refused("number_year", "EPB", "issue-paper", **give, number="渝北环函〔2025〕12号")
    office.do("EPB", "issue-paper", **give, number="渝北环函〔2026〕12号", fields={"next": "继续监测"})
    paper = desk.official("reply-24h", [office.case])[0].paper
    assert paper.number == "渝北环函〔2026〕12号"
    assert {f.caption: f.value for f in paper.fields}["下步安排"] == "继续监测"
    office.refused("paper_numbered", "EPB", "issue-paper", **give, number="渝北环函〔2026〕13号")
    office.answered()
    line = next(p for p in desk.papers(office.case) if p.kind == "reply-24h")
    office.refused("number_double", "EPB", "issue-paper", kind="reply-24h", of=line.of, number="渝北环函〔2026〕12号")
    line = next(p for p in desk.papers(office.case) if p.kind == "site-record")
    office.refused("number_ours", "EPB", "issue-paper", kind="site-record", of=line.of, number="渝北环勘〔2026〕1号")


def test_a_paper_that_was_sealed_and_scanned_is_shown_from_then_on(desk):
    """OFFICE-A6."""
    office = Office(desk)
    desk.renderer = drawing()
    office.accepted()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    number = desk.put_out("urging", [office.case], copies=2).number
    office.do("COMMERCE", "seal-paper", kind="urging", number=number, approver="何建平", sealed_by="周敏", copies=2)
    scan = desk.put_out("urging", [office.case]).pdf
    office.refused("paper_unknown", "COMMERCE", "attach", name="x.pdf", size=1, sha256="0", paper="没有的号")
    desk.attach_file(office.case, "已盖章.pdf", scan, "sealed", paper=number)
    shown = desk.paper("urging", [office.case])
    assert shown.scan and shown.pdf == scan and shown.number == number
    line = next(p for p in desk.papers(office.case) if p.kind == "urging")
    assert (line.printed, line.sealed) == (2, True) and line.scan
    seals = [n for n in desk.paper_register() if n.act == "paper-sealed"]
    assert [(n.number, n.copies, n.words) for n in seals] == [(number, 2, "何建平")]
    prints = [n for n in desk.paper_register() if n.act == "paper-printed"]
    assert [n.copies for n in prints] == [2, 1]


def drawing():
    """Return the real renderer with the bundled fonts."""
    return reports.renderer(bundled_only=True)


class Unwilling:
    """A renderer that can be made to fail: the real one behind it."""

    def __init__(self, inner):
        self.inner, self.willing = inner, True

    def official(self, papers):
        if not self.willing:
            raise OSError("paper jam")
        return self.inner.official(papers)

    def __getattr__(self, name):
        return getattr(self.inner, name)


def test_meetings_and_records_have_their_papers(desk):
    office = Office(desk)
    office.sit("EPB")
    opened = desk.open_record(
        "meeting/joint", {"theme": "三季度联席会议", "period": "2026-Q4", "lines": {"agenda": [{"item": "夜间施工"}]}}
    )
    meeting = opened.record
    desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
    desk.step_record(
        meeting, "hold",
        {"chair": "何建平", "lines": {"attendance": [
            {"body": "EPB", "how": "present", "person": "刘洋"}, {"body": "CONSTR", "how": "substitute", "person": "周工", "for": "李局"},
            {"body": "MUNI", "how": "excused"},
        ]}},
    )  # fmt: skip
    decision = {
        "what": "夜间施工一律公示",
        "kind": "measure",
        "lead": "CONSTR",
        "assisting": ["EPB"],
        "due": "2026-11-30",
    }
    desk.step_record(meeting, "decide", {"lines": {"decisions": [decision]}})
    desk.step_record(meeting, "minutes", {"minutes": "会议研究了夜间施工问题。", "minutes_no": "第3期"})
    kinds = {line.kind for line in desk.papers_of_record(meeting)}
    assert {"meeting-notice", "agenda", "sign-in", "name-cards", "minutes", "follow-up"} <= kinds
    minutes = desk.official("minutes", [meeting])[0].paper
    said = "\n".join(texts(msgspec.to_builtins(minutes)))
    for words in (
        "区政府三会议室",
        "区环保局 刘洋",
        "区城乡建委 周工（代李局参会）",
        "夜间施工一律公示（牵头：区城乡建委；配合：区环保局；时限：2026年11月30日）",
        "第3期",
    ):
        assert words in said, words
    assert (minutes.form, minutes.title) == ("minutes", "环境投诉联席会议纪要")
    signing = desk.official("sign-in", [meeting])[0].paper
    table = next(section.table for section in signing.sections if section.table)
    assert table.rows[0][:2] == ("区环保局", "刘洋") and len(table.rows) == 3
    due = next(s.table for s in desk.official("follow-up", [meeting])[0].paper.sections if s.table)
    assert due.rows[0][0] == "夜间施工一律公示"
    desk.renderer = drawing()
    assert desk.put_out("minutes", [meeting]).number == "第3期"

    office.sit("CONSTR")
    work = {
        "project": "锦绣名城",
        "place": "滨河路8号",
        "builder": "某公司",
        "works_start": "2026-11-01",
        "until": "2026-12-01",
    }
    record = desk.open_record("publicity", work).record
    told = {
        "manager_contact": "67822159", "hotline": "12319", "cause": "连续浇筑", "hours": "22时至6时", "points": "3号楼",
        "machines": "泵车", "count": "2", "area": "周边200米", "reduction": "隔声屏", "undertaking": "按时完工",
        "explanation": "已公示", "contact": "周工", "media": "区政府网",
    }  # fmt: skip
    desk.step_record(record, "publish", told)
    notice = desk.official("advance-notice", [record])[0].paper
    cells = {f.caption: f.value for f in notice.fields}
    assert (cells["工程或项目名称"], cells["开工日期"], cells["投诉电话"]) == ("锦绣名城", "2026年11月1日", "12319")
    assert notice.to == () and notice.seal, "it is put up for everybody"
    assert office.refused_record("minutes", record) == "paper_not_yet"


def refused_record(self, kind, record):
    with pytest.raises(RuleBroken) as refusal:
        self.desk.official(kind, [record])
    return refusal.value.code


Office.refused_record = refused_record


def test_every_source_of_every_profile_is_a_word_of_the_vocabulary():
    for name in ("M1", "M2", "M4"):
        profile = load_profile(name)
        for document in profile.documents:
            assert all(known_source(f.source) for f in document.fields), (name, document.kind)
    assert not known_source("handling.findings")
    assert not known_source("disputed/transfer.nonsense")
    assert known_source("disputed/transfer.reasons|case.content")


def test_a_document_that_asks_for_an_unknown_source_is_doubted():
    document = next(d for d in load_profile("M1").documents if d.kind == "urging")
    wrong = msgspec.structs.replace(
        document, fields=[msgspec.structs.replace(document.fields[0], source="case.nobody")], after=["nothing"]
    )
    doubts = [d for _, d in doubts_of(msgspec.structs.replace(load_profile("M1"), documents=[wrong]))]
    assert "a source of papers instead of case.nobody" in doubts
    assert "an event instead of nothing" in doubts


def test_todays_slips_are_one_paper_and_each_is_recorded(desk):
    office = Office(desk)
    cases = []
    for _ in range(3):
        office.register()
        office.transfer()
        cases.append(office.case)
    office.sit("COMMERCE")
    assert desk.slips_of_today() == tuple(cases)
    desk.renderer = reports.renderer(bundled_only=True)
    assert desk.put_out("slip", cases).pages == 3
    assert [desk.paper_case(c).printed for c in cases] == [1, 1, 1]
    assert {n.copies for n in desk.paper_register() if n.kind == "slip"} == {1}
    office.sit("EPB")
    assert desk.slips_of_today() == ()


def test_each_matter_of_a_case_has_papers_of_its_own(desk):
    office = Office(desk)
    dust = {"medium": "air", "source": "construction", "project_class": "building", "at_night": False}
    office.register(second_issue=[dust])
    for matter in (1, 2):
        office.do("COMMERCE", "propose-transfer", matter=matter)
        office.do(
            "COMMERCE",
            "approve",
            matter=matter,
            road="telephone",
            leader="p-hejianping",
            words="同意",
            number="67820001",
        )
        office.do("COMMERCE", "transfer", method="fax", matter=matter)
        office.do("COMMERCE", "inform", what="transfer", method="phone", matter=matter)
    lines = desk.papers(office.case)
    notices = [line for line in lines if line.kind == "notice-transfer"]
    assert [line.name for line in notices] == ["移送告知单（事项1）", "移送告知单（事项2）"]
    assert len([line for line in lines if line.kind == "register"]) == 1, "the sheet of the case stands once"
    said = {f.caption: f.value for f in desk.official("register", [office.case])[0].paper.fields}["判定事实"]
    assert "事项1" in said and "噪声" in said and "事项2" in said and "烟气油烟" in said
    desk.renderer = drawing()
    numbers = [desk.put_out("notice-transfer", [line.ref]).number for line in notices]
    assert len(set(numbers)) == 2 and all(numbers)
    slips = [desk.paper("slip", [line.ref]).number for line in desk.papers(office.case) if line.kind == "slip"]
    assert len(set(slips)) == 2
    desk.put_out("slip", [notices[1].ref])
    printed = {line.ref: line.printed for line in desk.papers(office.case) if line.kind == "slip"}
    assert printed == {notices[0].ref: 0, notices[1].ref: 1}
    with pytest.raises(RuleBroken) as refusal:
        desk.paper("notice-transfer", [f"{office.case}/7"])
    assert refusal.value.code == "matter_unknown"


def test_no_paper_says_a_code_of_the_program(walked):
    office, cases = walked
    office.desk.renderer = drawing()
    office.sit("EPB")
    office.desk.put_out("satisfaction-statement", [cases[1]])
    for kind, (case, _) in all_papers(office, cases).items():
        if kind == SLIP:
            continue
        paper = msgspec.to_builtins(office.desk.official(kind, [case])[0].paper)
        for name in ("kind", "form", "code", "number"):
            paper.pop(name)
        said = "\n".join(texts(paper))
        assert not re.search(r"[A-Za-z]{2,}|M\d-", said), (kind, re.search(r".{9}([A-Za-z]{2,}|M\d-).*", said))


def test_a_telephone_that_the_sources_leave_in_doubt_goes_out_on_no_paper_and_is_told_to_nobody(walked):
    """The profile marks 678489922 of the commerce bureau as unverified: its papers say 12315."""
    office, cases = walked
    office.desk.renderer = drawing()
    said = ""
    for kind, (case, _) in all_papers(office, cases).items():
        office.sit("COMMERCE")
        if kind != SLIP:
            said += "\n".join(texts(msgspec.to_builtins(office.desk.official(kind, [case])[0].paper)))
    for case in cases:
        said += "".join(text_of(office.desk.put_out(SLIP, [case]).pdf))
        said += office.desk.inquiry(case).sentence
    assert "12315" in said, "the bureau is reached by the number that is known"
    assert "678489922" not in said
    cover = office.desk.paper(SLIP, [cases[0]], style=PrintStyle(stock="fax"))
    assert "678489922" not in "".join(text_of(cover.pdf))


def test_a_case_has_the_code_of_its_body_in_its_number_and_its_papers_the_name_in_full(walked):
    """COM-03, OFFICE A5: 机关代字, date and count; no code of the program is read by a citizen."""
    office, cases = walked
    assert office.desk.case(cases[0]).number == "锦工商分局-20260930-0001"
    names = {m.name.removeprefix("区") for m in office.desk.rules.profile.posts}
    assert len(names) == len(office.desk.rules.profile.posts), "no two bodies write the same code"
    letter = office.desk.official("notice-acceptance", [cases[1]])[0].paper
    assert letter.issuer == f"{office.desk.roster.district}环保局"


def test_the_letter_beside_the_editor_is_the_paper_that_goes_out(desk):
    office = Office(desk)
    office.accepted()
    text = "王先生：\n噪声问题已经解决。\n联系人：刘洋，联系电话：86006200。"
    office.do("EPB", "investigate", findings="夜间打桩属实", verified=True, officers="刘洋、范敏")
    office.sit("EPB")
    before = desk.letter(office.case, "formal", text).text
    office.do("EPB", "draft-reply", kind="formal", text=text)
    office.do("EPB", "submit-reply")
    paper = desk.official("reply", [office.case])[0].paper
    assert paper.to == ("王先生",) and paper.title == "关于锦绣名城工地投诉的正式回复"
    assert plain(paper) == before


def test_papers_of_records_are_numbered_and_recorded_like_those_of_cases(desk):
    office = Office(desk)
    office.sit("EPB")
    desk.renderer = Unwilling(drawing())
    numbers = []
    for theme in ("三季度联席会议", "四季度联席会议"):
        meeting = desk.open_record("meeting/joint", {"theme": theme, "period": "2026-Q4"}).record
        desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
        assert desk.official("meeting-notice", [meeting])[0].paper.number == "", "seen, not numbered"
        desk.renderer.willing = False
        with pytest.raises(OSError, match="paper jam"):
            desk.put_out("meeting-notice", [meeting])
        desk.renderer.willing = True
        numbers.append(desk.put_out("meeting-notice", [meeting], copies=12).number)
    assert [n.partition("〕")[2] for n in numbers] == ["1号", "2号"], "a jam costs no number"
    line = next(p for p in desk.papers_of_record(meeting) if p.kind == "meeting-notice")
    assert (line.number, line.printed) == (numbers[1], 1)
    again = desk.put_out("meeting-notice", [meeting])
    assert again.number == numbers[1]
    assert desk.official("meeting-notice", [meeting])[0].paper.reprint.startswith("补打 第3次")
    seen = desk.numbered("agenda", [meeting])
    desk.went_out("agenda", [meeting], seen.pdf, copies=2)
    table = next(t for t in desk.record(meeting).tables if t.name == "issued-papers")
    assert len(table.lines) == 4 and any(numbers[1] in line.cells for line in table.lines)
    assert not any(step.step == "issue-paper" for step in desk.record(meeting).steps), "nobody is offered it"
    notes = [n for n in desk.paper_register() if n.kind == "meeting-notice"]
    assert [(n.act, n.number, n.copies) for n in notes if n.number == numbers[1]] == [
        ("paper-issued", numbers[1], 1), ("paper-printed", numbers[1], 12), ("paper-printed", numbers[1], 1)
    ]  # fmt: skip
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_places_for_people_are_typed_in_their_form_and_stand_on_the_paper(desk):
    office = Office(desk)
    desk.renderer = drawing()
    office.accepted()
    office.sit("COMMERCE")
    blanks = {b.name: b for b in desk.blanks("incoming-sheet", office.case)} if "incoming-sheet" in {
        p.kind for p in desk.papers(office.case)
    } else {}  # fmt: skip
    assert blanks == {}
    office.register(channel="transferred")
    office.sit("COMMERCE")
    blanks = {b.name: b for b in desk.blanks("incoming-sheet", office.case)}
    assert (blanks["limit"].type, blanks["copies"].type, blanks["proposal"].type) == ("date", "int", "text")
    desk.fill_paper(
        "incoming-sheet",
        office.case,
        {"limit": "2026-10-20", "copies": "2", "proposal": "转区环保局办理。", "received": "x"},
    )
    paper = desk.official("incoming-sheet", [office.case])[0].paper
    said = {f.caption: f.value for f in paper.fields}
    assert (said["交办时限"], said["份数"], said["拟办意见"]) == ("2026年10月20日", "2", "转区环保局办理。")
    assert said["收文日期"].startswith("2026年9月30日"), "what the case knows is not typed"
    assert "拟办意见" not in paper.boxes and "领导批示" in paper.boxes
    assert {b.name: b.value for b in desk.blanks("incoming-sheet", office.case)}["limit"] == "2026-10-20"
    office.transfer()
    office.do("EPB", "accept")
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    desk.fill_paper("urging", office.case, {"reply": "正在整改"})
    assert desk.official("urging", [office.case])[0].paper.number == "", "typing gives no number"
    number = desk.put_out("urging", [office.case]).number
    assert number.endswith("1号")
    desk.fill_paper("urging", office.case, {"reply": "已经整改"})
    paper = desk.official("urging", [office.case])[0].paper
    assert paper.number == number and {f.caption: f.value for f in paper.fields}["承办单位答复"] == "已经整改"
    office.sit("EPB")
    assert desk.blanks("urging", office.case) == (), "another body's paper is not filled here"


def greys(pdf):
    """Return every colour that a PDF's pages set other than black and white."""
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("g", "G", "rg", "RG"):
                    found.add(tuple(float(n) for n in operands))
    return {c for c in found if set(c) not in ({0.0}, {1.0})}


def test_a_fax_is_a_cover_and_the_paper_black_with_pages_counted_through(walked):
    office, cases = walked
    desk = office.desk
    desk.renderer = drawing()
    office.sit("COMMERCE")
    fax = PrintStyle(stock="fax")
    slip = desk.paper("slip", [cases[1]], style=fax)
    assert slip.pages == 2
    cover, body = text_of(slip.pdf)
    assert "传真首页" in cover and "第1页共2页" in cover and "2页（含本页）" in cover and "第2页共2页" in body
    assert "区环保局" in cover and "环境污染投诉移送单" in cover and NAME not in cover
    assert greys(slip.pdf) == set()
    urging = desk.paper("urging", [cases[1]], style=fax)
    first, *others = text_of(urging.pdf)
    assert "《催办单》" in first and f"{urging.pages}页（含本页）" in first
    assert all(f"第{n}页共{urging.pages}页" in text for n, text in enumerate((first, *others), 1))
    assert greys(urging.pdf) == set()
    assert greys(desk.paper("urging", [cases[1]]).pdf), "a plain one has red rules and the grey mark of the demo"
    assert desk.paper("fax-cover", [cases[1]], style=fax).pages == 1, "a cover has no cover"
