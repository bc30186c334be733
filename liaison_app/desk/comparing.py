"""A draft of a new version: what it begins with, what is wrong in it, what it changes in words.

The window takes the forms of rows (``cell``, ``typed``, ``shorter``, ``composed``) from here.
"""

import itertools
from typing import Any

import msgspec
import yaml

from liaison_app.desk import describing_views as dv
from liaison_app.desk.versioning import Versioning
from liaison_app.mechanism.editing import EDITED, Rows, cell, composed, rows_of, shorter, typed
from liaison_app.mechanism.profile import Finding, invalid, parse, read_profile
from liaison_app.mechanism.schema import Profile
from liaison_app.words import labels
from liaison_app.words.finding_words import shown
from liaison_app.words.mechanism_words import PARTS
from liaison_app.words.profile_words import KEYS, WORDS

__all__ = [
    "EDITED",
    "Rows",
    "cell",
    "composed",
    "differences",
    "draft_view",
    "read_draft",
    "said_of",
    "shorter",
    "typed",
]


def read_draft(desk: Versioning, text: str = "") -> tuple[str, str, dict[str, Rows], str]:
    """Return what a draft of a version begins with: the text in force, the draft's own text, its rows, its version.

    Without a text it begins with the one in force, under the next number. Raises RuleBroken ``profile_invalid`` for a
    text in which no rows can be read.
    """
    against = desk.version_text()
    if not text:
        known = {e.profile.meta.version for e in desk.rules.editions}
        number = next(n for n in itertools.count(len(known) + 1) if str(n) not in known)
        return against, against, rows_of(against), str(number)
    try:
        return against, text, rows_of(text), str(yaml.load(text, Loader=yaml.CSafeLoader)["meta"]["version"])
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        raise invalid(parse(text.encode(), "")[1]) from None


def draft_view(begun: str, parts: dict[str, Rows], version: str, against: str, lang: str) -> dv.DraftOfVersion:
    """Return what a draft amounts to: its text, what is wrong in it, and what it changes against the text in force."""
    text = composed(begun, parts, version)
    profile, found = parse(text.encode(), "")
    findings = tuple(_finding(f, lang) for f in found)
    changes = differences(read_profile(against.encode(), ""), profile, lang) if profile else ()
    return dv.DraftOfVersion(text=text, findings=findings, changes=changes)


def differences(old: Profile, new: Profile, lang: str) -> tuple[dv.ChangeView, ...]:
    """Return what differs between two versions, part by part, row by row, field by field."""
    found: list[dv.ChangeView] = []
    for part in Profile.__struct_fields__:
        before, after = (msgspec.to_builtins(getattr(one, part)) for one in (old, new))
        if before == after:
            continue
        name = labels.label(PARTS, part, lang)
        if part in KEYS:
            found += _rows(part, name, before, after, lang)
        else:
            keys = sorted({*before, *after}) if isinstance(before, dict) and isinstance(after, dict) else [""]
            pairs = [(k, before.get(k), after.get(k)) if k else ("", before, after) for k in keys]
            found += [
                dv.ChangeView(part=name, row=_word(k, lang), before=cell(b), after=cell(a))
                for k, b, a in pairs
                if b != a
            ]
    return tuple(found)


def _rows(part: str, name: str, before: Rows, after: Rows, lang: str) -> list[dv.ChangeView]:
    old, new = _named(part, before), _named(part, after)
    gone, come = labels.pick(("（删去）", "(taken out)"), lang), labels.pick(("（新增）", "(new)"), lang)
    found = [dv.ChangeView(part=name, row=key, before=_short(old[key]), after=gone) for key in old if key not in new]
    for key, row in new.items():
        if key not in old:
            found.append(dv.ChangeView(part=name, row=key, before=come, after=_short(row)))
            continue
        names = [n for n in {**old[key], **row} if old[key].get(n) != row.get(n)]
        colon = labels.pick(("：", ": "), lang)
        found += [
            dv.ChangeView(
                part=name, row=key, before=f"{_word(n, lang)}{colon}{said_of(n, old[key].get(n), sources=True)}",
                after=f"{_word(n, lang)}{colon}{said_of(n, row.get(n), sources=True)}",
            )
            for n in names
        ]  # fmt: skip
    if not found:
        moved = [k for k, was in zip(new, old, strict=True) if k != was]
        order = labels.pick(("次序", "order"), lang)
        found.append(
            dv.ChangeView(part=name, row=order, before="、".join(k for k in old if k in moved), after="、".join(moved))
        )
    return found


def said_of(name: str, value: Any, *, sources: bool = False) -> str:
    """Return a value of a row in words: the fields of a paper as their captions, with their sources where asked."""
    if name != "fields" or not isinstance(value, list):
        return cell(value)
    told = ((str(f.get("zh", "")), str(f.get("text") or f.get("source") or "")) for f in value if isinstance(f, dict))
    return "、".join(f"{zh}（{source}）" if sources and source else zh for zh, source in told)


def _named(part: str, rows: Rows) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = " ".join(cell(row.get(k)) for k in KEYS[part] if row.get(k))
        n = sum(1 for known in found if known == key or known.startswith(f"{key} #"))
        found[f"{key} #{n + 1}" if n else key] = row
    return found


def _short(row: dict[str, Any]) -> str:
    return cell({k: v for k, v in row.items() if v not in ("", None, [], {}, False, 0)})


def _word(name: str, lang: str) -> str:
    return labels.label(WORDS, name, lang)


def _finding(found: Finding, lang: str) -> dv.FindingView:
    part, _, rest = found.path.partition("[")
    part, index = part.partition(".")[0], rest.partition("]")[0]
    said = shown(msgspec.structs.asdict(found), lang)
    return dv.FindingView(
        part=part,
        row=int(index) if index.isdigit() else -1,
        name=said["place"],
        line=found.line,
        expected=said["expected"],
    )
