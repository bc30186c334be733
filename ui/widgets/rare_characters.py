"""生僻字查找 (OFFICE C11): by parts, by pinyin, by U+ number; Enter puts the sign where the cursor stood."""

from importlib import resources

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.parts import button, label


def table() -> list[tuple[str, str, str]]:
    """Return (sign, parts, pinyin) of the signs that come with the program."""
    text = (resources.files("resources") / "rare_characters.tsv").read_text(encoding="utf-8")
    return [(s, p, y) for s, p, y in (line.split("\t") for line in text.splitlines() if line)]


def find(rows: list[tuple[str, str, str]], typed: str) -> list[tuple[str, str, str]]:
    """Return the signs that hold all the parts typed, sound like it, or have that U+ number."""
    wanted = typed.strip().lower()
    if wanted.startswith("u+") or (len(wanted) in (4, 5) and wanted[:1].isdigit()):
        try:
            number = int(wanted.removeprefix("u+"), 16)
        except ValueError:
            return []
        return [(chr(number), "", f"U+{number:04X}")] if 0x2E80 <= number <= 0x3FFFF else []
    if wanted.isascii():
        return [r for r in rows if wanted and r[2].startswith(wanted)]
    parts = [p for p in wanted if not p.isspace()]
    return [r for r in rows if wanted == r[0] or all(p in r[1] for p in parts)]


class RareCharacters(QDialog):
    """Finds a sign that no keyboard gives and hands it over."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("查找生僻字"))
        self.setObjectName("rareCharacters")
        self._rows = table()
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 18, 20, 16)
        page.addWidget(label(self.tr("输入部件（如“女吉”）、拼音（如 jie）或编码（如 U+36C3）"), "quiet", wrap=True))
        self.typed = QLineEdit()
        self.typed.setMinimumHeight(theme.TARGET)
        self.typed.setAccessibleName(self.tr("部件、拼音或编码"))
        self.typed.textChanged.connect(self._show)
        self.typed.returnPressed.connect(self._take)
        page.addWidget(self.typed)
        self.signs = QListWidget()
        self.signs.setAccessibleName(self.tr("找到的字"))
        self.signs.setStyleSheet("QListWidget { font-size: 20pt; }")
        self.signs.itemActivated.connect(lambda _item: self._take())
        page.addWidget(self.signs)
        page.addWidget(button(self.tr("插入(&I)"), self._take, kind="primary", name="insertSign"))
        theme.spread(self, 480, 460)
        self._show("")

    def _show(self, typed: str) -> None:
        self.signs.clear()
        for sign, parts, sound in find(self._rows, typed) if typed.strip() else self._rows:
            item = QListWidgetItem(f"{sign}　{parts}　{sound}　U+{ord(sign):04X}")
            item.setData(Qt.ItemDataRole.UserRole, sign)
            self.signs.addItem(item)
        self.signs.setCurrentRow(0)

    def _take(self) -> None:
        item = self.signs.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()
