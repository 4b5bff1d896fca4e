import json
import pickle
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from digitpad.core.errors import ModelError, StorageError
from digitpad.core.models import checkpoint
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import Config, StagesConfig, build
from digitpad.core.models.published import LeNet5Config

CONFIG = StagesConfig(((4,), (6,)))
CARD = ModelCard(
    name="small",
    network="stages",
    config=asdict(CONFIG),
    threshold=0.4,
    recipe={"epochs": 2},
    data={"train.gz": "00ff"},
    seed=7,
    figures={"t10k": {"accuracy": 0.5}},
    created="2026-01-01",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    file = tmp_path / "model.safetensors"
    checkpoint.save(file, build("stages", CONFIG), CARD)
    return file


def card_with(**fields: object) -> dict[str, str]:
    return {"digitpad": json.dumps({"format": 1, **asdict(CARD), **fields})}


def weights() -> dict[str, torch.Tensor]:
    return build("stages", CONFIG).state_dict()


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    network = build("stages", CONFIG).eval()
    checkpoint.save(tmp_path / "m", network, CARD)
    loaded, card = checkpoint.load(tmp_path / "m")
    images = torch.rand(5, 1, 28, 28)
    assert torch.equal(loaded(images), network(images))
    assert not loaded.training
    assert card == replace(CARD, config=card.config)
    assert card.config == {**asdict(CONFIG), "stages": [[4], [6]]}


def test_a_file_from_before_the_second_look_has_none(tmp_path: Path) -> None:
    card = json.loads(card_with(second_look=True)["digitpad"])
    del card["second_look"]
    save_file(weights(), tmp_path / "old", {"digitpad": json.dumps(card)})
    assert not checkpoint.load(tmp_path / "old")[1].second_look


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nothing\.safetensors"):
        checkpoint.load(tmp_path / "nothing.safetensors")


@pytest.mark.parametrize("length", [0, 4, 40, -1])
def test_a_truncated_file_is_refused(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(ModelError, match="damaged"):
        checkpoint.load(path)


def test_a_pickle_is_refused_and_not_run(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "exploded",))

    file = tmp_path / "model.pt"
    file.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ModelError):
        checkpoint.load(file)
    torch.save(weights(), file)
    with pytest.raises(ModelError):
        checkpoint.load(file)
    assert not (tmp_path / "exploded").exists()


def test_somebody_elses_safetensors_are_refused(tmp_path: Path) -> None:
    save_file(weights(), tmp_path / "other")
    with pytest.raises(ModelError, match="card"):
        checkpoint.load(tmp_path / "other")


@pytest.mark.parametrize(
    "metadata",
    [
        {"digitpad": "{"},
        {"digitpad": "[]"},
        {"digitpad": json.dumps({"format": 1, "name": "x"})},
        card_with(format=2),
        {"digitpad": json.dumps(asdict(CARD))},
        card_with(threshold=2),
        card_with(threshold="high"),
        card_with(threshold="0.5"),
        card_with(threshold=float("nan")),
        card_with(name=5),
        card_with(network=["stages"]),
        card_with(created=5),
        card_with(seed="seven"),
        card_with(recipe=[]),
        card_with(data="train.gz"),
        card_with(confusions=[]),
        card_with(figures=[]),
        card_with(figures={"t10k": 0.99}),
        card_with(figures={"t10k": {"accuracy": "high"}}),
        {"digitpad": "[" * 100_000},
        card_with(network="perceiver"),
        card_with(config={}),
        card_with(config={**asdict(CONFIG), "stages": "wide"}),
        card_with(config={**asdict(CONFIG), "stages": [[-4]]}),
        card_with(config={**asdict(CONFIG), "outputs": 12}),
        card_with(config={**asdict(CONFIG), "stages": [[10**6, 10**6]]}),
        *(
            card_with(figures={"t10k": {"a": n}})
            for n in (10**400, float("nan"), float("inf"), 1e30, -1e30)
        ),
        *(card_with(seed=seed) for seed in (-1, 2**63, 1.5)),
        card_with(second_look="yes"),
        *(card_with(**{key: "x" * 500}) for key in ("name", "created")),
        card_with(recipe={"name": "x" * 500}),
        card_with(figures={"x" * 500: {}}),
        card_with(figures={"t10k": {"x" * 500: 1}}),
        card_with(network="ensemble", config={"members": ["nope"], "outputs": 10}),
        card_with(network="lenet-5", config=asdict(LeNet5Config())),
    ],
)
def test_a_card_that_does_not_fit_is_refused(tmp_path: Path, metadata: dict[str, str]) -> None:
    file = tmp_path / "model"
    save_file(weights(), file, metadata)
    with pytest.raises(ModelError):
        checkpoint.load(file)


def test_a_card_of_the_future_is_called_newer(tmp_path: Path) -> None:
    file = tmp_path / "model"
    save_file(weights(), file, card_with(format=2, mood="fine"))
    with pytest.raises(ModelError, match="made by a newer version of Digitpad"):
        checkpoint.load(file)


def test_a_network_of_endless_layers_is_not_even_begun(tmp_path: Path) -> None:
    file = tmp_path / "model"
    config = {**asdict(CONFIG), "stages": [[1]] * 20_000}
    save_file(weights(), file, card_with(config=config))
    with pytest.raises(ModelError, match="describes a network that cannot be built"):
        checkpoint.load(file)


def test_a_network_is_built_without_memory_until_its_weights_are_known_to_fit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices = []

    def built(name: str, config: Config) -> nn.Module:
        network = build(name, config)
        devices.append({parameter.device.type for parameter in network.parameters()})
        return network

    monkeypatch.setattr(checkpoint, "build", built)
    checkpoint.load(path)
    assert devices == [{"meta"}]


@pytest.mark.parametrize("outputs", [5, 12, 33])
def test_a_network_whose_outputs_give_no_answer_is_refused(tmp_path: Path, outputs: int) -> None:
    config = replace(CONFIG, outputs=outputs)
    checkpoint.save(tmp_path / "m", build("stages", config), replace(CARD, config=asdict(config)))
    with pytest.raises(ModelError, match="cannot be built"):
        checkpoint.load(tmp_path / "m")


@pytest.mark.parametrize("change", ["missing", "shape", "nan", "inf", "extra"])
def test_weights_that_do_not_fit_are_refused(tmp_path: Path, change: str) -> None:
    tensors = weights()
    match change:
        case "missing":
            del tensors["0.weight"]
        case "shape":
            tensors["0.weight"] = torch.zeros(4, 1, 5, 5)
        case "nan" | "inf":
            tensors["0.weight"][0] = float(change)
        case _:
            tensors["99.weight"] = torch.zeros(1)
    save_file(tensors, tmp_path / "model", card_with())
    with pytest.raises(ModelError, match="weights"):
        checkpoint.load(tmp_path / "model")


def test_a_failed_save_leaves_the_old_model(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(StorageError):
        checkpoint.save(path, build("stages", CONFIG), replace(CARD, seed=8))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_rounded_weights_take_half_the_space_and_come_back_as_they_are(tmp_path: Path) -> None:
    network = build("lenet-5", LeNet5Config()).eval()
    whole, half = tmp_path / "whole", tmp_path / "half"
    checkpoint.save(whole, network, replace(CARD, network="lenet-5", config=asdict(LeNet5Config())))
    before = network(images := torch.rand(5, 1, 28, 28))
    checkpoint.round_weights(network)
    assert torch.allclose(network(images), before, atol=0.01)
    assert not all(torch.equal(p, p.half().float()) for p in network.parameters() if p.ndim == 1)
    checkpoint.save(half, network, replace(CARD, network="lenet-5", config=asdict(LeNet5Config())))
    assert half.stat().st_size < 0.6 * whole.stat().st_size
    loaded, _ = checkpoint.load(half)
    assert torch.equal(loaded(images), network(images))
    assert {p.dtype for p in loaded.parameters()} == {torch.float32}
