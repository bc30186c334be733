"""Breaking Chinese text into lines: no sign begins or ends a line that may not; numbers and words stay whole."""

import re
from collections.abc import Callable
from typing import Final

NO_START: Final = set("，。；：？！、）》”’」』】〕…—·,.;:?!)]}%℃")
NO_END: Final = set("（《“‘「『【〔([{￥$")
_TOKENS: Final = re.compile(r"——|……|[A-Za-z0-9][A-Za-z0-9.,:/@_+\-]*|.", re.S)


def breaks(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return the lines of a text no wider than ``width`` points."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, width, measure)
    return lines


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for token in _whole(text, width, measure):
        size = measure(token)
        if line and used + size > width + 0.01:
            carried: list[str] = []
            while (carried or [token])[0][0] in NO_START and len(line) > 1:
                carried.insert(0, line.pop())
            while len(line) > 1 and line[-1] in NO_END:
                carried.insert(0, line.pop())
            lines.append("".join(line))
            line, used = carried, sum(map(measure, carried))
        line.append(token)
        used += size
    lines.append("".join(line))
    return lines


def _whole(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    tokens: list[str] = []
    for token in _TOKENS.findall(text):
        if len(token) > 1 and measure(token) > width:
            tokens += list(token)
        else:
            tokens.append(token)
    return tokens
