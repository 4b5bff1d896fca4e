"""Retraining in the bundle: its child is the same executable, its model is used from then on."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad import resources
from digitpad.core.formats.inkml import read_inkml
from digitpad.core.models.store import Models
from digitpad.core.normalise import normalise
from tests.packaging.bundle.conftest import Bundle, environment_of, wait_for
from tests.packaging.bundle.test_windows_of_a_person import recogniser_of

_COPIES = 30


def write_idx(folder: Path) -> None:
    """Write the sample ink, a little noisy, as a tiny data set like MNIST's."""
    random = np.random.default_rng(1)
    images, labels = [], []
    for file in sorted(resources.sample_ink().glob("*.inkml")):
        normalised = normalise(read_inkml(file.read_bytes(), str(file)))
        assert normalised is not None
        for _ in range(_COPIES):
            noise = random.integers(0, 60, normalised.image.shape)
            images.append(np.where(normalised.image > 0, 255 - noise, 0).astype(np.uint8))
            labels.append(int(file.stem))
    header = np.array([2051, len(images), 28, 28], ">i4").tobytes()
    (folder / "train-images-idx3-ubyte").write_bytes(header + np.stack(images).tobytes())
    header = np.array([2049, len(labels)], ">i4").tobytes()
    (folder / "train-labels-idx1-ubyte").write_bytes(header + bytes(labels))


@pytest.fixture(scope="module")
def trained(executable: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that the bundle made of a tiny data set in one epoch."""
    folder = tmp_path_factory.mktemp("tr\N{LATIN SMALL LETTER A WITH DIAERESIS}ning data")
    write_idx(folder)
    model = folder / "new model.safetensors"
    bundle = Bundle(executable, folder, folder, environment_of(folder))
    options = ("--out", model, "--epochs", "1", "--json", "--data", folder)
    process = bundle.run("--job", "train", "fit", "mlp", *options)
    assert process.returncode == 0, process.stderr
    events = [json.loads(line)["event"] for line in process.stdout.splitlines()]
    assert events[-1] == "Finished"
    assert process.stderr == ""
    return model


def test_recipes_and_devices_are_known(bundle: Bundle) -> None:
    process = bundle.run("--job", "train", "describe")
    assert process.returncode == 0, process.stderr
    assert {"fast", "best"} <= {recipe["name"] for recipe in json.loads(process.stdout)["recipes"]}


def test_data_can_be_looked_at(bundle: Bundle, trained: Path) -> None:
    process = bundle.run("--job", "train", "survey", "--json", "--data", trained.parent)
    assert process.returncode == 0, process.stderr
    events = [json.loads(line) for line in process.stdout.splitlines()]
    assert [event["event"] for event in events] == ["Reading", "SetRead", "Surveyed"]
    assert events[1]["counts"] == [_COPIES] * 10 + [0]


def test_a_missing_gpu_is_told_in_a_sentence(bundle: Bundle, trained: Path) -> None:
    options = ("--out", bundle.folder / "x.safetensors", "--data", trained.parent)
    wanted = ("fit", "mlp", "--device", "cuda", *options)
    process = bundle.run("--job", "train", *wanted, CUDA_VISIBLE_DEVICES="")
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].startswith("There is no device 'cuda' here")
    assert "Traceback" not in process.stderr


def test_a_model_can_be_checked_before_it_is_brought_in(bundle: Bundle, trained: Path) -> None:
    process = bundle.run("--job", "check-model", trained)
    assert process.returncode == 0, process.stderr
    assert "Ready" in process.stdout


def test_the_new_model_answers_in_its_own_way(bundle: Bundle, trained: Path) -> None:
    def probabilities(*options: str | Path) -> list[float]:
        process = bundle.run("predict", "--json", resources.sample_ink() / "7.inkml", *options)
        assert process.returncode == 0, process.stderr
        answer: list[float] = json.loads(process.stdout)["probabilities"]
        return answer

    assert probabilities("--model", trained) != probabilities()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_chosen_model_survives_a_restart(bundle: Bundle, trained: Path) -> None:
    models = Models(bundle.home / ".local/share/digitpad/models", resources.bundled_model())
    model = models.add(trained)
    models.choose(model.key)
    window = bundle.start()
    wait_for(lambda: recogniser_of(window) != [])
    assert str(model.file) in recogniser_of(window)
