"""The administrator announces a newer version of the program: every desk hears it with the feed of the district."""

import uuid
from typing import Any, Final

import msgspec
from psycopg.types.json import Jsonb

from liaison_app.domain.errors import RuleBroken
from liaison_app.sync.releases import Release, is_version
from liaison_app.sync.server import Connection, as_tables, mark, status

LONGEST: Final = 500
"""Signs that the words of an announcement may have."""


def announce(connection: Connection, version: str, where: str = "", notes: str = "") -> dict[str, Any]:
    """Tell all desks which version there is and where; an empty version takes back what was told.

    Nothing is installed by it. Desks of before pass it over. Raises RuleBroken ``release_form``, ``field_value``.
    """
    status(connection)
    if version and not is_version(version):
        raise RuleBroken("release_form", field="version", value=version)
    for field, words in (("where", where), ("notes", notes)):
        if len(words) > LONGEST:
            raise RuleBroken("field_value", field=field, value=f"{words[:20]}…")
    told = Release(version, where.strip(), notes.strip())
    with as_tables(connection):
        connection.execute("UPDATE ld.server SET release=%s", (Jsonb(msgspec.to_builtins(told)) if version else None,))
        mark(connection, "district", "release", uuid.uuid4(), msgspec.json.encode(told))
    return {"announced": msgspec.to_builtins(told) if version else None}
