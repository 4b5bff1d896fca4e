"""What is in data sets: how many drawings of each class, some of them, and what is wrong."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.event_lines import Fetching, to_json
from digitpad.core.prediction import CLASSES
from digitpad.core.survey import (
    OTHERS,
    Event,
    Reading,
    SetRead,
    SetRefused,
    Surveyed,
    class_of,
    packed,
)
from train.data import Drawings, Images, Pictures, counted, spread
from train.sources import Source, fetched, find
from train.strokes import plainly_seen

MOST_OF_A_CLASS = 200
"""Samples of each class of a data set, at most."""
_MOST_IN_ALL = 50_000
"""Samples that a window has to keep in memory, about 40 MB of them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes besides the data."""
    parser.set_defaults(run=_run)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON line per event, with samples"
    )


def _run(chosen: argparse.Namespace) -> None:
    refused = 0
    for event in survey(chosen.data):
        if chosen.json:
            print(to_json(event), flush=True)
        elif isinstance(event, SetRead):
            print(f"{event.file}: {_counted(event.counts)}")
        elif isinstance(event, SetRefused):
            refused += 1
            print(event.message, file=sys.stderr)
    if refused:
        raise SystemExit(1)


def survey(paths: Sequence[Path]) -> Iterator[Event]:
    """Read every data set at ``paths`` and tell of each; one that is at fault ends nothing."""
    sources: dict[tuple[Path, ...], Source] = {}
    for path in paths:
        try:
            yield from map(Fetching, fetched([path]))
            sources.update((source.files, source) for source in find([path]))
        except DigitpadError as error:
            yield SetRefused(str(error), error.details)
    most = min(MOST_OF_A_CLASS, max(_MOST_IN_ALL // (CLASSES * max(len(sources), 1)), 1))
    usable = 0
    for done, source in enumerate(sources.values()):
        yield Reading(source.files[0].name, done, len(sources))
        try:
            yield _look(source, most)
        except DigitpadError as error:
            yield SetRefused(str(error), error.details)
        else:
            usable += 1
    yield Surveyed(usable)


def _look(source: Source, most: int) -> SetRead:
    """Read all of ``source`` and keep ``most`` samples of each class. Raises DigitpadError."""
    sets = source.read()
    counts = np.zeros(CLASSES, np.int64)
    labels: list[str] = []
    images: list[Images] = []
    for one in sets:
        named = _labels(one)
        classes = np.array([class_of(label) for label in named])
        counts += np.bincount(classes, minlength=CLASSES)
        rows = _some_of_each(classes, most)
        labels += [named[row] for row in rows]
        images.append(_images(one, rows))
    return SetRead(
        sets[0].name, str(source.files[0]), counts.tolist(), labels, packed(np.concatenate(images))
    )


def _labels(one: Pictures | Drawings) -> Sequence[str]:
    return one.labels if isinstance(one, Drawings) else [str(label) for label in one.labels]


def _images(one: Pictures | Drawings, rows: Sequence[int]) -> Images:
    if isinstance(one, Pictures):
        return one.images[rows]
    return np.stack([plainly_seen(one.inks[row]) for row in rows])


def _some_of_each(classes: np.ndarray, most: int) -> list[int]:
    """Return rows, ``most`` of each class at most, evenly spread."""
    found = [np.flatnonzero(classes == number) for number in range(CLASSES)]
    return [row for rows in found for row in rows[spread(len(rows), most)].tolist()]


def _counted(counts: Sequence[int]) -> str:
    by_label = {"": counts[OTHERS]} | {str(digit): counts[digit] for digit in range(OTHERS)}
    return counted(Counter({label: count for label, count in by_label.items() if count}))
