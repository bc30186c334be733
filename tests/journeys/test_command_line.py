"""The command line as administrators script it: JSON out, refusals as JSON, exit codes, no traceback."""

import json
import subprocess
import sys

import pytest


@pytest.fixture
def liaison(tmp_path):
    def run(*words, home="h", given=""):
        script = "import sys; from liaison_app.cli.main import main; sys.exit(main(sys.argv[1:]))"
        call = [sys.executable, "-c", script, "--home", str(tmp_path / home), *words, "--json"]
        done = subprocess.run(call, capture_output=True, text=True, input=given, encoding="utf-8")
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


def test_demo_case_act_doc(liaison, tmp_path):
    code, out, _ = liaison("init", "--mechanism", "M1", "--demo")
    assert code == 0
    assert json.loads(out)["cases"] > 20
    code, out, _ = liaison("--as", "周敏", "case", "list", "--list", "to-transfer", "--limit", "30")
    number = next(i["number"] for i in json.loads(out)["items"] if i["state"] == "REG")
    code, out, _ = liaison("--as", "周敏", "act", number, "propose-transfer")
    assert (code, json.loads(out)["state"]) == (0, "TAP")
    code, _, err = liaison("--as", "周敏", "act", number, "transfer", "--data", '{"method": "fax"}')
    assert (code, json.loads(err)["error"]) == (1, "needs_approved")
    code, out, _ = liaison("case", "show", number)
    told = json.loads(out)
    assert {"number", "state", "lead", "deadlines", "transfers", "replies", "timeline"} <= set(told)
    assert (told["number"], told["state"], told["replies"]) == (number, "TAP", [])
    code, out, _ = liaison("doc", "slip", number, "--out", str(tmp_path / "s.pdf"))
    assert json.loads(out)["pages"] == 1
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    code, out, _ = liaison("verify")
    assert json.loads(out)["ok"]
    code, out, _ = liaison("rebuild", "--check")
    assert json.loads(out)["equal"]
    assert liaison("case", "show", "nothing")[0] == 1


def test_route_and_deadline_answer_line_by_line(liaison):
    lines = '{"id":"a","facts":{"medium":"noise","source":"bar"}}\n{"id":"b","facts":{"medium":"x"}}\n'
    code, out, _ = liaison("route", "--mechanism", "M1", given=lines)
    first, second = (json.loads(line) for line in out.splitlines())
    assert (first["lead"], first["row"]) == ("COMMERCE", "N-16")
    assert second["error"] == "fact_value"
    assert code == 1
    code, out, _ = liaison(
        "deadline", "--mechanism", "M1", given='{"id":1,"rule":"M1-RPL-04","start":"2025-06-10T11:00"}'
    )
    assert json.loads(out)["due"] == "2025-07-01T23:59:59+08:00"


def test_exit_codes(liaison, monkeypatch):
    assert liaison("case", "list")[0] == 4
    assert liaison("act", "x")[0] == 2
    monkeypatch.setenv("LIAISON_KEY", "a long enough pass-phrase")
    code, out, _ = liaison("init", "--key-from-env", home="alone")
    assert code == 0
    assert len(json.loads(out)["recovery"]) == 8
    assert liaison("--key-from-env", "case", "list", home="alone")[0] == 0
    assert liaison("--key-from-env", "--now", "2026-01-01T00:00", "case", "list", home="alone")[0] == 2
    monkeypatch.setenv("LIAISON_KEY", "another long pass-phrase")
    code, _, err = liaison("--key-from-env", "case", "list", home="alone")
    assert (code, json.loads(err)["error"]) == (4, "wrong_secret")


def test_import_twice_adds_nothing(liaison, tmp_path):
    liaison("init", "--demo")
    (tmp_path / "a.csv").write_bytes(
        '留言编号,留言主题,留言时间,留言详情\n1,噪声,2020/1/2 9:00,"_x000D_　很吵\n第二行"\n2,油烟,不知道,呛人\n'.encode(
            "gb18030"
        )
    )
    _, out, _ = liaison("import", str(tmp_path / "a.csv"))
    report = json.loads(out)
    assert (report["read"], report["registered"], report["rejected"][0]["field"]) == (2, 1, "received_at")
    assert json.loads(liaison("import", str(tmp_path / "a.csv"))[1])["registered"] == 0
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    assert json.loads(liaison("import", str(tmp_path / "p.png"))[2])["error"] == "picture_file"


def test_a_lost_pass_phrase_is_replaced_by_the_recovery_sheet(liaison, monkeypatch):
    monkeypatch.setenv("LIAISON_KEY", "a long enough pass-phrase")
    groups = json.loads(liaison("init", "--key-from-env")[1])["recovery"]
    monkeypatch.setenv("LIAISON_KEY", "quite another pass-phrase")
    wrong = [*groups[:2], "AAAAA" if groups[2] != "AAAAA" else "BBBBB", *groups[3:]]
    code, _, err = liaison("recover", "--code", " ".join(wrong))
    assert (code, json.loads(err)["error"]) in {(1, "recovery_group_wrong"), (1, "recovery_wrong")}
    assert liaison("recover", "--code", " ".join(groups))[0] == 0
    assert liaison("--key-from-env", "case", "list")[0] == 0


def test_a_years_notice_moves_open_due_dates(liaison, tmp_path):
    liaison("init", "--demo")
    assert json.loads(liaison("calendar", "show", "2026")[1])["make_up"][-1] == "2026-10-10"
    assert json.loads(liaison("calendar", "show", "2027")[1])["provisional"]
    notice = tmp_path / "2027.yaml"
    notice.write_text("{year: 2027, rest: [{from: 2027-01-01, to: 2027-01-03}]}", encoding="utf-8")
    data = json.dumps(
        {"object": "厂", "content": "x", "place": "y", "facts": {"medium": "air", "source": "unlicensed_business"}}
    )
    args = ("--as", "周敏", "--now", "2026-12-28T09:00")
    number = json.loads(liaison(*args, "act", "new", "register", "--data", data)[1])["number"]
    liaison(*args, "act", number, "accept")
    moved = json.loads(liaison("calendar", "import", str(notice))[1])["recomputed"]
    assert {m["rule"] for m in moved if m["case"] == number} >= {"M1-RPL-04"}
    assert not json.loads(liaison("calendar", "show", "2027")[1])["provisional"]
    assert json.loads(liaison("rebuild", "--check")[1])["equal"]


def test_a_broken_profile_is_named_by_line(liaison, tmp_path):
    (tmp_path / "x.yaml").write_text(
        "meta: {id: X, name: x, name_en: x, version: '1'}\nposts: []\nfacts: 5\n", encoding="utf-8"
    )
    code, _, err = liaison("mechanisms", "--check", str(tmp_path / "x.yaml"))
    found = json.loads(err)["details"]["findings"][0]
    assert (code, found["line"], found["path"]) == (1, 3, "facts")
    listed = {m["id"]: m["partial"] for m in json.loads(liaison("mechanisms")[1])}
    assert listed["M1"] is False


def test_figures_of_a_period_as_json_and_as_a_table(liaison, tmp_path):
    assert liaison("init", "--demo")[0] == 0
    code, out, _ = liaison("--now", "2026-09-30T09:00", "stats", "--period", "2026-Q3")
    found = json.loads(out)
    assert code == 0
    assert {"period", "scope", "cut", "missing_desks", "indicators"} <= found.keys()
    assert found["missing_desks"] == []
    registered = next(i for i in found["indicators"] if i["id"] == "registered_count")
    assert registered["numerator"] == len(registered["cases"]) > 20
    assert json.loads(liaison("case", "show", registered["cases"][0])[1])["case_id"] == registered["cases"][0]
    assert all(
        {"name", "formula", "numerator", "denominator", "value", "cases"} <= i.keys() for i in found["indicators"]
    )
    by = json.loads(liaison("stats", "--period", "2026-Q3", "--by", "town")[1])
    towns = next(i for i in by["indicators"] if i["id"] == "registered_count")["groups"]
    assert sum(g["numerator"] for g in towns) == registered["numerator"]
    code, _, err = liaison("stats", "--period", "2026-Q9")
    assert (code, json.loads(err)["error"]) == (1, "period_unknown")
    for lang, words in (("zh_CN", ["指标", "群众满意率", "无数据", "截至"]), ("en", ["Indicator", "no data", "as of"])):
        script = "import sys; from liaison_app.cli.main import main; sys.exit(main(sys.argv[1:]))"
        call = [
            sys.executable,
            "-c",
            script,
            "--home",
            str(tmp_path / "h"),
            "--lang",
            lang,
            "--now",
            "2026-09-30T09:00",
        ]
        done = subprocess.run([*call, "stats", "--period", "2026-09"], capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        assert all(w in done.stdout for w in words), done.stdout


def test_a_reader_that_has_enough_gets_no_traceback(home):
    """`liaison case list --json | head -c 5`: the pipe is closed long before everything is said."""
    call = [sys.executable, "-m", "liaison_app.cli.main", "mechanisms", "--home", str(home), "--json"]
    asking = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    asking.stdout.close()
    said = asking.stderr.read()
    asking.stderr.close()
    assert (asking.wait(60), said) == (0, b"")
