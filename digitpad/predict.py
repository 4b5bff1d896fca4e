"""``digitpad predict``: what is in pictures, InkML, folders of them, and files of ink lines.

Drawings are read one by one and recognised many at a time, so a file may be of any length.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from digitpad import resources
from digitpad.core.drawing import PICTURE_SUFFIXES, SIDE, Drawing, Image
from digitpad.core.errors import DigitpadError, InputError
from digitpad.core.formats import ink_lines, inkml
from digitpad.core.formats.files import read_bytes
from digitpad.core.normalise import normalise
from digitpad.core.pictures import read_picture
from digitpad.core.prediction import Prediction

if TYPE_CHECKING:
    from digitpad.core.recogniser import Recogniser

_BATCH = 256
_BROKEN_LINES_TOLD = 5
"""Of a file that is not what its name says, nobody needs to see every line."""
_BLANK = np.zeros((SIDE, SIDE), np.uint8)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``run`` reads."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help="a picture, an InkML file, a folder of them, or ink lines (.jsonl, .jsonl.gz)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per drawing")
    parser.add_argument(
        "--model",
        metavar="FILE",
        type=Path,
        default=resources.bundled_model(),
        help="the model to use (default: the bundled one)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print an answer for each drawing; return 1 where something could not be read, else 0."""
    from digitpad.core.recogniser import Recogniser  # torch: not before the arguments are right

    report = _Report()
    try:
        recogniser = Recogniser.load(arguments.model)
    except DigitpadError as exc:
        report.problem(exc)
        return 1
    paths = [inner for path in arguments.paths for inner in _expand(path, report)]
    show = _as_json if arguments.json else _as_text
    try:
        with tqdm(total=_count(paths), unit=" drawings", disable=None) as progress:
            for answers in _answers(_examples(paths, report), recogniser):
                report.answers(map(show, answers))
                progress.update(len(answers))
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return int(report.problems > 0)


@dataclass(frozen=True, slots=True)
class _Example:
    """A drawing as the network sees it, and where it came from."""

    source: str
    image: Image
    line: int | None = None
    label: str | None = None


_Answer = tuple[_Example, Prediction]


class _Report:
    """Answers on stdout and problems on stderr, neither of them through the progress bar."""

    def __init__(self) -> None:
        self.problems = 0

    def problem(self, error: DigitpadError) -> None:
        self.problems += 1
        tqdm.write(f"digitpad: {_printable(str(error))}", file=sys.stderr)

    def answers(self, lines: Iterable[str]) -> None:
        encoding = sys.stdout.encoding or "utf-8"
        text = "\n".join(lines).encode(encoding, "backslashreplace").decode(encoding)
        tqdm.write(text, file=sys.stdout)
        sys.stdout.flush()


def _expand(path: Path, report: _Report) -> Iterator[Path]:
    """Yield ``path`` or, for a folder, what is in it and its folders, sorted."""
    try:
        folder = path.is_dir()
    except OSError:  # told when it is read
        folder = False
    if not folder:
        yield path
        return
    known = (*PICTURE_SUFFIXES, *inkml.SUFFIXES, *ink_lines.SUFFIXES)
    inside = sorted(p for p in path.rglob("*") if p.name.lower().endswith(known) and p.is_file())
    if not inside:
        report.problem(InputError(f"{path} is a folder without pictures or ink."))
    yield from inside


def _count(paths: list[Path]) -> int | None:
    """Return how many drawings there are, for the progress bar; where none is shown, None."""
    return sum(map(_count_in, paths)) if sys.stderr.isatty() else None


def _count_in(path: Path) -> int:
    if not ink_lines.is_ink_lines(path):
        return 1
    try:
        return sum(1 for _ in ink_lines.raw_lines(path))
    except InputError:  # told when it is read
        return 0


def _examples(paths: Iterable[Path], report: _Report) -> Iterator[_Example]:
    for path in paths:
        try:
            if ink_lines.is_ink_lines(path):
                yield from _of_ink_lines(path, report)
            else:
                yield _of_file(path)
        except DigitpadError as exc:
            report.problem(exc)


def _of_ink_lines(path: Path, report: _Report) -> Iterator[_Example]:
    """Yield the drawings of a file; lines that are not drawings are reported and skipped."""
    broken = 0
    for number, text in ink_lines.raw_lines(path):
        try:
            drawn = ink_lines.parse_ink_line(text, str(path), number)
            yield _Example(str(path), _image(drawn.ink), number, drawn.label)
        except DigitpadError as exc:
            broken += 1
            if broken <= _BROKEN_LINES_TOLD:
                report.problem(exc)
    if broken > _BROKEN_LINES_TOLD:
        report.problem(InputError(f"{path} has {broken} lines in total that are not ink lines."))


def _of_file(path: Path) -> _Example:
    data = read_bytes(path)
    if path.name.lower().endswith(inkml.SUFFIXES):
        ink, label = inkml.read_labelled_inkml(data, str(path))
        return _Example(str(path), _image(ink), label=label)
    return _Example(str(path), _image(read_picture(data, str(path))))


def _image(drawing: Drawing) -> Image:
    normalised = normalise(drawing)
    return _BLANK if normalised is None else normalised.image


def _answers(examples: Iterator[_Example], recogniser: "Recogniser") -> Iterator[list[_Answer]]:
    while batch := list(islice(examples, _BATCH)):
        predictions = recogniser.predict(np.stack([example.image for example in batch]))
        yield list(zip(batch, predictions, strict=True))


def _as_json(answer: _Answer) -> str:
    example, prediction = answer
    record: dict[str, object] = {"source": example.source}
    if example.line is not None:
        record["line"] = example.line
    record["digit"] = prediction.digit
    record["confidence"] = round(prediction.confidence, 6)
    record["probabilities"] = [round(p, 6) for p in prediction.probabilities]
    if example.label is not None:
        record["label"] = example.label
    return json.dumps(record)


def _as_text(answer: _Answer) -> str:
    example, prediction = answer
    source = _printable(example.source)
    if example.line is not None:
        source += f":{example.line}"
    if not any(prediction.probabilities):
        return f"blank                 {source}"
    said = "not a digit" if prediction.digit is None else str(prediction.digit)
    return f"{said:<11}  {prediction.confidence:7.2%}  {source}"


def _printable(text: str) -> str:
    """Return ``text`` with what a terminal would obey, as names of files may hold it, escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
