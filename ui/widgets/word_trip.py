"""To WPS and back: the reply goes out as .docx, comes back, its differences are shown, it becomes a version."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from liaison_app.desk.reply_views import ReturnedText
from ui.context import Context
from ui.dialogs.where import ask_open, ask_save
from ui.widgets.layouts import Flow
from ui.widgets.parts import button

Writing = Callable[[], tuple[str, int, str, str]]
"""Case, matter, kind and text as they stand in the editor."""


class WordTrip(QWidget):
    """Two buttons. ``taken`` is called when what came back became a version."""

    def __init__(
        self, context: Context, writing: Writing, taken: Callable[[str], object], refused: Callable[[BaseException], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._writing, self._taken, self._refused = context, writing, taken, refused
        row = Flow()
        self.setLayout(row)
        self.out = button(self.tr("存为 .docx 用 WPS 修改(&W)…"), self._ask_out, icon="paper", name="toWps")
        self.back = button(self.tr("读回修改好的 .docx(&I)…"), self._ask_back, icon="import", name="fromWps")
        row.addWidget(self.out)
        row.addWidget(self.back)

    def set_writable(self, writes: bool) -> None:
        """Reading back needs a reply that may be written now."""
        self.back.setEnabled(writes)

    def _ask_out(self) -> None:
        ask_save(self, self.tr("存为 .docx"), self.tr("回复稿.docx"), "Word / WPS (*.docx)", self.write_to)

    def write_to(self, path: Path) -> None:
        """Write the letter of the text as .docx."""
        desk = self._context.desk
        ref, _matter, kind, text = self._writing()
        done = self.tr("已保存：{0}。改好后在这里读回。").format(path.name)

        def job() -> None:
            content = desk.letter_docx(ref, kind, text)
            desk.taken_out([ref], "letter")
            path.write_bytes(content)

        self._context.bridge.run(job, lambda _n: self._context.notify(done), self._refused, self)

    def _ask_back(self) -> None:
        ask_open(self, self.tr("读回 .docx"), "Word / WPS (*.docx *.doc *.wps)", self.read_from)

    def read_from(self, path: Path) -> None:
        """Read a letter back and show what differs."""
        desk = self._context.desk
        ref, _matter, kind, text = self._writing()
        self._context.bridge.read(
            lambda: desk.read_back(ref, kind, text, path.name, path.read_bytes()),
            lambda found: self._show(path.name, text, found), self._refused, self,
        )  # fmt: skip

    def _show(self, name: str, before: str, found: ReturnedText) -> None:
        from ui.dialogs.returned import ReturnedDialog

        dialog = ReturnedDialog(before, found, name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._taken(found.text))
        dialog.open()
