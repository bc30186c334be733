"""What the profile itself says of a rule (F1): its title, where the source has it, and every line that goes by it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from liaison_app.desk.describing_words import MechanismWords
from liaison_app.desk.views import View
from liaison_app.mechanism.coverage import Rule, cited_in, expand, rule_list
from liaison_app.words import mechanism_words as mw

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

MOST = 12
"""Lines that are shown of one rule."""


class RuleText(View, frozen=True, kw_only=True):
    """A rule in words; ``lines``: (part of the profile, what it says there), ``source``: the paper and its clause."""

    id: str
    title: str
    kind: str
    source: str
    lines: tuple[tuple[str, str], ...] = ()


def rule_texts(desk: "Desk", cited: Sequence[str]) -> dict[str, tuple[RuleText, ...]]:
    """Return for each citation (one id, several, a range) what the desk's profile says of its rules; none it knows: ()."""
    words = MechanismWords(desk.rules, desk.lang)
    known = {rule.id: rule for rule in rule_list()}
    said = [(part, text, _expanded(cites)) for part, text, cites in _lines(desk, words)]

    def one(rule: Rule) -> RuleText:
        sources = desk.rules.profile.meta.sources
        paper = "、".join(sources[:1]) if rule.mechanism == desk.rules.profile.meta.id else ""
        found = dict.fromkeys((words.code(mw.PARTS, part), text) for part, text, of in said if rule.id in of)
        return RuleText(
            id=rule.id, title=words.pick(rule.zh, rule.en), kind=words.code(mw.RULE_KINDS, rule.kind),
            source="　".join(filter(None, (paper, rule.clause))), lines=tuple(found)[:MOST],
        )  # fmt: skip

    return {text: tuple(one(known[i]) for i in _expanded([text])) for text in dict.fromkeys(cited)}


def _expanded(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(i for text in texts for i in _ids_of(text)))


@cache
def _ids_of(text: str) -> tuple[str, ...]:
    ids = [rule.id for rule in rule_list()]
    return tuple(i for one in cited_in(text) for i in expand(one, ids))


def _lines(desk: "Desk", words: MechanismWords) -> Iterator[tuple[str, str, list[str]]]:
    """Yield every line of the profile that a person may go by: its part, its words, what it cites."""
    profile = desk.rules.profile
    for deadline in profile.deadlines:
        seen = words.clock(deadline)
        text = words.pick("{0}：{1}，{2}（{3}）", "{0}: {1}, {2} ({3})").format(
            seen.words, seen.limit, seen.owner, seen.span
        )
        yield "deadlines", text, [deadline.rule, *deadline.rules]
    for arrow in words.transitions():
        text = words.pick("{0}：{1} → {2}，由{3}", "{0}: {1} → {2}, by {3}").format(
            arrow.act, arrow.start_name, arrow.to_name, arrow.who
        )
        yield "guards", text, [arrow.rule]
    plain: list[tuple[str, Sequence[Any]]] = [
        ("guidance", profile.guidance), ("waiting", profile.waiting), ("marks", profile.marks), ("steps", profile.steps),
        ("outcomes", profile.outcomes),
    ]  # fmt: skip
    for part, lines in plain:
        for line in lines:
            yield part, words.pick(line.zh, line.en), [line.rule]
    for duty in profile.duties:
        yield "duties", f"{words.who([duty.post])}{words.pick('：', ': ')}{words.pick(duty.zh, duty.en)}", [duty.rule]
    for trigger in profile.accountability:
        yield "accountability", words.pick(trigger.zh, trigger.en), trigger.rules
    for indicator in profile.indicators:
        yield "indicators", words.indicator(indicator).name, indicator.rules
    for document in profile.documents:
        yield "documents", words.document(document).name, document.rules
