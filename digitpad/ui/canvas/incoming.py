"""What a drop or the clipboard brings: files, or a picture."""

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage

from digitpad.ui.png import png_bytes
from digitpad.ui.widgets.file_drops import local_files

_PNG = "image/png"


def has_something(mime: QMimeData) -> bool:
    return bool(local_files(mime)) or mime.hasImage() or mime.hasFormat(_PNG)


def picture(mime: QMimeData) -> bytes | QImage | None:
    """Return the picture as it comes, encoded or not, None where there is none."""
    if mime.hasFormat(_PNG):
        return bytes(mime.data(_PNG).data())
    image = mime.imageData() if mime.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def encoded(picture: bytes | QImage, longest: int) -> bytes:
    """Return a picture's file; one that comes without is made no longer than ``longest``.

    That takes its time: it is nothing for the GUI thread.
    """
    if isinstance(picture, bytes):
        return picture
    if max(picture.width(), picture.height()) > longest:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture = picture.scaled(longest, longest, keep, smooth)
    return png_bytes(picture)
