"""Several cases in windows of their own: each keeps up with its case, all close when the person changes."""

from tests.ui.conftest import register


def windows(driven):
    return [w for w in driven.program.app.topLevelWidgets() if w.objectName() == "caseWindow" and w.isVisible()]


def test_two_windows_keep_up_and_close_with_the_person(driven):
    desk = driven.program.desk
    ids = register(desk, 2)
    for ref in ids:
        driven.workplace.open_case(ref)
        driven.settle()
        driven.key("case_window")
    driven.until(lambda: len(windows(driven)) == 2 and all(w.page.case for w in windows(driven)))
    assert {w.windowTitle() for w in windows(driven)} == {desk.case(ref).number for ref in ids}
    first = next(w for w in windows(driven) if w.page.case_ref() == ids[0])
    desk.act_from(ids[0], "propose-transfer", {})
    driven.until(lambda: first.page.case.state == "TAP")
    driven.program.lock()
    driven.until(lambda: windows(driven) == [])
