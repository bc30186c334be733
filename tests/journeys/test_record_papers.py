"""Papers of records and meetings: what they say of figures, reports and limits, and what a copy for outside must not."""

from datetime import datetime

import msgspec
import pytest

from liaison_app.desk.beginning import begun
from liaison_app.desk.paper_records import RecordWords, paper_of_record
from liaison_app.desk.paper_words import Desk
from liaison_app.desk.roster import Roster
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.ledger import LedgerRecord, RecordLine
from liaison_app.mechanism.calendar import bundled
from liaison_app.mechanism.kinds import has_paper, kinds_of
from liaison_app.mechanism.profile import load_profile
from tests.conftest import CALL, NOON
from tests.documents.reading import text_of
from tests.journeys.test_ledger import Ledger
from tests.journeys.test_papers import drawing, texts
from tests.journeys.test_returned_papers import picture_of, png

NAME, PHONE, HOME = CALL["complainant_name"], CALL["contact"], CALL["complainant_address"]
IDENTITY, NEIGHBOUR, OFFICER = "500112198001011234", "13812345678", "欧阳丹青"
PLANTED = f"投诉人{NAME}（{IDENTITY}），住{HOME}，电话{PHONE}，邻居电话{NEIGHBOUR}，反映夜间施工。"
SECRETS = (NAME, PHONE, HOME, IDENTITY, NEIGHBOUR, OFFICER)


def cells(paper):
    said = {f.caption: f.value for f in paper.fields}
    return said | {s.heading: "\n".join(s.text) for s in paper.sections if s.heading}


def table_of(paper):
    return next(s.table for s in paper.sections if s.table)


# -- figures, reports, limits -----------------------------------------------------------------------


def test_monthly_information_carries_each_figure_of_its_month_in_a_place_of_its_own(desk):
    """M1-INF-02: 上月结转、登记、移送、受理、办结、逾期、满意率 come from the sums, and until when it is to be sent from its clock."""
    office = Ledger(desk)
    office.sit("COMMERCE")
    for _ in range(3):
        desk.act_from("new", "register", CALL)
    found = begun(desk, "monthly", {}).fields
    assert [found[n] for n in ("carried", "registered", "transferred", "accepted", "closed", "overdue")] == list(
        "030000"
    )
    record = office.open("COMMERCE", "monthly", work="按时移送", **found)
    paper = desk.official("monthly-information", [record])[0].paper
    said = cells(paper)
    assert said["月份"] == "2026年9月" and said["报送期限"].startswith("2026年")
    assert [said[c] for c in ("上月结转", "登记数", "移送数", "受理数", "办结数", "逾期数", "群众满意率")] == [
        *"030000",
        "无数据",
    ]
    office.do("COMMERCE", record, "approve", approved_by="许国强", overdue="1")
    assert cells(desk.official("monthly-information", [record])[0].paper)["逾期数"] == "1", (
        "people may put a figure right"
    )


def test_the_register_of_decisions_says_what_was_reported_last_and_when(desk):
    """OFFICE-C14: 落实情况 and 报告时间 are those of the newest report of the body that leads."""
    office = Ledger(desk)
    lines = [
        {"what": words, "kind": "measure", "lead": lead, "due": "2026-11-30"}
        for words, lead in (("夜间施工一律公示", "CONSTR"), ("建联络群", "EPB"), ("查油烟", "MUNI"))
    ]
    meeting = office.open(
        "EPB", "meeting/joint", theme="三季度", period="2026-Q4", lines={"agenda": [{"item": "夜间施工"}]}
    )
    office.do("EPB", meeting, "call", at="2026-10-20T09:00", place="三会议室")
    office.do(
        "EPB",
        meeting,
        "hold",
        chair="何建平",
        lines={"attendance": [{"body": b, "how": "present"} for b in ("EPB", "CONSTR", "MUNI")]},
    )
    office.do("EPB", meeting, "decide", lines={"decisions": lines})
    for words in ("已公示两处", "已全部公示"):
        office.later(hours=20)
        office.do(
            "CONSTR",
            meeting,
            "progress",
            lines={"progress": [{"body": "CONSTR", "of": 1, "how": "going", "words": words}]},
        )
    reported = office.clock
    office.sit("EPB")
    table = table_of(desk.official("follow-up", [meeting])[0].paper)
    column = {head: [row[i] for row in table.rows] for i, head in enumerate(table.heads)}
    assert column["议定事项"] == [one["what"] for one in lines]
    assert column["落实情况"] == ["已全部公示", "", ""]
    assert column["报告时间"] == [f"{reported.year}年{reported.month}月{reported.day}日{reported:%H:%M}", "", ""]


def test_a_source_of_a_paper_of_records_is_something_that_its_record_can_say():
    """Each field of each paper of a record or meeting names a field, a column, a clock or a word that is answered."""
    for mechanism in ("M1", "M2", "M4"):
        profile = load_profile(mechanism)
        kinds = kinds_of(profile, {}).values()
        for document in profile.documents:
            of = [k for k in kinds if document.subject != "case" and has_paper(document, k)]
            for field in document.fields if of else ():
                for source in field.source.split("|") if field.source else ():
                    assert source.partition(".")[0] in {"record", "meeting", "person", "body", "due"}, (
                        document.kind,
                        source,
                    )
                known = [source for source in field.source.split("|") if any(_answered(k, source) for k in of)]
                assert known or not field.source, (mechanism, document.kind, field.name)


def _answered(kind, source):
    group, _, name = source.partition(".")
    table, _, column = name.partition(".")
    if group == "due":
        return name in kind.clocks
    if group != "record" or name in ("number", "period", "opened_at", "opened_by", "kind_name"):
        return True
    if not column:
        return kind.field(name) is not None
    found = kind.table(table)
    own = found is not None and found.field(column) is not None
    return own or column in ("closed_at", "closed_by", "closed_words", "reported", "reported_at")


# -- for outside --------------------------------------------------------------------------------------


def papers_of_records():
    """Yield every (document, kind) of the mechanisms that run here whose paper is one of a record or meeting."""
    for mechanism in ("M1", "M2", "M4"):
        profile = load_profile(mechanism)
        for kind in kinds_of(profile, {}).values():
            for document in profile.documents:
                if document.subject != "case" and has_paper(document, kind):
                    yield pytest.param(profile, document, kind, id=f"{mechanism}-{document.kind}-{kind.id}")


def planted(kind):
    """Return a record whose every place holds words about a citizen or the name of a person."""

    def value(field):
        if field.type in ("date", "moment"):
            return "2026-10-20"
        if field.type == "choice":
            return next(iter(field.choices))
        return {"int": 1, "bool": True, "body": "EPB", "bodies": ["EPB"], "case": ""}.get(field.type, PLANTED)

    lines = [
        RecordLine(
            table=t.name,
            n=1,
            values={f.name: value(f) for f in t.fields},
            added_at=NOON.isoformat(),
            closed_words=PLANTED,
            closed_at=NOON.isoformat(),
        )
        for t in kind.tables
    ]
    return LedgerRecord(
        id="r", kind=kind.id, mechanism="M1", number="1号", body="EPB", state="", opened_at=NOON.isoformat(), opened_by="p", period="",
        fields={f.name: value(f) for f in kind.fields if not f.personal}, personal={f.name: OFFICER for f in kind.fields if f.personal}, lines=tuple(lines),
    )  # fmt: skip


@pytest.mark.parametrize(("profile", "document", "kind"), list(papers_of_records()))
def test_no_name_address_or_number_of_a_citizen_stands_in_a_copy_of_a_records_paper_for_outside(
    profile, document, kind
):
    """COM-04, over every kind: what is personal in the record, who complains in the cases it names, numbers that anybody typed."""
    rules = DeskRules(
        profile=profile, calendar=bundled(), roster=Roster(district="锦江区", people=()), settings={}, founding="alone"
    )
    desk = Desk(person="周敏", phone="67800000", body="EPB", now=datetime.fromisoformat(NOON.isoformat()))
    words = RecordWords(planted(kind), kind, rules, desk, kind.zh)
    copy = paper_of_record(words, document, outside=True, citizens={NAME, PHONE, HOME}).paper
    said = "\n".join(texts(msgspec.to_builtins(copy)))
    assert not [secret for secret in SECRETS if secret in said]
    assert copy.code == "" and copy.outside
    own = "\n".join(texts(msgspec.to_builtins(paper_of_record(words, document, citizens={NAME, PHONE, HOME}).paper)))
    assert (NAME in own) is ("反映夜间施工" in own and not document.public), "in the office's own copy they stand"


def test_who_complains_is_known_from_the_cases_that_a_meeting_names(desk):
    office = Ledger(desk)
    office.sit("COMMERCE")
    case = desk.act_from("new", "register", CALL).case
    item = f"研究{NAME}（{PHONE}，{HOME}）反映的夜间施工"
    agenda = [{"item": item, "case": desk.case(case).number}]
    meeting = office.open("EPB", "meeting/joint", theme="三季度", period="2026-Q4", lines={"agenda": agenda})
    office.do("EPB", meeting, "call", at="2026-10-20T09:00", place="三会议室")
    office.sit("COMMERCE")
    own = "\n".join(texts(msgspec.to_builtins(desk.official("agenda", [meeting])[0].paper)))
    copy = "\n".join(texts(msgspec.to_builtins(desk.official("agenda", [meeting], outside=True)[0].paper)))
    assert NAME in own
    assert not [secret for secret in (NAME, PHONE, HOME) if secret in copy] and "夜间施工" in copy


def test_a_contact_that_is_published_stays_on_the_paper_that_everybody_reads(desk):
    office = Ledger(desk)
    work = {
        "project": "锦绣名城",
        "place": "滨河路8号",
        "builder": "某公司",
        "works_start": "2026-11-01",
        "until": "2026-12-01",
    }
    record = office.open("CONSTR", "publicity", **work)
    told = {
        "manager_contact": "廖军 67822160", "hotline": "12319", "cause": f"连续浇筑，{NAME}电话{NEIGHBOUR}已知", "hours": "22时至6时",
        "points": "3号楼", "machines": "泵车", "count": "2", "area": "周边200米", "reduction": "隔声屏", "undertaking": "按时完工",
        "explanation": "已公示", "contact": "工地王工 13900000009", "media": "区政府网",
    }  # fmt: skip
    office.do("CONSTR", record, "publish", **told)
    said = "\n".join(texts(msgspec.to_builtins(desk.official("advance-notice", [record])[0].paper)))
    assert "67822160" in said and "12319" in said
    assert NEIGHBOUR not in said


# -- papers that came ---------------------------------------------------------------------------------


def test_a_paper_of_another_office_is_entered_numbered_handled_and_stands_in_the_book(desk):
    """OFFICE-A3: an answer that is no complaint gets a 收文号, belongs to a case, its scan stands for it; the book prints."""
    office = Ledger(desk)
    desk.renderer = drawing()
    office.sit("EPB")
    case = desk.act_from("new", "register", CALL).case
    number = desk.case(case).number
    came = {"from": "市生态环境局", "from_number": "渝环函〔2026〕77号", "dated": "2026-09-28", "received": "2026-09-30",
            "subject": "关于邻区噪声监测的复函", "urgency": "urgent", "copies": "2", "case": number, "limit": "2026-10-20"}  # fmt: skip
    first, _ = (office.open("EPB", "received", **came | {"subject": s}) for s in ("关于邻区噪声监测的复函", "另一件"))
    sheet = cells(desk.official("received-sheet", [first])[0].paper)
    assert (
        sheet["收文号"] == "环保局收〔2026〕1号"
        and sheet["来文字号"] == "渝环函〔2026〕77号"
        and sheet["紧急程度"] == "加急"
    )
    assert (sheet["案件编号"], sheet["交办时限"], sheet["收文日期"]) == (number, "2026年10月20日", "2026年9月30日")
    assert ("record", "propose", "") in office.today("EPB"), "it waits for somebody"
    office.do("EPB", first, "propose", proposal="请监测站阅处")
    office.do("EPB", first, "instruct", "leader", opinion="同意", handler="刘洋")
    line, other = desk.book("incoming").lines
    assert line.cells[1:] == (
        "2026年9月30日",
        "环保局收〔2026〕1号",
        "市生态环境局",
        "渝环函〔2026〕77号",
        "关于邻区噪声监测的复函",
        "2",
        "2026年10月20日",
        "刘洋",
        "承办中",
    )
    assert other.cells[2] == "环保局收〔2026〕2号" and other.cells[-1] == "已登记" and line.ref == first
    assert desk.book("incoming", words="监测的复函").lines == (line,)
    scan = png(picture_of(desk.paper("received-sheet", [first]).pdf))
    desk.attach_record_scan(first, "received-original", "复函.png", scan)
    assert next(p for p in desk.papers_of_record(first) if p.kind == "received-original").sealed
    shown = desk.paper("received-original", [first])
    assert shown.scan, "the scan stands for the sheet"
    printed = "".join(text_of(desk.book_paper(desk.book("incoming")).pdf))
    assert "渝环函〔2026〕77号" in printed and "环保局收〔2026〕2号" in printed
    office.do("EPB", first, "finish", result="已转监测站，按复函意见补测")
    assert desk.book("incoming").lines[0].cells[-1] == "已办结"
    office.sit("MUNI")
    assert desk.book("incoming").lines == (), "another body's post is not shown"
    assert desk.verify().ok and desk.rebuild(check=True).equal
