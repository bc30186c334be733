"""Kinds of ledger records compiled to rows: what the shared database checks of opening a record and of each step.

A kind that hangs on a setting (who convenes a meeting) is compiled once for each value of it; the database takes the rows
of the value in force.
"""

from typing import Any

import msgspec

from liaison_app.domain.ledger_kinds import RecordField, RecordKind, RecordStep
from liaison_app.mechanism.kinds import MEETING, kinds_of
from liaison_app.mechanism.schema import Profile


class StepRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it is stored: ``n`` is its rank, the first row of its code that leaves the state decides."""

    n: int
    code: str
    states: list[str]
    to: str
    who: list[str]
    persons: list[str]
    fields: list[str]
    personal: list[str]
    """Open and personal fields that must stand once the step is taken."""
    takes: list[str]
    takes_personal: list[str]
    """Open and personal fields that the step may bring."""
    adds: list[str]
    own: bool
    needs_lines: list[str]
    closes: str
    all_closed: str
    reason: bool
    whole: dict[str, list[str]]
    """By table the fields that each standing line must have said before the step."""


class KindRow(msgspec.Struct, frozen=True, kw_only=True):
    """A kind as it is stored, for one value of the setting that it hangs on (both '' for one that hangs on none)."""

    kind: str
    setting: str
    value: str
    standard: str
    openers: list[str]
    receivers: list[str]
    office: list[str]
    """The bodies that read every record of the kind."""
    minutes: list[str]
    approver: str
    stand_ins: list[str]
    body_fields: list[str]
    tables: dict[str, dict[str, Any]]
    steps: list[StepRow]


def compile_records(profile: Profile) -> list[KindRow]:
    """Return the rows of every kind of record and meeting of a profile that people enter."""
    hangs = {f"{MEETING}{m.id}": m.convenor_setting for m in profile.meetings if m.convenor_setting}
    posts = [p.id for p in profile.posts]
    defaults = profile.defaults()
    found = [_kind(k, profile, "", "", "") for k in kinds_of(profile, {}).values() if k.id not in hangs]
    for kind_id, name in hangs.items():
        setting = next((s for s in profile.settings if s.id == name), None)
        standard = defaults.get(name, "")
        values = dict.fromkeys(
            [standard, *(setting.values if setting else ()), *(posts if setting and setting.free else ())]
        )
        for value in values:
            kind = kinds_of(profile, {name: value})[kind_id]
            found.append(_kind(kind, profile, name, value, standard))
    return found


def _kind(kind: RecordKind, profile: Profile, setting: str, value: str, standard: str) -> KindRow:
    office = {*kind.receivers, *kind.readers, *kind.minutes, *([kind.approver] if kind.approver else [])}
    return KindRow(
        kind=kind.id, setting=setting, value=value, standard=standard, openers=kind.openers, receivers=kind.receivers,
        office=sorted(office), minutes=kind.minutes, approver=kind.approver, stand_ins=profile.stand_ins,
        body_fields=_bodies(kind.fields),
        tables={t.name: {"body": t.body, "once": t.once, "open": t.open, "bodies": _bodies(t.fields), "asked": _asked(kind, t.name)}
                for t in kind.tables},
        steps=[_step(n, kind, step) for n, step in enumerate(kind.steps)],
    )  # fmt: skip


def _bodies(fields: list[RecordField]) -> list[str]:
    return [f.name for f in fields if f.type in {"body", "bodies"}]


def _asked(kind: RecordKind, table: str) -> list[str]:
    """Return the fields of a table's lines that some step wants to have been said."""
    return sorted({name for step in kind.steps for name in step.whole.get(table, ())})


def _step(n: int, kind: RecordKind, step: RecordStep) -> StepRow:
    named = [f for name in step.fields if (f := kind.field(name))]
    takes = [f for name in (*step.fields, *step.optional) if (f := kind.field(name)) and f in kind.asked()]
    return StepRow(
        n=n, code=step.code, states=step.states, to=step.to, who=step.who, persons=step.persons,
        fields=[f.name for f in named if not f.personal], personal=[f.name for f in named if f.personal],
        takes=[f.name for f in takes if not f.personal], takes_personal=[f.name for f in takes if f.personal],
        adds=step.adds, own=step.own, needs_lines=[t for t in step.needs_lines if kind.table(t)], closes=step.closes,
        all_closed=step.all_closed, reason=step.reason, whole={t: w for t, w in step.whole.items() if kind.table(t)},
    )  # fmt: skip
