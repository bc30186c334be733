"""工作人员: who of the own body works at this desk; a colleague is entered with a secret of his own, or leaves."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from liaison_app.desk.views import ColleagueView, PersonView
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.errors import plain_sentence, show_error
from ui.widgets.parts import button, label, listed
from ui.widgets.secret import SecretRows, Sentence, mark

if TYPE_CHECKING:
    from liaison_app.desk.facade import Desk

Changed = tuple[tuple[ColleagueView, ...], tuple[PersonView, ...]]
"""Everybody of the own body, and everybody who may open this desk."""
DEMO: Final = "demo"


def role_words() -> dict[str, str]:
    """Return the roles of a person in words."""
    return {
        "liaison": QCoreApplication.translate("Colleagues", "联络员"),
        "leader": QCoreApplication.translate("Colleagues", "领导"),
        "duty": QCoreApplication.translate("Colleagues", "值班"),
        "administrator": QCoreApplication.translate("Colleagues", "管理员"),
    }


def role_boxes(form: QFormLayout, caption: str, chosen: Collection[str]) -> dict[str, QCheckBox]:
    """Add a row with a box for every role to a form."""
    roles = QWidget()
    grid = QGridLayout(roles)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(0)
    boxes: dict[str, QCheckBox] = {}
    for role, words in role_words().items():
        made = boxes[role] = QCheckBox(words)
        made.setObjectName(f"role_{role}")
        made.setAccessibleName(words)
        made.setChecked(role in chosen)
        grid.addWidget(made, (len(boxes) - 1) // 2, (len(boxes) - 1) % 2)
    form.addRow(caption, roles)
    return boxes


def _keyring_works() -> bool:
    from liaison_app.desk import opening

    return opening.keyring_works()


class Asking(QDialog):
    """A small form with one act: a refusal is a sentence on it, nothing typed is lost."""

    done_act = Signal(object)

    def __init__(self, desk: "Desk", bridge: Bridge, lang: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._bridge, self._lang = desk, bridge, lang
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(24, 20, 24, 18)
        self.page.setSpacing(10)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.page.addStrut(540)

    def finish(self, words: str, name: str, submit: Callable[[], None]) -> None:
        """Put the sentence and the buttons below the form; ``submit`` does the act."""
        self.page.addLayout(self.form)
        self.words = Sentence("askingWords")
        self.words.hide()
        self.page.addWidget(self.words)
        self.page.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(QCoreApplication.translate("Colleagues", "取消"), self.reject, name="askingCancel"))
        self.ok = button(words, submit, kind="primary", name=name)
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        self.page.addLayout(row)

    def line(self, caption: str, name: str, text: str = "") -> QLineEdit:
        """Add a line to the form."""
        made = QLineEdit(text)
        made.setObjectName(name)
        made.setAccessibleName(caption)
        made.setMinimumHeight(theme.TARGET)
        self.form.addRow(caption, made)
        return made

    def run(self, act: Callable[[], object]) -> None:
        """Run the act on the writer and read who is here afterwards."""
        desk = self._desk

        def job() -> Changed:
            act()
            return desk.colleagues(), desk.people()

        self.ok.setEnabled(False)
        self.words.say(QCoreApplication.translate("Colleagues", "正在保存，请稍候…"), "quiet")
        self._bridge.run(job, self._done, self._refused, self)

    def _done(self, changed: Changed) -> None:
        self.done_act.emit(changed)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self._lang)
            self.words.say(f"{what} {todo}".strip())
        else:
            self.words.hide()
            show_error(error, self._lang, self)


class EnrolDialog(Asking):
    """新增: name, title, roles, and the secret that the new colleague types himself."""

    def __init__(
        self, desk: "Desk", bridge: Bridge, lang: str, known: ColleagueView | None, *, demo: bool, parent: QWidget,
        member: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(desk, bridge, lang, parent)
        self.setObjectName("enrolDialog")
        title = self.tr("新增工作人员") if known is None else self.tr("开通：{0}").format(known.person.name)
        self.setWindowTitle(title)
        self.page.addWidget(label(title, "title"))
        if not demo:
            self.page.addWidget(Sentence("enrolHelp", "quiet", self.tr("PIN 或口令请由新同事本人输入，不要告诉别人。")))
        self.name = self.line(self.tr("姓名"), "enrolName", known.person.name if known else "")
        self.duty = self.line(self.tr("职务（可不填）"), "enrolTitle", known.person.title if known else "")
        self.roles = role_boxes(self.form, self.tr("职责"), known.person.roles if known else ("liaison",))
        for box in self.roles.values():
            box.setEnabled(known is None)
        self.code = self.line(self.tr("授权码"), "enrolCode") if member else None
        self.lock = None if demo else SecretRows(self.form, lang, self)
        if known is not None:
            self.name.setReadOnly(True)
            self.duty.setReadOnly(True)
        if self.lock is not None:
            lock = self.lock
            bridge.read(_keyring_works, lock.set_keyring, lambda _error: lock.set_keyring(False), self)
        self.finish(self.tr("保存"), "enrolGo", self.submit)
        (self.code or (self.lock.secret if known is not None and self.lock is not None else self.name)).setFocus()

    def submit(self) -> None:
        """Enter the colleague."""
        name, title = self.name.text().strip(), self.duty.text().strip()
        roles = tuple(role for role, box in self.roles.items() if box.isChecked())
        if not roles:
            self.words.say(self.tr("请至少勾选一项职责。"))
            next(iter(self.roles.values())).setFocus()
            return
        wrong = (self.name, self.tr("请填写姓名。")) if not name else self.lock.wrong() if self.lock else None
        for part in (self.name, *((self.lock.secret, self.lock.again) if self.lock else ())):
            mark(part, wrong is not None and part is wrong[0])
        if wrong is not None:
            self.words.say(wrong[1])
            wrong[0].setFocus()
            return
        desk = self._desk
        if self.code is not None and self.lock is not None:
            code, secret, mode = self.code.text(), self.lock.secret.text(), self.lock.mode
            self.run(lambda: desk.admit(name, code, secret=secret, mode=mode))
        elif self.lock is None:
            self.run(lambda: desk.enrol_person(name, title=title, roles=roles, mode=DEMO))
        else:
            secret, mode = self.lock.secret.text(), self.lock.mode
            self.run(lambda: desk.enrol_person(name, title=title, roles=roles, secret=secret, mode=mode))


class EntryDialog(Asking):
    """名册登记: a person's entry of the district's roster, new or corrected; another body of his is 调动."""

    def __init__(
        self, desk: "Desk", bridge: Bridge, lang: str, known: ColleagueView | None, bodies: Sequence[tuple[str, str]], parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(desk, bridge, lang, parent)
        self.setObjectName("entryDialog")
        self._known = None if known is None else known.person
        title = self.tr("名册新增人员") if known is None else self.tr("更正、调动：{0}").format(known.person.name)
        self.setWindowTitle(title)
        self.page.addWidget(label(title, "title"))
        member = desk.status().founding == "member"
        if member:
            words = self.tr("名册是全区的，须连着共享数据库才能登记；登记以后各单位都按新的办理。")
            self.page.addWidget(Sentence("entryHelp", "quiet", words))
        person = self._known
        self.name = self.line(self.tr("姓名"), "entryName", person.name if person else "")
        self.duty = self.line(self.tr("职务（可不填）"), "entryTitle", person.title if person else "")
        self.phone = self.line(self.tr("电话（可不填）"), "entryPhone", person.phone if person else "")
        self.body = QComboBox()
        self.body.setObjectName("entryBody")
        self.body.setAccessibleName(self.tr("单位"))
        self.body.setMinimumHeight(theme.TARGET)
        for code, said in bodies:
            self.body.addItem(said, code)
        self.body.setCurrentIndex(max(0, self.body.findData(person.body if person else desk.person.body)))
        self.form.addRow(self.tr("单位"), self.body)
        self.roles = role_boxes(self.form, self.tr("职责"), person.roles if person else ("liaison",))
        if person is not None and member:
            moved = self.tr(
                "换了单位就是调动：他到新单位的工作台上办理，在原单位没有上传的内容转入原单位的需核对事项。"
            )
            self.page.addWidget(Sentence("entryMoved", "quiet", moved))
        self.finish(self.tr("登记"), "entryGo", self.submit)
        self.name.setFocus()

    def submit(self) -> None:
        """Enter or correct the person."""
        name, roles = self.name.text().strip(), tuple(r for r, box in self.roles.items() if box.isChecked())
        mark(self.name, not name)
        if not name or not roles:
            self.words.say(self.tr("请填写姓名。") if not name else self.tr("请至少勾选一项职责。"))
            (next(iter(self.roles.values())) if name else self.name).setFocus()
            return
        desk, known, body = self._desk, self._known, str(self.body.currentData())
        title, phone = self.duty.text().strip(), self.phone.text().strip()
        if known is None:
            self.run(lambda: desk.enter_person(name, body=body, title=title, phone=phone, roles=roles))
        else:
            self.run(lambda: desk.correct_person(known.id, name=name, body=body, title=title, phone=phone, roles=roles))


class LeaveDialog(Asking):
    """离任: the reason; what he did stays under his name."""

    def __init__(self, desk: "Desk", bridge: Bridge, lang: str, leaving: PersonView, parent: QWidget) -> None:
        super().__init__(desk, bridge, lang, parent)
        self.setObjectName("leaveDialog")
        self._leaving = leaving
        title = self.tr("离任：{0}").format(leaving.name)
        self.setWindowTitle(title)
        self.page.addWidget(label(title, "title"))
        words = self.tr("离任后不能再打开这个工作台；以前办理的事项仍记在其名下。")
        self.page.addWidget(Sentence("leaveHelp", "quiet", words))
        self.reason = self.line(self.tr("理由"), "leaveReason")
        self.finish(self.tr("确认离任"), "leaveGo", self.submit)
        self.reason.setFocus()

    def submit(self) -> None:
        """Let the colleague go."""
        desk, person, reason = self._desk, self._leaving.id, self.reason.text().strip()
        self.run(lambda: desk.let_go(person, reason))


class ColleaguesDialog(QDialog):
    """The people of the own body in a table; 新增, 开通, 离任 below it."""

    changed = Signal(object)
    """Everybody who may open this desk now (PersonViews)."""

    def __init__(
        self, desk: "Desk", bridge: Bridge, lang: str, notify: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("colleaguesDialog")
        self.setWindowTitle(self.tr("工作人员"))
        self._desk, self._bridge, self._lang, self._notify = desk, bridge, lang, notify
        founding = desk.status().founding
        self._demo, self._member = founding == DEMO, founding == "member"
        me = desk.person
        self._permitted = self._demo or self._member or "administrator" in me.roles
        self._registers = self._demo or "administrator" in me.roles
        """Whether the person at work may enter, correct and let go."""
        self._colleagues: tuple[ColleagueView, ...] = ()
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 18)
        page.setSpacing(10)
        title = self.tr("本区的工作人员") if self._member else self.tr("{0}的工作人员").format(me.body_name)
        page.addWidget(label(title, "title", wrap=True))
        words = (
            self.tr("名册是全区的，由管理员登记；开通同事要有管理员发给他本人的授权码。")
            if self._member
            else self.tr("每人用自己的身份办理，用“换人”轮流使用这台电脑。")
            if self._permitted
            else self.tr("新增、开通、离任须由管理员办理；您可以在这里查看。")
        )
        page.addWidget(Sentence("colleaguesHelp", "quiet", words))
        self.table = self._table()
        page.addWidget(self.table, 1)
        row = QHBoxLayout()
        self.add = button(self.tr("新增(&A)…"), self._add, kind="primary", name="colleagueAdd")
        self.open_ = button(self.tr("开通(&O)…"), self._open_for, name="colleagueOpen")
        self.correct = button(self.tr("更正(&C)…"), self._correct, name="colleagueCorrect")
        self.leave = button(self.tr("离任(&L)…"), self._leave, kind="danger", name="colleagueLeave")
        for each in (self.add, self.open_, self.correct, self.leave):
            row.addWidget(each)
        self.secret = button(self.tr("换口令(&P)…"), self._change_secret, name="ownSecret")
        self.sheet = button(self.tr("新恢复单(&R)…"), self._new_sheet, name="ownSheet")
        self.line = button(self.tr("换数据库口令(&D)"), self._change_line, name="ownLine")
        self.line.setToolTip(self.tr("更换本机连接共享数据库的口令；不需要任何人记住"))
        for each in (self.secret, self.sheet, self.line):
            row.addWidget(each)
            each.setVisible(not self._demo)
        self.line.setVisible(self._member)
        row.addStretch(1)
        close = button(self.tr("关闭"), self.accept, name="colleaguesClose")
        row.addWidget(close)
        page.addLayout(row)
        self._picked()
        self.table.setColumnHidden(4, not (self._member and self._registers))
        theme.spread(self, 980, 460)
        self._bodies: tuple[tuple[str, str], ...] = ()
        bridge.read(desk.bodies, self._take_bodies, owner=self, key="bodies")
        bridge.read(lambda: (desk.colleagues(), desk.people()), self._show, owner=self)

    def chosen(self) -> ColleagueView | None:
        """Return the colleague whose row is marked."""
        at = self.table.currentRow()
        return self._colleagues[at] if 0 <= at < len(self._colleagues) else None

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 5)
        table.setObjectName("colleagues")
        table.setAccessibleName(self.tr("工作人员"))
        table.setHorizontalHeaderLabels(
            [self.tr("姓名"), self.tr("职务"), self.tr("职责"), self.tr("本机"), self.tr("单位")]
        )
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setStyleSheet("QTableView::item { padding: 0 10px; }")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.row_height())
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        table.itemSelectionChanged.connect(self._picked)
        return table

    def _show(self, changed: Changed) -> None:
        former = self.chosen()
        self._colleagues = tuple(sorted(changed[0], key=lambda one: one.left))
        words = role_words()
        self.table.setRowCount(len(self._colleagues))
        for at, one in enumerate(self._colleagues):
            roles = listed(words.get(role, role) for role in one.person.roles)
            person = one.person
            for column, text in enumerate((person.name, person.title, roles, self._state(one), person.body_name)):
                self.table.setItem(at, column, QTableWidgetItem(text))
        ids = [one.person.id for one in self._colleagues]
        self.table.selectRow(ids.index(former.person.id) if former and former.person.id in ids else 0)
        self._picked()
        self.table.setFocus()

    def _state(self, one: ColleagueView) -> str:
        if one.left:
            return self.tr("已离任")
        if one.person.body != self._desk.person.body:
            return self.tr("外单位")
        return self.tr("可以使用") if one.opens else self.tr("未开通")

    def _picked(self) -> None:
        one = self.chosen()
        self.add.setEnabled(self._registers)
        self.correct.setVisible(not self._demo)
        self.correct.setEnabled(self._registers and one is not None and not one.left)
        self.open_.setEnabled(self._permitted and one is not None and self._may_open(one))
        self.leave.setEnabled(self._registers and one is not None and not one.left)

    def _may_open(self, one: ColleagueView) -> bool:
        return not one.opens and not one.left and one.person.body == self._desk.person.body

    def _take_bodies(self, bodies: tuple[tuple[str, str], ...]) -> None:
        self._bodies = bodies

    def _add(self) -> None:
        if self._member:
            self._ask(EntryDialog(self._desk, self._bridge, self._lang, None, self._bodies, self))
            return
        self._ask(EnrolDialog(self._desk, self._bridge, self._lang, None, demo=self._demo, parent=self))

    def _correct(self) -> None:
        one = self.chosen()
        if one is not None:
            mine = [b for b in self._bodies if self._member or b[0] == one.person.body]
            self._ask(EntryDialog(self._desk, self._bridge, self._lang, one, mine, self))

    def _open_for(self) -> None:
        one = self.chosen()
        if one is not None:
            self._ask(
                EnrolDialog(
                    self._desk, self._bridge, self._lang, one, demo=self._demo, parent=self, member=self._member
                )
            )

    def _leave(self) -> None:
        one = self.chosen()
        if one is not None:
            self._ask(LeaveDialog(self._desk, self._bridge, self._lang, one.person, self))

    def _change_secret(self) -> None:
        from ui.dialogs.own_keys import ChangeSecretDialog

        self._ask(ChangeSecretDialog(self._desk, self._bridge, self._lang, self))

    def _new_sheet(self) -> None:
        from ui.dialogs.own_keys import NewSheetDialog

        self._ask(NewSheetDialog(self._desk, self._bridge, self._lang, self))

    def _change_line(self) -> None:
        done = self.tr("数据库口令已更换。")
        self._bridge.run(self._desk.change_line_password, lambda _none: self._notify(done), self._line_failed, self)

    def _line_failed(self, error: BaseException) -> None:
        show_error(error, self._lang, self)

    def _ask(self, dialog: Asking) -> None:
        dialog.done_act.connect(self._changed)
        dialog.open()

    def _changed(self, changed: Changed) -> None:
        self._show(changed)
        self.changed.emit(changed[1])
        self._notify(self.tr("已保存。"))
