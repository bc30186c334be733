"""Files of a case in the window: dropped, pasted, taken along with a visit, looked at, a paper of ours recognised."""

import io
import struct
import wave

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton

from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import LARGEST, kind_of, plain_name
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office
from ui.dialogs.attach import Incoming, looked_at, read_files
from ui.widgets.photos import upright


def photo(path, size=(640, 480), turned=6):
    """Write a photo of a phone held upright: red above in truth, red at the left in the file."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 4, size[1]))
    exif = Image.Exif()
    exif[0x0112] = turned
    image.save(path, "JPEG", exif=exif)
    return path


def tone(path, seconds=1):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(b"".join(struct.pack("<h", (n % 50) * 300) for n in range(8000 * seconds)))
    return path


@pytest.fixture
def office(driven):
    made = Office(driven.program.desk)
    made.accepted()
    made.do("EPB", "investigate", findings="夜间打桩属实", verified=True, officers="刘洋、范敏")
    made.sit("EPB")
    driven.workplace.open_case(made.case)
    driven.settle()
    driven.until(lambda: driven.page.files.found is not None)
    return made


def open_form(driven, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    driven.page.files.add(data=data)
    dialog = driven.dialog("attachDialog")
    driven.until(lambda: len(dialog.incoming) == len(paths))
    driven.settle()
    return dialog


def test_dropped_files_become_acts_with_their_fingerprint_and_stay_as_they_are(driven, office, tmp_path):
    shot, call = photo(tmp_path / "工地.jpg"), tone(tmp_path / "来电.wav")
    dialog = open_form(driven, shot, call)
    kinds = [dialog.findChild(QComboBox, f"fileKind{n}").currentData() for n in (0, 1)]
    assert kinds == ["site", "recording"]
    visit = driven.program.desk.files(office.case).visits[0].act_id
    dialog.visit.setCurrentIndex(dialog.visit.findData(visit))
    dialog.submit()
    driven.settle()
    found = driven.program.desk.files(office.case)
    assert [(f.name, f.kind, f.what, f.here) for f in found.files] == [
        ("工地.jpg", "photo", "site", True),
        ("来电.wav", "recording", "recording", True),
    ]
    assert [f.name for f in found.visits[0].files] == ["工地.jpg", "来电.wav"]
    view, content = driven.program.desk.file(office.case, found.files[0].act_id)
    assert content == shot.read_bytes() and len(view.sha256) == 64
    assert driven.program.desk.verify().ok and driven.program.desk.rebuild(check=True).equal
    driven.until(lambda: driven.page.findChild(QPushButton, f"photo_{view.act_id}") is not None)
    driven.until(lambda: not driven.page.findChild(QPushButton, f"photo_{view.act_id}").icon().isNull())


def test_a_photo_is_shown_upright_and_a_recording_plays_inside(driven, office, tmp_path):
    turned = upright(photo(tmp_path / "a.jpg").read_bytes())
    assert (turned.width(), turned.height()) == (480, 640)
    assert turned.pixelColor(240, 40).red() > 200 and turned.pixelColor(240, 40).green() < 80
    assert turned.pixelColor(240, 600).green() > 200
    assert max(upright(photo(tmp_path / "b.jpg").read_bytes(), turned.size() / 10).width(), 0) <= 48
    dialog = open_form(driven, tone(tmp_path / "c.wav", 2))
    dialog.submit()
    driven.settle()
    one = driven.program.desk.files(office.case).files[0]
    driven.page.files.show(one)
    shown = driven.dialog("fileDialog")
    assert one.sha256 in shown.hash.text()
    player = shown.player
    driven.until(lambda: player.slider.maximum() >= 1900)
    player.toggle()
    driven.until(lambda: player.playing)
    shown.save_to(tmp_path / "取出.wav")
    driven.until((tmp_path / "取出.wav").exists)
    driven.settle()
    course = driven.program.desk.case(office.case).timeline
    assert [one.text for one in course if one.kind == "taken-out"] == ["附件另存为文件"]
    shown.reject()


def test_a_screenshot_is_pasted_and_what_is_too_large_or_empty_is_said_before(driven, office, tmp_path, monkeypatch):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF00AA)
    QGuiApplication.clipboard().setImage(image)
    driven.key("paste_file")
    dialog = driven.dialog("attachDialog")
    driven.until(lambda: bool(dialog.incoming))
    assert dialog.incoming[0].name.startswith("截图 2026") and dialog.incoming[0].pasted
    assert any("200 MB" in label.text() for label in dialog.findChildren(QLabel))
    (tmp_path / "空.txt").write_bytes(b"")
    huge = tmp_path / "录像.mp4"
    with huge.open("wb") as out:
        out.truncate(LARGEST + 1)
    refused = read_files([tmp_path / "空.txt", huge])
    assert [(one.why, one.content) for one in refused] == [("attachment_empty", b""), ("file_too_large", b"")]
    dialog.add(refused)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "是空文件" in said and "一个附件最多200MB" in said
    dialog.submit()
    driven.settle()
    assert [f.what for f in driven.program.desk.files(office.case).files] == ["screenshot"]


def test_a_paper_of_ours_that_is_dropped_is_recognised_and_filed_with_its_case(driven, office, tmp_path):
    desk = driven.program.desk
    desk.renderer = drawing()
    office.sit("EPB")
    slip = desk.paper("slip", (office.case,)).pdf
    other = office.case
    office.register(object="另一处工地", place="望江街道滨河路80号", contact="13900000009")
    driven.workplace.open_case(office.case)
    driven.settle()
    driven.until(lambda: driven.page.files.found is not None and driven.page.files.ref == office.case)
    (tmp_path / "移送单.pdf").write_bytes(slip)
    dialog = open_form(driven, tmp_path / "移送单.pdf")
    driven.until(lambda: bool(dialog.recognised))
    offer = dialog.findChild(QCheckBox, "fileAs0")
    number = desk.case(other).transfers[0].slip_no
    assert number in offer.text() and offer.isChecked()
    dialog.submit()
    driven.settle()
    assert desk.files(office.case).files == ()
    office.sit("EPB")
    assert [(f.name, f.what) for f in desk.files(other).files] == [("移送单.pdf", "sealed")]


def test_what_the_desk_refuses_of_a_file_has_words_and_nothing_of_a_masked_case_is_listed(driven, office, tmp_path):
    desk = driven.program.desk
    office.sit("EPB")
    act = desk.attach_file(office.case, "..\\路径/现场?.jpg", b"\xff\xd8\xff" + b"x" * 40, "site").act
    assert desk.files(office.case).files[0].name == "现场_.jpg"
    with desk._replica.write() as connection:
        connection.exec_driver_sql("UPDATE attachment SET bytes=? WHERE act_id=?", (b"\xff\xd8\xff" + b"y" * 40, act))
    with pytest.raises(RuleBroken, match="file_damaged"):
        desk.file(office.case, act)
    with desk._replica.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment WHERE act_id=?", (act,))
    with pytest.raises(RuleBroken, match="file_pending"):
        desk.file(office.case, act)
    with pytest.raises(RuleBroken, match="visit_unknown"):
        desk.act_from(office.case, "attach", {"name": "a", "size": 3, "sha256": "0" * 64, "about": "nobody"})
    office.sit("GOVT_DUTY")
    assert desk.files(office.case).masked and desk.files(office.case).files == ()
    with pytest.raises(RuleBroken, match="file_masked"):
        desk.file(office.case, act)


def test_what_a_file_is_says_its_beginning_not_its_name():
    image = io.BytesIO()
    Image.new("RGB", (4, 4)).save(image, "PNG")
    assert kind_of("合同.pdf", image.getvalue()[:16]) == "photo"
    assert kind_of("x.jpg", b"%PDF-1.7 ........") == "pdf"
    assert kind_of("说明.txt", b"abc") == "text"
    assert looked_at("空白", b"\x00\x01").kind == "other"
    assert plain_name("C:\\资料\\证据<1>.png") == "证据_1_.png" and plain_name("") == "file"
    assert isinstance(looked_at("a", b"\x89PNG\r\n\x1a\nrest"), Incoming)
