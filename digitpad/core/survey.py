"""What a look into data sets tells, a JSON object per line: how much of each class, and samples."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.core import event_lines
from digitpad.core.drawing import SIDE, Image
from digitpad.core.event_lines import Aborted, Fetching
from digitpad.core.prediction import DIGITS

OTHERS = DIGITS
"""The class of all that is not a digit, after the ten of the digits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The data set ``name`` is being read; ``done`` of ``total`` sets have been."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class SetRead:
    """What is in the data set ``name``, read from ``file``: ``counts`` has a number per class.

    Of each class there are some samples, evenly spread: their ``labels`` as the file has them, and
    their ``images``, each 28x28 bytes as the network is shown them, together in base64.
    """

    name: str
    file: str
    counts: Sequence[int]
    labels: Sequence[str]
    images: str

    def pixels(self) -> Image:
        """Return the samples' grey levels, shape (n, 28, 28)."""
        levels = np.frombuffer(base64.b64decode(self.images), np.uint8)
        return levels.reshape(len(self.labels), SIDE, SIDE)


@dataclass(frozen=True, slots=True)
class SetRefused:
    """A data set cannot be used, and why: a sentence for the person, details for an engineer."""

    message: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """All has been looked at; ``sets`` of the data sets can be used."""

    sets: int


Event = Fetching | Reading | SetRead | SetRefused | Surveyed | Aborted


def class_of(label: str) -> int:
    """Return the class of what is labelled ``label``: its digit, or ``OTHERS``."""
    return int(label) if len(label) == 1 and label in "0123456789" else OTHERS


def packed(images: Image) -> str:
    """Return images (n, 28, 28) as an event carries them."""
    return base64.b64encode(np.ascontiguousarray(images).tobytes()).decode()


def from_json(line: str | bytes) -> Event:
    """Return the event on ``line``; raises ValueError where it holds none."""
    event: Event = event_lines.from_json(line, Event, "an event of a survey")
    return event
