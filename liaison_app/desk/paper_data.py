"""From a case, the words of its sources and the field list of the profile to an official paper as plain data. Pure."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import msgspec

from liaison_app.desk.paper_phrases import MOMENT, Word, filled, in_full, moment
from liaison_app.desk.paper_words import ASIDE, CaseWords
from liaison_app.domain.case import Case
from liaison_app.domain.moments import stamp
from liaison_app.domain.papers import ATTENDANCE, Field, OfficialPaper, PaperForm, Section, Table
from liaison_app.domain.text import clean
from liaison_app.mechanism.coverage import clauses
from liaison_app.mechanism.document_schema import DocField, Document
from liaison_app.mechanism.paper_sources import BRACES
from liaison_app.mechanism.schema import Profile

COMPLAINANT: Final = "complainant"
SIGNER: Final = "signed_by"
"""签发人 of a paper to a superior office 上行文 (OFFICE B12): typed for every one, whatever its profile lists."""
LONG: Final = 60
"""From this many characters on, what a letter says stands in a paragraph of its own."""
HINT: Final = re.compile(r"（[^（）]*）$")
"""What a caption says to whoever fills it; a letter does not print it."""
SHORT: Final = 24
"""The same of minutes."""
BY_HAND: Final = 10
"""Rows that a table filled by the pen has at the least."""
WIDE: Final = 8
"""Columns that a table of one line has at the most."""
TABLES: Final = frozenset({"table", "cards", "seats"})
"""Forms whose fields are columns."""
LETTERS: Final = frozenset({"letter", "upward", "notice", "minutes"})
EVERYBODY: Final = "各有关单位"
CONTACT: Final = ("person.name", "body.telephone", "body.liaison")
MOBILE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
PUBLISHED: Final = 6
"""So many signs beside a mobile are a name: 工地王工 13900000009."""
IDENTITY: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
"""A citizen's identity number 公民身份号码, whoever wrote it down."""


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says, laid out: cells, sections, the note 附注, places for the hand, whom the text greets."""

    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    note: str = ""
    hand: tuple[str, ...] = ()
    greets: str = ""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An official paper with the body that issues it."""

    paper: OfficialPaper
    body: str


def paper_of(
    words: CaseWords, document: Document, *, number: str = "", typed: Mapping[str, str] | None = None,
    outside: bool = False, reprint: str = "", demo: bool = False, draft: bool = False,
) -> Made | None:  # fmt: skip
    """Return a paper of a case as plain data; None when the case cannot have it (yet).

    What nobody has said yet stays an empty place. ``typed``: words typed for this paper. ``outside``: a copy without
    personal data (COM-04). The number is empty where it is still to be given (OFFICE A5). ``draft``: as it will be,
    before the act that it is about.
    """
    made = words.made(document)
    if made is not None:
        words.about(made)
    elif not draft:
        return None
    case, issuer = words.case, issuer_of(words, document, words.desk.body if draft or made is None else made.acting)
    strict = case.confidential == "strict"
    citizen = document.to[:1] == [COMPLAINANT]
    named = document.sealed or (citizen and words.desk.body == issuer == case.first_receiver)
    hide = outside or document.public

    def value(field: DocField) -> Word:
        if field.text:
            return Word(spoken(field.text))
        said = (typed or {}).get(field.name, "")
        if said:
            return Word(typed_words(field, clean(said)), personal=field.body)
        return words.told(field.source, issuer, named=named)

    def spoken(text: str) -> str:
        return filled(text, lambda source: words.told(source, issuer, named=named), hide=hide)

    laid = laid_out(document, value, hide=hide)
    to = _addressees(words, document, named=named and not hide, strict=strict)
    if laid.greets and not strict:
        to = (laid.greets,)
    number = number or (words.told(document.number_source).text if document.number_source else "")
    urgency = {"特急": "特急", "加急": "加急"}.get(words.told("case.urgency").text, "")
    paper = OfficialPaper(
        kind=document.kind, form=_form(document), title=spoken(document.title) or document.name, issuer=in_full(words.name(issuer), words.rules.roster.district),
        date=stamp(words.desk.now)[:10], number=number, word=document.word,
        urgency=urgency if document.form == "upward" else "",  # type: ignore[arg-type]
        signed_by=(typed or {}).get(SIGNER, "") if document.form == "upward" else "",
        to=to if document.form != "minutes" else (), copies=_named(words, document.copies_to, issuer), opening="" if laid.greets else spoken(document.opening),
        fields=laid.fields, sections=laid.sections, closing=spoken(document.closing), note=laid.note,
        boxes=(*laid.hand, *boxes_of(document)), mechanism=words.rules.profile.meta.name,
        basis=basis_of(document),
        seal=document.form in LETTERS or document.stamp, code="" if hide or strict else f"{case.number} {document.kind} {number}".strip(),
        demo=demo, outside=outside, reprint=reprint,
    )  # fmt: skip
    return Made(paper=without_names(paper, secrets_of(case.personal)) if hide else paper, body=issuer)


def specimen_of(document: Document, profile: Profile, body: str, day: str) -> OfficialPaper:
    """Return a specimen 样张 of a document: each field filled with its own caption, so that its form is seen."""

    def value(field: DocField) -> Word:
        known = field.source and not (field.body and not field.required)  # a text that may be missing hides no field
        text = field.text or (f"〔{field.zh}〕" if known else "")
        return Word(cells=(text, text)) if field.source.count(".") > 1 and document.form in TABLES else Word(text)

    laid = laid_out(document, value, hide=False)
    names = {p.id: p.name for p in profile.posts}
    issuer = next((names[b] for b in document.by if b in names), names.get(body, body))
    return OfficialPaper(
        kind=document.kind, form=_form(document), title=BRACES.sub("×××", document.title) or document.name, issuer=issuer,
        date=day, word=document.word, to=tuple(names.get(b, "〔主送单位〕") for b in document.to[:1]),
        copies=tuple(names.get(b, "〔抄送单位〕") for b in document.copies_to), opening=BRACES.sub("×××", document.opening),
        fields=laid.fields, sections=laid.sections, closing=BRACES.sub("×××", document.closing), note=laid.note,
        boxes=(*laid.hand, *boxes_of(document)), mechanism=profile.meta.name, basis=basis_of(document),
        seal=document.form in LETTERS or document.stamp, demo=True,
    )  # fmt: skip


def spoken_by(text: str, words: CaseWords, issuer: str) -> str:
    """Return words of the profile with their sources filled; '' when one of them says nothing."""
    return filled(text, lambda source: words.told(source, issuer), hide=False)


def laid_out(document: Document, value: Callable[[DocField], Word], *, hide: bool) -> Laid:
    """Return what a document says: cells, sections (long words, tables, checklists), the note 附注 of a letter.

    The text of a letter (``body``) that somebody wrote stands in place of the fields before it; what follows it in the
    list stands under it. On a sheet a field that only a hand can fill is a place for it.
    """
    letter = document.form in LETTERS
    fields: list[Field] = []
    sections: list[Section] = []
    columns: list[tuple[str, tuple[str, ...]]] = []
    contact: dict[str, str] = {}
    hand: list[str] = []
    greets, written = "", False
    long = SHORT if document.form == "minutes" else LONG
    for field in document.fields:
        word, caption = value(field), HINT.sub("", field.zh) if letter else field.zh
        if word.personal and hide:
            continue
        if field.body:
            if word.text:
                greets, lines = greeting(word.text)
                fields, sections, written = [], [Section(text=lines)], True
        elif letter and field.source in CONTACT:
            contact[field.zh] = word.text
        elif field.items:
            sections.append(Section(heading=field.zh, level=1, table=checklist(field, word.text)))
        elif written and word.cells:  # beside a text that stands for itself a list is a line, no table
            sections.append(Section(text=(f"{caption}：{'、'.join(dict.fromkeys(c for c in word.cells if c))}",)))
        elif word.cells or (document.form in TABLES and not word.text and _column(field, started=bool(columns))):
            columns.append((field.zh, word.cells))
        elif written:
            said = word.text if field.text else f"{caption}：{word.text}"
            sections += [Section(text=tuple(said.split("\n")))] if word.text else []
        elif document.form == "minutes" and caption.startswith(ATTENDANCE):
            fields.append(Field(caption, word.text))
        elif letter and (len(word.text) > long or "\n" in word.text):
            sections.append(Section(heading=caption, level=1, text=tuple(word.text.split("\n"))))
        elif document.form == "sheet" and not word.text and not field.source:
            hand.append(field.zh)
        else:
            fields.append(Field(caption, word.text))
    if document.form in TABLES and not columns and len(fields) <= WIDE:
        columns, fields = [(f.caption, (f.value,)) for f in fields], []
    if columns:
        sections.append(Section(table=columns_table(columns, least=BY_HAND if _by_hand(document) else 1)))
    note = "，".join(f"{caption}：{said}" for caption, said in contact.items() if said)
    note = "" if written and all(said in "".join(sections[0].text) for said in contact.values()) else note
    return Laid(
        fields=tuple(fields),
        sections=tuple(sections),
        note=f"（{note}）" if note else "",
        hand=tuple(hand),
        greets=greets,
    )


def typed_words(field: DocField, said: str) -> str:
    """Return what was typed into a place as the paper says it: days in Chinese, amounts with their unit."""
    match field.type:
        case "date" | "moment" if MOMENT.match(said):
            return moment(said)
        case "money":
            return f"{said}元"
    return said


def _column(field: DocField, *, started: bool) -> bool:
    """Return whether an empty field of a table is a column that waits for words or for the pen."""
    return field.source.count(".") > 1 or (started and not field.source)


def greeting(text: str) -> tuple[str, tuple[str, ...]]:
    """Return whom the first line of a text greets (''), and its other lines."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if first.endswith(("：", ":")) and len(first) <= LONG and rest.strip():
        return first.rstrip("：:"), tuple(line for line in rest.split("\n") if line.strip())
    return "", tuple(line for line in text.split("\n") if line.strip())


def basis_of(document: Document) -> str:
    """Return the clauses of the mechanism that a paper relies on (COM-05), as the source counts them."""
    return "、".join(clauses(document.rules))


def boxes_of(document: Document) -> tuple[str, ...]:
    """Return the places for signatures: a letter that goes out has none, its chain signs on the sheet 呈批单."""
    if document.form in LETTERS:
        return ()
    return tuple(f"{step}意见" if document.form in {"sheet", "slip"} else step for step in document.approval)


def _by_hand(document: Document) -> bool:
    """Return whether a table is filled by the pen: the most of its columns come from nowhere."""
    blank = sum(not (f.source or f.text) for f in document.fields)
    return document.form in TABLES and 2 * blank > len(document.fields)


def columns_table(columns: Sequence[tuple[str, tuple[str, ...]]], least: int = 1) -> Table:
    """Return columns side by side as one table of at least so many rows."""
    rows = max(least, *(len(cells) for _, cells in columns))
    return Table(
        heads=tuple(caption for caption, _ in columns),
        rows=tuple(tuple(cells[r] if r < len(cells) else "" for _, cells in columns) for r in range(rows)),
    )


def checklist(field: DocField, found: str) -> Table:
    """Return a checklist with what was found at each item; an item nobody spoke of stays to be ticked."""
    lines = [one for one in re.split("[；\n]", found) if one]

    def result(item: str) -> str:
        said = next((one for one in lines if item in one), "")
        return said.removeprefix(item).strip("：: ") or "符合" if said else "□符合　□不符合"

    rows = tuple((str(n), item, result(item)) for n, item in enumerate(field.items, 1))
    return Table(heads=("序号", "项目", "核对结果"), rows=rows, widths=(0.1, 0.45, 0.45))


def secrets_of(personal: Mapping[str, str]) -> set[str]:
    """Return the words that say who a complainant is and where he is found."""
    return {clean(personal.get(n, "")) for n in ("complainant_name", "complainant_address", "contact")}


def without_names(paper: OfficialPaper, secrets: Collection[str], open_words: Sequence[str] = ()) -> OfficialPaper:
    """Return a paper in which none of the secrets stands, whoever wrote it there, and no identity number or mobile of anybody.

    A mobile stays in the note, and where one of the ``open_words`` is nothing but it and a name: a contact that is published.
    """
    known = sorted({s for s in secrets if len(s) > 1}, key=lambda s: (-len(s), s))
    office = set(MOBILE.findall(paper.note))
    office |= {
        n for words in open_words for n in MOBILE.findall(words) if len(MOBILE.sub("", words).strip()) <= PUBLISHED
    }

    def veiled(text: str) -> str:
        for secret in known:
            text = text.replace(secret, "＊＊＊")
        text = IDENTITY.sub("＊" * 18, text)
        return MOBILE.sub(lambda m: m[0] if m[0] in office else "＊" * 11, text)

    plain = msgspec.to_builtins(paper)
    return msgspec.convert({k: _each(v, veiled) for k, v in plain.items()}, OfficialPaper)


def _each(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_each(v, change) for v in value]
    return {k: _each(v, change) for k, v in value.items()} if isinstance(value, dict) else value


def _form(document: Document) -> PaperForm:
    return "sheet" if document.form == "slip" else document.form


def issuer_of(words: CaseWords, document: Document, acting: str) -> str:
    """Return who issues a paper: the body whose act it is where the profile lets it, else the first that it names."""
    allowed = [b for role in document.by for b in roles(words, role)]
    if acting in allowed or not allowed:
        return acting
    return words.desk.body if words.desk.body in allowed else allowed[0]


def roles(words: CaseWords, role: str) -> list[str]:
    """Return the bodies that a role means on a case."""
    match role:
        case "first_receiver":
            return [words.case.first_receiver]
        case "addressee":
            return list(words.transfer.to) if words.transfer else []
        case "acceptor":
            return [a.body for a in words.matter.acceptances]
        case "assistant":
            return [a.body for a in reversed(words.case.handling.of("assistances", words.matter.n))]
        case "all":
            return [p.id for p in words.rules.profile.posts]
        case "outside" | "complainant":
            return []
        case _:
            return [role]


def _addressees(words: CaseWords, document: Document, *, named: bool, strict: bool) -> tuple[str, ...]:
    if document.to_source:
        found = words.told(document.to_source).text
        if found:
            return (found,)
    if document.to[:1] == [COMPLAINANT]:
        name = words.told("complainant.name", named=True).text
        title = words.told("complainant.salutation", named=True).text
        if strict and not named:
            return (f"投诉人（{ASIDE}）",)
        return (f"{name}{title}" if name else "投诉人",)
    return _named(words, document.to, "")[: 1 if document.form == "upward" else None]


def _named(words: CaseWords, names: Sequence[str], but: str) -> tuple[str, ...]:
    if "all" in names:
        return (EVERYBODY,)
    bodies = dict.fromkeys(b for role in names for b in roles(words, role))
    return tuple(words.name(b) for b in bodies if b != but)


def paper_choices(case: Case, profile: Profile, lang: str, body: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what the acts of a body on papers may be about: those to be numbered by the office, those that have a number.

    Papers that another body issues are not among them; exactly who may is :mod:`liaison_app.desk.issuing`.
    """
    own = {d.kind: d for d in profile.documents if d.subject == "case" and (not d.by or _holds(case, d.by, body))}
    names = {kind: d.en if lang == "en" else d.name for kind, d in own.items()}
    office = tuple(
        (kind, names[kind]) for kind, d in own.items()
        if d.numbered == "office" and any(k.partition("/")[0] in case.done for k in d.after)
    )  # fmt: skip
    standing = [
        p for p in case.papers
        if p.number and not p.voided and p.kind in own and (p.body == body or own[p.kind].number_source)
    ]  # fmt: skip
    kinds = tuple(dict.fromkeys((p.kind, names[p.kind]) for p in standing))
    numbers = tuple((p.number, f"{names[p.kind]} {p.number}") for p in standing)
    return {
        "issue-paper-kind": office, "void-paper-kind": kinds, "seal-paper-kind": kinds,
        "void-paper-number": numbers, "seal-paper-number": numbers,
    }  # fmt: skip


def _holds(case: Case, roles: Sequence[str], body: str) -> bool:
    """Return whether a body has, or had, one of the roles of a paper on any matter of a case."""
    held = {
        "first_receiver": {case.first_receiver},
        "addressee": {b for t in case.transfers for b in t.to},
        "acceptor": {a.body for m in case.matters for a in m.acceptances},
        "assistant": {a.body for m in case.matters for a in case.handling.of("assistances", m.n)},
        "all": {body},
    }
    return any(body in held.get(role, {role}) for role in roles)
