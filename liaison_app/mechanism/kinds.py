"""Records and meetings of a profile compiled to kinds: one closed form for deciding, listing, counting and showing."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from liaison_app.domain.ledger_kinds import (
    PAPER_STEP,
    PAPERS,
    SEALED,
    Owed,
    RecordField,
    RecordKind,
    RecordStep,
    RecordTable,
)
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.record_schema import Life, Meeting, Record
from liaison_app.mechanism.schema import Profile

MEETING: Final = "meeting/"
"""What the id of a meeting begins with: a record of the same name may stand beside it."""
CASE_ROLES: Final = frozenset({"first_receiver", "addressee", "acceptor", "assistant", "complainant", "outside", "all"})
"""Words for whoever it is in a case; of a record each post may be it."""

WAYS: Final = {
    "numbered": ["编号", "Numbered"],
    "printed": ["打印", "Printed"],
    "saved": ["存为文件", "Saved as a file"],
    SEALED: ["收回已盖章件", "Sealed paper back"],
}

_KEPT: dict[int, tuple[Profile, frozenset[tuple[str, str]], dict[str, RecordKind]]] = {}


def kinds_of(profile: Profile, settings: Mapping[str, str]) -> dict[str, RecordKind]:
    """Return every kind that people enter, by id, with the readings chosen (who convenes a meeting)."""
    chosen = frozenset((m.convenor_setting, settings.get(m.convenor_setting, "")) for m in profile.meetings)
    kept = _KEPT.get(id(profile))
    if kept is None or kept[0] is not profile or kept[1] != chosen:
        if len(_KEPT) >= 16:
            _KEPT.clear()
        kept = _KEPT[id(profile)] = (profile, chosen, _compiled(profile, settings))
    return kept[2]


def _compiled(profile: Profile, settings: Mapping[str, str]) -> dict[str, RecordKind]:
    lives = {life.id: life for life in profile.lives}
    found = [_record(r, profile, lives) for r in profile.records if not r.drawn]
    found += [_meeting(m, profile, lives, settings) for m in profile.meetings]
    posts = {p.id for p in profile.posts}
    return {kind.id: _read_by_all_who_act(_with_papers(kind, profile), posts) for kind in found}


def has_paper(document: Document, kind: RecordKind) -> bool:
    """Return whether a kind of record has a paper."""
    if document.subject == "meeting":
        return kind.group == "meeting"
    return kind.group == "record" and (kind.id in document.records or kind.document == document.kind)


def _with_papers(kind: RecordKind, profile: Profile) -> RecordKind:
    """Return a kind that keeps the numbers and prints of its papers, where it has papers."""
    if not any(has_paper(document, kind) for document in profile.documents):
        return kind
    table = RecordTable(
        name=PAPERS, zh="文书编号和印发", en="Papers numbered and printed",
        fields=[
            RecordField(name="paper", zh="文书", en="Paper"), RecordField(name="number", zh="文号", en="Number", required=False),
            RecordField(name="copies", zh="份数", en="Copies", type="int"),
            RecordField(name="way", zh="方式", en="Way", type="choice", required=False, choices=WAYS),
            RecordField(name="to", zh="发往", en="Sent to", required=False),
            RecordField(name="at", zh="时间", en="At", type="moment"), RecordField(name="by", zh="经办人", en="By"),
            RecordField(name="sha256", zh="指纹", en="Fingerprint", required=False),
            RecordField(name="file", zh="扫描件", en="Scan", required=False),
            RecordField(name="size", zh="字节", en="Bytes", type="int", required=False),
        ],
    )  # fmt: skip
    step = RecordStep(
        code=PAPER_STEP, zh="文书编号、印发", en="Number or print a paper", states=[s.code for s in kind.states],
        who=["reader"], adds=[PAPERS], rule=kind.rules[0] if kind.rules else "",
    )  # fmt: skip
    return msgspec.structs.replace(kind, tables=[*kind.tables, table], steps=[*kind.steps, step])


def _read_by_all_who_act(kind: RecordKind, posts: set[str]) -> RecordKind:
    """Return a kind that every post named in a step reads."""
    acting = [who for step in kind.steps for who in step.who if who in posts]
    return msgspec.structs.replace(kind, readers=list(dict.fromkeys([*kind.readers, *acting])))


def posts_of(profile: Profile, names: Iterable[str]) -> list[str]:
    """Return the posts that words name: themselves, and every post for a role of a case or ``all``."""
    everybody = [p.id for p in profile.posts]
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(everybody if name in CASE_ROLES else [name]))
    return list(found)


def merged(own: list[RecordStep], shared: list[RecordStep]) -> list[RecordStep]:
    """Return the steps of a kind: those of its life, each replaced by an own one with the same code and states."""
    mine = {(s.code, tuple(s.states)) for s in own}
    return [*(s for s in shared if (s.code, tuple(s.states)) not in mine), *own]


def _record(record: Record, profile: Profile, lives: Mapping[str, Life]) -> RecordKind:
    life = lives.get(record.life) or Life(id="", states=[], steps=[])
    names = {f.name for f in record.fields}
    owed = record.owed
    openers = posts_of(profile, record.by)
    return RecordKind(
        id=record.id, zh=record.name, en=record.en, rules=record.rules,
        fields=[*record.fields, *(f for f in life.fields if f.name not in names)],
        tables=[*record.tables, *life.tables], states=record.states or life.states,
        steps=_ruled(merged(record.steps, life.steps), record.rules, [*record.fields]), openers=openers,
        receivers=posts_of(profile, record.to), readers=posts_of(profile, record.readers),
        title=record.title or [f.name for f in record.fields if not f.source and not f.personal][:1],
        clocks=record.clocks, word=record.word, document=record.document, explains=record.explains,
        cosigns=record.cosigns,
        owed=None if owed is None else Owed(
            every=owed.every, by=_owing(record, profile, openers), event=owed.event, clock=owed.clock, rule=owed.rule,
            until=owed.until,
        ),
    )  # fmt: skip


def _owing(record: Record, profile: Profile, openers: list[str]) -> list[str]:
    """Return who owes a record: as said, else whoever may open one but those that collect it."""
    if record.owed is not None and record.owed.by:
        return posts_of(profile, record.owed.by)
    collecting = set(posts_of(profile, record.to))
    return [post for post in openers if post not in collecting]


def _ruled(steps: list[RecordStep], rules: list[str], fields: list[RecordField]) -> list[RecordStep]:
    """Return steps with the first rule of their kind where they name none; ``open`` asks the kind's own fields."""
    found = []
    for step in steps:
        changes: dict[str, object] = {} if step.rule else {"rule": rules[0]}
        if step.code == "open" and not step.fields and not step.optional:
            asked = [f for f in fields if not f.source or f.type == "case"]
            changes["fields"] = [f.name for f in asked if f.required]
            changes["optional"] = [f.name for f in asked if not f.required]
        found.append(msgspec.structs.replace(step, **changes) if changes else step)
    return found


def _meeting(meeting: Meeting, profile: Profile, lives: Mapping[str, Life], settings: Mapping[str, str]) -> RecordKind:
    life = lives.get(meeting.life) or Life(id="", states=[], steps=[])
    attendees = posts_of(profile, meeting.attendees)
    convenors = _convenors(meeting, profile, settings, attendees)
    fields = list(life.fields)
    if meeting.forms:
        choices = {form: [form, form] for form in meeting.forms}
        fields = [
            msgspec.structs.replace(f, choices=choices) if f.type == "choice" and not f.choices else f for f in fields
        ]
    else:
        fields = [f for f in fields if f.type != "choice" or f.choices]
    known = {f.name for f in fields}
    steps = [
        msgspec.structs.replace(
            s, fields=[n for n in s.fields if n in known], optional=[n for n in s.optional if n in known],
            who=_who(s.who, convenors, meeting.confirmed_by or convenors),
        )
        for s in life.steps
    ]  # fmt: skip
    owed = None
    if meeting.cadence != "on_request":
        by = [convenors[0]] if convenors else []
        owed = Owed(
            every=meeting.cadence, by=by, event=meeting.held, clock=meeting.clock, rule=meeting.clock, shared=True
        )
    return RecordKind(
        id=f"{MEETING}{meeting.id}", zh=meeting.name, en=meeting.en, rules=meeting.rules, group="meeting", fields=fields,
        tables=life.tables, states=life.states, steps=_ruled(steps, meeting.rules, []),
        openers=list(dict.fromkeys([*convenors, *(attendees if meeting.on_request else [])])), receivers=attendees,
        readers=posts_of(profile, meeting.copies_to), title=["theme"] if "theme" in known else [],
        clocks=[meeting.clock] if meeting.clock else [], paper_title=meeting.minutes_title, agenda=meeting.agenda,
        minutes=_who([meeting.minutes_by], convenors, []) if meeting.minutes_by else [], approver=meeting.approval, owed=owed,
        forms=meeting.forms,
    )  # fmt: skip


def _convenors(meeting: Meeting, profile: Profile, settings: Mapping[str, str], attendees: list[str]) -> list[str]:
    """Return who convenes: as the setting says (OFFICE B11); a word that is no post means whoever proposes."""
    chosen = settings.get(meeting.convenor_setting, "") if meeting.convenor_setting else ""
    if not chosen:
        return posts_of(profile, meeting.convenor)
    return [chosen] if profile.post(chosen) else list(dict.fromkeys([*posts_of(profile, meeting.convenor), *attendees]))


def _who(words: list[str], convenors: list[str], confirmers: list[str]) -> list[str]:
    stand_for = {"convenor": convenors, "confirmer": confirmers}
    return list(dict.fromkeys(post for word in words for post in stand_for.get(word, [word])))
