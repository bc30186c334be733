"""The steps of a count in English: the notes beside the days are composed in Chinese by the rules and said here."""

import re
from collections.abc import Mapping
from typing import Final

from liaison_app.words import labels

DAYS: Final = {
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Tomb-Sweeping Day", "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival", "中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
    "抗战胜利70周年纪念日": "Victory Day", "周六": "Saturday", "周日": "Sunday",
}  # fmt: skip
WEEK: Final = dict(
    zip("一二三四五六日", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
SAID: Final = (
    (r"起算日不计入", "not counted"),
    (r"不分昼夜连续计算", "runs day and night"),
    (r"当日24时", "the end of that day"),
    (r"往前第(\d+)日", r"\1 days before"),
    (r"(\d+)年后同月同日", r"the same day \1 years later"),
    (r"上一次之后一个周期", "one period after the last"),
    (r"周期末日", "the end of the period"),
    (r"，周期内共(\d+)次", r", \1 times in it"),
    (r"所定期限", "the date set"),
    (r"所定日期", "the date fixed"),
    (r"，视为次一工作日收到", ", counts as received on the next working day"),
    (r"补班，", "make-up day, "),
    (r"第(\d+)个工作日", r"working day \1"),
    (r"第(\d+)日24时", r"the end of day \1"),
    (r"第(\d+)日", r"day \1"),
    (r"，暂定", ", provisional"),
    (r"扣除暂停后的到期日", "due after the pauses"),
    (r"截止日", "the last day"),
    (r"末日为休息日；按设置顺延至次一工作日（民法典第二百零三条）",
     "a rest day: moved to the next working day as chosen (Civil Code, Article 203)"),
    (r"末日为休息日，按本机制自然日计算，不顺延（民法典第二百零三条可设为顺延）",
     "a rest day: limits in days are not moved here (Article 203 of the Civil Code can be chosen)"),
    (r"每周([一二三四五六日])", lambda found: f"every {WEEK[found[1]]}"),
    ("|".join(DAYS), lambda found: DAYS[found[0]]),
    (r"、", ", "),
)  # fmt: skip


def step(one: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return a step of a count with its note in a language; words that a person typed stay as they are."""
    note = one.get("note", "")
    if lang != "en" or not note:
        return dict(one)
    if one.get("what") in {"paused", "resumed"}:
        reasons = dict(labels.CHOICES.get("pause-reason", {}).values())
        return {**one, "note": reasons.get(note, note)}
    for pattern, english in SAID:
        note = re.sub(pattern, english, note)
    return {**one, "note": note}
