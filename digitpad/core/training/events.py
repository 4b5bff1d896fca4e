"""What a training run tells while it runs: one JSON object per line."""

from collections.abc import Mapping
from dataclasses import dataclass

from digitpad.core import event_lines
from digitpad.core.event_lines import Aborted


@dataclass(frozen=True, slots=True)
class Preparing:
    """Training images are being generated: the share that is done, and the seconds left."""

    share: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Started:
    """Training begins: how many images an epoch sees, and what learns from them."""

    recipe: str
    network: str
    parameters: int
    images: int
    epochs: int
    device: str
    seed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Some way through an epoch, a few times a second at most.

    ``loss`` and ``accuracy`` are the means over what was learnt from since the event before: loss
    over all of it, accuracy over the whole digits.
    """

    epoch: int
    epochs: int
    share: float
    loss: float
    accuracy: float
    images_per_second: float
    seconds_left: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One epoch is over; validation is the averaged network's on writers it has not seen.

    Losses are over all images, accuracies over the whole digits among them.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    images_per_second: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know that stops nothing, such as a batch that was halved."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over. ``figures`` has a row for each set that was judged.

    ``file`` is the model that was written, "" where there is none.
    """

    file: str
    seconds: float
    threshold: float
    temperature: float
    figures: Mapping[str, Mapping[str, float]]
    test_accuracy: float | None


Event = Preparing | Started | Progress | EpochEnded | Notice | Finished | Aborted


def from_json(line: str | bytes) -> Event:
    """Return the event on ``line``; raises ValueError where it holds none."""
    event: Event = event_lines.from_json(line, Event, "a training event")
    return event
