"""What leaves the desk: the list as a workbook, the office's own form, the calendar of due dates, items one by one."""

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from liaison_app.desk import workbooks
from liaison_app.domain.errors import RuleBroken
from tests.journeys.test_whole_walk import Office
from tests.ui.conftest import register


def test_the_list_goes_out_as_it_is_shown_and_nothing_in_it_is_a_formula(driven, tmp_path):
    desk = driven.program.desk
    register(desk, 3)
    office = Office(desk)
    office.register(object='=HYPERLINK("http://x")', place="望江街道滨河路9号")
    driven.workplace.open_list("all")
    driven.settle()
    page = driven.page
    path = tmp_path / "列表.xlsx"
    page.files.write_list(path)
    driven.until(path.exists)
    driven.settle()
    sheet = load_workbook(path).active
    rows = list(sheet.iter_rows(values_only=True))
    shown = [page.model.column_of(n) for n in range(len(page.model.shown))]
    assert list(rows[0]) == [column.heading for column in shown]
    assert len(rows) - 1 == len(desk.every_row("all"))
    risky = [c for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
    assert risky and all(c.data_type == "s" for c in risky)
    page.table.selectRow(0)
    assert "export_list" in page.offers()


def taken(desk, case):
    """What the course of a case says of data that left the desk, oldest first."""
    found = [one for one in desk.case(case).timeline if one.kind == "taken-out"]
    assert all(one.person == desk.person.name and one.inner for one in found)
    return [one.text for one in sorted(found, key=lambda one: one.recorded_at)]


def test_a_list_that_names_who_complained_is_written_down_with_each_case(driven, tmp_path):
    desk = driven.program.desk
    first, second = register(desk, 2)
    driven.workplace.open_list("all")
    driven.settle()
    page = driven.page
    page.model.show_columns(["number", "state"])
    page.files.write_list(tmp_path / "一.xlsx")
    driven.until((tmp_path / "一.xlsx").exists)
    driven.settle()
    assert taken(desk, first) == []
    page.model.show_columns(["number", "complainant"])
    page.files.write_list(tmp_path / "二.xlsx")
    driven.until((tmp_path / "二.xlsx").exists)
    driven.settle()
    assert taken(desk, first) == taken(desk, second) == ["列表导出为表格"]
    assert desk.undo_view() is None or desk.undo_view().action != "take-out", "it is no step of its own"


def test_nothing_leaves_where_it_cannot_be_written_down(driven, tmp_path, monkeypatch):
    desk = driven.program.desk
    register(desk, 1)
    driven.workplace.open_list("all")
    driven.settle()

    def refuse(*_all):
        raise RuleBroken("read_only")

    monkeypatch.setattr(type(desk), "taken_out", refuse)
    shown = []
    monkeypatch.setattr(driven.page.files, "_failed", shown.append)
    driven.page.model.show_columns(["number", "complainant"])
    driven.page.files.write_list(tmp_path / "三.xlsx")
    driven.until(lambda: bool(shown))
    assert not (tmp_path / "三.xlsx").exists()


def test_a_case_of_an_older_table_gets_a_note_instead(driven, monkeypatch):
    desk = driven.program.desk
    (case,) = register(desk, 1)
    real = desk._command

    def older(ref, action, data):
        if action == "take-out":
            raise RuleBroken("not_allowed", action=action)
        return real(ref, action, data)

    monkeypatch.setattr(desk, "_command", older)
    desk.taken_out([case], "items")
    notes = [one.text for one in desk.case(case).timeline if one.kind == "note-written"]
    assert notes == ["〔取出留痕〕逐项复制到别的程序"]


def form(heads, before=("区工商分局投诉台账",)):
    book = Workbook()
    sheet = book.active
    for n, line in enumerate(before, 1):
        sheet.cell(n, 1, line)
    for at, head in enumerate(heads, 1):
        sheet.cell(len(before) + 1, at, head)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_offices_own_form_is_filled_under_its_headings(driven, tmp_path):
    desk = driven.program.desk
    office = Office(desk)
    office.fed_back()
    office.sit("EPB")
    content = form(
        ["序号", "编号", "投诉人", "联系 电话", "被投诉单位", "投诉内容", "处理结果", "备注（领导）", "满意度"]
    )
    filled, named, unknown = desk.own_form(content, [office.case])
    row = next(load_workbook(io.BytesIO(filled)).active.iter_rows(min_row=3, max_row=3, values_only=True))
    number = desk.case(office.case).number
    assert row == (
        "1",
        number,
        "王喆堃",
        "13900000001",
        "锦绣名城工地",
        "半夜打桩，一家人睡不着",
        "已停工整改",
        None,
        "满意",
    )
    assert unknown == ("备注（领导）",) and len(named) == 8
    again, _, _ = desk.own_form(filled, [office.case])
    assert load_workbook(io.BytesIO(again)).active.cell(4, 2).value == number, "what stands in the form is left"
    office.sit("GOVT_DUTY")
    masked = load_workbook(io.BytesIO(desk.own_form(content, [office.case])[0])).active
    assert masked.cell(3, 3).value in (None, "") and masked.cell(3, 5).value == "锦绣名城工地"
    for broken, code in ((b"no workbook", "form_unreadable"), (form(["甲", "乙"]), "form_without_heads")):
        with pytest.raises(RuleBroken, match=code):
            desk.own_form(broken, [office.case])
    (tmp_path / "台账.xlsx").write_bytes(content)
    office.sit("EPB")
    driven.workplace.open_list("all")
    driven.settle()
    driven.page.files.fill_form(tmp_path / "台账.xlsx", tmp_path / "已填.xlsx")
    driven.until((tmp_path / "已填.xlsx").exists)
    driven.settle()
    for row in desk.every_row("all"):
        assert taken(desk, row.case_id) == ["填入本单位台账"], "each case says that its data went out"
    assert (tmp_path / "台账.xlsx").read_bytes() == content
    assert load_workbook(tmp_path / "已填.xlsx").active.max_row == 2 + len(desk.every_row("all"))


def test_the_calendar_holds_every_due_date_and_no_word_of_a_citizen(driven):
    desk = driven.program.desk
    office = Office(desk)
    office.accepted()
    office.sit("EPB")
    text = desk.due_calendar().decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    number = desk.case(office.case).number
    mine = [d for d in desk.case(office.case).deadlines if d.state == "open" and d.due and d.owner == "区环保局"]
    events = text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    of_case = [e for e in events if number in e]
    assert len(of_case) == len(mine) >= 3
    whole = [e for e in of_case if "15个工作日办结" in e]
    due = datetime.fromisoformat(next(d.due for d in mine if d.label == "15个工作日办结"))
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in whole[0]
    for word in ("王喆堃", "13900000001", "滨河路", "打桩", "锦绣名城"):
        assert word not in text


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_items_of_a_case_are_copied_one_by_one(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    office = Office(driven.program.desk)
    office.register()
    driven.workplace.open_case(office.case)
    driven.settle()
    driven.until(lambda: driven.page.case is not None)
    driven.key("copy_items")
    dialog = driven.dialog("copyItems")
    dialog.findChild(QPushButton, "copy_contact").click()
    driven.until(lambda: QGuiApplication.clipboard().text() == "13900000001")
    dialog.copy_all()
    said = QGuiApplication.clipboard().text()
    assert "半夜打桩" in said and "锦绣名城工地" in said
    driven.settle()
    assert len(taken(driven.program.desk, office.case)) == 1, "once for all items of one dialog"
    dialog.reject()


def test_a_long_cell_and_a_strange_title_make_a_whole_workbook():
    made = workbooks.table(
        "全部/案件[2026]：甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", ["编号"], [["a\x00b"], ["长" * 4000]]
    )
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet.cell(2, 1).value == "ab" and len(sheet.cell(3, 1).value) == 4000 and sheet.freeze_panes == "A2"
