"""Asks where to save a file, and again before a file that was not chosen by name is replaced."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.ui.widgets.questions import ask


def ask_save(
    parent: QWidget,
    title: str,
    proposal: str,
    kinds: Mapping[str, str],
    then: Callable[[str], object],
) -> None:
    """Call ``then`` with the path that the person chooses, unless they change their mind.

    ``kinds`` are the suffixes that the file may have, ".png" for instance, with their names. A
    path without any of them gets that of the kind which is chosen in the dialog. The platform's
    dialogs ask before they replace a file, but some have not seen the suffix by then.
    """
    suffixes = {f"{name} (*{suffix})": suffix for suffix, name in kinds.items()}
    chosen, kind = QFileDialog.getSaveFileName(parent, title, proposal, ";;".join(suffixes))
    if not chosen:
        return
    named = chosen.lower().endswith(tuple(kinds))
    path = chosen if named else chosen + suffixes.get(kind, next(iter(kinds)))
    if not named and Path(path).exists():
        _ask_replace(parent, Path(path), lambda: then(path))
    else:
        then(path)


def _ask_replace(parent: QWidget, path: Path, replace: Callable[[], object]) -> None:
    ask(
        parent.window(),
        f"Replace \u201c{path.name}\u201d?",
        f"A file with this name already exists in {path.parent}.",
        {"Cancel": lambda: None, "&Replace": replace},
    )
