"""What can be chosen for a training run, and what was (no torch)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

AUTO = "auto"
"""The device that takes the fastest there is."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One row of a network's summary: its kind, the shape it gives out, its trainable numbers."""

    kind: str
    shape: str
    parameters: int


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """A recipe with its defaults, and what its network is made of."""

    name: str
    about: str
    network: str
    epochs: int
    batch: int
    learning_rate: float
    augmented: bool
    parameters: int
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Device:
    """Something to train on: what torch calls it, and what a person does."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All recipes and all devices of this machine."""

    recipes: tuple[RecipeInfo, ...]
    devices: tuple[Device, ...]

    def recipe(self, name: str) -> RecipeInfo | None:
        return next((recipe for recipe in self.recipes if recipe.name == name), None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        """Return what ``to_json`` made. Raises KeyError and TypeError for anything else."""
        recipes = [
            RecipeInfo(**{**recipe, "layers": tuple(Layer(**row) for row in recipe["layers"])})
            for recipe in body["recipes"]
        ]
        return cls(tuple(recipes), tuple(Device(**device) for device in body["devices"]))


@dataclass(frozen=True, slots=True)
class FitOptions:
    """What was chosen for a run. ``start_from`` is a model file, "" to start from scratch.

    ``data`` holds paths, or names that the trainer knows; ``validation_share`` is the part of the
    images, and of the writers of ink, that chooses and does not teach.
    """

    recipe: str
    data: tuple[str, ...]
    epochs: int
    batch: int
    learning_rate: float
    augmented: bool = True
    validation_share: float | None = None
    seed: int = 1
    device: str = AUTO
    start_from: str = ""

    def arguments(self, out: Path, *, resume: bool = False) -> list[str]:
        """Return the arguments of ``python -m train`` for this run, which writes ``out``."""
        chosen = {
            "--out": str(out),
            "--epochs": self.epochs,
            "--batch": self.batch,
            "--learning-rate": self.learning_rate,
            "--seed": self.seed,
            "--device": self.device,
        }
        arguments = ["fit", self.recipe, "--json", "--stop-with-stdin", "--data", *self.data]
        for name, value in chosen.items():
            arguments += [name, str(value)]
        if not self.augmented:
            arguments.append("--no-augmentation")
        if self.validation_share is not None:
            arguments += ["--validation-share", str(self.validation_share)]
        if self.start_from:
            arguments += ["--start-from", self.start_from]
        return [*arguments, "--resume"] if resume else arguments

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        """Return the options that ``asdict`` made into JSON. Raises TypeError and KeyError."""
        return cls(**{**known(cls, body), "data": tuple(body["data"])})


def known(kind: type["DataclassInstance"], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of ``kind`` in ``body``: a newer version of the app may have added more."""
    return {field.name: body[field.name] for field in fields(kind) if field.name in body}
