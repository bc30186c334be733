"""First released schema, frozen as SQL: a later change of the tables is a later revision."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    "CREATE TABLE act ( pos INTEGER NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT, happened_at TEXT NOT NULL, recorded_at TEXT NOT NULL, header BLOB NOT NULL, open BLOB NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, tag BLOB NOT NULL, PRIMARY KEY (pos), UNIQUE (id), UNIQUE (device, seq) )",
    "CREATE INDEX act_case ON act (case_id)",
    "CREATE TABLE act_personal ( act_id TEXT NOT NULL, audience TEXT NOT NULL, salt BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY (act_id) )",
    "CREATE TABLE attachment ( act_id TEXT NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (act_id, piece) )",
    "CREATE TABLE case_row ( case_id TEXT NOT NULL, number TEXT NOT NULL, state TEXT NOT NULL, lead TEXT NOT NULL, first_receiver TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, town TEXT NOT NULL, medium TEXT NOT NULL, source TEXT NOT NULL, complainant TEXT NOT NULL, external_no TEXT NOT NULL, slip_no TEXT NOT NULL, registered_at TEXT NOT NULL, due_at TEXT, due_rule TEXT NOT NULL, due_status TEXT NOT NULL, late_after TEXT, handling TEXT NOT NULL, transfer TEXT NOT NULL, flags TEXT NOT NULL, missing TEXT NOT NULL, confidential TEXT NOT NULL, changed_at TEXT NOT NULL, PRIMARY KEY (case_id) )",
    "CREATE INDEX case_row_external ON case_row (external_no)",
    "CREATE INDEX case_row_number ON case_row (number)",
    "CREATE INDEX case_row_slip ON case_row (slip_no)",
    "CREATE TABLE clock_row ( case_id TEXT NOT NULL, matter INTEGER NOT NULL, rule TEXT NOT NULL, event TEXT NOT NULL, owner TEXT NOT NULL, start_at TEXT NOT NULL, due_at TEXT, late_after TEXT, status TEXT NOT NULL, met_at TEXT, state TEXT NOT NULL, PRIMARY KEY (case_id, matter, rule, event) )",
    "CREATE INDEX clock_row_open ON clock_row (owner, state, due_at)",
    "CREATE TABLE device ( id TEXT NOT NULL, person TEXT NOT NULL, body TEXT NOT NULL, seq INTEGER NOT NULL, head BLOB NOT NULL, PRIMARY KEY (id) )",
    "CREATE TABLE draft ( id TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT, saved_at TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (id) )",
    "CREATE INDEX draft_person ON draft (person)",
    "CREATE TABLE entry ( pos INTEGER NOT NULL, id TEXT NOT NULL, act_id TEXT NOT NULL, n INTEGER NOT NULL, stream TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (pos), UNIQUE (id), UNIQUE (stream, version) )",
    "CREATE INDEX entry_act ON entry (act_id)",
    "CREATE TABLE list_row ( body TEXT NOT NULL, list TEXT NOT NULL, sort TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (body, list, sort, case_id) ) WITHOUT ROWID",
    "CREATE INDEX list_row_case ON list_row (case_id)",
    'CREATE TABLE meta ( "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key") )',
    "CREATE TABLE number_counter ( body TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (body, kind, year) )",
    "CREATE TABLE paper_print ( pos INTEGER NOT NULL, case_id TEXT NOT NULL, kind TEXT NOT NULL, person TEXT NOT NULL, printed_at TEXT NOT NULL, PRIMARY KEY (pos) )",
    "CREATE INDEX paper_print_case ON paper_print (case_id, kind)",
    "CREATE TABLE search_doc ( doc INTEGER NOT NULL, case_id TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (doc), UNIQUE (case_id) )",
    'CREATE TABLE setting ( person TEXT NOT NULL, "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person, "key") )',
    'CREATE TABLE similar_key ( kind TEXT NOT NULL, "key" TEXT NOT NULL, case_id TEXT NOT NULL, open INTEGER NOT NULL, PRIMARY KEY (kind, "key", case_id) ) WITHOUT ROWID',
    "CREATE INDEX similar_key_case ON similar_key (case_id)",
    'CREATE TABLE source_key ( "key" TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY ("key") )',
    "CREATE TABLE stream ( name TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (name) )",
    "CREATE TABLE task_row ( id TEXT NOT NULL, body TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT NOT NULL, due_at TEXT, action TEXT NOT NULL, PRIMARY KEY (id) )",
    "CREATE INDEX task_row_body ON task_row (body, due_at)",
    "CREATE INDEX task_row_case ON task_row (case_id)",
    "CREATE VIRTUAL TABLE search_text USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
