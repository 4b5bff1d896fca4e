"""What the evaluation of a model tells while it runs: one JSON object per line."""

from dataclasses import dataclass

from digitpad.core import event_lines
from digitpad.core.event_lines import Aborted, Fetching

MNIST_TEST = "mnist-test"
"""What stands for MNIST's test images where a path is expected; downloaded where missing."""


@dataclass(frozen=True, slots=True)
class Assessing:
    """``done`` of ``total`` drawings have been read."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """The evaluation is written to ``file``."""

    file: str
    data: str
    drawings: int
    accuracy: float


Event = Fetching | Assessing | Assessed | Aborted


def from_json(line: str | bytes) -> Event:
    """Return the event on ``line``; raises ValueError where it holds none."""
    event: Event = event_lines.from_json(line, Event, "an event of an evaluation")
    return event
