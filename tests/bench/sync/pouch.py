"""PouchDB 9 and pouchdb-server on the same entries as documents: the yardstick beside COPY and plain SQLite."""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import msgspec

DOCS = (
    "SELECT encode(e.data,'escape') AS data, e.stream, e.version, e.kind, a.id::text AS act, encode(a.header,'escape') AS header "
    "FROM ld.feed_item i JOIN ld.feed f ON f.id=i.feed JOIN ld.entry e ON e.no=i.entry JOIN ld.act a ON a.id=e.act "
    "WHERE f.name='body/COMMERCE' AND i.what='entry' ORDER BY i.pos"
)
"""What a first pull brings: an entry is a document."""
COLUMNS = ("data", "stream", "version", "kind", "act", "header")


class Pouch:
    """A node program that pushes, pulls and follows when it is told to."""

    def __init__(self, place, node, docs):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._program = subprocess.Popen(
            [node, Path(place) / "yard.js", docs, str(port)],
            cwd=place,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @classmethod
    def of(cls, district, folder):
        """Return one that holds the entries of a body's feed, None where node or its packages are missing."""
        place, node = os.environ.get("LIAISON_POUCH", ""), shutil.which("node")
        if not node or not (Path(place) / "node_modules" / "pouchdb").is_dir():
            return None
        docs = folder / "docs.jsonl"
        with docs.open("w", encoding="utf-8") as out:
            for i, row in enumerate(district.sql(DOCS)):
                out.write(json.dumps({"_id": f"{i:09d}", **dict(zip(COLUMNS, row, strict=True))}) + "\n")
        return cls(place, node, docs)

    def ask(self, what):
        """Tell it what to do; return what it answered."""
        self._program.stdin.write(what + "\n")
        self._program.stdin.flush()
        return msgspec.json.decode(self._program.stdout.readline())

    def pace(self, what):
        """Return how many documents a second it pushes or pulls."""
        told = self.ask(what)
        return told["docs"] / told["seconds"]

    def close(self):
        """End it."""
        self._program.stdin.close()
        self._program.wait(30)
