"""The pages that are opened over one another, and how each is opened.

A page is made inside the stack: a widget with all its children that changes its parent is styled anew as a whole.
"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from liaison_app.desk.views import DraftView, TaskView
from ui.context import Context
from ui.views.case_page import CasePage
from ui.views.page import Page

if TYPE_CHECKING:
    from ui.views.import_view import ImportView
    from ui.views.sync_page import SyncPage


class Going(QWidget):
    """A stack of pages with the way back; the workplace puts rail, title and status around it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.stack = QStackedWidget()
        self._history: list[Page] = []
        self._list = "today"

    def page(self) -> Page:
        """Return the page that is shown."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def open_case(self, ref: str) -> None:
        """Open a case page over the present page."""
        page = CasePage(self.context, ref, parent=self.stack)
        page.refresh()
        self._push(page)

    def open_case_window(self) -> None:
        """Open the case of the present page in a window of its own."""
        from ui.views.case_window import CaseWindow

        if ref := self.page().case_ref():
            CaseWindow(self.context, ref, self).show()

    def open_task(self, ref: str, action: str) -> None:
        """Open a case and the dialog of an act."""
        page = CasePage(self.context, ref, parent=self.stack)
        page.open_with(action)
        page.refresh()
        self._push(page)

    def open_register(self, draft: DraftView | None) -> None:
        """Open the registration form, with a draft when one is resumed."""
        from ui.views.registration import RegistrationView

        if self.page().objectName() == "registrationView" and draft is None:
            self.page().activated()
            return
        self._push(RegistrationView(self.context, draft, parent=self.stack))

    def open_import(self) -> "ImportView":
        """Open the page that reads tables."""
        from ui.views.import_view import ImportView

        page = ImportView(self.context, parent=self.stack)
        self._push(page)
        return page

    def open_mechanism(self) -> None:
        """Open the page of the mechanism."""
        from ui.views.mechanism_view import MechanismPage

        if not isinstance(self.page(), MechanismPage):
            page = MechanismPage(self.context, parent=self.stack)
            page.draft_asked.connect(self.open_version)
            self._push(page)

    def open_version(self, draft: DraftView | None) -> None:
        """Open the draft of a new version of the mechanism, the one left open when one is resumed."""
        from ui.views.version_page import VersionPage

        self._push(VersionPage(self.context, draft, parent=self.stack))

    def open_statistics(self) -> None:
        """Open the indicators of the mechanism, counted."""
        from ui.views.mechanism_view import MechanismPage

        self.open_mechanism()
        page = self.page()
        assert isinstance(page, MechanismPage)
        page.open_tab("indicators")

    def open_ledger(self) -> None:
        """Open the page of records and meetings."""
        from ui.views.ledger_page import LedgerPage

        if not isinstance(self.page(), LedgerPage):
            self._push(LedgerPage(self.context, self.open_record, parent=self.stack))

    def open_meetings(self) -> None:
        """Open the meetings that are due, and what was decided."""
        from ui.views.meetings_page import MeetingsPage

        if not isinstance(self.page(), MeetingsPage):
            self._push(MeetingsPage(self.context, self.open_record, self.begin_record, parent=self.stack))

    def begin_record(self, kind: str, period: str) -> None:
        """Open the form with which a record begins."""
        from ui.views.ledger_page import LedgerPage

        page = LedgerPage(self.context, self.open_record, parent=self.stack)
        page.begin_with(kind, period)
        self._push(page)

    def call_meeting(self) -> None:
        """提请开会: propose a meeting about the case of the present page."""
        from ui.dialogs.call_meeting import CallMeetingDialog

        if ref := self.page().case_ref():
            CallMeetingDialog(self.context, ref, self).open()

    def open_books(self) -> None:
        """Open the registers 登记簿 of the office."""
        from ui.views.books_page import BooksPage

        if not isinstance(self.page(), BooksPage):
            self._push(BooksPage(self.context, parent=self.stack))

    def open_record(self, ref: str, step: str = "") -> None:
        """Open a record over the present page, with the form of a step when one is named."""
        from ui.views.record_page import RecordPage

        page = RecordPage(self.context, ref, self.open_record, parent=self.stack)
        page.open_with(step)
        page.refresh()
        self._push(page)

    def open_room(self, ref: str) -> None:
        """Open the room of a meeting in progress."""
        from ui.views.room_page import RoomPage

        page = RoomPage(self.context, ref, parent=self.stack)
        page.refresh()
        self._push(page)

    def open_record_task(self, task: TaskView) -> None:
        """Open what waits in a record, or the form of the record that is owed."""
        if task.record_id:
            self.open_record(task.record_id, task.action)
            return
        self.begin_record(task.record_kind, task.period)

    def open_hand_over(self) -> None:
        """Open 移交在办案件."""
        from ui.dialogs.handing_over import HandOverDialog

        HandOverDialog(self.context, self).open()

    def open_received(self, batch: str) -> None:
        """Open what was handed over to the person at work."""
        from ui.dialogs.handing_over import ReceiveDialog

        ReceiveDialog(self.context, batch, self).open()

    def open_calls(self) -> None:
        """Open the call list of return visits, at the case in sight when it is one of them."""
        from ui.views.calls_page import CallsPage

        if not isinstance(self.page(), CallsPage):
            self._push(
                CallsPage(
                    self.context, self.page().case_in_sight() if self._list == "to-revisit" else "", parent=self.stack
                )
            )

    def open_overview(self) -> None:
        """Open what a supervising post oversees."""
        from ui.views.oversight_page import OversightPage

        if not isinstance(self.page(), OversightPage):
            self._push(OversightPage(self.context, parent=self.stack))

    def open_directory(self, words: str = "") -> None:
        """Open the directory, at what was searched for."""
        from ui.views.directory_page import DirectoryPage

        page = self.page()
        if isinstance(page, DirectoryPage):
            page.box.setText(words or page.box.text())
        else:
            self._push(DirectoryPage(self.context, words, parent=self.stack))

    def open_inquiry(self) -> None:
        """Open the page for a caller who asks how it stands, with the case that is open."""
        from ui.views.inquiry_page import InquiryPage

        if not isinstance(self.page(), InquiryPage):
            self._push(InquiryPage(self.context, self.page().case_ref(), parent=self.stack))

    def open_hot(self) -> None:
        """Open the places complained of again and again."""
        from ui.views.hot_page import HotPage

        if not isinstance(self.page(), HotPage):
            self._push(HotPage(self.context, parent=self.stack))

    def open_reply(self, ref: str, matter: int = 1) -> None:
        """Open the reply of a matter beside the facts of its case."""
        from ui.views.reply_page import ReplyPage

        page = ReplyPage(self.context, ref, matter, parent=self.stack)
        page.refresh()
        self._push(page)

    def open_folder(self, ref: str = "") -> None:
        """Open the 签批夹, at the paper of a case when one is named."""
        from ui.views.folder_page import FolderPage

        if not isinstance(self.page(), FolderPage):
            page = FolderPage(self.context, ref, parent=self.stack)
            page.refresh()
            self._push(page)

    def open_sync(self) -> "SyncPage":
        """Open the page of synchronising and of what is to be checked."""
        from ui.views.sync_page import SyncPage

        page = self.page()
        if not isinstance(page, SyncPage):
            page = SyncPage(self.context, parent=self.stack)
            self._push(page)
        return page

    def open_administration(self) -> None:
        """Open the administrator's page."""
        from ui.views.administration_page import AdministrationPage

        if not isinstance(self.page(), AdministrationPage):
            self._push(AdministrationPage(self.context, parent=self.stack))

    def open_calendar(self) -> None:
        """Open the page of the working-day calendar."""
        from ui.views.calendar_view import CalendarPage

        if not isinstance(self.page(), CalendarPage):
            self._push(CalendarPage(self.context, parent=self.stack))

    def _push(self, page: Page) -> None:
        self._history.append(self.page())
        page.heading_changed.connect(self._heading)
        self.stack.addWidget(page)
        self._show(page)

    def _show(self, page: Page) -> None:
        self.stack.setCurrentWidget(page)
        self._heading()
        page.activated()

    def _heading(self) -> None:
        """Say above the page what it is; the workplace does."""
