"""Figures as sums, kept up to date with the facts of cases; the desk adds them up when figures are asked for first."""

from alembic import op

revision = "0012"
down_revision = "0011"

STATEMENTS = (
    "CREATE TABLE count_turn ( case_id TEXT NOT NULL, turned TEXT NOT NULL, ripens TEXT, PRIMARY KEY (case_id) ) WITHOUT ROWID",
    "CREATE INDEX count_turn_turned ON count_turn (turned)",
    "CREATE INDEX count_turn_ripens ON count_turn (ripens) WHERE ripens IS NOT NULL",
    "CREATE TABLE count_cell ( span TEXT NOT NULL, n INTEGER NOT NULL, by TEXT NOT NULL, key TEXT NOT NULL, counts INTEGER NOT NULL, "
    "base INTEGER NOT NULL, running INTEGER NOT NULL, PRIMARY KEY (span, n, by, key) ) WITHOUT ROWID",
    "CREATE TABLE count_hit ( n INTEGER NOT NULL, month TEXT NOT NULL, case_id TEXT NOT NULL, until TEXT NOT NULL, counts INTEGER NOT NULL, "
    "department TEXT NOT NULL, town TEXT NOT NULL, category TEXT NOT NULL, channel TEXT NOT NULL, source TEXT NOT NULL, hour TEXT NOT NULL, "
    "own TEXT NOT NULL, PRIMARY KEY (n, month, case_id, until, counts, department, town, category, channel, source, hour, own) ) WITHOUT ROWID",
    "CREATE TABLE count_spot ( n INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, case_id TEXT NOT NULL, "
    "words TEXT NOT NULL, PRIMARY KEY (n, kind, key, at, case_id) ) WITHOUT ROWID",
    "CREATE TABLE count_place ( n INTEGER NOT NULL, span TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, cases INTEGER NOT NULL, "
    "mark INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (n, span, kind, key) ) WITHOUT ROWID",
    "DELETE FROM meta WHERE key LIKE 'tally.%'",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
