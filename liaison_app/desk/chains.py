"""How far a text is in its chain 审核、核稿、会签、签发 (OFFICE B7): who took which step when, which comes next. Pure."""

from collections.abc import Callable, Sequence

import msgspec

from liaison_app.desk.rules import DeskRules
from liaison_app.domain import handling_commands as hc
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Actor, Case, Happened
from liaison_app.domain.command_base import Command
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Stamped
from liaison_app.domain.handling import Reply
from liaison_app.domain.ledger import fold
from liaison_app.domain.ledger_kinds import RecordKind
from liaison_app.domain.moments import china
from liaison_app.mechanism.chain_schema import OF_BODY, USUAL, ChainStep, before_signing, unpacked
from liaison_app.words import labels

ON_SCREEN = frozenset({"own_desk", "switched"})


def own_chain(rules: DeskRules, body: str) -> tuple[ChainStep, ...]:
    """Return the chain that a body chose for itself, the signature last; () where the district's reading holds."""
    return unpacked(rules.registers.settings.get(f"{OF_BODY}{body}", ""))


def steps_of(rules: DeskRules, text: str, body: str) -> tuple[ChainStep, ...]:
    """Return the whole chain of a kind of text at a body; () where it is only signed, by whoever may."""
    own = own_chain(rules, body)
    if own and any(text in chain.texts for chain in rules.profile.chains):
        return own
    before = before_signing(rules.profile.chains, rules.settings, text)
    return (*before, USUAL["sign"]) if before else ()


def chain_of(rules: DeskRules, text: str, body: str) -> tuple[ChainStep, ...]:
    """Return the steps of a kind of text at a body before it is signed."""
    return steps_of(rules, text, body)[:-1]


def may_take(step: ChainStep, person: str, roles: frozenset[str] | tuple[str, ...]) -> bool:
    """Say whether a person takes a step at a screen: one of those named (A角, B角), else one of its roles."""
    return person in step.people if step.people else bool(set(step.persons) & set(roles))


def passed(happened: Sequence[Happened], reply: str, sha256: str) -> dict[str, Happened]:
    """Return the steps that this version of a text has passed since it was submitted last, each with its act."""
    found: dict[str, Happened] = {}
    for one in happened:
        event = one.stamped.event
        if isinstance(event, he.ReplySubmitted) and event.reply == reply:
            found.clear()
        elif isinstance(event, he.ReplyPassed) and (event.reply, event.sha256) == (reply, sha256):
            found[event.step] = one
    return found


def next_link(rules: DeskRules, known: Reply, happened: Sequence[Happened]) -> ChainStep | None:
    """Return the step that a submitted text waits for, None when it waits for the signature."""
    done = passed(happened, known.id, known.sha256)
    return next((step for step in chain_of(rules, known.kind, known.body) if step.code not in done), None)


def passes(story: Sequence[Happened], kind: RecordKind, case: Case) -> list[Happened]:
    """Return the step of the chain that a record with another body's answer is: one where it agreed, else none."""
    record, said = fold(story), kind.cosigns
    if record is None or said is None or record.kind != kind.id or not record.taken:
        return []
    step, last = kind.step(said.agree), story[-1]
    if step is None or record.state != step.to or record.taken[-1].step != said.agree:
        return []
    reply = str(record.fields.get(said.reply))
    known = next((r for r in case.handling.replies if r.id == reply), None)
    event = he.ReplyPassed(
        reply=reply, sha256=str(record.fields.get(said.sha256)), step="cosign",
        words=str(record.fields.get(said.words) or ""), signer=last.stamped.proxy_person, body=record.taken[-1].body,
    )  # fmt: skip
    return [
        msgspec.structs.replace(last, stamped=Stamped(event=event, matter=known.matter if known else 1), personal={})
    ]


def check_chain(command: Command, case: Case, happened: Sequence[Happened], rules: DeskRules, who: Actor) -> None:
    """Raise RuleBroken where a step is out of its turn, not this person's, or lacks what shows it.

    Codes: ``chain_step_before``, ``chain_step_unknown``, ``chain_not_yours``, ``chain_by_writer``, ``chain_other_body``, ``field_missing``.
    """
    if not isinstance(command, hc.ApproveReply | hc.PassReply):
        return
    if command.proxy is not None and command.proxy.body not in ("", who.body):
        return  # a body without a desk has its chain on its own paper
    known = case.handling.reply(command.matter, command.reply, who.body)
    if known is None or known.state != "submitted":
        return  # the state itself is refused by who decides
    awaited = next_link(rules, known, happened)
    if isinstance(command, hc.ApproveReply):
        if awaited is not None:
            raise RuleBroken("chain_step_before", step=awaited.code)
        chain = steps_of(rules, known.kind, who.body)
        if chain and chain[-1].people and command.road in ON_SCREEN and who.person not in chain[-1].people:
            raise RuleBroken("chain_not_yours", step="sign", needed=chain[-1].persons)
        return
    if awaited is None or awaited.code != command.step:
        raise RuleBroken("chain_step_unknown", field="step", step=command.step)
    if command.skipped.strip():
        return
    if command.road in ON_SCREEN:
        if not may_take(awaited, who.person, who.roles):
            raise RuleBroken("chain_not_yours", step=awaited.code, needed=awaited.persons)
        if awaited.apart and who.person == known.submitted_by:
            raise RuleBroken("chain_by_writer", step=awaited.code)
        return
    if awaited.body and command.body and command.body != awaited.body:
        raise RuleBroken("chain_other_body", field="body", body=awaited.body)
    needed = ("signer", "words") if command.road == "telephone" else ("signer", "scan")
    for name in needed:
        if not str(getattr(command, name)).strip():
            raise RuleBroken("field_missing", field=name, action="pass-reply")


def step_words(
    code: str, found: Callable[[str], Sequence[Happened]], person: Callable[[str], str], body: Callable[[str], str]
) -> str:
    """Return in Chinese who took a step of the newest submitted text, when, by which road, what he said; why it was skipped.

    ``found``: the events of a key, oldest first, as papers ask for them.
    """
    submitted = found("reply-submitted")
    if not submitted:
        return ""
    text = submitted[-1].stamped.event
    assert isinstance(text, he.ReplySubmitted)
    for one in reversed(found("reply-approved" if code == "sign" else f"reply-passed/{code}")):
        event = one.stamped.event
        assert isinstance(event, he.ReplyApproved | he.ReplyPassed)
        if (event.reply, event.sha256) != (text.reply, text.sha256):
            continue
        if isinstance(event, he.ReplyPassed) and event.skipped:
            return f"（未办：{event.skipped}）"
        who = event.leader if isinstance(event, he.ReplyApproved) else event.signer or one.person
        where = body(event.body) if isinstance(event, he.ReplyPassed) and event.body else ""
        road = "" if event.road in ON_SCREEN else labels.choice("road", event.road, "zh_CN")
        noted = "；".join(w for w in (event.words, road) if w)
        at = china(one.happened_at)
        return f"{where}{person(who)}　{at.year}年{at.month}月{at.day}日{at:%H:%M}" + (f"（{noted}）" if noted else "")
    return ""
