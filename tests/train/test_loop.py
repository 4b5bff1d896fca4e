import threading
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from digitpad.core.errors import InputError
from digitpad.core.models.networks import QuarteredConfig
from digitpad.core.training.events import EpochEnded, Notice, Progress
from train.loop import Run, Trainer
from train.pool import Pool, make_pool
from train.recipes import OPTIMISERS, Recipe
from train.scoring import score
from train.sources import load
from train.split import split


@pytest.fixture
def pool(data_folder: Path, tiny: Recipe) -> Pool:
    return make_pool(split(load([data_folder])).training, tiny, 1)


def weights(trainer: Trainer) -> Tensor:
    return torch.cat([p.detach().flatten() for p in trainer.averaged.parameters()])


def trained(run: Run, pool: Pool) -> Trainer:
    trainer = Trainer(run, pool, pool)
    for _ in trainer.train():
        pass
    return trainer


def test_the_same_seed_gives_the_same_weights(
    pool: Pool, tiny: Recipe, device: torch.device
) -> None:
    first, again, other = (weights(trained(Run(tiny, seed, device), pool)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    plain = weights(trained(Run(replace(tiny, augmentation=None), 1, device), pool))
    assert not torch.equal(first, plain)


def test_every_epoch_has_chances_of_its_own(pool: Pool, tiny: Recipe, device: torch.device) -> None:
    trainer = Trainer(Run(tiny, 1, device), pool, pool)
    first, second, again = (trainer._drawn(epoch) for epoch in (0, 1, 0))
    assert torch.equal(first, again)
    assert not torch.equal(first, second)


def test_progress_is_that_since_the_event_before(
    pool: Pool, tiny: Recipe, monkeypatch: pytest.MonkeyPatch, device: torch.device
) -> None:
    monkeypatch.setattr("train.loop._TELL_EVERY", 0.0)
    trainer = Trainer(Run(replace(tiny, epochs=1), 1, device), pool, pool)
    *steps, ended = trainer.train()
    told = [event for event in steps if isinstance(event, Progress)]
    shares = [after - before for before, after in pairwise([0, *(event.share for event in told)])]
    assert isinstance(ended, EpochEnded)
    losses = [event.loss * share for event, share in zip(told, shares, strict=True)]
    assert sum(losses) == pytest.approx(ended.loss)
    assert score(trainer.averaged, pool)[0] == pytest.approx(ended.validation_loss, rel=1e-4)


def test_it_learns(pool: Pool, tiny: Recipe, device: torch.device) -> None:
    recipe = replace(tiny, epochs=12, augmentation=None, learning_rate=1e-2)
    trainer = Trainer(Run(recipe, 1, device), pool, pool)
    ended = [event for event in trainer.train() if isinstance(event, EpochEnded)]
    assert [event.epoch for event in ended] == list(range(1, 13))
    assert ended[-1].loss < ended[0].loss
    assert ended[-1].validation_accuracy > 0.5
    assert trainer.is_done


def test_a_resumed_run_ends_as_one_that_was_never_interrupted(
    pool: Pool, tiny: Recipe, tmp_path: Path, device: torch.device
) -> None:
    recipe = replace(tiny, epochs=3, config=QuarteredConfig(((8,), (16,)), dropout=0.5))
    whole = weights(trained(Run(recipe, 1, device), pool))
    run = Run(recipe, 1, device, tmp_path / "state")
    for event in Trainer(run, pool, pool).train():
        if isinstance(event, EpochEnded):
            break  # as killed after the first epoch
    resumed = Trainer(run, pool, pool)
    epochs = [event.epoch for event in resumed.train() if isinstance(event, EpochEnded)]
    assert epochs == [2, 3]
    assert torch.equal(weights(resumed), whole)


@pytest.mark.parametrize("change", ["seed", "recipe", "images", "classes", "damage"])
def test_another_runs_state_is_refused(
    pool: Pool, tiny: Recipe, tmp_path: Path, change: str, device: torch.device
) -> None:
    state = tmp_path / "state"
    recipe = replace(tiny, epochs=1)
    trained(Run(recipe, 1, device, state), pool)
    run = Run(recipe, 1, device, state)
    match change:
        case "seed":
            run = replace(run, seed=2)
        case "recipe":
            run = replace(run, recipe=replace(recipe, epochs=2))
        case "images":
            pool = replace(pool, images=pool.images.flip(0))
        case "classes":
            pool = replace(pool, labels=pool.labels.flip(0))
        case _:
            state.write_bytes(state.read_bytes()[:1000])
    with pytest.raises(InputError, match="state"):
        trained(run, pool)


def test_the_time_left_counts_validation(
    monkeypatch: pytest.MonkeyPatch, pool: Pool, tiny: Recipe, device: torch.device
) -> None:
    clock = [0.0]

    def validated(*_: object) -> tuple[float, float]:
        clock[0] += 1000.0
        return 0.1, 0.9

    def now() -> float:
        clock[0] += 0.3
        return clock[0]

    monkeypatch.setattr("train.loop.score", validated)
    monkeypatch.setattr("train.loop.time.perf_counter", now)
    events = list(Trainer(Run(replace(tiny, epochs=3), 1, device), pool, pool).train())
    left = {event.epoch: event.seconds_left for event in events if isinstance(event, Progress)}
    assert left[1] < 500
    assert left[2] == pytest.approx(2 * 1000, abs=300)
    assert left[3] == pytest.approx(1000, abs=300)


def test_stopping_ends_within_the_epoch_and_keeps_what_was_learnt(
    pool: Pool, tiny: Recipe, monkeypatch: pytest.MonkeyPatch, device: torch.device
) -> None:
    monkeypatch.setattr("train.loop._TELL_EVERY", 0.0)
    stop = threading.Event()
    trainer = Trainer(Run(tiny, 1, device, stop=stop), pool, pool)
    before = weights(trainer)
    events = []
    for event in trainer.train():
        events.append(event)
        stop.set()
    assert [type(event) for event in events] == [Progress]
    assert not trainer.is_done
    assert not torch.equal(weights(trainer), before)


def test_a_run_that_diverges_says_so_and_keeps_the_state_before(
    pool: Pool, tiny: Recipe, tmp_path: Path, device: torch.device
) -> None:
    recipe = replace(tiny, learning_rate=1e30, warmup=None, epochs=2)
    run = Run(recipe, 1, device, tmp_path / "state")
    with pytest.raises(InputError, match=r"diverged in epoch 1.*smaller learning rate"):
        trained(run, pool)
    assert not (tmp_path / "state").exists()


def test_a_run_can_start_from_a_model(pool: Pool, tiny: Recipe, device: torch.device) -> None:
    start = trained(Run(tiny, 1, device), pool).averaged
    trainer = Trainer(Run(tiny, 2, device, start=start), pool, pool)
    expected = torch.cat([p.detach().flatten() for p in start.parameters()])
    assert torch.equal(weights(trainer), expected)


def test_out_of_memory_halves_what_goes_through_at_once(
    pool: Pool, tiny: Recipe, monkeypatch: pytest.MonkeyPatch, device: torch.device
) -> None:
    trainer = Trainer(Run(tiny, 1, device), pool, pool)
    forward = nn.Sequential.forward

    def small_memory(network: nn.Sequential, images: Tensor) -> Tensor:
        if network.training and len(images) > 8:
            raise torch.OutOfMemoryError("CUDA out of memory")
        result: Tensor = forward(network, images)  # type: ignore[no-untyped-call]
        return result

    monkeypatch.setattr(nn.Sequential, "forward", small_memory)
    notices = [event.text for event in trainer.train() if isinstance(event, Notice)]
    assert len(notices) == 2
    assert "4 parts of 8" in notices[-1]
    assert trainer.is_done


def test_a_device_too_small_for_one_image_is_no_endless_run(
    pool: Pool, tiny: Recipe, monkeypatch: pytest.MonkeyPatch, device: torch.device
) -> None:
    def no_memory(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    trainer = Trainer(Run(tiny, 1, device), pool, pool)
    monkeypatch.setattr(nn.Sequential, "forward", no_memory)
    with pytest.raises(torch.OutOfMemoryError):
        list(islice(trainer.train(), 100))


@pytest.mark.parametrize("expected", [torch.bfloat16, torch.float32])
def test_bf16_is_used_only_where_it_need_not_be_emulated(
    pool: Pool,
    tiny: Recipe,
    monkeypatch: pytest.MonkeyPatch,
    expected: torch.dtype,
    device: torch.device,
) -> None:
    monkeypatch.setattr("train.loop.fast_in_bf16", lambda _: expected is torch.bfloat16)
    given: set[torch.dtype] = set()
    forward = nn.Linear.forward

    def noting(layer: nn.Linear, x: Tensor) -> Tensor:
        result: Tensor = forward(layer, x)
        if layer.training:
            given.add(result.dtype)
        return result

    monkeypatch.setattr(nn.Linear, "forward", noting)
    trained(Run(replace(tiny, epochs=1), 1, device), pool)
    assert given == {expected}


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_recorded_steps_give_the_weights_of_steps_that_are_not(
    pool: Pool, tiny: Recipe, monkeypatch: pytest.MonkeyPatch, optimiser: str
) -> None:
    run = Run(replace(tiny, epochs=3, optimiser=optimiser), 1, torch.device("cuda"))
    recorded = weights(trained(run, pool))
    monkeypatch.setattr("train.recorded._AS_IT_IS", 10**9)
    assert torch.equal(weights(trained(run, pool)), recorded)
