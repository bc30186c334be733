"""A paper in the window: seen as it will be printed, saved as PDF, printed through the system's dialog."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.paper_views import BlankView, PaperView
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.papers import PrintStyle
from ui import printing, theme
from ui.context import Context
from ui.dialogs.print_style import PrintStyleDialog, remember, remembered, style_of
from ui.dialogs.where import ask_save
from ui.widgets.parts import button, label, listed

PRINT_DPI = 300
Failed = Callable[[BaseException, QWidget | None], object]


class PdfDialog(QDialog):
    """Shows a PDF as it will be printed; saves it, prints it at its true size."""

    def __init__(self, name: str, failed: Failed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._failed = name, failed
        self._pdf: bytes | None = None
        self._lacks: RuleBroken | None = None
        self._printer: QPrinter | None = None
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.setObjectName("paperDialog")
        self.resize(860, 700)
        page = QVBoxLayout(self)
        self.missing = label("", "wrong", wrap=True)
        self.missing.hide()
        page.addWidget(self.missing)
        self.signatures = label("", "quiet", wrap=True)
        self.signatures.setObjectName("signatures")
        self.signatures.hide()
        page.addWidget(self.signatures)
        self.view = QPdfView(self)
        self.view.setAccessibleName(self.tr("文书预览"))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        page.addWidget(self.view, 1)
        row = self.row = QHBoxLayout()
        row.addWidget(button(self.tr("返回"), self.reject, name="backFromPaper"))
        row.addStretch(1)
        self.save_button = button(self.tr("另存为(&S)…"), self._ask_file, name="savePaper")
        self.print_button = button(self.tr("打印(&P)…"), self._ask_printer, kind="primary", name="printPaper")
        for each in (self.save_button, self.print_button):
            each.setEnabled(False)
            row.addWidget(each)
        page.addLayout(row)

    def show_pdf(self, pdf: bytes, title: str) -> None:
        """Show a PDF; from now on it can be saved and printed."""
        self._pdf = pdf
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.setWindowTitle(title)
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)

    def went_out(self, name: str) -> None:
        """Tell what hears of it that the paper was saved (with its name) or printed ('')."""

    def _ask_file(self) -> None:
        ask_save(self, self.tr("另存为 PDF"), f"{self._name}.pdf", "PDF (*.pdf)", self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the paper."""
        if self._pdf is None:
            return
        try:
            path.write_bytes(self._pdf)
        except OSError as error:
            self._failed(error, self)
            return
        self.went_out(path.name)

    def _ask_printer(self) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self.prepare(self._printer)
        dialog = QPrintDialog(self._printer, self)
        dialog.accepted.connect(lambda: self.print_on(self._printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def prepare(self, printer: QPrinter) -> None:
        """Set on a printer what is remembered of this kind of paper."""

    def print_on(self, printer: QPrinter | None) -> None:
        """Print every page: a queue is handed the PDF, on anything else the pages are painted."""
        if printer is None:
            return
        if printing.has_queue(printer) and self._pdf is not None:
            pdf = self._pdf
            self.asked(printer, lambda: self.spool(printer, pdf, lambda: self.went_out("")))
        elif self.paint_on(printer):
            self.went_out("")

    def asked(self, printer: QPrinter, then: Callable[[], object]) -> None:
        """Go on when the printer prints now; else say why not, before anything has a number."""

        def answered(trouble: RuleBroken | None, lacks: RuleBroken | None) -> None:
            self._lacks = lacks
            if trouble is not None:
                self._failed(trouble, self)
            else:
                then()

        printing.ask(self, printer, answered)

    def spool(self, printer: QPrinter, pdf: bytes, sent: Callable[[], object]) -> None:
        """Hand a PDF to the printer's queue; what it lacks is said when it has been taken."""

        def taken(trouble: RuleBroken | None) -> None:
            if trouble is not None:
                self._failed(trouble, self)
                return
            sent()
            if self._lacks is not None:
                self._failed(self._lacks, self)

        printing.send(self, pdf, self._name, printer, taken)

    def paint_on(self, printer: QPrinter) -> bool:
        """Paint every page; False when the printer cannot be had."""
        printer.setFullPage(True)  # the paper brings its own margins: printed as large as it is, nothing pulled
        painter = QPainter()
        if not painter.begin(printer):
            self._failed(OSError(), self)
            return False
        for number in range(self.document.pageCount()):
            if number:
                printer.newPage()
            points = self.document.pagePointSize(number)
            size = QSize(round(points.width() * PRINT_DPI / 72), round(points.height() * PRINT_DPI / 72))
            white = QImage(size, QImage.Format.Format_RGB32)
            white.fill(Qt.GlobalColor.white)
            over = QPainter(white)
            over.drawImage(0, 0, self.document.render(number, size))
            over.end()
            room = QRectF(painter.viewport())
            place = QRectF(QPointF(), QSizeF(size).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
            place.moveCenter(room.center())
            painter.drawImage(place, white, QRectF(white.rect()))
        painter.end()
        return True


class PaperDialog(PdfDialog):
    """Papers of one or several cases, or of a record. Missing characters are named before anything is printed.

    What is seen first is a draft: the paper gets its number, is drawn with it and recorded when it goes out.
    """

    def __init__(
        self, context: Context, kind: str, refs: Sequence[str], parent: QWidget | None = None, *, name: str = "",
        more: bool = False, outside: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(kind, context.show_error, parent)
        self._context, self._kind, self._refs, self._outside = context, kind, tuple(refs), outside
        self._copy_for = ""
        self._blanks: tuple[BlankView, ...] = ()
        self._title, self._suffix = name or self.tr("移送单预览"), ".pdf"
        self._filters = "PDF (*.pdf)" + (self.tr(";;Word / WPS 文字 (*.docx)") if more and len(self._refs) == 1 else "")
        self.setWindowTitle(self._title)
        if more:
            self.outside = QCheckBox(self.tr("对外复印件（不含个人信息）(&O)"))
            self.outside.setObjectName("forOutside")
            self.outside.setMinimumHeight(theme.TARGET)
            self.outside.setChecked(outside)
            self.outside.toggled.connect(self._other)
            self.row.insertWidget(1, self.outside)
        self.copy = QComboBox()
        self.copy.setObjectName("copyFor")
        self.copy.setAccessibleName(self.tr("正本或副本"))
        self.copy.setMinimumHeight(theme.TARGET)
        self.copy.currentIndexChanged.connect(self._other_copy)
        self.copy.hide()
        self.row.insertWidget(1, self.copy)
        self.fill_button = button(self.tr("填写(&F)…"), self._ask_words, name="fillPaper")
        self.fill_button.hide()
        self.row.insertWidget(1, self.fill_button)
        self.row.insertWidget(1, button(self.tr("打印设置(&T)…"), self._ask_style, name="printSettings"))
        self._read()

    def _look_for_blanks(self) -> None:
        desk, kind, ref = self._context.desk, self._kind, self._refs[0]
        if len(self._refs) == 1:
            self._context.bridge.read(lambda: desk.blanks(kind, ref), self._take_blanks, lambda _e: None, self)

    def _take_blanks(self, blanks: tuple[BlankView, ...]) -> None:
        self._blanks = blanks
        self.fill_button.setVisible(bool(blanks))

    def _ask_words(self) -> None:
        """填写: the places that people fill, each in its form."""
        from ui.dialogs.paper_form import PaperFormDialog

        dialog = PaperFormDialog(self._context, self._kind, self._refs[0], self._blanks, self._read, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _other_copy(self) -> None:
        self._copy_for = str(self.copy.currentData() or "")
        self._read()

    def _ask_style(self) -> None:
        dialog = PrintStyleDialog(self._context, self._kind, self._title, self._read, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _other(self, outside: bool) -> None:
        self._outside = outside
        self._read()

    def _read(self) -> None:
        desk, kind, every, outside = self._context.desk, self._kind, self._refs, self._outside
        style = self._style()
        self._look_for_blanks()
        self._context.bridge.read(
            lambda: desk.paper(kind, every, outside=outside, style=style), self._show, self._not_made, self
        )

    def _style(self) -> PrintStyle | None:
        return style_of(self._context, self._kind, "" if self._outside else self._copy_for)

    def _show(self, paper: PaperView) -> None:
        self._name = paper.number or self._title
        self._suffix = paper.suffix
        if paper.scan:
            self._show_returned(paper)
        self._fill_copies(paper.copies)
        if not paper.pdf:
            self.save_button.setEnabled(True)
            self.setWindowTitle(f"{self._title} {paper.number}".strip())
            return
        self.show_pdf(paper.pdf, f"{self._title} {paper.number}".strip() if paper.number else self._title)
        if paper.missing_glyphs:
            signs = listed(paper.missing_glyphs)
            self.missing.setText(
                self.tr("这些字现有字体没有，纸上会印成“□”和编号：{0}。请先安装含该字的字体。").format(signs)
            )
            self.missing.show()

    def _fill_copies(self, names: Sequence[str]) -> None:
        """Offer a copy 副本 to whom the paper names under 抄送, to nobody else (OFFICE B8)."""
        if self.copy.count() or not names:
            return
        self.copy.blockSignals(True)
        self.copy.addItem(self.tr("正本"), "")
        for name in names:
            self.copy.addItem(self.tr("副本：{0}").format(name), name)
        self.copy.blockSignals(False)
        self.copy.show()

    def _show_returned(self, paper: PaperView) -> None:
        """Say of a sealed paper that came back what it is, and what its signatures are worth."""
        said = [self.tr("这是收回的已盖章件，以后查看和打印都用它。")]
        if not paper.pdf:
            said.append(self.tr("它是 OFD 版式文件，本程序不能显示；请另存后用单位的 OFD 阅读软件打开、打印。"))
            self.view.hide()
        said += [self.tr("电子签名：{0}").format(one.words) for one in paper.signatures]
        self.signatures.setText("\n".join(said))
        self.signatures.setProperty("role", "quiet" if all(one.good for one in paper.signatures) else "wrong")
        self.signatures.style().unpolish(self.signatures)
        self.signatures.style().polish(self.signatures)
        self.signatures.show()

    def _not_made(self, error: BaseException) -> None:
        self._context.show_error(error, self.parentWidget())
        self.reject()

    def _ask_file(self) -> None:
        name = f"{self._name}{self._suffix}".replace("/", "_")
        filters = self._filters if self._suffix == ".pdf" else f"*{self._suffix}"
        ask_save(self, self.tr("另存为"), name, filters, self.save_to)

    def save_to(self, path: Path) -> None:
        """Let the paper go out as a file, .pdf or .docx by its name."""
        desk, kind, refs, outside = self._context.desk, self._kind, self._refs, self._outside
        docx, style = path.suffix.lower() == ".docx", self._style()

        def out() -> PaperView:
            return desk.put_out(
                kind, refs, way="saved", outside=outside, docx=docx, style=style, write=path.write_bytes
            )

        self._context.bridge.run(out, partial(self._saved, path), self._refused, self)

    def _saved(self, path: Path, paper: PaperView) -> None:
        if path.suffix.lower() != ".docx":
            self._show(paper)
        self._context.notify(self.tr("已保存：{0}").format(path.name))

    def _refused(self, error: BaseException) -> None:
        self._failed(error, self)

    def prepare(self, printer: QPrinter) -> None:
        """Set copies and both sides as they were the last time this kind was printed, and the size of its paper."""
        said = remembered(self._context, self._kind)
        printer.setCopyCount(int(said["copies"]))
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if said["duplex"] else QPrinter.DuplexMode.DuplexNone)
        if said["parts"] == "ply":
            printer.setPageSize(QPageSize(QSizeF(241, 279.4), QPageSize.Unit.Millimeter))

    def print_on(self, printer: QPrinter | None) -> None:
        """Let the paper go out and paint it, with its number, on a printer."""
        if printer is None:
            return
        desk, kind, refs, outside = self._context.desk, self._kind, self._refs, self._outside
        copies, style, to = max(printer.copyCount(), 1), self._style(), self._copy_for
        remember(self._context, kind, copies=copies)
        if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat:  # a file knows no two sides
            two = (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexAuto)
            remember(self._context, kind, duplex=printer.duplex() in two)

        def then(paper: PaperView) -> None:
            self._show(paper)
            gone = partial(desk.went_out, kind, refs, paper.pdf, copies=copies, to=to, outside=outside)
            record = partial(self._context.bridge.run, gone, None, self._refused, self)
            if queued and paper.pdf:
                self.spool(printer, paper.pdf, record)
            elif self.paint_on(printer):  # what did not go out is not recorded
                record()

        number = partial(desk.numbered, kind, refs, outside=outside, style=style)
        go_on = partial(self._context.bridge.run, number, then, self._refused, self)
        queued = printing.has_queue(printer)
        if queued:
            self.asked(printer, go_on)
        else:
            go_on()
