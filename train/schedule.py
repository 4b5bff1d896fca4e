"""The learning rate over a run: up in a line, down as a cosine."""

import math
from functools import partial

from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR

from train.recipes import Recipe


def schedule(optimiser: Optimizer, recipe: Recipe, steps: int) -> LambdaLR:
    """Return the schedule over ``steps`` steps; without ``warmup`` the learning rate stays."""
    if recipe.warmup is None:
        return LambdaLR(optimiser, lambda _: 1.0)
    return LambdaLR(optimiser, partial(share_at, steps, recipe.warmup, recipe.final_rate))


def share_at(steps: int, warmup: float, final: float, step: int) -> float:
    """Return the share of the learning rate: up to all of it, down to ``final``."""
    done = step / steps
    if done < warmup:
        return (step + 1) / (steps * warmup + 1)
    falling = math.cos(math.pi * min((done - warmup) / (1 - warmup), 1.0))
    return final + (1 - final) * (1 + falling) / 2
