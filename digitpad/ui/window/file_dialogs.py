"""Asks for files by the platform's own dialogs."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_PICTURES = "*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff"
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


def ask_save(
    parent: QWidget, title: str, folder: str, kind: str, name: str = "digit"
) -> str | None:
    """Return where to save a file of ``kind`` (its suffix), None if they changed their mind."""
    proposal = str(Path(folder) / f"{name}.{kind}")
    path, _ = QFileDialog.getSaveFileName(parent, title, proposal, f"{kind.upper()} (*.{kind})")
    if not path:
        return None
    return path if Path(path).suffix else f"{path}.{kind}"
