"""通讯录 through the façade: names over time, hotlines, people, initials."""

import re

from liaison_app.desk.directory import matches


def names(found):
    return {one.name for one in found}


def test_bodies_have_hotlines_and_people_and_an_unverified_number_is_marked(desk):
    everybody = desk.directory()
    assert len(everybody) == len(desk.rules.profile.posts)
    commerce = next(one for one in everybody if one.body == "COMMERCE")
    assert [(h.number, h.verified) for h in commerce.hotlines] == [("12315", True), ("678489922", False)]
    assert [p.name for p in commerce.people] == ["周敏", "许国强", "何建平"]
    assert "A角" in commerce.people[0].title
    traffic = next(one for one in everybody if one.body == "TRAFFIC_POLICE")
    assert traffic.stands_for == "区公安分局"
    assert not next(one for one in everybody if one.body == "TOWN").desk


def test_found_by_name_number_duty_and_initials_in_every_reading(desk):
    assert names(desk.directory("文广")) == {"区文广新局"}
    assert names(desk.directory("67822449")) == {"区市政局"}
    assert "区工商分局" in names(desk.directory("gsfj"))
    assert names(desk.directory("zm")) >= {"区工商分局"}
    assert names(desk.directory("zhoumin")) == set()
    assert "区公安分局" in names(desk.directory("陈强 值班"))
    assert desk.directory("没有这个单位") == ()
    assert matches("sxm", ("单小明",), ("单小明",)) and matches("dxm", ("单小明",), ("单小明",))
    assert not matches("xyz", ("单小明",), ("单小明",))


def test_people_are_found_for_the_palette_and_who_left_is_not(desk):
    assert [p.name for p in desk.people_like("xgq")] == ["许国强"]
    assert [p.body for p in desk.people_like("86006211")] == ["EPB"]
    assert desk.people_like("") == ()
    desk.let_go("p-xuguoqiang", "调离")
    assert desk.people_like("xgq") == ()
    assert "许国强" not in str(desk.directory("工商"))


def test_a_body_that_was_renamed_shows_its_former_name(desk):
    text = desk.version_text()
    version = re.search(r"version: *['\"]?(\d+)", text)
    assert version
    new = text.replace("name: 区文广新局", "name: 区文化旅游委")
    new = new.replace(version.group(0), version.group(0).replace(version.group(1), str(int(version.group(1)) + 1)), 1)
    assert new != text
    desk.publish_version(new.encode(), "2026-09-30", "机构改革")
    culture = next(one for one in desk.directory("文广") if one.body == "CULTURE")
    assert (culture.name, culture.earlier) == ("区文化旅游委", (("区文广新局", "2026-09-30"),))
