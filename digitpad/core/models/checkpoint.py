"""A model file in and out: safetensors with its model card inside.

safetensors holds numbers and text only, so a model file from a stranger cannot run code.
"""

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as to_bytes
from torch import nn

from digitpad.core.errors import ModelError
from digitpad.core.formats.files import write_atomically
from digitpad.core.models.card import FORMAT, KEY, ModelCard, card_in
from digitpad.core.models.networks import NETWORKS, build, config_from

_LONGEST_CONFIG = 10_000
"""In characters; of more layers than fit into them, building alone takes minutes."""


def save(path: Path, network: nn.Module, card: ModelCard) -> None:
    """Write the network and its card as one file; an older file stays whole until it is replaced.

    What `round_weights` has rounded takes half the space. Raises StorageError where the file cannot
    be written.
    """
    tensors = {
        key: _packed(value.detach().cpu().contiguous())
        for key, value in network.state_dict().items()
    }
    text = json.dumps({"format": FORMAT, **asdict(card)}, separators=(",", ":"))
    write_atomically(path, to_bytes(tensors, metadata={KEY: text}))


def round_weights(network: nn.Module) -> None:
    """Round what layers multiply by to half precision: ten bits are more than they need."""
    with torch.no_grad():
        for weights in network.parameters():
            if weights.ndim > 1:
                weights.copy_(weights.half())


def load(path: Path) -> tuple[nn.Module, ModelCard]:
    """Return the network, ready to predict, and its card.

    Raises ModelError with a plain sentence for a file that is missing, damaged or none of ours.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {key: _unpacked(file.get_tensor(key)) for key in file.keys()}  # noqa: SIM118
    except OSError as error:
        raise ModelError(f"The model file {path.name} could not be opened.", str(error)) from error
    except SafetensorError as error:
        raise ModelError(
            f"{path.name} is damaged or not a model file (safetensors).", str(error)
        ) from error
    card = card_in(path.name, metadata)
    return _network(path.name, card, tensors), card


def _packed(value: torch.Tensor) -> torch.Tensor:
    half = value.half()
    same = value.dtype == torch.float32 and torch.equal(half.float(), value)
    return half if same else value


def _unpacked(value: torch.Tensor) -> torch.Tensor:
    return value.float() if value.dtype == torch.float16 else value.clone()


def _network(name: str, card: ModelCard, tensors: dict[str, torch.Tensor]) -> nn.Module:
    if card.network not in NETWORKS:
        raise ModelError(
            f"{name} holds a network that this version of Digitpad does not know: {card.network}."
        )
    try:
        network = _without_weights(card)
        expected = {key: value.shape for key, value in network.state_dict().items()}
    except (
        TypeError,
        ValueError,
        RuntimeError,
        AttributeError,
        LookupError,
        ArithmeticError,
    ) as error:
        raise ModelError(
            f"{name} describes a network that cannot be built.", repr(error)
        ) from error
    if expected != {key: value.shape for key, value in tensors.items()}:
        raise ModelError(f"The weights in {name} do not match the network that its card describes.")
    if not all(bool(torch.isfinite(value).all()) for value in tensors.values()):
        raise ModelError(f"{name} has weights that are not finite numbers.")
    network.load_state_dict(tensors, assign=True)
    return network.eval()


def _without_weights(card: ModelCard) -> nn.Module:
    """Return the network with shapes only: a lying card takes neither memory nor time."""
    if len(repr(card.config)) > _LONGEST_CONFIG:
        raise ValueError("the config is too long")
    with torch.device("meta"):
        return build(card.network, config_from(card.network, card.config))
