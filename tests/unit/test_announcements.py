"""The text of a yearly notice becomes the notice that the calendar takes."""

import pytest

from liaison_app.mechanism.announcements import parse_announcement, read_announcement
from liaison_app.mechanism.calendar import WorkCalendar, bundled

TEXT_2025 = """关于2025年部分节假日的安排（转述）
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
各单位要安排好值班，5个工作日内报送值班表。"""
TEXT_2026 = """2026年节假日这样安排。元旦：１月１日（周四）—３日（周六）放假调休，共３天；1月4日（周日）补班。
春节：2月15日（周日）-23日（周一）休息，共9天。补班日期：2月14日、28日。
清明节：4月4日至6日放假，共3天。
劳动节：2026年5月1日至2026年5月5日放假调休，共5天，5月9日（星期六）正常上班。
端午节：6月19日（周五）放假，与周末连休。
中秋节：9月25日~27日放假，
共3天。
国庆节：十月一日至十月七日放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


@pytest.mark.parametrize(("text", "year"), [(TEXT_2025, 2025), (TEXT_2026, 2026)])
def test_a_whole_notice_gives_the_bundled_year(text, year):
    found = read_announcement(text, year)
    made = WorkCalendar("", {}, frozenset(), frozenset()).with_year(found.notice)
    assert made.show(year) == bundled().show(year)
    assert dict(made.rest) == {d: n for d, n in bundled().rest.items() if d.year == year}
    assert [r.zh for r in found.remarks if "没有读到" not in r.zh] == []


def test_the_year_that_the_text_names_is_found():
    assert read_announcement(TEXT_2025, 2027).year_named == 2025
    assert read_announcement("1月1日放假。", 2027).year_named is None


@pytest.mark.parametrize(
    ("text", "rest", "make_up"),
    [
        ("元旦:1月1日-3日放假", [("2027-01-01", "2027-01-03", "元旦")], []),
        ("五一：5/1至5/5放假，5/8补班", [("2027-05-01", "2027-05-05", "劳动节")], ["2027-05-08"]),
        ("放假时间:10.1-10.7,上班时间:9.26,10.9。", [("2027-10-01", "2027-10-07", "法定节假日")], ["2027-09-26", "2027-10-09"]),
        ("2027-02-06至2027-02-12休假；2027-02-20、2027-02-21上班", [("2027-02-06", "2027-02-12", "法定节假日")], ["2027-02-20", "2027-02-21"]),
        ("清明：4月5日放假一天，与周末连休。", [("2027-04-03", "2027-04-05", "清明节")], []),
        ("元旦：2026年12月31日至2027年1月2日放假。", [("2027-01-01", "2027-01-02", "元旦")], []),
        ("春节：二月六日到十二日放假，共七天", [("2027-02-06", "2027-02-12", "春节")], []),
        ("端午节：6月9日放假，共1日。照常上班：6月12日、6月13日", [("2027-06-09", "2027-06-09", "端午节")], ["2027-06-12", "2027-06-13"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_messy_notices(text, rest, make_up):
    notice = parse_announcement(text, 2027)
    assert [(s["from"], s["to"], s["name"]) for s in notice["rest"]] == rest
    assert notice["make_up"] == make_up
    bundled().with_year(notice)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2月30日放假。", "没有这一天"),
        ("国庆节放假调休。", "没有读到日期"),
        ("元旦：1月1日放假。3月3日。", "没有说明放假还是上班"),
        ("元旦：1月1日放假，1月4日上班。", "本来就上班"),
        ("元旦：1月1日至3日放假，1月2日上班。", "既放假又上班"),
        ("元旦：1月1日（周四）放假。", "是周五，不是周四"),
        ("元旦：1月1日至3日放假，共4天。", "原文说共4天，读到3天"),
        ("元旦：1月5日至3日放假。", "起止日期不对"),
        ("元旦：12月30日至1月2日放假。", "不在2027年"),
        ("元旦：1月1日放假。", "没有读到春节"),
    ],
)
def test_what_cannot_be_read_is_said(text, words):
    found = read_announcement(text, 2027)
    assert any(words in r.zh for r in found.remarks), found.remarks
    assert all(r.en for r in found.remarks)
    bundled().with_year(found.notice)
