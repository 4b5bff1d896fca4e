"""The recipes: which network, trained how. The command line overrides single fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digitpad.core.networks import StagesConfig
from train.augment import Augmentation


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    ``network`` and ``config`` name the network. The learning rate rises for the first ``warm_up``
    share of all steps and falls to nothing as a cosine; ``averaging`` is the EMA's decay a step.
    ``pictures`` and ``drawings`` are how many of each an epoch draws, ``others`` those of no digit;
    ``variants`` says how many images are made of each drawing.
    """

    name: str
    about: str
    network: str
    config: Any
    epochs: int
    batch: int = 256
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    warm_up: float = 0.15
    smoothing: float = 0.03
    averaging: float = 0.999
    augmentation: Augmentation = Augmentation()
    pictures: int = 55_000
    drawings: int = 45_000
    others: int = 40_000
    variants: int = 12


RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("best", "the bundled model", "stages", StagesConfig(), epochs=30),
        Recipe("fast", "a retrain while you wait", "stages", StagesConfig(), epochs=4, variants=3),
    )
}
