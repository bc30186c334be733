"""Versions of the profile side by side: published from a file, cases keep theirs, moved on purpose, told by their own."""

import json
import random
from datetime import datetime, timedelta

import pytest

from liaison_app.desk import opening
from liaison_app.desk.registering import read_registers
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.rules import Ask
from liaison_app.mechanism.compiling import compile_guards, judge
from liaison_app.mechanism.profile import bundled_text, parse
from liaison_app.store import journal
from tests.conftest import CALL, NOON

RETAIL = {**CALL, "facts": {"medium": "noise", "source": "product_sale"}}
REPLY = "unit: WD, amount: 15, owner: "


def text_of(version, *changes):
    """M1 under another version with changes made; each word changed must be there."""
    text = bundled_text("M1").decode()
    for old, new in (('version: "1"', f'version: "{version}"'), *changes):
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


SHORTER = (REPLY, "unit: WD, amount: 10, owner: ")
"""The formal reply within 10 working days instead of 15."""


@pytest.fixture
def two(desk):
    """A desk with a case of version 1, and version 2 in force from the next day; returns both cases."""
    old = desk.act_from("new", "register", RETAIL).case
    desk.act_from(old, "accept", {})
    desk.publish_version(text_of(2, SHORTER), "2026-10-01", "区府办〔2026〕12号")
    desk.state_clock(NOON + timedelta(days=8))
    new = desk.act_from("new", "register", RETAIL).case
    desk.act_from(new, "accept", {})
    return desk, old, new


def due(desk, case, rule="M1-RPL-04"):
    return next(d for d in desk.case(case).deadlines if d.rule == rule)


def days(desk, case):
    """Working days that the clock of the formal reply counts."""
    found = due(desk, case)
    start, end = (datetime.fromisoformat(found.start).date(), datetime.fromisoformat(found.due).date())
    walked = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(desk.rules.calendar.is_workday(day) for day in walked)


def test_running_cases_keep_their_version_and_new_ones_take_the_new(two):
    desk, old, new = two
    assert (days(desk, old), days(desk, new)) == (15, 10)
    listed = {v.name: v for v in desk.versions()}
    assert [v.in_force for v in listed.values()] == [False, True]
    assert (listed["M1@1"].open_cases, listed["M1@2"].open_cases) == (1, 1)
    assert desk.cases_of("M1@1") == (old,)
    assert desk.rebuild(check=True).equal
    assert desk.verify().ok


def test_a_case_registered_before_the_day_takes_the_version_of_its_day(desk):
    desk.publish_version(text_of(2, SHORTER), "2026-10-08", "新规定")
    first = desk.act_from("new", "register", RETAIL).case
    desk.state_clock(NOON + timedelta(days=9))
    late = {"happened_at": "2026-10-07T10:00", "late_reason": "停电", "received_at": "2026-10-07T09:50"}
    second = desk.act_from("new", "register", {**RETAIL, **late}).case
    third = desk.act_from("new", "register", RETAIL).case
    assert desk.cases_of("M1@1") == (first, second)
    assert desk.cases_of("M1@2") == (third,)


def test_a_case_moved_on_purpose_follows_and_tells_its_old_date(two):
    desk, old, _ = two
    before = due(desk, old).due
    moved, refused, dues = desk.move_cases([old], "M1@2", "与新案同办")
    assert (moved, refused) == ((desk.case(old).number,), ())
    assert {"case": moved[0], "rule": "M1-RPL-04", "old": before, "new": due(desk, old).due} in dues
    assert days(desk, old) == 10
    assert [was for was, _until in due(desk, old).was] == [before]
    told = desk.case(old).timeline[-1]
    assert (told.kind, told.text) == ("version-moved", "M1@1 → M1@2（与新案同办）")
    assert desk.cases_of("M1@1") == ()
    assert desk.rebuild(check=True).equal
    assert desk.verify().ok
    assert desk.move_cases([old], "M1@1", "改回")[0]
    assert days(desk, old) == 15


def test_a_case_whose_state_is_gone_cannot_be_moved(desk):
    proposed = desk.act_from("new", "register", CALL).case
    desk.act_from(proposed, "propose-transfer", {})
    registered = desk.act_from("new", "register", RETAIL).case
    state = desk.case(proposed).state
    text = text_of(2).decode().replace(f"code: {state},", "code: XAP,").replace(f"[{state}]", "[XAP]")
    text = text.replace(f"to: {state},", "to: XAP,").replace(f" {state},", " XAP,").replace(f" {state}]", " XAP]")
    desk.publish_version(text.replace(f"[{state},", "[XAP,").encode(), "2026-09-30", "改状态名")
    moved, refused, _ = desk.move_cases([proposed, registered], "M1@2", "统一")
    assert moved == (desk.case(registered).number,)
    assert [r.code for r in refused] == ["version_state_missing"]
    assert refused[0].facts["state_zh"]
    with pytest.raises(RuleBroken, match="version_state_missing"):
        desk.act_from(proposed, "move-version", {"to": "M1@2", "reason": "统一"})
    assert desk.case(proposed).state_name == refused[0].facts["state_zh"], "it is still told by its own version"
    assert desk.rebuild(check=True).equal


def test_guards_and_papers_are_those_of_the_own_version(desk):
    old = desk.act_from("new", "register", RETAIL).case
    guard = next(g for g in desk.rules.profile.guards if g.action == "accept" and "REG" in g.states)
    line = next(x for x in bundled_text("M1").decode().splitlines() if "action: accept" in x and "REG" in x)
    text = text_of(2, (line + "\n", ""), ("name: 区工商分局", "name: 区商务委员会"))
    desk.publish_version(text, "2026-09-30", "新规定")
    new = desk.act_from("new", "register", RETAIL).case
    offered = {case: {a.action for a in desk.actions(case)} for case in (old, new)}
    assert "accept" in offered[old], guard
    assert "accept" not in offered[new]
    assert (desk.case(old).first_receiver_name, desk.case(new).first_receiver_name) == ("区工商分局", "区商务委员会")
    desk.act_from(old, "accept", {})
    with pytest.raises(RuleBroken):
        desk.act_from(new, "accept", {})


def test_what_waits_is_said_as_the_own_version_says_it(desk):
    old = desk.act_from("new", "register", CALL).case
    waiting = next(t for t in desk.today() if t.case_id == old)
    desk.publish_version(text_of(2, (f"zh: {waiting.label}", f"zh: 新{waiting.label}")), "2026-09-30", "改称")
    new = desk.act_from("new", "register", CALL).case
    said = {t.case_id: t.label for t in desk.today() if t.kind == waiting.kind and t.action == waiting.action}
    assert (said[old], said[new]) == (waiting.label, f"新{waiting.label}")


def test_compiled_rows_stand_beside_each_other(two):
    desk, _, _ = two
    first, second = (compile_guards(e.profile) for e in desk.rules.editions)
    assert (first.profile, second.profile) == ("M1@1", "M1@2")
    assert first.digest == second.digest, "no guard was changed"
    ask = Ask(action="accept", state="REG", roles=frozenset({"first_receiver"}), person_roles=frozenset({"liaison"}),
              flags=frozenset({"own_duty"}), done={}, person="a", proxy=None, given={})  # fmt: skip
    assert judge(first, ask) == judge(second, ask)


@pytest.mark.parametrize(
    ("change", "day", "reason", "code"),
    [
        ((), "2026-10-01", "", "reason_missing"),
        ((("id: M1\n", "id: M2\n"),), "2026-10-01", "x", "version_other_mechanism"),
        ((), "1. Oktober", "x", "day_unknown"),
        (((REPLY, "unit: WD, amount: 0, owner: "),), "2026-10-01", "x", "profile_invalid"),
        ((("lead: MUNI\n", "lead: NOBODY\n"),), "2026-10-01", "x", "profile_invalid"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_not_published(desk, change, day, reason, code):
    text = text_of(2, *change)
    with pytest.raises(RuleBroken, match=code) as refused:
        desk.publish_version(text, day, reason)
    if code == "profile_invalid":
        wanted = [(f.line, f.path, f.expected) for f in parse(text, "")[1]]
        assert [(f["line"], f["path"], f["expected"]) for f in refused.value.facts["findings"]] == wanted
    assert len(desk.versions()) == 1


def test_a_published_version_stands_for_ever(two):
    desk, _, _ = two
    with pytest.raises(RuleBroken, match="version_known"):
        desk.publish_version(text_of(1), "2026-11-01", "重发")
    with pytest.raises(RuleBroken, match="version_known"):
        desk.publish_version(text_of(2), "2026-11-01", "重发")
    with pytest.raises(RuleBroken, match="version_before"):
        desk.publish_version(text_of(3), "2026-09-30", "倒签")
    assert desk.version_text("M1@1").encode() == bundled_text("M1")
    assert desk.version_text().encode() == text_of(2, SHORTER)
    with pytest.raises(RuleBroken, match="version_unknown"):
        desk.version_text("M1@9")


def test_moving_is_for_administrators_with_a_reason_to_what_is_in_force(desk, tmp_path):
    case = desk.act_from("new", "register", RETAIL).case
    desk.publish_version(text_of(2, SHORTER), "2026-10-01", "新规定")
    for to, reason, code in (("M1@2", "早办", "version_not_yet"), ("M1@1", "同", "version_same"),
                             ("M1@7", "错", "version_unknown"), ("M1@2", " ", "reason_missing")):  # fmt: skip
        with pytest.raises(RuleBroken, match=code):
            desk.act_from(case, "move-version", {"to": to, "reason": reason})
    assert "move-version" not in {a.action for a in desk.actions(case)}
    desk.state_clock(NOON + timedelta(days=1))
    offered = next(a for a in desk.actions(case) if a.action == "move-version")
    assert [f.name for f in offered.fields] == ["to", "reason"]
    assert offered.fields[0].choices == (("M1@2", "M1@2"),)


def test_others_neither_publish_nor_move(tmp_path):
    from liaison_app.domain.events import Person

    first = Person(id="p-1", name="周敏", body="COMMERCE", roles=("liaison", "administrator"))
    mine, hers = "correct horse battery", "staple of the second person"
    opening.found_alone(tmp_path / "d", "M1", first, [], "passphrase", mine, "渝北区")
    desk = opening.open_desk(tmp_path / "d", secret=mine)
    try:
        desk.enrol_person("何建平", secret=hers)
        case = desk.act_from("new", "register", RETAIL).case
        desk.publish_version(text_of(2, SHORTER), "2020-01-01", "新规定")
        desk.switch_person("何建平", hers)
        with pytest.raises(RuleBroken, match="administrator_only"):
            desk.publish_version(text_of(3), "2099-01-01", "x")
        with pytest.raises(RuleBroken, match="administrator_only"):
            desk.act_from(case, "move-version", {"to": "M1@2", "reason": "x"})
        assert "move-version" not in {a.action for a in desk.actions(case)}
    finally:
        desk.close()


def test_reopened_the_versions_are_there(two, home):
    desk, old, new = two
    desk.move_cases([old], "M1@2", "统一")
    moved = (due(desk, old).due, due(desk, new).due)
    desk.close()
    again = opening.open_desk(home, person="p-zhoumin", now=NOON + timedelta(days=8))
    try:
        assert [v.name for v in again.versions()] == ["M1@1", "M1@2"]
        assert (due(again, old).due, due(again, new).due) == moved
        assert again.rebuild(check=True).equal
    finally:
        again.close()


def test_a_desk_founded_before_texts_were_kept_goes_by_the_programs_file(tmp_path, monkeypatch):
    """Its founding entry holds no text; opening writes nothing, and a successor stands beside the program's file."""
    monkeypatch.setattr(opening, "bundled_text", lambda _name: b"")
    opening.found_demo(tmp_path / "old")
    desk = opening.open_desk(tmp_path / "old", person="p-zhoumin", now=NOON)
    try:
        with desk._replica.read() as connection:
            assert read_registers(connection).versions[0].text == ""
            (line,) = journal.stream_lines(connection, "register/founding")
            assert "text" not in json.loads(line.data)["event"], "the entry is as it was written then"
            acts = connection.exec_driver_sql("SELECT count(*) FROM act").scalar()
        assert acts == 1
        old = desk.act_from("new", "register", RETAIL).case
        desk.act_from(old, "accept", {})
        desk.publish_version(text_of(2, SHORTER), "2026-09-30", "新规定")
        new = desk.act_from("new", "register", RETAIL).case
        desk.act_from(new, "accept", {})
        assert (days(desk, old), days(desk, new)) == (15, 10)
        assert desk.version_text("M1@1").encode() == bundled_text("M1")
        assert desk.verify().ok
        assert desk.rebuild(check=True).equal
    finally:
        desk.close()


def test_the_command_line_publishes_lists_moves_and_writes_out(home, tmp_path, capsys):
    from liaison_app.cli.main import main

    def liaison(*words):
        code = main(["--home", str(home), "--as", "周敏", "--now", "2026-10-09T09:00:00", "--json", *words])
        out, err = capsys.readouterr()
        return code, json.loads(out or err)

    case = liaison("act", "new", "register", "--data", json.dumps(RETAIL))[1]["case"]
    file = tmp_path / "m1-2.yaml"
    file.write_bytes(text_of(2, SHORTER))
    assert liaison("mechanisms", "--publish", str(file))[1]["error"] == "reason_missing"
    code, said = liaison("mechanisms", "--publish", str(file), "--from", "2026-10-09", "--reason", "新规定")
    assert (code, said["name"], said["in_force"]) == (0, "M1@2", True)
    assert [v["name"] for v in liaison("mechanisms", "--versions")[1]] == ["M1@1", "M1@2"]
    code, said = liaison("mechanisms", "--move", "M1@2", case, "--reason", "统一")
    assert (len(said["moved"]), said["refused"]) == (1, [])
    out = tmp_path / "out.yaml"
    assert liaison("mechanisms", "--export", "M1@2", str(out))[0] == 0
    assert out.read_bytes() == file.read_bytes()
    file.write_bytes(text_of(3, (REPLY, "unit: WD, amount: 0, owner: ")))
    code, said = liaison("mechanisms", "--publish", str(file), "--from", "2026-10-09", "--reason", "x")
    assert (code, said["error"]) == (1, "profile_invalid")
    assert said["details"]["findings"][0]["line"] > 1
    assert liaison("mechanisms", "--export", "M1@8", str(out))[1]["error"] == "version_unknown"


@pytest.mark.parametrize("seed", [1, 2])
def test_on_a_real_desk_projections_stay_what_the_journal_gives(desk, home, seed):
    """Random registrations, acts, years, readings, versions and moves; then the desk is closed and opened again."""
    dice = random.Random(seed)
    now, cases, names = NOON, [], ["M1@1"]
    calls = [CALL, RETAIL, {**CALL, "facts": {"medium": "air", "source": "catering"}}]
    settings = [s for s in desk.rules.profile.settings if len(s.values) > 1]
    for n in range(36):
        now += timedelta(hours=dice.randrange(1, 60))
        desk.state_clock(now)
        match dice.choice(["register", "register", "act", "act", "year", "setting", "publish", "move"]):
            case "register":
                cases.append(desk.act_from("new", "register", dice.choice(calls)).case)
            case "act" if cases:
                ref = dice.choice(cases)
                offered = [a for a in desk.actions(ref) if a.action in {"accept", "propose-transfer", "take-over"}]
                for one in offered[:1]:
                    desk.act_from(ref, one.action, {"reason": "查询未果"} if one.action == "propose-transfer" else {})
            case "year":
                day = f"{now.year + 1}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
                desk.enter_year({"year": now.year + 1, "rest": [day], "make_up": []})
            case "setting":
                one = dice.choice(settings)
                desk.choose_setting(one.id, dice.choice(one.values), "试", running=dice.random() < 0.5)
            case "publish":
                text = text_of(n + 2, (REPLY, f"unit: WD, amount: {dice.randrange(5, 25)}, owner: "))
                names.append(desk.publish_version(text, now.date().isoformat(), "试").name)
            case "move" if cases:
                desk.move_cases(dice.sample(cases, min(2, len(cases))), dice.choice(names), "统一")
        assert desk.rebuild(check=True).equal, n
    assert desk.verify().ok
    shown = {ref: desk.case(ref).deadlines for ref in cases}
    desk.close()
    again = opening.open_desk(home, person="p-zhoumin", now=now)
    try:
        assert {ref: again.case(ref).deadlines for ref in cases} == shown
        assert again.rebuild(check=True).equal
    finally:
        again.close()
