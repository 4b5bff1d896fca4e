"""The data sets that a retraining is offered without being told where they are."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from digitpad import resources
from digitpad.core.data_source import DataSource
from digitpad.core.samples.store import SampleStore
from digitpad.ui.wording import drawings
from digitpad.workflows.background import Background

_log = logging.getLogger(__name__)

_MNIST = "mnist"
_DOT = " \N{MIDDLE DOT} "


def offer_sources(
    store: SampleStore, background: Background, show: Callable[[list[DataSource]], None]
) -> None:
    """Show MNIST and the ink sets at hand, and again with the person's drawings once counted."""
    at_hand = [_mnist(), *_ink_sets()]

    def counted(count: int) -> None:
        if count:
            own = DataSource(str(store.path), "My drawings", f"{drawings(count)} labelled by you")
            show([*at_hand, own])

    show(at_hand)
    background.run(store.count, counted, log_only)


def _mnist() -> DataSource:
    about = "70,000 scanned digits"
    folder = _in_data_folder("mnist")
    if folder is None:
        return DataSource(_MNIST, "MNIST", f"{about}, downloaded when first needed")
    return DataSource(str(folder), "MNIST", f"{about}{_DOT}{folder}")


def _ink_sets() -> Iterator[DataSource]:
    folder = _in_data_folder("ink")
    if folder is not None:
        sets = len(list(folder.glob("*.jsonl*")))
        about = "1 data set" if sets == 1 else f"{sets} data sets"
        yield DataSource(str(folder), "Pen drawings", f"{about}{_DOT}{folder}")


def log_only(error: Exception) -> None:
    """Leave it to the drawings' own window to say what is wrong with them."""
    _log.warning("the drawings cannot be counted", exc_info=error)


def _in_data_folder(name: str) -> Path | None:
    data = resources.data_folder()
    folder = data / name if data else None
    return folder if folder and folder.is_dir() else None
