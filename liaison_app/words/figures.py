"""Words of figures in both languages: values, why there is no data, until when they stand, and the table as text."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

Pair = tuple[str, str]
NO_DATA: Final[Pair] = ("无数据", "no data")
REASONS: Final[dict[str, Pair]] = {"": ("", ""), "empty": ("分母为零", "nothing in the denominator")}
GROUPS: Final[dict[str, Pair]] = {
    "": ("（未填）", "(not given)"), "district": ("全区", "District"), "void": ("误登作废", "Voided"),
    "out_of_scope": ("非本机制事项", "Not of this mechanism"), "withdrawn": ("投诉人撤回", "Withdrawn"),
    "merged": ("并入他件", "Merged into another"),
}  # fmt: skip


def _pick(pair: Pair, lang: str) -> str:
    return pair[1] if lang == "en" else pair[0]


def value(number: float | None, *, ratio: bool, lang: str) -> str:
    """Return a value as it is read: ``87.5%``, ``12``, or 无数据."""
    if number is None:
        return _pick(NO_DATA, lang)
    return f"{number * 100:.1f}%" if ratio else f"{number:.0f}"


def reason(code: str, lang: str) -> str:
    """Return why there is no data."""
    return _pick(REASONS.get(code, (code, code)), lang)


def group(key: str, lang: str) -> str:
    """Return the name of a group that no register names."""
    return _pick(GROUPS.get(key, (key, key)), lang)


def standing(start: str, end: str, cut: str, lang: str) -> str:
    """Return from when to when figures stand; an unfinished period says until when they are known (OFFICE B9)."""
    first, last = start[:10], (datetime.fromisoformat(end) - timedelta(days=1)).date().isoformat()
    at = datetime.fromisoformat(cut)
    span = f"{_day(first)}至{_day(last)}"
    if cut >= end:
        return _pick((span, f"{first} to {last}"), lang)
    zh = f"{span}，截至{at.month}月{at.day}日{at.hour}时{at.minute:02d}分（未终结）"
    return _pick((zh, f"{first} to {last}, as of {at:%Y-%m-%d %H:%M} (not finished)"), lang)


def _day(day: str) -> str:
    year, month, of = map(int, day.split("-"))
    return f"{year}年{month}月{of}日"


def scope(code: str, *, frozen: bool, lang: str) -> str:
    """Return whose figures these are: the district's that were frozen, a department's own, or what this desk has."""
    if frozen:
        return _pick(
            ("全区（已冻结）", "The district (frozen)")
            if code == "district"
            else ("本终端（已冻结）", "This desk (frozen)"),
            lang,
        )
    return _pick(("本单位", "Own department") if code == "body" else ("本终端现有记录", "What this desk holds"), lang)


def frozen(at: str, by: str, missing: Sequence[str], lang: str) -> str:
    """Return that a period is frozen, since when, by whom, and which desks were behind: a line, '' while it is not."""
    if not at:
        return ""
    day = at[:16].replace("T", " ")
    zh, en = f"{day} {by}冻结", f"Frozen {day} by {by}"
    if missing:
        zh += f"；当时尚未同步：{'、'.join(missing)}"
        en += f"; not synchronised by then: {', '.join(missing)}"
    return _pick((zh, en), lang) + "\n"


def correction(name: str, was: str, now: str, came: int, went: int, lang: str) -> str:
    """Return what changed in an indicator after its period was frozen."""
    return _pick(
        (
            f"更正：{name} {was} → {now}（增{came}件，减{went}件）",
            f"Correction: {name} {was} → {now} ({came} came, {went} went)",
        ),
        lang,
    )


SHEETS: Final[dict[str, Pair]] = {
    "figures": ("指标", "Figures"), "groups": ("分组", "Groups"), "cases": ("案件", "Cases"), "formula": ("公式", "Formula"),
    "beside": ("环比同比", "Compared"), "heat": ("镇街与来源", "Towns and sources"), "now": ("本期", "This period"),
    "before": ("环比", "Change"), "year": ("同比", "Change of the year"), "total": ("合计", "Total"), "town": ("镇街", "Town"),
    "indicator": ("指标", "Indicator"), "group": ("分组", "Group"), "number": ("编号", "Number"), "counts": ("计入", "Counts"),
}  # fmt: skip
"""Names of sheets and columns of the workbook of figures."""


def sheet(name: str, lang: str) -> str:
    """Return the name of a sheet or column of the workbook."""
    return _pick(SHEETS[name], lang)


def counts(*, yes: bool, lang: str) -> str:
    """Return whether a case is in the numerator, or in the denominator only."""
    return _pick(("分子", "numerator") if yes else ("仅分母", "denominator only"), lang)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text in columns; a Chinese sign is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


HEADS: Final[tuple[Pair, ...]] = (
    ("指标", "Indicator"), ("分子", "Numerator"), ("分母", "Denominator"), ("数值", "Value"), ("说明", "Remark"),
)  # fmt: skip


def heads(lang: str) -> list[str]:
    """Return the heads of the table."""
    return [_pick(h, lang) for h in HEADS]


def pending(number: int, lang: str) -> str:
    """Return how many still stand inside their limit."""
    return _pick((f"其中{number}件期限未到", f"{number} still inside the limit"), lang) if number else ""


def rank(number: int | None, lang: str) -> str:
    """Return a rank in words, '' where there is none."""
    return "" if number is None else _pick((f"第{number}", f"rank {number}"), lang)
