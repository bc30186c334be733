"""What makes a PDF fit for the archive (ISO 19005): metadata, the colours' profile, an identity, the data attached.

With its data attached a paper is PDF/A-3b, without it PDF/A-1b. Nothing here knows a clock: the time of a file is the
date of its paper.
"""

import hashlib
import html
import zlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from reports.objects import new_object, put_object, stream, text

CREATOR: Final = "Liaison Desk"
PRODUCER: Final = "Liaison Desk, ReportLab, HarfBuzz"
DATA_NAME: Final = "data.json"
"""Name of the attached file that holds what the paper says (AFRelationship Data)."""
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><pdf:Producer>{producer}</pdf:Producer>{keywords}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of itself: its title, the date of its paper (ISO), the data attached as JSON, or none.

    ``codes`` say of which papers it is, as the QR does: a desk on which the file is dropped knows it again.
    """

    title: str
    date: str
    data: bytes | None = None
    codes: tuple[str, ...] = ()


@cache
def _srgb() -> bytes:
    """Return the stream of the colours' profile: sRGB (IEC 61966-2-1), ICC version 2."""
    body = zlib.compress(files("resources").joinpath("papers", "srgb.icc").read_bytes(), 9)
    return f"<< /N 3 /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


def keep(doc: Any, identity: Identity, tree: int, pages: bytes) -> None:
    """Write into a document what the archive asks for; ``tree`` is its structure, ``pages`` names its content."""
    day = identity.date[:10] if len(identity.date) >= 10 and identity.date[:4].isdigit() else "2000-01-01"
    codes = "; ".join(identity.codes)
    _told(doc, identity.title, codes, day)
    catalog = doc.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Lang = "(zh-CN)"
    catalog.MarkInfo = "<</Marked true>>"
    catalog.ViewerPreferences = "<</DisplayDocTitle true>>"
    catalog.StructTreeRoot = f"{tree} 0 R"
    xmp = _XMP.format(
        part=1 if identity.data is None else 3, title=html.escape(identity.title, quote=False), creator=CREATOR, producer=PRODUCER,
        time=f"{day}T00:00:00+08:00", keywords=f"<pdf:Keywords>{html.escape(codes, quote=False)}</pdf:Keywords>" if codes else "",
    )  # fmt: skip
    catalog.Metadata = f"{stream(doc, xmp.encode(), '/Type /Metadata /Subtype /XML', level=0)} 0 R"
    profile = put_object(doc, new_object(doc), _srgb())
    catalog.OutputIntents = (
        "[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        f" /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile {profile} 0 R>>]"
    )
    if identity.data is not None:
        _attach(doc, identity.data, day)
    digest = hashlib.sha256(xmp.encode() + pages + (identity.data or b"")).hexdigest()[:32]
    doc._ID = f"[<{digest}> <{digest}>]\n".encode()


def _told(doc: Any, title: str, codes: str, day: str) -> None:
    """Fill the document information, the same words as the metadata."""
    time = f"(D:{day.replace('-', '')}000000+08'00')"
    keywords = f" /Keywords {text(codes)}" if codes else ""
    words = (
        f"<< /Title {text(title)}{keywords} /Creator ({CREATOR}) /Producer ({PRODUCER}) /CreationDate {time} /ModDate {time} >>"
    ).encode()
    doc.info.format = lambda document: words


def _attach(doc: Any, data: bytes, day: str) -> None:
    moment = f"(D:{day.replace('-', '')}000000+08'00')"
    file = stream(
        doc, data, f"/Type /EmbeddedFile /Subtype /application#2Fjson /Params <</Size {len(data)} /ModDate {moment}>>"
    )
    spec = put_object(
        doc, new_object(doc),
        f"<< /Type /Filespec /F ({DATA_NAME}) /UF ({DATA_NAME}) /AFRelationship /Data /Desc {text('本文书的数据')}"
        f" /EF <</F {file} 0 R /UF {file} 0 R>> >>",
    )  # fmt: skip
    doc.Catalog.AF = f"[{spec} 0 R]"
    doc.Catalog.Names = f"<</EmbeddedFiles <</Names [({DATA_NAME}) {spec} 0 R]>>>>"
