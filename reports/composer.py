"""The composer: text to lines of Han signs, each in a cell of one em, justified to the edge (GB/T 9704-2012, 行与字).

No line begins or ends with a sign that may not; —— and …… stay one; numbers with their unit, 9月30日, Latin words and
〔2026〕12号 stay whole; adjoining punctuation is squeezed by half an em; a line is filled by squeezing its punctuation where that costs
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
RUNT: Final = 4
"""A last line of up to so many atoms may be a lone sign with its punctuation: then the line before gives it one."""
LEAST: Final = 8
FEW: Final = 4
"""A line of no more atoms than these gives none: its gaps would gape where it is justified."""
_CELLS: Final = frozenset("“”‘’—…")
_ATOMS: Final = re.compile(
    r"——|……|〔\d{2,4}〕第?\d+号|\d{1,2}月\d{1,2}日|[A-Za-z0-9][A-Za-z0-9.,:/@_+\-]*[年月日号时分秒元件人次项条款章届期户%％℃]?|.",
    re.S,
)
_WORDS: Final = re.compile(
    "办公室|人民政府|领导小组|联席会议|环境保护|工商行政|[东西南北一二三四五六七八九十]号|"
    "投诉人|当事人|联系人|管理人|解释人|监督员|告知单|督办单|许可证|强制性|责任单位|施工单位|联系方式|环境|保护|污染|扬尘|噪声|扰民|夜间|施工|工地|油烟|餐饮|投诉|举报|群众|反映|信访|移送|受理|办理|处理|调查|情况|回复|答复|报告|"
    "请示|通知|通报|会议|纪要|工作|问题|材料|意见|建议|决定|申请|审批|协助|配合|督办|催办|回访|评价|结果|有关|进一步|规范|"
    "事件|应急|指挥部|指挥中心|公共卫生|突发|联合|执法|检查|排查|整治|小区|公司|单位|部门|分局|街道|项目|紧急|指定|争议|时限|事项|清单|名单|方案|制度|机制|满意|人员|书面|手续|名称|编号|文号|规定|核对|程序|渠道|时间|情形|材料|同意|签名|现场|前后方|截止|特别|临时|特殊|整改|要求|命令|内容|装备|领导|核实|证据|项目|工程|交接|邻近|群众|委员|代表|"
    + _ATOMS.pattern, re.S
)  # fmt: skip
"""Office words that a title does not split over two lines."""
_PARTS: Final = re.compile(r"[^-/@]*[-/@]|[^-/@]+")
"""Where a number or an address that is longer than its line is cut first."""
Advance = Callable[[str, str], float]
"""The width of a sign in a style, in em."""
_NEAR: Final = 0.001
"""What two lengths may differ by and still be the same, in em."""


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


class _Atom:
    """What no line splits, with all that setting asks of it, in em."""

    __slots__ = ("begins_closing", "begins_opening", "closes", "ends_closing", "ends_opening", "ink", "no_end", "no_start",
                 "offset", "opens", "plain", "single", "style", "text", "width")  # fmt: skip

    def __init__(self, text: str, style: str, advance: Advance) -> None:
        self.text, self.style = text, style
        first, last = text[0], text[-1]
        self.ink = sum(advance(s, style) for s in text)
        self.width = sum(1.0 if is_cell(s) else advance(s, style) for s in text)
        self.single = len(text) == 1
        self.opens, self.closes = text in OPENERS, text in CLOSERS
        self.begins_opening, self.begins_closing = first in OPENERS, first in CLOSERS
        self.ends_opening, self.ends_closing = last in OPENERS, last in CLOSERS
        self.no_start, self.no_end = first in NO_START, last in NO_END
        self.offset = self._offset(advance)
        self.plain = not self.offset and abs(self.ink - self.width) < _NEAR / 5

    def _offset(self, advance: Advance) -> float:
        """Return where a sign narrower than its cell stands in it: openers right, closers left, others in the middle."""
        if not is_cell(self.text[0]) or self.closes or (not self.single and self.text[0] not in _CELLS):
            return 0.0
        spare = sum(1.0 - advance(s, self.style) for s in self.text if is_cell(s))
        return spare if self.opens else spare / 2

    def trim(self, after: "_Atom") -> float:
        """Return the part of an em that is taken out between this atom and the next."""
        if self.ends_closing:
            return 0.5 if after.begins_closing or after.begins_opening else 0.0
        return 0.5 if self.ends_opening and after.begins_opening else 0.0


class Measures:
    """The widths of signs, and what the composer has worked out of them."""

    def __init__(self, advance: Advance) -> None:
        self.advance = advance
        self._atoms: dict[tuple[str, str], _Atom] = {}
        self.fitted: dict[tuple[str, str, float, float, int], tuple[list[Line], float]] = {}

    def remember(
        self, key: tuple[str, str, float, float, int], lines: list[Line], size: float
    ) -> tuple[list[Line], float]:
        """Keep the lines of a short text that was fitted into a place, and the size that it took."""
        if len(self.fitted) > 5_000:
            self.fitted.clear()
        self.fitted[key] = lines, size
        return lines, size

    def width(self, text: str, style: str) -> float:
        """Return the width of text set without squeezing, in em."""
        return sum(1.0 if is_cell(s) else self.advance(s, style) for s in text)

    def atoms(self, spans: Sequence[tuple[str, str]], room: float) -> list[_Atom]:
        """Return the atoms of a paragraph; one wider than ``room`` (em) is cut behind - / @, else into its signs."""
        known, made = self._atoms, []
        for text, style in spans:
            for found in _ATOMS.findall(text):
                atom = known.get((found, style)) or self._atom(found, style)
                if atom.width <= room or atom.single:
                    made.append(atom)
                    continue
                for words in _PARTS.findall(found):
                    part = known.get((words, style)) or self._atom(words, style)
                    whole = part.width <= room or part.single
                    made += [part] if whole else [known.get((s, style)) or self._atom(s, style) for s in words]
        return made

    def _atom(self, text: str, style: str) -> _Atom:
        if len(self._atoms) > 40_000:
            self._atoms.clear()
        made = self._atoms[text, style] = _Atom(text, style, self.advance)
        return made


@lru_cache(maxsize=20_000)
def is_cell(sign: str) -> bool:
    """Return whether a sign stands in a cell of one em."""
    return sign in _CELLS or unicodedata.east_asian_width(sign) in "WF"


def compose(
    spans: Sequence[tuple[str, str]], size: float, width: float, measures: Measures,
    *, first: float = 0.0, hang: float = 0.0, justify: bool = True,
) -> list[Line]:  # fmt: skip
    """Return the lines of one paragraph of (text, style) spans.

    ``first`` and ``hang`` are the indents of the first and of the further lines, in points.
    """
    atoms = measures.atoms(spans, (width - max(first, hang)) / size)
    lines: list[Line] = []
    start = 0
    while start < len(atoms):
        indent = hang if lines else first
        room = (width - indent) / size
        if not start and sum([a.width for a in atoms]) <= room:  # most cells of a form are one line
            end, over = len(atoms), 0.0
        else:
            end, over = _fill(atoms, start, room)
        if 0 < len(atoms) - end <= RUNT and end - start > (LEAST if justify else FEW):
            cut = _shorter(atoms, end)
            end, over = cut, over if cut == end else 0.0
        full = (justify and end < len(atoms)) or over > 0
        lines.append(_set(atoms[start:end], size, indent, room if full else 0.0, over))
        start = end
        while start < len(atoms) and atoms[start].text == " ":
            start += 1
    return lines


def _fill(atoms: Sequence[_Atom], start: int, room: float) -> tuple[int, float]:
    """Return where the line ends, and how much its punctuation must give in em (0 when it need not)."""
    used, give, best, left = 0.0, 0.0, 0, 0.0
    count = len(atoms)
    fits = start + 1
    before: _Atom | None = None
    for i in range(start, count):
        atom = atoms[i]
        used += atom.width
        if before is not None and (trim := before.trim(atom)):
            used -= trim
            give -= trim if before.closes else 0.0
        if atom.closes:
            give += 0.5
        before = atom
        over = used - room
        if over <= _NEAR:
            fits = i + 1
        last = i + 1 == count
        if not last and (atom.no_end or atoms[i + 1].no_start):
            continue
        if over <= _NEAR:
            best, left = i + 1, room - used
            continue
        if over <= give + _NEAR and (not best or over <= left or (last and i + 1 - best <= 2)):
            return i + 1, over
        break
    return (best or fits), 0.0


def _shorter(atoms: Sequence[_Atom], end: int) -> int:
    """Return where the line before the last ends so that the last is no lone sign; as before where nothing may be split there."""
    rest = "".join(a.text for a in atoms[end:])
    if sum(s not in NO_START for s in rest) > 1:
        return end
    cut = end - 1
    free = atoms[cut].single and is_cell(atoms[cut].text) and not atoms[cut].no_start and not atoms[cut - 1].no_end
    return cut if free else end


def _set(atoms: Sequence[_Atom], size: float, indent: float, room: float, over: float) -> Line:
    """Return a line of these atoms; ``room`` and ``over`` are em, the line is points."""
    trims = [a.trim(b) for a, b in itertools.pairwise(atoms)] + [0.0]
    each = gap = 0.0
    if over > 0:
        each = over / max(1, sum(a.closes and not t for a, t in zip(atoms, trims, strict=True)))
    elif room and len(atoms) > 1:
        gap = (room - sum(a.width for a in atoms) + sum(trims)) / (len(atoms) - 1)
        gap = gap if gap <= STRETCH else 0.0
    style = atoms[0].style
    if not any(trims) and all(a.plain and a.style is style and (a.single or not gap) for a in atoms) and not each:
        end = sum(a.width for a in atoms) + gap * (len(atoms) - 1)
        return Line((Run(indent, "".join(a.text for a in atoms), style, gap * size),), indent + end * size)
    runs: list[Run] = []
    x, pen, begin, end, cut = 0.0, 0.0, 0.0, 0.0, 0.0
    spacing, text = 0.0, ""
    for atom, trim in zip(atoms, trims, strict=True):
        own = gap if atom.single else 0.0
        at = x - cut + atom.offset
        if text and (atom.style != style or own != spacing or abs(at - pen) > _NEAR / 5):
            runs.append(Run(indent + begin * size, text, style, spacing * size))
            text = ""
        if not text:
            begin, style, spacing, pen = at, atom.style, own, at
        text += atom.text
        pen += atom.ink + own * len(atom.text)
        x += atom.width - cut
        end = x
        giving = each if each and atom.closes and not trim else 0.0
        cut = trim if atom.opens else 0.0
        x += gap - (0.0 if cut else trim) - giving
        end -= giving
    if text:
        runs.append(Run(indent + begin * size, text, style, spacing * size))
    return Line(tuple(runs), indent + end * size)


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
        good = after.startswith(("关于", "及", "和", "（")) or (atom in "的、）》”，" and depth == 0)
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
