"""A desk that was closed: one sentence, the place where the administrator's answer is taken while acts wait, then the way to begin anew."""

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


class CopyClosed(QObject):
    """Says that nothing opens this copy any more; another desk may begin in its place, the copy is put by."""

    def __init__(self, window: MainWindow, bridge: Bridge, lang: str, home: Path, start: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._bridge, self._lang, self._home, self._start = window, bridge, lang, home, start

    def say(self, error: BaseException) -> None:
        """Say why, and offer to begin anew, to go."""
        what, safe, todo = plain_sentence(error, self._lang)
        splash = self._window.show_splash(what, f"{safe} {todo}".strip(), failed=True, anew=True)
        splash.anew_asked.connect(self._anew)
        splash.quit_asked.connect(self._window.close)

    def _anew(self) -> None:
        home = self._home

        def job() -> Path:
            from liaison_app.desk.closing import put_by

            return put_by(home)

        self._bridge.run(job, lambda _where: self._start(), self.say, self)
