"""Words that papers make of numbers and dates: dates, Chinese numerals."""

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"


def chinese_date(iso: str) -> str:
    """Return an ISO date as 2026年9月3日, without leading zeros; other words as they are."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return iso
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


def chinese_number(n: int) -> str:
    """Return 1 to 99 as 一 to 九十九."""
    tens, ones = divmod(n, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones or not tens else "")
