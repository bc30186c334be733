"""Where each rule of the source lives in a profile: the list of rule ids, the ids a profile cites, and the two matched.

A citation stands in the fields ``rule``, ``rules``, ``outer`` and ``because`` of a line. It may name one id, several,
a range (``M1-NOI-01..03``) or the whole of an id with sub-points (``M1-DUT-07`` for ``M1-DUT-07.1`` and the rest).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from liaison_app.domain.ledger_kinds import RecordStep
from liaison_app.mechanism.schema import Deadline, Profile

Kind = Literal["rule", "contradiction", "gap", "correction", "common", "office"]
State = Literal["encoded", "guidance", "missing"]
COLUMNS = ("id", "mechanism", "kind", "zh", "en", "clause")
CITING = ("rule", "rules", "outer")
NAMING = ("id", "kind", "row", "code", "grade", "action", "post", "rule")
WORDS = {"duties", "guidance"}
"""Parts that the desk shows to people and never computes with."""

_ONE = r"(?:M\d+-[A-Z]+-\d+(?:\.\d+)?|(?:COM|X|G|K)-\d+|OFFICE-[A-Z]\d+)"
_TO = r"(?:\.{2,3}|…)"
CITATION = re.compile(rf"(?<![\w-]){_ONE}(?:{_TO}(?:{_ONE}|\d+(?:\.\d+)?))?(?![\w-])")


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An id of the source with a short title in both languages; mechanism ``all`` binds every profile.

    ``clause``: where the source says it (条款号), '' where it is a default or a gap.
    """

    id: str
    mechanism: str
    kind: Kind
    zh: str
    en: str
    clause: str = ""


class Place(msgspec.Struct, frozen=True, order=True):
    """A line of a profile: the part and the name of the line in it."""

    part: str
    line: str = ""

    def text(self) -> str:
        """Return the place as it is written on the page, e.g. ``deadlines: M1-TRF-05/urgent``."""
        return f"{self.part}: {self.line}" if self.line else self.part


class Citation(msgspec.Struct, frozen=True):
    """What a line cites, as written there."""

    text: str
    place: Place


class Covered(msgspec.Struct, frozen=True):
    """A rule with every place that encodes it."""

    rule: Rule
    places: tuple[Place, ...] = ()

    @property
    def state(self) -> State:
        """Return whether the profile computes with the rule, only shows it to people, or has nothing of it."""
        if not self.places:
            return "missing"
        return "guidance" if all(p.part in WORDS for p in self.places) else "encoded"


class Coverage(msgspec.Struct, frozen=True):
    """A profile against the list: its own rules, what else concerns it, and citations that the list does not know."""

    mechanism: str
    rules: tuple[Covered, ...]
    others: tuple[Covered, ...]
    unknown: tuple[Citation, ...]

    def count(self, state: State) -> int:
        """Return how many of the mechanism's own rules are in a state."""
        return sum(line.state == state for line in self.rules)

    def missing(self) -> list[str]:
        """Return the ids of the mechanism's own rules that no line cites."""
        return [line.rule.id for line in self.rules if line.state == "missing"]


@cache
def rule_list() -> tuple[Rule, ...]:
    """Return the list of rule ids that comes with the program, in the order of the source."""
    return read_list(files("resources").joinpath("mechanisms", "rules.tsv").read_text(encoding="utf-8"))


def clauses(rules: Iterable[str]) -> tuple[str, ...]:
    """Return the clauses of the source 条款号 that rules stand in, each once, in the order given."""
    known = _clauses()
    return tuple(dict.fromkeys(known[rule] for rule in rules if known.get(rule)))


@cache
def _clauses() -> dict[str, str]:
    return {rule.id: rule.clause for rule in rule_list()}


def read_list(text: str) -> tuple[Rule, ...]:
    """Return the rules of a table. Raise ValueError naming the line that is not one."""
    head, *lines = text.splitlines()
    if tuple(head.split("\t")) != COLUMNS:
        raise ValueError(f"rules.tsv:1: expected the columns {', '.join(COLUMNS)}")
    rules = []
    for number, line in enumerate(lines, 2):
        try:
            rules.append(msgspec.convert(dict(zip(COLUMNS, line.split("\t"), strict=True)), Rule))
        except (ValueError, msgspec.ValidationError) as error:
            raise ValueError(f"rules.tsv:{number}: {error}") from None
    return tuple(rules)


def covers(cited: str, rule: str) -> bool:
    """Return whether citing one id covers another: itself, its sub-points, or the rule that it is a sub-point of."""
    return cited == rule or rule.startswith(f"{cited}.") or cited.startswith(f"{rule}.")


def expand(text: str, ids: Sequence[str]) -> list[str]:
    """Return the ids of the list that a citation covers, in the order of the list; none when it knows none."""
    parts = re.split(_TO, text)
    if len(parts) == 1:
        return [i for i in ids if covers(text, i)]
    first, last = parts
    if last[0].isdigit():
        last = f"{first.rpartition('-')[0]}-{last.zfill(2)}"
    begins = [n for n, i in enumerate(ids) if covers(first, i)]
    ends = [n for n, i in enumerate(ids) if covers(last, i)]
    if not begins or not ends or first.rpartition("-")[0] != last.rpartition("-")[0]:
        return []
    return list(ids[begins[0] : ends[-1] + 1])


def cited_in(text: str) -> list[str]:
    """Return the citations of a text, as written there."""
    return CITATION.findall(text)


def citations(profile: Profile) -> list[Citation]:
    """Return everything that the lines of a profile cite."""
    return [
        citation
        for field in msgspec.structs.fields(profile)
        for citation in _walk(getattr(profile, field.name), field.name, "")
    ]


def coverage(profile: Profile, rules: Sequence[Rule] | None = None) -> Coverage:
    """Return where each rule lives in a profile."""
    known = rule_list() if rules is None else rules
    ids = [r.id for r in known]
    places: dict[str, set[Place]] = {i: set() for i in ids}
    unknown = []
    for citation in citations(profile):
        found = expand(citation.text, ids)
        if not found:
            unknown.append(citation)
        for name in found:
            places[name].add(citation.place)
    lines = [Covered(r, tuple(sorted(places[r.id]))) for r in known]
    mine = profile.meta.id
    return Coverage(
        mechanism=mine,
        rules=tuple(x for x in lines if x.rule.kind == "rule" and x.rule.mechanism == mine),
        others=tuple(
            x
            for x in lines
            if (x.places or x.rule.mechanism == mine) and not (x.rule.kind == "rule" and x.rule.mechanism == mine)
        ),
        unknown=tuple(unknown),
    )


def _walk(value: Any, part: str, line: str) -> Iterator[Citation]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item, part, line)
    elif isinstance(value, msgspec.Struct):
        line = f"{line}/{value.code}" if isinstance(value, RecordStep) else line_name(value, part) or line
        for field in msgspec.structs.fields(value):
            inner = getattr(value, field.name)
            if field.name in CITING and not isinstance(inner, bool):
                yield from _cited([inner] if isinstance(inner, str) else inner, Place(part, line))
            elif field.name == "because":
                yield from (Citation(text, Place(part, line)) for text in cited_in(inner))
            else:
                yield from _walk(inner, part, line)


def _cited(texts: Iterable[str], place: Place) -> Iterator[Citation]:
    for text in filter(None, texts):
        found = cited_in(text)
        rest = CITATION.sub("", text).strip(" ,;、，；")
        yield from (Citation(one, place) for one in found)
        if rest:
            yield Citation(text, place)


def line_name(value: msgspec.Struct, part: str) -> str:
    """Return what a line of a part is called in a :class:`Place`, '' where the part is one whole."""
    if isinstance(value, Deadline):
        return f"{value.rule}/{value.event}"
    if part in ("guidance", "registration"):
        return ""
    return next((str(name) for f in NAMING if (name := getattr(value, f, ""))), "")
