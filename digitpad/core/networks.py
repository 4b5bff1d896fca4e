"""The networks, each beside its small config.

All take (n, 1, 28, 28) float32 grey levels in 0..1, ink bright, and return logits (n, outputs):
ten digits and, where there are eleven outputs, "not a digit".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

from torch import nn

NOT_A_DIGIT = 10
"""Index of the output that says that the drawing is no digit."""


class Config(Protocol):
    """What all configs have: the number of outputs."""

    @property
    def outputs(self) -> int: ...


@dataclass(frozen=True, slots=True)
class StagesConfig:
    """Stages of 3x3 convolutions with batch norm, halved in between; average pool; one dense layer.

    ``stages`` holds the channels of each stage's convolutions.
    """

    stages: tuple[tuple[int, ...], ...] = ((16,), (48, 48), (96, 96), (96,))
    dropout: float = 0.1
    outputs: int = 11


def stages(config: StagesConfig) -> nn.Module:
    layers: list[nn.Module] = []
    channels = 1
    for index, stage in enumerate(config.stages):
        if index > 0:
            layers.append(nn.MaxPool2d(2))
        for width in stage:
            layers += [
                nn.Conv2d(channels, width, 3, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.ReLU(),
            ]
            channels = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(config.dropout)]
    return nn.Sequential(*layers, nn.Linear(channels, config.outputs))


NETWORKS: Mapping[str, tuple[type[Any], Callable[[Any], nn.Module]]] = {
    "stages": (StagesConfig, stages),
}
"""Name -> (config, builder)."""


def build(name: str, config: Config) -> nn.Module:
    """Return the network ``name`` with fresh weights. Raises KeyError for an unknown name."""
    return NETWORKS[name][1](config)


def config_from(name: str, values: Mapping[str, Any]) -> Config:
    """Return the config of the network ``name`` from what JSON made of it.

    Raises KeyError for an unknown name, TypeError for other fields than the config has.
    """
    kind = NETWORKS[name][0]
    missing = {field.name for field in fields(kind)} - set(values)
    if missing:
        raise TypeError(f"the config lacks {', '.join(sorted(missing))}")
    config: Config = kind(**{key: _frozen(value) for key, value in values.items()})
    return config


def parameters(network: nn.Module) -> int:
    """Count the trainable numbers."""
    return sum(p.numel() for p in network.parameters() if p.requires_grad)


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
