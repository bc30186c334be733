"""The desk's log: what the program did, for a technician. No word of a citizen and no name can get into it.

One JSON line an event in ``log/desk.log``, 1 MB a file, three files kept. Only the fact names of :data:`FACTS` are
written, and only numbers, codes and versions are values of them; anything else is left out.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from liaison_app.domain.errors import RuleBroken

FACTS: Final = frozenset(
    {
        "code",
        "action",
        "rule",
        "seconds",
        "rows",
        "founding",
        "mechanism",
        "lang",
        "schema",
        "program",
        "kind",
        "places",
    }
)
CODE: Final = re.compile(r"[A-Za-z0-9_.@ :/+-]{0,80}")
SIZE: Final = 1_000_000
KEPT: Final = 3


class Logbook:
    """The log of one home. Writing never fails the work it tells of."""

    def __init__(self, home: Path) -> None:
        self.path = home / "log" / "desk.log"
        self._handler: RotatingFileHandler | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handler = RotatingFileHandler(
                self.path, maxBytes=SIZE, backupCount=KEPT - 1, encoding="utf-8", delay=True
            )
        except OSError:
            self._handler = None

    def note(self, event: str, **facts: object) -> None:
        """Write an event with those of its facts that cannot hold a person's words."""
        if self._handler is None:
            return
        told = {name: value for name, value in facts.items() if name in FACTS and _harmless(value)}
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **told})
        record = logging.LogRecord("desk", logging.INFO, "", 0, line, None, None)
        self._handler.handle(record)

    def refused(self, action: str, error: BaseException) -> None:
        """Write that something was refused or went wrong: its code and, for a fault of ours, where it arose."""
        if isinstance(error, RuleBroken):
            self.note("refused", action=action, code=error.code, rule=str(error.facts.get("rule", "")))
            return
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        places = " ".join(f"{Path(f.filename).name}:{f.lineno}" for f in frames)
        self.note("fault", action=action, kind=type(error).__name__, places=places[-80:])

    def close(self) -> None:
        """Close the file."""
        if self._handler is not None:
            self._handler.close()


def _harmless(value: object) -> bool:
    if isinstance(value, bool | int | float):
        return True
    return isinstance(value, str) and CODE.fullmatch(value) is not None
