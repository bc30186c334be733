"""An old home as archive: a file beside its replica says that its cases went to a district; from then on it is read only."""

import json
import os
from pathlib import Path
from typing import Final

FILE: Final = "archive.json"


def archived_for(home: Path) -> dict[str, str] | None:
    """Return for which district, body and desk a home is an archive, None when it is none."""
    try:
        found = json.loads((home / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def make_archive(home: Path, *, district: str, body: str, desk: str, at: str) -> None:
    """Make a home an archive; nothing happens when it is one. It is on the disk when this returns."""
    if (home / FILE).exists():
        return
    fresh = home / f"{FILE}.new"
    with fresh.open("wb") as out:
        said = {"district": district, "body": body, "desk": desk, "at": at}
        out.write(json.dumps(said, ensure_ascii=False).encode())
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(home / FILE)
