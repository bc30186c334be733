"""What screens ask: keyset pages with an index for each; every statement stands in REGISTRY for the plan test."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from liaison_app.domain.text import SearchText, fold
from liaison_app.store.engine import fetched, marks, parts, written

COLUMNS: Final = (
    "case_id,number,state,lead,first_receiver,title,place,town,medium,source,complainant,external_no,slip_no,"
    "registered_at,due_at,due_rule,due_status,late_after,handling,transfer,flags,missing,confidential,changed_at,outer_at"
)
_C: Final = ",".join(f"c.{name}" for name in COLUMNS.split(","))

PAGE: Final = (
    f"SELECT l.sort,{_C} FROM list_row l CROSS JOIN case_row c ON c.case_id=l.case_id "
    "WHERE l.body=:body AND l.list=:list AND (l.sort,l.case_id)>(:sort,:case) AND l.sort<:until "
    "ORDER BY l.sort,l.case_id LIMIT :limit"
)
FILTERED: Final = PAGE.replace(
    "ORDER BY",
    "AND (:state='' OR c.state=:state) AND (:lead='' OR c.lead=:lead) AND (:medium='' OR c.medium=:medium) "
    "AND (:town='' OR c.town=:town) ORDER BY",
)
COUNT: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM list_row WHERE body=:body AND list=:list AND sort>=:sort AND sort<:until "
    "LIMIT 1000)"
)
_PAPERS: Final = "('paper-issued','paper-printed','paper-sealed','paper-voided','transfer-sent')"
PAPER_NUMBER: Final = (
    f"SELECT 1 FROM entry WHERE kind='paper-issued' AND kind IN {_PAPERS} AND instr(data,:words)>0 LIMIT 1"
)
PAPER_CASE: Final = f"SELECT stream FROM entry WHERE kind='paper-issued' AND kind IN {_PAPERS} AND instr(data,:words)>0 ORDER BY pos DESC LIMIT 1"
PAPERS: Final = (
    "SELECT e.stream,e.kind,e.data,a.person,a.body,a.happened_at,c.number FROM entry e CROSS JOIN act a ON a.id=e.act_id "
    "LEFT JOIN case_row c ON c.case_id=substr(e.stream,6) "
    f"WHERE e.kind IN {_PAPERS} AND e.kind=:kind ORDER BY e.pos DESC LIMIT :limit"
)
"""Acts on papers of one kind, newest first."""
SENT: Final = (
    "SELECT e.stream,a.happened_at,a.body FROM entry e CROSS JOIN act a ON a.id=e.act_id "
    f"WHERE e.kind IN {_PAPERS} AND e.kind='transfer-sent' ORDER BY e.pos DESC LIMIT :limit"
)
REGISTERED: Final = (
    "SELECT case_id FROM case_row WHERE registered_at>=:since AND registered_at<:until AND first_receiver=:body "
    "ORDER BY registered_at LIMIT :limit"
)
"""Cases that a body registered in a period."""
RECORD_PAPERS: Final = (
    "SELECT e.stream,e.data,a.body,a.happened_at,r.number FROM entry e CROSS JOIN act a ON a.id=e.act_id "
    "LEFT JOIN record_row r ON r.record_id=substr(e.stream,8) "
    "WHERE e.stream>='record/' AND e.stream<'record0' AND e.kind='record-stepped' AND instr(e.data,'issued-papers')>0 "
    "ORDER BY e.pos DESC LIMIT :limit"
)
"""Steps of records by which papers got a number or went out, newest first: read over the streams of records alone."""
ROW: Final = f"SELECT '',{_C} FROM case_row c WHERE c.case_id=:case"
BY_NUMBER: Final = "SELECT case_id FROM case_row WHERE number=:ref"
BY_SLIP: Final = "SELECT case_id FROM case_row WHERE slip_no=:ref"
BY_EXTERNAL: Final = "SELECT case_id FROM case_row WHERE external_no=:ref LIMIT 1"
CLOCKS: Final = (
    "SELECT matter,rule,event,owner,start_at,due_at,late_after,status,met_at,state FROM clock_row "
    "WHERE case_id=:case ORDER BY matter,rule,event"
)
TASKS: Final = (
    "SELECT t.id,t.kind,t.case_id,t.due_at,t.action,c.number,c.title,c.due_at,c.outer_at FROM task_row t "
    "CROSS JOIN case_row c ON c.case_id=t.case_id WHERE t.body=:body ORDER BY t.due_at LIMIT :limit"
)
DUE_INSIDE: Final = (
    "SELECT k.case_id,k.rule,k.event,k.due_at,c.number,c.title FROM clock_row k "
    "CROSS JOIN case_row c ON c.case_id=k.case_id WHERE k.owner=:body AND k.state='open' AND k.due_at>=:first "
    "AND k.due_at<:until ORDER BY k.due_at LIMIT :limit"
)
OTHERS_INSIDE: Final = (
    "SELECT k.case_id,k.rule,k.event,k.due_at,c.number,c.title,k.owner FROM clock_row k "
    "CROSS JOIN case_row c ON c.case_id=k.case_id WHERE k.owner IN (SELECT value FROM json_each(:owners)) AND k.state='open' "
    "AND k.due_at>=:first AND k.due_at<:until AND c.first_receiver=:body AND c.confidential='strict' LIMIT :limit"
)
"""Limits of others that the first receiver keeps with them: he alone knows the complainant (OFFICE C2)."""
LATE_OF: Final = (
    "SELECT k.case_id,k.rule,k.event,k.due_at,k.late_after,c.number,c.title,c.state,c.flags,"
    "(SELECT max(o.due_at) FROM clock_row o WHERE o.case_id=k.case_id AND o.matter=k.matter "
    "AND o.rule=json_extract(:outer,'$.\"'||k.rule||'\"') AND o.state='open') "
    "FROM clock_row k CROSS JOIN case_row c ON c.case_id=k.case_id WHERE k.owner=:body AND k.state='open' "
    "AND k.due_at<:now AND coalesce(k.late_after,k.due_at)<:now ORDER BY k.due_at LIMIT :limit"
)
RINGING: Final = (
    "SELECT t.case_id FROM task_row t CROSS JOIN case_row c ON c.case_id=t.case_id WHERE t.body=:body AND "
    "(c.handling='immediate' OR c.transfer='immediate' OR instr(c.flags,'\"designated\"')>0 OR t.action='designate') "
    "ORDER BY t.due_at LIMIT :limit"
)
SIMILAR: Final = "SELECT case_id FROM similar_key WHERE kind=:kind AND key=:key AND open=1 LIMIT 20"
PLACES: Final = (
    "SELECT case_id,place,registered_at FROM case_row WHERE case_id<:before ORDER BY case_id DESC LIMIT :limit"
)
"""Where the newest cases happened, by which places complained of again and again are found."""
LINKED: Final = (
    "SELECT s.case_id,c.number FROM similar_key s CROSS JOIN case_row c ON c.case_id=s.case_id "
    "WHERE s.kind=:kind AND s.key=:case ORDER BY s.case_id LIMIT 200"
)
SEARCH: Final = (
    f"SELECT s.doc,{_C} FROM search_text x CROSS JOIN search_doc s ON s.doc=x.rowid "
    "CROSS JOIN case_row c ON c.case_id=s.case_id WHERE search_text MATCH :match AND x.rowid<:before "
    "AND (:folded='' OR instr(s.folded,:folded)>0) AND (c.confidential<>'strict' OR c.first_receiver=:body) "
    "AND EXISTS(SELECT 1 FROM list_row l WHERE l.case_id=s.case_id AND l.body=:body) "
    "ORDER BY x.rowid DESC LIMIT :limit"
)
DUE_CASES: Final = "SELECT DISTINCT case_id FROM clock_row WHERE owner=:body AND state='open' AND due_at IS NOT NULL"
OPEN_VERSIONS: Final = (
    "SELECT o.case_id,(SELECT data FROM entry WHERE stream='case/'||o.case_id AND kind IN ('registered','brought-in','version-moved') "
    "ORDER BY version DESC LIMIT 1) FROM (SELECT DISTINCT case_id FROM list_row WHERE list='open') o"
)

_CHARGE: Final = "('handed-over','charge-received')"
CHARGES: Final = (
    "SELECT e.stream,e.kind,e.data,a.person,a.happened_at FROM entry e CROSS JOIN act a ON a.id=e.act_id "
    f"WHERE e.kind IN {_CHARGE} AND e.kind=:kind ORDER BY e.pos DESC LIMIT :limit"
)
"""What was handed over, or received, newest first."""
OPEN_CASES: Final = (
    "SELECT l.case_id,c.number,c.title,c.state,c.due_at,(SELECT a.person FROM entry e CROSS JOIN act a ON a.id=e.act_id "
    "WHERE e.stream='case/'||l.case_id AND a.body=:body ORDER BY e.version LIMIT 1) "
    "FROM list_row l CROSS JOIN case_row c ON c.case_id=l.case_id WHERE l.body=:body AND l.list='open' ORDER BY l.sort,l.case_id"
)
"""The open cases of a body, most pressing first, each with who of it acted on it first."""
HANDED: Final = (
    "SELECT l.case_id,e.data FROM list_row l CROSS JOIN entry e ON e.stream='case/'||l.case_id||'/'||:body "
    f"AND e.kind IN {_CHARGE} AND e.kind='handed-over' WHERE l.body=:body AND l.list='open' ORDER BY e.pos"
)

REGISTRY: Final = {
    "page": PAGE, "filtered": FILTERED, "count": COUNT, "row": ROW, "by_number": BY_NUMBER, "by_slip": BY_SLIP,
    "by_external": BY_EXTERNAL, "clocks": CLOCKS, "tasks": TASKS, "due_inside": DUE_INSIDE, "others_inside": OTHERS_INSIDE, "late_of": LATE_OF, "ringing": RINGING, "similar": SIMILAR,
    "linked": LINKED, "places": PLACES, "search": SEARCH, "papers": PAPERS, "paper_number": PAPER_NUMBER, "paper_case": PAPER_CASE, "sent": SENT, "charges": CHARGES,
}  # fmt: skip
"""Every statement behind a list a screen offers."""

END: Final = "\U0010ffff"


def rows(connection: Connection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement of this module."""
    return fetched(connection, statement, values)


FILTERS: Final = ("town", "lead", "state", "medium")
"""Columns by which a list can be filtered; of each value each list has a list of its own."""


def filtered_list(name: str, column: str, value: str) -> str:
    """Return the list of those cases of a list of which a column has a value: a filter reads an index, never the whole list."""
    return f"{name}:{column}={value}"


def narrowed(
    connection: Connection, body: str, name: str, given: dict[str, str], start: str = "", until: str = END
) -> tuple[str, dict[str, str]]:
    """Return the shortest of the lists that the filters name, and the filters that are left to be asked of its cases."""
    asked = [column for column in FILTERS if given.get(column)]
    if not asked:
        return name, given
    lists = {column: filtered_list(name, column, given[column]) for column in asked}
    best = (
        min(asked, key=lambda column: count(connection, body, lists[column], start, until))
        if len(asked) > 1
        else asked[0]
    )
    return lists[best], {**given, best: ""}


def page(
    connection: Connection, body: str, name: str, after: tuple[str, str] | None, limit: int, **more: Any
) -> list[tuple[Any, ...]]:
    """Return rows of a list after a key; ``more``: until, start, and filters state, lead, medium, town."""
    sort, case = after or (str(more.get("start", "")), "")
    given = {k: str(more.get(k) or "") for k in FILTERS}
    name, filters = narrowed(connection, body, name, given, str(more.get("start", "")), more.get("until") or END)
    values = {
        "body": body, "list": name, "sort": sort, "case": case, "until": more.get("until") or END, "limit": limit,
    }  # fmt: skip
    if any(filters.values()):
        return rows(connection, FILTERED, **values, **filters)
    return rows(connection, PAGE, **values)


def count(connection: Connection, body: str, name: str, start: str = "", until: str = END) -> int:
    """Return how many cases a list holds, 1,000 at the most."""
    return int(rows(connection, COUNT, body=body, list=name, sort=start, until=until)[0][0])


def find_case(connection: Connection, ref: str) -> str | None:
    """Return the case id for an id, number, slip number or foreign number."""
    if rows(connection, ROW, case=ref):
        return ref
    for statement in (BY_NUMBER, BY_SLIP, BY_EXTERNAL):
        found = rows(connection, statement, ref=ref)
        if ref and found:
            return str(found[0][0])
    return None


def case_of_paper(connection: Connection, number: str) -> str | None:
    """Return the case in which a paper got this number."""
    found = rows(connection, PAPER_CASE, words=f'"{number}"')
    return str(found[0][0]).split("/")[1] if found and str(found[0][0]).startswith("case/") else None


def search(
    connection: Connection, body: str, match: str, folded: str, before: int | None, limit: int
) -> list[tuple[Any, ...]]:
    """Return hits newest first; the first column is the key for the next page."""
    if not match:
        return []
    top = before if before is not None else 1 << 62
    return rows(connection, SEARCH, match=match, folded=folded, before=top, body=body, limit=limit)


def index_case(connection: Connection, texts: Sequence[SearchText]) -> None:
    """Put cases into the text index; one that stands there with the same text stays: its words are the same."""
    last = {text.case_id: (text, fold(text.text)) for text in texts}
    known: dict[str, int] = {}
    for part in parts(list(last)):
        rows = fetched(connection, f"SELECT case_id,doc,folded FROM search_doc WHERE case_id IN ({marks(part)})", part)
        for case, doc, folded in rows:
            if last[case][1] == folded:
                del last[case]
            else:
                known[case] = doc
    fresh = [case for case in last if case not in known]
    if known:
        written(
            connection, "UPDATE search_doc SET folded=? WHERE doc=?", [(last[c][1], doc) for c, doc in known.items()]
        )
        written(connection, "DELETE FROM search_text WHERE rowid=?", [(doc,) for doc in known.values()])
    if fresh:
        top = int(fetched(connection, "SELECT coalesce(max(doc),0) FROM search_doc", ())[0][0])
        known.update((case, top + n) for n, case in enumerate(fresh, 1))
        written(
            connection,
            "INSERT INTO search_doc(doc,case_id,folded) VALUES(?,?,?)",
            [(known[c], c, last[c][1]) for c in fresh],
        )
    if known:
        words = [(known[case], text.words(folded)) for case, (text, folded) in last.items()]
        written(connection, "INSERT INTO search_text(rowid,words) VALUES(?,?)", words)


def unindex(connection: Connection, case_ids: list[str]) -> None:
    """Take cases out of the text index."""
    for i in range(0, len(case_ids), 400):
        ids = tuple(case_ids[i : i + 400])
        docs = fetched(connection, f"SELECT doc FROM search_doc WHERE case_id IN ({','.join('?' * len(ids))})", ids)
        if docs:
            connection.exec_driver_sql("DELETE FROM search_text WHERE rowid=?", docs)
            connection.exec_driver_sql("DELETE FROM search_doc WHERE doc=?", docs)


def indexed(connection: Connection, case_ids: list[str]) -> set[str]:
    """Return those of some cases that stand in the text index."""
    found: set[str] = set()
    for i in range(0, len(case_ids), 400):
        ids = tuple(case_ids[i : i + 400])
        found |= {
            str(row[0])
            for row in fetched(
                connection, f"SELECT case_id FROM search_doc WHERE case_id IN ({','.join('?' * len(ids))})", ids
            )
        }
    return found


def unindexed(connection: Connection, limit: int) -> list[str]:
    """Return some cases that have rows but do not stand in the text index."""
    rows = fetched(
        connection,
        "SELECT c.case_id FROM case_row c LEFT JOIN search_doc d ON d.case_id=c.case_id WHERE d.doc IS NULL LIMIT ?",
        (limit,),
    )
    return [str(row[0]) for row in rows]
