"""添加附件: files from a folder, dropped or pasted, looked at before they are attached; a paper of ours is recognised."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from liaison_app.desk.file_views import FilesView, NewFile, RecognisedView
from liaison_app.desk.views import Outcome
from liaison_app.domain.files import LARGEST, SEVERAL, FileKind, kind_of
from liaison_app.domain.paper_code import CODE
from liaison_app.words import labels
from ui import theme
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.dialogs.where import ask_several
from ui.widgets.files_card import KIND_ICONS, limit_words, of_visits, size_words
from ui.widgets.parts import button, called, clear, label, noted
from ui.widgets.photos import png_of, upright

USUAL: dict[FileKind, str] = {"photo": "site", "recording": "recording", "film": "film", "pdf": "scan"}
PAGES_READ = 3
"""Pages of a PDF that are searched for a number of ours."""
SEARCH_DPI = 150
"""How finely they are drawn to find a QR."""
THUMB = QSize(72, 54)


@dataclass(frozen=True)
class Incoming:
    """A file that may be attached; without ``content`` it was refused, ``why`` says so."""

    name: str
    size: int
    content: bytes = b""
    sha256: str = ""
    kind: FileKind = "other"
    why: str = ""
    pasted: bool = False
    thumb: QImage | None = None
    words: tuple[str, ...] = ()
    """What a PDF says of itself and on its first pages."""
    pictures: tuple[bytes, ...] = ()
    """Where a QR of ours may stand: the photo itself, the first pages of a PDF drawn."""


def read_files(paths: Sequence[Path]) -> list[Incoming]:
    """Return files of a folder with their fingerprints; one that is too large is not even read. Runs on the pool."""
    found = []
    for path in paths[:SEVERAL]:
        size = path.stat().st_size if path.is_file() else 0
        if not size:
            found.append(Incoming(path.name, 0, why="attachment_empty"))
        elif size > LARGEST:
            found.append(Incoming(path.name, size, why="file_too_large"))
        else:
            found.append(looked_at(path.name, path.read_bytes()))
    return found


def looked_at(name: str, content: bytes, *, pasted: bool = False) -> Incoming:
    """Return content as a file that may be attached."""
    kind = kind_of(name, content[:16])
    thumb = upright(content, THUMB) if kind == "photo" else None
    words, pictures = pages_of_pdf(content) if kind == "pdf" else ((), (content,) if kind == "photo" else ())
    return Incoming(
        name, len(content), content, hashlib.sha256(content).hexdigest(), kind, pasted=pasted, thumb=thumb, words=words,
        pictures=pictures,
    )  # fmt: skip


def taken(data: QMimeData) -> tuple[list[Path], QImage | None]:
    """Return what a drop or the clipboard brings: files, or a picture."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return paths, None
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    return [], None if image.isNull() else image


def can_take(data: QMimeData) -> bool:
    """Say whether a drop brings something that can be attached."""
    return data.hasImage() or any(isinstance(url, QUrl) and url.isLocalFile() for url in data.urls())


def pages_of_pdf(content: bytes) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """Return what a PDF says of itself and on its first pages, and those pages as pictures. Runs on the pool."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.status() != QPdfDocument.Status.Ready:
        return (), ()
    pages = range(min(document.pageCount(), PAGES_READ))
    said = [str(document.metaData(QPdfDocument.MetaDataField.Keywords) or "")]
    said += [document.getAllText(n).text() for n in pages]
    drawn = []
    for n in () if CODE.search(said[0]) else pages:  # a PDF of ours says itself what it is
        size = document.pagePointSize(n) * (SEARCH_DPI / 72)
        white = QImage(size.toSize(), QImage.Format.Format_Grayscale8)
        white.fill(Qt.GlobalColor.white)
        painter = QPainter(white)
        painter.drawImage(0, 0, document.render(n, size.toSize()))
        painter.end()
        drawn.append(png_of(white))
    document.close()
    return tuple(text for text in said if text), tuple(drawn)


class AttachDialog(QDialog):
    """Shows what will be attached and asks what each file is; ``about``: the site visit it belongs to."""

    def __init__(
        self, context: Context, case: str, found: FilesView, parent: QWidget | None = None, *, about: str = "",
        done: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._case, self._found, self._about, self._done = context, case, found, about, done
        self.incoming: list[Incoming] = []
        self.recognised: dict[str, RecognisedView] = {}
        self._said: dict[str, str] = {}
        """What the person said that a file is, by its fingerprint."""
        self._not_filed: set[str] = set()
        self.setObjectName("attachDialog")
        self.setWindowTitle(self.tr("添加附件"))
        self.setAcceptDrops(True)
        theme.spread(self, 860, 520)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("添加附件"), "title"))
        page.addWidget(label(limit_words(found), "quiet", wrap=True))
        self.visit = QComboBox()
        self.visit.setMinimumHeight(theme.TARGET)
        called(self.visit, self.tr("属于哪次现场检查"))
        self.visit.addItem(self.tr("属于整件案件"), "")
        for act, words in of_visits(found.visits):
            self.visit.addItem(words, act)
        self.visit.setCurrentIndex(max(0, self.visit.findData(about)))
        page.addWidget(self.visit)
        self.visit.setVisible(bool(found.visits))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("要附上的文件"))
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        area.setWidget(inside)
        page.addWidget(area, 1)
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("选择文件(&F)…"), self._browse, icon="attach", name="browseFiles"))
        row.addWidget(button(self.tr("粘贴(&V)"), self.paste, icon="copy", name="pasteHere"))
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="cancelAttach"))
        self.ok = button(self.tr("附上"), self.submit, kind="primary", name="doAttach")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        page.addLayout(row)
        self._fill()

    # -- what comes in --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        self.take(event.mimeData())
        event.acceptProposedAction()

    def paste(self) -> None:
        """粘贴: a screenshot or files from the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._say(self.tr("剪贴板里没有图片或文件。"))

    def take(self, data: QMimeData) -> bool:
        """Look at what a drop or the clipboard brings; False when it brings nothing."""
        paths, image = taken(data)
        if image is not None:
            at = self._context.desk.now()
            name = self.tr("截图 {0:%Y%m%d-%H%M%S}.png").format(at)
            self._context.bridge.work(lambda: [looked_at(name, png_of(image), pasted=True)], self.add, owner=self)
        elif paths:
            self.add_paths(paths)
        return bool(paths) or image is not None

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read files on the pool and list them."""
        self._context.bridge.work(lambda: read_files(paths), self.add, self._refused, self)

    def add(self, found: Sequence[Incoming]) -> None:
        """List files; a PDF is searched for a paper of ours."""
        known = {one.sha256 for one in self.incoming if one.sha256}
        fresh = [one for one in found if not one.sha256 or one.sha256 not in known]
        self.incoming += fresh
        desk = self._context.desk
        for one in fresh:
            if one.content and (one.words or one.pictures):
                self._context.bridge.read(
                    partial(desk.recognise, one.words, one.pictures), partial(self._recognised, one.sha256),
                    partial(self._not_recognised, one), self,
                )  # fmt: skip
        self._fill()

    def _not_recognised(self, one: Incoming, error: BaseException) -> None:
        """Say why a paper of ours is not filed by itself (check digits that do not fit); it may be filed by hand."""
        said, _ = refusal_line(error, self._context.lang)
        if said and getattr(error, "code", "") == "code_wrong":
            self._say(noted(one.name, said))

    def _recognised(self, sha256: str, found: tuple[RecognisedView, ...]) -> None:
        found = tuple(one for one in found if one.case_id)  # a paper of a record is filed on its own page
        if found:
            own = [one for one in found if one.case_id == self._case]
            self.recognised[sha256] = (own or list(found))[0]
            self._fill()

    def _browse(self) -> None:
        ask_several(self, self.tr("选择要附上的文件"), self.add_paths)

    # -- what is shown --------------------------------------------------------------------------

    def _fill(self) -> None:
        clear(self._rows)
        for at, one in enumerate(self.incoming):
            self._rows.addWidget(self._row(at, one))
        if not self.incoming:
            words = self.tr("把文件拖到这里，或选择文件、粘贴截图。照片按拍摄方向转正；重新打开的总是原件。")
            self._rows.addWidget(label(words, "quiet", wrap=True))
        self._rows.addStretch(1)
        good = [one for one in self.incoming if one.content]
        self.ok.setText(self.tr("附上 {n} 个文件").format(n=len(good)) if good else self.tr("附上"))
        self.ok.setEnabled(bool(good))

    def _paper(self, one: Incoming) -> RecognisedView | None:
        """Return the paper as which a file is filed, None where it is none or the person said so."""
        return None if one.sha256 in self._not_filed else self.recognised.get(one.sha256)

    def _what(self, one: Incoming) -> str:
        paper = self._paper(one)
        usual = (
            "receipt"
            if paper and paper.receipt
            else "sealed"
            if paper
            else "screenshot"
            if one.pasted
            else USUAL.get(one.kind, "evidence")
        )
        return self._said.get(one.sha256, usual)

    def _row(self, at: int, one: Incoming) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 4, 0, 4)
        sign = QLabel()
        sign.setFixedSize(THUMB)
        if one.thumb is not None and not one.thumb.isNull():
            sign.setPixmap(QPixmap.fromImage(one.thumb))
        else:
            icon: QIcon = theme.icon(KIND_ICONS.get(one.kind, "attach"))
            sign.setPixmap(icon.pixmap(QSize(32, 32)))
        across.addWidget(sign)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(one.name, "lead", wrap=True))
        if one.why:
            words, _ = refusal_line(_refusal(one), self._context.lang)
            column.addWidget(label(words, "wrong", wrap=True))
        else:
            hash_ = label(
                self.tr("{size}　指纹 {hash}").format(size=size_words(one.size), hash=one.sha256[:16] + "…"), "small"
            )
            hash_.setToolTip(one.sha256)
            column.addWidget(hash_)
        known = self.recognised.get(one.sha256)
        if known is not None:
            said = (
                self.tr("归档：{number}\n{name}的签收回执\n（案件 {case}）")
                if known.receipt
                else self.tr("归档：这是 {number} {name}（案件 {case}）")
            )
            words = said.format(number=known.number, name=known.name, case=known.case_number)
            offer = QCheckBox(words)
            offer.setObjectName(f"fileAs{at}")
            offer.setAccessibleName(words)
            offer.setChecked(one.sha256 not in self._not_filed)
            offer.toggled.connect(partial(self._file_as, one.sha256))
            column.addWidget(offer)
        across.addLayout(column, 1)
        kinds = QComboBox()
        called(kinds, self.tr("{name} 是什么").format(name=one.name))
        kinds.setObjectName(f"fileKind{at}")
        kinds.setMinimumHeight(theme.TARGET)
        for code, pair in labels.CHOICES["attach-what"].items():
            kinds.addItem(labels.pick(pair, self._context.lang), code)
        kinds.setCurrentIndex(max(0, kinds.findData(self._what(one))))
        kinds.currentIndexChanged.connect(lambda _i: self._said.update({one.sha256: str(kinds.currentData())}))
        if not one.why:
            across.addWidget(kinds)
        drop = button(self.tr("移去"), partial(self._drop, at), name=f"dropFile{at}")
        drop.setAccessibleName(self.tr("移去 {name}").format(name=one.name))
        across.addWidget(drop)
        return made

    def _drop(self, at: int) -> None:
        del self.incoming[at]
        self._fill()

    def _file_as(self, sha256: str, chosen: bool) -> None:
        (self._not_filed.discard if chosen else self._not_filed.add)(sha256)
        self._fill()

    # -- what is done ---------------------------------------------------------------------------

    def submit(self) -> None:
        """附上: all files in one transaction a case; a recognised paper goes to its own."""
        self.wrong.hide()
        by_case: dict[str, list[NewFile]] = {}
        about = str(self.visit.currentData() or "")
        for one in self.incoming:
            if not one.content:
                continue
            known = self._paper(one)
            case = known.case_id if known else self._case
            file = NewFile(
                name=one.name, content=one.content, what=self._what(one),
                paper=known.number if known and (known.numbered or known.receipt) else "", about=about if case == self._case else "",
            )  # fmt: skip
            by_case.setdefault(case, []).append(file)
        if not by_case:
            return
        self.ok.setEnabled(False)
        desk = self._context.desk

        def job() -> list[Outcome]:
            return [done for case, files in by_case.items() for done in desk.attach_files(case, files)]

        self._context.bridge.run(job, self._attached, self._refused, self)

    def _attached(self, outcomes: list[Outcome]) -> None:
        self._context.notify(self.tr("已附上 {n} 个文件").format(n=len(outcomes)))
        self._done()
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(any(one.content for one in self.incoming))
        said, _ = refusal_line(error, self._context.lang)
        if said:
            self._say(said)
        else:
            self._context.show_error(error, self)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()


def _refusal(one: Incoming) -> BaseException:
    from liaison_app.domain.errors import RuleBroken

    return RuleBroken(one.why, name=one.name, megabytes=-(-one.size // 2**20), most=LARGEST // 2**20)
