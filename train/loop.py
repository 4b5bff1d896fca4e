"""Training itself: the same seed on the same device gives the same weights."""

import sys
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.optim.lr_scheduler import LambdaLR, LRScheduler, OneCycleLR
from torch.optim.swa_utils import AveragedModel

from digitpad.core.errors import InputError, StorageError
from digitpad.core.networks import build
from digitpad.core.training_events import EpochEnded, Progress
from train.augment import augment
from train.pool import Pool
from train.recipes import OPTIMISERS, Recipe

_TELL_EVERY = 0.5
"""Seconds between two events of progress."""


@dataclass(frozen=True, slots=True)
class Run:
    """One training run: what, from what, where, and the file that keeps its state, if any."""

    recipe: Recipe
    seed: int
    device: torch.device
    state_file: Path | None = None


class Trainer:
    """A network on its way from chance to skill.

    ``network`` learns; ``averaged`` follows it as a moving average and is what comes out.
    Every epoch draws its chances from the seed and its own number alone, so a run that goes on
    from a state file gives the same weights as one that was never interrupted.
    """

    def __init__(self, run: Run, pool: Pool, validation: Pool) -> None:
        self._run, self._recipe = run, run.recipe
        self._pool, self._validation = pool.to(run.device), validation.to(run.device)
        recipe = run.recipe
        torch.manual_seed(run.seed)
        network = build(recipe.network, recipe.config).to(run.device)
        self.network: nn.Module = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._average = AveragedModel(
            self.network, avg_fn=_moving_average(recipe.averaging), use_buffers=True
        )
        self._optimiser = OPTIMISERS[recipe.optimiser](
            self.network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        steps = -(-pool.per_epoch // recipe.batch) * recipe.epochs
        self._schedule = _schedule(self._optimiser, recipe, steps)
        self._done = 0

    @property
    def averaged(self) -> nn.Module:
        """The network to be used, on the CPU."""
        network: nn.Module = self._average.module
        return network.cpu().eval()

    def train(self) -> Iterator[Progress | EpochEnded]:
        """Train all epochs that are left and tell about them. Raises StorageError, InputError."""
        self._restore()
        for epoch in range(self._done, self._recipe.epochs):
            began = time.perf_counter()
            loss, accuracy = yield from self._epoch(epoch)
            seconds = time.perf_counter() - began
            validation_loss, validation_accuracy = score(self._average.module, self._validation)
            self._done = epoch + 1
            self._keep()
            yield EpochEnded(
                epoch=self._done,
                epochs=self._recipe.epochs,
                loss=loss,
                accuracy=accuracy,
                validation_loss=validation_loss,
                validation_accuracy=validation_accuracy,
                images_per_second=self._pool.per_epoch / seconds,
                seconds=seconds,
            )

    def _epoch(self, epoch: int) -> Generator[Progress, None, tuple[float, float]]:
        """Train one epoch and return mean loss and accuracy on what it learnt from."""
        seed = self._run.seed * 1_000_003 + epoch
        torch.manual_seed(seed)
        generator = torch.Generator(self._run.device).manual_seed(seed)
        sums = torch.zeros(2, device=self._run.device)
        self.network.train()
        rows = self._pool.epoch(generator)
        began = told = time.perf_counter()
        seen = 0
        for batch in torch.split(rows, self._recipe.batch):
            sums += self._step(batch, generator)
            seen += len(batch)
            if (now := time.perf_counter()) - told > _TELL_EVERY:
                told = now
                yield self._progress(epoch, seen, seen / (now - began))
        loss, accuracy = (sums / len(rows)).tolist()
        return loss, accuracy

    def _progress(self, epoch: int, seen: int, speed: float) -> Progress:
        epochs, images = self._recipe.epochs, self._pool.per_epoch
        return Progress(
            epoch=epoch + 1,
            epochs=epochs,
            share=seen / images,
            images_per_second=speed,
            seconds_left=((epochs - epoch) * images - seen) / speed,
            memory_bytes=memory_used(self._run.device),
        )

    def _step(self, rows: Tensor, generator: torch.Generator) -> Tensor:
        """Learn from one batch; return the sum of its losses and the number of right answers."""
        recipe, device = self._recipe, self._run.device
        labels = self._pool.labels[rows]
        images = self._pool.images[rows][:, None].float() / 255
        if recipe.augmentation is not None:
            images = augment(images, recipe.augmentation, generator)
        images = images.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16, enabled=recipe.bf16):
            logits = self.network(images)
        logits = logits.float()
        loss = F.cross_entropy(logits, labels, label_smoothing=recipe.smoothing)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._schedule.step()
        self._average.update_parameters(self.network)
        right = (logits.argmax(1) == labels).sum()
        return torch.stack([loss.detach() * len(rows), right])

    def _restore(self) -> None:
        file = self._run.state_file
        if file is None or not file.exists():
            return
        try:
            state = torch.load(file, map_location=self._run.device, weights_only=True)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self._done = int(state["epochs"])
        except Exception as error:
            raise InputError(
                f"{file} is not the state of this run: remove it to begin anew.", repr(error)
            ) from error

    def _keep(self) -> None:
        file = self._run.state_file
        if file is None:
            return
        state = {name: part.state_dict() for name, part in self._parts().items()}
        temporary = file.with_name(file.name + ".part")
        try:
            torch.save({"epochs": self._done, **state}, temporary)
            temporary.replace(file)
        except (OSError, RuntimeError) as error:
            raise StorageError(f"{file} could not be written: {error}.", repr(error)) from error

    def _parts(self) -> dict[str, nn.Module | torch.optim.Optimizer | LRScheduler]:
        return {
            "network": self.network,
            "average": self._average,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }


def memory_used(device: torch.device) -> int:
    """Return the bytes in use on a CUDA device, else the most that this process ever used."""
    if device.type == "cuda":
        return torch.cuda.memory_allocated(device)
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def logits_of(network: nn.Module, images: Tensor) -> Tensor:
    """Return the logits for uint8 images (n, 28, 28), in float32 as the app computes them."""
    network.eval()
    with torch.inference_mode():
        return torch.cat(
            [network(part[:, None].float() / 255) for part in torch.split(images, 1024)]
        )


def score(network: nn.Module, pool: Pool) -> tuple[float, float]:
    """Return mean cross entropy and accuracy, over all classes."""
    logits = logits_of(network, pool.images)
    loss = F.cross_entropy(logits, pool.labels)
    return float(loss), float((logits.argmax(1) == pool.labels).float().mean())


def _schedule(optimiser: torch.optim.Optimizer, recipe: Recipe, steps: int) -> LRScheduler:
    if recipe.warm_up is None:
        return LambdaLR(optimiser, lambda _: 1.0)
    return OneCycleLR(
        optimiser, recipe.learning_rate, steps, pct_start=recipe.warm_up, cycle_momentum=False
    )


def _moving_average(most: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """Return an EMA whose memory grows with the run, so that it soon forgets the fresh weights."""

    def average(kept: Tensor, new: Tensor, steps: Tensor | int) -> Tensor:
        decay = min(most, float(1 + steps) / float(10 + steps))
        return kept + (new - kept) * (1 - decay)

    return average
