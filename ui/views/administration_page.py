"""管理: the administrator's day on one page: desks, codes, roster, calendar, profile and settings, backup, newer versions."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.admin_views import DeskLine, DistrictView, HouseView
from liaison_app.domain.errors import RuleBroken
from liaison_app.words.errors import told
from ui import theme
from ui.context import Context
from ui.dialogs.errors import plain_sentence
from ui.dialogs.where import ask_open
from ui.views.page import Page
from ui.widgets.layouts import Column, Flow
from ui.widgets.moments import full_moment, short_moment
from ui.widgets.parts import Card, button, listed
from ui.widgets.secret import Sentence
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from liaison_app.desk.administering import Administration

QUIET_DAYS = 3
"""A desk that was not heard for more days is marked."""
OLD_BACKUP_DAYS = 7
NAMED = 6
"""So many bodies without people are named."""
SHOWN = 8
"""So many desks are seen at once; the sheet scrolls beyond."""


class AdministrationPage(Page):
    """A member's administrator signs in at the shared database for what is the district's; the rest is at hand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("administrationPage")
        self.house: HouseView | None = None
        self.district: DistrictView | None = None
        self._hand: Administration | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        column = Column(self.tr("管理"))
        column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(column)
        self.words = Sentence("adminWords", "quiet")
        self.words.hide()
        column.cards.addWidget(self.words)
        self.door = self._door()
        self.desks_card = self._desks()
        column.cards.addWidget(self.door)
        column.cards.addWidget(self.desks_card)
        grid = QGridLayout()
        grid.setSpacing(12)
        kept = (self._roster(), self._calendar(), self._profile(), self._backup(), self._release())
        for at, card in enumerate(kept[:4]):
            grid.addWidget(card, at // 2, at % 2)
        grid.addWidget(kept[4], 2, 0, 1, 2)
        column.cards.addLayout(grid)
        column.cards.addStretch(100)
        self._show_door()

    def heading(self) -> str:
        """Return the words above the page."""
        return self.tr("管理")

    def activated(self) -> None:
        """Take the focus to where work begins."""
        self.refresh()
        self._first().setFocus()

    def refresh(self) -> None:
        """Read what is kept here, and the district while signed in."""
        bridge, desk, hand = self.context.bridge, self.context.desk, self._hand
        bridge.read(desk.house, self._take_house, owner=self, key="house")
        if hand is not None:
            bridge.read(hand.district, self._take_district, self._refused, self, key="administration")

    def leave(self) -> None:
        """Forget the password."""
        self.sign_out()

    # the door

    def _door(self) -> Card:
        card = Card(self.tr("登录共享数据库"))
        self.door_words = Sentence("adminDoorWords", "quiet")
        card.body.addWidget(self.door_words)
        row = Flow(10)
        self.role = self._line("adminRole", self.tr("管理员角色"), "liaison_admin")
        self.password = self._line("adminPassword", self.tr("管理员口令"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("管理员口令"))
        self.password.returnPressed.connect(self.sign_in)
        self.go = button(self.tr("登录(&G)"), self.sign_in, kind="primary", name="adminGo")
        self.out = button(self.tr("退出登录(&X)"), self.sign_out, name="adminOut")
        for one in (self.role, self.password, self.go, self.out):
            row.addWidget(one)
        card.body.addLayout(row)
        return card

    def sign_in(self) -> None:
        """Open the shared database with the role and password typed; the password stays in this page only."""
        role, password = self.role.text().strip(), self.password.text()
        if not role or not password:
            self.say(self.tr("请填写管理员角色和口令。"))
            (self.password if role else self.role).setFocus()
            return
        self.say(self.tr("正在连接…"), "quiet")
        self.go.setEnabled(False)
        desk = self.context.desk

        def job() -> "tuple[Administration, DistrictView]":
            hand = desk.administration(role, password)
            return hand, hand.district()

        self.context.bridge.read(job, self._signed_in, self._refused, self, key="administration")

    def sign_out(self) -> None:
        """Forget role and password."""
        self._hand, self.district = None, None
        self.password.clear()
        self._show_door()

    def _signed_in(self, found: "tuple[Administration, DistrictView]") -> None:
        self._hand = found[0]
        self.password.clear()
        self.words.hide()
        self._take_district(found[1])
        self._show_door()
        self.desks.setFocus()

    def _refused(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self.context.lang)
            self.say(f"{what} {todo}".strip())
        else:
            self.context.show_error(error, self)

    def say(self, words: str, role: str = "wrong") -> None:
        """Show a sentence above the cards."""
        self.words.say(words, role)

    def _show_door(self) -> None:
        inside, member = self._hand is not None, self.house is None or self.house.member
        self.door.setVisible(member)
        self.desks_card.setVisible(inside)
        for one in (self.role, self.password, self.go):
            one.setVisible(not inside)
        self.go.setEnabled(True)
        self.out.setVisible(inside)
        for one in (self.version, self.where, self.tell, self.take_back):
            one.setVisible(inside)
        self._show_release()
        self._show_roster()
        address = self.house.address if self.house else ""
        if inside:
            words = self.tr("已登录 {0}。离开本页就退出，口令不保存。").format(address)
        elif self.house is not None and not address:
            words = self.tr("这台电脑用同步包交换，不直接连接共享数据库；请在服务器上用 liaison server 管理。")
        else:
            words = self.tr("看各工作台、发授权码、登记名册要用管理员的角色登录 {0}。口令只在本页用，不保存。").format(
                address
            )
        self.door_words.put(words)

    # the desks

    def _desks(self) -> Card:
        card = Card(self.tr("各工作台"))
        self.district_words = Sentence("adminDistrict", "quiet")
        card.body.addWidget(self.district_words)
        heads = [
            (self.tr("单位"), 2.4), (self.tr("人员"), 1.6), (self.tr("程序版本"), 1.3), (self.tr("上次同步"), 2.0),
            (self.tr("状态"), 2.2),
        ]  # fmt: skip
        self.desks = Sheet(self.tr("各工作台"), heads)
        self.desks.setObjectName("adminDesks")
        self.desks.currentCellChanged.connect(lambda *_: self._chosen())
        card.body.addWidget(self.desks)
        row = Flow(10)
        self.code = button(self.tr("发授权码(&K)…"), self._issue, kind="primary", name="adminCode")
        self.second = button(self.tr("这台再开一人(&E)…"), self._issue_here, name="adminSecond")
        self.second.setToolTip(self.tr("给同单位另一个人发授权码，在选中的这台电脑上用"))
        self.close_desk = button(self.tr("撤销这台(&D)…"), self._revoke, kind="danger", name="adminRevoke")
        for one in (self.code, self.second, self.close_desk):
            row.addWidget(one)
        card.body.addLayout(row)
        return card

    def chosen(self) -> DeskLine | None:
        """Return the desk whose row is marked."""
        at = self.desks.currentRow()
        return self.district.desks[at] if self.district is not None and 0 <= at < len(self.district.desks) else None

    def _chosen(self) -> None:
        one = self.chosen()
        self.second.setEnabled(one is not None and one.state == "in_use")
        self.close_desk.setEnabled(one is not None and one.state != "revoked")

    def _take_district(self, found: DistrictView) -> None:
        self.district = found
        self.desks.fill([self._row(one) for one in found.desks])
        for at, one in enumerate(found.desks):
            worth = one.state == "in_use" and (one.old or one.quiet_days > QUIET_DAYS)
            self.desks.mark(at, "unknown" if worth else "below" if one.state in {"revoked", "lapsed"} else "")
        shown = min(max(len(found.desks), 1), SHOWN)
        self.desks.setFixedHeight((theme.TARGET + 8) * shown + self.desks.horizontalHeader().sizeHint().height() + 8)
        self.district_words.put(self._district_words(found))
        self._chosen()
        self._show_backup()
        self._show_release()
        self._show_roster()

    def _row(self, one: DeskLine) -> tuple[str, ...]:
        version = self.tr("{0}（旧）").format(one.version) if one.old else one.version or "—"
        seen = full_moment(one.seen_at) if one.seen_at else self.tr("从未")
        name = self.tr("{0} 等{1}人").format(one.person_name, one.persons) if one.persons > 1 else one.person_name
        return one.body_name, name, version, seen, self._state(one)

    def _state(self, one: DeskLine) -> str:
        if one.state == "revoked":
            return self.tr("已撤销")
        if one.state == "lapsed":
            return self.tr("授权码已过期")
        if one.state == "code":
            return self.tr("授权码有效至 {0}").format(short_moment(one.code_until or ""))
        if one.quiet_days > QUIET_DAYS:
            return self.tr("已有 {0} 天没有同步").format(one.quiet_days)
        return self.tr("在用")

    def _district_words(self, found: DistrictView) -> str:
        said = [
            self.tr("{0}：名册 {1} 人，案件 {2} 件，{3} MB，PostgreSQL {4}。").format(
                found.district, found.people, found.cases, found.megabytes, found.postgresql
            ),
            self.tr("看护服务在运行。") if found.watched else self.tr("看护服务没有运行：请在服务器上启动 liaison server watch。"),
        ]  # fmt: skip
        if found.clocks is not None:
            here, there = found.clocks
            said.insert(0, told("clocks_apart", {"here": here, "there": there}, self.context.lang))
        if found.leases_closed:
            said.append(self.tr("备份恢复以后还没有恢复发号（liaison server open-leases）。"))
        return " ".join(said)

    def _issue(self) -> None:
        self._ask_code("")

    def _issue_here(self) -> None:
        if (one := self.chosen()) is not None:
            self._ask_code(one.role, one.body_name)

    def _ask_code(self, role: str, body: str = "") -> None:
        from ui.dialogs.administering import CodeDialog

        if self._hand is not None:
            dialog = CodeDialog(self.context, self._hand, role, body, self)
            dialog.finished.connect(lambda _how: self.refresh())
            dialog.open()

    def _revoke(self) -> None:
        from ui.dialogs.administering import RevokeDialog

        one = self.chosen()
        if self._hand is not None and one is not None:
            dialog = RevokeDialog(self.context, self._hand, one, self)
            dialog.finished.connect(lambda _how: self.refresh())
            dialog.open()

    # what is kept here

    def _roster(self) -> Card:
        card, self.roster_words = self._kept(self.tr("名册"), "adminRoster")
        row = Flow(10)
        self.people = button(
            self.tr("工作人员(&P)…"), self.context.actions.action("people").trigger, name="adminPeople"
        )
        self.book = button(self.tr("按表格登记(&T)…"), self._ask_book, name="adminBook")
        self.book.setToolTip(
            self.tr("表格每行一人，列名：编号、姓名、单位、职务、电话、角色；已有的人按表格更正，没有列出的人不变")
        )
        row.addWidget(self.people)
        row.addWidget(self.book)
        card.body.addLayout(row)
        return card

    def _calendar(self) -> Card:
        card, self.calendar_words = self._kept(self.tr("放假安排"), "adminCalendar")
        self._way(card, self.tr("工作日历(&W)…"), "calendar")
        return card

    def _profile(self) -> Card:
        card, self.profile_words = self._kept(self.tr("机制和设置"), "adminProfile")
        self._way(card, self.tr("机制、版本和设置(&M)…"), "mechanism")
        return card

    def _backup(self) -> Card:
        card, self.backup_words = self._kept(self.tr("备份"), "adminBackup")
        self._way(card, self.tr("备份本机数据(&B)…"), "backup")
        return card

    def _release(self) -> Card:
        card, self.release_words = self._kept(self.tr("新版本通知"), "adminRelease")
        row = Flow(10)
        self.version = self._line("adminVersion", self.tr("新版本的版本号，例如 0.2.0"))
        self.version.setPlaceholderText("0.2.0")
        self.where = self._line("adminWhere", self.tr("到哪里取安装包"))
        self.where.setPlaceholderText(self.tr("到哪里取安装包"))
        self.where.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        self.tell = button(self.tr("通知各工作台(&N)"), self._announce, name="adminAnnounce")
        self.take_back = button(self.tr("收回通知(&C)"), self._take_back, name="adminTakeBack")
        for one in (self.version, self.where, self.tell, self.take_back):
            row.addWidget(one)
        card.body.addLayout(row)
        return card

    def _kept(self, caption: str, name: str) -> tuple[Card, Sentence]:
        card, words = Card(caption), Sentence(name, "quiet")
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(words)
        card.body.addStretch(1)
        return card, words

    def _way(self, card: Card, words: str, action: str) -> None:
        made = button(words, self.context.actions.action(action).trigger, name=f"adminGo_{action}")
        card.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _line(self, name: str, words: str, text: str = "") -> QLineEdit:
        made = QLineEdit(text)
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.setMinimumHeight(theme.TARGET)
        made.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)
        return made

    def _first(self) -> QWidget:
        if self._hand is not None:
            return self.desks
        return self.people if self.house is not None and not self.house.member else self.password

    def _take_house(self, found: HouseView) -> None:
        former, self.house = self.house, found
        if former is None:
            self._show_door()
            self._first().setFocus()
        self._show_roster()
        until = self.tr("已录入至 {0} 年。").format(found.calendar_until)
        owed = self.tr("{0} 年的放假通知公布后请录入；在那以前，该年的期限标为暂定。").format(found.year)
        self.calendar_words.put(f"{until} {owed if found.year else ''}".strip())
        said = [self.tr("现行 {0}。").format(found.version)]
        if found.ahead:
            said.append(self.tr("已公布、尚未施行：{0}。").format(found.ahead))
        readings = (
            self.tr("设置都按默认。")
            if not found.readings
            else self.tr("已选定的设置：{0} 项。").format(found.readings)
        )
        self.profile_words.put(" ".join([*said, readings]))
        self._show_backup()
        self._show_release()
        if not found.may and former is None:
            self.say(self.tr("名册、日历和设置由管理员登记；您可以在这里查看。"), "quiet")

    def _show_roster(self) -> None:
        found = self.house
        if found is None:
            return
        self.book.setEnabled(self._hand is not None if found.member else found.may)
        said = self.tr("名册共 {0} 人。").format(found.people)
        few = listed(found.silent[:NAMED]) + ("…" if len(found.silent) > NAMED else "")
        missing = self.tr("有工作台、名册里还没有人的单位：{0}。").format(few) if few else ""
        how = self.tr("按表格登记要先登录。") if found.member and self._hand is None else ""
        self.roster_words.put(" ".join(part for part in (said, missing, how) if part))

    def _show_backup(self) -> None:
        said = []
        if self.house is not None:
            at = self.house.backup_at
            said.append(self.tr("本机上次备份：{0}。").format(full_moment(at)) if at else self.tr("本机还没有备份过。"))
            if self.house.member:
                said.append(self.tr("入网的工作台以共享数据库为准，备份以服务器的为主。"))
        if (found := self.district) is not None:
            said.append(self._archive_words(found))
        self.backup_words.put(" ".join(said))

    def _archive_words(self, found: DistrictView) -> str:
        if not found.archiving:
            return self.tr("服务器没有归档日志：硬盘损坏会丢失上次全备份以后的内容，请按管理员说明第 7 节设置。")
        if found.failed_at and (not found.archived_at or found.failed_at > found.archived_at):
            return self.tr("服务器归档失败（{0}），请看服务器的日志。").format(full_moment(found.failed_at))
        last = full_moment(found.archived_at) if found.archived_at else self.tr("还没有")
        return self.tr("服务器上次归档：{0}；备用服务器 {1} 台。").format(last, found.standbys)

    def _show_release(self) -> None:
        said = [self.tr("本机程序 {0}。").format(self.house.program)] if self.house else []
        if self.district is not None:
            told = self.tr("已通知的新版本：{0}。").format(self.district.release)
            said.append(told if self.district.release else self.tr("没有发出新版本通知。"))
            said.append(self.tr("通知只是提示，各工作台照常使用，由各单位自己安装。"))
            self.take_back.setEnabled(bool(self.district.release))
        elif self.house is not None and not self.house.member:
            said.append(self.tr("单机没有人通知新版本；请留意发放安装包的单位。"))
        self.release_words.put(" ".join(said))

    # acts

    def _ask_book(self) -> None:
        ask_open(self, self.tr("名册表格"), self.tr("表格 (*.xlsx *.xls *.csv)"), self.read_book)

    def read_book(self, path: Path) -> None:
        """Enter the people of a workbook: into the district's roster while signed in, else into this desk's own."""
        enter = self.context.desk.enter_people if self._hand is None else self._hand.enter_people
        done = self.tr("读到 {0} 人，新增或更正 {1} 人。")

        def job() -> tuple[int, int]:
            return enter(path.name, path.read_bytes())

        def then(counts: tuple[int, int]) -> None:
            self.say(done.format(*counts), "quiet")
            self.context.sync_now()
            self.refresh()

        self.context.bridge.run(job, then, self._refused, self)

    def _announce(self) -> None:
        version = self.version.text().strip()
        if not version:
            self.say(self.tr("请填写版本号。"))
            self.version.setFocus()
            return
        self._tell(version, self.where.text(), self.tr("已通知各工作台。"))

    def _take_back(self) -> None:
        self._tell("", "", self.tr("通知已收回。"))

    def _tell(self, version: str, where: str, done: str) -> None:
        hand = self._hand
        if hand is None:
            return

        def then(_none: object) -> None:
            self.say(done, "quiet")
            self.refresh()

        self.context.bridge.run(partial(hand.announce, version, where), then, self._refused, self)
