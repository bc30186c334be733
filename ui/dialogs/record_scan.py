"""收回已盖章件 of a record: of which of its papers a scan is the sealed one; from then on it is shown and printed (OFFICE A6)."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from liaison_app.desk.file_views import RecognisedView
from liaison_app.desk.paper_views import PaperLine
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import LARGEST
from ui import theme
from ui.context import Context
from ui.dialogs.attach import Incoming, read_files
from ui.dialogs.errors import refusal_line
from ui.dialogs.where import ask_open
from ui.widgets.files_card import size_words
from ui.widgets.parts import button, called, label


def ask_scan(
    context: Context, record: str, papers: Sequence[PaperLine], parent: QWidget, done: Callable[[], object]
) -> None:  # fmt: skip
    """Ask for the file of a sealed paper, look at it on the pool, then ask of which paper it is."""

    def refused(error: BaseException) -> None:
        context.show_error(error, parent)

    def known(one: Incoming, found: tuple[RecognisedView, ...]) -> None:
        kind = next((f.kind for f in found if f.record_id == record), "")
        show_scan(context, record, papers, one, kind, parent, done)

    def looked(found: list[Incoming]) -> None:
        one = found[0]
        if not one.content:
            refused(RuleBroken(one.why, name=one.name, megabytes=-(-one.size // 2**20), most=LARGEST // 2**20))
        else:
            asked = partial(context.desk.recognise, one.words, one.pictures)
            context.bridge.read(asked, partial(known, one), lambda _error: known(one, ()), parent)

    def chosen(path: Path) -> None:
        context.bridge.work(lambda: read_files([path]), looked, refused, parent)

    words = QCoreApplication.translate("RecordScanDialog", "选择收回的已盖章件")
    ask_open(parent, words, "PDF / OFD (*.pdf *.ofd *.jpg *.jpeg *.png *.tif *.tiff)", chosen)


def show_scan(
    context: Context, record: str, papers: Sequence[PaperLine], one: Incoming, kind: str, parent: QWidget,
    done: Callable[[], object],
) -> None:  # fmt: skip
    """Open the dialog with one file."""
    dialog = RecordScanDialog(context, record, papers, one, kind, parent)
    dialog.accepted.connect(done)
    dialog.open()


class RecordScanDialog(QDialog):
    """Shows the file and asks of which paper it is the sealed one; ``kind``: the paper that its QR or number named."""

    def __init__(
        self, context: Context, record: str, papers: Sequence[PaperLine], one: Incoming, kind: str, parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._record, self._one = context, record, one
        self.setObjectName("recordScanDialog")
        self.setWindowTitle(self.tr("收回已盖章件"))
        theme.spread(self, 560, 300)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("收回已盖章件"), "title"))
        page.addWidget(label(f"{one.name}　{size_words(one.size)}", "lead", wrap=True))
        self.which = QComboBox()
        self.which.setObjectName("sealedPaper")
        self.which.setMinimumHeight(theme.TARGET)
        called(self.which, self.tr("是哪一份文书的已盖章件"))
        for paper in papers:
            self.which.addItem(f"{paper.name}　{paper.number}".strip(), paper.kind)
        self.which.setCurrentIndex(max(0, self.which.findData(kind)))
        page.addWidget(label(self.tr("是哪一份文书的已盖章件")))
        page.addWidget(self.which)
        said = self.tr("由二维码或文号认出。") if kind else self.tr("没有认出是哪一份，请选择。")
        page.addWidget(label(said + self.tr("归档以后，查看和打印都用这一份。"), "quiet", wrap=True))
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        page.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="cancelScan"))
        self.ok = button(self.tr("归档"), self.submit, kind="primary", name="keepScan")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        page.addLayout(row)

    def submit(self) -> None:
        """归档: bind the file to the paper."""
        desk, one = self._context.desk, self._one
        kind = str(self.which.currentData() or "")
        self.ok.setEnabled(False)
        job = partial(desk.attach_record_scan, self._record, kind, one.name, one.content)
        self._context.bridge.run(job, lambda _outcome: self._kept(), self._refused, self)

    def _kept(self) -> None:
        self._context.notify(self.tr("已归档：{0}").format(self._one.name))
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        said, _ = refusal_line(error, self._context.lang)
        self.wrong.setText(said or self.tr("没有归档。"))
        self.wrong.show()
