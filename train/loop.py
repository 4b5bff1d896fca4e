"""Training itself: the same seed, device and number of threads give the same weights."""

import math
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from digitpad.core.errors import InputError
from digitpad.core.models.networks import build
from digitpad.core.training.events import EpochEnded, Notice, Progress
from train.augment import augment
from train.devices import fast_in_bf16, memory_used
from train.distributed import ALONE, World
from train.pool import Pool
from train.recipes import OPTIMISERS, Recipe
from train.recorded import Recorded, recordable
from train.schedule import schedule
from train.scoring import asked, read_rightly, score
from train.state import Stateful, keep, restore

_TELL_EVERY = 0.5
"""Seconds between two events of progress."""


@dataclass(frozen=True, slots=True)
class Run:
    """One training run: what, from what, where, and the file that keeps its state, if any.

    ``start`` are weights to begin with instead of random ones. Setting ``stop`` ends training after
    the step that runs, unless other processes train along.
    """

    recipe: Recipe
    seed: int
    device: torch.device
    state_file: Path | None = None
    start: nn.Module | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    world: World = ALONE


class Trainer:
    """A network while it learns.

    ``network`` learns; ``averaged`` follows it as a moving average and is what comes out.
    Every epoch seeds its random numbers from the run's seed and its own number alone, so a run
    resumed from a state file gives the same weights as one that was never interrupted.
    """

    def __init__(self, run: Run, pool: Pool, validation: Pool) -> None:
        self._run, self._recipe = run, run.recipe
        self._pool, self._validation = pool.to(run.device), validation.to(run.device)
        recipe = run.recipe
        torch.manual_seed(run.seed)
        network = build(recipe.network, recipe.config).to(run.device)
        self.network: nn.Module = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        if run.start is not None:
            self.network.load_state_dict(run.start.state_dict())
        self._joined = run.world.joined(self.network)
        self._average = AveragedModel(self.network, use_buffers=True)
        self._optimiser = OPTIMISERS[recipe.optimiser](
            self.network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        steps = -(-pool.per_epoch // recipe.batch) * recipe.epochs
        self._schedule = schedule(self._optimiser, recipe, steps)
        self._generator = torch.Generator(run.device)
        self._bf16 = recipe.bf16 and fast_in_bf16(run.device)
        self._recorded = Recorded(self._learn, self._generator)
        self._done = 0
        self._beside: list[float] = []  # seconds that each epoch took after learning
        self._micro_batches = 1  # that a batch is cut into, where the device's memory is too small

    @property
    def averaged(self) -> nn.Module:
        """The network to be used, on the CPU."""
        network: nn.Module = self._average.module
        return network.cpu().eval()

    @property
    def images_per_epoch(self) -> int:
        return self._pool.per_epoch

    @property
    def shows_beginnings(self) -> bool:
        return self._pool.shows_beginnings

    @property
    def has_learnt(self) -> bool:
        return int(self._average.n_averaged) > 0

    @property
    def is_done(self) -> bool:
        return self._done == self._recipe.epochs

    def train(self) -> Iterator[Progress | EpochEnded | Notice]:
        """Train all epochs that are left and tell about them.

        Raises StorageError, and InputError where the state is another run's or training diverges.
        """
        if self._run.state_file is not None:
            self._done = restore(self._run.state_file, self._description, self._parts())
        recordable(self._optimiser, self._run.device)
        for epoch in range(self._done, self._recipe.epochs):
            began = time.perf_counter()
            loss, accuracy = yield from self._epoch(epoch)
            if self._stopped:
                return
            learnt = time.perf_counter()
            seconds = learnt - began
            validation_loss, validation_accuracy = score(self._average.module, self._validation)
            if not math.isfinite(loss + validation_loss):
                raise InputError(
                    f"Training diverged in epoch {epoch + 1}: the loss became infinite or NaN. "
                    "Start over with a smaller learning rate."
                )
            self._done = epoch + 1
            if self._run.state_file is not None and self._run.world.leads:
                keep(self._run.state_file, self._description, self._done, self._parts())
            self._beside.append(time.perf_counter() - learnt)
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

    def _epoch(self, epoch: int) -> Generator[Progress | Notice, None, tuple[float, float]]:
        """Train one epoch; return mean loss and accuracy, as `score` does, while it learnt."""
        rows = self._drawn(epoch)
        self.network.train()
        sums, recent = torch.zeros(2, 3, device=self._run.device)
        seen = learnt = 0  # recent and learnt: since the last event, by this process
        began = told = time.perf_counter()
        for batch in torch.split(rows, self._recipe.batch):
            if self._stopped or len(batch) < self._run.world.size:  # every process needs a row
                break
            step = yield from self._step_that_fits(batch)
            sums += step
            recent += step
            seen += len(batch)
            learnt += len(self._run.world.share(batch))
            if time.perf_counter() - told > _TELL_EVERY:
                loss, accuracy = _means(recent, learnt)  # waits for the device
                told = time.perf_counter()
                yield self._progress(epoch, seen, seen / (told - began), loss, accuracy)
                recent.zero_()
                learnt = 0
        return _means(self._run.world.total(sums), seen)

    def _drawn(self, epoch: int) -> Tensor:
        """Return the rows of an epoch; they and the device's random numbers come from the seed."""
        seed = self._run.seed * 1_000_003 + epoch
        torch.manual_seed(seed)
        self._generator.manual_seed(seed)
        on_cpu = self._run.device.type == "cpu"
        rows = self._pool.epoch(self._generator if on_cpu else torch.Generator().manual_seed(seed))
        if not self._run.world.leads:  # the same rows everywhere, but varied in other ways
            self._generator.manual_seed(seed + (self._run.world.rank << 40))
        return rows

    def _step_that_fits(self, rows: Tensor) -> Generator[Notice, None, Tensor]:
        while True:
            try:
                return self._step(rows)
            except torch.OutOfMemoryError as error:
                yield self._cut_batches(error)

    def _step(self, rows: Tensor) -> Tensor:
        """Take a step; return the sum of the batch's losses, and what `read_rightly` counts."""
        alone = self._run.world.size == 1
        sums = self._recorded(rows) if alone else self._learn(rows)
        self._schedule.step()
        self._follow()
        return sums

    def _learn(self, rows: Tensor) -> Tensor:
        self._optimiser.zero_grad()
        sums = torch.zeros(3, device=rows.device)
        own = self._run.world.share(rows)
        for part in own.chunk(self._micro_batches):
            sums += self._gradients(part, len(part) * self._run.world.size / len(rows))
        self._optimiser.step()
        return sums

    def _follow(self) -> None:
        """Let the average follow: the further the run is, the longer it remembers."""
        steps = int(self._average.n_averaged)  # on the CPU: nothing has to be waited for
        decay = min(self._recipe.ema_decay, (1 + steps) / (10 + steps))
        self._average.multi_avg_fn = get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]
        self._average.update_parameters(self.network)

    def _gradients(self, rows: Tensor, share: float) -> Tensor:
        recipe, device = self._recipe, self._run.device
        labels = self._pool.labels[rows]
        images = self._pool.images[rows][:, None].float() / 255
        if recipe.augmentation is not None:
            images = augment(images, recipe.augmentation, self._generator)
        images = images.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16, enabled=self._bf16):
            logits = self._joined(images)
        own, classes = asked(logits.float(), labels)
        loss = F.cross_entropy(own, classes, label_smoothing=recipe.label_smoothing)
        (loss * share).backward()  # type: ignore[no-untyped-call]
        lost = loss.detach() * len(rows)
        return torch.cat([lost[None], read_rightly(own.detach(), labels)])

    def _cut_batches(self, error: torch.OutOfMemoryError) -> Notice:
        """Halve what goes through the network at once; raises ``error`` where that is nothing."""
        if self._micro_batches >= self._recipe.batch:
            raise error
        self._micro_batches *= 2
        self._recorded.forget()
        if self._run.device.type == "cuda":
            torch.cuda.empty_cache()
        return Notice(
            f"{self._run.device} ran out of memory: each batch is now processed in "
            f"{self._micro_batches} parts of {-(-self._recipe.batch // self._micro_batches)}."
        )

    @property
    def _stopped(self) -> bool:
        return self._run.world.size == 1 and self._run.stop.is_set()

    def _progress(
        self, epoch: int, seen: int, speed: float, loss: float, accuracy: float
    ) -> Progress:
        epochs, images = self._recipe.epochs, self._pool.per_epoch
        beside = sum(self._beside) / max(len(self._beside), 1)
        return Progress(
            epoch=epoch + 1,
            epochs=epochs,
            share=seen / images,
            loss=loss,
            accuracy=accuracy,
            images_per_second=speed,
            seconds_left=((epochs - epoch) * images - seen) / speed + (epochs - epoch) * beside,
            memory_bytes=memory_used(self._run.device),
        )

    @cached_property
    def _description(self) -> str:
        return f"{self._recipe!r}, seed {self._run.seed}, data {self._pool.digest()}"

    def _parts(self) -> dict[str, Stateful]:
        return {
            "network": self.network,
            "average": self._average,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }


def _means(sums: Tensor, count: int) -> tuple[float, float]:
    """Return loss and accuracy from the sums of steps that learnt from ``count`` images."""
    loss, right, digits = sums.tolist()
    return loss / max(count, 1), right / max(digits, 1)
