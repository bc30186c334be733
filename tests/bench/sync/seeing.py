"""``python -m tests.bench.sync.seeing HOME``: a desk that follows; prints the moment (monotonic, ns) at which rows changed."""

import sys
import time
from pathlib import Path

from liaison_app.desk.opening import open_desk
from tests.sync.seats import SECRET

FOLLOWER = "p-gaoyuan"
"""Of a body that reads its own cases only: an act comes to it once."""

if __name__ == "__main__":
    desk = open_desk(Path(sys.argv[1]), person=FOLLOWER, secret=SECRET)
    desk.subscribe(lambda cases: print(time.monotonic_ns(), flush=True))
    watcher = desk.watcher(told=lambda done, error: None if ready else [ready.append(1), print(0, flush=True)])
    ready: list[int] = []
    watcher.start()
    sys.stdin.read()
    watcher.stop()
    desk.close()
