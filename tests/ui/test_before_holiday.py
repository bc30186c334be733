"""节前清单 on the page of the day: shown before a holiday in both languages, opens its case, gone afterwards."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import register


def _card(made):
    return made.window.findChild(object, "beforeHoliday")


def leave_to_the_holiday(desk):
    """A slip delivered on the eve: its two-day notice falls due on 2 October, at the desk of the addressee."""
    case = register(desk, 1)[0]
    desk.act_from(case, "propose-transfer", {})
    approval = {"road": "telephone", "leader": "p-hejianping", "words": "同意", "number": "67820001"}
    desk.act_from(case, "approve", approval)
    desk.act_from(case, "transfer", {"method": "fax"})
    desk.act_from(case, "deliver", {"confirmed_by": "刘洋", "evidence": "传真回执"})
    desk.switch_person(next(p.id for p in desk.roster.people if p.body == "EPB" and "liaison" in p.roles))


def _words(card):
    return " ".join(label.text() for label in card.findChildren(QLabel))


@pytest.mark.parametrize(
    ("lang", "heading", "said"), [("zh_CN", "节前清单", "国庆节假期 10月1日至10月7日，10月8日上班"), ("en", "Before the holiday", "National Day: 1 Oct to 7 Oct")]
)  # fmt: skip
def test_it_names_the_holiday_and_what_falls_due_inside_it(start, home, lang, heading, said):
    made = start(home, lang=lang)
    made.until(lambda: made.workplace is not None)
    made.settle()
    desk = made.workplace.context.desk
    leave_to_the_holiday(desk)
    made.workplace.today.refresh()
    made.settle()
    inside = desk.before_holiday().items
    card = _card(made)
    assert heading in _words(card)
    assert said in _words(card)
    assert all(item.number in _words(card) for item in inside)
    assert len([b for b in card.findChildren(QPushButton) if b.objectName().startswith("holiday_")]) == len(inside)
    assert "M1-ACC-03" in {item.rule for item in inside}
    card.findChild(QPushButton, "printHoliday").click()
    paper = made.dialog("paperDialog")
    made.until(lambda: paper.document.pageCount() == 1)
    paper.reject()
    made.settle()
    card.findChild(QPushButton, "holiday_0").click()
    made.until(lambda: made.page.objectName() == "casePage")


def test_away_from_holidays_there_is_none(start, home):
    made = start(home, now=datetime.fromisoformat("2026-11-03T09:00:00+08:00"))
    made.until(lambda: made.workplace is not None)
    made.settle()
    assert _card(made) is None
