"""What a desk keeps of the shared database: fates, provisional entries, feeds, outbox, conflicts, leased numbers."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE device ADD COLUMN state TEXT DEFAULT 'open' NOT NULL",
    "ALTER TABLE act ADD COLUMN fate TEXT DEFAULT 'accepted' NOT NULL",
    "ALTER TABLE entry ADD COLUMN final INTEGER DEFAULT '1' NOT NULL",
    "CREATE INDEX entry_provisional ON entry (stream) WHERE final=0",
    "ALTER TABLE attachment ADD COLUMN sent INTEGER DEFAULT '0' NOT NULL",
    "CREATE TABLE checkpoint ( feed TEXT NOT NULL, pos INTEGER NOT NULL, chain BLOB NOT NULL, head INTEGER NOT NULL, epoch TEXT NOT NULL, PRIMARY KEY (feed) )",
    "CREATE TABLE feed_item ( feed TEXT NOT NULL, pos INTEGER NOT NULL, what TEXT NOT NULL, ref TEXT NOT NULL, entry_id TEXT, chain BLOB NOT NULL, data BLOB, PRIMARY KEY (feed, pos) ) WITHOUT ROWID",
    "CREATE INDEX feed_item_entry ON feed_item (entry_id)",
    "CREATE TABLE outbox ( act_id TEXT NOT NULL, state TEXT NOT NULL, claims TEXT NOT NULL, since TEXT NOT NULL, tries INTEGER DEFAULT '0' NOT NULL, why TEXT NOT NULL, PRIMARY KEY (act_id) )",
    "CREATE TABLE conflict_item ( act_id TEXT NOT NULL, case_id TEXT, code TEXT NOT NULL, facts TEXT NOT NULL, upto INTEGER NOT NULL, found_at TEXT NOT NULL, resolution TEXT NOT NULL, reason TEXT NOT NULL, resolved_at TEXT, PRIMARY KEY (act_id) )",
    "CREATE INDEX conflict_item_case ON conflict_item (case_id)",
    "CREATE TABLE number_lease ( request TEXT NOT NULL, body TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (request) )",
    "CREATE INDEX number_lease_kind ON number_lease (body, kind, year)",
    "CREATE TABLE number_use ( act_id TEXT NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (act_id, n) )",
    "CREATE TABLE wanted ( act_id TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (act_id) )",
)


def upgrade() -> None:
    """Add to what is there; every act so far stands, every entry so far is final."""
    for statement in STATEMENTS:
        op.execute(statement)
