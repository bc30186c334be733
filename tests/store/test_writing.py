"""Who writes when, what must be on the disk at the end of it, and the text index that follows behind."""

import threading
import time

from liaison_app.store.engine import Turns
from liaison_app.store.replica import Replica
from tests.conftest import CALL


def test_what_must_last_is_written_first_and_each_in_the_order_in_which_it_was_asked_for():
    turns, order, threads = Turns(), [], []

    def write(n, first):
        with turns.turn(first=first):
            order.append(n)

    with turns.turn(first=False):
        for n, first in enumerate((False, True, False, True, True)):
            threads.append(threading.Thread(target=write, args=(n, first)))
            threads[-1].start()
            while len(turns._first) + len(turns._then) <= n:
                time.sleep(0.001)
            assert turns.wanted is (n > 0)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == [1, 3, 4, 0, 2]
    assert not turns.wanted
    with turns.turn():
        pass


def test_a_page_need_not_last_but_the_next_act_does(tmp_path):
    replica = Replica.create(tmp_path / "d", bytes(32))

    def force(**how):
        with replica.write(**how) as connection:
            return connection.exec_driver_sql("PRAGMA synchronous").scalar()

    assert [force(), force(lasting=False), force()] == [2, 1, 2]
    try:
        with replica.write(lasting=False) as connection:
            connection.exec_driver_sql("INSERT INTO meta VALUES('a','b')")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert force() == 2
    replica.close()


def test_an_index_behind_never_writes_over_an_own_act(desk):
    """A long pull puts the index off; an own act on such a case indexes it at once, and the older words stay away."""
    case = desk.act_from("new", "register", CALL).case
    texts = {}
    with desk._replica.write() as connection:
        desk.project(connection, [case], unindexed=texts)
    assert not desk.page("all", search=CALL["place"]).items, "what it held before is taken out"
    desk.act_from(case, "complete", {"place": "新华路旧货市场"})
    with desk._replica.write() as connection:
        desk.index(connection, list(texts.values()))
    assert [row.case_id for row in desk.page("all", search="旧货市场").items] == [case]
    with desk._replica.write() as connection:
        desk.project(connection, [case], unindexed=texts)
        assert texts[case].text.count("旧货市场") == 1
        desk.index(connection, list(texts.values()))
    assert [row.case_id for row in desk.page("all", search="旧货市场").items] == [case]
