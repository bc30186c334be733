"""The font object, the lines and the slip, away from any desk: what a PDF reader finds, and what stays on the sheet."""

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pytest
import reportlab
import segno
import uharfbuzz as hb
import zxingcpp
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

import reports
from liaison_app.domain.paper_code import check_digits
from liaison_app.domain.papers import Cell, Field, Slip
from reports import families, fonts, qr, strokes
from reports.faces import FontRefused, _charset
from tests.documents.official_papers import LETTER, UPWARD
from tests.documents.reading import text_of
from tests.documents.test_slip import words_of

A4_HEIGHT = 841.9
SLIP = {
    "number": "锦工商移〔2026〕12号", "case_number": "锦工商诉〔2026〕31号", "date": "2026-09-30", "mechanism": "机制",
    "first_receiver": "区工商分局", "addressees": ("区环保局", "区市政局"), "urgent": "", "demo": False, "strict": False,
}  # fmt: skip
SAID = {
    "supporting": ("区建委",), "fields": (Field("投诉人", "王㛃"), Field("联系方式", "13900000001")), "object": "八号工地",
    "place": "滨河路8号", "content": "半夜打桩。", "basis": "第四篇 四（四）", "reason": "机械噪声", "method": "传真", "limits": "10月2日",
    "proposer": "周敏", "approved": "何建平", "delivered": "", "signed": "",
}  # fmt: skip


def slip(**more):
    """Return a slip with the cells that the profile of M1 gives it; ``fields`` are its small cells."""
    said = {**SAID, **{k: more.pop(k) for k in SAID if k in more}}
    given = {**SLIP, **more}
    receivers = "、".join(given["addressees"])
    known = {f.caption: f.value for f in said["fields"]}
    stub = (
        ("投诉人", known.get("投诉人", "")), ("联系方式", known.get("联系方式", "")), ("投诉对象", said["object"]), ("事发地点", said["place"]),
        ("移送单位", given["first_receiver"]), ("接收单位", receivers), ("拟办人", said["proposer"]), ("批准", said["approved"]),
        ("移送方式", said["method"]), ("送达确认", said["delivered"]),
    )  # fmt: skip
    wide = (("投诉内容", said["content"]), ("移送依据", said["basis"]), ("移送理由", said["reason"]),
            ("配合单位", "、".join(said["supporting"])), ("办理时限", said["limits"]))  # fmt: skip
    sent = [Cell(f.caption, f.value, "third") for f in said["fields"]]
    sent += [Cell("投诉对象", said["object"]), Cell("事发地点", said["place"]), *(Cell(*w, "full") for w in wide)]
    receipt = (("接收单位", receivers), ("签收人及时间", said["signed"]), ("联系人及电话", ""), ("备注", ""))
    cells = {"stub": tuple(Cell(*c) for c in stub), "sent": tuple(sent), "receipt": tuple(Cell(*c) for c in receipt)}
    return Slip(**{"received": f"你单位移送的{given['number']}投诉及所附材料已收悉。", **cells, **given})


def render(*slips):
    return reports.renderer(bundled_only=True).render(slips)


def sentences(count):
    return "".join(f"第{i}句：夜间打桩，噪声很大。" for i in range(count))


def foot(page, pages):
    """What a further page of a slip carries around its text."""
    return f"机制第{page}页共{pages}页", "移送单（续页）编号：锦工商移〔2026〕12号"


def off_the_sheet(pdf):
    """Baselines and boxes that lie outside the paper (for papers without the rotated mark)."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                place = {"Tm": 5, "re": 1}.get(str(operator))
                if place is not None and not 0 <= float(operands[place]) <= A4_HEIGHT:
                    found.append(float(operands[place]))
    return found


def font_file(folder, name, sign, *, permission):
    """Write a TrueType font that draws one character, with the given licence bits (OS/2 fsType)."""
    vera = hb.Face((Path(reportlab.__file__).parent / "fonts" / "Vera.ttf").read_bytes())
    glyph = hb.Font(vera).get_nominal_glyph(ord("M"))
    tables = {tag: bytes(vera.reference_table(tag).data) for tag in vera.table_tags}
    groups = b"".join(n.to_bytes(4, "big") for n in (28, 0, 1, ord(sign), ord(sign), glyph))
    tables["cmap"] = bytes.fromhex("000000010003000a0000000c000c0000") + groups
    tables["OS/2"] = tables["OS/2"][:8] + permission.to_bytes(2, "big") + tables["OS/2"][10:]
    head, body = b"\0\1\0\0" + len(tables).to_bytes(2, "big") + bytes(6), b""
    start = 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        head += tag.encode() + bytes(4) + (start + len(body)).to_bytes(4, "big") + len(data).to_bytes(4, "big")
        body += data + bytes(-len(data) % 4)
    (folder / name).write_bytes(head + body)
    return families.extra((str(folder),))


def style(name, *more):
    font = fonts.StyleFont(name, (families.bundled("NotoSerifSC-Regular.otf"), *more))
    pdfmetrics.registerFont(font)
    return font


def drawn(font, text):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=font.fontName)
    canvas.setFont(font.fontName, 20)
    canvas.drawString(50, 700, text)
    canvas.save()
    return out.getvalue()


def test_an_installed_font_helps_one_character_out(tmp_path):
    helpers = font_file(tmp_path, "LXGWWenKai-Regular.ttf", "𨭎", permission=0)
    font = style("ProbeHelped", *helpers)
    pdf = drawn(font, "王𨭎䶮𬱖")
    assert words_of(pdf)[1] == "王𨭎䶮𬱖"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        inner = [f.DescendantFonts[0] for f in document.pages[0].Resources.Font.values()]
        assert sorted(str(f.Subtype) for f in inner) == ["/CIDFontType0", "/CIDFontType2"]
        assert all("/CIDToGIDMap" in f for f in inner if f.Subtype == "/CIDFontType2")


@pytest.mark.parametrize(
    ("bits", "taken"),
    [
        (0x0, True),
        (0x2, False),
        (0x4, True),
        (0x8, True),
        (0x6, True),
        (0x100, False),
        (0x108, False),
        (0x200, False),
        (0x204, False),
    ],
)
def test_only_a_font_that_may_be_embedded_helps(tmp_path, bits, taken):
    assert bool(font_file(tmp_path, "LXGWWenKai-Regular.ttf", "𨭎", permission=bits)) is taken


def collection(folder, name, *files):
    """Write font files as one collection (.ttc): a header, their directories with places in the whole, their tables."""
    head = b"ttcf" + (0x10000).to_bytes(4, "big") + len(files).to_bytes(4, "big")
    body, starts, base = b"", [], 12 + 4 * len(files)
    for file in files:
        data = bytearray(file.read_bytes())
        starts.append(base + len(body))
        for i in range(int.from_bytes(data[4:6], "big")):
            at = 12 + 16 * i + 8
            data[at : at + 4] = (int.from_bytes(data[at : at + 4], "big") + starts[-1]).to_bytes(4, "big")
        body += bytes(data) + bytes(-len(data) % 4)
    (folder / name).write_bytes(head + b"".join(s.to_bytes(4, "big") for s in starts) + body)


def test_a_face_of_a_collection_is_drawn_and_embedded_by_itself(tmp_path):
    serif, sans = (families.bundled(f"Noto{n}SC-Regular.otf") for n in ("Serif", "Sans"))
    collection(tmp_path, "simsun.ttc", sans.path, serif.path)
    (found,) = families.family("song", (str(tmp_path),))
    assert (found.name, found.own_name) == ("simsun-1", "NotoSansSC-Regular"), "no face is called SimSun: the first"
    (named,) = families._named(("SIMSUN.TTC#NotoSerifSC-Regular",), (str(tmp_path),))
    assert (named.name, named.own_name, named.cff) == ("simsun-2", "NotoSerifSC-Regular", True)
    assert [named.advance(named.glyph(s)) for s in "区Wi"] == [serif.advance(serif.glyph(s)) for s in "区Wi"]
    assert named.subset([named.glyph("区")]) == serif.subset([serif.glyph("区")])
    font = fonts.StyleFont("ProbeCollection", (named,))
    pdfmetrics.registerFont(font)
    assert words_of(drawn(font, "区环保局〔2026〕"))[1] == "区环保局〔2026〕"


def test_each_face_of_a_collection_has_a_permission_of_its_own(tmp_path):
    parts = tmp_path / "parts"
    parts.mkdir()
    for name, bits in (("a.ttf", 0x2), ("b.ttf", 0x8), ("c.ttf", 0x0)):
        font_file(parts, name, "𨭎", permission=bits)
    a, b, c = (parts / f"{n}.ttf" for n in "abc")
    collection(tmp_path, "one.ttc", a, b, c)
    collection(tmp_path, "none.ttc", a, a)
    (tmp_path / "broken.ttc").write_bytes((tmp_path / "one.ttc").read_bytes()[:60])
    (face,) = families._named(("one.ttc",), (str(tmp_path),))
    assert face.name == "one-2" and not face.cff
    assert families._named(("none.ttc", "lost.ttc"), (str(tmp_path),)) == ()
    assert families._named(("broken.ttc",), (str(tmp_path),)) == ()


def test_signs_that_share_a_glyph_share_its_outlines_and_are_told_apart():
    pdf = drawn(style("ProbeShared"), "①➀②")
    assert words_of(pdf)[1] == "①➀②"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        used = list(document.pages[0].Resources.Font.values())
        assert len(used) == 2
        assert len({f.DescendantFonts[0].objgen for f in used}) == 1
        assert len({f.ToUnicode.read_bytes() for f in used}) == 2


@pytest.mark.parametrize("bundled_only", [True, False])
def test_every_embedded_face_is_listed_with_its_fingerprint(bundled_only):
    made = reports.renderer(bundled_only=bundled_only).official([msgspec.structs.replace(LETTER, to=("王𨭎",)), UPWARD])
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        fonts_in = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        names = {str(o.FontName)[8:] for o in fonts_in}
        assert all("/FontFile2" in o or "/FontFile3" in o for o in fonts_in)
        assert all(re.match("/[A-Z]{6}[+]", str(o.FontName)) for o in fonts_in)
    assert names == {words.split()[0] for words in made.fonts}
    faces = {
        f.name: hashlib.sha256(f.path.read_bytes()).hexdigest()
        for s in families.styles(bundled_only).values()
        for f in s.faces
    }
    assert set(made.fonts) == {f"{name} {faces[name]}" for name in names}


def test_a_font_whose_glyphs_have_names_and_no_cids_is_passed_over():
    header, name = bytes.fromhex("01000401"), bytes.fromhex("000101010278")
    top = bytes.fromhex("0001010103880f")  # charset −3, and no ROS
    with pytest.raises(FontRefused):
        _charset(header + name + top + bytes(8), 2)


def test_a_damaged_or_unknown_font_file_is_passed_over(tmp_path):
    (tmp_path / "simsunb.ttf").write_bytes(b"\0\1\0\0" + bytes(40))
    (tmp_path / "Other.ttf").write_bytes(b"not a font")
    assert families.extra((str(tmp_path), str(tmp_path / "none"))) == ()


def test_without_a_font_the_character_is_named_before_printing():
    renderer = reports.renderer(bundled_only=True)
    assert renderer.missing([slip(content="𨭎与㛃𬱖䶮喆堃㙍龑")]) == ("𨭎 U+28B4E",)
    assert renderer.missing([slip(content="两行\n文字")]) == ()


def test_the_width_is_the_sum_of_the_cells():
    assert style("ProbeWidth").stringWidth("环境㛃𬱖", 12) == pytest.approx(48)


def test_paragraphs_and_tables_draw_with_the_same_font():
    font = style("ProbeFlow")
    out = io.BytesIO()
    look = ParagraphStyle("body", fontName=font.fontName, fontSize=12, wordWrap="CJK")
    table = Table([["䶮", "喆堃"]], style=[("FONT", (0, 0), (-1, -1), font.fontName, 12)])
    SimpleDocTemplate(out, invariant=1, initialFontName=font.fontName).build([Paragraph("王𬱖" * 40, look), table])
    text = words_of(out.getvalue())[1]
    assert text.count("王𬱖") == 40
    assert "喆堃" in text


def test_two_documents_at_once_do_not_mix():
    font = style("ProbeMixed")
    outs = [io.BytesIO(), io.BytesIO()]
    canvases = [Canvas(out, invariant=1, initialFontName=font.fontName) for out in outs]
    for canvas, words in zip(canvases, ("甲乙", "丙丁"), strict=True):
        canvas.setFont(font.fontName, 12)
        canvas.drawString(50, 700, words)
    for canvas in canvases:
        canvas.save()
    assert [words_of(out.getvalue())[1] for out in outs] == ["甲乙", "丙丁"]


def test_radicals_are_copied_as_the_characters_they_stand_for():
    text = words_of(render(slip(content="⼀户⼈家，一户人家")).pdf)[1]
    assert text.count("一户人家") == 2


def test_every_font_is_embedded_and_copies_as_text():
    with pikepdf.open(io.BytesIO(render(slip()).pdf)) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert "锦工商移〔2026〕12号" in str(document.docinfo.Title)
        used = list(document.pages[0].Resources.Font.values())
        assert used
        for font in used:
            inner = font.DescendantFonts[0]
            assert "/FontFile3" in inner.FontDescriptor
            assert "/CIDSet" in inner.FontDescriptor
            assert b"beginbfchar" in font.ToUnicode.read_bytes()


def test_many_slips_share_their_fonts_and_have_bookmarks():
    numbers = [f"锦工商移〔2026〕{n}号" for n in range(1, 21)]
    paper = render(*(slip(number=number) for number in numbers))
    with pikepdf.open(io.BytesIO(paper.pdf)) as document, document.open_outline() as outline:
        assert paper.pages == len(document.pages) == 20
        assert [item.title for item in outline.root] == numbers
        programs = [
            o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/CIDFontType0C"
        ]
        assert len(programs) == 2


def test_the_bytes_do_not_hang_on_the_process():
    ask = (
        "import hashlib, reports\nfrom tests.documents.test_slip_more import slip\n"
        "print(hashlib.sha256(reports.renderer(bundled_only=True).render([slip()]).pdf).hexdigest())"
    )
    root = Path(reports.__file__).parents[1]
    env = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(root), "TZ": "America/Lima"}
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(render(slip()).pdf).hexdigest()


def test_three_parts_carry_number_and_tear_lines():
    pages, text = words_of(render(slip()).pdf)
    assert pages == 1
    for part in ("（存根联）", "（移送联）", "（回执联）"):
        assert text.count(part) == 1
    assert text.count("沿此线撕开") == 3
    assert text.count("锦工商移〔2026〕12号") >= 6
    assert "第1页共1页" in text


def test_marks_are_printed_only_where_they_belong():
    plain = words_of(render(slip()).pdf)[1]
    marked = words_of(render(slip(urgent="特急", demo=True, reprint="补打 第2次 周敏")).pdf)[1]
    for mark in ("特急", "演示", "补打第2次周敏"):
        assert mark not in plain
        assert mark in marked


def test_the_qr_holds_the_number_and_nobodys_name(monkeypatch):
    asked = []
    strokes._qr.cache_clear()
    real = strokes.modules
    monkeypatch.setattr(strokes, "modules", lambda words: asked.append(words) or real(words))
    render(slip())
    assert [code.split("|")[1] for code in asked] == ["slip", "receipt"], "the receipt can be filed by its own code"
    for code in asked:
        assert SLIP["number"] in code and code.endswith(check_digits(SLIP["number"]))
        assert not any(word in code for word in ("王㛃", "13900000001", "滨河路"))


def test_check_digits_catch_a_wrong_and_a_swapped_digit():
    right = "锦工商移〔2026〕1204号"
    wrong = [right[:i] + d + right[i + 1 :] for i, c in enumerate(right) if c.isdigit() for d in "0123456789" if d != c]
    swapped = [right[:i] + right[i + 1] + right[i] + right[i + 2 :] for i in range(len(right) - 1)]
    for other in wrong + [s for s in swapped if s != right]:
        assert check_digits(other) != check_digits(right)


def test_a_plain_and_a_three_thousand_character_slip_stay_on_the_sheet():
    content = sentences(230)[:3000]
    paper = render(slip(content=content))
    pages = len(text_of(paper.pdf))
    assert pages == paper.pages == 3
    text = "".join(text_of(paper.pdf))
    for page in range(1, pages + 1):
        for words in foot(page, pages):
            text = text.replace(words, "")
    assert content in text
    assert off_the_sheet(paper.pdf) == []
    assert off_the_sheet(render(slip()).pdf) == []


def test_a_crowded_slip_stays_on_the_sheet():
    crowded = slip(
        content=sentences(40),
        object="建筑公司项目部" * 12,
        place="路口东北角" * 16,
        basis="第四篇" * 60,
        limits="十月二日；" * 36,
    )
    assert off_the_sheet(render(crowded).pdf) == []


def test_twenty_thousand_characters_lose_nothing():
    assert off_the_sheet(render(slip(content=sentences(1500))).pdf) == []


@pytest.mark.parametrize("words", ["LD1|slip|工商移2026年12号|07", "锦工商诉〔2026〕31号", "A1" * 90, "２０２６"])
def test_a_code_is_bytes_of_utf_8_and_another_program_reads_it(words):
    same = segno.make_qr(words.encode(), error="m", mask=2, mode="byte")
    assert qr.modules(words) == tuple(bytes(line) for line in same.matrix)
    lines = [bytes(4) + line + bytes(4) for line in qr.modules(words)]
    side = len(lines) + 8
    dark = b"".join([bytes(4 * side), *lines, bytes(4 * side)]).translate(bytes([255, 0, *[0] * 254]))
    image = Image.frombytes("L", (side, side), dark).resize((side * 4, side * 4), Image.Resampling.NEAREST)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [words]


def test_invisible_signs_of_a_pasted_name_are_not_drawn():
    assert reports.renderer(bundled_only=True).missing([slip(object="葛\U000e0100城")]) == ()
