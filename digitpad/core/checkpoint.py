"""A model file in and out: safetensors with its model card inside.

safetensors holds numbers and text only, so a model file from a stranger cannot run code.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as to_bytes
from torch import nn

from digitpad.core.errors import ModelError
from digitpad.core.formats.files import write_atomically
from digitpad.core.networks import NETWORKS, build, config_from

_CARD = "digitpad"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model file says about itself.

    ``config`` are the fields of the network's config, ``recipe`` those of the recipe; ``data`` maps
    a file's name to its SHA-256; ``figures`` maps a set's name to what was measured on it;
    ``threshold`` is the probability below which a drawing is not called a digit.
    """

    name: str
    network: str
    config: Mapping[str, Any]
    threshold: float
    recipe: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    figures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    created: str = ""


def save(path: Path, network: nn.Module, card: ModelCard) -> None:
    """Write the network and its card as one file; an older file stays whole until it is replaced.

    Raises StorageError where it cannot be written.
    """
    tensors = {
        key: value.detach().cpu().contiguous() for key, value in network.state_dict().items()
    }
    text = json.dumps({"format": _FORMAT, **asdict(card)})
    write_atomically(path, to_bytes(tensors, metadata={_CARD: text}))


def load(path: Path) -> tuple[nn.Module, ModelCard]:
    """Return the network, ready to predict, and its card.

    Raises ModelError with a plain sentence for a file that is missing, damaged or none of ours.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {key: file.get_tensor(key).clone() for key in file.keys()}  # noqa: SIM118
    except OSError as error:
        raise ModelError(f"The model file {path.name} could not be opened.", str(error)) from error
    except SafetensorError as error:
        raise ModelError(
            f"{path.name} is damaged or not a model file (safetensors).", str(error)
        ) from error
    card = _card(path.name, metadata)
    return _network(path.name, card, tensors), card


def _card(name: str, metadata: Mapping[str, str]) -> ModelCard:
    if _CARD not in metadata:
        raise ModelError(f"{name} has no model card: Digitpad did not make it.")
    try:
        values = json.loads(metadata[_CARD])
        version = values.pop("format")
        card = ModelCard(**values)
        threshold = float(card.threshold)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(f"The model card in {name} is damaged.", repr(error)) from error
    if version != _FORMAT:
        raise ModelError(f"{name} was made by a newer version of Digitpad.")
    if not (math.isfinite(threshold) and 0 <= threshold <= 1):
        raise ModelError(f"The model card in {name} has a threshold that is no probability.")
    return card


def _network(name: str, card: ModelCard, tensors: dict[str, torch.Tensor]) -> nn.Module:
    if card.network not in NETWORKS:
        raise ModelError(f"{name} holds a network that this version does not know: {card.network}.")
    try:
        with torch.device("meta"):  # shapes only: a lying card cannot take the memory
            network = build(card.network, config_from(card.network, card.config))
        expected = {key: value.shape for key, value in network.state_dict().items()}
    except (TypeError, ValueError, RuntimeError, AttributeError, IndexError) as error:
        raise ModelError(f"{name} describes a network that cannot be built.", repr(error)) from error
    if expected != {key: value.shape for key, value in tensors.items()}:
        raise ModelError(f"The weights in {name} do not fit the network that its card describes.")
    if not all(bool(torch.isfinite(value).all()) for value in tensors.values()):
        raise ModelError(f"{name} has weights that are not finite numbers.")
    network.load_state_dict(tensors, assign=True)
    return network.eval()
