"""QR codes in pictures of papers: a photo, a scan, a page of a PDF that was drawn. Pure: bytes in, texts out."""

import io
from typing import Final

from liaison_app.domain.errors import RuleBroken

LARGEST_SIDE: Final = 4_000
"""Pixels of the longer side that are searched: a photo is made smaller first."""


def codes_of_picture(content: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes in a picture, from top to bottom. Raise RuleBroken ``picture_unreadable``."""
    import zxingcpp
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RuleBroken("picture_unreadable") from error
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return tuple(one.text for one in sorted(found, key=lambda b: b.position.top_left.y) if one.valid)
