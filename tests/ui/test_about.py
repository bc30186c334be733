"""关于: versions to copy, and the licence of everything that is shipped."""

import re
from importlib import metadata

from PySide6.QtWidgets import QPushButton

from ui.widgets.licences import parts


def named():
    """The packages that the program names itself."""
    lines = [line for line in metadata.requires("liaison-desk") if "extra ==" not in line.replace("'", '"')]
    return {re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower().replace("_", "-") for line in lines}


def test_every_part_that_is_shipped_says_its_licence_and_brings_the_text():
    found = {p.name.lower().replace("_", "-"): p for p in parts()}
    assert named() - {name for name in named() if not _here(name)} <= set(found)
    assert "liaison-desk" not in found
    assert not {"pytest", "ruff", "typst"} & set(found)  # what only builders use
    for name in ("pyside6-essentials", "shiboken6"):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in found[name].text
    assert "ZETETIC" in found["sqlcipher3"].text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in found["python"].text
    assert [p.name for p in found.values() if not p.text] == []


def _here(name):
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def test_the_licences_open_from_the_about_box_and_each_shows_its_text(driven):
    driven.key("about")
    driven.dialog("aboutDialog").findChild(QPushButton, "licences").click()
    dialog = driven.dialog("licencesDialog")
    for row, part in enumerate(parts()):
        dialog.list.setCurrentRow(row)
        assert dialog.text.toPlainText().startswith(f"{part.name} {part.version}")
    assert dialog.list.count() > 20
    dialog.close()
