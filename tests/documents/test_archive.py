"""The file around a paper: PDF/A by Apache PDFBox, data attached, structure for a screen reader, the same bytes everywhere."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image

import reports
from liaison_app.domain.papers import Bar, Chart, OfficialPaper, Photo, PrintStyle, RecoverySheet, Section, Slip
from tests.documents import pdfa3
from tests.documents.kinds import kinds, name, paper
from tests.documents.official_papers import EACH, LETTER, MINUTES, NOTICE, SHEET, TABLE
from tests.documents.reading import strokes_and_rules, structure
from tests.documents.test_slip_more import slip

JAVA = Path("/usr/share/java")
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io", "javax.activation", "jaxb-api")
WITH_PDFBOX = pytest.mark.skipif(
    shutil.which("java") is None or not all((JAVA / f"{jar}.jar").exists() for jar in JARS),
    reason="Apache PDFBox is not installed (installer/system-packages.sh tests)",
)
SIGNS = "王𨭎㛃—―·Ω“”（）〔2026〕ＡＢ１２"
"""Signs of the bundled fonts, of an installed glyf font, and signs that share a glyph."""


def plain(bundled_only=False):
    return reports.renderer(bundled_only=bundled_only, attach=False)


def recovery():
    groups = ("2ABCD", "3EFGH", "4JKMN", "5PQRS", "6TUVW", "7XYZ2", "8ABCD", "9EFGH")
    return RecoverySheet(district="渝北区", body="区工商分局", person="周敏", date="2026-09-30", groups=groups)


def photo():
    """A picture of a camera: JPEG with colours."""
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((320, 240)).save(out, "JPEG")
    return out.getvalue()


def preflight(folder):
    """Return the files of a folder that Apache PDFBox finds to be PDF/A-1b, and all it said."""
    jars = ":".join(str(JAVA / f"{jar}.jar") for jar in JARS)
    done = subprocess.run(["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", "batch",
                           str(folder)], capture_output=True, text=True, timeout=240)  # fmt: skip
    said = done.stdout + done.stderr
    return {line.split()[2] for line in said.splitlines() if "is a valid PDF/A-1b file" in line}, said


@pytest.mark.slow
@WITH_PDFBOX
def test_every_kind_without_attachment_is_pdf_a_1b_for_apache_pdfbox(tmp_path):
    made = {f"{name(pair)}.pdf": plain().official([paper(pair[1], SIGNS)]).pdf for pair in kinds()}
    made |= {f"form-{p.form}.pdf": plain().official([p]).pdf for p in EACH}
    made["slip.pdf"] = plain().render([slip(content=SIGNS, demo=True, reprint="补打")]).pdf
    made["slips.pdf"] = plain().render([slip(number=f"{n}号", content=SIGNS * 400) for n in range(3)]).pdf
    made["recovery.pdf"] = plain().recovery(recovery()).pdf
    replaced = msgspec.structs.replace
    chart = Section(
        heading="各单位件数",
        level=1,
        chart=Chart(caption="件数", bars=(Bar("环保局", 3.0, "3件"), Bar("建委", 1.0, "1件"))),
    )
    made["pictures.pdf"] = (
        plain()
        .official([replaced(LETTER, photos=(Photo(caption="现场照片", content=photo()),), sections=(chart,))])
        .pdf
    )
    for stock in ("preprinted", "fax"):
        made[f"{stock}.pdf"] = plain().official([replaced(NOTICE, style=PrintStyle(stock=stock))]).pdf
    for file, pdf in made.items():
        (tmp_path / file).write_bytes(pdf)
    valid, said = preflight(tmp_path)
    assert valid == set(made), said[:3000]


@pytest.mark.slow
@WITH_PDFBOX
def test_apache_pdfbox_would_refuse_a_file_that_is_none(tmp_path):
    (tmp_path / "attached.pdf").write_bytes(reports.renderer().render([slip()]).pdf)
    (tmp_path / "no-metadata.pdf").write_bytes(without_metadata(plain().render([slip()]).pdf))
    valid, said = preflight(tmp_path)
    assert not valid
    assert "is not a valid PDF/A-1b file" in said


def without_metadata(pdf):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.Metadata
        document.save(out)
    return out.getvalue()


# -- what the file says of itself -----------------------------------------------------------------


@pytest.mark.parametrize("attached", [True, False])
def test_the_file_says_what_it_is(attached):
    pdf = reports.renderer(bundled_only=True, attach=attached).official([LETTER]).pdf
    assert pdf.startswith(b"%PDF-1.7" if attached else b"%PDF-1.4")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo.CreationDate) == "D:20260930000000+08'00'"
        with document.open_metadata() as about:
            assert about.pdfa_status == ("3B" if attached else "1B")
            assert about["dc:title"] == str(document.docinfo.Title) == LETTER.number
            assert about["xmp:CreateDate"] == "2026-09-30T00:00:00+08:00"
        intent = document.Root.OutputIntents[0]
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert ("/AF" in document.Root) is attached


def attached(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spec = document.Root.AF[0]
        assert str(spec.AFRelationship) == "/Data"
        assert str(document.Root.Names.EmbeddedFiles.Names[0]) == str(spec.UF) == "data.json"
        file = spec.EF.F
        assert str(file.Subtype) == "/application/json"
        return json.loads(file.read_bytes())


def test_the_data_of_a_paper_comes_back_from_its_file():
    slips = [slip(), slip(number="锦工商移〔2026〕13号", demo=True)]
    said = attached(reports.renderer().render(slips).pdf)
    assert said["form"] == reports.DATA_FORM
    assert [one.pop("type") for one in said["papers"]] == ["slip", "slip"]
    empty = {f: "" if v == "" else v for f, v in msgspec.to_builtins(slips[0]).items() if not v}
    assert [msgspec.convert(empty | one, Slip) for one in said["papers"]] == slips
    said = attached(reports.renderer().official(EACH[:5]).pdf)["papers"]
    assert [one.pop("type") for one in said] == ["paper"] * 5
    back = [msgspec.convert({"seal": False} | one, OfficialPaper) for one in said]
    assert back == list(EACH[:5])


def test_a_copy_for_outside_and_the_recovery_sheet_carry_no_data():
    for pdf in (reports.renderer().official([TABLE, LETTER]).pdf, reports.renderer().recovery(recovery()).pdf):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert "/AF" not in document.Root
            assert "/Names" not in document.Root
            assert len(document.attachments) == 0


# -- what a screen reader reads -------------------------------------------------------------------


def tree(*papers):
    renderer = reports.renderer(bundled_only=True)
    made = renderer.render(papers) if isinstance(papers[0], Slip) else renderer.official(papers)
    return made.pdf, [[node for root in page for node in root.walk()] for page in structure(made.pdf)]


def texts(pages, kind):
    return [node.text for page in pages for node in page if node.kind == kind and node.text]


def test_a_letter_reads_from_its_mark_to_its_copies():
    _, pages = tree(LETTER)
    assert texts(pages, "H1") == [LETTER.title]
    assert texts(pages, "H2") == ["一、关于夜间施工问题", "二、关于处理结果"]
    assert texts(pages, "LBody") == ["附件：1.现场检查（勘察）笔录", "2.行政处罚决定书"]
    paragraphs = texts(pages, "P")
    assert paragraphs[:2] == [LETTER.issuer, LETTER.number]
    assert LETTER.sections[0].text[0] in paragraphs, "a paragraph of many lines is one"
    assert paragraphs[-1] == "抄送：区创模办，12369中心。"
    assert texts(pages, "Figure") == ["校验码 98"]


def test_a_table_has_heads_and_cells_and_its_repeated_heads_are_no_words():
    _, pages = tree(TABLE)
    assert len(pages) > 5
    assert texts(pages, "TH") == list(TABLE.sections[0].table.heads)
    cells = texts(pages, "TD")
    first = [w for w in TABLE.sections[0].table.rows[0] if w]
    assert cells[: len(first)] == first
    rows = [node for page in pages for node in page if node.kind == "TR" and any(k.kind == "TD" for k in node.kids)]
    assert len(rows) == 45


def test_a_slip_reads_part_by_part():
    _, pages = tree(slip())
    assert texts(pages, "H1") == ["移送单"]
    assert texts(pages, "H2") == ["（存根联）", "（移送联）", "（回执联）"]
    assert texts(pages, "TH")[:2] == ["投诉人", "联系方式"]
    assert texts(pages, "TD")[:2] == ["王㛃", "13900000001"]
    shown = [f"二维码：LD1|{part}|锦工商移〔2026〕12号|30" for part in ("slip", "receipt")]
    assert texts(pages, "Figure") == shown


@pytest.mark.parametrize("shown", [*EACH, slip(demo=True, urgent="特急"), slip(content="夜间打桩。" * 900)], ids=lambda p: getattr(p, "form", "slip"))  # fmt: skip
def test_every_word_is_in_the_structure_but_page_numbers_feet_and_repeated_heads(shown):
    pdf, pages = tree(shown)
    strokes, rules = strokes_and_rules(pdf)
    assert {r.mark for r in rules} <= {-1}, "rules are artifacts"
    loose = [s.text for s in strokes if s.mark == -1]
    furniture = {"演示", "（印章位置）", "移送单（续页）", "编号：锦工商移〔2026〕12号"}
    heads = {h for part in getattr(shown, "sections", ()) if part.table for h in part.table.heads}
    for words in loose:
        assert (
            words in furniture | heads
            or words.isdigit()
            or words.startswith(("—", "第", shown.mechanism or "—", "（骑缝章）"))
            or words
            in "复印件与原件一致　　核对人：　　　　　　　　年　　月　　日（核对章）" + getattr(shown, "reprint", "")
        ), words
    marked = sum(len(s.text) for s in strokes if s.mark >= 0)
    assert marked == sum(
        len(n.text) for page in pages for n in page if not (n.kind == "Figure" and n.text.startswith("二维码"))
    )


@pytest.mark.parametrize("pair", kinds(), ids=name)
def test_each_kind_has_headings_paragraphs_and_cells_for_a_screen_reader(pair):
    """The dump says every word of the paper but page numbers and feet; a table's words are in its cells, each head named so."""
    shown = paper(pair[1], "夜间施工", to=("区建委",))
    pdf, pages = tree(shown)
    cards, plan = shown.form == "cards", shown.form == "seats"
    assert cards or [w for w in texts(pages, "H1") if w], "a title"
    strokes, _ = strokes_and_rules(pdf)
    loose = [s.text for s in strokes if s.mark == -1 and s.text.strip()]
    back = {s.text for s in strokes if s.mark >= 0} if cards else set()  # the turned side of a card says the same
    assert all(w in back or w.isdigit() or w.startswith(("—", "第", "折线", shown.basis)) for w in loose), loose
    tables = [node for page in pages for node in page if node.kind == "Table"]
    assert bool(tables) is (
        not cards and not plan and (shown.form in ("sheet", "table") or any(s.table for s in shown.sections))
    )
    for table in tables:
        cells = [node for node in table.walk() if node.kind in ("TH", "TD")]
        assert {"TH", "TD"} <= {node.kind for node in cells}, "heads and cells"
        inside = {kid.kind for row in table.walk() if row.kind == "TR" for kid in row.kids}
        assert inside <= {"TH", "TD"}
    marked = "".join(s.text for s in strokes if s.mark >= 0)
    dumped = "".join(n.text for page in pages for n in page if not (n.kind == "Figure" and n.text.startswith("二维码")))
    assert len(marked) == len(dumped)


def test_the_order_of_reading_is_the_order_of_the_paper():
    _, pages = tree(MINUTES)
    words = "".join(node.text for page in pages for node in page)
    places = [
        words.index(w)
        for w in (MINUTES.number, MINUTES.title, MINUTES.opening, "会议认为", "会议议定", "出席：", "抄送：")
    ]
    assert places == sorted(places)
    _, pages = tree(SHEET)
    words = "".join(node.text for page in pages for node in page)
    places = [
        words.index(w)
        for w in (SHEET.title, "案件编号", "投诉内容", "处理经过", "检查要点", "第7项", "拟办意见", "附件份数")
    ]
    assert places == sorted(places)


# -- the same bytes -------------------------------------------------------------------------------


def test_the_bytes_hang_neither_on_hash_seed_nor_folder_nor_locale_nor_time_zone(tmp_path):
    ask = (
        "import hashlib, locale, reports\nfrom tests.documents.official_papers import EACH\n"
        "from tests.documents.kinds import kinds, paper\n"
        "from tests.documents.test_slip_more import slip\ntry: locale.setlocale(locale.LC_ALL, '')\nexcept locale.Error: pass\n"
        "r, p = reports.renderer(bundled_only=True), reports.renderer(bundled_only=True, attach=False)\n"
        "made = [r.official(EACH).pdf, r.render([slip()] * 3).pdf, p.official(EACH).pdf, *(r.official_docx(e) for e in EACH)]\n"
        "made += [r.official([paper(document)]).pdf for _, document in kinds()]\n"
        "print(*(hashlib.sha256(m).hexdigest() for m in made))"
    )
    root = Path(reports.__file__).parents[1]
    said = set()
    for seed, zone, place, lang in (("1", "Asia/Shanghai", root, "C"), ("4711", "America/Lima", tmp_path, "C.UTF-8")):
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(root),
            "TZ": zone,
            "LC_ALL": lang,
            "SOURCE_DATE_EPOCH": seed,
        }
        done = subprocess.run(
            [sys.executable, "-c", ask], cwd=place, env=env, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
    assert said.pop().split()[0] == hashlib.sha256(reports.renderer(bundled_only=True).official(EACH).pdf).hexdigest()


def test_other_words_are_another_file():
    first, second = (reports.renderer(bundled_only=True).official([p]).pdf for p in (NOTICE, LETTER))
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(io.BytesIO(second)) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


# -- PDF/A-3b: by an own reader, since no checker of it can be had ------------------------------------


def archived():
    """Papers with their data attached: every form, the slip, a batch, pictures, an installed glyf font, absurd content."""
    attached = reports.renderer()
    chart = Section(heading="件数", level=1, chart=Chart(caption="件数", bars=(Bar("环保局", 3.0, "3件"),)))
    pictures = msgspec.structs.replace(LETTER, photos=(Photo(caption="现场照片", content=photo()),), sections=(chart,))
    each = [msgspec.structs.replace(p, outside=False) for p in EACH]  # a copy for outside has no data
    made = {f"form-{p.form}": attached.official([p]).pdf for p in each}
    made |= {"pictures": attached.official([pictures]).pdf, "all": attached.official(each).pdf}
    made["slips"] = attached.render([slip(number=f"{n}号", content=SIGNS * 40, demo=True) for n in range(3)]).pdf
    return made


def test_every_form_with_its_data_keeps_the_clauses_of_pdf_a_3b():
    for what, pdf in archived().items():
        assert pdfa3.faults(pdf) == [], what


@pytest.mark.slow
def test_every_kind_with_its_data_keeps_the_clauses_of_pdf_a_3b():
    for pair in kinds():
        assert pdfa3.faults(reports.renderer().official([paper(pair[1], SIGNS)]).pdf) == [], name(pair)


def _without(key):
    return lambda d: d.Root.__delitem__(key)


def _spec(document):
    return document.Root.AF[0]


def _set(get, key, value):
    return lambda d: get(d).__setitem__(key, value)


def _draw(words):
    return lambda d: d.pages[0].contents_add(words)


PLANTED = {
    "6.8 an embedded file is associated": _without("/AF"),
    "6.8 a file says what it is": _set(_spec, "/AFRelationship", pikepdf.Name.Picture),
    "6.8 a file has a MIME type": lambda d: _spec(d).EF.F.__delitem__("/Subtype"),
    "6.8 a file says when": lambda d: _spec(d).EF.F.__delitem__("/Params"),
    "6.8 a file has F and UF": lambda d: _spec(d).__delitem__("/UF"),
    "6.2.3 one output intent": _without("/OutputIntents"),
    "6.6.2 the catalog": _without("/Metadata"),
    "6.6.4": lambda d: d.Root.Metadata.write(d.Root.Metadata.read_bytes().replace(b"part>3<", b"part>1<")),
    "6.7": _without("/Lang"),
    "6.5 nothing happens": _set(lambda d: d.Root, "/AA", pikepdf.Dictionary()),
    "6.9": _set(lambda d: d.Root, "/OCProperties", pikepdf.Dictionary()),
    "6.2.10 no group": _set(lambda d: d.pages[0], "/Group", pikepdf.Dictionary(S=pikepdf.Name.Transparency)),
    "6.2.4 colours": _draw(b"0 0 0 1 k"),
    "6.2.2 no operator": _draw(b"xyzzy"),
    "6.1.13 q and Q": _draw(b"q " * 30 + b"Q " * 30),
    "6.2.11.8": _draw(b"BT /FLDSong0 9 Tf <0000> Tj ET"),
    "6.2.11.4.1": lambda d: _descriptors(d)[0].__delitem__("/FontFile3"),
    "6.2.11.4.2": lambda d: _descriptors(d)[0].CIDSet.write(b"\0"),
    "6.3": lambda d: d.pages[0].__setitem__(
        "/Annots", pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Movie)])
    ),
}


def _descriptors(document):
    every = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    return [o for o in every if "/FontFile3" in o]


@pytest.mark.parametrize("clause", PLANTED)
def test_the_reader_finds_a_planted_fault(clause):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reports.renderer().official([LETTER]).pdf)) as document:
        PLANTED[clause](document)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert [fault for fault in pdfa3.faults(out.getvalue()) if fault.startswith(clause)], clause
