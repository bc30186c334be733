"""Everything that can be done in the window, one module a menu: menus, toolbar, palette, shortcut sheet and tests read it."""

from PySide6.QtCore import QCoreApplication

from ui.catalogue.case import case_specs
from ui.catalogue.file import file_specs
from ui.catalogue.going import go_specs
from ui.catalogue.spec import ActionSpec
from ui.catalogue.view import help_specs, view_specs

MENUS = ("file", "go", "case", "view", "help")

LIST_OF_ACTION = {
    "list_1": "today",
    "list_2": "to-complete",
    "list_3": "to-transfer",
    "list_4": "to-approve",
    "list_5": "to-sign",
    "list_6": "to-accept",
    "list_7": "to-inform",
    "list_8": "overdue",
    "list_9": "all",
}
"""Smart list that a key opens."""


def menu_words() -> dict[str, str]:
    """Return the titles of the menus with their mnemonics."""
    return {
        "file": QCoreApplication.translate("Actions", "文件(&F)"),
        "go": QCoreApplication.translate("Actions", "转到(&G)"),
        "case": QCoreApplication.translate("Actions", "案件(&C)"),
        "view": QCoreApplication.translate("Actions", "视图(&V)"),
        "help": QCoreApplication.translate("Actions", "帮助(&H)"),
    }


def catalogue() -> tuple[ActionSpec, ...]:
    """Return every action in the language that is installed now, in the order of the menus."""
    return (*file_specs(), *go_specs(), *case_specs(), *view_specs(), *help_specs())
