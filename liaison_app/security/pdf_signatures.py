"""Electronic signatures in a PDF that came back: shown and verified, never made (OFFICE A6).

What is verified: that the signed bytes are unchanged, that the signature fits the certificate, that it covers the whole
file. Whose certificate it is, is shown with its issuer; whether to trust the issuer people decide: nothing is fetched.
"""

import io
import logging
from typing import Literal

import msgspec

Verdict = Literal["good", "added", "changed", "unknown"]
"""``good``: whole and unchanged; ``added``: something was added behind the signature; ``changed``: the signed words are not
what was signed; ``unknown``: a kind of signature that cannot be verified here (a 国密 seal)."""


class SeenSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature in a PDF: who signed by whose certificate, when (as the signer says, ISO 8601), how it stands."""

    signer: str
    issuer: str
    at: str
    verdict: Verdict


def signatures_of(pdf: bytes) -> tuple[SeenSignature, ...]:
    """Return the signatures in a PDF, oldest first; none of a file that has none or cannot be read as PDF."""
    if b"/ByteRange" not in pdf:
        return ()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it would write names of certificates into the log
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        return tuple(_seen(one) for one in found)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return (SeenSignature(signer="", issuer="", at="", verdict="unknown"),)


def _seen(one: object) -> SeenSignature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = one.signer_cert  # type: ignore[attr-defined]
    signer = str(certificate.subject.native.get("common_name", "")) or certificate.subject.human_friendly
    issuer = str(certificate.issuer.native.get("common_name", "")) or certificate.issuer.human_friendly
    said = one.self_reported_timestamp  # type: ignore[attr-defined]
    verdict: Verdict = "unknown"
    try:
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        status = validate_pdf_signature(one, signer_validation_context=context)  # type: ignore[arg-type]
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        verdict = ("good" if whole else "added") if status.intact and status.valid else "changed"
    except (SignatureValidationError, ValueError, NotImplementedError, KeyError):
        verdict = "unknown"
    return SeenSignature(signer=signer, issuer=issuer, at=said.isoformat() if said else "", verdict=verdict)
