"""台账 that leave the desk as a workbook: what they say about people leaves with an entry in each record, or stays (COM-04)."""

from collections.abc import Callable
from typing import Final

from liaison_app.desk import ledger_views as lv
from liaison_app.desk import workbooks
from liaison_app.desk.ledger_book import record_grids
from liaison_app.desk.record_papers import RecordPapers
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.ledger import LedgerRecord
from liaison_app.domain.ledger_commands import StepRecord
from liaison_app.domain.ledger_kinds import PAPER_STEP, PAPERS
from liaison_app.domain.moments import stamp
from liaison_app.mechanism.kinds import has_paper

MOST_IN_BOOK: Final = 20_000
"""Records of one kind that a workbook takes, the newest."""
AT_ONCE: Final = 100
"""Records into which one transaction writes that their words left: other work goes on in between."""
TO: Final = "台账导出（.xlsx）"


class RecordsOut(RecordPapers):
    """A desk whose records leave as a workbook."""

    def records_out(self, kind_id: str, write: Callable[[bytes], object]) -> None:
        """Write the records of a kind that the own body reads as a workbook, with a sheet for each table of lines.

        Words about people leave only with an entry in the record that says who took them and when, made before they do; a
        record that keeps no such entries (its kind has no papers, it was replaced) leaves them out. Raises RuleBroken
        ``record_kind_unknown`` or what ``write`` raises.
        """
        kind = self._kinds().get(kind_id)
        if kind is None:
            raise RuleBroken("record_kind_unknown", field="kind", value=kind_id, known=sorted(self._kinds()))
        records = self._all_of(kind_id)
        personal = [record.id for _, record in records if any(record.personal.values())]
        told: set[str] = set()
        for at in range(0, len(personal), AT_ONCE):
            told |= self._told_out(personal[at : at + AT_ONCE])
        self.log.note("taken-out", action="records", done=len(told))
        if told:
            self._tell(told)
        write(workbooks.book(record_grids(self._ledger(), kind, records, told)))

    def _all_of(self, kind_id: str) -> list[tuple[lv.RecordRowView, LedgerRecord]]:
        found: list[lv.RecordRowView] = []
        after: str | None = None
        while len(found) < MOST_IN_BOOK:
            page = self.records(f"kind:{kind_id}", after=after, limit=500)
            found += page.items
            after = page.next
            if after is None:
                break
        with self._replica.read() as connection:
            return [
                (row, self._folded_record(self._record_happened(connection, row.record_id))[0])
                for row in sorted(found, key=lambda r: (r.opened_at, len(r.number), r.number))
            ]

    def _told_out(self, refs: list[str]) -> set[str]:
        """Write into records that their words leave now; return those that keep it."""
        told: set[str] = set()
        with self._replica.write() as connection:
            for ref in refs:
                words = self._record_words(connection, ref)
                paper = next((d.kind for d in words.rules.profile.documents if has_paper(d, words.kind)), "")
                if not paper or words.kind.table(PAPERS) is None or words.record.replaced:
                    continue
                line = {
                    "paper": paper,
                    "way": "saved",
                    "to": TO,
                    "at": stamp(self.now()),
                    "by": self._person.name,
                    "copies": 0,
                }
                try:
                    with connection.begin_nested():
                        self._decide_record(connection, ref, StepRecord(step=PAPER_STEP, lines={PAPERS: [line]}))
                except RuleBroken:
                    continue
                told.add(ref)
        return told
