"""The composer's rules over many widths: what begins and ends lines, what stays whole, where signs stand."""

import random

import pytest

from reports.composer import CLOSERS, NO_END, NO_START, OPENERS, Measures, balanced, compose, is_cell

TEXT = (
    "他说：“夜间打桩”，（依法）查处《办法》。电话13900000001，锦信转〔2026〕87号——请于2026年10月12日前答复……邮箱a@b.cn；"
    "“（一）”、《条例》（2024）第12条：罚款1.5万元！为什么？"
)


def advance(sign, style):
    return 1.0 if is_cell(sign) else 0.55


MEASURES = Measures(advance)


def words(line):
    return "".join(run.text for run in line.runs)


def right_edge(line, size=10.0):
    run = line.runs[-1]
    return run.x + sum(advance(s, run.style) * size for s in run.text) + run.spacing * (len(run.text) - 1)


@pytest.mark.parametrize("seed", range(6))
def test_rules_hold_at_every_width(seed):
    pieces = [TEXT[i : i + 7] for i in range(0, len(TEXT), 7)]
    random.Random(seed).shuffle(pieces)
    text = "".join(pieces)
    for width in range(130, 460, 7):
        lines = compose([(text, "f")], 10, width, MEASURES, first=20)
        assert "".join(map(words, lines)) == text, "nothing is lost"
        for line in lines[1:]:
            assert words(line)[0] not in NO_START
        for line in lines[:-1]:
            assert words(line)[-1] not in NO_END
            assert right_edge(line) <= width + 5.01, "only the blank half of a closing sign may hang out"
        for line in lines:
            assert line.end <= width + 0.01


def test_numbers_words_and_pairs_stay_whole():
    for width in range(130, 460, 3):
        lines = [words(x) for x in compose([(TEXT * 3, "f")], 10, width, MEASURES, first=20)]
        for whole in ("13900000001", "〔2026〕87号", "——", "……", "a@b.cn", "2026年", "10月12日", "1.5", "12条"):
            assert sum(line.count(whole) for line in lines) == 3 * TEXT.count(whole), (width, whole)


def test_a_full_line_of_han_stands_on_its_grid_and_others_reach_the_edge():
    grid = compose([("环" * 84, "f")], 10, 280, MEASURES)
    assert [(len(words(x)), x.runs[0].x, x.runs[0].spacing, x.end) for x in grid] == [(28, 0, 0, 280)] * 3
    mixed = compose([("环境2026年保护" * 20, "f")], 10, 280, MEASURES)
    assert all(x.end == pytest.approx(280) for x in mixed[:-1])
    assert mixed[-1].end < 280, "the last line is not stretched"


def test_adjoining_punctuation_gives_half_an_em():
    line = compose([("甲（乙）。《丙》“（丁", "f")], 10, 400, MEASURES)[0]
    squeezed = sum(
        1 for a, b in zip("甲（乙）。《丙》“（丁", "（乙）。《丙》“（丁", strict=False)
        if (a in CLOSERS and b in CLOSERS | OPENERS) or (a in OPENERS and b in OPENERS)
    )  # fmt: skip
    assert squeezed == 4
    assert line.end == 11 * 10 - 4 * 5


def test_a_closing_sign_is_drawn_in_rather_than_its_word_pushed_out():
    lines = compose([("甲，乙，丙丁戊己庚辛，壬癸", "f")], 10, 100, MEASURES)
    assert words(lines[0]) == "甲，乙，丙丁戊己庚辛，"
    assert lines[0].end == pytest.approx(100)


def test_a_word_longer_than_the_line_is_cut_and_does_not_hang_out():
    lines = compose([("x" * 300, "f")], 10, 100, MEASURES)
    assert "".join(map(words, lines)) == "x" * 300
    assert all(line.end <= 100.01 for line in lines)


def test_a_number_longer_than_the_line_is_cut_behind_its_hyphen_first():
    lines = compose([("COMMERCE-20260930-0002", "f")], 10, 84, MEASURES)
    assert [*map(words, lines)] == ["COMMERCE-", "20260930-0002"]


@pytest.mark.parametrize("end", ["", "。", "……。", "）"])
def test_no_last_line_is_a_lone_sign(end):
    for count in range(20, 90):
        for width in (170, 280):
            for justify in (True, False):
                lines = compose(
                    [("环保" * (count // 2) + "境" * (count % 2) + end, "f")], 10, width, MEASURES, justify=justify
                )
                assert sum(s not in NO_START for s in words(lines[-1])) > 1
                assert "".join(map(words, lines)).endswith(end)
                if justify:
                    assert all(x.end == pytest.approx(width) for x in lines[:-1])


def test_the_caption_of_a_cell_breaks_by_sense():
    said = (
        "受理人员服务态度",
        "现场执法人员工作态度",
        "查明的污染源及责任单位",
        "投诉人联系方式",
        "文书名称及文号",
        "当事人意见及签名",
    )
    assert ["/".join(balanced(w, 6)) for w in said] == [
        "受理人员/服务态度", "现场执法/人员工作态度", "查明的污染源/及责任单位", "投诉人/联系方式", "文书名称/及文号", "当事人意见/及签名",
    ]  # fmt: skip


def test_a_title_breaks_by_sense():
    assert balanced("渝北区环境保护局关于召开第三季度联席会议的通知", 20)[1].startswith("关于")
    for most in range(8, 21):
        lines = balanced("渝北区创模办关于移送《某某小区餐饮油烟污染投诉》有关材料的函", most)
        assert "".join(lines) == "渝北区创模办关于移送《某某小区餐饮油烟污染投诉》有关材料的函"
        assert all(len(line) <= most for line in lines)
        assert not any(line[0] in NO_START or line[-1] in NO_END for line in lines)
