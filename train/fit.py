"""A training run from data files to a model file, told event by event."""

import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import nn

from digitpad.core import checkpoint
from digitpad.core.errors import InputError, StorageError
from digitpad.core.model_card import Figures, ModelCard
from digitpad.core.networks import config_from, parameters
from digitpad.core.training_events import Event, Finished, Notice, Started
from train import evaluate, mnist
from train.data import Data, describe, require_all_digits
from train.distributed import ALONE, World
from train.loop import Run, Trainer
from train.pool import make_pool
from train.recipes import Recipe
from train.sources import is_mnist, load
from train.split import split


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for. ``device`` is auto, or what torch calls a device."""

    recipe: Recipe
    data: tuple[Path, ...]
    out: Path
    seed: int = 1
    device: str = "auto"
    threads: int | None = None
    resume: bool = False
    start_from: Path | None = None


def fit(job: Job, stop: threading.Event | None = None, world: World = ALONE) -> Iterator[Event]:
    """Train, calibrate on validation data, judge on test data, and write the model file.

    The state is kept beside ``out`` after every epoch, and removed when all of them are done.
    Setting ``stop`` ends training early: the model is what the network is then. A file that was at
    ``out`` is replaced only at the end, and by the leading process of ``world`` alone. Raises
    InputError, ModelError and StorageError.
    """
    began = time.perf_counter()
    recipe, device = job.recipe, device_called(job.device)
    outputs = recipe.config.outputs
    if job.threads is not None:
        torch.set_num_threads(job.threads)
    start = _start(job)
    if any(map(is_mnist, job.data)):
        yield from map(Notice, mnist.fetch())
    data = load(job.data)
    yield from map(Notice, describe(data))
    parts = split(data, recipe.validation_share)
    require_all_digits(parts.training.pictures, parts.training.digits)
    pool = make_pool(parts.training, recipe, job.seed)
    chosen_on = evaluate.exams(parts.validation, outputs, job.seed)
    if not any(exam.of_digits for exam in chosen_on):
        raise InputError("There is too little data: none is left to choose a threshold on.")
    validation = evaluate.as_pool(chosen_on)
    state_file = _state_file(job, world)
    run = Run(recipe, job.seed, device, state_file, start, stop or threading.Event(), world)
    trainer = Trainer(run, pool, validation)
    yield Started(
        recipe=recipe.name,
        network=recipe.network,
        parameters=parameters(trainer.network),
        images=pool.per_epoch,
        epochs=recipe.epochs,
        device=str(device),
        seed=job.seed,
    )
    yield from trainer.train()
    network = trainer.averaged
    if not world.leads:
        return
    temperature = evaluate.calibrate(network, validation)
    threshold = evaluate.threshold(network, chosen_on)
    figures = evaluate.figures(network, evaluate.all_exams(parts, outputs, job.seed), threshold)
    checkpoint.save(job.out, network, _card(job, data, threshold, figures))
    if trainer.is_done:
        state_file.unlink(missing_ok=True)
    yield Finished(
        file=str(job.out),
        seconds=time.perf_counter() - began,
        threshold=threshold,
        temperature=temperature,
        figures=figures,
        test_accuracy=evaluate.test_accuracy(figures),
    )


def device_called(name: str) -> torch.device:
    """Return the device; auto takes CUDA, then Apple's, then the CPU. Raises InputError."""
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        torch.zeros(1, device=name)
        return torch.device(name)
    except (RuntimeError, AssertionError) as error:
        raise InputError(f"There is no device {name} here: try cpu.", str(error)) from error


def _start(job: Job) -> nn.Module | None:
    if job.start_from is None:
        return None
    network, card = checkpoint.load(job.start_from)
    config = config_from(card.network, card.config)
    if (card.network, config) != (job.recipe.network, job.recipe.config):
        raise InputError(
            f"{job.start_from} holds another network than {job.recipe.name}: start from chance."
        )
    return network


def _state_file(job: Job, world: World) -> Path:
    state = job.out.with_name(job.out.name + ".state")
    try:
        job.out.parent.mkdir(parents=True, exist_ok=True)
        if world.leads and not job.resume:
            state.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{job.out.parent} cannot be written to: {error}.") from error
    return state


def _card(job: Job, data: Data, threshold: float, figures: Figures) -> ModelCard:
    fields = asdict(job.recipe)
    config = fields.pop("config")
    return ModelCard(
        name=job.recipe.name,
        network=job.recipe.network,
        config=config,
        threshold=threshold,
        recipe={**fields, "torch": torch.__version__, "threads": torch.get_num_threads()},
        data=data.hashes,
        seed=job.seed,
        figures=figures,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
