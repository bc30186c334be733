"""Two acts may claim one place in a device log (a copied desk): both are kept, neither overwrites the other."""

from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = "pos,id,device,seq,person,body,kind,case_id,happened_at,recorded_at,header,open,prev_hash,hash,tag,fate"
STATEMENTS = (
    "DROP INDEX act_case",
    "ALTER TABLE act RENAME TO act_0003",
    "CREATE TABLE act ( pos INTEGER NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT, happened_at TEXT NOT NULL, recorded_at TEXT NOT NULL, header BLOB NOT NULL, open BLOB NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, tag BLOB NOT NULL, fate TEXT DEFAULT 'accepted' NOT NULL, PRIMARY KEY (pos), UNIQUE (id) )",
    f"INSERT INTO act({COLUMNS}) SELECT {COLUMNS} FROM act_0003 ORDER BY pos",
    "DROP TABLE act_0003",
    "CREATE INDEX act_case ON act (case_id)",
    "CREATE INDEX act_log ON act (device, seq)",
)


def upgrade() -> None:
    """Make the table anew without the uniqueness of (device, seq)."""
    for statement in STATEMENTS:
        op.execute(statement)
