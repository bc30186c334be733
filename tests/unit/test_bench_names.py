"""`liaison bench` answers to the names that others rely on, and says which there are."""

import json

from liaison_app.cli.main import main
from tests.bench.__main__ import BENCHES, say

PROMISED = {"queue", "search", "slips", "pack", "import", "start", "sync"}


def test_every_promised_name_is_there():
    assert set(BENCHES) >= PROMISED


def test_a_line_has_the_promised_fields(capsys):
    say("slips", 200, 0.5, 2)
    told = json.loads(capsys.readouterr().out)
    assert told == {"name": "slips", "n": 200, "seconds": 0.5, "per_second": 400.0, "limit": 2, "ratio": 0.25}


def test_an_unknown_name_is_told_the_known_ones(tmp_path, capsys):
    assert main(["--home", str(tmp_path), "--json", "bench", "slip"]) == 2
    said = json.loads(capsys.readouterr().err)
    assert said["error"] == "usage"
    assert all(name in said["message"] for name in PROMISED)
