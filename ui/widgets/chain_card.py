"""办理环节: the steps of the chain of a reply with who took them, and 送会签 to another body at its own desk (OFFICE B7)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from liaison_app.desk.reply_views import CosignView
from ui.context import Context
from ui.dialogs.cosign import ask_cosign
from ui.widgets.parts import Card, button, label


class ChainCard(Card):
    """The chain of a text at work; ``changed`` is called when the text was sent. ``page`` outlives this card, which is made anew
    whenever the page is read again."""

    def __init__(
        self, context: Context, ref: str, matter: int, chain: Sequence[tuple[str, str]], changed: Callable[[], None],
        page: QWidget,
    ) -> None:  # fmt: skip
        super().__init__("", page)
        self.setObjectName("replyChain")
        self._context, self._ref, self._matter, self._changed, self._page = context, ref, matter, changed, page
        self.can_ask = False
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
        self.can_ask = bool(view.bodies)
        if self.can_ask:
            self.body.addWidget(button(self.tr("送会签(&J)…"), self.ask, icon="send", name="askCosign"))

    def ask(self) -> None:
        """送会签: ask which body; the chain may have named it."""
        ask_cosign(self._context, self._ref, self._matter, self._page, self._changed)
