"""Signatures in a returned PDF: shown and verified with real keys; a changed file is told."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf

import reports
from liaison_app.security.pdf_signatures import signatures_of
from tests.documents.official_papers import LETTER

NOW = datetime(2026, 9, 30, tzinfo=UTC)


def signer(tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "区环保局电子印章")])
    cert = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(NOW - timedelta(days=400)).not_valid_after(NOW + timedelta(days=4000)).sign(key, hashes.SHA256())
    )  # fmt: skip
    secret, public = tmp_path / "key.pem", tmp_path / "cert.pem"
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public.write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    return SimpleSigner.load(str(secret), str(public))


@pytest.fixture
def signed(tmp_path):
    plain = reports.renderer(bundled_only=True).official([LETTER]).pdf
    out = io.BytesIO()
    sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(plain)),
        PdfSignatureMetadata(field_name="Seal"),
        signer(tmp_path),
        output=out,
    )
    return plain, out.getvalue()


def test_a_signature_is_shown_and_verified(signed):
    plain, pdf = signed
    (one,) = signatures_of(pdf)
    assert (one.signer, one.issuer, one.verdict) == ("区环保局电子印章", "区环保局电子印章", "good")
    assert one.at.startswith("20")
    assert signatures_of(plain) == ()


def test_a_changed_file_and_an_added_page_are_told(signed):
    plain, pdf = signed
    at = plain.index(b"stream") + 40
    changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
    (one,) = signatures_of(changed)
    assert one.verdict in {"changed", "unknown"}
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Later"] = writer.add_object(__import__("pyhanko.pdf_utils.generic", fromlist=["x"]).NumberObject(1))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    (one,) = signatures_of(out.getvalue())
    assert one.verdict == "added"


def test_a_file_that_only_pretends_is_unknown():
    (one,) = signatures_of(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF")
    assert one.verdict == "unknown" and one.signer == ""
