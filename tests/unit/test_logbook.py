"""The log tells a technician what happened and holds no word of a person."""

import json
import zipfile

import pytest

from liaison_app.desk.logbook import Logbook
from liaison_app.desk.opening import support_bundle
from liaison_app.domain.errors import RuleBroken
from tests.conftest import CALL


def lines(home):
    return [json.loads(line) for line in (home / "log" / "desk.log").read_text(encoding="utf-8").splitlines()]


def test_acts_and_refusals_are_told_without_a_persons_words(desk, home, tmp_path):
    case = desk.act_from("new", "register", CALL).case
    with pytest.raises(RuleBroken):
        desk.act_from(case, "transfer", {"method": "fax", "to_number": "86006200"})
    with pytest.raises(RuleBroken):
        desk.act_from(case, "propose-transfer", {"to": ["王喆堃"], "reason": "一家人睡不着"})
    told = lines(home)
    assert {"opened", "act", "refused"} <= {line["event"] for line in told}
    assert {"action": "transfer", "code": "not_in_this_state"}.items() <= told[-2].items()
    support_bundle(home, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as box:
        everything = "".join(box.read(n).decode() for n in box.namelist()) + (home / "log" / "desk.log").read_text()
    for words in (*(v for v in CALL.values() if isinstance(v, str)), "一家人睡不着", "86006200", "周敏"):
        assert words not in everything


def test_a_fault_is_told_by_its_place_only(tmp_path):
    log = Logbook(tmp_path)
    try:
        raise ValueError("王喆堃 13900000001")
    except ValueError as error:
        log.refused("register", error)
    log.note("x", code="王喆堃", rows=3, place="滨河路8号")
    log.close()
    fault, other = lines(tmp_path)
    assert (fault["kind"], "test_logbook.py" in fault["places"]) == ("ValueError", True)
    assert set(other) == {"at", "event", "rows"}
    assert "王喆堃" not in (tmp_path / "log" / "desk.log").read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "log").write_text("a file in the way")
    log = Logbook(tmp_path)
    log.note("opened")
    log.close()
