"""The data sets that a retraining is offered without being told where they are."""

from collections.abc import Iterator
from pathlib import Path

from digitpad import resources
from digitpad.core.data_source import DataSource
from digitpad.core.errors import DigitpadError
from digitpad.core.samples.store import SampleStore

_MNIST = "mnist"
_DOT = " \N{MIDDLE DOT} "


def data_sources(store: SampleStore) -> list[DataSource]:
    """Return MNIST, the ink sets that are at hand, and the person's own drawings, if any."""
    return [_mnist(), *_ink_sets(), *_own_drawings(store)]


def _mnist() -> DataSource:
    about = "70,000 scanned digits"
    folder = _in_data_folder("mnist")
    if folder is None:
        return DataSource(_MNIST, "MNIST", f"{about}, downloaded once")
    return DataSource(str(folder), "MNIST", f"{about}{_DOT}{folder}")


def _ink_sets() -> Iterator[DataSource]:
    folder = _in_data_folder("ink")
    if folder is not None:
        count = len(list(folder.glob("*.jsonl*")))
        yield DataSource(str(folder), "Pen drawings", f"{count} sets of ink{_DOT}{folder}")


def _own_drawings(store: SampleStore) -> Iterator[DataSource]:
    try:
        count = store.count()
    except DigitpadError:
        return  # its own window says what is wrong with it
    if count:
        yield DataSource(str(store.path), "My drawings", f"{count:,} labelled by you")


def _in_data_folder(name: str) -> Path | None:
    data = resources.data_folder()
    folder = data / name if data else None
    return folder if folder and folder.is_dir() else None
