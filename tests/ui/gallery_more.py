"""Further rooms of the gallery: dialogs opened from other rooms, what stands before a desk is open, what went wrong."""

import io

import msgspec
from PIL import Image
from PySide6.QtWidgets import QAbstractButton

from liaison_app.desk.sync_views import ConflictView
from liaison_app.words import labels
from ui.dialogs.attach import looked_at
from ui.dialogs.conflict import ConflictDialog
from ui.dialogs.crash import CrashDialog
from ui.dialogs.erasing import EraseDialog
from ui.dialogs.freezing import FreezeDialog
from ui.dialogs.record_scan import show_scan
from ui.dialogs.repair import RepairDialog
from ui.views.chooser import Choice

GROUPS = tuple(f"W{n}W{n}M" for n in range(2, 10))
PEOPLE = (Choice(id="p-1", name="周敏", body="区工商分局", title="联络员（A角）", secret=True),)
FELL = 'Traceback (most recent call last):\n  File "ui/app.py", line 1, in start\nZeroDivisionError'
ITEM = ConflictView(
    act_id="a", case_id=None, number="锦工商分局-20260930-0008", title="第1饭店", action="note", label="备注", person="周敏",
    done_at="2026-09-30T08:20:00+08:00", found_at="2026-09-30T09:00:00+08:00", code="case_closed",
    message="这件案件已经结案。", mine=(("备注", "电话里又补充了夜间的情况"),), theirs=(), fields={}, resolution="", reason="",
    resolved_at=None, can_note=True, can_redo=True,
)  # fmt: skip


def picture():
    """Return a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "steelblue").save(out, "PNG")
    return out.getvalue()


def pressed(root, name):
    """Press the button of that name in a room."""
    root.findChild(QAbstractButton, name).click()


def further(hand, cases):
    """Yield (name, widget) of dialogs over dialogs and of the pages that the menus lead to besides."""
    for action in ("statistics", "books"):
        hand.key(action)
        hand.wait(150)
        yield action, hand.program.window
        hand.home()
    for action in ("guide", "recent", "chain", "hand_over"):
        with hand.dialog(hand.program.actions.action(action).trigger) as made:
            yield f"dialog-{action}", made
    hand.home()
    yield from _over_others(hand)
    yield from _of_a_case(hand, cases)
    yield from _gone_wrong(hand)


def _over_others(hand):
    for action, button in (("about", "licences"), ("people", "colleagueAdd"), ("people", "colleagueLeave")):
        with hand.dialog(hand.program.actions.action(action).trigger) as below:
            pressed(below, button)
            yield f"dialog-{button}", hand.above(below)
    hand.home()
    hand.key("register")
    with hand.dialog(hand.page.rare_button.click) as made:
        yield "dialog-rare", made
    hand.home()


def _of_a_case(hand, cases):
    hand.workplace.open_case(cases["new"])
    hand.settle()
    with hand.dialog(hand.program.actions.action("call_meeting").trigger) as made:
        yield "dialog-call-meeting", made
    page = hand.page
    with hand.dialog(lambda: EraseDialog(page.context, page.case, page).open()) as made:
        yield "dialog-erase", made
    hand.home()
    hand.workplace.open_case(cases["answered"])
    hand.settle()
    with hand.dialog(hand.page.preview_slip) as below:
        hand.until(lambda: below.document.pageCount() > 0)
        pressed(below, "printSettings")
        yield "dialog-print-style", hand.above(below)
    hand.home()
    record = hand.program.desk.records("all").items[0]
    hand.workplace.open_record(record.record_id)
    hand.settle()
    page = hand.page
    scan = looked_at("sealed.png", picture())
    with hand.dialog(
        lambda: show_scan(page.context, record.record_id, page._papers, scan, "", page, lambda: None)
    ) as made:
        yield "dialog-record-scan", made
    hand.home()


def _gone_wrong(hand):
    program, context = hand.program, hand.workplace.context
    item = msgspec.structs.replace(ITEM, label=labels.label(labels.ACTIONS, "note", context.lang))
    with hand.dialog(lambda: CrashDialog(FELL, lambda: None, program.window).open()) as made:
        yield "dialog-crash", made
    with hand.dialog(lambda: FreezeDialog(context, "2026-09", "截至9月30日", program.window).open()) as made:
        yield "dialog-freeze", made
    with hand.dialog(lambda: ConflictDialog(context, item, program.window).open()) as made:
        yield "dialog-conflict", made
    for at_work in (False, True):
        with hand.dialog(
            lambda at_work=at_work: RepairDialog(
                program.options.home, PEOPLE, program.bridge, context.lang, at_work=at_work, parent=program.window
            ).open()
        ) as made:
            yield f"repair{'-locked' if at_work else ''}", made


def first_start(hand):
    """Yield the pages of the first start."""
    hand.until(lambda: hand.program.window.founding is not None)
    pages = hand.program.window.founding
    pages.begun.groups, pages.begun.asked = GROUPS, (3, 7)
    for page in ("choice", "form", "join", "sheet", "check"):
        pages.show_page(page)
        hand.settle()
        hand.wait(150)
        yield f"first-{page}", hand.program.window
    pages.begun.groups = ()
