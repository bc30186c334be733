"""One dialog for every act: its fields as the profile's guard lists them, the words to say, the real time if late."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liaison_app import words
from liaison_app.desk.file_views import NewFile
from liaison_app.desk.views import ActionView, CaseView, FieldSpec, Outcome
from liaison_app.domain.files import kind_of
from ui import theme
from ui.context import Context
from ui.dialogs.act_draft import ActDraft
from ui.dialogs.errors import refusal_line
from ui.dialogs.where import ask_open, ask_several
from ui.widgets.layouts import Tall
from ui.widgets.parts import Card, Unfold, button, label, listed
from ui.widgets.writing import Writing


class ActDialog(QDialog):
    """Asks what an act needs and does it; a refusal stands beside the field and nothing typed is lost."""

    done_act = Signal(object)

    def __init__(
        self, context: Context, case: CaseView, action: ActionView, parent: QWidget | None = None, *,
        filled: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._case, self._action = context, case, action
        name = action.label
        if action.for_body:
            name = self.tr("{act}（代{body}）").format(act=action.label, body=action.for_name)
        self.setWindowTitle(f"{name}　{case.number}")
        self.setObjectName(f"act_{action.action}")
        self.setMinimumWidth(520)
        self.inputs: dict[str, QWidget] = {}
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(name, "title", wrap=True))
        page.addWidget(label(self.about(), "quiet", wrap=True))
        asked = Tall()
        page.addWidget(asked, 1)
        for part in self._help():
            asked.column.addWidget(part)
        asked.column.addLayout(self._form)
        for spec in self._specs():
            self._add(spec)
        for part in self._more():
            asked.column.addWidget(part)
        self.photos: list[Path] = []
        if action.action == "investigate":
            asked.column.addLayout(self._photo_row())
        asked.column.addWidget(self._late())
        asked.column.addStretch(1)
        self.wrong = label("", "wrong", wrap=True)
        self.wrong.hide()
        page.addWidget(self.wrong)
        row = self.ends = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self.tr("取消"), self.reject, name="cancelAct"))
        self.ok = button(action.label, self.submit, kind="primary", name="doAct")
        self.ok.setDefault(True)
        row.addWidget(self.ok)
        page.addLayout(row)
        self._given = {name: value for name, value in (filled or {}).items() if name not in self.inputs}
        for name, value in (filled or {}).items():
            self._fill(name, value)
        self._road_changed()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.submit)
        self._draft = ActDraft(context, case, action, self.typed, self._restore, self, self._draft_on())
        for field in self.inputs.values():
            if isinstance(field, QLineEdit | QPlainTextEdit):
                field.textChanged.connect(self._draft.changed)
        first = next((one for one in self.inputs.values() if not one.isHidden()), None)
        (first or self.ok).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1: the rule by which this act is done; everything else goes on as before."""
        if event.matches(QKeySequence.StandardKey.HelpContents):
            from ui.dialogs.due import explain_rule

            explain_rule(self._context, self._action.label, self._action.rule, self)
            return
        super().keyPressEvent(event)

    def _fill(self, name: str, value: str) -> None:
        field = self.inputs.get(name)
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(0, field.findData(value)))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(value)
        elif isinstance(field, QLineEdit):
            field.setText(value)

    def typed(self) -> dict[str, str]:
        """Return the words typed so far, by their fields."""
        found = {}
        for name, field in self.inputs.items():
            words_ = field.toPlainText() if isinstance(field, QPlainTextEdit) else ""
            words_ = field.text() if isinstance(field, QLineEdit) else words_
            if words_.strip():
                found[name] = words_
        return found

    def _draft_on(self) -> str:
        """Return on what the draft is beside its case: '' for the case alone."""
        return self._action.for_body

    def _restore(self, fields: Mapping[str, str], when: str) -> None:
        """Put back what was typed here before; what the form began with stays where nothing else was typed."""
        for name, value in fields.items():
            self._fill(name, value)
        self.wrong.setProperty("role", "quiet")
        self.wrong.style().unpolish(self.wrong)
        self.wrong.style().polish(self.wrong)
        self.wrong.setText(self.tr("已恢复 {0} 的草稿").format(when))
        self.wrong.show()

    def done(self, code: int) -> None:
        """Keep what was typed when the form is left undone: Esc and 取消 lose nothing."""
        if code == QDialog.DialogCode.Accepted:
            self._draft.forget()
        elif self._draft.leave():
            self._context.notify(self.tr("没写完的内容已留着，再打开时还在。"))
        super().done(code)

    def about(self) -> str:
        """Return what the act is about, under the title."""
        return f"{self._case.number}　{self._case.object or self._case.place}"

    # -- what is asked --------------------------------------------------------------------------

    def _specs(self) -> list[FieldSpec]:
        fixed = {"inform": {"to"}, "send-reply": {"reply"}, "pass-reply": {"reply", "skipped", "step"}}.get(
            self._action.action, set()
        )
        if self._action.for_body:
            fixed = fixed | {"for_body"}
        return [f for f in self._action.fields if f.name not in fixed]

    def _help(self) -> list[QWidget]:
        parts: list[QWidget] = []
        matter = next((m for m in self._case.matters if m.n == self._action.matter), self._case.matters[0])
        if self._action.action == "propose-transfer":
            card = Card(self.tr("建议接收单位"))
            card.body.addWidget(label(matter.lead_name, "lead"))
            card.body.addWidget(label(matter.why, "quiet", wrap=True))
            parts.append(card)
        if self._action.action == "inform" and self._what() == "transfer" and self._case.tell_complainant:
            card = Card(self.tr("请照此告诉投诉人"))
            card.body.addWidget(self._whole(label(self._case.tell_complainant, "lead", wrap=True, select=True)))
            card.body.addWidget(self._whole(label(self._case.short_message, "quiet", wrap=True, select=True)))
            copy = button(self.tr("复制短信"), self._copy_message, name="copyMessage")
            card.body.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
            parts.append(card)
        if self._action.for_body:
            text = self.tr(
                "该单位没有自己的工作台，由您代为录入。两个人的姓名和凭据都记在案上；能附上传真件或来函的，请附上。"
            )
            parts.append(self._whole(label(text, "quiet", wrap=True)))
        if self._action.action == "approve":
            text = self.tr("紧急件不必等屏幕：可先电话请示，次一工作日前补签。")
            parts.append(label(text, "quiet", wrap=True))
        return parts

    def _more(self) -> list[QWidget]:
        """Return what is asked below the fields."""
        return []

    @staticmethod
    def _whole(words_: QLabel) -> QLabel:
        """Give wrapped words the height that they need: a dialog never cuts what is to be read aloud."""
        words_.ensurePolished()
        words_.setMinimumHeight(words_.heightForWidth(440) + 6)
        return words_

    def _what(self) -> str:
        spec = next((f for f in self._action.fields if f.name == "what"), None)
        return spec.choices[0][0] if spec and spec.choices else ""

    def _copy_message(self) -> None:
        QGuiApplication.clipboard().setText(self._case.short_message)
        self._context.notify(self.tr("短信已复制"))

    def _add(self, spec: FieldSpec) -> None:
        field = self._input(spec)
        field.setObjectName(f"field_{spec.name}")
        field.setAccessibleName(spec.label)
        field.setMinimumHeight(72 if isinstance(field, QPlainTextEdit) else theme.TARGET)
        self.inputs[spec.name] = field
        words_ = spec.label + (" *" if spec.required else "")
        if spec.type == "file":
            row = QHBoxLayout()
            row.addWidget(field, 1)
            row.addWidget(button(self.tr("选择文件…"), lambda: self._browse(spec.name)))
            self._form.addRow(words_, row)
        else:
            self._form.addRow(words_, field)

    def _input(self, spec: FieldSpec) -> QWidget:
        if spec.type == "choice" or spec.type == "bodies":
            box = QComboBox()
            box.setMinimumContentsLength(8)  # a long choice widens no form beyond its window
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if spec.type == "bodies":
                box.addItem(self.tr("按建议"), "")
                for code, name in self._context.desk.bodies():
                    box.addItem(name, code)
            elif not spec.required:
                box.addItem("", "")
            for code, text in spec.choices:
                box.addItem(text, code)
            if spec.type == "choice" and spec.default and box.findData(spec.default) >= 0:
                box.setCurrentIndex(box.findData(spec.default))
            box.currentIndexChanged.connect(lambda _i: self._road_changed())
            return box
        if spec.type == "bool":
            check = QCheckBox(self.tr("是"))
            check.setChecked(spec.default != "false")
            return check
        if spec.type == "text":
            area = Writing()
            area.setTabChangesFocus(True)
            area.setFixedHeight(84)
            return area
        line = QLineEdit()
        if spec.name == "comment":
            line.setPlaceholderText(self.tr("写明要改什么"))
        return line

    def _photo_row(self) -> QHBoxLayout:
        """照片、录音 of a site visit: taken along with it, bound to its act."""
        row = QHBoxLayout()
        words_ = label(self.tr("还没有选照片、录音"), "quiet", wrap=True)
        row.addWidget(words_, 1)

        def browse() -> None:
            ask_several(self, self.tr("选择现场照片、录音"), self.add_photos)

        self.photo_words = words_
        row.addWidget(button(self.tr("照片、录音…"), browse, icon="attach", name="visitPhotos"))
        return row

    def add_photos(self, paths: Sequence[Path]) -> None:
        """Take photos and recordings along with a site visit."""
        self.photos += [p for p in paths if p not in self.photos]
        self.photo_words.setText(listed(p.name for p in self.photos))

    def _late(self) -> QWidget:
        inner = QWidget()
        form = QFormLayout(inner)
        for name in ("happened_at", "late_reason"):
            line = QLineEdit()
            line.setObjectName(f"field_{name}")
            line.setMinimumHeight(theme.TARGET)
            text = words.label("field", name, self._context.lang)
            line.setAccessibleName(text)
            if name == "happened_at":
                line.setPlaceholderText("2026-09-30 09:08")
            self.inputs[name] = line
            form.addRow(text, line)
        return Unfold(self.tr("补录：不是现在发生的"), inner)

    def _road_changed(self) -> None:
        """Show only what the chosen road of approval needs (OFFICE A1)."""
        road = self.inputs.get("road")
        if not isinstance(road, QComboBox):
            return
        chosen = road.currentData()
        shown = {"telephone": {"leader", "number", "words"}, "paper": {"leader", "scan"}}.get(chosen, set())
        if self._action.action == "pass-reply":
            shown = shown | {"words"}
        for name in ("leader", "number", "words", "scan"):
            if name in self.inputs:
                for row in range(self._form.rowCount()):
                    item = self._form.itemAt(row, QFormLayout.ItemRole.FieldRole)
                    held = (item.widget() or item.layout()) if item is not None else None
                    own = held is self.inputs[name] or (
                        isinstance(held, QHBoxLayout) and held.indexOf(self.inputs[name]) >= 0
                    )
                    if own:
                        self._form.setRowVisible(row, name in shown)

    def _browse(self, name: str) -> None:
        ask_open(self, self.tr("选择扫描件"), "", lambda path: self._fill(name, str(path)))

    # -- what is done ---------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """Return what was filled in, as the façade takes it."""
        found: dict[str, Any] = {n: v for n, v in self._given.items() if any(f.name == n for f in self._action.fields)}
        for name, field in self.inputs.items():
            if isinstance(field, QComboBox):
                value: Any = field.currentData()
            elif isinstance(field, QCheckBox):
                value = field.isChecked()
            elif isinstance(field, QPlainTextEdit):
                value = field.toPlainText()
            elif isinstance(field, QLineEdit):
                value = field.text().strip()
            else:
                continue
            if value not in ("", None):
                found[name] = value
        if self._action.matter != 1:
            found["matter"] = self._action.matter
        if self._action.for_body:
            found["for_body"] = self._action.for_body
        return found

    def submit(self) -> None:
        """Do the act; the dialog closes when it is on the disk."""
        if not self.ok.isEnabled():
            return
        self.wrong.hide()
        self.ok.setEnabled(False)
        desk, case, action, data = self._context.desk, self._case.case_id, self._action.action, self.values()
        scan, proof = data.get("scan", ""), str(data.get("evidence", "")) if self._action.for_body else ""
        photos = list(self.photos)

        def job() -> Outcome:
            if scan and Path(scan).is_file():
                path = Path(scan)
                attached = desk.attach_file(case, path.name, path.read_bytes(), "scan")
                data["scan"] = f"{path.name} {attached.act}"
            if proof and Path(proof).is_file():
                path = Path(proof)
                content = path.read_bytes()
                desk.attach_file(case, path.name, content, "evidence")
                data["evidence"] = f"{path.name} {sha256(content).hexdigest()}"
            done = desk.act_from(case, action, data)
            if photos:
                desk.attach_files(case, [visit_file(path, done.act) for path in photos])
            return done

        self._context.bridge.run(job, self._done, self._refused, self)

    def _done(self, outcome: Outcome) -> None:
        self._context.notify(self.tr("已记录：{0}").format(self._action.label))
        self.done_act.emit(outcome)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.ok.setEnabled(True)
        self.wrong.setProperty("role", "wrong")
        self.wrong.style().unpolish(self.wrong)
        self.wrong.style().polish(self.wrong)
        said, field = refusal_line(error, self._context.lang)
        if not said:
            self._context.show_error(error, self)
            return
        self.wrong.setText(said)
        self.wrong.show()
        if field in self.inputs:
            self.inputs[field].setFocus()


def visit_file(path: Path, act: str) -> NewFile:
    """Return a photo or a recording as a file of a site visit (its act)."""
    content = path.read_bytes()
    what = {"photo": "site", "recording": "recording", "film": "film"}.get(kind_of(path.name, content[:16]), "evidence")
    return NewFile(name=path.name, content=content, what=what, about=act)
