"""What a drop or the clipboard brings: files, or a picture."""

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

_PNG = "image/png"


def has_something(mime: QMimeData) -> bool:
    return bool(local_files(mime)) or mime.hasImage() or mime.hasFormat(_PNG)


def local_files(mime: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]


def picture_bytes(mime: QMimeData) -> bytes | None:
    """Return the picture as a PNG file's bytes, None where there is none."""
    if mime.hasFormat(_PNG):
        return bytes(mime.data(_PNG).data())
    image = mime.imageData() if mime.hasImage() else None
    return png_bytes(image) if isinstance(image, QImage) and not image.isNull() else None


def png_bytes(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
