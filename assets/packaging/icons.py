"""The app's icon in every size that a desktop asks for, rendered from its SVG."""

import os
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)


def render(svg: Path, folder: Path) -> dict[int, Path]:
    """Write ``svg`` as square PNG files into ``folder``; return them by their side in pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise SystemExit(f"{svg} is no SVG")
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        files[size] = folder / f"{size}.png"
        if not image.save(str(files[size])):
            raise SystemExit(f"{files[size]} could not be written")
    return files
