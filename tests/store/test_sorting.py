"""Lists in every order, short and long, whole and filtered: the same rows as a naive sort, page by page."""

import pytest

from liaison_app.desk.listing import GROUPS, ORDERS
from liaison_app.domain.commands import Register
from liaison_app.domain.errors import RuleBroken
from liaison_app.store import sorting

FIELD = {
    "number": "number", "title": "title", "lead": "lead", "town": "town", "complainant": "complainant",
    "registered": "registered_at", "first": "first_receiver_name", "due": "due",
}  # fmt: skip
TOWNS = ("锦湖街道", "望江街道", "石桥街道", "")


@pytest.fixture
def filled(desk):
    facts = ({"medium": "noise", "source": "industry"}, {"medium": "air", "source": "street_stall"}, {})
    desk.register_many(
        [
            Register(
                object=f"对象|{n * 7 % 40}", content="吵", place=f"某路{n}号", complainant_name=f"王{n % 5}",
                complainant_address="某处", contact=f"1390000{n:04d}", town=TOWNS[n % 4], facts=facts[n % 3],
            )
            for n in range(70)
        ]
    )  # fmt: skip
    return desk


def walked(desk, name, order, descending, **filters):
    rows, after = [], None
    while True:
        page = desk.page(name, after=after, limit=9, order=order, descending=descending, **filters)
        rows += page.items
        after = page.next
        if after is None:
            return rows


@pytest.mark.parametrize("long", ["", "values sorted", "values walked"], ids=["sorted", "walked", "walked by values"])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_in_an_order_are_the_whole_list_sorted(filled, monkeypatch, order, long):
    monkeypatch.setattr(sorting, "LONG", 5 if long else 20_000)
    monkeypatch.setattr(sorting, "FEW", 1 if long == "values walked" else 1_000)
    for name, filters in (
        ("all", {}),
        ("open", {}),
        ("all", {"town": "望江街道"}),
        ("to-transfer", {"medium": "noise"}),
    ):
        if name == "open":
            name = "overdue"
        whole = []
        page = filled.page(name, limit=200, **filters)
        whole += page.items
        for descending in (False, True):
            rows = walked(filled, name, order, descending, **filters)
            assert sorted(r.case_id for r in rows) == sorted(r.case_id for r in whole)
            keys = [(getattr(r, FIELD[order]) or ("9999" if order == "due" else ""), r.case_id) for r in rows]
            if order == "first":
                keys = [key[1] for key in keys]  # one first receiver: the case decides
            assert keys == sorted(keys, reverse=descending)


@pytest.mark.parametrize("by", GROUPS)
def test_groups_count_what_a_filter_finds(filled, by):
    for name in ("all", "to-transfer", "to-complete"):
        groups = filled.groups(name, by)
        assert groups or name == "to-complete"
        for group in groups:
            found = filled.page(name, limit=200, **{by: group.value}).items
            assert str(len(found)) == group.count
            assert group.label
        total = sum(int(g.count) for g in groups)
        whole = len(filled.page(name, limit=200).items)
        assert total == whole or (by in {"town", "medium"} and total < whole)


def test_a_long_list_has_groups_like_a_short_one(filled, monkeypatch):
    short = filled.groups("to-transfer", "town")
    monkeypatch.setattr(sorting, "LONG", 5)
    assert filled.groups("to-transfer", "town") == short != ()
    assert filled.groups("all", "town")


@pytest.mark.parametrize("name", ["all", "to-transfer", "overdue", "to-inform"])
def test_filters_together_find_what_a_naive_look_finds(filled, name):
    whole = filled.page(name, limit=200).items
    for town in ("望江街道", "石桥街道", "没有的街道"):
        for medium in ("noise", "air", ""):
            found = {row.case_id for row in filled.page(name, limit=200, town=town, medium=medium).items}
            with filled._replica.read() as connection:
                medium_of = dict(connection.exec_driver_sql("SELECT case_id,medium FROM case_row").all())
            assert found == {r.case_id for r in whole if r.town == town and medium in ("", medium_of[r.case_id])}


def test_an_unknown_order_or_group_is_refused(desk):
    for ask in (lambda: desk.page("all", order="colour"), lambda: desk.groups("all", "colour")):
        with pytest.raises(RuleBroken) as refused:
            ask()
        assert refused.value.code == "field_value"
