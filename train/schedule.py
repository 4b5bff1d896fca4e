"""The learning rate over a run: up in a line, down as a cosine."""

import math
from functools import partial

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR

from train.recipes import Recipe


def schedule(optimiser: Optimizer, recipe: Recipe, steps: int) -> LambdaLR:
    """Return the schedule over ``steps`` steps; without ``warm_up`` the learning rate stays."""
    if recipe.warm_up is None:
        return LambdaLR(optimiser, lambda _: 1.0)
    return LambdaLR(optimiser, partial(share_at, steps, recipe.warm_up, recipe.last))


def share_at(steps: int, warm_up: float, last: float, step: int) -> float:
    """Return the share of the learning rate: up to all of it, down to ``last``."""
    done = step / steps
    if done < warm_up:
        return (step + 1) / (steps * warm_up + 1)
    falling = math.cos(math.pi * min((done - warm_up) / (1 - warm_up), 1.0))
    return last + (1 - last) * (1 + falling) / 2
