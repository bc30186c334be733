"""Entry ids are UUIDv5 of act and place, as the journal and the shared database take them."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from liaison_app.domain.records import ENTRY_SPACE, entry_id


@given(st.uuids(), st.integers(0, 99))
def test_an_entry_id_is_the_standard_uuid5(act, n):
    assert entry_id(str(act), n) == str(uuid.uuid5(ENTRY_SPACE, f"{act}/{n}"))
