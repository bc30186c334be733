"""First start: how to begin, what the new desk is called and how it is locked, the recovery sheet 恢复单."""

import secrets
import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.founding_views import Beginning
from liaison_app.domain.events import Person
from ui.bridge import Bridge
from ui.dialogs.errors import plain_sentence
from ui.views.founding_pages import Begun, CheckPage, ChoicePage, FormPage, Groups, JoinPage, SheetPage
from ui.widgets.parts import Card, button, clear, label
from ui.widgets.secret import Sentence, mark

ASKED_BACK = 2
"""So many groups of the recovery sheet are asked back."""


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
    return opening.found_alone(
        home, begun.mechanism, first, others, mode, begun.secret, begun.district, begun.settings
    )  # fmt: skip


def join(home: Path, begun: Begun, lang: str, came: Callable[[str, int, int], None]) -> Groups:
    """Join the district that was described; return the groups of the recovery sheet (runs on the writer).

    It ends when the open cases are here: the rest comes while the person works already.
    """
    from liaison_app.desk import joining, opening

    done = joining.join(
        home, url=begun.url, person=begun.person, code=begun.code, mode=begun.mode or "passphrase", secret=begun.secret,
        lang=lang, all_at_once=False, progress=came,
    )  # fmt: skip
    begun.name = opening.enrolled(home)[0].name
    return done.recovery or begun.groups


def ask(home: Path, begun: Begun, name: str) -> Groups:
    """Write the request of a desk without a network; return the groups of the recovery sheet, once (runs on the writer)."""
    from liaison_app.desk import joining

    data, groups = joining.ask_to_join(
        home, person=begun.person, code=begun.code, mode=begun.mode or "passphrase", secret=begun.secret
    )
    Path(name).write_bytes(data)
    return groups


def answer(home: Path, begun: Begun, name: str, lang: str) -> Groups:
    """Take the answer; return the groups of the recovery sheet that were not shown yet (runs on the writer)."""
    from liaison_app.desk import joining, opening

    joining.join_by_file(home, Path(name).read_bytes(), person=begun.person, secret=begun.secret, lang=lang)
    begun.name = opening.enrolled(home)[0].name
    return begun.groups


def _tested(url: str, code: str) -> None:
    from liaison_app.desk import joining

    joining.try_line(url, code)


def _left_out(lang: str) -> str:
    """Return why mechanisms that come with the program are not offered: their files were altered wrongly."""
    from liaison_app.desk import opening
    from liaison_app.words.errors import told

    return "\n".join(told(one.code, one.facts, lang) for one in opening.left_out())


def _beginnings(lang: str) -> tuple[Beginning, ...]:
    from liaison_app.desk import opening

    return opening.beginnings(lang)


def _keyring_works() -> bool:
    from liaison_app.desk import opening

    return opening.keyring_works()


Page = ChoicePage | FormPage | JoinPage | SheetPage | CheckPage


class FoundingPages(QWidget):
    """The pages of the first start, one at a time. Enter goes on, nothing typed is lost on the way."""

    demo_asked = Signal()
    language_asked = Signal()
    quit_asked = Signal()
    came = Signal(str, int, int)
    """How far joining is: ``registers`` or ``ahead``, how many, of how many. Emitted in the thread that joins."""
    ready = Signal(str, str)
    """Person and secret: the desk is founded, its sheet was asked back, it can be opened."""

    def __init__(self, home: Path, bridge: Bridge, lang: str, begun: Begun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foundingPages")
        self.begun = begun
        self._home, self._bridge, self._lang = home, bridge, lang
        self._beginnings: tuple[Beginning, ...] = ()
        self._left_out = ""
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
        self.came.connect(self._came)
        self._bridge.read(lambda: (_beginnings(lang), _left_out(lang)), self._take_beginnings, self._refused, self)
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
            "join": (self.tr("加入本区共享数据库"), self.tr("第 1 步，共 3 步")),
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
        if isinstance(page, FormPage | JoinPage):
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
        elif isinstance(self.page, JoinPage):
            self._join()
        elif isinstance(self.page, CheckPage):
            self._check()

    def _made(self, name: str) -> Page:
        if name == "form":
            form = FormPage(self._home, self.begun, self._lang)
            form.offer(self._beginnings, self._left_out)
            form.back_asked.connect(lambda: self.show_page("choice"))
            form.found_asked.connect(self._found)
            return form
        if name == "join":
            joining = JoinPage(self.begun, self._lang)
            joining.back_asked.connect(lambda: self.show_page("choice"))
            joining.test_asked.connect(self._test_line)
            joining.join_asked.connect(self._join)
            joining.ask_asked.connect(self._ask_file)
            joining.answer_asked.connect(self._answer_file)
            return joining
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
        choice.join_asked.connect(lambda: self.show_page("join"))
        choice.quit_asked.connect(self.quit_asked)
        return choice

    def _take_beginnings(self, found: tuple[tuple[Beginning, ...], str]) -> None:
        self._beginnings, self._left_out = found
        if isinstance(self.page, FormPage):
            self.page.offer(*found)

    def _take_keyring(self, works: bool) -> None:
        self.begun.keyring = works
        if isinstance(self.page, FormPage | JoinPage):
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

    def _ask_file(self) -> None:
        if isinstance(self.page, JoinPage) and self._right(self.page, test=False, by_file="ask"):
            dialog = QFileDialog(self, self.tr("导出入网申请"))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(self.tr("入网申请.ldp"))
            dialog.fileSelected.connect(self.ask_by_file)
            dialog.open()

    def ask_by_file(self, name: str) -> None:
        """Write the request of a desk without a network to a file."""
        self._busy(self.tr("正在给数据加锁，写入网申请…"))
        home, begun = self._home, self.begun
        self._bridge.run(lambda: ask(home, begun, name), self._asked, self._refused, self)

    def _asked(self, groups: Groups) -> None:
        self._rest()
        self.begun.groups = groups or self.begun.groups
        self._words.say(
            self.tr("申请已存好。请连同授权码送到数据库；拿到答复文件后回到这里，点“导入入网答复”。可以先关闭程序。"),
            role="quiet",
        )

    def _answer_file(self) -> None:
        if isinstance(self.page, JoinPage) and self._right(self.page, test=False, by_file="answer"):
            dialog = QFileDialog(self, self.tr("导入入网答复"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.fileSelected.connect(self.answer_by_file)
            dialog.open()

    def answer_by_file(self, name: str) -> None:
        """Take the answer to the request."""
        self._busy(self.tr("正在入网，先收名册和未结案件，请稍候…"))
        home, begun, lang = self._home, self.begun, self._lang
        self._bridge.run(lambda: answer(home, begun, name, lang), self._founded, self._refused, self)

    def _right(self, page: JoinPage, *, test: bool, by_file: str = "") -> bool:
        page.keep()
        wrong = page.wrong(test=test, by_file=by_file)
        for part in page.parts():
            mark(part, wrong is not None and part is wrong[0])
        if wrong is not None:
            self._words.say(wrong[1])
            wrong[0].setFocus()
        return wrong is None

    def _test_line(self) -> None:
        page = self.page
        if not isinstance(page, JoinPage) or not self._right(page, test=True):
            return
        self._busy(self.tr("正在测试连接…"))
        url, code = self.begun.url, self.begun.code
        self._bridge.work(lambda: _tested(url, code), lambda _none: self._line_holds(), self._refused, self)

    def _line_holds(self) -> None:
        self._rest()
        self._words.say(self.tr("连接正常：地址、端口、证书和授权码都对。"), role="quiet")

    def _join(self) -> None:
        page = self.page
        if not isinstance(page, JoinPage) or not self._right(page, test=False):
            return
        self._busy(self.tr("正在入网，先收名册和未结案件，请稍候…"))
        home, begun, lang = self._home, self.begun, self._lang
        self._bridge.run(lambda: join(home, begun, lang, self.came.emit), self._founded, self._refused, self)

    def _came(self, what: str, n: int, of: int) -> None:
        """Say how far joining is; of the open cases nobody knows beforehand how many there are."""
        if not self._working:
            return
        self._bar.setRange(0, of if what == "registers" else 0)
        self._bar.setValue(n)
        words = self.tr("正在收名册和规则：{0}/{1}") if what == "registers" else self.tr("正在收未结案件，已收 {0} 件…")
        self._words.say(words.format(n, of), role="quiet")

    def _founded(self, groups: Groups) -> None:
        self._rest()
        self.begun.groups = groups
        if not groups:  # joined after a cut: its sheet was shown before
            self.ready.emit(self.begun.person, self.begun.secret)
            return
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

    def _check(self, others: bool = False) -> None:
        page = self.page
        if not isinstance(page, CheckPage):
            return
        self.begun.others = others
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
        self._bar.setRange(0, 0)
        self.page.setEnabled(True)
        self.language.setEnabled(True)
        self._bar.hide()
        self._words.hide()
        if self._focused is not None:
            self._focused.setFocus()
