"""One PC, three persons (OFFICE A4) at a member's desk: let in together, each under his own key, changed, lost, found, restored."""

import pytest

from liaison_app.desk.opening import open_desk, recover_desk, restore_backup
from liaison_app.domain.errors import RuleBroken
from liaison_app.security.errors import SecurityRefusal
from liaison_app.sync import server
from tests.conftest import CALL
from tests.sync.seats import SECRET, Seat

HERS, HIS, NEXT = "她自己的一句足够长的口令", "他自己的一句足够长的口令", "换过以后的一句足够长的口令"


@pytest.fixture
def seat(tmp_path, district, monkeypatch):
    monkeypatch.delenv("LIAISON_PASSWORD", raising=False)
    made = Seat(tmp_path / "pc", district, "p-zhoumin")
    yield made
    made.close()


def role(district):
    return district.sql("SELECT role FROM ld.desk WHERE person='p-zhoumin'")[0][0]


def let_in(seat, district):
    """Two colleagues come with codes that were given out on the same day."""
    codes = {p: district.code(p, role(district)) for p in ("p-xuguoqiang", "p-hejianping")}
    with pytest.raises(RuleBroken, match="code_refused"):
        seat.desk.admit("p-xuguoqiang", codes["p-hejianping"], secret=HERS, mode="passphrase")
    seat.desk.admit("p-xuguoqiang", codes["p-xuguoqiang"], secret=HERS, mode="passphrase")
    seat.desk.admit("p-hejianping", codes["p-hejianping"], secret=HIS, mode="passphrase")


def fates(district):
    return district.sql("SELECT person, kind, fate FROM ld.act WHERE person<>'server' ORDER BY recorded_at, seq")


def test_three_persons_act_cut_off_and_one_round_carries_all(seat, district):
    let_in(seat, district)
    case = seat.act("new", "register", **CALL).case
    seat.act(case, "propose-transfer")
    draft = seat.desk.save_draft("reply", case, {"text": "周敏没写完的"})
    seat.desk.switch_person("p-hejianping", HIS)
    assert not [d for d in seat.desk.drafts() if d.id == draft], "the draft of one is nobody else's"
    seat.act(case, "approve", road="own_desk")
    seat.desk.switch_person("p-xuguoqiang", HERS)
    seat.act(case, "transfer", method="fax")
    with pytest.raises((RuleBroken, SecurityRefusal)):
        seat.desk.switch_person("p-zhoumin", HERS)
    assert seat.desk.person.name == "许国强"
    assert seat.sync().pushed == 4
    assert sorted(fates(district)) == sorted([
        ("p-zhoumin", "register", "accepted"), ("p-zhoumin", "propose-transfer", "accepted"),
        ("p-hejianping", "approve", "accepted"), ("p-xuguoqiang", "transfer", "accepted"),
    ])  # fmt: skip
    assert seat.desk.verify().ok and not seat.desk.conflicts()


def test_a_changed_and_a_forgotten_pass_phrase(seat, district):
    let_in(seat, district)
    groups = " ".join(seat.joined.recovery)
    seat.desk.switch_person("p-xuguoqiang", HERS)
    with pytest.raises((RuleBroken, SecurityRefusal)):
        seat.desk.change_secret("记错的旧口令记错的旧口令", NEXT)
    seat.desk.change_secret(HERS, NEXT)
    seat.desk.change_line_password()
    seat.close()
    with pytest.raises((RuleBroken, SecurityRefusal)):
        open_desk(seat.home, person="p-xuguoqiang", secret=HERS)
    seat.desk = open_desk(seat.home, person="p-xuguoqiang", secret=NEXT)
    seat.act("new", "register", **CALL)
    assert seat.sync().pushed == 1
    seat.close()
    assert recover_desk(seat.home, groups, "p-hejianping", "想起来的一句足够长的口令") == "p-hejianping"
    seat.desk = open_desk(seat.home, person="p-hejianping", secret="想起来的一句足够长的口令")
    case = seat.desk.page("all").items[0].case_id
    seat.act(case, "note", text="找回以后")
    assert seat.sync().pushed == 1
    assert {fate for _, _, fate in fates(district)} == {"accepted"}
    seat.desk.switch_person("p-zhoumin", SECRET)


def test_a_restored_backup_lets_each_in_again_by_his_own_code(seat, district, tmp_path):
    let_in(seat, district)
    case = seat.act("new", "register", **CALL).case
    seat.sync()
    seat.desk.backup(tmp_path / "copy")
    seat.act(case, "note", text="备份以后写的")
    seat.sync()
    seat.close()
    restore_backup(tmp_path / "copy", tmp_path / "again")
    desk = open_desk(tmp_path / "again", person="p-zhoumin", secret=SECRET)
    assert desk.sync_state().code == "device_new"
    for person, secret in (("p-zhoumin", SECRET), ("p-xuguoqiang", HERS), ("p-hejianping", HIS)):
        desk.admit(person, district.code(person, role(district)), secret=secret)
    desk.sync()
    desk.switch_person("p-xuguoqiang", HERS)
    desk.act_from(case, "note", {"text": "恢复以后"})
    desk.sync()
    assert desk.sync_state().waiting == 0 and not desk.conflicts()
    texts = " ".join(line.text for line in desk.case(case).timeline)
    assert "备份以后写的" in texts and "恢复以后" in texts
    assert desk.verify().ok
    desk.close()


def test_one_who_left_is_kept_out_and_comes_back_with_a_new_code(seat, district):
    let_in(seat, district)
    with district.boss() as boss:
        chief = [p for p in district.people() if p.id == "p-hejianping"]
        from liaison_app.sync import access

        access.revoke_person(boss, "p-hejianping", "离任")
    seat.sync()
    assert {p.id for p in seat.desk.people()} == {"p-zhoumin", "p-xuguoqiang"}
    assert [c.left for c in seat.desk.colleagues() if c.person.id == "p-hejianping"] == [True]
    with district.boss() as boss:
        server.enter_people(boss, chief)
    seat.sync()
    seat.desk.admit("p-hejianping", district.code("p-hejianping", role(district)), secret=HIS, mode="passphrase")
    seat.desk.switch_person("p-hejianping", HIS)
    assert seat.desk.closed() is None
