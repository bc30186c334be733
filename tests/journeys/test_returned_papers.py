"""Papers that come back: the receipt is filed to its slip by its QR, the sealed paper is shown from then on."""

import io
import zipfile

import msgspec
import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from liaison_app.desk.file_views import NewFile
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.paper_code import check_digits, codes_in, slip_code
from liaison_app.intake.pictures import codes_of_picture
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
    receipt = sheet.crop((0, int(sheet.height * 0.77), sheet.width, sheet.height))
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


def solved(rows):
    """Return the solution of linear equations, each a row with its right side."""
    for c in range(len(rows)):
        pivot = max(range(c, len(rows)), key=lambda r, c=c: abs(rows[r][c]))
        rows[c], rows[pivot] = rows[pivot], rows[c]
        for r in range(len(rows)):
            if r != c:
                part = rows[r][c] / rows[c][c]
                rows[r] = [x - part * y for x, y in zip(rows[r], rows[c], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def at_an_angle(image, by):
    """Return a picture as a hand-held camera sees it that looks from the side."""
    wide, high = image.size
    seen = [
        (wide * by, high * by * 0.6),
        (wide * (1 - by * 0.3), high * by * 0.2),
        (wide, high),
        (0, high * (1 - by * 0.1)),
    ]
    rows = []
    for (x, y), (at, down) in zip(seen, [(0, 0), (wide, 0), (wide, high), (0, high)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -at * x, -at * y, at], [0, 0, 0, x, y, 1, -down * x, -down * y, down]]
    flat = solved([[float(v) for v in row] for row in rows])
    return image.transform(image.size, Image.Transform.PERSPECTIVE, flat, Image.Resampling.BILINEAR, fillcolor=90)


def in_light(image, least, most):
    """Return a picture with light falling in from one side, between two shares of full light, and grain."""
    light = (
        Image.linear_gradient("L").rotate(90).resize(image.size).point(lambda v: int(255 * least + v * (most - least)))
    )
    return ImageChops.add(ImageChops.multiply(image, light), Image.effect_noise(image.size, 12), 1, -128)


def test_a_receipt_is_known_from_a_photo_at_an_angle_in_poor_light_and_from_a_fax(sent):
    office, slip = sent
    sheet = picture_of(slip.pdf).convert("L")
    receipt = sheet.crop((0, int(sheet.height * 0.77), sheet.width, sheet.height))
    fax = sheet.point(lambda v: 255 if v > 128 else 0).convert("1")
    coarse = fax.convert("L").resize((1728, int(11.7 * 98)), Image.Resampling.NEAREST).convert("1")
    out = io.BytesIO()
    coarse.save(out, "TIFF", dpi=(204, 98))
    shown = {
        "angle": png(at_an_angle(receipt, 0.25)),
        "dim": png(in_light(receipt, 0.2, 0.7), "JPEG"),
        "dim at an angle": png(in_light(at_an_angle(receipt, 0.2), 0.2, 0.7), "JPEG"),
        "dark": png(in_light(receipt, 0.08, 0.25)),
        "soft": png(receipt.filter(ImageFilter.GaussianBlur(1))),
        "askew": png(receipt.rotate(30, expand=True, fillcolor=120)),
        "fax of 150 dots": png(fax),
        "coarse fax": out.getvalue(),
    }
    for how, picture in shown.items():
        codes = codes_of_picture(picture)
        assert slip_code(slip.number, "receipt") in codes, how
    assert office.desk.recognise([], [shown["dark"]])[0].receipt


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


@pytest.fixture
def called(desk):
    office = Office(desk)
    desk.renderer = drawing()
    office.sit("EPB")
    meeting = desk.open_record("meeting/joint", {"theme": "三季度联席会议", "period": "2026-Q4"}).record
    desk.step_record(meeting, "call", {"at": "2026-10-20T09:00", "place": "区政府三会议室", "chair": "何建平"})
    return office, meeting, desk.put_out("meeting-notice", [meeting], copies=12)


def test_the_sealed_paper_of_a_record_comes_back_as_pdf_picture_and_ofd(called, tmp_path):
    office, meeting, notice = called
    desk = office.desk
    scan = picture_of(notice.pdf)
    agenda = picture_of(desk.put_out("agenda", [meeting]).pdf)
    (found,) = desk.recognise([], [png(agenda)])
    number = desk.record(meeting).number
    assert (found.record_id, found.case_id, found.kind, found.case_number) == (meeting, "", "agenda", number)
    by_words = desk.recognise([f"区环保局\n{notice.number}\n通知"])
    assert [(f.record_id, f.kind, f.number, f.numbered) for f in by_words] == [
        (meeting, "meeting-notice", notice.number, True)
    ]
    desk.attach_record_scan(meeting, "meeting-notice", "盖章.jpg", png(scan, "JPEG"))
    line = next(p for p in desk.papers_of_record(meeting) if p.kind == "meeting-notice")
    assert line.sealed and line.scan and line.printed == 1 and line.number == notice.number
    shown = desk.paper("meeting-notice", [meeting])
    assert shown.scan and shown.number == notice.number and shown.pdf.startswith(b"%PDF")
    assert desk.put_out("meeting-notice", [meeting]).pdf == shown.pdf, "the reprint is the sealed paper"
    outside = desk.paper("meeting-notice", [meeting], outside=True)
    assert not outside.scan, "a copy for outside is drawn anew"
    assert not desk.paper("agenda", [meeting]).scan
    desk.attach_record_scan(meeting, "meeting-notice", "盖章.pdf", notice.pdf)
    assert desk.paper("meeting-notice", [meeting]).pdf == notice.pdf, "the newest stands"
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("OFD.xml", "<ofd:OFD/>")
    desk.attach_record_scan(meeting, "meeting-notice", "盖章.ofd", package.getvalue())
    shown = desk.paper("meeting-notice", [meeting])
    assert (shown.suffix, shown.original) == (".ofd", package.getvalue())
    notes = [n for n in desk.paper_register() if n.number == notice.number]
    assert [n.act for n in notes].count("paper-issued") == 1, "what came back is no new number"
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_what_is_no_sealed_paper_of_the_record_is_refused(called):
    office, meeting, notice = called
    desk = office.desk
    for name, content, kind, code in (
        ("空.pdf", b"", "meeting-notice", "attachment_empty"), ("a.docx", b"PK\x03\x04 no", "meeting-notice", "scan_kind"),
        ("a.pdf", notice.pdf, "slip", "paper_not_yet"), ("a.pdf", notice.pdf, "no-such", "field_value"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refusal:
            desk.attach_record_scan(meeting, kind, name, content)
        assert refusal.value.code == code
    assert not any(p.scan for p in desk.papers_of_record(meeting))
    desk.attach_record_scan(meeting, "meeting-notice", "盖章.pdf", notice.pdf)
    with desk._replica.write() as connection:
        connection.exec_driver_sql("UPDATE attachment SET bytes=zeroblob(length(bytes)) WHERE piece=0")
    with pytest.raises(RuleBroken) as refusal:
        desk.paper("meeting-notice", [meeting])
    assert refusal.value.code == "file_damaged"
