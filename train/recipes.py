"""The recipes: which network, trained how. The command line overrides single fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import optim

from digitpad.core.models.networks import (
    Config,
    EnsembleConfig,
    QuarteredConfig,
    ResNetConfig,
    StagesConfig,
    StridedConfig,
)
from digitpad.core.models.published import (
    Conv64x3Config,
    FunctionalConfig,
    KaggleConfig,
    KerasConfig,
    LeNet5Config,
    MlpConfig,
)
from digitpad.core.prediction import CLASSES
from train.augment import Augmentation

OPTIMISERS: Mapping[str, Callable[..., torch.optim.Optimizer]] = {
    "adadelta": optim.Adadelta,
    "adam": optim.Adam,
    "adamw": optim.AdamW,
    "rmsprop": optim.RMSprop,
}

_AUGMENTATION = Augmentation()
_VGG = StagesConfig(((32, 32), (64, 64), (128, 128)), dropout=0.3)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    ``network`` and ``config`` name the network. The learning rate rises for the first ``warmup``
    share of all steps and falls as a cosine to its share ``final_rate``, or stays where ``warmup``
    is None; ``ema_decay`` is that of the weights' moving average per step, 0 for none. ``pictures``
    and ``drawings`` are how many digits of each kind an epoch draws at most, ``others`` how many
    images of no digit, ``begun`` how many drawings whose pen is still down; ``variants`` is how
    many images are made of each drawing. Without a ``validation_share`` the last twelfth of the
    pictures and 15 % of the writers choose.
    ``left_out`` names made-up families of no digit that are not trained on, to see how such are
    refused. With ``second_look`` the finished network looks again at what it is unsure of. A
    ``thorough`` recipe judges its model by everything that `evaluate` knows.
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
    warmup: float | None = 0.15
    final_rate: float = 0.0
    label_smoothing: float = 0.03
    ema_decay: float = 0.999
    augmentation: Augmentation | None = _AUGMENTATION
    bf16: bool = True
    pictures: int = 60_000
    drawings: int = 45_000
    others: int = 40_000
    begun: int = 8_000
    variants: int = 12
    validation_share: float | None = None
    left_out: tuple[str, ...] = ()
    second_look: bool = False
    thorough: bool = False


_PUBLISHED = Recipe(
    "keras-1.2m",
    "Keras' mnist_cnn.py: 99.09 %",
    "keras",
    KerasConfig(),
    epochs=15,
    optimiser="adadelta",
    learning_rate=1.0,
    weight_decay=0.0,
    warmup=None,
    label_smoothing=0.0,
    ema_decay=0.0,
    augmentation=None,
    bf16=False,
    drawings=0,
    others=0,
    begun=0,
)
"""The tutorials' way: MNIST alone, as it is, at one learning rate, in float32."""

_BEST = Recipe(
    "best",
    "our own, for the bundled model",
    "quartered",
    QuarteredConfig(),
    epochs=72,
    batch=256,
    learning_rate=6e-3,
    final_rate=0.1,
    ema_decay=0.9998,
    augmentation=replace(_AUGMENTATION, turn=0.13),
    variants=12,
    begun=20_000,
    second_look=True,
    thorough=True,
)

_SHORT: dict[str, Any] = {
    "epochs": 6,
    "final_rate": 0.0,
    "ema_decay": 0.99,
    "variants": 4,
    "second_look": False,
    "thorough": False,
}
"""The same in minutes."""

_ALL = (
    _BEST,
    Recipe(
        "fast",
        "our own, quick: retrains while you wait",
        "strided",
        StridedConfig(),
        epochs=4,
        learning_rate=1.2e-2,
        ema_decay=0.995,
        pictures=31_000,
        drawings=6_000,
        others=3_000,
        begun=2_000,
        variants=2,
    ),
    _PUBLISHED,
    replace(
        _PUBLISHED,
        name="functional",
        about="two convolutions and a sigmoid layer: 99.06 %",
        network="functional",
        config=FunctionalConfig(),
        batch=500,
        epochs=12,
    ),
    replace(
        _PUBLISHED,
        name="kaggle-280k",
        about="a network of Kaggle's Digit Recognizer: 98.9 % in validation",
        network="kaggle",
        config=KaggleConfig(),
        optimiser="adam",
        learning_rate=1e-3,
        bf16=True,  # a third of the time where the processor has it
        batch=100,
        epochs=24,
        validation_share=0.1,
    ),
    replace(
        _PUBLISHED,
        name="conv64x3",
        about="three blocks of 64 convolutions",
        network="conv64x3",
        config=Conv64x3Config(),
        optimiser="adam",
        learning_rate=1e-3,
        batch=32,
        epochs=5,
        validation_share=0.3,
    ),
    replace(
        _PUBLISHED,
        name="mlp",
        about="two dense layers of 512",
        network="mlp",
        config=MlpConfig(),
        optimiser="rmsprop",
        learning_rate=1e-3,
        epochs=12,
    ),
    replace(
        _PUBLISHED,
        name="lenet-5",
        about="LeCun et al. 1998: about 99.0 %",
        network="lenet-5",
        config=LeNet5Config(),
        optimiser="adam",
        learning_rate=2e-3,
        warmup=0.1,  # then falling, as theirs did
        epochs=20,
    ),
    replace(
        _BEST,
        name="vgg",
        about="a small VGG for 28x28",
        network="stages",
        config=_VGG,
        **_SHORT,
    ),
    replace(
        _BEST,
        name="resnet",
        about="a small ResNet for 28x28",
        network="resnet",
        config=ResNetConfig(outputs=2 * CLASSES),
        **_SHORT,
    ),
    Recipe(
        "ensemble",
        "three networks, whose probabilities are averaged",
        "ensemble",
        EnsembleConfig(outputs=2 * CLASSES),
        epochs=9,
        batch=384,
    ),
)

RECIPES: Mapping[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
