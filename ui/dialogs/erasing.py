"""到期删除个人信息: what goes and what stays, who decides it together, why."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from liaison_app.desk.views import CaseView
from ui import theme
from ui.context import Context
from ui.dialogs.colleagues import Asking
from ui.widgets.secret import Sentence, mark


class EraseDialog(Asking):
    """The second person types his own secret here; nothing of the case can be brought back."""

    def __init__(self, context: Context, case: CaseView, parent: QWidget) -> None:
        super().__init__(context.desk, context.bridge, context.lang, parent)
        self.setObjectName("eraseDialog")
        self._case = case.case_id
        title = self.tr("到期删除个人信息：{0}").format(case.number)
        self.setWindowTitle(title)
        self.page.addWidget(Sentence("eraseTitle", "title", title))
        words = self.tr(
            "投诉人、联系方式、内容、附件和草稿从本机彻底删除，不能恢复；办理经过、编号和校验值保留。备份和已印出的文书不在内，请另行处理。"
        )
        self.page.addWidget(Sentence("eraseHelp", "quiet", words))
        self.second = QComboBox()
        self.second.setObjectName("eraseSecond")
        self.second.setAccessibleName(self.tr("第二决定人"))
        self.second.setMinimumHeight(theme.TARGET)
        for person in context.desk.second_persons():
            self.second.addItem(f"{person.name} {person.title}".strip(), person.id)
        self.form.addRow(self.tr("第二决定人"), self.second)
        self.secret = self.line(self.tr("他本人的 PIN 或口令"), "eraseSecret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason = self.line(self.tr("依据"), "eraseReason")
        self.reason.setPlaceholderText(self.tr("例如：鉴定销毁清册第3号"))
        self.finish(self.tr("删除，不能恢复"), "eraseGo", self.submit)
        if not self.second.count():
            self.ok.setEnabled(False)
            self.words.say(self.tr("须有第二人一起决定：本机还没有开通别的领导或管理员，请先在“工作人员”里开通。"))
        self.reason.setFocus()

    def submit(self) -> None:
        """Erase."""
        reason = self.reason.text().strip()
        mark(self.reason, not reason)
        if not reason:
            self.words.say(self.tr("请写依据。"))
            self.reason.setFocus()
            return
        desk, case, second, secret = self._desk, self._case, str(self.second.currentData()), self.secret.text()
        self.run(lambda: desk.erase_personal(case, second, secret, reason))
