"""修复: a forgotten pass-phrase, a broken file, lists that do not follow the journal; nothing is lost on the way."""

import pytest
from PySide6.QtWidgets import QPushButton

from liaison_app.desk import opening, repairing
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.events import Person
from liaison_app.security import keys
from liaison_app.store.engine import FILE
from liaison_app.store.replica import Replica
from tests.conftest import CALL

MINE, ANOTHER = "一条足够长的口令 2026", "换一条也是足够长的口令 27"


@pytest.fixture
def alone(tmp_path):
    """A desk alone with one registered case; its folder and the groups of its recovery sheet."""
    home = tmp_path / "desk"
    me = Person(id="p-1", name="周敏", body="COMMERCE", title="联络员", roles=("liaison", "administrator"))
    groups = opening.found_alone(home, "M1", me, (), "passphrase", MINE, "锦溪区")
    desk = opening.open_desk(home, person="p-1", secret=MINE)
    desk.act_from("new", "register", CALL)
    desk.backup(home.parent / "yesterday.backup")
    desk.close()
    return home, groups


def repair(driven):
    """Go from the choice of persons to the dialog."""
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.findChild(QPushButton, "chooserRepair").click()
    return driven.dialog("repairDialog")


def said(driven, dialog):
    driven.settle()
    return dialog.said.text()


def test_who_forgot_his_pass_phrase_opens_with_the_sheet(start, alone):
    home, groups = alone
    driven = start(home, person="p-1", now=None, demo=False)
    dialog = repair(driven)
    for code, pair, wanted in (
        ("", (ANOTHER, ANOTHER), "请输入恢复单"),
        (" ".join(groups), ("短", "短"), "12"),
        (" ".join(groups), (ANOTHER, MINE), "不一样"),
        (" ".join(reversed(groups)), (ANOTHER, ANOTHER), "恢复单"),
    ):
        dialog.code.setText(code)
        dialog.secrets.put("passphrase", *pair)
        dialog.recover()
        assert wanted in said(driven, dialog)
        with pytest.raises(RuleBroken):
            keys.open_as(home, "p-1", ANOTHER)
    dialog.code.setText(" ".join(groups).lower())
    dialog.secrets.put("passphrase", ANOTHER, ANOTHER)
    dialog.recover()
    assert "已重设" in said(driven, dialog)
    dialog.accept()
    driven.settle()
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.secret.setText(ANOTHER)
    driven.window.chooser.go()
    driven.until(lambda: driven.workplace is not None)
    assert len(driven.program.desk.page("all").items) == 1


def test_a_broken_file_is_set_aside_and_a_backup_takes_its_place(start, alone):
    home, _groups = alone
    broken = (home / FILE).read_bytes()[:-5000] + b"\0" * 5000
    (home / FILE).write_bytes(broken[:4096] + bytes(len(broken) - 4096))
    driven = start(home, person="p-1", now=None, demo=False)
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.secret.setText(MINE)
    driven.window.chooser.go()
    driven.settle()
    assert driven.workplace is None
    dialog = repair(driven)
    before = sorted(p.name for p in home.iterdir())
    dialog.restore(home / FILE)  # no backup at all
    assert "没有恢复" in said(driven, dialog)
    assert sorted(p.name for p in home.iterdir()) == before
    dialog.findChild(QPushButton, "repairRestore").click()  # comes back at once: nothing is held up
    driven.name_file(home.parent / "yesterday.backup")
    assert "已从备份恢复" in said(driven, dialog)
    dialog.accept()
    driven.settle()
    driven.until(lambda: driven.window.chooser is not None)
    driven.window.chooser.secret.setText(MINE)
    driven.window.chooser.go()
    driven.until(lambda: driven.workplace is not None)
    assert len(driven.program.desk.page("all").items) == 1
    (aside,) = home.glob("set-aside-*")
    assert (aside / FILE).read_bytes()[:4096] == broken[:4096]


def test_lists_that_do_not_follow_the_journal_are_told_and_made_anew(start, alone):
    home, _groups = alone
    replica = Replica.open(home, keys.open_as(home, "p-1", MINE).replica_key)
    with replica.write() as connection:
        connection.exec_driver_sql("UPDATE case_row SET number = 'X'")
    replica.close()
    driven = start(home, person="p-1", now=None, demo=False)
    dialog = repair(driven)
    dialog.secret.setText("falsch")
    dialog.check()
    assert "口令" in said(driven, dialog)
    dialog.secret.setText(MINE)
    dialog.check()
    assert "请重建" in said(driven, dialog)
    dialog.rebuild()
    assert "已重建" in said(driven, dialog)
    assert repairing.check(home, "p-1", MINE, "zh_CN").sound
    bundle = home.parent / "diagnosis.zip"
    dialog.findChild(QPushButton, "repairBundle").click()
    driven.name_file(bundle.with_suffix(""))
    assert "已保存" in said(driven, dialog)
    assert bundle.stat().st_size > 100


def test_a_desk_at_work_is_not_replaced_under_its_person(alone):
    home, _groups = alone
    desk = opening.open_desk(home, person="p-1", secret=MINE)
    try:
        with pytest.raises(RuleBroken) as refused:
            repairing.restore_over(home.parent / "yesterday.backup", home)
        assert refused.value.code == "second_instance"
    finally:
        desk.close()
    assert not list(home.glob("set-aside-*"))
