"""修复: for a desk that does not open, and for a forgotten pass-phrase. Reached from the first page, before anybody is at work."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk import opening, repairing
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.errors import plain_sentence
from ui.dialogs.where import ask_open, ask_save
from ui.views.chooser import Choice
from ui.widgets.layouts import Column
from ui.widgets.parts import Card, button, called, label
from ui.widgets.secret import SecretRows, Sentence, mark

Found = TypeVar("Found")


class RepairDialog(QDialog):
    """Four ways, each with what it does and what it leaves alone; nothing here deletes anything."""

    mended = Signal()
    """Something was done: the desk should be opened again."""

    def __init__(
        self,
        home: Path,
        people: Sequence[Choice],
        bridge: Bridge,
        lang: str,
        *,
        at_work: bool,
        parent: QWidget | None = None,
    ) -> None:
        """``at_work``: the desk is open and only locked; its data are then left alone."""
        super().__init__(parent)
        self._home, self._people, self._bridge, self._lang = home, tuple(people), bridge, lang
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("repairDialog")
        self.setWindowTitle(self.tr("修复"))
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(self.tr("打不开，或者忘了口令"), "title"))
        page.addWidget(
            label(
                self.tr("这里的每一步都不删除数据。先保存诊断文件，再往下做，技术人员更容易帮上忙。"),
                "quiet",
                wrap=True,
            )
        )
        column = Column(self.tr("修复"))
        if any(one.secret for one in people):
            column.cards.addWidget(self._recovering())
        if not at_work:
            column.cards.addWidget(self._checking())
            column.cards.addWidget(self._restoring())
        column.cards.addWidget(self._asking())
        column.cards.addStretch(1)
        page.addWidget(column, 1)
        self.said = Sentence("repairSaid", "quiet")
        self.said.hide()
        page.addWidget(self.said)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("关闭"), self.accept, name="repairClose"))
        page.addLayout(row)
        self.resize(720, 680)

    # 恢复单

    def _recovering(self) -> QWidget:
        card = Card(self.tr("忘了口令：用恢复单重设"))
        card.body.addWidget(
            label(
                self.tr("恢复单是建立本机时打印、封存的那一页，有八组字符。重设后原来的口令作废，案件都在。"),
                "quiet",
                wrap=True,
            )
        )
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.who = QComboBox()
        called(self.who, self.tr("人员"))
        for one in self._people:
            if one.secret:
                self.who.addItem(one.name, one.id)
        form.addRow(self.tr("人员"), self.who)
        self.code = QLineEdit()
        self.code.setObjectName("repairCode")
        self.code.setAccessibleName(self.tr("恢复单的八组字符"))
        self.code.setPlaceholderText(self.tr("八组依次输入，不分大小写"))
        self.code.setMinimumHeight(theme.TARGET)
        form.addRow(self.tr("恢复单"), self.code)
        self.secrets = SecretRows(form, self._lang, self)
        card.body.addLayout(form)
        card.body.addWidget(button(self.tr("重设口令(&R)"), self.recover, kind="primary", name="repairRecover"))
        self._bridge.run(opening.keyring_works, self.secrets.set_keyring, owner=self)
        return card

    def recover(self) -> None:
        """Give the chosen person a new lock by the recovery sheet."""
        for field in (self.code, self.secrets.secret, self.secrets.again):
            mark(field, False)
        if not self.code.text().strip():
            self._wrong(self.code, self.tr("请输入恢复单上的八组字符。"))
            return
        wrong = self.secrets.wrong()
        if wrong is not None:
            self._wrong(*wrong)
            return
        job = partial(
            opening.recover_desk, self._home, self.code.text(), str(self.who.currentData()), self.secrets.secret.text(),
            self.secrets.mode,
        )  # fmt: skip

        def then(_person: str) -> None:
            self.code.clear()
            self.secrets.put(None, "", "")
            self._done(self.tr("已重设。现在可以用新的口令进入；恢复单请照旧封存。"))

        self._do(self.tr("正在重设…"), job, then)

    # 校验与重建

    def _checking(self) -> QWidget:
        card = Card(self.tr("列表不对：校验、重建"))
        card.body.addWidget(
            label(
                self.tr("校验读一遍全部记载，什么也不改。重建把列表、计数和搜索从记载重新算出来，记载本身不改。"),
                "quiet",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        self.opener = QComboBox()
        called(self.opener, self.tr("由谁打开"))
        for one in self._people:
            self.opener.addItem(one.name, one.id)
        row.addWidget(self.opener)
        self.secret = QLineEdit()
        self.secret.setObjectName("repairSecret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("PIN 或口令"))
        self.secret.setPlaceholderText(self.tr("PIN 或口令"))
        self.secret.setMinimumHeight(theme.TARGET)
        self.secret.setVisible(any(one.secret for one in self._people))
        row.addWidget(self.secret, 1)
        row.addWidget(button(self.tr("校验(&V)"), self.check, name="repairCheck"))
        row.addWidget(button(self.tr("重建(&B)"), self.rebuild, name="repairRebuild"))
        card.body.addLayout(row)
        card.setEnabled(bool(self._people))
        return card

    def check(self) -> None:
        """Read everything, say what was found."""

        def then(found: repairing.Checked) -> None:
            if found.sound:
                self._say(self.tr("校验完毕：{0} 条记载，全部相符。").format(found.entries))
            elif found.broken:
                self._say(
                    self.tr("有 {0} 处记载与它们的校验值不符。请停止使用本机，保存诊断文件，用备份恢复。").format(
                        len(found.broken)
                    ),
                    "wrong",
                )
            else:
                self._say(
                    self.tr("记载完好，但列表有 {0} 处与记载不符。请重建。").format(len(found.differing)), "wrong"
                )

        self._do(self.tr("正在校验…"), partial(repairing.check, self._home, *self._opened_by(), self._lang), then)

    def rebuild(self) -> None:
        """Make the lists anew."""

        def then(rows: int) -> None:
            self._done(self.tr("已重建，共 {0} 行。").format(rows))

        self._do(
            self.tr("正在重建，案件多时要几分钟…"),
            partial(repairing.rebuild, self._home, *self._opened_by(), self._lang),
            then,
        )

    def _opened_by(self) -> tuple[str, str]:
        return str(self.opener.currentData() or ""), self.secret.text()

    # 备份

    def _restoring(self) -> QWidget:
        card = Card(self.tr("数据文件坏了：用备份恢复"))
        card.body.addWidget(
            label(
                self.tr(
                    "现在的数据文件不删除，移到数据文件夹里的 set-aside 文件夹。联网的终端恢复后会重新取回备份以后的内容；没有同步过的内容只在移开的文件里。"
                ),
                "quiet",
                wrap=True,
            )
        )
        card.body.addWidget(button(self.tr("选择备份文件(&K)…"), self._ask_backup, name="repairRestore"))
        return card

    def _ask_backup(self) -> None:
        kinds = self.tr("备份 (*.backup *.zip);;所有文件 (*)")
        ask_open(self, self.tr("选择备份文件"), kinds, self.restore, Path.home())

    def restore(self, archive: Path) -> None:
        """Put a backup in the place of the data that is there."""

        def then(aside: Path | None) -> None:
            kept = self.tr("原来的数据在 {0}。").format(aside) if aside is not None else ""
            self._done(f"{self.tr('已从备份恢复。')}{kept}")

        self._do(self.tr("正在恢复…"), partial(repairing.restore_over, archive, self._home), then)

    # 求助

    def _asking(self) -> QWidget:
        card = Card(self.tr("请技术人员帮忙"))
        card.body.addWidget(
            label(
                self.tr("诊断文件只有版本、日志和出错位置，没有任何人的个人信息。数据位置：{home}").format(
                    home=self._home
                ),
                "quiet",
                wrap=True,
                select=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(button(self.tr("保存诊断文件(&S)…"), self._ask_bundle, name="repairBundle"))
        row.addWidget(button(self.tr("打开数据文件夹(&D)"), self._open_folder, name="repairFolder"))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _ask_bundle(self) -> None:
        ask_save(self, self.tr("保存诊断文件"), "liaison-diagnosis.zip", "ZIP (*.zip)", self.bundle)

    def bundle(self, file: Path) -> None:
        """Write the diagnosis."""
        self._do(
            self.tr("正在保存…"),
            partial(opening.support_bundle, self._home, file),
            lambda _said: self._say(self.tr("已保存：{0}").format(file)),
        )

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home)))

    # what is said

    def _do(self, meanwhile: str, job: Callable[[], Found], then: Callable[[Found], None]) -> None:
        self._say(meanwhile)
        self.setCursor(Qt.CursorShape.BusyCursor)
        for one in self.findChildren(Card):
            one.setDisabled(True)

        def rest() -> None:
            self.unsetCursor()
            for one in self.findChildren(Card):
                one.setDisabled(False)

        def done(found: Found) -> None:
            rest()
            then(found)

        def failed(error: BaseException) -> None:
            rest()
            self._say(" ".join(w for w in plain_sentence(error, self._lang) if w), "wrong")

        self._bridge.run(job, done, failed, owner=self)

    def _done(self, words: str) -> None:
        self._say(words, "")
        self.mended.emit()

    def _wrong(self, field: QLineEdit, words: str) -> None:
        mark(field, True)
        field.setFocus()
        self._say(words, "wrong")

    def _say(self, words: str, role: str = "quiet") -> None:
        self.said.say(words, role)
