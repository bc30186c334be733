"""What every view is given by its constructor, from the one composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.bridge import Bridge
from ui.settings import Settings

if TYPE_CHECKING:  # the façade is imported late: the window stands first
    from liaison_app.desk.facade import Desk


@dataclass(frozen=True)
class Context:
    """The open desk, the way to its threads, the registry of actions, and who shows an error.

    ``lang`` is ``zh_CN`` or ``en``. ``show_error`` puts one plain sentence in front of the person (the only other way
    to say that something failed is a line beside the field). ``notify`` shows a quiet line that goes by itself.
    ``open_case`` opens a case page, ``open_record`` a record, ``open_reply`` the reply of a matter,
    ``open_folder`` the 签批夹 (at a case), ``open_room`` a meeting in progress, ``back`` leaves the page that asked. ``sync_now`` asks
    the network thread for a round, ``only_now`` tells it whether it may run rounds by itself.
    """

    desk: "Desk"
    bridge: Bridge
    actions: Actions
    settings: Settings
    lang: str
    show_error: Callable[[BaseException, QWidget | None], None]
    notify: Callable[[str], None]
    open_case: Callable[[str], None]
    back: Callable[[], None]
    open_record: Callable[[str], None]
    open_reply: Callable[[str, int], None] = lambda ref, matter: None
    open_folder: Callable[[str], None] = lambda ref: None
    open_room: Callable[[str], None] = lambda ref: None
    sync_now: Callable[[], None] = lambda: None
    only_now: Callable[[bool], None] = lambda only: None
