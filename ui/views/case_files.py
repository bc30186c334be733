"""The files of a case on its page: the cards, what is dropped or pasted on it, what is opened from it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_app.desk.file_views import FilesView, FileView
from ui.context import Context
from ui.widgets.files_card import THUMB, FilesCard
from ui.widgets.parts import clear
from ui.widgets.photos import upright


class CaseFiles(QObject):
    """Holds what was read of the files; the page puts :meth:`card` and :attr:`visits` where they belong."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.ref = ""
        self.found: FilesView | None = None
        self.shown: FilesCard | None = None
        self._place: QVBoxLayout | None = None
        self._thumbs: dict[str, QImage] = {}

    def read(self, ref: str) -> None:
        """Read the files of a case; the cards follow."""
        self.ref = ref
        desk = self._context.desk
        self._context.bridge.read(
            lambda: desk.files(ref), self._take, lambda _error: None, owner=self, key=f"files-{id(self)}"
        )

    def card(self) -> FilesCard:
        """Return a new card of the files."""
        self.shown = FilesCard(self.show, self.add, self.paste, self.thumb)
        if self.found is not None:
            self.shown.fill(self.found)
        return self.shown

    def visits(self) -> QWidget:
        """Return the place where the site visits stand."""
        place = QWidget()
        self._place = QVBoxLayout(place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._fill_visits()
        return place

    def _take(self, found: FilesView) -> None:
        changed, self.found = found != self.found, found
        if self.shown is not None:
            self.shown.fill(found)
        if changed:
            self._fill_visits()

    def _fill_visits(self) -> None:
        if self._place is None or self.shown is None:
            return
        clear(self._place)
        if (card := self.shown.visits()) is not None:
            self._place.addWidget(card)

    # -- what is done ---------------------------------------------------------------------------

    def add(self, about: str = "", data: QMimeData | None = None, paths: tuple[Path, ...] = ()) -> None:
        """Open the form 添加附件, with what was dropped or pasted."""
        from ui.dialogs.attach import AttachDialog

        if self.found is None or not self.found.can_attach:
            self._context.notify(self.tr("现在不能给这件案件添加附件。"))
            return
        dialog = AttachDialog(self._context, self.ref, self.found, self._page, about=about)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if data is not None:
            dialog.take(data)
        if paths:
            dialog.add_paths(paths)
        dialog.open()

    def paste(self) -> None:
        """粘贴截图: what the clipboard holds, in the form 添加附件."""
        from ui.dialogs.attach import can_take

        data = QGuiApplication.clipboard().mimeData()
        if can_take(data):
            self.add(data=data)
        else:
            self._context.notify(self.tr("剪贴板里没有图片或文件。"))

    def show(self, one: FileView) -> None:
        """Open a file inside the window."""
        from ui.dialogs.file import show_file

        desk, ref = self._context.desk, self.ref

        def then(got: tuple[FileView, bytes]) -> None:
            leaving = partial(desk.taken_out, [ref], "file", got[0].act_id)
            show_file(self._context, got[0], got[1], leaving, self._page)

        self._context.bridge.read(
            lambda: desk.file(ref, one.act_id), then, lambda error: self._context.show_error(error, self._page), self
        )

    def thumb(self, one: FileView, put: Callable[[QImage], None]) -> None:
        """Give a small picture of a photo, made on the pool and kept while the page is open."""
        if one.act_id in self._thumbs:
            put(self._thumbs[one.act_id])
            return
        desk, ref = self._context.desk, self.ref

        def read() -> QImage:
            return upright(desk.file(ref, one.act_id)[1], THUMB)

        self._context.bridge.read(read, partial(self._thumbed, one.act_id, put), lambda _error: None, owner=self)

    def _thumbed(self, act: str, put: Callable[[QImage], None], image: QImage) -> None:
        self._thumbs[act] = image
        try:
            put(image)
        except RuntimeError:  # the card was drawn anew meanwhile: the next one finds the picture kept
            return
