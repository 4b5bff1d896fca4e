"""Run by torchrun: trains with the other processes and leaves this one's weights and rows."""

import sys
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from digitpad.core.models.networks import QuarteredConfig
from digitpad.core.models.published import MlpConfig
from train.distributed import ALONE, World, world
from train.loop import Run, Trainer
from train.pool import Pool
from train.recipes import RECIPES

COUNT = 65
"""A rest of one row, which is not enough for two."""


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    images = torch.randint(0, 256, (COUNT, 28, 28), generator=torch.Generator().manual_seed(1))
    labels = torch.arange(COUNT) % 10
    pool = Pool(images.byte(), labels, torch.ones(COUNT, dtype=torch.float64))
    recipe = replace(
        RECIPES["best"], config=QuarteredConfig(((4,), (8,))), epochs=2, batch=16, augmentation=None
    )
    with world() as here:
        if (together := uneven(here)) is not None:
            torch.save({"together": together, "alone": uneven(ALONE)}, folder / "uneven.pt")
        run = Run(recipe, 1, torch.device("cpu"), folder / "state", world=here)
        trainer = Trainer(run, pool, pool)
        for _ in trainer.train():
            pass
        weights = torch.cat([p.detach().flatten() for p in trainer.network.parameters()])
        rows = here.share(torch.arange(COUNT))
        torch.save({"weights": weights, "rows": rows}, folder / f"rank-{here.rank}.pt")


def uneven(here: World) -> Tensor | None:
    """Return the weights learnt from batches that cannot be shared evenly; the leader's alone."""
    images = torch.randint(0, 256, (62, 28, 28), generator=torch.Generator().manual_seed(1))
    pool = Pool(images.byte(), torch.arange(62) % 10, torch.ones(62, dtype=torch.float64))
    recipe = replace(
        RECIPES["mlp"], config=MlpConfig(dropout=0.0), epochs=1, batch=5, optimiser="adamw"
    )
    trainer = Trainer(Run(recipe, 1, torch.device("cpu"), world=here), pool, pool)
    for _ in trainer.train():
        pass
    if not here.leads:
        return None
    return torch.cat([p.detach().flatten() for p in trainer.network.parameters()])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
