"""What an administrator does to one desk: a one-time code is made and shown once; a desk is closed with a reason."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.admin_views import CodeView, DeskLine
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.errors import plain_sentence
from ui.widgets.moments import full_moment
from ui.widgets.parts import button, called, label
from ui.widgets.secret import Sentence

if TYPE_CHECKING:
    from liaison_app.desk.administering import Administration


class _Small(QDialog):
    """A title, a sentence, a form, what came of it, and two buttons."""

    def __init__(self, context: Context, hand: "Administration", title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context, self._hand = context, hand
        self.setWindowTitle(title)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(24, 20, 24, 18)
        self.page.setSpacing(10)
        self.page.addStrut(520)
        self.page.addWidget(label(title, "title", wrap=True))
        self.page.addWidget(Sentence("smallHelp", "quiet", words))
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.page.addLayout(self.form)
        self.words = Sentence("smallWords")
        self.words.hide()
        self.page.addWidget(self.words)
        self.page.addStretch(1)
        self.row = QHBoxLayout()
        self.row.addStretch(1)
        self.away = button(self.tr("取消"), self.reject, name="smallCancel")
        self.row.addWidget(self.away)
        self.page.addLayout(self.row)

    def _refused(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self.context.lang)
            self.words.say(f"{what} {todo}".strip())
        else:
            self.context.show_error(error, self)

    def _finish(self, words: str, name: str, kind: str = "primary") -> None:
        self.go = button(words, self.submit, kind=kind, name=name)
        self.go.setDefault(kind == "primary")
        self.row.addWidget(self.go)

    def submit(self) -> None:
        """Do it."""


class CodeDialog(_Small):
    """入网授权码: for whom; the code is shown once, large, to be copied by hand."""

    def __init__(self, context: Context, hand: "Administration", role: str, body: str, parent: QWidget) -> None:
        title = context_title = self.tr("发入网授权码")
        if role:
            title = self.tr("授权码：{0}的这台电脑").format(body)
        words = self.tr("一码一次，72小时内有效。当面或用纸交给本人，不要用邮件或聊天软件发送；这里只显示这一次。")
        super().__init__(context, hand, title or context_title, words, parent)
        self.setObjectName("codeDialog")
        self._role, self._body = role, body
        self.who = QComboBox()
        self.who.setObjectName("codeWho")
        called(self.who, self.tr("人员"))
        self.who.setMinimumHeight(theme.TARGET)
        self.who.setMaxVisibleItems(14)
        self.form.addRow(self.tr("人员"), self.who)
        self.shown = label("", "", wrap=True)
        self.shown.setObjectName("codeShown")
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setWeight(QFont.Weight.DemiBold)
        self.shown.setFont(font)
        self.shown.hide()
        self.page.insertWidget(self.page.count() - 3, self.shown)
        self._finish(self.tr("发码"), "codeGo")
        self.go.setEnabled(False)
        context.bridge.read(hand.people, self._offer, self._refused, self)

    def submit(self) -> None:
        """Make the code."""
        person, role, hand = str(self.who.currentData() or ""), self._role, self._hand
        if person:
            self.go.setEnabled(False)
            self.context.bridge.run(lambda: hand.issue(person, role), self._show, self._refused, self)

    def _offer(self, people: tuple[tuple[str, str], ...]) -> None:
        mine = [one for one in people if not self._role or one[1].endswith(f"　{self._body}")]
        for person, words in mine:
            self.who.addItem(words, person)
        self.go.setEnabled(bool(mine))
        self.who.setFocus()

    def _show(self, made: CodeView) -> None:
        self.shown.setText(made.code)
        self.shown.setAccessibleName(self.tr("授权码：{0}").format(" ".join(made.code)))
        self.shown.show()
        until = self.tr("给{0}，有效至 {1}。").format(made.person_name, full_moment(made.until))
        self.words.say(until, "quiet")
        self.who.setEnabled(False)
        self.go.hide()
        self.away.setText(self.tr("抄好了"))
        self.away.setAccessibleName(self.away.text())
        self.away.setFocus()


class RevokeDialog(_Small):
    """撤销: a reason; what the desk had not sent is not lost."""

    def __init__(self, context: Context, hand: "Administration", desk: DeskLine, parent: QWidget) -> None:
        title = self.tr("撤销工作台：{0} {1}").format(desk.body_name, desk.person_name)
        words = self.tr(
            "电脑丢失或报废时用：立即断开，不能再登录，机内数据在下次联系时关闭；没有上传的操作存成文件，可以由管理员取回。不能恢复，本人换电脑要另发授权码。"
        )
        super().__init__(context, hand, title, words, parent)
        self.setObjectName("revokeDialog")
        self._desk = desk
        self.reason = QLineEdit()
        self.reason.setObjectName("revokeReason")
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setMinimumHeight(theme.TARGET)
        self.form.addRow(self.tr("理由"), self.reason)
        self._finish(self.tr("撤销"), "revokeGo", "danger")
        self.reason.setFocus()

    def submit(self) -> None:
        """Close the desk."""
        role, reason, hand = self._desk.role, self.reason.text(), self._hand
        self.go.setEnabled(False)

        def done(_sessions: int) -> None:
            self.context.notify(self.tr("已撤销。"))
            self.accept()

        self.context.bridge.run(lambda: hand.revoke(role, reason), done, self._refused, self)
