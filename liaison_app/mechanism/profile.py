"""The loader of mechanism profiles: clear findings (file, line, expected) instead of tracebacks."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
import yaml

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism import copies
from liaison_app.mechanism.doubts import doubts_of
from liaison_app.mechanism.schema import Profile

LARGEST: Final = 1_000_000
"""Bytes of a profile file at the most: a larger one is no profile."""

MOST_NODES: Final = 200_000
STAMPS: Final = "checked.json"
"""The list of the files that the project checked: `python -m tests.coverage_pages` writes it."""


class Finding(msgspec.Struct, frozen=True):
    """What is wrong in a profile file: where (line, path, what the row is called) and what was expected."""

    file: str
    line: int
    path: str
    expected: str
    name: str = ""


def available() -> list[str]:
    """Return the ids of the profiles that come with the program."""
    return sorted(p.name[:-5] for p in files("resources").joinpath("mechanisms").iterdir() if p.name.endswith(".yaml"))


def load_profile(name: str) -> Profile:
    """Return a profile by id.

    A file whose sha256 is not the one that the project shipped is searched for doubts like any other. Raises
    RuleBroken ``mechanism_unknown`` or ``profile_invalid``.
    """
    found = _bundled(name)
    if isinstance(found, Profile):
        return found
    raise invalid(found)


@cache
def _bundled(name: str) -> Profile | tuple[Finding, ...]:
    text, file = bundled_text(name), f"{name}.yaml"
    if stamped(name):
        return read_profile(text, file)
    profile, found = parse(text, file)
    return profile or tuple(found)


def bundled_text(name: str) -> bytes:
    """Return the file of a profile that comes with the program. Raise RuleBroken ``mechanism_unknown``."""
    if name not in available():
        raise RuleBroken("mechanism_unknown", field="mechanism", value=name, known=available())
    return files("resources").joinpath("mechanisms", f"{name}.yaml").read_bytes()


def stamped(name: str) -> bool:
    """Return whether a file is as the project checked it."""
    return stamps().get(f"{name}.yaml") == hashlib.sha256(bundled_text(name)).hexdigest()


def stamps() -> dict[str, str]:
    """Return the sha256 of each profile file as the project checked it; {} where the list cannot be read."""
    try:
        return msgspec.json.decode(files("resources").joinpath("mechanisms", STAMPS).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        return {}


def invalid(findings: Iterable[Finding]) -> RuleBroken:
    """Return the refusal of a text with everything that is wrong in it."""
    plain = [msgspec.structs.asdict(f) for f in findings]
    first = plain[0] if plain else {"file": "", "line": 1, "expected": ""}
    return RuleBroken(
        "profile_invalid", findings=plain, count=len(plain), file=first["file"], line=first["line"], expected=first["expected"]
    )  # fmt: skip


@cache
def read_profile(text: bytes, name: str) -> Profile:
    """Return the profile of a text that was searched for doubts when it was shipped or published.

    Raises RuleBroken ``profile_invalid`` when its shape is not what this program reads.
    """
    digest = hashlib.sha256(text).hexdigest()
    kept = copies.read(digest, Profile)
    if kept is not None:
        return kept
    try:
        said = yaml.load(text, Loader=yaml.CSafeLoader)
        profile = msgspec.convert(said, Profile)
    except (msgspec.ValidationError, yaml.YAMLError):
        raise invalid(parse(text, name)[1]) from None
    copies.write(digest, said, profile)
    return profile


def check_file(path: Path) -> list[Finding]:
    """Return everything that is wrong in a profile file; YAML, or TOML where its name ends with ``.toml``."""
    return parse(path.read_bytes(), path.name)[1]


def parse(text: bytes, name: str) -> tuple[Profile | None, list[Finding]]:
    """Return the profile that a file holds, or everything that is wrong in it: each finding with its line."""
    if len(text) > LARGEST:
        return None, [Finding(name, 1, "", f"a file of at most {LARGEST // 1000} kB; this one has {len(text) // 1000}")]
    if name.endswith(".toml"):
        return _toml(text, name)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is not None and _size(node, {}) > MOST_NODES:
            return None, [Finding(name, 1, "", f"at most {MOST_NODES} parts once its aliases (*) are written out")]
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return None, [Finding(name, line, "", str(error.problem))]
    except yaml.YAMLError as error:
        return None, [Finding(name, 1, "", f"text in UTF-8 without control characters ({type(error).__name__})")]
    except ValueError:  # a word that looks like a date or a number and is none
        return None, [
            Finding(name, line, "", f"a date that exists instead of {word}") for line, word in _no_value(node)
        ]
    if not isinstance(data, dict):
        return None, [Finding(name, 1, "", "parts such as meta, posts, facts, routing")]
    found = [Finding(name, line, "", expected) for line, expected in _repeated(node)]
    profile, wrong = _parts(data)
    found += [Finding(name, _line(node, path), path, expected, _called(data, path)) for path, expected in wrong]
    return (None if found else profile), sorted(found, key=lambda f: f.line)


def _no_value(node: Any) -> Iterator[tuple[int, str]]:
    """Yield (line, word) of scalars that look like a date or a number and are none."""
    todo = [node]
    while todo:
        one = todo.pop()
        if isinstance(one, yaml.MappingNode):
            todo += [part for pair in one.value for part in pair]
        elif isinstance(one, yaml.SequenceNode):
            todo += one.value
        elif one is not None:
            try:
                yaml.SafeLoader("").construct_object(one)
            except ValueError:
                yield one.start_mark.line + 1, str(one.value)


def _toml(text: bytes, name: str) -> tuple[Profile | None, list[Finding]]:
    """Return the profile that a TOML file holds, or everything that is wrong in it."""
    try:
        plain = text.decode()
        data = tomllib.loads(plain)
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        return None, [Finding(name, line, "", "text in UTF-8")]
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = int(at[1]) if at else plain.count("\n") + 1
        return None, [Finding(name, line, "", f"TOML: {error}")]
    profile, wrong = _parts(data)
    lines = plain.splitlines()
    found = [Finding(name, _toml_line(lines, path), path, expected, _called(data, path)) for path, expected in wrong]
    return (None if found else profile), sorted(found, key=lambda f: f.line)


def _called(data: dict[str, Any], path: str) -> str:
    """Return what the row of a path is called: its row, id, code, kind, act or rule."""
    at = re.match(r"([\w-]+)\[(\d+)\]", path)
    rows = data.get(at[1]) if at else None
    row = rows[int(at[2])] if at and isinstance(rows, list) and int(at[2]) < len(rows) else None
    if not isinstance(row, dict):
        return ""
    return next((str(row[key]) for key in ("row", "id", "code", "kind", "action", "rule") if row.get(key)), "")


def _toml_line(lines: list[str], path: str) -> int:
    """Return the line of a part in TOML: its n-th ``[[part]]``, its ``[part]`` or its key."""
    part, index = re.match(r"([\w-]*)(?:\[(\d+)\])?", path).groups()  # type: ignore[union-attr]
    heads = [n for n, line in enumerate(lines, 1) if line.strip().replace(" ", "") == f"[[{part}]]"]
    if index is not None and int(index) < len(heads):
        return heads[int(index)]
    own = re.compile(rf"\s*(\[{re.escape(part)}[\].]|{re.escape(part)}\s*=)")
    return next((n for n, line in enumerate(lines, 1) if part and own.match(line)), 1)


def _repeated(node: Any) -> Iterator[tuple[int, str]]:
    """Yield keys that stand twice in one mapping: YAML would keep the last in silence."""
    todo, seen = [node], set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in one.value:
                if key.value in keys:
                    yield key.start_mark.line + 1, f"each key once; {key.value} stands twice"
                keys.add(key.value)
                todo.append(value)
        elif isinstance(one, yaml.SequenceNode):
            todo += one.value


def _size(node: Any, known: dict[int, int]) -> int:
    """Return how many nodes a part has once its aliases are written out."""
    if id(node) not in known:
        known[id(node)] = 1  # an alias inside itself counts once
        inner = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 + sum(_size(n, known) for n in inner) if isinstance(node, yaml.CollectionNode) else 1
    return known[id(node)]


def _parts(data: dict[str, Any]) -> tuple[Profile | None, list[tuple[str, str]]]:
    """Return the profile made of the parts whose shape is right, and what is wrong with the others and with the whole."""
    types, wrong, made = get_type_hints(Profile), [], {}
    kept: dict[str, list[int]] = {}
    for part, value in data.items():
        if part not in types:
            wrong.append((str(part), f"one of {', '.join(types)} instead of {part}"))
            continue
        if get_origin(types[part]) is not list or not isinstance(value, list):
            made[part], error = _convert(value, types[part])
            wrong += [(part + error[0], error[1])] if error else []
            continue
        items = [_convert(item, get_args(types[part])[0]) for item in value]
        wrong += [(f"{part}[{i}]{error[0]}", error[1]) for i, (_, error) in enumerate(items) if error]
        kept[part] = [i for i, (_, error) in enumerate(items) if not error]
        made[part] = [item for item, error in items if not error]
    if made.get("meta") is None:
        return None, wrong or [("", "meta: id, name, name_en, version")]
    profile = Profile(**{part: value for part, value in made.items() if value is not None})
    for path, expected in doubts_of(profile):
        part, _, rest = path.partition("[")
        if rest and part in kept:
            index, _, tail = rest.partition("]")
            path = f"{part}[{kept[part][int(index)]}]{tail}"
        wrong.append((path, expected))
    return profile, wrong


def _convert(value: Any, kind: Any) -> tuple[Any, tuple[str, str] | None]:
    try:
        return msgspec.convert(value, kind), None
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        return None, (where.rstrip("`"), message)


def _line(node: Any, path: str) -> int:
    for step in path.replace("[", ".[").split("."):
        if isinstance(node, yaml.SequenceNode) and step.startswith("["):
            index = step.strip("[]")
            node = node.value[int(index)] if index.isdigit() and int(index) < len(node.value) else node
        elif isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == step), node)
    return int(node.start_mark.line) + 1 if node is not None else 1
