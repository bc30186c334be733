"""`liaison record` as administrators script it: kinds, new, do, list, show, owed; refusals as JSON, no traceback."""

import json

from tests.journeys.test_command_line import liaison  # noqa: F401 - the fixture

NOW = ("--now", "2026-09-30T09:00:00+08:00")


def test_a_record_from_the_command_line(liaison):  # noqa: F811
    assert liaison("init", "--mechanism", "M4", "--demo")[0] == 0
    me = (*NOW, "--as", "p-geng")
    code, out, _ = liaison(*me, "record", "kinds")
    kinds = {k["kind"]: k for k in json.loads(out)}
    assert kinds["liaison-roster"]["may_open"]
    assert [f["name"] for f in kinds["liaison-roster"]["form"]["fields"]] == ["person", "duty", "telephone", "head"]
    assert "reserves" not in kinds, "neither kept nor read by this body"
    code, out, _ = liaison(*me, "record", "owed")
    assert "liaison-roster" in {o["kind"] for o in json.loads(out)}
    data = {"person": "耿直", "duty": "科长", "telephone": "8312001", "head": True}
    code, _, err = liaison(*me, "record", "new", "liaison-roster", "--data", json.dumps({**data, "duty": ""}))
    said = json.loads(err)
    assert (code, said["error"], said["details"]["field"]) == (1, "field_missing", "duty")
    code, out, _ = liaison(*me, "record", "new", "liaison-roster", "--data", "-", given=json.dumps(data))
    made = json.loads(out)
    assert (code, made["state"]) == (0, "DRF")
    code, out, _ = liaison(*me, "record", "show", made["number"])
    shown = json.loads(out)
    assert [s["step"] for s in shown["steps"]] == ["send", "end"]
    assert ["person", "姓名", "耿直"] in shown["fields"]
    code, out, _ = liaison(*me, "record", "do", made["number"], "send")
    assert (code, json.loads(out)["state"]) == (0, "SNT")
    assert json.loads(liaison(*me, "record", "do", made["record"], "send")[2])["error"] == "record_state"
    code, out, _ = liaison(*me, "record", "list", "--kind", "liaison-roster")
    assert [r["number"] for r in json.loads(out)["items"]] == [made["number"]]
    assert liaison(*me, "record", "new", "no-such-kind")[0] == 1
    assert liaison(*me, "record", "new", "liaison-roster", "--data", "[1]")[0] == 2
    code, out, _ = liaison(*NOW, "--as", "p-aixin", "record", "owed", "--kind", "liaison-roster")
    assert "EDU" not in {o["body"] for o in json.loads(out)}
    assert json.loads(liaison("rebuild", "--check")[1])["equal"]
    assert json.loads(liaison("verify")[1])["ok"]
