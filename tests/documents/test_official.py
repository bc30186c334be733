"""Official papers read back from their PDFs: the measures of GB/T 9704-2012, nothing lost, the same bytes."""

import hashlib
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pikepdf
import pytest

import reports
from liaison_app.domain.papers import Bar, Chart, Field, OfficialPaper, Section, Table
from tests.documents.official_papers import COVER, EACH, LETTER, MINUTES, NOTICE, RARE, SHEET, TABLE, UPWARD, WORDS
from tests.documents.reading import MM, strokes_and_rules, text_of
from tests.documents.test_slip import words_of
from tests.documents.test_slip_more import slip

EM = 156 * MM / 28
PITCH = (225 * MM - EM) / 21
LEFT, RIGHT = 28 * MM, 184 * MM
REPLACE = msgspec.structs.replace


def draw(*papers):
    return reports.renderer(bundled_only=True).official(papers)


def read(*papers):
    return strokes_and_rules(draw(*papers).pdf)


def find(strokes, words):
    return next(s for s in strokes if words in s.text)


def squeezed(text):
    return "".join(text.split())


def longer(paper, times):
    return REPLACE(paper, sections=tuple(REPLACE(s, text=s.text * times) for s in paper.sections))


@pytest.mark.parametrize("paper", EACH, ids=lambda p: p.form)
def test_every_word_of_every_form_is_on_the_paper(paper):
    made = draw(paper)
    pages, text = words_of(made.pdf)
    assert pages == made.pages
    assert made.missing_glyphs == ()
    tables = [s.table for s in paper.sections if s.table]
    expected = [
        paper.issuer,
        *paper.boxes,
        paper.closing,
        paper.opening,
        *paper.to,
        *paper.annexes,
        *paper.copies,
        paper.note,
    ]
    expected += [w for f in paper.fields if f.value for w in (f.caption, f.value)]
    expected += [w for s in paper.sections for w in (s.heading, *s.text)]
    for words in filter(None, expected):
        assert _has(text, words), words
    flat = "".join(sorted(text))
    for table in tables:
        for words in (w for row in table.rows for w in row):
            assert all(sign in flat for sign in squeezed(words)), words


def _has(text, words):
    """Whether words stand in a text; page numbers and repeated heads may come between."""
    words = squeezed(words)
    return words in text or all(squeezed(words[i : i + 6]) in text for i in range(0, len(words), 6))


@pytest.mark.parametrize("form", ["letter", "upward", "notice", "minutes", "sheet", "cover"])
def test_rare_characters_copy_as_text(form):
    paper = REPLACE(LETTER, form=form, title=f"关于王{RARE}投诉的回复", fields=(Field("投诉人", RARE),))
    assert words_of(draw(paper).pdf)[1].count(RARE) >= 2


def test_a_missing_glyph_is_named_and_shown_by_number():
    made = draw(REPLACE(LETTER, to=("王𨭎",)))
    assert made.missing_glyphs == ("𨭎 U+28B4E",)
    assert "王□U+28B4E" in words_of(made.pdf)[1]


# -- measures -------------------------------------------------------------------------------------


def test_body_lines_stand_on_the_grid_of_22_by_28():
    paper = REPLACE(LETTER, sections=(Section(text=("环境保护" * 400,)),), code="")
    strokes, _ = read(paper)
    body = [s for s in strokes if "环境保护环境" in s.text]
    assert len(body) > 40
    for s in body:
        assert s.size == pytest.approx(EM, abs=0.001)
        line = (s.top - 37) * MM / PITCH
        assert abs(line - round(line)) * PITCH < 0.05
    full = [s for s in body if s.page == 2]
    assert {round((s.top - 37) * MM / PITCH) for s in full} == set(range(22))
    assert {len(s.text) for s in full} == {28}
    assert {round(s.x, 2) for s in full} == {round(LEFT, 2)}


def test_the_letter_has_its_double_red_lines_and_the_number_at_the_right():
    strokes, rules = read(LETTER)
    wide = [r for r in rules if abs(r.x1 - r.x0 - 170 * MM) < 0.1]
    assert [r.page for r in wide] == [1] * 4, "on the first page only"
    assert [r.x0 for r in wide] == pytest.approx([20 * MM] * 4, abs=0.1)
    assert [r.thick > 2 for r in wide] == [True, False, False, True], "thick over thin, thin over thick"
    lowest = wide[3].y - wide[3].thick / 2
    assert lowest == pytest.approx(20 * MM, abs=0.3)
    mark = next(s for s in strokes if s.size > 30)
    assert mark.top + 0.08 * mark.size / MM == pytest.approx(30, abs=0.3)
    ink_end = mark.top + 0.92 * mark.size / MM
    assert (841.89 - wide[0].y - wide[0].thick / 2) / MM - ink_end == pytest.approx(4, abs=0.6)
    number = find(strokes, "36号")
    assert number.y < wide[1].y
    under = (wide[1].y - wide[1].thick / 2) - (number.y + 0.88 * number.size)
    assert under == pytest.approx(EM * 7 / 8, abs=0.3)
    assert not [s for s in strokes if s.page == 1 and s.text.startswith("—") and s.size == 14], "no number on page 1"
    assert [s for s in strokes if s.page == 2 and "2" in s.text and s.size == 14]


@pytest.mark.parametrize("paper", [UPWARD, NOTICE, MINUTES], ids=lambda p: p.form)
def test_a_red_head_stands_35_mm_below_the_type_area(paper):
    strokes, rules = read(REPLACE(paper, demo=False))
    mark = next(s for s in strokes if s.size > 22.5)
    assert mark.top + 0.08 * mark.size / MM == pytest.approx(72, abs=0.3)
    red = min((r for r in rules if r.page == 1), key=lambda r: -r.thick)
    assert (red.x0, red.x1) == pytest.approx((LEFT, RIGHT), abs=0.1)
    title = next(s for s in strokes if s.size == 22)
    assert (red.y - (title.y + 0.88 * 22)) >= PITCH - 0.1


def test_an_upward_paper_has_its_number_left_and_the_signer_right():
    strokes, rules = read(UPWARD)
    number, signer, name = find(strokes, "渝北环〔2026〕8号"), find(strokes, "签发人："), find(strokes, "何建平")
    assert number.x == pytest.approx(LEFT + EM, abs=0.05)
    assert number.y == signer.y or name.y == number.y
    assert name.x + 3 * EM == pytest.approx(RIGHT - EM, abs=0.05)
    red = next(r for r in rules if r.thick > 1.5)
    assert number.y + 0.88 * EM - EM - red.y - red.thick / 2 == pytest.approx(4 * MM, abs=0.1)
    urgency = find(strokes, "特　急")
    assert (urgency.x, urgency.top) == pytest.approx((LEFT, 37), abs=0.05)
    note = find(strokes, "联系人")
    assert find(strokes, "2026年9月30日").y > note.y or note.page > 1


def test_the_date_stands_four_signs_from_the_right_and_the_office_over_its_middle():
    strokes, _ = read(LETTER)
    date = [s for s in strokes if s.text == "2026年9月30日"][-1]
    office = [s for s in strokes if s.text == LETTER.issuer and s.size == pytest.approx(EM, abs=0.001)][-1]
    assert office.y - date.y == pytest.approx(PITCH, abs=0.05)
    wide = RIGHT - 4 * EM - date.x
    assert office.x + len(LETTER.issuer) * EM / 2 == pytest.approx(date.x + wide / 2, abs=0.05)


def test_without_a_seal_the_date_begins_two_signs_right_of_the_office():
    strokes, _ = read(REPLACE(LETTER, seal=False, code=""))
    date = [s for s in strokes if s.text == "2026年9月30日"][-1]
    office = [s for s in strokes if s.text == LETTER.issuer and s.size == pytest.approx(EM, abs=0.001)][-1]
    assert date.x - office.x == pytest.approx(2 * EM, abs=0.05)


def test_page_numbers_are_seven_millimetres_under_the_type_area_outside():
    strokes, _ = read(longer(REPLACE(UPWARD, note=""), 6))
    numbers = [s for s in strokes if s.text.startswith("—") and s.size == 14]
    by_page = {s.page: s for s in sorted(numbers, key=lambda s: -s.x)}
    assert set(by_page) == set(range(1, max(by_page) + 1))
    for page, s in by_page.items():
        dash = s.y + 0.38 * 14
        assert (35 * MM - dash) / MM == pytest.approx(7, abs=0.3)
        assert (s.x == pytest.approx(LEFT + 14, abs=1)) is (page % 2 == 0)


def test_the_imprint_ends_on_the_lower_edge():
    strokes, rules = read(REPLACE(NOTICE, demo=False))
    last = max(r.page for r in rules)
    imprint = sorted((r for r in rules if r.page == last and r.x1 - r.x0 == pytest.approx(156 * MM)), key=lambda r: r.y)
    assert imprint[0].y == pytest.approx(35 * MM, abs=0.05)
    assert [round(r.thick / MM, 2) for r in imprint[:3]] == [0.35, 0.25, 0.35]
    copies = find(strokes, "抄送：")
    assert (copies.x, copies.size) == pytest.approx((LEFT + 14, 14), abs=0.05)
    assert any("印发" in s.text for s in strokes)
    assert not any("印发" in s.text for s in read(LETTER)[0]), "a letter's imprint is 抄送 only"


@pytest.mark.parametrize("paper", [NOTICE, UPWARD, MINUTES], ids=lambda p: p.form)
def test_the_imprint_has_text_above_it_on_its_page(paper):
    """However long the text is; the signature goes with it."""
    pages = set()
    for lines in range(2, 34):
        text = tuple(f"第{n}行正文。" for n in range(lines))
        told = draw(
            REPLACE(paper, sections=(Section(text=text),), closing="", annexes=(), fields=(), copies=("区政府",))
        )
        said = [squeezed(page) for page in text_of(told.pdf)]
        assert "印发" in said[-1] and "行正文" in said[-1], lines
        assert [n for n in range(lines) if f"第{n}行正文" not in "".join(said)] == [], "nothing is lost"
        assert paper.form == "minutes" or said[-1].count(paper.issuer) >= 2 or paper.note in said[-1], lines
        pages.add(len(said))
    assert len(pages) > 1, "some are longer than a page"


def test_a_number_not_known_yet_leaves_its_place_for_the_pen():
    text = draw(REPLACE(LETTER, number="", word="渝北环函")).pdf
    assert any("渝北环函〔2026〕　　号" in s.text for s in strokes_and_rules(text)[0])


@pytest.mark.parametrize("times", range(1, 40))
def test_the_page_that_is_signed_carries_text(times):
    paper = REPLACE(LETTER, annexes=(), copies=(), code="", closing="", mechanism="", basis="",
                    sections=(Section(text=("环境保护" * 7,) * times),))  # fmt: skip
    strokes, _ = read(paper)
    page = [s for s in strokes if s.text == "2026年9月30日"][-1].page
    assert [s for s in strokes if s.page == page and "环境保护" in s.text]


def test_a_heading_does_not_end_a_page():
    for filled in range(1, 30):
        paper = REPLACE(
            LETTER,
            sections=(Section(text=("环境" * 14,) * filled), Section(heading="某个标题", level=1, text=("办理",) * 4)),
        )
        strokes, _ = read(paper)
        heading = find(strokes, "某个标题")
        assert heading.page == find(strokes, "办理").page or find(strokes, "办理").page == heading.page


# -- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "letter"])
def test_what_is_said_of_a_table_or_chart_stands_on_the_page_where_it_begins(form):
    shown = (
        {"chart": Chart(caption="", bars=tuple(Bar(f"甲{n}单位", 3.0, "3件") for n in range(3)))},
        {"table": Table(heads=("单位", "件数"), rows=tuple((f"甲{n}单位", "3") for n in range(3)))},
    )
    parted = 0
    for filler in range(8, 34):
        before = Section(text=("填满一行。",) * filler)
        after = [
            Section(heading="各单位件数", level=1, text=("按单位的登记件数",), **one) for one in shown[filler % 2 :][:1]
        ]
        made = draw(
            OfficialPaper(
                kind="x", form=form, title="通报", issuer="区环保局", date="2026-09-30", sections=(before, *after)
            )
        )
        pages = [squeezed(page) for page in text_of(made.pdf)]
        at = next(n for n, page in enumerate(pages) if "各单位件数" in page)
        assert "按单位的登记件数" in pages[at] and "甲0单位" in pages[at], filler
        parted += at > 0 and "填满一行" in pages[0]
    assert parted, "some of them came to the second page"


def test_a_wide_table_lies_repeats_its_heads_and_loses_no_row():
    made = draw(TABLE)
    strokes, _ = strokes_and_rules(made.pdf)
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert {tuple(round(float(v)) for v in p.MediaBox) for p in document.pages} == {(0, 0, 842, 595)}
    for head in ("序号", "议定事项", "备注"):
        assert [s.page for s in strokes if s.text == head] == list(range(1, made.pages + 1))
    numbers = [s.text for s in strokes if s.text.isdigit() and s.mark >= 0]
    assert [n for n in numbers if n] == [str(i) for i in range(1, 46)]


def test_figures_of_a_column_end_under_each_other_and_dates_stay_whole():
    rows = tuple(
        (str(n), "现场调查情况（24小时书面回复）", "2026年9月30日", shown, "")
        for n, shown in ((1, "7"), (12, "100.0%"), (100, "无数据"))
    )
    table = Table(heads=("序号", "题名", "日期", "数值", "页号"), rows=rows)
    strokes, _ = strokes_and_rules(draw(REPLACE(TABLE, sections=(Section(table=table),))).pdf)
    ends = {s.text: s.box[2] for s in strokes}
    assert ends["12"] == pytest.approx(ends["100"], abs=0.6) == pytest.approx(ends["1"], abs=0.6)
    dates = [s for s in strokes if s.text == "2026年9月30日" and s.size == 12 and s.y < 700]
    assert len(dates) == 3, "each on one line"
    assert ends["7"] == pytest.approx(ends["100.0%"], abs=0.6), "a rate and a count by their last sign"


def test_a_narrow_table_stands_upright():
    table = Table(heads=("单位", "件数"), rows=tuple((f"第{i}个单位", str(i)) for i in range(60)))
    made = draw(REPLACE(TABLE, sections=(Section(table=table),)))
    assert made.pages > 1
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        assert float(document.pages[0].MediaBox[3]) > 800


def test_a_cell_longer_than_a_page_is_cut_and_stays_on_the_sheet():
    content = "".join(f"第{i}句：夜间打桩，噪声很大。" for i in range(400))
    made = draw(REPLACE(SHEET, fields=(*SHEET.fields, Field("补充", content))))
    strokes, _ = strokes_and_rules(made.pdf)
    assert made.pages >= 4
    assert all(10 < s.y < 835 and 20 < s.x < 560 for s in strokes)
    text = "".join(s.text for s in strokes if s.size == 12)  # a page may end inside 第40句: its number stands between
    assert all(f"第{i}句" in text for i in range(400))


@pytest.mark.parametrize("paper", EACH, ids=lambda p: p.form)
def test_absurdly_long_names_stay_on_the_sheet(paper):
    name = "渝北区创建国家环境保护模范城市领导小组" * 16
    long = REPLACE(
        paper,
        issuer=name,
        title=name,
        to=(name,) * 2,
        copies=(name,),
        number="渝北创模办" * 12 + "〔2026〕1号",
        demo=False,
    )
    strokes, _ = read(long)
    wide = any(len(s.table.heads) > 7 for s in paper.sections if s.table)
    for s in strokes:
        assert 5 < s.y < (595 if wide else 841), s
        assert 15 < s.x < (842 if wide else 595) - 40, s


# -- the file -------------------------------------------------------------------------------------


def test_marks_are_printed_only_where_they_belong():
    plain = words_of(draw(REPLACE(LETTER, code="")).pdf)[1]
    marked = words_of(
        draw(REPLACE(LETTER, demo=True, outside=True, reprint="补打 第2次 周敏", urgency="加急", secrecy="秘密")).pdf
    )[1]
    for mark in ("演示", "复印件与原件一致", "补打第2次周敏", "加急", "秘密", "校验码"):
        assert mark not in plain
        assert mark in marked


def test_the_same_bytes_in_another_process():
    ask = (
        "import hashlib, reports\nfrom tests.documents.official_papers import EACH\n"
        "print(hashlib.sha256(reports.renderer(bundled_only=True).official(EACH).pdf).hexdigest())"
    )
    root = Path(reports.__file__).parents[1]
    env = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(root), "TZ": "America/Lima"}
    done = subprocess.run([sys.executable, "-c", ask], cwd=root, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(draw(*EACH).pdf).hexdigest()


def test_a_batch_embeds_its_fonts_once_and_has_bookmarks():
    numbers = [f"渝北环函〔2026〕{n}号" for n in range(1, 13)]
    made = draw(*(REPLACE(LETTER, number=n) for n in numbers), COVER)
    with pikepdf.open(io.BytesIO(made.pdf)) as document, document.open_outline() as outline:
        assert [item.title.split()[0] for item in outline.root] == [*numbers, COVER.title]
        programs = [
            o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/CIDFontType0C"
        ]
        assert len(programs) == 2
        assert str(document.Root.Lang) == "zh-CN"


def test_the_families_say_what_was_drawn_with():
    assert draw(LETTER).families == (
        "宋 NotoSerifSC-Regular", "仿宋 NotoSerifSC-Regular", "小标宋 NotoSerifSC-Regular", "楷体 NotoSerifSC-Regular", "黑体 NotoSansSC-Regular",
    )  # fmt: skip


def test_a_letter_costs_no_more_than_two_slips():
    """A ratio within one run: a two-page letter of some 500 signs against the one-page slip."""
    renderer = reports.renderer(bundled_only=True)
    one = slip(content=WORDS)

    def cost(call):
        best = []
        for _ in range(5):
            began = time.process_time()
            call()
            best.append(time.process_time() - began)
        return min(best)

    renderer.official([LETTER]), renderer.render([one])
    assert any(cost(lambda: renderer.official([LETTER])) < 2 * cost(lambda: renderer.render([one])) for _ in range(8))


def test_many_papers_in_one_file_cost_less_each_than_alone():
    renderer = reports.renderer(bundled_only=True)
    papers = [REPLACE(LETTER, number=f"渝北环函〔2026〕{n}号") for n in range(20)]
    renderer.official(papers[:1])

    def shorter():
        began = time.process_time()
        renderer.official(papers)
        between = time.process_time()
        for paper in papers:
            renderer.official([paper])
        return between - began < time.process_time() - between

    assert any(shorter() for _ in range(8))


@pytest.mark.parametrize("form", ["letter", "notice", "minutes", "sheet", "table", "cover"])
def test_a_chart_stands_on_a_paper_of_every_form(form):
    chart = Chart(caption="各单位件数", bars=(Bar("环保局", 3.0, "3件"), Bar("建委", 1.0, "1件")))
    paper = REPLACE(LETTER, form=form, sections=(Section(heading="图表", level=1, chart=chart),))
    strokes, _ = read(paper)
    said = [s.text for s in strokes if s.mark >= 0]
    for words in ("各单位件数", "环保局", "3件", "建委", "1件"):
        assert words in said


# -- what stands on the tables of a meeting -----------------------------------------------------------


def seated(form, rows):
    table = Table(heads=("姓名", "单位"), rows=tuple(rows))
    fields = (Field("会议名称", "第三季度联席会议"), Field("主持人", "何建平"))
    return OfficialPaper(kind=form, form=form, title="座次图", issuer="区环保局", date="2026-10-10", seal=False, fields=fields, sections=(Section(table=table),))  # fmt: skip


def test_a_name_card_reads_from_both_sides_when_it_is_folded():
    rows = (("刘洋", "区环保局"), ("欧阳修文", "区城乡建委"), ("", "区市政局"), ("某" * 60, "单位" * 150))
    made = draw(seated("cards", rows))
    assert made.pages == len(rows), "one for each, a body where nobody is named"
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        turned = [[o for o, op in pikepdf.parse_content_stream(page) if str(op) == "cm" and [float(n) for n in o[:4]] == [-1, 0, 0, -1]] for page in document.pages]  # fmt: skip
    assert all(len(one) == 1 for one in turned), "the back stands on its head"
    texts = text_of(made.pdf)
    for (name, body), text in zip(rows, texts, strict=True):
        assert text.count(name or body) >= 2 and text.count(body) >= 2
    third = 297 * MM / 3
    strokes, _ = strokes_and_rules(draw(seated("cards", rows[:1])).pdf)
    big = [s for s in strokes if s.size > 60]
    front = [s for s in big if third < s.box[1] and s.box[3] < 2 * third]
    assert front and len(big) == 2 * len(front), "front and back in thirds of their own, the foot is free"
    assert all(s.box[1] > third for s in strokes if s.size > 20)


def test_a_plan_of_seats_has_everybody_in_rows_from_the_middle():
    few = [(f"王某{n}", "区环保局") for n in range(5)]
    strokes, _ = strokes_and_rules(draw(seated("seats", few)).pdf)
    x = {s.text: s.x for s in strokes if s.text.startswith("王某")}
    assert sorted(x, key=x.get) == ["王某3", "王某1", "王某0", "王某2", "王某4"]
    many = [(f"王某{n}", "区环保局环境监察支队") for n in range(200)]
    made = draw(seated("seats", many))
    text = "".join(text_of(made.pdf))
    assert all(f"王某{n}" in text for n in range(200)) and "第17排" in text and "主席台" in text
    long = draw(seated("seats", [("某" * 40, "单位" * 150), ("刘洋", "区环保局")]))
    said = "".join(text_of(long.pdf))
    assert "单位" * 150 in said and "……" in said, "cut in its place, whole on a further page"
