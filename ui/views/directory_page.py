"""通讯录: bodies on the left, the chosen one on the right with its numbers and people; found while typing."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.contact_views import ContactView
from liaison_app.desk.views import PersonView
from liaison_app.words.labels import label_of
from ui import theme
from ui.context import Context
from ui.views.page import Page
from ui.widgets.layouts import Column
from ui.widgets.parts import Card, IconChip, button, clear, label, listed
from ui.widgets.sheet import Sheet

PAUSE_MS = 100
"""Pause in typing (milliseconds) after which the search runs."""


class DirectoryPage(Page):
    """Who is reached where. A number that nobody verified is shown with its mark and cannot be taken to the phone."""

    def __init__(self, context: Context, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("directoryPage")
        self.contacts: tuple[ContactView, ...] = ()
        self._chosen_body = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        left = QVBoxLayout()
        self.box = QLineEdit(words)
        self.box.setObjectName("directoryBox")
        self.box.setPlaceholderText(self.tr("单位、姓名、电话或拼音首字母"))
        self.box.setAccessibleName(self.tr("按单位、姓名、电话或拼音首字母查找"))
        self.box.setMinimumHeight(theme.TARGET + 4)
        left.addWidget(self.box)
        self.sheet = Sheet(self.tr("单位"), [(self.tr("单位"), 2.4), (self.tr("热线"), 1.8), (self.tr("联络员"), 1.6)])
        self.sheet.currentCellChanged.connect(lambda at, *_: self._chosen(at))
        left.addWidget(self.sheet, 1)
        row.addLayout(left, 5)
        column = Column(self.tr("单位的电话和人员"))
        self._cards = column.cards
        row.addWidget(column, 4)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.box.textChanged.connect(lambda _words: self._pause.start())

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("通讯录")

    def activated(self) -> None:
        """The search takes the keyboard."""
        self.refresh()
        self.box.setFocus()

    def refresh(self) -> None:
        """Read the directory again."""
        words, desk = self.box.text(), self.context.desk
        self.context.bridge.read(lambda: desk.directory(words), self._take, owner=self, key="directory")

    def _take(self, found: tuple[ContactView, ...]) -> None:
        self.contacts = found
        self.sheet.blockSignals(True)
        self.sheet.fill([(one.name, self._numbers(one), self._liaisons(one)) for one in found])
        at = next((i for i, one in enumerate(found) if one.body == self._chosen_body), 0)
        self.sheet.setCurrentCell(at if found else -1, 0)
        self.sheet.blockSignals(False)
        self._chosen(at)

    def _numbers(self, contact: ContactView) -> str:
        mark = self.tr("{number}（未核实）")
        return listed(h.number if h.verified else mark.format(number=h.number) for h in contact.hotlines) or "—"

    def _liaisons(self, contact: ContactView) -> str:
        return listed(one.name for one in contact.people if "liaison" in one.roles) or "—"

    def _chosen(self, at: int) -> None:
        clear(self._cards)
        if not 0 <= at < len(self.contacts):
            self._cards.addWidget(label(self.tr("没有找到。"), "quiet"))
            self._cards.addStretch(1)
            return
        contact = self.contacts[at]
        self._chosen_body = contact.body
        self._cards.addWidget(self._body_card(contact))
        people = Card(self.tr("人员"))
        for one in contact.people:
            people.body.addLayout(self._person(one))
        if not contact.people:
            people.body.addWidget(label(self.tr("本机名册里没有这个单位的人员。"), "quiet", wrap=True))
        self._cards.addWidget(people)
        self._cards.addStretch(1)

    def _body_card(self, contact: ContactView) -> Card:
        card = Card()
        card.body.addWidget(label(contact.name, "title", wrap=True, select=True))
        for name, until in contact.earlier:
            said = self.tr("原名：{name}（至 {day}）").format(name=name, day=until)
            card.body.addWidget(label(said, "quiet", wrap=True, select=True))
        if contact.stands_for:
            card.body.addWidget(label(self.tr("属于{0}").format(contact.stands_for), "quiet"))
        if not contact.desk:
            words = self.tr("没有自己的工作台：签收、受理、回复由首接单位代录。")
            card.body.addWidget(label(words, "quiet", wrap=True))
        for line in contact.hotlines:
            row = QHBoxLayout()
            row.addWidget(label(line.number, "lead", select=line.verified))
            if line.verified:
                row.addWidget(self._copier(line.number))
            else:
                words = self.tr("未核实，请勿拨打")
                row.addWidget(IconChip(words, theme.AMBER, theme.AMBER_SOFT, "secret"))
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _person(self, one: PersonView) -> QHBoxLayout:
        row = QHBoxLayout()
        duties = listed(label_of("role", role, self.context.lang) for role in one.roles)
        words = QVBoxLayout()
        words.addWidget(label(f"{one.name}　{one.title}", select=True, wrap=True))
        words.addWidget(label(f"{duties}　{one.phone}", "quiet", select=True, wrap=True))
        row.addLayout(words, 1)
        if one.phone:
            row.addWidget(self._copier(one.phone))
        return row

    def _copier(self, number: str) -> QWidget:
        made = button(self.tr("复制号码"), lambda: self._copy(number), icon="copy", name=f"copy_{number}")
        made.setAccessibleName(self.tr("复制号码 {0}").format(number))
        return made

    def _copy(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.context.notify(self.tr("已复制。"))
