"""The guide on paper: ``python -m tests.ui.guide`` writes docs/guide anew, the words of F1 with pictures of the pages they speak of.

Words come from resources/guide, pictures from the running program over the demo district: neither can be older than the program.
A test compares the words; pictures are made again whenever this is run (``make guide``).
"""

import io
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

from tests.conftest import NOON
from tests.ui.gallery import LANGS, Hand, first_start, furnish, rooms
from ui.app import Program
from ui.guide import chapters
from ui.options import Options
from ui.start import make_application

PLACE = Path(__file__).parents[2] / "docs" / "guide"
PICTURES = {
    "start": ("first-choice", "first-sheet", "tour-4"), "TodayView": ("today",), "QueueView": ("list-all",), "CasePage": ("case-in-hand",),
    "RegistrationView": ("register",), "ReplyPage": ("reply-in-hand-0",), "FolderPage": ("folder-leader",), "CallsPage": ("calls",),
    "InquiryPage": ("inquiry-case",), "ImportView": ("import",), "SyncPage": ("sync",), "MechanismPage": ("mechanism-table",),
    "VersionPage": ("version",), "CalendarPage": ("calendar",), "LedgerPage": ("ledger-0",), "RecordPage": ("record",),
    "DirectoryPage": ("directory",), "OversightPage": ("oversee",), "HotPage": ("hot_places",),
    "AdministrationPage": ("administer",),
}  # fmt: skip
WIDTH, COLOURS = 1024, 160
HEADS = {"zh_CN": "# 联络员工作台使用手册", "en": "# The guide of Liaison Desk"}


def text(lang):
    """Return the whole guide of a language as Markdown."""
    parts = [HEADS[lang]]
    for name, words in chapters(lang).items():
        head, _, rest = words.partition("\n")
        shown = [f"![{head.lstrip('# ')}]({lang}/{picture}.png)" for picture in PICTURES.get(name, ())]
        parts += [f"#{head}", *shown, rest.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def picture(widget):
    """Return a small picture of what is seen."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    seen = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    small = seen.resize((WIDTH, round(seen.height * WIDTH / seen.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def still(hand, widget):
    """Wait until two looks in a row show the same: pages are made a few parts at a turn."""
    for _ in range(100):
        before = widget.grab().toImage()
        hand.settle()
        hand.wait(250)
        if widget.grab().toImage() == before:
            return
    raise AssertionError("the page does not come to rest")


def shoot(lang):
    """Take the pictures of one language."""
    out = PLACE / lang
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    wanted = {name for names in PICTURES.values() for name in names}
    app = make_application(["guide"])
    place = Path(tempfile.mkdtemp(prefix="liaison-guide-"))
    cases = furnish(place / "desk")
    for home, walk in (("new", first_start), ("desk", lambda hand: rooms(hand, cases))):
        program = Program(app, Options(place / home, home == "desk", "p-zhoumin", lang, NOON + timedelta(minutes=30)))
        hand = Hand(program)
        program.start()
        program.window.resize(1366, 768)
        if home == "desk":
            hand.until(lambda hand=hand: hand.workplace is not None)
            hand.settle()
        for name, widget in walk(hand):
            if name in wanted:
                still(hand, widget)
                (out / f"{name}.png").write_bytes(picture(widget))
                wanted.discard(name)
        program.window.close()
        program.close()
    shutil.rmtree(place, ignore_errors=True)
    assert not wanted, f"no picture of {sorted(wanted)}"


def main():
    """Write words and pictures of both languages."""
    for lang in sys.argv[1:] or LANGS:
        shoot(lang)
        (PLACE / f"{lang}.md").write_text(text(lang), encoding="utf-8")
        print(PLACE / f"{lang}.md")


if __name__ == "__main__":
    main()
