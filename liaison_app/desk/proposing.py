"""What the form shows while it is filled: lead, reason, urgency, limit, missing items, next questions. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from liaison_app.desk import views
from liaison_app.desk.roster import body_name
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.showing import Shower
from liaison_app.domain.moments import china
from liaison_app.mechanism.deadlines import count
from liaison_app.mechanism.routing import Routing
from liaison_app.mechanism.suggesting import suggested
from liaison_app.words import labels


def propose(
    rules: DeskRules, lang: str, body: str, now: datetime, fields: Mapping[str, Any], call_record: str
) -> views.ProposalView:
    """Return what is known of responsibility and limits from the fields so far."""
    facts = {k: v for k, v in dict(fields.get("facts") or {}).items() if v not in (None, "")}
    missing = rules.missing(fields)
    shared = {"first_receiver": body, "channel": fields.get("channel") or "phone"}
    if rules.blocked(fields):
        shared["no_place" if "place" in missing else "no_content"] = True
    routing = rules.routing(facts, shared)
    show = Shower(rules, lang, now, body)
    name = show.body
    english = lang == "en"
    hints = suggested(rules.profile, "。".join(t for t in (call_record, str(fields.get("content") or "")) if t))
    blocked = rules.blocked(fields)
    about = rules.named_bodies(str(fields.get("object") or ""))
    watchdog = rules.profile.registration.watchdog
    warnings = tuple(
        labels.pick(
            (f"投诉对象是{name(b)}，不宜由其自行办理；建议转{name(watchdog)}。",
             f"The complaint is about {name(b)} itself: {name(watchdog)} should have it."), lang
        )
        for b in about
        if watchdog and b in {*routing.addressees, body}
    )  # fmt: skip
    return views.ProposalView(
        lead=routing.lead, lead_name=name(routing.lead), row=routing.row, clauses=routing.clauses,
        why=routing.why_en if english else routing.why,
        alternatives=tuple((b, name(b)) for b in routing.alternatives),
        supporting=tuple((b, name(b)) for b in routing.supporting), handling=routing.urgency,
        handling_words=labels.choice("urgency", routing.urgency, lang), transfer=routing.transfer,
        transfer_words=labels.choice("transfer", routing.transfer, lang), report_to=tuple(map(name, routing.report_to)),
        provisional=routing.provisional, hints=tuple(h[1 if english else 0] for h in routing.hints),
        due=_due(rules, routing, show, fields, now, body),
        missing=tuple((m, labels.label(labels.FIELDS, m, lang)) for m in missing),
        blocked=labels.choice("transfer", "not_transferred", lang) if blocked else "",
        warnings=warnings, questions=_questions(rules, lang, facts, routing, hints),
        suggestions={k: v for k, (v, _) in hints.items() if k not in facts},
    )  # fmt: skip


def _due(
    rules: DeskRules, routing: Routing, show: Shower, fields: Mapping[str, Any], now: datetime, body: str
) -> views.DueView | None:
    """Return the first clock that will run: the one that begins with the registration."""
    from liaison_app.desk.clocks import Clock

    flags = {
        "own_duty": routing.transfer == "none_own_duty", "urgent": routing.transfer == "immediate",
        "blocked": rules.blocked(fields), "report_needed": bool(routing.report_to),
    }  # fmt: skip
    holds = {name for name, value in flags.items() if value}
    for rule in rules.profile.deadlines:
        if "registered" in rule.start and set(rule.needs) <= holds and not set(rule.forbids) & holds:
            given = str(fields.get("happened_at") or "")
            start = china(given) if given else now
            due = count(rule, start, rules.calendar, rules.settings)
            clock = Clock(matter=1, rule=rule, owner=body, start=start, due=due, met_at=None, state="open")
            return show.due(clock)
    return None


def _questions(
    rules: DeskRules, lang: str, facts: Mapping[str, Any], routing: Routing, hints: Mapping[str, tuple[str, str]]
) -> tuple[views.QuestionView, ...]:
    found = []
    for fact in rules.profile.facts:
        asked = (
            fact.id in routing.ask
            or fact.id in rules.profile.gates
            or fact.urgency
            or fact.id in facts
            or fact.id in hints
        )
        if not asked or fact.type in {"issue", "int", "text"}:
            continue
        choices = tuple((code, words[1 if lang == "en" else 0]) for code, words in fact.values.items())
        if fact.type == "bool":
            choices = (("true", labels.pick(("是", "Yes"), lang)), ("false", labels.pick(("否", "No"), lang)))
        if fact.type in {"body", "bodies"}:
            choices = tuple((p.id, body_name(rules.profile, p.id, lang)) for p in rules.profile.posts)
        value, word = hints.get(fact.id, (None, ""))
        found.append(
            views.QuestionView(
                fact=fact.id, question=fact.en if lang == "en" else fact.ask, type=fact.type, choices=choices,
                needed=fact.id in routing.ask, value=facts.get(fact.id), suggested=None if fact.id in facts else value,
                because=word,
            )
        )  # fmt: skip
    return tuple(found)
