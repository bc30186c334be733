"""查看完整信息: a body that oversees cases keeps no citizen's words; it asks, is logged, and keeps nothing on the disk."""

import pytest

from liaison_app.sync import wire
from tests.conftest import CALL
from tests.sync.proxy import Proxy
from tests.sync.seats import Seat


def test_personal_parts_are_asked_for_logged_and_not_kept(tmp_path, district):
    proxy = Proxy(district.cluster.port)
    first = Seat(tmp_path / "a", district, "p-zhoumin")
    case = first.act("new", "register", **CALL).case
    strict = first.act("new", "register", **CALL, confidential="strict").case
    first.sync()
    other = Seat(tmp_path / "b", district, "p-moyan", proxy.port)
    try:
        shown = other.desk.case(case)
        assert (shown.masked, shown.content) == (True, "")
        proxy.closed = True
        with pytest.raises(wire.LinkLost):
            other.act(case, "reveal", reason="督办需要联系投诉人")
        assert other.desk.case(case).masked
        proxy.heal()
        other.act(case, "reveal", reason="督办需要联系投诉人")
        shown = other.desk.case(case)
        assert (shown.masked, shown.content, shown.contact) == (False, CALL["content"], CALL["contact"])
        assert district.sql("SELECT count(*) FROM ld.reveal WHERE case_id=%s", case)[0][0] >= 1
        with pytest.raises(Exception):  # noqa: B017
            other.act(strict, "reveal", reason="督办需要联系投诉人")
        with other.desk._replica.read() as connection:
            kept = connection.exec_driver_sql(
                "SELECT count(*) FROM act_personal p JOIN act a ON a.id=p.act_id WHERE a.case_id=?", (case,)
            )
            assert kept.scalar() == 0
            assert (
                connection.exec_driver_sql("SELECT count(*) FROM search_doc WHERE folded LIKE '%打桩%'").scalar() == 0
            )
        other.sync()
        other.check()
        other.close()
        other.open()
        assert other.desk.case(case).masked
    finally:
        other.close()
        first.close()
        proxy.stop()
