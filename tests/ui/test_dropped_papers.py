"""A paper that came back is dropped on the window: the receipt is filed to its slip, a wrong code is refused in words."""

import io
import os
import zipfile
from pathlib import Path

import segno
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton

from tests.journeys.test_papers import drawing
from tests.journeys.test_returned_papers import picture_of, png
from tests.journeys.test_whole_walk import Office
from tests.unit.test_pdf_signatures import signer
from ui.widgets.papers_card import PapersCard


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
        png(sheet.crop((0, int(sheet.height * 0.77), sheet.width, sheet.height)).rotate(3, expand=True), "JPEG")
    )
    driven.workplace.open_list("today")
    drop(driven, scan)
    dialog = driven.dialog("attachDialog")
    driven.until(lambda: bool(dialog.recognised))
    driven.settle()
    if folder := os.environ.get("LIAISON_SHOTS"):
        dialog.grab().save(str(Path(folder) / "receipt.png"))
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


def test_a_sealed_paper_that_came_back_says_what_its_signature_is_worth(driven, home, tmp_path):
    desk = driven.program.desk
    desk.renderer = drawing()
    office = Office(desk)
    office.accepted()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    urging = desk.put_out("urging", [office.case])
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(urging.pdf))
    sign_pdf(writer, PdfSignatureMetadata(field_name="Seal"), signer(tmp_path), output=out)
    desk.attach_file(office.case, "盖章.pdf", out.getvalue(), "sealed", paper=urging.number)
    driven.workplace.open_case(office.case)
    driven.settle()
    driven.until(lambda: any(p.kind == "urging" and p.scan for p in driven.page.papers.lines))
    driven.page.preview(next(p for p in driven.page.papers.lines if p.kind == "urging"))
    dialog = driven.dialog("paperDialog")
    driven.until(lambda: dialog.signatures.isVisible(), 20)
    assert "已盖章件" in dialog.signatures.text() and "未被改动" in dialog.signatures.text()
    assert dialog.signatures.property("role") == "quiet" and dialog.print_button.isEnabled()
    driven.bot.wait(1500)
    if folder := os.environ.get("LIAISON_SHOTS"):
        dialog.grab().save(str(Path(folder) / "signed.png"))
    dialog.reject()
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("OFD.xml", "<ofd:OFD/>")
    desk.attach_file(office.case, "盖章.ofd", package.getvalue(), "sealed", paper=urging.number)
    driven.page.preview(next(p for p in driven.page.papers.lines if p.kind == "urging"))
    dialog = driven.dialog("paperDialog")
    driven.until(lambda: "OFD" in dialog.signatures.text(), 20)
    assert not dialog.print_button.isEnabled() and dialog.save_button.isEnabled()
    dialog.save_to(home.parent / "out.ofd")
    driven.settle()
    assert (home.parent / "out.ofd").read_bytes() == package.getvalue()


def test_a_sealed_notice_dropped_on_today_is_filed_to_its_meeting(driven, home):
    desk = driven.program.desk
    desk.renderer = drawing()
    office = Office(desk)
    office.sit("EPB")
    meeting = desk.open_record("meeting/joint", {"theme": "三季度联席会议", "period": "2026-Q4"}).record
    desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
    agenda = picture_of(desk.put_out("agenda", [meeting]).pdf)
    scan = home.parent / "议程盖章.png"
    scan.write_bytes(png(agenda))
    driven.workplace.open_list("today")
    drop(driven, scan)
    dialog = driven.dialog("recordScanDialog")
    assert driven.page.objectName() == "recordPage"
    assert dialog.which.currentData() == "agenda", "known by its QR"
    if folder := os.environ.get("LIAISON_SHOTS"):
        dialog.grab().save(str(Path(folder) / "record-scan.png"))
    dialog.submit()
    driven.until(lambda: any(p.kind == "agenda" and p.scan for p in driven.page._papers))
    card = driven.page.findChild(PapersCard)
    driven.until(lambda: any("已盖章" in b.text() for b in driven.page.findChildren(QPushButton)))
    assert card is not None
    if folder:
        driven.settle()
        driven.program.window.grab().save(str(Path(folder) / "record-sealed.png"))
    driven.page.preview(next(p for p in driven.page._papers if p.kind == "agenda"))
    shown = driven.dialog("paperDialog")
    driven.until(lambda: "已盖章件" in shown.signatures.text(), 20)
