"""Facts proposed from plain words: shares on the held-out half, the phrase behind each proposal, denials, dates."""

from datetime import date

import msgspec
import pytest

from liaison_app.mechanism.doubts import doubts_of
from liaison_app.mechanism.facts import checked
from liaison_app.mechanism.profile import load_profile
from liaison_app.mechanism.routing import route
from liaison_app.mechanism.schema import Computed, Fact, Profile
from liaison_app.mechanism.suggesting import suggested, word_doubts
from tests.bench.suggesting import QUESTIONS, messages, right_and_wrong, shares

M1 = load_profile("M1")


def value(fact, text):
    return suggested(M1, text).get(fact, (None, ""))[0]


def profile(*facts):
    return Profile(meta=M1.meta, facts=list(facts))


def fact(words, kind="enum", **more):
    values = {v: [v, v] for v in words} if kind == "enum" else {}
    return Fact(id="f", ask="?", en="?", type=kind, values=values, words=words, **more)


@pytest.mark.parametrize(
    ("half", "number", "least", "after"),
    [("held", 100, 0.60, 0.85), ("second_held", 75, 0.60, 0.85), ("third_held", 60, 0.75, 0.88)],
)
def test_the_held_out_half_reaches_the_shares_that_were_promised(half, number, least, after):
    found, alone, answered = shares(M1, half)
    assert len(found) >= number
    assert alone >= least
    assert answered >= after
    assert max(len(o.asked) for o in found) <= QUESTIONS


def test_proposals_are_rarely_wrong():
    tally = right_and_wrong(M1, shares(M1, "held")[0]).values()
    right, wrong = sum(t[0] for t in tally), sum(t[1] for t in tally)
    assert wrong / (right + wrong) <= 0.10


@pytest.mark.parametrize("half", ["second", "second_held", "third_held"])
def test_the_lead_that_the_second_author_expects_is_what_the_facts_give(half):
    for message in messages(M1, half):
        assert route(M1, message.facts).lead == message.lead, message.text


def test_what_a_source_usually_means_is_proposed_when_no_word_decides():
    assert value("medium", "小区电梯") == "noise"
    assert value("medium", "小区门口垃圾站") == "odour"
    assert value("medium", "垃圾站渗滤液") == "water"


def test_what_is_proposed_together_is_read_as_the_table_reads_it():
    text = "渣土车一到深夜就在路上跑，噪音很大"
    said = suggested(M1, text)
    assert (said["source"][0], said["construction_cause"][0]) == ("construction", "muck_truck")
    assert route(M1, {}, text=text).lead == "MUNI"
    given = {"medium": "noise", "source": "muck_transport"}
    assert route(M1, given, text=text).row == "C-06"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"usual": {"source": {"catering": "smoke"}}}, "facts[0].usual"),
        ({"usual": {"sauce": {"catering": "air"}}}, "facts[0].usual"),
        ({"usual": {"source": {"kitchen": "air"}}}, "facts[0].usual"),
    ],
)
def test_a_usual_value_that_does_not_exist_is_found(change, path):
    medium = msgspec.structs.replace(M1.facts[0], **change)
    wrong = msgspec.structs.replace(M1, facts=[medium, *M1.facts[1:]])
    assert path in [at for at, _ in doubts_of(wrong)]


def test_a_reading_of_what_does_not_exist_is_found():
    wrong = msgspec.structs.replace(M1, readings=[Computed(set={"source": "kitchen"}, when={"smell": "bad"})])
    assert {"readings[0].set", "readings[0].when"} <= {at for at, _ in doubts_of(wrong)}


@pytest.mark.parametrize("half", ["tune", "held", "second", "second_held"])
def test_every_proposal_shows_its_phrase_and_is_a_fact_as_given_by_a_person(half):
    for message in messages(M1, half):
        said = suggested(M1, message.text)
        assert all(phrase and phrase in message.text for _, phrase in said.values())
        given = {name: v for name, (v, _) in said.items()}
        assert set(checked(M1, msgspec.json.decode(msgspec.json.encode(given)))) == set(given)
        route(M1, {}, text=message.text)


def test_a_fact_given_by_a_person_stands_over_the_words():
    text = "楼下火锅店油烟太大"
    assert route(M1, {}, text=text).lead == "EPB"
    assert route(M1, {"source": "street_stall"}, text=text).lead == "MUNI"
    assert "来电记录" in route(M1, {}, text=text).why


def test_no_words_no_proposal():
    assert suggested(M1, "") == {}
    assert suggested(M1, "请问你们几点下班？") == {}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("这家店没有营业执照", "has_business_licence", False),
        ("那是一家无证无照的小店", "has_business_licence", False),
        ("他家有营业执照", "has_business_licence", True),
        ("有没有执照我不知道", "has_business_licence", None),
        ("餐馆没有烟道，油烟直排", "has_shared_flue", False),
        ("餐馆走公共烟道", "has_shared_flue", True),
        ("没有做环评就开工了", "has_env_permit", False),
        ("他们办了环评", "has_env_permit", True),
        ("晚上十一点还在响", "at_night", True),
        ("凌晨三点还在卸货", "at_night", True),
        ("通宵施工", "at_night", True),
        ("白天一直敲", "at_night", False),
        ("吵得我睡不着", "serious_noise", True),
        ("一股恶臭", "foul_odour", True),
        ("闻了头痛呕吐", "health_or_env_threat", True),
        ("氨气泄漏了", "sudden_incident", True),
        ("村民准备堵路", "stability_risk", True),
        ("人口聚集区", "stability_risk", None),
        ("自来水发黄有味", "drinking_water_risk", True),
    ],
)
def test_yes_and_no_are_told_apart(text, name, expected):
    assert value(name, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012年3月开业的火锅店", "2012-03-01"),
        ("２０１２年３月８日开业", "2012-03-08"),
        ("开业时间是2009年5月", "2009-05-01"),
        ("这家店05年就开了", "2005-01-01"),
        ("2007年开业", None),
        ("2007年9月开业", "2007-09-01"),
        ("2019年5月我打过12345", None),
        ("2012年13月开业", None),
    ],
)
def test_dates_of_opening(text, expected):
    """A year alone is a proposal, but not the year of the cut-off, which would decide by itself."""
    assert value("opened_on", text) == expected
    facts = checked(M1, {"opened_on": value("opened_on", text)})
    assert facts.get("opened_on") == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超市门口的音箱对着马路放", "loudspeaker"),
        ("超市楼顶的空调外机声音大", "commercial_fixed_equipment"),
        ("楼上邻居装修施工", "renovation"),
        ("建筑工地夜间施工", "construction"),
        ("人行道上的烧烤摊", "street_stall"),
        ("一楼的烧烤店", "catering"),
        ("汽修厂喷漆", "repair"),
        ("电镀厂排废水", "industry"),
        ("不是工地，是楼上的KTV", "entertainment"),
        ("不知道从哪里飘来的臭味", "unknown_gas"),
    ],
)
def test_sources_that_are_easily_mixed_up(text, expected):
    assert value("source", text) == expected


def test_the_longest_phrase_at_a_place_counts():
    one = profile(fact({"a": ["烧烤"], "b": ["烧烤摊"]}))
    assert suggested(one, "门口的烧烤摊") == {"f": ("b", "烧烤摊")}
    assert suggested(one, "门口的烧烤店") == {"f": ("a", "烧烤")}


def test_without_a_clear_winner_nothing_is_proposed():
    far = "，" * 60
    same = profile(fact({"a": ["工地"], "b": ["工地"]}))
    assert suggested(same, "工地") == {}
    close = profile(fact({"a": ["油烟"], "b": ["臭味儿"]}))
    assert suggested(close, far + "油烟和臭味儿") == {}
    assert suggested(close, far + "油烟，油烟，还有臭味儿") == {"f": ("a", "油烟")}


def test_an_expression_stays_within_its_clause():
    one = profile(fact({"a": ["re:狗.{0,6}叫"]}))
    assert suggested(one, "狗整夜地叫") == {"f": ("a", "狗整夜地叫")}
    assert suggested(one, "有狗，孩子叫") == {}


def test_words_that_cannot_be_used_are_named():
    assert list(word_doubts(M1)) == []
    broken = profile(
        fact({"a": ["re:(", "re:"]}), fact({"yes": ["有"]}, "bool"), fact({"date": ["re:[0-9]+年"]}, "date")
    )
    assert [at for at, _ in word_doubts(broken)] == ["facts[0].words"] * 2 + ["facts[1].words", "facts[2].words"]
