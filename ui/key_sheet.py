"""快捷键一览 as a paper: every command that has a key, menu by menu, ready to be printed and pinned up."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from liaison_app.domain.papers import OfficialPaper, Section, Table
from ui.actions import Actions, plain
from ui.catalogue import MENUS, menu_words

WIDTHS = (0.3, 0.22, 0.48)


def key_sheet(actions: Actions, title: str, issuer: str, day: str) -> OfficialPaper:
    """Return the sheet as plain data, in the language installed now."""
    heads = (
        QCoreApplication.translate("KeySheet", "命令"),
        QCoreApplication.translate("KeySheet", "键"),
        QCoreApplication.translate("KeySheet", "做什么"),
    )
    titles, sections = menu_words(), []
    for menu in MENUS:
        rows = tuple(
            (
                actions.plain_words(name),
                QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
                spec.tip,
            )
            for name, spec in actions.specs.items()
            if spec.menu == menu and spec.shortcut
        )
        table = Table(heads=heads, rows=rows, caption=plain(titles[menu]), widths=WIDTHS, left=(0, 1, 2))
        sections.append(Section(table=table))
    return OfficialPaper(
        kind="key-sheet", form="table", title=title, issuer=issuer, date=day, sections=tuple(sections), seal=False
    )
