"""The composer: text to lines of Han signs, each in a cell of one em, justified to the edge (GB/T 9704-2012, 行与字).

No line begins or ends with a sign that may not; —— and …… stay one; numbers with their unit, Latin words and 〔2026〕12号 stay
whole; adjoining punctuation is squeezed by half an em; a line is filled by squeezing its punctuation where that costs
less than stretching its gaps. Pure: widths come in as a function.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

OPENERS: Final = frozenset("（《“‘「『【〔〈")
CLOSERS: Final = frozenset("，。、；：）》”’」』】〕〉")
NO_START: Final = CLOSERS | frozenset("？！…—·,.;:?!)]}%℃％‰")
NO_END: Final = OPENERS | frozenset("([{￥$№")
STRETCH: Final = 0.35
"""Widest gap that justifying may open between two signs, in em; a line that asks for more stays ragged."""
_CELLS: Final = frozenset("“”‘’—…")
_ATOMS: Final = re.compile(
    r"——|……|〔\d{2,4}〕第?\d+号|[A-Za-z0-9][A-Za-z0-9.,:/@_+\-]*[年月日号时分秒元件人次项条款章届期户%％℃]?|.", re.S
)
_WORDS: Final = re.compile(
    "办公室|人民政府|领导小组|联席会议|环境保护|工商行政|[东西南北一二三四五六七八九十]号|"
    "环境|保护|污染|噪声|扰民|夜间|施工|工地|油烟|餐饮|投诉|举报|群众|反映|信访|移送|受理|办理|处理|调查|情况|回复|答复|报告|"
    "请示|通知|通报|会议|纪要|工作|问题|材料|意见|建议|决定|申请|审批|协助|配合|督办|催办|回访|评价|结果|有关|进一步|规范|"
    "联合|执法|检查|排查|整治|小区|公司|单位|部门|分局|街道|项目|紧急|指定|争议|时限|事项|清单|名单|方案|制度|机制|满意|"
    + _ATOMS.pattern, re.S
)  # fmt: skip
"""Office words that a title does not split over two lines."""
Advance = Callable[[str, str], float]
"""The width of a sign in a style, in em."""


class Run(NamedTuple):
    """Signs drawn in one stroke: offset from the line's left edge, style, space behind each sign (points)."""

    x: float
    text: str
    style: str
    spacing: float


class Line(NamedTuple):
    """A line: its runs and where its last sign ends (points)."""

    runs: tuple[Run, ...]
    end: float


class _Atom(NamedTuple):
    text: str
    style: str
    width: float


@lru_cache(maxsize=20_000)
def is_cell(sign: str) -> bool:
    """Return whether a sign stands in a cell of one em."""
    return sign in _CELLS or unicodedata.east_asian_width(sign) in "WF"


def compose(
    spans: Sequence[tuple[str, str]], size: float, width: float, advance: Advance,
    *, first: float = 0.0, hang: float = 0.0, justify: bool = True,
) -> list[Line]:  # fmt: skip
    """Return the lines of one paragraph of (text, style) spans.

    ``first`` and ``hang`` are the indents of the first and of the further lines, in points.
    """
    atoms = _atoms(spans, size, width - max(first, hang), advance)
    lines: list[Line] = []
    start = 0
    while start < len(atoms):
        indent = hang if lines else first
        end, over = _fill(atoms, start, width - indent, size)
        room = width - indent if (justify and end < len(atoms)) or over > 0 else 0.0
        lines.append(_set(atoms[start:end], size, indent, room, over, advance))
        start = end
        while start < len(atoms) and atoms[start].text == " ":
            start += 1
    return lines


def _atoms(spans: Sequence[tuple[str, str]], size: float, width: float, advance: Advance) -> list[_Atom]:
    atoms: list[_Atom] = []
    for text, style in spans:
        for found in _ATOMS.findall(text):
            wide = sum(1.0 if is_cell(s) else advance(s, style) for s in found) * size
            if len(found) > 1 and wide > width:
                atoms += [_Atom(s, style, (1.0 if is_cell(s) else advance(s, style)) * size) for s in found]
            else:
                atoms.append(_Atom(found, style, wide))
    return atoms


def _trim(left: _Atom, right: _Atom) -> float:
    """Return the part of an em that is taken out between two signs."""
    last, following = left.text[-1], right.text[0]
    if (last in CLOSERS and (following in CLOSERS or following in OPENERS)) or (
        last in OPENERS and following in OPENERS
    ):
        return 0.5
    return 0.0


def _may_break(left: _Atom, right: _Atom) -> bool:
    return left.text[-1] not in NO_END and right.text[0] not in NO_START


def _fill(atoms: Sequence[_Atom], start: int, width: float, size: float) -> tuple[int, float]:
    """Return where the line ends, and how much its punctuation must give (0 when it need not)."""
    used, give, best, left = 0.0, 0.0, 0, 0.0
    fits = start + 1
    for i in range(start, len(atoms)):
        atom = atoms[i]
        used += atom.width
        if i > start and (trim := _trim(atoms[i - 1], atom)):
            used -= trim * size
            give -= trim * size if atoms[i - 1].text in CLOSERS else 0.0
        give += size / 2 if atom.text in CLOSERS else 0.0
        over = used - width
        if over <= 0.01:
            fits = i + 1
        last = i + 1 == len(atoms)
        if not last and not _may_break(atom, atoms[i + 1]):
            continue
        if over <= 0.01:
            best, left = i + 1, width - used
            continue
        if over <= give + 0.01 and (not best or over <= left or (last and i + 1 - best <= 2)):
            return i + 1, over
        break
    return (best or fits), 0.0


def _set(atoms: Sequence[_Atom], size: float, indent: float, room: float, over: float, advance: Advance) -> Line:
    trims = [_trim(a, b) for a, b in itertools.pairwise(atoms)] + [0.0]
    used = sum(a.width for a in atoms) - sum(trims) * size
    giving = [over > 0 and a.text in CLOSERS and not t for a, t in zip(atoms, trims, strict=True)]
    each = over / max(1, sum(giving))
    gap = 0.0
    if room and not over and len(atoms) > 1:
        gap = (room - used) / (len(atoms) - 1)
        gap = gap if gap <= STRETCH * size else 0.0
    runs: list[Run] = []
    x, pen, begin, style, spacing, text = indent, indent, indent, "", 0.0, ""
    cut = 0.0
    for i, atom in enumerate(atoms):
        own = gap if len(atom.text) == 1 else 0.0
        at = x - cut + _offset(atom, size, advance)
        if text and (abs(at - pen) > 0.002 or atom.style != style or own != spacing):
            runs.append(Run(begin, text, style, spacing))
            text = ""
        if not text:
            begin, style, spacing, pen = at, atom.style, own, at
        text += atom.text
        pen += sum(advance(s, style) * size + spacing for s in atom.text)
        x += atom.width - cut
        end = x
        cut = trims[i] * size if atom.text in OPENERS else 0.0
        x += gap - (0.0 if cut else trims[i] * size) - (each if giving[i] else 0.0)
    if text:
        runs.append(Run(begin, text, style, spacing))
    return Line(tuple(runs), end - (each if giving[-1] else 0.0))


def _offset(atom: _Atom, size: float, advance: Advance) -> float:
    """Return where a sign narrower than its cell stands in it: openers right, closers left, others in the middle."""
    if not is_cell(atom.text[0]) or atom.text in CLOSERS:
        return 0.0
    spare = sum(1.0 - advance(sign, atom.style) for sign in atom.text if is_cell(sign)) * size
    if len(atom.text) > 1 and atom.text[0] not in _CELLS:
        return 0.0
    return spare if atom.text in OPENERS else spare / 2


def balanced(text: str, most: int) -> list[str]:
    """Return a title in lines of at most ``most`` signs, broken by sense as far as signs tell it, nearly even.

    Before 关于, after 的, 、 and a closing bracket a break reads well; inside a number, a word or 《》 it does not.
    """
    if len(text) <= most:
        return [text]
    atoms = _WORDS.findall(text)
    count = -(-len(text) // most)
    ideal = len(text) / count
    depth = 0
    costs: list[tuple[float, list[int]]] = [(0.0, [])]
    prefix = [0]
    price = [0.0]
    for i, atom in enumerate(atoms):
        depth += (atom in OPENERS) - (atom in CLOSERS and atom in "）》”’」』】〕〉")
        prefix.append(prefix[-1] + len(atom))
        after = "".join(atoms[i + 1 : i + 3])
        good = after.startswith("关于") or (atom in "的、）》”，" and depth == 0)
        beside = len(atom) > 1 or (i + 1 < len(atoms) and len(atoms[i + 1]) > 1)
        bad = bool(after) and (after[0] in NO_START or atom in NO_END)
        price.append((0.0 if good or not after else 4.0 if beside else 8.0) + 40.0 * bad + (8.0 if depth else 0.0))
    for i in range(1, len(atoms) + 1):
        options = [
            (cost + abs(prefix[i] - prefix[at] - ideal) ** 1.5 / 4 + price[i], [*breaks, i])
            for at, (cost, breaks) in enumerate(costs[:i])
            if prefix[i] - prefix[at] <= most or i - at == 1
        ]
        cost, breaks = min(options)
        costs.append((cost, breaks))
    ends = costs[-1][1]
    return ["".join(atoms[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
