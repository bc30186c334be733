"""Photos as they are looked at: turned as the camera was held, no larger than their place. The original is not touched."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

MOST = 12_000
"""Longest side (pixels) that is decoded whole."""


def upright(content: bytes, box: QSize | None = None) -> QImage:
    """Return a photo turned by its EXIF, shrunk into ``box``; a null image where the bytes are none. Any thread may ask."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > MOST:
        reader.setScaledSize(size.scaled(MOST, MOST, Qt.AspectRatioMode.KeepAspectRatio))
    elif size.isValid() and box is not None:
        around = QSize(max(box.width(), box.height()), max(box.width(), box.height()))
        if size.width() > around.width() or size.height() > around.height():
            reader.setScaledSize(size.scaled(around, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull() or box is None:
        return image
    if image.width() <= box.width() and image.height() <= box.height():
        return image
    return image.scaled(box, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def png_of(image: QImage) -> bytes:
    """Return an image of the clipboard as the file that it becomes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
