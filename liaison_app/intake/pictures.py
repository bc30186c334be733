"""QR codes in pictures of papers: a photo, a scan, a page of a PDF that was drawn. Pure: bytes in, texts out."""

import io
from typing import TYPE_CHECKING, Final

from liaison_app.domain.errors import RuleBroken

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_SIDE: Final = 4_000
"""Pixels of the longer side that are searched: a photo is made smaller first."""
COARSE: Final = 1.5
"""A fax of 204 × 98 dots an inch has lines twice as high as its dots are wide."""


def codes_of_picture(content: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes in a picture, from top to bottom.

    A photo in poor light or out of focus is searched a second time with its contrast drawn out, a coarse fax with its lines
    as high as they are wide. Raise RuleBroken ``picture_unreadable``.
    """
    from PIL import Image, ImageFilter, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as opened:
            across, down = (float(dots) for dots in opened.info.get("dpi", (0, 0)))
            picture = ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, TypeError, SyntaxError, Image.DecompressionBombError) as error:
        raise RuleBroken("picture_unreadable") from error
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    if found := _read(picture):
        return found
    if down and COARSE < across / down < 2 * COARSE:
        picture = picture.resize((picture.width, int(picture.height * across / down)))
        if found := _read(picture):
            return found
    clear = ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=1)
    return _read(clear) or _read(clear.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0)))


def _read(picture: "Image") -> tuple[str, ...]:
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return tuple(one.text for one in sorted(found, key=lambda b: b.position.top_left.y) if one.valid)
