"""What a case says of itself to a letter: values of template fields, and the grounds that a text is held against."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from liaison_app.desk.roster import body_name
from liaison_app.desk.rules import DeskRules
from liaison_app.desk.views import CaseView
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.events import Person
from liaison_app.domain.moments import china
from liaison_app.domain.proofreading import Grounds
from liaison_app.domain.text import clean
from liaison_app.words import labels

ZH = "zh_CN"
"""Letters are written in Chinese, whatever the language of the window."""


def values_of(
    case: Case, n: int, happened: Sequence[Happened], rules: DeskRules, person: Person, now: datetime
) -> dict[str, str]:
    """Return the values of the fields that a template may name (``domain/filling.py``), those that the case has."""
    personal, handling, matter = case.personal, case.handling, case.matter(n)
    transfer = case.transfer(n)
    post = rules.post(person.body)
    accepted = next((a for a in matter.acceptances if a.body == person.body), None) if matter else None
    mine = [h for h in happened if h.stamped.matter == n]
    visit = next((h for h in reversed(mine) if isinstance(h.stamped.event, he.Investigated)), None)
    seen = visit.stamped.event if visit else None
    sent = next((h for h in reversed(mine) if isinstance(h.stamped.event, he.ReplySent)), None)
    revisit = next((v for v in reversed(handling.of("revisits", n)) if v.reached), None)
    name = clean(personal.get("complainant_name", ""))
    rating = handling.rating.get(str(n)) or (revisit.result if revisit else "")
    found = {
        "case.number": case.number, "case.object": clean(case.object), "case.place": clean(case.place),
        "case.content": clean(personal.get("content", "")), "case.received_on": day(case.received_at),
        "case.external_no": case.external_no, "complainant.name": name,
        "complainant.address": addressed(name, clean(personal.get("salutation", ""))),
        "acceptance.number": accepted.number if accepted else "", "acceptance.on": day(accepted.at) if accepted else "",
        "transfer.number": transfer.slip_no if transfer else "", "first_receiver.name": body_name(rules, case.first_receiver, ZH),
        "body.name": body_name(rules, person.body, ZH), "person.name": person.name,
        "body.telephone": person.phone or (post.verified[0] if post and post.verified else ""),
        "promise.until": day(handling.extended.get(f"{n}/promised", "")), "rating.result": labels.choice("staff", rating, ZH) if rating else "",
        "revisit.reason": revisit.reason if revisit else "",
    }  # fmt: skip
    if isinstance(seen, he.Investigated) and visit:
        found |= {
            "visit.on": day(seen.arrived_at or visit.happened_at), "visit.findings": _sentence(seen.findings),
            "visit.measures": _sentence(seen.measures), "visit.officers": seen.officers,
        }  # fmt: skip
    if sent is not None and isinstance(reply := sent.stamped.event, he.ReplySent):
        found |= {
            "reply.on": day(sent.happened_at),
            "reply.method": labels.choice("send-reply-method", reply.method, ZH),
        }
    return {name: value for name, value in found.items() if value}


def addressed(name: str, salutation: str) -> str:
    """Return how a letter speaks to a citizen: 王女士 with a title that is known, the whole name otherwise."""
    if not name:
        return ""
    return f"{name[:1]}{salutation}" if salutation in {"先生", "女士"} else name


def day(moment: str) -> str:
    """Return the day of a moment as letters write it."""
    if not moment:
        return ""
    at = china(moment)
    return f"{at.year}年{at.month}月{at.day}日"


def grounds_of(case: Case, happened: Sequence[Happened], rules: DeskRules, person: Person, shown: CaseView) -> Grounds:
    """Return what a letter of a case may name: people, things, days and numbers that stand anywhere in it."""
    personal = case.personal
    name = clean(personal.get("complainant_name", ""))
    bodies = {case.first_receiver, person.body, *(b for t in case.transfers for b in t.to)}
    people = {h.person for h in happened}
    names = [name, clean(case.object), clean(case.place), *(body_name(rules, b, ZH) for b in sorted(bodies))]
    names += [rules.roster.name_of(p) for p in sorted(people)] + [person.name]
    texts = [
        case.number,
        case.external_no,
        personal.get("content", ""),
        personal.get("record", ""),
        personal.get("contact", ""),
    ]
    texts += [case.object, case.place, personal.get("complainant_address", "")]
    dates = {case.received_at[:10], case.registered_at[:10], *(d.due[:10] for d in shown.deadlines if d.due)}
    for one in happened:
        dates |= {one.happened_at[:10], one.recorded_at[:10]}
        if isinstance(one.stamped.event, he.ReplyDrafted):
            continue  # the letter itself is no ground for the letter
        for words in _words(msgspec.to_builtins(one.stamped.event)):
            texts.append(words)
            if words[4:5] == "-" and words[7:8] == "-" and words[10:11] in {"T", "", " "}:
                dates.add(words[:10])
    for post in rules.profile.posts:
        texts += post.verified
    texts += [p.phone for p in rules.roster.people if p.phone and p.body in bodies]
    return Grounds(
        names=tuple(dict.fromkeys(n for n in names if n)), addressee=name, dates=frozenset(dates), texts=tuple(t for t in texts if t)
    )  # fmt: skip


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)


def _sentence(words: str) -> str:
    words = words.strip()
    return words if not words or words[-1] in "。！？；" else f"{words}。"
