"""Asks where drawings come from and where they go, by the platform's own dialogs."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.core.drawing import PICTURE_SUFFIXES
from digitpad.ui.widgets.save_dialog import ask_save

_PICTURES = " ".join(f"*{suffix}" for suffix in PICTURE_SUFFIXES)
_IN = ";;".join(
    (
        f"Drawings (*.jsonl *.jsonl.gz *.inkml *.sqlite {_PICTURES})",
        "Ink lines (*.jsonl *.jsonl.gz)",
        "Ink (InkML) (*.inkml)",
        "Digitpad drawings (*.sqlite)",
        "All files (*)",
    )
)
_LINES = {".jsonl": "Ink lines", ".jsonl.gz": "Ink lines, compressed"}


def ask_files(parent: QWidget) -> list[str]:
    """Return the files to import, none if the person changed their mind."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Import drawings", "", _IN)
    return paths


def ask_folder(parent: QWidget, title: str) -> str:
    """Return a folder, "" if the person changed their mind."""
    return QFileDialog.getExistingDirectory(parent, title)


def ask_lines(parent: QWidget, then: Callable[[str], object]) -> None:
    """Call ``then`` with the path to write ink lines to, unless the person changes their mind."""
    ask_save(parent, "Export as ink lines", "drawings", _LINES, then)
