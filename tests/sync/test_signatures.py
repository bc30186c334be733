"""A reply signed by telephone at one desk, its paper at another; the photos of its visit: the shared database takes them."""

import pytest

from liaison_app.desk.file_views import NewFile
from tests.replies import in_hand
from tests.sync.seats import Seat


@pytest.fixture
def seats(tmp_path, shared_district):
    made = [Seat(tmp_path / "a", shared_district, "p-zhoumin"), Seat(tmp_path / "b", shared_district, "p-xuguoqiang")]
    yield made
    for seat in made:
        seat.check()
        seat.close()


def test_a_telephone_signature_its_paper_and_the_photos_of_the_visit_go_through(seats):
    a, b = seats
    case = in_hand(a.desk)
    visit = a.desk.files(case).visits[0].act_id
    photo = b"\xff\xd8\xff" + b"p" * 3_000_000
    a.desk.attach_files(case, [NewFile(name="现场.jpg", content=photo, what="site", about=visit)])
    a.desk.save_version(case, 1, "formal", "闫䶮女士：\n经查属实。", submit=True)
    a.act(case, "approve-reply", road="telephone", leader="p-hejianping", words="同意", number="67820001")
    a.act(case, "send-reply", kind="formal", method="letter")
    a.sync()
    assert a.desk.sync_state().waiting == 0 and not a.desk.conflicts()
    b.sync()
    b.sync()
    approval = b.desk.paper_case(case).case.handling.replies[-1].approval
    assert {"reply_unsigned", "reply_unconfirmed"} <= set(b.desk.case(case).flags)
    view, content = b.desk.file(case, b.desk.files(case).visits[0].files[0].act_id)
    assert content == photo and view.here
    b.act(case, "countersign", approval=approval, scan="签字页.pdf")
    b.sync()
    a.sync()
    for seat in seats:
        assert "reply_unsigned" not in seat.desk.case(case).flags
        assert seat.desk.sync_state().waiting == 0 and not seat.desk.conflicts()
    assert a.rows() == b.rows()
