"""Slips on the desk: which were sent today, one as plain data and as .docx, and what goes by fax with its cover."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from sqlalchemy import Connection

from liaison_app.desk import paper_views
from liaison_app.desk.deciding import folded
from liaison_app.desk.faxing import COVER, Paper, faxed, is_fax, sender
from liaison_app.desk.paper_words import CaseWords
from liaison_app.desk.papers import SLIP, PaperCase, Renderer
from liaison_app.desk.record_papers import RecordPapers
from liaison_app.desk.slips import slip_from
from liaison_app.domain.case import Case
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import Slip
from liaison_app.store import desk_tables as small
from liaison_app.store import queries

MOST_SLIPS = 1000
"""The newest slips among which those of today are looked for."""


class SlipDesk(RecordPapers, ABC):
    """A desk that makes slips and faxes."""

    renderer: Renderer | None = None

    @abstractmethod
    def _words(self, connection: Connection, ref: str) -> tuple[CaseWords, Case]:
        """Return the words of a case and matter, with the case. Papers have it."""

    def slips_of_today(self) -> tuple[str, ...]:
        """Return the cases whose slips the own body sent today, in order of time."""
        day, body = stamp(self.now())[:10], self._person.body
        with self._replica.read() as connection:
            sent = queries.rows(connection, queries.SENT, limit=MOST_SLIPS)
        found = [
            str(stream).partition("/")[2] for stream, at, by in reversed(sent) if by == body and str(at)[:10] == day
        ]
        return tuple(dict.fromkeys(found))

    def paper_case(self, ref: str) -> PaperCase:
        """Return a case as folded, and how often its slip went out."""
        ref, n = self._split(ref)
        with self._replica.read() as connection:
            case_id = self._find(connection, ref)
            case = folded(self._happened(connection, case_id))
            of = next((t.id for t in reversed(case.transfers) if t.matter == n), "")
            legacy = small.prints(connection, case_id, SLIP) if n == 1 else 0
        printed = legacy + sum(
            p.printed for p in case.papers if p.kind == SLIP and (p.of == of or len(case.matters) == 1)
        )
        return PaperCase(case=case, printed=printed)

    def slip(self, ref: str) -> Slip:
        """Return the slip of a case as plain data. Raise RuleBroken ``no_transfer``."""
        printed = self.paper_case(ref).printed
        with self._replica.read() as connection:
            words, _ = self._words(connection, ref)
        document = next((d for d in words.rules.profile.documents if d.kind == SLIP), None)
        if document is None:
            raise RuleBroken("field_value", field="kind", value=SLIP)
        again = f"补打 第{printed + 1}次 {self.now():%Y-%m-%d} {self._person.name}" if printed else ""
        return slip_from(words, document, demo=words.rules.founding == "demo", reprint=again)

    def _slip_docx(self, refs: Sequence[str]) -> paper_views.PaperView:
        """Return a slip in three parts as .docx. Raise RuleBroken ``docx_one_paper``, ``renderer_missing``."""
        if self.renderer is None:
            raise RuleBroken("renderer_missing")
        if len(refs) > 1:
            raise RuleBroken("docx_one_paper")
        slip = self.slip(refs[0])
        return paper_views.PaperView(
            name=slip.number or slip.case_number, number=slip.number, pdf=self.renderer.slip_docx(slip), pages=0,
            fonts=(), missing_glyphs=(),
        )  # fmt: skip

    def with_covers(self, papers: Sequence[Paper], refs: Sequence[str]) -> list[Paper]:
        """Return what goes by fax with its covers 传真首页; papers of another style as they are.

        ``refs``: the cases of slips, whose covers say the number that was called.
        """
        renderer = self.renderer
        if renderer is None or not papers or not is_fax(papers[0].style):
            return list(papers)
        profile = self.rules.profile
        document = next((d for d in profile.documents if d.kind == COVER), None)
        known = sender(self._person, self.rules.post(self._person.body))

        def pages(paper: Paper) -> int:
            return renderer.official([paper]).pages

        if not refs:
            return faxed(papers, document, known, profile.meta.name, pages)
        made: list[Paper] = []
        for paper, ref in zip(papers, refs, strict=True):
            with self._replica.read() as connection:
                words, _ = self._words(connection, ref)
            made += faxed([paper], document, known, profile.meta.name, pages, words.told)
        return made

    @staticmethod
    def _split(ref: str) -> tuple[str, int]:
        """Return the case and the matter that a reference names: ``CASE/2``; the first where it names none."""
        case, slash, n = ref.rpartition("/")
        return (case, int(n)) if slash and n.isdecimal() else (ref, 1)

    def _case_of(self, connection: Connection, ref: str) -> str | None:
        return queries.find_case(connection, self._split(ref)[0])
