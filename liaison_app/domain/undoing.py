"""What takes an act back 收回, as plain data: the act that makes up for it, or the code that says why there is none.

Nothing is ever erased: taking back is a further act, under the guards like any other. Pure.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from liaison_app.domain.command_base import Command, action_of

ACT: Final = "$act"
"""Stands for the id of the act that is taken back."""
WHY: Final = "$why"
"""Stands for the reason that the person gives."""


class Inverse(msgspec.Struct, frozen=True):
    """The act that makes up for another; each of its fields is a field of the first act, its id or the reason."""

    action: str
    fields: Mapping[str, str] = {}


INVERSES: Final[dict[str, Inverse]] = {
    "propose-transfer": Inverse("withdraw", {"reason": WHY}),
    "note": Inverse("strike-note", {"note": ACT, "reason": WHY}),
    "hand-over": Inverse("hand-over", {"to": "before", "reason": WHY}),
    "mark": Inverse("unmark", {"marks": "marks"}),
    "unmark": Inverse("mark", {"marks": "marks"}),
    "merge": Inverse("unmerge", {"reason": WHY}),
    "void": Inverse("reopen", {"reason": WHY}),
    "pause": Inverse("resume", {"rule": "rule"}),
    "submit-reply": Inverse("return-reply", {"reply": "reply", "comment": WHY}),
}
BARRED: Final[dict[str, str]] = {
    "undo_registered": "register bring-in issue-paper",
    "undo_sent": "transfer send-reply preliminary-reply feedback city-letter urge supervise publish assist-ask",
    "undo_said": "answer-alarm inform report-urgent inquire revisit",
    "undo_happened": "print-paper seal-paper deliver sign take-over arrive investigate complete step assist-give",
    "undo_decided": (
        "accept approve return approve-reply return-reply pass-reply grant-extension keep-transfer object dispute designate rule "
        "evaluate redo void-paper close archive file-case confirm-proxy unlist reopen move-version"
    ),
    "undo_rule": "list",
    "undo_seen": "reveal take-out receive-charge erase-personal",
    "undo_filed": "attach countersign",
    "undo_again": "withdraw strike-note unmerge resume ask-extension draft-reply",
}
"""Why an act cannot be taken back, and the acts of which that is so."""


def barred(action: str) -> str:
    """Return the code that says why an act cannot be taken back, '' when it can."""
    if action in INVERSES:
        return ""
    return next((code for code, actions in BARRED.items() if action in actions.split()), "undo_decided")


def makes_up(command: Command, act: str, why: str) -> tuple[str, dict[str, Any]]:
    """Return the act and the fields that take a command back. Raise KeyError where :func:`barred` says why not."""
    inverse = INVERSES[action_of(command)]
    given = {ACT: act, WHY: why}
    fields = {
        name: given[source] if source in given else getattr(command, source) for name, source in inverse.fields.items()
    }
    return inverse.action, {**{k: v for k, v in fields.items() if v}, "matter": command.matter}
