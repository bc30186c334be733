"""Settings of the person at work, read once when the desk opens, written behind the window's back."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ui.bridge import Bridge

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

KEYS: Mapping[str, Any] = {
    "window.language": "",
    "window.large_type": False,
    "window.theme": "system",
    "window.geometry": {},
    "window.list": "today",
    "window.idle_minutes": 10,
    "sync.only_now": False,
    "window.stay": False,
    "reminders.ordinary": False,
    "recent.cases": [],
    "queue.columns": [],
    "queue.saved": [],
    "queue.seen": "",
    "print.kinds": {},
    "tour.step": 0,
}
"""Every setting of the window with its default."""


def read_all(desk: "Desk") -> dict[str, Any]:
    """Read the settings of the person at work (a reader's job)."""
    found = {key: desk.setting(key) for key in KEYS}
    return {key: json.loads(text) if text else KEYS[key] for key, text in found.items()}


class Settings:
    """Values at hand on the window's thread; a change is saved by the writer."""

    def __init__(self, desk: "Desk", bridge: Bridge, values: Mapping[str, Any]) -> None:
        self._desk = desk
        self._bridge = bridge
        self._values = dict(values)

    def get(self, key: str) -> Any:
        """Return the value; KeyError for a key that is not in :data:`KEYS`."""
        return self._values.get(key, KEYS[key])

    def put(self, key: str, value: Any) -> None:
        """Change a value and have it saved; nothing happens when it is the same."""
        if self.get(key) == value:
            return
        self._values[key] = value
        self._bridge.run(lambda: self._desk.set_setting(key, json.dumps(value, ensure_ascii=False)))
