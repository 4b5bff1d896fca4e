"""A training run from data files to a model file, told event by event."""

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import torch
from filelock import FileLock, Timeout
from torch import nn

from digitpad.core.errors import InputError, StorageError
from digitpad.core.evaluation.verdict import headline_accuracy
from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import config_from, parameters
from digitpad.core.models.record import LOCK_SUFFIX
from digitpad.core.models.second_look import SecondLook
from digitpad.core.training.events import Event, Finished, Notice, Preparing, Started
from train import evaluate
from train.data import Data, describe, require_all_digits
from train.devices import device_called, processes
from train.distributed import ALONE, World
from train.evaluation.calibration import (
    answer_alike,
    calibrate,
    tells_beginnings_apart,
    threshold,
)
from train.evaluation.exam import Exam, as_pool
from train.evaluation.half_drawn import stages
from train.evaluation.judge import Judge, Row
from train.loop import Run, Trainer
from train.pool import Pool, drawing_pool
from train.recipes import Recipe
from train.sources import fetched, load
from train.split import Split, split

_LOOK_S = 1.0
"""For longer than the app, which looks whether a run is under way, holds its lock."""


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
    torch.backends.cudnn.deterministic = True  # the same seed, the same weights
    if job.threads is not None:
        torch.set_num_threads(job.threads)
    device, start = device_called(job.device), _start(job)
    knows_beginnings = start is not None and tells_beginnings_apart(start)
    _require_place(job)
    data = yield from gathered(job.data)
    parts = split(data, job.recipe.validation_share)
    chosen_on = evaluate.validation(parts, job.recipe.config.outputs)
    if not any(exam.of_digits for exam in chosen_on):
        raise InputError("There is too little data: none is left for validation.")
    run = Run(
        job.recipe,
        job.seed,
        device,
        _state_file(job) if world.leads or job.resume else None,
        start,
        stop or threading.Event(),
        world,
    )
    pool = yield from _pool(job, parts)
    alike = not (pool.shows_beginnings or knows_beginnings)
    trainer = Trainer(run, pool, as_pool(chosen_on))
    yield _started(run, trainer)
    yield from trainer.train()
    if not trainer.has_learnt:
        raise InputError("Stopped before anything was learnt: no model was written.")
    if world.leads:
        yield Notice("Evaluating the model.")
        yield _finished(job, data, parts, chosen_on, trainer, alike=alike, began=began)


@contextmanager
def alone_at(out: Path) -> Iterator[None]:
    """Keep every other process from training into ``out``; the system lets go if this one dies.

    Raises InputError where another one does, and StorageError.
    """
    file = out.with_name(out.name + LOCK_SUFFIX)
    _make_folder(out.parent)
    lock = FileLock(file)
    try:
        lock.acquire(timeout=_LOOK_S)
    except Timeout as error:
        raise InputError(f"Another process is training into {out}.", repr(error)) from error
    except OSError as error:
        raise StorageError(f"{out.parent} cannot be written to: {error}.", repr(error)) from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is held
            file.unlink()
        lock.release()


def gathered(paths: Sequence[Path]) -> Generator[Notice, None, Data]:
    """Read what is at ``paths``, download MNIST where it is asked for, and tell what there is."""
    yield from map(Notice, fetched(paths))
    data = load(paths)
    yield from map(Notice, describe(data))
    return data


def _pool(job: Job, parts: Split) -> Generator[Preparing, None, Pool]:
    drawings = parts.training.digits if job.recipe.drawings else ()
    require_all_digits(parts.training.pictures, drawings)
    return drawing_pool(parts.training, job.recipe, job.seed, processes())


def _started(run: Run, trainer: Trainer) -> Started:
    return Started(
        recipe=run.recipe.name,
        network=run.recipe.network,
        parameters=parameters(trainer.network),
        images=trainer.images_per_epoch,
        epochs=run.recipe.epochs,
        device=str(run.device),
        seed=run.seed,
    )


def _finished(
    job: Job,
    data: Data,
    parts: Split,
    chosen_on: Sequence[Exam],
    trainer: Trainer,
    *,
    alike: bool,
    began: float,
) -> Finished:
    """Calibrate the network, round its weights, evaluate it and write its file.

    With ``alike`` it never saw digits while they are drawn, and takes them for whole drawings.
    """
    network = trainer.averaged
    outputs, thorough = job.recipe.config.outputs, job.recipe.thorough
    drawn = parts.validation.digits if trainer.shows_beginnings else ()
    temperature = calibrate(network, chosen_on, [s for digits in drawn for s in stages(digits)])
    if alike:
        answer_alike(network)
    checkpoint.round_weights(network)
    judged = SecondLook(network) if job.recipe.second_look else network
    at = threshold(judged, chosen_on)
    rows = list(evaluate.rows(Judge(judged, at), parts, chosen_on, outputs, thorough=thorough))
    card = _card(job, data, at, rows)
    checkpoint.save(job.out, network, card)
    if trainer.is_done:
        _forget(job)
    return Finished(
        file=str(job.out),
        seconds=time.perf_counter() - began,
        threshold=at,
        temperature=temperature,
        figures=card.figures,
        test_accuracy=headline_accuracy(card.figures),
    )


def _start(job: Job) -> nn.Module | None:
    if job.start_from is None:
        return None
    network, card = checkpoint.load(job.start_from)
    config = config_from(card.network, card.config)
    if (card.network, config) != (job.recipe.network, job.recipe.config):
        raise InputError(
            f"{job.start_from} holds a different network from {job.recipe.name}: "
            "train from scratch instead."
        )
    return network


def _require_place(job: Job) -> None:
    """Raise InputError where ``out`` is not to be trained into: no unfinished run is lost."""
    state = _state_path(job)
    if job.resume and job.out.exists() and not state.exists():
        raise InputError(f"{job.out} is finished: nothing to resume.")
    if state.exists() and not job.resume:
        raise InputError(
            f"An unfinished run is at {job.out}: add --resume to continue it, "
            f"or remove {state} to start over."
        )


def _state_path(job: Job) -> Path:
    return job.out.with_name(job.out.name + ".state")


def _state_file(job: Job) -> Path:
    """Return where the state is kept, in a folder that is there."""
    _make_folder(job.out.parent)
    return _state_path(job)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder} cannot be written to: {error}.") from error


def _forget(job: Job) -> None:
    """Remove the state of a run that is over."""
    state = _state_path(job)
    try:
        state.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{state} cannot be removed: {error}.", repr(error)) from error


def _card(job: Job, data: Data, at: float, rows: Sequence[Row]) -> ModelCard:
    fields = asdict(job.recipe)
    config, second_look = fields.pop("config"), fields.pop("second_look")
    return ModelCard(
        name=job.recipe.name,
        network=job.recipe.network,
        config=config,
        threshold=at,
        recipe={**fields, "torch": torch.__version__, "threads": torch.get_num_threads()},
        data=data.hashes,
        seed=job.seed,
        figures=evaluate.figures_of(rows),
        confusions=evaluate.confusions_of(rows),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        second_look=second_look,
    )
