"""A leader's morning: a desk is founded, twelve papers wait, one goes back with a comment, one was signed by pen."""

from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from tests.ui.test_hands import CTRL, SHIFT, Key

MINE, HIS = "a long phrase of mine", "another phrase of his"
ROWS = "编号,投诉对象,地点,内容,投诉人,地址,电话\n" + "".join(
    f"12345-{n},第{n}工地,锦湖街道湖滨路{n}号,工地打桩噪声,王喆堃,湖滨路{n}号,1390000{n:04d}\n" for n in range(1, 13)
)


def found(person):
    """From the first page to the open desk: form, recovery sheet, two groups asked back."""
    driven = person.driven
    driven.until(lambda: driven.window.founding is not None)
    driven.settle()
    pages = driven.window.founding
    person.tab_to("foundAlone")
    person.press(Key.Key_Return)
    driven.until(lambda: pages.begun.page == "form")
    driven.settle()
    form = pages.page
    for field, words in (
        (form.district, "锦溪区"), (form.body, "COMMERCE"), (form.name, "周敏"), (form.title, "联络员"), (form.leader, "何建平"),
    ):  # fmt: skip
        person.put(form.captions[field], words)
    if form.lock.pin.isChecked():
        person.press(Key.Key_Tab)
        person.tab_to("lockPin")
        person.press(Key.Key_Up)
    for field in (form.lock.secret, form.lock.again):
        person.put(field.accessibleName(), MINE)
    person.look("first-form")
    person.press(Key.Key_Return)
    driven.until(lambda: pages.begun.page == "sheet", seconds=30)
    driven.settle()
    person.look("first-sheet")
    copied = {n: pages.findChild(QLabel, f"group_{n}").text() for n in range(1, 9)}
    person.press(Key.Key_Return)
    driven.until(lambda: pages.begun.page == "check")
    driven.settle()
    for number, line in pages.page.lines.items():
        person.put(line.accessibleName(), copied[number])
    person.press(Key.Key_Return)
    driven.until(lambda: driven.workplace is not None, seconds=30)
    driven.settle()
    person.look("first-today")


def twelve_proposed(person):
    """Twelve complaints of a table are read in; all are chosen and proposed together."""
    driven = person.driven
    table = person.out / "12345.csv"
    table.write_text(ROWS, encoding="utf-8-sig")
    person.press(Key.Key_I, CTRL)
    driven.settle()
    page = person.page
    person.alt(page.findChild(QPushButton, "chooseFile"))
    person.choose_file(table)
    driven.until(lambda: page.start.isEnabled())
    person.look("import")
    person.alt(page.start)
    driven.until(lambda: "12" in page.result.text())
    driven.settle()
    person.press(Key.Key_3, CTRL)
    queue = driven.workplace.queue
    driven.until(lambda: queue.model.rowCount() == 12)
    driven.settle()
    assert person.focus is queue.table
    person.press(Key.Key_A, CTRL)
    driven.until(lambda: queue.chosen.isVisible())
    person.palette(queue.here()[0].words)
    menu = next(one for one in driven.window.findChildren(QMenu, "manyMenu") if one.isVisible())
    wanted = next(
        a for a in driven.program.desk.case(queue.model.row(0).case_id).actions if a.action == "propose-transfer"
    )
    while menu.activeAction().text() != wanted.label:
        driven.bot.keyClick(menu, Key.Key_Down)
    driven.bot.keyClick(menu, Key.Key_Return)
    person.fill("propose-transfer", {}, "many_propose-transfer")
    driven.until(lambda: queue.model.rowCount() == 0)


def let_in(person):
    """工作人员: the leader of the roster types his own secret and may use this desk from now on."""
    driven = person.driven
    person.palette(person.said("people"))
    people = driven.dialog("colleaguesDialog")
    driven.until(people.isActiveWindow)
    driven.until(lambda: people.table.rowCount() == 2)
    person.tab_to(people.table.objectName())
    for _ in range(2):
        if people.chosen() is not None and people.chosen().person.name == "何建平":
            break
        person.press(Key.Key_Down)
    person.alt(people.open_)
    form = driven.dialog("enrolDialog")
    driven.until(form.isActiveWindow)
    driven.settle()
    if form.lock.pin.isChecked():
        person.tab_to("lockPin")
        person.press(Key.Key_Up)
    for field in (form.lock.secret, form.lock.again):
        person.put(field.accessibleName(), HIS)
    person.look("enrol", form)
    person.press(Key.Key_Return)
    driven.until(lambda: driven.shown("enrolDialog") is None, seconds=20)
    driven.settle()
    person.press(Key.Key_Escape)
    person.back_in_window()


def test_leaders_morning(person):
    person.start(None)
    driven = person.driven
    found(person)
    zhou = driven.program.desk.person.id
    twelve_proposed(person)
    let_in(person)
    he = next(one.id for one in driven.program.desk.people() if one.name == "何建平")
    person.sit(he, HIS)
    assert driven.page.findChild(object, "openFolder").isVisible()
    person.press(Key.Key_0, CTRL)
    driven.until(lambda: person.page.objectName() == "folderPage" and len(person.page.papers) == 12)
    page = person.page

    def seen():
        driven.until(lambda: page.paper() is not None and page._shown == page.paper().id)
        driven.settle()

    seen()
    person.look("folder")
    first = page.paper().case_id
    person.press(Key.Key_G, CTRL)
    driven.until(lambda: len(page.papers) == 11)
    seen()
    returned = page.paper().case_id
    person.press(Key.Key_T, CTRL)
    assert person.focus is page.comment
    person.type("请先核对工地名称 (名册)")
    person.look("folder-return")
    person.press(Key.Key_Return)
    driven.until(lambda: len(page.papers) == 10)
    seen()
    assert person.focus is page.list
    penned = page.paper().case_id
    person.press(Key.Key_S, CTRL | SHIFT)
    person.fill("approve", {"scan": person.scan("呈批单.pdf")})
    driven.until(lambda: len(page.papers) == 9)
    for _ in range(8):
        seen()
        person.press(Key.Key_Down)
    seen()
    person.press(Key.Key_A, CTRL | SHIFT)
    driven.until(lambda: page.papers == (), seconds=30)
    driven.settle()
    assert page.done == 12
    person.look("folder-empty")

    person.sit(zhou, MINE)
    desk = driven.program.desk
    states = {case: desk.case(case).state for case in (first, returned, penned)}
    person.number = desk.case(returned).number
    person.open()
    assert "请先核对工地名称 (名册)" in str([act.text for act in person.page.case.timeline])
    person.number = desk.case(penned).number
    person.open()
    person.paper("approval-sheet")
    sheet = person.save("approval-sheet")
    for words in ("何建平", person.page.case.object):
        assert words in sheet
    person.palette(person.said("slip"))
    assert "何建平" in person.save("slip")
    roads = sorted(t.approval.road for c in states for t in desk.paper_case(c).case.transfers if t.approval)
    assert roads == ["paper", "switched"] and states[returned] == "REG"
    assert len(desk.page("to-transfer").items) == 12
    person.proves_itself()
