"""The person's drawings into files and from them: what the browser has done off the GUI thread."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from digitpad.core.samples.files import Found, Note, read_files, write_folder, write_ink_lines
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.wording import drawings

_PORTION = 100


def import_files(store: SampleStore, paths: Iterable[str], note: Note) -> tuple[Found, list[int]]:
    """Take drawings in, all or none; returns what there was and the numbers of what is new."""
    found = read_files(map(Path, paths), note)
    return found, store.add(_noted(found.samples, note))


def export_lines(store: SampleStore, numbers: Sequence[int], path: str, note: Note) -> int:
    """Write the ink among drawings into one file, all or none; returns how many they were."""
    return write_ink_lines(Path(path), (sample for _, sample in _loaded(store, numbers, note)))


def export_folder(store: SampleStore, numbers: Sequence[int], folder: str, note: Note) -> int:
    """Write one file a drawing; returns how many. What was written stays in any case."""
    return write_folder(Path(folder), _loaded(store, numbers, note))


def imported(found: Found, added: int) -> str:
    """Say what was taken in and what was not."""
    text = f"{drawings(added)} imported."
    if known := len(found.samples) - added:
        text += f" {known} left out: there already."
    if found.unlabelled:
        text += f" {found.unlabelled} left out: without ink or a digit as label."
    if found.faults:
        text += f" {len(found.faults)} left out: unreadable."
    return text


def left_out(found: Found) -> str:
    """Say what the person can do about what was left out, "" where that is nothing."""
    advice = (
        "A picture takes its label from the folder that it is in, if that is named 0 to 9. Or open "
        "it, and press the digit that it is."
    )
    return "\n".join([*found.faults, *([advice] if found.unlabelled else [])])


def _noted(samples: Sequence[Sample], note: Note) -> Iterator[Sample]:
    for sample in samples:
        note(len(samples))
        yield sample


def _loaded(store: SampleStore, numbers: Sequence[int], note: Note) -> Iterator[tuple[int, Sample]]:
    """Yield drawings with their numbers, of which only a portion is held in memory."""
    for start in range(0, len(numbers), _PORTION):
        portion = store.samples(numbers[start : start + _PORTION])
        for done, numbered in enumerate(portion.items(), start):
            note(done)
            yield numbered
