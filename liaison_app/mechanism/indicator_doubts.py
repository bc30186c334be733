"""What is doubtful in the indicators of a profile: words that the formula language does not know."""

import re
from collections.abc import Iterator
from typing import Final

from liaison_app.domain.event_base import Event
from liaison_app.domain.events import AnyEvent
from liaison_app.domain.handling import SENT_NAMES
from liaison_app.mechanism.indicator_schema import DUE, Indicator, Measure
from liaison_app.mechanism.kinds import kinds_of
from liaison_app.mechanism.schema import Profile

GROUPS: Final = frozenset(
    {
        "department",
        "department_pair",
        "direction",
        "place_or_object",
        "town_source",
        "delay",
        "district",
        "outcome",
        "town",
        "channel",
        "hour",
    }
)
"""Groups that every profile knows; beside them any fact that has a value."""
VALUES: Final[dict[str, frozenset[str]]] = {
    "accepted": frozenset({"direct"}), "informed": frozenset({"to"}), "disputed": frozenset({"kind"}),
    "ruled": frozenset({"outcome"}), "extended": frozenset({"rule"}), "reply-sent": frozenset({"kind"}),
    "fed-back": frozenset({"rating"}), "evaluated": frozenset({"result"}), "ended": frozenset({"outcome"}),
    "closed": frozenset({"outcome"}),
    "revisited": frozenset({"reached", "rating_reception", "rating_site", "rating_result"}),
}  # fmt: skip
"""What an act says beside its moment."""
KINDS: Final = frozenset({"urgent", "immediate", "own_duty", "blocked", "ordinary"})
THRESHOLD: Final = re.compile(r"\d+ / \d+")


def _events() -> frozenset[str]:
    kinds: list[type[Event]] = list(AnyEvent.__args__)
    made = {str(kind.__struct_config__.tag) for kind in kinds}
    return frozenset(made | set(SENT_NAMES.values()) | {"solved", "verified", "stopped", DUE})


EVENTS: Final = _events()


def indicator_doubts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (path, expected) for everything doubtful in the indicators."""
    facts = {f.id for f in profile.facts}
    for i, one in enumerate(profile.indicators):
        at = f"indicators[{i}]"
        if one.denominator is not None and one.denominator.events() != one.numerator.events():
            yield at, f"the events of the denominator in the numerator: {', '.join(one.denominator.events())}"
        if (one.count == "places") is not bool(one.numerator.alike or one.numerator.alike_setting):
            yield at, "count: places together with alike or alike_setting"
        if one.rank and one.denominator is None:
            yield at, "a denominator, by whose fraction departments are ranked"
        for name in one.group:
            if name not in GROUPS | facts:
                yield at, f"a group ({', '.join(sorted(GROUPS))}) or a fact of this profile instead of {name}"
        for part, measure in (("numerator", one.numerator), ("denominator", one.denominator)):
            if measure is not None:
                yield from ((f"{at}.{part}", doubt) for doubt in _measure(profile, one, measure))


def candidate_doubts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (path, expected) for everything doubtful in the reasons for which cases are proposed to meetings."""
    for i, meeting in enumerate(profile.meetings):
        for j, one in enumerate(meeting.candidates):
            like = one.measure.alike or one.measure.alike_setting
            counted = Indicator(
                id=one.id, name=one.zh, en=one.en, rules=[one.rule], formula="", numerator=one.measure,
                count="places" if like else "cases",
            )  # fmt: skip
            yield from ((f"meetings[{i}].candidates[{j}]", d) for d in _measure(profile, counted, one.measure))


def trigger_doubts(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (path, expected) for everything doubtful in what speaks for a trigger of accountability, and in what is drawn."""
    known = EVENTS | {s.code for s in profile.steps}
    for i, one in enumerate(profile.accountability):
        at = f"accountability[{i}]"
        for measure in one.measures:
            yield from ((at, doubt) for doubt in _measure(profile, _of_cases(one.id, one.zh, one.en, measure), measure))
        for name in (*one.own, *one.unless):
            if name.partition("/")[0] not in known:
                yield at, f"an event of a case or a step of this profile instead of {name}"
    for i, record in enumerate(profile.records):
        draw = record.begins.draw if record.begins is not None else None
        if draw is not None:
            counted = _of_cases(record.id, record.name, record.en, draw.measure)
            yield from ((f"records[{i}].begins.draw", doubt) for doubt in _measure(profile, counted, draw.measure))


def _of_cases(name: str, zh: str, en: str, measure: Measure) -> Indicator:
    return Indicator(id=name, name=zh, en=en, rules=[], formula="", numerator=measure, count="cases")


def _record_words(profile: Profile) -> tuple[set[str], set[str]]:
    """Return the events that records and meetings of a profile can have, and their kinds."""
    kinds = kinds_of(profile, profile.defaults())
    events = {DUE}
    for kind in kinds.values():
        events |= {name for s in kind.steps for name in (s.code, s.event) if name}
        events |= {f.event for f in kind.fields if f.event}
        events |= {f"{t.name}{end}" for t in kind.tables for end in ("", "-due", "-closed")}
    return events, set(kinds)


def _measure(profile: Profile, one: Indicator, measure: Measure) -> Iterator[str]:
    rules = {r for d in profile.deadlines for r in (d.rule, *d.rules)}
    settings = {s.id: s for s in profile.settings}
    if measure.clock and measure.clock not in rules:
        yield f"the rule of a clock instead of {measure.clock}"
    if measure.met is not None and not measure.clock and measure.event != DUE:
        yield "clock, whose limit was met or missed"
    setting = settings.get(measure.alike_setting)
    if measure.alike_setting and (setting is None or not THRESHOLD.fullmatch(setting.default)):
        yield f"a setting such as 3 / 90 instead of {measure.alike_setting}"
    if one.of == "records":
        words, kinds = _record_words(profile)
        named = (*measure.events(), *measure.also, *measure.after, *measure.standing)
        yield from (f"a step, an event or a table of a record instead of {n}" for n in named if n not in words)
        flagged = (*measure.flags, *measure.without)
        yield from (f"a kind of record ({', '.join(sorted(kinds))}) instead of {n}" for n in flagged if n not in kinds)
        return
    known = EVENTS | {s.code for s in profile.steps}
    for name in (*measure.events(), *measure.also, *measure.after, *measure.standing):
        if name.partition("/")[0] not in known:
            yield f"an event of a case or a step of this profile instead of {name}"
    flags = KINDS | {f.id for f in profile.facts if f.type == "bool"} | {m.code for m in profile.marks}
    flags |= {f"grade:{g.grade}" for g in profile.urgency.grades} | {f"grade:{profile.urgency.ordinary}"}
    for name in (*measure.flags, *measure.without):
        if name not in flags:
            yield f"a kind ({', '.join(sorted(KINDS))}), a fact, a mark or a grade instead of {name}"
    said = VALUES.get(measure.event.partition("/")[0], frozenset())
    for name in measure.values:
        if name not in said:
            yield f"what {measure.event} says ({', '.join(sorted(said)) or 'nothing'}) instead of {name}"
