"""kill -9 at random moments of a real process: what was confirmed is there once, chains and projections agree."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from liaison_app.desk.opening import open_desk

CHILD = """
import sys
from pathlib import Path
from liaison_app.desk.opening import open_desk
desk = open_desk(Path(sys.argv[1]), person="p-zhoumin")
n = 0
while True:
    n += 1
    done = desk.act_from("new", "register", {"object": f"对象{n}", "content": "夜间噪声", "place": f"滨河路{n}号"})
    print(done.number, flush=True)
    desk.act_from(done.case, "note", {"text": "记一笔"})
"""


@pytest.mark.timeout(3600)
def test_confirmed_acts_survive_kill(home):
    dice = random.Random(7)
    confirmed = []
    rounds = int(os.environ.get("LIAISON_KILL_ROUNDS", "8"))
    for n in range(rounds):
        seen = len(confirmed)
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(home)], stdout=subprocess.PIPE, text=True)
        first = child.stdout.readline().strip()
        time.sleep(dice.random() * 0.15)
        child.send_signal(signal.SIGKILL)
        confirmed += [first, *child.stdout.read().split()]
        child.stdout.close()
        child.wait()
        desk = open_desk(home, person="p-zhoumin")
        try:
            last = n == rounds - 1
            for number in confirmed if last else confirmed[seen:]:
                assert desk.case(number).number == number
            if last or n < 8 or n % 20 == 0:  # the whole journal each time would make 200 rounds quadratic
                assert desk.verify().ok
                assert desk.rebuild(check=True).equal
        finally:
            desk.close()
    assert len(confirmed) == len(set(confirmed))
    assert len(confirmed) > 8
