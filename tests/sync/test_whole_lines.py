"""Decisions without owner or date at the shared database: refused with the minutes, told in words, kept; also after an upgrade."""

import pytest

from liaison_app.domain import ledger as ld
from liaison_app.sync import server
from tests.sync.seats import Seat

BEFORE = """
ALTER TABLE ld.record_step DROP COLUMN whole;
UPDATE ld.record_kind k SET tables = (SELECT jsonb_object_agg(t.key, t.value - 'asked') FROM jsonb_each(k.tables) t) WHERE k.tables <> '{}';
UPDATE ld.record_head h SET lines = (SELECT jsonb_agg(l - 'f' ORDER BY i) FROM jsonb_array_elements(h.lines) WITH ORDINALITY u(l, i)) WHERE h.lines <> '[]';
UPDATE ld.profile SET digest = 'of the program of before';
DELETE FROM ld.migration WHERE n = 7
"""
"""What makes a database of today one of before: it knew neither what steps ask of lines nor what lines had said."""
LINES = "SELECT l->'f' FROM ld.record_head, jsonb_array_elements(lines) l WHERE id=%s AND l->>'t'='decisions' ORDER BY (l->>'n')::int"


@pytest.fixture
def convenor(tmp_path, district):
    made = Seat(tmp_path / "epb", district, "p-zhaowenjing")
    yield made
    made.check()
    made.close()


def meeting(seat):
    """Hold a meeting that decides two things, the second without saying who and by when."""
    desk = seat.desk
    ref = desk.open_record("meeting/joint", {"theme": "联席会议", "lines": {"agenda": [{"item": "无照餐饮"}]}}).record
    desk.step_record(ref, "call", {"at": "2026-09-30T14:30", "place": "三会议室"})
    desk.step_record(ref, "hold", {"chair": "孙立群", "lines": {"attendance": [{"body": "EPB", "how": "present"}]}})
    decided(seat, ref, {"what": "建立台账", "kind": "measure", "lead": "COMMERCE", "due": "2026-12-31"})
    decided(seat, ref, {"what": "夜间通报", "kind": "measure"})
    return ref


def decided(seat, ref, line):
    seat.desk.step_record(ref, "decide", {"lines": {"decisions": [line]}})


@pytest.mark.parametrize("upgraded", [False, True])
def test_no_minutes_while_a_decision_lacks_its_owner_or_date(convenor, monkeypatch, upgraded):
    """M1-MTG-05: the desk's own check is taken away, as in a program that has none."""
    desk, district = convenor.desk, convenor.district
    monkeypatch.setattr(ld, "lacking", lambda record, table, names: ())
    ref, other = meeting(convenor), meeting(convenor)
    convenor.sync()
    if upgraded:
        said = district.sql(LINES, ref)
        district.sql(BEFORE)
        with district.boss() as boss:
            server.upgrade(boss)
        now = [set(one) for (one,) in district.sql(LINES, ref)]
        assert [set(one) for (one,) in said] == [one & {"lead", "due"} for one in now], "told from the entries"
        assert now == [{"what", "kind", "lead", "due", "serial"}, {"what", "kind", "serial"}]
    for record, line in ((ref, {"lead": "CONSTR"}), (other, {"due": "2026-12-31"})):
        desk.step_record(record, "minutes", {"minutes": "会议研究了两件事。"})
        convenor.sync()
        (refused,) = desk.conflicts()
        assert refused.message and "会议研究了两件事。" in str(refused.mine)
        desk.resolve_conflict(refused.act_id, "discard", "先补齐牵头单位和时限")
        decided(convenor, record, {"what": "夜间通报", "kind": "measure", "serial": 2, **line})
        desk.step_record(record, "minutes", {"minutes": "会议研究了两件事。"})
        convenor.sync()
        (refused,) = desk.conflicts()
        desk.resolve_conflict(refused.act_id, "discard", "先补齐牵头单位和时限")
        decided(
            convenor,
            record,
            {"what": "夜间通报", "kind": "measure", "serial": 2, "lead": "CONSTR", "due": "2026-12-31"},
        )
        desk.step_record(record, "minutes", {"minutes": "会议研究了两件事。"})
        convenor.sync()
        assert not desk.conflicts() and desk.record(record).state == "MIN"
