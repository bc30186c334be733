"""What every command has: when it happened, for whom it was entered, which matter it concerns."""

from typing import Annotated, Any, Literal

import msgspec

Confidential = Literal["none", "ordinary", "strict"]
Road = Literal["own_desk", "switched", "telephone", "paper"]
Line = Annotated[str, msgspec.Meta(max_length=2_000)]
Text = Annotated[str, msgspec.Meta(max_length=200_000)]
Moment = Annotated[str, msgspec.Meta(max_length=40)]


class Proxy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """代录: the act is somebody else's; whose, and the paper or the telephone record that shows it."""

    person: Line
    body: Line = ""
    evidence: Line


class Command(msgspec.Struct, frozen=True, kw_only=True, tag_field="do", forbid_unknown_fields=True):
    """What every act may say: when it really happened (补录, OFFICE B4) with the reason, and for whom (代录)."""

    happened_at: Moment | None = None
    late_reason: Line = ""
    proxy: Proxy | None = None
    matter: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1


def action_of(command: Command) -> str:
    """Return the word of a command on the command line."""
    return str(type(command).__struct_config__.tag)


def given_of(command: Command) -> dict[str, Any]:
    """Return the fields of a command that say something."""
    return {k: v for k, v in msgspec.structs.asdict(command).items() if v not in ("", None, [], {})}
