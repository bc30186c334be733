"""``python -m tests.bench.sync.growing HOME``: a first synchronisation in a program of its own; prints what memory it took, in MB."""

import json
import re
import resource
import sys
from pathlib import Path

from liaison_app.desk.opening import open_desk
from liaison_app.sync import wire
from tests.bench.sync.pulling import READER
from tests.sync.seats import SECRET


def most():
    """Return the most memory that this program held (what getrusage says of it began with its parent's)."""
    said = Path("/proc/self/status")
    if not said.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.search(r"VmHWM:\s+(\d+)", said.read_text())[1]) / 1024


if __name__ == "__main__":
    desk = open_desk(Path(sys.argv[1]), person=READER, secret=SECRET)
    assert wire.Wire
    before = most()
    done = desk.sync()
    desk.close()
    told = {
        "before": before,
        "after": most(),
        "pulled": done.pulled,
        "beside": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }
    print(json.dumps(told))
