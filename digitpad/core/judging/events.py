"""What the judging of a model tells while it goes on: one JSON object a line."""

import json
from dataclasses import asdict, dataclass

from digitpad.core.training.events import Aborted

MNIST_TEST = "mnist-test"
"""What stands for MNIST's test images where a path is expected; downloaded where missing."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """``text`` says what has to be done first."""

    text: str


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


Event = Preparing | Assessing | Assessed | Aborted

_KINDS = {kind.__name__: kind for kind in (Preparing, Assessing, Assessed, Aborted)}


def to_json(event: Event) -> str:
    """Return ``event`` as one line without its line feed."""
    return json.dumps({"event": type(event).__name__, **asdict(event)})


def from_json(line: str | bytes) -> Event:
    """Return the event on ``line``; raises ValueError where it holds none."""
    try:
        body = json.loads(line)
        return _KINDS[body.pop("event")](**body)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an event of judging: {line[:200]!r}") from error
