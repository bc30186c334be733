"""Wrong and messy files get a clear answer; what can be read loses nothing."""

import io
from datetime import datetime

import openpyxl
import pytest
import xlwt

from liaison_app.intake.registrations import Read, Rejected, propose_mapping, registrations
from liaison_app.intake.tables import IntakeError, read
from tests import messy

CELL = datetime(2020, 1, 2, 3, 4)  # noqa: DTZ001 - a cell has no zone
HEAD = ("留言编号", "留言主题", "留言时间", "留言详情")


def xlsx(*rows, empty=0):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEAD, *rows):
        sheet.append(row)
    for i in range(empty):
        sheet.cell(row=len(rows) + 2 + i, column=1).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(*rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for i, row in enumerate((HEAD, *rows)):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def results(name, content):
    table = read(name, content)
    return list(registrations(table, propose_mapping(table)))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture_file"),
        ("a.csv", b"", "file_empty"),
        ("a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "et_file"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "word_file"),
        ("a.pdf", b"%PDF-1.7", "pdf_file"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
        ("a.xlsx", b"PK\x03\x04 broken", "workbook_damaged"),
        ("a.csv", b"\xff\xff\x00\x80\x81", "encoding_unknown"),
        ("a.csv", b"x,y\n1,2\n", "no_header"),
    ],
)
def test_a_wrong_file_is_named(name, content, code):
    with pytest.raises(IntakeError) as refused:
        results(name, content)
    assert refused.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_recognised(encoding):
    rows = results("a.csv", messy.csv_bytes(40, encoding=encoding))
    assert len(rows) == 40
    assert all(isinstance(r, Read) for r in rows)


def test_text_is_kept_as_it_came_and_times_are_read():
    body = "\n\t　很吵_x000D_\u200b说明裡"
    rows = results(
        "a.xlsx",
        xlsx(
            (1, "噪声", "2019/8/5 9:07", body),
            (
                2,
                "油烟",
                datetime(2020, 1, 2, 3, 4),  # noqa: DTZ001 - cells have no zone
                "呛",
            ),
        ),
    )
    # a workbook writes a carriage return as _x000D_: what came is the carriage return
    assert rows[0].command.content == f"噪声\n{body}".replace("_x000D_", "\r")
    assert rows[0].command.external_no == "1"
    assert rows[0].command.received_at == "2019-08-05T09:07:00+08:00"
    assert rows[1].command.received_at == "2020-01-02T03:04:00+08:00"


def test_an_old_workbook_and_empty_rows():
    assert len(results("a.xls", xls((1, "噪声", "2020-01-02", "很吵")))) == 1
    assert len(results("a.xlsx", xlsx((1, "噪声", "2020-01-02", "很吵"), empty=65_000))) == 1


def test_a_row_of_a_megabyte_is_named_and_the_others_stay():
    rows = results("a.xlsx", xlsx((1, "噪声", "2020-01-02", "很吵"), (2, "油烟", "不知道", "呛")))
    assert [type(r) for r in rows] == [Read, Rejected]
    assert (rows[1].row, rows[1].field, rows[1].reason) == (3, "received_at", "bad_time")
    big = f"留言编号,留言主题,留言详情\n1,甲,{'长' * 400_000}\n2,乙,短\n".encode()
    rows = results("a.csv", big)
    assert (rows[0].row, rows[0].reason) == (2, "row_too_large")
    assert rows[1].command.content == "乙\n短"


def test_the_same_row_has_the_same_key_in_any_file():
    first = results("a.csv", messy.csv_bytes(3))
    again = results("b.csv", messy.csv_bytes(3, encoding="gb18030"))
    assert [r.command.source_key for r in first] == [r.command.source_key for r in again]
