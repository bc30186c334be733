"""Who is responsible, why, how urgent (table T2): first matching row from top to bottom."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from liaison_app.domain.errors import RuleBroken
from liaison_app.mechanism.conditions import test
from liaison_app.mechanism.facts import checked, with_computed
from liaison_app.mechanism.schema import Post, Profile, Row
from liaison_app.mechanism.suggesting import suggested

HELD = ("not_transferred", "none_own_duty")


class Routing(msgspec.Struct, frozen=True, kw_only=True):
    """What the table says for one set of facts."""

    lead: str
    lead_name: str
    alternatives: tuple[str, ...]
    supporting: tuple[str, ...]
    handling_unit: str | None
    addressees: tuple[str, ...]
    urgency: str
    transfer: str
    report_to: tuple[str, ...]
    row: str
    clauses: tuple[str, ...]
    rules: tuple[str, ...]
    ask: tuple[str, ...]
    provisional: bool
    own: bool
    """Whether the first receiver itself, or the body of which it is a unit, is the addressee: nothing to transfer."""
    asks: str
    """The post whose register is asked before a slip leaves, '' when nothing is held (K-05)."""
    why: str
    why_en: str
    hints: tuple[tuple[str, str], ...]
    duties: tuple[tuple[str, str, str], ...]
    issues: tuple["Routing", ...] = ()


def named_bodies(profile: Profile, words: str) -> tuple[str, ...]:
    """Return the posts that the object of a complaint names: a complaint about an office itself (OFFICE C2)."""
    said = words.strip()
    bodies = []
    for post in profile.posts:
        names = {post.name, post.name.removeprefix("区")}
        if any(len(name) >= 3 and name in said for name in names):
            bodies.append(post.id)
    return tuple(bodies)


class _Match(msgspec.Struct):
    row: Row
    lead: str
    open: list[tuple[str, ...]]
    """Facts that could turn a row above, or this one, each group together."""


def route(
    profile: Profile, given: Mapping[str, Any], settings: Mapping[str, str] | None = None, *, text: str = ""
) -> Routing:
    """Return lead, urgency, clause and what to ask. Raise RuleBroken for unknown facts or values."""
    if not profile.routing:
        raise RuleBroken("mechanism_partial", field="mechanism", value=profile.meta.id)
    chosen = {**profile.defaults(), **(settings or {})}
    facts = checked(profile, given)
    guessed = checked(profile, {n: v for n, (v, _) in suggested(profile, text).items() if n not in facts})
    facts.update(guessed)
    issues = [i for f in profile.facts if f.type == "issue" for i in facts.pop(f.id, [])]
    category = profile.gates[0] if profile.gates else ""
    several = facts.get(category)
    if isinstance(several, list):
        issues = [{**facts, category: one} for one in several[1:]] + issues
        facts[category] = several[0]
    shared: dict[str, Any] = {k: facts[k] for k in profile.shared_facts if k in facts}
    first = _one(profile, facts, chosen, guessed)
    return _together(first, tuple(_one(profile, {**shared, **i}, chosen, {}) for i in issues))


def _together(first: Routing, others: tuple[Routing, ...]) -> Routing:
    """Return the answer of a case of several issues: the first leads, the other leads help, the case is as urgent as any."""
    helpers = dict.fromkeys((*first.supporting, *(o.lead for o in others)))
    urgent = [o for o in others if o.urgency == "immediate"]
    at_once = [o for o in others if o.transfer == "immediate"] if first.transfer not in HELD else []
    return msgspec.structs.replace(
        first, issues=others, supporting=tuple(b for b in helpers if b != first.lead),
        urgency=urgent[0].urgency if urgent else first.urgency,
        transfer=at_once[0].transfer if at_once else first.transfer,
        report_to=tuple(dict.fromkeys((*first.report_to, *(b for o in at_once for b in o.report_to)))),
    )  # fmt: skip


def _one(
    profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str], guessed: Mapping[str, str]
) -> Routing:
    full = with_computed(profile, facts, settings)
    match = _match(profile, full, settings, below=None)
    row, lead = match.row, match.lead
    supporting, unit = _helpers(row, lead, full), row.unit or None
    if row.below:
        under = _match(profile, full, settings, below=row)
        supporting = [under.lead, *_helpers(under.row, under.lead, full)]
        match.open.extend(under.open)
        if row.below == "handling_unit":
            unit, supporting = under.lead, [under.lead]
    base = _base(row)
    supporting = [b for b in dict.fromkeys(supporting) if b != lead]
    duties = tuple(o for o in profile.overlays if test(o.when, full, settings).holds)
    handling, transfer, report = _urgency(profile, full, settings, row)
    addressee, other = lead, profile.readdress
    if other and settings.get(other.setting) == other.value and full.get(other.fact):
        addressee = full[other.fact][0]
    joint = [b for b in (base, *row.joint) if row.joint and b != addressee]
    own = _own(profile, addressee, full, settings)
    if own and said_by(profile.urgency.own_silent, settings):
        report = tuple(row.report_to)
    if any(full.get(f) is True for f in profile.urgency.blocked_by) or any(o.blocks for o in duties):
        transfer = "not_transferred"
    elif own:
        transfer = "none_own_duty"
    settled = bool(row.settled_when) and bool(test(row.settled_when, full, settings).holds)
    post = profile.post(lead)
    readings = [o.lead for o in row.lead_when if test(o.when, full, settings).holds]
    alternatives = [*row.alternatives, *readings, *([base] if base and lead != base else [])]
    why, why_en = _why(profile, row, lead, full, guessed)
    return Routing(
        lead=lead, lead_name=post.name if post else lead,
        alternatives=tuple(b for b in dict.fromkeys(alternatives) if b != lead),
        supporting=tuple(supporting), handling_unit=unit, addressees=(addressee, *joint), urgency=handling,
        transfer=transfer, report_to=report, row=row.row, clauses=tuple(row.clauses), rules=tuple(row.rules),
        ask=_asks(profile, match, full, settings), provisional=row.provisional and not settled,
        own=own, asks="" if own else row.asks, why=why, why_en=why_en,
        hints=_hints(profile, handling, transfer, row), duties=tuple((o.rule, o.zh, o.en) for o in duties),
    )  # fmt: skip


def _base(row: Row) -> str:
    """Return the lead that the table names, '' where a fact names it."""
    return "" if row.lead.startswith("@") else row.lead


def _helpers(row: Row, lead: str, facts: Mapping[str, Any]) -> list[str]:
    """Return who co-operates with a lead: those of the row or of its fact, first the lead that another reading took over."""
    helpers = facts.get(row.co_fact, []) if row.co_fact else row.co
    return [b for b in (_base(row), *helpers) if b and b != lead]


def said_by(reading: str, settings: Mapping[str, str]) -> bool:
    """Return whether a reading ``setting=value`` is the one chosen."""
    setting, _, value = reading.partition("=")
    return bool(reading) and settings.get(setting) == value


def _own(profile: Profile, addressee: str, facts: Mapping[str, Any], settings: Mapping[str, str]) -> bool:
    """Return whether who received it is the addressee or a unit of it (M1-TRF-09: a hand-down is no transfer)."""
    for name in profile.urgency.own_facts:
        body, seen = facts.get(name), set[str]()
        while body and body not in seen:
            if body == addressee:
                return True
            seen.add(body)
            post = profile.post(body)
            body = post and (post.part_of or (post.counts_as if said_by(post.counts_when, settings) else ""))
    return False


def ordered_rows(profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str]) -> list[Row]:
    """Return the rows in the order in which they are asked (X-04 may put the general ones first)."""
    before = profile.precedence
    if before is None or settings.get(before.setting) != before.value or not test(before.when, facts, settings).holds:
        return profile.routing
    first = [r for r in profile.routing if r.below]
    general = [r for r in profile.routing if r.general]
    return first + general + [r for r in profile.routing if not r.below and not r.general]


def _match(profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str], below: Row | None) -> _Match:
    open_facts: list[tuple[str, ...]] = []
    for row in ordered_rows(profile, facts, settings):
        if below is not None and row.below:
            continue
        verdict = test(row.when, facts, settings)
        if verdict.holds is None or verdict.assumed:
            open_facts.append(verdict.unknown or verdict.assumed)
        if verdict.holds:
            return _Match(row, _lead(row, facts, settings), open_facts)
    raise LookupError("the last row of a routing table matches everything")


def _lead(row: Row, facts: Mapping[str, Any], settings: Mapping[str, str]) -> str:
    for other in row.lead_when:
        if other.setting and settings.get(other.setting) == other.value and test(other.when, facts, settings).holds:
            return other.lead
    for ref in row.lead.split("|"):
        value = facts.get(ref[1:]) if ref.startswith("@") else ref
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return row.co[0]


def _urgency(
    profile: Profile, facts: Mapping[str, Any], settings: Mapping[str, str], row: Row
) -> tuple[str, str, tuple[str, ...]]:
    said = profile.urgency
    handling = any(facts.get(f) is True for f in said.handling) or row.handling == "immediate"
    urgent = any(facts.get(f) is True for f in said.transfer)
    if handling and said.both_setting and settings.get(said.both_setting) == "immediate":
        urgent = True
    report = (said.report_to if urgent else []) + row.report_to
    grade = next((g.grade for g in said.grades if test(g.when, facts, settings).holds), "")
    transfer = grade or ("immediate" if urgent else said.ordinary)
    if grade:
        handling = handling or grade == "immediate"
    return "immediate" if handling else "ordinary", transfer, tuple(dict.fromkeys(report))


def _asks(profile: Profile, match: _Match, facts: Mapping[str, Any], settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the unknown facts that may change the answer, those on which most rows hang first; gates before all else."""
    quiet = {f.id for f in profile.facts if f.quiet}
    gates = [f for f in profile.gates if facts.get(f) is None]
    if gates:
        return tuple(gates)
    row, before = match.row, profile.precedence
    wanted = Counter(fact for group in match.open if not quiet & set(group) for fact in group)
    for name in row.when:
        fact = profile.fact(name)
        wanted.update(source for source in (fact.derived_from if fact else ()) if facts.get(source) is None)
    for other in row.lead_when:
        if settings.get(other.setting) == other.value:
            wanted.update(test(other.when, facts, settings).unknown)
    if before is not None and settings.get(before.setting) == before.value and not row.below:
        wanted.update(test(before.when, facts, settings).unknown)
    refs = [ref[1:] for ref in row.lead.split("|") if ref.startswith("@")]
    if refs and all(facts.get(ref) is None for ref in refs):
        wanted[refs[0]] += 1
    return tuple(sorted((f.id for f in profile.facts if f.id in wanted), key=lambda name: -wanted[name]))


def _hints(profile: Profile, handling: str, transfer: str, row: Row) -> tuple[tuple[str, str], ...]:
    hints = [(row.notes["zh"], row.notes["en"])] if row.notes else []
    said = [a for a in profile.urgency.advice if (a.handling, a.transfer) == (handling, transfer)]
    return tuple(hints + [(a.zh, a.en) for a in said])


def _why(
    profile: Profile, row: Row, lead: str, facts: Mapping[str, Any], guessed: Mapping[str, str]
) -> tuple[str, str]:
    zh, en = [], []
    for name in _named(row.when):
        fact, value = profile.fact(name), facts.get(name)
        if fact is None or value is None or fact.derived_from:
            continue
        words = fact.values or {p.id: [p.name, p.en] for p in profile.posts if fact.type in {"body", "bodies"}}
        zh.append(f"{fact.ask}：{_label(words, value, 0)}")
        en.append(f"{fact.en}: {_label(words, value, 1)}")
    post = profile.post(lead) or Post(id=lead, name=lead, en=lead)
    clauses, clauses_en = "；".join(row.clauses), "; ".join(row.clauses)
    facts_zh = "，".join(zh) or "现有情况不足以适用具体条款"
    facts_en = "; ".join(en) or "What is known fits no special clause"
    taken, taken_en = "", ""
    if guessed:
        taken, taken_en = "（部分情况取自来电记录，须核实）", " (partly taken from the caller's words: confirm)"
    return (
        f"{facts_zh}。依据{clauses}（第{row.row}行，{'、'.join(row.rules)}），由{post.name}牵头。{taken}",
        f"{facts_en}. By {clauses_en} (row {row.row}, {', '.join(row.rules)}), the lead is: {post.en}.{taken_en}",
    )


def _named(condition: Mapping[str, Any]) -> list[str]:
    names: list[str] = []
    for name, inner in condition.items():
        if name == "any":
            names += [n for c in inner for n in _named(c)]
        elif name == "not":
            names += _named(inner)
        else:
            names.append(name)
    return list(dict.fromkeys(names))


def _label(values: Mapping[str, list[str]], value: Any, index: int) -> str:
    if isinstance(value, bool):
        return (("是", "yes") if value else ("否", "no"))[index]
    if isinstance(value, list):
        return ("、", ", ")[index].join(_label(values, v, index) for v in value)
    labels = values.get(str(value))
    return labels[index] if labels else str(value)
