"""登记簿 of the office: what it sent, received, delivered and sealed; voided numbers struck; printed and exported."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from liaison_app.cli.main import main
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL
from tests.documents.reading import text_of
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office

PHONE = "86771234"
CONTACTS = {"leader": "何建平", "liaison": "周敏", "telephone": PHONE, "from": "2026-10-01"}
CONFORMITY = {
    "place": "滨河路8号", "business": "餐饮", "building": "商住楼", "flue": "无", "conclusion": "refused", "reasons": "无公共烟道",
}  # fmt: skip


def day(*parts):
    """A day or moment as a workbook holds it: without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


@pytest.fixture
def office(desk):
    made = Office(desk)
    desk.renderer = drawing()
    made.accepted(channel="petition", external_no="信访2026-77")
    made.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    made.sit("COMMERCE")
    return made


def test_numbers_that_went_out_stand_once_and_voided_ones_are_struck(office):
    desk = office.desk
    number = desk.put_out("urging", [office.case], copies=3).number
    office.do("COMMERCE", "seal-paper", kind="urging", number=number, approver="何建平", sealed_by="王珂", copies=3)
    sealed = desk.book("seal")
    assert [line.cells[2:] for line in sealed.lines] == [(number, "催办单", "3", "何建平", "王珂")]
    desk.put_out("urging", [office.case])
    office.do("COMMERCE", "void-paper", kind="urging", number=number, reason="打错")
    again = desk.put_out("urging", [office.case]).number
    out = desk.book("outgoing")
    slip = next(line for line in out.lines if line.cells[3] == "环境污染投诉移送单")
    assert slip.cells[4] == "区环保局" and not slip.struck
    lines = {line.cells[2]: line for line in out.lines}
    assert lines[number].struck and lines[number].cells[5] == "4" and lines[number].cells[7] == "作废：打错"
    assert not lines[again].struck
    assert [line.cells[0] for line in out.lines] == [str(n) for n in range(1, len(out.lines) + 1)]
    assert [line.cells[2] for line in desk.book("outgoing", words=again).lines] == [again]
    assert desk.book("outgoing", "2026-08-01", "2026-08-31").lines == ()
    with pytest.raises(RuleBroken):
        desk.book("nonsense")
    with pytest.raises(RuleBroken):
        desk.book("outgoing", "gestern")


def test_both_sides_of_a_slip_have_it_in_their_books(office):
    desk = office.desk
    (sent,) = desk.book("delivery").lines
    assert sent.cells[4:6] == ("区环保局", "书面传真") and "刘洋" in sent.cells[6]
    (came,) = desk.book("incoming").lines
    assert came.cells[3:6] == ("信访", "信访2026-77", "锦绣名城工地") and came.cells[8] == "区环保局"
    office.sit("EPB")
    (got,) = desk.book("incoming").lines
    assert got.cells[3:5] == ("区工商分局", sent.cells[2])
    assert desk.book("delivery").lines == () and desk.book("outgoing").lines == ()


def test_a_document_that_came_stands_in_the_book_as_it_was_typed_on_its_sheet_and_its_limit_runs(desk):
    """OFFICE A3: the limit of the office that sent it runs beside the rule's; after the transfer it stands fast."""
    office = Office(desk)
    desk.renderer = drawing()
    office.register(channel="petition", external_no="信访2026-77")
    assert not office.clocks("OFFICE-A3")
    places = {b.name: (b.label, b.type) for b in desk.blanks("incoming-sheet", office.case)}
    assert places["limit"] == ("交办时限", "date") and places["copies"] == ("份数", "int") and "instruction" in places
    typed = {
        "from": "市信访办",
        "from_number": "渝信访〔2026〕77号",
        "serial": "收2026-031",
        "copies": "2",
        "limit": "2026-10-20",
        "instruction": "请阅处",
    }
    desk.fill_paper("incoming-sheet", office.case, typed)
    assert [(state, due) for _, state, due in office.clocks("OFFICE-A3")] == [("open", "2026-10-20T23:59:59+08:00")]
    assert {b.name: b.value for b in desk.blanks("incoming-sheet", office.case)}["limit"] == "2026-10-20"
    acts = len(desk.case(office.case).timeline)
    desk.fill_paper("incoming-sheet", office.case, {**typed, "copies": "2"})
    assert len(desk.case(office.case).timeline) <= acts + 1, "a limit that stands is not given again"
    (line,) = desk.book("incoming").lines
    assert line.cells[2:8] == ("收2026-031", "市信访办", "渝信访〔2026〕77号", "锦绣名城工地", "2", "2026年10月20日")
    row = next(
        iter(load_workbook(io.BytesIO(desk.book_file(desk.book("incoming"), ".xlsx"))).active.iter_rows(min_row=2))
    )
    assert (row[6].value, row[7].value) == (2, day(2026, 10, 20))
    assert desk.book("incoming", words="渝信访").lines == (line,), "found by the number of the other office"
    sheet = {f.caption: f.value for f in desk.official("incoming-sheet", [office.case])[0].paper.fields}
    assert sheet["来文单位"] == "市信访办" and sheet["批示原文"] == "请阅处" and sheet["交办时限"] == "2026年10月20日"
    office.transfer()
    office.do("EPB", "accept")
    office.sit("COMMERCE")
    assert "limit" not in {b.name for b in desk.blanks("incoming-sheet", office.case)}, "not asked any more"
    with pytest.raises(RuleBroken):
        desk.fill_paper("incoming-sheet", office.case, {**typed, "limit": "2026-11-20"})
    assert [due for *_, due in office.clocks("OFFICE-A3")] == ["2026-10-20T23:59:59+08:00"], "still what was assigned"
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_a_book_is_printed_lying_with_every_line_and_exported_for_a_table_program(office):
    desk = office.desk
    desk.put_out("urging", [office.case])
    view = desk.book("outgoing")
    paper = desk.book_paper(view)
    words = "".join(text_of(paper.pdf))
    assert "发文登记簿" in words and all(line.cells[2] in words for line in view.lines)
    rows = list(csv.reader(io.StringIO(desk.book_file(view).decode("utf-8-sig"))))
    assert tuple(rows[0]) == view.columns and len(rows) == len(view.lines) + 1


def test_a_book_is_a_workbook_with_days_numbers_widths_and_its_heads_in_sight(office):
    desk = office.desk
    number = desk.put_out("urging", [office.case], copies=3).number
    office.do("COMMERCE", "void-paper", kind="urging", number=number, reason="=1+1")
    view = desk.book("outgoing")
    sheet = load_workbook(io.BytesIO(desk.book_file(view, ".xlsx"))).active
    assert sheet.title == "发文登记簿" and sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    assert [c.value for c in sheet[1]] == list(view.columns) and sheet.auto_filter.ref == sheet.dimensions
    lines = {row[2].value: row for row in sheet.iter_rows(min_row=2)}
    line = lines[number]
    assert line[1].value == day(2026, 9, 30) and line[1].is_date and line[5].value == 3
    assert (
        line[0].data_type == "n" and line[7].value == "作废：=1+1" and line[7].data_type == "s" and line[2].font.strike
    )
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["A"].width
    for name in ("incoming", "delivery", "seal"):
        assert load_workbook(io.BytesIO(desk.book_file(desk.book(name), ".xlsx"))).active.max_row >= 1


def test_records_are_a_workbook_with_a_sheet_for_each_table(office):
    desk = office.desk
    office.sit("EPB")
    for theme in ("联席会议", "@再议"):
        meeting = desk.open_record("meeting/joint", {"theme": theme, "period": "2026-Q4"}).record
        desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
    book = written_out(desk, "meeting/joint")
    first, *others = book.worksheets
    heads = [c.value for c in first[1]]
    rows = [dict(zip(heads, (c.value for c in row), strict=True)) for row in first.iter_rows(min_row=2)]
    assert [r["序号"] for r in rows] == [1, 2] and rows[1]["编号"] and isinstance(rows[0]["登记时间"], datetime)
    assert day(2026, 10, 20, 9) in rows[0].values() and "@再议" in rows[1].values()
    assert others and all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    with pytest.raises(RuleBroken):
        written_out(desk, "nonsense")


def written_out(desk, kind):
    written = []
    desk.records_out(kind, written.append)
    return load_workbook(io.BytesIO(written[0]))


def said_in(book):
    return "\n".join(str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value)


def test_words_about_people_leave_a_register_of_records_with_an_entry_or_not_at_all(office):
    """COM-04, OFFICE-C2: who took them and when stands in the record; where nothing can be written down, nothing leaves."""
    desk = office.desk
    office.sit("EPB")
    kept = desk.open_record("conformity", {**CONFORMITY, "applicant": "闫䶮"}).record
    office.sit("COMMERCE")
    unkept = desk.open_record("contacts", CONTACTS).record
    assert PHONE in str(desk.record(unkept))
    said = said_in(written_out(desk, "contacts"))
    assert PHONE not in said and CONTACTS["liaison"] in said
    before = len(desk.record(unkept).timeline)
    office.sit("EPB")
    assert "闫䶮" in said_in(written_out(desk, "conformity"))
    line = desk.record(kept).tables[-1].lines[-1]
    assert "台账导出（.xlsx）" in line.cells and desk.person.name in line.cells
    assert len(desk.record(kept).timeline) == 2
    office.sit("COMMERCE")
    assert len(desk.record(unkept).timeline) == before
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_no_book_of_the_office_names_a_citizen(office):
    """OFFICE-C2: registers are shown, printed and exported without an entry because nothing of a citizen stands in them."""
    desk = office.desk
    office.answered(channel="transferred")
    office.sit("EPB")
    desk.put_out("reply", [office.case], to="投诉人")
    filled = set()
    for seat in ("COMMERCE", "EPB"):
        office.sit(seat)
        for name in ("outgoing", "incoming", "delivery", "seal"):
            book = desk.book(name)
            said = str(book) + desk.book_file(book).decode("utf-8-sig")
            assert [
                w for w in (CALL["complainant_name"], CALL["contact"], CALL["complainant_address"]) if w in said
            ] == []
            filled |= {name} if book.lines else set()
    assert filled >= {"outgoing", "incoming", "delivery"}


def test_papers_of_records_are_in_the_book_too(office):
    desk = office.desk
    office.sit("EPB")
    meeting = desk.open_record("meeting/joint", {"theme": "联席会议", "period": "2026-Q4"}).record
    desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
    number = desk.put_out("meeting-notice", [meeting], copies=20).number
    line = next(line for line in desk.book("outgoing").lines if line.cells[2] == number)
    assert line.cells[5] == "20" and line.ref == meeting


def test_the_command_line_shows_and_writes_a_register(home, capsys, tmp_path):
    out = tmp_path / "送文.pdf"
    month = ["--since", "2026-01-01", "--until", "2026-12-31"]
    assert main(["--home", str(home), "--json", "book", "delivery", *month, "--out", str(out)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["title"] == "送文登记簿" and len(said["columns"]) == 9
    assert out.read_bytes().startswith(b"%PDF")
    assert main(["--home", str(home), "book", "outgoing", "--since", "x"]) == 1
