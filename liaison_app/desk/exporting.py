"""What leaves the desk as a file or item by item: lists, the office's own form, the calendar of due dates, the items of a case."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from liaison_app.desk import views, workbooks
from liaison_app.desk.deciding import folded
from liaison_app.desk.offering import Offering
from liaison_app.domain import handling_events as he
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import china, stamp
from liaison_app.domain.text import clean
from liaison_app.store import queries
from liaison_app.words import labels

MOST: Final = 20_000
"""So many rows of a list are exported at the most."""
AT_ONCE: Final = 200
"""Cases of which one transaction writes down that their data left: other work goes on in between."""
IN_FORM: Final = 2_000
"""So many cases are written into a form at once."""
AHEAD: Final = timedelta(days=400)
BACK: Final = timedelta(days=60)


class Exporting(Offering):
    """A desk that gives what is shown to other programs."""

    def every_row(self, name: str, *, search: str = "", **look: Any) -> tuple[views.RowView, ...]:
        """Return all rows of a list as it is looked at. Raise RuleBroken ``list_too_long`` beyond 20,000."""
        found: list[views.RowView] = []
        after: str | None = None
        while True:
            page = self.page(name, after=after, limit=500, search=search, **look)
            found += page.items
            after = page.next
            if after is None:
                return tuple(found)
            if len(found) > MOST:
                raise RuleBroken("list_too_long", most=MOST)

    def case_items(self, ref: str) -> dict[str, str]:
        """Return the items of a case by code, as the forms of other systems ask for them; what is masked is left out."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref), shown=True)
        case, lang = folded(happened), self.lang
        show = self._show(case=case)
        personal = {} if self._masked(case) else case.personal
        matters = show.matters(case)
        visits = [h.stamped.event for h in happened if isinstance(h.stamped.event, he.Investigated)]
        sent = [h for h in happened if isinstance(h.stamped.event, he.ReplySent)]
        fed = [h.stamped.event for h in happened if isinstance(h.stamped.event, he.FedBack)]
        row = self.rows([case.id])
        rating = next((e.rating for e in reversed(fed) if e.rating), "")
        items = {
            "number": case.number, "external_no": case.external_no, "received_at": _minute(case.received_at),
            "channel": labels.choice("channel", case.channel, lang),
            "complainant_name": f"{personal.get('complainant_name', '')}{personal.get('salutation', '')}",
            "contact": personal.get("contact", ""), "complainant_address": personal.get("complainant_address", ""),
            "object": case.object, "place": case.place, "town": case.town,
            "content": personal.get("content", "") or personal.get("record", ""),
            "first_receiver": show.body(case.first_receiver), "lead": labels.listed(dict.fromkeys(m.lead_name for m in matters), lang),
            "state": labels.listed(dict.fromkeys(m.state_name for m in matters), lang),
            "due": _minute(row[0].due or "") if row else "", "findings": "\n".join(v.findings for v in visits),
            "result": fed[-1].result if fed else "", "replied_at": _minute(sent[-1].happened_at) if sent else "",
            "rating": labels.choice("feedback-rating", rating, lang) if rating else "",
        }  # fmt: skip
        return {code: clean(value) for code, value in items.items() if value}

    def taken_out(self, refs: Sequence[str], what: str, about: str = "") -> None:
        """Write down that personal data of cases leave the desk now: who, what, when; called before they do.

        A case of a version whose table does not know the act gets an inner note of the same words. Raises RuleBroken
        when the person may write neither: then nothing leaves.
        """
        told: set[str] = set()
        for at in range(0, len(refs), AT_ONCE):
            with self._replica.write() as connection:
                for ref in dict.fromkeys(refs[at : at + AT_ONCE]):
                    case = self._find(connection, ref)
                    try:
                        with connection.begin_nested():
                            self._decide_all(
                                connection, [(case, self._command(ref, "take-out", {"what": what, "about": about}))]
                            )
                    except RuleBroken:
                        said = labels.choice("take-out-what", what, "zh_CN")
                        self._decide_all(
                            connection, [(case, self._command(ref, "note", {"text": f"〔取出留痕〕{said}"}))]
                        )
                    told.add(case)
        self.log.note("taken-out", action=what, done=len(told))
        self._tell(told)

    @staticmethod
    def workbook(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
        """Return what a list shows as a workbook."""
        return workbooks.table(title, heads, rows)

    def own_form(self, content: bytes, refs: Sequence[str]) -> tuple[bytes, tuple[str, ...], tuple[str, ...]]:
        """Return the office's own form 台账 filled with cases (OFFICE C9), the headings filled, and those nobody knows."""
        if len(refs) > IN_FORM:
            raise RuleBroken("list_too_long", most=IN_FORM)
        return workbooks.fill(content, [self.case_items(ref) for ref in refs])

    def due_calendar(self) -> bytes:
        """Return the due dates of the own body as a calendar file .ics: no word of or about a citizen stands in it."""
        now = self.now()
        named = {(d.rule, d.event): (d.zh, d.en) for d in self.rules.profile.deadlines}
        with self._replica.read() as connection:
            found = queries.rows(
                connection, queries.DUE_INSIDE, body=self._person.body, first=stamp(now - BACK), until=stamp(now + AHEAD),
                limit=5_000,
            )  # fmt: skip
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Liaison Desk//Due dates//ZH",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
        ]
        for case, rule, event, due, number, _title in found:
            label = labels.pick(named.get((rule, event), (rule, rule)), self.lang)
            lines += _event(f"{case}-{rule}-{event}", china(str(due)), f"{label} {number}", now)
        return "".join(f"{folded_}\r\n" for line in [*lines, "END:VCALENDAR"] for folded_ in _folded(line)).encode()


def _event(name: str, due: datetime, summary: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_plain(name)}@liaison-desk"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if (due.hour, due.minute) == (23, 59):
        day: date = due.date()
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}"
    else:
        yield f"DTSTART:{due.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTEND:{due.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{_plain(summary)}"
    yield from ("TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_plain(summary)}")
    yield from ("TRIGGER:-P1D", "END:VALARM", "END:VEVENT")


def _plain(text: str) -> str:
    """Return text as RFC 5545 wants it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, never inside a character (RFC 5545 3.1)."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > 74:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part


def _minute(text: str) -> str:
    return text[:16].replace("T", " ")
