"""How one thing that can be done in the window is written down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """One thing that can be done: where it stands, its words and tip, key, icon, whether a case must be open or a page offer it."""

    id: str
    menu: str
    words: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    needs_case: bool = False
    checkable: bool = False
    starts_group: bool = False
    of_page: bool = False
