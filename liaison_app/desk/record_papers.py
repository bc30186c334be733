"""Papers of records and meetings on the desk: drawn, numbered when they go out, each print a line of the record."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import paper_views
from liaison_app.desk.deciding import folded
from liaison_app.desk.file_views import RecognisedView
from liaison_app.desk.ledger_rows import rules_of_record, title_of
from liaison_app.desk.ledger_views import RecordOutcome
from liaison_app.desk.listing import Listing
from liaison_app.desk.numbering import PAPER, Numbers
from liaison_app.desk.paper_data import Made, secrets_of
from liaison_app.desk.paper_records import RecordWords, paper_of_record
from liaison_app.desk.paper_words import Desk
from liaison_app.desk.returned import parts_of_ofd
from liaison_app.desk.rules import DeskRules
from liaison_app.domain.case import Happened
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import LARGEST, ROOM, kind_of, plain_name
from liaison_app.domain.ledger import RecordLine, readers
from liaison_app.domain.ledger_commands import StepRecord
from liaison_app.domain.ledger_events import sealed_in
from liaison_app.domain.ledger_kinds import NUMBERED, PAPER_STEP, PAPERS, SEALED
from liaison_app.domain.moments import stamp
from liaison_app.domain.paper_code import PaperCode
from liaison_app.mechanism.document_schema import Document
from liaison_app.mechanism.kinds import has_paper
from liaison_app.store import desk_tables as small
from liaison_app.store import journal, queries
from liaison_app.store import ledger_queries as lq


class Scan(msgspec.Struct, frozen=True):
    """A sealed paper that came back: the act beside which its bytes lie, of which kind, its name, size and fingerprint."""

    act: str
    paper: str
    name: str
    size: int
    sha256: str


class RecordPapers(Listing):
    """A desk that makes papers of records and meetings."""

    def papers_of_record(self, ref: str) -> tuple[paper_views.PaperLine, ...]:
        """Return the papers of a record or meeting, with number and how often each went out."""
        with self._replica.read() as connection:
            words = self._record_words(connection, ref)
        found = []
        for document in words.rules.profile.documents:
            if not has_paper(document, words.kind):
                continue
            lines, scan = _lines(words, document), _scan(words, document)
            found.append(
                paper_views.PaperLine(
                    kind=document.kind, name=document.en if self.lang == "en" else document.name,
                    number=_number(words, document), numbered=document.numbered, printed=_printed(lines), sealed=scan is not None,
                    scan=scan.act if scan else "", of=words.record.id, body=self._show().body(words.record.body),
                    mine=words.record.body == self._person.body, at=words.record.opened_at, receipt=False,
                    ref=words.record.id,
                )
            )  # fmt: skip
        return tuple(found)

    def attach_record_scan(self, ref: str, kind: str, name: str, content: bytes) -> RecordOutcome:
        """Bind the sealed paper that came back (PDF, picture, OFD) to its paper of a record: shown and printed from then on.

        Raises RuleBroken ``attachment_empty``, ``file_too_large``, ``files_too_large``, ``scan_kind``, ``paper_not_yet`` or what
        the step refuses (OFFICE A6).
        """
        name = plain_name(name)
        if not content:
            raise RuleBroken("attachment_empty", name=name)
        if len(content) > LARGEST:
            raise RuleBroken("file_too_large", name=name, megabytes=-(-len(content) // 2**20), most=LARGEST // 2**20)
        if kind_of("", content[:16]) not in {"pdf", "photo"} and parts_of_ofd(content) is None:
            raise RuleBroken("scan_kind", name=name)
        with self._replica.write() as connection:
            words, document = self._record_document(connection, kind, ref)
            if not _keeps(words):
                raise RuleBroken("record_replaced", number=words.record.number)
            held = sum(scan.size for scan in _scans(words.story))
            if held + len(content) > ROOM:
                raise RuleBroken("files_too_large", megabytes=held // 2**20, most=ROOM // 2**20)
            outcome = self._paper_line(
                connection, words, document, Numbers(connection, self.rules), number=_number(words, document), way=SEALED,
                sha256=journal.file_hash(content), file=name, size=len(content),
            )  # fmt: skip
            small.put_pieces(connection, outcome.act, content)
        self.log.note("acts", action="attach", done=1, refused=0)
        self._tell({outcome.record})
        return outcome

    def _returned_of_record(self, connection: Connection, kind: str, ref: str) -> tuple[str, Scan, bytes] | None:
        """Return the number, the scan and the bytes of a sealed paper of a record; None where none came or it is not here yet."""
        words, document = self._record_document(connection, kind, ref)
        scan = _scan(words, document)
        content = small.pieces(connection, scan.act) if scan else b""
        return None if scan is None or len(content) < scan.size else (_number(words, document), scan, content)

    def _recognised_record(self, connection: Connection, code: PaperCode) -> RecognisedView | None:
        """Return the paper of a record that a code or number names; None where there is none that this body reads."""
        found = lq.find_record(connection, code.ref) or lq.record_of_paper(connection, code.ref)
        if not found:
            return None
        try:
            words = self._record_words(connection, found)
        except RuleBroken:
            return None
        for document in words.rules.profile.documents:
            number = _number(words, document)
            if has_paper(document, words.kind) and (document.kind == code.kind if code.kind else number == code.ref):
                return RecognisedView(
                    case_id="", record_id=found, case_number=words.record.number, title=title_of(words.record, words.kind),
                    kind=document.kind, name=document.en if self.lang == "en" else document.name, number=number,
                    numbered=bool(number),
                )  # fmt: skip
        return None

    def _number_record_paper(self, connection: Connection, kind: str, ref: str, numbers: Numbers) -> str:
        """Return the number of a paper of a record; ours is taken now, in this transaction, where it has none."""
        words, document = self._record_document(connection, kind, ref)
        known = _number(words, document)
        ours = document.numbered == "ours" and not document.number_source
        if known or not ours or words.record.body != self._person.body or not _keeps(words):
            return known
        number = numbers.take(f"{PAPER}{kind}", words.record.body, stamp(self.now()))
        self._paper_line(connection, words, document, numbers, number=number, way=NUMBERED)
        return number

    def _record_went_out(
        self, connection: Connection, kind: str, ref: str, pdf: bytes, *, way: str, copies: int, to: str
    ) -> str:
        """Write a print of a paper of a record into it; return the record."""
        words, document = self._record_document(connection, kind, ref)
        if _keeps(words):
            self._paper_line(
                connection, words, document, Numbers(connection, self.rules), number=_number(words, document), way=way,
                copies=copies, to=to, sha256=hashlib.sha256(pdf).hexdigest(),
            )  # fmt: skip
        return words.record.id

    def _paper_line(
        self, connection: Connection, words: RecordWords, document: Document, numbers: Numbers, *, number: str, way: str,
        copies: int = 0, to: str = "", sha256: str = "", file: str = "", size: int | str = "",
    ) -> RecordOutcome:  # fmt: skip
        line = {
            "paper": document.kind, "number": number, "copies": copies, "way": way, "to": to, "at": stamp(self.now()),
            "by": self._person.name, "sha256": sha256, "file": file, "size": size,
        }  # fmt: skip
        said = {name: value for name, value in line.items() if value != ""}
        return self._decide_record(
            connection, words.record.id, StepRecord(step=PAPER_STEP, lines={PAPERS: [said]}), numbers
        )

    def _made_of_record(self, connection: Connection, kind: str, ref: str, *, outside: bool, number: str) -> Made:
        words, document = self._record_document(connection, kind, ref)
        printed = _printed(_lines(words, document))
        again = f"补打 第{printed + 1}次 {self.now():%Y-%m-%d} {self._person.name}" if printed and not outside else ""
        leaves = outside or document.public
        return paper_of_record(
            words, document, number=number or _number(words, document), outside=outside, reprint=again,
            demo=words.rules.founding == "demo", citizens=self._citizens(connection, words) if leaves else (),
        )  # fmt: skip

    def _citizens(self, connection: Connection, words: RecordWords) -> set[str]:
        """Return what says who the complainants are whose cases a record names, as far as this desk knows it."""
        record, kind = words.record, words.kind
        named = {str(record.fields.get(f.name) or "") for f in kind.fields if f.type == "case"}
        for table in kind.tables:
            columns = [f.name for f in table.fields if f.type == "case"]
            named |= {str(line.values.get(c) or "") for line in record.standing(table.name) for c in columns}
        known = [found for ref in named if ref and (found := queries.find_case(connection, ref))]
        return {s for one in known for s in secrets_of(folded(self._happened(connection, one, shown=True)).personal)}

    def _record_document(self, connection: Connection, kind: str, ref: str) -> tuple[RecordWords, Document]:
        words = self._record_words(connection, ref)
        document = next((d for d in words.rules.profile.documents if d.kind == kind), None)
        if document is None:
            raise RuleBroken("field_value", field="kind", value=kind)
        if not has_paper(document, words.kind):
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        return words, document

    def _record_words(self, connection: Connection, ref: str) -> RecordWords:
        story = self._record_happened(connection, self._find_record(connection, ref))
        record, kind = self._folded_record(story)
        if self._person.body not in readers(record, kind):
            raise RuleBroken("record_unknown", field="record", value=ref)
        rules: DeskRules = rules_of_record(self.rules, record)
        theme = title_of(record, kind)
        return RecordWords(
            record, kind, rules, self._at_work(), f"{kind.zh}（{theme}）" if theme else kind.zh, story=tuple(story)
        )

    def _at_work(self) -> Desk:
        person = self._person
        return Desk(person=person.name, phone=person.phone, body=person.body, now=self.now())


def _scans(story: Iterable[Happened]) -> Iterator[Scan]:
    """Yield the sealed papers that came back to a record, oldest first."""
    for one in story:
        for line in sealed_in(one.stamped.event):
            yield Scan(one.act_id, str(line["paper"]), str(line["file"]), int(line["size"]), str(line["sha256"]))


def _scan(words: RecordWords, document: Document) -> Scan | None:
    """Return the newest sealed paper of a kind that came back."""
    return next((s for s in reversed(list(_scans(words.story))) if s.paper == document.kind), None)


def _keeps(words: RecordWords) -> bool:
    """Return whether the kind, as the record began with it, keeps its papers."""
    return words.kind.table(PAPERS) is not None and not words.record.replaced


def _lines(words: RecordWords, document: Document) -> list[RecordLine]:
    return [line for line in words.record.standing(PAPERS) if line.values.get("paper") == document.kind]


def _printed(lines: Sequence[RecordLine]) -> int:
    return sum(1 for line in lines if line.values.get("copies"))


def _number(words: RecordWords, document: Document) -> str:
    given = next((str(line.values["number"]) for line in _lines(words, document) if line.values.get("number")), "")
    return given or (words.told(document.number_source).text if document.number_source else "")
