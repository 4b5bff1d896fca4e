"""Several processes that train one network together, as torchrun starts them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True, slots=True)
class World:
    """Which of how many processes this is. The first leads: it alone tells and writes."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def share(self, rows: Tensor) -> Tensor:
        """Return this process's part of a batch; all parts together are the batch."""
        return rows[self.rank :: self.size]

    def joined(self, network: nn.Module) -> nn.Module:
        """Return ``network`` with gradients that are the mean over all processes."""
        return DistributedDataParallel(network) if self.size > 1 else network

    def total(self, sums: Tensor) -> Tensor:
        """Return the sum of ``sums`` over all processes."""
        if self.size > 1:
            dist.all_reduce(sums)
        return sums


ALONE = World()


@contextmanager
def world() -> Iterator[World]:
    """Join the processes that torchrun started, or be alone; leave them at the end."""
    if "WORLD_SIZE" not in os.environ:
        yield ALONE
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    dist.init_process_group("cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield World(dist.get_rank(), dist.get_world_size())
    finally:
        dist.destroy_process_group()
