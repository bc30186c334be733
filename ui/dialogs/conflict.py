"""One 需核对事项 side by side: what was done here, what others did meanwhile; keep as note, do again, or let go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liaison_app.desk.sync_views import ConflictView
from liaison_app.domain.errors import RuleBroken
from ui import theme
from ui.context import Context
from ui.dialogs.errors import plain_sentence
from ui.widgets.layouts import Column
from ui.widgets.moments import short_moment
from ui.widgets.parts import Card, button, label, noted
from ui.widgets.secret import Sentence, mark


class ConflictDialog(QDialog):
    """Both sides in the case's words. Nothing is lost whatever is chosen: the item keeps its text."""

    ended = Signal()

    def __init__(self, context: Context, item: ConflictView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("conflictDialog")
        self._context, self._item = context, item
        title = self.tr("核对：{0} {1}").format(item.label, item.number).strip()
        self.setWindowTitle(title)
        theme.spread(self, 980, 620)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 20, 24, 18)
        page.setSpacing(10)
        page.addWidget(label(title, "title"))
        if item.title:
            page.addWidget(label(item.title, "quiet"))
        page.addWidget(label(item.message, "", wrap=True, select=True))
        sides = QHBoxLayout()
        sides.setSpacing(14)
        sides.addWidget(self._side("mineSide", self.tr("这里做的"), self._mine()), 1)
        sides.addWidget(self._side("theirSide", self.tr("别处已有的"), self._theirs()), 1)
        page.addLayout(sides, 1)
        self.reason = QLineEdit()
        self.reason.setObjectName("conflictReason")
        self.reason.setMinimumHeight(theme.TARGET)
        self.reason.setAccessibleName(self.tr("理由（放弃时必填）"))
        self.reason.setPlaceholderText(self.tr("理由（放弃时必填）"))
        page.addWidget(self.reason)
        self.words = Sentence("conflictWords")
        self.words.hide()
        page.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(button(self.tr("以后再说(&L)"), self.reject, name="conflictLater"))
        row.addStretch(1)
        let_go = button(self.tr("放弃(&D)"), lambda: self._end("discard"), name="conflictDiscard")
        note = button(self.tr("保留为备注(&N)"), lambda: self._end("note"), name="conflictNote")
        note.setEnabled(item.can_note)
        self.redo = button(self.tr("重新办理(&R)"), lambda: self._end("redo"), kind="primary", name="conflictRedo")
        self.redo.setEnabled(item.can_redo)
        for one in (let_go, note, self.redo):
            row.addWidget(one)
        page.addLayout(row)
        self._buttons = (let_go, note, self.redo)
        (self.redo if item.can_redo else self.reason).setFocus()

    def _side(self, name: str, caption: str, content: QWidget) -> QWidget:
        column = Column(caption)
        column.setObjectName(name)
        card = Card(caption)
        card.body.addWidget(content)
        column.cards.addWidget(card)
        column.cards.addStretch(1)
        return column

    def _mine(self) -> QWidget:
        made = QWidget()
        form = QFormLayout(made)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        head = self.tr("{0}，{1}").format(self._item.person, short_moment(self._item.done_at))
        form.addRow(label(head, "small"))
        for caption, value in self._item.mine:
            form.addRow(label(caption, "small"), label(value, "", wrap=True, select=True))
        return made

    def _theirs(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for one in self._item.theirs:
            head = self.tr("{0} {1}，{2}").format(one.body, one.person, short_moment(one.happened_at))
            column.addWidget(label(head, "small"))
            words = noted(one.label, one.text) if one.text else one.label
            column.addWidget(label(words, "", wrap=True, select=True))
        if not self._item.theirs:
            column.addWidget(label(self.tr("没有别处的新记载。"), "quiet", wrap=True))
        return made

    def _end(self, how: str) -> None:
        reason = self.reason.text().strip()
        mark(self.reason, how == "discard" and not reason)
        if how == "discard" and not reason:
            self.words.say(self.tr("放弃要写理由；写的内容仍会留存。"))
            self.reason.setFocus()
            return
        for one in self._buttons:
            one.setEnabled(False)
        desk, act = self._context.desk, self._item.act_id
        self._context.bridge.run(lambda: desk.resolve_conflict(act, how, reason), self._done, self._refused, self)

    def _done(self, _outcome: object) -> None:
        self.ended.emit()
        self.accept()

    def _refused(self, error: BaseException) -> None:
        for one in self._buttons:
            one.setEnabled(True)
        self._buttons[1].setEnabled(self._item.can_note)
        self.redo.setEnabled(self._item.can_redo)
        if isinstance(error, RuleBroken):
            what, _safe, todo = plain_sentence(error, self._context.lang)
            self.words.say(f"{what} {todo}".strip())
        else:
            self._context.show_error(error, self)
