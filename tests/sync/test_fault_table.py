"""The table of faults is complete: every fault has tests, every invariant a function that shows it, the page is the one written."""

from tests.sync import fault_table, invariants


def test_every_fault_has_a_test_and_every_test_says_what_happens():
    found = fault_table.tests()
    assert sorted(found) == list(range(1, 19))
    for lines in found.values():
        for file, name, said, held in lines:
            assert said, (file, name)
            assert held, (file, name)


def test_every_invariant_is_shown_by_a_function_that_hold_runs():
    run = {*invariants.OF_A_DESK, *invariants.OF_THE_SERVER, invariants.equal_grants_equal_projections}
    assert set(invariants.SHOWN) == set(invariants.ALL)
    assert {f for shown in invariants.SHOWN.values() for f in shown} == run


def test_the_page_is_the_one_written():
    assert fault_table.PAGE.read_text(encoding="utf-8") == fault_table.page(), "python -m tests.sync.fault_table"
