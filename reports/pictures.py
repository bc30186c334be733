"""A picture of a paper (photo or scan) as a page of A4, so that what came back sealed is shown and printed like any paper."""

import io

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.strokes import HEIGHT, WIDTH


def draw_picture(content: bytes) -> bytes:
    """Return a PDF of one A4 page that the picture fills as far as its shape allows, lying when it is wider than high.

    Raises OSError when the bytes are no picture.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    room = (HEIGHT, WIDTH) if picture.width > picture.height else (WIDTH, HEIGHT)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=room, invariant=1, initialFontName=None)
    canvas.drawImage(ImageReader(picture), (room[0] - width) / 2, (room[1] - height) / 2, width, height)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
