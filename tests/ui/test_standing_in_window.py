"""代录 in the window: what a body without a desk did is entered on the page of its case, with the paper that shows it (OFFICE A2)."""

import os
from hashlib import sha256

import pytest
from PySide6.QtWidgets import QPushButton

from tests.conftest import CALL
from tests.journeys.test_standing_in import BY_TELEPHONE, KEY_PROJECT, THERE
from tests.ui.test_founding import alone, enter, no_keyring
from ui.widgets.fields import set_value

__all__ = ["alone", "no_keyring"]
PICTURES = os.environ.get("LIAISON_PICTURES", "")


def sent_to_it(desk):
    case = desk.act_from("new", "register", {**CALL, "facts": KEY_PROJECT}).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", BY_TELEPHONE)
    desk.act_from(case, "transfer", {"method": "fax"})
    desk.act_from(case, "inform", {"what": "transfer", "method": "phone", "reached": True})
    desk.act_from(case, "deliver", {"confirmed_by": "收发室", "evidence": "传真回执"})
    return case


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_an_acceptance_is_entered_with_the_fax_that_shows_it(start, home, tmp_path, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    case = sent_to_it(driven.program.desk)
    driven.workplace.open_case(case)
    driven.settle()
    driven.until(lambda: driven.page.case is not None)
    page = driven.page
    made = page.findChild(QPushButton, f"act_accept_for_{THERE}")
    name = "市重点办" if lang == "zh_CN" else "City key-projects office"
    assert name.replace(" ", "") in "".join(made.text().split()) and made.isVisible()
    made.click()
    form = driven.dialog("act_accept")
    assert name in form.windowTitle() and "for_body" not in form.inputs
    fax = tmp_path / "传真件.pdf"
    fax.write_bytes(b"%PDF-1.4\n%fax\n")
    form.inputs["for"].setText("王处长")
    if PICTURES:
        driven.window.grab().save(f"{PICTURES}/standing-in-{lang}.png")
        form.grab().save(f"{PICTURES}/standing-in-form-{lang}.png")
    form.submit()
    driven.settle()
    assert form.isVisible() and form.wrong.isVisible(), "without evidence nothing is entered"
    form.inputs["evidence"].setText(str(fax))
    form.submit()
    driven.until(lambda: driven.shown("act_accept") is None)
    driven.settle()
    shown = driven.program.desk.case(case)
    entry = next(t for t in shown.timeline if "王处长" in t.proxy)
    assert entry.person == "周敏"
    hash_ = sha256(fax.read_bytes()).hexdigest()
    assert [(f.name, f.sha256) for f in driven.program.desk.files(case).files] == [("传真件.pdf", hash_)]
    assert "传真件.pdf" in entry.proxy and hash_[:8] in entry.proxy, "the entry names what shows it"
    assert shown.state == "ACC"
    if PICTURES:
        driven.window.grab().save(f"{PICTURES}/stood-in-{lang}.png")


def test_its_acts_stand_in_the_palette(driven):
    case = sent_to_it(driven.program.desk)
    driven.workplace.open_case(case)
    driven.settle()
    driven.until(lambda: driven.page.case is not None)
    assert any("代市重点办" in one.words for one in driven.page.here()), "by keyboard too"


def test_on_a_desk_alone_the_line_in_today_opens_the_form_of_the_other_body(start, alone):
    """A desk alone keeps the cases of a whole district: nobody else has a desk, what waits for them lies here."""
    driven = enter(start, alone)
    desk = driven.program.desk
    case = desk.act_from("new", "register", CALL).case
    desk.act_from(case, "propose-transfer", {})
    desk.act_from(case, "approve", {"road": "telephone", "leader": "p-2", "words": "同意", "number": "1"})
    desk.act_from(case, "transfer", {"method": "fax", "to_number": "2"})
    desk.act_from(case, "deliver", {"confirmed_by": "李", "evidence": "传真回执"})
    driven.key("list_1")
    driven.until(lambda: any(t.action == "accept" for t in driven.page._tasks))
    task = next(t for t in driven.page._tasks if t.action == "accept")
    driven.page.findChild(QPushButton, f"task_{task.id}").click()
    form = driven.dialog("act_accept")
    assert "代区环保局" in form.windowTitle()
    form.inputs["for"].setText("李")
    form.inputs["evidence"].setText("受理单 8 月 3 日传真")
    form.submit()
    driven.until(lambda: driven.shown("act_accept") is None)
    driven.settle()
    assert desk.case(case).state == "ACC"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_record_is_entered_for_a_body_without_a_desk(start, home, lang):
    """Who is liaison at the city key-projects office came by fax: the bureau that keeps the roster enters it in its name."""
    driven = start(home, person="p-zhaowenjing", lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    driven.key("ledger")
    driven.settle()
    driven.until(lambda: bool(driven.page.kinds) and driven.program.bridge.idle)
    at = next(n for n, k in enumerate(driven.page.kinds) if k.kind == "contacts")
    driven.page.list.setCurrentCell(at, 0)
    driven.settle()
    driven.until(lambda: driven.page.findChild(QPushButton, "enterRecordFor") is not None)
    driven.page.findChild(QPushButton, "enterRecordFor").click()
    form = driven.dialog("record_open")
    body = form.more["for_body"]
    body.setCurrentIndex(body.findData(THERE))
    form.more["for"].setText("王处长")
    form.more["evidence"].setText("传真件 8 月 3 日")
    for spec in form._step.fields:
        if spec.required:
            set_value(
                form.inputs[spec.name],
                spec.choices[0][0]
                if spec.choices
                else "2026-09-30T08:00"
                if spec.type in ("time", "date")
                else "3"
                if spec.type == "int"
                else "滨河路",
            )
    if PICTURES:
        form.grab().save(f"{PICTURES}/record-for-{lang}.png")
    form.submit()
    driven.until(lambda: driven.shown("record_open") is None)
    driven.until(lambda: getattr(driven.page, "record", None) is not None)
    record = driven.page.record
    assert (
        record.body == THERE
        and "王处长" in record.timeline[0].proxy
        and record.timeline[0].person == driven.program.desk.person.name
    )
