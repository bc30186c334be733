"""The tables of the replica. Journal tables only grow; projection tables are rebuilt from them to equal rows."""

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData()


def _text(name: str, *, key: bool = False, null: bool = False) -> "Column[str]":
    return Column(name, Text, primary_key=key, nullable=null)


meta = Table("meta", metadata, _text("key", key=True), _text("value"))
device = Table(
    "device", metadata, _text("id", key=True), _text("person"), _text("body"), Column("seq", Integer, nullable=False),
    Column("head", BLOB, nullable=False), Column("state", Text, nullable=False, server_default="open"),
)  # fmt: skip
stream = Table("stream", metadata, _text("name", key=True), Column("version", Integer, nullable=False))
act = Table(
    "act", metadata, Column("pos", Integer, primary_key=True), _text("id"), _text("device"),
    Column("seq", Integer, nullable=False), _text("person"), _text("body"), _text("kind"), _text("case_id", null=True),
    _text("happened_at"), _text("recorded_at"), Column("header", BLOB, nullable=False),
    Column("open", BLOB, nullable=False), Column("prev_hash", BLOB, nullable=False),
    Column("hash", BLOB, nullable=False), Column("tag", BLOB, nullable=False),
    Column("fate", Text, nullable=False, server_default="accepted"), UniqueConstraint("id"),
    Index("act_log", "device", "seq"), Index("act_case", "case_id"),
)  # fmt: skip
act_personal = Table(
    "act_personal", metadata, _text("act_id", key=True), _text("audience"), Column("salt", BLOB, nullable=False),
    Column("body", BLOB, nullable=False),
)  # fmt: skip
entry = Table(
    "entry", metadata, Column("pos", Integer, primary_key=True), _text("id"), _text("act_id"),
    Column("n", Integer, nullable=False), _text("stream"), Column("version", Integer, nullable=False), _text("kind"),
    Column("data", BLOB, nullable=False), Column("final", Integer, nullable=False, server_default="1"),
    UniqueConstraint("id"), UniqueConstraint("stream", "version"), Index("entry_act", "act_id"),
    Index("entry_provisional", "stream", sqlite_where=text("final=0")),
    Index("entry_paper", "kind", "pos", sqlite_where=text("kind IN ('paper-issued','paper-printed','paper-sealed','paper-voided','transfer-sent')")),
    Index("entry_charge", "kind", "pos", sqlite_where=text("kind IN ('handed-over','charge-received')")),
)  # fmt: skip
source_key = Table("source_key", metadata, _text("key", key=True), _text("case_id"))
number_counter = Table(
    "number_counter", metadata, _text("body", key=True), _text("kind", key=True),
    Column("year", Integer, primary_key=True), Column("last", Integer, nullable=False),
)  # fmt: skip
draft = Table(
    "draft", metadata, _text("id", key=True), _text("person"), _text("kind"), _text("case_id", null=True),
    _text("saved_at"), Column("sealed", BLOB, nullable=False), Index("draft_person", "person"),
)  # fmt: skip
setting = Table("setting", metadata, _text("person", key=True), _text("key", key=True), _text("value"))
attachment = Table(
    "attachment", metadata, _text("act_id", key=True), Column("piece", Integer, primary_key=True),
    Column("bytes", BLOB, nullable=False), Column("sent", Integer, nullable=False, server_default="0"),
)  # fmt: skip
paper_print = Table(
    "paper_print", metadata, Column("pos", Integer, primary_key=True), _text("case_id"), _text("kind"),
    _text("person"), _text("printed_at"), Index("paper_print_case", "case_id", "kind"),
)  # fmt: skip
search_doc = Table(
    "search_doc", metadata, Column("doc", Integer, primary_key=True), _text("case_id"), _text("folded"),
    UniqueConstraint("case_id"),
)  # fmt: skip

checkpoint = Table(
    "checkpoint", metadata, _text("feed", key=True), Column("pos", Integer, nullable=False),
    Column("chain", BLOB, nullable=False), Column("head", Integer, nullable=False), _text("epoch"),
)  # fmt: skip
feed_item = Table(
    "feed_item", metadata, _text("feed", key=True), Column("pos", Integer, primary_key=True), _text("what"),
    _text("ref"), _text("entry_id", null=True), Column("chain", BLOB, nullable=False), Column("data", BLOB),
    sqlite_with_rowid=False,
)  # fmt: skip
outbox = Table(
    "outbox", metadata, _text("act_id", key=True), _text("state"), _text("claims"), _text("since"),
    Column("tries", Integer, nullable=False, server_default="0"), _text("why"),
)  # fmt: skip
conflict_item = Table(
    "conflict_item", metadata, _text("act_id", key=True), _text("case_id", null=True), _text("code"), _text("facts"),
    Column("upto", Integer, nullable=False), _text("found_at"), _text("resolution"), _text("reason"),
    _text("resolved_at", null=True), Index("conflict_item_case", "case_id"),
)  # fmt: skip
number_lease = Table(
    "number_lease", metadata, _text("request", key=True), _text("body"), _text("kind"),
    Column("year", Integer, nullable=False), Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False), Column("next", Integer, nullable=False),
    Index("number_lease_kind", "body", "kind", "year"),
)  # fmt: skip
number_use = Table(
    "number_use", metadata, _text("act_id", key=True), Column("n", Integer, primary_key=True), _text("kind"),
    _text("number"),
)  # fmt: skip
wanted = Table("wanted", metadata, _text("act_id", key=True), Column("size", Integer, nullable=False), _text("sha256"))

case_row = Table(
    "case_row", metadata, _text("case_id", key=True), _text("number"), _text("state"), _text("lead"),
    _text("first_receiver"), _text("title"), _text("place"), _text("town"), _text("medium"), _text("source"),
    _text("complainant"), _text("external_no"), _text("slip_no"), _text("registered_at"), _text("due_at", null=True),
    _text("due_rule"), _text("due_status"), _text("late_after", null=True), _text("handling"), _text("transfer"),
    _text("flags"), _text("missing"), _text("confidential"), _text("changed_at"), _text("outer_at", null=True), Index("case_row_number", "number"),
    Index("case_row_slip", "slip_no"), Index("case_row_external", "external_no"),
    Index("case_row_by_number", "number", "case_id"), Index("case_row_by_title", "title", "case_id"),
    Index("case_row_by_lead", "lead", "case_id"), Index("case_row_by_town", "town", "case_id"),
    Index("case_row_by_complainant", "complainant", "case_id"), Index("case_row_by_registered", "registered_at", "case_id"),
    Index("case_row_by_first", "first_receiver", "case_id"), Index("case_row_by_due", text("coalesce(due_at,'9999')"), "case_id"),
)  # fmt: skip
list_row = Table(
    "list_row", metadata, _text("body", key=True), _text("list", key=True), _text("sort", key=True),
    _text("case_id", key=True), Index("list_row_case", "case_id"), sqlite_with_rowid=False,
)  # fmt: skip
clock_row = Table(
    "clock_row", metadata, _text("case_id", key=True), Column("matter", Integer, primary_key=True),
    _text("rule", key=True), _text("event", key=True), _text("owner", key=True), _text("start_at"), _text("due_at", null=True),
    _text("late_after", null=True), _text("status"), _text("met_at", null=True), _text("state"),
    Index("clock_row_open", "owner", "state", "due_at"),
)  # fmt: skip
task_row = Table(
    "task_row", metadata, _text("id", key=True), _text("body"), _text("kind"), _text("case_id"),
    _text("due_at", null=True), _text("action"), Index("task_row_body", "body", "due_at"),
    Index("task_row_case", "case_id"),
)  # fmt: skip
similar_key = Table(
    "similar_key", metadata, _text("kind", key=True), _text("key", key=True), _text("case_id", key=True),
    Column("open", Integer, nullable=False), Index("similar_key_case", "case_id"), sqlite_with_rowid=False,
)  # fmt: skip
count_row = Table(
    "count_row", metadata, _text("case_id", key=True), _text("since"), _text("until"),
    Column("facts", BLOB, nullable=False), Index("count_row_until", "until"),
)  # fmt: skip
count_turn = Table(
    "count_turn", metadata, _text("case_id", key=True), _text("turned"), _text("ripens", null=True),
    Index("count_turn_turned", "turned"), Index("count_turn_ripens", "ripens", sqlite_where=text("ripens IS NOT NULL")),
    sqlite_with_rowid=False,
)  # fmt: skip
count_cell = Table(
    "count_cell", metadata, _text("span", key=True), Column("n", Integer, primary_key=True), _text("by", key=True),
    _text("key", key=True), Column("counts", Integer, nullable=False), Column("base", Integer, nullable=False),
    Column("running", Integer, nullable=False), sqlite_with_rowid=False,
)  # fmt: skip
count_hit = Table(
    "count_hit", metadata, Column("n", Integer, primary_key=True), _text("month", key=True), _text("case_id", key=True),
    _text("until", key=True), Column("counts", Integer, primary_key=True), _text("department", key=True), _text("town", key=True),
    _text("category", key=True), _text("channel", key=True), _text("source", key=True), _text("hour", key=True),
    _text("own", key=True), sqlite_with_rowid=False,
)  # fmt: skip
count_spot = Table(
    "count_spot", metadata, Column("n", Integer, primary_key=True), _text("kind", key=True), _text("key", key=True),
    _text("at", key=True), _text("case_id", key=True), _text("words"), sqlite_with_rowid=False,
)  # fmt: skip
count_place = Table(
    "count_place", metadata, Column("n", Integer, primary_key=True), _text("span", key=True), _text("kind", key=True),
    _text("key", key=True), Column("cases", Integer, nullable=False), Column("mark", Integer, nullable=False), _text("words"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Figures as sums, kept up to date with :data:`count_row`; made anew from it when formulas change (:mod:`store.tallies`)."""

record_row = Table(
    "record_row", metadata, _text("record_id", key=True), _text("kind"), _text("number"), _text("body"), _text("state"),
    _text("title"), _text("period"), _text("opened_at"), _text("due_at", null=True), _text("late_after", null=True),
    _text("due_rule"), _text("ended"), _text("changed_at"), Index("record_row_number", "number"),
)  # fmt: skip
record_list_row = Table(
    "record_list_row", metadata, _text("body", key=True), _text("list", key=True), _text("sort", key=True),
    _text("record_id", key=True), Index("record_list_row_record", "record_id"), sqlite_with_rowid=False,
)  # fmt: skip
record_clock_row = Table(
    "record_clock_row", metadata, _text("record_id", key=True), _text("rule", key=True), _text("event", key=True),
    Column("line", Integer, primary_key=True), _text("owner"), _text("start_at"), _text("due_at", null=True),
    _text("late_after", null=True), _text("status"), _text("met_at", null=True), _text("state"),
)  # fmt: skip
record_task_row = Table(
    "record_task_row", metadata, _text("id", key=True), _text("body"), _text("record_id"), _text("step"),
    Column("line", Integer, nullable=False), _text("due_at", null=True), Index("record_task_row_body", "body", "due_at"),
    Index("record_task_row_record", "record_id"),
)  # fmt: skip
record_period_row = Table(
    "record_period_row", metadata, _text("kind", key=True), _text("body", key=True), _text("period", key=True),
    _text("record_id", key=True), _text("met_at"), _text("until"), Index("record_period_row_record", "record_id"),
    sqlite_with_rowid=False,
)  # fmt: skip
record_place_row = Table(
    "record_place_row", metadata, _text("record_id", key=True), _text("until"), _text("since"), _text("place"),
    _text("object"), Index("record_place_row_until", "until"),
)  # fmt: skip

RECORD_PROJECTIONS = (
    record_row, record_list_row, record_clock_row, record_task_row, record_period_row, record_place_row,
)  # fmt: skip
"""What the ledger 台账 shows; rebuilt from the streams of its records."""

TALLIES = (count_turn, count_cell, count_hit, count_spot, count_place)
"""Sums over the facts in ``count_row``; they follow from it and from the formulas of the profile."""

PROJECTIONS = (case_row, list_row, clock_row, task_row, similar_key, count_row)
"""Tables that hold nothing which the journal does not say."""

SEARCH_SQL = (
    "CREATE VIRTUAL TABLE search_text USING fts5(words, content='', contentless_delete=1, detail=none, "
    "tokenize='unicode61 remove_diacritics 0')"
)
