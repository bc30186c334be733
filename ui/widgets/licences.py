"""开放源代码许可: what the program is made of, each part with its version, licence and the licence's own text."""

import platform
import re
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.parts import button, label

PROGRAM = "liaison-desk"
OWN_TEXTS = {"pyside6-addons": ("LGPL-3.0", "GPL-3.0"), "pyside6-essentials": ("LGPL-3.0", "GPL-3.0"), "shiboken6": ("LGPL-3.0", "GPL-3.0"), "sqlcipher3": ("SQLCipher",)}  # fmt: skip
"""Parts whose packages bring no text, or not that of what they hold: the texts lie with our resources."""
TEXTS = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE|AUTHORS|OFL)[^/]*$|/licen[cs]es/", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One part that is shipped: its name and version, its licence in a word, the texts that came with it."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> tuple[Part, ...]:
    """Return what the program needs, and what that needs, by name; read from what is installed, so that it cannot be old."""
    found: dict[str, Part] = {}
    waiting = [PROGRAM]
    while waiting:
        name = waiting.pop()
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # asked for on other systems only
            continue
        said = one.metadata
        key = said["Name"].lower().replace("_", "-")
        if key in found:
            continue
        found[key] = Part(said["Name"], one.version, _licence(said), _texts(one))
        for line in one.requires or ():
            if "extra ==" not in line.replace("'", '"'):
                waiting.append(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0])
    found.pop(PROGRAM, None)
    found["python"] = Part("Python", platform.python_version(), "PSF-2.0", _own("Python"))
    return tuple(found[key] for key in sorted(found))


def _licence(said: "metadata.PackageMetadata") -> str:
    expression, short = (said.json.get(key) for key in ("license_expression", "license"))
    classed = [c.rsplit(" :: ", 1)[-1] for c in said.get_all("Classifier") or () if c.startswith("License ::")]
    return str(expression or ", ".join(classed) or (short if short and len(short) < 80 else "—"))


def _texts(one: metadata.Distribution) -> str:
    texts = []
    for file in one.files or ():
        if ".dist-info/" in str(file) and TEXTS.search(str(file)):
            path = one.locate_file(file)
            try:
                texts.append(
                    f"— {file.name} —\n\n{Path(str(path)).read_text(encoding='utf-8', errors='replace').strip()}"
                )
            except OSError:
                continue
    texts += [_own(name) for name in OWN_TEXTS.get(one.metadata["Name"].lower().replace("_", "-"), ())]
    return "\n\n".join(texts)


def _own(name: str) -> str:
    return f"— {name} —\n\n{files('resources').joinpath('licences', f'{name}.txt').read_text(encoding='utf-8')}"


def about_qt() -> str:
    """Return what the LGPL of Qt asks to be said with a bundle."""
    return QCoreApplication.translate(
        "LicencesDialog",
        "本程序动态使用 Qt 和 Qt for Python（LGPL-3.0）。它们的库文件在程序目录的 PySide6 下，可以换成您自己编译的同版本库，"
        "本程序不限制为此进行的修改和调试。Qt 的源代码可从 Qt 项目取得。字体 思源宋体、思源黑体 依 SIL OFL 1.1 许可使用。",
    )


class LicencesDialog(QDialog):
    """The parts at the left, the chosen one's licence at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("licencesDialog")
        self.setWindowTitle(self.tr("开放源代码许可"))
        self._parts = parts()
        page = QVBoxLayout(self)
        page.setContentsMargins(22, 18, 22, 16)
        page.setSpacing(10)
        page.addWidget(label(about_qt(), "quiet", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("组成部分"))
        self.list.addItems([f"{p.name} {p.version}" for p in self._parts])
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("许可文本"))
        self.text.setReadOnly(True)
        both = QSplitter()
        both.addWidget(self.list)
        both.addWidget(self.text)
        both.setStretchFactor(1, 1)
        both.setSizes([240, 520])
        page.addWidget(both, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = button(self.tr("关闭"), self.accept, kind="primary")
        close.setDefault(True)
        row.addWidget(close)
        page.addLayout(row)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        theme.spread(self, 820, 560)
        self.list.setFocus()

    def _show(self, row: int) -> None:
        part = self._parts[row]
        none = self.tr("它没有随带许可文本；许可的名称见上。")
        self.text.setPlainText(f"{part.name} {part.version}\n{part.licence}\n\n{part.text or none}")
