"""Files of a case 附件 at the desk: attached together, listed, opened with their fingerprint checked, recognised."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from liaison_app.desk import views
from liaison_app.desk.deciding import folded
from liaison_app.desk.file_views import FilesView, FileView, NewFile, RecognisedView, SiteVisitView
from liaison_app.desk.offering import Offering
from liaison_app.desk.record_papers import RecordPapers
from liaison_app.domain import commands as cmd
from liaison_app.domain import events as ev
from liaison_app.domain import handling_events as he
from liaison_app.domain.case import Case, Happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import LARGEST, ROOM, FileKind, kind_of, plain_name
from liaison_app.domain.paper_code import PaperCode, codes_in
from liaison_app.domain.text import clean
from liaison_app.intake.pictures import codes_of_picture
from liaison_app.store import desk_tables as small
from liaison_app.store import journal, queries
from liaison_app.words import labels

SCAN: Final = "sealed"
"""What a file is that is the sealed paper come back (OFFICE A6)."""
NUMBER: Final = re.compile(r"[\w　-鿿]{2,20}〔\d{4}〕\s?第?\d+号")
"""A number of ours or of an office, as it stands on a paper."""


class Attaching(Offering, RecordPapers):
    """A desk that keeps files with its cases."""

    def attach_file(self, ref: str, name: str, content: bytes, what: str = "", *, paper: str = "") -> views.Outcome:
        """Attach one file; ``paper``: the number of which it is the sealed scan."""
        return self.attach_files(ref, [NewFile(name=name, content=content, what=what, paper=paper)])[0]

    def attach_files(self, ref: str, found: Sequence[NewFile]) -> tuple[views.Outcome, ...]:
        """Attach files in one transaction, all or none: size and hash stand in the acts, the bytes in pieces beside them.

        Raises RuleBroken ``attachment_empty``, ``file_too_large``, ``files_too_large`` or what the guards refuse.
        """
        commands = [
            cmd.Attach(
                name=plain_name(one.name), size=len(one.content), sha256=journal.file_hash(one.content), what=one.what,
                paper=one.paper, about=one.about,
            )
            for one in found
        ]  # fmt: skip
        with self._replica.write() as connection:
            case_id = self._find(connection, ref)
            held = sum(e.size for _, e in _attached(self._happened(connection, case_id)))
            if held + sum(c.size for c in commands) > ROOM:
                raise RuleBroken("files_too_large", megabytes=held // 2**20, most=ROOM // 2**20)
            outcomes = []
            for one, command in zip(found, commands, strict=True):
                outcomes += self._decide_all(connection, [(case_id, command)])
                small.put_pieces(connection, outcomes[-1].act, one.content)
        self.log.note("acts", action="attach", done=len(outcomes), refused=0)
        self._remember("attach", commands, outcomes)
        self._tell({case_id})
        return tuple(outcomes)

    def files(self, ref: str) -> FilesView:
        """Return the files and the site visits of a case, and how much more may be attached."""
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref))
            case = folded(happened)
            masked = self._masked(case)
            listed = () if masked else tuple(self._listed_files(connection, case, happened))
        held = sum(e.size for _, e in _attached(happened))
        offered = self._refusal(case, case.matters[0], "attach") is None
        return FilesView(
            files=listed, visits=() if masked else tuple(self._visits(case, happened, listed)), largest=LARGEST,
            left=max(ROOM - held, 0), masked=masked, can_attach=offered,
        )  # fmt: skip

    def file(self, ref: str, act: str) -> tuple[FileView, bytes]:
        """Return a file as it was attached, its fingerprint checked.

        Raises RuleBroken ``file_unknown``, ``file_masked``, ``file_pending``, ``file_damaged``.
        """
        with self._replica.read() as connection:
            happened = self._happened(connection, self._find(connection, ref))
            case = folded(happened)
            if self._masked(case):
                raise RuleBroken("file_masked")
            found = next((v for v in self._listed_files(connection, case, happened) if v.act_id == act), None)
            if found is None:
                raise RuleBroken("file_unknown")
            if not found.here:
                raise RuleBroken("file_pending", name=found.name)
            content = small.pieces(connection, act)
        if journal.file_hash(content) != found.sha256:
            raise RuleBroken("file_damaged", name=found.name)
        return found, content

    def recognise(self, words: Sequence[str], pictures: Sequence[bytes] = ()) -> tuple[RecognisedView, ...]:
        """Return our papers of which pictures (by their QR) and the words of a PDF (its keywords first) speak.

        Raises RuleBroken ``code_wrong`` for a code whose check digits do not fit.
        """
        read = [text for picture in pictures for text in codes_of_picture(picture)]
        found: dict[tuple[str, str], RecognisedView] = {}
        with self._replica.read() as connection:
            for text in (*read, *words):
                for code in _said(text):
                    case_id = queries.find_case(connection, code.ref) or queries.case_of_paper(connection, code.ref)
                    one = (
                        self._recognised(connection, case_id, code)
                        if case_id
                        else self._recognised_record(connection, code)
                    )
                    if one is not None:
                        found.setdefault((one.case_id or one.record_id, one.number), one)
        return tuple(found.values())

    def _recognised(self, connection: Connection, case_id: str, code: PaperCode) -> RecognisedView | None:
        kind, number = code.kind, code.number
        case = folded(self._happened(connection, case_id))
        rules = self.rules.of(case)
        paper = next((p for p in case.papers if p.number == number and number and not p.voided), None)
        slip = next((t for t in case.transfers if t.slip_no == number and number), None)
        if paper is None and slip is None and not kind:
            return None
        kind = paper.kind if paper else "slip" if slip else kind
        document = next((d for d in rules.profile.documents if d.kind == kind), None)
        if document is None:
            return None
        return RecognisedView(
            case_id=case_id, case_number=case.number, title=clean(case.object or case.place), kind=kind,
            name=document.en if self.lang == "en" else document.name, number=number if paper or slip else "", numbered=paper is not None,
            receipt=code.receipt and slip is not None,
        )  # fmt: skip

    def _listed_files(self, connection: Connection, case: Case, happened: Sequence[Happened]) -> Iterator[FileView]:
        show, names = self._show(case=case), self.roster.name_of
        here = small.sizes_here(connection, [h.act_id for h, _ in _attached(happened)])
        for one, event in _attached(happened):
            size, head = here.get(one.act_id, (0, b""))
            yield FileView(
                act_id=one.act_id, name=clean(event.name), size=event.size, sha256=event.sha256,
                kind=_kind(event.name, head), what=event.what,
                what_name=labels.choice("attach-what", event.what, self.lang) if event.what else "",
                paper=event.paper, about=event.about, person=names(one.person), body=show.body(one.body),
                at=one.happened_at, here=size == event.size and bool(size),
            )  # fmt: skip

    def _visits(
        self, case: Case, happened: Sequence[Happened], files: Sequence[FileView]
    ) -> Iterator[SiteVisitView]:  # fmt: skip
        show = self._show(case=case)
        for one in happened:
            event = one.stamped.event
            if isinstance(event, he.Investigated):
                yield SiteVisitView(
                    act_id=one.act_id, matter=one.stamped.matter, body=show.body(one.acting), at=one.happened_at,
                    officers=clean(event.officers), set_out_at=event.set_out_at or "", arrived_at=event.arrived_at or "",
                    ended_at=event.ended_at or "", findings=clean(event.findings), measures=clean(event.measures),
                    evidence=clean(event.evidence), verified=event.verified,
                    files=tuple(f for f in files if f.about == one.act_id),
                )  # fmt: skip


def _attached(happened: Sequence[Happened]) -> list[tuple[Happened, ev.Attached]]:
    return [(h, e) for h in happened if isinstance(e := h.stamped.event, ev.Attached)]


def _kind(name: str, head: bytes) -> FileKind:
    """Return the kind of a file; of one whose bytes are not here yet by its name alone."""
    if head:
        return kind_of(name, head)
    by_name: dict[str, FileKind] = {"pdf": "pdf", "jpg": "photo", "jpeg": "photo", "png": "photo", "mp3": "recording"}
    return by_name.get(name.lower().rpartition(".")[2], "other")


def _said(text: str) -> Iterator[PaperCode]:
    """Yield the papers that a text names: by codes of ours, the parts of a slip that go on before its receipt; by numbers."""
    yield from sorted(codes_in(text), key=lambda code: code.receipt)
    for match in NUMBER.finditer(text):
        number = re.sub(r"\s", "", match[0])
        for start in range(len(number.partition("〔")[0])):
            yield PaperCode(number[start:], "", number[start:])
