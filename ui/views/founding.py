"""First start: how to begin, what the new desk is called and how it is locked, the recovery sheet 恢复单."""

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_app.domain.events import Person
from liaison_app.words.errors import told
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.errors import plain_sentence
from ui.widgets.layouts import Column
from ui.widgets.parts import Card, button, clear, label
from ui.widgets.secret import Lock, SecretRows, Sentence, mark

MECHANISM = "M1"
"""The mechanism that a new desk is founded on."""
ASKED_BACK = 2
"""So many groups of the recovery sheet are asked back."""

Groups = tuple[str, ...]


@dataclass
class Begun:
    """How far the first start has come and what was typed; it outlives a switch of language."""

    page: str = "choice"
    district: str = ""
    body: str = ""
    body_name: str = ""
    name: str = ""
    title: str = ""
    leader: str = ""
    mode: Lock | None = None
    secret: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    person: str = field(default_factory=lambda: f"p-{uuid.uuid4().hex[:8]}")
    groups: Groups = field(default=(), repr=False)
    asked: tuple[int, ...] = ()
    keyring: bool | None = None


def found(home: Path, begun: Begun) -> Groups:
    """Found the desk that was described; return the groups of its recovery sheet (runs on the writer)."""
    from liaison_app.desk import opening

    first = Person(
        id=begun.person,
        name=begun.name,
        body=begun.body,
        title=begun.title,
        roles=("liaison", "administrator"),
    )
    leader = Person(id=f"p-{uuid.uuid4().hex[:8]}", name=begun.leader, body=begun.body, roles=("leader",))
    others = [leader] if begun.leader else []
    mode = begun.mode or "passphrase"
    return opening.found_alone(home, MECHANISM, first, others, mode, begun.secret, begun.district)


def _bodies(lang: str) -> tuple[tuple[str, str], ...]:
    from liaison_app.desk import opening

    return opening.bodies_with_desks(MECHANISM, lang)


def _keyring_works() -> bool:
    from liaison_app.desk import opening

    return opening.keyring_works()


class ChoicePage(QWidget):
    """您要怎样开始: three ways, each with a sentence."""

    demo_asked = Signal()
    own_asked = Signal()
    quit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        self.first = self._way(
            page,
            self.tr("先看演示（虚构数据）"),
            self.tr("一个虚构的区，人物和案件都不是真的。随便试，不影响以后建立本单位的工作台。"),
            self.demo_asked.emit,
            "foundDemo",
        )
        self._way(
            page,
            self.tr("新建本单位的工作台（单机）"),
            self.tr("数据加密存在这台电脑上。要填区县、单位和姓名，设一条口令，抄一张恢复单，约五分钟。"),
            self.own_asked.emit,
            "foundAlone",
        )
        later = self._way(
            page,
            self.tr("加入本区共享数据库"),
            self.tr("现在还不能选：要等共享数据库开通。"),
            lambda: None,
            "foundMember",
        )
        later.setEnabled(False)
        page.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("退出"), self.quit_asked.emit, name="foundQuit"))
        row.addStretch(1)
        page.addLayout(row)

    def _way(
        self, page: QVBoxLayout, words: str, sentence: str, pressed: Callable[[], object], name: str
    ) -> QPushButton:
        made = button(words, pressed, name=name)
        made.setStyleSheet(f"text-align: left; font-weight: 600; min-height: {theme.TARGET}px;")
        made.setAccessibleDescription(sentence)
        page.addWidget(made)
        said = label(sentence, "quiet", wrap=True)
        said.setContentsMargins(16, 0, 0, 10)
        page.addWidget(said)
        return made


class FormPage(QWidget):
    """Who and where: the names of the new desk and how it is locked."""

    back_asked = Signal()
    found_asked = Signal()

    def __init__(self, home: Path, begun: Begun, lang: str) -> None:
        super().__init__()
        self._begun, self._lang = begun, lang
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(10)
        column = self._column = Column(self.tr("新建本单位的工作台"))
        column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 2, 4, 2)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.captions: dict[QWidget, str] = {}
        self.district = self._line(form, "foundDistrict", self.tr("区县名称"), begun.district)
        self.body = QComboBox()
        self.body.setPlaceholderText(self.tr("请选择"))
        self._row(form, "foundBody", self.tr("单位"), self.body)
        self.name = self._line(form, "foundName", self.tr("本人姓名"), begun.name)
        self.title = self._line(form, "foundTitle", self.tr("职务（可不填）"), begun.title)
        self.leader = self._line(form, "foundLeader", self.tr("领导姓名（可不填）"), begun.leader)
        self.lock = SecretRows(form, lang, self)
        folder = self._line(form, "foundHome", self.tr("数据文件夹"), str(home))
        folder.setReadOnly(True)
        folder.setCursorPosition(0)
        column.cards.addWidget(inside)
        page.addWidget(column, 1)
        self.first: QWidget = self.district
        row = QHBoxLayout()
        row.addWidget(button(self.tr("上一步"), self.back_asked.emit, name="foundBack"))
        row.addStretch(1)
        row.addWidget(button(self.tr("建立工作台"), self.found_asked.emit, kind="primary", name="foundGo"))
        page.addLayout(row)
        self.lock.put(begun.mode, begun.secret, begun.again)
        if begun.keyring is not None:
            self.lock.set_keyring(begun.keyring)

    def show_bodies(self, bodies: Sequence[tuple[str, str]]) -> None:
        """Offer the bodies by name, the one chosen before first."""
        for body, name in bodies:
            self.body.addItem(name, body)
        self.body.setCurrentIndex(self.body.findData(self._begun.body) if self._begun.body else -1)

    def keep(self) -> None:
        """Remember what was typed."""
        begun = self._begun
        begun.district, begun.name = self.district.text().strip(), self.name.text().strip()
        begun.title, begun.leader = self.title.text().strip(), self.leader.text().strip()
        if self.body.count():
            begun.body, begun.body_name = str(self.body.currentData() or ""), self.body.currentText()
        begun.mode, begun.secret, begun.again = self.lock.mode, self.lock.secret.text(), self.lock.again.text()

    def wrong(self) -> tuple[QWidget, str] | None:
        """Return the first field that is not right and a sentence; None when the desk can be founded."""
        filled = ((self.district, self._begun.district), (self.body, self._begun.body), (self.name, self._begun.name))
        for part, value in filled:
            if not value:
                return part, told("field_missing", {"field": self.captions[part]}, self._lang)
        if self._begun.leader == self._begun.name:
            return self.leader, self.tr("领导姓名与本人姓名相同；请改正，或者不填领导。")
        return self.lock.wrong()

    def go_to(self, part: QWidget) -> None:
        """Take the focus to a field and show it."""
        part.setFocus()
        self._column.ensureWidgetVisible(part)

    def parts(self) -> tuple[QWidget, ...]:
        """Return every field that can be marked as wrong."""
        return (self.district, self.body, self.name, self.leader, self.lock.secret, self.lock.again)

    def _line(self, form: QFormLayout, name: str, caption: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        self._row(form, name, caption, line)
        return line

    def _row(self, form: QFormLayout, name: str, caption: str, part: QWidget) -> None:
        part.setObjectName(name)
        part.setAccessibleName(caption)
        part.setMinimumHeight(theme.TARGET)
        self.captions[part] = caption
        form.addRow(caption, part)


class SheetPage(QWidget):
    """恢复单: eight groups, big and clear, before anything else can be done."""

    go_on = Signal()
    paper_asked = Signal()

    def __init__(self, groups: Groups) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        words = self.tr(
            "忘了口令、换了电脑、磁盘坏了，只有这八组字能打开本机的数据和备份。请现在抄两份，分开锁好；这里以后不再显示。"
        )
        page.addWidget(label(words, "", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(10)
        for at, group in enumerate(groups):
            grid.addWidget(self._group(at + 1, group), at // 4, at % 4)
        page.addLayout(grid)
        page.addWidget(label(self.tr("只用数字2到9和大写字母；没有0、1、I、L、O，不会认错。"), "small", wrap=True))
        page.addStretch(1)
        row = QHBoxLayout()
        self.paper = button(self.tr("打印或另存为 PDF…"), self.paper_asked.emit, icon="print", name="sheetPaper")
        row.addWidget(self.paper)
        row.addStretch(1)
        go_on = button(self.tr("已抄好，下一步核对"), self.go_on.emit, kind="primary", name="sheetGo")
        self.first: QWidget = go_on
        row.addWidget(go_on)
        page.addLayout(row)

    def _group(self, number: int, group: str) -> Card:
        card = Card(self.tr("第 {0} 组").format(number))
        card.body.setContentsMargins(14, 8, 14, 10)
        card.body.setSpacing(2)
        shown = QLabel(group)
        shown.setObjectName(f"group_{number}")
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.9)
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 3)
        shown.setFont(font)
        shown.setAccessibleName(self.tr("第 {0} 组").format(number) + " " + " ".join(group))
        card.body.addWidget(shown)
        return card


class CheckPage(QWidget):
    """Two groups are asked back, so that a sheet exists before the desk is used."""

    back_asked = Signal()
    begin_asked = Signal()

    def __init__(self, asked: Sequence[int]) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(label(self.tr("请照抄下来的恢复单填写这两组，大小写都可以。"), "", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        self.lines: dict[int, QLineEdit] = {}
        for number in asked:
            line = QLineEdit()
            line.setObjectName(f"asked_{number}")
            line.setMinimumHeight(theme.TARGET + 4)
            line.setMaximumWidth(280)
            caption = self.tr("第 {0} 组").format(number)
            line.setAccessibleName(caption)
            form.addRow(caption, line)
            self.lines[number] = line
        page.addLayout(form)
        page.addStretch(1)
        self.first: QWidget = self.lines[asked[0]]
        row = QHBoxLayout()
        row.addWidget(button(self.tr("再看恢复单"), self.back_asked.emit, name="checkBack"))
        row.addStretch(1)
        row.addWidget(button(self.tr("开始使用"), self.begin_asked.emit, kind="primary", name="checkGo"))
        page.addLayout(row)

    def wrong(self, groups: Groups) -> int | None:
        """Return the number of the first group that is not as on the sheet, None when both are."""
        for number, line in self.lines.items():
            if "".join(line.text().split()).upper() != groups[number - 1]:
                return number
        return None


Page = ChoicePage | FormPage | SheetPage | CheckPage


class FoundingPages(QWidget):
    """The pages of the first start, one at a time. Enter goes on, nothing typed is lost on the way."""

    demo_asked = Signal()
    language_asked = Signal()
    quit_asked = Signal()
    ready = Signal(str, str)
    """Person and secret: the desk is founded, its sheet was asked back, it can be opened."""

    def __init__(self, home: Path, bridge: Bridge, lang: str, begun: Begun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foundingPages")
        self.begun = begun
        self._home, self._bridge, self._lang = home, bridge, lang
        self._bodies: tuple[tuple[str, str], ...] = ()
        self._on_paper: Callable[[Groups], None] | None = None
        self._warned = False
        self._working = False
        self._focused: QWidget | None = None
        self.page: Page
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.addStretch(1)
        self._card = Card()
        self._card.setMaximumWidth(980)
        self._card.body.setContentsMargins(30, 24, 30, 22)
        self._card.body.setSpacing(12)
        head = QHBoxLayout()
        titles = QVBoxLayout()
        self._title = label("", "title", wrap=True)
        self._step = label("", "quiet")
        titles.addWidget(self._title)
        titles.addWidget(self._step)
        head.addLayout(titles, 1)
        self.language = button(self.tr("English"), self.language_asked.emit, icon="language", name="foundLanguage")
        head.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        self._card.body.addLayout(head)
        self._place = QVBoxLayout()
        self._card.body.addLayout(self._place, 1)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("正在办理"))
        self._bar.hide()
        self._card.body.addWidget(self._bar)
        self._words = Sentence("foundWords")
        self._words.hide()
        self._card.body.addWidget(self._words)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 20)
        middle.addStretch(1)
        outer.addLayout(middle, 20)
        outer.addStretch(1)
        self._bridge.read(lambda: _bodies(lang), self._take_bodies, self._refused, self)
        if begun.keyring is None:
            self._bridge.read(_keyring_works, self._take_keyring, lambda _error: self._take_keyring(False), self)
        self.show_page(begun.page)

    # what stands where

    @property
    def on_paper(self) -> Callable[[Groups], None] | None:
        """What prints the recovery sheet; its button is hidden while nothing does."""
        return self._on_paper

    @on_paper.setter
    def on_paper(self, prints: Callable[[Groups], None] | None) -> None:
        self._on_paper = prints
        if isinstance(self.page, SheetPage):
            self.page.paper.setVisible(prints is not None)

    def show_page(self, name: str) -> None:
        """Show a page (choice, form, sheet, check) as it was left."""
        self.keep()
        clear(self._place)
        self.begun.page = name
        self._words.hide()
        self.page = self._made(name)
        self._place.addWidget(self.page)
        self.page.show()
        titles = {
            "choice": (self.tr("您要怎样开始"), self.tr("联络员工作台")),
            "form": (self.tr("新建本单位的工作台"), self.tr("第 1 步，共 3 步")),
            "sheet": (self.tr("恢复单"), self.tr("第 2 步，共 3 步")),
            "check": (self.tr("核对恢复单"), self.tr("第 3 步，共 3 步")),
        }
        title, step = titles[name]
        self._title.setText(title)
        self._step.setText(step)
        self.page.first.setFocus()

    def keep(self) -> None:
        """Remember what was typed, so that pages made anew show it again."""
        page = getattr(self, "page", None)
        if isinstance(page, FormPage):
            page.keep()

    def may_close(self) -> bool:
        """Say once that the recovery sheet would never be seen again; while the desk is being founded, wait."""
        if self._working:
            return False
        if self.begun.page not in {"sheet", "check"} or self._warned:
            return True
        self._warned = True
        self._words.say(self.tr("恢复单还没有核对，退出后再也看不到它。确实要退出，请再关闭一次。"))
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, else it goes on."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self._working:
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif isinstance(self.page, FormPage):
            self._found()
        elif isinstance(self.page, CheckPage):
            self._check()

    def _made(self, name: str) -> Page:
        if name == "form":
            form = FormPage(self._home, self.begun, self._lang)
            form.show_bodies(self._bodies)
            form.back_asked.connect(lambda: self.show_page("choice"))
            form.found_asked.connect(self._found)
            return form
        if name == "sheet":
            sheet = SheetPage(self.begun.groups)
            sheet.paper.setVisible(self._on_paper is not None)
            sheet.paper_asked.connect(self._print)
            sheet.go_on.connect(self._ask_back)
            return sheet
        if name == "check":
            check = CheckPage(self.begun.asked)
            check.back_asked.connect(lambda: self.show_page("sheet"))
            check.begin_asked.connect(self._check)
            return check
        choice = ChoicePage()
        choice.demo_asked.connect(self.demo_asked)
        choice.own_asked.connect(lambda: self.show_page("form"))
        choice.quit_asked.connect(self.quit_asked)
        return choice

    def _take_bodies(self, bodies: tuple[tuple[str, str], ...]) -> None:
        self._bodies = bodies
        if isinstance(self.page, FormPage):
            self.page.show_bodies(bodies)

    def _take_keyring(self, works: bool) -> None:
        self.begun.keyring = works
        if isinstance(self.page, FormPage):
            self.page.lock.set_keyring(works)

    # what is done

    def _found(self) -> None:
        page = self.page
        if not isinstance(page, FormPage):
            return
        page.keep()
        wrong = page.wrong()
        for part in page.parts():
            mark(part, wrong is not None and part is wrong[0])
        if wrong is not None:
            self._words.say(wrong[1])
            page.go_to(wrong[0])
            return
        self._busy(self.tr("正在建立工作台并给数据加锁，请稍候…"))
        home, begun = self._home, self.begun
        self._bridge.run(lambda: found(home, begun), self._founded, self._refused, self)

    def _founded(self, groups: Groups) -> None:
        self._rest()
        self.begun.groups = groups
        self.show_page("sheet")

    def _refused(self, error: BaseException) -> None:
        self._rest()
        if isinstance(error, OSError):
            words = self.tr("文件夹“{0}”不能写入。填写的内容都还在；请检查权限和磁盘空间后再试。")
            self._words.say(words.format(self._home))
        else:
            what, _safe, todo = plain_sentence(error, self._lang)
            self._words.say(f"{what} {todo}".strip())

    def _ask_back(self) -> None:
        numbers = range(1, len(self.begun.groups) + 1)
        self.begun.asked = tuple(sorted(secrets.SystemRandom().sample(numbers, ASKED_BACK)))
        self.show_page("check")

    def _check(self) -> None:
        page = self.page
        if not isinstance(page, CheckPage):
            return
        wrong = page.wrong(self.begun.groups)
        for number, line in page.lines.items():
            mark(line, number == wrong)
        if wrong is not None:
            self._words.say(self.tr("第 {0} 组与恢复单不符，请核对；也可以再看恢复单。").format(wrong))
            page.lines[wrong].selectAll()
            page.lines[wrong].setFocus()
            return
        self._busy(self.tr("正在打开工作台…"))
        self.ready.emit(self.begun.person, self.begun.secret)

    def _print(self) -> None:
        if self._on_paper is not None:
            self._on_paper(self.begun.groups)

    def _busy(self, words: str) -> None:
        self._working = True
        self._focused = self.focusWidget()
        self.page.setEnabled(False)
        self.language.setEnabled(False)
        self._bar.show()
        self._words.say(words, role="quiet")

    def _rest(self) -> None:
        self._working = False
        self.page.setEnabled(True)
        self.language.setEnabled(True)
        self._bar.hide()
        self._words.hide()
        if self._focused is not None:
            self._focused.setFocus()
