"""What there is to choose from, for a program that asks: recipes and devices as one JSON line."""

import json
import platform

import torch

from digitpad.core.models.networks import build, parameters
from digitpad.core.training.options import AUTO, Catalogue, Device, RecipeInfo
from train.recipes import RECIPES, Recipe
from train.summary import layers


def describe() -> str:
    """Return all recipes, with their networks' layers, and all devices of this machine."""
    catalogue = Catalogue(tuple(map(_recipe, RECIPES.values())), tuple(devices()))
    return json.dumps(catalogue.to_json())


def devices() -> list[Device]:
    """Return what torch can train on here, the automatic choice first."""
    cuda = [
        Device(f"cuda:{index}", torch.cuda.get_device_name(index))
        for index in range(torch.cuda.device_count())
    ]
    mps = [Device("mps", "Apple GPU")] if torch.backends.mps.is_available() else []
    threads = torch.get_num_threads()
    number = f"{threads} threads" if threads > 1 else "1 thread"
    cpu = Device("cpu", f"CPU, {number} ({platform.machine()})")
    found = [*cuda, *mps, cpu]
    return [Device(AUTO, f"Automatic: {found[0].name}"), *found]


def _recipe(recipe: Recipe) -> RecipeInfo:
    network = build(recipe.network, recipe.config)
    return RecipeInfo(
        name=recipe.name,
        about=recipe.about,
        network=recipe.network,
        epochs=recipe.epochs,
        batch=recipe.batch,
        learning_rate=recipe.learning_rate,
        augmented=recipe.augmentation is not None,
        parameters=parameters(network),
        layers=tuple(layers(network)),
    )
