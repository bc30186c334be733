"""A file of a case, opened inside the window: photo, recording, film, PDF, text; its fingerprint was checked."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.file_views import FileView
from ui.context import Context
from ui.dialogs.paper import PdfDialog
from ui.dialogs.where import ask_save
from ui.widgets.files_card import size_words
from ui.widgets.moments import full_moment
from ui.widgets.parts import button, label
from ui.widgets.photos import upright
from ui.widgets.player import Player

Leaving = Callable[[], None]


class FileDialog(QDialog):
    """Shows one file; what cannot be shown inside is saved and opened elsewhere."""

    def __init__(
        self, context: Context, one: FileView, content: bytes, leaving: Leaving, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._one, self._content, self._leaving = context, one, content, leaving
        self.player: Player | None = None
        self._whole: QPixmap | None = None
        self.setObjectName("fileDialog")
        self.setWindowTitle(
            self.tr("附件")
        )  # a file may be named after the citizen; window titles are seen by other programs
        self.resize(*(760, 380) if one.kind == "recording" else (860, 680))
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 14, 18, 14)
        page.addWidget(label(one.name, "lead", wrap=True, select=True))
        words = self.tr("{what}　{size}　{who}，{when}").format(
            what=one.what_name, size=size_words(one.size), who=f"{one.body} {one.person}", when=full_moment(one.at)
        )
        page.addWidget(label(words.strip(), "quiet", wrap=True))
        self.hash = label(self.tr("指纹已核对：{hash}").format(hash=one.sha256), "small", wrap=True, select=True)
        page.addWidget(self.hash)
        page.addWidget(self._inside(), 1)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("返回"), self.reject, name="backFromFile"))
        row.addStretch(1)
        self.save_button = button(self.tr("另存为(&S)…"), self._ask_file, name="saveFile")
        row.addWidget(self.save_button)
        page.addLayout(row)

    def _inside(self) -> QWidget:
        if self._one.kind == "photo":
            return self._photo()
        if self._one.kind in {"recording", "film"}:
            self.player = Player(self._one.name, self._content, film=self._one.kind == "film", parent=self)
            if self._one.kind == "film":
                return self.player
            around = QWidget()
            column = QVBoxLayout(around)
            column.addWidget(self.player)
            column.addStretch(1)
            return around
        if self._one.kind == "text":
            text = QPlainTextEdit(_text(self._content))
            text.setReadOnly(True)
            text.setAccessibleName(self._one.name)
            return text
        words = self.tr("这种文件不在窗口里打开；请另存后用 WPS 等程序打开。")
        made = label(words, "quiet", wrap=True)
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        return made

    def _photo(self) -> QWidget:
        image = upright(self._content)
        if image.isNull():
            return label(self.tr("这张照片的格式本机不认识；请另存后打开。"), "wrong", wrap=True)
        self._whole = QPixmap.fromImage(image)
        self.picture = QLabel()
        self.picture.setAccessibleName(self._one.name)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self._one.name)
        self._area.setWidget(self.picture)
        self._area.viewport().installEventFilter(self)
        return self._area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the photo to the window."""
        if event.type() == QEvent.Type.Resize and self._whole is not None:
            room = self._area.viewport().size() - QSize(4, 4)
            fitted = self._whole
            if fitted.width() > room.width() or fitted.height() > room.height():
                mode = Qt.TransformationMode.SmoothTransformation
                fitted = fitted.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, mode)
            self.picture.setPixmap(fitted)
        return super().eventFilter(watched, event)

    def _ask_file(self) -> None:
        ask_save(self, self.tr("另存为"), self._one.name, "", self.save_to)

    def save_to(self, path: Path) -> None:
        """Save the original, byte for byte, once it is written down that it leaves."""
        content, leaving = self._content, self._leaving
        done = self.tr("已保存：{0}").format(path.name)

        def job() -> None:
            leaving()
            path.write_bytes(content)

        self._context.bridge.run(job, lambda _n: self._context.notify(done), self._failed, self)

    def _failed(self, error: BaseException) -> None:
        self._context.show_error(error, self)

    def done(self, result: int) -> None:
        """Stop what plays when the window goes."""
        if self.player is not None:
            self.player.stop()
        super().done(result)


class AttachedPdf(PdfDialog):
    """A PDF of a case; that it was saved or printed is written down."""

    def __init__(self, context: Context, one: FileView, leaving: Leaving, parent: QWidget) -> None:
        super().__init__(one.name.removesuffix(".pdf"), context.show_error, parent)
        self._context, self._leaving = context, leaving

    def went_out(self, name: str) -> None:
        """Write it down."""
        self._context.bridge.run(self._leaving, None, lambda error: self._context.show_error(error, self), self)


def show_file(context: Context, one: FileView, content: bytes, leaving: Leaving, parent: QWidget) -> QDialog:
    """Open a file inside: a PDF as a paper, anything else as what it is; ``leaving`` writes down that it goes out."""
    made: QDialog
    if one.kind == "pdf":
        made = AttachedPdf(context, one, leaving, parent)
        made.show_pdf(content, one.name)
        made.missing.setProperty("role", "small")
        made.missing.setText(made.tr("指纹已核对：{hash}").format(hash=one.sha256))
        made.missing.show()
    else:
        made = FileDialog(context, one, content, leaving, parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.open()
    return made


def _text(content: bytes) -> str:
    for code in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(code)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")
