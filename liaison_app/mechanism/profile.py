"""The loader of mechanism profiles: clear findings (file, line, expected) instead of tracebacks."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import yaml

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.doubts import doubts_of
from liaison_app.mechanism.schema import Profile


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
    doubts = list(doubts_of(profile))
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
