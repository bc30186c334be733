"""The own chain of a body as a form shows it: steps, who may be named, and whether the person at work may change it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liaison_app.desk.chains import own_chain, steps_of
from liaison_app.desk.describing import may_change
from liaison_app.desk.views import View
from liaison_app.mechanism.chain_schema import LONGEST, USUAL
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk


class ChainLine(View, frozen=True, kw_only=True):
    """One step: its code, who takes it first, his deputy, which body co-signs."""

    code: str
    first: str = ""
    deputy: str = ""
    body: str = ""


class ChainView(View, frozen=True, kw_only=True):
    """``own``: whether the body chose it; else the lines are those of the district's reading. ``longest``: most steps."""

    body_name: str
    own: bool
    lines: tuple[ChainLine, ...]
    codes: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, str], ...]
    may_change: bool
    longest: int = LONGEST


def chain_view(desk: "Desk") -> ChainView:
    """Return the chain of the own body and what it may be made of."""
    body = desk.person.body
    own = own_chain(desk.rules, body)
    texts = [text for chain in desk.rules.profile.chains for text in chain.texts]
    steps = own or next((found for text in texts if (found := steps_of(desk.rules, text, body))), (USUAL["sign"],))
    people = [p for p in desk.roster.people if p.body == body and p.id not in desk.roster.left]
    return ChainView(
        body_name=desk.person.body_name, own=bool(own), may_change=may_change(desk),
        lines=tuple(
            ChainLine(code=s.code, first="".join(s.people[:1]), deputy="".join(s.people[1:2]), body=s.body) for s in steps
        ),
        codes=tuple((c, labels.pick(w, desk.lang)) for c, w in labels.choices_of("pass-reply", "step").items()),
        people=tuple((p.id, f"{p.name} {p.title}".strip()) for p in people),
        bodies=tuple((b, name) for b, name in desk.bodies() if b != body),
    )  # fmt: skip


def choose_chain(desk: "Desk", lines: Sequence[ChainLine], reason: str) -> None:
    """Choose the own body's chain; no lines: the district's reading holds again. Raise RuleBroken as the façade does."""
    steps = []
    for line in lines:
        people = list(dict.fromkeys(p for p in (line.first, line.deputy) if p)) if line.code != "cosign" else []
        steps.append(USUAL[line.code].named(people, line.body if line.code == "cosign" else ""))
    desk.choose_chain(desk.person.body, steps, reason)
