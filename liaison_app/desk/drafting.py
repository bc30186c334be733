"""What a person need not type again: the newest version of the own body's reply when it is submitted or sent."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_origin

import msgspec

from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain import handling_commands as hc
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.errors import RuleBroken


def shaped(kind: type[cmd.Command], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields in the shape of a command: one word where a list is meant becomes a list, and the reverse."""
    types = {field.name: get_origin(field.type) for field in msgspec.structs.fields(kind)}
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if types.get(name) is list and isinstance(value, str):
            value = [part.strip() for part in re.split(r"[、,，\n]", value) if part.strip()]
        elif types.get(name, list) is not list and isinstance(value, list) and len(value) == 1:
            value = value[0]
        found[name] = value
    return found


def filled(command: cmd.Command, case: Case | None, happened: Sequence[Happened], body: str) -> cmd.Command:
    """Return a command with reply, version and text taken from the own drafts where the person named none."""
    if case is None or not isinstance(command, hc.SubmitReply | hc.SendReply | hc.DraftReply):
        return command
    drafts = [
        h for h in happened if isinstance(h.stamped.event, he.ReplyDrafted) and h.stamped.matter == command.matter
    ]
    known = case.handling.reply(command.matter, command.reply, body)
    if isinstance(command, hc.DraftReply):
        going = known is not None and known.state in {"submitted", "returned"}
        return msgspec.structs.replace(command, reply=known.id) if known and going and not command.reply else command
    mine = [h for h in drafts if not command.reply or _event(h).reply == command.reply]
    if isinstance(command, hc.SubmitReply):
        if not mine:
            return command
        newest = _event(mine[-1])
        return msgspec.structs.replace(command, reply=newest.reply, kind=newest.kind, sha256=newest.sha256)
    if known is None:
        return command
    approved = [h for h in drafts if (_event(h).reply, _event(h).sha256) == (known.id, known.sha256)]
    text = str(approved[-1].personal.get("text", "")) if approved else ""
    return msgspec.structs.replace(command, reply=known.id, text=command.text or text)


def check_own_note(command: cmd.Command, happened: Sequence[Happened], person: str) -> None:
    """Raise RuleBroken when a note is struck that is not there, is another's, or is struck through already."""
    if not isinstance(command, cmd.StrikeNote):
        return
    notes = {h.act_id: h.person for h in happened if isinstance(h.stamped.event, ev.NoteWritten)}
    struck = {h.stamped.event.note for h in happened if isinstance(h.stamped.event, ev.NoteStruck)}
    if command.note not in notes:
        raise RuleBroken("note_unknown", field="note", value=command.note)
    if notes[command.note] != person:
        raise RuleBroken("note_of_another", field="note", person=notes[command.note])
    if command.note in struck:
        raise RuleBroken("note_struck", field="note")


def _event(happened: Happened) -> he.ReplyDrafted:
    event = happened.stamped.event
    assert isinstance(event, he.ReplyDrafted)
    return event
