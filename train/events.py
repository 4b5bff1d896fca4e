"""What a training run tells while it runs: with --json one line each, else a bar and a table."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass


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
class EpochEnded:
    """One epoch is over; validation is the averaged network's on writers it has not seen."""

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    images_per_second: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Finished:
    """The model is written. ``figures`` has a row for each set that was judged."""

    file: str
    seconds: float
    threshold: float
    temperature: float
    figures: Mapping[str, Mapping[str, float]]
    test_accuracy: float | None


Event = Started | EpochEnded | Finished


def to_json(event: Event) -> str:
    return json.dumps({"event": type(event).__name__, **asdict(event)})
