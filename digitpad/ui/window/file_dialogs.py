"""Asks for files to open, by the platform's own dialog."""

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.core.drawing import PICTURE_SUFFIXES

_PICTURES = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
_INK = "*.inkml"
_OPENABLE = ";;".join(
    (
        f"Drawings and pictures ({_INK} {_PICTURES})",
        f"Ink (InkML) ({_INK})",
        f"Pictures ({_PICTURES})",
        "All files (*)",
    )
)


def ask_open(parent: QWidget, folder: str) -> list[str]:
    """Return the files that the person chose, none if they changed their mind."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Open", folder, _OPENABLE)
    return paths
