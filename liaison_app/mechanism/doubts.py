"""What is doubtful in a profile whose shape is right: names that nobody knows, rows that nothing reaches, clocks
without a start. Each doubt says where it stands and what was expected there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from liaison_app.domain.command_base import Command
from liaison_app.domain.commands import COMMANDS
from liaison_app.domain.filling import unknown
from liaison_app.domain.flags import FLAGS
from liaison_app.mechanism.chain_schema import chain_doubts
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.guard_doubts import guard_doubts
from liaison_app.mechanism.indicator_doubts import candidate_doubts, indicator_doubts, trigger_doubts
from liaison_app.mechanism.paper_sources import braces, known_event, known_source
from liaison_app.mechanism.record_doubts import record_doubts
from liaison_app.mechanism.schema import Deadline, Fact, Profile, Row
from liaison_app.mechanism.suggesting import word_doubts

Doubt = tuple[str, str]
ROLES = {"first_receiver", "addressee", "acceptor", "assistant", "outsider"}
PERIOD = re.compile(r"\d+ (WD|ND|h|min)")
DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])( ([01]\d|2[0-3]):[0-5]\d)?")

CHANGES = {"unit", "amount", "start", "start_too"}
CADENCES = ("day", "week", "month", "quarter", "half_year", "year")
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def doubts_of(profile: Profile) -> Iterator[Doubt]:
    """Yield (path, expected) for everything doubtful."""
    yield from _twice(profile)
    yield from _routing(profile)
    yield from _facts(profile)
    yield from _settings(profile)
    yield from _states(profile)
    yield from guard_doubts(profile)
    yield from _clocks(profile)
    yield from _papers(profile)
    yield from record_doubts(profile)
    yield from indicator_doubts(profile)
    yield from _ranked_apart(profile)
    yield from candidate_doubts(profile)
    yield from trigger_doubts(profile)
    yield from word_doubts(profile)


def _ranked_apart(profile: Profile) -> Iterator[Doubt]:
    posts, seen = {p.id for p in profile.posts}, set[str]()
    for i, group in enumerate(profile.ranked_apart):
        for n, post in enumerate(group.posts):
            if post not in posts:
                yield f"ranked_apart[{i}].posts[{n}]", f"a post instead of {post}"
            elif post in seen:
                yield f"ranked_apart[{i}].posts[{n}]", f"a post that is ranked in one group only, not {post}"
            seen.add(post)


def _twice(profile: Profile) -> Iterator[Doubt]:
    named: dict[str, Iterable[str]] = {
        "posts": (p.id for p in profile.posts), "facts": (f.id for f in profile.facts),
        "routing": (r.row for r in profile.routing), "settings": (s.id for s in profile.settings),
        "states": (s.code for s in profile.states), "documents": (d.kind for d in profile.documents),
        "templates": (t.id for t in profile.templates), "meetings": (m.id for m in profile.meetings), "records": (r.id for r in profile.records), "lives": (v.id for v in profile.lives),
        "indicators": (i.id for i in profile.indicators), "accountability": (t.id for t in profile.accountability),
        "deadlines": (f"{d.rule}/{d.event}" for d in profile.deadlines),
        "guidance": (g.rule for g in profile.guidance),
    }  # fmt: skip
    for part, ids in named.items():
        seen: set[str] = set()
        for i, name in enumerate(ids):
            if name in seen:
                yield f"{part}[{i}]", f"each id once; {name} stands twice"
            seen.add(name)


def _routing(profile: Profile) -> Iterator[Doubt]:
    posts, facts = {p.id for p in profile.posts}, {f.id: f for f in profile.facts}
    settings = {s.id: s for s in profile.settings}
    for i, row in enumerate(profile.routing):
        at = f"routing[{i}]"
        refs = [*row.lead.split("|"), *row.co, *row.joint, *row.alternatives, *row.report_to]
        for ref in [*refs, *(o.lead for o in row.lead_when), *([row.unit] if row.unit else [])]:
            if ref.startswith("@"):
                if ref[1:] not in facts:
                    yield at, f"a fact of this profile instead of {ref[1:]}"
            elif ref not in posts:
                yield at, f"a post of this profile instead of {ref}"
        for doubt in condition_doubts(row.when, facts):
            yield f"{at}.when", doubt
        if row.asks and row.asks not in posts:
            yield at, f"a post of this profile instead of {row.asks}"
        for doubt in condition_doubts(row.settled_when, facts):
            yield f"{at}.settled_when", doubt
        for other in row.lead_when:
            setting = settings.get(other.setting)
            if other.setting and (setting is None or other.value not in setting.values):
                yield at, f"a setting and one of its values instead of {other.setting}={other.value}"
        shade = next((r.row for r in profile.routing[:i] if not row.below and _covers(r, row)), "")
        if shade:
            yield at, f"a row that can be reached; {shade} above it matches whenever {row.row} does"
    if profile.routing and profile.routing[-1].when:
        yield (
            f"routing[{len(profile.routing) - 1}]",
            "a last row without conditions, so that every complaint has a lead",
        )
    for name, switch in (("precedence", profile.precedence), ("readdress", profile.readdress)):
        if switch is not None and switch.value not in getattr(settings.get(switch.setting), "values", ()):
            yield name, f"a setting and one of its values instead of {switch.setting}={switch.value}"


def _covers(above: Row, row: Row) -> bool:
    """Return whether whatever meets ``row`` meets ``above``: each of its conditions is one of the row's, or wider."""
    if above.below:
        return False
    for name, wanted in above.when.items():
        mine = row.when.get(name)
        if name in {"any", "not"} or isinstance(wanted, dict):
            if mine != wanted:
                return False
            continue
        if mine is None or isinstance(mine, dict):
            return False
        options = wanted if isinstance(wanted, list) else [wanted]
        if not all(v in options for v in (mine if isinstance(mine, list) else [mine])):
            return False
    return True


def _facts(profile: Profile) -> Iterator[Doubt]:
    facts = {f.id: f for f in profile.facts}
    posts = {p.id for p in profile.posts}
    said = profile.urgency
    for name in (*said.handling, *said.transfer, *said.blocked_by, *profile.gates):
        if name not in facts:
            yield "urgency" if name not in profile.gates else "gates", f"a fact of this profile instead of {name}"
    readings = {f"{s.id}={v}" for s in profile.settings for v in s.values}
    if said.own_silent and said.own_silent not in readings:
        yield "urgency", f"setting=value instead of {said.own_silent}"
    for i, post in enumerate(profile.posts):
        if post.counts_as and (post.counts_as not in posts or post.counts_when not in readings):
            yield f"posts[{i}]", f"a post and setting=value instead of {post.counts_as}, {post.counts_when}"
    for i, fact in enumerate(profile.facts):
        for other in (*fact.derived_from, *([fact.default_from] if fact.default_from else [])):
            if other not in facts:
                yield f"facts[{i}]", f"a fact of this profile instead of {other}"
        for value in fact.words:
            if fact.type == "enum" and value not in fact.values:
                yield f"facts[{i}].words", f"a value of {fact.id} instead of {value}"
        for name, usual in fact.usual.items():
            said_by = facts.get(name)
            for of, value in usual.items():
                if said_by is None or of not in said_by.values or value not in fact.values:
                    yield f"facts[{i}].usual", f"values of {name} and {fact.id} instead of {of}: {value}"
    for i, reading in enumerate(profile.readings):
        for doubt in condition_doubts(reading.when, facts):
            yield f"readings[{i}].when", doubt
        for name, value in reading.set.items():
            if name not in facts or value not in facts[name].values:
                yield f"readings[{i}].set", f"a fact of this profile and one of its values instead of {name}: {value}"
    for i, grade in enumerate(said.grades):
        for doubt in condition_doubts(grade.when, facts):
            yield f"urgency.grades[{i}]", doubt
    for i, overlay in enumerate(profile.overlays):
        for doubt in condition_doubts(overlay.when, facts):
            yield f"overlays[{i}].when", doubt
        if overlay.decides and overlay.decides not in posts:
            yield f"overlays[{i}]", f"a post of this profile instead of {overlay.decides}"
    for i, rule in enumerate(profile.computed):
        for doubt in condition_doubts(rule.when, facts):
            yield f"computed[{i}].when", doubt
        for name in rule.set:
            if name not in facts:
                yield f"computed[{i}].set", f"a fact of this profile instead of {name}"
    yield from _cycles(profile)


def _cycles(profile: Profile) -> Iterator[Doubt]:
    """Yield computed facts that feed back into themselves."""
    feeds: dict[str, set[str]] = {}
    for rule in profile.computed:
        for name in rule.set:
            feeds.setdefault(name, set()).update(set(_named(rule.when)) - set(rule.set))
    for i, rule in enumerate(profile.computed):
        for start in rule.set:
            seen, todo = set(), list(feeds.get(start, ()))
            while todo:
                name = todo.pop()
                if name == start:
                    yield f"computed[{i}]", f"facts that do not feed back into themselves; {start} does"
                    break
                if name not in seen:
                    seen.add(name)
                    todo += feeds.get(name, ())


def _named(condition: Mapping[str, Any]) -> Iterator[str]:
    for name, inner in condition.items():
        if name == "any":
            for one in inner:
                yield from _named(one)
        elif name == "not":
            yield from _named(inner)
        else:
            yield name


def _settings(profile: Profile) -> Iterator[Doubt]:
    for i, setting in enumerate(profile.settings):
        if setting.default not in setting.values and not setting.free:
            yield f"settings[{i}]", f"a default among {', '.join(setting.values)}"
        if setting.asked and not all(len(setting.asked.values.get(value, ())) == 2 for value in setting.values):
            yield f"settings[{i}].asked.values", f"words in Chinese and English for {', '.join(setting.values)}"


def _states(profile: Profile) -> Iterator[Doubt]:
    codes, posts = {s.code for s in profile.states}, {p.id for p in profile.posts}
    reached: set[str] = set()
    for i, guard in enumerate(profile.guards):
        for code in (*guard.states, *([guard.to] if guard.to else [])):
            if code not in codes | {"", "*"}:
                yield f"guards[{i}]", f"a state of this profile instead of {code}"
        for role in guard.roles:
            if role not in ROLES:
                yield f"guards[{i}]", f"one of {', '.join(sorted(ROLES))} instead of {role}"
        for post in guard.posts:
            if post not in posts:
                yield f"guards[{i}]", f"a post of this profile instead of {post}"
    yield from _guard_words(profile)
    before = -1
    while len(reached) != before:
        before = len(reached)
        for guard in profile.guards:
            if guard.to and ("" in guard.states or "*" in guard.states or reached & set(guard.states)):
                reached.add(guard.to)
    for i, state in enumerate(profile.states):
        if profile.guards and state.code not in reached:
            yield f"states[{i}]", f"a state that some act leads to; nothing leads to {state.code}"
        left = any(set(g.states) & {state.code, "*"} and g.to for g in profile.guards)
        if profile.guards and not state.end and not left:
            yield f"states[{i}]", f"a way out of {state.code}, or end: true"


def _guard_words(profile: Profile) -> Iterator[Doubt]:
    """Yield fields that the act does not take, and flags that nothing raises."""
    flags = FLAGS | {f.id for f in profile.facts if f.type == "bool"} | {m.code for m in profile.marks}
    flags |= {f"grade:{g.grade}" for g in profile.urgency.grades} | {f"grade:{profile.urgency.ordinary}"}
    flags |= {one.code.replace("-", "_") for one in profile.steps}
    flags |= {f"{s.id}={v}" for s in profile.settings for v in s.values}
    asking = [*(("guards", i, g) for i, g in enumerate(profile.guards))]
    for part, i, guard in asking:
        kind = COMMANDS.get(guard.action)
        if kind is None:
            yield f"{part}[{i}]", f"an act of this program instead of {guard.action}"
            continue
        for name in (*guard.fields, *guard.optional, *guard.given):
            if name not in kind.__struct_fields__:
                yield f"{part}[{i}]", f"a field of {guard.action} ({', '.join(own_fields(kind))}) instead of {name}"
    lines: list[tuple[str, list[str]]] = [(f"guards[{i}]", g.needs + g.forbids) for i, g in enumerate(profile.guards)]
    lines += [(f"waiting[{i}]", w.needs + w.forbids) for i, w in enumerate(profile.waiting)]
    lines += [(f"deadlines[{i}]", d.needs + d.forbids) for i, d in enumerate(profile.deadlines)]
    for at, names in lines:
        for name in names:
            if name not in flags:
                yield at, f"a flag, a fact, a mark or setting=value instead of {name}"


def own_fields(kind: type[Command]) -> list[str]:
    """Return the fields of an act beyond those that every act has."""
    return [name for name in kind.__struct_fields__ if name not in Command.__struct_fields__]


def _clocks(profile: Profile) -> Iterator[Doubt]:
    settings, posts = {s.id: s for s in profile.settings}, {p.id for p in profile.posts}
    for i, clock in enumerate(profile.deadlines):
        yield from ((f"deadlines[{i}]", doubt) for doubt in _clock(clock))
        named = [*clock.by, *clock.only, *(n for n in (clock.amount_setting, clock.grace) if n)]
        for name in named:
            if name not in settings:
                yield f"deadlines[{i}]", f"a setting of this profile instead of {name}"
        said = settings.get(clock.amount_setting)
        if said is not None and clock.amount and said.default != f"{clock.amount} {clock.unit}":
            yield (
                f"deadlines[{i}]",
                f"the amount of its setting {said.id} ({said.default}) instead of {clock.amount} {clock.unit}",
            )
        for change in (c for cases in clock.by.values() for c in cases.values()):
            for key in set(change) - CHANGES:
                yield f"deadlines[{i}]", f"{', '.join(sorted(CHANGES))} instead of {key}"
        for name, values in [*clock.only.items(), *((n, list(c)) for n, c in clock.by.items())]:
            known = settings.get(name)
            for value in values:
                if known is not None and not known.free and value not in known.values:
                    yield f"deadlines[{i}]", f"a value of {name} instead of {value}"
        for post in clock.posts:
            if post not in posts:
                yield f"deadlines[{i}]", f"a post of this profile instead of {post}"
        rules = {d.rule for d in profile.deadlines}
        if clock.extension and clock.extension.outer and clock.extension.outer not in rules:
            yield f"deadlines[{i}]", f"the rule of a clock instead of {clock.extension.outer}"


def _clock(clock: Deadline) -> Iterator[str]:
    if not clock.start:
        yield "an event that starts the clock (start)"
    counted = {"WD", "ND", "h", "min", "ND_before", "years"}
    if clock.unit in counted and clock.amount <= 0 and not clock.amount_setting:
        yield f"an amount above 0 for {clock.unit}"
    if clock.unit == "fixed" and not clock.dates:
        yield "dates such as 06-30 for a fixed clock"
    if not 0 <= clock.weekday <= 7 or (clock.weekday and clock.unit != "week"):
        yield "a day of the week from 1 (Monday) to 7 (Sunday), of a weekly clock only"
    if clock.times < 1 or (clock.times > 1 and clock.unit not in CADENCES):
        yield f"a number of times above 0, more than once only for {', '.join(CADENCES)}"
    for day in clock.dates:
        if not DAY.fullmatch(day) or int(day[3:5]) > DAYS[int(day[:2]) - 1]:
            yield f"a date such as 06-30 or 12-23 17:00 instead of {day}"
    for words in (clock.warn, clock.extension.cap if clock.extension else ""):
        if words and not PERIOD.fullmatch(words):
            yield f"a period such as 12 h or 2 WD instead of {words}"


def _papers(profile: Profile) -> Iterator[Doubt]:
    posts = {p.id for p in profile.posts} | ROLES | {"complainant", "outside", "all"}
    kinds = {d.kind for d in profile.documents}
    for i, document in enumerate(profile.documents):
        yield from ((f"documents[{i}]", doubt) for doubt in _paper(document, posts))
    for i, template in enumerate(profile.templates):
        yield from (
            (f"templates[{i}]", f"a field that a case has instead of {{{name}}}") for name in unknown(template.text)
        )
    yield from chain_doubts(profile.chains, {s.id: s.values for s in profile.settings})
    for i, meeting in enumerate(profile.meetings):
        if meeting.convenor_setting and meeting.convenor_setting not in {s.id for s in profile.settings}:
            yield f"meetings[{i}]", f"a setting of this profile instead of {meeting.convenor_setting}"
        for name in (*meeting.convenor, *(a for a in meeting.attendees if a != "all")):
            if name not in posts:
                yield f"meetings[{i}]", f"a post of this profile instead of {name}"
    for i, record in enumerate(profile.records):
        for name in (*record.by, *record.to):
            if name not in posts:
                yield f"records[{i}]", f"a post of this profile instead of {name}"
        if record.document and record.document not in kinds:
            yield f"records[{i}]", f"a document of this profile instead of {record.document}"
        rules = {d.rule for d in profile.deadlines}
        for clock in record.clocks:
            if clock not in rules:
                yield f"records[{i}]", f"the rule of a clock instead of {clock}"
    for i, group in enumerate(profile.groups):
        for name in (*group.lead, *group.members):
            if name not in posts:
                yield f"groups[{i}]", f"a post of this profile instead of {name}"
    for i, duty in enumerate(profile.duties):
        if duty.post not in posts:
            yield f"duties[{i}]", f"a post of this profile instead of {duty.post}"


def _paper(document: Document, posts: set[str]) -> Iterator[str]:
    for name in (*document.by, *document.to, *document.copies_to):
        if name not in posts:
            yield f"a post or role of this profile instead of {name}"
    if document.numbered == "ours" and not document.word:
        yield "the character that its number carries (word), or numbered: office / none"
    if not document.fields:
        yield "at least one field"
    yield from _cells(document)
    sources = [f.source for f in document.fields] + [document.number_source, document.to_source]
    texts = [document.title, document.opening, document.closing, document.received, *(f.text for f in document.fields)]
    sources += [source for text in texts for source in braces(text)]
    for source in sources:
        if not known_source(source):
            yield f"a source of papers instead of {source}"
    for key in document.after:
        if not known_event(key):
            yield f"an event instead of {key}"


def _cells(document: Document) -> Iterator[str]:
    """Yield what is wrong with the cells of a slip; one whose fields name no part at all has those of the program."""
    placed = {part for field in document.fields for part in field.places}
    if placed and document.form != "slip":
        yield "places on a slip only (form: slip)"
    for part in ("stub", "sent", "receipt"):
        if placed and part not in placed:
            yield f"a field that stands on each part of the slip; none on {part}"
    if document.form == "slip" and document.parts and len(document.parts) != 3:
        yield "three parts: the names of stub, slip and receipt"


def condition_doubts(condition: Mapping[str, Any], facts: Mapping[str, Fact]) -> Iterator[str]:
    """Yield what a condition names that the facts do not know."""
    for name, wanted in condition.items():
        if name == "any":
            for inner in wanted:
                yield from condition_doubts(inner, facts)
        elif name == "not":
            yield from condition_doubts(wanted, facts)
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
