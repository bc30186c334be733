"""Choose another reading of the mechanism, with the reason; then see which open due dates moved."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from liaison_app import words
from liaison_app.desk.describing_views import SettingView
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.widgets.moved import MovedList
from ui.widgets.parts import button, label, listed
from ui.widgets.writing import Writing


class SettingDialog(QDialog):
    """One setting: what it is, its readings, the reason of the change."""

    changed = Signal()

    def __init__(self, context: Context, setting: SettingView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._setting = context, setting
        self.setObjectName("settingDialog")
        self.setWindowTitle(self.tr("改设置"))
        self.setMinimumWidth(600)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(setting.name, "title", wrap=True))
        about = self.tr("现用：{now}　默认：{default}").format(now=setting.value_words, default=setting.default_words)
        page.addWidget(label(about, "quiet", wrap=True))
        if setting.because:
            page.addWidget(label(self.tr("为什么可选：{0}").format(setting.because), "quiet", wrap=True))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.value = self._value_field()
        form.addRow(self.tr("改为"), self.value)
        self.reason = Writing()
        self.reason.setObjectName("settingReason")
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("依据什么文件或谁的决定"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(84)
        form.addRow(self.tr("理由") + " *", self.reason)
        self.running = QCheckBox(self.tr("已登记的在办案件也照此办理"))
        self.running.setObjectName("settingRunning")
        self.running.setMinimumHeight(theme.TARGET)
        form.addRow("", self.running)
        page.addLayout(form)
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        self.moved = MovedList()
        page.addWidget(self.moved, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button = button(self.tr("取消"), self.reject, name="settingClose")
        row.addWidget(self.close_button)
        self.ok = button(self.tr("改"), self.submit, kind="primary", name="settingOk")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        page.addLayout(row)

    def submit(self) -> None:
        """Record the choice; the dialog stays to show what moved."""
        self.wrong.hide()
        reason = self.reason.toPlainText().strip()
        if not reason:
            self._say(RuleBroken("reason_missing", field="reason"))
            self.reason.setFocus()
            return
        value = self._chosen()
        if value == self._setting.value:
            self.wrong.setText(self.tr("现在就是这样，没有改动。"))
            self.wrong.show()
            return
        self.ok.setEnabled(False)
        desk, name = self._context.desk, self._setting.id
        job = partial(desk.choose_setting, name, value, reason, running=self.running.isChecked())
        self._context.bridge.run(job, self._done, self._refused, self)

    def _value_field(self) -> QComboBox | QLineEdit:
        setting = self._setting
        if setting.free:
            line = QLineEdit(setting.value)
            line.setPlaceholderText(listed(code for code, _ in setting.choices))
            made: QComboBox | QLineEdit = line
        else:
            box = QComboBox()
            for code, said in setting.choices:
                box.addItem(said, code)
            box.setCurrentIndex(max(0, box.findData(setting.value)))
            made = box
        made.setObjectName("settingValue")
        made.setAccessibleName(self.tr("改为"))
        made.setMinimumHeight(theme.TARGET)
        return made

    def _chosen(self) -> str:
        field = self.value
        return field.text().strip() if isinstance(field, QLineEdit) else str(field.currentData())

    def _done(self, moved: list[dict[str, Any]]) -> None:
        self.moved.show_moved(moved)
        self.value.setEnabled(False)
        self.reason.setEnabled(False)
        self.running.setEnabled(False)
        self.ok.hide()
        self.close_button.setText(self.tr("关闭"))
        self.close_button.setAccessibleName(self.tr("关闭"))
        self.close_button.setFocus()
        self.changed.emit()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, RuleBroken):
            self._say(error)
        else:
            self._context.show_error(error, self)

    def _say(self, refused: RuleBroken) -> None:
        said = words.sentence(refused.code, self._context.lang, refused.facts)
        self.wrong.setText(" ".join(p for p in (said.what, said.todo) if p))
        self.wrong.show()
