"""A training step recorded as a CUDA graph and replayed: the card need not wait for Python."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.optim import Optimizer

_AS_IT_IS = 3
"""Steps before it is recorded: libraries choose their kernels and take their memory in these."""


class Recorded:
    """Runs ``step``, which takes the rows of a batch, as if it were called.

    On CUDA, a batch as large as the first ones replays the kernels of a step that was recorded
    (torch.cuda.CUDAGraph), which gives the same numbers. The random numbers of ``generator`` and of
    torch itself go on from replay to replay. A recorded step may not wait for the device. What is
    returned lasts until the next call.
    """

    def __init__(self, step: Callable[[Tensor], Tensor], generator: torch.Generator) -> None:
        self._step, self._generator = step, generator
        self.forget()

    def forget(self) -> None:
        """Record again: the step has changed."""
        self._graph: torch.cuda.CUDAGraph | None = None
        self._run = 0
        self._rows = self._result = torch.empty(0)

    def __call__(self, rows: Tensor) -> Tensor:
        if rows.device.type != "cuda" or (self._run and len(rows) != len(self._rows)):
            return self._step(rows)
        if self._run < _AS_IT_IS:
            self._run += 1
            self._rows = rows.clone()
            return self._step(rows)
        self._rows.copy_(rows)
        if self._graph is None:
            self._graph = self._record()
        self._graph.replay()
        return self._result

    def _record(self) -> torch.cuda.CUDAGraph:
        graph = torch.cuda.CUDAGraph()
        graph.register_generator_state(self._generator)
        with torch.cuda.graph(graph):  # runs nothing
            self._result = self._step(self._rows)
        return graph


def recordable(optimiser: Optimizer, device: torch.device) -> None:
    """Let ``optimiser`` keep on ``device`` what changes from step to step, as a record needs it."""
    on_card = device.type == "cuda"
    for group in optimiser.param_groups:
        rate = float(group["lr"])
        group["lr"] = torch.tensor(rate, device=device) if on_card else rate
        group["capturable"] = on_card
    for state in optimiser.state.values() if on_card else ():
        if "step" in state:  # kept by a run that had no card
            state["step"] = state["step"].to(device)
