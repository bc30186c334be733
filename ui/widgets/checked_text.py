"""A text with what is to be seen in it: places to fill, doubts against the case, passages that a leader remarked on."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit, QWidget

from liaison_app.domain.differences import Piece
from liaison_app.domain.filling import open_places
from liaison_app.domain.proofreading import Doubt
from liaison_app.domain.remarks import Remark
from ui import theme
from ui.widgets.writing import Writing

Place = tuple[int, int]
SPAN = Qt.ItemDataRole.UserRole


def utf16(text: str, at: int) -> int:
    """Return where a sign stands for Qt, which counts signs beyond the basic plane (𬱖) twice."""
    return len(text[:at].encode("utf-16-le")) // 2


class CheckedText(Writing):
    """The editor of a letter: marks places by ground and underline, never by colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def put(self, text: str) -> None:
        """Replace the text so that it can be undone; the cursor stands at the beginning."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def mark(self, spans: Sequence[tuple[int, int, str]]) -> None:
        """Mark spans of the text (signs from, to, look: open, doubt, remark)."""
        text, made = self.toPlainText(), []
        for start, end, look in spans:
            one = QTextEdit.ExtraSelection()
            one.cursor = self._cursor(text, start, end)
            form = QTextCharFormat()
            ink, ground = {"open": (theme.RED, theme.RED_SOFT), "doubt": (theme.AMBER, theme.AMBER_SOFT)}.get(
                look, (theme.ACCENT_DEEP, theme.ACCENT_SOFT)
            )
            form.setBackground(QColor(ground))
            form.setUnderlineColor(QColor(ink))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            one.format = form
            made.append(one)
        self.setExtraSelections(made)

    def select(self, start: int, end: int) -> None:
        """Select a span of the text and bring it into sight."""
        self.setTextCursor(self._cursor(self.toPlainText(), start, end))
        self.ensureCursorVisible()
        self.setFocus()

    def passage(self) -> str:
        """Return the words that are selected."""
        return self.textCursor().selectedText().replace("\u2029", "\n")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take nothing from an input method into a text that stands: Qt would where the keyboard may select."""
        if self.isReadOnly():
            event.ignore()
            return
        super().inputMethodEvent(event)

    def _cursor(self, text: str, start: int, end: int) -> QTextCursor:
        cursor = self.textCursor()
        cursor.setPosition(utf16(text, start))
        cursor.setPosition(utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor


class CheckList(QListWidget):
    """What is still open in a text, what is doubted, what was remarked: Enter or a press goes to the place."""

    def __init__(self, go: Callable[[int, int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replyChecks")
        self.setAccessibleName(QCoreApplication.translate("ReplyPage", "待填、疑点和批注"))
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._go = go
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)

    def show_all(
        self, text: str, found: Sequence[Doubt], remarked: Sequence[Remark]
    ) -> list[tuple[int, int, str]]:  # fmt: skip
        """Show everything in the order remarks, places to fill, doubts; return the spans to mark in the text."""
        row = self.currentRow()
        self.clear()
        spans: list[tuple[int, int, str]] = []
        for remark in remarked:
            at = text.find(remark.quote) if remark.quote else -1
            words = QCoreApplication.translate("ReplyPage", "批注：{words}").format(words=remark.words)
            if remark.quote:
                words += QCoreApplication.translate("ReplyPage", "（对“{quote}”）").format(quote=remark.quote)
            self._add(words, at, len(remark.quote), "remark", spans)
        for start, end, what in open_places(text):
            words = QCoreApplication.translate("ReplyPage", "待填：{what}").format(what=what)
            self._add(words, start, end - start, "open", spans)
        for doubt in found:
            self._add(said(doubt), doubt.at, len(doubt.words), "doubt", spans)
        self.setCurrentRow(min(max(row, 0), self.count() - 1))
        return spans

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._take(self.currentItem())
            return
        super().keyPressEvent(event)

    def _add(self, words: str, at: int, size: int, look: str, spans: list[tuple[int, int, str]]) -> None:
        item = QListWidgetItem(theme.icon({"open": "note", "doubt": "soon"}.get(look, "back")), words, self)
        item.setToolTip(words)
        if at >= 0:
            item.setData(SPAN, (at, at + size))
            spans.append((at, at + size, look))

    def _take(self, item: QListWidgetItem) -> None:
        span = item.data(SPAN)
        if span:
            self._go(*span)


def said(doubt: Doubt) -> str:
    """Return a doubt in words: a question, never a reproach."""
    words = {
        "name": QCoreApplication.translate("ReplyPage", "“{words}”：案件里是“{known}”，请核对"),
        "absent": QCoreApplication.translate("ReplyPage", "正文没有称呼投诉人“{known}”"),
        "date": QCoreApplication.translate("ReplyPage", "“{words}”：案件里没有这个日期，请核对"),
        "no_date": QCoreApplication.translate("ReplyPage", "“{words}”：没有这一天"),
        "number": QCoreApplication.translate("ReplyPage", "“{words}”：案件里没有这个号码，请核对"),
        "amount": QCoreApplication.translate("ReplyPage", "“{words}”：案件里没有这个数字，请核对"),
    }[doubt.kind]
    return words.format(words=doubt.words, known=doubt.case_has)


def as_html(pieces: Sequence[Piece]) -> str:
    """Return differences as marked text: ＋ and － signs beside the colours, deleted words struck through."""
    shown = {
        "in": f'<span style="background:{theme.GREEN_SOFT};color:{theme.GREEN};text-decoration:underline">＋{{}}＋</span>',
        "out": f'<span style="background:{theme.RED_SOFT};color:{theme.RED}">－<s>{{}}</s>－</span>',
        "same": "<span>{}</span>",
    }
    plain = [(one.kind, one.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) for one in pieces]
    return "".join(shown[kind].format(text.replace("\n", "<br>")) for kind, text in plain)
