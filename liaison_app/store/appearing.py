"""A new home appears whole or not at all: it is filled in a folder beside its place and moved in when everything is on the disk."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liaison_app.security.keys import settle_folder
from liaison_app.store.engine import FILE

HALF = "not-yet-founded"


@contextmanager
def appearing(home: Path) -> Iterator[Path]:
    """Give the folder to fill; after a full disk, a kill or a power cut in between ``home`` is as empty as before.

    The replica is moved last: a home is founded when it is there. Raises OSError.
    """
    half = home / HALF
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        yield half
        made = sorted((p for p in half.iterdir() if p.name != "desk.lock"), key=lambda p: p.name == FILE)
        for part in made:
            with part.open("rb") as file:
                os.fsync(file.fileno())
        for part in made:
            part.replace(home / part.name)
        settle_folder(home)
    finally:
        shutil.rmtree(half, ignore_errors=True)
