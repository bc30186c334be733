"""What was published about a place: shown while a complaint is registered, with the words to explain (OFFICE C4)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liaison_app.desk.ledger_views import ExplainView
from ui.widgets.parts import Card, button, clear, label


class ExplainedCard(Card):
    """Hidden while nothing was published there."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(caption, parent)
        self._shown: tuple[ExplainView, ...] = ()
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)
        self.hide()

    def show_found(self, found: Sequence[ExplainView], open_record: Callable[[str], None]) -> None:
        """Show what was found; the same again leaves the keyboard where it is."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        clear(self._lines)
        self.setVisible(bool(found))
        for one in found:
            self._lines.addWidget(label(f"{one.title}（{one.because}）", "lead", wrap=True))
            self._lines.addWidget(label(f"{one.kind_name}　{one.number}　{one.body_name}", "small", wrap=True))
            for caption, words in one.words:
                self._lines.addWidget(
                    label(self.tr("{caption}：{words}").format(caption=caption, words=words), wrap=True, select=True)
                )
            self._lines.addWidget(button(self.tr("打开台账"), partial(open_record, one.record_id), kind="link"))
