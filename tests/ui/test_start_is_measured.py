"""What `make bench` says of the start can be said: the measuring goes the way of the program's own start."""

import pytest

from tests.bench.start import measure


@pytest.mark.slow
def test_first_picture_and_first_page_are_both_reached():
    told = measure(rounds=1)
    assert 0 < told["first_paint"] < told["page"]
    assert told["empty"] > 0
