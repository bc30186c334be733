"""The whole case on paper, and for outside: nothing of a planted name, telephone, mailbox or inner note is left in it."""

import hashlib
import io

import pikepdf
import pytest
from PIL import Image

from liaison_app.domain.papers import WHOLE_CASE
from reports.official.photos import LONGEST, shrunk
from tests.documents.reading import text_of as words_in
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office

PLANTED = (
    "王喆堃", "13900000001", "滨河路10号", "13700001234", "62345678", "023-67651234", "510102199003071234",
    "lihua@example.cn", "内部掌握", "半夜打桩", "分管领导批示", "工地照片王喆堃",
)  # fmt: skip


def photo():
    image = Image.new("RGB", (3000, 2000), "white")
    image.paste("red", (0, 0, 700, 2000))
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def office(desk):
    desk.renderer = drawing()
    made = Office(desk)
    made.accepted()
    made.do("EPB", "note", text="内部掌握：分管领导批示从快")
    findings = "向邻居李女士（13700001234）核实，王喆堃所说属实，值班电话62345678，座机023-67651234"
    made.do(
        "EPB",
        "investigate",
        findings=findings,
        verified=True,
        officers="刘洋",
        measures="身份证510102199003071234，lihua@example.cn",
    )
    visit = desk.files(made.case).visits[0].act_id
    from liaison_app.desk.file_views import NewFile

    desk.attach_files(made.case, [NewFile(name="工地照片王喆堃.jpg", content=photo(), what="site", about=visit)])
    made.do("EPB", "draft-reply", kind="formal", text="王喆堃同志：\n已责令停工，电话13900000001已回访。")
    made.do("EPB", "submit-reply")
    made.do("EPB", "approve-reply", "leader", road="own_desk")
    made.do("EPB", "send-reply", kind="formal", method="letter", solved=True)
    made.do("EPB", "feedback", result="已停工", rating="satisfied")
    made.do("COMMERCE", "revisit", staff="satisfied", site="satisfied", result="satisfied", words="王喆堃说满意")
    made.sit("EPB")
    return made


def text_of(pdf):
    return "".join(words_in(pdf)).replace(" ", "").replace("\n", "")


def test_the_whole_case_says_everything_once_and_shows_its_photos(office):
    view = office.desk.paper(WHOLE_CASE, (office.case,))
    said = text_of(view.pdf)
    for words in (
        "王喆堃",
        "13900000001",
        "半夜打桩",
        "内部掌握",
        "已责令停工",
        "现场检查",
        "期限",
        "办理经过",
        "工地照片",
    ):
        assert words in said, words
    with pikepdf.open(io.BytesIO(view.pdf)) as pdf:
        images = [i for page in pdf.pages for i in page.get_images().values()]
        assert [max(int(i.Width), int(i.Height)) for i in images] == [LONGEST]
        assert int(images[0].Height) > int(images[0].Width), "turned as the camera was held"
    assert view.pdf == office.desk.paper(WHOLE_CASE, (office.case,)).pdf


def test_for_outside_nothing_planted_is_left(office):
    desk = office.desk
    view = desk.paper(WHOLE_CASE, (office.case,), outside=True)
    said, raw = text_of(view.pdf), view.pdf
    found = [word for word in PLANTED if word in said or word.encode() in raw or word.encode("utf-16-be") in raw]
    assert found == []
    for words in ("锦绣名城工地", "办理经过", "签发", "复印件与原件一致", desk.case(office.case).number):
        assert words in said, words
    with pikepdf.open(io.BytesIO(view.pdf)) as pdf:
        assert not [i for page in pdf.pages for i in page.get_images().values()] and not pdf.attachments


def test_who_may_not_see_the_citizen_prints_no_citizen_and_every_print_is_an_act(office):
    desk = office.desk
    office.sit("GOVT_DUTY")
    said = text_of(desk.paper(WHOLE_CASE, (office.case,)).pdf)
    assert [word for word in PLANTED if word in said] == []
    office.sit("EPB")
    before = len(desk.case(office.case).timeline)
    kept = []
    desk.put_out(WHOLE_CASE, (office.case,), way="saved", outside=True, write=kept.append)
    last = desk.case(office.case).timeline[-1]
    assert len(desk.case(office.case).timeline) == before + 1 and last.kind == "paper-printed"
    note = desk.paper_register()[-1]
    assert note.kind == WHOLE_CASE and hashlib.sha256(kept[0]).hexdigest()
    assert desk.verify().ok and desk.rebuild(check=True).equal


def test_a_photo_for_paper_is_upright_and_small():
    small = shrunk(photo())
    with Image.open(io.BytesIO(small[0])) as image:
        assert small[1] == image.size == (round(LONGEST * 2 / 3), LONGEST) and not image.getexif().get(0x0112)
        red, green, _ = image.getpixel((500, 40))
        assert red > 200 and green < 80
    assert shrunk(b"no picture") is None and shrunk(photo()) == small
