"""Where things stand on each form, read back with PDFium; with absurd content nothing overlaps, leaves the paper or is lost."""

import itertools

import msgspec
import pytest

import reports
from liaison_app.domain.papers import Field, OfficialPaper
from reports.official.forms import lies
from tests.documents import absurd
from tests.documents.kinds import kinds
from tests.documents.kinds import name as kind_name
from tests.documents.official_papers import COVER, EACH, LETTER, MINUTES, NOTICE, SHEET, TABLE, UPWARD
from tests.documents.reading import HEIGHT, MM, read_pages, strokes_and_rules
from tests.documents.test_slip_more import slip
from tests.documents.test_torture import said, squeezed

EM = 156 * MM / 28
PITCH = (225 * MM - EM) / 21
NEAR = 0.1 * MM
"""What a margin may be off."""
OVERHANG = 0.05
"""By how much, in em, some signs of Noto Serif SC (责) reach over the right edge of their own cell."""
OFFICIAL, SLIPS = absurd.official(), absurd.slips()


def drawn(paper):
    renderer = reports.renderer(bundled_only=True)
    return renderer.official([paper]) if isinstance(paper, OfficialPaper) else renderer.render([paper])


def sides(paper):
    """Return the left and right edge of the type area of a paper, and the paper's height."""
    if not isinstance(paper, OfficialPaper):
        return 20 * MM, 190 * MM, HEIGHT
    if paper.form == "cards":  # what folds a tent stands outside any type area
        return 4 * MM, 206 * MM, HEIGHT
    return (35 * MM, 260 * MM, 210 * MM) if lies(paper) else (28 * MM, 184 * MM, HEIGHT)


def words_of(paper):
    """Return the words that a paper must say."""
    said = msgspec.to_builtins(paper)
    said.pop("code", None)
    if said.get("form") in ("cards", "seats"):
        said = {k: v for k, v in said.items() if k == "sections" or (k == "fields" and said["form"] == "seats")}
    for part in said.pop("sections", ()):
        yield from (part["heading"], *part["text"])
        yield from (w for row in (part["table"] or {"rows": ()})["rows"] for w in row)
    cells = [cell for part in ("stub", "sent", "receipt") for cell in said.pop(part, ())]
    yield from (field["value"] for field in (*said.pop("fields", ()), *cells) if field["value"])
    for name in ("issuer", "title", "number", "opening", "closing", "to", "copies", "annexes", "note", "boxes",
                 "first_receiver", "addressees", "received"):  # fmt: skip
        value = said.get(name, "")
        yield from value if isinstance(value, list | tuple) else [value]


# -- normal content -------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", [*EACH, slip()], ids=lambda p: getattr(p, "form", "slip"))
def test_the_ink_keeps_to_the_margins(paper):
    left, right, _ = sides(paper)
    strokes, rules = strokes_and_rules(drawn(msgspec.structs.replace(paper, demo=False)).pdf)
    ink = [s for s in strokes if s.mark >= 0 and s.text.strip()]
    assert min(s.x for s in ink) >= left - NEAR
    assert min(s.box[0] for s in ink) >= left - NEAR
    assert max(s.box[2] - OVERHANG * s.size for s in ink) <= right + NEAR
    tight = [r for r in rules if r.x1 - r.x0 < 171 * MM and abs(r.x1 - r.x0 - 170 * MM) > 1]
    for rule in tight:
        assert rule.x0 >= left - NEAR
        assert rule.x1 <= right + NEAR


@pytest.mark.parametrize("paper", [LETTER, UPWARD, NOTICE, MINUTES], ids=lambda p: p.form)
def test_every_line_of_the_body_stands_on_the_grid(paper):
    long = msgspec.structs.replace(
        paper, demo=False, fields=(), sections=(msgspec.structs.replace(paper.sections[0], text=("环境保护" * 400,)),)
    )
    body = [s for s in strokes_and_rules(drawn(long).pdf)[0] if "环境保护环境" in s.text]
    for s in body:
        line = (HEIGHT - s.y - 0.88 * s.size - 37 * MM) / PITCH
        assert abs(line - round(line)) * PITCH <= 0.05
        column = (s.x - 28 * MM) / EM
        assert abs(column - round(column)) * EM <= 0.05
    full = [s for s in body if s.page == 2]
    assert {round((s.top - 37) * MM / PITCH) for s in full} == set(range(22))
    assert min(s.y - 0.12 * s.size for s in full) == pytest.approx(35 * MM, abs=NEAR), (
        "the last line ends on the lower edge"
    )


@pytest.mark.parametrize("paper", [UPWARD, NOTICE], ids=lambda p: p.form)
def test_number_rule_and_title_stand_as_many_lines_below_as_the_standard_says(paper):
    strokes, rules = strokes_and_rules(drawn(msgspec.structs.replace(paper, demo=False, urgency="")).pdf)
    mark = next(s for s in strokes if s.size > 22.5)
    number = next(s for s in strokes if "〔2026〕" in s.text)
    red = max((r for r in rules if r.page == 1), key=lambda r: r.thick)
    title = next(s for s in strokes if s.size == 22)
    top = number.y + 0.88 * EM
    assert 2 * PITCH <= mark.box[1] - top + 2 <= 3.1 * PITCH, "two empty lines under the mark"
    assert number.y - 0.12 * EM - red.y - red.thick / 2 == pytest.approx(4 * MM, abs=NEAR)
    assert (red.x0, red.x1) == pytest.approx((28 * MM, 184 * MM), abs=NEAR)
    below = red.y - (title.y + 0.88 * 22)
    assert 2 * PITCH - 0.1 <= below <= 3 * PITCH, "two empty lines under the rule"
    lines = [s for s in strokes if s.size == 22]
    for s in lines:
        assert (s.box[0] + s.box[2]) / 2 == pytest.approx(106 * MM, abs=4), "centred"


def test_the_title_of_a_letter_stands_two_lines_under_its_number():
    strokes, _ = strokes_and_rules(drawn(LETTER).pdf)
    number, title = next(s for s in strokes if "〔2026〕36号" in s.text), next(s for s in strokes if s.size == 22)
    gap = number.y - 0.12 * EM - (title.y + 0.88 * 22)
    assert 2 * PITCH - 0.1 <= gap <= 3 * PITCH
    assert number.box[2] == pytest.approx(184 * MM, abs=1), "flush right"
    addressed = next(s for s in strokes if s.text.startswith("王"))
    last = [s for s in strokes if s.size == 22][-1]
    assert (addressed.top - last.top) * MM == pytest.approx(2 * PITCH, abs=0.05), "one empty line"
    assert addressed.x == pytest.approx(28 * MM, abs=NEAR)


def test_minutes_say_who_was_there_under_the_text():
    strokes, _ = strokes_and_rules(drawn(MINUTES).pdf)
    present = next(s for s in strokes if s.text.startswith("出席："))
    text = [s for s in strokes if s.text.endswith("由区城管局配合。")][-1]
    assert text.page < present.page or text.y - present.y >= 2 * PITCH - 0.1
    assert present.x == pytest.approx(28 * MM + 2 * EM, abs=NEAR)
    names = next(s for s in strokes if s.y == present.y and s.page == present.page and s.x > present.x)
    hanging = next(s for s in strokes if s.page == present.page and present.y - s.y == pytest.approx(PITCH, abs=0.05))
    assert names.x == pytest.approx(hanging.x, abs=0.6), "names hang behind the colon"


def test_a_slip_has_its_tear_lines_over_the_whole_sheet_and_its_parts_between():
    strokes, rules = strokes_and_rules(drawn(slip()).pdf)
    tears = sorted((r.y for r in rules if r.x1 - r.x0 > 190 * MM), reverse=True)
    assert len(tears) == 3
    parts = [next(s.y for s in strokes if words in s.text) for words in ("（存根联）", "（移送联）", "（回执联）")]
    assert all(part > tear for part, tear in zip(parts, tears, strict=True))
    assert all(tear > part for tear, part in zip(tears, parts[1:], strict=False))
    assert tears[-1] > 13 * MM, "a tear margin at the foot"


@pytest.mark.parametrize("paper", [SHEET, TABLE, COVER], ids=lambda p: p.form)
def test_the_title_of_a_form_is_centred(paper):
    left, right, _ = sides(paper)
    strokes, _ = strokes_and_rules(drawn(msgspec.structs.replace(paper, demo=False)).pdf)
    title = next(s for s in strokes if s.text == paper.title)
    assert (title.box[0] + title.box[2]) / 2 == pytest.approx((left + right) / 2, abs=2)


@pytest.mark.parametrize("paper", [SHEET, TABLE], ids=lambda p: p.form)
def test_the_page_number_of_a_form_stands_clear_of_its_cells(paper):
    pdf = drawn(msgspec.structs.replace(paper, sections=(*paper.sections, *paper.sections), outside=False)).pdf
    for strokes, _ in read_pages(pdf):
        dash = next(s for s in strokes if s.text.startswith("—"))
        lowest = min(s.box[1] for s in strokes if s.mark >= 0 and s.y > dash.y + 5)
        assert lowest - dash.y > 14


@pytest.mark.parametrize("lines", range(1, 14))
def test_a_signature_that_needs_it_moves_the_lines_together_inside_the_type_area(lines):
    fields = tuple(Field(f"第{i}项", "有内容") for i in range(lines))
    paper = msgspec.structs.replace(LETTER, sections=(), annexes=(), copies=(), fields=fields, title="关于某事的回复")
    for strokes, _ in read_pages(drawn(paper).pdf):
        lowest = min(s.y for s in strokes if s.size > 15)
        assert lowest >= 35 * MM, "the baseline of the last line stands over the lower edge"
    strokes, _ = strokes_and_rules(drawn(msgspec.structs.replace(paper, copies=("区创模办",))).pdf)
    copies = next(s for s in strokes if s.text.startswith("抄送："))
    note = next(s for s in strokes if s.text.startswith("（联系人"))
    assert copies.page == note.page or lines > 8, "the imprint has no page of its own where a little less air will do"
    assert copies.page > note.page or copies.box[3] < note.box[1], "and does not touch the note"


def test_places_for_sentences_are_lower_where_that_saves_a_page():
    boxes = ("拟办意见", "审核意见", "会签意见", "领导批示")
    pages = []
    for rows in range(1, 40):
        paper = msgspec.structs.replace(
            SHEET, sections=(), demo=False, boxes=boxes, fields=tuple(Field(f"第{i}栏", "有") for i in range(2 * rows))
        )
        strokes, _ = strokes_and_rules(drawn(paper).pdf)
        signs = sorted((s for s in strokes if s.text.startswith("（签名）")), key=lambda s: (s.page, -s.y))
        assert len(signs) == 4
        pages.append(
            (
                max(s.page for s in strokes),
                min(a.y - b.y for a, b in itertools.pairwise(signs) if a.page == b.page)
                if signs[0].page == signs[-1].page
                else 0,
            )
        )
    assert [n for n, _ in pages] == sorted(n for n, _ in pages)
    high = {round(gap / MM) for n, gap in pages if n == 1}
    assert max(high) >= 24 and min(high) < 24, "lower only where a page is saved"


# -- absurd content -------------------------------------------------------------------------------


def collisions(strokes):
    """Pairs of strokes of one page whose ink lies over one another."""
    found = []
    strokes = sorted((s for s in strokes if s.text.strip() and s.size < 100), key=lambda s: s.box[0])
    for i, one in enumerate(strokes):
        for other in strokes[i + 1 :]:
            if other.box[0] > one.box[2] - 0.8:
                break
            if min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > 0.8:
                found.append((one.page, one.text[:12], other.text[:12]))
    return found


@pytest.mark.parametrize("name", [*OFFICIAL, *(f"slip-{n}" for n in SLIPS)])
def test_nothing_overlaps_leaves_the_paper_or_is_lost(name):
    paper = OFFICIAL.get(name) or SLIPS[name.removeprefix("slip-")]
    keeps_to_its_place(paper)


@pytest.mark.parametrize("pair", kinds(), ids=kind_name)
@pytest.mark.parametrize("content", [absurd.of_kind, absurd.bare], ids=["endless", "empty"])
def test_in_no_kind_anything_overlaps_leaves_the_paper_or_is_lost(pair, content):
    keeps_to_its_place(content(pair[1]))


def keeps_to_its_place(paper):
    """Assert that nothing of a paper lies over anything else, outside its sheet, or is missing, and no page is empty."""
    made = drawn(paper)
    left, right, high = sides(paper)
    for strokes, rules in read_pages(made.pdf):
        assert collisions(strokes) == []
        assert [s for s in strokes if s.mark >= 0 and s.text.strip()] or paper.form == "cards", "no page is empty"
        for s in strokes:
            assert s.box[0] >= left - 1
            assert s.box[2] <= right + 3
            assert s.box[1] >= 3 * MM
            assert s.box[3] <= high - 3 * MM
        for r in rules:
            assert 0 < r.y < high
    text = said(made.pdf)
    for words in words_of(paper):
        whole = squeezed(words).rstrip("。；，")
        assert whole in text or all(whole[i : i + 5] in text for i in range(0, len(whole), 5)), words
