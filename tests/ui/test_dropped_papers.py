"""A paper that came back is dropped on the window: the receipt is filed to its slip, a wrong code is refused in words."""

import io

import segno
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.journeys.test_papers import drawing
from tests.journeys.test_returned_papers import picture_of, png
from tests.journeys.test_whole_walk import Office


def drop(driven, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    driven.workplace.dropEvent(event)


def test_a_receipt_dropped_on_today_is_filed_to_its_slip(driven, home):
    desk = driven.program.desk
    desk.renderer = drawing()
    office = Office(desk)
    office.register()
    office.transfer()
    office.sit("COMMERCE")
    sheet = picture_of(desk.put_out("slip", [office.case]).pdf)
    scan = home.parent / "回执.jpg"
    scan.write_bytes(
        png(sheet.crop((0, int(sheet.height * 0.62), sheet.width, sheet.height)).rotate(3, expand=True), "JPEG")
    )
    driven.workplace.open_list("today")
    drop(driven, scan)
    dialog = driven.dialog("attachDialog")
    driven.until(lambda: bool(dialog.recognised))
    driven.settle()
    driven.shot("dropped-receipt") if hasattr(driven, "shot") else None
    assert driven.workplace.place().name == office.case
    dialog.submit()
    driven.settle()
    driven.until(lambda: next(p for p in desk.papers(office.case) if p.kind == "slip").receipt)
    driven.until(lambda: any("已收回执" in b.text() for b in driven.page.papers.findChildren(type(dialog.ok))))


def test_a_wrong_code_is_refused_in_words(driven, home):
    out = io.BytesIO()
    segno.make_qr("LD1|receipt|锦工商分局移〔2026〕1号|00").save(out, kind="png", scale=6)
    scan = home.parent / "错.png"
    scan.write_bytes(out.getvalue())
    drop(driven, scan)
    driven.until(lambda: "校验码不符" in driven.workplace.notice.text())
