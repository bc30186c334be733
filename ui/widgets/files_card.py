"""The cards 现场检查 and 附件 of a case page: what was found on site with its photos, every file with one click to open it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from liaison_app.desk.file_views import FilesView, FileView, SiteVisitView
from ui import theme
from ui.widgets.layouts import Flow
from ui.widgets.moments import full_moment, short_moment
from ui.widgets.parts import Card, Chip, IconChip, Unfold, button, clear, label, line

THUMB = QSize(132, 99)
"""How large a photo stands on the page (pixels)."""
FIRST = 8
"""Files shown before the rest is unfolded."""
KIND_ICONS = {"photo": "search", "recording": "phone", "film": "next", "pdf": "paper", "office": "note", "text": "note"}


def size_words(size: int) -> str:
    """Return a size in words: 640 B, 12 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size // 1024} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def limit_words(found: FilesView) -> str:
    """Return in words what may still be attached; it is said before, not after."""
    words = QCoreApplication.translate(
        "FilesCard", "一个附件最多 {most} MB，本案还可附 {left} MB；原件不变，加密存放。"
    )
    return words.format(most=found.largest // 2**20, left=found.left // 2**20)


class FilesCard(Card):
    """Lists the files of a case. ``add`` opens the form for a site visit (its act) or for the case ('')."""

    def __init__(
        self, show: Callable[[FileView], object], add: Callable[[str], object], paste: Callable[[], object],
        thumb: Callable[[FileView, Callable[[QImage], None]], None],
    ) -> None:  # fmt: skip
        super().__init__(QCoreApplication.translate("FilesCard", "附件"))
        self.setObjectName("filesCard")
        self._show, self._add, self._paste, self._thumb = show, add, paste, thumb
        self.found: FilesView | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)

    def fill(self, found: FilesView) -> None:
        """Show the files; nothing is drawn anew where nothing changed."""
        if found == self.found:
            return
        self.found = found
        clear(self._list)
        if found.masked:
            words = QCoreApplication.translate("FilesCard", "附件不对本单位显示；查看会留下记录。")
            self._list.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "secret"))
            return
        for one in found.files[::-1][:FIRST]:
            self._list.addWidget(self._row(one))
        if len(found.files) > FIRST:
            rest = QWidget()
            column = QVBoxLayout(rest)
            column.setContentsMargins(0, 0, 0, 0)
            for one in found.files[::-1][FIRST:]:
                column.addWidget(self._row(one))
            words = QCoreApplication.translate("FilesCard", "其余附件（{n}）").format(n=len(found.files) - FIRST)
            self._list.addWidget(Unfold(words, rest))
        if not found.files:
            words = QCoreApplication.translate("FilesCard", "还没有附件。可把文件拖到这一页。")
            self._list.addWidget(label(words, "quiet", wrap=True))
        if found.can_attach:
            row = Flow(6)
            words = QCoreApplication.translate("FilesCard", "添加附件…")
            row.addWidget(button(words, lambda: self._add(""), icon="attach", name="addFiles"))
            words = QCoreApplication.translate("FilesCard", "粘贴截图")
            row.addWidget(button(words, self._paste, icon="copy", name="pasteFile"))
            self._list.addLayout(row)
            self._list.addWidget(label(limit_words(found), "small", wrap=True))

    def _row(self, one: FileView) -> QWidget:
        words = QCoreApplication.translate("FilesCard", "{name}\n{what}　{size}　{when}")
        said = words.format(
            name=one.name, what=one.what_name or one.paper or "", size=size_words(one.size), when=short_moment(one.at)
        )
        if not one.here:
            said += "　" + QCoreApplication.translate("FilesCard", "附件未到")
        made = button(
            said, partial(self._show, one), icon=KIND_ICONS.get(one.kind, "attach"), name=f"file_{one.act_id}"
        )
        tip = QCoreApplication.translate("FilesCard", "{who}，{when}\n指纹 {hash}")
        who = f"{one.body} {one.person}"
        made.setToolTip(tip.format(who=who, when=full_moment(one.at), hash=one.sha256))
        made.setMinimumHeight(theme.TARGET + 18)
        made.setStyleSheet("text-align: left;")
        made.setEnabled(one.here)
        if one.kind == "photo" and one.here:
            self._thumb(one, partial(_put, made, QSize(54, 40)))
        return made

    def visits(self) -> Card | None:
        """Return the card of site visits, None where nobody was there."""
        if self.found is None or not self.found.visits:
            return None
        card = Card(QCoreApplication.translate("FilesCard", "现场检查"))
        card.setObjectName("visitsCard")
        for at, visit in enumerate(reversed(self.found.visits)):
            if at:
                card.body.addWidget(line())
            card.body.addLayout(self._visit(visit))
        return card

    def _visit(self, visit: SiteVisitView) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(label(f"{visit.body}　{visit.officers}", "lead", wrap=True), 1)
        if visit.verified:
            top.addWidget(Chip(QCoreApplication.translate("FilesCard", "属实"), "amber"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        times = [
            (QCoreApplication.translate("FilesCard", "出发"), visit.set_out_at),
            (QCoreApplication.translate("FilesCard", "到场"), visit.arrived_at),
            (QCoreApplication.translate("FilesCard", "结束"), visit.ended_at),
        ]
        said = "　".join(f"{words} {short_moment(at)}" for words, at in times if at)
        if said:
            column.addWidget(label(said, "quiet", wrap=True))
        for words in (visit.findings, visit.measures, visit.evidence):
            if words:
                column.addWidget(label(words, wrap=True, select=True))
        photos = [f for f in visit.files if f.kind == "photo" and f.here]
        others = [f for f in visit.files if f not in photos]
        strip = Flow(6)
        for one in photos:
            strip.addWidget(self._photo(one))
        if self.found is not None and self.found.can_attach:
            words = QCoreApplication.translate("FilesCard", "添加照片…")
            strip.addWidget(
                button(words, partial(self._add, visit.act_id), icon="attach", name=f"photos_{visit.act_id}")
            )
        column.addLayout(strip)
        for one in others:
            column.addWidget(self._row(one))
        return column

    def _photo(self, one: FileView) -> QPushButton:
        made = button(
            "", partial(self._show, one), name=f"photo_{one.act_id}", tip=f"{one.name}\n{full_moment(one.at)}"
        )
        made.setAccessibleName(QCoreApplication.translate("FilesCard", "照片 {name}").format(name=one.name))
        made.setFixedSize(THUMB + QSize(10, 10))
        made.setStyleSheet("padding: 2px;")
        self._thumb(one, partial(_put, made, THUMB))
        return made


def _put(place: QPushButton, size: QSize, image: QImage) -> None:
    if not image.isNull():
        place.setIcon(QIcon(QPixmap.fromImage(image)))
        place.setIconSize(size)


def of_visits(found: Sequence[SiteVisitView]) -> list[tuple[str, str]]:
    """Return the site visits as choices: act and words."""
    words = QCoreApplication.translate("FilesCard", "{when} {body} 的现场检查")
    return [(v.act_id, words.format(when=short_moment(v.arrived_at or v.at), body=v.body)) for v in found]
