"""Schema of a mechanism profile and its loader: clear findings (file, line, expected) instead of tracebacks."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from liaison_app.domain.errors import RuleBroken

FactType = Literal["bool", "enum", "date", "text", "int", "body", "bodies", "issue"]
Unit = Literal[
    "WD", "ND", "h", "min", "same_day", "immediate", "ND_before", "month", "quarter", "half_year", "year", "by_date",
    "set_date",
]  # fmt: skip


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Meta(_Part, frozen=True):
    """Name and version of a mechanism."""

    id: str
    name: str
    name_en: str
    version: str
    sources: list[str] = []


class Post(_Part, frozen=True):
    """A post 岗位 of the mechanism; the roster binds bodies to it."""

    id: str
    name: str
    en: str
    hotlines: list[str] = []
    unverified: list[str] = []
    desk: bool = True
    part_of: str = ""


class Fact(_Part, frozen=True):
    """A fact 事实 that routing may ask for."""

    id: str
    ask: str
    en: str
    type: FactType
    values: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    quiet: bool = False
    urgency: bool = False
    default_from: str = ""


class Computed(_Part, frozen=True):
    """Facts that follow from others before matching."""

    set: dict[str, Any]
    when: dict[str, Any]


class Urgency(_Part, frozen=True):
    """The two urgency lists (M1-TRF-11)."""

    handling: list[str]
    transfer: list[str]
    report_to: list[str]
    both_setting: str = ""


class Overlay(_Part, frozen=True):
    """A duty added to whatever lead was found."""

    rule: str
    when: dict[str, Any]
    zh: str
    en: str
    decides: str = ""


class LeadWhen(_Part, frozen=True):
    """Another reading of a contradiction: when the setting has the value, another lead."""

    setting: str
    value: str
    lead: str
    when: dict[str, Any] = {}


class Row(_Part, frozen=True):
    """A row of the routing table."""

    row: str
    when: dict[str, Any]
    lead: str
    clauses: list[str]
    rules: list[str]
    co: list[str] = []
    joint: list[str] = []
    alternatives: list[str] = []
    lead_when: list[LeadWhen] = []
    unit: str = ""
    below: Literal["", "supporting", "handling_unit"] = ""
    provisional: bool = False
    general: bool = False
    co_approvers: bool = False
    report_to: list[str] = []
    notes: dict[str, str] = {}


class Setting(_Part, frozen=True):
    """A selectable reading or a default for a gap, with the reason."""

    id: str
    values: list[str]
    default: str
    zh: str
    en: str = ""
    because: str = ""
    free: bool = False


class State(_Part, frozen=True):
    """A state of a matter; ``order`` says which is earlier; ``end`` closes it."""

    code: str
    name: str
    en: str
    order: int
    end: bool = False


class Guard(_Part, frozen=True):
    """A line of the transition table: the one closed form that desk and server read alike."""

    action: str
    states: list[str]
    rule: str
    to: str = ""
    roles: list[str] = []
    persons: list[str] = []
    fields: list[str] = []
    optional: list[str] = []
    needs: list[str] = []
    forbids: list[str] = []
    kinds: list[str] = []
    not_actor_of: list[str] = []
    proxy: list[str] = []
    given: dict[str, list[str]] = {}


class Forbidden(_Part, frozen=True):
    """An act that is refused with a name of its own, whatever the state (e.g. a second transfer)."""

    action: str
    code: str
    rule: str
    roles: list[str] = []


class Deadline(_Part, frozen=True):
    """A clock: from which event to which, how long, which setting switches it."""

    rule: str
    event: str
    start: list[str]
    stop: list[str]
    unit: Unit
    zh: str
    en: str
    amount: int = 0
    amount_setting: str = ""
    aliases: list[str] = []
    by: dict[str, dict[str, Any]] = {}
    only: dict[str, list[str]] = {}
    grace: str = ""
    needs: list[str] = []
    forbids: list[str] = []
    owner: Literal["first_receiver", "acceptor", "addressee", "post"] = "acceptor"
    outer: bool = False
    default: bool = False


class Profile(_Part, frozen=True):
    """A mechanism as data."""

    meta: Meta
    posts: list[Post]
    facts: list[Fact]
    urgency: Urgency
    routing: list[Row]
    computed: list[Computed] = []
    overlays: list[Overlay] = []
    settings: list[Setting] = []
    states: list[State] = []
    guards: list[Guard] = []
    forbidden: list[Forbidden] = []
    deadlines: list[Deadline] = []

    def fact(self, name: str) -> Fact | None:
        """Return a fact by id."""
        return next((f for f in self.facts if f.id == name), None)

    def post(self, name: str) -> Post | None:
        """Return a post by id."""
        return next((p for p in self.posts if p.id == name), None)

    def state(self, code: str) -> State | None:
        """Return a state by code."""
        return next((s for s in self.states if s.code == code), None)

    def defaults(self) -> dict[str, str]:
        """Return every setting with its default."""
        return {s.id: s.default for s in self.settings}

    def version(self) -> str:
        """Return the name by which acts cite this profile."""
        return f"{self.meta.id}@{self.meta.version}"


class Finding(msgspec.Struct, frozen=True):
    """What is wrong in a profile file: where and what was expected."""

    file: str
    line: int
    path: str
    expected: str


def available() -> list[str]:
    """Return the ids of the profiles that come with the program."""
    return sorted(p.name[:-5] for p in files("resources").joinpath("mechanisms").iterdir() if p.name.endswith(".yaml"))


@cache
def load_profile(name: str) -> Profile:
    """Return a profile by id. Raise RuleBroken ``mechanism_unknown`` or ``profile_invalid``."""
    if name not in available():
        raise RuleBroken("mechanism_unknown", field="mechanism", value=name, known=available())
    path = files("resources").joinpath("mechanisms", f"{name}.yaml")
    profile, found = parse(path.read_bytes(), path.name)
    if profile is None:
        raise RuleBroken("profile_invalid", findings=[msgspec.structs.asdict(f) for f in found])
    return profile


def check_file(path: Path) -> list[Finding]:
    """Return everything that is wrong in a profile file."""
    return parse(path.read_bytes(), path.name)[1]


def parse(text: bytes, name: str) -> tuple[Profile | None, list[Finding]]:
    """Return the profile that a file holds, or what is wrong in it."""
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Finding(name, line, "", str(error.problem))]
    node = None
    try:
        profile = msgspec.convert(data, Profile)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        path = where.rstrip("`").lstrip(".")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        return None, [Finding(name, _line(node, path), path, message)]
    doubts = list(_doubts(profile))
    if doubts:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    found = [Finding(name, _line(node, path), path, expected) for path, expected in doubts]
    return (None if found else profile), found


def _line(node: Any, path: str) -> int:
    for step in path.replace("[", ".[").split("."):
        if isinstance(node, yaml.SequenceNode) and step.startswith("["):
            index = step.strip("[]")
            node = node.value[int(index)] if index.isdigit() and int(index) < len(node.value) else node
        elif isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == step), node)
    return int(node.start_mark.line) + 1 if node is not None else 1


def _doubts(profile: Profile) -> Iterator[tuple[str, str]]:
    facts = {f.id: f for f in profile.facts}
    posts = {p.id for p in profile.posts}
    states = {s.code for s in profile.states}
    settings = {s.id: s for s in profile.settings}
    special = {"COUNTERPART", "ACCEPTING", "FIRST_APPROVER"}
    seen: set[str] = set()
    for i, row in enumerate(profile.routing):
        at = f"routing[{i}]"
        if row.row in seen:
            yield at, f"row id used once; {row.row} stands twice"
        seen.add(row.row)
        for body in (row.lead.split("|")[0], *row.co, *row.joint, *row.alternatives):
            if body not in posts | special:
                yield at, f"a post of this profile instead of {body}"
        for doubt in _condition_doubts(row.when, facts):
            yield f"{at}.when", doubt
        for other in row.lead_when:
            setting = settings.get(other.setting)
            if setting is None or other.value not in setting.values:
                yield at, f"a setting and one of its values instead of {other.setting}={other.value}"
    for i, guard in enumerate(profile.guards):
        for code in (*guard.states, *([guard.to] if guard.to else [])):
            if code not in states | {"", "*"}:
                yield f"guards[{i}]", f"a state of this profile instead of {code}"
    for i, setting in enumerate(profile.settings):
        if setting.default not in setting.values and not setting.free:
            yield f"settings[{i}]", f"a default among {', '.join(setting.values)}"
    for name in (*profile.urgency.handling, *profile.urgency.transfer):
        if name not in facts:
            yield "urgency", f"a fact of this profile instead of {name}"


def _condition_doubts(condition: Mapping[str, Any], facts: Mapping[str, Fact]) -> Iterator[str]:
    for name, wanted in condition.items():
        if name == "any":
            for inner in wanted:
                yield from _condition_doubts(inner, facts)
        elif name == "not":
            yield from _condition_doubts(wanted, facts)
        elif name not in facts:
            yield f"a fact of this profile instead of {name}"
        elif facts[name].type == "enum" and not isinstance(wanted, dict):
            for value in wanted if isinstance(wanted, list) else [wanted]:
                if value not in facts[name].values:
                    yield f"a value of {name} instead of {value}"
        elif facts[name].type == "date" and isinstance(wanted, dict):
            for key in ("before", "from"):
                if key in wanted and not isinstance(wanted[key], date):
                    yield f"a date for {name}"
