"""The networks by name, ours and published ones, and which of their outputs answer.

All take (n, 1, 28, 28) float32 grey levels in 0..1, ink bright, and return logits (n, outputs):
ten digits and, where there are eleven outputs, "not a digit". Where there are twice eleven, the
second half says the same of a drawing whose pen is still down: what it is going to be.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from digitpad.core.models.published import (
    Conv64x3Config,
    FunctionalConfig,
    KaggleConfig,
    KerasConfig,
    LeNet5Config,
    MlpConfig,
    conv64x3,
    functional,
    kaggle,
    keras,
    lenet5,
    mlp,
)
from digitpad.core.prediction import CLASSES, DIGITS


class Config(Protocol):
    """What all configs have: the number of outputs."""

    @property
    def outputs(self) -> int: ...


@dataclass(frozen=True, slots=True)
class StagesConfig:
    """Stages of 3x3 convolutions with batch norm, halved in between; average pool; one dense layer.

    ``stages`` holds the channels of each stage's convolutions. The last one of a stage is pooled
    before it is normalised (as in K. Jordan's airbench): the same features at a fraction of the
    cost.
    """

    stages: tuple[tuple[int, ...], ...] = ((16,), (48, 48), (96, 96), (96,))
    dropout: float = 0.1
    outputs: int = 2 * CLASSES


def stages(config: StagesConfig) -> nn.Module:
    return nn.Sequential(*_staged(1, config.stages), *_answer(config))


@dataclass(frozen=True, slots=True)
class StridedConfig:
    """`StagesConfig` behind one 5x5 convolution of ``stem`` channels that steps by two pixels.

    Nothing is done at full size, which would be most of the work of a network as small as this.
    """

    stem: int = 16
    stages: tuple[tuple[int, ...], ...] = ((32, 32), (64, 64))
    dropout: float = 0.0
    outputs: int = 2 * CLASSES


def strided(config: StridedConfig) -> nn.Module:
    stem = [*_normed(1, config.stem, stride=2, side=5), nn.ReLU(inplace=True)]
    staged = _staged(config.stem, config.stages)
    return nn.Sequential(*stem, *staged, *_answer(config))


@dataclass(frozen=True, slots=True)
class QuarteredConfig:
    """`StagesConfig` whose dense layer is told the mean of each quarter of the image, not of all.

    So it knows where about in the image a feature is. Halving rounds up: no row or column is lost.
    """

    stages: tuple[tuple[int, ...], ...] = ((16,), (64, 64), (128, 128), (128,))
    dropout: float = 0.1
    outputs: int = 2 * CLASSES


def quartered(config: QuarteredConfig) -> nn.Module:
    return nn.Sequential(*_staged(1, config.stages, ceil_mode=True), *_answer(config, parts=2))


def _staged(
    channels: int, stages: tuple[tuple[int, ...], ...], *, ceil_mode: bool = False
) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for index, stage in enumerate(stages):
        for number, width in enumerate(stage):
            convolution, norm = _normed(channels, width)
            halved = number == len(stage) - 1 and index < len(stages) - 1
            pool = [nn.MaxPool2d(2, ceil_mode=ceil_mode)] if halved else []
            layers += [convolution, *pool, norm, nn.ReLU(inplace=True)]
            channels = width
    return layers


def _answer(
    config: StagesConfig | StridedConfig | QuarteredConfig, parts: int = 1
) -> list[nn.Module]:
    """Return the layers from the mean of each of ``parts`` by ``parts`` parts to the logits."""
    last = nn.Linear(config.stages[-1][-1] * parts**2, config.outputs)
    return [nn.AdaptiveAvgPool2d(parts), nn.Flatten(), nn.Dropout(config.dropout), last]


@dataclass(frozen=True, slots=True)
class ResNetConfig:
    """Residual blocks of two 3x3 convolutions (He et al. 2016); each but the first halves."""

    widths: tuple[int, ...] = (32, 64, 128)
    outputs: int = 10


def resnet(config: ResNetConfig) -> nn.Module:
    first = config.widths[0]
    layers: list[nn.Module] = [*_normed(1, first), nn.ReLU()]
    channels = first
    for index, width in enumerate(config.widths):
        layers.append(Residual(channels, width, stride=1 if index == 0 else 2))
        channels = width
    return nn.Sequential(
        *layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, config.outputs)
    )


class Residual(nn.Module):
    """Two convolutions whose result is added to what went in."""

    def __init__(self, channels: int, width: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_normed(channels, width, stride), nn.ReLU(), *_normed(width, width)
        )
        same = channels == width and stride == 1
        self.short_cut = (
            nn.Identity() if same else nn.Conv2d(channels, width, 1, stride, bias=False)
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.body(x) + self.short_cut(x))


@dataclass(frozen=True, slots=True)
class EnsembleConfig:
    """Several networks with their usual configs, whose probabilities are averaged.

    While training, each learns by itself from its own part of every batch.
    """

    members: tuple[str, ...] = ("kaggle", "resnet", "stages")
    outputs: int = 10


class Ensemble(nn.Module):
    """Returns the logarithm of its members' mean probabilities, up to a constant."""

    def __init__(self, config: EnsembleConfig) -> None:
        super().__init__()
        self.members = nn.ModuleList(
            build(name, NETWORKS[name][0](outputs=config.outputs)) for name in config.members
        )

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            parts = x.chunk(len(self.members))
            return torch.cat(
                [member(part) for member, part in zip(self.members, parts, strict=False)]
            )
        each = torch.stack([halves(member(x)).log_softmax(dim=2) for member in self.members])
        return each.logsumexp(dim=0).flatten(1)


NETWORKS: Mapping[str, tuple[type[Any], Callable[[Any], nn.Module]]] = {
    "stages": (StagesConfig, stages),
    "strided": (StridedConfig, strided),
    "quartered": (QuarteredConfig, quartered),
    "keras": (KerasConfig, keras),
    "functional": (FunctionalConfig, functional),
    "kaggle": (KaggleConfig, kaggle),
    "conv64x3": (Conv64x3Config, conv64x3),
    "mlp": (MlpConfig, mlp),
    "lenet-5": (LeNet5Config, lenet5),
    "resnet": (ResNetConfig, resnet),
    "ensemble": (EnsembleConfig, Ensemble),
}
"""Name -> (config, builder). A small VGG is ``stages`` with its own config."""


def build(name: str, config: Config) -> nn.Module:
    """Return the network ``name`` with fresh weights. Raises KeyError for an unknown name."""
    return NETWORKS[name][1](config)


def config_from(name: str, values: Mapping[str, Any]) -> Config:
    """Return the config of the network ``name`` from what JSON made of it.

    Raises KeyError for an unknown name, TypeError for other fields than the config has, ValueError
    for a number of outputs that gives no answer.
    """
    kind = NETWORKS[name][0]
    missing = {field.name for field in fields(kind)} - set(values)
    if missing:
        raise TypeError(f"the config lacks {', '.join(sorted(missing))}")
    config: Config = kind(**{key: _frozen(value) for key, value in values.items()})
    if config.outputs not in (DIGITS, CLASSES, 2 * CLASSES):
        raise ValueError(f"{config.outputs} outputs cannot say which digit it is")
    return config


def halves(logits: Tensor) -> Tensor:
    """Return logits (n, outputs) as (n, 1 or 2, classes): for what is drawn, for what goes on."""
    classes = min(logits.shape[1], CLASSES)
    return logits.reshape(-1, logits.shape[1] // classes, classes)


def answering(logits: Tensor, *, pen_down: bool = False) -> Tensor:
    """Return those logits (n, classes) that answer; the only ones where there is no second half."""
    each = halves(logits)
    return each[:, -1 if pen_down else 0]


def parameters(network: nn.Module) -> int:
    """Count the trainable numbers."""
    return sum(p.numel() for p in network.parameters() if p.requires_grad)


def _normed(
    channels: int, width: int, stride: int = 1, side: int = 3
) -> tuple[nn.Module, nn.Module]:
    convolution = nn.Conv2d(channels, width, side, stride, padding=side // 2, bias=False)
    return convolution, nn.BatchNorm2d(width)


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
