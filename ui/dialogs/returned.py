"""A reply that came back from WPS: what differs from the newest version; it becomes a version or is left."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from liaison_app.desk.reply_views import ReturnedText
from liaison_app.domain.differences import differences
from ui import theme
from ui.widgets.checked_text import as_html
from ui.widgets.parts import button, label, listed


class ReturnedDialog(QDialog):
    """Shows the differences; accepted means: take it as the next version."""

    def __init__(self, before: str, found: ReturnedText, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("returnedDialog")
        self.setWindowTitle(self.tr("读回 {name}").format(name=name))
        theme.spread(self, 720, 560)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.addWidget(label(self.tr("与现在的回复稿比较"), "title"))
        same = before == found.text
        words = self.tr("没有不同。") if same else self.tr("＋ 增加的，－ 删去的。")
        if found.changes:
            words += self.tr("文件里有 {n} 处修订（{who}），已按接受处理。").format(
                n=found.changes, who=listed(found.by) or "—"
            )
        page.addWidget(label(words, "quiet", wrap=True))
        if not found.known:
            said = self.tr("没有完全认出信头和落款，请核对正文前后有没有多余的行。")
            page.addWidget(label(said, "wrong", wrap=True))
        self.compared = QTextEdit()
        self.compared.setObjectName("returnedCompared")
        self.compared.setAccessibleName(self.tr("与现在的回复稿比较"))
        self.compared.setReadOnly(True)
        self.compared.setTabChangesFocus(True)
        self.compared.setHtml(as_html(differences(before, found.text)))
        page.addWidget(self.compared, 1)
        if found.remarks:
            page.addWidget(
                label(self.tr("批注：{remarks}").format(remarks="；".join(found.remarks)), wrap=True, select=True)
            )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("不要"), self.reject, name="leaveReturned"))
        self.take = button(self.tr("作为新的一版(&T)"), self.accept, kind="primary", name="takeReturned")
        self.take.setEnabled(not same)
        self.take.setDefault(True)
        row.addWidget(self.take)
        page.addLayout(row)
