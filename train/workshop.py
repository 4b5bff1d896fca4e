"""The images that a recipe learns from, drawn from a seed in as many processes as are at hand.

Each portion has a random generator of its own, so the images are the same however many processes
draw them.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import time
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import Enum
from functools import partial

import cv2
import numpy as np
import numpy.typing as npt

from digitpad.core.ink import Ink
from digitpad.core.prediction import NOT_A_DIGIT
from digitpad.core.training.events import Preparing
from train import negatives
from train.begun import begun, with_beginnings
from train.data import Drawings
from train.habits import with_a_habit
from train.mixing import Mixer
from train.strokes import plainly_seen, seen

Rng = np.random.Generator
Made = tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]
"""Images (n, 28, 28) and their classes (n,), as a Pool has them."""

_TELL_EVERY = 0.5
"""Seconds between two events."""
_PORTION = 500
_WORTH_A_PROCESS = 5000
"""Images; to draw fewer takes less time than to start a process."""
_WITH_A_HABIT = 0.2
"""Share of the digits drawn anew that get a bar, a flag or a hook."""
_MIXED = 0.5
"""Share of the others that are mixed with another writer's."""


class Kind(Enum):
    """What images are of: what has begun is of digits, number 0, or of others, number 1."""

    DIGITS = "digits"
    OTHERS = "others"
    MADE_UP = "made up"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Order:
    """Images of one kind: ``rows`` of all that there are of the ``number``-th set or family."""

    kind: Kind
    number: int
    rows: range

    def portions(self) -> Iterator["Order"]:
        for start in range(0, len(self.rows), _PORTION):
            yield Order(self.kind, self.number, self.rows[start : start + _PORTION])


@dataclass(frozen=True, eq=False, slots=True)
class Material:
    """What is drawn anew, ``variants`` times each digit and half as often each other drawing."""

    digits: tuple[Drawings, ...]
    others: tuple[Drawings, ...]
    variants: int
    seed: int

    @property
    def variants_of_others(self) -> int:
        return max(self.variants // 2, 1)


class Workshop:
    """Draws what is ordered of some material."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._mixer = Mixer(material.digits)
        self._digits = labelled(material.digits)
        self._begun = [with_beginnings(labelled(s)) for s in (material.digits, material.others)]
        self._draw: dict[Kind, Callable[[Order, Rng], Made]] = {
            Kind.DIGITS: self._digits_again,
            Kind.OTHERS: self._others_again,
            Kind.MADE_UP: self._made_up,
            Kind.BEGUN: self._drawings_begun,
        }

    def make(self, order: Order) -> Made:
        kind = zlib.crc32(order.kind.value.encode())
        seed = [self._material.seed, kind, order.number, order.rows.start]
        return self._draw[order.kind](order, np.random.default_rng(seed))

    def _digits_again(self, order: Order, rng: Rng) -> Made:
        drawings, variants = self._material.digits[order.number], self._material.variants
        by_another = partial(self._by_another, drawings, rng)
        images = _again(drawings.inks, variants, order.rows, by_another, rng)
        return images, drawings.digits[np.array(order.rows) // variants]

    def _others_again(self, order: Order, rng: Rng) -> Made:
        inks, variants = self._material.others[order.number].inks, self._material.variants_of_others
        images = _again(inks, variants, order.rows, inks.__getitem__, rng)
        return images, _no_digit(len(images))

    def _by_another(self, drawings: Drawings, rng: Rng, index: int) -> Ink:
        label, ink = drawings.labels[index], drawings.inks[index]
        if rng.random() < _WITH_A_HABIT:
            return with_a_habit(label, ink, rng)
        if rng.random() < _MIXED:
            return self._mixer.mixed(label, drawings.writers[index], ink, rng)
        return ink

    def _made_up(self, order: Order, rng: Rng) -> Made:
        images = negatives.draw(order.number, self._digits, len(order.rows), rng)
        return images, _no_digit(len(images))

    def _drawings_begun(self, order: Order, rng: Rng) -> Made:
        return begun(self._begun[order.number], len(order.rows), rng)


def _again(
    inks: Sequence[Ink], variants: int, rows: range, anew: Callable[[int], Ink], rng: Rng
) -> npt.NDArray[np.uint8]:
    """Return images of ``rows``, ``variants`` of each ink: as the app shows it, then ``anew``."""
    images = []
    for row in rows:
        index, variant = divmod(row, variants)
        images.append(seen(anew(index), rng) if variant else plainly_seen(inks[index]))
    return np.stack(images)


def labelled(sets: Sequence[Drawings]) -> list[tuple[str, Ink]]:
    """Return all drawings with their labels."""
    return [pair for s in sets for pair in zip(s.labels, s.inks, strict=True)]


def make_all(
    material: Material, orders: Sequence[Order], processes: int
) -> Generator[Preparing, None, list[Made]]:
    """Draw what each order asks for by ``processes`` processes or, if they die, here.

    Tells meanwhile how far that is.
    """
    portions = [portion for order in orders for portion in order.portions()]
    made: list[Made] = []
    began = told = 0.0
    for portion in _drawn(material, portions, processes):
        now = time.perf_counter()
        if not made:  # only now the processes have started
            began = told = now
        elif now - told > _TELL_EVERY:
            told = now
            pace = (now - began) / len(made)
            left = len(portions) - len(made) - 1
            yield Preparing(1 - left / len(portions), left * pace)
        made.append(portion)
    rest = iter(made)
    return [_joined([next(rest) for _ in order.portions()]) for order in orders]


def _drawn(material: Material, portions: Sequence[Order], processes: int) -> Iterator[Made]:
    done = 0
    if processes > 1 and sum(len(p.rows) for p in portions) > _WORTH_A_PROCESS:
        start = (_open, (pickle.dumps(material),))
        spawned = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(processes, spawned, *start) as pool:
                for made in pool.map(_make, portions):
                    yield made
                    done += 1
        except BrokenProcessPool:
            pass  # too little memory, perhaps
    if done < len(portions):
        workshop = Workshop(material)
        yield from map(workshop.make, portions[done:])


def _joined(portions: Sequence[Made]) -> Made:
    images, classes = zip(*portions, strict=True)
    return np.concatenate(images), np.concatenate(classes)


_workshop: Workshop


def _open(material: bytes) -> None:
    """Begin to work for a parent, until it ends in whichever way."""
    global _workshop  # noqa: PLW0603 - one for each process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    cv2.setNumThreads(1)
    _workshop = Workshop(pickle.loads(material))  # noqa: S301 - from the parent itself


def _make(order: Order) -> Made:
    return _workshop.make(order)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _no_digit(count: int) -> npt.NDArray[np.int64]:
    return np.full(count, NOT_A_DIGIT)
