"""What a model file says about itself, read without loading a single weight (no torch)."""

import json
import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any

from digitpad.core.errors import ModelError

KEY = "digitpad"
"""The entry of a safetensors file's metadata that holds the card."""

FORMAT = 1

_LONGEST_HEADER = 16 * 2**20
_LONGEST_NAME = 400
"""More than the name of a set, which is that of a file with some words around it."""
_SEEDS = 2**63
_LARGEST_NUMBER = 1e12

Figures = Mapping[str, Mapping[str, float]]
"""Name of a set -> name of a figure -> the figure."""

VALIDATION = "validation: "
"""How the name of a set begins that something was chosen on; the others only judge."""
AS_PICTURES = ", as pictures"
"""How the name of a set ends that shows another set's drawings as pictures."""

Confusions = Mapping[str, Sequence[Sequence[int]]]
"""Name of a set of digits -> drawings by label (10 rows) and answer (11 columns, refused last)."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model file says about itself.

    ``config`` are the fields of the network's config, ``recipe`` those of the recipe; ``data`` maps
    a file's name to its SHA-256; ``figures`` maps a set's name to what was measured on it,
    ``confusions`` that of a set of digits to its confusion matrix;
    a drawing that is a digit, whichever, with less than the probability ``threshold`` is not called
    one; ``second_look`` tells whether the network looks again at what it is unsure of.
    """

    name: str
    network: str
    config: Mapping[str, Any]
    threshold: float
    recipe: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    figures: Figures = field(default_factory=dict)
    created: str = ""
    second_look: bool = False
    confusions: Confusions = field(default_factory=dict)


def card_in(name: str, metadata: Mapping[str, str]) -> ModelCard:
    """Return the card in the metadata of the model file ``name``. Raises ModelError."""
    if KEY not in metadata:
        raise ModelError(f"{name} has no model card, so it was not made by Digitpad.")
    try:
        values = json.loads(metadata[KEY])
        version = values.pop("format")
        card = ModelCard(**values) if version == FORMAT else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelError(f"The model card in {name} is damaged.", repr(error)) from error
    if card is None:
        raise ModelError(f"{name} was made by a newer version of Digitpad.")
    if not _is_sound(card):
        raise ModelError(f"The model card in {name} has values of the wrong type.")
    if not 0 <= card.threshold <= 1:
        raise ModelError(f"The model card in {name} has a threshold that is not a probability.")
    if max(map(len, _names(card))) > _LONGEST_NAME:
        raise ModelError(
            f"The model card in {name} has a name longer than {_LONGEST_NAME} characters."
        )
    return card


def read_card(path: Path) -> ModelCard:
    """Return the card of the model file at ``path``, whose weights are not looked at.

    A safetensors file begins with the length of its JSON header (8 bytes, little-endian); whether
    the weights fit the card is found out only by loading them. Raises ModelError.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            (length,) = struct.unpack("<Q", file.read(8))
            header = file.read(min(length, size, _LONGEST_HEADER))
            metadata = json.loads(header).get("__metadata__", {})
    except OSError as error:
        raise ModelError(f"The model file {path.name} could not be opened.", str(error)) from error
    except (struct.error, ValueError, AttributeError, RecursionError) as error:
        raise ModelError(
            f"{path.name} is damaged or not a model file (safetensors).", repr(error)
        ) from error
    return card_in(path.name, metadata if isinstance(metadata, dict) else {})


def are_figures(values: object) -> bool:
    """Tell whether values from outside are Figures that can be shown."""
    return (
        isinstance(values, dict)
        and are(values.values(), dict)
        and all(is_number(figure) for figures in values.values() for figure in figures.values())
    )


def is_seed(value: object) -> bool:
    """Tell whether a value from outside can be a seed."""
    return isinstance(value, int) and 0 <= value < _SEEDS


def is_number(value: object) -> bool:
    """Tell whether a value from outside is a number that can be shown, which NaN is not."""
    return isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER


def are(values: Iterable[object], kind: type | UnionType) -> bool:
    """Tell whether all values are of a kind."""
    return all(isinstance(value, kind) for value in values)


def _names(card: ModelCard) -> Iterator[str]:
    yield from (card.name, card.network, card.created, str(card.recipe.get("name", "")))
    yield from card.figures
    for figures in card.figures.values():
        yield from figures


def _is_sound(card: ModelCard) -> bool:
    """Tell whether the values of a card from outside are of the kinds that it declares."""
    return (
        are((card.name, card.network, card.created), str)
        and isinstance(card.threshold, int | float)
        and isinstance(card.second_look, bool)
        and are((card.config, card.recipe, card.data, card.confusions), dict)
        and is_seed(card.seed)
        and are_figures(card.figures)
    )
