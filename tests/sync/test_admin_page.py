"""docs/ADMIN.md is followed: its own words are typed, in its order, on a cluster that is set up by them alone.

A command that the page does not have is not typed here; one that it has and that fails makes this fail.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import psycopg
import pytest

from liaison_app.cli.main import main
from tests.conftest import CALL
from tests.sync.cluster import Cluster, _free_port

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ADMIN.md").read_text("utf-8")
UNIT = (ROOT / "installer" / "liaison-watch.service").read_text("utf-8")
SPANS = re.findall(r"`([^`]+)`", PAGE)
PASSWORD = "the administrator's own"
HOST = "db.example"


def of_page(words):
    """Return the one command of the page that begins so; the page must have it."""
    found = [span for span in SPANS if span.startswith(words)]
    assert found, f"the page does not say {words}"
    return max(found, key=len)


def after(start, stop="\n"):
    """Return the commands that the page names between two places."""
    return re.findall(r"`([^`]+)`", PAGE.partition(start)[2].partition(stop)[0])


class Followed(Cluster):
    """A cluster as the page has it; only where files lie and the port are of the test."""

    superuser = "postgres"

    def __init__(self):
        super().__init__()
        self.stop()
        for name in ("server.crt", "server.key"):
            (self.home / name).unlink()
        self.typed(of_page("openssl req"), cwd=self.home)
        (self.home / "server.key").chmod(0o600)
        (self.home / "backup" / "wal").mkdir(parents=True)
        places = {"ssl_cert_file": f"'{self.home}/server.crt'", "ssl_key_file": f"'{self.home}/server.key'"}
        said = [one if "=" in one else f"{one}={places[one]}" for one in after("In `postgresql.conf`:", "\nIn `pg_hba")]
        assert len(said) > 8
        said += [
            one.replace("/backup", f"{self.home}/backup")
            for one in (of_page("archive_mode"), of_page("archive_command='test"))
        ]
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\n".join(said) + "\n")
        lines = after("In `pg_hba.conf` only:", "Then restart")
        assert len(lines) == 4
        (self.data / "pg_hba.conf").write_text("\n".join(lines) + "\n")
        self._own()
        for path in (self.home / "backup").rglob("*"):
            os.chown(path, self.user.pw_uid, self.user.pw_gid)
        os.chown(self.home / "backup", self.user.pw_uid, self.user.pw_gid)
        self.start()

    def typed(self, words, *, cwd=None, given="", port=None):
        """Type a line of the page as the user postgres, who is nobody but by the socket; return what it said."""
        done = subprocess.run(
            ["sh", "-c", words], input=given, capture_output=True, text=True, check=False, start_new_session=True,
            cwd=cwd or self.home, user=self.user.pw_uid, group=self.user.pw_gid, extra_groups=[],
            env={
                "PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.home), "LC_ALL": "C.UTF-8", "PGHOST": str(self.home),
                "PGPORT": str(port or self.port), "PGUSER": "postgres",
            },
        )  # fmt: skip
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    if os.geteuid() != 0:
        pytest.skip("the page is followed as root, who may act as the user postgres")
    made = Followed()
    yield made
    made.remove()


@pytest.fixture
def typed(followed, monkeypatch, capsys):
    """Type a ``liaison`` line of the page; what stands for something is put in. Return the exit code and what it said."""
    monkeypatch.chdir(followed.home)
    for name, value in (
        ("LIAISON_PASSWORD", PASSWORD), ("PGPORT", str(followed.port)), ("PGHOSTADDR", "127.0.0.1"),
        ("LIAISON_KEY", "a pass-phrase of the desk"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    url = shlex.split(of_page("liaison server init"))
    url = url[url.index("--url") + 1]

    def do(words, *more, **put):
        for placeholder, value in put.items():
            assert placeholder in words, words
            words = words.replace(placeholder, shlex.quote(str(value)))
        said = shlex.split(words)[1:]
        if said[0] == "server" and "--url" not in said:
            said += ["--key-from-env", "--url", url]
        code = main([*said, *map(str, more), "--json"])
        out = capsys.readouterr()
        return code, json.loads((out.out if code == 0 else out.err).strip().splitlines()[-1])

    do.url, do.desks = url, url.replace(f"{HOST}/", f"{HOST}:{followed.port}/") + "&hostaddr=127.0.0.1"
    return do


def done(answer):
    """Return what a command said that was done."""
    code, said = answer
    assert code == 0, said
    return said


def watching(url):
    """Start the watch service with the very line of the unit."""
    line = re.search(r"^ExecStart=(.*)$", UNIT, re.M)[1].replace("${LIAISON_URL}", url)
    words = shlex.split(line)
    assert words[0] == "/usr/bin/liaison", "where the package puts it"
    return subprocess.Popen(
        [sys.executable, "-m", "liaison_app.cli.main", *words[1:]], stdout=subprocess.PIPE, text=True
    )


def test_the_page_is_followed_from_the_packages_to_the_export(followed, typed, tmp_path):
    version = followed.typed("psql --version").split()[2]
    assert tuple(map(int, version.split("."))) >= (15, 14), "1. what the page asks of the packages"

    # 3. found
    assert followed.typed(of_page("createuser"), given=f"{PASSWORD}\n{PASSWORD}\n") is not None
    followed.typed(of_page("createdb"))
    assert done(typed(of_page("liaison server init")))["district"] == "某区"

    # 4. watch by the line of the unit, over the socket as its comment has it; 5 and 6: people, then the check
    local = re.search(r"LIAISON_URL=(\S+)", UNIT)[1].replace("/var/run/postgresql", str(followed.home))
    env = {**os.environ}
    os.environ.pop("PGHOSTADDR")
    service = watching(local)
    os.environ.update(env)
    try:
        for _ in range(300):
            if done(typed(of_page("liaison server status")))["watched_at"]:
                break
            time.sleep(0.1)
        people(typed, tmp_path)
        found = done(typed(of_page("liaison server check")))
        assert found["tried"] > 100, "more than a hundred, says the page"
        upgrade(typed, tmp_path)
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(30)
    restored(followed, typed, tmp_path)


def people(typed, tmp_path):
    """5: roster, codes, a desk, another person on it, a PC without a network, who leaves, what is lost."""
    heads = re.search(r"with the columns ([^(]+) \(([^)]+)\)", PAGE)
    columns = re.split("[,、] ?", heads[1])
    roles = re.split("[,、] ?", heads[2])
    book = openpyxl.Workbook()
    book.active.append(columns)
    for n, role in enumerate(roles):
        book.active.append([f"p{n}", f"工作人员{n}", "区环保局", "科员", f"139000000{n}", role])
    book.save(tmp_path / "名册.xlsx")
    added = of_page("liaison server add-person")
    assert done(typed(added.replace("名册.xlsx", str(tmp_path / "名册.xlsx"))))["changed"] == len(roles)
    done(typed(f"liaison server {of_page('add-body')}", ID="EPB", NAME="区环保局"))
    done(typed("liaison server add-body SAFETY --name 区安监局", of_page("--no-desk")))
    done(typed("liaison server add-body SAFETY --name 区安监局"))
    code = done(typed(of_page("liaison server enrol-code"), ID="p0"))
    where = ["--home", str(tmp_path / "desk"), "--key-from-env"]
    done(typed("liaison join", *where, "--url", typed.desks, "--person", "p0", "--code", code["code"]))
    done(typed("liaison act", "new", "register", *where, "--data", json.dumps(CALL)))
    assert done(typed("liaison sync", *where))["waiting"] == 0
    role = done(typed(of_page("liaison server status")))["desks"][0]["role"]
    second = done(
        typed(of_page("liaison server enrol-code"), *of_page("--desk ROLE").replace("ROLE", role).split(), ID="p1")
    )
    assert second["role"] == role
    # a PC without a network
    ask, answer = tmp_path / "申请.ldp", tmp_path / "答复.ldp"
    fenced = ["--home", str(tmp_path / "fenced"), "--key-from-env"]
    code = done(typed(of_page("liaison server enrol-code"), ID="p2"))["code"]
    done(typed("liaison join", *fenced, "--person", "p2", "--code", code, "--export", ask))
    unpack = of_page("liaison server unpack").replace("申请", str(ask)).replace("答复", str(answer))
    done(typed(unpack, CODE=code))
    done(typed("liaison join", *fenced, "--person", "p2", "--import", answer))
    up, down = tmp_path / "up.ldp", tmp_path / "down.ldp"
    done(typed("liaison sync", *fenced, "--export", up))
    done(typed(of_page("liaison server exchange"), up, "--out", down))
    done(typed("liaison sync", *fenced, "--import", down))
    # who leaves, and a PC that is lost
    handed = of_page("liaison hand-over all").replace("--from …", "--from p1").replace("--to …", "--to p0")
    assert typed(handed, *where, "--reason", "调离")[1]["error"] == "nothing_in_charge", "asked, and he has none"
    left = of_page("revoke --person").replace("…", "离任")
    assert done(typed(f"liaison server {left}", ID="p2"))
    lost = of_page("revoke --desk").replace("…", "遗失")
    assert done(typed(f"liaison server {lost}", ROLE=role))["desk"] == role
    assert typed("liaison sync", *where)[1]["error"] in {"desk_closed", "copy_closed"}


def upgrade(typed, tmp_path):
    """10 and 11: the schema, a new version of the mechanism, a newer program, the district in open formats."""
    done(typed(of_page("liaison server upgrade")))
    text = (ROOT / "resources" / "mechanisms" / "M1.yaml").read_text("utf-8")
    newer = re.sub(r"(?m)^(\s*version: )(.*)$", r'\g<1>"2027.1"', text, count=1)
    (tmp_path / "new.yaml").write_text(newer, "utf-8")
    published = of_page("liaison server profile FILE").replace("管理员", "p3").replace("依据", "文件")
    assert done(typed(published, FILE=tmp_path / "new.yaml"))
    done(typed(of_page("liaison server announce").replace("到哪里取", "信息中心")))
    assert done(typed(of_page("liaison server status")))["release"]["version"] == "0.2.0"
    done(typed("liaison server announce"))
    refused = typed(
        of_page("liaison server erase").replace("管理员", "p3").replace("领导", "p1").replace("依据", "期满")
    )
    assert refused[1]["error"] == "case_unknown", refused
    done(typed(of_page("liaison server export"), FOLDER=tmp_path / "open"))
    assert list((tmp_path / "open").rglob("*.jsonl"))


def restored(followed, typed, tmp_path):
    """7 and 8: the base backup of the page, its log, and the drill on another place; 9: the pooler's statements."""
    base = of_page("pg_basebackup -D /backup").replace("/backup", f"{followed.home}/backup")
    followed.typed(base)
    [copy] = (followed.home / "backup").glob("base-*")
    with psycopg.connect(typed.url, password=PASSWORD, autocommit=True) as boss:
        acts = boss.execute("SELECT count(*) FROM ld.act").fetchone()[0]
        moment = boss.execute("SELECT clock_timestamp()").fetchone()[0]
        time.sleep(0.2)
        boss.execute("CREATE TABLE public.later(n int)")
        boss.execute("SELECT pg_switch_wal()")
    for _ in range(300):
        if any((followed.home / "backup" / "wal").iterdir()):
            break
        time.sleep(0.1)
    followed.stop()
    drill = followed.home / "drill"
    shutil.copytree(copy, drill)
    for path in (drill, *drill.rglob("*")):
        os.chown(path, followed.user.pw_uid, followed.user.pw_gid)
    drill.chmod(0o700)
    port = _free_port()
    asked = of_page("restore_command").replace("/backup", f"{followed.home}/backup")
    with (drill / "postgresql.conf").open("a") as conf:
        conf.write(f"port={port}\n{asked}\n{of_page('recovery_target_time').replace('…', moment.isoformat())}\n")
    followed.typed(of_page("touch recovery.signal"), cwd=drill)
    followed.typed(f"pg_ctl -D {drill} -l {followed.home}/drill.log -w start")
    try:
        log = followed.home / "drill.log"
        for _ in range(300):
            if "pg_wal_replay_resume" in log.read_text():
                break
            time.sleep(0.1)
        followed.typed(f'psql -d postgres -c "{of_page("SELECT pg_wal_replay_resume")}"', port=port)
        for _ in range(300):
            if followed.typed('psql -At -d postgres -c "SELECT pg_is_in_recovery()"', port=port).strip() == "f":
                break
            time.sleep(0.1)
        os.environ["PGPORT"] = str(port)
        before = done(typed(of_page("liaison server status")))
        assert before["acts"] == acts
        again = done(typed(of_page("liaison server restored --reason").replace("…", "演练")))
        assert done(typed(of_page("liaison server status")))["leases_closed"], again
        assert done(typed(of_page("liaison server status")))["epoch"] != before["epoch"]
        done(typed(of_page("liaison server open-leases")))
        assert not done(typed(of_page("liaison server status")))["leases_closed"]
        with psycopg.connect(typed.url, password=PASSWORD, autocommit=True) as boss:
            assert boss.execute("SELECT to_regclass('public.later')").fetchone()[0] is None, "to the moment, not beyond"
            boss.execute(of_page("CREATE ROLE pooler").replace("…", "another"))
    finally:
        followed.typed(f"pg_ctl -D {drill} -m immediate -w stop")
        followed.start()
