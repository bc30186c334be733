"""What is dropped on the window, on whatever page: a paper of ours that came back is filed to its case."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from liaison_app.desk.file_views import FilesView, RecognisedView
from liaison_app.desk.paper_views import PaperLine
from ui.context import Context
from ui.dialogs.attach import AttachDialog, Incoming, looked_at, read_files
from ui.dialogs.errors import refusal_line
from ui.dialogs.record_scan import show_scan
from ui.widgets.photos import png_of

PACKAGE = ".ldp"
TABLES = (".xlsx", ".xls", ".csv", ".et")


def is_package(path: Path) -> bool:
    """Say whether a file is a package 同步包."""
    return path.suffix.lower() == PACKAGE


def is_table(path: Path) -> bool:
    """Say whether a file is a workbook that the import reads (or names the cure for)."""
    return path.suffix.lower() in TABLES


class Dropping(QObject):
    """Reads what was dropped, finds the case by QR, number or keywords, opens 添加附件 of that case with it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._over = context, parent

    def take_picture(self, image: QImage) -> None:
        """Look at a picture that was dropped, on the pool."""
        name = self.tr("截图 {0:%Y%m%d-%H%M%S}.png").format(self._context.desk.now())
        self._context.bridge.work(lambda: [looked_at(name, png_of(image), pasted=True)], self._read, owner=self)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Look at files that were dropped or handed over, on the pool."""
        self._context.bridge.work(lambda: read_files(paths), self._read, self._refused, self)

    def _read(self, found: list[Incoming]) -> None:
        desk, good = self._context.desk, [one for one in found if one.content]
        words = [text for one in good for text in one.words]
        pictures = [picture for one in good for picture in one.pictures]

        def job() -> tuple[RecognisedView | None, FilesView | None, tuple[PaperLine, ...]]:
            known = next(iter(desk.recognise(words, pictures)), None)
            if known is not None and known.record_id:
                return known, None, desk.papers_of_record(known.record_id)
            return known, desk.files(known.case_id) if known else None, ()

        self._context.bridge.read(job, partial(self._filed, good), self._refused, self)

    def _filed(
        self, good: Sequence[Incoming], found: tuple[RecognisedView | None, FilesView | None, tuple[PaperLine, ...]]
    ) -> None:  # fmt: skip
        known, files, papers = found
        if known is not None and known.record_id and good:
            self._context.open_record(known.record_id)
            show_scan(self._context, known.record_id, papers, good[0], known.kind, self._over, lambda: None)
            return
        if known is None or files is None or not good:
            self._context.notify(self.tr("没有认出是哪件案件的文书；请打开案件，把文件拖到案件页上。"))
            return
        self._context.open_case(known.case_id)
        dialog = AttachDialog(self._context, known.case_id, files, self._over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add(good)
        dialog.open()

    def _refused(self, error: BaseException) -> None:
        said, _ = refusal_line(error, self._context.lang)
        self._context.notify(said or self.tr("文件读不出来；没有归档。"))
