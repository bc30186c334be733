"""签发流程 in the window: who checks and signs at the own body, refused in words, kept, given back to the district's."""

import pytest

from liaison_app.desk.chain_views import chain_view
from liaison_app.desk.chains import own_chain


def choose(box, value):
    at = box.findData(value)
    assert at >= 0, value
    box.setCurrentIndex(at)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_chain_of_the_body_is_chosen_with_deputies_and_given_back(start, home, lang):
    driven = start(home, lang=lang)
    driven.until(lambda: driven.workplace is not None)
    driven.settle()
    desk = driven.program.desk
    driven.key("chain")
    dialog = driven.dialog("chainDialog")
    assert [line.code for line in dialog.lines()] == ["sign"]
    step, first, deputy, _body = dialog.rows[0]
    choose(step, "check")
    choose(first, "p-zhoumin")
    choose(deputy, "p-xuguoqiang")
    dialog.reason.setText("局务会定")
    dialog.ok.click()
    driven.settle()
    assert dialog.isVisible() and ("签发" in dialog.wrong.text() or "signs" in dialog.wrong.text())
    choose(dialog.rows[1][0], "cosign")
    assert not dialog.rows[1][1].isEnabled() and dialog.rows[1][3].isEnabled()
    choose(dialog.rows[1][3], "LEGAL")
    choose(dialog.rows[2][0], "sign")
    choose(dialog.rows[2][1], "p-hejianping")
    dialog.ok.click()
    driven.until(lambda: driven.shown("chainDialog") is None)
    steps = own_chain(desk.rules, "COMMERCE")
    assert [(s.code, s.people, s.body) for s in steps] == [
        ("check", ["p-zhoumin", "p-xuguoqiang"], ""), ("cosign", [], "LEGAL"), ("sign", ["p-hejianping"], ""),
    ]  # fmt: skip
    driven.key("chain")
    again = driven.dialog("chainDialog")
    assert [line.code for line in again.lines()] == ["check", "cosign", "sign"] and again.district.isEnabled()
    again.reason.setText("改回")
    again.district.click()
    driven.until(lambda: driven.shown("chainDialog") is None)
    assert own_chain(desk.rules, "COMMERCE") == () and not chain_view(desk).own
