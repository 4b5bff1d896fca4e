"""The recipes: which network, trained how. The command line overrides single fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import optim

from digitpad.core.networks import Config, StagesConfig
from train.augment import Augmentation

OPTIMISERS: Mapping[str, Callable[..., torch.optim.Optimizer]] = {
    "adadelta": optim.Adadelta,
    "adam": optim.Adam,
    "adamw": optim.AdamW,
    "rmsprop": optim.RMSprop,
}

_AUGMENTATION = Augmentation()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    ``network`` and ``config`` name the network. The learning rate rises for the first ``warm_up``
    share of all steps and falls to nothing as a cosine, or stays where ``warm_up`` is None;
    ``averaging`` is the decay a step of the weights' moving average, 0 for none. ``pictures`` and
    ``drawings`` are how many digits of each kind an epoch draws at most, ``others`` how many
    images of no digit; ``variants`` is how many images are made of each drawing.
    """

    name: str
    about: str
    network: str
    config: Config
    epochs: int
    batch: int = 128
    optimiser: str = "adamw"
    learning_rate: float = 4e-3
    weight_decay: float = 0.05
    warm_up: float | None = 0.15
    smoothing: float = 0.03
    averaging: float = 0.999
    augmentation: Augmentation | None = _AUGMENTATION
    bf16: bool = True
    pictures: int = 60_000
    drawings: int = 45_000
    others: int = 40_000
    variants: int = 12


RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("best", "our own, for the bundled model", "stages", StagesConfig(), epochs=24),
        Recipe(
            "fast",
            "our own, for a retrain while you wait",
            "stages",
            StagesConfig(((16, 16), (32, 32), (64, 64))),
            epochs=3,
            variants=3,
        ),
    )
}
