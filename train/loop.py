"""Training itself: the same seed on the same device gives the same weights."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from digitpad.core.networks import build, parameters
from train.augment import augment
from train.events import EpochEnded, Event, Started
from train.pool import Pool
from train.recipes import Recipe


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """One training run: what, from what, how long, and where its state is kept between epochs."""

    recipe: Recipe
    seed: int
    device: torch.device
    state_file: Path | None = None


def train(run: Run, pool: Pool, validation: Pool) -> Iterator[Event]:
    """Train and tell; the generator's return value is the averaged network, in eval mode.

    With a state file that exists, goes on after the last whole epoch in it.
    """
    recipe = run.recipe
    torch.manual_seed(run.seed)
    network = build(recipe.network, recipe.config).to(run.device)
    network = network.to(memory_format=torch.channels_last)
    averaged = AveragedModel(network, avg_fn=_moving_average(recipe.averaging), use_buffers=True)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay
    )
    steps = -(-pool.per_epoch // recipe.batch) * recipe.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, recipe.learning_rate, steps, pct_start=recipe.warm_up, cycle_momentum=False
    )
    parts = {"network": network, "averaged": averaged, "optimiser": optimiser, "schedule": schedule}
    done = _restore(run.state_file, parts)
    yield Started(
        recipe.name, recipe.network, parameters(network), pool.per_epoch, recipe.epochs,
        str(run.device), run.seed,
    )
    pool, validation = pool.to(run.device), validation.to(run.device)
    for epoch in range(done, recipe.epochs):
        began = time.perf_counter()
        loss, accuracy = _epoch(run, epoch, pool, network, averaged, optimiser, schedule)
        seconds = time.perf_counter() - began
        validation_loss, validation_accuracy = score(averaged.module, validation)
        _keep(run.state_file, parts, epoch + 1)
        yield EpochEnded(
            epoch + 1, recipe.epochs, loss, accuracy, validation_loss, validation_accuracy,
            pool.per_epoch / seconds, seconds,
        )
    return averaged.module.eval()


def _moving_average(most: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """Return an EMA whose memory grows with the run, so that it soon forgets the fresh weights."""

    def average(kept: Tensor, new: Tensor, steps: Tensor | int) -> Tensor:
        decay = min(most, float(1 + steps) / float(10 + steps))
        return kept + (new - kept) * (1 - decay)

    return average


def _epoch(run, epoch, pool, network, averaged, optimiser, schedule) -> tuple[float, float]:
    recipe = run.recipe
    seed = run.seed * 1_000_003 + epoch
    torch.manual_seed(seed)
    generator = torch.Generator(run.device).manual_seed(seed)
    losses = torch.zeros((), device=run.device)
    right = torch.zeros((), device=run.device)
    network.train()
    rows = pool.epoch(generator)
    for batch in rows.split(recipe.batch):
        images = pool.images[batch][:, None].float() / 255
        images = augment(images, recipe.augmentation, generator)
        labels = pool.labels[batch]
        with torch.autocast(run.device.type, torch.bfloat16):
            logits = network(images.contiguous(memory_format=torch.channels_last))
        logits = logits.float()
        loss = F.cross_entropy(logits, labels, label_smoothing=recipe.smoothing)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        averaged.update_parameters(network)
        losses += loss.detach() * len(batch)
        right += (logits.argmax(1) == labels).sum()
    return float(losses) / len(rows), float(right) / len(rows)


def logits_of(network: nn.Module, images: Tensor) -> Tensor:
    """Return the logits for uint8 images (n, 28, 28), in float32 as the app computes them."""
    network.eval()
    with torch.inference_mode():
        return torch.cat([network(part[:, None].float() / 255) for part in images.split(1024)])


def score(network: nn.Module, pool: Pool) -> tuple[float, float]:
    """Return mean cross entropy and accuracy, over all classes."""
    logits = logits_of(network, pool.images)
    loss = F.cross_entropy(logits, pool.labels)
    return float(loss), float((logits.argmax(1) == pool.labels).float().mean())


def _restore(file: Path | None, parts: dict) -> int:
    if file is None or not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(state[name])
    return int(state["epochs"])


def _keep(file: Path | None, parts: dict, epochs: int) -> None:
    if file is None:
        return
    temporary = file.with_suffix(".part")
    torch.save({"epochs": epochs, **{name: p.state_dict() for name, p in parts.items()}}, temporary)
    temporary.replace(file)
