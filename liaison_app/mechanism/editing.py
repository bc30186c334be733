"""Changing rows of a profile's text: what is not changed keeps its words, its order and its comments. Pure."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, get_args

import yaml

from liaison_app.mechanism.schema import Unit

Rows = list[dict[str, Any]]

EDITED: Final = ("posts", "routing", "deadlines", "settings", "waiting", "documents")
"""Parts whose rows are changed in the program; the others are changed in the file."""


def rows_of(text: str) -> dict[str, Rows]:
    """Return the rows of the parts that are changed in the program."""
    said = yaml.load(text, Loader=yaml.CSafeLoader)
    return {part: [dict(row) for row in said.get(part) or []] for part in EDITED}


def composed(text: str, parts: Mapping[str, Rows], version: str = "") -> str:
    """Return a text in which parts have these rows, and a version of its own when one is given.

    Where the words around a change cannot be kept (rows written in one line, rows that others refer to), the whole text
    is written anew: what it says is always what was asked.
    """
    wanted = yaml.load(text, Loader=yaml.CSafeLoader)
    changed = {part: rows for part, rows in parts.items() if rows != (wanted.get(part) or [])}
    if not changed and not version:
        return text
    said = dict(wanted)
    wanted.update(changed)
    if version:
        wanted["meta"] = {**wanted["meta"], "version": version}
    try:
        made = text
        for part, rows in changed.items():
            made = _part(made, part, said.get(part) or [], rows)
        made = _version(made, version) if version else made
        if yaml.load(made, Loader=yaml.CSafeLoader) == wanted:
            return made
    except yaml.YAMLError:
        pass
    return str(yaml.dump(wanted, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000))


def flow(row: Any) -> str:
    """Return a row as it is written in one line."""
    dumped = yaml.dump(
        row, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_flow_style=True, width=1_000_000
    )
    return str(dumped).removesuffix("\n...\n").strip()


def _part(text: str, part: str, before: Rows, rows: Rows) -> str:
    node = _under(yaml.compose(text, Loader=yaml.CSafeLoader), part)
    if node is None:
        return text if not rows else text.rstrip("\n") + f"\n{part}:\n" + "".join(f"  - {flow(r)}\n" for r in rows)
    if node.flow_style or not node.value:
        return text[: node.start_mark.index] + flow(rows) + text[_end(node) :]
    starts = [text.rindex("\n", 0, item.start_mark.index) + 1 for item in node.value]
    ends = [text.find("\n", _end(item)) + 1 or len(text) for item in node.value]
    above = ["", *(text[a:b] for a, b in zip(ends, starts[1:], strict=False))]  # comments over a row stay over it
    pieces = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    if not pieces[-1].endswith("\n"):
        pieces[-1] += "\n"
    indent = text[starts[0] : text.index("-", starts[0])]
    old, new = [flow(r) for r in before], [flow(r) for r in rows]
    made: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lines = pieces[a:b] if what == "equal" else [f"{indent}- {line}\n" for line in new[c:d]]
        for n in range(max(b - a, len(lines))):
            made += [*above[a:b][n : n + 1], *lines[n : n + 1]]
    return text[: starts[0]] + "".join(made) + text[ends[-1] :]


def _version(text: str, version: str) -> str:
    node = _under(_under(yaml.compose(text, Loader=yaml.CSafeLoader), "meta"), "version")
    quoted = '"' + version.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text[: node.start_mark.index] + quoted + text[node.end_mark.index :]


def _under(node: Any, key: str) -> Any:
    return next((v for k, v in node.value if k.value == key), None) if node is not None else None


def _end(node: Any) -> int:
    """Return where the last sign of a node stands: block parts reach over the comments that follow them."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(node, yaml.MappingNode) else last)
    return int(node.end_mark.index)


def cell(value: Any) -> str:
    """Return a value of a row as it is typed: words plainly, lists with 、, mappings in braces."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "、".join(value)
    return value if isinstance(value, str) else flow(value)


def typed(words: str, kind: str) -> Any:
    """Return what was typed into a field of a kind: text, number, list, data, unit (its code).

    Raise ValueError naming what is expected.
    """
    words = words.strip()
    match kind:
        case "number":
            if not words.isdigit():
                raise ValueError("0, 1, 2 …")
            return int(words)
        case "unit":
            return _unit(words)
        case "list":
            parts = words.replace("，", "、").replace(",", "、").split("、")
            return [part.strip() for part in parts if part.strip()]
        case "data":
            try:
                return yaml.load(words or "{}", Loader=yaml.CSafeLoader)
            except yaml.YAMLError:
                raise ValueError("{name: value}") from None
        case _:
            return words


def _unit(words: str) -> str:
    """Return the code of a unit, written as the file writes it; raise ValueError with all of them otherwise."""
    known = {str(unit): str(unit) for unit in get_args(Unit)}
    folded = {unit.casefold(): unit for unit in known}
    found = known.get(words) or folded.get(words.casefold())
    if found is None:
        raise ValueError("、".join(known))
    return found


def shorter(row: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """Return a row without its empty fields, in the order in which its part is written."""
    kept = {k: v for k, v in row.items() if v not in ("", None, []) and (v != {} or k == "when")}
    return {**{k: kept[k] for k in order if k in kept}, **{k: v for k, v in kept.items() if k not in order}}
