"""Papers on the desk: which a case can have, numbered, drawn, gone out, sealed; each of them an act in the case."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from liaison_app.desk import paper_views, views
from liaison_app.desk.clocks import clocks
from liaison_app.desk.deciding import folded
from liaison_app.desk.numbering import Numbers
from liaison_app.desk.paper_data import EVERYBODY, SIGNER, Made, paper_of, specimen_of
from liaison_app.desk.paper_words import CaseWords
from liaison_app.desk.papers import PACK, SLIP, DocxRenderer, make
from liaison_app.desk.returned import returned_view
from liaison_app.desk.slip_desk import SlipDesk
from liaison_app.desk.slips import slip_specimen
from liaison_app.domain import commands as cmd
from liaison_app.domain.case import Case, Happened, Issued, Matter
from liaison_app.domain.decide import flags_of
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import OfficialPaper, PrintStyle
from liaison_app.domain.rules import case_facts
from liaison_app.mechanism.document_schema import DocField, Document
from liaison_app.mechanism.profile import available, load_profile
from liaison_app.mechanism.schema import Profile
from liaison_app.store import desk_tables as small
from liaison_app.store import journal, queries
from liaison_app.words import labels

FACT: Final = "case.facts."
"""What the source of a field begins with that is a fact of the case."""


class PaperDesk(SlipDesk, ABC):
    """A desk that makes papers."""

    @abstractmethod
    def case(self, ref: str) -> views.CaseView:
        """Return everything this desk may show of a case. The façade has it."""

    # -- what there is --------------------------------------------------------------------------

    def papers(self, ref: str) -> tuple[paper_views.PaperLine, ...]:
        """Return the papers that a case can have now, with number and how often each went out."""
        with self._replica.read() as connection:
            words, case = self._words(connection, ref)
            legacy = small.prints(connection, case.id, SLIP)
            several = [self._words(connection, f"{case.id}/{m.n}")[0] for m in case.matters[1:]]
        return tuple(line for one in (words, *several) for line in self._lines(one, legacy, many=bool(several)))

    def _lines(self, words: CaseWords, legacy: int, *, many: bool) -> Iterator[paper_views.PaperLine]:
        """Yield the papers of one matter; those of the whole case stand with the first."""
        case, n, english = words.case, words.matter.n, self.lang == "en"
        for document in words.rules.profile.documents:
            about = words.made(document)
            if about is None or (not document.after and words.matter is not case.matters[0]):
                continue
            known = case.paper(document.kind, about.act_id)
            number = self._number(words, document, known)
            printed = (known.printed if known else 0) + (legacy if document.kind == SLIP and n == 1 else 0)
            name = document.en if english else document.name
            if many and document.after:
                name += f" (matter {n})" if english else f"（事项{n}）"
            yield paper_views.PaperLine(
                kind=document.kind, name=name, number=number,
                numbered=words.rules.paper_numbering(document.kind) or "", printed=printed,
                sealed=bool(known and known.sealed), scan=known.scan if known else "", of=about.act_id,
                body=self._show().body(about.acting), mine=self._mine(words, document, about), at=about.happened_at,
                ref=f"{case.id}/{n}" if many else case.id,
                receipt=document.kind == SLIP and bool(words.transfer and words.transfer.receipt),
            )  # fmt: skip

    def about(self, ref: str, command: cmd.Command) -> cmd.Command:
        """Return a command with the act that a paper is about, where the person did not name it."""
        if not isinstance(command, cmd.IssuePaper | cmd.PrintPaper) or command.of:
            return command
        with self._replica.read() as connection:
            words, _ = self._words(connection, ref)
        document = self._document(words, command.kind)
        about = words.made(document)
        if about is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        return msgspec.structs.replace(command, of=about.act_id)

    def blanks(self, kind: str, ref: str) -> tuple[paper_views.BlankView, ...]:
        """Return the places of a paper of a case that people fill; none of a paper that is not this body's, of a record."""
        with self._replica.read() as connection:
            if not self._case_of(connection, ref):
                return ()
            words, _ = self._words(connection, ref)
        document = self._document(words, kind)
        about = words.made(document)
        if about is None or kind == SLIP or not self._mine(words, document, about):
            return ()
        typed = self._typed(words, kind, about) | {
            f.name: said_fact(words.matter, f) for f in document.fields if is_fact(f)
        }
        still = words.case.first_receiver == self._person.body and any(
            g.action == "complete" and words.matter.state in g.states for g in words.rules.profile.guards
        )
        signer = paper_views.BlankView(name=SIGNER, label="签发人", type="", choices=(), value=typed.get(SIGNER, ""))
        return ((signer,) if document.form == "upward" else ()) + tuple(
            paper_views.BlankView(
                name=f.name, label=f.zh, type=f.type, choices=tuple(f.choices), value=typed.get(f.name, "")
            )
            for f in document.fields
            if (is_fact(f) and still) or (not f.source and not f.text and not f.body and not f.items)
        )  # fmt: skip

    def fill_paper(self, kind: str, ref: str, values: Mapping[str, str]) -> views.Outcome:
        """Keep words typed for a paper with it, without giving it a number; what is a fact of the case (交办时限, OFFICE A3) is
        given to the case by 补正, so that its clock runs. Raise RuleBroken ``paper_not_yet`` or what 补正 refuses."""
        with self._replica.read() as connection:
            words, case = self._words(connection, ref)
            document = self._document(words, kind)
            about = words.made(document)
        if about is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        known = {f.name for f in document.fields if not f.source} | ({SIGNER} if document.form == "upward" else set())
        fields = {name: said for name, said in values.items() if name in known}
        facts: dict[str, Any] = {
            f.source.removeprefix(FACT): said
            for f in document.fields
            if is_fact(f) and (said := values.get(f.name)) and said != said_fact(words.matter, f)
        }
        issue = cmd.IssuePaper(kind=kind, of=about.act_id, matter=words.matter.n, fields=fields)
        with self._replica.write() as connection:
            if facts:
                self._decide_all(connection, [(case.id, cmd.Complete(matter=words.matter.n, facts=facts))])
            outcome = self._decide_all(connection, [(case.id, issue)])[0]
        self._tell({case.id})
        return outcome

    # -- making ---------------------------------------------------------------------------------

    def official(self, kind: str, refs: Sequence[str], *, outside: bool = False, number: str = "") -> list[Made]:
        """Return papers as plain data. Raise RuleBroken ``paper_not_yet`` when a case cannot have it."""
        made = []
        with self._replica.read() as connection:
            for ref in refs:
                made.append(self._made(connection, kind, ref, outside=outside, number=number))
        return made

    def official_view(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return papers drawn as one PDF; a sealed scan that came back stands in place of its paper (OFFICE A6)."""
        if kind == PACK:
            return self.pack(refs[0])
        if len(refs) == 1 and not outside:
            scan = self.returned_paper(kind, refs[0])
            if scan is not None:
                return scan
        papers = [one.paper for one in self.official(kind, refs, outside=outside)]
        return self._drawn(kind, papers, docx=False, style=style)

    @abstractmethod
    def pack(self, ref: str) -> paper_views.PaperView:
        """Return the material pack of a meeting 会议材料汇编 (:mod:`liaison_app.desk.pack`)."""

    def draft(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, docx: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:  # fmt: skip
        """Return papers as they stand, without number or entry."""
        if not docx:
            return self.paper(kind, refs, outside=outside, style=style)
        if kind == SLIP and not outside:
            return self._slip_docx(refs)
        return self._drawn(kind, [one.paper for one in self.official(kind, refs, outside=outside)], docx=True)

    def _letter(self, ref: str, kind: str, text: str, matter: int = 1) -> OfficialPaper:
        """Return the text of a reply as the letter that it will be."""
        with self._replica.read() as connection:
            words, _ = self._words(connection, f"{self._split(ref)[0]}/{matter}")
        document = next((d for d in words.rules.profile.documents if d.reply == kind), None) or Document(
            kind=kind, name=labels.choice("draft-reply-kind", kind, "zh_CN"), en=kind, rules=[], form="letter",
            numbered="office", word="函", to=["complainant"], fields=[DocField(name="text", zh="正文", body=True)],
        )  # fmt: skip
        typed = {f.name: text for f in document.fields if f.body}
        made = paper_of(words, document, typed=typed, demo=words.rules.founding == "demo", draft=True)
        if made is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        return made.paper

    def specimen(self, row: Mapping[str, Any]) -> paper_views.PaperView:
        """Return a specimen of a document as a draft of the profile has it. Raise RuleBroken ``document_wrong``."""
        try:
            document = msgspec.convert(dict(row), Document, strict=False)
        except msgspec.ValidationError as error:
            raise RuleBroken("document_wrong", kind=str(row.get("kind", "")), reason=str(error)) from None
        profile, body, day = self.rules.profile, self._person.body, stamp(self.now())[:10]
        if document.form == "slip":
            if self.renderer is None:
                raise RuleBroken("renderer_missing")
            done = self.renderer.render([slip_specimen(document, profile, body, day)])
            return paper_views.PaperView(
                name=document.name, number="", pdf=done.pdf, pages=done.pages, fonts=done.fonts,
                missing_glyphs=done.missing_glyphs,
            )  # fmt: skip
        paper = specimen_of(document, profile, body, day)
        return self._drawn(document.kind, [paper], docx=False)

    def put_out(
        self, kind: str, refs: Sequence[str], *, way: str = "printed", copies: int = 1, to: str = "",
        outside: bool = False, docx: bool = False, style: PrintStyle | None = None,
        write: Callable[[bytes], object] | None = None,
    ) -> paper_views.PaperView:  # fmt: skip
        """Let papers go out: what the desk numbers gets its number, is drawn with it, written and recorded, all in one
        transaction. Raise RuleBroken or what ``write`` raises, without having given a number."""
        if kind == PACK and not docx:  # it is long, has no number and is recorded nowhere
            view = self.pack(refs[0])
            if write is not None:
                write(view.pdf)
            return view
        with self._replica.write() as connection:
            to = to or (style.copy_for if style else "")
            view = self._numbered(connection, kind, refs, outside=outside, docx=docx, style=style)
            if write is not None:
                write(view.pdf or view.original)
            ids = self._out(
                connection, kind, refs, view.pdf or view.original, way=way, copies=copies, to=to, outside=outside
            )
        self._tell(ids)
        return view

    def numbered(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return papers as they will be printed: what the desk numbers has its number from now on."""
        if kind == PACK:
            return self.pack(refs[0])
        with self._replica.write() as connection:
            return self._numbered(connection, kind, refs, outside=outside, style=style)

    def went_out(
        self, kind: str, refs: Sequence[str], pdf: bytes, *, copies: int = 1, to: str = "", outside: bool = False
    ) -> None:  # fmt: skip
        """Record that papers were printed."""
        with self._replica.write() as connection:
            ids = self._out(connection, kind, refs, pdf, way="printed", copies=copies, to=to, outside=outside)
        self._tell(ids)

    def _numbered(
        self, connection: Connection, kind: str, refs: Sequence[str], *, outside: bool, docx: bool = False,
        style: PrintStyle | None = None,
    ) -> paper_views.PaperView:  # fmt: skip
        if kind == SLIP and not outside:
            return self._slip_docx(refs) if docx else self.paper(SLIP, refs, style=style)
        if len(refs) == 1 and not outside and not docx and (scan := self.returned_paper(kind, refs[0])):
            return scan
        numbers, given = Numbers(connection, self.rules), dict.fromkeys(refs, "")
        for ref in refs if not outside else ():
            if self._case_of(connection, ref):
                self._number_paper(connection, kind, ref)
            else:
                given[ref] = self._number_record_paper(connection, kind, ref, numbers)
        papers = [self._made(connection, kind, ref, outside=outside, number=given[ref]).paper for ref in refs]
        return self._drawn(kind, papers, docx=docx, style=style)

    def _out(
        self, connection: Connection, kind: str, refs: Sequence[str], pdf: bytes, *, way: str, copies: int, to: str,
        outside: bool,
    ) -> set[str]:  # fmt: skip
        found = {ref: case for ref in dict.fromkeys(refs) if (case := self._case_of(connection, ref))}
        for ref in found:
            if kind == SLIP and not outside:
                self._slip_out(connection, ref, pdf, way=way, copies=copies)
            else:
                self._record_out(connection, kind, ref, pdf, way=way, copies=copies, to=to, outside=outside)
        records = {
            self._record_went_out(connection, kind, ref, pdf, way=way, copies=copies, to=to)
            for ref in dict.fromkeys(refs)
            if ref not in found
        }
        return {*found.values(), *records}

    def _slip_out(self, connection: Connection, ref: str, pdf: bytes, *, way: str, copies: int) -> None:
        words, case = self._words(connection, ref)
        if any(g.action == "print-paper" for g in words.rules.profile.guards):
            self._record_out(connection, SLIP, ref, pdf, way=way, copies=copies, to="", outside=False)
        else:  # a case of an older version, whose table knows no such act: counted on this desk only
            small.record_print(connection, case.id, SLIP, self._person.id, stamp(self.now()))

    def _number_paper(self, connection: Connection, kind: str, ref: str) -> None:
        words, case = self._words(connection, ref)
        document = self._document(words, kind)
        about = words.made(document)
        if about is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        known = case.paper(kind, about.act_id)
        ours = document.numbered == "ours" and not document.number_source
        issuer = self._made(connection, kind, ref).body
        if ours and issuer == self._person.body and not self._number(words, document, known):
            issue = cmd.IssuePaper(kind=kind, of=about.act_id, matter=words.matter.n)
            self._decide_all(connection, [(case.id, issue)])

    def _record_out(
        self, connection: Connection, kind: str, ref: str, pdf: bytes, *, way: str, copies: int, to: str, outside: bool
    ) -> None:
        words, case = self._words(connection, ref)
        document = self._document(words, kind)
        about = words.made(document)
        if about is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        number = self._number(words, document, case.paper(kind, about.act_id))
        printed = cmd.PrintPaper(
            kind=kind, of=about.act_id, matter=words.matter.n, number=number, sha256=hashlib.sha256(pdf).hexdigest(),
            way="saved" if way == "saved" else "printed", copies=copies, to=to or "、".join(self._to(words, document)),
            outside=outside,
        )  # fmt: skip
        self._decide_all(connection, [(case.id, printed)])

    def _drawn(
        self, kind: str, papers: Sequence[OfficialPaper], *, docx: bool, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return papers drawn as one file. Raise RuleBroken ``copy_not_named`` for a 副本 that the paper names to nobody."""
        if style is not None and style.copy_for:
            papers = [_copied(one, style.copy_for) for one in papers]
        papers = [msgspec.structs.replace(one, style=style) for one in papers]
        renderer, number = self.renderer, papers[0].number
        if renderer is None:
            raise RuleBroken("renderer_missing")
        name = "、".join(dict.fromkeys(p.number or p.title for p in papers))
        if docx:
            if len(papers) > 1:
                raise RuleBroken("docx_one_paper")
            if not isinstance(renderer, DocxRenderer):
                raise RuleBroken("paper_not_drawn", value=f"{kind}.docx")
            return paper_views.PaperView(
                name=name, number=number, pdf=renderer.official_docx(papers[0]), pages=0, fonts=(), missing_glyphs=()
            )
        done = renderer.official(self.with_covers(papers, ()))
        return paper_views.PaperView(
            name=name, number=number, pdf=done.pdf, pages=done.pages, fonts=done.fonts,
            missing_glyphs=done.missing_glyphs, copies=papers[0].copies if len(papers) == 1 else (),
        )  # fmt: skip

    def paper(
        self, kind: str, refs: Sequence[str], *, outside: bool = False, style: PrintStyle | None = None
    ) -> paper_views.PaperView:
        """Return a paper of one or several cases or records. Raise RuleBroken ``renderer_missing``, ``no_transfer`` …"""
        if self.renderer is None:
            raise RuleBroken("renderer_missing")
        return make(self, self.renderer, kind, refs, outside=outside, style=style)

    def _made(
        self, connection: Connection, kind: str, ref: str, *, outside: bool = False, number: str = ""
    ) -> Made:  # fmt: skip
        if not self._case_of(connection, ref):
            return self._made_of_record(connection, kind, ref, outside=outside, number=number)
        words, case = self._words(connection, ref)
        document = self._document(words, kind)
        about = words.made(document)
        known = case.paper(kind, about.act_id) if about else None
        typed = self._typed(words, kind, about)
        printed = known.printed if known else 0
        made = paper_of(
            words, document, number=number or (known.number if known else ""), typed=typed, outside=outside,
            reprint=f"补打 第{printed + 1}次 {self.now():%Y-%m-%d} {self._person.name}" if printed and not outside else "",
            demo=words.rules.founding == "demo",
        )  # fmt: skip
        if made is None:
            raise RuleBroken("paper_not_yet", name=document.name, name_en=document.en)
        return made

    # -- inside ---------------------------------------------------------------------------------

    def _words(self, connection: Connection, ref: str) -> tuple[CaseWords, Case]:
        ref, n = self._split(ref)
        happened = self._happened(connection, self._find(connection, ref), shown=True)
        case = folded(happened)
        happened += self._cosigned(connection, case)
        rules = self.rules.of(case)
        body = self._person.body
        outside = body not in case.bodies() and case.id not in self._revealed
        hidden = outside or (case.confidential == "strict" and body != case.first_receiver)
        matter = case.matter(n)
        if matter is None:
            raise RuleBroken("matter_unknown", matter=n)
        flags = flags_of(case, matter, rules.lead(matter.facts, case_facts(case)), rules)

        def numbered(kind: str) -> str:
            return next((p.number for p in reversed(case.papers) if p.kind == kind and not p.voided), "")

        earlier = queries.rows(connection, queries.ROW, case=case.repeat_of) if case.repeat_of else ()
        words = CaseWords(
            case, happened, clocks(case, self.rules), rules, self._at_work(), flags, matter=n, hidden=hidden, numbers=numbered,
            repeats=str(earlier[0][2]) if earlier else "",
        )  # fmt: skip
        return words, case

    @staticmethod
    def _document(words: CaseWords, kind: str) -> Document:
        found = next((d for d in words.rules.profile.documents if d.kind == kind), None)
        if found is None:
            raise RuleBroken("field_value", field="kind", value=kind)
        return found

    @staticmethod
    def _number(words: CaseWords, document: Document, known: Issued | None) -> str:
        carried = words.told(document.number_source).text if document.number_source else ""
        return (known.number if known else "") or carried

    @staticmethod
    def _typed(words: CaseWords, kind: str, about: Happened | None) -> dict[str, str]:
        typed: dict[str, Any] = {}
        for one in words.found("paper-issued"):
            event = one.stamped.event
            if about is not None and (getattr(event, "kind", ""), getattr(event, "of", "")) == (kind, about.act_id):
                typed |= dict(one.personal.get("fields") or {})
        return {name: str(value) for name, value in typed.items()}

    def _mine(self, words: CaseWords, document: Document, about: Happened) -> bool:
        made = paper_of(words, document)
        return about.acting == self._person.body or (made is not None and made.body == self._person.body)

    @staticmethod
    def _to(words: CaseWords, document: Document) -> tuple[str, ...]:
        if document.to[:1] == ["complainant"]:
            return ("投诉人",)
        made = paper_of(words, document, outside=True)
        return made.paper.to if made else ()

    def returned_paper(self, kind: str, ref: str) -> paper_views.PaperView | None:
        """Return the sealed paper that came back, its fingerprint checked; None where none did or it is not here yet.

        Raises RuleBroken ``file_damaged``.
        """
        with self._replica.read() as connection:
            if not self._case_of(connection, ref):
                found = self._returned_of_record(connection, kind, ref)
                return None if found is None else self._shown_scan(found[0], found[1].name, found[1].sha256, found[2])
            words, case = self._words(connection, ref)
            about = words.made(self._document(words, kind))
            known = case.paper(kind, about.act_id) if about else None
            if known is None or not known.scan or words.hidden:
                return None
            content = small.pieces(connection, known.scan)
        attached = next(e for act, e in words.files() if act == known.scan)
        if len(content) < attached.size:
            return None
        return self._shown_scan(known.number, attached.name, attached.sha256, content)

    def _shown_scan(self, number: str, name: str, sha256: str, content: bytes) -> paper_views.PaperView | None:
        if journal.file_hash(content) != sha256:
            raise RuleBroken("file_damaged", name=name)
        return returned_view(number or name.rpartition(".")[0], content, self.renderer, self.lang)


def is_fact(field: DocField) -> bool:
    """Return whether a place that people fill is a fact of the case."""
    return bool(field.type) and field.source.startswith(FACT)


def said_fact(matter: Matter, field: DocField) -> str:
    """Return a fact of the matter as its form holds it, '' while nobody said it."""
    return str(matter.facts.get(field.source.removeprefix(FACT)) or "")


def _copied(paper: OfficialPaper, body: str) -> OfficialPaper:
    """Return a paper as the copy 副本 for a body that it names under 抄送 (OFFICE B8)."""
    if body not in paper.copies and paper.copies != (EVERYBODY,):
        raise RuleBroken("copy_not_named", field="to", value=body)
    return msgspec.structs.replace(paper, reprint=f"副本　送：{body}")


def paper_kinds(profile: Profile | None = None) -> list[str]:
    """Return the kinds of papers of a profile; of every profile where none is given."""
    profiles = [profile] if profile else [load_profile(name) for name in available()]
    return list(dict.fromkeys(d.kind for one in profiles for d in one.documents))
