"""登记簿: 发文, 收文, 送文 and 用印 of the own office, filtered by days and words, printed, exported, opened."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.paper_views import BookView, PaperView
from liaison_app.words import books
from ui import theme
from ui.context import Context
from ui.dialogs.paper import PdfDialog
from ui.dialogs.where import ask_save
from ui.views.page import Page
from ui.widgets.parts import button, called, clear, label
from ui.widgets.sheet import Sheet


class BooksPage(Page):
    """One register at a time; a line opens its case."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("booksPage")
        self.book: BookView | None = None
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        row = QHBoxLayout()
        self.which = QComboBox()
        self.which.setObjectName("whichBook")
        called(self.which, self.tr("哪一本登记簿"))
        self.which.setMinimumHeight(theme.TARGET)
        for name, pair in books.BOOKS.items():
            self.which.addItem(pair[1] if context.lang == "en" else pair[0], name)
        self.which.currentIndexChanged.connect(self.refresh)
        row.addWidget(self.which)
        today = context.desk.now()
        day = QDate(today.year, today.month, today.day)
        self.since, self.until = (
            self._day(self.tr("从哪天"), QDate(day.year(), day.month(), 1)),
            self._day(self.tr("到哪天"), day),
        )
        row.addWidget(self.since)
        row.addWidget(label("—", "quiet"))
        row.addWidget(self.until)
        self.words = QLineEdit()
        self.words.setObjectName("bookWords")
        self.words.setPlaceholderText(self.tr("文号、单位、事由"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setToolTip(self.words.placeholderText())
        self.words.setMinimumHeight(theme.TARGET)
        self.words.editingFinished.connect(self.refresh)
        row.addWidget(self.words, 1)
        row.addWidget(button(self.tr("打开(&E)"), self._open_current, icon="next", name="openBookLine"))
        row.addWidget(button(self.tr("导出(&X)…"), self._ask_file, name="exportBook"))
        self.print_button = button(self.tr("打印(&P)…"), self.print_papers, kind="primary", name="printBook")
        row.addWidget(self.print_button)
        page.addLayout(row)
        self.count = label("", "quiet")
        page.addWidget(self.count)
        self._place = QVBoxLayout()
        page.addLayout(self._place, 1)
        self.sheet: Sheet | None = None

    def _day(self, name: str, day: QDate) -> QDateEdit:
        made = QDateEdit(day)
        made.setCalendarPopup(True)
        made.setDisplayFormat("yyyy-MM-dd")
        made.setAccessibleName(name)
        made.setMinimumHeight(theme.TARGET)
        made.dateChanged.connect(self.refresh)
        return made

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("登记簿")

    def activated(self) -> None:
        """Read, and put the keyboard on the choice of the register."""
        self.refresh()
        self.which.setFocus()

    def refresh(self) -> None:
        """Read the register again."""
        desk, name, words = self.context.desk, str(self.which.currentData()), self.words.text()
        since, until = (day.date().toString("yyyy-MM-dd") for day in (self.since, self.until))
        self.context.bridge.read(lambda: desk.book(name, since, until, words), self._take, owner=self, key="book")

    def refresh_cases(self, case_ids: frozenset[str]) -> None:
        """Any case may have a paper in it."""
        self.refresh()

    def can_print(self) -> bool:
        """A register can be printed."""
        return self.book is not None

    def print_papers(self) -> None:
        """打印: the register as a table on A4 lying, seen first."""
        desk, book = self.context.desk, self.book
        if book is not None:
            self.context.bridge.read(lambda: desk.book_paper(book), self._show_paper, owner=self)

    def export_to(self, path: Path) -> None:
        """导出: write the lines as a workbook .xlsx, or as .csv where the name says so."""
        desk, book = self.context.desk, self.book
        if book is None:
            return
        done = partial(self.context.notify, self.tr("已保存：{0}").format(path.name))
        self.context.bridge.work(
            lambda: path.write_bytes(desk.book_file(book, path.suffix)), lambda _n: done(), self._refused, self
        )

    def _ask_file(self) -> None:
        if self.book is not None:
            name = f"{self.book.title} {self.book.since}—{self.book.until}.xlsx"
            kinds = self.tr("Excel / WPS 表格 (*.xlsx);;CSV (*.csv)")
            ask_save(self, self.tr("导出登记簿"), name, kinds, self.export_to)

    def _refused(self, error: BaseException) -> None:
        self.context.show_error(error, self)

    def _show_paper(self, paper: PaperView) -> None:
        dialog = PdfDialog(paper.name, self.context.show_error, self)
        dialog.show_pdf(paper.pdf, paper.name)
        dialog.open()

    def _take(self, book: BookView) -> None:
        if self.sheet is None or self.book is None or self.book.columns != book.columns:
            clear(self._place)
            widths = books.WIDTHS[book.book]
            self.sheet = Sheet(book.title, [(c, w * 10) for c, w in zip(book.columns, widths, strict=True)])
            self.sheet.opened.connect(self._open)
            self._place.addWidget(self.sheet)
        self.book = book
        struck = self.tr("（作废）{0}")
        self.sheet.fill(
            [
                [struck.format(c) if line.struck and i == 2 else c for i, c in enumerate(line.cells)]
                for line in book.lines
            ]
        )
        for at, line in enumerate(book.lines):
            self.sheet.mark(at, "not_matched" if line.struck else "")
        self.count.setText(self.tr("共 {n} 件").format(n=len(book.lines)))

    def _open_current(self) -> None:
        if self.sheet is not None:
            self._open(self.sheet.currentRow())

    def _open(self, at: int) -> None:
        """Open the case of a line."""
        if self.book is not None and 0 <= at < len(self.book.lines):
            ref = self.book.lines[at].ref
            desk = self.context.desk
            self.context.bridge.read(
                lambda: bool(desk.case(ref)), lambda _yes: self.context.open_case(ref),
                lambda _no: self.context.open_record(ref), self,
            )  # fmt: skip
