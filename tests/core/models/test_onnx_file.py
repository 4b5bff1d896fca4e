import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.errors import ModelError
from digitpad.core.messages import Failed, Ready, decode
from digitpad.core.models import checkpoint, onnx_file
from digitpad.core.models.card import ModelCard
from digitpad.core.models.networks import EnsembleConfig, StagesConfig, build

CARD = ModelCard("mine", "stages", {"stages": [[4], [8]], "dropout": 0.1, "outputs": 11}, 0.25)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "mine.safetensors"
    torch.manual_seed(1)
    checkpoint.save(path, build("stages", StagesConfig(((4,), (8,)), outputs=11)), CARD)
    return path


def probabilities(model: Path, images: np.ndarray) -> np.ndarray:
    network, _ = checkpoint.load(model)
    with torch.inference_mode():
        logits: torch.Tensor = network(torch.from_numpy(images))
    return logits.softmax(dim=1).numpy()


@pytest.mark.parametrize("network", ["stages", "ensemble"])
def test_another_program_computes_the_same_probabilities(
    model: Path, tmp_path: Path, network: str
) -> None:
    onnx = pytest.importorskip("onnx")
    reference = pytest.importorskip("onnx.reference")
    pytest.importorskip("onnxscript")
    if network == "ensemble":
        config = EnsembleConfig(("lenet-5", "stages"), outputs=11)
        card = replace(CARD, network=network, config={"members": config.members, "outputs": 11})
        checkpoint.save(model, build(network, config), card)
    out = tmp_path / "mine.onnx"
    onnx_file.export(model, out)
    graph = onnx.load(out)
    onnx.checker.check_model(graph)
    images = np.random.default_rng(1).random((3, 1, 28, 28), dtype=np.float32)
    (found,) = reference.ReferenceEvaluator(graph).run(None, {"image": images})
    np.testing.assert_allclose(found, probabilities(model, images), atol=1e-5)
    about = {entry.key: entry.value for entry in graph.metadata_props}
    assert json.loads(about["classes"]) == [*"0123456789", "not a digit"]
    assert float(about["threshold"]) == 0.25
    assert "pen_down" not in about["description"]
    assert str(Path(__file__).parents[3]).encode() not in out.read_bytes()


def test_the_answer_while_the_pen_is_down_is_an_output_of_its_own(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx")
    reference = pytest.importorskip("onnx.reference")
    pytest.importorskip("onnxscript")
    model, out = tmp_path / "two.safetensors", tmp_path / "two.onnx"
    config = StagesConfig(((4,), (8,)))
    card = replace(CARD, config=asdict(config), second_look=True)
    checkpoint.save(model, build("stages", config), card)
    onnx_file.export(model, out)
    graph = onnx.load(out)
    images = np.random.default_rng(1).random((3, 1, 28, 28), dtype=np.float32)
    names = ["probabilities", "probabilities_pen_down"]
    found = reference.ReferenceEvaluator(graph).run(names, {"image": images})
    network, _ = checkpoint.load(model)
    with torch.inference_mode():
        logits: torch.Tensor = network(torch.from_numpy(images))
    for half, given in zip((logits[:, :11], logits[:, 11:]), found, strict=True):
        np.testing.assert_allclose(given, half.softmax(dim=1).numpy(), atol=1e-5)
    (about,) = (e.value for e in graph.metadata_props if e.key == "description")
    assert names[1] in about
    assert "look again" in about


def test_without_the_exporter_it_says_what_to_install(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_file, "_PACKAGES", ("onnx", "no_such_package"))
    with pytest.raises(ModelError, match=r"no_such_package.*pip install"):
        onnx_file.export(model, tmp_path / "mine.onnx")
    assert list(tmp_path.iterdir()) == [model]


@pytest.mark.parametrize("there", [True, False])
def test_the_job_answers_in_one_message(
    model: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    *,
    there: bool,
) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back what the job takes away
    monkeypatch.setattr(onnx_file, "_PACKAGES", ())
    monkeypatch.setattr(onnx_file, "_to_onnx", lambda *_: b"graph")
    out = model.with_suffix(".onnx")
    if not there:
        model.unlink()
    assert onnx_file.main([str(model), str(out)]) == (0 if there else 1)
    answer = decode(capfdbinary.readouterr().out)
    if there:
        assert answer == Ready("mine")
    else:
        assert isinstance(answer, Failed)
        assert "mine.safetensors" in answer.message
    assert out.exists() == there
