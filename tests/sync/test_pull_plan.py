"""A page is read by walking along its feed, also where years of cases lie: no plan hashes or sorts what follows the page."""

import re

from tests.bench.filling import fill
from tests.sync.acting import PULL


def test_a_page_walks_along_the_feed_whatever_the_size(district):
    """In a grown database the planner would hash and sort the whole rest of the feed for each page."""
    desk = district.enrol("p-zhaowenjing")
    fill(district, "EPB", 1, 20_000)
    plans = []
    with district.boss() as boss:
        boss.add_notice_handler(lambda said: plans.append(said.message_primary))
        for statement in ("LOAD 'auto_explain'", "SET auto_explain.log_min_duration=0", "SET client_min_messages=log",
                          "SET auto_explain.log_nested_statements=on", f"SET SESSION AUTHORIZATION {desk.role}"):  # fmt: skip
            boss.execute(statement)
        for after, limit in ((0, 10_000), (19_000, 200)):
            rows = boss.execute(PULL, (desk.epoch, ["body/EPB"], [after], limit, 4 << 20)).fetchall()
            assert [row[1] for row in rows] == list(range(after + 1, after + len(rows) + 1))
            assert len(rows) > 150
    walks = [plan.partition("Limit ")[2] for plan in plans if "feed_item" in plan]
    assert len(walks) == 2, plans
    for plan in walks:
        walk = plan.partition("Index Scan using feed_item_pkey")[2].partition("->")[0]
        assert re.search(r"Index Cond: .*pos > ", walk), (
            plan
        )  # else all that was read before is read again for each page
        assert "Rows Removed" not in walk and "Filter" not in walk, plan
        assert not re.search(r"Sort|Hash|Merge|Gather|Seq Scan|Bitmap|Materialize", plan), plan
