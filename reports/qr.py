"""QR codes of papers: dark modules line by line, and as a picture for .docx. The same words give the same code.

All words stand in one segment of UTF-8 bytes: scanners guess the signs of short mixed segments wrongly. One fixed mask, because
choosing the best costs seven times as much; the level mends 15 %, a stamp or a fold may lie on a code.
"""

import io
from functools import lru_cache
from typing import Any

import segno


def _made(words: str) -> Any:
    return segno.make(words, error="m", mask=2, micro=False, mode="byte", encoding="utf-8")


@lru_cache(maxsize=64)
def modules(words: str) -> tuple[bytes, ...]:
    """Return a code line by line, 1 for each dark module."""
    return tuple(bytes(line) for line in _made(words).matrix)


def picture(words: str) -> io.BytesIO:
    """Return a code as a PNG without a quiet zone."""
    out = io.BytesIO()
    _made(words).save(out, kind="png", scale=8, border=0)
    out.seek(0)
    return out
