"""The State Council's yearly notice of rest days as text, read into a year's notice (see ``calendar.py``). Pure.

Read from left to right: dates are collected until a word says what they are (放假, 上班), or the word comes first
(上班日期：…). What cannot be read or does not fit the calendar becomes a remark; nothing is guessed silently.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec

HOLIDAYS: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_NAMES: Final = {
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "除夕": "春节", "清明": "清明节", "劳动节": "劳动节", "五一": "劳动节",
    "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "十一国庆": "国庆节",
}  # fmt: skip
OTHER: Final = "法定节假日"

_NAME: Final = re.compile("|".join(sorted(_NAMES, key=len, reverse=True)))
_ASIDE: Final = r"(?:\((?P<{0}>[^()]{{0,20}})\))?"
_TO: Final = r"(?:起)?(?:至|到|[-—–~〜‐−]+)"
_DATE: Final = re.compile(
    r"(?:(?P<y>\d{4})年)?(?:(?P<m>\d{1,2})月)?(?<!\d)(?P<d>\d{1,2})(?P<unit>[日号])?" + _ASIDE.format("aside")
    + r"(?:" + _TO + r"(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})[日号]?(?!\d|天)" + _ASIDE.format("aside2") + r")?"
)  # fmt: skip
_WORD: Final = re.compile(
    r"(?P<not>不(?:放假|调休|休息))|(?P<work>(?:调休|照常|正常|周末|补)*(?:上班|补班|调班)|为工作日)"
    r"|(?P<rest>放假(?:调休)?|休息|休假|公休|不上班|调休)"
)
_FIRST: Final = re.compile(r"(?:时间|日期|安排|的?日子)?(?:为|是|:|于|自|从|如下)+(?=(?:\d{4}年)?\d)")
_JOINED: Final = re.compile(r"(?:与|和|同)?周[末六日](?:公休)?(?:连休|相连|连在一起)")
_TOTAL: Final = re.compile(r"(?:共|连休|放假)(?P<n>\d{1,2})[天日]")
_WEEKDAY: Final = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_YEAR: Final = re.compile(r"(\d{4})年(?:部分|全年|法定|节|放假|公共)")
_HAN: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be read or does not fit: the words of the text, and why in both languages."""

    text: str
    zh: str
    en: str


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What a text holds: the notice in the form that the calendar takes, remarks, and the year that it names."""

    notice: dict[str, Any]
    remarks: tuple[Remark, ...]
    year_named: int | None


class _Span(msgspec.Struct):
    first: date
    last: date
    text: str


class _Reading(msgspec.Struct):
    year: int
    rest: dict[date, str] = {}
    work: dict[date, str] = {}
    remarks: list[Remark] = []
    named: set[str] = set()
    name: str = OTHER
    month: int = 0
    joined: list[_Span] = []

    def remark(self, text: str, zh: str, en: str) -> None:
        self.remarks.append(Remark(text=text[:60], zh=zh, en=en))


def parse_announcement(text: str, year: int) -> dict[str, Any]:
    """Return the notice of a year that a text holds; it always suits ``WorkCalendar.with_year``."""
    return read_announcement(text, year).notice


def read_announcement(text: str, year: int) -> Announcement:
    """Return the notice of a year with what could not be read."""
    plain = _plain(text)
    named = _YEAR.search(plain)
    reading = _Reading(year=year, rest={}, work={}, remarks=[], named=set(), joined=[])
    for sentence in re.split(r"[。;\n!?]", plain):
        if sentence:
            _sentence(reading, sentence)
    _join_weekends(reading)
    make_up = _sound_make_up(reading)
    for name in HOLIDAYS:
        if name not in reading.named and reading.rest:
            reading.remark(name, f"没有读到{name}", f"{name} was not found")
    notice = {"year": year, "rest": list(spans(reading.rest)), "make_up": [d.isoformat() for d in make_up]}
    return Announcement(
        notice=notice, remarks=tuple(reading.remarks), year_named=int(named[1]) if named else None
    )  # fmt: skip


def spans(rest: dict[date, str]) -> Iterator[dict[str, str]]:
    """Yield rest days as spans of the same name, as a notice holds them."""
    run: list[date] = []
    for day in sorted(rest):
        if run and (day - run[-1] != timedelta(1) or rest[day] != rest[run[0]] or len(run) > 30):
            yield _span_of(run, rest)
            run = []
        run.append(day)
    if run:
        yield _span_of(run, rest)


def _span_of(run: list[date], rest: dict[date, str]) -> dict[str, str]:
    return {"from": run[0].isoformat(), "to": run[-1].isoformat(), "name": rest[run[0]]}


def _plain(text: str) -> str:
    """Return a text with half-width signs, no blanks, and dates in one form."""
    plain = (
        unicodedata.normalize("NFKC", text).replace("【", "(").replace("】", ")").replace("〔", "(").replace("〕", ")")
    )
    plain = re.sub(r"[ \t\u3000\xa0]+", "", plain)
    plain = re.sub(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)[日号]?", r"\1年\2月\3日", plain)
    plain = re.sub(r"(?<![\d.])(\d{1,2})[/.](\d{1,2})(?![\d.日号年])", _slashed, plain)
    plain = re.sub(r"(?<![第周期拜初])([〇零一二三四五六七八九十]{1,4})(?=[年月日号])", _number, plain)
    return re.sub(r"(?<=[^\d。;:,!?)])\n(?=[\d(至到上放、,])", "", plain)  # lines broken inside a sentence


def _slashed(found: re.Match[str]) -> str:
    month, day = int(found[1]), int(found[2])
    return f"{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else found[0]


def _number(found: re.Match[str]) -> str:
    signs = found[1]
    if "十" not in signs:
        return "".join(str(_HAN[c]) for c in signs)
    tens, _, ones = signs.partition("十")
    return str((_HAN.get(tens, 1) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0))


def _sentence(reading: _Reading, sentence: str) -> None:
    pending: list[_Span] = []
    kind, at, before = "", 0, len(reading.rest)
    said = False
    while at < len(sentence):
        name = _NAME.match(sentence, at)
        word = None if name else _WORD.match(sentence, at)
        found = None if name or word else _date_at(sentence, at)
        if name:
            at = _named(reading, sentence, name, pending)
        elif word:
            at = word.end()
            if word.lastgroup == "not":
                continue
            said = True
            first = _FIRST.match(sentence, at)
            if first:
                _put(reading, pending, kind)
                kind, pending, at = str(word.lastgroup), [], first.end()
            elif pending:
                _put(reading, pending, str(word.lastgroup))
                pending = []
        elif found:
            span = _span(reading, found)
            pending += [span] if span else []
            at = found.end()
        else:
            at += 1
    if pending and kind:
        _put(reading, pending, kind)
    elif pending:
        words = "、".join(p.text for p in pending)
        reading.remark(sentence, f"{words}：没有说明放假还是上班", f"{words}: rest or work is not said")
    elif (
        said and len(reading.rest) == before and re.search(r"\d+[月日号]", sentence) is None and _NAME.search(sentence)
    ):
        reading.remark(sentence, "没有读到日期", "no date was read")
    if _JOINED.search(sentence) and len(reading.rest) > before:
        days = sorted(d for d, n in reading.rest.items() if n == reading.name)
        reading.joined += [_Span(days[0], days[-1], sentence)] if days else []
    _check_total(reading, sentence, before)


def _named(reading: _Reading, sentence: str, found: re.Match[str], pending: list[_Span]) -> int:
    name = _NAMES[found[0]]
    if not pending and not re.search(r"[节旦秋庆明午][和、与及]$", sentence[: found.start()]):
        reading.name, reading.month = name, 0  # of 国庆节、中秋节 the first gives the name
    if re.search(r"[:\d]|放假|休", sentence[found.end() :]) or found.start() == 0:
        reading.named.add(name)
    end = found.end()
    return end + 1 if sentence[end : end + 1] == "节" else end


def _date_at(sentence: str, at: int) -> re.Match[str] | None:
    found = _DATE.match(sentence, at)
    if found is None or (at and sentence[at - 1].isdigit()):
        return None
    after = sentence[found.end() : found.end() + 1]
    if not found["unit"] and not (found["m"] and (found["d2"] or after in "、,和及(")):
        dated_later = found["m"] is None and re.match(r"[、,和及]\d{1,2}[日号]", sentence[found.end() :])
        if not dated_later:
            return None
    if not found["m"] and at and re.search(r"[共假休计第]$", sentence[:at]):
        return None  # 共3日, 放假3日: a number of days
    return found


def _span(reading: _Reading, found: re.Match[str]) -> _Span | None:
    text = found[0]
    month = int(found["m"] or reading.month or 0)
    year = int(found["y"] or reading.year)
    year2, month2 = int(found["y2"] or year), int(found["m2"] or month)
    if month == 12 and reading.name == "元旦" and not found["y"]:
        year -= 1
        year2 = int(found["y2"] or (year if month2 == 12 else year + 1))
    elif month2 < month and not found["y2"]:
        year2 = year + 1
    try:
        first = date(year, month, int(found["d"]))
        last = date(year2, month2, int(found["d2"])) if found["d2"] else first
    except ValueError:
        reading.remark(text, "没有这一天", "there is no such day")
        return None
    reading.month = last.month
    if last < first or (last - first).days > 31:
        reading.remark(text, "起止日期不对", "first and last day do not fit")
        return None
    for day, aside in ((first, found["aside"]), (last, found["aside2"])):
        said = _WEEKDAY.search(aside or "")
        real = "一二三四五六日"[day.weekday()]
        if said and said[1].replace("天", "日") != real:
            reading.remark(
                text, f"{day.year}年{day.month}月{day.day}日是周{real}，不是周{said[1]}", f"{day} is a {day:%A}, not as the text says"
            )  # fmt: skip
    return _Span(first, last, text)


def _put(reading: _Reading, pending: list[_Span], kind: str) -> None:
    for span in pending:
        for i in range((span.last - span.first).days + 1):
            day = span.first + timedelta(i)
            if day.year != reading.year:
                reading.remark(
                    span.text, f"{day.isoformat()}不在{reading.year}年", f"{day} lies outside {reading.year}"
                )
            elif kind == "work":
                reading.work[day] = span.text
            else:
                reading.rest.setdefault(day, reading.name)


def _join_weekends(reading: _Reading) -> None:
    for span in reading.joined:
        for step, day in ((-1, span.first), (1, span.last)):
            day += timedelta(step)
            while day.weekday() >= 5 and day.year == reading.year and day not in reading.work:
                reading.rest.setdefault(day, reading.rest[span.first])
                day += timedelta(step)


def _check_total(reading: _Reading, sentence: str, before: int) -> None:
    total = _TOTAL.search(sentence)
    added = len(reading.rest) - before
    if total and added and added != int(total["n"]) and not _JOINED.search(sentence):
        outside = sum("不在" in r.zh and r.text in sentence for r in reading.remarks)
        if added + outside != int(total["n"]):
            reading.remark(
                sentence, f"原文说共{total['n']}天，读到{added}天", f"the text says {total['n']} days, {added} were read"
            )  # fmt: skip


def _sound_make_up(reading: _Reading) -> list[date]:
    kept = []
    for day, text in sorted(reading.work.items()):
        if day in reading.rest:
            reading.remark(text, f"{day.isoformat()}既放假又上班，按放假", f"{day} is named both ways: taken as rest")
        elif day.weekday() < 5:
            reading.remark(text, f"{day.isoformat()}不是周末，本来就上班", f"{day} is no weekend: a working day anyway")
        else:
            kept.append(day)
    return kept
