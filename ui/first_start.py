"""The first start: how to begin, in the window, before there is a desk."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer

from ui.beginning import asked_by_file
from ui.dialogs.errors import install_crash_handler
from ui.language import CHINESE, ENGLISH
from ui.views.chooser import Choice

if TYPE_CHECKING:
    from ui.app import Program
    from ui.views.founding_pages import Begun
    from ui.views.workplace import Workplace


class FirstStart(QObject):
    """Asks how to begin and hands the desk that was founded to the program."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self.begun: Begun | None = None
        """What was filled so far; kept over a change of language."""
        self.newcomer = False
        """Whether who begins here is led through the window once."""
        self.others = False
        """Whether the others of this PC are to be enrolled at once."""

    def begin(self) -> None:
        """Show the pages of the first start, as far as they were filled."""
        from ui.views.founding_pages import Begun

        if self.begun is None:
            self.begun = Begun()
            if asked_by_file(self._program.options.home):
                self.begun.page = "join"
        pages = self._program.window.show_founding(
            self._program.options.home, self._program.bridge, self._program.languages.current, self.begun
        )
        pages.on_paper = self._recovery_sheet
        pages.demo_asked.connect(self._begin_with_demo)
        pages.ready.connect(self._begin_alone)
        pages.language_asked.connect(self._language_at_first_start)
        pages.quit_asked.connect(self._program.window.close)

    def lead(self, workplace: "Workplace") -> None:
        """Lead who begins here through the window, once; also where he was when the window was built anew."""
        if self.newcomer:
            self.newcomer = False
            workplace.begin_newcomer()
        if self.others:
            self.others = False
            QTimer.singleShot(0, workplace, workplace.context.actions.action("people").trigger)

    def _begin_with_demo(self) -> None:
        self.newcomer = True
        self._program.options = replace(
            self._program.options, demo=True, home=self._program.options.demo_home or self._program.options.home
        )
        self._program.start()

    def _begin_alone(self, person: str, secret: str) -> None:
        install_crash_handler(self._program.options.home / "log", lambda error: self._program.show_error(error, None))
        assert self.begun is not None
        self._program.offer((Choice(person, self.begun.name, self.begun.body_name, self.begun.title, True),))
        self.others = self.begun.others
        self.begun = None
        self.newcomer = True
        self._program.enter(person, secret)

    def _language_at_first_start(self) -> None:
        if self._program.window.founding is not None:
            self._program.window.founding.keep()
        self._program.languages.use(CHINESE if self._program.languages.current == ENGLISH else ENGLISH)
        self.begin()

    def _recovery_sheet(self, groups: tuple[str, ...]) -> None:
        """Show the recovery sheet to be printed or saved; the desk is not open yet."""
        from ui.dialogs.paper import PdfDialog

        assert self._program.window.founding is not None
        begun = self._program.window.founding.begun
        dialog = PdfDialog(
            self.tr("恢复单"), lambda error, parent: self._program.show_error(error, parent), self._program.window
        )
        dialog.setWindowTitle(self.tr("恢复单"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()

        def job() -> bytes:
            from liaison_app.domain.papers import RecoverySheet

            sheet = RecoverySheet(
                district=begun.district, body=begun.body_name, person=begun.name, date=today, groups=groups
            )
            return self._program.papers.recovery(sheet).pdf

        self._program.bridge.work(job, lambda pdf: dialog.show_pdf(pdf, self.tr("恢复单")), owner=dialog)
