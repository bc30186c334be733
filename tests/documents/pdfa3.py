"""An own reader of what ISO 19005-3 (PDF/A-3, level B) asks of a file, clause by clause, over pikepdf.

No checker of PDF/A-3 comes with the package registries a fresh machine has; what is not looked at here (the programs of fonts, their
widths) Apache PDFBox looks at in the PDF/A-1b twin of each paper, which is drawn with the same code.
"""

import io
import re
import xml.etree.ElementTree as ET

import pikepdf

OPERATORS = frozenset(
    [
        "b",
        "B",
        "b*",
        "B*",
        "BDC",
        "BI",
        "BMC",
        "BT",
        "BX",
        "c",
        "cm",
        "CS",
        "cs",
        "d",
        "d0",
        "d1",
        "Do",
        "DP",
        "EI",
        "EMC",
        "ET",
        "EX",
        "f",
        "F",
        "f*",
        "G",
        "g",
        "gs",
        "h",
        "i",
        "ID",
        "j",
        "J",
        "K",
        "k",
        "l",
        "m",
        "M",
        "MP",
        "n",
        "q",
        "Q",
        "re",
        "RG",
        "rg",
        "ri",
        "s",
        "S",
        "SC",
        "sc",
        "SCN",
        "scn",
        "sh",
        "T*",
        "Tc",
        "Td",
        "TD",
        "Tf",
        "Tj",
        "TJ",
        "TL",
        "Tm",
        "Tr",
        "Ts",
        "Tw",
        "Tz",
        "v",
        "w",
        "W",
        "W*",
        "y",
        "'",
        '"',
    ]
)
FILTERS = frozenset(
    {
        "/ASCIIHexDecode",
        "/ASCII85Decode",
        "/FlateDecode",
        "/RunLengthDecode",
        "/CCITTFaxDecode",
        "/JBIG2Decode",
        "/DCTDecode",
        "/JPXDecode",
    }
)
RELATIONS = frozenset({"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"})
ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"})
RDF, XMP_PDFA = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.aiim.org/pdfa/ns/id/}"
DEEPEST, LONGEST_STRING, LONGEST_NAME = 28, 32767, 127


def faults(raw):
    """Return what is wrong in a file, each with its clause; nothing for a file that passes."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        found = [*_bytes(raw), *_document(document), *_metadata(document), *_intents(document), *_embedded(document)]
        for number, one in enumerate(document.objects, 1):
            found += [f"{fault} (object {number})" for fault in _object(one)]
        for number, page in enumerate(document.pages, 1):
            found += [f"{fault} (page {number})" for fault in _page(page)]
    return found


def _bytes(raw):
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", raw):
        yield "6.1.2 the file begins with its version and four bytes above 127"
    if not re.search(rb"startxref\s+\d+\s+%%EOF\r?\n?$", raw):
        yield "6.1.3 nothing follows the last %%EOF"
    if b"/Encrypt" in raw[raw.rindex(b"trailer") :] if b"trailer" in raw else False:
        yield "6.1.3 not encrypted"
    place = int(re.search(rb"startxref\s+(\d+)", raw)[1])
    if not re.match(rb"xref\n0 \d+\n0000000000 65535 f ?\r?\n", raw[place : place + 60]):
        yield "6.1.4 the table of places begins as it should"
    for match in re.finditer(rb"(?<=\n)(\d{10}) \d{5} n ", raw[place:]):
        at = int(match[1])
        if not (raw[at - 1 : at] == b"\n" and re.match(rb"\d+ \d+ obj\n", raw[at : at + 24])):
            yield f"6.1.9 an object begins on a line of its own (place {at})"


def _document(document):
    root = document.Root
    if "/ID" not in document.trailer or len(document.trailer.ID) != 2:
        yield "6.1.3 the trailer has an ID"
    if "/AcroForm" in root and ("/XFA" in root.AcroForm or bool(root.AcroForm.get("/NeedAppearances", False))):
        yield "6.4 no dynamic form"
    if (
        "/AA" in root
        or str(root.get("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.GoTo)).get("/S", "/GoTo")) != "/GoTo"
    ):
        yield "6.5 nothing happens by itself"
    if "/OCProperties" in root:
        yield "6.9 no layers"
    if "/AlternatePresentations" in root.get("/Names", {}) or "/Requirements" in root:
        yield "6.10, 6.11 no other presentation, no requirement"
    if "/JavaScript" in root.get("/Names", {}):
        yield "6.5 no script"
    if "/Perms" in root:
        yield "6.1.12 no permissions"
    if not (root.get("/MarkInfo", {}).get("/Marked") and root.get("/StructTreeRoot") is not None and root.get("/Lang")):
        yield "6.7 structure and language (asked by the house, not by level B)"


def _metadata(document):
    if "/Metadata" not in document.Root:
        yield "6.6.2 the catalog has metadata"
        return
    raw = document.Root.Metadata.read_bytes().decode("utf-8")
    begin = re.search(r"<\?xpacket begin=[^?]*\?>", raw)
    if begin is None or "bytes=" in begin[0] or "encoding=" in begin[0]:
        yield "6.6.2.1 the packet's header without bytes and encoding"
    tree = ET.fromstring(raw[raw.index("<x:xmpmeta") : raw.index("</x:xmpmeta>") + 12])
    said = {child.tag: child.text for part in tree.iter(f"{RDF}Description") for child in part}
    if (said.get(f"{XMP_PDFA}part"), said.get(f"{XMP_PDFA}conformance")) != ("3", "B"):
        yield "6.6.4 part 3, conformance B"
    known = (
        "http://www.aiim.org/pdfa/ns/id/",
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/pdf/1.3/",
    )
    if any(tag[1:].partition("}")[0] not in known for tag in said):
        yield "6.6.2.3 properties of known schemas only"
    info = document.docinfo
    title = next((li.text for li in tree.iter(f"{RDF}li")), None)
    if str(info.get("/Title")) != title or said.get("{http://ns.adobe.com/pdf/1.3/}Producer") != str(
        info.get("/Producer")
    ):
        yield "6.6.3 metadata and document information say the same"


def _intents(document):
    intents = [i for i in document.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFA1"]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "6.2.3 one output intent with its profile"
        return
    profile = intents[0].DestOutputProfile
    head = profile.read_bytes()[:128]
    if head[36:40] != b"acsp" or head[8] > 4 or head[12:16] not in (b"mntr", b"prtr", b"scnr", b"spac"):
        yield "6.2.3 a profile of ICC up to version 4 for an output"
    if head[16:20] != b"RGB " or profile.get("/N") != 3:
        yield "6.2.4.2 device colours are RGB: so is the profile"


def _embedded(document):
    names = list(document.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", []))
    specs = names[1::2]
    linked = [spec.objgen for spec in document.Root.get("/AF", [])]
    if not specs:
        yield "6.8 the data of the paper is attached (asked by the house)"
    for spec in specs:
        if spec.objgen not in linked:
            yield "6.8 an embedded file is associated with the document (AF)"
        if "/F" not in spec or "/UF" not in spec:
            yield "6.8 a file has F and UF"
        if str(spec.get("/AFRelationship")) not in RELATIONS:
            yield "6.8 a file says what it is to the document (AFRelationship)"
        file = spec.get("/EF", {}).get("/F")
        if file is None or not re.fullmatch(r"/[a-z]+/[\w.+-]+", str(file.get("/Subtype"))):
            yield "6.8 a file has a MIME type"
            continue
        params = file.get("/Params", {})
        if "/ModDate" not in params or params.get("/Size") != len(file.read_bytes()):
            yield "6.8 a file says when it was changed and how long it is"


def _object(one):
    """Yield the faults of one object, its direct parts too."""
    if isinstance(one, pikepdf.Stream):
        if any(key in one for key in ("/F", "/FFilter", "/FDecodeParms")):
            yield "6.1.7.1 no stream outside of the file"
        filters = one.get("/Filter")
        for used in [] if filters is None else filters if isinstance(filters, pikepdf.Array) else [filters]:
            if str(used) not in FILTERS:
                yield f"6.1.7.2 no filter {used}"
        raw = one.read_raw_bytes()
        if one.get("/Length") != len(raw):
            yield "6.1.7.1 the length of a stream is true"
    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        yield from _dictionary(one)
        for key, value in one.items():
            if len(key.encode()) > LONGEST_NAME + 1:
                yield "6.1.13 names of at most 127 bytes"
            if not value_is_reference(value):
                yield from _object(value)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not value_is_reference(value):
                yield from _object(value)
    elif isinstance(one, pikepdf.String) and len(bytes(one)) > LONGEST_STRING:
        yield "6.1.13 strings of at most 32767 bytes"


def value_is_reference(value):
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _dictionary(one):
    kind, subtype = str(one.get("/Type")), str(one.get("/Subtype"))
    if kind == "/Annot" and subtype not in ("/Link",):
        yield f"6.3 no annotation {subtype}"
    if "/S" in one and (kind == "/Action" or subtype == "/Link") and str(one.S) not in ACTIONS:
        yield f"6.5 no action {one.S}"
    if kind == "/ExtGState":
        if "/TR" in one or "/HTP" in one or str(one.get("/TR2", "/Default")) != "/Default":
            yield "6.2.5 no transfer function"
        if (
            float(one.get("/CA", 1)) != 1
            or float(one.get("/ca", 1)) != 1
            or str(one.get("/SMask", "/None")) != "/None"
            or str(one.get("/BM", "/Normal")) != "/Normal"
        ):
            yield "6.2.10 nothing shines through"
    if kind == "/XObject":
        if any(key in one for key in ("/OPI", "/Alternates", "/PS", "/Ref", "/SMask")) or bool(
            one.get("/Interpolate", False)
        ):
            yield "6.2.8, 6.2.9 plain pictures and forms"
        if subtype == "/Image" and str(one.get("/ColorSpace")) not in ("/DeviceRGB", "/DeviceGray"):
            yield "6.2.4 colours of the output intent"
    if str(one.get("/S")) == "/Transparency":
        yield "6.2.10 no group of transparency"
    if kind == "/Font":
        yield from _font(one, subtype)


def _font(font, subtype):
    if subtype == "/Type0":
        inner = font.DescendantFonts[0]
        if str(font.Encoding) != "/Identity-H":
            yield "6.2.11.3.3 a CMap that is known or embedded"
        system = inner.CIDSystemInfo
        if (str(system.Registry), str(system.Ordering)) != ("Adobe", "Identity"):
            yield "6.2.11.3.1 the characters of Identity-H"
        if "/ToUnicode" not in font:
            yield "6.2.11.7 what each code means (asked by the house)"
        if font.BaseFont != inner.BaseFont or inner.BaseFont != inner.FontDescriptor.FontName:
            yield "6.2.11.2 one name"
    elif subtype in ("/CIDFontType0", "/CIDFontType2"):
        about = inner = font.FontDescriptor
        program = about.get("/FontFile3") if subtype == "/CIDFontType0" else about.get("/FontFile2")
        if program is None or (subtype == "/CIDFontType0" and str(program.get("/Subtype")) != "/CIDFontType0C"):
            yield "6.2.11.4.1 the font is embedded"
        if subtype == "/CIDFontType2" and not isinstance(font.get("/CIDToGIDMap"), pikepdf.Stream):
            yield "6.2.11.3.2 which glyph each character is"
        if "/CIDSet" not in inner or not inner.CIDSet.read_bytes()[:1] or not inner.CIDSet.read_bytes()[0] & 0x80:
            yield "6.2.11.4.2 the set of characters, .notdef among them"
    else:
        yield f"6.2.11 no font {subtype}"


def _page(page):
    if "/AA" in page or "/PresSteps" in page:
        yield "6.5, 6.10 a page does nothing by itself"
    if "/Group" in page:
        yield "6.2.10 no group of transparency"
    width, height = (float(page.MediaBox[i + 2]) - float(page.MediaBox[i]) for i in (0, 1))
    if not (3 <= width <= 14400 and 3 <= height <= 14400):
        yield "6.1.13 pages from 3 to 14400 points"
    fonts = dict(page.get("/Resources", {}).get("/Font", {}).items())
    pictures = page.get("/Resources", {}).get("/XObject", {})
    font, depth, deepest = None, 0, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        said = str(operator)
        if said not in OPERATORS:
            yield f"6.2.2 no operator {said}"
        depth += {"q": 1, "Q": -1}.get(said, 0)
        deepest = max(deepest, depth)
        if said in ("k", "K") or (said in ("cs", "CS") and str(operands[0]) not in ("/DeviceRGB", "/DeviceGray")):
            yield "6.2.4 colours of the output intent"
        if said == "Do" and str(operands[0]) not in pictures:
            yield "6.2.2 what is drawn is among the page's own resources"
        if said == "Tf":
            font = fonts.get(str(operands[0]))
            if font is None:
                yield "6.2.2 a font is among the page's own resources"
        if said == "Tj" and font is not None:
            yield from _drawn(font, bytes(operands[0]))
    if depth or deepest > DEEPEST:
        yield "6.1.13 q and Q in pairs, at most 28 deep"


def _drawn(font, codes):
    """Yield characters that are drawn and not in the embedded font, and a drawn .notdef."""
    inner = font.DescendantFonts[0]
    held = inner.FontDescriptor.CIDSet.read_bytes()
    glyphs = inner.CIDToGIDMap.read_bytes() if isinstance(inner.get("/CIDToGIDMap"), pikepdf.Stream) else None
    for i in range(0, len(codes), 2):
        cid = int.from_bytes(codes[i : i + 2], "big")
        if cid == 0 or cid // 8 >= len(held) or not held[cid // 8] & 0x80 >> cid % 8:
            yield "6.2.11.8 no .notdef, nothing that is not embedded"
        elif glyphs is not None and not any(glyphs[2 * cid : 2 * cid + 2]):
            yield "6.2.11.8 no .notdef"
