"""Draws the program's icon for Windows: ``python installer/windows/icon.py FILE.ico``; all sizes in one file."""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def main(file: Path) -> None:
    """Draw the icon at its largest and let the others follow from the drawing, not from the picture."""
    drawing = QSvgRenderer(str(Path(__file__).parents[2] / "resources" / "icons" / "app.svg"))
    pictures = []
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")  # type: ignore[call-overload]
        pictures.append(Image.open(io.BytesIO(bytes(buffer.data().data()))))
    file.parent.mkdir(parents=True, exist_ok=True)
    pictures[-1].save(file, format="ICO", sizes=[(s, s) for s in SIZES], append_images=pictures[:-1])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
