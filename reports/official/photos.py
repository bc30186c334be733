"""Photos behind a paper: upright as the camera was held, shrunk to what paper shows, two a page with their captions."""

import io

from liaison_app.domain.papers import Photo
from reports.official.page import FOURTH, TOP, Press
from reports.strokes import mm
from reports.tags import figure

LONGEST = 1600
"""Longest side (pixels) of a photo on paper: 200 dpi and more at its printed size."""
QUALITY = 82
FAXED = 1200
"""Longest side (dots) of a photo in a fax: what 200 dots an inch carry."""
ROOM = 96 * mm
"""Height for one photo."""


def shrunk(content: bytes, *, fax: bool = False) -> tuple[bytes, tuple[int, int]] | None:
    """Return a photo upright and shrunk as JPEG with its width and height in pixels, None where the bytes are no picture. The same photo gives the same bytes.

    ``fax``: black dots on white instead, eight a byte, rows filled up (OFFICE B13: black only).
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError):
        return None
    if fax:
        grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
        grey.thumbnail((FAXED, FAXED))
        dots = grey.convert("1")
        return dots.tobytes(), dots.size
    picture.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), picture.size


def draw_photos(press: Press, photos: tuple[Photo, ...], *, fax: bool = False) -> int:
    """Draw the photos on pages of their own; return how many pages."""
    pages = 0
    good = [(p, small) for p in photos if (small := shrunk(p.content, fax=fax)) is not None]
    for at, (photo, small) in enumerate(good):
        if at % 2 == 0:
            press.open_page()
            pages += 1
        top = TOP - (at % 2) * (ROOM + 14 * mm)
        jpeg, (wide, high) = small
        scale = min(press.area / wide, ROOM / high)
        width, height = wide * scale, high * scale
        left = press.left + (press.area - width) / 2
        box = (left, top - height, left + width, top)
        press.mark(press.tag("Figure", figure(photo.caption, box)))
        press.book.picture(jpeg, (wide, high), (left, top - height, width, height), dots=fax)
        press.mark(press.tag("P"))
        press.put(photo.caption, press.left, top - height - 3 * mm, "fang", FOURTH)
        if at % 2 or at + 1 == len(good):
            press.close_page()
    return pages
