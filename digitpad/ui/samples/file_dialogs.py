"""Asks where drawings come from and where they go, by the platform's own dialogs."""

from PySide6.QtWidgets import QFileDialog, QWidget

_IN = ";;".join(
    (
        "Drawings (*.jsonl *.jsonl.gz *.inkml *.sqlite *.png *.jpg *.jpeg *.bmp *.webp)",
        "Ink lines (*.jsonl *.jsonl.gz)",
        "Ink (InkML) (*.inkml)",
        "Another file of drawings (*.sqlite)",
        "All files (*)",
    )
)
_PLAIN, _ZIPPED = "Ink lines (*.jsonl)", "Ink lines, compressed (*.jsonl.gz)"
_SUFFIXES = {_PLAIN: ".jsonl", _ZIPPED: ".jsonl.gz"}


def ask_files(parent: QWidget) -> list[str]:
    """Return the files to import, none if the person changed their mind."""
    paths, _ = QFileDialog.getOpenFileNames(parent, "Import drawings", "", _IN)
    return paths


def ask_folder(parent: QWidget, title: str) -> str:
    """Return a folder, "" if the person changed their mind."""
    return QFileDialog.getExistingDirectory(parent, title)


def ask_lines(parent: QWidget) -> str:
    """Return where to write ink lines, "" if the person changed their mind."""
    path, kind = QFileDialog.getSaveFileName(
        parent, "Export as ink lines", "drawings.jsonl", ";;".join(_SUFFIXES)
    )
    if not path or path.lower().endswith(tuple(_SUFFIXES.values())):
        return path
    return path + _SUFFIXES.get(kind, ".jsonl")
