"""The program as it was before ledger records were shared: its code, profiles and schema, frozen, run as a process of its own.

``tests/data/first_program.tar.xz`` is what stood in the repository at that time. Old client and old server are that code.
"""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

FROZEN = Path(__file__).resolve().parents[1] / "data" / "first_program.tar.xz"
DESK = """
import json, sys
from pathlib import Path
from liaison_app.desk.joining import join
from liaison_app.desk.opening import open_desk
from liaison_app.domain.errors import RuleBroken
home, url, person, secret = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
desk = None
for line in sys.stdin:
    do, *said = json.loads(line)
    try:
        if do == "join":
            join(home, url=url, person=person, code=said[0], mode="env", secret=secret)
        if desk is None:
            desk = open_desk(home, person=person, secret=secret)
        done = None
        if do == "act":
            outcome = desk.act_from(said[0], said[1], said[2])
            done = [outcome.case, outcome.act]
        if do == "record":
            done = desk.open_record(said[0], said[1]).record
        if do == "sync":
            round = desk.sync()
            done = [round.pushed, round.pulled, round.waiting]
        if do == "state":
            with desk._replica.read() as connection:
                fates = dict(tuple(r) for r in connection.exec_driver_sql("SELECT a.id,a.fate FROM act a JOIN device d ON d.id=a.device"))
                points = {r[0]: r[1] for r in connection.exec_driver_sql("SELECT feed,pos FROM checkpoint")}
            state = desk.sync_state()
            done = {"waiting": state.waiting, "code": state.code, "ok": desk.verify().ok, "equal": desk.rebuild(check=True).equal,
                    "fates": fates, "points": points, "told": [c.act_id for c in desk.conflicts()]}
        if do == "case":
            done = [[t.kind, t.text] for t in desk.case(said[0]).timeline]
        if do == "close":
            desk.close()
            break
        print(json.dumps({"done": done}, ensure_ascii=False), flush=True)
    except RuleBroken as refused:
        print(json.dumps({"code": refused.code}), flush=True)
"""
SERVER = """
import sys, json, psycopg
from liaison_app.domain.events import Person
from liaison_app.sync import access, server
with psycopg.connect(sys.argv[1], autocommit=True) as boss:
    server.init(boss, sys.argv[2], "锦溪区")
    server.enter_people(boss, [Person(**{**p, "roles": tuple(p["roles"])}) for p in json.loads(sys.argv[3])])
"""


def unpack(folder):
    """Unpack the frozen program; return its folder."""
    with tarfile.open(FROZEN) as archive:
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11 has it from 3.11.4 on
        archive.extractall(folder, **safe)
    return folder


def environment(program):
    """Return the environment in which the frozen code is what gets imported."""
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(program), "LC_ALL": "C.UTF-8", "HOME": str(program)}


def found(program, url, mechanism, people):
    """Found a shared database with the frozen program: the first schema, its functions, its rows."""
    plain = [
        {"id": p.id, "name": p.name, "body": p.body, "roles": list(p.roles), "title": p.title, "phone": p.phone}
        for p in people
    ]
    words = [sys.executable, "-c", SERVER, url, mechanism, json.dumps(plain, ensure_ascii=False)]
    subprocess.run(words, env=environment(program), cwd=program, check=True, capture_output=True)


class OldDesk:
    """A desk run by the frozen program: one process, one line of JSON a question."""

    def __init__(self, program, home, url, person, secret):
        words = [sys.executable, "-c", DESK, str(home), url, person, secret]
        self.process = subprocess.Popen(
            words, env=environment(program), cwd=program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )  # fmt: skip

    def do(self, *said):
        """Let it do something; return what came of it, ``{"code": …}`` when it was refused."""
        self.process.stdin.write(json.dumps(said, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer.get("done", answer)

    def close(self):
        """End it."""
        if self.process.poll() is None:
            self.process.stdin.write('["close"]\n')
            self.process.stdin.close()
            self.process.wait(20)
        self.process.stdout.close()
