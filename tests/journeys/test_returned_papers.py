"""Papers that come back: the receipt is filed to its slip by its QR, the sealed paper is shown from then on."""

import io
import zipfile

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from liaison_app.desk.file_views import NewFile
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.paper_code import check_digits, codes_in, slip_code
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from tests.unit.test_pdf_signatures import signer

DPI = 150


def picture_of(pdf, page=0):
    """Return a page as an office's scanner gives it."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    size = document.pagePointSize(page) * (DPI / 72)
    drawn = document.render(page, QSize(int(size.width()), int(size.height())))
    plain = drawn.convertToFormat(QImage.Format.Format_RGBA8888)
    scan = Image.frombytes("RGBA", (plain.width(), plain.height()), bytes(plain.constBits()))
    white = Image.new("RGB", scan.size, "white")
    white.paste(scan, mask=scan.getchannel("A"))
    return white


def png(image, form="PNG"):
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


@pytest.fixture
def sent(desk):
    office = Office(desk)
    desk.renderer = drawing()
    office.register()
    office.transfer()
    office.sit("COMMERCE")
    return office, desk.put_out("slip", [office.case])


def test_the_receipt_that_came_back_is_filed_to_its_slip(sent):
    office, slip = sent
    sheet = picture_of(slip.pdf)
    receipt = sheet.crop((0, int(sheet.height * 0.62), sheet.width, sheet.height))
    tilted = receipt.rotate(4, expand=True, fillcolor="white")
    for photo in (png(receipt), png(tilted, "JPEG"), png(tilted.rotate(90, expand=True))):
        (found,) = office.desk.recognise([], [photo])
        assert (found.case_id, found.number, found.receipt) == (office.case, slip.number, True)
    whole = office.desk.recognise([], [png(sheet)])[0]
    assert not whole.receipt, "the untorn sheet is the slip"
    file = NewFile(name="回执.jpg", content=png(tilted, "JPEG"), what="receipt", paper=slip.number)
    office.desk.attach_files(office.case, [file])
    line = next(p for p in office.desk.papers(office.case) if p.kind == "slip")
    assert line.receipt and not line.scan, "a receipt does not stand in the place of the slip"
    assert office.desk.paper("slip", [office.case]).number == slip.number
    with pytest.raises(RuleBroken) as refusal:
        office.desk.attach_files(
            office.case, [NewFile(name="x.jpg", content=b"x", what="receipt", paper="锦移〔2026〕99号")]
        )
    assert refusal.value.code == "paper_unknown"
    assert office.desk.verify().ok and office.desk.rebuild(check=True).equal


def test_a_code_with_wrong_check_digits_is_refused(sent):
    import segno

    office, slip = sent
    good = slip_code(slip.number, "receipt")
    wrong = good[:-2] + f"{(int(good[-2:]) + 1) % 98:02d}"
    other = good.replace("1号", "2号")
    for code in (wrong, other):
        out = io.BytesIO()
        segno.make_qr(code).save(out, kind="png", scale=6)
        with pytest.raises(RuleBroken) as refusal:
            office.desk.recognise([], [out.getvalue()])
        assert refusal.value.code == "code_wrong"
    with pytest.raises(RuleBroken) as refusal:
        office.desk.recognise([], [b"\x89PNG\r\n\x1a\nno picture"])
    assert refusal.value.code == "picture_unreadable"


def test_every_wrong_digit_is_noticed():
    number = "锦工商分局移〔2026〕17号"
    code = slip_code(number)
    assert codes_in(code)[0].number == number
    missed = 0
    for at in range(len(number)):
        for sign in "0123456789" if number[at].isdigit() else ():
            if sign != number[at]:
                try:
                    codes_in(code.replace(number, number[:at] + sign + number[at + 1 :]))
                    missed += 1
                except RuleBroken:
                    pass
    assert missed == 0
    assert check_digits("12") != check_digits("21")


@pytest.fixture
def urged(desk):
    office = Office(desk)
    desk.renderer = drawing()
    office.accepted()
    office.do("COMMERCE", "urge", reason="逾期未复", until="2026-12-02T18:00")
    return office, desk.put_out("urging", [office.case])


def test_a_sealed_paper_comes_back_as_a_picture(urged):
    office, urging = urged
    scan = picture_of(urging.pdf)
    (found,) = office.desk.recognise([], [png(scan)])
    assert (found.kind, found.number, found.numbered) == ("urging", urging.number, True)
    office.desk.attach_file(office.case, "盖章.jpg", png(scan, "JPEG"), "sealed", paper=urging.number)
    shown = office.desk.paper("urging", [office.case])
    assert shown.scan and shown.pdf.startswith(b"%PDF") and shown.pages == 1 and shown.signatures == ()
    again = picture_of(shown.pdf)
    assert again.size[0] < again.size[1]
    assert office.desk.put_out("urging", [office.case]).pdf == shown.pdf, "the reprint is the sealed paper"


def test_a_signed_pdf_shows_its_signature_and_an_ofd_is_kept_as_it_came(urged, tmp_path):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf

    office, urging = urged
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(urging.pdf))
    sign_pdf(writer, PdfSignatureMetadata(field_name="Seal"), signer(tmp_path), output=out)
    office.desk.attach_file(office.case, "盖章.pdf", out.getvalue(), "sealed", paper=urging.number)
    shown = office.desk.paper("urging", [office.case])
    assert shown.pdf == out.getvalue() and shown.signatures[0].good
    assert shown.signatures[0].words.startswith("区环保局电子印章") and "未被改动" in shown.signatures[0].words
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("OFD.xml", "<ofd:OFD/>")
        made.writestr("Doc_0/Signs/Sign_0/Signature.xml", "<ofd:Signature/>")
    office.desk.attach_file(office.case, "盖章.ofd", package.getvalue(), "sealed", paper=urging.number)
    shown = office.desk.paper("urging", [office.case])
    assert (shown.suffix, shown.pdf, shown.original) == (".ofd", b"", package.getvalue())
    assert not shown.signatures[0].good and "国密" in shown.signatures[0].words
    file = tmp_path / "out.ofd"
    office.desk.put_out("urging", [office.case], way="saved", write=file.write_bytes)
    assert file.read_bytes() == package.getvalue()
    assert msgspec.to_builtins(office.desk.case(office.case))
