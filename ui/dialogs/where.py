"""Which file: asked without holding the program up, so that clock, alarm and idle lock go on while one looks for it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_save(parent: QWidget, title: str, name: str, filters: str, then: Callable[[Path], object]) -> None:
    """Ask where to save; the file gets the ending of the kind chosen where none was typed."""
    ask_save_as(parent, title, name, filters, lambda path, _kind: then(path))


def ask_save_as(parent: QWidget, title: str, name: str, filters: str, then: Callable[[Path, str], object]) -> None:
    """Ask where to save and as what; ``then`` is told the file and the kind chosen, one of ``filters``."""
    dialog = _dialog(parent, title, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)

    def chosen(path: str) -> None:
        kind = dialog.selectedNameFilter()
        then(with_ending(path, kind), kind)

    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_open(
    parent: QWidget, title: str, filters: str, then: Callable[[Path], object], folder: Path | None = None
) -> None:
    """Ask for one file that is there, first in a folder when one is named."""
    dialog = _dialog(parent, title, filters)
    if folder is not None:
        dialog.setDirectory(str(folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def ask_several(parent: QWidget, title: str, then: Callable[[list[Path]], object]) -> None:
    """Ask for one or more files that are there."""
    dialog = _dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()


def with_ending(path: str, chosen: str) -> Path:
    """Return the file with the ending of the chosen kind (``PDF (*.pdf)``) where none was typed."""
    found, ending = Path(path), chosen.partition("*")[2].rstrip(")").split(" ")[0]
    return found if found.suffix[1:].isalpha() or not ending else found.with_name(found.name + ending)


def _dialog(parent: QWidget, title: str, filters: str) -> QFileDialog:
    made = QFileDialog(parent, title, "", filters)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setLabelText(
        QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("Where", "位置：")
    )  # Qt leaves these two
    made.setLabelText(QFileDialog.DialogLabel.FileType, QCoreApplication.translate("Where", "文件类型："))  # in English
    return made
