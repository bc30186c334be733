"""The guide at the page in sight (F1 where no rule fits), with the way to its other chapters and to the keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from ui import theme
from ui.actions import Actions
from ui.guide import START, chapters
from ui.widgets.parts import button


class GuideDialog(QDialog):
    """Chapters on the left, their words on the right."""

    def __init__(self, actions: Actions, lang: str, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("guideDialog")
        self.setWindowTitle(self.tr("使用指南"))
        self._chapters = chapters(lang)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(18, 14, 18, 14)
        across = QHBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("章节"))
        self.list.setFixedWidth(self.fontMetrics().height() * 12)
        self.words = QTextBrowser()
        self.words.setAccessibleName(self.tr("正文"))
        self.words.setOpenLinks(False)
        for name, text in self._chapters.items():
            item = QListWidgetItem(text.partition("\n")[0].lstrip("# "))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        across.addWidget(self.list)
        across.addWidget(self.words, 1)
        outer.addLayout(across, 1)
        row = QHBoxLayout()
        row.addWidget(
            button(self.tr("快捷键一览(&S)…"), actions.action("shortcuts").trigger, icon="help", name="guideKeys")
        )
        row.addStretch(1)
        close = button(self.tr("关闭"), self.accept, kind="primary", name="guideClose")
        close.setDefault(True)
        row.addWidget(close)
        outer.addLayout(row)
        theme.spread(self, 860, 600)
        names = list(self._chapters)
        self.list.setCurrentRow(names.index(page if page in self._chapters else START))
        self.list.setFocus()

    def _show(self, item: QListWidgetItem) -> None:
        self.words.setMarkdown(self._chapters[str(item.data(Qt.ItemDataRole.UserRole))])
