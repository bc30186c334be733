"""The pages of the first start, one class a page: how to begin, the form, the recovery sheet 恢复单, its check."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.founding_views import Beginning
from liaison_app.words.errors import told
from ui import theme
from ui.widgets.layouts import Column
from ui.widgets.parts import Card, button, label
from ui.widgets.secret import Lock, SecretRows, Sentence

Groups = tuple[str, ...]


@dataclass
class Begun:
    """How far the first start has come and what was typed; it outlives a switch of language."""

    page: str = "choice"
    mechanism: str = ""
    settings: dict[str, str] = field(default_factory=dict)
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
    joining: bool = False
    url: str = ""
    code: str = field(default="", repr=False)
    others: bool = False


class ChoicePage(QWidget):
    """您要怎样开始: three ways, each with a sentence."""

    demo_asked = Signal()
    own_asked = Signal()
    join_asked = Signal()
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
        self._way(
            page,
            self.tr("加入本区共享数据库（入网）"),
            self.tr("要有管理员发的地址和授权码。数据加密存在这台电脑上，联网时与各单位同步，断网照常工作。"),
            self.join_asked.emit,
            "foundMember",
        )
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
        self._form = form
        self._beginnings: Sequence[Beginning] = ()
        self._asked: dict[str, QComboBox] = {}
        self._rows: list[QWidget] = []
        self.mechanism = QComboBox()
        self.mechanism.setPlaceholderText(self.tr("请选择"))
        self._row(form, "foundMechanism", self.tr("机制"), self.mechanism)
        self.mechanism.currentIndexChanged.connect(self._choose)
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
        self.left_out = label("", "wrong", wrap=True, select=True)
        self.left_out.setObjectName("foundLeftOut")
        self.left_out.hide()
        form.addRow(self.left_out)
        column.cards.addWidget(inside)
        page.addWidget(column, 1)
        self.first: QWidget = self.mechanism
        row = QHBoxLayout()
        row.addWidget(button(self.tr("上一步"), self.back_asked.emit, name="foundBack"))
        row.addStretch(1)
        row.addWidget(button(self.tr("建立工作台"), self.found_asked.emit, kind="primary", name="foundGo"))
        page.addLayout(row)
        self.lock.put(begun.mode, begun.secret, begun.again)
        if begun.keyring is not None:
            self.lock.set_keyring(begun.keyring)

    def offer(self, beginnings: Sequence[Beginning], left_out: str = "") -> None:
        """Offer the mechanisms by name, the one chosen before first; say which are left out and why."""
        self._beginnings = beginnings
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))
        self.mechanism.blockSignals(True)
        self.mechanism.clear()
        for one in beginnings:
            self.mechanism.addItem(one.name, one.mechanism)
        self.mechanism.setCurrentIndex(max(self.mechanism.findData(self._begun.mechanism), 0) if beginnings else -1)
        self.mechanism.blockSignals(False)
        self._choose()

    def _choose(self) -> None:
        """Offer the bodies of the mechanism chosen, and ask what it wants to be asked."""
        at = self.mechanism.currentIndex()
        self.body.clear()
        for row in self._rows:
            self._form.removeRow(row)
        self._rows, self._asked = [], {}
        if at < 0:
            return
        chosen = self._beginnings[at]
        for body, name in chosen.bodies:
            self.body.addItem(name, body)
        self.body.setCurrentIndex(self.body.findData(self._begun.body) if self._begun.body else -1)
        before = self.mechanism
        for one in chosen.asked:
            choice, why = QComboBox(), Sentence(f"why_{one.setting}", "small", one.words)
            for value, words in one.choices:
                choice.addItem(words, value)
            choice.setCurrentIndex(choice.findData(self._begun.settings.get(one.setting, one.default)))
            choice.setAccessibleDescription(one.words)
            asks = label(one.name, wrap=True)  # a question is too long to stand beside its answer
            self._form.insertRow(1 + len(self._rows), asks)
            self._row(self._form, f"asked_{one.setting}", "", choice, at=2 + len(self._rows))
            self._called(choice, one.name)
            asks.setBuddy(choice)
            self._form.insertRow(3 + len(self._rows), "", why)
            choice.show()  # at once: a layout shows it only after the next key
            QWidget.setTabOrder(before, choice)
            before = choice
            self._rows += [asks, choice, why]
            self._asked[one.setting] = choice

    def keep(self) -> None:
        """Remember what was typed."""
        begun = self._begun
        begun.district, begun.name = self.district.text().strip(), self.name.text().strip()
        begun.title, begun.leader = self.title.text().strip(), self.leader.text().strip()
        if self._beginnings:
            begun.mechanism = str(self.mechanism.currentData() or "")
            begun.settings = {setting: str(choice.currentData()) for setting, choice in self._asked.items()}
        if self.body.count():
            begun.body, begun.body_name = str(self.body.currentData() or ""), self.body.currentText()
        begun.mode, begun.secret, begun.again = self.lock.mode, self.lock.secret.text(), self.lock.again.text()

    def wrong(self) -> tuple[QWidget, str] | None:
        """Return the first field that is not right and a sentence; None when the desk can be founded."""
        filled = (
            (self.mechanism, self._begun.mechanism),
            (self.district, self._begun.district),
            (self.body, self._begun.body),
            (self.name, self._begun.name),
        )
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
        return (self.mechanism, self.district, self.body, self.name, self.leader, self.lock.secret, self.lock.again)

    def _line(self, form: QFormLayout, name: str, caption: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        self._row(form, name, caption, line)
        return line

    def _row(self, form: QFormLayout, name: str, caption: str, part: QWidget, at: int = -1) -> None:
        part.setObjectName(name)
        part.setMinimumHeight(theme.TARGET)
        if isinstance(part, QComboBox):  # a long choice must not make the form wider than its page
            part.setMinimumContentsLength(12)
            part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._called(part, caption)
        if caption:
            form.insertRow(at, caption, part)
        else:  # what is asked stands above, whole
            form.insertRow(at, part)

    def _called(self, part: QWidget, caption: str) -> None:
        part.setAccessibleName(caption)
        self.captions[part] = caption


class JoinPage(QWidget):
    """入网: address, person and authorisation code as the administrator's sheet says them; how the desk is locked."""

    back_asked = Signal()
    test_asked = Signal()
    join_asked = Signal()
    ask_asked = Signal()
    answer_asked = Signal()

    def __init__(self, begun: Begun, lang: str) -> None:
        super().__init__()
        self._begun, self._lang = begun, lang
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(10)
        page.addWidget(label(self.tr("请照管理员发的入网授权单填写。授权码只能用一次，72小时内有效。"), "", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.captions: dict[QWidget, str] = {}
        self.url = self._line(form, "joinUrl", self.tr("地址"), begun.url)
        self.url.setPlaceholderText("postgresql://…")
        self.person = self._line(form, "joinPerson", self.tr("人员编号"), begun.person if begun.joining else "")
        self.code = self._line(form, "joinCode", self.tr("授权码"), begun.code)
        self.lock = SecretRows(form, lang, self)
        page.addLayout(form)
        stick = QHBoxLayout()
        stick.addWidget(label(self.tr("这台电脑不联网："), "quiet"))
        stick.addWidget(button(self.tr("导出入网申请(&E)…"), self.ask_asked.emit, name="joinAsk"))
        stick.addWidget(button(self.tr("导入入网答复(&I)…"), self.answer_asked.emit, name="joinAnswer"))
        stick.addStretch(1)
        page.addLayout(stick)
        page.addStretch(1)
        self.first: QWidget = self.url
        row = QHBoxLayout()
        row.addWidget(button(self.tr("上一步"), self.back_asked.emit, name="joinBack"))
        row.addStretch(1)
        row.addWidget(button(self.tr("测试连接(&T)"), self.test_asked.emit, name="joinTest"))
        row.addWidget(button(self.tr("入网"), self.join_asked.emit, kind="primary", name="joinGo"))
        page.addLayout(row)
        self.lock.put(begun.mode, begun.secret, begun.again)
        if begun.keyring is not None:
            self.lock.set_keyring(begun.keyring)

    def keep(self) -> None:
        """Remember what was typed."""
        begun = self._begun
        begun.url, begun.code = self.url.text().strip(), self.code.text().strip()
        begun.joining, begun.person = True, self.person.text().strip()
        begun.mode, begun.secret, begun.again = self.lock.mode, self.lock.secret.text(), self.lock.again.text()

    def wrong(self, *, test: bool, by_file: str = "") -> tuple[QWidget, str] | None:
        """Return the first field that is not right and a sentence; a test asks for address and code only, a request by
        file (``ask``) for no address, the answer to it for no code either."""
        needed: tuple[QLineEdit, ...] = (self.url, self.code) if test else (self.url, self.person, self.code)
        if by_file:
            needed = (self.person, self.code) if by_file == "ask" else (self.person,)
        for part in needed:
            if not part.text().strip():
                return part, told("field_missing", {"field": self.captions[part]}, self._lang)
        return None if test else self.lock.wrong()

    def parts(self) -> tuple[QWidget, ...]:
        """Return every field that can be marked as wrong."""
        return (self.url, self.person, self.code, self.lock.secret, self.lock.again)

    def _line(self, form: QFormLayout, name: str, caption: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName(name)
        line.setAccessibleName(caption)
        line.setMinimumHeight(theme.TARGET)
        self.captions[line] = caption
        form.addRow(caption, line)
        return line


class SheetPage(QWidget):
    """恢复单: eight groups, big and clear, before anything else can be done."""

    go_on = Signal()
    paper_asked = Signal()

    def __init__(self, groups: Groups, *, checked: bool = True) -> None:
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
        said = self.tr("已抄好，下一步核对") if checked else self.tr("已抄好")
        go_on = button(said, self.go_on.emit, kind="primary", name="sheetGo")
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
    begin_asked = Signal(bool)
    """Whether the others who work at this PC are to be enrolled at once."""

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
        others = button(self.tr("开始并登记其他人(&A)…"), lambda: self.begin_asked.emit(True), name="checkColleagues")
        others.setToolTip(self.tr("这台电脑还有别人用：各有各的 PIN 或口令"))
        row.addWidget(others)
        row.addWidget(button(self.tr("开始使用"), lambda: self.begin_asked.emit(False), kind="primary", name="checkGo"))
        page.addLayout(row)

    def wrong(self, groups: Groups) -> int | None:
        """Return the number of the first group that is not as on the sheet, None when both are."""
        for number, line in self.lines.items():
            if "".join(line.text().split()).upper() != groups[number - 1]:
                return number
        return None
