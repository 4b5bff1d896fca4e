"""Run by torchrun: trains with the other processes and leaves this one's weights and rows."""

import sys
from dataclasses import replace
from pathlib import Path

import torch

from digitpad.core.models.networks import QuarteredConfig
from train.distributed import world
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
        run = Run(recipe, 1, torch.device("cpu"), folder / "state", world=here)
        trainer = Trainer(run, pool, pool)
        for _ in trainer.train():
            pass
        weights = torch.cat([p.detach().flatten() for p in trainer.network.parameters()])
        rows = here.share(torch.arange(COUNT))
        torch.save({"weights": weights, "rows": rows}, folder / f"rank-{here.rank}.pt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
