"""Turning a decision into bytes: the act with its parts, chained and tagged, and its entries."""

import os
import time
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Actor
from liaison_app.domain.events import ENCODER, Event, RegisterEvent, Stamped, kind_of
from liaison_app.domain.ledger_commands import LedgerCommand
from liaison_app.domain.ledger_events import LedgerEvent
from liaison_app.domain.moments import stamp
from liaison_app.domain.records import (
    ActHeader,
    Entry,
    SignedAct,
    case_stream,
    entry_id,
    inner_stream,
    record_stream,
)
from liaison_app.security import chain, signatures


def new_id() -> str:
    """Return a UUIDv7: ids sort by the moment they were made."""
    raw = int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10)
    raw = raw[:6] + bytes([raw[6] & 0x0F | 0x70]) + raw[7:8] + bytes([raw[8] & 0x3F | 0x80]) + raw[9:]
    return str(uuid.UUID(bytes=raw))


class Pen(msgspec.Struct):
    """Where a device log stands while acts are written: sequence, head, secret."""

    device: str
    seq: int
    head: bytes
    secret: bytes
    registers: dict[str, str]
    key: signatures.Key | None = None
    """Signs each head of the log; a member's desk has one."""

    def tag(self, hashed: bytes) -> bytes:
        """Return the tag of an act, with the signature over the head behind it."""
        tagged = chain.tag(self.secret, hashed)
        return tagged + signatures.over_head(self.key, hashed) if self.key else tagged


def printable(command: cmd.Command) -> cmd.Command:
    """Return a command without what no database keeps: NUL signs and halves of surrogate pairs (pasted by mistake)."""
    try:
        if b"\\u0000" not in ENCODER.encode(command):
            return command
    except UnicodeEncodeError:
        pass
    found: cmd.Command = msgspec.convert(_printable(msgspec.to_builtins(command)), type(command))
    return found


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, dict):
        return {_printable(k): _printable(v) for k, v in value.items()}
    return [_printable(v) for v in value] if isinstance(value, list | tuple) else value


def parts(command: cmd.Command) -> tuple[bytes, bytes | None]:
    """Return the open and the personal part of a command as bytes."""
    plain = msgspec.to_builtins(command)
    names = cmd.PERSONAL_FIELDS.get(cmd.action_of(command), ())
    personal = {n: plain.pop(n) for n in names if plain.get(n) not in (None, "", {})}
    for name in names:
        plain.pop(name, None)
    return ENCODER.encode(plain), ENCODER.encode(personal) if personal else None


def stream_of(event: Event, case: str, body: str) -> str:
    """Return the stream of an event: a register's, a ledger record's, the body's inner one of the case, or the shared one."""
    if isinstance(event, RegisterEvent):
        return event.register
    if isinstance(event, LedgerEvent):
        return record_stream(event.stands_in or case)
    return inner_stream(case, body) if event.inner else case_stream(case)


def command_of(opened: bytes, personal: bytes | None) -> cmd.Command:
    """Return the command that an act was, from the bytes of its parts."""
    plain = msgspec.json.decode(opened) | (msgspec.json.decode(personal) if personal else {})
    found: cmd.Command = msgspec.convert(plain, cmd.AnyCommand | cmd.RegisterCommand | LedgerCommand)
    return found


def entries(
    act_id: str, case: str, body: str, events: Sequence[Stamped], versions: dict[str, int]
) -> tuple[list[Entry], dict[str, int]]:
    """Return the entries of an act and the base versions of their streams; move ``versions`` on."""
    lines: list[Entry] = []
    touched: dict[str, int] = {}
    for n, stamped in enumerate(events):
        stream = stream_of(stamped.event, stamped.case or case, body)
        base = versions.get(stream, 0)
        touched.setdefault(stream, base)
        versions[stream] = base + 1
        lines.append(
            Entry(
                id=entry_id(act_id, n), act_id=act_id, n=n, stream=stream, version=base + 1,
                kind=kind_of(stamped.event), data=ENCODER.encode(stamped),
            )
        )  # fmt: skip
    return lines, touched


def sign(
    pen: Pen, who: Actor, command: cmd.Command, case_id: str | None, at: datetime, now: datetime,
    events: Sequence[Stamped], versions: dict[str, int], audience: str,
) -> tuple[SignedAct, list[Entry]]:  # fmt: skip
    """Return the act and its entries, and move the pen and the stream versions on."""
    act_id = new_id()
    case = case_id or act_id
    opened, personal = parts(command)
    salt = os.urandom(16) if personal is not None else None
    lines, touched = entries(act_id, case, who.body, events, versions)
    header = ENCODER.encode(
        ActHeader(
            id=act_id, device=pen.device, seq=pen.seq + 1, person=who.person, body=who.body,
            kind=cmd.action_of(command), streams=tuple(touched.items()), registers=pen.registers,
            happened_at=stamp(at), open_sha256=chain.open_hash(opened),
            personal_sha256=chain.personal_hash(salt, personal) if salt and personal is not None else None,
            audience=audience if personal is not None else None,
        )
    )  # fmt: skip
    hashed = chain.act_hash(pen.head, header)
    act = SignedAct(
        id=act_id, device=pen.device, seq=pen.seq + 1, person=who.person, body=who.body, kind=cmd.action_of(command),
        case_id=None if isinstance(command, cmd.RegisterCommand | LedgerCommand) else case, happened_at=stamp(at), recorded_at=stamp(now), header=header, open=opened, salt=salt,
        personal=personal, audience=audience, prev_hash=pen.head, hash=hashed, tag=pen.tag(hashed),
    )  # fmt: skip
    pen.seq, pen.head = act.seq, hashed
    return act, lines
