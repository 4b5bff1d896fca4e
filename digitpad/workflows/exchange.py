"""The person's drawings into files and from them: what the browser has done off the GUI thread."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digitpad.core.samples.files import Found, Note, read_files, write_folder, write_ink_lines
from digitpad.core.samples.sample import Sample
from digitpad.core.samples.store import SampleStore
from digitpad.ui.states import MessageKind
from digitpad.ui.wording import count, drawings

_PORTION = 100

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something, in words, and how it is taken back, None where it cannot be."""

    text: str
    undo: Undo | None = None
    details: str = ""
    kind: MessageKind = MessageKind.NOTICE


@dataclass(frozen=True, slots=True)
class Transfer:
    """Drawings on their way in or out: ``total`` of them, None where that is not known.

    ``work`` does it, on any thread. ``stopped`` says what became of a transfer that was stopped
    after so many.
    """

    title: str
    total: int | None
    work: Callable[[Note], Outcome]
    stopped: Callable[[int], str]


def importing(store: SampleStore, paths: Sequence[str]) -> Transfer:
    """Take drawings in, all or none."""

    def work(note: Note) -> Outcome:
        found = read_files(map(Path, paths), note)
        added = store.add(_noted(found.samples, note))
        undo = partial(store.remove, added) if added else None
        kind = MessageKind.ERROR if found.faults else MessageKind.NOTICE
        return Outcome(_imported(found, len(added)), undo, _skipped(found), kind)

    name = Path(paths[0]).name if len(paths) == 1 else f"{count(len(paths))} files"
    stopped = "Import stopped; nothing was imported."
    return Transfer(f"Importing {name}", None, work, lambda _: stopped)


def exporting_lines(store: SampleStore, numbers: Sequence[int], path: str) -> Transfer:
    """Write the ink among drawings into one file, all or none."""
    name = Path(path).name

    def work(note: Note) -> Outcome:
        loaded = _loaded(store, numbers, note)
        written = write_ink_lines(Path(path), (sample for _, sample in loaded))
        text = f"{drawings(written)} exported to {name}."
        if skipped := len(numbers) - written:
            text += f" {count(skipped)} skipped: pictures cannot be exported as ink."
        return Outcome(text)

    stopped = "Export stopped; nothing was written."
    return Transfer(f"Exporting to {name}", len(numbers), work, lambda _: stopped)


def exporting_folder(store: SampleStore, numbers: Sequence[int], folder: str) -> Transfer:
    """Write one file per drawing. What was written stays in any case."""
    name = Path(folder).name

    def work(note: Note) -> Outcome:
        written = write_folder(Path(folder), _loaded(store, numbers, note))
        return Outcome(f"{drawings(written)} exported to {name}.")

    def stopped(written: int) -> str:
        return f"Export stopped; {drawings(written)} exported to {name}."

    return Transfer(f"Exporting to {name}", len(numbers), work, stopped)


def _imported(found: Found, added: int) -> str:
    """Say what was taken in and what was not."""
    text = f"{drawings(added)} imported."
    if known := len(found.samples) - added:
        text += f" {count(known)} skipped: already there."
    if found.unlabelled:
        text += f" {count(found.unlabelled)} skipped: no ink or no digit label."
    if found.faults:
        text += f" {count(len(found.faults))} skipped: unreadable."
    return text


def _skipped(found: Found) -> str:
    """Say what the person can do about what was skipped, "" where that is nothing."""
    advice = (
        "A picture is labelled by its folder if that is named 0 to 9. Otherwise open it and press "
        "its digit."
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
