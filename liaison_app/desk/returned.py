"""已盖章件: a sealed paper that came back (PDF, picture, OFD) as it is shown and printed from then on (OFFICE A6)."""

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

from liaison_app.desk import paper_views
from liaison_app.domain.errors import RuleBroken
from liaison_app.domain.files import kind_of
from liaison_app.domain.moments import china
from liaison_app.security.pdf_signatures import SeenSignature, signatures_of
from liaison_app.words import labels

if TYPE_CHECKING:
    from liaison_app.desk.papers import Renderer

OFD: Final = "OFD.xml"
"""The part of a file by which 版式文件 GB/T 33190 is known."""


def returned_view(number: str, content: bytes, renderer: "Renderer | None", lang: str) -> paper_views.PaperView | None:
    """Return a paper that came back, with what its signatures say; None where it is nothing that can be shown.

    Raises RuleBroken ``renderer_missing``, ``picture_unreadable``.
    """
    seen: tuple[SeenSignature, ...] = ()
    match kind_of("", content[:16]):
        case "pdf":
            suffix, pdf, seen = ".pdf", content, signatures_of(content)
        case "photo":
            if renderer is None:
                raise RuleBroken("renderer_missing")
            try:
                suffix, pdf = ".pdf", renderer.picture(content)
            except (OSError, ValueError) as error:
                raise RuleBroken("picture_unreadable") from error
        case _ if (parts := parts_of_ofd(content)) is not None:
            suffix, pdf = ".ofd", b""
            seals = sum(name.endswith("/Signature.xml") for name in parts)
            seen = tuple(SeenSignature(signer="", issuer="", at="", verdict="unknown") for _ in range(seals))
        case _:
            return None
    return paper_views.PaperView(
        name=number, number=number, pdf=pdf, pages=max(1, pdf.count(b"/Type /Page\n")) if pdf else 0, fonts=(),
        missing_glyphs=(), scan=True, original=b"" if pdf else content, suffix=suffix,
        signatures=tuple(signature_line(one, lang) for one in seen),
    )  # fmt: skip


def parts_of_ofd(content: bytes) -> tuple[str, ...] | None:
    """Return the names of the parts of an OFD file; None of anything else."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = tuple(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    return names if OFD in names else None


def signature_line(seen: SeenSignature, lang: str) -> paper_views.SignatureLine:
    """Return a signature in words: by whom, when, how it stands."""
    verdict = labels.choice("signature-verdict", seen.verdict, lang)
    by = seen.signer
    if seen.issuer and seen.issuer != seen.signer:
        by += f" ({seen.issuer})" if lang == "en" else f"（证书签发：{seen.issuer}）"
    at = f"{china(seen.at):%Y-%m-%d %H:%M}" if seen.at else ""
    return paper_views.SignatureLine(
        words="　".join(part for part in (by, at, verdict) if part), good=seen.verdict == "good"
    )
