"""A desk that was closed while acts wait on it: one sentence, and the place where the administrator's answer is taken."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from liaison_app.domain.errors import RuleBroken
from ui.bridge import Bridge
from ui.dialogs.errors import plain_sentence
from ui.views.main_window import MainWindow

Take = Callable[[Path], RuleBroken | None]


class ClosedDesk(QObject):
    """Shows the sentence; ``take`` reads the answer on the writer, ``leave`` closes what is still open there."""

    def __init__(
        self, window: MainWindow, bridge: Bridge, lang: str, take: Take, leave: Callable[[], None],
        start: Callable[[], None], ended: Callable[[BaseException], None],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._window, self._bridge, self._lang = window, bridge, lang
        self._take, self._leave, self._start, self._ended = take, leave, start, ended

    def say(self, error: BaseException) -> None:
        """Say why, and offer to take the answer, to try again, to go."""
        what, _safe, todo = plain_sentence(error, self._lang)
        splash = self._window.show_splash(what, todo, failed=True, answers=True)
        splash.again.connect(self._again)
        splash.quit_asked.connect(self._window.close)
        splash.answer_given.connect(self._answer)

    def _again(self) -> None:
        self._bridge.run(self._leave, lambda _none: self._start(), self._ended, self)

    def _answer(self, name: str) -> None:
        take = self._take
        self._bridge.run(lambda: take(Path(name)), self._taken, self.say, self)

    def _taken(self, refused: RuleBroken | None) -> None:
        if refused is not None and refused.code == "desk_closed_waits":
            self.say(refused)
            return
        self._bridge.run(self._leave, None, None, self)
        self._ended(refused or RuleBroken("copy_closed", count=0))
