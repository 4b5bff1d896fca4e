"""Networks that others published, for comparison, each beside its small config.

They take and return what networks.py says.
"""

from dataclasses import dataclass

from torch import nn

from digitpad.core.drawing import SIDE


@dataclass(frozen=True, slots=True)
class KerasConfig:
    """Keras' first example of a convolutional network (mnist_cnn.py): 1,199,882 parameters."""

    outputs: int = 10


def keras(config: KerasConfig) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU()),
        *(nn.Conv2d(32, 64, 3), nn.ReLU()),
        *(nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten()),
        *(nn.Linear(64 * 12 * 12, 128), nn.ReLU(), nn.Dropout(0.5)),
        nn.Linear(128, config.outputs),
    )


@dataclass(frozen=True, slots=True)
class FunctionalConfig:
    """The network of the tutorials on Keras' functional interface, with one sigmoid layer."""

    outputs: int = 10


def functional(config: FunctionalConfig) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU()),
        *(nn.Conv2d(32, 64, 3), nn.ReLU()),
        *(nn.MaxPool2d(3), nn.Dropout(0.5), nn.Flatten()),
        *(nn.Linear(64 * 8 * 8, 250), nn.Sigmoid()),
        nn.Linear(250, config.outputs),
    )


@dataclass(frozen=True, slots=True)
class KaggleConfig:
    """A network of Kaggle's Digit Recognizer: 280,714 parameters."""

    dropout: float = 0.25
    outputs: int = 10


def kaggle(config: KaggleConfig) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 64, 3), nn.ReLU()),
        *(nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(config.dropout)),
        *(nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(config.dropout)),
        *(nn.Flatten(), nn.Linear(64 * 5 * 5, 128), nn.ReLU()),
        nn.Linear(128, config.outputs),
    )


@dataclass(frozen=True, slots=True)
class Conv64x3Config:
    """Three blocks of 64 convolutions of 3x3, and three dense layers."""

    outputs: int = 10


def conv64x3(config: Conv64x3Config) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(64, 64), nn.ReLU()),
        *(nn.Linear(64, 32), nn.ReLU()),
        nn.Linear(32, config.outputs),
    )


@dataclass(frozen=True, slots=True)
class MlpConfig:
    """Dense layers only."""

    hidden: tuple[int, ...] = (512, 512)
    dropout: float = 0.2
    outputs: int = 10


def mlp(config: MlpConfig) -> nn.Module:
    layers: list[nn.Module] = [nn.Flatten()]
    features = SIDE * SIDE
    for width in config.hidden:
        layers += [nn.Linear(features, width), nn.ReLU(), nn.Dropout(config.dropout)]
        features = width
    return nn.Sequential(*layers, nn.Linear(features, config.outputs))


@dataclass(frozen=True, slots=True)
class LeNet5Config:
    """LeCun et al. 1998, as it is usually rebuilt: average pooling, all maps connected, softmax."""

    outputs: int = 10


def lenet5(config: LeNet5Config) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten()),
        *(nn.Linear(120, 84), nn.Tanh()),
        nn.Linear(84, config.outputs),
    )
