"""办理环节: the steps of the chain of a reply with who took them, and 送会签 to another body at its own desk (OFFICE B7)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget

from liaison_app.desk.reply_views import CosignView
from ui.context import Context
from ui.dialogs.errors import refusal_line
from ui.widgets.parts import Card, button, label


class ChainCard(Card):
    """The chain of a text at work; ``changed`` is called when the text was sent to another body."""

    def __init__(
        self, context: Context, ref: str, matter: int, chain: Sequence[tuple[str, str]], changed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("", parent)
        self.setObjectName("replyChain")
        self._context, self._ref, self._matter, self._changed = context, ref, matter, changed
        self.bodies: dict[str, str] = {}
        self.body.addWidget(label(self.tr("办理环节"), "caption"))
        for step, said in chain:
            words = self.tr("{caption}：{words}").format(caption=step, words=said or self.tr("待办"))
            self.body.addWidget(label(words, "" if said else "quiet", wrap=True))
        desk = context.desk
        context.bridge.read(lambda: desk.cosigning(ref, matter), self._take, owner=self)

    def _take(self, view: CosignView) -> None:
        for one in view.sent:
            words = self.tr("送会签　{words}").format(words=one.words)
            self.body.addWidget(label(words, "quiet" if one.waits else "", wrap=True, select=True))
        self.bodies = {name: code for code, name in view.bodies}
        if self.bodies:
            self.ask_button = button(self.tr("送会签(&J)…"), self.ask, icon="send", name="askCosign")
            self.body.addWidget(self.ask_button)

    def ask(self) -> None:
        """送会签: ask which body; the chain may have named it."""
        dialog = QInputDialog(self)
        dialog.setObjectName("cosignDialog")
        dialog.setWindowTitle(self.tr("送会签"))
        dialog.setLabelText(self.tr("会签单位（只能看到这份文稿，看不到案件的其他内容）："))
        dialog.setComboBoxItems(list(self.bodies))
        dialog.setComboBoxEditable(False)
        dialog.textValueSelected.connect(self.send)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def send(self, name: str) -> None:
        """Send the text to a body by its name."""
        context, desk, body = self._context, self._context.desk, self.bodies.get(name, "")

        def sent(_outcome: object) -> None:
            context.notify(self.tr("已送{body}会签").format(body=name))
            self._changed()

        def failed(error: BaseException) -> None:
            line, _field = refusal_line(error, context.lang)
            self.body.addWidget(label(line, "wrong", wrap=True)) if line else context.show_error(error, self)

        context.bridge.run(lambda: desk.ask_cosign(self._ref, body, self._matter), sent, failed, self)
