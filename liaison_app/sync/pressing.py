"""At the server: what compresses pages for slow lines (``schema/f8_packed.sql``) is made where PostgreSQL has it."""

import contextlib
from typing import Any, Final

import psycopg

FUNCTION: Final = "ld_press.pgp_sym_encrypt_bytea(bytea,text,text)"
"""Of ``pgcrypto``, which comes with the server's own packages, in a schema of its own."""


def make(connection: "psycopg.Connection[Any]") -> None:
    """Give the doors' owner, and nobody else, the function; where there is none, pages go as they are.

    An extension that lies elsewhere in this database is moved: it is a cluster of its own (docs/ADMIN.md).
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS ld_press")
    connection.execute("REVOKE ALL ON SCHEMA ld_press FROM PUBLIC, ld_desk, ld_newcomer")
    connection.execute("GRANT USAGE ON SCHEMA ld_press TO ld_door")
    with contextlib.suppress(psycopg.Error), connection.transaction():
        connection.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto SCHEMA ld_press")
        connection.execute("ALTER EXTENSION pgcrypto SET SCHEMA ld_press")
        connection.execute("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ld_press FROM PUBLIC, ld_desk, ld_newcomer")
        connection.execute(f"GRANT EXECUTE ON FUNCTION {FUNCTION} TO ld_door".encode())


def there(connection: "psycopg.Connection[Any]") -> bool:
    """Return whether pages can be compressed here."""
    row = connection.execute(
        "SELECT has_function_privilege('ld_door', to_regprocedure(%s)::oid, 'execute')", (FUNCTION,)
    ).fetchone()
    return bool(row and row[0])
