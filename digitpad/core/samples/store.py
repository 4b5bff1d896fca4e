"""The person's own drawings on disk, never the same one twice, and nothing ever half done."""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from digitpad.core.errors import InputError
from digitpad.core.ink import Ink, refuse_endless
from digitpad.core.prediction import Prediction
from digitpad.core.samples import database
from digitpad.core.samples.rows import (
    CAPTION,
    DRAWING,
    digest,
    to_answer_columns,
    to_caption,
    to_row,
    to_sample,
)
from digitpad.core.samples.sample import Caption, Sample

T = TypeVar("T")

_log = logging.getLogger(__name__)

FILE_NAME = "drawings.sqlite"
SUFFIX = ".sqlite"

# All values are bound as parameters; these are only names of columns.
_ROWS = f"SELECT id, {CAPTION}, {DRAWING} FROM samples"  # noqa: S608
_CAPTIONS = f"SELECT id, {CAPTION} FROM samples ORDER BY id DESC"  # noqa: S608
_INSERT = (
    f"INSERT INTO samples (id, digest, {CAPTION}, {DRAWING}) "  # noqa: S608
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING"
)
_CHOSEN = "WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Kept:
    """How a drawing was kept: its number, and its label so far where it was there already."""

    number: int
    old_label: int | None


class SampleStore:
    """Samples in one SQLite file, each under a number; any thread may use it.

    What changes something does so wholly, or raises StorageError and changes nothing; what only
    reads raises InputError. A file that does not exist yet is empty, and so is one without a byte,
    which a first change that failed leaves behind. A row that is not a drawing hides no other: it
    is logged, and neither given out nor removed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def mend(self) -> str:
        """Set a damaged file aside, and a new one in its place with all that can be read of it.

        Returns a sentence for the person, "" where all is well. Raises StorageError.
        """
        if not database.is_damaged(self.path):
            return ""
        mended = SampleStore(database.place_beside(self.path))
        rows = database.readable_rows(self.path, _ROWS)
        saved = mended.add(sample for _, sample in _readable(to_sample, rows, self.path))
        aside = database.replace_damaged(self.path, mended.path)
        return (
            f"The file with your drawings was damaged; {len(saved):,} of them could be recovered. "
            f"The damaged file was kept as {aside}."
        )

    def captions(self) -> dict[int, Caption]:
        """Return what is known about every drawing, the newest first."""
        if not database.has_content(self.path):
            return {}
        with database.reading(self.path) as db:
            return dict(_readable(to_caption, db.execute(_CAPTIONS), self.path))

    def count(self) -> int:
        """Return how many drawings there are."""
        if not database.has_content(self.path):
            return 0
        with database.reading(self.path) as db:
            (count,) = db.execute("SELECT count(*) FROM samples").fetchone()
        return int(count)

    def samples(self, numbers: Iterable[int]) -> dict[int, Sample]:
        """Return those of ``numbers`` that are there, the oldest first."""
        if not database.has_content(self.path):
            return {}
        with database.reading(self.path) as db:
            return self._chosen(db, numbers)

    def all(self) -> Iterator[Sample]:
        """Yield every drawing, the oldest first."""
        if database.has_content(self.path):
            with database.reading(self.path) as db:
                rows = db.execute(f"{_ROWS} ORDER BY id")
                yield from (sample for _, sample in _readable(to_sample, rows, self.path))

    def keep(self, sample: Sample) -> Kept:
        """Keep a drawing; one that is there already gets the new label instead."""
        with database.writing(self.path) as db:
            number = _insert(db, sample)
            if number is not None:
                return Kept(number, None)
            found = db.execute(
                "SELECT id, label FROM samples WHERE digest = ?", (digest(sample.drawing),)
            )
            number, old_label = found.fetchone()
            _set_label(db, number, sample.caption.label)
            return Kept(number, old_label)

    def add(self, samples: Iterable[Sample]) -> list[int]:
        """Keep all drawings that are not there yet; returns their numbers."""
        with database.writing(self.path) as db:
            numbers = [_insert(db, sample) for sample in samples]
        return [number for number in numbers if number is not None]

    def relabel(self, labels: Mapping[int, int]) -> dict[int, int]:
        """Change the labels of drawings by their numbers; returns the labels so far."""
        with database.writing(self.path) as db:
            rows = db.execute(
                f"SELECT id, label FROM samples {_CHOSEN}",  # noqa: S608
                (json.dumps(list(labels)),),
            )
            old: dict[int, int] = dict(rows.fetchall())
            for number in old:
                _set_label(db, number, labels[number])
        return old

    def answer(self, answers: Mapping[int, Prediction | None]) -> dict[int, Prediction | None]:
        """Change what the network made of drawings; returns what it made of them so far."""
        with database.writing(self.path) as db:
            rows = db.execute(
                f"SELECT id, {CAPTION} FROM samples {_CHOSEN}",  # noqa: S608
                (json.dumps(list(answers)),),
            )
            captions = dict(_readable(to_caption, rows.fetchall(), self.path))
            old = {number: caption.answer for number, caption in captions.items()}
            changed = ((*to_answer_columns(answers[number]), number) for number in old)
            db.executemany("UPDATE samples SET answer = ?, probabilities = ? WHERE id = ?", changed)
        return old

    def remove(self, numbers: Iterable[int]) -> dict[int, Sample]:
        """Delete drawings; returns them for restore()."""
        with database.writing(self.path) as db:
            removed = self._chosen(db, numbers)
            db.execute(f"DELETE FROM samples {_CHOSEN}", (json.dumps(list(removed)),))  # noqa: S608
        return removed

    def restore(self, samples: Mapping[int, Sample]) -> None:
        """Bring back what remove() returned, under the numbers that it had."""
        with database.writing(self.path) as db:
            for number, sample in samples.items():
                _insert(db, sample, number)

    def _chosen(self, db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Sample]:
        rows = db.execute(f"{_ROWS} {_CHOSEN} ORDER BY id", (json.dumps(list(numbers)),))
        return dict(_readable(to_sample, rows, self.path))


def read_samples(path: Path) -> Iterator[Sample]:
    """Yield all samples in a store's file, the oldest first; raises InputError."""
    with database.reading_only(path) as db:
        for number, *rest in db.execute(f"{_ROWS} ORDER BY id"):
            sample = to_sample(rest, str(path), number)
            if isinstance(sample.drawing, Ink):
                refuse_endless(sample.drawing.count_points(), f"{path}, drawing {number}")
            yield sample


def _insert(db: sqlite3.Connection, sample: Sample, number: int | None = None) -> int | None:
    """Insert a sample; returns its number, None where the same drawing is there."""
    done = db.execute(_INSERT, (number, *to_row(sample)))
    return done.lastrowid if done.rowcount else None


def _set_label(db: sqlite3.Connection, number: int, label: int) -> None:
    db.execute("UPDATE samples SET label = ? WHERE id = ?", (label, number))


def _readable(
    read: Callable[[Sequence[Any], str, int], T], rows: Iterable[Sequence[Any]], path: Path
) -> Iterator[tuple[int, T]]:
    """Yield what can be read of the rows, by number; the others are logged and stay as they are."""
    for number, *rest in rows:
        try:
            yield number, read(rest, str(path), number)
        except InputError as error:
            _log.warning("left alone: %s", error)
