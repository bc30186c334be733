"""值班记录 and 交接班 (OFFICE C8): who was on duty, what came in, what was handed over to whom, with its sheet to sign."""

import pytest

from liaison_app.domain.errors import RuleBroken
from tests.journeys.test_papers import drawing
from tests.journeys.test_whole_walk import Office


def test_a_shift_is_logged_handed_over_and_taken_over_with_its_sheet(desk):
    """OFFICE-C8."""
    office = Office(desk)
    desk.renderer = drawing()
    office.accepted()
    office.sit("GOVT_DUTY", "duty")
    shift = {"shift": "夜班", "from": "2026-09-30T18:00", "officer": "王珂"}
    log = desk.open_record("duty-log", shift).record
    call = {
        "at": "2026-09-30T22:10",
        "kind": "call",
        "from": "12369中心",
        "words": "锦绣名城工地夜间打桩",
        "action": "已转区环保局",
    }
    desk.step_record(log, "log", {"lines": {"calls": [call]}})
    with pytest.raises(RuleBroken):
        desk.step_record(log, "take-over", {})
    asked = [t for t in desk.today() if t.record_id == log]
    assert [t.action for t in asked] == ["hand-over"], "a shift that runs is in 今日待办 until it is handed over"
    handed = {
        "until": "2026-10-01T08:00",
        "handed": f"在办件{desk.case(office.case).number}，区环保局已到场",
        "successor": "尹华",
    }
    desk.step_record(log, "hand-over", handed)
    sheet = desk.official("handover", [log])[0].paper
    said = {f.caption: f.value for f in sheet.fields} | {"form": sheet.form}
    assert "王珂" in str(said) and "尹华" in str(said) and handed["handed"] in str(said), said
    assert desk.put_out("handover", [log]).pdf.startswith(b"%PDF")
    desk.step_record(log, "take-over", {})
    assert desk.record(log).state == "TKN"
    assert not [t for t in desk.today() if t.record_id == log]
    office.sit("COMMERCE")
    with pytest.raises(RuleBroken):
        desk.open_record("duty-log", shift)
    assert desk.verify().ok and desk.rebuild(check=True).equal
