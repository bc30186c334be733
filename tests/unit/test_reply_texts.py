"""Words of a reply: fields filled, doubts against the case, differences of versions, remarks at a place."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison_app.domain.differences import differences
from liaison_app.domain.filling import SOURCES, fill, open_places, unknown
from liaison_app.domain.proofreading import Grounds, doubts
from liaison_app.domain.remarks import Remark, quoted, remarks, said
from liaison_app.mechanism.profile import available, load_profile

CASE = Grounds(
    names=("王喆堃", "湘味饭店", "区工商分局", "周敏", "李㛃", "闫䶮"),
    addressee="王喆堃",
    dates=frozenset({"2026-09-08", "2026-09-12", "2026-09-30"}),
    texts=("罚款3000元，噪声 62分贝", "67820015", "13900000001", "锦工商受〔2026〕12号", "12369"),
)


def _kinds(text, grounds=CASE):
    return [(one.kind, one.words, one.case_has) for one in doubts(text, grounds)]


def test_a_letter_that_agrees_with_its_case_raises_no_doubt():
    text = (
        "王喆堃先生：您2026年9月8日反映的湘味饭店油烟问题（锦工商受〔2026〕12号），区工商分局9月12日到场检查，"
        "噪声62分贝，罚款3,000元。联系人周敏，电话67820015，也可拨打12369。2026-09-30"
    )
    assert _kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王哲坤先生：您好", ("name", "王哲坤", "王喆堃")),  # another spelling of the same sound
        ("王喆坤：您好", ("name", "王喆坤", "王喆堃")),
        ("王喆堃：湘味饭庄已停业", ("name", "湘味饭庄", "湘味饭店")),
        ("王喆堃：李洁女士也反映", ("name", "李洁", "李㛃")),
        ("王喆堃：闫龑女士", ("name", "闫龑", "闫䶮")),
        ("王喆堃：将于10月15日前整改", ("date", "10月15日", "")),
        ("王喆堃：2025年9月8日", ("date", "2025年9月8日", "")),
        ("王喆堃：2月30日", ("no_date", "2月30日", "")),
        ("王喆堃：罚款5000元", ("amount", "5000元", "")),
        ("王喆堃：电话67820051", ("number", "67820051", "")),
        ("王喆堃：锦工商受〔2026〕21号", ("number", "锦工商受〔2026〕21号", "")),
        ("您好，已经办结。", ("absent", "王喆堃", "王喆堃")),
    ],
)
def test_what_does_not_agree_is_doubted_once(text, found):
    assert _kinds(text) == [found]


@pytest.mark.parametrize(
    "text",
    ["", "王先生：您好", "王女士您好", "王喆堃：3-5人", "王喆堃：第2项第3条", "王喆堃：李女士", "王喆堃您好，共12户"],
)
def test_what_is_right_or_no_name_is_left_alone(text):
    assert _kinds(text) == []


def test_the_short_name_of_the_office_in_the_number_of_a_case_is_no_misspelling():
    grounds = msgspec.structs.replace(CASE, texts=(*CASE.texts, "锦工商分局-20260930-0008"))
    assert "区工商分局" in grounds.names
    assert _kinds("王喆堃：案件编号锦工商分局-20260930-0008，已办结。", grounds) == []
    assert _kinds("王喆堃：锦工商分局已到场。", grounds) == [("name", "锦工商分局", "区工商分局")]


@given(st.text(max_size=200))
def test_a_doubt_quotes_the_text_at_its_place(text):
    for one in doubts(text + "王喆坤1月32日", CASE):
        assert one.at == -1 or (text + "王喆坤1月32日")[one.at :].startswith(one.words)


@given(st.text(alphabet="甲乙丙，。1\n", max_size=60), st.text(alphabet="甲乙丙，。1\n", max_size=60))
def test_the_pieces_make_both_versions(before, after):
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.kind != "in") == before
    assert "".join(p.text for p in pieces if p.kind != "out") == after
    assert all(p.text for p in pieces) or not (before or after)


def test_a_change_of_one_word_is_shown_as_one_change():
    pieces = differences("责令限期整改，逾期处罚。", "责令10月15日前整改，逾期处罚。")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "责令"), ("out", "限期"), ("in", "10月15日前"), ("same", "整改，逾期处罚。"),
    ]  # fmt: skip


_WORDS = st.text(alphabet="写明整改时限“”：对 ", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.text(alphabet="甲乙丙，", max_size=80), _WORDS)))
def test_remarks_come_back_as_they_were_said(pairs):
    given_ = tuple(Remark(quoted(q), w) for q, w in pairs if not w.startswith("对“"))
    assert remarks(said(given_)) == given_


def test_fields_are_filled_and_what_is_missing_stays_visible():
    text = fill("{complainant.address}：{visit.findings}，{visit.measures}。", {"complainant.address": "王女士"})
    assert text == "王女士：【待填：调查情况】，【待填：处理措施】。"
    assert [name for *_, name in open_places(text)] == ["调查情况", "处理措施"]
    start, end, _ = open_places(text)[0]
    assert text[start:end] == "【待填：调查情况】"


@pytest.mark.parametrize("name", available())
def test_templates_of_a_profile_ask_only_for_what_a_case_has(name):
    profile = load_profile(name)
    assert [unknown(one.text) for one in profile.templates if unknown(one.text)] == []
    assert all(zh and en for zh, en in SOURCES.values())


def test_the_first_mechanism_has_a_template_of_every_kind_of_reply():
    kinds = {one.kind for one in load_profile("M1").templates}
    assert kinds == {"preliminary", "formal", "written", "explanation", "feedback"}
